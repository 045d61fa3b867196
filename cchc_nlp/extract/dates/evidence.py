"""Whether a number that could be a date is one, by the words around it.

"hôm 5/9" and "(20/5)" are dates, "5/9 xã", "mức độ 3/4" and "đường 30/4" are not; "PAR INDEX 2012" names a
year, "2012 hồ sơ" does not. The words are in `date_cue.tsv` (before), `date_block.tsv` (before, against) and
`date_after.tsv` (after).
"""

from __future__ import annotations

import re
from functools import cached_property

from cchc_nlp.analysis import Analysis
from cchc_nlp.extract.dates.chains import Chain
from cchc_nlp.extract.dates.formats import Point
from cchc_nlp.extract.dates.values import Moment

_CLOSING = frozenset('\n.,;:)]!?"”’/-…')
_STYLE = {
    sep: re.compile(rf"\b(?:ngày|sáng|chiều|tối|hôm) \d\d?[{sep}]\d\d?\b|\btháng \d\d?[{sep}](?:19|20)\d\d\b")
    for sep in ".-"
}
_NUMBERED = frozenset(("lớp", "khối", "quý", "hạng", "loại", "bậc", "số", "thứ", "đợt", "kỳ"))
_LAW = re.compile(r"\b(?:luật|pháp lệnh|hiến pháp) [^\d\n.;:()]{0,60}$")


class Evidence:
    """The words around each place of one article that speak for or against a date."""

    def __init__(self, analysis: Analysis) -> None:
        self._text, self._lower = analysis.text, analysis.lower
        self._styles: dict[str, bool] = {}
        self._cues = {hit.end: hit.row for hit in analysis.hits["date_cue"]}
        for hit in analysis.hits["date_relative"]:  # "tối qua (2/11)"
            if hit.row["unit"] == "day":
                self._cues[hit.end] = {"day": "strong"}
        self._blocks = {hit.end: hit.row["what"] for hit in analysis.hits["date_block"]}
        self._hits = analysis.hits
        self._starts = {sentence.start for sentence in analysis.sentences}

    @cached_property
    def _after(self) -> dict[int, str]:
        return {hit.start: hit.row["kind"] for hit in self._hits["date_after"]}

    def accepts(self, chain: Chain) -> bool:
        """Whether the chain stands for dates at all."""
        if self._blocked(chain) or self._lower.startswith(" âm lịch", chain.end):
            return False
        first = chain.points[0]
        if any(point.keyword or point.complete for point in chain.points):
            return True
        if first.kind == "year":
            return self._year(chain)
        return self._day(chain)

    def plausible(self, point: Point) -> bool:
        """Whether a further member of a list or range may be read as a date."""
        if point.keyword or point.complete:
            return True
        if point.format.rule == "dates.bare_year":
            return not self._counts(point.end)
        return not (_is_ratio(point) and self._counts(point.end))

    def said_of_several(self, start: int) -> bool:
        """ "5 năm trước", "những năm trước": no date but a distance or a period left open."""
        if self._number_before(start):  # but not in "lớp 1 năm nay"
            words = self._lower[max(0, start - 16) : start].split()
            return len(words) < 2 or words[-2] not in _NUMBERED
        return self._block_before(start) in ("several", "each")

    def _number_before(self, start: int) -> bool:
        return start > 1 and self._text[start - 1] == " " and self._text[start - 2].isdigit()

    def _blocked(self, chain: Chain) -> bool:
        """A name ("đường 3 tháng 2"), a rhythm ("mỗi tháng 2 ..."), a length, a decade ("những năm 1990")."""
        point = chain.points[0]
        what = self._block_before(point.start)
        if what == "each":  # but "ngân hàng tháng 6/2023"
            return self._counts(chain.end) if point.kind == "year" else _year(point) is None
        if what == "name":
            return self._text[point.start].isdigit() and not any(p.complete for p in chain.points)
        if what == "revolution":
            return point.kind == "month"
        if point.format.rule == "dates.day_month_words" and self._text[point.start].isdigit():
            return self._counts(chain.end)  # "3 tháng 10 hồ sơ"
        if point.format.rule == "dates.month":
            # "3 tháng 10": a day before it would have taken the month with it
            return _year(point) is None and self._number_before(point.start)
        alone = point.format.rule == "dates.year" and len(chain.points) == 1
        return alone and self._lower[point.end - 1] == "0" and self._lower.endswith("những ", 0, point.start)

    def _day(self, chain: Chain) -> bool:
        """A bare "3/9", "9/2023" or a chain of them."""
        first = chain.points[0]
        cue = self._cue(first.start, "day")
        if cue == "strong":
            return True
        ratio = all(_is_ratio(point) for point in chain.points)
        firm = "/" in self._lower[first.start : first.end] or first.format.rule == "dates.month_number"
        if self._counts(chain.end) and (ratio or not firm):
            return False
        if first.format.part_only:
            return cue == "weak" or self._in_brackets(chain) or chain.origin is not None
        ranged = chain.origin is not None and "to" in chain.links
        if not firm and not ranged and not (cue and self._in_style(first)):
            return False
        if cue == "weak":
            return True
        if self._in_brackets(chain):
            return not ratio or self._cue(first.start - 1, "day") is not None
        opens = first.start == 0 or first.start in self._starts or self._text[first.start - 1] == "\n"
        return opens and not ratio and self._text.startswith((",", ":"), chain.end)

    def _in_style(self, point: Point) -> bool:
        """Whether the article writes its other dates with the same sign: "2.9" beside "ngày 16.4"."""
        sign = next(char for char in self._lower[point.start : point.end] if not char.isdigit())
        if sign not in self._styles:
            style = _STYLE.get(sign)
            self._styles[sign] = style is not None and style.search(self._lower) is not None
        return self._styles[sign]

    def _year(self, chain: Chain) -> bool:
        """A bare "2012" or "2016 - 2020"."""
        start, end = chain.points[0].start, chain.end
        if self._counts(end):
            return False
        if "dash" in chain.links or "to" in chain.links:
            stated = self._lower.endswith(" là ", 0, start)  # "thời kỳ thanh tra là 2015 - 2019"
            return stated or self._block_before(start) != "number" or self._cue(start, "year") is not None
        if self._cue(start, "year") or self._in_brackets(chain):
            return True
        if self._block_before(start) is not None or not start or self._text[start - 1] != " ":
            return False
        if not (self._text[start - 2].isalpha() or self._text[start - 2] in ')”"'):
            return False
        if end >= len(self._text) or self._text[end] in _CLOSING or self._after.get(end + 1) == "function":
            return True
        word = self._text.rfind(" ", max(0, start - 30), start - 1) + 1
        return self._text[word].isupper() or bool(_LAW.search(self._lower, max(0, start - 75), start))

    def _in_brackets(self, chain: Chain) -> bool:
        start, end = chain.points[0].start, chain.end
        return start > 0 and self._text[start - 1] == "(" and self._text[end : end + 1] in (")", ",", ";")

    def _cue(self, start: int, use: str) -> str | None:
        """How strongly the words right before (a comma apart) speak for a date."""
        for end in (start - 1, start - 2):
            if end > 0 and end in self._cues and self._text[end:start].strip(" ,(:") == "":
                return self._cues[end].get(use) or None
        return None

    def _block_before(self, start: int) -> str | None:
        if start > 0 and self._text[start - 1] == " ":
            return self._blocks.get(start - 1)
        return None

    def _counts(self, end: int) -> bool:
        return self._text[end : end + 1] == " " and self._after.get(end + 1) == "counted"


def _is_ratio(point: Point) -> bool:
    """Whether "5/9" could as well be five out of nine."""
    value = point.value
    if not isinstance(value, Moment) or value.year is not None:
        return False
    return value.day is not None and value.month is not None and value.day <= value.month


def _year(point: Point) -> int | None:
    return point.value.year if isinstance(point.value, Moment) else None
