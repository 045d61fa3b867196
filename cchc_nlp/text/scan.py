"""One pass of a multi-pattern matcher (Aho-Corasick) that finds every lexicon phrase of every table.

Extractors start from these hits and run their patterns only where a hit says that it is worth it, so that
hundreds of patterns cost little on a text that has nothing for them.
"""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import NamedTuple

import ahocorasick

from cchc_nlp import lexicon


class Hit(NamedTuple):
    """A lexicon phrase in the text, and its row in the table."""

    start: int
    end: int
    row: lexicon.Row


Hits = dict[str, list[Hit]]


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    payloads: dict[str, list[tuple[str, lexicon.Row]]] = {}
    for name in lexicon.scanned_tables():
        for row in lexicon.table(name):
            if row.get("phrase"):
                payloads.setdefault(row["phrase"], []).append((name, row))
    for phrase, payload in payloads.items():
        automaton.add_word(phrase, (len(phrase), payload))
    automaton.make_automaton()
    return automaton


def scan(lower: str) -> Hits:
    """Hits by table name, in text order, whole words only; within a table the longest hit wins.

    `lower` is clean text in lower case. A table without hits has an empty list.
    """
    found: dict[str, list[tuple[int, int, lexicon.Row]]] = {name: [] for name in lexicon.scanned_tables()}
    # whether a word goes on at each character; the last entry serves as what stands before and after the text
    word = [*map(str.isalnum, lower), False]
    for last, (length, payload) in _automaton().iter(lower):
        start, end = last - length + 1, last + 1
        if (word[start - 1] and word[start]) or (word[last] and word[end]):
            continue
        for name, row in payload:
            found[name].append((start, -end, row))
    return {name: _longest(hits) for name, hits in found.items()}


def _longest(hits: list[tuple[int, int, lexicon.Row]]) -> list[Hit]:
    """Leftmost-longest selection: drops hits that overlap an earlier kept one."""
    hits.sort(key=_leftmost_longest)
    kept: list[Hit] = []
    reached = 0
    for start, minus_end, row in hits:
        if start >= reached:
            reached = -minus_end
            kept.append(Hit(start, reached, row))
    return kept


_leftmost_longest = itemgetter(0, 1)
