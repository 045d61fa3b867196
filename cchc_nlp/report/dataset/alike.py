"""Sentences that say the same, brought together: the words that count, and sets of words that are alike.

Two sentences are alike when the words that are in both are at least `ALIKE` of the words in either (Jaccard).
Candidates are found by MinHash signatures in bands, so that time grows with the number of sentences, not its square.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import cache, lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cchc_nlp import lexicon
from cchc_nlp.text.normalise import normalise

ALIKE = 0.6
_BANDS, _ROWS = 20, 4
_BUCKET = 8  # centres that share a piece of a signature: so many are compared with, the heaviest
_WORD = re.compile(r"[^\W\d_]+")

Key = tuple[str, ...]
"""The words of a sentence that count, in order."""


@cache
def _replacements() -> tuple[dict[tuple[str, ...], tuple[str, ...]], dict[str, int]]:
    """What stands for runs of words, and the longest run that begins with a word."""
    runs: dict[tuple[str, ...], tuple[str, ...]] = {}
    longest: dict[str, int] = {}
    for word, instead in lexicon.mapping("report_words", "word", "as").items():
        run = tuple(word.split())
        runs[run] = tuple(instead.split())
        longest[run[0]] = max(len(run), longest.get(run[0], 0))
    return runs, longest


@lru_cache(maxsize=1 << 16)
def key_of(text: str) -> Key:
    """The words of a sentence that count: no names, figures, filler words; abbreviations in full."""
    clean = normalise(text)[0]
    if clean.isupper():
        clean = clean.lower()
    # a capital inside the sentence is a name's, all capitals an abbreviation's
    words = [
        word.lower()
        for index, word in enumerate(_WORD.findall(clean))
        if not index or word.islower() or (word.isupper() and len(word) > 1)
    ]
    runs, longest = _replacements()
    key: list[str] = []
    at = 0
    while at < len(words):
        for size in range(longest.get(words[at], 0), 0, -1):
            instead = runs.get(tuple(words[at : at + size]))
            if instead is not None:
                key += instead
                at += size
                break
        else:
            key.append(words[at])
            at += 1
    return tuple(map(sys.intern, key))


def groups(keys: Sequence[Key], weights: Sequence[int]) -> list[list[int]]:
    """Indices of keys that are alike, each group's centre first; groups in the order of their centres' weights.

    The heaviest keys come first: each joins the centre that it is most alike to, or becomes one.
    """
    sets = [frozenset(key) for key in keys]
    signatures = _signatures(sets)
    centres: dict[bytes, list[int]] = {}
    found: dict[int, list[int]] = {}
    for index in sorted(range(len(keys)), key=lambda index: (-weights[index], index)):
        bands = [bytes((band,)) + signatures[index, band].tobytes() for band in range(_BANDS)]
        met = dict.fromkeys(centre for band in bands for centre in centres.get(band, ()))
        likest = max(met, key=lambda centre: _likeness(sets[index], sets[centre]), default=index)
        if likest != index and _likeness(sets[index], sets[likest]) >= ALIKE:
            found[likest].append(index)
            continue
        found[index] = [index]
        for band in bands if sets[index] else ():
            bucket = centres.setdefault(band, [])
            if len(bucket) < _BUCKET:
                bucket.append(index)
    return list(found.values())


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def _signatures(sets: Sequence[frozenset[str]]) -> NDArray[np.uint32]:
    """MinHash: for every hash function the least value that a word of the set has; in bands, of which sets that are
    alike are likely to share one."""
    words = sorted({word for words in sets for word in words})
    numbers = {word: number for number, word in enumerate(words)}
    plain = np.array([crc32(word.encode()) for word in words], np.uint64)
    draw = np.random.default_rng(1)
    count = _BANDS * _ROWS
    factors, shifts = draw.integers(1, 1 << 63, (2, count), np.uint64)
    # multiply-shift: products run over 64 bits, which mixes them
    hashed = ((plain[:, None] * (factors * np.uint64(2) + np.uint64(1)) + shifts) >> np.uint64(32)).astype(np.uint32)
    found = np.zeros((len(sets), count), np.uint32)
    for index, members in enumerate(sets):
        if members:
            found[index] = hashed[[numbers[word] for word in members]].min(axis=0)
    return found.reshape(len(sets), _BANDS, _ROWS)
