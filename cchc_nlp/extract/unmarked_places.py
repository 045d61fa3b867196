"""Administrative units in texts written without marks: "xa Don Phong, huyen Bach Thong, Bac Kan".

Without marks a word says little, so that only official names count: after a type word, or, bare, a province or a
name printed right before a unit in which one of that name lies. The name keeps its printed form where several are
written so; the resolver completes it when it has found the unit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import cast

from cchc_nlp import lexicon, units
from cchc_nlp.analysis import Analysis, Level, Place
from cchc_nlp.text.names import name_runs

_MOST_MARKS = 0.02  # bytes beyond one a character; marked text has about a third
_LONGEST = 6
_WORD = r"[^\W_]+(?:['’][^\W\d_]+)?"
_WORDS = re.compile(rf"{_WORD}(?: (?:- )?{_WORD}){{0,{_LONGEST - 1}}}")
_NUMBER = re.compile(r"0?(\d{1,2})(?![\w%]|[.,/-]\d)")
_PARENT = re.compile(r", | \(| - ")


def is_unmarked(text: str) -> bool:
    """Whether a text is written without Vietnamese marks."""
    return len(text.encode("utf-8", "replace")) - len(text) <= _MOST_MARKS * len(text)


def find(analysis: Analysis) -> list[Place]:
    """All mentions in text order, none inside another."""
    found = _typed(analysis)
    starts = sorted(found)
    for run in reversed(name_runs(analysis.text)):
        at = bisect_right(starts, run.end) - 1
        begin = found[starts[at]].end if at >= 0 and found[starts[at]].start < run.end else 0
        heads = [word.start for word in run.syllables if word.start >= begin]
        if heads and (begin <= run.start or heads[0] > run.start):
            place = _bare(analysis, heads, run.end, found)
            if place is not None:
                found[place.start] = place
    return [found[start] for start in sorted(found)]


@cache
def _types() -> tuple[re.Pattern[str], dict[str, lexicon.Row]]:
    """A pattern of the type words without marks, and the row of each."""
    rows: dict[str, lexicon.Row] = {}
    for row in lexicon.table("place_types"):
        if row["level"] in units.LEVELS and row["use"] in ("word", "short", "letter"):
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
            found[match.start()] = Place(match.start(), reached, "places.unmarked", 0.8, full, level)
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
            if spelling is not None:
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


def _bare(analysis: Analysis, heads: list[int], end: int, found: dict[int, Place]) -> Place | None:
    """The longest name at the end of a run that is a province's, or lies in the unit printed after it."""
    text = analysis.text
    gap = _PARENT.match(text, end)
    parent = found.get(gap.end()) if gap else None
    for start in heads[-_LONGEST:]:
        if not analysis.in_body(start, end):
            continue
        printed = text[start:end]
        nested = units.table().nested(printed, parent.name, parent.level) if parent else None
        if nested is not None:
            unit = units.table().unit(nested)
            return Place(start, end, "places.nested", 0.75, unit.full, unit.level)
        spelling = _spelling("province", printed) if len(heads) > 1 else None
        if spelling is not None:
            rows = units.table().plain_names["province"][units.plain_key(printed)]
            full = f"{units.table().unit(rows[-1]).type} {spelling}"
            return Place(start, end, "places.unmarked", 0.7, full, "province")
    return None
