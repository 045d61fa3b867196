"""The field of the PAR Index that a finding speaks of, by weighted keywords.

What stands first is the topic: a keyword's weight shrinks with its distance from the start of the segment.
A segment that names no field takes that of the finding before it in the same paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc_nlp.analysis import Analysis, Area
from cchc_nlp.classify.labeller import Verdict
from cchc_nlp.text.scan import Hit

NEAR, FAR = 70, 160  # characters from the start: full weight up to the first, `DISTANT` of it past the second
MIDDLING, DISTANT = 0.7, 0.45
ENOUGH = 0.55  # weight below which no field is named
CROWD = 3  # fields of nearly equal weight that together make "general"
CLOSE = 0.75  # what counts as nearly equal, as a part of the greatest weight

_BODY = re.compile(r"\b(?:bộ|sở|phòng|cục|ban|vụ|ngành|ủy ban|viện|hội) $")
BODY_LENGTH = 8  # characters that the longest of these words needs


def assign(analysis: Analysis, verdicts: Sequence[Verdict]) -> list[Area]:
    """One area a verdict; those without a label get "general"."""
    hits = analysis.hits["area_cue"]
    areas: list[Area] = []
    previous: Area = "general"
    place = -1
    i = 0
    for verdict in verdicts:
        while i < len(hits) and hits[i].start < verdict.start:
            i += 1
        scores: dict[str, float] = {}
        while i < len(hits) and hits[i].start < verdict.end:
            if not _named(analysis, hits[i]):
                offset = hits[i].start - verdict.start
                factor = 1.0 if offset <= NEAR else MIDDLING if offset <= FAR else DISTANT
                area = hits[i].row["area"]
                scores[area] = scores.get(area, 0.0) + factor * float(hits[i].row["weight"])
            i += 1
        block = analysis.segments[verdict.segment].block
        chosen = _choose(scores) or (previous if block == place else "general")
        if verdict.label is not None:
            previous, place = chosen, block
        areas.append(chosen)
    return areas


def _named(analysis: Analysis, hit: Hit) -> bool:
    """Whether a keyword is part of a body's name ("Sở Tài chính"), which says nothing of the topic."""
    return (
        analysis.text[hit.start].isupper()
        and _BODY.search(analysis.lower, max(0, hit.start - BODY_LENGTH), hit.start) is not None
    )


def _choose(scores: dict[str, float]) -> Area | None:
    """The area with the greatest weight; None where nothing is named."""
    if not scores:
        return None
    best = max(scores, key=scores.__getitem__)  # the first named wins a tie
    if scores[best] < ENOUGH:  # also what was named with weight 0, to keep it from being read otherwise
        return None
    if sum(value >= CLOSE * scores[best] for value in scores.values()) >= CROWD:
        return "general"
    return best  # type: ignore[return-value]
