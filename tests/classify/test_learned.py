"""Trained models: the same bytes every time, plain data, and rules that carry on without them."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest

from cchc_nlp import Extractor, ExtractorConfig
from cchc_nlp.classify.corpus import read_corpus
from cchc_nlp.classify.learned import default_directory, load_models
from cchc_nlp.classify.model import Example, LinearModel, SequenceModel, around, load_linear, load_sequence
from cchc_nlp.classify.train import MODELS, Examples, fit_sequence, train
from cchc_nlp.errors import ModelError, TrainingError

SAMPLE = Path("corpus/samples/01-giam-sat-mot-cua-2019.txt").read_text(encoding="utf-8")


def some_articles(count: int = 60):  # type: ignore[no-untyped-def]
    articles = read_corpus(Path("corpus/articles"))[0]
    return articles[:: max(len(articles) // count, 1)]


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        train(some_articles(), tmp_path / name)
    for model in MODELS:
        assert (tmp_path / "a" / f"{model}.npz").read_bytes() == (tmp_path / "b" / f"{model}.npz").read_bytes()


def test_the_package_has_its_models_and_they_are_small() -> None:
    models = load_models(default_directory())
    assert None not in (models.relevance, models.labels, models.areas)
    assert sum(path.stat().st_size for path in default_directory().glob("*.npz")) < 15_000_000


def test_saving_keeps_the_scores(tmp_path: Path) -> None:
    weights, bias = np.array([[1, -1], [0.5, 2]], np.float32), np.array([0, 1], np.float32)
    model = LinearModel(("no", "yes"), {"a b": 0, "ệ": 1}, weights, bias)
    model.save(tmp_path / "m.npz")
    again = load_linear(tmp_path / "m.npz")
    example = Example()
    example.weigh([again.rows.get("ệ"), again.rows.get("unknown")], [2.0, 5.0])
    assert again.scores([example]).tolist() == model.scores([example]).tolist() == [[1, 5]]


def test_a_sequence_model_sees_what_stands_around(tmp_path: Path) -> None:
    width = around(np.zeros((0, 2), np.float32), ()).shape[1]
    context = np.zeros((width, 2), np.float32)
    context[3] = [0, -100]  # the less the example before it looks like "no"
    weights = np.array([[0, 0, 1, 0], [0, 9, 0, 0]], np.float32)
    model = SequenceModel(("no", "yes"), {"": 0, "good": 1}, weights, np.zeros(4, np.float32), context)
    model.save(tmp_path / "m.npz")
    examples = [Example([0, 1], [1.0, 1.0]), Example([0], [1.0]), Example([0], [1.0])]
    for lengths in ([3], [1, 2]):
        found = load_sequence(tmp_path / "m.npz").scores(examples, lengths)
        assert (found == model.scores(examples, lengths)).all()
    together, apart = model.scores(examples, [3]), model.scores(examples, [1, 2])
    assert together[1, 1] > apart[1, 1]
    assert together[0].tolist() == apart[0].tolist()


@pytest.mark.parametrize(
    "content", [b"", b"not a model", b"PK\x03\x04 truncated"], ids=["empty", "foreign", "truncated"]
)
def test_a_bad_model_is_named_and_the_rules_carry_on(tmp_path: Path, content: bytes) -> None:
    for name in MODELS:
        (tmp_path / f"{name}.npz").write_bytes(content)
    with pytest.raises(ModelError, match=r"labels\.npz"):
        load_sequence(tmp_path / "labels.npz")
    with pytest.warns(UserWarning, match="rules alone decide labels"):
        extractor = Extractor(ExtractorConfig(models=str(tmp_path)))
    assert extractor.extract(SAMPLE).findings == Extractor(ExtractorConfig(rules_alone=True)).extract(SAMPLE).findings


def test_no_models_at_all_is_said_once(tmp_path: Path) -> None:
    config = ExtractorConfig(models=str(tmp_path / "nowhere"))
    with pytest.warns(UserWarning, match="rules alone"):
        Extractor(config)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Extractor(config).extract(SAMPLE).findings


def test_a_model_of_another_format_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "m.npz", format=np.array([99]))
    with pytest.raises(ModelError, match="99"):
        load_linear(tmp_path / "m.npz")


def test_a_label_with_too_few_examples_is_named() -> None:
    examples = Examples([[("x", 1.0)]] * 12, ["none"] * 9 + ["cause"] * 3, list(range(12)), [0] * 12, [12])
    with pytest.raises(TrainingError, match="3 examples of 'cause'"):
        fit_sequence("labels", examples)


def test_rules_alone_differ_from_the_whole() -> None:
    texts = [article.text for article in some_articles(12)]
    whole, rules = Extractor(), Extractor(ExtractorConfig(rules_alone=True))
    assert any(whole.extract(text).findings != rules.extract(text).findings for text in texts)
