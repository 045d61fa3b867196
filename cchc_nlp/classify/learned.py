"""The trained classifiers at work: one labeller with the rules, not a second opinion.

The rules cut units, read cues with their scope and give scores; the model weighs those scores together with the words
themselves and what stands around. Its log-probabilities and a share of the rules' scores add up, and the same
decoding decides. Without models the rules decide alone.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np

from cchc_nlp.analysis import Analysis, Area, Evidence
from cchc_nlp.classify import areas, relevance
from cchc_nlp.classify.cues import LABELS, OUTSIDE, CueLabeller, Reader, Unit, by_segment
from cchc_nlp.classify.features import AreaFeatures, ArticleFeatures, UnitFeatures
from cchc_nlp.classify.labeller import Verdict
from cchc_nlp.classify.model import Example, LinearModel, SequenceModel, load_linear, load_sequence, softmax
from cchc_nlp.errors import ModelError

_READERS = {"relevance": load_linear, "labels": load_sequence, "areas": load_sequence}
RULES = 0.5  # weight of the rules' scores beside the model's log-probabilities (chosen on the development split)
TEMPERATURE = 1.2  # by which scores are divided for a confidence (chosen by cross-validation)
RELEVANCE_RULES = 0.3  # the same for the log-odds of an inspection
PRIOR = -0.3  # log-odds of an inspection outside the corpus, beside those in it (chosen by cross-validation)
_FLOOR = 1e-4  # no label is ruled out by the model alone
_TELLING = 0.2  # log-odds from which the model's own weight is shown as evidence


class LearnedLabeller(CueLabeller):
    """Labels by cues and words together (see the module's text)."""

    def __init__(self, model: SequenceModel) -> None:
        self.model = model
        self._features = UnitFeatures(model.rows.get)

    def read(self, analysis: Analysis) -> tuple[Reader | None, list[list[Unit]]]:
        """The segments of an article in paths that are decoded apart: words tell more of a whole than of a piece."""
        reader, paths = super().read(analysis)
        return reader, [by_segment(path) for path in paths]

    def weigh(self, analysis: Analysis, reader: Reader, paths: list[list[Unit]]) -> None:
        """Adds the model's log-probabilities to a share of the rules' scores."""
        examples = self.examples(analysis, reader, paths)
        probabilities = softmax(self.model.scores(examples, [len(path) for path in paths]))
        learnt = np.log(np.maximum(probabilities, _FLOOR)).tolist()
        for unit, logs in zip((unit for path in paths for unit in path), learnt, strict=True):
            unit.score = [model + RULES * rules for model, rules in zip(logs, unit.score, strict=True)]
            rival, best = sorted(logs)[-2:]
            if best - rival >= _TELLING:
                label = LABELS[logs.index(best)]
                unit.evidence.append(Evidence(unit.start, unit.end, "model", label, round(best - rival, 2)))

    def examples(self, analysis: Analysis, reader: Reader, paths: list[list[Unit]]) -> list[Example]:
        """What the model sees of each unit; all of it before any score changes, as neighbours' scores are in it."""
        return self._features.of(analysis, reader, paths)

    def confidence(self, run: Sequence[Unit], label: int) -> float:
        """The probability of the label, averaged over the length of the units."""
        size = sum(unit.end - unit.start for unit in run)
        return sum(_probability(unit.score, label) * (unit.end - unit.start) for unit in run) / max(size, 1)


def _probability(scores: Sequence[float], label: int) -> float:
    """That of a label, by scores that rules and model share."""
    return 1.0 / sum(math.exp(min((score - scores[label]) / TEMPERATURE, 700.0)) for score in scores)


@dataclass(frozen=True)
class Models:
    """The trained models in use; each is None where there is none, and the rules decide."""

    relevance: LinearModel | None = None
    labels: SequenceModel | None = None
    areas: SequenceModel | None = None

    @cached_property
    def labeller(self) -> CueLabeller:
        """The labeller of findings."""
        return LearnedLabeller(self.labels) if self.labels is not None else CueLabeller()

    def assign_areas(self, analysis: Analysis, verdicts: Sequence[Verdict]) -> list[Area]:
        """One area a verdict; those without a label get "general"."""
        if self.areas is None:
            return areas.assign(analysis, verdicts)
        found = [verdict for verdict in verdicts if verdict.label]
        scored = [(verdict, areas.keyword_scores(analysis, verdict)) for verdict in found]
        examples = AreaFeatures(self.areas.rows.get).of(analysis, scored)
        best = iter(self.areas.scores(examples, [len(found)]).argmax(axis=1).tolist())
        names = self.areas.labels
        return [cast("Area", names[next(best)]) if verdict.label else "general" for verdict in verdicts]

    def assess(self, analysis: Analysis) -> tuple[bool, float]:
        """Whether the article reports an inspection, and how sure that is (0 to 1)."""
        odds = self.odds(analysis)
        return odds >= 0, round(1 / (1 + math.exp(-odds)), 3)

    def odds(self, analysis: Analysis) -> float:
        """The log-odds of an inspection."""
        surveyed = relevance.survey(analysis)
        rules = min(max(surveyed.inspection, _FLOOR), 1 - _FLOOR)
        rules_odds = math.log(rules / (1 - rules))
        # the cheap pass: most of an archive ends here
        if self.relevance is None or surveyed.administration < OUTSIDE:
            return rules_odds
        no, yes = self.relevance.scores([ArticleFeatures(self.relevance.rows.get).of(analysis)])[0].tolist()
        return float(yes - no) + RELEVANCE_RULES * rules_odds + PRIOR


def default_directory() -> Path:
    """Where the models that come with the package lie: in it, or beside it in a source checkout."""
    inside = Path(__file__).parents[1] / "_models"
    return inside if inside.exists() else Path(__file__).parents[2] / "models"


@cache
def load_models(directory: Path) -> Models:
    """The models of a directory; says once which cannot be read, and the rules carry on without them."""
    found: dict[str, Any] = {}
    for name, read in _READERS.items():
        try:
            found[name] = read(directory / f"{name}.npz")
        except ModelError as error:
            warnings.warn(f"rules alone decide {name}: {error}", stacklevel=2)
    return Models(**found)
