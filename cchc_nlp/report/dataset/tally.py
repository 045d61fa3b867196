"""Counting what has no bound in a bounded space."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

KEPT = 200_000


class Counted(Protocol):
    """Anything with a count."""

    count: int


KeyT = TypeVar("KeyT")
EntryT = TypeVar("EntryT", bound=Counted)


class Tally(Generic[KeyT, EntryT]):
    """Entries by key, at most `kept` of them: the rarest go when there are more (lossy counting).

    Exact as long as nothing has gone; after that an entry's count may be too small by `lost` at most.
    """

    def __init__(self, new: Callable[[], EntryT], kept: int = KEPT) -> None:
        self.entries: dict[KeyT, EntryT] = {}
        self.lost = 0
        self._new, self._kept = new, kept

    def __getitem__(self, key: KeyT) -> EntryT:
        entry = self.entries.get(key)
        if entry is None:
            if len(self.entries) >= self._kept:
                self._prune()
            entry = self.entries[key] = self._new()
        return entry

    def most(self, number: int | None = None) -> list[tuple[KeyT, EntryT]]:
        """The entries with the greatest counts; of equal ones the first met."""
        return sorted(self.entries.items(), key=lambda item: -item[1].count)[:number]

    def _prune(self) -> None:
        counts = sorted(entry.count for entry in self.entries.values())
        least = counts[len(counts) // 2]
        self.lost += least
        self.entries = {key: entry for key, entry in self.entries.items() if entry.count > least}
