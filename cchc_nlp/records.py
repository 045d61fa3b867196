"""The record that users see: frozen pydantic models, one tree an article.

Field names and meanings are those of the annotation guidelines in `docs/record.md`. Offsets index the source
text exactly as the caller passed it (for bytes: as decoded, see `ArticleRecord.source`), and
`source[start:end] == text` holds for every mention.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from cchc_nlp import analysis as model
from cchc_nlp import units
from cchc_nlp.analysis import Area, Comparator, Label, Level
from cchc_nlp.resolve import links

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = "1.1"

InspectionKind = Literal["kiểm tra", "giám sát", "thanh tra", "khảo sát", "họp đánh giá"]


_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Mention(_Frozen):
    """A span of the source, the rule that found it and how sure it is."""

    start: int = Field(ge=0, description="offset of the first character in the source")
    end: int = Field(ge=0, description="offset after the last character in the source")
    text: str = Field(description="the source between the offsets")
    confidence: float = Field(ge=0, le=1)
    rule: str = Field(description="which rule or model found it")


class DateMention(Mention):
    """A calendar expression."""

    value: str = Field(description="TIMEX3 value (ISO-TimeML); ranges as start/end")


class UnitLink(_Frozen):
    """An official administrative unit; `code` and `since` tell it from all others (see `cchc_nlp.units`)."""

    code: str | None = Field(description="official code; null for units abolished before the lists that are known")
    since: str = Field(description="code list in which the unit first stands: 2004, 2024 or 2025; empty without a code")
    name: str = Field(description="type word and name")
    level: Literal["province", "district", "commune"]
    within: str = Field(description="the units it lies in, the smallest first; empty for a province")


class PlaceMention(Mention):
    """A named administrative unit."""

    name: str = Field(description="type word in full and name, correct spelling")
    level: Level
    unit: UnitLink | None = Field(description="the official unit that is meant; null where the article does not decide")
    unit_confidence: float = Field(ge=0, le=1, description="confidence of `unit`; 0 without one")
    candidates: tuple[UnitLink, ...] = Field(description="without `unit`: the units it can mean, the likeliest first")


class AgencyMention(Mention):
    """A definite public, party, elected or mass-organisation body."""

    name: str = Field(description="canonical name, abbreviations expanded, with the place it belongs to")
    kind: str = Field(description="kind of body: committee, council, party, department, delegation ...")
    unit: UnitLink | None = Field(description="the official unit that it belongs to")


class MetricMention(Mention):
    """A measured quantity; the span is number and unit."""

    value: float
    unit: str = Field(description="short canonical noun; money is in đồng")
    comparator: Comparator
    indicator: str | None = Field(description="the phrase that says what is measured")
    of: float | None = Field(description="the whole of a ratio: 12 in 3/12")
    low: float | None = Field(description="the lower end of a range")


class DocumentMention(Mention):
    """A reference to an official paper."""

    number: str | None
    type: str
    date: str | None
    issuer: str | None
    title: str | None


class FindingMention(Mention):
    """A segment that states a finding about a unit assessed."""

    label: Label
    area: Area = Field(description="field of the PAR Index")
    unit: str | None = Field(description="canonical name of the unit it speaks of")
    unit_code: str | None = Field(description="official code of that unit, or of the unit that the body belongs to")
    unit_since: str | None = Field(description="code list of `unit_code`: 2004, 2024 or 2025")
    metrics: tuple[int, ...] = Field(description="indices into `metrics` of those inside the finding")


class Role(_Frozen):
    """An office held."""

    title: str
    org: str | None


class Official(_Frozen):
    """A person who holds an office: one entry a person."""

    name: str
    mentions: tuple[Mention, ...]
    roles: tuple[Role, ...]


class Article(_Frozen):
    """The page itself."""

    title: str | None
    published: str | None = Field(description="ISO date or date-time printed as the page's publication date")
    author: str | None
    body: tuple[tuple[int, int], ...] = Field(description="source spans of the article proper")
    is_inspection: bool
    confidence: float = Field(ge=0, le=1, description="confidence of `is_inspection`")


class Inspection(_Frozen):
    """The event reported."""

    kind: InspectionKind | None
    date: str | None = Field(description="TIMEX3 value")
    inspector: str | None
    lead: str | None
    inspected: tuple[str, ...]
    inspected_units: tuple[UnitLink | None, ...] = Field(description="the official units of `inspected`, one for one")


class ArticleRecord(_Frozen):
    """Everything taken out of one article."""

    schema_version: str = SCHEMA_VERSION
    article: Article
    inspection: Inspection
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    agencies: tuple[AgencyMention, ...]
    officials: tuple[Official, ...]
    metrics: tuple[MetricMention, ...]
    documents: tuple[DocumentMention, ...]
    findings: tuple[FindingMention, ...]
    notes: tuple[str, ...] = Field(
        default=(), description="what was unusual about the input: html, mojibake, tcvn3, vni, encoding names"
    )
    source: str = Field(default="", exclude=True, repr=False, description="the text that the offsets index")

    def to_dict(self) -> dict[str, Any]:
        """Plain lists, dicts, strings and numbers (the source text is left out)."""
        return self.model_dump(mode="json")

    def to_json(self, *, indent: int | None = None) -> str:
        """JSON text, Vietnamese letters as they are."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_html(self, *, language: Literal["vi", "en"] = "vi") -> str:
        """A self-contained page: the source with coloured spans, a legend, and the tables."""
        from cchc_nlp.report.html import render  # noqa: PLC0415  (only who renders pays for it)

        return render(self, language)

    def tables(self) -> dict[str, pd.DataFrame]:
        """One pandas data frame a kind; raises `MissingExtraError` without the extra `tables`."""
        from cchc_nlp.report.tables import frames  # noqa: PLC0415

        return frames(self)


def schema_text() -> str:
    """The JSON Schema of a record as printed by `cchc schema` and kept in `docs/schema.json`."""
    schema = ArticleRecord.model_json_schema(mode="serialization")
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


_Fields = dict[str, object]


@lru_cache(maxsize=20_000)
def _unit_link(unit: units.Unit) -> UnitLink:
    """A unit as records show it; one object for all its mentions, as records are frozen."""
    return UnitLink(
        code=unit.code,
        since=unit.since,
        name=unit.full,
        level=unit.level,
        within=", ".join(parent.full for parent in unit.parents),
    )


def _linked(unit: units.Unit | None) -> UnitLink | None:
    return None if unit is None else _unit_link(unit)


def _unit_code(unit: units.Unit | None) -> dict[str, object]:
    return {"unit_code": unit and unit.code, "unit_since": unit and (unit.since or None)}


def _place_fields(place: model.Place) -> dict[str, object]:
    link = place.link or model.Link()
    return {
        "unit": _linked(link.unit),
        "unit_confidence": link.confidence,
        "candidates": tuple(_unit_link(unit) for unit in link.candidates),
    }


class _Builder:
    """Turns clean offsets into source offsets and analysis objects into record objects."""

    def __init__(self, analysis: model.Analysis) -> None:
        self._analysis = analysis
        self._to_source = analysis.offsets.to_source
        # lone surrogates have no UTF-8 form: the record carries U+FFFD in their place, offsets unchanged
        self.source = _LONE_SURROGATE.sub("\ufffd", analysis.source)

    def span(self, span: model.Span) -> tuple[int, int]:
        return self._to_source(span.start, span.end)

    def printed(self, span: model.Span | None) -> str | None:
        if span is None:
            return None
        start, end = self.span(span)
        return self.source[start:end]

    def mention(self, item: model.Mention, /, **fields: object) -> _Fields:
        start, end = self._to_source(item.start, item.end)
        return {
            "start": start,
            "end": end,
            "text": self.source[start:end],
            "confidence": item.confidence,
            "rule": item.rule,
            **fields,
        }


def build(analysis: model.Analysis, notes: Iterable[str] = ()) -> ArticleRecord:
    """The record of a finished analysis; `notes` are those on the decoding, before the text."""
    builder = _Builder(analysis)
    mention = builder.mention
    page, event = analysis.page, analysis.inspection
    metrics = sorted(analysis.metrics, key=lambda m: m.start)
    starts = [metric.start for metric in metrics]
    named = links.by_name(analysis)
    # plain values first, validated in one go
    return ArticleRecord.model_validate({
        "article": {
            "title": builder.printed(page.title),
            "published": page.published,
            "author": builder.printed(page.author_span),
            "body": tuple(builder.span(span) for span in page.body),
            "is_inspection": event.is_inspection,
            "confidence": event.confidence,
        },
        "inspection": {
            "kind": event.kind,
            "date": event.date,
            "inspector": event.inspector,
            "lead": event.lead,
            "inspected": tuple(event.inspected),
            "inspected_units": tuple(_linked(named.get(name)) for name in event.inspected),
        },
        "dates": tuple(mention(d, value=d.value) for d in analysis.dates),
        "places": tuple(mention(p, name=p.name, level=p.level, **_place_fields(p)) for p in analysis.places),
        "agencies": tuple(
            mention(a, name=a.name, kind=a.kind, unit=_linked(links.unit_of(a))) for a in analysis.agencies
        ),
        "officials": tuple(
            {
                "name": o.name,
                "mentions": tuple(mention(m) for m in o.mentions),
                "roles": tuple({"title": r.title, "org": r.org} for r in o.roles),
            }
            for o in analysis.officials
        ),
        "metrics": tuple(
            mention(
                m, value=m.value, unit=m.unit, comparator=m.comparator, indicator=m.indicator, of=m.of, low=m.low
            )
            for m in metrics
        ),
        "documents": tuple(
            mention(d, number=d.number, type=d.type, date=d.date, issuer=d.issuer, title=d.title)
            for d in analysis.documents
        ),
        "findings": tuple(
            mention(
                f, label=f.label, area=f.area, unit=f.unit, **_unit_code(named.get(f.unit or "")),
                metrics=tuple(
                    i
                    for i in range(bisect_left(starts, f.start), bisect_left(starts, f.end))
                    if metrics[i].end <= f.end
                ),
            )
            for f in analysis.findings
        ),
        "notes": (*notes, *analysis.notes),
        "source": builder.source,
    })  # fmt: skip
