"""One pass of a multi-pattern matcher (Aho-Corasick) that finds every lexicon phrase of every table.

Extractors start from these hits and run their patterns only where a hit says that it is worth it, so that
hundreds of patterns cost little on a text that has nothing for them. The pass only notes where phrases stand;
the hits of a table are chosen when somebody asks for that table.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import ahocorasick

from cchc_nlp import lexicon


class Hit(NamedTuple):
    """A lexicon phrase in the text, and its row in the table."""

    start: int
    end: int
    row: lexicon.Row


# where a phrase stands, as (start, -end), and its row in each table: in this order the longest of a start comes first
_Match = tuple[int, int, dict[str, lexicon.Row]]


class Hits(dict[str, list[Hit]]):
    """Hits by table name, in text order, whole words only; of a table's overlapping phrases the leftmost longest."""

    def __init__(self, matches: dict[str, list[_Match]]) -> None:
        super().__init__()
        self._matches = matches

    def __missing__(self, name: str) -> list[Hit]:
        matches = self._matches[name]
        matches.sort()
        kept: list[Hit] = []
        new, reached = Hit._make, 0
        for start, minus_end, rows in matches:
            if start >= reached:
                reached = -minus_end
                kept.append(new((start, reached, rows[name])))
        self[name] = kept
        return kept


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    phrases: dict[str, dict[str, lexicon.Row]] = {}
    for name in lexicon.scanned_tables():
        for row in lexicon.table(name):
            if row.get("phrase"):
                phrases.setdefault(row["phrase"], {}).setdefault(name, row)  # of a table's equal phrases the first
    for phrase, rows in phrases.items():
        automaton.add_word(phrase, (len(phrase), rows))
    automaton.make_automaton()
    return automaton


def scan(lower: str) -> Hits:
    """The hits of a text; `lower` is clean text in lower case. A table without hits has an empty list."""
    found: dict[str, list[_Match]] = {name: [] for name in lexicon.scanned_tables()}
    # whether a word goes on at each character; the last entry serves as what stands before and after the text
    word = [*map(str.isalnum, lower), False]
    for last, (length, rows) in _automaton().iter(lower):
        start, end = last - length + 1, last + 1
        if (word[start - 1] and word[start]) or (word[last] and word[end]):
            continue
        match = (start, -end, rows)
        for name in rows:
            found[name].append(match)
    return Hits(found)
