"""What a calendar expression means: typed values, and their rendering as TIMEX3 (`norm`)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import Literal, Union

Unit = Literal["day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Shift:
    """A distance from the day of speaking ("năm ngoái": one year back).

    An anaphoric one ("năm trước") counts from the last year mentioned nearby instead, where there is one.
    """

    unit: Unit
    amount: int
    anaphoric: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month, quarter, half-year, week or year; what the text leaves open is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    week: int | None = None
    part: str | None = None
    time: str | None = None
    shift: Shift | None = None

    @property
    def norm(self) -> str:
        """The TIMEX3 value; an open year is `XXXX`."""
        year = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.week is not None:
            return f"{year}-W{self.week:02d}"
        if self.quarter is not None:
            return f"{year}-Q{self.quarter}"
        if self.half is not None:
            return f"{year}-H{self.half}"
        if self.month is None:
            return year
        if self.day is None:
            return f"{year}-{self.month:02d}"
        clock = self.time or self.part
        return f"{year}-{self.month:02d}-{self.day:02d}" + (f"T{clock}" if clock else "")

    @property
    def possible(self) -> bool:
        """Whether the calendar has such a day (29 February where the year is open)."""
        if self.day is None or self.month is None:
            return True
        return self.day <= calendar.monthrange(self.year or 2000, self.month)[1]

    @property
    def first_month(self) -> int:
        """The month the period begins with."""
        if self.quarter is not None:
            return 3 * self.quarter - 2
        if self.half is not None:
            return 6 * self.half - 5
        return self.month or 1


@dataclass(frozen=True, slots=True)
class Interval:
    """From one moment to another, both included."""

    start: Moment
    end: Moment

    @property
    def norm(self) -> str:
        """The TIMEX3 range `start/end`."""
        return f"{self.start.norm}/{self.end.norm}"

    @property
    def possible(self) -> bool:
        """Whether both ends are."""
        return self.start.possible and self.end.possible


# Union[] because the alias is evaluated at run time on Python 3.10 with slots dataclasses.
Value = Union[Moment, Interval]  # noqa: UP007
