"""Which unit each finding speaks of.

One inspected unit: it is the unit of every finding, except where a segment opens with another body. Several: the text
is read segment by segment, whether or not a segment states a finding, and keeps a *focus*, the unit spoken of. Evidence
in order, the first that is there decides:

1. words for all of them ("cả hai xã"), or several names joined: the focus is none in particular;
2. a name: a unit, a part of it, or a person who holds an office there; the one at the head of the segment where there
   are several, else the only one; one that the text compares with is none;
3. a word that stands for a unit of its kind ("nhà trường", "phường"), or its turn ("nơi thứ hai");
4. a plural of the units' kind, words with which an article turns to the whole ("Kết luận ..."), a demand by somebody
   else in a paragraph that has named no unit: none in particular;
5. nothing: the focus stays; a title or a line that is no sentence sets it anew.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from cchc_nlp import lexicon
from cchc_nlp.analysis import Agency, Analysis, Finding, Official, Place, Segment
from cchc_nlp.resolve.units import chain, place_of, unit_of

_MOST_UNITS = 80  # among which the focus is looked for
_HEAD = 60  # characters at the beginning of a segment in which its subject stands
_NOT_HERE = r"(?! (?:này )?(?:hội|ủy|đoàn|viên|hội hóa|lộ|luận|trưởng|máy|phận|công sở|sở))"
_OTHERS = re.compile(
    r"(?:đối với|riêng|về phía|còn) (?:các|những)? ?"
    r"(?:sở|ngành|phòng|ban|đơn vị|cơ quan|địa phương|huyện|xã|phường|tỉnh)",
)
_KINDS = (
    r"huyện|xã|phường|sở|trường|quận|chi cục|bệnh viện|trạm|tỉnh|thành phố|thị xã|thị trấn|đặc khu|trung tâm|bộ|công ty"
    r"|kho bạc|đội|hạt"
)
_WORDS = rf"(?:đơn vị|địa phương|cơ quan|nơi|điểm|{_KINDS})"
_MANY = r"(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2})"
_NUMBERS = {w: n for n, w in enumerate(["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"], 2)}
# all of them, wherever it stands
_ALL = re.compile(
    rf"\b(?:(?:cả|tất cả|hầu hết|phần lớn|đa số)(?: các)?(?: {_MANY})? {_WORDS}\b"
    rf"|{_MANY} {_WORDS}(?:, {_WORDS})? (?:đều|cùng|nói trên|nêu trên|kể trên|này|còn lại)\b"
    rf"|(?:chưa|không) {_WORDS} nào\b"
    r"|toàn (?:tỉnh|huyện|thành phố|ngành|thị xã|quận|quốc)\b)",
)
# all of them, at the head of a segment that names none
_EACH = re.compile(
    rf"\b(?:(?:mọi|mỗi|từng|các|những) (?P<kind>{_WORDS})|(?P<which>{_WORDS}) nào"
    rf"|(?P<many>{_MANY}) (?P<kinds>{_WORDS}))\b",
)
_GENERAL = re.compile(
    r"(?:nhìn chung|đánh giá chung|tính chung|qua kiểm tra|qua giám sát|kết luận|phát biểu|tại buổi"
    r"|tại hội nghị|kết thúc|khép lại|kết quả (?:kiểm tra|giám sát|thanh tra|khảo sát)"
    r"|đoàn (?:giám sát |kiểm tra |công tác |khảo sát )?(?:đề nghị|kiến nghị|yêu cầu))\b",
)
# a demand: of somebody else than the units, in a paragraph that has named none of them, it is made of all
_DEMAND = re.compile(r"\b(?:đề nghị|kiến nghị|yêu cầu|giao|gợi ý|lưu ý|sẽ|chỉ đạo|nhấn mạnh)\b")
# to whom it is made: "đề nghị UBND huyện", "với UBND tỉnh, đề xuất"
_FOR = re.compile(
    r"\b(?:đề nghị|kiến nghị|đề xuất|giao|yêu cầu)(?: với| cho| lên| đến)?"
    r"(?: (?:giám đốc|chủ tịch|bộ trưởng|lãnh đạo|thủ trưởng|trưởng))? $|^(?:đối )?với $"
)
_ASKS = re.compile(
    r"(?: (?:tỉnh|huyện|xã|phường|thành phố))?(?:,? (?:cũng|còn|đã|vừa|rất|tiếp tục))? "
    r"(?:đề nghị|kiến nghị|yêu cầu|giao|lưu ý|nhắc|chỉ đạo|nhấn mạnh|đề xuất|mong|gợi ý|thống nhất|đề ra|chốt|ấn định"
    r"|buộc)\b"
)
_CHAIRED = re.compile(
    r"(?:chủ tịch|bí thư|giám đốc|trưởng phòng|lãnh đạo|thay mặt|đại diện|theo|trưởng|kết luận)[^.;]*$"
)
_TURN = re.compile(
    r"\b(?:nơi|điểm|chặng|đơn vị|trạm dừng)(?: đến)?(?: dừng chân)? "
    r"(?:(?P<first>đầu tiên|thứ nhất)|(?P<second>thứ hai|tiếp theo)|(?P<third>thứ ba)|(?P<last>cuối cùng))\b",
)
_JOINED = re.compile(
    r"(?: ?\([^()\n]{1,60}\))?(?:,| và| cùng| với|, và| -| &)+ "
    rf"(?:(?:tại|ở|của|các|với|ubnd|ủy ban nhân dân|{_KINDS}) ){{0,4}}"
)
_COMPARED = re.compile(
    r"(?:so với|khác với|khác|ngược với|trái với|hơn|(?:cũng|giống|được) như|bằng|sau|trước|giống|học tập|kém)"
    rf"(?: (?:của|cả|{_KINDS}))* ?$",
)
_ARRIVES = re.compile(rf"\b(?:sang|đến|tới|về|ghé|xuống)(?: (?:{_KINDS}))? ?$")
_NOT_AFTER = (
    "các",
    "cấp",
    "toàn",
    "những",
    "mỗi",
    "liên",
    "trụ",
    "công",
    "cán",
    "cơ",
    "hội",
)  # words before a kind of unit that make it no stand-in
_PLACE_TYPE = re.compile(r"^(?:thành phố|thị xã|thị trấn|đặc khu|tỉnh|huyện|quận|phường|xã) ")
_LAST_CAPITALS = re.compile(r"(?: [A-ZÀ-ỸĐ][\w']*){2,}$")


def assign_units(analysis: Analysis, bodies: Sequence[Agency | Place]) -> None:
    """Fills `unit` of every finding; `bodies` are the named mentions in text order, places inside agencies left out."""
    inspected = list(dict.fromkeys(analysis.inspection.inspected))
    if not analysis.findings:
        return
    addressees = _Addressees(analysis, inspected, bodies)
    if len(inspected) == 1:
        for finding in analysis.findings:
            other = _OTHERS.match(analysis.lower, finding.start) or addressees.another(finding)
            finding.unit = None if other else inspected[0]
        return
    # where nothing is inspected, any unit can be the one that is spoken of
    anybody = (body for body in bodies if isinstance(body, Place) or body.kind not in _NO_UNITS)
    reader = Focus(analysis, inspected or list(dict.fromkeys(map(unit_of, anybody))), bodies)
    by_start = {segment.start: unit for segment, unit in reader.read()}
    starts = sorted(by_start)
    for finding in analysis.findings:
        index = bisect_left(starts, finding.start + 1) - 1
        finding.unit = by_start[starts[index]] if index >= 0 and not addressees.another(finding) else None


class _Addressees:
    """Who a recommendation is made to, or promised by, if that is a body which is not assessed."""

    def __init__(self, analysis: Analysis, inspected: Sequence[str], bodies: Sequence[Agency | Place]) -> None:
        self._lower = analysis.lower
        self._linker = _Linker(inspected, bodies)
        self._bodies = [body for body in bodies if isinstance(body, Agency)]
        self._starts = [body.start for body in self._bodies]
        inspected = inspected[:_MOST_UNITS]
        last = (_LAST_CAPITALS.search(unit) for unit in inspected)
        self._proper = [_PLACE_TYPE.sub("", unit).lower() for unit in inspected] + [m[0].lower() for m in last if m]

    def another(self, finding: Finding) -> bool:
        """Whether a recommendation is for somebody else than the assessed units."""
        if finding.label != "recommendation" or not self._proper:
            return False
        start, end = finding.start, finding.end
        for body in self._bodies[bisect_left(self._starts, start) : bisect_left(self._starts, end)]:
            if body.start == start and _ASKS.match(self._lower, body.end, end):
                continue
            if body.start == start or _FOR.search(self._lower, max(start, body.start - 40), body.start):
                return self._is_other(body) and not self._names_unit(body.end, end)
            if not _CHAIRED.search(self._lower, max(start, body.start - 24), body.start):
                break  # it is another clause's
        return False

    def _is_other(self, body: Agency) -> bool:
        return self._linker.unit(body) is None

    def _names_unit(self, start: int, end: int) -> bool:
        """Whether the sentence goes on about an assessed unit, for which it is asked of the other."""
        return any(name in self._lower[start:end] for name in self._proper)


class Name(NamedTuple):
    """Where the text names a unit: by a mention, by its proper name alone (`alias`), or by a person of it."""

    start: int
    end: int
    unit: str
    mention: Agency | Place | None = None
    alias: bool = False


class Focus:
    """Reads an article with several inspected units from its first segment to its last."""

    def __init__(
        self, analysis: Analysis, units: Sequence[str], bodies: Sequence[Agency | Place], mentions_only: bool = False
    ) -> None:
        self._analysis = analysis
        self._text, self._lower = analysis.text, analysis.lower
        self._inspected = units[:_MOST_UNITS]
        self._linker = _Linker(self._inspected, bodies)
        self._names = self._named(bodies, mentions_only)
        self._starts = [name.start for name in self._names]
        people = [mention for official in analysis.officials for mention in official.mentions]
        own = set(self._starts)
        self._others = sorted({m.start for m in [*analysis.agencies, *people]} - own)
        self._recent: dict[str, None] = {}  # units by when they were last in focus, the latest last
        self._fitting: dict[str, list[str]] = {}

    def subjects(self) -> Iterator[tuple[Segment, list[Name]]]:
        """Every segment with the names in it of who it speaks of."""
        for segment in self._pieces():
            yield segment, self._subjects(segment, self._within(segment.start, segment.end))[0]

    def read(self) -> Iterator[tuple[Segment, str | None]]:
        """Every segment with the unit that it speaks of."""
        focus: str | None = None
        set_in = block = -1
        reached = 0
        blocks = self._analysis.page.blocks
        for segment in self._pieces():
            kind = blocks[segment.block].kind if blocks else "paragraph"
            if segment.block != block and kind in ("heading", "title"):
                focus = None
            block = segment.block
            if headed := {name.unit for name in self._within(reached, segment.start)}:  # a line that is no sentence
                focus = headed.pop() if len(headed) == 1 else None
            reached = segment.end
            focus, named = self._decide(segment, focus, set_in == block)
            set_in = block if named else set_in
            if focus is not None:
                self._recent.pop(focus, None)
                self._recent[focus] = None
            yield segment, focus
            if kind == "title":
                focus = None

    def _pieces(self) -> Iterator[Segment]:
        """The segments, cut where a finding begins inside one."""
        starts = sorted(finding.start for finding in self._analysis.findings)
        for segment in self._analysis.segments:
            cuts = starts[bisect_right(starts, segment.start) : bisect_left(starts, segment.end)]
            for start, end in zip([segment.start, *cuts], [*cuts, segment.end], strict=True):
                yield Segment(start, end, segment.sentence, segment.block)

    def _decide(self, segment: Segment, focus: str | None, here: bool) -> tuple[str | None, bool]:
        """The unit of a segment, and whether the segment says it; `here`: the focus was named in the paragraph."""
        start, end = segment.start, segment.end
        head = min(end, start + _HEAD)
        subjects, together = self._subjects(segment, self._within(start, end))
        # where a unit is named, only what stands before it can mean all of them
        all_of_them = _ALL.search(self._lower, start, subjects[0].start if subjects else end)
        if together or all_of_them:
            return None, True
        if subjects:
            return subjects[0].unit, True
        if unit := self._turn(start, head) or self._stand_in(start, head, focus):
            return unit, True
        if self._means_all(start, head) or _GENERAL.match(self._lower, start, head):
            return None, False
        if not here and self._outsider(start, head) and _DEMAND.search(self._lower, start, end):
            return self._stand_in(start, end, focus), False
        return focus, False

    def _means_all(self, start: int, head: int) -> bool:
        """Whether a segment begins with a plural of the units' own kind, or with their number."""
        for each in _EACH.finditer(self._lower, start, head):
            word = each["kind"] or each["which"] or each["kinds"]
            own = self._beginning((word,))
            if each["many"]:
                number = int(each["many"]) if each["many"].isdigit() else _NUMBERS[each["many"]]
                if number in (len(own), len(self._inspected)):
                    return True
            elif len(own) > 1 or word in ("đơn vị", "địa phương", "cơ quan", "nơi"):
                return True
        return False

    def _outsider(self, start: int, head: int) -> bool:
        """Whether a segment begins with a body or a person that belongs to no inspected unit."""
        index = bisect_left(self._others, start)
        return index < len(self._others) and self._others[index] < head

    def _subjects(self, segment: Segment, names: Sequence[Name], of_asked: bool = False) -> tuple[list[Name], bool]:
        """Names of who a segment speaks of: the unit at its head, or the only one; whether it means several."""
        direct = [name for name in names if name.mention is not None or name.alias] or list(names)
        direct = [n for n in direct if not _COMPARED.search(self._lower, max(0, n.start - 20), n.start)] or direct
        if not direct:
            return [], False
        first = direct[0]
        second = next((name for name in direct if name.unit != first.unit), None)
        if second is None:
            return [first], False
        if _ASKS.match(
            self._lower, first.end, segment.end
        ):  # "UBND tỉnh yêu cầu Sở Tài chính ...": it is of whom it asks
            return self._subjects(segment, [name for name in direct if name.unit != first.unit])
        listed = [first]
        for name in direct[1:]:
            if not _JOINED.fullmatch(self._lower, listed[-1].end, name.start):
                break
            listed.append(name)
        if len({name.unit for name in listed}) > 1:
            return listed, True
        if _ARRIVES.search(self._lower, max(0, second.start - 20), second.start):
            return [second], False
        if first.start < segment.start + _HEAD:
            return [first], False
        return [], True

    def _turn(self, start: int, head: int) -> str | None:
        """The unit that is meant by its turn ("nơi thứ hai")."""
        turn = _TURN.search(self._lower, start, head)
        if turn is None:
            return None
        index = {"first": 0, "second": 1, "third": 2, "last": len(self._inspected) - 1}[turn.lastgroup or "first"]
        return self._inspected[index] if index < len(self._inspected) else None

    def _stand_in(self, start: int, end: int, focus: str | None) -> str | None:
        """The unit that the first word for its kind means: the one in focus, else the last that was."""
        pattern, begins = _stand_ins()
        words = pattern.finditer(self._lower, start, end)
        alone = (word for word in words if not self._text[word.end() + 1 : word.end() + 2].isupper())
        fitting = next((units for word in alone if (units := self._beginning(begins[word[1]]))), None)
        if fitting is None:
            return None
        if focus in fitting:
            return focus
        recent = next((unit for unit in reversed(self._recent) if unit in fitting), None)
        return recent or (fitting[0] if len(fitting) == 1 else None)

    def _beginning(self, words: Sequence[str]) -> list[str]:
        """Units whose names begin with one of some words."""
        key = "|".join(words)
        if key not in self._fitting:
            begins = tuple(f"{word} ".lower() for word in words)
            self._fitting[key] = [unit for unit in self._inspected if unit.lower().startswith(begins)]
        return self._fitting[key]

    def _within(self, start: int, end: int) -> list[Name]:
        return self._names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _named(self, bodies: Sequence[Agency | Place], mentions_only: bool) -> list[Name]:
        found = {
            body.start: Name(body.start, body.end, unit, body)
            for body in bodies
            if (unit := self._linker.unit(body)) is not None
        }
        if mentions_only:
            return list(found.values())
        for start, end, unit in self._linker.aliases(self._text):
            found.setdefault(start, Name(start, end, unit, alias=True))
        for official in self._analysis.officials:
            if (of_person := self._linker.unit_of_person(official)) is not None:
                for mention in official.mentions:
                    found.setdefault(mention.start, Name(mention.start, mention.end, of_person))
        names: list[Name] = []
        for start in sorted(found):
            if not names or names[-1].end <= start:  # not the proper name inside a mention
                names.append(found[start])
        return names


class _Linker:
    """From mentions to inspected units: by name, by the body a mention is a part of, by place, by proper name alone."""

    def __init__(self, inspected: Sequence[str], bodies: Sequence[Agency | Place]) -> None:
        self._units = inspected
        self._unit_of: dict[str, str | None] = {}
        self._known = set(inspected)
        self._by_name = {body.name: body for body in bodies}
        self._at: dict[str, str | None] = {}  # place -> the one inspected body that belongs to it
        for unit in inspected:
            body = self._by_name.get(unit)
            if isinstance(body, Agency) and (place := place_of(body)) is not None and place.name not in self._known:
                self._at[place.name] = None if place.name in self._at else unit

    def aliases(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where the proper name of one unit stands without its kind ("Phú Lộc"), or a body by its first words."""
        of: dict[str, str | None] = {}
        for unit in self._units:
            proper = _PLACE_TYPE.sub("", unit)
            if proper != unit:
                names = [proper] if " " in proper else []
            else:
                last = _LAST_CAPITALS.search(unit)
                names = [" ".join(unit.split(" ")[:3]), *([last[0].strip()] if last else [])]
            for name in names:
                of[name] = unit if of.get(name, unit) == unit else None
        for name, one in of.items():
            start = text.find(name) if one else -1
            while one and start >= 0:
                end = start + len(name)
                if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
                    yield start, end, one
                start = text.find(name, end)

    def unit(self, body: Agency | Place) -> str | None:
        """The inspected unit that a mention speaks of."""
        if body.name in self._known:
            return body.name
        if body.name not in self._unit_of:
            self._unit_of[body.name] = next((name for name in self._stands_for(body) if name in self._known), None)
        return self._unit_of[body.name]

    def _stands_for(self, body: Agency | Place) -> Iterator[str]:
        """Names of units that a mention may stand for, the nearest first."""
        if isinstance(body, Place):
            yield self._at.get(body.name) or ""
            return
        for owner in chain(body):
            yield owner.name
            yield unit_of(owner)
        if body.kind not in _ABOVE and (place := place_of(body)) is not None:
            yield place.name

    def unit_of_person(self, official: Official) -> str | None:
        """The inspected unit in which a person holds an office."""
        for role in official.roles:
            body = role.agency or self._by_name.get(role.org or "")
            if body is not None and (unit := self.unit(body)) is not None:
                return unit
            place = next((unit for unit in self._units if role.org and role.org.endswith(f" {unit}")), None)
            if place is not None:
                return place
        return None


_NO_UNITS = frozenset({"delegation", "board", "state"})
_ABOVE = frozenset({"delegation", "board", "inspectorate", "police", "court", "military", "ministry", "state"})


@cache
def _stand_ins() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """Words that stand for a unit where no name follows, and how the names of those units begin."""
    begins: dict[str, list[str]] = {}
    for row in lexicon.table("resolve_stand_ins"):
        begins.setdefault(row["word"], []).append(row["begins"])
    words = "|".join(re.escape(word) for word in sorted(begins, key=len, reverse=True))
    before = "".join(f"(?<!{word} )" for word in _NOT_AFTER)
    return re.compile(rf"{before}\b({words})\b{_NOT_HERE}"), begins
