"""Stub."""

from __future__ import annotations

from cchc_nlp.analysis import Analysis, Agency


def find(analysis: Analysis) -> list[Agency]:
    """Stub."""
    return []
