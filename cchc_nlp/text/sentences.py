"""Stub."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc_nlp.analysis import Block, Span


def split_sentences(text: str, blocks: Sequence[Block]) -> list[Span]:
    """Stub."""
    return [
        Span(b.start + m.start(), b.start + m.end())
        for b in blocks
        for m in re.finditer(r"\S.*?(?:[.!?]+(?= [A-ZĐÀ-Ỹ]|$)|$)", text[b.start : b.end])
    ]
