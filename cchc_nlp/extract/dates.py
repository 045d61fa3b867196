"""Stub."""

from __future__ import annotations

from cchc_nlp.analysis import Analysis, Date


def find(analysis: Analysis) -> list[Date]:
    """Stub."""
    return []
