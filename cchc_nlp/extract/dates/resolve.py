"""Which year is meant: "30/8", "quý I", "năm ngoái" against the day of publication or the dates nearby.

Evidence in this order: the day of publication; the nearest full date before, then after; the nearest single
year or month with its year; the date of a document that is cited. Where nothing helps, the year stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from cchc_nlp.extract.dates.chains import Member
from cchc_nlp.extract.dates.values import Interval, Moment, Value

# A date further ahead of publication than this is read as one of the year before ...
_AHEAD = timedelta(days=60)
# ... and an anaphoric "năm trước" looks no further back than this many characters.
_REACH = 250
_DOCUMENT_BEFORE = re.compile(r"\d[\d/]{0,12}[/-][A-ZĐ][\w-]{0,20}[^.;\n]{0,60}$")


class Resolver:
    """The year evidence of one article."""

    def __init__(self, text: str, members: Sequence[Member], published: date | None) -> None:
        self._published = published
        # (position, moment) of each kind of evidence, in text order
        tiers: list[list[tuple[int, Moment]]] = [[], [], []]
        self._years: list[tuple[int, Moment]] = []
        for member in members:
            moment = _evidence(member.value)
            if moment is None or moment.year is None:
                continue
            self._years.append((member.start, moment))
            if _DOCUMENT_BEFORE.search(text, max(0, member.start - 90), member.start):
                tiers[2].append((member.start, moment))
            elif moment.day is not None:
                tiers[0].append((member.start, moment))
            elif isinstance(member.value, Moment):
                tiers[1].append((member.start, moment))
        self._tiers = [(tier, [position for position, _ in tier]) for tier in tiers]
        self._year_positions = [position for position, _ in self._years]

    def resolve(self, value: Value, pos: int, forward: bool) -> Value | None:
        """The value with its year; None for a day or month that only a known day of speaking could tell."""
        if isinstance(value, Moment):
            return self._moment(value, pos, forward)
        end = self._moment(value.end, pos, forward)
        start = self._moment(value.start, pos, forward)
        if start is None or end is None:
            return None
        if start.year is None or end.year is None:
            return Interval(start, end)
        if value.start.year is None and value.end.year is None:
            wraps = value.start.first_month > value.end.first_month
            start = replace(start, year=end.year - 1 if wraps else end.year)
        return Interval(start, end)

    def _moment(self, value: Moment, pos: int, forward: bool) -> Moment | None:
        if value.year is not None:
            return value
        if value.shift is not None:
            return self._shifted(value, pos)
        if self._published is not None:
            return replace(value, year=_year_near(value, self._published, forward))
        near = self._nearest(pos)
        return replace(value, year=near.year if near else None)

    def _shifted(self, value: Moment, pos: int) -> Moment | None:
        shift = value.shift
        assert shift is not None
        value = replace(value, shift=None)
        if shift.unit == "year":
            year = self._anaphoric_year(pos) if shift.anaphoric else None
            if year is None:
                near = self._nearest(pos) if self._published is None else None
                year = self._published.year if self._published else near.year if near else None
            return replace(value, year=year + shift.amount if year is not None else None)
        if self._published is None:
            return None
        return _shift_from(self._published, shift.unit, shift.amount, value.part)

    def _anaphoric_year(self, pos: int) -> int | None:
        index = bisect_left(self._year_positions, pos) - 1
        if index >= 0 and pos - self._years[index][0] <= _REACH:
            return self._years[index][1].year
        return None

    def _nearest(self, pos: int) -> Moment | None:
        for tier, positions in self._tiers:
            if tier:
                return tier[max(0, bisect_left(positions, pos) - 1)][1]
        return None


def _evidence(value: Value) -> Moment | None:
    """The moment a date gives as evidence: of a range its end."""
    moment = value if isinstance(value, Moment) else value.end
    return moment if moment.shift is None else None


def _year_near(value: Moment, published: date, forward: bool) -> int:
    """The year in which a day or month falls that was printed without one on a known day."""
    month = value.first_month
    if value.half == 1:
        month = 6
    day = min(value.day or 1, 28)
    ahead = date(published.year, month, day) - published > _AHEAD
    return published.year - 1 if ahead and not forward else published.year


def _shift_from(day: date, unit: str, amount: int, part: str | None) -> Moment:
    if unit == "day":
        there = day + timedelta(days=amount)
        return Moment(there.year, there.month, there.day, part=part)
    if unit == "week":
        year, week, _ = (day + timedelta(weeks=amount)).isocalendar()
        return Moment(year, week=week)
    if unit == "quarter":
        quarters = day.year * 4 + (day.month - 1) // 3 + amount
        return Moment(quarters // 4, quarter=quarters % 4 + 1)
    months = day.year * 12 + day.month - 1 + amount
    return Moment(months // 12, month=months % 12 + 1)
