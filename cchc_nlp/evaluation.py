"""Records against gold annotations: precision, recall and F1 by field, micro-averaged over the articles.

A gold directory holds `<stem>.gold.json` and `<stem>.txt`. Fields compare as follows (names are compared in NFC,
case-folded, tone marks in the new placement, spacing around punctuation ignored):

* dates, places, agencies, metrics, documents: a prediction matches a gold item whose span overlaps and whose value
  is the same; each item at most once, the closest spans (intersection over union) first;
* `dates.span`, `agencies.span`, `metrics.value`: the same with a weaker condition, as the name says;
* officials: sets of names, of (name, title), of (name, title, organisation);
* findings.segments: same label and spans with intersection over union of 0.5 or more; on those pairs `area` and
  `unit`; findings.tokens.LABEL: words under the label; `findings.tokens.macro` is the mean over strength,
  limitation and recommendation;
* one value an article (title, kind, lead ...): right, wrong (counts as missed and as spurious), or absent.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any, Literal

from cchc_nlp.errors import GoldFormatError
from cchc_nlp.text.normalise import normalise

Item = Mapping[str, Any]
Record = Mapping[str, Any]
Annotated = Literal["all", "findings", "relevance"]  # what of an article has been annotated

_WORD = re.compile(r"\w+")
_AROUND_SIGNS = re.compile(r"\s*([/,.:;()-])\s*")
_UNIT_SYNONYMS = {"phần trăm": "%", "tthc": "thủ tục hành chính", "vnđ": "đồng", "vnd": "đồng"}
_MACRO_LABELS = ("strength", "limitation", "recommendation")
_LISTS = ("dates", "places", "agencies", "officials", "metrics", "documents", "findings")


@dataclass(frozen=True)
class GoldArticle:
    """One article of a gold directory."""

    stem: str
    text: str
    gold: Record
    annotated: Annotated = "all"
    writer: str = ""


@dataclass
class Score:
    """Counts of one field; precision, recall and F1 follow from them."""

    true_positives: float = 0
    false_positives: float = 0
    false_negatives: float = 0

    def add(self, true_positives: float, false_positives: float, false_negatives: float) -> None:
        """Counts one comparison in."""
        self.true_positives += true_positives
        self.false_positives += false_positives
        self.false_negatives += false_negatives

    @property
    def gold(self) -> int:
        """Number of gold items."""
        return int(self.true_positives + self.false_negatives)

    @property
    def precision(self) -> float:
        """Share of the predictions that are right."""
        return _ratio(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> float:
        """Share of the gold items that were found."""
        return _ratio(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _ratio(2 * self.precision * self.recall, self.precision + self.recall)


@dataclass(frozen=True)
class Row:
    """One line of the table of figures."""

    name: str
    precision: float
    recall: float
    f1: float
    gold: int


@dataclass
class Evaluation:
    """Scores by field, and every missed and every spurious item as (stem, field, kind of error, what)."""

    scores: dict[str, Score] = field(default_factory=dict)
    errors: list[tuple[str, str, str, str]] = field(default_factory=list)
    articles: int = 0

    def rows(self) -> list[Row]:
        """The table, by name."""
        rows = [Row(n, s.precision, s.recall, s.f1, s.gold) for n, s in self.scores.items()]
        macro = [r for r in rows if r.name in {f"findings.tokens.{label}" for label in _MACRO_LABELS}]
        if macro:
            precision, recall, f1 = (fmean(getattr(r, x) for r in macro) for x in ("precision", "recall", "f1"))
            rows.append(Row("findings.tokens.macro", precision, recall, f1, sum(r.gold for r in macro)))
        return sorted(rows, key=lambda r: r.name)

    def score(self, name: str) -> Score:
        """The score of a field, made when first asked for."""
        return self.scores.setdefault(name, Score())


def read_gold(directory: Path) -> tuple[list[GoldArticle], list[GoldFormatError]]:
    """The articles of a gold directory, and an error for each file that breaks the format.

    Raises `GoldFormatError` when the directory holds no gold file at all.
    """
    articles: list[GoldArticle] = []
    faults: list[GoldFormatError] = []
    paths = sorted(directory.glob("*.gold.json"))
    if not paths:
        raise GoldFormatError(f"{directory}: no *.gold.json in it")
    for path in paths:
        stem = path.name.removesuffix(".gold.json")
        try:
            text = (directory / f"{stem}.txt").read_bytes().decode("utf-8")
            gold = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(gold, dict) or "article" not in gold:
                raise ValueError("not a record: no 'article' in it")
            articles.append(GoldArticle(stem, text, gold))
        except (OSError, ValueError) as error:
            faults.append(GoldFormatError(f"{path}: {error}"))
    return articles, faults


def evaluate(articles: Iterable[GoldArticle], extract: Callable[[str], Record]) -> Evaluation:
    """Runs `extract` (text to record, as plain dicts) over gold articles and compares."""
    evaluation = Evaluation()
    for article in articles:
        _Comparison(evaluation, article, extract(article.text)).run()
        evaluation.articles += 1
    return evaluation


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _key(text: object) -> str | None:
    """The form in which two strings are compared."""
    if text is None:
        return None
    clean = normalise(unicodedata.normalize("NFC", str(text)))[0].casefold()
    clean = re.sub(r"\s+", " ", _AROUND_SIGNS.sub(r"\1", clean))
    return clean.strip(" .,;:\"'“”‘’")


def _number(value: object) -> float | None:
    try:
        return round(float(value), 6)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def _closeness(a: Item, b: Item) -> float:
    """Intersection over union of two spans."""
    common: int = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return common / (max(a["end"], b["end"]) - min(a["start"], b["start"])) if common > 0 else 0.0


def _pair(
    gold: Sequence[Item], found: Sequence[Item], same: Callable[[Item, Item], bool]
) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """Pairs each gold item with at most one found item, the closest first; then what is left on each side."""
    candidates = sorted(
        (
            (closeness, i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if (closeness := _closeness(g, f)) > 0 and same(g, f)
        ),
        reverse=True,
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in candidates:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    pairs = [(gold[i], found[j]) for i, j in partner.items()]
    return (
        pairs,
        [g for i, g in enumerate(gold) if i not in partner],
        [f for j, f in enumerate(found) if j not in taken],
    )


class _Comparison:
    def __init__(self, evaluation: Evaluation, article: GoldArticle, found: Record) -> None:
        self.to = evaluation
        self.stem = article.stem
        self.text = article.text
        self.gold: Record = {**dict.fromkeys(_LISTS, ()), **article.gold}
        self.found: Record = {**dict.fromkeys(_LISTS, ()), **found}

    def run(self) -> None:
        self._page()
        self._mentions()
        self._officials()
        self._findings()
        self._event()

    def _error(self, name: str, kind: str, what: object) -> None:
        self.to.errors.append((self.stem, name, kind, str(what)))

    def _match(
        self, name: str, kind: str, same: Callable[[Item, Item], bool], show: str = ""
    ) -> list[tuple[Item, Item]]:
        pairs, missed, spurious = _pair(self.gold[kind], self.found[kind], same)
        self.to.score(name).add(len(pairs), len(spurious), len(missed))
        for how, items in (("missed", missed), ("spurious", spurious)):
            for item in items:
                self._error(name, how, f"{item.get('text', '')[:90]}" + (f" = {item.get(show)}" if show else ""))
        return pairs

    def _sets(self, name: str, gold: Iterable[Hashable], found: Iterable[Hashable]) -> None:
        want, have = set(gold), set(found)
        self.to.score(name).add(len(want & have), len(have - want), len(want - have))
        for how, items in (("missed", want - have), ("spurious", have - want)):
            for item in sorted(map(str, items)):
                self._error(name, how, item)

    def _equal(self, name: str, gold: object, found: object) -> None:
        if gold is None and found is None:
            return
        same = gold == found
        self.to.score(name).add(same, not same and found is not None, not same and gold is not None)
        if not same:
            self._error(name, "differs", f"{gold!r} / {found!r}")

    def _page(self) -> None:
        gold, found = self.gold["article"], self.found.get("article") or {}
        for name, form in (("title", _key), ("published", str), ("author", _key), ("is_inspection", bool)):
            values = [None if side.get(name) is None else form(side[name]) for side in (gold, found)]
            self._equal(f"article.{name}", *values)
        want, have = (self._words(side.get("body") or ()) for side in (gold, found))
        self.to.score("article.body").add(len(want & have), len(have - want), len(want - have))

    def _words(self, spans: Iterable[Sequence[int]]) -> set[int]:
        return {m.start() + start for start, end in spans for m in _WORD.finditer(self.text[start:end])}

    def _mentions(self) -> None:
        self._match("dates", "dates", lambda g, f: bool(g["value"] == f["value"]), "value")
        self._match("dates.span", "dates", lambda g, f: True)
        self._match("places", "places", lambda g, f: _key(g["name"]) == _key(f["name"]), "name")
        self._match("agencies", "agencies", lambda g, f: _key(g["name"]) == _key(f["name"]), "name")
        self._match("agencies.span", "agencies", lambda g, f: _closeness(g, f) >= 0.5)
        self._match("metrics", "metrics", lambda g, f: _quantity(g) == _quantity(f), "unit")
        self._match("metrics.value", "metrics", lambda g, f: _number(g["value"]) == _number(f["value"]))
        for gold, found in self._match("documents", "documents", lambda g, f: _paper(g) == _paper(f)):
            self._equal("documents.date", gold.get("date"), found.get("date"))
            self._equal("documents.issuer", _key(gold.get("issuer")), _key(found.get("issuer")))

    def _officials(self) -> None:
        gold, found = ({_key(o["name"]): o["roles"] for o in side["officials"]} for side in (self.gold, self.found))
        self._sets("officials", gold, found)
        for name, fields in (("officials.titles", ("title",)), ("officials.roles", ("title", "org"))):
            self._sets(
                name,
                *(
                    [(who, *(_key(role[f]) for f in fields)) for who, roles in side.items() for role in roles]
                    for side in (gold, found)
                ),
            )

    def _findings(self) -> None:
        def same(g: Item, f: Item) -> bool:
            return bool(g["label"] == f["label"]) and _closeness(g, f) >= 0.5

        for gold, found in self._match("findings.segments", "findings", same, "label"):
            self._equal("findings.area", gold.get("area"), found.get("area"))
            self._equal("findings.unit", _key(gold.get("unit")), _key(found.get("unit")))
        want, have = dict(self._labelled(self.gold)), dict(self._labelled(self.found))
        for label in (*_MACRO_LABELS, "cause"):
            w, h = ({at for at, x in side.items() if x == label} for side in (want, have))
            self.to.score(f"findings.tokens.{label}").add(len(w & h), len(h - w), len(w - h))

    def _labelled(self, record: Record) -> Iterator[tuple[int, str]]:
        for finding in record["findings"]:
            for word in _WORD.finditer(self.text[finding["start"] : finding["end"]]):
                yield finding["start"] + word.start(), finding["label"]

    def _event(self) -> None:
        gold, found = self.gold.get("inspection") or {}, self.found.get("inspection") or {}
        for name in ("kind", "inspector", "lead"):
            self._equal(f"inspection.{name}", _key(gold.get(name)), _key(found.get(name)))
        self._equal("inspection.date", gold.get("date"), found.get("date"))
        self._sets("inspection.inspected", *(map(_key, side.get("inspected") or ()) for side in (gold, found)))


def _quantity(metric: Item) -> tuple[float | None, str | None]:
    unit = _key(metric.get("unit"))
    return _number(metric["value"]), _UNIT_SYNONYMS.get(unit or "", unit)


def _paper(document: Item) -> str | None:
    return _key(document.get("number")) or _key(document.get("title")) or _key(document.get("type"))
