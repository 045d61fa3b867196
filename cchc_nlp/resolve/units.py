"""The article's units: which named unit a type word, a level or a bare body means at a point of the text.

A *unit* is a canonical name as in `inspection.inspected`: the administrative unit for a People's Committee, a
People's Council, a party committee, a front or a one-stop desk of it ("xã Tân Hội"), the body itself for a
department or another agency ("Sở Nội vụ tỉnh Bình Dương").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TypeVar

from cchc_nlp import lexicon, units
from cchc_nlp.analysis import Agency, Analysis, Level, Place, Span

Mentioned = TypeVar("Mentioned", bound=Span)


def unit_of(mention: Agency | Place, *, party_matters: bool = False) -> str:
    """The unit that a mention speaks of; where a party body inspects, party bodies are units of their own."""
    if isinstance(mention, Agency):
        stands = lexicon.mapping("resolve_kinds", "kind", "stands_for_place").get(mention.kind)
        if stands == "yes" and mention.parent is not None:
            return unit_of(mention.parent, party_matters=party_matters)
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


def masthead(analysis: Analysis) -> Place | None:
    """The one province that the page names around the article ("Báo Hà Giang điện tử") or in the address of its site
    ("baohagiang.vn"): whose page it is."""
    ends = [0, *(span.end for span in analysis.page.body)]
    starts = [*(span.start for span in analysis.page.body), len(analysis.text)]
    around = "\n".join(analysis.lower[end:start] for end, start in zip(ends, starts, strict=True))
    found = {match[0] for match in _provinces()[0].finditer(around)}
    top = analysis.lower[: analysis.page.body[0].start + _DATELINE] if analysis.page.body else ""
    found |= {_sites()[1][match[1] or match[2]] for match in _sites()[0].finditer(f"{around}\n{top}")}
    if len(found) != 1:
        return None
    return Place(0, 0, "places.masthead", 0.5, _provinces()[1][found.pop()], "province")


def common_province(places: Iterable[Place]) -> Place | None:
    """The one province in which all districts lie, two or more, that an article names and that are linked; where it
    names no district, all communes."""
    linked = {(p.level, p.link.unit.row): p.link.unit for p in places if p.link and p.link.unit}
    for level in ("district", "commune"):
        units_of_level = [unit for (at, _), unit in linked.items() if at == level]
        names = {above.full for unit in units_of_level for above in unit.parents if above.level == "province"}
        if units_of_level:
            only = len(units_of_level) > 1 and len(names) == 1
            return Place(0, 0, "places.masthead", 0.4, names.pop(), "province") if only else None
    return None


@cache
def _provinces() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of the names of all provinces in lower case, and each with its type word."""
    known = units.table()
    rows = [known.unit(rows[0]) for rows in known.names["province"].values()]
    full = {unit.name.lower(): unit.full for unit in rows if unit.code}
    names = "|".join(re.escape(name) for name in sorted(full, key=len, reverse=True))
    return re.compile(rf"\b(?:{names})\b"), full


_DATELINE = 400  # characters in which an article's dateline ("(Baohagiang.vn) - ...") stands


@cache
def _sites() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of provinces as addresses of sites have them ("baohagiang", "hagiang.gov.vn"), and their names."""
    flat = {units.plain_key(name): name for name in _provinces()[1]}
    names = "|".join(sorted(flat, key=len, reverse=True))
    return re.compile(rf"\bbao({names})(?:dientu|online)?\b|\b({names})(?:\.gov|\.vn|tv\b|online\b)"), flat


class Units:
    """Named units by position; every look-up is a binary search.

    `home` is the province whose page the article stands on: meant where the article itself names none. `paragraphs`
    are the starts of the text's paragraphs.
    """

    def __init__(self, places: Iterable[Place], home: Place | None = None, paragraphs: Sequence[int] = ()) -> None:
        self._home = home
        self._paragraphs = paragraphs
        self._main: frozenset[str] = frozenset()
        self._main_of: dict[str, list[Place]] = {}
        self.places = sorted(places, key=lambda p: p.start)
        self._by_type: dict[str, list[Place]] = {}
        self._by_level: dict[str, list[Place]] = {}
        for place in self.places:
            self._by_type.setdefault(type_word(place), []).append(place)
            self._by_level.setdefault(place.level, []).append(place)

    def prefer(self, names: Iterable[str]) -> None:
        """Tells which units the article is about: one of them is meant rather than one named in passing."""
        self._main = frozenset(names)
        self._main_of.clear()

    def _unless_in_passing(self, key: str, mentions: Sequence[Place], position: int) -> Place | None:
        """The last mention before a point, unless it names, in another paragraph, what the article is not about."""
        found = nearest(mentions, position)
        if found is None or found.name in self._main or not self._main:
            return found
        if bisect_right(self._paragraphs, found.start) == bisect_right(self._paragraphs, position):
            return found
        if key not in self._main_of:
            self._main_of[key] = [mention for mention in mentions if mention.name in self._main]
        return nearest(self._main_of[key], position) or found

    def of_type(self, word: str, position: int) -> Place | None:
        """The unit meant by a type word alone ("huyện"): the last one named before, else the next one."""
        found = self._unless_in_passing(word.lower(), self._by_type.get(word.lower(), ()), position)
        if found is None and self._home is not None and type_word(self._home) == word.lower():
            return self._home
        return found

    def of_level(self, level: Level | str, position: int) -> Place | None:
        """The last unit of a level named before a point, else the next one."""
        found = self._unless_in_passing(f"level {level}", self._by_level.get(level, ()), position)
        return self._home if found is None and level == "province" else found


def nearest(mentions: Sequence[Mentioned], position: int) -> Mentioned | None:
    """The last of some mentions (in text order) that starts at or before a point, else the first after it."""
    if not mentions:
        return None
    index = bisect_right(mentions, position, key=lambda mention: mention.start)
    return mentions[max(index - 1, 0)]
