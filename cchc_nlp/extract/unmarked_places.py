"""Administrative units in texts written without marks: "xa Don Phong, huyen Bach Thong, Bac Kan".

Without marks a word says little, so that only official names count: after a type word, or, bare, a province or a
name printed right before a unit in which one of that name lies. The name keeps its printed form where several are
written so; the resolver completes it when it has found the unit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import cast

from cchc_nlp import lexicon, units
from cchc_nlp.analysis import Analysis, Level, Place
from cchc_nlp.extract.typed_places import before_reform
from cchc_nlp.text.names import name_runs

_UNMARKED, _BARE = "places.unmarked", "places.unmarked_bare"
_MOST_MARKS = 0.02  # bytes beyond one a character; marked text has about a third
_LONGEST = 6
_WORD = r"[^\W_]+(?:['’][^\W\d_]+)?"
_WORDS = re.compile(rf"{_WORD}(?: (?:- )?{_WORD}){{0,{_LONGEST - 1}}}")
_NUMBER = re.compile(r"0?(\d{1,2})(?![\w%]|[.,/-]\d)")
_ENDS_IN_NUMBER = re.compile(r" \d{1,2}(?=, | \()")
_PARENT = re.compile(r", | \(| - ")


def is_unmarked(text: str) -> bool:
    """Whether a text is written without Vietnamese marks."""
    return len(text.encode("utf-8", "replace")) - len(text) <= _MOST_MARKS * len(text)


def find(analysis: Analysis) -> list[Place]:
    """All mentions in text order, none inside another."""
    found = _typed(analysis)
    starts = sorted(found)
    for heads, end in reversed(list(_runs(analysis.text))):
        at = bisect_right(starts, end) - 1
        begin = found[starts[at]].end if at >= 0 else 0
        place = _bare(analysis, [head for head in heads if head >= begin], end, found)
        if place is not None:
            found[place.start] = place
    return [found[start] for start in sorted(found)]


def _runs(text: str) -> Iterator[tuple[list[int], int]]:
    """Where the words of each capitalised run begin, and its end; a dash joins one name ("Ba Ria - Vung Tau")."""
    heads: list[int] = []
    end = 0
    for run in name_runs(text):
        words = [word.start for word in run.syllables]
        if not (heads and text[end : run.start] in (" - ", "-") and _is_dashed(text[heads[-2:][0] : run.end])):
            if heads:
                yield heads, end
            heads = []
        number = _ENDS_IN_NUMBER.match(text, run.end)
        heads, end = heads + words, number.end() if number else run.end
    if heads:
        yield heads, end


def _is_dashed(printed: str) -> bool:
    return any(units.plain_key(printed) in units.table().plain_names[level] for level in ("province", "district"))


@cache
def _types() -> tuple[re.Pattern[str], dict[str, lexicon.Row]]:
    """A pattern of the type words without marks, and the row of each."""
    rows: dict[str, lexicon.Row] = {}
    for row in lexicon.table("place_types"):
        full = row["use"] == "word" and row["phrase"] == row["type"]
        if row["level"] in units.LEVELS and (full or row["use"] in ("short", "letter")):
            rows.setdefault(units.unmarked(row["phrase"]), row)
    words = "|".join(re.escape(word) for word in sorted(rows, key=len, reverse=True))
    return re.compile(rf"\b({words})(?:\.? |\.)(?=\w)", re.IGNORECASE), rows


def _typed(analysis: Analysis) -> dict[int, Place]:
    pattern, rows = _types()
    found: dict[int, Place] = {}
    reached = 0
    for match in pattern.finditer(analysis.text):
        row = rows[match[1].lower()]
        if match.start() < reached or (row["use"] == "letter" and not match[1][0].isupper()):
            continue
        name = _name(analysis.text, match.end(), row)
        if name is not None and analysis.in_body(match.start(), name[0]):
            reached, spelling, level = name
            full = f"{row['type']} {spelling}"
            found[match.start()] = Place(match.start(), reached, _UNMARKED, 0.8, full, level)
    return found


def _name(text: str, pos: int, row: lexicon.Row) -> tuple[int, str, Level] | None:
    """The end, spelling and level of the longest official name that stands after a type word."""
    level = cast(Level, row["level"])
    number = _NUMBER.match(text, pos) if row["numbered"] else None
    if number is not None:
        return number.end(), number[1], level
    levels: tuple[Level, ...] = ("province", "district") if row["type"] == "thành phố" else (level,)
    words = _WORDS.match(text, pos)
    end = words.end() if words is not None and text[pos].isupper() else pos
    while end > pos:
        for level in levels:
            spelling = _spelling(level, text[pos:end])
            city = level == "province" and row["type"] == "thành phố"
            if spelling is not None and not (city and not _is_city(text[pos:end])):
                return end, spelling, level
        end = max(text.rfind(" ", pos, end), pos)
    return None


def _spelling(level: str, printed: str) -> str | None:
    """How a name is written with its marks; as printed where several names are so without; None for no name."""
    known = units.table()
    rows = known.plain_names[level].get(units.plain_key(printed))
    if not rows:
        return None
    names = {known.rows[row][5] for row in rows}
    return names.pop() if len(names) == 1 else printed


def _is_city(printed: str) -> bool:
    """Whether a province's name is that of a centrally run city: "thanh pho Cao Bang" is a town in the province."""
    known = units.table()
    return any("thành phố" in known.types(row) for row in known.plain_names["province"][units.plain_key(printed)])


def _bare(analysis: Analysis, heads: list[int], end: int, found: dict[int, Place]) -> Place | None:
    """The longest name at the end of a run that lies in the unit printed after it, or is a province's."""
    text, known = analysis.text, units.table()
    gap = _PARENT.match(text, end)
    parent = found.get(gap.end()) if gap else None
    for start in heads[-_LONGEST:]:
        if not analysis.in_body(start, end):
            continue
        printed = text[start:end]
        rows = known.nested(printed, parent.name, parent.level, new=not before_reform(analysis)) if parent else []
        if rows:
            unit = known.unit(rows[0])
            name = unit.name if len({known.rows[row][5] for row in rows}) == 1 else printed
            return Place(start, end, _BARE, 0.75, f"{unit.type} {name}", unit.level)
        spelling = _spelling("province", printed)
        if spelling is not None and (" " in printed or text[start - 2 : start] == ", "):
            type_ = known.unit(known.plain_names["province"][units.plain_key(printed)][-1]).type
            return Place(start, end, _BARE, 0.7, f"{type_} {spelling}", "province")
    return None
