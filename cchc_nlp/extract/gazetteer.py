"""What administrative units Vietnam has had: their names by level, types, time and provinces.

The tables `gazetteer` and `place_former` hold the units, `place_types` the type words. Names are looked up by
`key`; nothing here knows of a text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple, cast

from cchc_nlp import lexicon
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
    levels: dict[Level, Units] = {"province": {}, "district": {}, "commune": {}, "village": {}}
    for name in ("gazetteer", "place_former"):
        for row in lexicon.table(name):
            units = levels[cast(Level, row["level"])]
            unit_key = row["name"].lower()
            known = units.get(unit_key)
            types = tuple(row["types"].split(","))
            if known:
                types = known.types + tuple(t for t in types if t not in known.types)
            provinces = known.provinces if known else _provinces(row)
            units[unit_key] = Unit(known.name if known else row["name"], types, row["period"] != "after", provinces)
    return levels


def _provinces(row: lexicon.Row) -> frozenset[str]:
    before = (f"b{code}" for code in (row.get("provinces_before") or "").split())
    after = (f"a{code}" for code in (row.get("provinces_after") or "").split())
    return frozenset((*before, *after))


@cache
def type_levels() -> dict[str, Level]:
    """The level of each type word in full ("thành phố" alone counts as a district)."""
    rows = (row for row in lexicon.table("place_types") if row["type"])
    levels = {row["type"]: cast(Level, row["level"]) for row in rows if row["use"] != "other"}
    return {**levels, "thành phố": "district"}


def key(name: str) -> str:
    """The form in which names are looked up: small letters, plain apostrophes, " - " as the only dash."""
    key = name.lower().replace("’", "'")
    return re.sub(r" ?- ?", " - ", key) if "-" in key else key


def lookup(level: Level, name_key: str, misspelt: bool = False) -> Unit | None:
    """A unit by its key; `misspelt` allows other marks and i for y ("Tam Kì", "Dak Glei") above communes."""
    unit = gazetteer()[level].get(name_key)
    if unit is None and misspelt and level in ("province", "district"):
        return _plain_index(level).get(_plain(name_key))
    return unit


def _plain(name_key: str) -> str:
    decomposed = unicodedata.normalize("NFD", name_key.replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("y", "i")


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
