"""Findings: the segments that state a strength, a limitation, a cause or a recommendation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cchc_nlp.analysis import Analysis, Area, Finding
from cchc_nlp.classify import areas
from cchc_nlp.classify.cues import CueLabeller
from cchc_nlp.classify.labeller import Labeller, Verdict

AreaAssigner = Callable[[Analysis, Sequence[Verdict]], list[Area]]


def find(
    analysis: Analysis, labeller: Labeller | None = None, assign_areas: AreaAssigner = areas.assign
) -> list[Finding]:
    """The findings in text order; `unit` stays empty until the resolver knows whom they speak of.

    `labeller` is anything with the interface of `classify.labeller`; the rules by default.
    """
    verdicts = (labeller or CueLabeller()).label(analysis)
    return [
        Finding(v.start, v.end, v.rule, v.confidence, v.label, area, evidence=v.evidence)
        for v, area in zip(verdicts, assign_areas(analysis, verdicts), strict=True)
        if v.label is not None
    ]
