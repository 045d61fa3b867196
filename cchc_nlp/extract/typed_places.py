"""Units named with their type word, and the lists and short forms that hang on such mentions.

First half of the search for places (see `places`): `TypedPlaces.typed_mentions` runs the steps "typed", "lists"
and "completion" and notes what the article says of itself: its own units, its provinces, the types it speaks of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from cchc_nlp import lexicon, units
from cchc_nlp.analysis import Analysis, Level
from cchc_nlp.extract.gazetteer import (
    Unit,
    foreign_names,
    gazetteer,
    key,
    lookup,
    province_type,
    type_levels,
)
from cchc_nlp.text.names import Syllable, name_runs, run_at, starts_like_person, title_case
from cchc_nlp.text.scan import Hit

MAX_SYLLABLES = 5
_TITLE_REACH = 24  # characters from an office to the type word of the unit in which it is held
_MOST_PROVINCES = 8  # codes, old and new, beyond which an article is about the country
HUE_PROVINCE = date(2025, 1, 1)  # when Huế became a centrally run city

_WORD = r"[^\W_]+(?:['’][^\W\d_]+)*"
_WORDS = re.compile(rf"{_WORD}(?:(?: ?- ?| ){_WORD}){{0,{MAX_SYLLABLES - 1}}}")
_WORD_ENDS = re.compile(_WORD)
_AFTER_WORD = re.compile(r" ")
_AFTER_SHORT = re.compile(r"\.? ?")
_NUMBER = re.compile(r"(số )?0?(\d{1,2})([A-ZĐa-d]?)(?![\w%]|[.,/-]\d)", re.IGNORECASE)
_NUMBER_TAIL = re.compile(r" (\d{1,2})(?![\w%]|[.,/-]\d| (?:năm|ngày|tháng|lần|hộ|người|thôn|xã))")
_NEXT_NUMBER = re.compile(r"(?:, | và )([1-9]\d?)(?=[;.)\n]|, | (?:và|của|thuộc) |$)(?![.,]\d)")
_CHAIN = re.compile(r", ?| và |/| hoặc | & | - ")
_SEPARATOR = re.compile(r"(?: ?\([^()\n]{1,60}\))?(?:, và | ?, | ?,(?=[^\W\d_])| và |; | cùng | & )")
_ANNOUNCE = re.compile(r"(?:(?: như| gồm| là| sau| sau đây| bao gồm| gồm có| có){0,2} ?:| gồm| như| là) ?")
_LATER_ANNOUNCE = re.compile(r" [^.;:()\n]{1,60}?(?: là|:| gồm| gồm có) ")
_LETTER_NUMBER = re.compile(r"[A-ZĐ]\d{1,2}(?![\w%]|[.,/-]\d)")
_SMALL_WORD = re.compile(r" ([^\W\d_]+)")
_ENUMERATED = re.compile(r", ?(?:thôn|ấp|xóm|khóm|bản|khu|tổ|phường|xã|thị trấn|tt|p)\b", re.IGNORECASE)
_CLOSES_NAME = re.compile(r" ?[,.;:()\n\"”-]|$")
_PARENT = re.compile(r"(?:, | \(| - )(?:(?:tỉnh|thành phố|quận|huyện|khu tự trị|bang|vùng) )?")
_PHRASE_ENDS = re.compile(r"[.,;:\n]")
_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_VIETNAMESE_SYLLABLE = rf"(?:ngh?|[cgknpt]h|tr|gi|qu|[bcdđghklmnprstvx])?[{_VOWELS}]{{1,3}}(?:ch|n[gh]|[ckmnpt])?"
_VIETNAMESE = re.compile(rf"{_VIETNAMESE_SYLLABLE}(?: {_VIETNAMESE_SYLLABLE})*")
_FOREIGN_LETTER = re.compile(r"[fjwzFJWZ]")
_ELDERS = ("Bà", "Ông", "Cô", "Thầy")  # "ấp Bà Phủ"
_HIGHLAND_TYPES = ("thôn", "buôn", "bản", "làng", "phum", "sóc")  # named in other languages too
_COMPLETE_TYPES = ("tỉnh", "thành phố", "đặc khu")  # the gazetteer has every unit of these types


@cache
def words_of(role: str) -> frozenset[str]:
    """The words of one role in the table `place_words`."""
    return frozenset(row["word"] for row in lexicon.table("place_words") if row["role"] == role)


@cache
def _numbered_types() -> frozenset[str]:
    return frozenset(row["type"] for row in lexicon.table("place_types") if row["numbered"])


@cache
def _type_rows() -> dict[str, lexicon.Row]:
    rows = (row for row in lexicon.table("place_types") if row["use"] != "other")
    return {row["phrase"]: row for row in rows}


@cache
def _plural_counts() -> dict[str, int]:
    rows = (row for row in lexicon.table("place_words") if row["role"] == "plural")
    return {row["word"]: int(row["number"] or 0) for row in rows}


@dataclass(slots=True)
class PlaceDraft:
    """A place being made: `name` is the bare name; `known` whether the gazetteer has it on this level."""

    start: int
    end: int
    name_start: int
    type: str
    name: str
    level: Level
    rule: str
    confidence: float
    known: bool = True
    doubtful: bool = False  # dropped unless the article completes it

    @property
    def full(self) -> str:
        """Type word and name."""
        return f"{self.type} {self.name}"


class _Name(NamedTuple):
    """A name read at some place of the text."""

    end: int
    name: str
    known: bool
    doubtful: bool = False
    level: Level | None = None


class TypedPlaces:
    """One article's search; the methods stand in the order in which they run."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.lower = analysis.lower
        self.body = sorted((span.start, span.end) for span in analysis.page.body)
        hits = analysis.hits
        self.heads = [hit for hit in hits["place_heads"] if hit.row["reach"] != "none"]
        self.head_starts = [hit.start for hit in self.heads]
        self.variants = {hit.start: hit for hit in hits["place_variants"]}
        self.title_ends = sorted(hit.end for hit in hits["official_titles"])
        self.type_hits = [self._type_word(hit) for hit in hits["place_types"] if self._in_body(hit.start, hit.end)]
        self._counted_starts: dict[int, str] | None = None
        self.mentions: dict[int, PlaceDraft] = {}  # by the start of the name
        self.region: frozenset[str] = frozenset()  # codes of the provinces that the article names
        self.is_local = False  # whether the article names a district or commune
        self.spoken_of: Counter[str] = Counter()  # types of the units that the article names with their type
        self.own: dict[str, Counter[tuple[str, str, Level]]] = {}  # the article's units by key

    def typed_mentions(self) -> list[PlaceDraft]:
        """The first three steps in turn."""
        typed = [self._typed(hit) for hit in self.type_hits]
        for mention in typed:
            if mention:
                self.mentions.setdefault(mention.name_start, mention)
        self._lists(typed)
        return self._settle(sorted(self.mentions.values(), key=lambda m: (m.start, -m.end)))

    # -- typed mentions ---------------------------------------------------------------------------------

    def _typed(self, hit: Hit) -> PlaceDraft | None:
        row = hit.row
        use, type_ = row["use"], row["type"]
        if use == "other" or not self._type_word_fits(hit):
            return None
        after = _AFTER_SHORT if use in ("short", "letter") else _AFTER_WORD
        separator = after.match(self.text, hit.end)
        if separator is None:
            return None
        pos = separator.end()
        name = self._number(hit, pos) if row["numbered"] else None
        rule = "places.typed_number"
        if name is None:
            rule = "places.typed"
            name = self._name(pos, type_, use, self._said_of_person(hit))
        if name is None or not self._in_body(hit.start, name.end):
            return None
        start = hit.start
        if use == "organ":
            start, rule, type_ = pos, "places.organ", self._organ_type(type_, name.name)
        level = name.level or level_of(type_, name.name, self.analysis)
        confidence = 0.98 if name.known else 0.8 if use in ("word", "short") else 0.65
        if type_ in _COMPLETE_TYPES and not name.known:
            confidence = 0.55
        return PlaceDraft(start, name.end, pos, type_, name.name, level, rule, confidence, name.known, name.doubtful)

    def _organ_type(self, type_: str, name: str) -> str:
        """ "Tỉnh ủy Cần Thơ" and the like: a province's type is what the gazetteer says."""
        province = lookup("province", key(name)) if type_ == "tỉnh" else None
        return province_type(province) if province else type_

    def _type_word(self, hit: Hit) -> Hit:
        """ "xã Hội An" begins like "xã hội"; the capital shows that it holds a type word and a name."""
        if hit.row["use"] != "other":
            return hit
        printed = self.text[hit.start : hit.end]
        first, _, rest = printed.partition(" ")
        row = _type_rows().get(first.lower())
        if row is None or printed.isupper() or not rest[:1].isupper():
            return hit
        if first[0].isupper() and not self._known(hit.start + len(first) + 1, row["type"]):
            return hit
        return Hit(hit.start, hit.start + len(first), row)

    def _type_word_fits(self, hit: Hit) -> bool:
        """Whether a type word is one: no initial of a name ("N.T. H."), no part of a name ("Sóc Trăng")."""
        printed = self.text[hit.start : hit.end]
        if printed[0].isupper() and self._in_other_name(hit.start, "next"):
            return False
        if hit.row["level"] == "village" and printed[0].isupper() and not printed.isupper():
            words = self.text[max(0, hit.start - 12) : hit.start].split(" ")[-2:]
            if len(words) == 2 and words[0].istitle() and not words[1]:
                return False  # "ông Lâm Sóc Kha": a syllable of a person's name
            run = run_at(self.text, hit.start, 3)
            names = [key(self.text[hit.start : syllable.end]) for syllable in run[1:]]
            levels: tuple[Level, ...] = ("province", "district", "commune")
            return hit.start not in self.variants and not any(lookup(x, n) for x in levels for n in names)
        if hit.row["use"] != "letter":
            return True
        before = self.text[hit.start - 1 : hit.start]
        return printed[0].isupper() and before != "." and (len(printed) > 1 or self.text.startswith(".", hit.end))

    def _number(self, hit: Hit, pos: int) -> _Name | None:
        """ "quận 3", "tổ dân phố số 2": a number as the unit's name."""
        match = _NUMBER.match(self.text, pos)
        if match and (named := self._numbered_name(match, hit.row["type"])):
            return named
        if match is None and hit.row["use"] == "word" and (mixed := _LETTER_NUMBER.match(self.text, pos)):
            return _Name(mixed.end(), mixed[0], True)
        if match is None or (hit.row["use"] == "letter" and match[1]):
            return None
        if hit.row["use"] in ("loose", "group", "count") and not (
            _ENUMERATED.match(self.text, match.end()) or self._word_before(hit.start) in words_of("locative")
        ):
            return None
        counted = self._counted().get(match.end() + 1)
        if counted and (counted == "measure" or self.text.startswith("0", match.start())):
            return None  # "đường vào buôn 7 km", "giao cho xã, phường 09 lĩnh vực"
        return _Name(match.end(), f"{(match[1] or '').lower()}{match[2]}{match[3].upper()}", True)

    def _counted(self) -> dict[int, str]:
        """Where units of quantities begin, and of what kind each is."""
        if self._counted_starts is None:
            hits = self.analysis.hits["metric_units"]
            self._counted_starts = {hit.start: hit.row["kind"] for hit in hits if hit.row["kind"] != "none"}
        return self._counted_starts

    def _numbered_name(self, number: re.Match[str], type_: str) -> _Name | None:
        """A name that begins with a number: "phường 2 Bảo Lộc"."""
        run = run_at(self.text, number.end() + 1, 3) if self.text.startswith(" ", number.end()) else ()
        for syllable in reversed(run):
            unit = lookup(type_levels()[type_], key(f"{number[2]} {self.text[run[0].start : syllable.end]}"))
            if unit:
                return _Name(syllable.end, unit.name, True)
        return None

    def _said_of_person(self, hit: Hit) -> bool:
        """Whether an office stands shortly before the type word, or ends with it: "Trưởng buôn | Y Hồ Êban"."""
        start = hit.start
        at = bisect_right(self.title_ends, hit.end) - 1
        if at >= 0 and self.title_ends[at] == hit.end:
            return True
        at = bisect_right(self.title_ends, start) - 1
        if at < 0 or start - self.title_ends[at] > _TITLE_REACH:
            return False
        return not _PHRASE_ENDS.search(self.text, self.title_ends[at], start)

    def _name(self, pos: int, type_: str, use: str, of_person: bool = False) -> _Name | None:
        """The name that starts at `pos`, for a unit of this type; `of_person`: it may be a person's."""
        run = run_at(self.text, pos)
        if not run:
            return None
        if use == "count":
            return None
        known = self._known(pos, type_)
        if self._is_shouted(run):
            return known or self._shouted_name(run, use)
        if known:
            return self._extended(known, run, type_, use, of_person)
        if use == "organ":
            return None
        if use == "letter" or type_ in _COMPLETE_TYPES:
            return self._own_prefix(run, type_, use in ("word", "short") and not of_person)
        return self._unknown(run, type_, use, of_person)

    def _known(self, pos: int, type_: str) -> _Name | None:
        """The longest name of the gazetteer that starts at `pos` on the level(s) of a type."""
        variant = self.variants.get(pos)
        levels: tuple[Level, ...] = (type_levels()[type_],)
        if type_ == "thành phố":
            levels = ("province", "district")
        spelt = variant.row["level"] if variant else ""
        if spelt == "initials" and self.text[pos].isupper() and type_ == "thành phố":  # "TP ĐN"
            spelt = "province"
        if variant and spelt in levels:
            level = level_of(type_, variant.row["name"], self.analysis)
            return _Name(variant.end, variant.row["name"], True, level=level)
        match = _WORDS.match(self.text, pos)
        if match is None:
            return None
        ends = [m.end() for m in _WORD_ENDS.finditer(self.text, pos, match.end())]
        for misspelt, capitals in ((False, True), (True, True), (False, False)):
            for end in reversed(ends):
                if capitals != self._capital_ends(pos, end):
                    continue
                name_key = key(self.text[pos:end])
                for level in levels:
                    unit = lookup(level, name_key, misspelt)
                    strict = misspelt or not capitals  # "xã Tường sơn": only with the type that the unit has
                    if unit and self._type_agrees(unit, type_, level) and (type_ in unit.types or not strict):
                        return _Name(end, unit.name, True)
        return None

    def _type_agrees(self, unit: Unit, type_: str, level: Level) -> bool:
        """Communes and districts change their type over time; provinces and numbers do not."""
        if type_ == "thành phố" and level == "district":
            return "thành phố" in unit.types or "thị xã" in unit.types
        return level != "province" or type_ in unit.types or type_ == "tỉnh"

    def _capital_ends(self, start: int, end: int) -> bool:
        last = self.text.rfind(" ", start, end) + 1 or start
        return self.text[start].isupper() and (self.text[last].isupper() or self.text[last].isdigit())

    def _extended(self, known: _Name, run: Sequence[Syllable], type_: str, use: str, of_person: bool) -> _Name | None:
        """A known name, or the unknown longer commune that it begins when one more syllable follows."""
        rest = [s for s in run if s.start >= known.end]
        if rest and run[0].end == known.end and starts_like_person([self.text[s.start : s.end] for s in run]):
            return self._unknown(run, type_, use, of_person)  # "phường Hồ Ngọc", though there is a "xã Hồ"
        if len(rest) != 1 or rest[0].start != known.end + 1 or type_levels()[type_] != "commune":
            return known
        word = self.text[rest[0].start : rest[0].end]
        if _breaks_name(word):
            return known
        if of_person and starts_like_person([self.text[s.start : s.end] for s in run]):
            return None
        if self._runs_on(rest[0].end) and (of_person or word.lower() in words_of("soft")):
            return known
        return _Name(rest[0].end, f"{known.name} {word}", False)

    def _runs_on(self, end: int) -> bool:
        """Whether a small word follows that may belong to the word before it ("Đoàn kiểm tra")."""
        match = _SMALL_WORD.match(self.text, end)
        return match is not None and match[1] not in words_of("stop")

    def _own_prefix(self, run: Sequence[Syllable], type_: str, certain: bool) -> _Name | None:
        """A short form that only the article itself can complete ("tỉnh Thanh"), or a unit nobody knows."""
        if type_ not in _COMPLETE_TYPES:
            return None
        words = [self.text[s.start : s.end] for s in run]
        name = self._print(run)
        plausible = certain and 2 <= len(run) <= 3 and not any(map(_breaks_name, words))
        plausible = plausible and words[0].lower() not in words_of("body") and not starts_like_person(words)
        plausible = plausible and not (words[-1].lower() in words_of("soft") and self._runs_on(run[-1].end))
        plausible = plausible and name.lower() not in foreign_names() and not self._runs_on_oddly(run[-1].end)
        if plausible and _VIETNAMESE.fullmatch(name.lower()):
            return _Name(run[-1].end, name, False)
        return _Name(run[-1].end, name, False, doubtful=True) if len(run) <= 2 else None

    def _runs_on_oddly(self, end: int) -> bool:
        return self.text.startswith(("-", "'", "’"), end)

    def _unknown(self, run: Sequence[Syllable], type_: str, use: str, of_person: bool) -> _Name | None:
        """A name that the gazetteer lacks: the run up to the first word that cannot belong to it."""
        village = type_levels()[type_] == "village"
        words = [self.text[s.start : s.end] for s in run]
        size = next((i for i, word in enumerate(words) if _breaks_name(word)), len(words))
        if not village and words[0].lower() in words_of("body"):
            return None
        if village and len(words) == 2 and words[0] in _ELDERS and not starts_like_person(words[1:] + words[:1]):
            size = 2
        if size == 0:
            return None
        like_person = starts_like_person(words) and not (village and _ENUMERATED.match(self.text, run[size - 1].end))
        like_person = like_person and (size > 2 or not village)
        if like_person and not of_person and size == 3 and self._begins_known(words, type_):
            like_person = False  # "thị trấn Phan Rí Thượng" beside "Phan Rí Cửa"
        if like_person and (size > 2 or use != "word"):
            return None
        if words[0].lower() not in words_of("highland"):  # "làng Kon Tum Kơ Nâm"
            size = next((i for i in range(2, size - 1) if starts_like_person(words[i:size])), size)
        if size > 4:
            return None
        end = run[size - 1].end
        runs_on = size == len(words) and self._runs_on(end)
        soft = words[0].lower() in words_of("soft")
        doubtful = runs_on and soft and not village
        if of_person and (like_person or len(words[0]) == 1 or (not village and starts_like_person(words, weak=True))):
            doubtful = True  # another mention may show that it is the unit's name
        if size == 1:
            if use in ("loose", "group") and not _CLOSES_NAME.match(self.text, end):
                return None
            doubtful = runs_on and (soft or not village)
        name = self._print(run[:size])
        if use == "group" and not _ENUMERATED.match(self.text, end):
            return None
        if len(name) < 2 or (_FOREIGN_LETTER.search(name) and not (type_ in _HIGHLAND_TYPES and size > 1)):
            return None
        vietnamese = type_ in _HIGHLAND_TYPES or _VIETNAMESE.fullmatch(name.lower())
        if not vietnamese and not self._almost(type_, name) and not (use == "word" and self._in_highlands(run[:size])):
            return None
        tail = _NUMBER_TAIL.match(self.text, end) if village else None
        if tail and size == len(words):
            end, name = tail.end(), f"{name} {tail[1]}"
        return _Name(end, name, False, doubtful)

    def _begins_known(self, words: Sequence[str], type_: str) -> bool:
        """Whether an official name of the same level begins with the same two syllables."""
        told = words[1].lower() in ("văn", "thị")
        return not told and key(" ".join(words[:2])) in _beginnings(type_levels()[type_])

    def _in_highlands(self, run: Sequence[Syllable]) -> bool:
        """Whether a name may be of a language other than Vietnamese: "huyện Cư Blang", not "quận Beverly Hills"."""
        first = self.lower[run[0].start : run[0].end]
        return len(run) > 1 and (first in words_of("highland") or bool(_VIETNAMESE.fullmatch(first)))

    def _almost(self, type_: str, name: str) -> bool:
        """Whether an official name differs in a letter or sounds alike: a misspelling ("Đôn Phogn")."""
        level = type_levels()[type_]
        return level != "village" and " " in name and bool(units.table().matches(level, name, misspelt=True))

    def _shouted_name(self, run: Sequence[Syllable], use: str) -> _Name | None:
        """An unknown name in a headline in capitals, where nothing but its own end shows where it ends."""
        words = [self.lower[s.start : s.end] for s in run]
        size = next((i for i, w in enumerate(words) if w in words_of("stop") or w in words_of("soft")), len(words))
        if size == 0 or use not in ("word", "short"):
            return None
        end = run[size - 1].end
        plain = 2 <= size <= 3 and _CLOSES_NAME.match(self.text, end) is not None
        return _Name(end, self._print(run[:size]), False, doubtful=not plain)

    # -- lists ------------------------------------------------------------------------------------------

    def _lists(self, typed: Sequence[PlaceDraft | None]) -> None:
        """Names that share a type word with the one before them, or with a heading ("các xã: A, B")."""
        start, end = -1, -1
        types: dict[str, None] = {}  # the type words of the chain read so far, in order
        for hit, mention in zip(self.type_hits, typed, strict=True):
            if not types or not _CHAIN.fullmatch(self.text, end, hit.start):
                start, types = hit.start, {}
            end = hit.end
            if hit.row["use"] in ("other", "organ"):
                types = {}
                continue
            types[hit.row["type"]] = None
            count = self._plural(start)
            if mention is None:
                self._announced(end, tuple(types), count)
            else:
                if not mention.doubtful:
                    self._list(mention, tuple(types), count)
                types = {}

    def _plural(self, start: int) -> int | None:
        """How many units the words before the type word announce; 0 = several, None = no word does."""
        word = self._word_before(start)
        if word.isdecimal() and len(word) <= 2:
            return int(word)
        return _plural_counts().get(word)

    def _announced(self, end: int, types: Sequence[str], count: int | None) -> None:
        match = _ANNOUNCE.match(self.text, end)
        if match is None and count:
            self._announced_later(end, types, count)
            return
        if match is None or (count is None and not match[0].rstrip().endswith(":")):
            return
        first = self._element(match.end(), types)
        if first:
            self._list(first, types, count or 0)

    def _announced_later(self, end: int, types: Sequence[str], count: int) -> None:
        """ "hai huyện được chọn là A và B": the list must be as long as announced, mostly of known units."""
        match = _LATER_ANNOUNCE.match(self.text, end)
        if match is None or count < 2:
            return
        pos, size, known = match.end(), 0, 0
        while size < count and (run := run_at(self.text, pos)):
            name = self.lower[run[0].start : run[-1].end]
            known += any(lookup(level_of(type_, name, self.analysis), key(name)) is not None for type_ in types)
            size += 1
            separator = _SEPARATOR.match(self.text, run[-1].end)
            if separator is None:
                break
            pos = separator.end()
        if size < count or known * 2 < count:
            return
        first = self._element(match.end(), types)
        if first:
            self._list(first, types, count)

    def _list(self, first: PlaceDraft, types: Sequence[str], count: int | None) -> None:
        """Reads on from one element to the next; without a plural word only over one "và"."""
        if len(types) > 1 and first.start != first.name_start:
            self._retype(first, types)
        limit = 2 if count is None else count or 200
        size, end = 1, first.end
        while size < limit and (separator := _SEPARATOR.match(self.text, end)):
            pos = separator.end()
            if count is None and first.name.isdecimal():
                self._bare_numbers(first)
                return
            if count is None and separator[0] != " và ":
                return
            element = self._element(pos, types, strict=count is None)
            if element is None:
                return
            size, end = size + 1, element.end

    def _bare_numbers(self, first: PlaceDraft) -> None:
        """ "phường 1, 2 và 3": numbers that share a type word without a plural word."""
        end = first.end
        while match := _NEXT_NUMBER.match(self.text, end):
            pos, end = match.span(1)
            if not self._in_body(pos, end):
                return
            self.mentions[pos] = PlaceDraft(
                pos, end, pos, first.type, match[1].lstrip("0"), first.level, "places.list_number", 0.85
            )

    def _retype(self, mention: PlaceDraft, types: Sequence[str]) -> None:
        """ "các xã, phường Tân An, …": the name decides which of the type words is its own."""
        chosen = self._choose_type(mention.name, types)
        if chosen != mention.type and chosen is not None:
            mention.type, mention.start = chosen, mention.name_start
            mention.level = level_of(chosen, mention.name, self.analysis)

    def _choose_type(self, name: str, types: Sequence[str]) -> str | None:
        for type_ in types:
            unit = lookup(level_of(type_, name, self.analysis), key(name))
            if unit and (type_ == unit.types[0] or not set(unit.types) & set(types) - {type_}):
                return type_
        return None

    def _element(self, pos: int, types: Sequence[str], strict: bool = False) -> PlaceDraft | None:
        """The list's next element: a mention with its own type word, a number, or a name."""
        own = next((m for m in self._typed_at(pos)), None)
        if own:
            return None if strict else own
        if pos in self.mentions:
            return None
        name, type_, rule = self._element_name(pos, types, strict)
        if name is None or not self._in_body(pos, name.end):
            return None
        level = level_of(type_, name.name, self.analysis)
        province = lookup("province", key(name.name)) if level == "province" else None
        if province:
            type_ = province_type(province)
        other = level not in ("province", "village") and not lookup(level, key(name.name))
        if other and lookup("province", key(name.name)):
            return None
        mention = PlaceDraft(
            pos, name.end, pos, type_, name.name, level, rule, 0.95 if name.known else 0.75, name.known
        )
        self.mentions[pos] = mention
        return mention

    def _typed_at(self, pos: int) -> Iterator[PlaceDraft]:
        at = bisect_right(self.type_hits, pos, key=lambda hit: hit.start) - 1
        if at >= 0 and self.type_hits[at].start == pos:
            end = self.type_hits[at].end
            for start in range(end, end + 3):
                if start in self.mentions and self.mentions[start].start == pos:
                    yield self.mentions[start]

    def _element_name(self, pos: int, types: Sequence[str], strict: bool) -> tuple[_Name | None, str, str]:
        number = _NUMBER.match(self.text, pos)
        if number and types[-1] in _numbered_types() and not strict:
            return (
                _Name(number.end(), f"{number[2]}{number[3].upper()}", True),
                types[-1],
                "places.list_number",
            )
        best: tuple[_Name | None, str] = (None, types[-1])
        for type_ in types:
            name = self._name(pos, type_, "word")
            if name is None or name.doubtful or (strict and not name.known):
                continue
            if best[0] is None or (name.known, name.end) > (best[0].known, best[0].end):
                best = name, type_
        if best[0] is None:
            return None, types[-1], ""
        return best[0], self._choose_type(best[0].name, types) or best[1], "places.list"

    # -- completion -------------------------------------------------------------------------------------

    def _settle(self, mentions: Sequence[PlaceDraft]) -> list[PlaceDraft]:
        """Drops overlaps, completes names cut short, drops the doubtful; fills the article's own units."""
        kept: list[PlaceDraft] = []
        abroad = {mention.name for mention in mentions if self._is_abroad(mention)}
        for mention in mentions:
            if mention.name not in abroad and (not kept or mention.start >= kept[-1].end):
                kept.append(mention)
        by_start: dict[tuple[str, str], set[str]] = {}
        certain = {(mention.type, mention.name) for mention in kept if not mention.doubtful}
        for mention in kept:
            if not mention.doubtful:
                syllables = mention.name.split(" ")
                for size in range(1, len(syllables)):
                    start = " ".join(syllables[:size]).lower()
                    by_start.setdefault((mention.type, start), set()).add(mention.name)
        settled = []
        for mention in kept:
            longer = by_start.get((mention.type, key(mention.name)), set())
            if mention.doubtful and (mention.type, mention.name) in certain:
                mention.doubtful = False
            if not mention.known and len(longer) == 1:
                mention.name, mention.rule, mention.doubtful = next(iter(longer)), "places.truncated", False
                mention.level = level_of(mention.type, mention.name, self.analysis)
            if not mention.doubtful:
                settled.append(mention)
                unit = (mention.type, mention.name, mention.level)
                self.own.setdefault(key(mention.name), Counter())[unit] += 1
        self.spoken_of = Counter(mention.type for mention in settled)
        self.region = self._region(settled)
        self.is_local = any(mention.level in ("district", "commune") for mention in settled)
        return settled

    def _is_abroad(self, mention: PlaceDraft) -> bool:
        """Whether a unit that nobody knows is a foreign one: "quận Mễ Chi, tỉnh Phúc Kiến"."""
        if mention.known:
            return False
        if key(mention.name) in foreign_names():
            return True
        parent = _PARENT.match(self.lower, mention.end)
        run = run_at(self.text, parent.end(), 4) if parent else ()
        return bool(run) and key(self.text[run[0].start : run[-1].end]) in foreign_names()

    def _region(self, settled: Sequence[PlaceDraft]) -> frozenset[str]:
        """The provinces that the article is about, by the units it names with their type."""
        provinces: set[str] = set()
        for mention in settled:
            unit = lookup(mention.level, key(mention.name))
            if unit and (mention.level == "province" or _is_in_one_province(unit)):
                provinces |= unit.provinces
        if not provinces:
            for run in name_runs(self.text):
                unit = lookup("province", self.lower[run.start : run.end])
                provinces |= unit.provinces if unit else frozenset()
        return frozenset(provinces) if len(provinces) <= _MOST_PROVINCES else frozenset()

    # -- small things -----------------------------------------------------------------------------------

    def _in_body(self, start: int, end: int) -> bool:
        at = bisect_right(self.body, (start, len(self.text) + 1)) - 1
        return at >= 0 and end <= self.body[at][1]

    def _word_before(self, pos: int) -> str:
        """The word right before a position on the same line, in small letters."""
        before = self.lower[max(0, pos - 16) : pos]
        if not before.endswith(" ") or before.endswith((". ", ", ")):
            return ""
        return before[:-1].rpartition(" ")[2].rpartition("\n")[2].strip("(“\"'")

    def _is_shouted(self, syllables: Sequence[Syllable]) -> bool:
        """Whether syllables stand in capitals: at least two letters each but for single-letter words."""
        printed = self.text[syllables[0].start : syllables[-1].end]
        return printed.isupper() and (len(syllables) > 1 or len(printed) > 3)

    def _is_abbreviation(self, syllable: Syllable) -> bool:
        return syllable.end - syllable.start > 1 and self.text[syllable.start : syllable.end].isupper()

    def _print(self, syllables: Sequence[Syllable]) -> str:
        printed = self.text[syllables[0].start : syllables[-1].end]
        return title_case(printed) if printed.isupper() and len(printed) > 1 else printed

    def _in_other_name(self, start: int, reach: str = "") -> bool:
        """ "đường Hà Nội", "Trường Đại học Cần Thơ": the name is a part of another name."""
        at = bisect_right(self.head_starts, start) - 1
        while at >= 0 and self.heads[at].end > start:  # "phường Đội Cung" begins like one
            at -= 1
        if at < 0:
            return False
        head = self.heads[at]
        between = self.lower[head.end : start]
        if head.row["reach"] == "body":
            return reach != "next" and self.lower.startswith(tuple(words_of("common")), start)
        if "next" in (head.row["reach"], reach):
            return between == " " and head.row["reach"] == "next"
        return len(between) <= 45 and not _ENDS_OTHER_NAME.search(between)


_ENDS_OTHER_NAME = re.compile(
    r"[,.;:()\n]| (?:tại|ở|của|thuộc|từ|đến|về|cho|trên|do|là|với|tỉnh|thành phố|chi nhánh|ubnd|sở) "
)


@cache
def _beginnings(level: Level) -> frozenset[str]:
    """The first two syllables of the longer names of a level."""
    return frozenset(" ".join(name.split(" ")[:2]) for name in gazetteer()[level] if name.count(" ") > 1)


def _breaks_name(word: str) -> bool:
    """Whether a capitalised word cannot be in a unit's name: an abbreviation, an office, a small word."""
    return word.lower() in words_of("stop") or (len(word) > 1 and word.isupper())


def _is_in_one_province(unit: Unit) -> bool:
    times = [code[0] for code in unit.provinces]
    return times.count("b") <= 1 and times.count("a") <= 1


def is_city_of(own: Counter[tuple[str, str, Level]]) -> bool:
    """Whether the article knows the name only as a province or as a province's own city ("TP Hải Dương")."""
    return all(level == "province" or type_ in ("thành phố", "thị xã") for type_, _, level in own)


def level_of(type_: str, name: str, analysis: Analysis) -> Level:
    """The level of a unit; a city's depends on the name, and Huế's on the time."""
    if type_ != "thành phố":
        return type_levels().get(type_, "commune")
    unit = gazetteer()["province"].get(key(name))
    if unit is None or "thành phố" not in unit.types:
        return "district"
    if key(name) == "huế" and is_before(analysis, HUE_PROVINCE):
        return "district"
    return "province"


def before_reform(analysis: Analysis) -> bool:
    """Whether the article is older than the reorganisation of 1 July 2025, as far as it tells."""
    return is_before(analysis, units.REFORM)


def is_before(analysis: Analysis, day: date) -> bool:
    """Whether the article is older than a day of 2025, as far as it tells."""
    published = analysis.published_date
    if published is not None:
        return published < day
    return not _names_year(analysis.text, day.year)


@lru_cache(maxsize=8)
def _names_year(text: str, year: int) -> bool:
    """Whether a text names a year or the next one; asked once a text, not once a name."""
    return f"{year}" in text or f"{year + 1}" in text
