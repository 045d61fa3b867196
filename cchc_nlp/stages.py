"""The order of the pipeline, in one place.

A stage is a function that reads an `Analysis` and fills one part of it. `Extractor` runs the stages as they
stand here; `pipeline.load` wraps each as a spaCy component of the same name. A stage that is left out leaves
its part empty, and the later ones make do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cchc_nlp.analysis import Analysis, Block, Page, Span
from cchc_nlp.classify.learned import Models
from cchc_nlp.extract import agencies, dates, documents, findings, inspection, metrics, officials, places
from cchc_nlp.resolve import resolver
from cchc_nlp.text.normalise import clean
from cchc_nlp.text.page import read_page
from cchc_nlp.text.segments import split_segments
from cchc_nlp.text.sentences import split_sentences

Stage = Callable[[Analysis], None]


def begin(source: str, published: date | None = None) -> Analysis:
    """An analysis that knows its clean text only: the whole of it is body and one block."""
    text, offsets, notes = clean(source)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    body = [(start, end)] if end > start else []
    page = Page(body=[Span(*span) for span in body], blocks=[Block(*span, "paragraph") for span in body])
    return Analysis(source, text, offsets, published, notes=tuple(notes), page=page)


def _page(analysis: Analysis) -> None:
    analysis.page = read_page(analysis)


def _segments(analysis: Analysis) -> None:
    blocks = analysis.page.blocks
    analysis.sentences = split_sentences(analysis.text, blocks)
    cues = analysis.hits["segment_cues"]
    analysis.segments = split_segments(analysis.text, blocks, analysis.sentences, cues)


def _dates(analysis: Analysis) -> None:
    analysis.dates = dates.find(analysis)


def _documents(analysis: Analysis) -> None:
    analysis.documents = documents.find(analysis)


def _places(analysis: Analysis) -> None:
    analysis.places = places.find(analysis)


def _agencies(analysis: Analysis) -> None:
    analysis.agencies = agencies.find(analysis)


def _officials(analysis: Analysis) -> None:
    analysis.officials = officials.find(analysis)


def _metrics(analysis: Analysis) -> None:
    analysis.metrics = metrics.find(analysis)


def _relevance(models: Models) -> Stage:
    def stage(analysis: Analysis) -> None:
        analysis.inspection.is_inspection, analysis.inspection.confidence = models.assess(analysis)

    return stage


def _findings(models: Models) -> Stage:
    def stage(analysis: Analysis) -> None:
        analysis.findings = findings.find(analysis, models.labeller, models.assign_areas)

    return stage


# reading needs no model ...
READING: dict[str, Stage] = {
    "cchc_page": _page,
    "cchc_segments": _segments,
    "cchc_dates": _dates,
    "cchc_documents": _documents,
    "cchc_places": _places,
    "cchc_agencies": _agencies,
    "cchc_officials": _officials,
    "cchc_metrics": _metrics,
}
# ... judging may use trained ones ...
_JUDGING: dict[str, Callable[[Models], Stage]] = {"cchc_relevance": _relevance, "cchc_findings": _findings}
# ... and what is meant is decided last
_RESOLVING: dict[str, Stage] = {"cchc_inspection": inspection.fill, "cchc_resolver": resolver.resolve}

STAGE_NAMES = (*READING, *_JUDGING, *_RESOLVING)


def stages(models: Models) -> dict[str, Stage]:
    """Every stage by name, in order."""
    return {**READING, **{name: make(models) for name, make in _JUDGING.items()}, **_RESOLVING}
