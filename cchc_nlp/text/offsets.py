"""The map from clean offsets back to source offsets."""

from __future__ import annotations

from array import array
from dataclasses import dataclass


@dataclass(slots=True)
class OffsetMap:
    """For each clean character the source stretch it came from.

    `starts[i]` and `ends[i]` delimit the source characters behind clean character `i`; both are None
    when the clean text is the source itself, which is the common case.
    """

    starts: array[int] | None = None
    ends: array[int] | None = None

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of a clean span (an empty span maps to an empty one)."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= len(self.starts):
            last = self.ends[-1] if self.ends else 0
            return last, last
        begin = self.starts[start]
        return begin, (self.ends[end - 1] if end > start else begin)
