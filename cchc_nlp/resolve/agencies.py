"""Whose body is meant: completes mentions that do not say it, from the article's own units and bodies.

Evidence in order of strength: a place or another body inside the mention (nothing to do); a type word
("UBND xã": the xã last named); then, by the kind of body (`lexicon/resolve_kinds.tsv`), a fuller mention of the
same body, the level that the head implies ("Sở": the province), the unit that the text is speaking of. A
delegation is completed by the fuller delegation that it can stand for, else by the unit of the body that sent it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

from cchc_nlp import lexicon
from cchc_nlp.analysis import Agency, Place
from cchc_nlp.naming import compose
from cchc_nlp.resolve.units import Units, chain, nearest, place_of

_DELEGATION = "delegation"


def complete(agencies: Sequence[Agency], units: Units, focus: Sequence[Place], sender: Agency | None) -> None:
    """Fills `place` or `parent` and sets the canonical `name` of every mention; `focus` is in text order.

    `sender` is the body that inspects, from which a delegation that names no sender is taken to come.
    """
    policies = lexicon.mapping("resolve_kinds", "kind", "bare")
    everything = [owner for agency in agencies for owner in chain(agency)]
    for agency in everything:
        if agency.generic and agency.place is None and agency.parent is None:
            agency.place = units.of_type(agency.generic, agency.start)
    candidates = _Candidates(everything, units, focus)
    for agency in everything:
        if _is_full(agency) or agency.kind == _DELEGATION or agency.head in _national():
            continue
        for policy in policies.get(agency.kind, "").split():
            candidates.complete(agency, policy)
            if _is_full(agency):
                break
    for agency in everything[::-1]:
        agency.name = compose(agency)
    delegations = [agency for agency in agencies if agency.kind == _DELEGATION]
    _complete_delegations(delegations, sender or _sender(agencies))


def _is_full(agency: Agency) -> bool:
    return agency.place is not None or agency.parent is not None or agency.generic is not None


class _Candidates:
    """What can complete a mention, one method a policy of `resolve_kinds`."""

    def __init__(self, agencies: Iterable[Agency], units: Units, focus: Sequence[Place]) -> None:
        self._units = units
        self._focus = focus
        self._same: dict[str, list[Agency]] = {}
        self._wholes: dict[str, list[Agency]] = {}
        for agency in sorted(agencies, key=lambda a: a.start):
            if _is_full(agency):
                self._same.setdefault(agency.head.casefold(), []).append(agency)
                if agency.head not in _parts() and agency.place is not None:
                    self._wholes.setdefault(agency.kind, []).append(agency)

    def complete(self, agency: Agency, policy: str) -> None:
        """Fills `place`, `generic` or `parent` if the policy finds an owner."""
        if policy == "same":
            self._adopt(agency)
        elif policy == "type":
            for types in _types_of(agency.head):
                agency.place = agency.place or self._of_types(types, agency.start)
        elif policy == "level" and agency.level and not _types_of(agency.head):
            agency.place = self._units.of_level(agency.level, agency.start)
        elif policy == "body" and agency.head in _parts():
            self._adopt(agency)
            if not _is_full(agency):
                agency.parent = _closest(self._wholes.get(agency.kind, ()), agency.start)
        elif policy == "focus" and not agency.level and not _types_of(agency.head):
            agency.place = nearest(self._focus, agency.start)

    def _adopt(self, agency: Agency) -> None:
        model = _closest(self._same.get(agency.head.casefold(), ()), agency.start)
        if model is not None:
            agency.place, agency.generic, agency.parent = model.place, model.generic, model.parent

    def _of_types(self, types: Iterable[str], position: int) -> Place | None:
        found = [place for word in types if (place := self._units.of_type(word, position)) is not None]
        return nearest(sorted(found, key=lambda p: p.start), position)


@cache
def _national() -> frozenset[str]:
    """Heads of bodies of the whole country, which belong to no place."""
    return frozenset(row["head"] for row in lexicon.table("agency_heads") if row["scope"] == "national")


@cache
def _types() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Groups of type words of the units that a head implies; a later group counts where the earlier finds none."""
    return {
        row["head"]: tuple(
            tuple(word.replace("_", " ") for word in group.split()) for group in row["types"].split(" | ")
        )
        for row in lexicon.table("resolve_types")
    }


def _types_of(head: str) -> tuple[tuple[str, ...], ...]:
    """`_types` of a head, or of its first word ("Phòng Nội vụ": of "Phòng")."""
    return _types().get(head) or _types().get(head.split(" ", 1)[0], ())


@cache
def _parts() -> frozenset[str]:
    """Heads of bodies that are a part of another of their kind."""
    return frozenset(row["head"] for row in lexicon.table("resolve_parts"))


def _closest(agencies: Sequence[Agency], position: int) -> Agency | None:
    """The last of some mentions (in text order) that starts at or before a point, else the first."""
    index = bisect_right(agencies, position, key=lambda agency: agency.start)
    return agencies[max(index - 1, 0)] if agencies else None


def _complete_delegations(delegations: Sequence[Agency], sender: Agency | None) -> None:
    """A shorter name of a delegation stands for the fullest one that it can mean, the nearest before it first."""
    known: dict[str, list[Agency]] = {}
    for agency in delegations:
        if sender is None or _is_full(agency) or agency.head.casefold() in _BARE or _longer(agency, delegations, known):
            continue
        if sender.kind == "committee":
            agency.place, agency.generic = sender.place, sender.generic
        else:
            agency.parent = sender
        agency.name = compose(agency)
    known.clear()  # by now some say more
    for agency in delegations:
        model = _closest(_longer(agency, delegations, known), agency.start)
        if model is not None:
            agency.name = model.name


_BARE = frozenset({"đoàn", "tổ", "tổ công tác", "đoàn công tác"})


def _longer(agency: Agency, delegations: Sequence[Agency], known: dict[str, list[Agency]]) -> list[Agency]:
    """Delegations that an incomplete mention may be short for: its words begin theirs, and they say more.

    `known` keeps the answer for each head.
    """
    if _is_full(agency):
        return []
    head = agency.head.casefold()
    if head not in known:
        known[head] = [
            other
            for other in delegations
            if other.head.casefold().startswith(head) and (len(other.head), _is_full(other)) > (len(agency.head), False)
        ]
    return known[head]


def _sender(agencies: Sequence[Agency]) -> Agency | None:
    """The body that sent a delegation which names none: the highest one of those that send delegations."""
    levels = {row["type"]: row["level"] for row in lexicon.table("place_types") if row["type"]}
    senders = [a for a in agencies if a.kind in _SENDING and (place_of(a) or a.generic or a.parent)]

    def rank(agency: Agency) -> tuple[int, int]:
        place = place_of(agency)
        level = place.level if place else levels.get(_generic_of(agency), "")
        return (_ORDER.index(level) if level in _ORDER else len(_ORDER), agency.start)

    return min(senders, key=rank, default=None)


_SENDING = frozenset({"committee", "council", "party", "front"})
_ORDER = ("province", "district", "commune")


def _generic_of(agency: Agency) -> str:
    return next((owner.generic for owner in chain(agency) if owner.generic), "")
