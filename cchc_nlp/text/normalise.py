"""Stub."""

from __future__ import annotations

from cchc_nlp.text.offsets import OffsetMap


def normalise(source: str) -> tuple[str, OffsetMap]:
    """Stub."""
    return source, OffsetMap()
