"""Stub."""

from __future__ import annotations

from cchc_nlp.analysis import Analysis, Official


def find(analysis: Analysis) -> list[Official]:
    """Stub."""
    return []
