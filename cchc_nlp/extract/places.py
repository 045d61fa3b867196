"""Named administrative units: "xã Đôn Phong", "TP.HCM", "các huyện Tân Hồng và Hồng Ngự", "tại Quảng Nam".

For the newcomer, from the bottom up:

1. **Gazetteer** (module `gazetteer`): what units exist, by level. It bounds names ("xã Tân Thạnh | Nguyễn Văn An"),
   gives their spelling, and tells what a bare name is. Unknown names are allowed after most type words.
2. **Typed mentions** (`_Finder._typed`): every type word found by the scanner, then the name after it.
3. **Lists** (`_Finder._list`): "các xã A, B và C", "các tỉnh, thành phố: A, B".
4. **Completion** (`_Finder._settle`): a name cut short in a headline is that of the only longer unit that
   the article names; doubtful names that nothing completes are dropped.
5. **Bare names** (`_Finder._bare`): what the typed mentions leave of the capitalised runs, looked up among
   the article's own units, the provinces, and, where the context says "place", the gazetteer.

Start reading at `find`. Tables: `place_types` (type words), `place_variants` (other spellings),
`place_words` (words around names), `place_heads` (things named after places), `place_former`, `gazetteer`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, cast

from cchc_nlp import lexicon
from cchc_nlp.analysis import Analysis, Level, Place
from cchc_nlp.extract.gazetteer import (
    Unit,
    all_names,
    foreign_names,
    gazetteer,
    key,
    lookup,
    province_type,
    type_levels,
)
from cchc_nlp.text.names import NameRun, Syllable, name_runs, run_at, starts_like_person, title_case
from cchc_nlp.text.scan import Hit

MAX_SYLLABLES = 5
_TITLE_REACH = 24  # characters from an office to the type word of the unit in which it is held
_MOST_PROVINCES = 8  # codes, old and new, beyond which an article is about the country
REFORM_YEAR = 2025  # Huế became a centrally run city on 1 January 2025

_WORD = r"[^\W_]+(?:['’][^\W\d_]+)*"
_WORDS = re.compile(rf"{_WORD}(?:(?: ?- ?| ){_WORD}){{0,{MAX_SYLLABLES - 1}}}")
_WORD_ENDS = re.compile(_WORD)
_AFTER_WORD = re.compile(r" ")
_AFTER_SHORT = re.compile(r"\.? ?")
_NUMBER = re.compile(r"(số )?0?(\d{1,2})([A-ZĐa-d]?)(?![\w%]|[.,/-]\d)", re.IGNORECASE)
_NUMBER_TAIL = re.compile(r" (\d{1,2})(?![\w%]|[.,/-]\d| (?:năm|ngày|tháng|lần|hộ|người|thôn|xã))")
_NEXT_NUMBER = re.compile(r"(?:, | và )([1-9]\d?)(?=[;.)\n]|, | và |$)(?![.,]\d)")
_CHAIN = re.compile(r", ?| và |/| hoặc | & | - ")
_SEPARATOR = re.compile(r"(?: ?\([^()\n]{1,60}\))?(?:, và | ?, | ?,(?=[^\W\d_])| và |; | cùng | & )")
_ANNOUNCE = re.compile(r"(?:(?: như| gồm| là| sau| sau đây| bao gồm| gồm có| có){0,2} ?:| gồm| như| là) ?")
_LATER_ANNOUNCE = re.compile(r" [^.;:()\n]{1,60}?(?: là|:| gồm| gồm có) ")
_LETTER_NUMBER = re.compile(r"[A-ZĐ]\d{1,2}(?![\w%]|[.,/-]\d)")
_SMALL_WORD = re.compile(r" ([^\W\d_]+)")
_ENUMERATED = re.compile(r", ?(?:thôn|ấp|xóm|khóm|bản|khu|tổ|phường|xã|thị trấn|tt|p)\b", re.IGNORECASE)
_CLOSES_NAME = re.compile(r" ?[,.;:()\n\"”-]|$")
_PARENT = re.compile(r"(?:, | \(| - )(?:(?:tỉnh|thành phố|quận|huyện|khu tự trị|bang|vùng) )?")
_FOLLOWED_BY_PARENT = re.compile(r", | \(| - ")
_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_VIETNAMESE_SYLLABLE = rf"(?:ngh?|[cgknpt]h|tr|gi|qu|[bcdđghklmnprstvx])?[{_VOWELS}]{{1,3}}(?:ch|n[gh]|[ckmnpt])?"
_VIETNAMESE = re.compile(rf"{_VIETNAMESE_SYLLABLE}(?: {_VIETNAMESE_SYLLABLE})*")
_FOREIGN_LETTER = re.compile(r"[fjwzFJWZ]")
_ELDERS = ("Bà", "Ông", "Cô", "Thầy")  # "ấp Bà Phủ"
_HIGHLAND_TYPES = ("thôn", "buôn", "bản", "làng", "phum", "sóc")  # named in other languages too
_COMPLETE_TYPES = ("tỉnh", "thành phố", "đặc khu")  # the gazetteer has every unit of these types


@cache
def _words(role: str) -> frozenset[str]:
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
class _Mention:
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
        return f"{self.type} {self.name}"


class _Name(NamedTuple):
    """A name read at some place of the text."""

    end: int
    name: str
    known: bool
    doubtful: bool = False
    level: Level | None = None


def find(analysis: Analysis) -> list[Place]:
    """All mentions of named units in the article's body, in text order, none inside another."""
    return _Finder(analysis).run()


class _Finder:
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
        self.title_ends = [hit.end for hit in hits["official_titles"]]
        self.type_hits = [self._type_word(hit) for hit in hits["place_types"] if self._in_body(hit.start, hit.end)]
        self.mentions: dict[int, _Mention] = {}  # by the start of the name
        self.region: frozenset[str] = frozenset()  # codes of the provinces that the article names
        self.is_local = False  # whether the article names a district or commune
        self.spoken_of: Counter[str] = Counter()  # types of the units that the article names with their type
        self.own: dict[str, Counter[tuple[str, str, Level]]] = {}  # the article's units by key
        self.last_blocked = -1  # end of the last bare name that the context spoke against
        self.last_located = -1  # end of the last bare name that the context spoke for

    def run(self) -> list[Place]:
        """Every step in turn."""
        typed = [self._typed(hit) for hit in self.type_hits]
        for mention in typed:
            if mention:
                self.mentions.setdefault(mention.name_start, mention)
        self._lists(typed)
        found = self._settle(sorted(self.mentions.values(), key=lambda m: (m.start, -m.end)))
        found += self._bare(found)
        found.sort(key=lambda m: m.start)
        return [Place(m.start, m.end, m.rule, m.confidence, m.full, m.level) for m in found]

    # -- typed mentions ---------------------------------------------------------------------------------

    def _typed(self, hit: Hit) -> _Mention | None:
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
            name = self._name(pos, type_, use, self._said_of_person(hit.start))
        if name is None or not self._in_body(hit.start, name.end):
            return None
        start = hit.start
        if use == "organ":
            start, rule, type_ = pos, "places.organ", self._organ_type(type_, name.name)
        level = name.level or level_of(type_, name.name, self.analysis)
        confidence = 0.98 if name.known else 0.8 if use in ("word", "short") else 0.65
        return _Mention(start, name.end, pos, type_, name.name, level, rule, confidence, name.known, name.doubtful)

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
        if match is None and hit.row["use"] == "word" and (mixed := _LETTER_NUMBER.match(self.text, pos)):
            return _Name(mixed.end(), mixed[0], True)
        if match is None or (hit.row["use"] == "letter" and match[1]):
            return None
        if hit.row["use"] in ("loose", "group", "count") and not (
            _ENUMERATED.match(self.text, match.end()) or self._word_before(hit.start) in _words("locative")
        ):
            return None
        return _Name(match.end(), f"{(match[1] or '').lower()}{match[2]}{match[3].upper()}", True)

    def _said_of_person(self, start: int) -> bool:
        """Whether an office stands shortly before the type word: "Chủ tịch UBND xã | Hồ Văn An"."""
        at = bisect_right(self.title_ends, start) - 1
        return at >= 0 and start - self.title_ends[at] <= _TITLE_REACH

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
            return self._extended(known, run, type_)
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
        if variant and variant.row["level"] in levels:
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

    def _extended(self, known: _Name, run: Sequence[Syllable], type_: str) -> _Name | None:
        """A known name, or the unknown longer commune that it begins when one more syllable follows."""
        rest = [s for s in run if s.start >= known.end]
        if rest and run[0].end == known.end and starts_like_person([self.text[s.start : s.end] for s in run]):
            return None
        if len(rest) != 1 or rest[0].start != known.end + 1 or type_levels()[type_] != "commune":
            return known
        word = self.text[rest[0].start : rest[0].end]
        if _breaks_name(word):
            return known
        if starts_like_person([self.text[s.start : s.end] for s in run]):
            return None
        if self._runs_on(rest[0].end):
            return known
        return _Name(rest[0].end, f"{known.name} {word}", False)

    def _runs_on(self, end: int) -> bool:
        """Whether a small word follows that may belong to the word before it ("Đoàn kiểm tra")."""
        match = _SMALL_WORD.match(self.text, end)
        return match is not None and match[1] not in _words("stop")

    def _own_prefix(self, run: Sequence[Syllable], type_: str, certain: bool) -> _Name | None:
        """A short form that only the article itself can complete ("tỉnh Thanh"), or a unit nobody knows."""
        if type_ not in _COMPLETE_TYPES:
            return None
        words = [self.text[s.start : s.end] for s in run]
        name = self._print(run)
        plausible = certain and 2 <= len(run) <= 3 and not any(map(_breaks_name, words))
        plausible = plausible and words[0].lower() not in _words("soft") | _words("body")
        if plausible and name.lower() not in foreign_names() and _VIETNAMESE.fullmatch(name.lower()):
            if not starts_like_person(words) and not self._runs_on_oddly(run[-1].end):
                return _Name(run[-1].end, name, False)
        return _Name(run[-1].end, name, False, doubtful=True) if len(run) <= 2 else None

    def _runs_on_oddly(self, end: int) -> bool:
        return self.text.startswith(("-", "'", "’"), end)

    def _unknown(self, run: Sequence[Syllable], type_: str, use: str, of_person: bool) -> _Name | None:
        """A name that the gazetteer lacks: the run up to the first word that cannot belong to it."""
        village = type_levels()[type_] == "village"
        words = [self.text[s.start : s.end] for s in run]
        size = next((i for i, word in enumerate(words) if _breaks_name(word)), len(words))
        if not village and words[0].lower() in _words("body"):
            return None
        if village and len(words) == 2 and words[0] in _ELDERS and not starts_like_person(words[1:] + words[:1]):
            size = 2
        if size == 0:
            return None
        like_person = starts_like_person(words) and not (village and _ENUMERATED.match(self.text, run[size - 1].end))
        like_person = like_person and (size > 2 or not village)
        if like_person and (size > 2 or use != "word"):
            return None
        size = next((i for i in range(2, size - 1) if starts_like_person(words[i:size])), size)
        if size > 4:
            return None
        end = run[size - 1].end
        runs_on = size == len(words) and self._runs_on(end)
        soft = words[0].lower() in _words("soft")
        doubtful = runs_on and soft and not village
        if of_person and (like_person or len(words[0]) == 1):
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
        if type_ not in _HIGHLAND_TYPES and not _VIETNAMESE.fullmatch(name.lower()):
            return None
        tail = _NUMBER_TAIL.match(self.text, end) if village else None
        if tail and size == len(words):
            end, name = tail.end(), f"{name} {tail[1]}"
        return _Name(end, name, False, doubtful)

    def _shouted_name(self, run: Sequence[Syllable], use: str) -> _Name | None:
        """An unknown name in a headline in capitals, where nothing but its own end shows where it ends."""
        words = [self.lower[s.start : s.end] for s in run]
        size = next((i for i, w in enumerate(words) if w in _words("stop") or w in _words("soft")), len(words))
        if size == 0 or use not in ("word", "short"):
            return None
        end = run[size - 1].end
        plain = 2 <= size <= 3 and _CLOSES_NAME.match(self.text, end) is not None
        return _Name(end, self._print(run[:size]), False, doubtful=not plain)

    # -- lists ------------------------------------------------------------------------------------------

    def _lists(self, typed: Sequence[_Mention | None]) -> None:
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

    def _list(self, first: _Mention, types: Sequence[str], count: int | None) -> None:
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

    def _bare_numbers(self, first: _Mention) -> None:
        """ "phường 1, 2 và 3": numbers that share a type word without a plural word."""
        end = first.end
        while match := _NEXT_NUMBER.match(self.text, end):
            pos, end = match.span(1)
            if not self._in_body(pos, end):
                return
            self.mentions[pos] = _Mention(
                pos, end, pos, first.type, match[1].lstrip("0"), first.level, "places.list_number", 0.85
            )

    def _retype(self, mention: _Mention, types: Sequence[str]) -> None:
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

    def _element(self, pos: int, types: Sequence[str], strict: bool = False) -> _Mention | None:
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
        mention = _Mention(pos, name.end, pos, type_, name.name, level, rule, 0.95 if name.known else 0.75, name.known)
        self.mentions[pos] = mention
        return mention

    def _typed_at(self, pos: int) -> Iterator[_Mention]:
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

    def _settle(self, mentions: Sequence[_Mention]) -> list[_Mention]:
        """Drops overlaps, completes names cut short, drops the doubtful; fills the article's own units."""
        kept: list[_Mention] = []
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

    def _is_abroad(self, mention: _Mention) -> bool:
        """Whether a unit that nobody knows is a foreign one: "quận Mễ Chi, tỉnh Phúc Kiến"."""
        if mention.known:
            return False
        if key(mention.name) in foreign_names():
            return True
        parent = _PARENT.match(self.lower, mention.end)
        run = run_at(self.text, parent.end(), 4) if parent else ()
        return bool(run) and key(self.text[run[0].start : run[-1].end]) in foreign_names()

    def _region(self, settled: Sequence[_Mention]) -> frozenset[str]:
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

    # -- bare names -------------------------------------------------------------------------------------

    def _bare(self, typed: Sequence[_Mention]) -> list[_Mention]:
        """Names without a type word in what the typed mentions leave of the capitalised runs."""
        found: list[_Mention] = []
        starts = [mention.start for mention in typed]
        for run in name_runs(self.text):
            if not self._may_hold_name(run) or not self._in_body(run.start, run.end):
                continue
            for piece in self._uncovered(run, typed, starts):
                if self._is_shouted(piece) and len(piece) > 2:
                    found.extend(self._bare_shouted(piece))
                else:
                    found.extend(self._bare_in(piece, typed, starts))
        return self._without_overlaps(found)

    def _may_hold_name(self, run: NameRun) -> bool:
        """Most runs are a sentence's first word: those are passed over at once."""
        if len(run.syllables) > 1 or run.start in self.variants:
            return True
        name = self.lower[run.start : run.end]
        return name in self.own or name in all_names()

    def _uncovered(
        self, run: NameRun, typed: Sequence[_Mention], starts: Sequence[int]
    ) -> Iterator[tuple[Syllable, ...]]:
        """The parts of a run that lie in no typed mention."""
        at = bisect_right(starts, run.end) - 1
        if at < 0 or typed[at].end <= run.start:
            yield run.syllables
            return
        piece: list[Syllable] = []
        for syllable in run.syllables:
            at = bisect_right(starts, syllable.start) - 1
            if at >= 0 and syllable.start < typed[at].end:
                if piece:
                    yield tuple(piece)
                piece = []
            else:
                piece.append(syllable)
        if piece:
            yield tuple(piece)

    def _bare_in(
        self, piece: Sequence[Syllable], typed: Sequence[_Mention], starts: Sequence[int]
    ) -> Iterator[_Mention]:
        """A bare name fills its run, but for words that may lead it and a person's name after it."""
        leads, leading, trailing = True, _words("lead"), _words("tail")
        for i, syllable in enumerate(piece):
            rest = piece[i : i + 2 * MAX_SYLLABLES]  # all that a name and a person's name can take
            variant = self.variants.get(syllable.start)
            of_variant = self._variant(variant) if leads and variant and self._variant_fills(variant, rest) else None
            if of_variant:
                if self._context_fits(of_variant.start, of_variant.end):
                    yield of_variant
                return
            end = self._name_end(rest) if leads else None
            mention = self._resolve(syllable.start, end, typed, starts) if end else None
            if mention:
                yield mention
                return
            word = self.lower[syllable.start : syllable.end]
            leads = (leads and word in leading) or word in trailing or self._is_abbreviation(syllable)

    def _variant_fills(self, variant: Hit, rest: Sequence[Syllable]) -> bool:
        after = [self.text[s.start : s.end] for s in rest if s.start >= variant.end]
        return not after or starts_like_person(after)

    def _name_end(self, rest: Sequence[Syllable]) -> int | None:
        """Where a bare name at the head of these syllables would end."""
        if len(rest) <= 2:
            return rest[-1].end
        before_person = self._person_after(rest)
        return rest[-1].end if before_person is None and len(rest) <= MAX_SYLLABLES else before_person

    def _person_after(self, rest: Sequence[Syllable]) -> int | None:
        """Where a province's name ends when a person's name follows it ("Bí thư Hà Nội Trần Văn An")."""
        provinces = gazetteer()["province"]
        for size in range(1, min(len(rest) - 1, 4)):
            end = rest[size - 1].end
            if self.lower[rest[0].start : end] in provinces:
                words = [self.text[s.start : s.end] for s in rest[size:]]
                return end if starts_like_person(words) else None
        return None

    def _resolve(self, start: int, end: int, typed: Sequence[_Mention], starts: Sequence[int]) -> _Mention | None:
        """What unit a bare name is, if it is one here."""
        name_key = key(self.lower[start:end])
        if name_key not in self.own and name_key not in all_names():
            return None
        own, province = self.own.get(name_key), lookup("province", name_key)
        if own and self._word_before(start) not in _words("locative"):
            own = Counter({unit: n for unit, n in own.items() if unit[2] != "village"}) or None
        regional = None if own or province else self._in_region(start, end, name_key)
        located = own or province or regional or self._is_locative(start, end, typed, starts)
        if not located or not self._context_fits(start, end):
            return None
        if own and not (province and _is_city_of(own)):
            words = self.text[start:end].split(" ")
            doubtful = starts_like_person(words) and (len(words) > 2 or self._begins_person(end))
            if doubtful and self._word_before(start) not in _words("locative"):
                return None
            type_, name, level = own.most_common(1)[0][0]
            return _Mention(start, end, start, type_, name, level, "places.article", 0.88)
        if province:
            if name_key == "hồ chí minh" and not self._beside_province(start, end):
                return None
            return _Mention(
                start, end, start, province_type(province), province.name, "province", "places.province", 0.9
            )
        return regional or self._located(start, end, name_key, typed, starts)

    def _begins_person(self, end: int) -> bool:
        """Whether an office follows after a comma: "Triệu Sơn, Phó Chủ tịch"."""
        return any(hit.start in (end + 1, end + 2) for hit in self.analysis.hits["official_titles"])

    def _in_region(self, start: int, end: int, name_key: str) -> _Mention | None:
        """A unit of the provinces that the article names, printed bare."""
        words = self.text[start:end].split(" ")
        if len(words) < 2 or not self.region or name_key in _words("common"):
            return None
        if starts_like_person(words) and self._word_before(start) not in _words("locative"):
            return None
        if self._begins_person(end):
            return None
        before = _before_reform(self.analysis)
        order: tuple[Level, ...] = ("district", "commune") if before else ("commune", "district")
        if not self.is_local:
            order = ("district",)
        for level in order:
            unit = lookup(level, name_key)
            if unit and unit.before >= before and self._lies_in_region(unit, level, before):
                type_ = self._likeliest_type(unit, before)
                return _Mention(start, end, start, type_, unit.name, level, "places.region", 0.7)
        return None

    def _likeliest_type(self, unit: Unit, before: bool) -> str:
        """Of the types of a name, the one that exists at the time and that the article speaks of most."""
        types = [type_ for type_ in unit.types if before or type_ != "thị trấn"] or list(unit.types)
        if "thành phố" in types:
            return "thành phố"
        return max(types, key=lambda type_: (self.spoken_of[type_], -types.index(type_)))

    def _lies_in_region(self, unit: Unit, level: Level, before: bool) -> bool:
        now = "b" if before or level == "district" else "a"
        return any(code.startswith(now) for code in unit.provinces & self.region)

    def _located(
        self, start: int, end: int, name_key: str, typed: Sequence[_Mention], starts: Sequence[int]
    ) -> _Mention | None:
        """A name known on one level only, or a well-known town, where the context says "place"."""
        district, commune = lookup("district", name_key), lookup("commune", name_key)
        level: Level
        if commune and not commune.before and _before_reform(self.analysis):
            commune = None
        parent = self._before_parent(end, typed, starts)
        towns = "thành phố" in (district.types if district else ())
        if district and (commune is None or parent or towns or _before_reform(self.analysis)):
            unit, level = district, "district"
        elif commune and not district and parent and not starts_like_person(commune.name.split(" ")):
            unit, level = commune, "commune"
        else:
            return None
        type_ = "thành phố" if "thành phố" in unit.types else unit.types[0]
        self.last_located = end
        return _Mention(start, end, start, type_, unit.name, level, "places.locative", 0.6)

    def _is_locative(self, start: int, end: int, typed: Sequence[_Mention], starts: Sequence[int]) -> bool:
        if self._word_before(start) in _words("locative"):
            return True
        if 0 < start - self.last_located <= 4 and self.text[self.last_located : start] in (", ", " và "):
            return True
        before = self.text[max(0, start - 2) : start]
        at = bisect_right(starts, start) - 1
        if before in (", ", " (") and at >= 0 and typed[at].end == start - 2:
            return typed[at].level in ("commune", "village")  # "xã Mỹ Hiệp (Cao Lãnh)"
        opens = before in (", ", " (", ". ", "") or before.endswith("\n")
        return opens and self._before_parent(end, typed, starts)

    def _before_parent(self, end: int, typed: Sequence[_Mention], starts: Sequence[int]) -> bool:
        """Whether the larger unit follows: "Hoàng Mai, Hà Nội", "Hồng Ngự (tỉnh Đồng Tháp)"."""
        match = _FOLLOWED_BY_PARENT.match(self.text, end)
        if match is None:
            return False
        at = bisect_right(starts, match.end()) - 1
        if at >= 0 and starts[at] == match.end():
            return typed[at].level in ("district", "province")
        run = run_at(self.text, match.end(), 4)
        return bool(run) and lookup("province", self.lower[run[0].start : run[-1].end]) is not None

    def _beside_province(self, start: int, end: int) -> bool:
        """Whether a comma or "và" joins the name to a province's: then it is no person's."""
        before = re.search(r"([^\W\d_]+ [^\W\d_]+)(?:, | và | - )$", self.lower[max(0, start - 24) : start])
        after = re.match(r"(?:, | và | - )([^\W\d_]+ [^\W\d_]+)", self.lower[end : end + 24])
        return any(match and lookup("province", match[1]) for match in (before, after))

    def _bare_shouted(self, piece: Sequence[Syllable]) -> Iterator[_Mention]:
        """Units named in a headline in capitals: the article's own, and provinces in a place's position."""
        i = 0
        while i < len(piece):
            mention = self._shouted_at(piece, i)
            if mention:
                yield mention
                i += mention.name.count(" ")
            i += 1

    def _shouted_at(self, piece: Sequence[Syllable], i: int) -> _Mention | None:
        start = piece[i].start
        variant = self.variants.get(start)
        if variant:
            return self._variant(variant)
        for size in range(min(4, len(piece) - i), 0, -1):
            end = piece[i + size - 1].end
            name_key = key(self.text[start:end])
            own, province = self.own.get(name_key), lookup("province", name_key)
            placed = self._word_before(start) in _words("locative") or i == 0 or i + size == len(piece)
            if not (own or province) or (size == 1 and not placed) or name_key == "hồ chí minh":
                continue
            if own and (size > 1 or placed) and not (province and _is_city_of(own)):
                type_, name, level = own.most_common(1)[0][0]
                return _Mention(start, end, start, type_, name, level, "places.article", 0.85)
            if province and placed and self._context_fits(start, end):
                type_ = province_type(province)
                return _Mention(start, end, start, type_, province.name, "province", "places.province", 0.8)
        return None

    def _variant(self, hit: Hit) -> _Mention | None:
        row = hit.row
        level = cast(Level, row["level"])
        unit = gazetteer()[level].get(row["name"].lower()) if level in gazetteer() else None
        if unit is None or not self.text[hit.start].isupper() or not self._in_body(hit.start, hit.end):
            return None
        type_ = province_type(unit) if level == "province" else unit.types[0]
        if "thành phố" in unit.types:
            type_ = "thành phố"
        return _Mention(hit.start, hit.end, hit.start, type_, unit.name, level, "places.variant", 0.9)

    def _context_fits(self, start: int, end: int) -> bool:
        """Whether the words around a bare name leave it a place: no person, street, school or newspaper."""
        blocked = self._word_before(start) in _words("honorific") or self._in_other_name(start)
        joined = self.text[max(0, start - 3) : start].strip() == "-" and self.last_blocked >= start - 3
        if blocked or joined or self._is_credit(start):
            self.last_blocked = end
            return False
        return True

    def _is_credit(self, start: int) -> bool:
        before = self.lower[max(0, start - 8) : start].rstrip()
        return before.endswith(("ảnh:", "bài:", "tin:"))

    def _in_other_name(self, start: int, reach: str = "") -> bool:
        """ "đường Hà Nội", "Trường Đại học Cần Thơ": the name is a part of another name."""
        at = bisect_right(self.head_starts, start) - 1
        while at >= 0 and self.heads[at].end > start:  # "phường Đội Cung" begins like one
            at -= 1
        if at < 0:
            return False
        head = self.heads[at]
        between = self.lower[head.end : start]
        if "next" in (head.row["reach"], reach):
            return between == " " and head.row["reach"] == "next"
        return len(between) <= 45 and not _ENDS_OTHER_NAME.search(between)

    def _without_overlaps(self, mentions: list[_Mention]) -> list[_Mention]:
        kept: list[_Mention] = []
        for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

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


_ENDS_OTHER_NAME = re.compile(
    r"[,.;:()\n]| (?:tại|ở|của|thuộc|từ|đến|về|cho|trên|do|là|với|tỉnh|thành phố|chi nhánh|ubnd|sở) "
)


def _breaks_name(word: str) -> bool:
    """Whether a capitalised word cannot be in a unit's name: an abbreviation, an office, a small word."""
    return word.lower() in _words("stop") or (len(word) > 1 and word.isupper())


def _is_in_one_province(unit: Unit) -> bool:
    times = [code[0] for code in unit.provinces]
    return times.count("b") <= 1 and times.count("a") <= 1


def _is_city_of(own: Counter[tuple[str, str, Level]]) -> bool:
    """Whether the article knows the name only as a province or as a province's own city ("TP Hải Dương")."""
    return all(level == "province" or type_ in ("thành phố", "thị xã") for type_, _, level in own)


def level_of(type_: str, name: str, analysis: Analysis) -> Level:
    """The level of a unit; a city's depends on the name, and Huế's on the time."""
    if type_ != "thành phố":
        return type_levels().get(type_, "commune")
    unit = gazetteer()["province"].get(key(name))
    if unit is None or "thành phố" not in unit.types:
        return "district"
    if key(name) == "huế" and _before_reform(analysis):
        return "district"
    return "province"


def _before_reform(analysis: Analysis) -> bool:
    published = analysis.published_date
    if published is not None:
        return published.year < REFORM_YEAR
    return f"{REFORM_YEAR}" not in analysis.text and f"{REFORM_YEAR + 1}" not in analysis.text
