"""What the classifiers see of a text.

Words are lower-case syllables; a mention stands as one word for its kind ("<place>", "<agency:council>"), so that
what is learnt of one commune holds for all (`Analysis.words`). `UnitFeatures`, `AreaFeatures` and `ArticleFeatures`
are the three classifiers' views. Each is made for one model: `find` gives the row of a feature's name, and names that
are the same in every article are looked up once for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from cchc_nlp.analysis import Analysis, Span
from cchc_nlp.classify.cues import LABELS, Reader, Unit
from cchc_nlp.classify.model import Example, Feature, Find
from cchc_nlp.classify.relevance import ROLES, roles

_NAMES = tuple(label or "none" for label in LABELS)
_NEIGHBOURS = (("-1 ", -1), ("-2 ", -2), ("+1 ", 1))
_HEADING_REACH = 14  # units that a heading or lead-in is felt over
_OPENING_WORDS = 150  # words of an article's beginning that tell what it is about
_BEGINNING = 12  # words that a finding begins with

_Rows = list["int | None"]


class Names:
    """Gives features rows as they come, and their names back: which of them a model keeps is decided later."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._names: list[str] = []

    def find(self, name: str) -> int:
        """The row of a feature."""
        row = self._rows.setdefault(name, len(self._rows))
        if row == len(self._names):
            self._names.append(name)
        return row

    def named(self, example: Example) -> list[Feature]:
        """An example by the names of its features."""
        return [(self._names[row], value) for row, value in zip(example.rows, example.values, strict=True)]


class _Ngrams:
    """The words and the pairs of words of a text as rows."""

    def __init__(self, find: Find, words: Sequence[str], prefix: str = "") -> None:
        pairs = map(" ".join, pairwise(words))
        self._words: _Rows = [*map(find, words if not prefix else [prefix + word for word in words])]
        self._pairs: _Rows = [*map(find, pairs if not prefix else [prefix + pair for pair in pairs])]

    def within(self, start: int, end: int) -> _Rows:
        """Those of a stretch, each once and in a fixed order: sums of floats depend on it."""
        return [*dict.fromkeys(self._words[start:end]), *dict.fromkeys(self._pairs[start : max(end - 1, start)])]


class UnitFeatures:
    """Of the units of an article: words, cues, where each stands, what stands around it."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._scores = [find(f"score {name}") for name in _NAMES]
        self._leans = {prefix: [find(prefix + name) for name in _NAMES] for prefix, _ in _NEIGHBOURS}
        self._leaning = {prefix: [find(f"{prefix}score {name}") for name in _NAMES[1:]] for prefix, _ in _NEIGHBOURS}

    def of(self, analysis: Analysis, reader: Reader, paths: Iterable[Sequence[Unit]]) -> list[Example]:
        """One example a unit, path by path."""
        find, words = self._find, analysis.words
        ngrams = _Ngrams(find, words.texts)
        size = max(len(analysis.text), 1)
        examples: list[Example] = []
        for path in paths:
            places = [words.range(unit.start, unit.end) for unit in path]
            leaning = [_leaning(unit) for unit in path]
            heading: _Rows = []
            since = 0
            for i, unit in enumerate(path):
                start, end = places[i]
                own = words.texts[start:end]
                rows = [find(""), *ngrams.within(start, end)]
                if own:
                    rows += [find(f"^{' '.join(own[:n])}") for n in (1, 2, 3)]
                    rows += [find(f"{' '.join(own[-n:])}$") for n in (1, 2)]
                example = Example()
                example.mark(rows)
                self._cues(example, unit)
                kind, place, length = reader.kind(unit.segment), unit.start * 5 // size, min(len(own) // 6, 6)
                named = (f"kind {kind}", f"boundary {unit.boundary}", f"place {place}", f"length {length}")
                example.mark([*map(find, named)])
                for name, shift in _NEIGHBOURS:
                    if 0 <= i + shift < len(path):
                        self._lean(example, name, *leaning[i + shift])
                rows = heading if since <= _HEADING_REACH else []
                if i:
                    first, last = places[i - 1]
                    rows = [find(f"-1^{' '.join(words.texts[first : min(first + 2, last)])}"), *rows]
                example.mark(rows)
                since += 1
                if reader.announces(unit.segment) or (
                    unit.score[0] < max(unit.score[1:]) and _ends_in_colon(analysis, unit)
                ):
                    heading, since = [find(f"head {word}") for word in dict.fromkeys(own)], 0
                examples.append(example)
        return examples

    def _cues(self, example: Example, unit: Unit) -> None:
        """The rules' scores by label, and by kind of cue."""
        example.weigh(self._scores, [max(-3.0, min(score, 4.0)) for score in unit.score])
        kinds: dict[tuple[str, str | None], float] = {}
        for evidence in unit.evidence:
            kind = evidence.kind, evidence.label
            kinds[kind] = kinds.get(kind, 0.0) + evidence.weight
        if kinds:
            example.weigh([self._find(f"cue {cue} {label}") for cue, label in kinds], [*kinds.values()])

    def _lean(self, example: Example, prefix: str, label: int, scores: list[float]) -> None:
        """Where a neighbour leans, by the rules."""
        if label:
            example.mark([self._leans[prefix][label]])
        example.weigh(self._leaning[prefix], scores)


def _leaning(unit: Unit) -> tuple[int, list[float]]:
    """The label that a unit's scores speak for (none: 0), and the scores themselves."""
    others = unit.score[1:]
    most = max(others)
    label = 1 + others.index(most) if most > unit.score[0] else 0
    return label, [max(-2.0, min(score, 3.0)) * 0.5 for score in others]


def _ends_in_colon(analysis: Analysis, unit: Unit) -> bool:
    return analysis.text[unit.end : unit.end + 1] == ":"


class AreaFeatures:
    """Of findings for their area: words, those a finding begins with, and the keyword scores."""

    def __init__(self, find: Find) -> None:
        self._find = find

    def of(self, analysis: Analysis, findings: Sequence[tuple[Span, dict[str, float]]]) -> list[Example]:
        """One example a finding, which comes with its keyword scores."""
        if not findings:
            return []
        find, words = self._find, analysis.words
        first, last = words.range(min(span.start for span, _ in findings), max(span.end for span, _ in findings))
        ngrams = _Ngrams(find, words.texts[first:last])
        examples: list[Example] = []
        for span, scores in findings:
            start, end = words.range(span.start, span.end)
            example = Example()
            example.mark([find(""), *ngrams.within(start - first, end - first)])
            example.mark(_Ngrams(find, words.texts[start : min(end, start + _BEGINNING)], "^").within(0, _BEGINNING))
            example.weigh([find(f"area {name}") for name in scores], [min(score, 4.0) for score in scores.values()])
            if scores:
                example.mark([find(f"best {max(scores, key=scores.__getitem__)}")])
            examples.append(example)
        return examples


class ArticleFeatures:
    """Of an article: the words of title and opening, and the sums of the words that tell."""

    def __init__(self, find: Find) -> None:
        self._find = find

    def of(self, analysis: Analysis) -> Example:
        """The article as an example."""
        find, words = self._find, analysis.words
        title = analysis.page.title
        start = analysis.page.body[0].start if analysis.page.body else 0
        opening = words.within(title.end if title else start, len(analysis.text))[:_OPENING_WORDS]
        example = Example()
        example.mark([find(""), *_Ngrams(find, opening).within(0, len(opening))])
        if title is not None:
            of_title = words.within(title.start, title.end)
            example.mark(_Ngrams(find, of_title, "title ").within(0, len(of_title)))
        found = roles(analysis)
        example.weigh([find(f"role {name}") for name in ROLES], [found[name] for name in ROLES])
        return example
