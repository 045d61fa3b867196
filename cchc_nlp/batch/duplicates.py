"""Near-duplicates: articles that say the same as an earlier one, as syndicated news and pages crawled twice do.

Workers make a MinHash signature of every relevant article, from runs of its words; the run looks it up among those
before it, in the order of the archive, so that the first of its kind is always the same. Signatures are kept in the
dataset (`_cchc/signatures`), for runs that go on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

SIMILAR = 0.8  # share of word runs that two articles have in common, from which they count as the same
_RUN = 5  # words in a run: fewer are common to articles on the same subject
_BANDS, _ROWS = 16, 4  # two articles are compared if all rows of a band agree: sure for those that are as similar
_WORD = re.compile(r"\w+")

_Hashes = npt.NDArray[np.uint32]


def signature(text: str) -> bytes | None:
    """The signature of a text; None for one that is too short to have any."""
    words = _WORD.findall(text.lower())
    runs = [" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]
    if not runs:
        return None
    made = RMinHash(num_perm=_BANDS * _ROWS, seed=1)
    made.update(runs)
    return np.array(made.digest(), "<u4").tobytes()


class Seen:
    """The signatures of all articles so far that are no duplicates."""

    def __init__(self) -> None:
        self._bands: list[dict[bytes, list[int]]] = [defaultdict(list) for _ in range(_BANDS)]
        self._ids: list[str] = []
        self._made: list[_Hashes] = []

    def add(self, name: str, data: bytes) -> None:
        """Enters an article that is no duplicate."""
        for band, key in zip(self._bands, _keys(data), strict=True):
            band[key].append(len(self._ids))
        self._ids.append(name)
        self._made.append(np.frombuffer(data, "<u4"))

    def originals(self, ids: Iterable[str], signatures: Iterable[bytes | None]) -> Iterator[str | None]:
        """For each article the id of the first one that says the same; None for the first of its kind."""
        for name, data in zip(ids, signatures, strict=True):
            found = None if data is None else self._original(data)
            if found is None and data is not None:
                self.add(name, data)
            yield found

    def _original(self, data: bytes) -> str | None:
        made = np.frombuffer(data, "<u4")
        rivals = {number for band, key in zip(self._bands, _keys(data), strict=True) for number in band.get(key, ())}
        for number in sorted(rivals):
            if float(np.mean(self._made[number] == made)) >= SIMILAR:
                return self._ids[number]
        return None


def _keys(data: bytes) -> list[bytes]:
    """The bands of a signature."""
    size = 4 * _ROWS
    return [data[i : i + size] for i in range(0, len(data), size)]
