"""Trains the classifiers from annotated articles: relevance, finding labels, areas.

Articles run through the pipeline up to the findings; their units and findings meet the gold annotation. The learner is
scikit-learn's multinomial logistic regression over sparse features; what is kept are weights (`classify.model`).
Everything is deterministic: articles in order, no sampling, one thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from cchc_nlp.analysis import Analysis, Span
from cchc_nlp.classify.areas import keyword_scores
from cchc_nlp.classify.cues import LABELS, CueLabeller, Reader, Unit, by_segment
from cchc_nlp.classify.features import AreaFeatures, ArticleFeatures, Names, UnitFeatures
from cchc_nlp.classify.model import Array, Feature, LinearModel, SequenceModel, around, softmax
from cchc_nlp.errors import TrainingError
from cchc_nlp.evaluation import GoldArticle
from cchc_nlp.stages import READING, begin

MODELS = ("relevance", "labels", "areas")
FEWEST = 10  # examples that a label needs
FOLDS = 5  # parts of the articles, of which each is judged by a model of the others
_SEEN_TWICE = 2  # articles a feature must stand in
_REGULARISATION = {"relevance": 1.0, "labels": 0.25, "areas": 0.1}


@dataclass
class Examples:
    """What one classifier learns from.

    Features and right label of each example, the article it is from, that article's fold (those of one writer share
    one), and the lengths of the sequences that the examples form.
    """

    features: list[list[Feature]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)

    def extend(
        self, features: list[list[Feature]], labels: list[str], article: int, fold: int, lengths: Sequence[int]
    ) -> None:
        """Adds the examples of one article."""
        self.features += features
        self.labels += labels
        self.articles += [article] * len(labels)
        self.folds += [fold] * len(labels)
        self.lengths += lengths


def analyse(text: str) -> Analysis:
    """An article after every stage that the classifiers look at."""
    analysis = begin(text)
    for stage in READING.values():
        stage(analysis)
    return analysis


FeaturesOfUnits = Callable[[Analysis, Reader, list[list[Unit]]], Iterable[list[Feature]]]


def unit_features(analysis: Analysis, reader: Reader, paths: list[list[Unit]]) -> list[list[Feature]]:
    """The features of units by name."""
    names = Names()
    return [names.named(example) for example in UnitFeatures(names.find).of(analysis, reader, paths)]


def collect(articles: Sequence[GoldArticle], features_of: FeaturesOfUnits = unit_features) -> dict[str, Examples]:
    """The examples of each classifier; `features_of` gives those of units."""
    examples = {name: Examples() for name in MODELS}
    names = Names()
    of_article, of_findings = ArticleFeatures(names.find), AreaFeatures(names.find)
    fold_of: dict[str, int] = {}
    for number, article in enumerate(articles):
        analysis = analyse(article.text)
        fold = fold_of.setdefault(article.writer or f"article {number}", len(fold_of) % FOLDS)
        inspection = "yes" if article.gold["article"]["is_inspection"] else "no"
        examples["relevance"].extend([names.named(of_article.of(analysis))], [inspection], number, fold, [1])
        if article.annotated == "relevance":
            continue
        gold = _Gold(analysis, article)
        reader, paths = CueLabeller().read(analysis)
        if reader is not None:
            paths = [by_segment(path) for path in paths]
            labels = [gold.label(unit) for path in paths for unit in path]
            features = list(features_of(analysis, reader, paths))
            examples["labels"].extend(features, labels, number, fold, [len(path) for path in paths])
        found = gold.findings()
        scored = [(span, keyword_scores(analysis, span)) for span, _ in found]
        features = [names.named(example) for example in of_findings.of(analysis, scored)]
        examples["areas"].extend(features, [area for _, area in found], number, fold, [len(found)])
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


def fit_linear(name: str, examples: Examples) -> LinearModel:
    """A model from examples; raises `TrainingError` for a label with too few."""
    rows, labels = _vocabulary(name, examples)
    weights, bias = _learn(name, sparse(examples.features, rows), _numbers(examples, labels), len(labels))
    return LinearModel(labels, rows, weights, bias)


def fit_sequence(name: str, examples: Examples) -> SequenceModel:
    """The same in two steps; the second learns from what the first says of examples whose fold it has not seen."""
    rows, labels = _vocabulary(name, examples)
    matrix, right = sparse(examples.features, rows), _numbers(examples, labels)
    folds = np.asarray(examples.folds)
    weights, bias = _learn(name, matrix, right, len(labels))
    unseen = softmax(matrix @ weights + bias)
    for fold in sorted(set(examples.folds)):
        others = folds != fold
        if len(set(right[others])) == len(labels):
            learnt, start = _learn(name, matrix[others], right[others], len(labels))
            unseen[~others] = softmax(matrix[~others] @ learnt + start)
    context = around(unseen.astype(np.float32), examples.lengths)
    second, second_bias = _learn(name, hstack([matrix, csr_matrix(context)]).tocsr(), right, len(labels))
    return SequenceModel(
        labels, rows, np.hstack([weights, second[: len(rows)]]), np.hstack([bias, second_bias]), second[len(rows) :]
    )


def _vocabulary(name: str, examples: Examples) -> tuple[dict[str, int], tuple[str, ...]]:
    """The features that stand in enough articles, in a fixed order, and the labels."""
    counts = Counter(examples.labels)
    for label, count in sorted(counts.items()):
        if count < FEWEST:
            raise TrainingError(f"{name}: only {count} examples of {label!r}; at least {FEWEST} are needed")
    articles_of: dict[str, set[int]] = {}
    for features, article in zip(examples.features, examples.articles, strict=True):
        for feature, _ in features:
            articles_of.setdefault(feature, set()).add(article)
    kept = sorted(feature for feature, seen in articles_of.items() if len(seen) >= _SEEN_TWICE)
    return {feature: row for row, feature in enumerate(kept)}, tuple(_label_order(name, counts))


def _numbers(examples: Examples, labels: Sequence[str]) -> npt.NDArray[np.int64]:
    return np.asarray([labels.index(label) for label in examples.labels])


def _learn(name: str, matrix: csr_matrix, right: npt.NDArray[np.int64], labels: int) -> tuple[Array, Array]:
    """Weights (features x labels) and biases."""
    learner = LogisticRegression(C=_REGULARISATION[name], max_iter=400, tol=1e-4)
    with threadpool_limits(1):  # sums of floats depend on how threads share them
        learner.fit(matrix, right)
    weights, bias = learner.coef_, learner.intercept_
    if labels == 2:  # scikit-learn keeps one row for two labels
        weights, bias = np.vstack([-weights[0] / 2, weights[0] / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    return weights.T.astype(np.float32), bias.astype(np.float32)


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


def train(articles: Sequence[GoldArticle], directory: Path) -> dict[str, LinearModel | SequenceModel]:
    """Trains every model and writes `<name>.npz` into a directory."""
    directory.mkdir(parents=True, exist_ok=True)
    examples = collect(articles)
    models: dict[str, LinearModel | SequenceModel] = {
        "relevance": fit_linear("relevance", examples["relevance"]),
        **{name: fit_sequence(name, examples[name]) for name in ("labels", "areas")},
    }
    for name, model in models.items():
        model.save(directory / f"{name}.npz")
    return models
