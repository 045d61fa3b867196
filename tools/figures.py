"""The figures of the model cards. `python -m tools.figures [--split test|development]`.

Three tables, all on articles that no model was trained on: the whole against the parts it is made of, what each kind of
feature adds, and how far confidence can be trusted.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from cchc_nlp.analysis import Analysis
from cchc_nlp.classify import learned
from cchc_nlp.classify.corpus import read_corpus, read_splits
from cchc_nlp.classify.cues import LABELS, CueLabeller, Reader, Unit
from cchc_nlp.classify.features import Feature
from cchc_nlp.classify.labeller import Labeller, Verdict
from cchc_nlp.classify.learned import LearnedLabeller, Models
from cchc_nlp.classify.model import LinearModel
from cchc_nlp.classify.train import Examples, analyse, collect, fit
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


def without(examples: Examples, *prefixes: str) -> Examples:
    kept = [[f for f in features if not f[0].startswith(prefixes)] for features in examples.features]
    return Examples(kept, examples.labels, examples.articles)


class Filtered(LearnedLabeller):
    """A model that was trained without some features, with or without decoding and the rules' scores."""

    def __init__(self, model: LinearModel, *, rules: bool = True, sequence: bool = True) -> None:
        super().__init__(model)
        self.rules, self.sequence = rules, sequence

    def weigh(self, analysis: Analysis, reader: Reader, paths: list[list[Unit]]) -> None:
        units = [unit for path in paths for unit in path]
        before = [list(unit.score) for unit in units]
        super().weigh(analysis, reader, paths)
        for unit, rules in zip(units, before, strict=True):
            if not self.rules:
                unit.score = [s - learned.RULES * r for s, r in zip(unit.score, rules, strict=True)]
            if not self.sequence:
                best = unit.score.index(max(unit.score))
                unit.score = [20.0 if label == best else 0.0 for label in range(len(LABELS))]


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
        "the whole": (models.labeller(), models),
    }
    for title, chosen in sets.items():
        print(header(f"{title}: {len(chosen)} articles"))
        for name, (labeller, used) in parts.items():
            print(row(name, evaluate(chosen, findings_only(labeller, used))))
    test = next(iter(sets.values()))
    examples = collect(training)["labels"]
    cues = ("score ", "cue ", "-1 ", "-2 ", "+1 ")
    around = ("-1", "-2", "+1", "head ", "boundary ")
    ablations: dict[str, LearnedLabeller] = {
        "without the lexicon": Filtered(fit("labels", without(examples, *cues)), rules=False),
        "without the sequence": Filtered(fit("labels", without(examples, *around)), sequence=False),
        "without words": Filtered(
            fit("labels", _only(examples, ("score", "cue", "kind", "boundary", "place", "length", *around)))
        ),
    }
    print(header("what each part adds (test split)"))
    for name, ablated in ablations.items():
        print(row(name, evaluate(test, findings_only(ablated, models))))
    print("\n### confidence of labels (test split)")
    print("\n".join(reliability(test, models.labeller())))


def _only(examples: Examples, prefixes: tuple[str, ...]) -> Examples:
    def keep(feature: Feature) -> bool:
        return feature[0] == "" or feature[0].startswith(prefixes)

    return Examples([[f for f in fs if keep(f)] for fs in examples.features], examples.labels, examples.articles)


if __name__ == "__main__":
    main()
