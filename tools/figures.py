"""The figures of the model cards. `python -m tools.figures [--split test|development]`.

Tables on articles that no model was trained on: the whole against the parts it is made of, what each kind of feature
adds or would add, and how far confidence can be trusted.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from underthesea import word_tokenize

from cchc_nlp.analysis import Analysis
from cchc_nlp.classify import learned
from cchc_nlp.classify.corpus import read_corpus, read_splits
from cchc_nlp.classify.cues import LABELS, CueLabeller, Reader, Unit
from cchc_nlp.classify.labeller import Labeller, Verdict
from cchc_nlp.classify.learned import LearnedLabeller, Models
from cchc_nlp.classify.model import Example, Feature, SequenceModel
from cchc_nlp.classify.train import analyse, collect, fit_sequence, unit_features
from cchc_nlp.evaluation import Evaluation, GoldArticle, evaluate, read_gold

CORPUS = Path("corpus")
GOLD = Path("../shared/gold")
FIELDS = (
    "findings.tokens.macro", "findings.segments", "findings.tokens.strength", "findings.tokens.limitation",
    "findings.tokens.recommendation", "findings.tokens.cause", "findings.area", "article.is_inspection",
)  # fmt: skip
BINS = 10


class CuesAlone(CueLabeller):
    """Each unit by its own cues, whatever stands around it."""

    def weigh(self, analysis: Analysis, reader: Reader, paths: list[list[Unit]]) -> None:
        for unit in (unit for path in paths for unit in path):
            best = unit.score.index(max(unit.score))
            unit.score = [20.0 if label == best else 0.0 for label in range(len(LABELS))]


class WordsAlone(CuesAlone):
    """TF-IDF of syllables and their pairs, logistic regression, nothing else."""

    def __init__(self, articles: Sequence[GoldArticle]) -> None:
        texts, labels = [], []
        for article in articles:
            analysis = analyse(article.text)
            for segment in analysis.segments:
                texts.append(analysis.text[segment.start : segment.end])
                labels.append(_label_at(analysis, article, segment.start, segment.end))
        self.learner = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True), LogisticRegression(C=10, max_iter=400)
        ).fit(texts, labels)

    def weigh(self, analysis: Analysis, reader: Reader, paths: list[list[Unit]]) -> None:
        for unit in (unit for path in paths for unit in path):
            segment = analysis.segments[unit.segment]
            label = self.learner.predict([analysis.text[segment.start : segment.end]])[0]
            unit.score = [20.0 if (name or "none") == label else 0.0 for name in LABELS]


def _label_at(analysis: Analysis, article: GoldArticle, start: int, end: int) -> str:
    begin, stop = analysis.offsets.to_source(start, end)
    for finding in article.gold["findings"]:
        if 2 * (min(finding["end"], stop) - max(finding["start"], begin)) > stop - begin:
            return str(finding["label"])
    return "none"


def findings_only(labeller: Labeller, models: Models) -> Callable[[str], dict[str, Any]]:
    """An extractor of findings and relevance alone, for comparing labellers."""

    def run(text: str) -> dict[str, Any]:
        analysis = analyse(text)
        verdicts = labeller.label(analysis)
        areas = models.assign_areas(analysis, verdicts)
        findings = [
            {"start": start, "end": end, "text": text[start:end], "label": v.label, "area": area, "unit": None}
            for v, area in zip(verdicts, areas, strict=True)
            if v.label is not None
            for start, end in [analysis.offsets.to_source(v.start, v.end)]
        ]
        return {"article": {"is_inspection": models.assess(analysis)[0]}, "findings": findings}

    return run


Change = Callable[[Analysis, Reader, list[list[Unit]], list[list[Feature]]], list[list[Feature]]]


def without(*prefixes: str) -> Change:
    """Leaves features out."""

    def change(_a: Analysis, _r: Reader, _p: list[list[Unit]], found: list[list[Feature]]) -> list[list[Feature]]:
        return [[f for f in features if not f[0].startswith(prefixes)] for features in found]

    return change


def only(*prefixes: str) -> Change:
    """Keeps some features, and the one that all examples have."""

    def change(_a: Analysis, _r: Reader, _p: list[list[Unit]], found: list[list[Feature]]) -> list[list[Feature]]:
        return [[f for f in features if f[0] == "" or f[0].startswith(prefixes)] for features in found]

    return change


def with_words(
    analysis: Analysis, _r: Reader, paths: list[list[Unit]], found: list[list[Feature]]
) -> list[list[Feature]]:
    """Adds words as underthesea segments them, and pairs of them."""
    added = []
    for unit in (unit for path in paths for unit in path):
        words = word_tokenize(analysis.lower[unit.start : unit.end])
        added.append([(f"w {word}", 1.0) for word in dict.fromkeys([*words, *map(" | ".join, pairwise(words))])])
    return [features + more for features, more in zip(found, added, strict=True)]


def with_characters(
    analysis: Analysis, _r: Reader, paths: list[list[Unit]], found: list[list[Feature]]
) -> list[list[Feature]]:
    """Adds runs of four and five characters."""
    added = []
    for unit in (unit for path in paths for unit in path):
        text = analysis.lower[unit.start : unit.end]
        runs = dict.fromkeys(text[i : i + n] for n in (4, 5) for i in range(len(text) - n + 1))
        added.append([(f"c {run}", 0.3) for run in runs])
    return [features + more for features, more in zip(found, added, strict=True)]


class Changed(LearnedLabeller):
    """A model trained and used with other features; with or without the second step, decoding and the rules' scores."""

    def __init__(
        self, articles: Sequence[GoldArticle], change: Change, *, rules: bool = True, sequence: bool = True
    ) -> None:
        self.change, self.rules, self.sequence = change, rules, sequence
        super().__init__(fit_sequence("labels", collect(articles, self.features)["labels"]))

    def features(self, analysis: Analysis, reader: Reader, paths: list[list[Unit]]) -> list[list[Feature]]:
        return self.change(analysis, reader, paths, unit_features(analysis, reader, paths))

    def examples(self, analysis: Analysis, reader: Reader, paths: list[list[Unit]]) -> list[Example]:
        return [self._example(features) for features in self.features(analysis, reader, paths)]

    def _example(self, features: list[Feature]) -> Example:
        example = Example()
        example.weigh([self.model.rows.get(name) for name, _ in features], [value for _, value in features])
        return example

    def weigh(self, analysis: Analysis, reader: Reader, paths: list[list[Unit]]) -> None:
        units = [unit for path in paths for unit in path]
        before = [list(unit.score) for unit in units]
        super().weigh(analysis, reader, paths)
        for unit, scores in zip(units, before, strict=True):
            if not self.rules:
                unit.score = [s - learned.RULES * r for s, r in zip(unit.score, scores, strict=True)]
            if not self.sequence:
                best = unit.score.index(max(unit.score))
                unit.score = [20.0 if label == best else 0.0 for label in range(len(LABELS))]


def same(_a: Analysis, _r: Reader, _p: list[list[Unit]], found: list[list[Feature]]) -> list[list[Feature]]:
    return found


def one_step(model: SequenceModel) -> SequenceModel:
    """The first step alone."""
    size = len(model.labels)
    weights, bias = np.hstack([model.weights[:, :size]] * 2), np.hstack([model.bias[:size]] * 2)
    return SequenceModel(model.labels, model.rows, weights, bias, np.zeros_like(model.context))


def row(name: str, result: Evaluation) -> str:
    rows = {r.name: r.f1 for r in result.rows()}
    return f"| {name} | " + " | ".join(f"{rows.get(field, 0):.3f}" for field in FIELDS) + " |"


def header(title: str) -> str:
    names = " | ".join(field.removeprefix("findings.").removeprefix("article.") for field in FIELDS)
    return f"\n### {title}\n| | {names} |\n|---|{'---|' * len(FIELDS)}"


def reliability(articles: Sequence[GoldArticle], labeller: Labeller) -> Iterator[str]:
    """Ten bins of confidence: how many findings, their mean confidence, and the share that is right."""
    pairs: list[tuple[float, bool]] = []
    for article in articles:
        analysis = analyse(article.text)
        verdicts: list[Verdict] = labeller.label(analysis)
        for v in verdicts:
            if v.label is not None:
                pairs.append((v.confidence, _label_at(analysis, article, v.start, v.end) == v.label))
    confidence, right = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    error = 0.0
    yield "| confidence | findings | mean confidence | right |\n|---|---|---|---|"
    for low in np.arange(BINS) / BINS:
        inside = (confidence >= low) & ((confidence < low + 1 / BINS) | (low == (BINS - 1) / BINS))
        if inside.any():
            mean, share = confidence[inside].mean(), right[inside].mean()
            error += abs(mean - share) * inside.mean()
            yield f"| {low:.1f}-{low + 1 / BINS:.1f} | {inside.sum()} | {mean:.3f} | {share:.3f} |"
    yield f"\nExpected calibration error {error:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="test")
    options = parser.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)
    splits = read_splits(CORPUS / "splits.tsv")
    articles, _ = read_corpus(CORPUS / "articles")
    training = [a for a in articles if splits.get(a.writer) == "train"]
    sets: dict[str, Sequence[GoldArticle]] = {
        f"corpus, {options.split} split": [a for a in articles if splits.get(a.writer) == options.split]
    }
    if GOLD.exists():
        sets.update({name: read_gold(GOLD / name)[0] for name in ("seeds", "rewritten")})
    models = learned.load_models(learned.default_directory())
    parts: dict[str, tuple[Labeller, Models]] = {
        "cue words alone": (CuesAlone(), Models()),
        "TF-IDF + logistic regression alone": (WordsAlone(training), Models()),
        "rules alone": (CueLabeller(), Models()),
        "the whole": (models.labeller, models),
    }
    for title, chosen in sets.items():
        print(header(f"{title}: {len(chosen)} articles"))
        for name, (labeller, used) in parts.items():
            print(row(name, evaluate(chosen, findings_only(labeller, used))))
    test = next(iter(sets.values()))
    cues = ("score ", "cue ", "-1 ", "-2 ", "+1 ")
    around = ("-1", "-2", "+1", "head ", "boundary ")
    alone = Changed(training, without(*around), sequence=False)
    alone.model = one_step(alone.model)
    one = LearnedLabeller(one_step(models.labels)) if models.labels is not None else CueLabeller()
    ablations: dict[str, Labeller] = {
        "without the lexicon": Changed(training, without(*cues), rules=False),
        "without the sequence": alone,
        "without the second step": one,
        "without words": Changed(training, only("score", "cue", "kind", "boundary", "place", "length", *around)),
        "with underthesea's words": Changed(training, with_words),
        "with runs of characters": Changed(training, with_characters),
    }
    print(header("what each part adds (test split)"))
    for name, ablated in ablations.items():
        print(row(name, evaluate(test, findings_only(ablated, models))))
    print("\n### confidence of labels (test split)")
    print("\n".join(reliability(test, models.labeller)))


if __name__ == "__main__":
    main()
