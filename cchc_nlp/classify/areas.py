"""The field of the PAR Index that a finding speaks of, by weighted keywords.

What stands first is the topic: a keyword's weight shrinks with its distance from the start of the segment.
A segment that names no field takes that of the finding before it in the same paragraph, or that which the article
chiefly speaks of; where a segment names several, the article's own fields weigh more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from cchc_nlp.analysis import Analysis, Area, Span
from cchc_nlp.classify.labeller import Verdict
from cchc_nlp.text.scan import Hit

NEAR, FAR = 70, 160  # characters from the start: full weight up to the first, `DISTANT` of it past the second
MIDDLING, DISTANT = 0.7, 0.45
ENOUGH = 0.55  # weight below which no field is named
THEME = 1.0  # weight of an area that all findings of an article name
DOMINANT = 0.35  # share from which an area is what the article chiefly speaks of
CROWD = 3  # fields of nearly equal weight that together make "general"
CLOSE = 0.75  # what counts as nearly equal, as a part of the greatest weight

_BODY = re.compile(r"\b(?:bộ|sở|phòng|cục|ban|vụ|ngành|ủy ban|viện|hội) $")
BODY_LENGTH = 8  # characters that the longest of these words needs


def assign(analysis: Analysis, verdicts: Sequence[Verdict]) -> list[Area]:
    """One area a verdict; those without a label get "general"."""
    found = [keyword_scores(analysis, verdict) if verdict.label else {} for verdict in verdicts]
    theme = _theme(found)
    areas: list[Area] = []
    previous: Area | None = None
    place = -1
    for verdict, scores in zip(verdicts, found, strict=True):
        if verdict.label is None:
            areas.append("general")
            continue
        block = analysis.segments[verdict.segment].block
        chosen = _choose(scores, theme) or (previous if block == place else None) or _leading(theme) or "general"
        previous, place = chosen, block
        areas.append(chosen)
    return areas


def _theme(found: Sequence[dict[str, float]]) -> dict[str, float]:
    """The share of each area in what an article's findings name: most articles keep to one or two fields."""
    total: dict[str, float] = {}
    for scores in found:
        weight = sum(scores.values())
        for area, score in scores.items():
            if weight:
                total[area] = total.get(area, 0.0) + score / weight
    everything = sum(total.values())
    return {area: score / everything for area, score in total.items()} if everything else {}


def _leading(theme: dict[str, float]) -> Area | None:
    """The area that an article chiefly speaks of, if there is one."""
    best = max(theme, key=theme.__getitem__, default=None)
    return best if best is not None and theme[best] >= DOMINANT else None  # type: ignore[return-value]


def keyword_scores(analysis: Analysis, span: Span) -> dict[str, float]:
    """How much the keywords of a stretch speak for each area; a keyword counts less the later it stands."""
    hits = analysis.hits["area_cue"]
    scores: dict[str, float] = {}
    for hit in hits[bisect_left(hits, span.start, key=_start) : bisect_left(hits, span.end, key=_start)]:
        if not _named(analysis, hit):
            offset = hit.start - span.start
            factor = 1.0 if offset <= NEAR else MIDDLING if offset <= FAR else DISTANT
            area = hit.row["area"]
            scores[area] = scores.get(area, 0.0) + factor * float(hit.row["weight"])
    return scores


_start = attrgetter("start")


def _named(analysis: Analysis, hit: Hit) -> bool:
    """Whether a keyword is part of a body's name ("Sở Tài chính"), which says nothing of the topic."""
    return (
        analysis.text[hit.start].isupper()
        and _BODY.search(analysis.lower, max(0, hit.start - BODY_LENGTH), hit.start) is not None
    )


def _choose(scores: dict[str, float], theme: dict[str, float]) -> Area | None:
    """The area with the greatest weight, that of the article adding some; None where nothing is named."""
    if not scores or max(scores.values()) < ENOUGH:
        return None  # also what was named with weight 0, to keep it from being read otherwise
    weighed = {area: score + THEME * theme.get(area, 0.0) for area, score in scores.items() if score > 0}
    best = max(weighed, key=weighed.__getitem__)  # the first named wins a tie
    if sum(value >= CLOSE * weighed[best] for value in weighed.values()) >= CROWD:
        return "general"
    return best  # type: ignore[return-value]
