"""Edits of a text, and the map from clean offsets back to source offsets that they leave behind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace `text[start:end]`; all characters of the replacement come from all of that stretch."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Layer:
    """What one round of edits moved: for each edit its place before (`old_*`) and after (`new_*`)."""

    new_starts: list[int] = field(default_factory=list)
    new_ends: list[int] = field(default_factory=list)
    old_starts: list[int] = field(default_factory=list)
    old_ends: list[int] = field(default_factory=list)

    def begin(self, index: int) -> int:
        """Where the source of the character at `index` begins."""
        k = bisect_right(self.new_starts, index) - 1
        if k < 0:
            return index
        if index < self.new_ends[k]:
            return self.old_starts[k]
        return self.old_ends[k] + index - self.new_ends[k]

    def end(self, index: int) -> int:
        """Where the source of the character at `index` ends."""
        k = bisect_right(self.new_starts, index) - 1
        if k < 0:
            return index + 1
        if index < self.new_ends[k]:
            return self.old_ends[k]
        return self.old_ends[k] + index - self.new_ends[k] + 1


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """For each clean character the source stretch it came from.

    The clean text is the source after some rounds of edits, each of which left a layer; no layer at all
    means that every character stands where it stood, which is the common case.
    """

    layers: tuple[Layer, ...] = ()

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of a clean span (an empty span maps to an empty one)."""
        for layer in reversed(self.layers):
            if end > start:
                start, end = layer.begin(start), layer.end(end - 1)
            else:
                start = end = layer.begin(start)
        return start, end


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, Layer]:
    """The text after edits (in text order, not overlapping), and the layer that leads back."""
    layer = Layer()
    pieces: list[str] = []
    position = size = 0
    for start, end, replacement in edits:
        pieces.append(text[position:start])
        pieces.append(replacement)
        size += start - position
        layer.new_starts.append(size)
        size += len(replacement)
        layer.new_ends.append(size)
        layer.old_starts.append(start)
        layer.old_ends.append(end)
        position = end
    pieces.append(text[position:])
    return "".join(pieces), layer
