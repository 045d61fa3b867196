"""Which unit each finding speaks of.

One inspected unit: it is the unit of every finding, except where a segment opens with another body. Several: the
unit that stands at the head of the segment, else the one that the paragraph is speaking of; a segment that names
several of them speaks of none in particular.
"""

from __future__ import annotations

import re
from bisect import bisect_left
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
    inspected = list(dict.fromkeys(analysis.inspection.inspected))
    starts = [body.start for body in bodies]
    block_of = {i: s.block for i, s in enumerate(analysis.segments)}
    segment_starts = [segment.start for segment in analysis.segments]
    current: str | None = None
    current_block = -1
    for finding in analysis.findings:
        inside = bodies[bisect_left(starts, finding.start) : bisect_left(starts, finding.end)]
        block = block_of.get(bisect_left(segment_starts, finding.start), -1)
        if len(inspected) == 1:
            finding.unit = None if _OTHERS.match(analysis.text, finding.start) else inspected[0]
            continue
        known = set(inspected)
        named = list(dict.fromkeys(u for body in inside if (u := unit_of(body)) in known or not known))
        if len(named) == 1:
            current, current_block = named[0], block
            finding.unit = current
        elif named:
            head = [b for b in inside if b.start < finding.start + _HEAD and unit_of(b) in named]
            finding.unit = unit_of(head[0]) if len({unit_of(b) for b in head}) == 1 and len(named) == len(head) else None
        else:
            finding.unit = current if block == current_block or _continues(finding, analysis) else None


def _continues(finding: Finding, analysis: Analysis) -> bool:
    """Whether a segment with no body of its own goes on about the unit spoken of before."""
    return finding.label in ("limitation", "cause", "strength") and len(analysis.inspection.inspected) > 1
