"""The field of the PAR Index that a finding speaks of, by weighted keywords.

What stands first is the topic: a keyword's weight shrinks with its distance from the start of the segment.
A segment that names no field takes that of the finding before it in the same sentence or list.
"""

from __future__ import annotations

from collections.abc import Sequence

from cchc_nlp.analysis import Analysis, Area
from cchc_nlp.classify.labeller import Verdict

NEAR, FAR = 70, 160  # characters from the start: full weight up to the first, `DISTANT` of it past the second
MIDDLING, DISTANT = 0.7, 0.45
ENOUGH = 0.55  # weight below which no field is named
CROWD = 3  # fields of nearly equal weight that together make "general"
CLOSE = 0.75  # what counts as nearly equal, as a part of the greatest weight


def assign(analysis: Analysis, verdicts: Sequence[Verdict]) -> list[Area]:
    """One area a verdict; those without a label get "general"."""
    hits = analysis.hits["area_cue"]
    areas: list[Area] = []
    previous: Area = "general"
    place = (-1, -1)
    i = 0
    for verdict in verdicts:
        while i < len(hits) and hits[i].start < verdict.start:
            i += 1
        scores: dict[str, float] = {}
        while i < len(hits) and hits[i].start < verdict.end:
            offset = hits[i].start - verdict.start
            factor = 1.0 if offset <= NEAR else MIDDLING if offset <= FAR else DISTANT
            area = hits[i].row["area"]
            scores[area] = scores.get(area, 0.0) + factor * float(hits[i].row["weight"])
            i += 1
        segment = analysis.segments[verdict.segment]
        chosen = _choose(scores)
        if chosen is None:
            chosen = previous if place[0] == segment.sentence else "general"
        if verdict.label is not None:
            previous, place = chosen, (segment.sentence, segment.block)
        areas.append(chosen)
    return areas


def _choose(scores: dict[str, float]) -> Area | None:
    """The area with the greatest weight; None where nothing is named."""
    if not scores:
        return None
    best = max(scores, key=lambda area: (scores[area], area))
    if scores[best] < ENOUGH:
        return None
    if sum(value >= CLOSE * scores[best] for value in scores.values()) >= CROWD:
        return "general"
    return best  # type: ignore[return-value]
