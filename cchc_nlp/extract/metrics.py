"""Stub."""

from __future__ import annotations

from cchc_nlp.analysis import Analysis, Metric


def find(analysis: Analysis) -> list[Metric]:
    """Stub."""
    return []
