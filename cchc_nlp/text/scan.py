"""One pass of a multi-pattern matcher (Aho-Corasick) that finds every lexicon phrase of every table.

Extractors start from these hits and run their patterns only where a hit says that it is worth it, so that
hundreds of patterns cost little on a text that has nothing for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
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
    found: Hits = {name: [] for name in lexicon.scanned_tables()}
    size = len(lower)
    for last, (length, payload) in _automaton().iter(lower):
        start, end = last - length + 1, last + 1
        if start and lower[start].isalnum() and lower[start - 1].isalnum():
            continue
        if end < size and lower[last].isalnum() and lower[end].isalnum():
            continue
        for name, row in payload:
            found[name].append(Hit(start, end, row))
    return {name: _longest(hits) for name, hits in found.items()}


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """Leftmost-longest selection: drops hits that overlap an earlier kept one."""
    kept: list[Hit] = []
    end = 0
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if hit.start >= end:
            kept.append(hit)
            end = hit.end
    return kept
