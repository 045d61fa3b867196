"""What the classifiers see of a text.

Words are lower-case syllables; a mention stands as one word for its kind ("<place>", "<agency:council>"), so that
what is learnt of one commune holds for all (`Analysis.words`). `unit_features`, `area_features` and `article_features`
give (name, value) pairs for the three classifiers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cchc_nlp.analysis import Analysis, Span
from cchc_nlp.classify.cues import LABELS, Reader, Unit
from cchc_nlp.classify.model import Feature
from cchc_nlp.classify.relevance import ROLES, roles

_NAMES = tuple(label or "none" for label in LABELS)
_HEADING_REACH = 14  # units that a heading or lead-in is felt over
_OPENING_WORDS = 150  # words of an article's beginning that tell what it is about


def _ngrams(words: Sequence[str], prefix: str = "", longest: int = 2) -> Iterator[Feature]:
    for n in range(1, longest + 1):
        for i in range(len(words) - n + 1):
            yield f"{prefix}{' '.join(words[i : i + n])}", 1.0


def _once(features: Iterable[Feature]) -> Iterable[Feature]:
    """Each feature once, in a fixed order: sums of floats depend on it."""
    return dict.fromkeys(features)


def unit_features(analysis: Analysis, reader: Reader, paths: Iterable[Sequence[Unit]]) -> Iterator[list[Feature]]:
    """Features of every unit, path by path: its words, its cues, where it stands, what stands around it."""
    words = analysis.words
    size = max(len(analysis.text), 1)
    for path in paths:
        heading: list[str] = []
        since = 0
        for i, unit in enumerate(path):
            own = words.within(unit.start, unit.end)
            features = [("", 1.0), *_once(_ngrams(own))]
            features += [(f"^{' '.join(own[:n])}", 1.0) for n in (1, 2, 3) if own]
            features += [(f"{' '.join(own[-n:])}$", 1.0) for n in (1, 2) if own]
            features += _cues(unit, "")
            features.append((f"kind {reader.kind(unit.segment)}", 1.0))
            features.append((f"boundary {unit.boundary}", 1.0))
            features.append((f"place {unit.start * 5 // size}", 1.0))
            features.append((f"length {min(len(own) // 6, 6)}", 1.0))
            for name, j in (("-1 ", i - 1), ("-2 ", i - 2), ("+1 ", i + 1)):
                if 0 <= j < len(path):
                    features += _leaning(path[j], name)
            if i:
                before = words.within(path[i - 1].start, path[i - 1].end)
                features += [(f"-1^{' '.join(before[:2])}", 1.0)]
            if since <= _HEADING_REACH:
                features += [(f"head {word}", 1.0) for word in dict.fromkeys(heading)]
            since += 1
            if reader.announces(unit.segment) or (
                unit.score[0] < max(unit.score[1:]) and _ends_in_colon(analysis, unit)
            ):
                heading, since = own, 0
            yield features


def _ends_in_colon(analysis: Analysis, unit: Unit) -> bool:
    return analysis.text[unit.end : unit.end + 1] == ":"


def _cues(unit: Unit, prefix: str) -> Iterator[Feature]:
    """The rules' scores by label, and by kind of cue."""
    for name, score in zip(_NAMES, unit.score, strict=True):
        yield f"{prefix}score {name}", max(-3.0, min(score, 4.0))
    kinds: dict[str, float] = {}
    for evidence in unit.evidence:
        key = f"{prefix}cue {evidence.kind} {evidence.label}"
        kinds[key] = kinds.get(key, 0.0) + evidence.weight
    yield from kinds.items()


def _leaning(unit: Unit, prefix: str) -> Iterator[Feature]:
    """Where a neighbour leans, by the rules."""
    best = max(range(1, len(LABELS)), key=unit.score.__getitem__)
    if unit.score[best] > unit.score[0]:
        yield f"{prefix}{_NAMES[best]}", 1.0
    for name, score in zip(_NAMES[1:], unit.score[1:], strict=True):
        yield f"{prefix}score {name}", max(-2.0, min(score, 3.0)) * 0.5


def area_features(analysis: Analysis, span: Span, scores: dict[str, float]) -> list[Feature]:
    """Features of a finding for its area: its words, those it begins with, and the keyword scores."""
    own = analysis.words.within(span.start, span.end)
    features = [("", 1.0), *_once(_ngrams(own)), *_once(_ngrams(own[:12], "^"))]
    features += [(f"area {name}", min(score, 4.0)) for name, score in scores.items()]
    if scores:
        features.append((f"best {max(scores, key=scores.__getitem__)}", 1.0))
    return features


def article_features(analysis: Analysis) -> list[Feature]:
    """Features of an article: the words of title and opening, and the sums of the words that tell."""
    words = analysis.words
    title = analysis.page.title
    start = analysis.page.body[0].start if analysis.page.body else 0
    opening = words.within(title.end if title else start, len(analysis.text))[:_OPENING_WORDS]
    features = [("", 1.0), *_once(_ngrams(opening))]
    if title is not None:
        features += _once(_ngrams(words.within(title.start, title.end), "title "))
    found = roles(analysis)
    features += [(f"role {name}", found[name]) for name in ROLES]
    return features
