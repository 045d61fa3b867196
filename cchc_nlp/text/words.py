"""An article as a classifier's words: lower-case syllables, with one word standing for each mention."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

_WORD = re.compile(r"\w+|[%:?!]")


class Words:
    """Words by position.

    `stand_ins` are stretches of the text and the word for each ("<place>"); of a nest the outermost counts.
    """

    def __init__(self, lower: str, stand_ins: Iterable[tuple[int, int, str]]) -> None:
        self.texts: list[str] = []
        self._starts: list[int] = []
        at = 0
        for start, end, name in sorted(stand_ins, key=lambda span: (span[0], -span[1])):
            if start < at:
                continue
            self._read(lower, at, start)
            self._starts.append(start)
            self.texts.append(name)
            at = end
        self._read(lower, at, len(lower))

    def _read(self, lower: str, start: int, end: int) -> None:
        self._starts += [match.start() for match in _WORD.finditer(lower, start, end)]
        self.texts += ["<number>" if word[0].isdigit() else word for word in _WORD.findall(lower, start, end)]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Which words begin in a stretch of the text, as a half-open range of indices into `texts`."""
        return bisect_left(self._starts, start), bisect_left(self._starts, end)

    def within(self, start: int, end: int) -> list[str]:
        """The words that begin in a stretch of the text."""
        first, last = self.range(start, end)
        return self.texts[first:last]
