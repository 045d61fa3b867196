"""Which year is meant: "30/8", "quý I", "năm ngoái" against the day of publication or the dates nearby.

Evidence in this order: the day of publication; the nearest full date before, then after; the year that the
text speaks of most, the later of two; the date of a document that is cited. Where nothing helps, the year
stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from cchc_nlp.extract.dates.chains import Member
from cchc_nlp.extract.dates.values import Interval, Moment, Shift, Value

# A date further ahead of publication than this is read as one of the year before,
_AHEAD = timedelta(days=60)
# one said to lie ahead that is further back than this as one of the year after,
_LONG_PAST_MONTHS = 5
# an anaphoric "năm trước" looks no further back than this many characters,
_REACH = 250
# and a year before this one is history, not when the article was written.
_EARLIEST = 2000
_DOCUMENT_BEFORE = re.compile(r"\d[\d/]{0,12}[/-][A-ZĐ][\w-]{0,20}[^.;\n]{0,60}$")
# a law's year tells nothing of when the article was written
_LAW_BEFORE = re.compile(r"\b(?:[Ll]uật|[Pp]háp lệnh|Hiến pháp|[Nn]ghị định|[Nn]ghị quyết|[Cc]hỉ thị)\b[^.;\n]{0,70}$")


_DONE_BEFORE = re.compile(r"\bđã [^.;\n]*$")


class Resolver:
    """The year evidence of one article.

    `ahead` tells of a place whether the words before it point to the future ("chậm nhất ...").
    """

    def __init__(
        self, text: str, members: Sequence[Member], published: date | None, ahead: Callable[[int], bool]
    ) -> None:
        self._text = text
        self._published = published
        self._ahead = ahead
        self._days: list[tuple[int, int]] = []  # (position, year) of full dates, in text order
        self._full: list[tuple[int, Moment]] = []  # the full dates themselves
        self._cited: list[tuple[int, int]] = []  # ... of dates of documents
        self._years: list[tuple[int, int]] = []  # ... of everything with a year
        spoken_of: Counter[int] = Counter()
        for member in members:
            moment = member.value if isinstance(member.value, Moment) else member.value.end
            if moment.year is None:
                continue
            seen = (member.start, moment.year)
            self._years.append(seen)
            if moment.year < _EARLIEST or ahead(member.start):
                continue
            if _DOCUMENT_BEFORE.search(text, max(0, member.start - 90), member.start):
                self._cited.append(seen)
            elif moment.day is not None:
                self._days.append(seen)
                self._full.append((member.start, moment))
            elif isinstance(member.value, Moment) and not _LAW_BEFORE.search(
                text, max(0, member.start - 90), member.start
            ):
                spoken_of[moment.year] += 1
        self._main_year = max(spoken_of, key=lambda year: (spoken_of[year], year), default=None)

    def resolve(self, member: Member) -> Value | None:
        """The value with its year; None for a day or month that only a known day of speaking could tell."""
        value, pos = member.value, member.start
        if isinstance(value, Moment):
            return self._moment(value, pos)
        start, end = self._moment(value.start, pos), self._moment(value.end, pos)
        if start is None or end is None:
            return None
        if value.start.year is None and value.end.year is None and end.year is not None:
            wraps = value.start.first_month > value.end.first_month
            start = replace(start, year=end.year - 1 if wraps else end.year)
        return Interval(start, end)

    def _moment(self, value: Moment, pos: int) -> Moment | None:
        if value.year is not None:
            return value
        if value.shift is not None:
            return self._shifted(value, value.shift, pos)
        if self._published is not None:
            near = _year_near(value, self._published, self._ahead(pos))
            return replace(value, year=near + self._is_next_year(value, near, pos, self._published.month))
        year = self._nearest_year(pos)
        if self._ahead(pos) and (known := self._days + self._cited):
            year = max(year or 0, *(there for _, there in known))
            now = self._nearest_day(pos)
            if now and now.year == year:
                year += self._is_next_year(value, year, pos, now.first_month)
        return replace(value, year=year)

    def _is_next_year(self, value: Moment, year: int, pos: int, month: int) -> bool:
        """Whether a time said to lie ahead is of the year after: in November, "trước 31/3"."""
        if not self._ahead(pos) or month - value.first_month <= _LONG_PAST_MONTHS or year >= date.max.year:
            return False
        return _DONE_BEFORE.search(self._text, max(0, pos - 60), pos) is None

    def _shifted(self, value: Moment, shift: Shift, pos: int) -> Moment | None:
        if shift.unit != "year":
            now = self._published or (self._today(pos) if shift.unit != "day" else None)
            return _shift_from(now, shift, value.part) if now else None
        year = self._anaphoric_year(pos) if shift.anaphoric else None
        if year is None:
            year = self._published.year if self._published else self._nearest_year(pos)
        return replace(value, shift=None, year=None if year is None else year + shift.amount)

    def _anaphoric_year(self, pos: int) -> int | None:
        index = bisect_left(self._years, (pos, 0)) - 1
        if index >= 0 and pos - self._years[index][0] <= _REACH:
            return self._years[index][1]
        return None

    def _nearest_day(self, pos: int) -> Moment | None:
        index = bisect_left(self._full, pos, key=lambda seen: seen[0])
        return self._full[max(0, index - 1)][1] if self._full else None

    def _today(self, pos: int) -> date | None:
        """The full date that "tháng này" is near enough to be told from."""
        day = self._nearest_day(pos)
        return date(day.year, day.month, day.day) if day and day.year and day.month and day.day else None

    def _nearest_year(self, pos: int) -> int | None:
        if not self._days and self._main_year is not None:
            return self._main_year
        known = self._days or self._cited
        return known[max(0, bisect_left(known, (pos, 0)) - 1)][1] if known else None


def _year_near(value: Moment, published: date, ahead: bool) -> int:
    """The year in which a day or month falls that was printed without one on a known day."""
    month = value.first_month
    if value.half == 1:
        month = 6
    day = min(value.day or 1, 28)
    far = date(published.year, month, day) - published > _AHEAD
    return published.year - 1 if far and not ahead else published.year


def _shift_from(day: date, shift: Shift, part: str | None) -> Moment:
    unit, amount = shift.unit, shift.amount
    if not date.min.year < day.year < date.max.year:  # no day before the first or after the last
        return Moment(day.year, day.month, day.day, part=part)
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
