"""Findings: the segments that state a strength, a limitation, a cause or a recommendation."""

from __future__ import annotations

from cchc_nlp.analysis import Analysis, Finding
from cchc_nlp.classify.areas import assign
from cchc_nlp.classify.cues import CueLabeller
from cchc_nlp.classify.labeller import Labeller


def find(analysis: Analysis, labeller: Labeller | None = None) -> list[Finding]:
    """The findings in text order; `unit` stays empty until the resolver knows whom they speak of."""
    verdicts = (labeller or CueLabeller()).label(analysis)
    areas = assign(analysis, verdicts)
    return [
        Finding(
            verdict.start,
            verdict.end,
            verdict.rule,
            verdict.confidence,
            verdict.label,
            area,
            evidence=verdict.evidence,
        )
        for verdict, area in zip(verdicts, areas, strict=True)
        if verdict.label is not None
    ]
