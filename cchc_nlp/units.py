"""Vietnam's official administrative units: which there are and were, by name and by code, and what became of them.

>>> from cchc_nlp import units
>>> [unit.path for unit in units.find("xã Đôn Phong", year=2022)]
['xã Đôn Phong, huyện Bạch Thông, tỉnh Bắc Kạn']
>>> [unit.path for unit in units.get("01984", year=2022).successors()]
['xã Phong Quang, tỉnh Thái Nguyên']

A unit is known by its *code* and the *code list* in which it first stands, as the Statistics Office gives codes anew to
other units: 00004 was the ward Trúc Bạch until 30 June 2025 and is the ward Ba Đình since. There are three lists:

* `2004`: the list of 2004, as it stood in 2021;
* `2024`: the same after the mergers of September 2024 to March 2025 (all dated to the first of September here);
* `2025`: the list since 1 July 2025, without districts.

A unit that goes on from one list to the next with code, name and parent unchanged is one unit. What was abolished
before the first list was seen has no code and no list.

For the newcomer: `Table` reads `lexicon/units.tsv` and knows rows by number; a `Unit` is made when one is asked for;
`Table.matches` is the one place that says how a printed name can stand for a unit's. `resolve/links.py` uses it too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Literal, NamedTuple, cast, get_args

from cchc_nlp import lexicon
from cchc_nlp.errors import LexiconError, UnitQueryError
from cchc_nlp.text.normalise import normalise

UnitLevel = Literal["province", "district", "commune"]
Match = Literal["name", "alias", "unmarked", "sound", "misspelt"]
"""How a printed name stands for a unit's: as it is, as another name of the unit, without the marks, as one that
sounds alike, with a letter more, less or other."""

LEVELS: tuple[UnitLevel, ...] = get_args(UnitLevel)
REFORM = date(2025, 7, 1)
_BEGIN = {"2004": date(2004, 7, 8), "2024": date(2024, 9, 1), "2025": REFORM}
_END = {"2024": date(2024, 8, 31), "2025": date(2025, 6, 30)}  # of what is gone from a list
FIRST_YEAR, LAST_YEAR = 2004, 2099
_COLUMNS = ("since", "until", "level", "code", "types", "name", "parent", "aliases", "successors")
_CODE_DIGITS = {"province": 2, "district": 3, "commune": 5}
_SINCE, _UNTIL, _LEVEL, _CODE, _TYPES, _NAME, _PARENT, _ALIASES, _SUCCESSORS = range(9)
_HOW_TO_MEND = "reinstall the package, or make the table anew with tools/build_units.py"


@dataclass(frozen=True)
class Unit:
    """An administrative unit, in the form it had on one code list."""

    code: str | None
    """Its official code; None for units abolished before the lists that are known."""
    name: str
    level: UnitLevel
    type: str
    since: str
    """The code list in which it first stands, which with `code` tells it from all others; "" without a code."""
    valid_from: date | None
    """None where the unit is older than its list."""
    valid_to: date | None
    """None where the unit is still there, or where it is not known (units without a code)."""
    parents: tuple[Unit, ...] = field(repr=False)
    """The units it lies in, the smallest first."""
    row: int = field(repr=False)

    @property
    def full(self) -> str:
        """Type word and name."""
        return f"{self.type} {self.name}"

    @property
    def path(self) -> str:
        """The unit with the units it lies in: "xã Đôn Phong, huyện Bạch Thông, tỉnh Bắc Kạn"."""
        return ", ".join(unit.full for unit in (self, *self.parents))

    @property
    def current(self) -> bool:
        """Whether the unit stands on the newest list."""
        return self.code is not None and self.valid_to is None

    def to_dict(self) -> dict[str, object]:
        """Plain data, with the codes of what it became and of what it was made of."""
        return {
            "code": self.code,
            "since": self.since,
            "name": self.name,
            "type": self.type,
            "level": self.level,
            "path": self.path,
            "parents": [unit.code for unit in self.parents],
            "valid_from": self.valid_from and self.valid_from.isoformat(),
            "valid_to": self.valid_to and self.valid_to.isoformat(),
            "successors": [unit.code for unit in self.successors() if unit != self],
            "predecessors": [unit.code for unit in self.predecessors()],
        }

    def successors(self, day: date | None = None) -> tuple[Unit, ...]:
        """The units that have its area on a day (today's without one): itself while it is there, the main one first.

        Empty where the sources do not say, or where the unit is younger than the day.
        """
        known = table()
        wanted = list_of(day)
        return tuple(known.unit(row) for row in known.followed(self.row, wanted))

    def predecessors(self) -> tuple[Unit, ...]:
        """The units whose area, or a part of it, this one took over when it was made."""
        known = table()
        before = [known.unit(row) for row in known.predecessors.get(self.row, ())]
        return tuple([unit for unit in before if unit.level == self.level] or before)


class Found(NamedTuple):
    """A row that a printed name can stand for, and how."""

    row: int
    match: Match


def find(
    name: str,
    *,
    level: UnitLevel | None = None,
    year: int | None = None,
    parent: str | Unit | None = None,
) -> tuple[Unit, ...]:
    """The units that a name can mean, the likeliest first.

    `name` may begin with a type word and go on with the units it lies in ("xã Đôn Phong, huyện Bạch Thông"); `year`
    leaves the units that were there in it, `parent` (a name, a code or a unit) those that lie in it. Names without
    marks, misspelt or of another type are found too, behind those that fit better. Raises `UnitQueryError` for a level
    or a year that the data do not know, or a name without a letter or a figure.
    """
    if level is not None and level not in LEVELS:
        raise UnitQueryError(f"level {level!r} is none of {', '.join(LEVELS)}")
    _check_year(year)
    name, _, rest = normalise(name)[0].strip().partition(",")
    type_, bare = split_type(name.strip())
    if not plain_key(bare):
        raise UnitQueryError(f"{name!r} holds no name of a unit; give one such as 'xã Tân Thạnh'")
    known = table()
    within = _parents(parent, rest)
    ranked: list[tuple[tuple[int, int, bool, bool, int], int]] = []
    for unit_level in (level,) if level else LEVELS:
        for found in known.matches(unit_level, bare, misspelt=True):
            row = known.rows[found.row]
            if year is not None and not _in_year(row, year):
                continue
            if within is not None and not known.ancestors(found.row) & within:
                continue
            types = row[_TYPES].split(",")
            typed = 0 if not type_ or type_ == types[0] else 1 if type_ in types else 2
            rank = (get_args(Match).index(found.match), typed, bool(row[_UNTIL]), not row[_CODE], found.row)
            ranked.append((rank, found.row))
    return tuple(known.unit(row) for _, row in sorted(ranked))


def get(code: str, day: date | None = None, *, year: int | None = None) -> Unit:
    """The unit that has a code on a day, or at the end of a year; without either the last one that had it.

    Raises `UnitQueryError` for a code that no unit has, or had then.
    """
    _check_year(year)
    known = table()
    rows = known.by_code.get(code, ())
    if not rows:
        raise UnitQueryError(
            f"no unit has the code {code!r}; codes have 2 (province), 3 (district) or 5 figures (commune)"
        )
    if year is not None and day is None:
        day = date(year, 12, 31)
    if day is None:
        return known.unit(rows[-1])
    wanted = list_of(day)
    for row in rows:
        if _on_list(known.rows[row], wanted):
            return known.unit(row)
    spans = "; ".join(f"{known.unit(row).full} {_span(known.unit(row))}" for row in rows)
    raise UnitQueryError(f"no unit had the code {code!r} on {day.isoformat()}, but: {spans}")


def holders(code: str, *, year: int | None = None) -> tuple[Unit, ...]:
    """All units that had a code, in a year if one is given, the last first; empty for a code that none had."""
    _check_year(year)
    known = table()
    rows = (row for row in known.by_code.get(code, ()) if year is None or _in_year(known.rows[row], year))
    return tuple(map(known.unit, rows))[::-1]


def split_type(name: str) -> tuple[str, str]:
    """A name's type word in full ("" without one) and what follows: "TP. Huế" gives "thành phố" and "Huế"."""
    match = _type_pattern().match(name)
    return (_type_words()[match[1].lower()], name[match.end() :]) if match else ("", name)


def name_key(name: str) -> str:
    """The form in which names are looked up: small letters, plain apostrophes, " - " as the only dash."""
    key = name.lower().replace("’", "'")
    return re.sub(r" ?- ?", " - ", key) if "-" in key else key


def unmarked(text: str) -> str:
    """Small letters without marks, as long as the text."""
    return text.lower().translate(_plain_letters())


def plain_key(name: str) -> str:
    """Small letters and figures without marks and blanks: "M'Đrắk" gives "mdrak"."""
    return "".join(filter(str.isalnum, unmarked(name)))


def sound_key(name: str) -> str:
    """`plain_key` where letters that many speakers do not tell apart are one: "Sà Phìn" and "Xà Phìn"."""
    key = plain_key(name)
    for written, heard in (("tr", "ch"), ("s", "x"), ("y", "i"), ("gi", "d"), ("k", "c"), ("q", "c"), ("w", "v")):
        key = key.replace(written, heard)
    return key


@cache
def _plain_letters() -> dict[int, str]:
    letters = {}
    for code in (*range(0xC0, 0x250), *range(0x1EA0, 0x1F00)):
        first = unicodedata.normalize("NFD", chr(code))[0]
        if first.isascii():
            letters[code] = first.lower()
    return {**letters, ord("đ"): "d", ord("Đ"): "d"}


@cache
def _type_words() -> dict[str, str]:
    rows = (row for row in lexicon.table("place_types") if row["level"] in LEVELS and row["use"] != "organ")
    words = {row["phrase"]: (row["type"], row["use"]) for row in rows}
    plain = {unmarked(word): type_ for word, (type_, use) in words.items() if use == "word"}
    return {**plain, **{word: type_ for word, (type_, _) in words.items()}}


@cache
def _type_pattern() -> re.Pattern[str]:
    words = sorted(_type_words(), key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, words))})(?:\. ?| )(?=\w)", re.IGNORECASE)


def _check_year(year: int | None) -> None:
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnitQueryError(f"year {year} is outside the data, which begin with the code list of {FIRST_YEAR}")


def _parents(parent: str | Unit | None, rest: str) -> set[str] | None:
    """Keys of the units in which what is looked for must lie; None where nothing is asked."""
    known = table()
    if isinstance(parent, Unit):
        return {known.own_key(parent.row)}
    if parent and parent in known.by_code:
        return {known.own_key(row) for row in known.by_code[parent]}
    asked = ", ".join(filter(None, (rest.strip(), parent)))
    return {known.own_key(unit.row) for unit in find(asked)} if asked else None


def list_of(day: date | None) -> str:
    """The code list of a day (of today without one)."""
    return "2025" if day is None else next((name for name in ("2025", "2024") if day >= _BEGIN[name]), "2004")


def on_list(unit: Unit, day: date) -> bool:
    """Whether the code list of a day has a unit."""
    return _on_list(table().rows[unit.row], list_of(day))


def _on_list(row: Sequence[str], wanted: str) -> bool:
    return row[_SINCE] <= wanted and (not row[_UNTIL] or wanted < row[_UNTIL])


def _in_year(row: Sequence[str], year: int) -> bool:
    if not row[_SINCE]:
        return year == FIRST_YEAR
    begin, end = list_of(date(year, 1, 1)), list_of(date(year, 12, 31))
    return row[_SINCE] <= end and (not row[_UNTIL] or begin < row[_UNTIL])


def _span(unit: Unit) -> str:
    return f"({unit.valid_from or '…'} - {unit.valid_to or '…'})"


class Table:
    """All units by row number; the rows stand as in the file, province before district before commune."""

    def __init__(self, content: str) -> None:
        self.rows: list[list[str]] = []
        self.by_code: dict[str, list[int]] = {}
        self.names: dict[str, dict[str, list[int]]] = {level: {} for level in LEVELS}
        self.other_names: dict[str, dict[str, list[int]]] = {level: {} for level in LEVELS}
        self._made: dict[int, Unit] = {}
        self._read(content)
        self._add_former()

    # -- reading ----------------------------------------------------------------------------------------

    def _read(self, content: str) -> None:
        announced, columns = -1, False
        rows, by_code = self.rows, self.by_code
        for number, line in enumerate(content.split("\n"), 1):
            if not line:
                continue
            if line[0] == "#":
                if line.startswith("# rows: ") and line[8:].isdecimal():
                    announced = int(line[8:])
                continue
            cells = line.split("\t")
            if not columns:
                if tuple(cells) != _COLUMNS:
                    raise LexiconError(f"lexicon/units.tsv, line {number}: columns {cells}; {_HOW_TO_MEND}")
                columns = True
                continue
            cells += [""] * (9 - len(cells))
            if len(cells) != 9 or _CODE_DIGITS.get(cells[2]) != len(cells[3]) or not cells[5] or cells[0] not in _BEGIN:
                raise LexiconError(f"lexicon/units.tsv, line {number}: no unit: {line!r:.80}; {_HOW_TO_MEND}")
            if cells[6] and cells[6] not in by_code:
                raise LexiconError(f"lexicon/units.tsv, line {number}: no unit {cells[6]!r} to lie in; {_HOW_TO_MEND}")
            by_code.setdefault(cells[3], []).append(len(rows))
            self._name(cells, len(rows))
            rows.append(cells)
        if len(rows) != announced:
            raise LexiconError(
                f"lexicon/units.tsv: {len(rows)} units where its head promises {announced}; {_HOW_TO_MEND}"
            )

    def _name(self, cells: list[str], row: int) -> None:
        self.names[cells[_LEVEL]].setdefault(name_key(cells[_NAME]), []).append(row)
        if cells[_ALIASES]:
            for alias in cells[_ALIASES].split("|"):
                self.other_names[cells[_LEVEL]].setdefault(name_key(alias), []).append(row)

    def _add_former(self) -> None:
        """Units abolished before the lists, and other names: both from tables written by hand."""
        for row in lexicon.table("place_former"):
            if name_key(row["name"]) not in self.names[row["level"]]:
                cells = ["", "2004", row["level"], "", row["types"], row["name"], "", "", row["successors"]]
                self._name(cells, len(self.rows))
                self.rows.append(cells)
        for row in lexicon.table("place_variants"):
            rows = self.names.get(row["level"], {}).get(name_key(row["name"]))
            if rows and name_key(row["phrase"]) not in self.names[row["level"]]:
                self.other_names[row["level"]].setdefault(name_key(row["phrase"]), rows)

    # -- rows as units ------------------------------------------------------------------------------------

    def unit(self, row: int) -> Unit:
        """The unit of a row."""
        if row not in self._made:
            cells = self.rows[row]
            parent = self.parent(row)
            above = self.unit(parent) if parent is not None else None
            self._made[row] = Unit(
                code=cells[_CODE] or None,
                name=cells[_NAME],
                level=cast(UnitLevel, cells[_LEVEL]),
                type=cells[_TYPES].partition(",")[0],
                since=cells[_SINCE],
                valid_from=None if cells[_SINCE] in ("", "2004") else _BEGIN[cells[_SINCE]],
                valid_to=_END.get(cells[_UNTIL]),
                parents=(above, *above.parents) if above else (),
                row=row,
            )
        return self._made[row]

    def on_list(self, code: str, wanted: str) -> int | None:
        """The row that has a code on a list."""
        return next((row for row in self.by_code.get(code, ()) if _on_list(self.rows[row], wanted)), None)

    def parent(self, row: int) -> int | None:
        """The row of the unit that a unit lies in, as it was when the unit was made."""
        cells = self.rows[row]
        return self.on_list(cells[_PARENT], cells[_SINCE]) if cells[_PARENT] else None

    def own_key(self, row: int) -> str:
        """A unit's code and whether it is one of before the reform ("b") or since ("a")."""
        cells = self.rows[row]
        return f"{'a' if cells[_SINCE] == '2025' else 'b'}{cells[_CODE] or cells[_NAME]}"

    def ancestors(self, row: int) -> frozenset[str]:
        """The keys of the units that a unit lies in; provinces of before and since the reform have keys of both."""
        cells = self.rows[row]
        if not cells[_CODE]:  # where its successors lie
            return frozenset[str]().union(*map(self.ancestors, self.heirs(row)))
        return self._around[cells[_SINCE] == "2025", cells[_PARENT]] if cells[_PARENT] else frozenset()

    @cached_property
    def _around(self) -> dict[tuple[bool, str], frozenset[str]]:
        around: dict[tuple[bool, str], frozenset[str]] = {}
        for row, cells in enumerate(self.rows):
            if cells[_LEVEL] == "commune":
                break
            above = around.get((cells[_SINCE] == "2025", cells[_PARENT]), frozenset())
            key = self.own_key(row)
            around[cells[_SINCE] == "2025", cells[_CODE]] = above | {key}
            if cells[_LEVEL] == "province" and not cells[_UNTIL]:
                around[True, cells[_CODE]] = frozenset({key})
        return around

    def types(self, row: int) -> list[str]:
        """The type words of a unit, its last one first."""
        return self.rows[row][_TYPES].split(",")

    def provinces(self, row: int) -> set[str]:
        """The key of the province that a unit is or lies in; two where the province went on beyond the reform."""
        cells = self.rows[row]
        if cells[_LEVEL] == "province":
            eras = "a" if cells[_SINCE] == "2025" else "b" if cells[_UNTIL] else "ba"
            return {f"{era}{cells[_CODE]}" for era in eras if cells[_CODE]}
        era = "a" if cells[_SINCE] == "2025" else "b"
        return {era + key[1:] for key in self.ancestors(row) if len(key) == 3}

    def spelling(self, row: int, key: str) -> str | None:
        """How another name of a unit is written; None for names of which only the letters without marks are known."""
        aliases = self.rows[row][_ALIASES].split("|")
        return next((alias for alias in aliases if name_key(alias) == key and alias != plain_key(alias)), None)

    @cached_property
    def parts(self) -> Counter[str]:
        """How many units have lain in the one of a code."""
        return Counter(cells[_PARENT] for cells in self.rows if cells[_PARENT])

    # -- what became of units -----------------------------------------------------------------------------

    def heirs(self, row: int) -> list[int]:
        """The rows that took over from a unit when it ceased."""
        cells = self.rows[row]
        found = (self.on_list(code, cells[_UNTIL]) for code in cells[_SUCCESSORS].split())
        return [heir for heir in found if heir is not None]

    def followed(self, row: int, wanted: str) -> list[int]:
        """The rows that have a unit's area on a list."""
        if not _on_list(self.rows[row], wanted):
            if self.rows[row][_SINCE] > wanted:
                return []
            return list(dict.fromkeys(last for heir in self.heirs(row) for last in self.followed(heir, wanted)))
        return [row]

    @cached_property
    def predecessors(self) -> dict[int, list[int]]:
        """The rows that each row took over from."""
        found: dict[int, list[int]] = {}
        for row in range(len(self.rows)):
            for heir in self.heirs(row):
                found.setdefault(heir, []).append(row)
        return found

    # -- names ----------------------------------------------------------------------------------------------

    def matches(self, level: str, name: str, *, misspelt: bool, loose: bool = False) -> list[Found]:
        """The rows of a level that a printed bare name can stand for.

        `misspelt` looks for names spelt otherwise where none is spelt so, `loose` in any case; without either only the
        name itself and other names of the unit count.
        """
        key = name_key(name)
        found = {row: Found(row, "name") for row in self.names[level].get(key, ())}
        for row in self.other_names[level].get(key, ()):
            found.setdefault(row, Found(row, "alias"))
        if (found or not misspelt) and not loose:
            return list(found.values())
        named = bool(found)  # then another letter is another unit
        for match, keys, index in (
            ("unmarked", (plain_key(name),), self.plain_names[level]),
            ("sound", (sound_key(name),), self._sounds[level]),
            ("misspelt", () if named else _shortened(plain_key(name)), {} if named else self._shortened[level]),
        ):
            for written in keys:
                for row in index.get(written, ()):
                    former = match == "unmarked" and plain_key(self.rows[row][_NAME]) != written
                    found.setdefault(row, Found(row, "alias" if former else cast(Match, match)))
            if found and not loose:
                break
        return list(found.values())

    def nested(self, name: str, parent: str, parent_level: str, *, new: bool) -> list[int]:
        """The rows of units of a bare name that lie right in a unit of another name ("huyện Bạch Thông"), both with
        or without marks: since the reform, if `new`, those of now first, then those of before, else these alone."""
        parents = self.plain_names.get(parent_level, {})
        above = {self.own_key(row) for row in parents.get(plain_key(split_type(parent)[1]), ())}
        key, plain = name_key(name), plain_key(name)
        found: list[int] = []
        for level in ("district", "commune") if parent_level == "province" else ("commune",):
            rows = self.plain_names[level].get(plain, ()) if name.isascii() else self.names[level].get(key, ())
            found += [row for row in rows if (new or self.rows[row][_SINCE] != "2025") and self._right_in(row, above)]
        return sorted(found, key=lambda row: self.rows[row][_SINCE] != "2025")

    def _right_in(self, row: int, above: set[str]) -> bool:
        parent = self.parent(row)
        return parent is not None and self.own_key(parent) in above

    def unmarked_matches(self, level: str, name: str) -> list[Found]:
        """The rows of a level that a name in a text without marks can stand for."""
        return [Found(row, "unmarked") for row in dict.fromkeys(self.plain_names[level].get(plain_key(name), ()))]

    def _index(self, level: str, keys: Iterable[tuple[str, list[int]]]) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for key, rows in keys:
            index.setdefault(key, []).extend(rows)
        return index

    def _all_names(self, level: str) -> Iterator[tuple[str, list[int]]]:
        yield from self.names[level].items()
        yield from self.other_names[level].items()

    @cached_property
    def plain_names(self) -> dict[str, dict[str, list[int]]]:
        """Rows by level and by their names without marks."""
        return {x: self._index(x, ((plain_key(n), rows) for n, rows in self._all_names(x))) for x in LEVELS}

    @cached_property
    def _sounds(self) -> dict[str, dict[str, list[int]]]:
        return {x: self._index(x, ((sound_key(n), rows) for n, rows in self._all_names(x))) for x in LEVELS}

    @cached_property
    def _shortened(self) -> dict[str, dict[str, list[int]]]:
        """Every name under each form of it that lacks one letter: two such forms that meet differ in one letter."""
        return {
            x: self._index(x, ((s, rows) for n, rows in self.plain_names[x].items() for s in _shortened(n)))
            for x in LEVELS
        }


def _shortened(key: str) -> list[str]:
    """A name and all its forms that lack one letter; short names would meet too many others."""
    if len(key) < 5 or any(map(str.isdigit, key)):
        return []
    return [key, *dict.fromkeys(key[:i] + key[i + 1 :] for i in range(len(key)))]


@cache
def table() -> Table:
    """The table of the package; raises `LexiconError` where its file is damaged."""
    return Table(lexicon.content("units"))
