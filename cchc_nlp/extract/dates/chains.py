"""Lists and ranges: dates that share what they do not repeat.

"ngày 3, 4 và 5/8/2021" is three days of one month, "từ 30/10 đến 19/11/2020" one range of one year. A chain
is a run of points with the connectors between them; it is read left to right in one pass, then what the
shorter members leave out is taken from the fuller ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal, NamedTuple

from cchc_nlp.extract.dates.formats import FORMATS, Point, read
from cchc_nlp.extract.dates.values import Interval, Moment, Value

Link = Literal["list", "to", "dash"]

_CONNECTOR = re.compile(
    r"(?P<to>,? (?:cho )?(?:đến|tới) (?:(?:hết|cuối|đầu|giữa|khoảng|trước|niên độ) ){0,2})"
    r"|(?P<dash> ?- ?)"
    r"|(?P<list> ?[,;] ?(?:và )?| và | hoặc | hay | & )"
)
_FROM = re.compile(r"\btừ (?:(?:khoảng|đầu|cuối|giữa|sau|hết|niên độ) )?$")
_TOGETHER_BEFORE = re.compile(r"(?:hai|2|02|các) $")
_COUNT_BEFORE = re.compile(r"(?:\d|\b(?:hai|ba|bốn|năm|mười)) $")
_MOST_MEMBERS = 24
# What may join a date of each kind, and what may end any range that "từ" opens.
_BY_KIND = {
    kind: tuple(form for form in FORMATS if form.kind == kind) for kind in ("day", "month", "quarter", "year")
} | {"months": ()}
_SELF_CONTAINED = tuple(form for form in FORMATS if not form.part_only)


class Chain(NamedTuple):
    """Points and the links between them (one fewer); `origin` is where a "từ" before it begins."""

    points: list[Point]
    links: list[Link]
    origin: int | None

    @property
    def end(self) -> int:
        """Where the last point ends."""
        return self.points[-1].end


class Member(NamedTuple):
    """A mention that a chain yields: a single date or a range."""

    start: int
    end: int
    rule: str
    kind: str
    value: Value


def parse(text: str, lower: str, first: Point, plausible: Callable[[Point], bool]) -> Chain | None:
    """The longest chain that begins with `first`; None if nothing in it can stand alone."""
    found = _FROM.search(lower, max(0, first.start - 20), first.start)
    origin = found.start() if found else None
    points, links = [first], list[Link]()
    while len(points) < _MOST_MEMBERS:
        joined = _next(text, lower, points[-1], origin is not None)
        if joined is None or not plausible(joined[1]):
            break
        links.append(joined[0])
        points.append(joined[1])
    while points and points[-1].format.part_only and not _may_end(text, points):
        points.pop()
        links = links[: max(0, len(points) - 1)]
    return Chain(points, links, origin) if points else None


def _may_end(text: str, points: list[Point]) -> bool:
    """Whether a bare number may close the list: "tháng 5, 6." but neither "tháng 5, 6 xã" nor "ngày 5, 6"."""
    last = points[-1]
    if len(points) == 1 or last.kind == "day":
        return False
    dated = isinstance(last.value, Moment) and last.value.year is not None
    return dated or not text[last.end : last.end + 2].strip().isalnum()


def _next(text: str, lower: str, point: Point, after_from: bool) -> tuple[Link, Point] | None:
    match = _CONNECTOR.match(lower, point.end)
    if match is None:
        return None
    link: Link = "to" if match["to"] else "dash" if match["dash"] else "list"
    if link == "to" and match[0].startswith(",") and not after_from:
        return None
    mixed = link == "to" and after_from and not point.format.part_only
    for forms in (_BY_KIND[point.kind], _SELF_CONTAINED if mixed else ()):
        for form in forms:
            joined = read(text, lower, form, match.end())
            if joined is not None:
                return link, joined
    return None


def members(chain: Chain, lower: str) -> list[Member]:
    """The mentions of a chain, with what they share filled in; impossible ones are left out."""
    values = _shared([point.value for point in chain.points])
    if _two_days_running(chain, values, lower):
        chain.links[0] = "to"
    found: list[Member] = []
    index = 0
    while index < len(values):
        point = chain.points[index]
        link = chain.links[index] if index < len(chain.links) else "list"
        if link != "list":
            last = chain.points[index + 1]
            start = chain.origin if index == 0 and chain.origin is not None else point.start
            value = _interval(values[index], values[index + 1])
            if value is not None:
                found.append(Member(start, last.end, "dates.range", last.kind, value))
            index += 2
        else:
            found.append(Member(point.start, point.end, point.format.rule, point.kind, values[index]))
            index += 1
    if len(chain.points) > 1 and found and chain.origin is None:
        found[0] = _without_count(found[0], chain.points[0], lower)
    return [member for member in found if member.value.possible]


def _two_days_running(chain: Chain, values: list[Value], lower: str) -> bool:
    """ "hai ngày 8 và 9/5" is one stretch of time; "ngày 8 và 9/5" and "hai ngày 5 và 9/5" are two days."""
    if len(values) != 2 or chain.points[0].format.rule != "dates.day_only":
        return False
    start = chain.points[0].start
    if not _TOGETHER_BEFORE.search(lower, max(0, start - 8), start):
        return False
    first, second = values
    if not isinstance(first, Moment) or not isinstance(second, Moment):
        return False
    return first.month == second.month and first.day is not None and second.day == first.day + 1


def _without_count(member: Member, point: Point, lower: str) -> Member:
    """In "5 năm 2016-2020", "2 ngày 5 và 6/7" the word belongs to the count before it."""
    if not point.keyword or not _COUNT_BEFORE.search(lower, max(0, point.start - 6), point.start):
        return member
    digits = re.compile(r"\d").search(lower, point.start, point.end)
    return member._replace(start=digits.start()) if digits else member


def _shared(values: list[Value]) -> list[Value]:
    """Month and year taken over from the next fuller member, then the year from the one before."""
    filled = list(values)
    for index in range(len(filled) - 2, -1, -1):
        filled[index] = _filled(filled[index], filled[index + 1])
    for index in range(1, len(filled)):
        filled[index] = _dated(filled[index], filled[index - 1])
    return filled


def _filled(value: Value, fuller: Value) -> Value:
    if not isinstance(value, Moment) or not isinstance(fuller, Moment):
        return value
    if value.day is not None and value.month is None:
        value = replace(value, month=fuller.month)
    if value.year is None and value.shift is None and (fuller.year is not None or fuller.shift is not None):
        year = fuller.year
        if year is not None and value.first_month > fuller.first_month and (value.month or value.quarter):
            year -= fuller.month is not None or fuller.quarter is not None
        value = replace(value, year=year, shift=fuller.shift)
    return value


def _dated(value: Value, before: Value) -> Value:
    if not isinstance(value, Moment) or not isinstance(before, Moment):
        return value
    if value.year is None and value.shift is None and before.year is not None:
        later = value.first_month >= before.first_month
        value = replace(value, year=before.year if later else before.year + 1)
    return value


def _interval(start: Value, end: Value) -> Interval | None:
    first = start if isinstance(start, Moment) else start.start
    last = end if isinstance(end, Moment) else end.end
    if first.year is not None and last.year is not None and last.year < first.year:
        return None
    return Interval(first, last)
