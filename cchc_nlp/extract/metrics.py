"""Measured quantities: a number with what it counts, how it compares, and what it says.

For the newcomer, the layers from the top: `find` walks the numbers of the body (`cchc_nlp.text.numbers`)
with a `_Reader`. At each number it tries, in this order, a place in a ranking (`_Reader.rank`) and a quantity
(`_Reader.quantity`): the number grows into a ratio ("15/15") or a range ("3 đến 5"), its unit is read from
the hits of `lexicon/metric_units.tsv`, and the reasons why it might count nothing are checked
(`_names_something`: ordinals; `_tells_time`: hours and parts of dates; `_year_word`: "năm" is "year" and
"five"). `_indicator`, last, reads what is measured.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, cast

from cchc_nlp import lexicon
from cchc_nlp.analysis import Analysis, Comparator, Metric, Span
from cchc_nlp.text.numbers import Number, find_numbers, read_figure
from cchc_nlp.text.scan import Hit

_EXACT_KINDS = frozenset({"percent", "money", "measure", "score"})
_CONTINUOUS_KINDS = _EXACT_KINDS | {"time", "clock"}
_PLACED_GROUPS = frozenset({"commune", "district", "province", "village", "body", "school"})
_LARGEST_ORDINAL = 1000
_RARE_ORDINAL_HIGHEST = 5  # "hạng 2" alone grades a hospital, "hạng 12" is a place in a ranking


class _Unit(NamedTuple):
    """What a number counts; `known` tells a unit of the lexicon from a noun guessed at."""

    end: int
    name: str
    kind: str
    group: frozenset[str]
    known: bool = True


def find(analysis: Analysis) -> list[Metric]:
    """The metrics of the body, in text order; dates and documents are left alone."""
    reader = _Reader(analysis)
    words = analysis.hits["number_words"]
    metrics: list[Metric] = []
    for span in analysis.page.body:
        numbers = list(find_numbers(analysis.lower, words, span.start, span.end))
        done = span.start
        for index, number in enumerate(numbers):
            if number.start < done or not reader.stands_free(number):
                continue
            metric = (
                reader.rank(numbers, index)
                or reader.quantity(numbers, index, metrics, span.end)
                or reader.part(numbers, index, metrics)
            )
            if metric is not None:
                metrics.append(metric)
                done = reader.last_end = metric.end
    return metrics


_SENTENCE_OPENERS = ".!?:;\n\"“”'‘(-•+*…"
_RANGE = re.compile(r" ?- ?| đến (?:dưới |gần )?| tới | hoặc ")
_RATIO = re.compile(
    r" ?/ ?(?:tổng số )?| trên tổng số | trên (?:thang )?| trong (?:tổng )?số | trong tổng | trong (?:cả )?"
)
_PER = re.compile(r" ?/ ?(?=[a-zà-ỹđ])")
_MOST_RATES = 3  # "đồng/người/tháng"
_PART_BEFORE = re.compile(
    r"(?:^|\s)(?:giải quyết|xử lý|trả|trả lời|hoàn thành|bố trí|tiếp thu|khắc phục|có mặt|còn|chỉ"
    r"|mới|có|được|ghi|lời|phạt|thêm|xong|đạt|đủ|dôi|thiếu|hụt|vắng)(?: lại| xong| được)? $"
)
_PART_AFTER = re.compile(r"[.,;)”\"](?!\d)|$|\n| và (?!\d)")
# "từ 48 xuống còn 31 tổ"
_CHANGE = re.compile(r" (?:giảm |tăng )?(?:xuống(?: còn)?|lên(?: đến| tới)?|còn) (?=\d)")
_CHANGE_BEFORE = ("từ ", "từ mức ", "từ chỗ ")
_CHANGING_KINDS = frozenset({"count", "percent", "score", "time", "clock"})
# ", Chi nhánh Đông 90", "; Sở Tài chính: 88,2"
_NEXT_OF_LIST = re.compile(r"(?:[,;]| và) (?:[a-zà-ỹđ ]{1,20} )?[A-ZĐÀ-ÖØ-ÝƠƯẠ-Ỹ][^,.;()\d]{1,40}:? ")
_LISTED_UNITS = frozenset({"điểm", "%"})
_AMOUNTS = re.compile(r"(?:là|thêm|lên|lên đến|lên tới|đạt|còn|xuống|xuống còn) $")
_NUMBER_OF = re.compile(r"(?<!\w)(?:tổng số|số lượng|số) ")
_BOUNDED = re.compile(r"/ ?(?:tổng số )?")
_GLOSS = re.compile(r" ?\([a-zà-ỹđ ]{2,30}\)")
_LETTERS = re.compile(r"[a-zđ]{1,4}[23²³]?(?!\w)")
_COORDINATION = re.compile(r", ?| ?/ ?| và | hoặc | - ")
_NAME_FOLLOWS = re.compile(r" [A-ZĐÀ-ÖØ-ÝƠƯẠ-Ỹ0-9]")
_RANK_BEFORE = re.compile(
    r"(?:(?P<sure>(?:xếp|đứng|giữ|ở|lên|xuống|từ|vị trí|vị thứ|hạng|đạt|về) (?:hạng |vị trí |vị thứ )?(?=thứ)"
    r"|(?:xếp|đứng|thứ|giữ|ở|lên|xuống|từ|đạt) (?=hạng|vị trí|vị thứ)|\b(?=thứ hạng|vị thứ)"
    r"|(?:xếp|đứng) (?=số))|(?<!lần )(?<!ngày )(?<!hạng )(?<!phiên )(?<!kỳ )(?=thứ|hạng|vị trí)|(?=xếp|đứng))"
    r"(?P<core>(?:thứ hạng|vị trí|vị thứ|hạng|thứ|số|xếp|đứng)(?: thứ| số)?) $"
)
_RANK_WORDS = ("thứ ", "hạng ", "trí ", "số ", "xếp ", "đứng ")
_MAYBE_WEEKDAY = re.compile(r"(?:từ|ở|về|đến|lên|xuống) thứ $")
_RANK_MOVES = re.compile(r" (?:\w+ ){0,3}(?:lên|xuống)\b| (?:cả nước|toàn quốc|toàn tỉnh)|[.,;)]")
_RANK_OF = re.compile(r" ?/ ?(?:tổng số )?(\d{1,4})(?![\d/]| ?%)")
_LONGEST_WAIT = 4  # hours: "14 giờ, phòng vẫn khóa" is an hour of the day
_HOUR_BEFORE = ("lúc ", "đúng ", "vào ", "hồi ", "từ ", "đến ", "trước ", "sau ", "tới ")
_WITHIN_HOUR_BEFORE = ("giờ ", "phút ")
_HOUR_AFTER = re.compile(r" ?(?:\d|sáng|trưa|chiều|tối|đêm|kém|rưỡi|ngày|,? ?ngày \d)")
_DATE_AFTER = re.compile(r" (?:đầu|cuối)(?: (?:của )?(?:năm|quý|tháng|tuần|nhiệm))| năm (?:nay|ngoái|\d)")
_DAY_AFTER = re.compile(r" \d")
_SPAN_BEFORE = re.compile(r"(?:trong|suốt|qua|sau|ra) $")
_HALF_MORE = re.compile(r" rưỡi(?!\w)")
_VAGUE_BEFORE = ("đôi ", "vài ", "dăm ", "mấy ", "đôi, ")
# what makes a following "năm" the year ("mỗi năm", "trong năm"), and what five things cannot be
_YEAR_BEFORE = re.compile(
    r"(?:hàng|hằng|mỗi|từng|một|nhiều|mấy|vài|các|những|đầu|cuối|giữa|trong|qua|nửa|suốt|theo|sang|thường|quanh"
    r"|lâu|bao|của|sau|trước|cùng|vào|đến|tới|hết|tháng|quý|hạch|ngân sách|kế hoạch|dự toán|nhiệm vụ|chỉ tiêu|bước"
    r"|thứ|\d|hai|ba|bốn|sáu|bảy|tám|chín|mười|chục|mươi|trăm|rưỡi) $"
)
_ALL_FIVE = re.compile(r"\bcả $")
_YEAR_AFTER = re.compile(r" (?:học(?! ?sinh)|nay|ngoái|sau|trước|qua|tới|\d)")
_LISTED = (", ", ",", " và ", " - ", "-")
_LONGEST_LISTED = 4
_ONE_WORD = re.compile(r" ([a-zà-ỹđ]{1,7})(?![\w%])")
_TWO_WORDS = re.compile(r" ([a-zà-ỹđ]{2,7}) ([a-zà-ỹđ]{2,7})(?![\w%])")
_NAME_BEFORE = re.compile(r"(?<![.!?:;“\"(\n])(?<!^) [A-ZĐÀ-ÖØ-ÝƠƯẠ-Ỹ]\S* $")
_TARGET = re.compile(r" (?:so với|kế hoạch|dự toán|chỉ tiêu|mục tiêu|nghị quyết|định mức)")
_LONGEST_LINK = 16
_NEAR = 80
_COUNTING_RULES = frozenset({"metrics.figure", "metrics.ratio", "metrics.words"})
_NOT_PARTED = frozenset({"%", "đồng", "hạng", "điểm", "tuổi", "ngày", "tháng", "năm", "giờ", "phút"})


_PERSON: lexicon.Row = {"kind": "count", "group": "person", "unit": ""}


class _Taken:
    """Stretches that belong to other mentions; they may nest."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.starts = sorted(span.start for span in spans)
        self.ends = sorted(span.end for span in spans)

    def free(self, start: int, end: int) -> bool:
        """Whether none overlaps the stretch: as many end before it as begin before its end."""
        return bisect_left(self.starts, end) == bisect_right(self.ends, start)

    def last_end(self, pos: int) -> int:
        """Where the last of them before `pos` ends, 0 if there is none."""
        index = bisect_right(self.ends, pos)
        return self.ends[index - 1] if index else 0


class _Reader:
    """The text of one article with the lookups that reading a quantity needs."""

    def __init__(self, analysis: Analysis) -> None:
        self.text, self.lower = analysis.text, analysis.lower
        hits = analysis.hits
        # offices count persons: "242 phó chủ tịch", "5 kế toán trưởng"
        offices = (hit for hit in hits["official_titles"] if self.text[hit.start : hit.end].islower())
        self.units = {hit.start: Hit(hit.start, hit.end, _PERSON) for hit in offices if not hit.row["print"]}
        self.units |= {hit.start: hit for hit in hits["metric_units"]}
        self.verdicts = {hit.end: hit.row["verdict"] for hit in hits["metric_ordinals"]}
        comparators = hits["metric_comparators"]
        self.comparator_before = {hit.end: hit for hit in comparators if hit.row["side"] == "before"}
        self.comparator_after = {hit.start: hit for hit in comparators if hit.row["side"] == "after"}
        self.untouched = _Taken([*analysis.dates, *analysis.documents])
        self.names = _Taken([*analysis.places, *analysis.agencies])
        self.ordinal_end = -_LARGEST_ORDINAL  # far from any number
        self.last_unit: dict[str, str] = {}  # by the classifier it opens with
        self.last_end = 0
        self.listing = False  # whether the last number without a noun went on with a list

    # --- may the number be one that counts?

    def stands_free(self, number: Number) -> bool:
        """Whether the number is no part of a longer token, of a date, a document, a name."""
        if not (self.untouched.free(number.start, number.end) and self.names.free(number.start, number.end)):
            return False
        before = self.lower[number.start - 1] if number.start else "\n"
        if number.words:
            return self.text[number.start].islower() or self._opens_sentence(number.start)
        if before.isalnum() or before in "/.+_@#$":
            return False
        return before != "-" or number.start < 2 or self.lower[number.start - 2] in "\n "

    def _opens_sentence(self, pos: int) -> bool:
        before = pos - 1
        while before >= 0 and self.text[before] == " ":
            before -= 1
        return before < 0 or self.text[before] in _SENTENCE_OPENERS

    def _names_something(self, number: Number, unit: _Unit) -> bool:
        """Whether the number orders or names what stands before it ("tổ 4", "mức độ 3, 4")."""
        verdict = self._verdict_before(number)
        if (verdict == "group" and unit.known) or (verdict == "holder" and "person" in unit.group):
            return False
        if not self._ordinal(number) or number.value >= _LARGEST_ORDINAL or number.value % 1 or number.scale > 1:
            return False
        return unit.kind not in _EXACT_KINDS

    def note_ordinal(self, number: Number) -> None:
        """Remembers a number that names something, for the numbers listed after it."""
        if self._ordinal(number):
            self.ordinal_end = number.end

    def _ordinal(self, number: Number) -> bool:
        near = 0 <= number.start - self.ordinal_end <= _LONGEST_LISTED
        if near and self.lower[self.ordinal_end : number.start] in _LISTED:
            return True
        verdict = self._verdict_before(number)
        return verdict in ("ordinal", "holder", "group") or (verdict == "unit" and not number.words)

    def _verdict_before(self, number: Number) -> str | None:
        lead = number.start - 1
        return self.verdicts.get(lead) if self.lower[lead : lead + 1] == " " else None

    def _tells_time(self, number: Number, unit: _Unit) -> bool:
        """Whether number and unit are an hour or a part of a date rather than a duration."""
        before = self.lower[max(0, number.start - 7) : number.start]
        if unit.kind == "clock":
            if before.endswith(_WITHIN_HOUR_BEFORE):
                return True
            working = self.lower.startswith(" làm việc", unit.end)
            opens = self.lower[unit.end : unit.end + 1] == "," and self._opens_sentence(number.start)
            told = before.endswith(_HOUR_BEFORE) or (opens and number.value > _LONGEST_WAIT)
            hour = unit.name == "giờ" and not working and told
            return hour or bool(_HOUR_AFTER.match(self.lower, unit.end))
        if unit.kind != "time":
            return False
        if self._opens_sentence(number.start) and self.lower.startswith(" trước", unit.end):
            return True  # "Hai năm trước, chuyện đã khác"
        after = _DATE_AFTER.match(self.lower, unit.end)
        # "hai ngày 3 và 4/8" are two days, "2 ngày 3 và 4/8" too; "tháng 5 năm 2015" is none
        if number.words or (unit.name == "ngày" and _SPAN_BEFORE.search(before)):
            return bool(after)
        return bool(after) or bool(_DAY_AFTER.match(self.lower, unit.end))

    def _year_word(self, number: Number, unit: _Unit) -> bool:
        """Whether a lone "năm" is the word for year, as it mostly is."""
        if not number.words or self.lower[number.start : number.end] != "năm":
            return False
        if _YEAR_AFTER.match(self.lower, number.end) or unit.kind == "figures" or unit.name == "tuổi":
            return True
        if unit.name == "năm" or (unit.known and self.lower.endswith("cùng ", 0, number.start)):
            return False  # "trong năm năm", "phường Trấn Biên cùng năm phường khác"
        if self._opens_sentence(number.start):
            return not self.text[number.start].isupper()
        before = self.lower[max(0, number.start - 12) : number.start]
        # "cả năm trường" are five schools, "cả năm huyện đạt" is the year
        return bool(_YEAR_BEFORE.search(before)) or (bool(_ALL_FIVE.search(before)) and unit.kind == "time")

    # --- units

    def unit(self, number: Number) -> _Unit | None:
        """The unit that follows a number, coordinated ones taken together."""
        pos = number.end
        if gloss := _GLOSS.match(self.lower, pos):
            pos = gloss.end()
        hit = self.units.get(pos + 1) if self.lower[pos : pos + 1] == " " else self._attached(pos)
        if hit is None:
            return self._money_unsaid(number) or self._unknown_noun(number, pos)
        row = hit.row
        kind = row["kind"]
        if kind == "none" or (number.words and kind == "figures"):
            return None
        group = frozenset(row["group"].split())
        name = row["unit"] or self.lower[hit.start : hit.end]
        end = hit.end
        if kind == "classifier":
            counted = self.units.get(hit.end + 1)
            if counted and group.intersection(counted.row["group"].split()):
                end = counted.end
            else:
                name, group = self.last_unit.get(name, name), frozenset()
        end = self._coordinated(end, group)
        if end > hit.end:
            name = self.lower[hit.start : end]
        elif kind != "percent" and self.text[end : end + 2].strip().startswith("/"):
            end, name = self._per(end, name)
        return _Unit(end, name, kind, group)

    def _per(self, end: int, name: str) -> tuple[int, str]:
        """Reads on in "đồng/người/tháng", "lần/tuần"."""
        for _ in range(_MOST_RATES):
            per = _PER.match(self.lower, end)
            hit = self.units.get(per.end()) if per else None
            if hit is None or hit.row["kind"] == "none":
                break
            end = hit.end
            name += "/" + (hit.row["unit"] or self.lower[hit.start : hit.end])
        return end, name

    def _attached(self, pos: int) -> Hit | None:
        if hit := self.units.get(pos):
            return hit
        letters = _LETTERS.match(self.lower, pos)
        if letters and letters.end() == pos + 1 and self.text[pos].isupper():
            return None  # "3G", "5M"
        row = _symbols().get(letters[0]) if letters else None
        return Hit(pos, pos + len(row["phrase"]), row) if row else None

    def _coordinated(self, end: int, group: frozenset[str]) -> int:
        """The end of "xã, phường và thị trấn" behind its first noun."""
        while group and (link := _COORDINATION.match(self.lower, end)):
            hit = self.units.get(link.end())
            shared = group.intersection(hit.row["group"].split()) if hit else frozenset()
            # a comma after persons mostly ends the clause: "có 29 người, chức danh kế toán còn trống"
            if hit is None or not shared or (shared == {"person"} and link[0].startswith(",")):
                break
            if _NAME_FOLLOWS.match(self.text, hit.end) or self.text[hit.start].isupper():
                break
            if self.lower.startswith((" nào", " này", " ấy", " đó"), hit.end):
                break  # "126 lô, lô nào cũng qua đấu giá"
            end = hit.end
        return end

    def _money_unsaid(self, number: Number) -> _Unit | None:
        """Millions and billions of nothing are đồng: "thu được 4,5 tỷ."."""
        following = _ONE_WORD.match(self.text, number.end)
        counts = following is not None and following[1] not in _not_units()
        if number.scale < 1_000_000 or (counts and number.scale < 1_000_000_000):
            return None
        return _Unit(number.end, "đồng", "money", frozenset(), known=False)

    def _unknown_noun(self, number: Number, pos: int) -> _Unit | None:
        """A noun unknown to the lexicon: two plain words, or one, none of them grammar, at the end of a phrase."""
        if (
            number.words
            or number.scale >= 1_000_000
            or _NAME_BEFORE.search(self.text, max(0, number.start - 24), number.start)
        ):
            return None
        for pattern, stops in ((_TWO_WORDS, _not_units()), (_ONE_WORD, _grammar())):
            found = pattern.match(self.text, pos)
            if found is None or not found[0].islower() or not _not_units().isdisjoint(found.groups()):
                continue
            following = _ONE_WORD.match(self.text, found.end())
            ends = following[1] in stops if following else not _NAME_FOLLOWS.match(self.text, found.end())
            if ends:
                return _Unit(found.end(), found[0].strip(), "count", frozenset(), known=False)
        return None

    # --- mentions

    def rank(self, numbers: list[Number], index: int) -> Metric | None:
        """A place in a ranking: "xếp thứ 5", "hạng 12", "thứ 3/63"."""
        number = numbers[index]
        window = self.lower[max(0, number.start - 24) : number.start]
        if not window.endswith(_RANK_WORDS) or number.value % 1 or not number.value:
            return None
        found = _RANK_BEFORE.search(window)
        if found is None:
            return None
        of = _RANK_OF.match(self.lower, number.end)
        core, sure = found["core"], found["sure"] is not None
        if of is not None:
            if core == "số" or float(of[1]) < number.value:
                return None
        elif (
            not sure
            and not (core == "hạng" and number.value > _RARE_ORDINAL_HIGHEST)
            and not self._labels(number, core)
        ):
            return None
        if of is None and (self._weekday(number, window) or self._measured_after(number)):
            return None
        start, end = number.start - len(core) - 1, of.end() if of else number.end
        if not self.untouched.free(start, end):
            return None
        confidence = 0.9 if sure or of else 0.8
        total = float(of[1]) if of else None
        indicator = self._indicator(start, end, subject_first=True)
        return Metric(start, end, "metrics.rank", confidence, number.value, "hạng", "=", indicator, total)

    def _labels(self, number: Number, core: str) -> bool:
        """Whether a place in a ranking heads an item of a list: "- Hạng 2: Sở Tài chính"."""
        line = self.lower.rfind("\n", 0, number.start) + 1
        lead = self.lower[max(line, number.start - 16) : number.start].lstrip(" -+*•")
        return lead == f"{core} " and self.lower.startswith(":", number.end)

    def _weekday(self, number: Number, window: str) -> bool:
        """Whether "từ thứ hai", "ở thứ 6" is a day of the week rather than a place."""
        if not _MAYBE_WEEKDAY.search(window) or not 2 <= number.value <= 7:
            return False
        return not _RANK_MOVES.match(self.lower, number.end)

    def _measured_after(self, number: Number) -> bool:
        """Whether what follows is counted or weighed: "bảng xếp hạng 1.000 doanh nghiệp", "hạng 56 kg"."""
        unit = self.unit(number)
        return unit is not None and unit.known and unit.kind in {"measure", "count", "percent", "money"}

    def quantity(self, numbers: list[Number], index: int, before: list[Metric], limit: int) -> Metric | None:
        """A number with its unit, as a plain figure, a ratio or a range."""
        first = numbers[index]
        last, shape, unit = self._shape(numbers, index)
        if unit is None or unit.end > limit or not self._counts(first, last, shape, unit):
            self.note_ordinal(first)
            return None
        value, low, of = self._values(first, last, shape, unit)
        if not self.untouched.free(first.start, unit.end):
            return None
        end = unit.end
        if shape == "figure":
            end, of = self._whole_after_unit(numbers, unit)
        if unit.kind in ("time", "clock") and (half := _HALF_MORE.match(self.lower, end)):
            value, end = value + 0.5, half.end()  # "hai năm rưỡi"
        comparator, lead = self._comparator(first.start, end)
        indicator = self._indicator(lead, end, subject_first=unit.kind in _CONTINUOUS_KINDS)
        if indicator is None and unit.kind == "percent" and before and first.start - before[-1].end < _NEAR:
            indicator = before[-1].indicator
        if " " in unit.name and unit.known:
            self.last_unit[unit.name.split(" ", 1)[0]] = unit.name
        rule, confidence = _provenance(first, shape, unit)
        return Metric(first.start, end, rule, confidence, value, unit.name, comparator, indicator, of, low)

    def part(self, numbers: list[Number], index: int, before: list[Metric]) -> Metric | None:
        """A number whose noun goes unsaid, since a neighbour says it, before or after."""
        number = numbers[index]
        if number.words or number.scale > 1 or self._ordinal(number):
            return None
        unit = self._unit_ahead(numbers, index)
        if unit is None and before:
            unit = self._unit_behind(number, before[-1])
        if unit is None and number.value % 1 == 0:
            unit = self._unit_of_subject(number)
        if unit is None or not self.untouched.free(number.start, number.end):
            return None
        comparator, lead = self._comparator(number.start, number.end)
        indicator = self._indicator(lead, number.end, subject_first=True)
        return Metric(number.start, number.end, "metrics.part", 0.6, number.value, unit, comparator, indicator)

    def _unit_ahead(self, numbers: list[Number], index: int) -> str | None:
        """The noun of the next number: "giảm từ 48 xuống còn 31 tổ"."""
        number = numbers[index]
        change = _CHANGE.match(self.lower, number.end)
        following = self._number_at(numbers, change.end()) if change else None
        if following is None or following.scale > 1 or not self.lower.endswith(_CHANGE_BEFORE, 0, number.start):
            return None
        unit = self.unit(following)
        return unit.name if unit and unit.known and unit.kind in _CHANGING_KINDS else None

    def _unit_behind(self, number: Number, whole: Metric) -> str | None:
        """The noun of the quantity before: "nhận 47 ý kiến, trả lời 29.", "Sở A 94 điểm, Sở B 90"."""
        between = self.text[whole.end : number.start]
        if len(between) > _NEAR or "\n" in between or ". " in between or not _PART_AFTER.match(self.text, number.end):
            return None
        if whole.unit in _LISTED_UNITS and (whole.rule != "metrics.part" or self.listing):
            self.listing = bool(_NEXT_OF_LIST.fullmatch(between))
            return whole.unit if self.listing else None
        if number.value % 1 or whole.unit in _NOT_PARTED or number.value > whole.value:
            return None
        if whole.rule not in _COUNTING_RULES:
            return None
        return whole.unit if _PART_BEFORE.search(self.text, max(0, number.start - 20), number.start) else None

    def _unit_of_subject(self, number: Number) -> str | None:
        """The noun of the subject: "tổng số nhiệm vụ được giao là 611"."""
        if not _PART_AFTER.match(self.text, number.end) or not _AMOUNTS.search(
            self.lower, max(0, number.start - 16), number.start
        ):
            return None
        clause = _clause_start(self.text, number.start)
        for subject in _NUMBER_OF.finditer(self.lower, clause, number.start):
            hit = self.units.get(subject.end())
            if hit and hit.row["kind"] == "count":
                return hit.row["unit"] or self.lower[hit.start : hit.end]
        return None

    def _shape(self, numbers: list[Number], index: int) -> tuple[Number, str, _Unit | None]:
        """The last number of the quantity, its shape ("figure", "ratio", "range") and the unit."""
        first = numbers[index]
        unit = self.unit(first)
        if index + 1 < len(numbers):
            second = numbers[index + 1]
            gap = self.lower[unit.end if unit and unit.known else first.end : second.start]
            if len(gap) < _LONGEST_LINK and second.words == first.words:
                shape = self._link(first, second, gap, unit)
                joined = self.unit(second) if shape and self.untouched.free(second.start, second.end) else None
                if joined and (unit is None or not unit.known or unit.name == joined.name):
                    return second, shape, joined
        return first, "figure", unit

    def _link(self, first: Number, second: Number, gap: str, unit: _Unit | None) -> str:
        if _RANGE.fullmatch(gap) and first.value * (second.scale if unit is None else 1) < second.value:
            return "range"
        if unit is None and _RATIO.fullmatch(gap) and first.value <= second.value * 1.5:
            if "trong" in gap and (first.value == 1 or first.value > second.value):
                return ""  # "1 trong 3 xã" is one of them
            return "ratio"
        return ""

    def _counts(self, first: Number, last: Number, shape: str, unit: _Unit) -> bool:
        if first.ordinal or last.ordinal or (first.words and first.value == 1 and shape != "range"):
            return False
        if first.words and self.lower.endswith(_VAGUE_BEFORE, 0, first.start):
            return False
        if self._names_something(first, unit) or self._tells_time(last, unit) or self._year_word(first, unit):
            return False
        if shape == "ratio" and (unit.kind == "clock" or not unit.known):
            return False
        figure = self.text[first.start : first.end]
        year = first is last and len(figure) == 4 and figure.isdigit() and 1900 <= first.value <= 2100
        if year and (not unit.known or unit.kind in {"time", "clock"} or unit.group & _PLACED_GROUPS):
            return False
        return unit.known or not (figure.startswith("0") and len(figure) > 3)

    def _values(self, first: Number, last: Number, shape: str, unit: _Unit) -> tuple[float, float | None, float | None]:
        value, other = self._value(last, unit), self._value(first, unit)
        if shape == "figure":
            return value, None, None
        if first.scale == 1 and (shape == "range" or unit.kind == "money"):
            other = round(other * last.scale, 6)  # "3 - 5 tỷ đồng": the scale is said once
        return (other, None, value) if shape == "ratio" else (value, other, None)

    def _value(self, number: Number, unit: _Unit) -> float:
        """The number's value as its unit reads it ("2.358%" is a fraction, "1,234 hồ sơ" a thousand)."""
        if number.words or number.scale > 1:
            return number.value
        figure = self.text[number.start : number.end]
        value = read_figure(figure, countable=unit.kind == "count", share=unit.kind == "percent")
        return number.value if value is None else value

    def _whole_after_unit(self, numbers: list[Number], unit: _Unit) -> tuple[int, float | None]:
        """Reads on in "12 xã/15 xã": the end of the mention and the whole of the ratio."""
        link = _BOUNDED.match(self.lower, unit.end)
        total = self._number_at(numbers, link.end()) if link else None
        again = self.unit(total) if total else None
        if total is None or again is None or again.name != unit.name:
            return unit.end, None
        return again.end, total.value

    @staticmethod
    def _number_at(numbers: list[Number], pos: int) -> Number | None:
        index = bisect_left(numbers, pos, key=lambda number: number.start)
        return numbers[index] if index < len(numbers) and numbers[index].start == pos else None

    def _indicator(self, start: int, end: int, *, subject_first: bool) -> str | None:
        named = max(self.names.last_end(start), self.last_end)
        return _indicator(self.text, named, start, end, subject_first=subject_first)

    def _comparator(self, start: int, end: int) -> tuple[Comparator, int]:
        """How the quantity compares, and where its comparing words begin."""
        lead = start
        found: Comparator = "="
        while lead and self.lower[lead - 1] == " " and (hit := self.comparator_before.get(lead - 1)):
            found = _comparator_of(hit)
            lead = hit.start
            if found != "~":
                break
        if self.lower.endswith("từ ", 0, lead):
            lead -= 3
        if after := self.comparator_after.get(end + 1):
            found = _comparator_of(after)
        elif found == ">" and self.lower[lead:start].startswith("vượt") and _TARGET.match(self.lower, end):
            found = "="  # "vượt 12% kế hoạch" is by how much, no lower bound
        return found, lead


@cache
def _symbols() -> dict[str, lexicon.Row]:
    """Units that may stand without a blank after their figure ("5ha", "200.000đ")."""
    return {row["phrase"]: row for row in lexicon.table("metric_units") if row["kind"] in {"money", "measure"}}


@cache
def _not_units() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.table("metric_not_units"))


@cache
def _grammar() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.table("metric_not_units") if row["kind"] == "grammar")


def _comparator_of(hit: Hit) -> Comparator:
    return cast(Comparator, hit.row["comparator"])


_CONFIDENCE = {"percent": 0.97, "money": 0.97, "measure": 0.93, "score": 0.9, "time": 0.88, "clock": 0.85}


def _provenance(number: Number, shape: str, unit: _Unit) -> tuple[str, float]:
    """The rule that found a quantity and how far it can be trusted."""
    if not unit.known:
        return f"metrics.{'money_unsaid' if unit.kind == 'money' else 'unknown_noun'}", 0.6
    confidence = _CONFIDENCE.get(unit.kind, 0.93)
    if number.words:
        return "metrics.words", confidence - 0.06
    return f"metrics.{shape}", confidence


# --- what is measured

_CLAUSE_REACH = 150
_TAIL_REACH = 110
_LONGEST_INDICATOR = 14
_BREAKS = (". ", "; ", ": ", ", ", "\n", "(", ") ", "“", "”")
_TAIL_STOP = re.compile(
    r"[.;:(\n)\"“”]|, | - | (?:nhưng|song|và|để|nhằm|trong đó|trong khi|trong lúc|theo quy định|theo kế hoạch"
    r"|vì|dù|nên|trên địa bàn|so với|kể từ|chủ yếu|gồm|bao gồm|tăng|giảm|đạt|chiếm|bằng|tại \d|từ ngày|từ năm"
    r"|cùng \d)(?= |$)|(?<!lý) do(?= |$)"
)
_TAIL_NEVER = re.compile(
    r"(?:trên|dưới|của|tại|ở|so|với|là|cho|vào|mà|nhưng|song|và|để|nhằm|hoặc|hay|khi|như|này|đó|trở|mỗi"
    r"|cụ thể|từ|đạt|tăng|giảm|chiếm|bằng|đến|xuống|lên|trong|hồi|năm|tháng|ngày|kể|gồm|đầu|còn|cùng|nữa"
    r"|khác|về trước)\b"
)
_TAIL_LEAD = re.compile(r"(?:thì|đều|hiện)\s")
_CUE = re.compile(
    r"(?:^| )(?:đạt(?: tỷ lệ| mức| được| trung bình| bình quân)?|chiếm(?: tỷ lệ)?|là|bằng|ở mức"
    r"|còn|chỉ còn|giảm còn|tăng lên|giảm xuống(?: còn)?|rút xuống(?: còn)?|xuống(?: còn)?|lên(?: đến| tới)?"
    r"|tăng|giảm|xếp|đứng)"
    r"(?: (?:mới|chỉ|đã|thêm|được|khoảng|hơn|trên|gần|ước|từ|mốc|cao|thấp|nhất|thứ|vị trí))*$"
)
_SUBJECT_LEAD = re.compile(r"(?:trong đó|qua đó|đến nay|hiện nay|hiện|với|riêng|và|đã|có|nhờ vậy|do đó) (?=\S)")
_EMPTY_VERBS = frozenset(
    {"có", "gồm", "hiện có", "với", "là", "trong đó", "đã có", "còn", "cả", "tại", "trong", "cho", "và"}
)
_SHORTEST_SHARE_TAIL = 4
_VERB_REACH = 60
_LOWER_TAIL = re.compile(r"(?:^[^\W\d_]|(?<= )[a-zà-ỹđ]|^)[a-zà-ỹđ]*(?:,? [a-zà-ỹđ]+){0,5}$")
_VERB_LEAD = re.compile(r"(?:đã|hiện|đang|cũng|còn|mới|vừa|và|có) ")
_VERB_END = re.compile(
    r"(?: |^)(?:được|cho|tổng số|tổng cộng|thêm|đã|với|có|là|gồm|của|từ|ở|tại|trong|đến|các|những|và|hiện)$"
)


def _indicator(text: str, named: int, start: int, end: int, *, subject_first: bool) -> str | None:
    """The phrase that says what a quantity at `start:end` measures, as printed, or None.

    Shares, scores and sums are measured by the subject before "đạt", "chiếm", "là"; counted things by the
    words after their unit, or failing that by the verb before them, which begins after `named`, where the
    last name or quantity ended.
    """
    clause_start = _clause_start(text, start)
    subject = _subject(text[clause_start:start].strip())
    if subject_first and subject:
        return subject
    tail = _tail(text, end, shortest=_SHORTEST_SHARE_TAIL if text[end - 1 : end] == "%" else 1)
    return tail or (subject if subject_first else _verb(text[max(clause_start, named) : start].strip()))


def _clause_start(text: str, start: int) -> int:
    low = max(0, start - _CLAUSE_REACH)
    breaks = ((mark, text.rfind(mark, low, start)) for mark in _BREAKS)
    return max((found + len(mark) for mark, found in breaks if found >= 0), default=low)


def _subject(clause: str) -> str | None:
    cue = _CUE.search(clause)
    if cue is None:
        return None
    subject = clause[: cue.start()].strip()
    while lead := _SUBJECT_LEAD.match(subject):
        subject = subject[lead.end() :]
    return subject if 2 <= len(subject.split()) <= _LONGEST_INDICATOR else None


def _tail(text: str, end: int, shortest: int) -> str | None:
    """The words after a unit to the end of their phrase, which no comma before the word `shortest` is."""
    tail = text[end : end + _TAIL_REACH]
    if not tail.startswith(" "):
        return None
    stops = (stop.start() for stop in _TAIL_STOP.finditer(tail))
    stop = next((at for at in stops if tail[at] != "," or tail.count(" ", 0, at) >= shortest), None)
    if stop is None and len(tail) == _TAIL_REACH:
        stop = tail.rfind(" ")
    tail = tail[:stop].strip()
    if lead := _TAIL_LEAD.match(tail):
        tail = tail[lead.end() :]
    if not tail or tail[0].isdigit() or _TAIL_NEVER.match(tail):
        return None
    return " ".join(tail.split()[:_LONGEST_INDICATOR])


def _verb(clause: str) -> str | None:
    """The plain words at the end of a clause: "Sở Xây dựng | để chậm"."""
    found = _LOWER_TAIL.search(clause[-_VERB_REACH:])
    if found is None:
        return None
    verb = found[0]
    while lead := _VERB_LEAD.match(verb):
        verb = verb[lead.end() :]
    while end := _VERB_END.search(verb):
        verb = verb[: end.start()]
    return verb if verb and verb.lower() not in _EMPTY_VERBS else None
