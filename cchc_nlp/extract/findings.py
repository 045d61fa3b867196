"""Stub."""

from __future__ import annotations

from cchc_nlp.analysis import Analysis, Finding


def find(analysis: Analysis) -> list[Finding]:
    """Stub."""
    return []
