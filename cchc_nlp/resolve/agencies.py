"""Whose body is meant: completes mentions that do not say it, from the article's own units and bodies.

Evidence in order of strength: a place or another body inside the mention (nothing to do); a type word
("UBND xã": the xã last named); then, by the kind of body (`lexicon/resolve_kinds.tsv`), a fuller mention of the
same body, the body it is a part of (`lexicon/resolve_parts.tsv`), the level or type of unit that the head implies
("Sở": the province), what the text is speaking of. A delegation is completed by the fuller delegation that it can
stand for, else by the body that sent it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from cchc_nlp import lexicon
from cchc_nlp.analysis import Agency, Place
from cchc_nlp.naming import compose
from cchc_nlp.resolve.units import Units, chain, nearest, place_of

_DELEGATION = "delegation"


def complete(
    agencies: Sequence[Agency], units: Units, focus: Sequence[Place], spoken_of: Sequence[Agency], sender: Agency | None
) -> None:
    """Fills `place` or `parent` and sets the canonical `name` of every mention.

    `focus` are the places and `spoken_of` the bodies that the article is about, both in text order; `sender` is the
    body that inspects, from which a delegation that names no sender is taken to come.
    """
    policies = lexicon.mapping("resolve_kinds", "kind", "bare")
    everything = [owner for agency in agencies for owner in chain(agency)]
    for agency in everything:
        if agency.generic and agency.place is None and agency.parent is None:
            agency.place = units.of_type(agency.generic, agency.start)
    for agency in everything:
        _give_council(agency)
    candidates = _Candidates(everything, units, focus, spoken_of)
    for agency in everything:
        if agency.is_full or agency.kind == _DELEGATION or agency.head in _national():
            continue
        for policy in policies.get(agency.kind, "").split():
            candidates.complete(agency, policy)
            if agency.is_full:
                break
    _share_fullest_heads(everything)
    for agency in everything[::-1]:
        agency.name = compose(agency)
    delegations = [agency for agency in agencies if agency.kind == _DELEGATION]
    _complete_delegations(delegations, sender or _sender(agencies), sender)


def settle_short(text: str, agencies: Sequence[Agency], main: Sequence[Agency], paragraphs: Sequence[int]) -> None:
    """Lets "Sở", "Ban", "Trung tâm" mean the body that the article is about, not one named in passing.

    `main` are the bodies that inspect or are inspected. Another body of that word is meant where its paragraph names it
    and none of those.
    """
    heads = {(body.head, compose(body)) for body in main}
    bare = {head for head, _ in heads}
    named: dict[str, list[int]] = {}  # by first word, where bodies stand
    ours: dict[str, list[Agency]] = {}  # and those that are meant first
    for body in sorted((body for agency in agencies for body in chain(agency)), key=lambda body: body.start):
        word, _, rest = text[body.start : body.end].partition(" ")
        if body.rule == _SHORT or not rest:
            continue
        named.setdefault(word, []).append(body.start)
        if (body.head, compose(body)) in heads or (not body.is_full and body.head in bare):
            ours.setdefault(word, []).append(body)
    for agency in (body for owner in agencies for body in chain(owner) if body.rule == _SHORT):
        word = text[agency.start : agency.end]
        if word not in ours or (agency.head, compose(agency)) in heads:
            continue
        begin = paragraphs[max(0, bisect_right(paragraphs, agency.start) - 1)] if paragraphs else 0
        model = nearest(ours[word], agency.start)
        others_here = bisect_left(named[word], begin) < bisect_left(named[word], agency.start)
        if model is None or (others_here and not begin <= model.start < agency.start):
            continue
        agency.head, agency.kind, agency.level, agency.proper = model.head, model.kind, model.level, model.proper
        agency.place, agency.generic, agency.parent = model.place, model.generic, model.parent


_SHORT = "agencies.short"


def _give_council(agency: Agency) -> None:
    """ "Ban Pháp chế huyện" is a committee of the People's Council there."""
    if agency.kind == "council" and agency.parent is None and (agency.place is not None or agency.generic):
        part = _part_of(agency.head)
        if part is not None and part.kinds == ("council",) and agency.head not in _OF_STATE:
            agency.parent = replace(agency, head=_COUNCIL)
            agency.place = agency.generic = None


_COUNCIL = "Hội đồng nhân dân"
_OF_STATE = frozenset({"Ban Dân tộc", "Thường trực", "Tổ đại biểu"})  # the province has a department of that name


class _Candidates:
    """What can complete a mention, one method a policy of `resolve_kinds`."""

    def __init__(
        self, agencies: Iterable[Agency], units: Units, focus: Sequence[Place], spoken_of: Sequence[Agency]
    ) -> None:
        self._units = units
        self._focus = focus
        self._spoken_of = spoken_of
        self._same: dict[str, list[Agency]] = {}
        self._by_kind: dict[str, list[Agency]] = {}
        self._found: dict[str, list[Agency]] = {}
        for agency in sorted(agencies, key=lambda a: a.start):
            if agency.is_full:
                self._same.setdefault(agency.head.casefold(), []).append(agency)
            self._by_kind.setdefault(agency.kind, []).append(agency)

    def complete(self, agency: Agency, policy: str) -> None:
        """Fills `place`, `generic` or `parent` if the policy finds an owner."""
        if policy == "same":
            self._adopt(agency, self._same.get(agency.head.casefold(), ()))
        elif policy == "longer":
            self._adopt(agency, self._longer(agency.kind, agency.head.casefold() + " "))
        elif policy == "part":
            self._complete_part(agency)
        elif policy == "type":
            for types in types_of(agency.head):
                agency.place = agency.place or self._of_types(types, agency.start)
        elif policy == "level" and agency.level and not types_of(agency.head):
            agency.place = self._units.of_level(agency.level, agency.start)
        elif policy == "focus" and not agency.level and not types_of(agency.head):
            agency.place = nearest(self._focus, agency.start)
        elif policy == "focus_body":
            agency.parent = nearest(self._spoken_of, agency.start)

    def _complete_part(self, agency: Agency) -> None:
        part = _part_of(agency.head)
        if part is None or (part.unless_typed and self._typed(agency)):
            return
        agency.parent = nearest(self._wholes(part), agency.start)

    def _longer(self, kind: str, head: str) -> Sequence[Agency]:
        """Bodies of a kind whose heads begin so; asked for once a head."""
        key = f"{kind} {head}"
        if key not in self._found:
            self._found[key] = [a for a in self._by_kind.get(kind, ()) if a.head.casefold().startswith(head)]
        return self._found[key]

    def _wholes(self, part: _Part) -> Sequence[Agency]:
        """Bodies that a part can be a part of, in text order; asked for once a kind of part."""
        key = " ".join(part.kinds)
        if key not in self._found:
            wholes = (whole for kind in part.kinds for whole in self._by_kind.get(kind, ()))
            fitting = (w for w in wholes if _part_of(w.head) is None and _fits(w, part.levels))
            self._found[key] = sorted(fitting, key=lambda a: a.start)
        return self._found[key]

    def _typed(self, agency: Agency) -> bool:
        """Whether a unit of a type that the exact head implies is named."""
        return agency.head in _types() and any(
            self._of_types(types, agency.start) is not None for types in types_of(agency.head)
        )

    def _adopt(self, agency: Agency, models: Sequence[Agency]) -> None:
        model = nearest(models, agency.start)
        if model is not None:
            agency.head, agency.proper = model.head, model.proper
            agency.place, agency.generic, agency.parent = model.place, model.generic, model.parent

    def _of_types(self, types: Iterable[str], position: int) -> Place | None:
        """The nearest unit of some types; a "thành phố" beside "huyện" is one of that level."""
        words = list(types)
        found = [place for word in words if (place := self._units.of_type(word, position)) is not None]
        if "huyện" in words:
            found = [place for place in found if place.level != "province"]
        return nearest(sorted(found, key=lambda p: p.start), position)


@cache
def _national() -> frozenset[str]:
    """Heads of bodies of the whole country, which belong to no place."""
    return frozenset(row["head"] for row in lexicon.table("agency_heads") if row["scope"] == "national")


@cache
def _types() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Groups of type words of the units that a head implies; a later group counts where the earlier finds none."""
    return {
        head: tuple(tuple(word.replace("_", " ") for word in group.split()) for group in row["types"].split(" | "))
        for row in lexicon.table("resolve_types")
        for head in row["head"].split(" | ")
    }


def types_of(head: str) -> tuple[tuple[str, ...], ...]:
    """Type words of the units that a head implies, or its first words ("Chi cục Thủy lợi": those of "Chi cục")."""
    return next((types for words in _first_words(head) if (types := _types().get(words))), ())


class _Part(NamedTuple):
    """What a part is a part of: kinds of body, levels of their place, and whether a typed unit comes first."""

    kinds: tuple[str, ...]
    levels: frozenset[str]
    unless_typed: bool


@cache
def _parts() -> dict[str, _Part]:
    return {
        head: _Part(tuple(row["of"].split()), frozenset(row["levels"].split()), row["unless"] == "typed")
        for row in lexicon.table("resolve_parts")
        for head in row["head"].split(" | ")
    }


def _part_of(head: str) -> _Part | None:
    return next((part for words in _first_words(head) if (part := _parts().get(words))), None)


@cache
def _longest_key() -> int:
    return max(head.count(" ") + 1 for head in (*_types(), *_parts()))


def _first_words(head: str) -> Iterator[str]:
    """The head itself, then ever fewer of its first words."""
    yield head
    words = head.split(" ")
    for size in range(min(len(words) - 1, _longest_key()), 0, -1):
        yield " ".join(words[:size])


def _fits(whole: Agency, levels: frozenset[str]) -> bool:
    place = place_of(whole)
    return not levels or whole.proper or (place is not None and place.level in levels)


def _share_fullest_heads(agencies: Sequence[Agency]) -> None:
    """A body of the Front goes by the fullest name that the article gives it at that level, a hospital of a place by
    that of the only one there ("Bệnh viện tỉnh")."""
    hospitals: dict[str, set[str]] = {}
    for agency in agencies:
        if agency.kind == "health" and agency.place is not None and agency.head.startswith("Bệnh viện "):
            hospitals.setdefault(agency.place.name, set()).add(agency.head)
    for agency in agencies:
        if agency.head == "Bệnh viện" and agency.place is not None:
            heads = hospitals.get(agency.place.name, set())
            agency.head = next(iter(heads)) if len(heads) == 1 else agency.head
    fullest: dict[str, str] = {}
    fronts = [agency for agency in agencies if agency.kind == "front" and agency.place is not None]
    for agency in fronts:
        level = agency.place.level if agency.place else ""
        fullest[level] = max(fullest.get(level, ""), agency.head, key=len)
    for agency in fronts:
        if agency.place is not None and agency.head in _SHORT_FRONT:
            agency.head = fullest[agency.place.level]


_SHORT_FRONT = frozenset({"Ủy ban Mặt trận Tổ quốc", "Mặt trận Tổ quốc Việt Nam"})


def _complete_delegations(delegations: Sequence[Agency], sender: Agency | None, known_sender: Agency | None) -> None:
    """A shorter name of a delegation stands for the fullest one that it can mean, the nearest before it first."""
    known: dict[str, list[Agency]] = {}
    for agency in delegations:
        if sender is None or agency.is_full or agency.head.casefold() in _BARE or _longer(agency, delegations, known):
            continue
        if sender.kind == "committee":
            agency.place, agency.generic = sender.place, sender.generic
        else:
            agency.parent = sender
        agency.name = compose(agency)
    known.clear()  # by now some say more
    for agency in delegations:
        longer = _longer(agency, delegations, known) or _of_same_place(agency, delegations, known)
        model = nearest(longer, agency.start)
        if model is not None:
            agency.name = model.name
        elif known_sender is not None and agency.head == "Đoàn" and not agency.is_full:
            agency.name = known_sender.name  # no delegation has a name: "đoàn" is who came


_BARE = frozenset({"đoàn", "tổ", "tổ công tác", "đoàn công tác"})


def _longer(agency: Agency, delegations: Sequence[Agency], known: dict[str, list[Agency]]) -> list[Agency]:
    """Delegations that an incomplete mention may be short for: its words begin theirs, and they say more.

    `known` keeps the answer for each head.
    """
    if agency.is_full:
        return []
    head = agency.head.casefold()
    if head not in known:
        known[head] = [
            other
            for other in delegations
            if other.head.casefold().startswith(head) and (len(other.head), other.is_full) > (len(agency.head), False)
        ]
    return known[head]


def _of_same_place(agency: Agency, delegations: Sequence[Agency], known: dict[str, list[Agency]]) -> list[Agency]:
    """The delegation that says more of what for, from the same place ("Đoàn kiểm tra của tỉnh")."""
    if agency.place is None or agency.parent is not None:
        return []
    head, place = agency.head + " ", agency.place.name
    key = head + place
    if key not in known:
        same = (d for d in delegations if d.place is not None and d.place.name == place and d.head.startswith(head))
        known[key] = [longer] if (longer := next(same, None)) else []
    return known[key]


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
