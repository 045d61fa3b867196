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
        self._starts: list[int] = []
        self._words: list[str] = []
        at = 0
        for start, end, name in sorted(stand_ins, key=lambda span: (span[0], -span[1])):
            if start < at:
                continue
            self._read(lower, at, start)
            self._starts.append(start)
            self._words.append(name)
            at = end
        self._read(lower, at, len(lower))

    def _read(self, lower: str, start: int, end: int) -> None:
        for match in _WORD.finditer(lower, start, end):
            self._starts.append(match.start())
            self._words.append("<number>" if match[0][0].isdigit() else match[0])

    def within(self, start: int, end: int) -> list[str]:
        """The words that begin in a stretch of the text."""
        return self._words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
