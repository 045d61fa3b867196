"""Which unit each finding speaks of.

One inspected unit: it is the unit of every finding, except where a segment opens with another body. Several: the
unit that stands at the head of the segment, else the one that the text was speaking of before; a segment that names
several of them, or speaks of all, speaks of none in particular.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from cchc_nlp.analysis import Agency, Analysis, Finding, Place
from cchc_nlp.resolve.units import unit_of

_HEAD = 60  # characters at the beginning of a segment in which its subject stands
_OTHERS = re.compile(
    r"(?:đối với|riêng|về phía|còn) (?:các|những)? ?"
    r"(?:sở|ngành|phòng|ban|đơn vị|cơ quan|địa phương|huyện|xã|phường|tỉnh)",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"(?:nhìn chung|kết luận|phát biểu|tại buổi|tại hội nghị|các (?:đơn vị|địa phương|cơ quan|huyện|xã|phường|sở)|"
    r"đoàn (?:giám sát|kiểm tra|công tác)? ?(?:đề nghị|kiến nghị|yêu cầu))",
    re.IGNORECASE,
)
_PROPER = re.compile(r"^(?:thành phố|thị xã|thị trấn|đặc khu|tỉnh|huyện|quận|phường|xã) ")


def assign_units(analysis: Analysis, bodies: Sequence[Agency | Place]) -> None:
    """Fills `unit` of every finding; `bodies` are the named mentions in text order, places inside agencies left out."""
    inspected = list(dict.fromkeys(analysis.inspection.inspected))
    if len(inspected) == 1:
        for finding in analysis.findings:
            finding.unit = None if _OTHERS.match(analysis.text, finding.start) else inspected[0]
        return
    names = _Names(analysis.text, inspected, bodies)
    current: str | None = None
    for finding in analysis.findings:
        named = names.within(finding.start, finding.end)
        if named:
            current = _subject(finding, named)
        elif _GENERAL.match(analysis.text, finding.start):
            current = None
        finding.unit = current


class _Names:
    """Where the text names units: by their mentions, and by the proper part of an inspected unit's name alone."""

    def __init__(self, text: str, inspected: Sequence[str], bodies: Sequence[Agency | Place]) -> None:
        known = set(inspected)
        found = {
            (body.start, name)
            for body in bodies
            if (name := next((n for n in (body.name, unit_of(body)) if n in known), None if known else unit_of(body)))
        }
        proper = {_PROPER.sub("", name): name for name in inspected}
        bare = [part for part in proper if " " in part and part[0].isupper()]
        if bare:
            pattern = re.compile(
                rf"\b(?:{'|'.join(re.escape(part) for part in sorted(bare, key=len, reverse=True))})\b"
            )
            found |= {(match.start(), proper[match[0]]) for match in pattern.finditer(text)}
        self._found = sorted(found)
        self._starts = [start for start, _ in self._found]

    def within(self, start: int, end: int) -> list[tuple[int, str]]:
        """Position and unit of each name in a stretch of the text."""
        return self._found[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _subject(finding: Finding, named: Sequence[tuple[int, str]]) -> str | None:
    """The unit at the head of a segment, or the only one in it; None where it names several together."""
    at_head = {name for start, name in named if start < finding.start + _HEAD}
    units = at_head or {name for _, name in named}
    return units.pop() if len(units) == 1 else None
