"""What administrative units Vietnam has had: their names by level, types, time and provinces.

Made from `cchc_nlp.units`, which knows each unit, and `place_former`; `place_types` holds the type words. Names are
looked up by `key`; nothing here knows of a text.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import NamedTuple, cast

from cchc_nlp import lexicon, units
from cchc_nlp.analysis import Level


class Unit(NamedTuple):
    """What is known about one name on one level; `types` the commonest first."""

    name: str
    types: tuple[str, ...]
    before: bool  # whether such a unit existed before the reorganisation of 1 July 2025
    provinces: frozenset[str]  # where: "b45" by the codes in force before it, "a44" by those after it


Units = dict[str, Unit]


@cache
def gazetteer() -> dict[Level, Units]:
    """Known units by level and by `key` of their name."""
    known = units.table()
    levels: dict[Level, Units] = {"village": {}}
    for level in units.LEVELS:
        by_name = {name: _gathered(known, rows) for name, rows in known.names[level].items()}
        for name, rows in known.other_names[level].items():
            if spelling := known.spelling(rows[0], name):
                own = known.names[level].get(name, [])
                by_name[name] = _gathered(known, own + rows)._replace(name=spelling)
        levels[level] = by_name
    for row in lexicon.table("place_former"):
        unit = levels[cast(Level, row["level"])][row["name"].lower()]
        if row["types"] not in unit.types:
            levels[cast(Level, row["level"])][row["name"].lower()] = unit._replace(types=(*unit.types, row["types"]))
    return levels


def _gathered(known: units.Table, rows: list[int]) -> Unit:
    """What the units of one name have in common."""
    counts: Counter[str] = Counter()
    provinces: set[str] = set()
    before = False
    for row in rows:
        types = known.types(row)
        counts.update(types)
        on_both = known.rows[row][:2] == ["2004", "2025"] and len(types) == 1
        counts[types[0]] += known.parts[known.rows[row][3]] + on_both  # a larger unit is named more often
        provinces |= known.provinces(row)
        before = before or known.rows[row][0] != "2025"
    by_count = tuple(sorted(counts, key=lambda type_: (-counts[type_], type_)))
    return Unit(known.rows[rows[0]][5], by_count, before, frozenset(provinces))


@cache
def type_levels() -> dict[str, Level]:
    """The level of each type word in full ("thành phố" alone counts as a district)."""
    rows = (row for row in lexicon.table("place_types") if row["type"])
    levels = {row["type"]: cast(Level, row["level"]) for row in rows if row["use"] != "other"}
    return {**levels, "thành phố": "district"}


def key(name: str) -> str:
    """The form in which names are looked up: small letters, plain apostrophes, " - " as the only dash."""
    return units.name_key(name)


def lookup(level: Level, name_key: str, misspelt: bool = False) -> Unit | None:
    """A unit by its key; `misspelt` allows other marks and i for y ("Tam Kì", "Dak Glei") above communes."""
    unit = gazetteer()[level].get(name_key)
    if unit is None and misspelt and level in ("province", "district"):
        return _plain_index(level).get(_plain(name_key))
    return unit


def _plain(name_key: str) -> str:
    return units.unmarked(name_key).replace("y", "i")


@cache
def _plain_index(level: Level) -> dict[str, Unit]:
    """Units whose name no other on the level resembles, by the name without marks."""
    groups: dict[str, list[Unit]] = {}
    for name_key, unit in gazetteer()[level].items():
        groups.setdefault(_plain(name_key), []).append(unit)
    return {plain: units[0] for plain, units in groups.items() if len(units) == 1}


@cache
def all_names() -> frozenset[str]:
    """The keys of all units of all levels."""
    return frozenset().union(*gazetteer().values())


@cache
def foreign_names() -> frozenset[str]:
    """Keys of foreign provinces and cities whose names are made of Vietnamese syllables."""
    return frozenset(row["name"].lower() for row in lexicon.table("place_foreign"))


def province_type(unit: Unit) -> str:
    """ "tỉnh", or "thành phố" for a centrally run city."""
    return "thành phố" if "thành phố" in unit.types else "tỉnh"
