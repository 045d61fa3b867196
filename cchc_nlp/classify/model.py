"""Linear classifiers as data: a vocabulary of features and a weight for each label.

An example is given by the rows of its features (`Example`), which their names are looked up for once.
`LinearModel` judges examples one by one; `SequenceModel` judges them in their order, in two steps: what each example
says by itself, then the same together with what the first step says of the examples around it (stacking: Wolpert
1992, Cohen & Carvalho 2005). Each is stored as one `.npz` file (numpy's own format, read with `allow_pickle=False`):
loading executes nothing.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cchc_nlp.errors import ModelError

FORMAT = 2
Array = npt.NDArray[np.float32]
Feature = tuple[str, float]
Find = Callable[[str], "int | None"]
"""The row of a feature by its name; None for one that the model does not know."""

AROUND = (-2, -1, 0, 1, 2)  # the neighbours that the second step looks at, itself among them
BEFORE = 4  # examples before, whose mean it looks at
_FLOOR = 1e-3  # probability below which all are alike
_LOG_SCALE = 0.3  # keeps logarithms in the range of the other features


@dataclass(slots=True)
class Example:
    """What a classifier sees of one example: rows of its weights, and by how much each counts."""

    rows: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def weigh(self, rows: Sequence[int | None], values: Sequence[float]) -> None:
        """Adds features with their values; those that the model does not know are passed over."""
        for row, value in zip(rows, values, strict=True):
            if row is not None:
                self.rows.append(row)
                self.values.append(value)

    def mark(self, rows: Iterable[int | None]) -> None:
        """Adds features that are simply there."""
        self.rows += [row for row in rows if row is not None]
        self.values += [1.0] * (len(self.rows) - len(self.values))


@dataclass(frozen=True)
class LinearModel:
    """Scores are `bias + sum of value * weights[feature]`, one a label; features it does not know add nothing."""

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Array  # features x labels
    bias: Array  # labels

    def scores(self, examples: Sequence[Example]) -> Array:
        """Examples x labels: log-odds up to a constant."""
        return _scores(examples, self.weights, self.bias)

    def save(self, path: Path) -> None:
        """Writes the model; the same model gives the same bytes."""
        _save(path, self.labels, self.rows, {"weights": self.weights.astype(np.float16), "bias": self.bias})


@dataclass(frozen=True)
class SequenceModel:
    """Two steps over the same features; the second adds `around(probabilities of the first) @ context`."""

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Array  # features x (labels of the first step, labels of the second)
    bias: Array  # the same columns
    context: Array  # width of `around` x labels

    def scores(self, examples: Sequence[Example], lengths: Sequence[int]) -> Array:
        """Examples x labels: log-odds up to a constant. `lengths`: of the sequences that the examples form."""
        both = _scores(examples, self.weights, self.bias)
        first, second = both[:, : len(self.labels)], both[:, len(self.labels) :]
        taken: Array = second + around(softmax(first), lengths) @ self.context
        return taken

    def save(self, path: Path) -> None:
        """Writes the model; the same model gives the same bytes."""
        arrays: dict[str, npt.NDArray[Any]] = {"bias": self.bias, "context": self.context}
        _save(path, self.labels, self.rows, {"weights": self.weights.astype(np.float16), **arrays})


def around(probabilities: Array, lengths: Sequence[int]) -> Array:
    """What stands around each example of some sequences, as examples x width.

    For each of `AROUND` the scaled log-probabilities by label and whether there is no such neighbour; the mean
    probabilities of the `BEFORE` examples before; those of the whole sequence.
    """
    size, labels = probabilities.shape
    logs = np.log(np.maximum(probabilities, _FLOOR)) * _LOG_SCALE
    found = np.zeros((size, len(AROUND) * (labels + 1) + 2 * labels), dtype=np.float32)
    start = 0
    for length in lengths:
        stop = start + length
        for number, shift in enumerate(AROUND):
            column = number * (labels + 1)
            low, high = max(start, start - shift), min(stop, stop - shift)
            if low < high:
                found[low:high, column : column + labels] = logs[low + shift : high + shift]
            found[start:stop, column + labels] = 1.0
            found[low : max(low, high), column + labels] = 0.0
        column = len(AROUND) * (labels + 1)
        sums = np.concatenate([np.zeros((1, labels)), np.cumsum(probabilities[start:stop], axis=0)])
        at = np.arange(length)
        first = np.maximum(at - BEFORE, 0)
        found[start:stop, column : column + labels] = (sums[at] - sums[first]) / np.maximum(at - first, 1)[:, None]
        found[start:stop, column + labels :] = sums[-1] / max(length, 1)
        start = stop
    return found


def softmax(scores: Array) -> Array:
    """Scores (the last axis is that of the labels) as probabilities."""
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities: Array = exponents / exponents.sum(axis=-1, keepdims=True)
    return probabilities


def _scores(examples: Sequence[Example], weights: Array, bias: Array) -> Array:
    """One product for all; every example has at least one feature (""), which keeps the sums by example apart."""
    if not examples:
        return np.zeros((0, len(bias)), dtype=np.float32)
    taken = np.fromiter(chain.from_iterable(example.rows for example in examples), np.intp)
    values = np.fromiter(chain.from_iterable(example.values for example in examples), np.float32)
    starts = [0, *accumulate(len(example.rows) for example in examples[:-1])]
    sums: Array = np.add.reduceat(weights[taken] * values[:, None], starts, axis=0) + bias
    return sums


def _save(path: Path, labels: Sequence[str], rows: Mapping[str, int], arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    names = "\n".join(sorted(rows, key=rows.__getitem__))
    everything = {
        "format": np.array([FORMAT]),
        "labels": np.frombuffer("\n".join(labels).encode("utf-8"), dtype=np.uint8),
        "features": np.frombuffer(names.encode("utf-8"), dtype=np.uint8),
        **arrays,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in everything.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(array), allow_pickle=False)
            # a fixed date, so that the bytes depend on the model alone
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (2020, 1, 1, 0, 0, 0)), buffer.getvalue())


def load_linear(path: Path) -> LinearModel:
    """Reads a model; raises `ModelError` naming the file if it is missing, damaged or of another format."""
    labels, rows, arrays = _load(path, ("weights", "bias"))
    weights, bias = arrays
    _fit_together(path, weights.shape == (len(rows), len(labels)) and bias.shape == (len(labels),))
    return LinearModel(labels, rows, weights, bias)


def load_sequence(path: Path) -> SequenceModel:
    """Reads a model; raises `ModelError` naming the file if it is missing, damaged or of another format."""
    labels, rows, arrays = _load(path, ("weights", "bias", "context"))
    weights, bias, context = arrays
    size = len(labels)
    width = around(np.zeros((0, size), dtype=np.float32), ()).shape[1]
    fit = weights.shape == (len(rows), 2 * size) and bias.shape == (2 * size,) and context.shape == (width, size)
    _fit_together(path, fit)
    return SequenceModel(labels, rows, weights, bias, context)


def _load(path: Path, names: Sequence[str]) -> tuple[tuple[str, ...], dict[str, int], list[Array]]:
    try:
        with np.load(path, allow_pickle=False) as archive:
            if archive["format"].tolist() != [FORMAT]:
                raise ModelError(
                    f"{path}: format {archive['format'].tolist()}, this version reads {FORMAT}; "
                    "`make train` makes it anew"
                )
            labels = tuple(archive["labels"].tobytes().decode("utf-8").split("\n"))
            features = archive["features"].tobytes().decode("utf-8").split("\n")
            arrays = [archive[name].astype(np.float32) for name in names]
    except ModelError:
        raise
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "damaged, or another kind of file"
        raise ModelError(f"{path}: no readable model ({why}); `make train` makes it anew") from error
    return labels, {name: row for row, name in enumerate(features)}, arrays


def _fit_together(path: Path, fit: bool) -> None:
    if not fit:
        raise ModelError(f"{path}: the arrays are not of one model; `make train` makes it anew")
