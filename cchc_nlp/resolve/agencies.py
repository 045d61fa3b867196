"""Whose body is meant: completes mentions that do not say it, from the article's own units and bodies.

Evidence in order of strength: a place or another body inside the mention (nothing to do); a type word
("UBND xã": the xã last named); then, by the kind of body (`lexicon/resolve_kinds.tsv`), a fuller mention of the
same body, the level that the head implies ("Sở": the province), the unit that the text is speaking of. A
delegation is completed by the fuller delegation that it can stand for, else by the unit of the body that sent it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cchc_nlp import lexicon
from cchc_nlp.analysis import Agency, Place
from cchc_nlp.naming import compose
from cchc_nlp.resolve.units import Units, nearest, place_of

_DELEGATION = "delegation"


def complete(agencies: Sequence[Agency], units: Units, focus: Sequence[Place], sender: Agency | None) -> None:
    """Fills `place` or `parent` and sets the canonical `name` of every mention; `focus` is in text order.

    `sender` is the body that inspects, from which a delegation that names no sender is taken to come.
    """
    policies = lexicon.mapping("resolve_kinds", "kind", "bare")
    everything = [owner for agency in agencies for owner in _chain(agency)]
    for agency in everything:
        if agency.generic and agency.place is None and agency.parent is None:
            agency.place = units.of_type(agency.generic, agency.start)
    fuller = _fuller(everything)
    for agency in everything:
        if _is_full(agency) or agency.kind == _DELEGATION:
            continue
        for policy in policies.get(agency.kind, "").split():
            if policy == "same":
                _adopt(agency, _closest(fuller.get(agency.head.casefold(), ()), agency.start))
            elif policy == "level" and agency.level:
                agency.place = units.of_level(agency.level, agency.start)
            elif policy == "focus" and not agency.level:
                agency.place = nearest(focus, agency.start)
            if _is_full(agency):
                break
    for agency in everything[::-1]:
        agency.name = compose(agency)
    delegations = [agency for agency in agencies if agency.kind == _DELEGATION]
    _complete_delegations(delegations, sender or _sender(agencies))


def _chain(agency: Agency) -> Iterable[Agency]:
    """A body and the bodies it is part of."""
    owner: Agency | None = agency
    while owner is not None:
        yield owner
        owner = owner.parent


def _is_full(agency: Agency) -> bool:
    return agency.place is not None or agency.parent is not None or agency.generic is not None


def _fuller(agencies: Iterable[Agency]) -> dict[str, list[Agency]]:
    """Complete mentions by head, in text order."""
    by_head: dict[str, list[Agency]] = {}
    for agency in sorted(agencies, key=lambda a: a.start):
        if _is_full(agency):
            by_head.setdefault(agency.head.casefold(), []).append(agency)
    return by_head


def _closest(agencies: Sequence[Agency], position: int) -> Agency | None:
    before = [agency for agency in agencies if agency.start <= position]
    return before[-1] if before else next(iter(agencies), None)


def _adopt(agency: Agency, model: Agency | None) -> None:
    if model is not None:
        agency.place, agency.generic, agency.parent = model.place, model.generic, model.parent


def _complete_delegations(delegations: Sequence[Agency], sender: Agency | None) -> None:
    """A shorter name of a delegation stands for the fullest one that it can mean, the nearest before it first."""
    for agency in delegations:
        if sender is None or _is_full(agency) or agency.head.casefold() in _BARE or _longer(agency, delegations):
            continue
        if sender.kind == "committee":
            agency.place, agency.generic = sender.place, sender.generic
        else:
            agency.parent = sender
        agency.name = compose(agency)
    for agency in delegations:
        model = _closest(_longer(agency, delegations), agency.start)
        if model is not None:
            agency.name = model.name


_BARE = frozenset({"đoàn", "tổ", "tổ công tác", "đoàn công tác"})


def _longer(agency: Agency, delegations: Sequence[Agency]) -> list[Agency]:
    """Delegations that an incomplete mention may be short for: its words begin theirs, and they say more."""
    if _is_full(agency):
        return []
    head = agency.head.casefold()
    return [
        other
        for other in delegations
        if other.head.casefold().startswith(head) and (len(other.head), _is_full(other)) > (len(agency.head), False)
    ]


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
    return next((owner.generic for owner in _chain(agency) if owner.generic), "")
