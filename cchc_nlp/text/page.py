"""Stub."""

from __future__ import annotations

import re

from cchc_nlp.analysis import Analysis, Block, Page, Span


def read_page(analysis: Analysis) -> Page:
    """Stub."""
    blocks = [Block(m.start(), m.end(), "paragraph") for m in re.finditer(r"\S[^\n]*", analysis.text)]
    return Page(body=[Span(b.start, b.end) for b in blocks], blocks=blocks)
