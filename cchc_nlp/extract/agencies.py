"""Agencies: named or definite public, party, front and mass bodies.

Newcomers: the knowledge is in three tables. `agency_heads` holds the words that name a body ("UBND", "Sở",
"Đoàn kiểm tra") and what may follow each of them; `agency_fields` the fields of work ("Nội vụ", "TN&MT");
`agency_topics` what delegations and boards are for ("CCHC"). The code has four layers:

1. `_Reader.body` reads one body from its head on: head, tail (field, topic, number, proper name), owner (a
   place, a type word such as "huyện", or another body). It is recursive: an owner is read the same way.
2. `_Reader.listed` reads the further fields of "các Sở Nội vụ, Tài chính và Xây dựng".
3. `_Reader.short` reads what stands for a body named before: "Sở", "Trung tâm", "tổ công tác", "VFF".
4. `_share_owners` gives "HĐND, UBND huyện" one owner.
5. `_without_stray_delegations` decides whether a bare "Đoàn" is the delegation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, NamedTuple, cast

import regex as re

from cchc_nlp import lexicon
from cchc_nlp.analysis import Agency, Analysis, Level, Place
from cchc_nlp.extract.gazetteer import gazetteer
from cchc_nlp.naming import compose

_UNIT_WORDS = {
    "tỉnh": "tỉnh", "thành phố": "thành phố", "tp": "thành phố", "huyện": "huyện", "quận": "quận",
    "thị xã": "thị xã", "tx": "thị xã", "xã": "xã", "phường": "phường", "thị trấn": "thị trấn",
    "tt": "thị trấn", "đặc khu": "đặc khu", "thôn": "thôn",
}  # fmt: skip
_UNIT_LEVELS = {
    "tỉnh": {"province"}, "thành phố": {"province", "district"}, "huyện": {"district"}, "quận": {"district"},
    "thị xã": {"district"}, "xã": {"commune"}, "phường": {"commune"}, "thị trấn": {"commune"},
    "đặc khu": {"commune"}, "thôn": {"village"},
}  # fmt: skip
_UNIT = r"(?:thành phố|thị xã|thị trấn|đặc khu|tỉnh|huyện|quận|phường|xã|thôn)"

# a type word that is not the first syllable of another word ("xã hội", "tỉnh ủy")
_TYPE_WORD = re.compile(
    rf"((?i:{_UNIT})|(?:TP|TX|TT)(?!\.? ?\p{{Lu}}))(?![\p{{L}}\d])"
    r"(?! (?:hội|ủy|đoàn|đội|lộ|lỵ|viên|thông minh|nhà nước)\b)"
)
# "UBND xã, phường, thị trấn": any of them, no definite body
_MORE_TYPE_WORDS = re.compile(rf"(?: ?[,/] ?| và | hoặc |-){_UNIT}\b(?! \p{{Lu}})")
# "UBND các xã", "Bộ phận một cửa ở một số đơn vị", "HĐND hai cấp"
_INDEFINITE = re.compile(
    r" (?:(?:của|ở|tại|thuộc) )?"
    r"(?:(?:cả )?(?:các|những|một số(?: ít)?|nhiều|mỗi|từng|hai|ba|\d{1,2}|\d{1,2}/\d{1,2}) "
    rf"(?:{_UNIT}|cấp|địa phương|đơn vị|cơ quan|sở|bộ|ngành|phòng|ban|nơi)|cấp)\b",
    re.I,
)
_PLURAL = re.compile(r"(?:^|[^\p{L}\d])(?:các|những|một số|nhiều|mỗi|từng|vài|mấy|hàng loạt) $", re.I)
# counting is telling for what exists in numbers; "năm 2021 UBND tỉnh", "ngày 12/5 Sở Nội vụ" count nothing
_COUNTED = re.compile(
    r"(?:^|[^\p{L}\d/.,-])(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2}) $"
    r"|\b(?:thành lập|lập)(?: các)? $",
    re.I,
)
_COUNTED_BODIES = re.compile(r"(?:^|[^\p{L}])(?:cả )?(?:hai|ba|bốn) $", re.I)
_COUNTABLE = {"delegation", "board", "one_stop", "unit", "school", "health", "department"}
# a delegation at work, which the article may call "đoàn" throughout
_SENT_OUT = re.compile(
    r"\b(?:dẫn (?:đầu )?đoàn (?:đi|kiểm tra|giám sát|xuống|đến|về|vào)|đoàn đi thực địa"
    r"|trưởng đoàn (?:kiểm tra|giám sát|thanh tra|khảo sát|công tác))"
)
_LEADER = re.compile(r"\b(?:trưởng|phó) $", re.I)
_TEAM_LEADER = re.compile(r"\bTổ (?:trưởng|phó) $")  # "Tổ trưởng Tổ công tác"
# what stands before "UBND" in "05/KH-UBND", and in "1234/UBND-NC"
_IN_NUMBER = re.compile(r"(?:\d[^\s]*[/-]|/[^\s]*-|(?:^|\s)(?:QĐ|KH|NQ|CT|BC|TB|CV|TTr|CTr|HD|GM|PA|ĐA|TTLT) ?-) ?$")

# "Bảo hiểm xã hội (BHXH) tỉnh", "Liên đoàn Bóng đá Việt Nam (VFF)"
_ABBREVIATION = re.compile(r" ?\((?:gọi tắt là |viết tắt là |sau đây gọi là )?([\p{Lu}&-]{2,10})\)")
# "(gọi tắt là Ban Giao thông)", "(sau đây gọi là Công ty)"
_CALLED = re.compile(
    r" ?\(?(?:sau đây|dưới đây)?(?:,? ?(?:được )?(?:gọi|viết) (?:tắt|chung|ngắn gọn|ngắn))(?: là|:)? "
    r"[\"“]?(\p{Lu}[\p{L}&.-]*(?: [\p{L}&.-]+){0,4})[\"”]?\)|"
    r" ?\((?:sau đây|dưới đây) gọi là [\"“]?(\p{Lu}[\p{L}&.-]*(?: [\p{L}&.-]+){0,4})[\"”]?\)"
)
_MOST_CALLED = 20  # short names that an article gives
# "Phó Giám đốc Sở", after which a person's name may stand
_HEADED = re.compile(r"(?:giám đốc|chủ nhiệm|chủ tịch|bí thư|viện trưởng|thủ trưởng|lãnh đạo) $", re.I)
_HEADED_BY = re.compile(r"(?:giám đốc|hiệu trưởng|viện trưởng) (?-i:\p{Ll}+ \p{Ll}+)$", re.I)
_TITLED = re.compile(r"(?:trưởng|phó|chánh|tổng|các|những|mỗi|từng|nhiều|ngành|cấp) $", re.I)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n\"“”•*+)-])[ \"“'(•*+-]*$")
_CLEAR = frozenset(
    {"Sở", "Cục", "Chi cục", "Bệnh viện", "Trung tâm", "Kho bạc"}
)  # no other word when it opens a sentence
_RECEIVES = re.compile(r"(?:^|[.\n] ?)(?:Tiếp|Đón|Gửi|Với|Tại|Về phía) $")
_CAPITAL_BEFORE = re.compile(r"\b(?!Thanh tra )\p{Lu}\p{Ll}* $")
_IN_NAME = re.compile(r"\p{L} \p{Lu}\p{Ll}* $")  # "xã Nà Khoa"
_AFTER_SHORT = re.compile(r"[.,;:)?!\"”\n]|$| [-(]")
_GOES_ON = re.compile(r" \p{Ll}")
_OPEN_WORD = re.compile(r" ([\p{L}\d][\p{L}\d&/-]*)")
_MOST_OPEN_WORDS = 9
_SHORT = "agencies.short"
_OWN_NAME = re.compile(r"(?: \p{Lu}\p{Ll}*(?!\p{L})){1,2}(?! \p{Lu})")
_OWN_NAME_AT_END = re.compile(r" \p{Ll}+(?: \p{Lu}\p{Ll}*){1,2}$")
_VIETNAM = re.compile(r" (?:Việt Nam|VN|Trung ương)\b")
_CAPITALS = re.compile(r"(?<![\p{L}\d/-])[\p{Lu}&-]{2,10}(?![\p{L}\d/-])")
_OWNER_LINK = re.compile(r" (?:của )?", re.I)
_BY_OFFICE = re.compile(
    r" của ((?i:Thủ tướng|Phó Thủ tướng|Chủ tịch|Phó Chủ tịch|Bí thư|Bộ trưởng|Giám đốc|Chánh) )(?=\p{Lu})"
)
_BY_STATE = re.compile(r" của ", re.I)
_OWNER_KINDS = {
    "state", "committee", "council", "party", "front", "mass", "ministry", "department", "office",
    "inspectorate", "police", "military", "court",
}  # fmt: skip

_OWNERS_OF_PARTY = frozenset(_OWNER_KINDS | {"unit", "school", "health"})  # "Đảng ủy Tổng công ty X"
_EVERY_LEVEL = {"committee", "council", "party", "front"}

_FIELD_JOIN = re.compile(r" và | & |&| ?- ?|, | ")
_TOPIC_LEAD = re.compile(
    r" (?:(?:về|kiểm tra|công tác|việc thực hiện|tình hình thực hiện|thực hiện|triển khai|chuyên đề|kết quả) ){0,3}",
    re.I,
)
_TOPIC_JOIN = re.compile(r", (?:và )?| và (?:kiểm tra |giám sát )?| kiểm tra | giám sát | ")
_NUMBER = re.compile(r" số ?\d{1,4}(?!\d)| \d{3,4}(?=[ ,.;:)]|$)(?! \p{Ll}(?!ủa|ã|o)\p{Ll}*)")
_CODE = re.compile(r" (?:số )?\d{1,3}(?![\d/%]|[.,]\d)")
_AREA = re.compile(r" (?:khu vực|vùng)(?: (?:[IVX]{1,5}|\d{1,2})\b)?(?:(?: - |-| )\p{Lu}\p{L}+){0,4}(?! \p{Lu})")
_NAME = re.compile(r"(?: (?!(?:TP|TX|TT)\b)(\p{Lu}[\p{L}\d]*|\d{1,2}(?![\d/.,%]))){1,5}")
# "ông Đoàn Văn Hậu"
_SURNAMED = re.compile(r" \p{Lu}\p{Ll}")
# a single capital is the first syllable of a common noun: "Trường Đại học Kinh doanh"
_NOUN_REST = re.compile(r" \p{Ll}\p{L}+")
_LIST_JOIN = re.compile(r", | và |; |: ")
_COORDINATION = re.compile(r"(?: ?, ?| ?- ?| ?/ ?|,? và |,? cùng (?:với )?| & | với )")
_PLACE_TYPE_WORD = re.compile(rf"(?i:{_UNIT}|TP|TX|TT|[QHPX])\b")


@dataclass(frozen=True, slots=True)
class _Head:
    """A row of `agency_heads`, read."""

    head: str
    kind: str
    level: Level | Literal[""]
    scope: str
    tail: frozenset[str]
    needs: frozenset[str]
    case: str
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    short: bool


class _Word(NamedTuple):
    """What a hit of a field or topic table says: where it ends and its canonical form."""

    end: int
    name: str


class _Tail(NamedTuple):
    end: int
    name: str
    proper: bool = False  # a proper name says whose body it is


class _Owner(NamedTuple):
    end: int
    place: Place | None = None
    generic: str | None = None
    parent: Agency | None = None

    @property
    def named(self) -> bool:
        return self.place is not None or self.parent is not None

    @property
    def known(self) -> bool:
        return self.named or self.generic is not None


def _words(cell: str) -> str:
    return "|".join(re.escape(word.strip()) for word in cell.split("|"))


@cache
def _heads() -> dict[str, _Head]:
    """Phrase to head. Compiled once."""
    heads: dict[str, _Head] = {}
    for row in lexicon.table("agency_heads"):
        after, before = row["not_after"], row["not_before"]
        heads[row["phrase"]] = _Head(
            head=row["head"],
            kind=row["kind"],
            level=cast("Level | Literal['']", row["level"]),
            scope=row["scope"],
            tail=frozenset(row["tail"].split()),
            needs=frozenset(row["needs"].split()),
            case=row["case"],
            not_after=re.compile(rf"(?<![\p{{L}}\d])(?:{_words(after)})[ -]?$") if after else None,
            not_before=re.compile(rf" ?(?:{_words(before)})(?![\p{{L}}\d])") if before else None,
            short=row["short"] == "yes",
        )
    return heads


@cache
def _glued() -> re.Pattern[str]:
    """An abbreviation run into the next word by a typing error: "UBNDThị trấn"."""
    abbreviations = [p.upper() for p in _heads() if len(p) >= 4 and re.fullmatch(r"[bcdđghklmnpqrstvxu]+", p)]
    return re.compile(rf"\b(?:{'|'.join(sorted(abbreviations, key=len, reverse=True))})(?=\p{{Lu}}\p{{Ll}})")


@cache
def _province() -> re.Pattern[str]:
    names = [unit.name for unit in gazetteer()["province"].values()]
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b")


@cache
def _not_bodies() -> frozenset[str]:
    """What an abbreviation in brackets may be besides a body: a head known anyway, or the field alone."""
    fields = {row["phrase"] for table in ("agency_fields", "agency_topics") for row in lexicon.table(table)}
    return frozenset(fields | _heads().keys())


@cache
def _name_ends() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.table("official_body_words") if row["role"] == "parts")


@cache
def sentence_goes_on() -> re.Pattern[str]:
    """Words with which a sentence goes on after the name of a body."""
    words = (re.escape(row["word"]) for row in lexicon.table("official_body_words") if row["role"] == "ends")
    return re.compile(rf"(?:{'|'.join(words)})(?!\p{{L}})")


def find(analysis: Analysis) -> list[Agency]:
    """Mentions of definite bodies inside the article's body, in text order (needs `analysis.places`)."""
    reader = _Reader(analysis)
    found: list[tuple[Agency, _Head]] = []
    reached = 0
    for start in sorted(reader.heads):
        if start < reached:
            continue
        agency = reader.body(start) or reader.short(start)
        group = [agency, *reader.listed(start, agency.end)] if agency else reader.announced(start)
        head = reader.heads[start][1]
        for each in group:
            if each.rule != _SHORT:
                reader.remember(each)
        found += [(each, head) for each in group if analysis.in_body(each.start, each.end)]
        reached = group[-1].end if group else reached
    found = _without_stray_delegations(analysis, found)
    _share_owners(analysis.text, found)
    agencies = _with_abbreviations(analysis, [agency for agency, _ in found])
    for agency in agencies:
        agency.name = compose(agency)
    return agencies


class _Reader:
    """The lexicon hits of one article, by where they start, and the reading of one body from them."""

    def __init__(self, analysis: Analysis) -> None:
        self.text, self.lower = analysis.text, analysis.lower
        self.heads: dict[int, tuple[int, _Head]] = {
            hit.start: (hit.end, _heads()[hit.row["phrase"]]) for hit in analysis.hits["agency_heads"]
        }
        for glued in _glued().finditer(self.text):
            self.heads.setdefault(glued.start(), (glued.end(), _heads()[glued[0].lower()]))
        self.fields = {h.start: _Word(h.end, h.row["field"]) for h in analysis.hits["agency_fields"]}
        self.topics = {h.start: _Word(h.end, h.row["topic"]) for h in analysis.hits["agency_topics"]}
        self.deeds = {hit.start for hit in analysis.hits["agency_deeds"]}
        self.named: dict[str, Agency] = {}  # the body last named, by its first words
        self.foreign = {hit.start for hit in analysis.hits["agency_foreign"]}
        self.places = {place.start: place for place in sorted(analysis.places, key=lambda p: p.end)}

    def body(self, start: int, depth: int = 0) -> Agency | None:
        """The longest form of the body whose head starts here, or None if it is no definite body."""
        head_end, head = self.heads[start]
        if not self._stands_alone(start, head_end, head):
            return None
        tail = self._tail(head_end, head, start)
        owner = self._owner(tail, head, depth)
        if owner.end == head_end and (gloss := _ABBREVIATION.match(self.text, head_end)):
            # "Bảo hiểm xã hội (BHXH) tỉnh": the name goes on behind its abbreviation
            further = self._tail(gloss.end(), head, start)
            beyond = self._owner(further, head, depth)
            if beyond.end > gloss.end():
                head_end, tail, owner = gloss.end(), further, beyond
        tailed = tail.end > head_end
        if owner.generic is not None and _MORE_TYPE_WORDS.match(self.text, owner.end):
            return None
        if not owner.known and head.scope not in ("national", "of") and self._indefinite_after(owner.end, head):
            return None
        if head.scope == "national" and owner.end + 1 in self.foreign and self.text[owner.end + 1].isupper():
            return None
        if not self._complete(head, tailed, owner):
            return None
        confidence = self._case_confidence(start, head_end, head, tailed, owner)
        if confidence is None or self._indefinite_before(start, head, tailed, owner):
            return None
        name = tail.name
        if owner.parent is not None and (office := _BY_OFFICE.match(self.text, tail.end)):
            name = f"{name} của {office[1][:1].upper()}{office[1][1:].rstrip()}"
        elif owner.parent is not None and owner.parent.kind == "state" and head.kind in ("delegation", "board"):
            name += " của" if _BY_STATE.match(self.text, tail.end) else ""
        return Agency(
            start, owner.end, f"agencies.{head.kind}", confidence, name, name, head.kind,
            "" if tail.proper else head.level, owner.place, owner.generic, owner.parent, tail.proper,
        )  # fmt: skip

    def remember(self, agency: Agency) -> None:
        """Keeps a body for the short names that stand for it later on."""
        body: Agency | None = agency
        while body is not None:
            if body.rule != _SHORT:
                words = self.lower[body.start : body.end].split(" ", 3)
                for size in (1, 2, 3):
                    self.named[" ".join(words[:size])] = body
            body = body.parent

    def short(self, start: int) -> Agency | None:
        """The body named before for which its head alone stands: "Phó Giám đốc Sở", "tổ công tác"."""
        end, head = self.heads[start]
        full = self.named.get(self.lower[start:end])
        if full is None or not self._stands_alone(start, end, head) or full.end - full.start <= end - start:
            return None
        before = self.text[max(0, start - 20) : start]
        led = head.kind == "delegation" and self.text[start].isupper() and _TEAM_LEADER.search(before)
        if not led and (_TITLED.search(before) or _PLURAL.search(before) or _COUNTED.search(before)):
            return None
        if head.kind == "delegation":
            if self._indefinite_after(end, head):
                return None
        elif not head.short or not self._stands_for_a_body(start, end, before):
            return None
        return replace(full, start=start, end=end, rule=_SHORT, confidence=0.7)

    def _stands_for_a_body(self, start: int, end: int, before: str) -> bool:
        """Whether a bare head has its capital for being a name, and no word behind it makes it another."""
        if not self.text[start].isupper() or (end - start > 1 and self.text[start:end].isupper()):
            return False
        if _SENTENCE_START.search(before) or start == 0:
            if self.text[start:end] in _CLEAR and _GOES_ON.match(self.text, end):
                return True
            return end + 1 in self.deeds or sentence_goes_on().match(self.text, end + 1) is not None
        if _RECEIVES.search(before):
            return True
        if _CAPITAL_BEFORE.search(before):
            return False  # "phường Yên Sở"
        # a name of more syllables would go on with a capital
        return bool(_HEADED.search(before) or _AFTER_SHORT.match(self.text, end) or _GOES_ON.match(self.text, end))

    def announced(self, start: int) -> list[Agency]:
        """The departments of "các sở: Nội vụ, Tài chính"; the head alone names no body."""
        end = self.heads[start][0]
        plural = _PLURAL.search(self.text, max(0, start - 20), start)
        return self.listed(start, end) if plural and self.text.startswith(": ", end) else []

    def listed(self, start: int, position: int) -> list[Agency]:
        """The further departments of "các Sở Nội vụ, Tài chính": fields that share the head at `start`."""
        head = self.heads[start][1]
        if head.tail.isdisjoint({"field", "fields"}) or head.kind not in ("ministry", "department"):
            return []
        more: list[Agency] = []
        while (join := _LIST_JOIN.match(self.text, position)) and join.end() not in self.heads:
            field = self.fields.get(join.end())
            if field is None or not self.text[join.end()].isupper():
                break
            name = f"{head.head} {field.name}"
            owner = self._owner(_Tail(field.end, name), head, 0)
            more.append(
                Agency(
                    join.end(), owner.end, "agencies.list", 0.5, name, name, head.kind, head.level,
                    owner.place, owner.generic, owner.parent,
                )
            )  # fmt: skip
            position = owner.end
        return more

    def _stands_alone(self, start: int, end: int, head: _Head) -> bool:
        """Whether the phrase is the head, not a part of another word or of a document's number."""
        before = self.lower[max(0, start - 30) : start]
        if head.not_after is not None and head.not_after.search(before):
            return False
        if head.not_before is not None and head.not_before.match(self.lower, end):
            return False
        return not _IN_NUMBER.search(self.text[max(0, start - 24) : start])

    def _case_confidence(self, start: int, end: int, head: _Head, tailed: bool, owner: _Owner) -> float | None:
        """How sure the capitals make us; None where they rule the body out."""
        upper = self.text[start].isupper()
        field_upper = tailed and self.text[end : end + 2].strip()[:1].isupper()
        if upper:
            return 0.9 if tailed or owner.known or head.scope == "national" else 0.8
        if head.case == "upper" or (head.case == "either" and not field_upper):
            return None
        if (head.case == "attached" and not (owner.known or field_upper)) or (head.case == "named" and not owner.named):
            return None
        return 0.8 if owner.known or field_upper else 0.65

    def _indefinite_before(self, start: int, head: _Head, tailed: bool, owner: _Owner) -> bool:
        """Whether the words before make it one of many ("các Đoàn"), or a part of a title ("Trưởng đoàn")."""
        before = self.text[max(0, start - 20) : start]
        upper = self.text[start].isupper()
        if _PLURAL.search(before):
            return not (upper and tailed and "field" in head.tail)
        if head.kind in _EVERY_LEVEL and not owner.named and _COUNTED_BODIES.search(before):
            return True
        if head.kind in _COUNTABLE and _COUNTED.search(before) and not (upper and (owner.known or tailed)):
            return True
        return head.kind == "delegation" and bool(_LEADER.search(before)) and not (upper and (tailed or owner.known))

    def _indefinite_after(self, end: int, head: _Head) -> bool:
        """Whether the words after make it one of many, for a coordination too ("HĐND, UBND các xã")."""
        for _ in range(4):
            if _INDEFINITE.match(self.text, end):
                return True
            # what exists at every level; "Sở Nội vụ, UBND các huyện" does not make the department one of many
            join = _COORDINATION.match(self.text, end) if head.kind in _EVERY_LEVEL and not head.level else None
            if join is None or head.scope == "implied" or join.end() not in self.heads:
                return False
            end, head = self.heads[join.end()]
        return False

    def _complete(self, head: _Head, tailed: bool, owner: _Owner) -> bool:
        """Whether what the head needs has followed."""
        if not head.needs:
            return True
        return (
            ("tail" in head.needs and tailed)
            or ("owner" in head.needs and owner.known)
            or ("body" in head.needs and owner.parent is not None)
        )

    def _tail(self, end: int, head: _Head, begin: int) -> _Tail:
        """What belongs to the name after the head (which begins at `begin`), by what the head allows."""
        start, name = end, head.head
        if not head.tail.isdisjoint({"field", "fields"}):
            end, name = self._field_tail(end, name, several="fields" in head.tail)
        if "topic" in head.tail:
            end, name = self._topic_tail(end, name)
        for kind, pattern in (("number", _NUMBER), ("code", _CODE), ("area", _AREA)):
            if kind in head.tail and (match := pattern.match(self.text, end)):
                end, name = match.end(), name + match[0]
                break
        inside = _IN_NAME.search(self.text, max(0, begin - 16), begin)
        if "open" in head.tail and end == start and not inside and self.text[begin].isupper():
            end, name = self._open_tail(end, name, head)
        common = start if _OWN_NAME_AT_END.search(name) and "name" in head.tail and head.kind == "unit" else end
        if "seat" in head.tail and (stop := self._seat_end(end + 1)):
            return _Tail(stop, name + self.text[end:stop], True)
        if "name" in head.tail and not self._typed_place(end + 1):
            end, name = self._name_tail(end, name)
        return _Tail(end, name, end > common)

    def _seat_end(self, start: int) -> int:
        """Where a place without type word that starts here ends; 0 if none does."""
        if (seat := self.places.get(start)) is not None:
            return 0 if self._typed_place(start) else seat.end
        province = _province().match(self.text, start)
        return province.end() if province else 0

    def _field_tail(self, end: int, name: str, several: bool) -> tuple[int, str]:
        field = self.fields.get(end + 1) if self.text[end : end + 1] == " " else None
        if field is None or (end + 1 in self.heads and self.heads[end + 1][0] > field.end):
            return end, name
        end, name = field.end, f"{name} {field.name}"
        while several and (join := _FIELD_JOIN.match(self.text, end)):
            field = self.fields.get(join.end())
            if join[0] == " " and not self.text[join.end()].isupper():
                break
            # after a comma the list must go on with "và": "Phòng Nội vụ, Tài chính" is two of them
            if field is None or join.end() in self.heads or (join[0] == ", " and not self._closes(field.end)):
                break
            joiner = " - " if "-" in join[0] else " và " if "&" in join[0] else join[0]
            end, name = field.end, name + joiner + field.name
        return end, name

    def _closes(self, end: int) -> bool:
        return self.lower.startswith(" và ", end) and end + 4 in self.fields

    def _open_tail(self, end: int, name: str, head: _Head) -> tuple[int, str]:
        """A field that the lexicon lacks, read until the sentence goes on ("Viện Nghiên cứu quản trị công")."""
        words: list[str] = []
        stop = end
        while len(words) < _MOST_OPEN_WORDS and (word := _OPEN_WORD.match(self.text, stop)):
            start = word.start(1)
            joined = words[-1:] == ["và"]
            if start in self.places or start in self.heads or (word[1][0].isupper() != (not words) and not joined):
                break
            if words and not joined and (word[1] in _name_ends() or sentence_goes_on().match(self.text, start)):
                break
            words.append(word[1])
            stop = word.end()
        if words[-1:] == ["và"]:
            words.pop()
            stop -= len(" và")
        if country := _VIETNAM.match(self.text, stop):
            words.append(country[0].strip())
            stop = country.end()
        if "name" in head.tail and words and stop + 1 not in self.places and (own := _OWN_NAME.match(self.text, stop)):
            words += own[0].split()  # "Công ty TNHH MTV Công trình đô thị Ninh Hòa"
            stop = own.end()
        cut_short = bool(_SURNAMED.match(self.text, stop)) and stop + 1 not in self.places
        if len(words) < 2 or cut_short or stop + 1 in self.foreign:
            return end, name
        return stop, f"{name} {' '.join(words)}"

    def _topic_tail(self, end: int, name: str) -> tuple[int, str]:
        lead = _TOPIC_LEAD.match(self.text, end)
        topic = self.topics.get(lead.end()) if lead else None
        if lead is None or topic is None:
            return end, name
        end, name = topic.end, name + lead[0].lower() + topic.name
        while (join := _TOPIC_JOIN.match(self.text, end)) and (topic := self.topics.get(join.end())):
            end, name = topic.end, name + join[0] + topic.name
        return end, name

    def _typed_place(self, start: int) -> bool:
        """Whether a place with its type word starts here; a bare one may be a school's name."""
        return start in self.places and bool(_PLACE_TYPE_WORD.match(self.text, start))

    def _name_tail(self, end: int, name: str) -> tuple[int, str]:
        """A proper name in capitals, up to the next place or head ("Trường THPT Nguyễn Trãi")."""
        run = _NAME.match(self.text, end)
        if run is None or (self.text[max(0, end - 8) : end].isupper() and run[0].isupper()):
            return end, name
        if len(run.captures(1)) > 2 and _HEADED_BY.search(self.text, max(0, end - 40), end):
            return end, name  # "Giám đốc bệnh viện Nguyễn Thị Hoa": it is her name
        stop = end
        for word in run.captures(1):
            if self._typed_place(stop + 1) or stop + 1 in self.heads:
                break
            stop += len(word) + 1
        if stop == run.end() and len(run.captures(1)) == 1 and len(run[1]) > 1:
            rest = _NOUN_REST.match(self.text, stop)
            stop = rest.end() if rest else stop
        return stop, name + self.text[end:stop]

    def _owner(self, tail: _Tail, head: _Head, depth: int) -> _Owner:
        """The place, type word or body right after; `end` stays where it was if there is none."""
        end = tail.end
        if head.scope == "national" or depth > 3:
            return _Owner(end)
        if head.kind in ("delegation", "board") and (office := _BY_OFFICE.match(self.text, end)):
            parent = self._parent(office.end(), depth)
            return _Owner(parent.end, parent=parent) if parent else _Owner(end)
        link = _OWNER_LINK.match(self.text, end)
        # no blank at all: an abbreviation run into the next word
        at = link.end() if link else end
        if head.scope == "of" and at - end < len(" của "):
            return _Owner(end)
        if at == end and not self.text[end : end + 1].isupper():
            return _Owner(end)
        kinds = _OWNERS_OF_PARTY if head.kind in ("party", "board") else frozenset(_OWNER_KINDS)
        if head.scope in ("body", "of") and (parent := self._parent(at, depth, kinds)):
            return _Owner(parent.end, parent=parent)
        if (place := self.places.get(at)) is not None:
            return _Owner(place.end, place=place)
        if head.scope != "implied" and (word := _TYPE_WORD.match(self.text, at)):
            return _Owner(word.end(), generic=_UNIT_WORDS[word[1].lower()])
        return _Owner(end)

    def _parent(self, start: int, depth: int, kinds: frozenset[str] = frozenset(_OWNER_KINDS)) -> Agency | None:
        if start not in self.heads or self.heads[start][1].kind not in kinds:
            return None
        parent = self.body(start, depth + 1) or self.short(start)
        if parent is not None:
            parent.name = compose(parent)
        return parent


def _without_stray_delegations(analysis: Analysis, found: list[tuple[Agency, _Head]]) -> list[tuple[Agency, _Head]]:
    """Drops a bare "Đoàn" where the article names no delegation and no deed of one follows."""
    named = any(agency.kind == "delegation" and agency.head != "Đoàn" for agency, _ in found)
    if not named and any(agency.head == "Đoàn" for agency, _ in found):
        named = _SENT_OUT.search(analysis.lower) is not None
    deeds = {hit.start for hit in analysis.hits["agency_deeds"]}

    def stray(agency: Agency) -> bool:
        if agency.head != "Đoàn" or agency.place or agency.generic or agency.parent:
            return False
        acts = analysis.text[agency.start].isupper() and agency.end + 1 in deeds
        return not (named or acts) or bool(_SURNAMED.match(analysis.text, agency.end))

    return [(agency, head) for agency, head in found if not stray(agency)]


def _share_owners(text: str, found: list[tuple[Agency, _Head]]) -> None:
    """Gives the bare bodies of a coordination the owner of the last one: "Đảng ủy, HĐND, UBND xã X"."""
    for i in range(len(found) - 2, -1, -1):
        (agency, head), (following, _) = found[i], found[i + 1]
        if agency.kind not in _OWNER_KINDS or not _COORDINATION.fullmatch(text[agency.end : following.start]):
            continue
        if agency.parent is not None:
            # "Thường trực HĐND, UBND huyện": it is the parent that lacks the owner
            agency = _innermost(agency.parent)
            head = _heads().get(text[agency.start : agency.end].lower(), head)
        if not (agency.place or agency.generic or head.scope in ("national", "of")):
            _share_owner(agency, head, following)


def _with_abbreviations(analysis: Analysis, agencies: list[Agency]) -> list[Agency]:
    """Adds the bodies that stand by the abbreviation or the short name that the article has given them: "… Việt Nam
    (VFF)", "(gọi tắt là Ban Giao thông)"; what has been read as a body of that short name is this one."""
    text = analysis.text
    defined: dict[str, Agency] = {}
    called: dict[str, Agency] = {}
    for agency in agencies:
        if (gloss := _ABBREVIATION.match(text, agency.end)) and _stands_for(gloss[1].lower(), agency):
            defined.setdefault(gloss[1], agency)
        elif (
            len(called) < _MOST_CALLED
            and (gloss := _CALLED.match(text, agency.end))
            and len(name := gloss[1] or gloss[2]) < agency.end - agency.start
        ):
            called.setdefault(name, agency)
    if not defined and not called:
        return agencies
    more = [
        replace(defined[word[0]], start=word.start(), end=word.end(), rule="agencies.abbreviation", confidence=0.8)
        for word in (_CAPITALS.finditer(text) if defined else ())
        if word[0] in defined and analysis.in_body(*word.span())
    ]
    for name, agency in called.items():
        more += [
            replace(agency, start=at.start(), end=at.end(), rule="agencies.abbreviation", confidence=0.8)
            for at in re.finditer(rf"(?<![\p{{L}}\d]){re.escape(name)}(?![\p{{L}}\d])(?! \p{{Lu}})", text)
            if at.start() >= agency.end and analysis.in_body(*at.span())
        ]
    named = {(agency.start, agency.end) for agency in more if text[agency.start : agency.end] in called}
    kept = [agency for agency in agencies if (agency.start, agency.end) not in named]
    taken = {at for agency in kept for at in range(agency.start, agency.end)}
    more = [agency for agency in more if agency.start not in taken]
    return sorted([*kept, *more], key=lambda agency: agency.start)


def _stands_for(abbreviation: str, agency: Agency) -> bool:
    """Whether what follows a body in brackets is short for it: no other body, and no field; "BQL" for a Ban Quản lý."""
    head = _heads().get(abbreviation)
    if head is not None and head.needs:
        return agency.head.startswith(f"{head.head} ")
    return abbreviation not in _not_bodies()


def _innermost(agency: Agency) -> Agency:
    while agency.parent is not None:
        agency = agency.parent
    return agency


def _share_owner(agency: Agency, head: _Head, following: Agency) -> None:
    if following.parent is not None:
        agency.parent = following.parent if agency.kind == following.kind else None
    elif following.place is not None:
        agency.place = following.place if head.level in ("", following.place.level) else None
    elif following.generic is not None and head.scope != "implied":
        fits = not head.level or head.level in _UNIT_LEVELS[following.generic]
        agency.generic = following.generic if fits else None
