"""Which unit a finding counts for: today's where it is known by code, else the one of the printed name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from cchc_nlp import lexicon, units


@dataclass(frozen=True)
class Place:
    """A row of the report's tables of units."""

    key: str
    name: str
    """Type word and name, in brackets the province."""
    former: str = ""
    """The name under which it was met, where that is another unit's that it took over."""
    official: bool = True


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The last unit inside the name of a body, and words that hold a type word and are none ("Thông tấn xã")."""
    rows = lexicon.table("place_types")
    types = sorted({row["type"] for row in rows if row["level"] in units.LEVELS and row["use"] == "word"})
    others = sorted((row["phrase"] for row in rows if row["use"] == "other"), key=len, reverse=True)
    return (
        re.compile(rf".*\b(?=(?:{'|'.join(types)}) [^\W_a-zà-ỹ])", re.DOTALL),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, others))})\b"),
    )


def _inner_place(name: str) -> str:
    """The unit at the end of a body's name: "xã Tân An" of "Ủy ban nhân dân xã Tân An"; the name without one."""
    place, other = _patterns()
    blanked = list(name)
    for match in other.finditer(name.lower()) if len(name.lower()) == len(name) else ():
        blanked[match.start() : match.end()] = "." * len(match[0])
    found = place.match("".join(blanked))
    return name[found.end() :] if found else name


@lru_cache(maxsize=1 << 17)
def place_of(name: str | None, code: str | None, year: int | None, since: str | None = None) -> Place | None:
    """The place of a name and code as a dataset has them; None without either."""
    unit = _official(name or "", code, year, since) if code else None
    if unit is None:
        if not name:
            return None
        shown = _inner_place(name)
        return Place(f"name:{units.name_key(shown)}", shown, official=False)
    now = _now(unit)
    former = _label(unit) if now is not unit and units.name_key(now.full) != units.name_key(unit.full) else ""
    return Place(f"{now.since}:{now.code}", _label(now), former)


def _official(name: str, code: str, year: int | None, since: str | None) -> units.Unit | None:
    """Of the units that have had a code (each list gave codes anew): by list, by the name printed, by the year."""
    holders = units.holders(code)
    if not holders:
        return None
    printed = units.name_key(name)
    known_year = year is not None and units.FIRST_YEAR <= year <= units.LAST_YEAR
    then = units.holders(code, year=year) if known_year else ()
    # of equal ones the first, which had the code last
    return max(holders, key=lambda u: (u.since == since, units.name_key(u.name) in printed, u in then))


def _now(unit: units.Unit) -> units.Unit:
    """The unit of the same level that has its area today, the main one where it was parted; itself where none is."""
    heirs = () if unit.current else unit.successors()
    return next((heir for heir in heirs if heir.level == unit.level), unit)


def _label(unit: units.Unit) -> str:
    return f"{unit.full} ({unit.parents[-1].name})" if unit.parents else unit.full
