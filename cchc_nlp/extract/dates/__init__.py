"""Calendar expressions: found, read into typed values, resolved, rendered as TIMEX3 (GUIDELINES 3 and 10).

For the newcomer. The rooms, in the order in which a date passes through them:

1. `formats`: a table of the ways to write one date, composed of atoms; start here to add one;
2. `chains`: lists and ranges of dates that share a month or a year;
3. `evidence`: whether bare numbers ("5/9", "2012") are a date at all, by the words around them;
4. `resolve`: which year "30/8" or "năm ngoái" means;
5. `values`: the typed values and their TIMEX3 form.

`find` below tries the formats only where a word of `date_anchor.tsv` or a number that could begin a date
stands, once from left to right, so that the time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cchc_nlp.analysis import Analysis, Date, Span
from cchc_nlp.extract.dates import chains, formats
from cchc_nlp.extract.dates.chains import Member
from cchc_nlp.extract.dates.evidence import Evidence
from cchc_nlp.extract.dates.formats import FORMATS, Format, Point
from cchc_nlp.extract.dates.resolve import Resolver
from cchc_nlp.extract.dates.values import Moment

# A number that some format could begin with, not inside a word or a longer number.
_NUMBER = re.compile(
    r"\d(?<![\w%]\d)(?<![\d/][.,:/-]\d)(?<!\w[/-]\d)"
    r"(?=\d?(?: ?[/.-] ?\d| ?[h:g]| tháng |, ?\d| và \d| đến \d)|(?:(?<=1)9|(?<=2)0)\d\d(?!\d))"
)
_BY_START: dict[str, tuple[Format, ...]] = {
    start: tuple(form for form in FORMATS if start in form.starts)
    for start in ("number", "part", "day", "month", "months", "quarter", "year")
}
# "sáng nay (30/8)", "hôm qua, 26/8": one date said twice.
_APPOSED = re.compile(r",? ?\(?(?:ngày )?$")
_RELATIVE_OF_OTHER = re.compile(r" (?:khi|đây|ngày|hạn|tuổi|thời|tháng(?! \d))\b")
_EVERY_YEAR = re.compile(r" (?:hằng|hàng|mỗi) năm\b")
_LONGEST_APPOSITION = 8
_SENTENCE_END = re.compile(r"[.!?;] |\n")
_FORWARD_REACH = 45
_SOURCE_REACH = 60
_TWO_LINES = re.compile(r"\s*[^\n]+(?:\n\s*[^\n]+)?")
_DOCUMENT_NUMBER = re.compile(r"\d/[A-ZĐ][\w-]{0,20}[^\n]{0,40}$")
_CONFIDENCE = {
    "dates.full": 0.99,
    "dates.words": 0.99,
    "dates.iso": 0.95,
    "dates.day_month": 0.95,
    "dates.bare_year": 0.75,
    "dates.relative": 0.8,
    "dates.mixed": 0.8,
    "dates.short_year": 0.8,
}


def find(analysis: Analysis) -> list[Date]:
    """All dates of the article's body and the page's own date, in text order."""
    evidence = Evidence(analysis)
    found = _apposed(analysis, list(_written(analysis, evidence)), list(_relative(analysis, evidence)))
    found = _kept(analysis, found)
    resolver = Resolver(analysis.text, found, analysis.published_date, _Forward(analysis))
    dates: list[Date] = []
    for member in found:
        every_year = _EVERY_YEAR.match(analysis.lower, member.end)
        value = member.value if every_year else resolver.resolve(member)
        if value is not None:
            confidence = _CONFIDENCE.get(member.rule, 0.9) * (0.8 if "XXXX" in value.norm else 1.0)
            dates.append(Date(member.start, member.end, member.rule, round(confidence, 3), value.norm))
    return _with_published(analysis, dates)


def _written(analysis: Analysis, evidence: Evidence) -> Iterator[Member]:
    """Dates printed in figures or names, each place looked at once."""
    text, lower = analysis.text, analysis.lower
    done = 0
    for pos, group in _anchors(analysis):
        if pos < done:
            continue
        point = _point(text, lower, group, pos)
        if point is None:
            continue
        chain = chains.parse(text, lower, point, evidence.plausible)
        if chain is None or not evidence.accepts(chain):
            continue
        yield from chains.members(chain, lower)
        done = chain.end


def _anchors(analysis: Analysis) -> list[tuple[int, str]]:
    places = [(match.start(), "number") for match in _NUMBER.finditer(analysis.lower)]
    for hit in analysis.hits["date_anchor"]:
        places.append((hit.start, hit.row["group"]))
        if hit.row["phrase"].endswith(" tháng"):  # "thứ ba tháng 6": the month begins inside
            places.append((hit.end - len("tháng"), "month"))
    return sorted(places)


def _point(text: str, lower: str, group: str, pos: int) -> Point | None:
    for form in _BY_START[group]:
        point = formats.read(text, lower, form, pos)
        if point is not None:
            return point
    return None


def _relative(analysis: Analysis, evidence: Evidence) -> Iterator[Member]:
    """ "Hôm qua", "năm ngoái"."""
    for hit in analysis.hits["date_relative"]:
        if evidence.said_of_several(hit.start) or _RELATIVE_OF_OTHER.match(analysis.lower, hit.end):
            continue
        value = formats.relative(hit.row["phrase"])
        yield Member(hit.start, hit.end, "dates.relative", hit.row["unit"], value)


def _apposed(analysis: Analysis, written: list[Member], relative: list[Member]) -> list[Member]:
    """Both kinds in text order; a relative date inside or just before a printed one is part of it."""
    starts = [member.start for member in written]
    alone: list[Member] = []
    for member in relative:
        index = bisect_left(starts, member.start)
        if index and written[index - 1].end >= member.end:
            continue
        if index < len(written) and (joined := _join(analysis, member, written[index])):
            written[index] = joined
            continue
        alone.append(member)
    return sorted(alone + written, key=lambda member: member.start)


def _join(analysis: Analysis, said: Member, printed: Member) -> Member | None:
    """The one date that "sáng nay (30/8)" is."""
    value, between = printed.value, analysis.text[said.end : printed.start]
    if said.kind != "day" or not isinstance(value, Moment) or value.day is None:
        return None
    if len(between) > _LONGEST_APPOSITION or not _APPOSED.fullmatch(between):
        return None
    end = printed.end
    if "(" in between:
        if analysis.text[end : end + 1] != ")":
            return None
        end += 1
    part = said.value.part if isinstance(said.value, Moment) else None
    return printed._replace(start=said.start, end=end, value=replace(value, part=value.part or part))


def _kept(analysis: Analysis, members: Sequence[Member]) -> list[Member]:
    """Those of the article proper, and of a document printed as its source right after it."""
    body = sorted(analysis.page.body, key=lambda span: span.start)
    starts = [span.start for span in body]
    source = _source_lines(analysis.text, max((span.end for span in body), default=0))
    kept: list[Member] = []
    for member in members:
        index = bisect_right(starts, member.start) - 1
        inside = index >= 0 and member.end <= body[index].end
        if inside or (source.start <= member.start < source.end and _is_cited(analysis.text, source, member)):
            kept.append(member)
    return kept


def _source_lines(text: str, start: int) -> Span:
    """The first two lines with text after the article."""
    lines = _TWO_LINES.match(text, start)
    return Span(start, lines.end() if lines else start)


def _is_cited(text: str, source: Span, member: Member) -> bool:
    return bool(_DOCUMENT_NUMBER.search(text, max(source.start, member.start - _SOURCE_REACH), member.start))


class _Forward:
    """Words such as "chậm nhất" that say of the date after them that it lies ahead."""

    def __init__(self, analysis: Analysis) -> None:
        self._text = analysis.text
        hits = analysis.hits["date_forward"]
        self._adjacent = {hit.end for hit in hits if hit.row["reach"] == "adjacent"}
        self._near = [hit.end for hit in hits if hit.row["reach"] == "near"]

    def __call__(self, start: int) -> bool:
        if start - 1 in self._adjacent:
            return True
        index = bisect_right(self._near, start) - 1
        if index < 0 or start - self._near[index] > _FORWARD_REACH:
            return False
        return not _SENTENCE_END.search(self._text, self._near[index], start)


def _with_published(analysis: Analysis, dates: list[Date]) -> list[Date]:
    """The page's own date, as the page stage read it, in place of what overlaps it."""
    span, value = analysis.page.published_span, analysis.page.published
    if span is None or value is None:
        return dates
    dates = [date for date in dates if date.end <= span.start or span.end <= date.start]
    dates.append(Date(span.start, span.end, "dates.published", 0.97, value))
    return sorted(dates, key=lambda date: date.start)
