"""A linear classifier as data: a vocabulary of features and a weight for each label.

Stored as one `.npz` file (numpy's own format, read with `allow_pickle=False`): loading executes nothing.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cchc_nlp.errors import ModelError

FORMAT = 1
Vector = npt.NDArray[np.float32]


@dataclass(frozen=True)
class LinearModel:
    """Scores are `bias + sum of value * weights[feature]`, one a label; features it does not know add nothing."""

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Vector  # features x labels
    bias: Vector  # labels

    def scores(self, features: Iterable[tuple[str, float]]) -> Vector:
        """One score a label (log-odds up to a constant)."""
        rows, values = [], []
        known = self.rows
        for name, value in features:
            row = known.get(name)
            if row is not None:
                rows.append(row)
                values.append(value)
        if not rows:
            return self.bias
        taken: Vector = self.bias + np.asarray(values, dtype=np.float32) @ self.weights[rows]
        return taken

    def probabilities(self, features: Iterable[tuple[str, float]]) -> Vector:
        """`scores` as probabilities that sum to one."""
        return softmax(self.scores(features))

    def save(self, path: Path) -> None:
        """Writes the model; the same model gives the same bytes."""
        names = "\n".join(sorted(self.rows, key=self.rows.__getitem__))
        arrays = {
            "format": np.array([FORMAT]),
            "labels": np.frombuffer("\n".join(self.labels).encode("utf-8"), dtype=np.uint8),
            "features": np.frombuffer(names.encode("utf-8"), dtype=np.uint8),
            "weights": self.weights.astype(np.float16),
            "bias": self.bias,
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, array in arrays.items():
                buffer = io.BytesIO()
                np.lib.format.write_array(buffer, np.ascontiguousarray(array), allow_pickle=False)
                # a fixed date, so that the bytes depend on the model alone
                archive.writestr(zipfile.ZipInfo(f"{name}.npy", (2020, 1, 1, 0, 0, 0)), buffer.getvalue())


def softmax(scores: Vector) -> Vector:
    """Scores as probabilities."""
    exponents = np.exp(scores - scores.max())
    probabilities: Vector = exponents / exponents.sum()
    return probabilities


def load(path: Path) -> LinearModel:
    """Reads a model; raises `ModelError` naming the file if it is missing, damaged or of another format."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            if archive["format"].tolist() != [FORMAT]:
                raise ModelError(f"{path}: format {archive['format'].tolist()}, this version reads {FORMAT}")
            labels = tuple(archive["labels"].tobytes().decode("utf-8").split("\n"))
            names = archive["features"].tobytes().decode("utf-8").split("\n")
            weights, bias = archive["weights"].astype(np.float32), archive["bias"].astype(np.float32)
    except ModelError:
        raise
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError) as error:
        raise ModelError(f"{path}: no readable model ({error}); `make train` makes it anew") from error
    if weights.shape != (len(names), len(labels)) or bias.shape != (len(labels),):
        raise ModelError(f"{path}: {len(names)} features and {len(labels)} labels, but weights {weights.shape}")
    return LinearModel(labels, {name: row for row, name in enumerate(names)}, weights, bias)
