"""Capitalised name runs: the raw material of place names and of people's names.

A *syllable* here is a capitalised word: "Tân", "TÂN", "R'lấp", "M'Đrắk", "A". A *run* is a longest chain of
such syllables parted by single spaces: "Nguyễn Văn An", "UBND Hà Nội", "TẠI XÃ TÂN MỸ". A run says nothing
yet about what it names: it may begin with a sentence's first word ("Tại Hà Nội"), hold two names side by
side ("xã Tân Mỹ Nguyễn Văn An") or be a whole headline in capitals. Who uses it decides.

* `name_runs(text)` gives all runs of a text, in order;
* `run_at(text, pos)` reads the run that starts at a place already found;
* `starts_like_person(syllables)` tells whether syllables read as a person's name;
* `title_case(name)` turns "ĐÔN PHONG" into "Tân Hội".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from cchc_nlp import lexicon

UPPER = "".join(c for c in map(chr, range(0x1F00)) if c.isupper() and unicodedata.name(c, "").startswith("LATIN"))
"""Every capital Latin letter with or without marks, for use inside a character class."""

SYLLABLE = rf"[{UPPER}](?<!\w[{UPPER}])[^\W\d_]*(?:['’][^\W\d_]+)?(?!\w)"
"""Pattern of one capitalised syllable (the capital comes first, so that a search need only look for one)."""

_SYLLABLE = re.compile(SYLLABLE)
_RUN = re.compile(rf"{SYLLABLE}(?: {SYLLABLE})*")


class Syllable(NamedTuple):
    """A half-open stretch of the text that holds one capitalised syllable."""

    start: int
    end: int


class NameRun(NamedTuple):
    """Capitalised syllables parted by single spaces; never empty."""

    syllables: tuple[Syllable, ...]

    @property
    def start(self) -> int:
        """Where the first syllable begins."""
        return self.syllables[0].start

    @property
    def end(self) -> int:
        """Where the last syllable ends."""
        return self.syllables[-1].end


@lru_cache(maxsize=4)
def name_runs(text: str) -> tuple[NameRun, ...]:
    """All runs of a text, in text order (kept for the few texts asked about last)."""
    return tuple([NameRun(_split(match)) for match in _RUN.finditer(text)])


def _split(match: re.Match[str]) -> tuple[Syllable, ...]:
    words = match[0].split(" ")
    if len(words) == 1:
        return (Syllable(*match.span()),)
    start = match.start()
    syllables: list[Syllable] = []
    for word in words:
        syllables.append(Syllable(start, start + len(word)))
        start += len(word) + 1
    return tuple(syllables)


def run_at(text: str, pos: int, limit: int = 6) -> tuple[Syllable, ...]:
    """The first syllables, at most `limit`, of the run that starts at `pos`; empty when none starts there."""
    syllables: list[Syllable] = []
    while len(syllables) < limit and (match := _SYLLABLE.match(text, pos)):
        syllables.append(Syllable(*match.span()))
        pos = match.end() + 1
        if not text.startswith(" ", match.end()):
            break
    return tuple(syllables)


def title_case(name: str) -> str:
    """The name with a capital at the head of each syllable and small letters after it."""
    return " ".join(word[:1].upper() + word[1:].lower() for word in name.split(" "))


def starts_like_person(syllables: Sequence[str], weak: bool = False) -> bool:
    """Whether syllables read as a person's name: a family name (if `weak`, any), and more."""
    return len(syllables) >= 2 and syllables[0].lower() in _family_names(weak)


@cache
def _family_names(weak: bool) -> frozenset[str]:
    rows = lexicon.table("official_family_names")
    return frozenset(row["syllable"].lower() for row in rows if weak or row["weight"] != "weak")
