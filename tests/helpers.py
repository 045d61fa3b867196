"""Analyses for tests of single stages: each stage is run on the real output of the stages before it."""

from __future__ import annotations

from datetime import date

from cchc_nlp.analysis import Analysis
from cchc_nlp.extract import agencies, dates, documents, metrics, officials, places
from cchc_nlp.text.normalise import normalise
from cchc_nlp.text.page import read_page
from cchc_nlp.text.segments import split_segments
from cchc_nlp.text.sentences import split_sentences

STAGES = {
    "dates": dates.find,
    "documents": documents.find,
    "places": places.find,
    "agencies": agencies.find,
    "officials": officials.find,
    "metrics": metrics.find,
}


def analyse(source: str, upto: str = "metrics", published: str | None = None) -> Analysis:
    """The analysis of a text after the stage `upto` ("text" for the text stage alone)."""
    text, offsets = normalise(source)
    analysis = Analysis(source, text, offsets, date.fromisoformat(published) if published else None)
    analysis.page = read_page(analysis)
    analysis.sentences = split_sentences(analysis.text, analysis.page.blocks)
    analysis.segments = split_segments(
        analysis.text, analysis.page.blocks, analysis.sentences, analysis.hits["segment_cues"]
    )
    for name, find in STAGES.items():
        if upto == "text":
            break
        setattr(analysis, name, find(analysis))
        if name == upto:
            break
    return analysis
