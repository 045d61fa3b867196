"""Officials: people with names and the offices they hold (GUIDELINES, section 6).

For the newcomer, from the bottom to the top:

* `_Names` knows where a person's name stands: capitalised syllables that begin with a family name, cut where
  an office, a body or a place begins.
* `_Offices` reads one office ("Phó Chủ tịch Thường trực HĐND huyện") and chains of them ("Ủy viên Ban Thường
  vụ, Phó Chủ tịch kiêm Trưởng ban"), starting from the scanner's hits on `official_titles`.
* `_Finder` brings both together: an office belongs to the name right after it, else to the name right before
  it; persons named by "đồng chí" alone, lists of persons, and who leads the delegation follow. At the end
  every other occurrence of a known person is looked up, by full name or by form of address and given name.

`find`, at the end of the file, is the whole of it. Offices and names are told apart here; which body "UBND
xã" is, is the resolver's business: `Role.agency` keeps the mention, `Role.org` a body that is no mention.

How titles are written: "nguyên", "cựu" and "quyền" belong to the title ("Nguyên Bí thư"); membership of the
Central Committee or of the Political Bureau is a title without a body ("Ủy viên Trung ương Đảng"); "Tỉnh ủy
viên" names its body itself (Tỉnh ủy); heads keep their short title and name the body in full ("Chánh Văn
phòng" of "Văn phòng Ủy ban nhân dân tỉnh", "Trưởng ban" of "Ban Pháp chế ...").
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

import ahocorasick
import regex

from cchc_nlp import lexicon
from cchc_nlp.analysis import Agency, Analysis, Mention, Official, Place, Role
from cchc_nlp.extract.agencies import sentence_goes_on
from cchc_nlp.extract.gazetteer import gazetteer, province_type
from cchc_nlp.text.scan import Hit

MAX_SYLLABLES = 5
MAX_LIST = 40
MAX_ADDRESSES = 5  # before one name: "đồng chí Đại tá, PGS. TS."
MAX_ROLES = 40
MAX_BODY = 90  # characters in the name of a body that is read word by word

_SYLLABLE = r"\p{Lu}[\p{L}\p{M}]*(?:['’ʼ]\p{L}+)*"
_RUN = rf"{_SYLLABLE}(?: (?:(?:văn|thị) )?{_SYLLABLE}){{0,8}}"
_RUN_AT = regex.compile(_RUN)
_WHOLE_NAME = regex.compile(r"[KH]['’ʼ]\p{L}{2,}")
_WORD = regex.compile(r"\S+")
# a name, and what may stand between it and the office that follows it
_NAME_BEFORE = regex.compile(
    rf"(?r)(?<run>{_RUN})"
    r"(?: ?\([^()\n]{1,40}(?:\)|, ?))?"
    r"(?:, (?:người|dân tộc|sinh năm) [^,.;()\n]{1,25}(?=,)|, \d\d tuổi(?=,))?"
    r" ?(?<sep>[,(\-:/]?)(?: ?|(?<=,)\n)"
    r"(?:(?:hiện |nguyên |đang |đã |vừa |cũng |đồng thời |được cử |được bầu |được giao |được phân công "
    r"|trực tiếp ){0,2}"
    r"(?:(?:là|làm|giữ chức vụ|giữ chức|giữ cương vị|với cương vị|với tư cách|trên cương vị)(?: là)? )?)"
)
_JOIN = regex.compile(
    r" ?(?:[,\-/+]|(?<soft>;))? ?"
    r"(?:đồng thời |hiện |được phân công |được cử |đã |vừa |trực tiếp ){0,2}"
    r"(?:(?:kiêm nhiệm|kiêm|là|làm|giữ chức|(?<soft>và|cùng)) )?"
)
_QUALIFIER = regex.compile(
    r"(?r)(?<![\p{L}\p{N}]|[Tt]ài )(?<word>[Qq]uyền|QUYỀN|[Nn]guyên|NGUYÊN|[Cc]ựu|Q\.)(?: là)? ?"
)
_QUALIFIED = {"q": "Quyền", "n": "Nguyên", "c": "Cựu"}
_QUALIFIER_AT = regex.compile(r"(?:(?:[Qq]uyền|QUYỀN|[Nn]guyên|NGUYÊN|[Cc]ựu)(?: là)? |Q\. ?)")
_STANDING = regex.compile(r" ?-? ?(?<word>thường trực|TT(?!\p{L})|phụ trách|chuyên trách)(?!\p{L})", regex.IGNORECASE)
_STANDING_WORDS = {
    "tt": "Thường trực",
    "thường trực": "Thường trực",
    "phụ trách": "phụ trách",
    "chuyên trách": "chuyên trách",
}
_TERM = regex.compile(
    r"(?: ?,? (?:khóa [IVXLC\d]+|nhiệm kỳ \d{4} ?- ?\d{4}|phụ trách(?: \p{Ll}+){0,4}|đương nhiệm"
    r"|\([^()\n]{1,15}\)|(?:TP\.?|thành phố|tỉnh|huyện|quận|thị xã|xã|phường|thị trấn)(?= \p{Lu})))+",
)
_UNIT = regex.compile(
    r"(?<type>tỉnh|thành phố|TP|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?!\p{L})(?! (?:ủy|hội|viên))",
    regex.IGNORECASE,
)
_PLURAL_BEFORE = regex.compile(
    r"(?r)(?<!\p{L})(?:các|những|hai|ba|bốn)(?: vị| đồng chí| đ/c| ông| bà)? ", regex.IGNORECASE
)
_PLURAL_AFTER = regex.compile(r" (?!(?:cùng|và|với) )(?:[^\s,.;]+ )?(?:các|những|tất cả) ")
_TO_NAME = regex.compile(r"[ .]?(?: ?[:(]|là(?= )|gồm(?: có)?:?)? ?")
_APPOSED = regex.compile(r" ?[,\-] ?")
_CLAUSE_BEFORE = regex.compile(r"(?r)(?:^|[\n.;:!?,]|(?<!\p{L})(?:theo|được|do|bởi|có))[ \n\"“]{0,4}", regex.IGNORECASE)
_LIST_JOIN = regex.compile(r" ?(?:[,;]|-(?= ))? ?(?:(?:và|cùng|với) )?")
_AFTER_ADDRESS = regex.compile(r" ?[.:]? ?")
_GLUED_ADDRESS = regex.compile(r"(?<!\p{L})(?:[Đđ]ồng chí|[Đđ]/c\.?|[Ôô]ng|[Bb]à)(?=\p{Lu}\p{Ll}|[YAK] )")
_ACTIVITY = regex.compile(
    r" (?<activity>(?:(?:, |, | và )?"
    r"(?:công tác|kiểm tra|giám sát|thanh tra|khảo sát|thẩm định|kiểm toán|phúc tra)(?!\p{L})){1,2}"
    r"(?: liên ngành| đột xuất)?)",
    regex.IGNORECASE,
)
_BODY_WORD = regex.compile(r" (?<word>[\p{L}\d][\p{L}\d&/'-]*)(?![\p{L}\d])")
_BY_VERB = "-"  # the title of who "leads" until the delegation is known
_OF = regex.compile(r" ?(?:(?:của|tại|thuộc) )?")
_TEAM_TITLES = ("Trưởng đoàn", "Phó Trưởng đoàn", "Tổ trưởng", "Tổ phó")
_TEAM_DEPUTIES = ("Phó Trưởng đoàn", "Tổ phó")
_STREET_BEFORE = regex.compile(
    r"(?r)(?:đường|phố|trường|quỹ|giải thưởng|tượng đài|nhà thờ|quảng trường) ", regex.IGNORECASE
)


@cache
def _families() -> dict[str, bool]:
    """First syllables of names; whether one is weak evidence."""
    return {row["syllable"]: row["weight"] == "weak" for row in lexicon.table("official_family_names")}


@cache
def _name_syllables() -> frozenset[str]:
    return frozenset(s for row in lexicon.table("page_names") for s in row["syllables"].split())


@cache
def _places_like_people() -> frozenset[str]:
    """Names of administrative units that read like a family name and a given name ("Lê Lợi", "Sầm Sơn")."""
    names = (unit.name for level in gazetteer().values() for unit in level.values())
    return frozenset(name for name in names if name.count(" ") == 1 and _family(name.split(" ")[0]) is not None)


@cache
def _provinces() -> dict[str, str]:
    """Provinces with their type words, by name; some look like names of people ("Hà Nam")."""
    return {unit.name: f"{province_type(unit)} {unit.name}" for unit in gazetteer()["province"].values()}


@cache
def _opening_words() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.table("official_body_words") if row["role"] == "opens")


# What a unit's leader heads: "Chủ tịch xã" the committee, "Bí thư huyện" the party body.
_PARTY = {
    "tỉnh": "Tỉnh ủy",
    "thành phố": "Thành ủy",
    "huyện": "Huyện ủy",
    "quận": "Quận ủy",
    "thị xã": "Thị ủy",
}


def _unit_body(kind: str, unit: str, name: str) -> str:
    if kind == "chair":
        return f"Ủy ban nhân dân {name}"
    own = name[len(unit) :]
    return f"{_PARTY[unit]}{own}" if unit in _PARTY else f"Đảng ủy {name}"


@dataclass(slots=True)
class _Office:
    start: int
    end: int
    role: Role
    soft: bool = False  # joined to the office before it by a word that may also join two persons
    private: bool = False  # of a company or the like


@dataclass(slots=True)
class _Chain:
    """Offices that follow each other and belong to one person (or, `plural`, to each of several)."""

    offices: list[_Office]
    plural: bool

    @property
    def start(self) -> int:
        return self.offices[0].start

    @property
    def end(self) -> int:
        return self.offices[-1].end


@dataclass(slots=True)
class _Name:
    start: int
    end: int
    confidence: float


@dataclass(slots=True)
class _Person:
    name: str
    mentions: dict[int, Mention] = field(default_factory=dict)
    roles: list[tuple[int, Role]] = field(default_factory=list)  # with the place where each is printed
    in_office: bool = False  # addressed as an official


_Tails = dict[str, list[tuple[_Person, list[int]]]]
"""Persons and where their full names stand, by the last one or two syllables of the name."""


class _Names:
    """Where a person's name stands."""

    def __init__(self, analysis: Analysis) -> None:
        self.text = analysis.text
        hits = analysis.hits
        self._titles = {hit.start for hit in hits["official_titles"]}
        self._titles |= {hit.start for hit in hits["official_honorifics"] if hit.row["kind"] in ("comrade", "many")}
        self._not_names = {hit.start for hit in hits["official_not_names"]}
        self._addresses = {hit.start for hit in hits["official_honorifics"]}
        self._address_ends = {hit.end for hit in hits["official_honorifics"]}
        spans: list[Agency | Place] = [*analysis.agencies, *analysis.places]
        taken = sorted((span.start, span.end) for span in spans if not _bare(span, self.text))
        self._bare = {place.start: place.end for place in analysis.places if _bare(place, self.text)}
        self._taken_starts: list[int] = []
        self._taken_ends: list[int] = []
        for start, end in taken:
            if self._taken_ends and start < self._taken_ends[-1]:
                self._taken_ends[-1] = max(end, self._taken_ends[-1])
            else:
                self._taken_starts.append(start)
                self._taken_ends.append(end)

    def taken(self, start: int, end: int) -> bool:
        """Whether a place or a body stands in this stretch."""
        i = bisect_right(self._taken_starts, start) - 1
        if i >= 0 and self._taken_ends[i] > start:
            return True
        return i + 1 < len(self._taken_starts) and self._taken_starts[i + 1] < end

    def syllables(self, start: int) -> list[tuple[int, int]]:
        """The capitalised syllables from `start` on that can belong to one name."""
        run = _RUN_AT.match(self.text, start)
        if run is None or self.taken(start, start + 1):
            return []
        return self._cut([word.span() for word in _WORD.finditer(self.text, start, run.end())])

    def _cut(self, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
        capitals: bool | None = None
        for i, (start, end) in enumerate(words):
            word = self.text[start:end]
            if i and (start in self._titles or self.taken(start, end)):
                return words[:i]
            if len(word) > 1 and "'" not in word:
                if capitals is None:
                    capitals = word.isupper()
                elif capitals is not word.isupper() and word not in ("văn", "thị"):
                    return words[:i]
        return words

    def at(self, start: int, addressed: bool = False, titled: bool = False) -> _Name | None:
        """The name that begins at `start`; `addressed`: a form of address stands before it, `titled`: an office."""
        words = self.syllables(start)
        if start in self._not_names:
            return None
        if len(words) > MAX_SYLLABLES:
            words = self._shorten(words)
        confidence = self._confidence(words, addressed, titled)
        if not addressed and self._is_place(words):
            return None
        if not confidence or (start in self._bare and self._bare[start] >= words[-1][1]):
            return None
        return _Name(start, words[-1][1], confidence)

    def _is_place(self, words: list[tuple[int, int]]) -> bool:
        """Whether syllables name a place that nobody has marked: "Chủ tịch Hà Nam", "Đại học Y Hà Nội"."""
        if len(words) < 2:
            return False
        if len(words) == 2:
            return self.text[words[0][0] : words[1][1]] in _places_like_people()
        if self.text[words[0][0] : words[1][1]] in _provinces():
            return True
        # "Trương Hòa Bình" is a person, "Y Hà Nội" the end of a body's name
        family = _family(self.text[slice(*words[0])]) is False
        return not family and self.text[words[1][0] : words[-1][1]] in _provinces()

    def starts_person(self, start: int, after_and: bool = False) -> bool:
        """Whether a name or a form of address begins here.

        Two syllables `after_and` rather go on with the name of a body ("Tạo hình và Thẩm Mỹ").
        """
        if start in self._addresses:
            return True
        name = self.at(start)
        return name is not None and (not after_and or self.text.count(" ", name.start, name.end) > 1)

    def before(self, words: list[tuple[int, int]]) -> _Name | None:
        """The name that ends a run of capitalised syllables."""
        for i, (start, end) in enumerate(words):
            if (
                self.taken(start, end)
                or len(words) - i > MAX_SYLLABLES
                or (start in self._addresses and i + 2 < len(words) and not (i and words[i - 1][0] in self._addresses))
            ):
                continue
            addressed = self._addressed(start)
            known = _family(self.text[start:end]) is not None
            if not known and not addressed:
                continue
            name = self.at(start, addressed)
            if name is not None and name.end == words[-1][1]:
                return name
        return None

    def _addressed(self, start: int) -> bool:
        """Whether a form of address stands right before."""
        if start in self._address_ends:
            return True
        gap = 1 if self.text[start - 2 : start - 1].isalpha() else 2
        return self.text[start - 1 : start] == " " and start - gap in self._address_ends

    def _shorten(self, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Two names that nothing parts are parted at the second family name."""
        for i in range(2, MAX_SYLLABLES + 1):
            if _family(self.text[slice(*words[i])]) is False:
                return words[:i]
        return []

    def _ordinary(self, words: list[tuple[int, int]]) -> bool:
        """Whether syllables printed as a name's are all ones that names are made of."""
        printed = [self.text[start:end] for start, end in words]
        return all(word.istitle() and word.lower() in _name_syllables() for word in printed)

    def _confidence(self, words: list[tuple[int, int]], addressed: bool, titled: bool = False) -> float:
        if len(words) < 2:
            # "K'Brếp", "H'Lan": a whole name in one word
            return 0.7 if words and _WHOLE_NAME.fullmatch(self.text, *words[0]) else 0.0
        weak = _family(self.text[slice(*words[0])])
        second = self.text[slice(*words[1])].lower()
        if weak is None:
            if len(words) == 3 and titled and self._ordinary(words[1:]):
                return 0.55  # a rare family name: "Phó Giám đốc Đầu Thanh Tùng"
            told = len(words) > 2 or not any(_is_syllable(self.text[slice(*word)]) for word in words)
            return 0.6 if (told and addressed) or (second in ("văn", "thị") and len(words) > 2) else 0.0
        if weak and len(words) == 2:
            # a name word of one letter is no everyday word: "A Brôl", "Y Hương"
            return 0.6 if addressed or words[0][1] - words[0][0] == 1 else 0.0
        return 0.95 if addressed else 0.9


def _bare(span: Agency | Place, text: str) -> bool:
    """Whether a place is printed without its type word, so that it may in truth be part of a name."""
    return isinstance(span, Place) and span.name.lower().endswith(" " + text[span.start : span.end].lower())


def _family(syllable: str) -> bool | None:
    """Whether a first syllable is weak evidence of a name; None if it is none."""
    if len(syllable) > 2 and syllable[1] in "'’ʼ":
        return False
    key = syllable[0] + syllable[1:].lower()
    return _families().get(key)


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VOWELS = "aeiouyăâêôơư"
_SYLLABLE_FORM = regex.compile(
    rf"(?:ngh?|[cgknpt]h|tr|gi|qu|[bcdđghklmnprstvx])?[{_VOWELS}]{{1,3}}(?:ch|n[gh]|[ckmnpt])?"
)


def _is_syllable(word: str) -> bool:
    """Whether a word could be a syllable of Vietnamese, as no word of "Lars Hendriksen" could."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if c not in _TONES)
    return _SYLLABLE_FORM.fullmatch(unicodedata.normalize("NFC", bare)) is not None


class _Offices:
    """Reads offices and chains of offices."""

    def __init__(self, analysis: Analysis, names: _Names) -> None:
        self.text, self.names = analysis.text, names
        hits = analysis.hits
        self.titles: dict[int, Hit] = {
            hit.start: hit
            for hit in hits["official_titles"]
            if hit.row["print"] != "upper" or self.text[hit.start : hit.end].isupper()
        }
        self._fields = {hit.start: hit for hit in hits["agency_fields"]}
        self._posts = {hit.start: hit for hit in hits["official_posts"]}
        self._topics = {hit.start: hit for hit in hits["agency_topics"]}
        self._private = {hit.start for hit in hits["official_private_bodies"]}
        self._agencies = sorted(analysis.agencies, key=lambda a: (a.start, -a.end))
        self._agency_starts = [agency.start for agency in self._agencies]
        self._places = {place.start: place for place in analysis.places}

    def chains(self) -> Iterator[_Chain]:
        """All chains, in text order."""
        done = 0
        for start, hit in self.titles.items():
            if start >= done:
                chain = self._chain(hit)
                done = chain.end
                yield chain

    def _chain(self, hit: Hit) -> _Chain:
        offices = [self._office(hit)]
        plural = _PLURAL_BEFORE.match(self.text, 0, hit.start) is not None
        while _PLURAL_AFTER.match(self.text, offices[-1].end) is None:
            join = _JOIN.match(self.text, offices[-1].end)
            if join is None:
                break
            qualifier = _QUALIFIER_AT.match(self.text, join.end())
            following = self.titles.get(qualifier.end() if qualifier else join.end())
            if following is None or following.start <= offices[-1].end - 1:
                break
            if join["soft"] and _PLURAL_AFTER.match(self.text, following.end):
                break  # "Chủ tịch UBND xã và công chức các bộ phận"
            offices.append(self._office(following, soft=join["soft"] is not None))
        if _PLURAL_AFTER.match(self.text, offices[-1].end):
            plural = True
        return _Chain(offices, plural)

    def _office(self, hit: Hit, soft: bool = False) -> _Office:
        start, end, title = hit.start, hit.end, hit.row["title"]
        if title.startswith(("Phó", "Thứ trưởng", "Ủy viên", "Đại biểu")) and (
            standing := _STANDING.match(self.text, end)
        ):
            title += " " + _STANDING_WORDS[standing["word"].lower()]
            end = standing.end()
        if qualifier := _QUALIFIER.match(self.text, max(0, start - 12), start):
            title = f"{_QUALIFIED[qualifier['word'][0].lower()]} {title}"
            start = qualifier.start()
        if hit.row["unit"] == "staff" and (post := self._posts.get(end + 1)):
            title += " " + post.row["post"]
            end = post.end
        role = Role(title)
        title_end = end
        end = self._body(hit.row, role, hit.start, end)
        private = role.agency is None and title_end + 1 in self._private
        if term := _TERM.match(self.text, end):
            end = term.end()
        return _Office(start, end, role, soft, private)

    def _body(self, row: lexicon.Row, role: Role, start: int, end: int) -> int:
        """Fills in the body in which the office is held; returns where it ends."""
        agency = self._agency_from(start + 1, end)
        own = row["body"].lower()
        if row["org"]:
            role.org = row["org"]
            return agency.end if agency is not None and row["org"] == agency.head else end
        if agency is not None and agency.start < end:
            if own and agency.head.lower().startswith(own):
                role.agency = agency
            elif agency.parent is not None and agency.parent.start >= end:
                role.agency = agency.parent
            else:
                role.agency = agency if own else self._agency_from(end, end)
            return max(agency.end, role.agency.end if role.agency else 0)
        if agency is not None and (not own or agency.head.lower().startswith(own)):
            role.agency = agency
            return agency.end
        if own:
            return self._department(row["body"], role, end)
        if row["unit"] == "staff":
            return end
        if row["unit"] and (unit := self._unit_at(end + 1)):
            role.org = _unit_body(row["unit"], *unit[:2])
            return unit[2]
        return self._unknown_body("", role, end)

    def agencies_between(self, start: int, end: int) -> list[Agency]:
        """Bodies that begin in this stretch."""
        return self._agencies[bisect_left(self._agency_starts, start) : bisect_left(self._agency_starts, end)]

    def _agency_from(self, low: int, end: int) -> Agency | None:
        """The body that begins inside an office and ends behind it, or follows it directly."""
        link = _OF.match(self.text, end)
        limit = link.end() if link else end
        for agency in self.agencies_between(low, limit + 1):
            inside = agency.start < end <= agency.end
            if inside or (agency.start == limit and agency.end > end):
                return agency
        return None

    def _department(self, body: str, role: Role, end: int) -> int:
        """ "Trưởng phòng" + "Nội vụ huyện" """
        parts = [body]
        if body in ("Đoàn", "Tổ"):
            subject = _ACTIVITY.match(self.text, end)
            if subject is not None:
                parts.append(subject["activity"].lower())
                end = subject.end()
            topics, column = self._topics, "topic"
        else:
            topics, column = self._fields, "field"
        if topic := topics.get(end + 1):
            parts.append(topic.row[column])
            end = topic.end
        tail = self._agency_from(end, end)
        if tail is not None:
            parts.append(tail.name)
            end = tail.end
        elif unit := self._unit_at(end + 1):
            parts.append(unit[1])
            end = unit[2]
        if len(parts) == 1:
            return self._unknown_body(body, role, end)
        role.org = " ".join(parts)
        return end

    def _unknown_body(self, head: str, role: Role, end: int) -> int:
        """A body that nobody has marked, read word by word until the sentence goes on."""
        words: list[str] = []
        stop = end
        while word := _BODY_WORD.match(self.text, stop, end + MAX_BODY):
            start, printed = word.start("word"), word["word"]
            if not words and not self._opens_body(printed, head):
                return end
            agency = self._agency_from(start, start)
            if agency is not None and agency.start == start:
                words.append(agency.name)
                stop = agency.end
                break
            if place := self._places.get(start):
                words.append(place.name)
                stop = place.end
                break
            if start in self.titles:
                break
            if self.names.starts_person(start, after_and=words[-1:] == ["và"]):
                if words and not any(word[0].isupper() for word in words):
                    return stop  # "Giám đốc bệnh viện Nguyễn Thị Hoa": which one goes unsaid
                break
            if words[-1:] not in (["và"], ["việc"]) and sentence_goes_on().match(self.text, start):
                break
            words.append(printed)
            stop = word.end()
        if words[-1:] == ["và"]:
            words.pop()
        if any(word[0].isupper() for word in words) and (head or len(words) > 1):
            opened = head and words[0].lower() != head.lower()
            role.org = " ".join([head, *words] if opened else words)
            return stop
        return end

    def _opens_body(self, word: str, head: str) -> bool:
        return word.lower() in _opening_words() or (bool(head) and word[0].isupper())

    def _unit_at(self, start: int) -> tuple[str, str, int] | None:
        """Type, name and end of an administrative unit, named or not."""
        if place := self._places.get(start):
            named = _UNIT.match(place.name)
            return (named["type"], place.name, place.end) if named else None
        if word := _UNIT.match(self.text, start):
            unit = word["type"].lower().replace("tp", "thành phố")
            return unit, unit, word.end()
        if (words := self.names.syllables(start)[:2]) and (name := _provinces().get(self.text[start : words[-1][1]])):
            return name.split(" ")[0] if name.startswith("tỉnh") else "thành phố", name, words[-1][1]
        return None


class _Finder:
    """The persons of one article."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.names = _Names(analysis)
        self.offices = _Offices(analysis, self.names)
        self.addresses: dict[int, tuple[int, str]] = {
            hit.start: (hit.end, hit.row["kind"]) for hit in analysis.hits["official_honorifics"]
        }
        for glued in _GLUED_ADDRESS.finditer(self.text):
            kind = "comrade" if glued[0][0] in "Đđ" else "civil"
            self.addresses[glued.start()] = (glued.end(), kind)
        self.chains = list(self.offices.chains())
        self.persons: dict[str, _Person] = {}
        self.phrase_ends: dict[int, int] = {}  # start of a name -> end of the name and the offices behind it
        teams = (agency for agency in analysis.agencies if agency.kind == "delegation")
        self._teams = sorted(teams, key=lambda team: team.start)
        self._teams_by_head = sorted(((team.head.lower(), team) for team in self._teams), key=lambda t: t[0])
        self._listed: set[int] = set()
        self._body = sorted((span.start, span.end) for span in analysis.page.body)

    def run(self) -> list[Official]:
        self._attach_chains()
        self._read_addressed()
        self._link_delegations()
        officials = [p for p in self.persons.values() if p.roles or p.in_office]
        if officials:
            self._repeats(officials)
        return self._build(officials)

    # --- persons by office

    def _attach_chains(self) -> None:
        titled: set[int] = set()
        for chain in self.chains:
            after = self._name_after(chain)
            before = self._name_before(chain)
            if after is None and before is None:
                after = self._name_apposed(chain)
            if after is not None:
                offices = chain.offices
                if before is not None and before.start not in titled and len(offices) > 1:
                    cut = next((i for i, o in enumerate(offices) if i and o.soft), len(offices) - 1)
                    self._hold(before, offices[:cut], "officials.title_after")
                    offices = offices[cut:]
                titled.add(after.start)
                self._hold(after, offices, "officials.title_before")
                if chain.plural:
                    self._share_forward(after, chain)
            elif before is not None and not chain.plural:
                self._hold(before, chain.offices, "officials.title_after")
                self.phrase_ends[before.start] = chain.end

    def _name_after(self, chain: _Chain) -> _Name | None:
        gap = _TO_NAME.match(self.text, chain.end)
        if gap and gap[0].startswith(".") and not self.text[chain.end - 1].isupper():
            return None  # "PCT. Lê Văn An", but not "kiểm điểm thủ quỹ. Ông Lê Văn An"
        body = chain.offices[-1].role
        return self._name_at(gap.end() if gap else chain.end, titled=body.agency is not None or body.org is not None)

    def _name_apposed(self, chain: _Chain) -> _Name | None:
        """ "Phó Chủ tịch UBND huyện, đồng chí Nguyễn Văn A": only with a form of address, or after a dash."""
        gap = _APPOSED.match(self.text, chain.end)
        body = chain.offices[-1].role
        if (body.agency is None and body.org is None) or _CLAUSE_BEFORE.match(self.text, 0, chain.start) is None:
            return None
        if gap is None or (self._past_addresses(gap.end())[0] == gap.end() and "-" not in gap[0]):
            return None
        return self._name_at(gap.end())

    def _name_at(self, start: int, titled: bool = False) -> _Name | None:
        start, kinds = self._past_addresses(start)
        return self.names.at(start, addressed=bool(kinds), titled=titled)

    def _past_addresses(self, start: int) -> tuple[int, list[str]]:
        kinds: list[str] = []
        while len(kinds) < MAX_ADDRESSES and (found := self.addresses.get(start)):
            end, kind = found
            if kind == "civil" and self._is_surname(start, end):
                break
            kinds.append(kind)
            gap = _AFTER_ADDRESS.match(self.text, end)
            start = gap.end() if gap else end
        return start, kinds

    def _is_surname(self, start: int, end: int) -> bool:
        """Whether "Ông" is the family name: "Chánh Thanh tra Ông Văn Khuê", but not "Ông Khuê", "Ông Lê Văn Khuê"."""
        if self.text[start:end] != "Ông" or not regex.match(r"[\p{L}\p{N}] ", self.text[start - 2 : start]):
            return False
        words = self.names.syllables(end + 1)
        return len(words) > 1 and _family(self.text[slice(*words[0])]) is not False

    def _name_before(self, chain: _Chain) -> _Name | None:
        found = _NAME_BEFORE.match(self.text, max(0, chain.start - 130), chain.start)
        if found is None:
            return None
        return self.names.before([word.span() for word in _WORD.finditer(self.text, *found.span("run"))])

    def _share_forward(self, name: _Name, chain: _Chain) -> None:
        """ "các Phó Chủ tịch UBND huyện: Nguyễn Văn A, Trần Văn B": the office is everybody's."""
        for other in self._list_from(name)[1:]:
            if other.start not in self.phrase_ends:
                self._hold(other, chain.offices, "officials.list")

    # --- persons by form of address

    def _read_addressed(self) -> None:
        for end, kind in self.addresses.values():
            if kind not in ("comrade", "many", "civils"):
                continue
            gap = _AFTER_ADDRESS.match(self.text, end)
            first = self._name_at(gap.end() if gap else end)
            if first is None:
                continue
            if kind == "comrade":
                self._person(first, "officials.address").in_office = True
            else:
                self._several(first, in_office=kind == "many")

    def _several(self, first: _Name, in_office: bool) -> None:
        """A list of persons; one whose own office is not given shares that of the next."""
        if first.start in self._listed:
            return
        waiting: list[_Name] = []
        for name in self._list_from(first):
            self._listed.add(name.start)
            person = self._person(name, "officials.list")
            person.in_office = person.in_office or in_office
            chain = self._chain_behind(name)
            if chain is None:
                waiting.append(name)
                continue
            for other in waiting:
                if not self.persons[self._key(other)].roles:
                    self._hold(other, chain.offices, "officials.list")
            waiting = []

    def _list_from(self, first: _Name) -> list[_Name]:
        names = [first]
        while len(names) < MAX_LIST:
            join = _LIST_JOIN.match(self.text, self.phrase_ends.get(names[-1].start, names[-1].end))
            if join is None or not join[0].strip():
                break
            name = self._name_at(join.end())
            if name is None:
                break
            names.append(name)
        return names

    def _chain_behind(self, name: _Name) -> _Chain | None:
        if name.start not in self.phrase_ends:
            return None
        end = self.phrase_ends[name.start]
        i = bisect_left(self.chains, end, key=lambda chain: chain.end)
        return self.chains[i]

    # --- who leads the delegation

    def _link_delegations(self) -> None:
        """Gives the roles of a delegation their delegation; one told by a verb alone is none without it."""
        for person in self.persons.values():
            for item in list(person.roles):
                start, role = item
                by_verb = role.title == _BY_VERB
                if by_verb and any(other.title.startswith(_TEAM_DEPUTIES) for _, other in person.roles):
                    person.roles.remove(item)  # a deputy who leads this time
                    continue
                if not by_verb and role.title not in _TEAM_TITLES:
                    continue
                if role.agency is None or (by_verb and role.agency.kind != "delegation"):
                    role.agency = self._delegation(start, role.org)
                if by_verb and role.agency is None:
                    person.roles.remove(item)
                elif by_verb and role.agency is not None:
                    role.title = "Tổ trưởng" if role.agency.head.startswith("Tổ") else "Trưởng đoàn"

    def _delegation(self, at: int, called: str | None) -> Agency | None:
        """The first delegation `called` so; else that of the same sentence, rather before than after."""
        if called:
            j = bisect_left(self._teams_by_head, called.lower(), key=lambda team: team[0])
            if j < len(self._teams_by_head) and self._teams_by_head[j][0].startswith(called.lower()):
                return self._teams_by_head[j][1]
            return None
        sentences = self.analysis.sentences
        i = bisect_right(sentences, at, key=lambda s: s.start) - 1
        if i < 0:
            return None
        j = bisect_left(self._teams, at, key=lambda team: team.start)
        if j and self._teams[j - 1].start >= sentences[i].start:
            return self._teams[j - 1]
        return self._teams[j] if j < len(self._teams) and self._teams[j].start < sentences[i].end else None

    # --- the other occurrences of a person

    def _repeats(self, officials: list[_Person]) -> None:
        self._full_names(officials)
        tails: _Tails = {}
        for person in officials:
            words = person.name.split()
            known = (person, sorted(person.mentions))
            for size in (1, 2):
                if size < len(words):
                    tails.setdefault(" ".join(words[-size:]), []).append(known)
        for end, kind in self.addresses.values():
            if kind in ("comrade", "civil", "rank"):
                gap = _AFTER_ADDRESS.match(self.text, end)
                self._short_name(gap.end() if gap else end, tails)
        for chain in self.chains:
            self._short_name(chain.end + 1, tails)

    def _full_names(self, officials: list[_Person]) -> None:
        automaton = ahocorasick.Automaton()
        for person in officials:
            for form in {person.name, person.name.upper()}:
                automaton.add_word(form, (len(form), person))
        automaton.make_automaton()
        for last, (length, person) in automaton.iter(self.text):
            start, end = last - length + 1, last + 1
            if start in person.mentions or self.names.taken(start, end):
                continue
            if self._whole(start, end) and _STREET_BEFORE.match(self.text, 0, start) is None:
                person.mentions[start] = Mention(start, end, "officials.repeat", 0.9)

    def _whole(self, start: int, end: int) -> bool:
        """Whether the name is not a part of a longer one."""
        if start and self.text[start - 1].isalnum() and not self.text[start - 1].islower():
            return False
        if end < len(self.text) and self.text[end].isalnum():
            return False
        syllables = self.names.syllables(start)
        return not syllables or syllables[-1][1] <= end or self.text[start:end].isupper()

    def _short_name(self, start: int, tails: _Tails) -> None:
        words = self.names.syllables(start)
        if not 1 <= len(words) <= 2:
            return
        end = words[-1][1]
        candidates = tails.get(_title_case(self.text[start:end]))
        if not candidates:
            return
        person, named = min(candidates, key=lambda known: _distance(known[1], start))
        before = bisect_right(named, start) - 1
        if before >= 0 and person.mentions[named[before]].end > start:
            return  # the end of the full name: "Ông" may be the family name
        person.mentions.setdefault(start, Mention(start, end, "officials.short", 0.8))

    # --- keeping the books

    def _key(self, name: _Name) -> str:
        return _title_case(self.text[name.start : name.end])

    def _person(self, name: _Name, rule: str) -> _Person:
        key = self._key(name)
        person = self.persons.setdefault(key, _Person(key))
        person.mentions.setdefault(name.start, Mention(name.start, name.end, rule, name.confidence))
        return person

    def _hold(self, name: _Name, offices: list[_Office], rule: str) -> None:
        person = self._person(name, rule)
        person.roles.extend((office.start, replace(office.role)) for office in offices if not office.private)

    def _in_body(self, start: int, end: int) -> bool:
        i = bisect_right(self._body, (start, len(self.text))) - 1
        return i >= 0 and end <= self._body[i][1]

    def _build(self, persons: list[_Person]) -> list[Official]:
        officials = []
        by_line = self.analysis.page.author_span
        for person in persons:
            mentions = [
                mention
                for start, mention in sorted(person.mentions.items())
                if self._in_body(start, mention.end)
                and not (by_line and by_line.start <= start and mention.end <= by_line.end)
            ]
            if mentions:
                officials.append(
                    Official(
                        person.name,
                        mentions,
                        _merge([role for _, role in sorted(person.roles, key=lambda r: r[0])]),
                    )
                )
        return sorted(officials, key=lambda official: official.mentions[0].start)


def _distance(mentions: list[int], at: int) -> tuple[bool, int]:
    """How far the nearest mention before `at` lies; a person named only behind it counts last."""
    i = bisect_left(mentions, at)
    return (False, at - mentions[i - 1]) if i else (True, mentions[0] - at)


def _title_case(name: str) -> str:
    """A name as printed, its capitals and small letters put right."""
    words = name.split()
    if any(len(word) > 1 and not word.isupper() for word in words):
        return " ".join(word[0].upper() + word[1:] for word in words)
    return " ".join(
        word.title().replace("’", "'") if "'" not in word else word[:3] + word[3:].lower() for word in words
    )


def _specific(role: Role) -> int:
    """How much a role says about its body."""
    if role.agency is not None:
        return 2 + (role.agency.place is not None)
    return 1 if role.org else 0


def _body_name(role: Role) -> str:
    return (role.agency.head if role.agency else role.org or "").lower()


def _same(one: Role, other: Role) -> bool:
    """Whether two printed roles are one office, the second perhaps said more briefly."""
    a, b = one.title.lower(), other.title.lower()
    if a != b and not a.startswith(b + " "):
        return False
    mine, others = _body_name(one), _body_name(other)
    return not others or (not mine and a == b) or mine.startswith(others) or (a == b and others.startswith(mine))


def _merge(roles: list[Role]) -> list[Role]:
    """Every office once, in the fullest of its printed forms."""
    kept: list[Role] = []
    for role in roles:
        twin = next((i for i, k in enumerate(kept) if _same(k, role) or _same(role, k)), None)
        if twin is None:
            kept.append(role)
            if len(kept) == MAX_ROLES:
                break
        else:
            old = kept[twin]
            body = max(old, role, key=_specific)
            kept[twin] = Role(max(old.title, role.title, key=len), body.org, body.agency)
    return kept


def find(analysis: Analysis) -> list[Official]:
    """All officials of the article, by first mention."""
    return _Finder(analysis).run()
