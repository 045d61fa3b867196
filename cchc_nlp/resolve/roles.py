"""In which body an office is held: the one printed with it, else the nearest that has such an office.

Which bodies have an office is said by `lexicon/resolve_titles.tsv` (kinds of body) and by the word in the office that
names what it heads ("Chi cục trưởng": a "Chi cục", see `official_titles`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from cchc_nlp import lexicon
from cchc_nlp.analysis import Agency, Analysis, Official, Place, Role
from cchc_nlp.naming import compose
from cchc_nlp.resolve.agencies import types_of
from cchc_nlp.resolve.units import Units, chain, nearest, place_of

_NEAR = 12  # bodies before an office among which its own is looked for
_QUALIFIED = re.compile(r"^(?:Nguyên|Quyền|Cựu) |(?: (?:Thường trực|chuyên trách|phụ trách))$")
_BARE_UNIT = re.compile(r"^(?P<head>.+?) (?P<type>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)$")
_PARTY_OF = {"tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy"}
_TEAM_TITLES = frozenset({"Trưởng đoàn", "Phó Trưởng đoàn", "Tổ trưởng", "Tổ phó"})
_TEAMS = ("Đoàn ", "Tổ ")
_IN_PARTY = "Ủy viên Ban Thường vụ"


def complete(analysis: Analysis, units: Units, focus: Sequence[Place]) -> None:
    """Fills `org` of every role where the article tells; needs named agencies."""
    bodies = sorted(analysis.agencies, key=lambda a: a.start)
    starts = [body.start for body in bodies]
    anywhere = _Anywhere(bodies)
    for official in analysis.officials:
        at = official.mentions[0].start if official.mentions else 0
        stop = bisect_right(starts, at)
        for role in official.roles:
            if role.agency is not None:
                role.org = role.agency.name
            elif role.org is not None and not (role.title in _TEAM_TITLES and role.org.startswith(_TEAMS)):
                role.org = _completed(role.org, at, units)
            else:  # "làm Trưởng đoàn giám sát tại ...": what the article calls by no name is the team it speaks of
                role.org = (
                    (role.title == _IN_PARTY and _party_beside(official))
                    or _implied(role, bodies[max(0, stop - _NEAR) : stop], anywhere)
                    or _of_focus(role, nearest(focus, at))
                )
        official.roles = list({(role.title, role.org): role for role in official.roles}.values())


class _Office(NamedTuple):
    """What an office without a body is held in: kinds, a first word of the name, first words that it never has."""

    kinds: frozenset[str]
    word: str
    never: tuple[str, ...]


@cache
def _offices() -> dict[str, _Office]:
    words: dict[str, str] = {}
    for row in lexicon.table("official_titles"):
        if row["body"]:
            words.setdefault(row["title"], row["body"])
    offices = {title: _Office(frozenset(), word, ()) for title, word in words.items()}
    for row in lexicon.table("resolve_titles"):
        for title in row["title"].split(" | "):
            never = tuple(word for word in row["never"].split(" | ") if word)
            offices[title] = _Office(frozenset(row["kinds"].split()), words.get(title, ""), never)
    return offices


def _office_of(title: str) -> _Office | None:
    plain = _QUALIFIED.sub("", _QUALIFIED.sub("", title))
    parts = plain.split(" ")
    return _offices().get(title) or next(
        (office for size in range(len(parts), 0, -1) if (office := _offices().get(" ".join(parts[:size])))), None
    )


def _holds(body: Agency, office: _Office) -> bool:
    if office.kinds and body.kind not in office.kinds:
        return False
    if (
        office.word
        and not (body.name + " ").startswith(office.word + " ")
        and not (body.kind == "delegation" and "delegation" in office.kinds)
    ):
        return False
    return bool(office.kinds or office.word) and not body.head.startswith(office.never or "\0")


def _implied(role: Role, before: Sequence[Agency], anywhere: _Anywhere) -> str | None:
    """The nearest body before an office that has such an office, else the first of the article."""
    office = _office_of(role.title)
    if office is None:
        return None
    near = (body.name for body in _and_owners(reversed(before)) if _holds(body, office))
    return next(near, None) or anywhere.first(role.title, office)


def _of_focus(role: Role, place: Place | None) -> str | None:
    """The People's Committee of the unit spoken of, for an office that such a committee has."""
    office = _office_of(role.title)
    return f"Ủy ban nhân dân {place.name}" if office and place and "committee" in office.kinds else None


class _Anywhere:
    """The first body of an article that has an office; looked for once an office."""

    def __init__(self, bodies: Sequence[Agency]) -> None:
        self._bodies = bodies
        self._found: dict[str, str | None] = {}

    def first(self, title: str, office: _Office) -> str | None:
        """The body's name, or None where no body has that office."""
        if title not in self._found:
            names = (body.name for body in _and_owners(self._bodies) if _holds(body, office))
            self._found[title] = next(names, None)
        return self._found[title]


def _and_owners(bodies: Iterable[Agency]) -> Iterator[Agency]:
    for body in bodies:
        yield from chain(body)


def _party_beside(official: Official) -> str | None:
    """The party body of a member who holds another office: the one over that office's body."""
    for role in official.roles:
        if role.agency is None:
            continue
        if parties := [body for body in chain(role.agency) if body.kind == "party"]:
            return parties[-1].name
        place = place_of(role.agency)
        word = next((w for w in _PARTY_OF if place is not None and place.name.startswith(w + " ")), None)
        if place is not None and role.agency.kind in ("committee", "council", "front"):
            own = place.name[len(word or "") :]
            return f"{_PARTY_OF[word]}{own}" if word else f"Đảng ủy {place.name}"
    return None


def _completed(org: str, at: int, units: Units) -> str:
    """A body known by its words alone ("Ủy ban nhân dân huyện", "Huyện ủy") with the unit that is meant."""
    if bare := _BARE_UNIT.match(org):
        place = units.of_type(bare["type"], at)
        return f"{bare['head']} {place.name}" if place else org
    for words in types_of(org) if org in _IMPLIED else ():
        for word in words:
            if place := units.of_type(word, at):
                return compose(Agency(0, 0, "", 0.0, "", org, "party", place=place))
    return org


_IMPLIED = frozenset({"Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy"})
