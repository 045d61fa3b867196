"""Archives to run over, and datasets to compare."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cchc_nlp.batch import schema

SAMPLES = sorted(Path("corpus/samples").glob("*.txt"))
CCHC = [sys.executable, "-c", "from cchc_nlp.cli import app; app()"]


def texts(count: int) -> Iterator[str]:
    """Short articles, each another: a sample's opening with a line of its own."""
    for number, path in enumerate(islice(cycle(SAMPLES), count)):
        yield f"{path.read_text(encoding='utf-8')[:700]}\nXã đã giải quyết {number + 2} hồ sơ.\n"


def lines(count: int, start: int = 0) -> list[bytes]:
    """Articles as JSON lines."""
    rows = ({"id": f"bài-{start + n}", "text": text} for n, text in enumerate(texts(count)))
    return [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows]


def batch(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """`cchc batch`, as a user types it; in one process unless it is to have workers."""
    if not {"--engine", "--workers"} & set(map(str, arguments)):
        arguments = (*arguments, "--engine", "inline")
    return subprocess.run(
        [*CCHC, "batch", "--lang", "en", *map(str, arguments)], capture_output=True, text=True, check=False, **options
    )  # type: ignore[call-overload, no-any-return]


def table(dataset: Path, name: str) -> pa.Table:
    return pq.read_table(dataset / name, schema=schema.TABLES[name])


def rows(dataset: Path, name: str) -> list[dict[str, object]]:
    return table(dataset, name).to_pylist()


def statuses(dataset: Path) -> dict[str, str]:
    """The status of every article by id."""
    return {str(row["id"]): str(row["status"]) for row in rows(dataset, "articles")}


def same(one: Path, other: Path) -> bool:
    """Whether two datasets have the same rows in the same order."""
    return all(table(one, name).equals(table(other, name)) for name in schema.TABLES)


def files(dataset: Path) -> list[str]:
    return sorted(os.path.relpath(path, dataset) for path in dataset.glob("*/part-*"))
