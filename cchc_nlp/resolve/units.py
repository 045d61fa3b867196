"""The article's units: which named unit a type word, a level or a bare body means at a point of the text.

A *unit* is a canonical name as in `inspection.inspected`: the administrative unit for a People's Committee, a
People's Council, a party committee, a front or a one-stop desk of it ("xã Đôn Phong"), the body itself for a
department or another agency ("Sở Nội vụ tỉnh Bình Dương").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from cchc_nlp import lexicon
from cchc_nlp.analysis import Agency, Level, Place


def unit_of(mention: Agency | Place, *, party_matters: bool = False) -> str:
    """The unit that a mention speaks of; where a party body inspects, party bodies are units of their own."""
    if isinstance(mention, Agency):
        stands = lexicon.mapping("resolve_kinds", "kind", "stands_for_place").get(mention.kind)
        if stands == "yes" or (stands == "party" and not party_matters):
            place = place_of(mention)
            return place.name if place else mention.name
    return mention.name


def chain(agency: Agency) -> Iterator[Agency]:
    """A body and the bodies it is part of."""
    owner: Agency | None = agency
    while owner is not None:
        yield owner
        owner = owner.parent


def place_of(agency: Agency) -> Place | None:
    """The unit a body belongs to, directly or through the body it is part of."""
    return next((owner.place for owner in chain(agency) if owner.place is not None), None)


def type_word(place: Place) -> str:
    """The type word that a unit's name begins with ("huyện")."""
    return next((word for word in _type_words() if place.name.startswith(word + " ")), "")


@cache
def _type_words() -> tuple[str, ...]:
    words = {row["type"] for row in lexicon.table("place_types") if row["type"]}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


class Units:
    """Named units by position; every look-up is a binary search."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = sorted(places, key=lambda p: p.start)
        self._by_type: dict[str, list[Place]] = {}
        self._by_level: dict[str, list[Place]] = {}
        for place in self.places:
            self._by_type.setdefault(type_word(place), []).append(place)
            self._by_level.setdefault(place.level, []).append(place)

    def of_type(self, word: str, position: int) -> Place | None:
        """The unit meant by a type word alone ("huyện"): the last one named before, else the next one."""
        return nearest(self._by_type.get(word.lower(), ()), position)

    def of_level(self, level: Level | str, position: int) -> Place | None:
        """The last unit of a level named before a point, else the next one."""
        return nearest(self._by_level.get(level, ()), position)


def nearest(places: Sequence[Place], position: int) -> Place | None:
    """The last of some places (in text order) that starts at or before a point, else the first after it."""
    if not places:
        return None
    index = bisect_right(places, position, key=lambda p: p.start)
    return places[max(index - 1, 0)]
