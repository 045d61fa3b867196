"""The moment a page was published, as the page prints it.

A web page prints it on a line of its own, in any of some dozen shapes: "Đăng ngày 25 - 11 - 2021",
"Thứ Hai, 6/2/2017, 14:05 GMT+7", "(12/05/2020 9:21 SA)", "08h15, ngày 12/5/2020",
"2023-05-10T08:00:00+07:00".
This module reads one such expression in one line; which line is the publication line is decided in `page`.
Dates of the prose are another matter (`cchc_nlp.extract.dates`).
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "một giêng",
            "hai",
            "ba",
            "tư bốn",
            "năm",
            "sáu",
            "bảy",
            "tám",
            "chín",
            "mười",
            "mười-một",
            "mười-hai chạp",
        ),
        1,
    )
    for word in words.split()
}
_MONTH_WORD = r"mười[ -](?:một|hai)|mười|" + "|".join(word for word in _MONTHS if "mười" not in word)

_NUMERIC = r"(?<![\d/.-])(?P<d>\d{1,2}) ?(?P<sep>[/.\-]) ?(?P<m>\d{1,2}) ?(?P=sep) ?(?P<y>\d{4}|\d{2})(?!\d)"
_ISO = r"(?<!\d)(?P<iso_y>\d{4})(?P<iso_sep>[/-])(?P<iso_m>\d{1,2})(?P=iso_sep)(?P<iso_d>\d{1,2})(?!\d)"
_WORDS = (
    rf"(?<!\d)(?P<w_d>\d{{1,2}}) ?(?:tháng|th) ?(?P<w_m>\d{{1,2}}|{_MONTH_WORD})"
    r"(?:,? ?năm ?|,? ?)(?P<w_y>\d{4})(?!\d)"
    rf"|tháng (?P<v_m>\d{{1,2}}|{_MONTH_WORD}) (?P<v_d>\d{{1,2}}), ?(?P<v_y>\d{{4}})(?!\d)"
)
_DATE = rf"(?:{_NUMERIC}|{_ISO}|{_WORDS})"


def _time(prefix: str) -> str:
    """A time of day with its groups named under a prefix."""
    p = prefix
    return (
        rf"(?<![\d:/.-])(?P<{p}h>\d{{1,2}}) ?(?:[:hg]|giờ) ?(?P<{p}min>\d{{2}})?"
        rf"(?:[:'] ?(?P<{p}s>\d{{2}})| ?phút|')?"
        rf"(?![\d/])(?: ?(?P<{p}half>sa|ch|am|pm|sáng|chiều|tối)\b)?"
    )


_WEEKDAY = r"(?:(?:thứ|t) ?(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|cn)"
_GAP = r"[ ,|\-@()•·]{1,6}"
_MOMENT = re.compile(
    rf"(?:(?P<before>{_time('b_')})(?:{_GAP}{_WEEKDAY})?{_GAP}(?:ngày )?)?"
    rf"(?P<ngày>\bngày )?(?P<date>{_DATE})"
    rf"(?:(?:t(?=\d\d:)|{_GAP}(?:(?:vào )?lúc |giờ |hồi )?){_time('a_')}"
    r"(?:\.\d{1,6})?(?:z|[+-]\d\d:?\d\d)?)?"
)
_YEAR = re.compile(r"\d{4}|\d ?[/.-] ?\d{2}(?!\d)")  # what every moment has, for a quick look
_AFTERNOON = {"ch", "pm", "chiều", "tối"}


class Moment(NamedTuple):
    """A date or date-time in a line: where it stands, its ISO form, and whether its year is short."""

    start: int
    end: int
    iso: str
    short_year: bool


def find_moment(lower: str, start: int, end: int) -> Moment | None:
    """The first valid date or date-time of `lower[start:end]` (clean text in lower case)."""
    if _YEAR.search(lower, start, end) is None:
        return None
    for match in _MOMENT.finditer(lower, start, end):
        moment = _read(match)
        if moment is not None:
            return moment
    return None


def _read(match: re.Match[str]) -> Moment | None:
    group = match.groupdict()
    day = group["d"] or group["iso_d"] or group["w_d"] or group["v_d"]
    month = group["m"] or group["iso_m"] or group["w_m"] or group["v_m"]
    year = group["y"] or group["iso_y"] or group["w_y"] or group["v_y"]
    number = int(month) if month.isdigit() else _MONTHS[month.replace(" ", "-")]
    full_year = int(year) + (2000 if len(year) == 2 else 0)
    try:
        iso = date(full_year, number, int(day)).isoformat()
    except ValueError:
        return None
    if not 1990 <= full_year <= 2100:
        return None
    clock = _clock(group, "b_") if group["before"] else _clock(group, "a_")
    start = match.start()
    if group["before"] and not clock:
        start = match.start("ngày") if group["ngày"] else match.start("date")
    last = match.end() if clock else match.end("date")
    return Moment(start, last, iso + clock, len(year) == 2)


def _clock(group: dict[str, str | None], prefix: str) -> str:
    """`THH:MM[:SS]`, or an empty string where no valid time of day is printed."""
    printed = group[prefix + "h"]
    if printed is None:
        return ""
    hour, minute, second = int(printed), int(group[prefix + "min"] or 0), group[prefix + "s"]
    half = group[prefix + "half"]
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in ("sa", "am") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return ""
    return f"T{hour:02}:{minute:02}" + (f":{second}" if second else "")
