"""What a finding labeller is: the interface between `extract.findings` and whatever decides the labels.

The rule labeller (`cues.CueLabeller`) is the default; a trained classifier takes its place by having the
same method.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from cchc_nlp.analysis import Analysis, Evidence, Label, Span


@dataclass(slots=True)
class Verdict(Span):
    """What a labeller says of one stretch; `label` is None where nothing is found.

    A verdict covers one segment, or a part of one where the label changes inside it, or several of one
    sentence that share a label and are parted by no semicolon. `segment` is the index of the first.
    """

    segment: int
    label: Label | None
    confidence: float
    rule: str
    evidence: tuple[Evidence, ...] = ()


class Labeller(Protocol):
    """Anything that labels the segments of an article."""

    def label(self, analysis: Analysis) -> list[Verdict]:
        """Verdicts in text order; every segment lies in at least one, no two overlap."""
        ...

    def label_many(self, analyses: Iterable[Analysis]) -> Iterable[list[Verdict]]:
        """As `label`, for many articles: a place for models that gain from batches."""
        ...
