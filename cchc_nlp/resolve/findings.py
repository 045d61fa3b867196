"""Which unit each finding speaks of.

One inspected unit: it is the unit of every finding, except where a segment opens with another body. Several: the
unit that stands at the head of the segment, else the one that the paragraph is speaking of; a segment that names
several of them speaks of none in particular.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from cchc_nlp.analysis import Agency, Analysis, Finding, Place
from cchc_nlp.resolve.units import unit_of

_HEAD = 60  # characters at the beginning of a segment in which its subject stands
_OTHERS = re.compile(
    r"(?:đối với|riêng|về phía|còn) (?:các|những)? ?(?:sở|ngành|phòng|ban|đơn vị|cơ quan|địa phương|huyện|xã|phường|tỉnh)",
    re.IGNORECASE,
)


def assign_units(analysis: Analysis, bodies: Sequence[Agency | Place]) -> None:
    """Fills `unit` of every finding; `bodies` are the named mentions in text order, places inside agencies left out."""
    inspected = set(analysis.inspection.inspected)
    sole = next(iter(inspected)) if len(inspected) == 1 else None
    body_starts = [body.start for body in bodies]
    segment_starts = [segment.start for segment in analysis.segments]
    current: str | None = None
    current_block = -1
    for finding in analysis.findings:
        if sole is not None:
            finding.unit = None if _OTHERS.match(analysis.text, finding.start) else sole
            continue
        index = max(bisect_right(segment_starts, finding.start) - 1, 0)
        block = analysis.segments[index].block if analysis.segments else 0
        inside = bodies[bisect_left(body_starts, finding.start) : bisect_left(body_starts, finding.end)]
        named = [body for body in inside if not inspected or unit_of(body) in inspected]
        if named:
            finding.unit = _subject(finding, named)
            current, current_block = finding.unit, block
        elif block == current_block:
            finding.unit = current


def _subject(finding: Finding, named: Sequence[Agency | Place]) -> str | None:
    """The unit at the head of a segment, or the only one in it; None where it names several together."""
    at_head = {unit_of(body) for body in named if body.start < finding.start + _HEAD}
    units = at_head or {unit_of(body) for body in named}
    return units.pop() if len(units) == 1 else None
