"""Named administrative units: "xã Tân Hội", "TP.HCM", "các huyện Tân Hồng và Hồng Ngự", "tại Quảng Nam".

For the newcomer, from the bottom up:

1. **Gazetteer** (module `gazetteer`): what units exist, by level. It bounds names ("xã Tân Thạnh | Nguyễn Văn An"),
   gives their spelling, and tells what a bare name is. Unknown names are allowed after most type words.
2. **Typed mentions** (`typed_places`): every type word found by the scanner, then the name after it.
3. **Lists** (`TypedPlaces._lists`): "các xã A, B và C", "các tỉnh, thành phố: A, B".
4. **Completion** (`TypedPlaces._settle`): a name cut short in a headline is that of the only longer unit that
   the article names; doubtful names that nothing completes are dropped.
5. **Bare names** (`_Finder.bare_mentions`): what the typed mentions leave of the capitalised runs, looked up
   among the article's own units, the provinces, the units of the provinces that the article names, and, where
   the context says "place", the whole gazetteer.

Start reading at `find`. Tables: `place_types` (type words), `place_variants` (other spellings),
`place_words` (words around names), `place_heads` (things named after places), `place_former`, `gazetteer`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import cast

from cchc_nlp import units
from cchc_nlp.analysis import Analysis, Level, Place
from cchc_nlp.extract import unmarked_places
from cchc_nlp.extract.gazetteer import (
    Unit,
    all_names,
    gazetteer,
    key,
    lookup,
    province_type,
)
from cchc_nlp.extract.typed_places import (
    MAX_SYLLABLES,
    PlaceDraft,
    TypedPlaces,
    before_reform,
    is_city_of,
    words_of,
)
from cchc_nlp.text.names import NameRun, Syllable, name_runs, run_at, starts_like_person
from cchc_nlp.text.scan import Hit

_FOLLOWED_BY_PARENT = re.compile(r", | \(| - ")
_IN_COMPANY = re.compile(r"[^.;:()\n]{1,60}")
_GOES_ON = re.compile(r", | ?-| [(\d]")  # what must stand behind a run for its name to go on or to have a parent
_DASH = re.compile(r" ?- ?")
_ENDS_IN_NUMBER = re.compile(r" \d{1,2}(?=, | \()")
_RULES = {"district": "nested", "province": "province"}


def find(analysis: Analysis) -> list[Place]:
    """All mentions of named units in the article's body, in text order, none inside another."""
    if unmarked_places.is_unmarked(analysis.text):
        return unmarked_places.find(analysis)
    finder = _Finder(analysis)
    typed = finder.typed_mentions()
    found = sorted([*typed, *finder.bare_mentions(typed)], key=lambda m: m.start)
    return [Place(m.start, m.end, m.rule, m.confidence, m.full, m.level) for m in found]


class _Finder(TypedPlaces):
    """Adds the names without a type word."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__(analysis)
        self.last_blocked = -1  # end of the last bare name that the context spoke against
        self.typed: Sequence[PlaceDraft] = ()
        self.typed_starts: list[int] = []
        self.contained: dict[int, PlaceDraft] = {}  # by start: units printed after one that lies in them
        self.last_located = -1  # end of the last bare name that the context spoke for

    def bare_mentions(self, typed: Sequence[PlaceDraft]) -> list[PlaceDraft]:
        """Names without a type word in what the typed mentions leave of the capitalised runs."""
        found: list[PlaceDraft] = []
        starts = [mention.start for mention in typed]
        self.typed, self.typed_starts = typed, starts
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
        self, run: NameRun, typed: Sequence[PlaceDraft], starts: Sequence[int]
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
        self, piece: Sequence[Syllable], typed: Sequence[PlaceDraft], starts: Sequence[int]
    ) -> Iterator[PlaceDraft]:
        """A bare name fills its run, but for words that may lead it and a person's name after it."""
        leads, leading, trailing = True, words_of("lead"), words_of("tail")
        for i, syllable in enumerate(piece):
            rest = piece[i : i + 2 * MAX_SYLLABLES]  # all that a name and a person's name can take
            variant = self.variants.get(syllable.start)
            may = leads or (variant and self._is_abbreviation(syllable))  # "MTTQ Việt Nam TPHCM"
            of_variant = self._variant(variant) if may and variant and self._variant_fills(variant, rest) else None
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

    def _resolve(self, start: int, end: int, typed: Sequence[PlaceDraft], starts: Sequence[int]) -> PlaceDraft | None:
        """What unit a bare name is, if it is one here."""
        name_key = key(self.lower[start:end])
        own, province = self.own.get(name_key), lookup("province", name_key)
        nested = self.contained.get(start) or (None if own else self._nested(start, end))
        if nested is not None:
            return nested if self._context_fits(start, nested.end) else None
        if not own and name_key not in all_names():
            return None
        if own and self._word_before(start) not in words_of("locative"):
            own = Counter({unit: n for unit, n in own.items() if unit[2] != "village"}) or None
        guessed = not own and not province and not self._in_company(start)
        regional = self._in_region(start, end, name_key) if guessed else None
        located = own or province or regional or self._is_locative(start, end, typed, starts)
        if not located or not self._context_fits(start, end):
            return None
        if own and not (province and is_city_of(own)):
            words = self.text[start:end].split(" ")
            doubtful = starts_like_person(words) and (len(words) > 2 or self._begins_person(end))
            heading = self.text.startswith(":", end) and self.text[max(0, start - 1) : start] in ("", "\n")
            if doubtful and not heading and self._word_before(start) not in words_of("locative"):
                return None
            type_, name, level = own.most_common(1)[0][0]
            return PlaceDraft(start, end, start, type_, name, level, "places.article", 0.88)
        if province:
            if name_key == "hồ chí minh" and not self._beside_province(start, end):
                return None
            return PlaceDraft(
                start, end, start, province_type(province), province.name, "province", "places.province", 0.9
            )
        return regional or self._located(start, end, name_key, typed, starts)

    def _nested(self, start: int, end: int) -> PlaceDraft | None:
        """A name printed before a unit in which, officially, one of that name lies: "Phúc Xá, Ba Đình, Hà Nội"."""
        if not _GOES_ON.match(self.text, end):
            return None
        if self._word_before(start)[-1:].isdecimal():
            return None  # "42 Tràng Tiền, Hà Nội" is an address
        for name_end in self._name_ends(end):
            match = _FOLLOWED_BY_PARENT.match(self.text, name_end)
            if match is None:
                continue
            printed = self.text[start:name_end]
            for parent, level in self._parents_at(match.end()):
                if level == "province" and key(parent.name) != key(printed) and self._is_province_then(printed):
                    continue  # "Hà Nội, Hải Phòng" is a list
                rows = units.table().nested(printed, parent.full, level, new=not before_reform(self.analysis))
                if rows:
                    self.contained.setdefault(parent.start, parent)
                    unit = units.table().unit(rows[0])
                    return PlaceDraft(start, name_end, start, unit.type, unit.name, unit.level, "places.nested", 0.8)
        return None

    def _is_province_then(self, printed: str) -> bool:
        province = lookup("province", key(printed))
        if province is None:
            return False
        return before_reform(self.analysis) or any(code.startswith("a") for code in province.provinces)

    def _name_ends(self, end: int) -> Iterator[int]:
        """Where a name may end that a run begins: it may go on after a dash or with a number."""
        dash = _DASH.match(self.text, end)
        run = run_at(self.text, dash.end(), 3) if dash else ()
        if run:
            yield run[-1].end
        number = _ENDS_IN_NUMBER.match(self.text, end)
        if number:
            yield number.end()
        yield end

    def _parents_at(self, pos: int) -> Iterator[tuple[PlaceDraft, Level]]:
        """What units a name at a place of the text may be, as one that contains another."""
        at = bisect_right(self.typed_starts, pos) - 1
        if at >= 0 and self.typed_starts[at] == pos:
            yield self.typed[at], self.typed[at].level
            return
        run = run_at(self.text, pos, MAX_SYLLABLES)
        for end in self._name_ends(run[-1].end) if run else ():
            levels: list[Level] = ["district", "province"]
            for level in levels if before_reform(self.analysis) else levels[::-1]:
                unit = lookup(level, key(self.text[pos:end]))
                if unit:
                    type_ = province_type(unit) if level == "province" else unit.types[0]
                    yield PlaceDraft(pos, end, pos, type_, unit.name, level, f"places.{_RULES[level]}", 0.8), level

    def _begins_person(self, end: int) -> bool:
        """Whether an office follows after a comma: "Triệu Sơn, Phó Chủ tịch"."""
        return any(hit.start in (end + 1, end + 2) for hit in self.analysis.hits["official_titles"])

    def _in_company(self, start: int) -> bool:
        """Whether a company's name begins shortly before, on the same line: what follows may be its own."""
        at = bisect_right(self.head_starts, start) - 1
        if at < 0 or self.heads[at].row["reach"] != "company":
            return False
        return _IN_COMPANY.fullmatch(self.text, self.heads[at].end, start) is not None

    def _in_region(self, start: int, end: int, name_key: str) -> PlaceDraft | None:
        """A unit of the provinces that the article names, printed bare."""
        words = self.text[start:end].split(" ")
        if len(words) < 2 or not self.region or name_key in words_of("common"):
            return None
        if starts_like_person(words) and self._word_before(start) not in words_of("locative"):
            return None
        if self._begins_person(end):
            return None
        before = before_reform(self.analysis)
        order: tuple[Level, ...] = ("district", "commune") if before else ("commune", "district")
        if not self.is_local:
            order = ("district",)
        for level in order:
            unit = lookup(level, name_key)
            if unit and unit.before >= before and self._lies_in_region(unit, level, before):
                type_ = self._likeliest_type(unit, before)
                return PlaceDraft(start, end, start, type_, unit.name, level, "places.region", 0.7)
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
        self, start: int, end: int, name_key: str, typed: Sequence[PlaceDraft], starts: Sequence[int]
    ) -> PlaceDraft | None:
        """A name known on one level only, or a well-known town, where the context says "place"."""
        district, commune = lookup("district", name_key), lookup("commune", name_key)
        level: Level
        if commune and not commune.before and before_reform(self.analysis):
            commune = None
        parent = self._before_parent(end, typed, starts)
        towns = "thành phố" in (district.types if district else ())
        if district and (commune is None or parent or towns or before_reform(self.analysis)):
            unit, level = district, "district"
        elif commune and not district and parent and not starts_like_person(commune.name.split(" ")):
            unit, level = commune, "commune"
        else:
            return None
        type_ = "thành phố" if "thành phố" in unit.types else unit.types[0]
        self.last_located = end
        return PlaceDraft(start, end, start, type_, unit.name, level, "places.locative", 0.6)

    def _is_locative(self, start: int, end: int, typed: Sequence[PlaceDraft], starts: Sequence[int]) -> bool:
        if self._word_before(start) in words_of("locative"):
            return True
        if 0 < start - self.last_located <= 4 and self.text[self.last_located : start] in (", ", " và "):
            return True
        before = self.text[max(0, start - 2) : start]
        at = bisect_right(starts, start) - 1
        if before in (", ", " (") and at >= 0 and typed[at].end == start - 2:
            return typed[at].level in ("commune", "village")  # "xã Mỹ Hiệp (Cao Lãnh)"
        opens = before in (", ", " (", ". ", "") or before.endswith("\n")
        return opens and self._before_parent(end, typed, starts)

    def _before_parent(self, end: int, typed: Sequence[PlaceDraft], starts: Sequence[int]) -> bool:
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

    def _bare_shouted(self, piece: Sequence[Syllable]) -> Iterator[PlaceDraft]:
        """Units named in a headline in capitals: the article's own, and provinces in a place's position."""
        i = 0
        while i < len(piece):
            mention = self._shouted_at(piece, i)
            if mention:
                yield mention
                i += mention.name.count(" ")
            i += 1

    def _shouted_at(self, piece: Sequence[Syllable], i: int) -> PlaceDraft | None:
        start = piece[i].start
        variant = self.variants.get(start)
        if variant:
            return self._variant(variant)
        for size in range(min(4, len(piece) - i), 0, -1):
            end = piece[i + size - 1].end
            name_key = key(self.text[start:end])
            own, province = self.own.get(name_key), lookup("province", name_key)
            placed = self._word_before(start) in words_of("locative") or i == 0 or i + size == len(piece)
            if not (own or province) or (size == 1 and not placed) or name_key == "hồ chí minh":
                continue
            if own and (size > 1 or placed) and not (province and is_city_of(own)):
                type_, name, level = own.most_common(1)[0][0]
                return PlaceDraft(start, end, start, type_, name, level, "places.article", 0.85)
            if province and placed and self._context_fits(start, end):
                type_ = province_type(province)
                return PlaceDraft(start, end, start, type_, province.name, "province", "places.province", 0.8)
        return None

    def _variant(self, hit: Hit) -> PlaceDraft | None:
        row = hit.row
        level = cast(Level, row["level"])
        unit = gazetteer()[level].get(row["name"].lower()) if level in gazetteer() else None
        if unit is None or not self.text[hit.start].isupper() or not self._in_body(hit.start, hit.end):
            return None
        type_ = province_type(unit) if level == "province" else unit.types[0]
        if "thành phố" in unit.types:
            type_ = "thành phố"
        return PlaceDraft(hit.start, hit.end, hit.start, type_, unit.name, level, "places.variant", 0.9)

    def _context_fits(self, start: int, end: int) -> bool:
        """Whether the words around a bare name leave it a place: no person, street, school or newspaper."""
        blocked = self._word_before(start) in words_of("honorific") or self._in_other_name(start)
        joined = self.text[max(0, start - 3) : start].strip() == "-" and self.last_blocked >= start - 3
        if blocked or joined or self._is_credit(start):
            self.last_blocked = end
            return False
        return True

    def _is_credit(self, start: int) -> bool:
        before = self.lower[max(0, start - 8) : start].rstrip()
        return before.endswith(("ảnh:", "bài:", "tin:"))

    def _without_overlaps(self, mentions: list[PlaceDraft]) -> list[PlaceDraft]:
        kept: list[PlaceDraft] = []
        for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept
