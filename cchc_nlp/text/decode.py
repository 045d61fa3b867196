"""Stub."""

from __future__ import annotations


def decode(data: bytes) -> str:
    """Stub."""
    return data.decode("utf-8", "replace")
