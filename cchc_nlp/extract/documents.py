"""Stub."""

from __future__ import annotations

from cchc_nlp.analysis import Analysis, Document


def find(analysis: Analysis) -> list[Document]:
    """Stub."""
    return []
