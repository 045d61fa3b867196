"""Trains the classifiers from annotated articles: relevance, finding labels, areas.

Articles run through the pipeline up to the findings; their units and findings meet the gold annotation. The learner is
scikit-learn's multinomial logistic regression over sparse features; what is kept is a `LinearModel`. Everything is
deterministic: articles in order, no sampling, one thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cchc_nlp.analysis import Analysis, Span
from cchc_nlp.classify.areas import keyword_scores
from cchc_nlp.classify.cues import LABELS, CueLabeller, Unit
from cchc_nlp.classify.features import Feature, area_features, article_features, unit_features
from cchc_nlp.classify.model import LinearModel
from cchc_nlp.errors import TrainingError
from cchc_nlp.evaluation import GoldArticle
from cchc_nlp.stages import READING, begin

MODELS = ("relevance", "labels", "areas")
FEWEST = 10  # examples that a label needs
_SEEN_TWICE = 2  # articles a feature must stand in
_REGULARISATION = {"relevance": 0.3, "labels": 0.25, "areas": 0.1}


@dataclass
class Examples:
    """What one classifier learns from: features, the right label, and the article each example is from."""

    features: list[list[Feature]]
    labels: list[str]
    articles: list[int]

    def extend(self, features: list[list[Feature]], labels: list[str], article: int) -> None:
        """Adds the examples of one article."""
        self.features += features
        self.labels += labels
        self.articles += [article] * len(labels)


def analyse(text: str) -> Analysis:
    """An article after every stage that the classifiers look at."""
    analysis = begin(text)
    for stage in READING.values():
        stage(analysis)
    return analysis


def collect(articles: Sequence[GoldArticle]) -> dict[str, Examples]:
    """The examples of each classifier."""
    examples = {name: Examples([], [], []) for name in MODELS}
    for number, article in enumerate(articles):
        analysis = analyse(article.text)
        inspection = "yes" if article.gold["article"]["is_inspection"] else "no"
        examples["relevance"].extend([article_features(analysis)], [inspection], number)
        if article.annotated == "relevance":
            continue
        gold = _Gold(analysis, article)
        reader, paths = CueLabeller().read(analysis)
        if reader is not None:
            units = [unit for path in paths for unit in path]
            labels = [gold.label(unit) for unit in units]
            examples["labels"].extend(list(unit_features(analysis, reader, paths)), labels, number)
        spans = gold.findings()
        features = [area_features(analysis, span, keyword_scores(analysis, span)) for span, _ in spans]
        examples["areas"].extend(features, [area for _, area in spans], number)
    return examples


class _Gold:
    """Gold findings in clean offsets."""

    def __init__(self, analysis: Analysis, article: GoldArticle) -> None:
        # where each clean character came from, to bring gold offsets into the clean text
        starts = [analysis.offsets.to_source(i, i + 1)[0] for i in range(len(analysis.text))]
        at = np.asarray(starts, dtype=np.int64)
        self._spans = [
            (int(np.searchsorted(at, f["start"])), int(np.searchsorted(at, f["end"])), f["label"], f["area"])
            for f in article.gold["findings"]
        ]

    def label(self, unit: Unit) -> str:
        """The label that covers more than half of a unit, else "none"."""
        for start, end, label, _ in self._spans:
            if 2 * (min(end, unit.end) - max(start, unit.start)) > unit.end - unit.start:
                return str(label)
        return "none"

    def findings(self) -> list[tuple[Span, str]]:
        """Each finding's span and area."""
        return [(Span(start, end), area) for start, end, _, area in self._spans]


def fit(name: str, examples: Examples, only: npt.NDArray[np.bool_] | None = None) -> LinearModel:
    """A model from examples (from those that `only` marks); raises `TrainingError` for a label with too few."""
    chosen = np.flatnonzero(only) if only is not None else np.arange(len(examples.labels))
    counts = Counter(examples.labels[i] for i in chosen)
    for label, count in sorted(counts.items()):
        if count < FEWEST:
            raise TrainingError(f"{name}: only {count} examples of {label!r}; at least {FEWEST} are needed")
    articles_of: dict[str, set[int]] = {}
    for i in chosen:
        for feature, _ in examples.features[i]:
            articles_of.setdefault(feature, set()).add(examples.articles[i])
    kept = sorted(feature for feature, seen in articles_of.items() if len(seen) >= _SEEN_TWICE)
    rows = {feature: row for row, feature in enumerate(kept)}
    matrix = sparse([examples.features[i] for i in chosen], rows)
    labels = _label_order(name, counts)
    learner = LogisticRegression(C=_REGULARISATION[name], max_iter=400, tol=1e-4)
    learner.fit(matrix, [labels.index(examples.labels[i]) for i in chosen])
    weights, bias = learner.coef_, learner.intercept_
    if len(labels) == 2:  # scikit-learn keeps one row for two labels
        weights, bias = np.vstack([-weights[0] / 2, weights[0] / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    return LinearModel(tuple(labels), rows, weights.T.astype(np.float32), bias.astype(np.float32))


def _label_order(name: str, counts: Counter[str]) -> list[str]:
    if name == "labels":
        return [label or "none" for label in LABELS]
    return sorted(counts)


def sparse(features: Sequence[Sequence[Feature]], rows: dict[str, int]) -> csr_matrix:
    """Examples x features."""
    indices: list[int] = []
    values: list[float] = []
    ends = [0]
    for example in features:
        for feature, value in example:
            row = rows.get(feature)
            if row is not None:
                indices.append(row)
                values.append(value)
        ends.append(len(indices))
    return csr_matrix((values, indices, ends), shape=(len(features), len(rows)), dtype=np.float32)


def train(articles: Sequence[GoldArticle], directory: Path) -> dict[str, LinearModel]:
    """Trains every model and writes `<name>.npz` into a directory."""
    directory.mkdir(parents=True, exist_ok=True)
    examples = collect(articles)
    models = {name: fit(name, examples[name]) for name in MODELS}
    for name, model in models.items():
        model.save(directory / f"{name}.npz")
    return models
