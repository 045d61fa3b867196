"""A dataset in figures: tables are read batch by batch, findings and metrics a second time for what is shown.

For the newcomer: `summarise` is the order of the work, `Summary` what comes out. Memory does not grow with the number
of articles but with what is told apart (years, units, sentences), and `Tally` bounds that.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from cchc_nlp.analysis import Area, Label
from cchc_nlp.report.dataset import alike
from cchc_nlp.report.dataset.places import place_of
from cchc_nlp.report.dataset.sources import Source
from cchc_nlp.report.dataset.tables import Dataset, Row
from cchc_nlp.report.dataset.tally import Tally

if TYPE_CHECKING:
    import pyarrow as pa

LABELS: tuple[str, ...] = get_args(Label)
AREAS: tuple[str, ...] = get_args(Area)
KINDS = ("inspection", "other", "irrelevant", "failed")
"""What became of an article, as the report counts them."""

Year = int | None
_EXAMPLES = 3  # of a limitation
_A_CARD = 12  # findings shown of an article cited, those around the ones cited
_SHOWN_TEXT = 600  # characters of a finding
_VALUES = 20_000  # of one indicator in one year
_MEMBERS = 200  # units told apart for one limitation
_MIN_WORDS = 3  # of a limitation that is worth listing: less than that says nothing by itself
_INDICATORS = 12
_FINDING = ("id", "year", "number", "start", "end", "text", "label", "area", "unit", "unit_code")
_GROUPED = ("year", "label", "area", "unit", "unit_code", "unit_since")
_FIRST_YEAR, _LAST_YEAR = 1945, 2100  # what lies outside was misread


@dataclass
class UnitCount:
    """What is counted of one unit."""

    name: str = ""
    official: bool = True
    count: int = 0
    inspections: int = 0
    last: str = ""
    former: set[str] = field(default_factory=set)
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By label and area."""

    def of_label(self, label: str) -> int:
        """Findings of one label."""
        return sum(number for (name, _), number in self.findings.items() if name == label)


@dataclass
class Named:
    """A name met so many times, in its most common spelling."""

    count: int = 0
    spellings: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The spelling met most."""
        return self.spellings.most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class Example:
    """A finding and where it stands."""

    id: str
    number: int
    start: int
    end: int
    text: str
    year: Year
    unit: str


@dataclass(slots=True)
class Sentence:
    """All findings that come down to the same words."""

    count: int = 0
    articles: int = 0
    last: str = ""
    areas: Counter[str] = field(default_factory=Counter)
    units: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    text: str = ""
    examples: list[tuple[str, int]] = field(default_factory=list)
    """Ids of articles, and numbers of findings in them."""


@dataclass(frozen=True)
class Limitation:
    """A group of limitations that say nearly the same."""

    text: str
    count: int
    area: str
    units: int
    first: Year
    last: Year
    places: tuple[tuple[str, int], ...]
    """Ids of articles, and numbers of findings in them."""
    examples: list[Example] = field(default_factory=list)


@dataclass
class Indicator:
    """The values of one indicator in one unit of measure."""

    name: str
    unit: str
    count: int
    values: dict[Year, list[float]] = field(default_factory=dict)

    @property
    def years(self) -> list[int]:
        """Years that have values."""
        return sorted(year for year in self.values if year is not None)


@dataclass
class CitedArticle:
    """An article that examples are of, with its findings around them."""

    id: str
    anchor: str
    source: Source
    title: str
    published: str
    inspected: str
    cited: set[int] = field(default_factory=set)
    findings: list[Row] = field(default_factory=list)
    left_out: int = 0


@dataclass
class Failure:
    """Failures of one kind, with one of them."""

    count: int = 0
    source: str = ""
    message: str = ""


@dataclass
class Summary:
    """Everything that a report shows."""

    name: str
    articles: Counter[tuple[Year, str]] = field(default_factory=Counter)
    """By year and kind."""
    duplicates: int = 0
    words: int = 0
    relevance: list[int] = field(default_factory=lambda: [0] * 10)
    missing: Counter[str] = field(default_factory=Counter)
    """Of the inspections: how many lack a field."""
    kinds: Counter[str] = field(default_factory=Counter)
    findings: Counter[tuple[Year, str, str]] = field(default_factory=Counter)
    """By year, area and label."""
    without_unit: int = 0
    metrics: int = 0
    units: Tally[str, UnitCount] = field(default_factory=lambda: Tally(UnitCount))
    inspectors: Tally[str, Named] = field(default_factory=lambda: Tally(Named))
    limitations: list[Limitation] = field(default_factory=list)
    said_once: int = 0
    indicators: list[Indicator] = field(default_factory=list)
    failures: dict[tuple[str, str], Failure] = field(default_factory=dict)
    cited: dict[str, CitedArticle] = field(default_factory=dict)
    lost: int = 0
    """By how much counts of limitations may be too small (`Tally.lost`)."""

    def kind(self, *kinds: str) -> int:
        """Articles of these kinds."""
        return sum(number for (_, kind), number in self.articles.items() if kind in kinds)

    @property
    def total(self) -> int:
        """All articles."""
        return sum(self.articles.values())

    @property
    def years(self) -> list[int]:
        """From the first year met to the last, those between as well."""
        met = {year for year, *_ in self.findings} | {year for year, kind in self.articles if kind == "inspection"}
        known = [year for year in met if year is not None]
        return list(range(min(known), max(known) + 1)) if known else []

    def count(self, *, year: Year | str = "any", area: str | None = None, label: str | None = None) -> int:
        """Findings of a year, area and label, of all where one is not given."""
        return sum(
            number
            for (y, a, name), number in self.findings.items()
            if year in ("any", y) and area in (None, a) and label in (None, name)
        )


def summarise(dataset: Dataset, top: int) -> Summary:
    """The figures of a dataset; `top` units, bodies and limitations are shown."""
    summary = Summary(dataset.path.resolve().name)
    duplicates = _articles(dataset, summary)
    sentences = _findings(dataset, summary, duplicates)
    _group(sentences, summary, top)
    _metrics(dataset, summary, duplicates)
    _errors(dataset, summary)
    _cite(dataset, summary)
    return summary


def _year_of(*days: str | None) -> Year:
    """The year of the first of these days that has one."""
    return next((year for day in days if day and day[:4].isdecimal() and (year := _year(int(day[:4])))), None)


def _year(year: Year) -> Year:
    return year if year is not None and _FIRST_YEAR <= year <= _LAST_YEAR else None


def _plain(table: pa.Table, column: str) -> list[Any]:
    values: list[Any] = table[column].to_pylist()
    return values


def _text(value: object) -> str | None:
    """Days may be kept as text or as dates."""
    return None if value is None else str(value)


# --- articles -------------------------------------------------------------------------------------------


def _articles(dataset: Dataset, summary: Summary) -> set[str]:
    """Counts the articles; gives the ids of those that say what another has said."""
    columns = (
        "id", "status", "published", "title", "is_inspection", "relevance", "kind", "inspection_date", "inspector",
        "inspected", "inspected_units", "n_words",
    )  # fmt: skip
    duplicates: set[str] = set()
    for table in dataset.batches("articles", columns, optional=("duplicate_of",)):
        for row in table.to_pylist():
            if row.get("duplicate_of"):
                duplicates.add(row["id"])
                summary.duplicates += 1
            else:
                _article(row, summary)
    return duplicates


def _article(row: Row, summary: Summary) -> None:
    status, day, published = row["status"], _text(row["inspection_date"]), _text(row["published"])
    kind = status if status in KINDS else "inspection" if row["is_inspection"] else "other"
    year = _year_of(day, published)
    summary.articles[year, kind] += 1
    summary.words += row["n_words"] or 0
    if row["relevance"] is not None and math.isfinite(row["relevance"]):
        summary.relevance[min(max(int(row["relevance"] * 10), 0), 9)] += 1
    if kind != "inspection":
        return
    summary.kinds[row["kind"] or ""] += 1
    for name in ("title", "published", "inspection_date", "inspector", "inspected"):
        summary.missing[name] += not row[name]
    summary.missing["year"] += year is None
    if row["inspector"]:
        body = summary.inspectors[row["inspector"].casefold()]
        body.count += 1
        body.spellings[row["inspector"]] += 1
    names, codes = row["inspected"] or (), row["inspected_units"] or ()
    seen: set[str] = set()
    for index, name in enumerate(names):
        unit = _unit(summary, name, codes[index] if index < len(codes) else None, year, None)
        if unit is not None and unit.name not in seen:
            seen.add(unit.name)
            unit.inspections += 1
            unit.count += 1
            unit.last = max(unit.last, day or published or "")


def _unit(summary: Summary, name: str | None, code: str | None, year: Year, since: str | None) -> UnitCount | None:
    place = place_of(name, code, year, since)
    if place is None:
        return None
    unit = summary.units[place.key]
    unit.name, unit.official = place.name, place.official
    if place.former:
        unit.former.add(place.former)
    return unit


# --- findings -------------------------------------------------------------------------------------------


def _kept(table: pa.Table, duplicates: Collection[str]) -> pa.Table:
    """A table without the rows of duplicates."""
    if not duplicates:
        return table
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    return table.filter(pc.invert(pc.is_in(table["id"], pa.array(sorted(duplicates), pa.string()))))


def _findings(dataset: Dataset, summary: Summary, duplicates: Collection[str]) -> Tally[alike.Key, Sentence]:
    """Counts findings; gives the limitations by the words that count."""
    import pyarrow.compute as pc  # noqa: PLC0415

    sentences: Tally[alike.Key, Sentence] = Tally(Sentence)
    for read in dataset.batches("findings", _FINDING, optional=("unit_since",)):
        table = _kept(read, duplicates)
        by = [name for name in _GROUPED if name in table.column_names]
        counted = table.group_by(by, use_threads=False).aggregate([([], "count_all")])
        for row in counted.to_pylist():
            number, year = row["count_all"], _year(row["year"])
            summary.findings[year, row["area"], row["label"]] += number
            unit = _unit(summary, row["unit"], row["unit_code"], year, row.get("unit_since"))
            if unit is None:
                summary.without_unit += number
            else:
                unit.findings[row["label"], row["area"]] += number
                unit.count += number
        for row in table.filter(pc.equal(table["label"], "limitation")).to_pylist():
            key = alike.key_of(row["text"])
            if len(key) >= _MIN_WORDS:
                _add(sentences[key], {**row, "year": _year(row["year"])})
    return sentences


def _add(sentence: Sentence, row: Row) -> None:
    sentence.count += 1
    sentence.areas[row["area"]] += 1
    if row["year"] is not None:
        sentence.years.add(row["year"])
    place = place_of(row["unit"], row["unit_code"], row["year"], row.get("unit_since"))
    if place is not None and len(sentence.units) < _MEMBERS:
        sentence.units.add(place.key)
    if row["id"] != sentence.last:  # the findings of an article stand together
        sentence.last = row["id"]
        sentence.articles += 1
        if len(sentence.examples) < _EXAMPLES:
            sentence.text = sentence.text or row["text"]
            sentence.examples.append((row["id"], row["number"]))


def _group(sentences: Tally[alike.Key, Sentence], summary: Summary, top: int) -> None:
    """Brings together the limitations that say nearly the same; those said in one article alone are counted only."""
    entries = sentences.most()
    summary.lost = sentences.lost
    least = 1 if len(entries) <= top else 2  # of a few, all are shown
    for members in alike.groups([key for key, _ in entries], [entry.articles for _, entry in entries]):
        group = [entries[index][1] for index in members]
        if len({key for entry in group for key, _ in entry.examples}) < least:
            summary.said_once += sum(entry.count for entry in group)
        elif len(summary.limitations) < top:
            summary.limitations.append(_limitation(group))
    summary.limitations.sort(key=lambda group: -group.count)


def _limitation(group: Sequence[Sentence]) -> Limitation:
    areas: Counter[str] = Counter()
    for entry in group:
        areas.update(entry.areas)
    years = set[int]().union(*(entry.years for entry in group))
    # one of each wording first, no article twice
    ordered = [e.examples[i] for i in range(_EXAMPLES) for e in group if i < len(e.examples)]
    places = dict(reversed(ordered))
    return Limitation(
        text=group[0].text,
        count=sum(entry.count for entry in group),
        area=areas.most_common(1)[0][0],
        units=len(set[str]().union(*(entry.units for entry in group))),
        first=min(years, default=None),
        last=max(years, default=None),
        places=tuple(places.items())[: -_EXAMPLES - 1 : -1],
    )


# --- metrics --------------------------------------------------------------------------------------------


def _metrics(dataset: Dataset, summary: Summary, duplicates: Collection[str]) -> None:
    """The indicators met most, then their values. What is measured must be said: a bare unit compares nothing."""
    import pyarrow.compute as pc  # noqa: PLC0415

    met: Tally[tuple[alike.Key, str], Named] = Tally(Named)
    for read in dataset.batches("metrics", ("id", "indicator", "unit")):
        table = _kept(read, duplicates)
        summary.metrics += table.num_rows
        named = table.filter(pc.is_valid(table["indicator"]))
        counted = named.group_by(["indicator", "unit"], use_threads=False).aggregate([("id", "count_distinct")])
        for row in counted.to_pylist():
            key = alike.key_of(row["indicator"])
            if key:
                entry = met[key, row["unit"]]
                entry.count += row["id_count_distinct"]
                entry.spellings[row["indicator"]] += row["id_count_distinct"]
    most = [(key, entry) for key, entry in met.most(_INDICATORS) if entry.count > 1]
    chosen = {key: Indicator(entry.name, key[1], entry.count) for key, entry in most}
    if not chosen:
        return
    wanted = {(name, key[1]): key for key in chosen for name in met[key].spellings}
    for read in dataset.batches("metrics", ("id", "indicator", "unit", "value", "year")):
        table = _kept(read, duplicates)
        columns = (_plain(table, name) for name in ("indicator", "unit", "value", "year"))
        for name, unit, value, year in zip(*columns, strict=True):
            found = wanted.get((name, unit))
            if found is not None and value is not None and math.isfinite(value):
                values = chosen[found].values.setdefault(_year(year), [])
                if len(values) < _VALUES:
                    values.append(value)
    summary.indicators = list(chosen.values())


# --- failures and sources -------------------------------------------------------------------------------


def _errors(dataset: Dataset, summary: Summary) -> None:
    for table in dataset.batches("errors", ("source", "stage", "error", "message")):
        for row in table.to_pylist():
            failure = summary.failures.setdefault((row["stage"] or "", row["error"] or ""), Failure())
            failure.count += 1
            if failure.count == 1:
                failure.source, failure.message = row["source"] or "", row["message"] or ""


def _cite(dataset: Dataset, summary: Summary) -> None:
    """The articles that examples are of, with their findings and where they come from."""
    cited: dict[str, set[int]] = {}
    for limitation in summary.limitations:
        for key, number in limitation.places:
            cited.setdefault(key, set()).add(number)
    if not cited:
        return
    columns = ("id", "source", "title", "published", "inspection_date", "inspected")
    for table in dataset.batches("articles", columns, optional=("url",), ids=cited):
        for row in table.to_pylist():
            day = _text(row["inspection_date"]) or _text(row["published"]) or ""
            summary.cited[row["id"]] = CitedArticle(
                row["id"], "", Source(row["source"] or "", row.get("url"), _beside(dataset.path)), row["title"] or "",
                day, "; ".join(row["inspected"] or ()), cited[row["id"]],
            )  # fmt: skip
    # in the order in which they are cited
    summary.cited = {key: summary.cited[key] for key in cited if key in summary.cited}
    for number, article in enumerate(summary.cited.values(), 1):
        article.anchor = f"bai-{number}"
    examples: dict[tuple[str, int], Example] = {}
    for table in dataset.batches("findings", _FINDING, optional=("unit_since",), ids=cited):
        for row in table.to_pylist():
            if row["id"] in summary.cited:
                summary.cited[row["id"]].findings.append(row)
                if row["number"] in cited[row["id"]]:
                    examples[row["id"], row["number"]] = _example(row)
    for article in summary.cited.values():
        _shorten(article)
    for limitation in summary.limitations:
        limitation.examples.extend(examples[place] for place in limitation.places if place in examples)


def _example(row: Row) -> Example:
    year = _year(row["year"])
    place = place_of(row["unit"], row["unit_code"], year, row.get("unit_since"))
    shown = {name: row[name] for name in ("id", "number", "start", "end", "text")}
    return Example(**shown, year=year, unit=place.name if place else "")


def _beside(path: Path) -> tuple[Path, ...]:
    """Where sources named by relative paths are looked for."""
    return (Path(), path, path.parent)


def _shorten(article: CitedArticle) -> None:
    """Keeps the findings next to those cited."""
    rows = sorted(article.findings, key=lambda row: row["number"])
    near = sorted(rows, key=lambda row: (min(abs(row["number"] - cited) for cited in article.cited), row["number"]))
    kept = sorted(near[:_A_CARD], key=lambda row: row["number"])
    article.left_out = len(rows) - len(kept)
    article.findings = [{**row, "text": shortened(row["text"])} for row in kept]


def shortened(text: str, length: int = _SHOWN_TEXT) -> str:
    """A text cut between words, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


def quartiles(values: Iterable[float]) -> tuple[float, float, float]:
    """The median between the quartiles."""
    import numpy as np  # noqa: PLC0415

    low, middle, high = np.quantile(np.array(list(values)), (0.25, 0.5, 0.75))
    return float(low), float(middle), float(high)
