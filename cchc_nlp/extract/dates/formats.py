"""How dates are written: formats composed of atoms, and their reading into typed values.

To add a way of writing a date add one line to `FORMATS`. A format's template names atoms in braces; all is
matched on clean lower-case text from the place where the format begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cchc_nlp import lexicon
from cchc_nlp.extract.dates.values import Interval, Moment, Shift, Unit, Value

_NUMBERS: dict[str, dict[str, int]] = {
    use: {row["word"]: int(row["value"]) for row in lexicon.table("date_number") if use in row["of"].split()}
    for use in ("month", "quarter", "count")
}
_PARTS = {row["phrase"]: row["value"] for row in lexicon.table("date_anchor") if row["group"] == "part"}
_UNITS: dict[str, Unit] = {unit: unit for unit in ("day", "week", "month", "quarter", "year")}
_RELATIVE = {
    row["phrase"]: (
        Shift(_UNITS[row["unit"]], int(row["shift"]), row["anaphoric"] == "yes"),
        row["part"] or None,
    )
    for row in lexicon.table("date_relative")
}


def _one_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True))


_ATOMS = {
    "day": r"(?P<day>3[01]|[12]\d|0?[1-9])",
    "month": r"(?P<month>1[0-2]|0?[1-9])",
    "Month": rf"(?P<month>1[0-2]|0?[1-9]|{_one_of(list(_NUMBERS['month']))})",
    "year": r"(?P<year>(?:19|20)\d\d)",
    "yy": r"(?P<year>[0-3]\d)",
    "quarter": rf"(?P<quarter>0?[1-4]|{_one_of(list(_NUMBERS['quarter']))})",
    "count": rf"(?P<count>1[0-2]|0?[1-9]|{_one_of(list(_NUMBERS['count']))})",
    "sep": r" ?(?P<sep>[/.-]) ?",
    "same": r" ?(?P=sep) ?",
    "part": rf"(?P<part>{_one_of(list(_PARTS))})",
    "rel": f"(?P<rel>{_one_of([phrase for phrase in _RELATIVE if 'năm' in phrase])})",
    "clock": (
        r"(?P<clock>(?:2[0-4]|[01]?\d)"
        r"(?::[0-5]\d(?::[0-5]\d)?| ?(?:h|g|giờ)(?: ?[0-5]?\d(?: ?phút)?)?))"
    ),
    "stamp": (
        r"(?:(?:,? (?:[-|] ?)?(?:lúc )?|t|\|)"
        r"(?P<stamp>(?:2[0-3]|[01]?\d)(?:(?::[0-5]\d){1,2}|h[0-5]\d))(?!\d)"
        r"(?: ?(?P<meridiem>sa|ch|am|pm)\b)?)?"
    ),
    "edge": "(?P<edge>đầu|cuối)(?: của)?",
    # years named after the calendar year in which they run or begin
    "năm": "năm (?:học |tài chính |ngân sách |kế hoạch |công tác )?",
    # "05/2021-UBND" is a document's number
    "not-marked": r"(?!-[^\W\d])",
    # counting words, as in "tháng 2 lần"
    # "lương tháng 7,4 triệu đồng"
    "not-money": r"(?!,\d{1,3} (?:triệu|tỷ|tỉ|nghìn|ngàn|đồng)\b)",
    "not-counted": r"(?! (?:lần|buổi|kỳ|cuộc|phiên|đợt)\b)",
}
_ATOM = re.compile(r"\{([^\d{}]+)\}")
_ATOMS["time"] = f"(?:{_ATOMS['clock']},?(?: [-|])? )?"
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật),?"
_ATOMS["ngày"] = rf"(?:{_ATOMS['part']}(?:,? {_WEEKDAY})?(?:,? ngày| hôm)? |ngày:? )?(?:m[ùồ]ng )?"
_ATOMS["some-year"] = rf"(?:{_ATOMS['rel']}|(?:năm )?{_ATOMS['year']}|năm)"
_ATOMS["of-year"] = rf"(?:(?: ?[/.-] ?|(?: của| -|,)? năm | ){_ATOMS['year']}|(?: của|,)? {_ATOMS['rel']})"
# What may not follow: the rest of a longer number, of a document's number, of a fraction, of a word.
_END = r"(?![\w%]|[/.]\d|/\w| ?%)"
_DECIMAL = re.compile(r",\d")
_UNSLASHED = re.compile("[.-]")
# What says, inside or after its figures, that a format is a date.
_KEYWORD = re.compile(r"\b(?:ngày|tháng|năm)\b|^\d\d?(?::| ?[hg])")


class Format(NamedTuple):
    """One way of writing a date.

    `kind` tells what can be joined to it in a list or range; `starts` are the groups of `date_anchor.tsv`
    ("number" for digits) at which it is tried; a `part_only` format has a meaning only inside a list or
    range, beside a fuller date of the same kind ("ngày **5** và 6/7").
    """

    rule: str
    kind: str
    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    part_only: bool = False


def _format(rule: str, kind: str, starts: str, template: str, part_only: bool = False) -> Format:
    pattern = _ATOM.sub(lambda atom: _ATOMS[atom[1]], template)
    return Format(f"dates.{rule}", kind, tuple(starts.split()), re.compile(pattern + _END), part_only)


# Tried in this order: the fuller first.
FORMATS: tuple[Format, ...] = (
    _format("full", "day", "number part day", "{time}{ngày}{day}{sep}{month}{same}{year}{stamp}"),
    _format("iso", "day", "number day", r"(?:ngày )?{year}(?P<sep>[-/.]){month}{same}{day}{stamp}"),
    _format("words", "day", "number part day", "{time}{ngày}{day} tháng {Month}{of-year}{stamp}"),
    _format("mixed", "day", "number part day", "{time}{ngày}{day}[/.-]{month}(?:[/.-]|,? năm ){year}"),
    _format("short_year", "day", "number part day", "{ngày}{day}{sep}{month}{same}{yy}"),
    _format("day_month_words", "day", "number part day", "{time}{ngày}{day} tháng {Month}(?! ngày)"),
    _format("day_month", "day", "number part day", "{time}{ngày}{day}{sep}{month}(?:,? {rel})?{not-marked}"),
    _format("months", "months", "number months", "{count} tháng {edge}[ /]{some-year}"),
    _format("months", "months", "number months", "{count} tháng(?: năm |/){year}"),
    _format("months", "months", "number months", "{count} tháng {rel}"),
    _format("half", "months", "months", "nửa {edge} {some-year}"),
    _format("month", "month", "month", "tháng {Month}{of-year}"),
    _format("month", "month", "month", r"tháng {Month}(?! ngày(?! \d)){not-counted}{not-money}"),
    _format("month_number", "month", "number", "{month} ?[/-] ?{year}{not-marked}"),
    _format("quarter", "quarter", "quarter", "qu[ýí] {quarter}{of-year}"),
    _format("quarter", "quarter", "quarter", "qu[ýí] {quarter}{not-counted}"),
    _format("year", "year", "year", "{năm}{year}"),
    _format("bare_year", "year", "number", r"{year}(?!,\d){not-marked}"),
    _format("day_only", "day", "number day part", "{ngày}{day}", part_only=True),
    _format("month_only", "month", "", "{month}(?:,? năm {year})?", part_only=True),
    _format("quarter_only", "quarter", "", "{quarter}{of-year}?", part_only=True),
)


class Point(NamedTuple):
    """One date as written: where, by which format, and what it says."""

    start: int
    end: int
    format: Format
    value: Value
    keyword: bool
    """Whether a word ("ngày", "tháng", "sáng") says that it is a date."""

    @property
    def kind(self) -> str:
        """What the point can be joined with."""
        return self.format.kind

    @property
    def complete(self) -> bool:
        """A day with its year needs no word beside it."""
        return isinstance(self.value, Moment) and self.value.year is not None and self.value.day is not None


def read(text: str, lower: str, form: Format, pos: int) -> Point | None:
    """The date that stands at `pos` in this format, or None; impossible dates ("31/2") are none."""
    match = form.pattern.match(lower, pos)
    if match is None:
        return None
    value = _value(match, text)
    if value is None or not value.possible:
        return None
    keyword = not form.part_only or form.kind == "day"
    keyword = keyword and (not lower[pos].isdigit() or bool(_KEYWORD.search(match[0])))
    if not keyword and form.rule in ("dates.mixed", "dates.short_year") and _UNSLASHED.search(match[0]):
        return None
    if not keyword and form.rule == "dates.day_only" and _DECIMAL.match(lower, match.end()):
        return None
    return Point(pos, match.end(), form, value, keyword)


def relative(phrase: str) -> Moment:
    """The moment that a phrase of `date_relative.tsv` stands for, still to be resolved."""
    shift, part = _RELATIVE[phrase]
    return Moment(shift=shift, part=part)


def _value(match: re.Match[str], text: str) -> Value | None:
    said = {name: value for name, value in match.groupdict().items() if value is not None}
    if said.get("month") == "năm" and text[match.start("month") : match.end("month")] != "Năm":
        return None  # "tháng năm": months and years, unless May is printed with its capital
    year = int(said["year"]) if "year" in said else None
    if year is not None and year < 100:
        year += 2000
    shift = _RELATIVE[said["rel"]][0] if "rel" in said else None
    if "count" in said or "edge" in said:
        count = _number("count", said.get("count", "6"))
        return _months(count, said.get("edge", "đầu"), Moment(year=year, shift=shift))
    if "quarter" in said:
        return Moment(year=year, quarter=_number("quarter", said["quarter"]), shift=shift)
    return Moment(
        year=year,
        month=_number("month", said["month"]) if "month" in said else None,
        day=int(said["day"]) if "day" in said else None,
        part=_PARTS.get(said.get("part", "")),
        time=_clock(said),
        shift=shift,
    )


def _number(use: str, word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[use][word]


def _months(count: int, edge: str, year: Moment) -> Value:
    """The first or last `count` months of a year."""
    if count == 6:
        return Moment(year=year.year, shift=year.shift, half=1 if edge == "đầu" else 2)
    first, last = (1, count) if edge == "đầu" else (13 - count, 12)
    ends = [Moment(year=year.year, shift=year.shift, month=month) for month in (first, last)]
    return Interval(*ends) if count > 1 else ends[0]


def _clock(said: dict[str, str]) -> str | None:
    printed = said.get("stamp") or said.get("clock")
    if printed is None:
        return None
    hour, *rest = (int(number) for number in re.findall(r"\d+", printed))
    afternoon = said.get("meridiem") in ("ch", "pm") or _PARTS.get(said.get("part", "")) in ("AF", "EV")
    if afternoon and hour < 12:
        hour += 12
    elif said.get("meridiem") in ("sa", "am") and hour == 12:
        hour = 0
    return ":".join(f"{number:02d}" for number in (hour, *(rest or [0])))
