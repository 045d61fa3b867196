"""Which official unit a place mention means, and how sure that is.

Each mention has candidates: the units of its level that its name can stand for (`units.Table.matches`). What speaks for
and against each is added up; the kinds of evidence and their weights are the table `link_evidence`, and nothing else
decides. The odds are the exponentials of the sums beside 1 for "none of these": a name that one unit bears is enough,
a name that twelve bear is not, and one printed before a district where no such unit lies means none of them. A unit
with nearly all of the odds is the link; else the candidates stand, the likeliest first.

In turn: `_Article.__init__` gathers what the article says as a whole (its time, the units it names, whose page it is);
`_chains` finds which mentions are printed side by side as a unit and the one it lies in ("xã A, huyện B, tỉnh C" in
either order, lists before a common parent); `_Article.link` weighs the candidates of one mention.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from math import exp
from typing import NamedTuple

from cchc_nlp import lexicon, units
from cchc_nlp.analysis import Agency, Analysis, Link, Place
from cchc_nlp.resolve.units import place_of

_SURE = 0.75  # share of the odds from which a unit is the link
_COMPLETES = 0.9  # and from which it corrects name and level
_ROUNDS = 3
_FEW = 3  # units of a level; of more the one that counts may go unnamed
_MOST = 8  # candidates kept
_ENOUGH_DISTRICTS = 12  # named units beyond which an article is about the country, and none is whose it is
# rules that add a type which is not printed
_GUESSED = frozenset({"places.region", "places.locative", "places.nested", "places.unmarked_bare"})
_NESTED = frozenset({"places.nested", "places.unmarked_bare"})  # those of which the level too is open
_PLAIN = frozenset({"places.unmarked", "places.unmarked_bare"})  # those for texts without marks
_TELLING = _GUESSED | _PLAIN
_TELLING_LEVEL = frozenset({"adjoining", "leading"})  # evidence that tells the level of a guessed one
_MISSPELT = frozenset({"unmarked", "sound", "misspelt"})
_RANK = {"village": 0, "commune": 1, "district": 2, "province": 3}
_DIGITS = {"district": 3, "province": 2}  # of codes
_MERGERS = (date(2022, 7, 1), date(2025, 3, 1))  # when the list of 2004 gave way to that of 2024
_MONTH = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?(?!\d)")
_BESIDE = re.compile(r" ?(?:,|\(|-|/)? ?(?:(?:thuộc|của|ở|tại|trên địa bàn) )?")
_JOINED = re.compile(r" ?(?:,|;) ?(?:và )?| (?:và|cùng|với) ")


class Candidate(NamedTuple):
    """A unit that a name can stand for, with what of it does not depend on the article."""

    row: int
    key: str
    around: frozenset[str]  # keys of the units it lies in
    place: tuple[str, str]  # code and name: the same for one unit on two lists
    since: str
    until: str
    score: float
    quality: float
    evidence: tuple[str, ...]


@cache
def _weights() -> dict[str, float]:
    return {row["kind"]: float(row["weight"]) for row in lexicon.table("link_evidence")}


@cache
def _qualities() -> dict[str, float]:
    return {row["kind"]: float(row["quality"] or 1) for row in lexicon.table("link_evidence")}


@lru_cache(maxsize=20_000)
def _candidates(name: str, level: str, rule: str, loose: bool) -> tuple[Candidate, ...]:
    """What a canonical name ("xã Tân Thạnh") can stand for; `loose` adds what is spelt otherwise."""
    known = units.table()
    type_, bare = units.split_type(name)
    guessed, plain = rule in _GUESSED, rule in _PLAIN
    found = {level: known.matches(level, bare, misspelt=not guessed, loose=loose)}
    for other in units.LEVELS:
        numbered = bare.isdecimal() or level == "village"
        if other != level and not numbered and (guessed or not found[level] or type_ == "thành phố"):
            found[other] = known.matches(other, bare, misspelt=False)
    if plain:
        found = {each: known.unmarked_matches(each, bare) for each in found}
    candidates = []
    for unit_level, rows in found.items():
        for row, match in rows:
            types = known.types(row)
            kinds: list[str] = [match]
            if unit_level != level and rule not in _NESTED:
                if not guessed and type_ == "thành phố" and types[0] != type_ and found[level]:
                    continue  # "thành phố Trà Vinh" is not the province
                if guessed or type_ != "thành phố":
                    kinds.append("other_level")
            if not guessed and type_ != types[0]:
                kinds.append("former_type" if type_ in types else "other_type")
            candidates.append(_candidate(known, row, tuple(kinds)))
    return tuple(candidates)


def _candidate(known: units.Table, row: int, kinds: tuple[str, ...]) -> Candidate:
    unit = known.unit(row)
    same = unit
    if known.rows[row][1] == "2024":  # of one name, but given another code after a merger
        heirs = (known.unit(heir) for heir in known.heirs(row))
        same = next((heir for heir in heirs if heir.name == unit.name and heir.level == unit.level), unit)
    quality = 1.0
    for kind in kinds:
        quality *= _qualities()[kind]
    score = sum(_weights()[kind] for kind in kinds)
    place, cells = (same.code or "", same.name), known.rows[row]
    return Candidate(row, known.own_key(row), known.ancestors(row), place, cells[0], cells[1], score, quality, kinds)


def _of(place: Place, loose: bool = False) -> tuple[Candidate, ...]:
    return _candidates(place.name, place.level, place.rule if place.rule in _TELLING else "", loose)


@lru_cache(maxsize=20_000)
def _keys_of(candidates: tuple[Candidate, ...], level: str) -> frozenset[str]:
    known = units.table()
    own = [candidate.row for candidate in candidates if known.rows[candidate.row][2] == level]
    rows = own or [candidate.row for candidate in candidates]
    heirs = [heir for row in rows if not known.rows[row][3] for heir in known.heirs(row)]  # "quận 9" of Thủ Đức now
    return frozenset(map(known.own_key, rows + heirs))


def _keys(place: Place) -> frozenset[str]:
    """The units that a place may be, as one that contains another; of its own level if any is."""
    return _keys_of(_of(place), place.level)


def link(analysis: Analysis, home: Place | None) -> None:
    """Fills `link` of every place; corrects the name and level of those that are misspelt or printed without a type."""
    places = sorted((place for place in analysis.places if place.level != "village"), key=lambda p: p.start)
    if home is not None:
        home.link = _Article(analysis, [home], None).link(home, (), (), None)
    article = _Article(analysis, places, home)
    after, before = _chains(analysis.text, places)
    inner = _inner(places, after, before)
    for _ in range(_ROUNDS):  # what is certain helps with the rest
        for index, place in enumerate(places):
            if place.link is None or place.link.unit is None:
                place.link = article.link(place, after[index], before[index], inner[index])
            article.pass_by(place)
        if not article.settle(places):
            break
    printed = Counter(place.name for place in places)
    for place in places:
        _complete(place, once=printed[place.name] == 1)


def unit_of(agency: Agency) -> units.Unit | None:
    """The official unit that a body belongs to."""
    place = place_of(agency)
    return place.link.unit if place is not None and place.link is not None else None


def by_name(analysis: Analysis) -> dict[str, units.Unit | None]:
    """The unit that a canonical name means in an article: of a place, or the one a body belongs to; None where it means
    several or is left open."""
    named: dict[str, units.Unit | None] = {}
    for place in analysis.places:
        unit = place.link.unit if place.link else None
        named[place.name] = unit if named.setdefault(place.name, unit) == unit else None
    for agency in analysis.agencies:
        unit = unit_of(agency)
        named[agency.name] = unit if named.setdefault(agency.name, unit) == unit else None
    return named


def _complete(place: Place, once: bool) -> None:
    """The official spelling of a name printed without marks or misspelt; the type of one printed without.

    A wrong letter is a slip only in a name printed so `once`: one that comes again is a name that the lists lack.
    """
    found = place.link
    if found is None or found.unit is None or found.odds < _COMPLETES:
        return
    kinds = {kind for kind, _ in found.evidence}
    if place.rule in _GUESSED:
        if kinds & _TELLING_LEVEL:
            place.name, place.level = found.unit.full, found.unit.level
    elif "misspelt" in kinds and not once:
        return
    elif kinds & _MISSPELT and found.unit.level == place.level and not _is_name(place):
        place.name = f"{units.split_type(place.name)[0] or found.unit.type} {found.unit.name}"


def _is_name(place: Place) -> bool:
    """Whether some unit has the very name."""
    return any({"name", "alias"} & set(candidate.evidence) for candidate in _of(place))


def _chains(text: str, places: Sequence[Place]) -> tuple[list[tuple[Place, ...]], list[tuple[Place, ...]]]:
    """For each place the larger ones printed right after it, and those right before it."""
    after: list[tuple[Place, ...]] = [()] * len(places)
    before: list[tuple[Place, ...]] = [()] * len(places)
    for index in range(len(places) - 2, -1, -1):
        after[index] = _chained(text, places[index], places[index + 1], after[index + 1], True)
    for index in range(1, len(places)):
        before[index] = _chained(text, places[index - 1], places[index], before[index - 1], False)
    return after, before


def _inner(
    places: Sequence[Place], after: Sequence[tuple[Place, ...]], before: Sequence[tuple[Place, ...]]
) -> list[Place | None]:
    """For each place the smaller one that is printed right beside it as lying in it."""
    inner: list[Place | None] = [None] * len(places)
    for index in range(len(places) - 1):
        left, right = places[index], places[index + 1]
        if after[index][:1] == (right,):
            inner[index + 1] = left
        elif before[index + 1][:1] == (left,) and inner[index] is None:
            inner[index] = right
    return inner


def _chained(text: str, left: Place, right: Place, further: tuple[Place, ...], ahead: bool) -> tuple[Place, ...]:
    own, other = (left, right) if ahead else (right, left)
    if right.start - left.end > 20:
        return ()
    if _RANK[other.level] > _RANK[own.level]:
        return (other, *further)[:2] if _BESIDE.fullmatch(text, left.end, right.start) else ()
    if other.level == own.level and _JOINED.fullmatch(text, left.end, right.start):
        return further
    return ()


class _Article:
    """What an article says of its units as a whole, and the units last named on the way through it."""

    def __init__(self, analysis: Analysis, places: Sequence[Place], home: Place | None) -> None:
        self._list, self._certain = _time(analysis)
        names = {(place.name, place.level): place for place in places}
        self._home = _keys(home) if home else frozenset()
        self._named: dict[str, set[str]] = {"district": set(), "province": set()}
        self._names: Counter[str] = Counter(level for _, level in names)
        self._votes: Counter[str] = Counter()
        eras: Counter[bool] = Counter()
        for place in names.values():
            candidates = _of(place)
            if not candidates:
                continue
            if place.level in self._named:
                self._named[place.level].update(_keys(place))
            for key in {key for candidate in candidates for key in candidate.around}:
                self._votes[key] += 1
            new = {candidate.since == "2025" for candidate in candidates}
            if len(new) == 1 and all(candidate.until for candidate in candidates if candidate.since != "2025"):
                eras[new.pop()] += 1
        self._era = None if eras[True] == eras[False] else eras[True] > eras[False]
        self._last: dict[str, tuple[str, frozenset[str]]] = {}  # name and keys by level
        self._done: dict[tuple[object, ...], Link] = {}
        self._own: frozenset[str] = frozenset()  # of the mention in hand, if its level is a guess: no evidence for it
        self._linked: Counter[str] = Counter()
        self._national = len(self._named["district"]) > _ENOUGH_DISTRICTS

    def pass_by(self, place: Place) -> None:
        """Notes a unit as the one named last."""
        if place.level in self._named:
            self._last[place.level] = (place.name, _keys(place))

    def settle(self, places: Iterable[Place]) -> bool:
        """Notes in which districts and provinces the linked units lie; whether that is news."""
        linked = {place.link.unit for place in places if place.link and place.link.unit}
        table = units.table()
        before, self._linked = self._linked, Counter(key for unit in linked for key in table.ancestors(unit.row))
        self._done.clear()
        self._last.clear()
        return before != self._linked

    def link(self, place: Place, after: tuple[Place, ...], before: tuple[Place, ...], inner: Place | None) -> Link:
        """The link of one mention, given the units printed beside it, larger ones and a smaller one."""
        case = (
            place.name, place.level, place.rule if place.rule in _TELLING else "",
            tuple(p.name for p in after), tuple(p.name for p in before),
            inner and inner.name, *(name for name, _ in self._last.values()),
        )  # fmt: skip
        if case not in self._done:
            self._own = _keys(place) if place.rule in _GUESSED else frozenset()
            found = self._weigh(_of(place), after, before, inner)
            if found.unit is None and (after or before):
                looser = self._weigh(_of(place, loose=True), after, before, inner)
                found = looser if looser.unit is not None else found
            self._done[case] = found
        return self._done[case]

    def _weigh(
        self, candidates: Sequence[Candidate], after: Sequence[Place], before: Sequence[Place], inner: Place | None
    ) -> Link:
        if not candidates:
            return Link()
        some_then = any(self._is_then(candidate) for candidate in candidates)
        beside = [(_keys(place), place.rule == "places.province") for place in after]
        holding = frozenset[str]().union(*(part.around for part in _of(inner))) if inner else frozenset()
        levels = {place.level for place in after}
        ahead = [_keys(place) for place in before if place.level not in levels]
        scored = []
        for candidate in candidates:
            evidence = self._evidence(candidate, beside, ahead)
            if candidate.key in holding:
                evidence.append(("holding", _weights()["holding"]))
            if some_then and not self._is_then(candidate):
                doubtful = "2025" not in (self._list, candidate.since) and not self._certain
                kind = "not_quite_then" if doubtful else "not_then"
                evidence.append((kind, _weights()[kind]))
            scored.append((candidate.score + sum(weight for _, weight in evidence), candidate, evidence))
        scored.sort(key=lambda item: (-item[0], item[1].row))
        best: dict[tuple[str, str], float] = {}
        for score, candidate, _ in scored:
            best.setdefault(candidate.place, score)
        score, first, evidence = scored[0]
        odds = exp(score) / (1 + sum(map(exp, best.values())))
        table = units.table()
        if odds < _SURE:
            able = [candidate for score, candidate, _ in scored if score > 0 or candidate.quality > _SURE]
            return Link(candidates=tuple(table.unit(candidate.row) for candidate in able[:_MOST]))
        own = tuple((kind, _weights()[kind]) for kind in first.evidence)
        return Link(table.unit(first.row), odds, round(odds * first.quality, 3), evidence=own + tuple(evidence))

    def _is_then(self, candidate: Candidate) -> bool:
        """Whether a unit is on the code list of the article's time."""
        wanted = self._list
        return not wanted or (candidate.since <= wanted and (not candidate.until or wanted < candidate.until))

    def _evidence(
        self, candidate: Candidate, beside: Iterable[tuple[frozenset[str], bool]], ahead: Iterable[frozenset[str]]
    ) -> list[tuple[str, float]]:
        weights, around = _weights(), candidate.around
        found: list[tuple[str, float]] = []
        for keys, bare in beside:
            if keys:  # "Móng Cái, Lạng Sơn" may be a list
                other = "adjoining_other_bare" if bare else "adjoining_other"
                kind = "adjoining" if keys & around else other
                found.append((kind, weights[kind]))
        for keys in ahead:
            if keys & around:
                found.append(("leading", weights["leading"]))
        for level, named in self._named.items():
            if (named & around) - self._own:
                found.append(("article", weights["article"]))
            elif 0 < self._names[level] <= _FEW and any(len(key) - 1 == _DIGITS[level] for key in around):
                found.append((f"other_{level}", weights[f"other_{level}"]))
            if level in self._last and self._last[level][1] & around:
                found.append(("near", weights["near"]))
        if self._home & around:
            found.append(("home", weights["home"]))
        if not self._national:
            for key in around:
                if self._linked[key]:
                    kind = "linked_district" if len(key) > 3 else "linked_province"
                    found.append((kind, weights[kind] * min(self._linked[key], 2) / 2))
        shared = max((self._votes[key] for key in around if len(key) > 3), default=1) - 1
        below = self._votes[candidate.key]
        if (shared or below) and not self._national:
            found.append(("neighbours", weights["neighbours"] * min(max(shared, below), 3) / 2))
        goes_on = candidate.since != "2025" and not candidate.until
        if self._era is not None and self._era != (candidate.since == "2025") and not goes_on:
            found.append(("other_era", weights["other_era"]))
        return found


def _time(analysis: Analysis) -> tuple[str, bool]:
    """The code list of the article's time, by its publication, else by its last date; and whether it is certain.

    The mergers between the first lists came into force province by province: articles of those years are of either.
    """
    published = analysis.published_date
    if published is not None:
        return units.list_of(published), not _MERGERS[0] <= published <= _MERGERS[1]
    months = [match[0] for mention in analysis.dates if (match := _MONTH.match(mention.value.rpartition("/")[2]))]
    last = max(months, default="")
    if not last or last == "2025":  # before or after the reform
        return "", False
    return units.list_of(date(int(last[:4]), int(last[5:] or 12), 1)), False
