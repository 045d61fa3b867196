"""Why each span was found: the rule in words, and for a finding the cues that decided; and what the article was
taken to report as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cchc_nlp import lexicon
from cchc_nlp.analysis import Analysis, Finding, Inspection, Mention, Place
from cchc_nlp.extractor import Extractor
from cchc_nlp.report.html import Language
from cchc_nlp.text.decode import decode


@dataclass(frozen=True)
class Line:
    """One span of an explanation; offsets and text are the source's."""

    start: int
    end: int
    kind: str
    text: str
    rule: str
    confidence: float
    why: str


def lines(extractor: Extractor, source: str | bytes, published: date | None, language: Language) -> list[Line]:
    """An explanation of every span, in text order, longer spans first."""
    return explain(extractor, source, published, language)[1]


def explain(
    extractor: Extractor, source: str | bytes, published: date | None, language: Language
) -> tuple[Inspection, list[Line]]:
    """What the article reports as a whole, and an explanation of every span, as of `lines`."""
    text = decode(source).text if isinstance(source, bytes) else source
    analysis = extractor.analyse(text, published=published)
    return analysis.inspection, _lines(analysis, text, language)


def _lines(analysis: Analysis, text: str, language: Language) -> list[Line]:
    reasons = lexicon.mapping("rules", "rule", language)
    found: list[Line] = []
    for kind, mention, detail in _mentions(analysis, language):
        start, end = analysis.offsets.to_source(mention.start, mention.end)
        why = "; ".join(filter(None, (reasons.get(mention.rule, ""), detail)))
        found.append(Line(start, end, kind, text[start:end], mention.rule, mention.confidence, why))
    return sorted(found, key=lambda line: (line.start, -line.end))


def _mentions(analysis: Analysis, language: Language) -> Iterator[tuple[str, Mention, str]]:
    """Every mention with its kind and what it was taken to be."""
    yield from (("dates", date, date.value) for date in analysis.dates)
    yield from (("places", place, _unit(place, language)) for place in analysis.places)
    yield from (("agencies", agency, agency.name) for agency in analysis.agencies)
    yield from (("officials", name, official.name) for official in analysis.officials for name in official.mentions)
    yield from (("metrics", m, f"{m.comparator} {m.value:g} {m.unit}") for m in analysis.metrics)
    yield from (("documents", paper, paper.number or paper.title or paper.type) for paper in analysis.documents)
    yield from ((finding.label, finding, _weights(analysis.text, finding)) for finding in analysis.findings)


def _unit(place: Place, language: Language) -> str:
    """The unit that a place was taken to mean and the evidence, or those it can mean."""
    link = place.link
    if link is None or not (link.unit or link.candidates):
        return place.name
    if link.unit is None:
        return f"{place.name} = ? {' / '.join(unit.path for unit in link.candidates)}"
    word = lexicon.mapping("link_evidence", "kind", language)
    reasons = ", ".join(f"{word[kind]} {weight:+.1f}" for kind, weight in link.evidence)
    return f"{place.name} = {link.unit.code or '-'} {link.unit.path} ({link.confidence:.2f}: {reasons})"


def _weights(text: str, finding: Finding) -> str:
    """The words that decided, each with its label and weight, the heaviest first."""
    heaviest = sorted(finding.evidence, key=lambda e: -abs(e.weight))
    return ", ".join(
        f"“{text[e.start : e.end]}” {e.label or e.kind} {e.weight:+.1f}" for e in heaviest if e.end > e.start
    )
