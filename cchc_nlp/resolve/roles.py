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
_FAR = 60  # and among which one that is told by its first words or by a noun
_QUALIFIED = re.compile(r"^(?:Nguyên|Quyền|Cựu) |(?: (?:Thường trực|chuyên trách|phụ trách))$")
_BARE_UNIT = re.compile(r"^(?P<head>.+?) (?P<type>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)$")
_OF_SHORT = re.compile(r"^(?P<part>Thanh tra|Văn phòng) (?P<word>Bộ|Sở)$")
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
            before = bodies[max(0, stop - _NEAR) : stop]
            if role.agency is not None:
                role.org = role.agency.name
            elif role.org is not None and not (role.title in _TEAM_TITLES and role.org.startswith(_TEAMS)):
                role.org = _completed(role.org, at, units, bodies[max(0, stop - _FAR) : stop])
            else:  # "làm Trưởng đoàn giám sát tại ...": what the article calls by no name is the team it speaks of
                role.org = (
                    (role.title == _IN_PARTY and _party_beside(official))
                    or _of_noun(analysis, official, role, bodies[max(0, stop - _FAR) : stop])
                    or _of_commune(official, role, units)
                    or _implied(role, before, anywhere)
                    or _of_focus(role, nearest(focus, at))
                    or _of_lead(analysis, official, role, before)
                )
        official.roles = list({(role.title, role.org): role for role in official.roles}.values())


def _of_noun(analysis: Analysis, official: Official, role: Role, before: Sequence[Agency]) -> str | None:
    """The body for which a common noun stands beside the office: "Giám đốc bệnh viện", "Giám đốc chi nhánh"."""
    if not role.title.endswith(_HEADS_BODY):
        return None
    for mention in official.mentions[:1]:
        around = (
            analysis.lower[max(0, mention.start - 30) : mention.start],
            analysis.lower[mention.end : mention.end + 45],
        )
        noun = _NOUN_BEFORE.search(around[0]) or _NOUN_AFTER.match(around[1])
        if noun is None:
            return None
        own = (body.name for body in reversed(before) if f" {body.name.lower()} ".find(f" {noun[1]} ") >= 0)
        return next(own, None)
    return None


_HEADS_BODY = ("Giám đốc", "Hiệu trưởng")
_NOUN = r"(bệnh viện|trung tâm|chi nhánh|công ty|trường|ban quản lý|kho bạc)"
_NOUN_BEFORE = re.compile(rf"(?:giám đốc|hiệu trưởng) {_NOUN} $")
_NOUN_AFTER = re.compile(rf"[,(–-]? ?-? ?(?:phó )?(?:giám đốc|hiệu trưởng) {_NOUN}[,.;) ]")


def _of_commune(official: Official, role: Role, units: Units) -> str | None:
    """The commune's committee, for the posts that only communes have ("công chức Tư pháp - Hộ tịch xã Tân An")."""
    if not official.mentions or not _OF_COMMUNES.match(role.title):
        return None
    end = official.mentions[0].end
    place = units.of_level("commune", end + len(role.title) + _BESIDE)
    return f"Ủy ban nhân dân {place.name}" if place else None


_BESIDE = 8  # characters between an office and the unit printed behind it
_OF_COMMUNES = re.compile(
    r"Công chức (?:Văn phòng|Tư pháp|Địa chính|Văn hóa - [Xx]ã hội|Tài chính - [Kk]ế toán|[Hh]ộ tịch)"
)


def _of_lead(analysis: Analysis, official: Official, role: Role, before: Sequence[Agency]) -> str | None:
    """Who inspects, for who leads an inspection of no named delegation; for a chief inspector the body of his."""
    event = analysis.inspection
    if role.title in _TEAM_TITLES and official.name == event.lead and event.inspector_mention is not None:
        return event.inspector_mention.name
    if role.title.endswith("Chánh Thanh tra"):
        own = (body.name for body in _and_owners(reversed(before)) if body.kind in ("department", "ministry"))
        return next((name for name in own if name.startswith(("Sở ", "Bộ "))), None)
    return None


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
    if role.title == "Phó Trưởng đoàn chuyên trách":  # of deputies, not of inspectors
        office = _Office(frozenset({"council"}), "", ())
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


def _completed(org: str, at: int, units: Units, before: Sequence[Agency]) -> str:
    """A body known by its words alone ("Ủy ban nhân dân huyện", "Huyện ủy", "Văn phòng Bộ") with what is meant."""
    if part := _OF_SHORT.match(org):
        named = (body.name for body in _and_owners(reversed(before)) if body.name.startswith(f"{part['word']} "))
        whole = next(named, None)
        return f"{part['part']} {whole}" if whole else org
    fuller = next((body.name for body in _and_owners(reversed(before)) if body.name.startswith(f"{org} ")), None)
    if fuller is not None and org.count(" ") > 1:
        return fuller
    if bare := _BARE_UNIT.match(org):
        place = units.of_type(bare["type"], at)
        return f"{bare['head']} {place.name}" if place else org
    for words in types_of(org) if org in _IMPLIED else ():
        for word in words:
            if place := units.of_type(word, at):
                return compose(Agency(0, 0, "", 0.0, "", org, "party", place=place))
    return org


_IMPLIED = frozenset({"Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy"})
