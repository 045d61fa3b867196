"""The loop of a run: plan, engine, store, with somebody told how it goes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal

from cchc_nlp.batch.engines import Engine, Inline, Processes
from cchc_nlp.batch.options import Options
from cchc_nlp.batch.sources import Plan, find
from cchc_nlp.batch.store import Counts, Store
from cchc_nlp.errors import ConfigurationError

EngineName = Literal["processes", "inline", "ray"]


@dataclass
class State:
    """How far a run has come."""

    bytes_done: int = 0
    bytes_all: int = 0
    files_all: int = 0
    articles: int = 0  # of this run
    words: int = 0
    earlier: int = 0  # articles that were done before it
    failed: int = 0
    seconds: float = 0.0


@dataclass
class Outcome:
    """What a run leaves: the counts of the whole dataset, the speed of this run, and inputs that gave nothing."""

    directory: Path
    counts: Counts
    state: State
    unread: list[tuple[str, str]] = field(default_factory=list)


def run(
    inputs: Sequence[str],
    output: str | Path,
    options: Options | None = None,
    *,
    engine: EngineName = "processes",
    workers: int | None = None,
    address: str | None = None,
    resume: bool = False,
    overwrite: bool = False,
    told: Callable[[State], None] = lambda _: None,
) -> Outcome:
    """Reads every article of the inputs into the dataset `output`.

    Inputs are files, directories, patterns and URLs. `told` is called after every chunk. With worker processes a
    script calls this below `if __name__ == "__main__":`. Raises `DatasetError` for an output that cannot be used.
    """
    options = options or Options()
    _check(options, workers)
    if resume and overwrite:
        raise ConfigurationError("resume and overwrite exclude each other")
    start = time.monotonic()
    output = Path(output)
    unread: list[tuple[str, str]] = []
    with Store(output, options).open(resume=resume, overwrite=overwrite) as store:
        plan = Plan(store.plan_path)
        plan.extend(find(inputs, output, lambda name, why: unread.append((name, why))))
        state = State(bytes_all=plan.size, files_all=plan.count, earlier=store.counts.articles)
        state.bytes_done = sum(source.size for source in islice(plan.sources(), store.cursor.source))
        earlier_words = store.counts.words
        told(state)
        for result in _engine(engine, options, workers, address).run(plan.spans(store.cursor)):
            store.write(result.tables, result.end)
            done = store.uncommitted or Counts()
            state.articles = store.counts.articles + done.articles - state.earlier
            state.words = store.counts.words + done.words - earlier_words
            state.failed = store.counts.status["failed"] + done.status["failed"]
            state.bytes_done += result.consumed
            state.seconds = time.monotonic() - start
            told(state)
        store.commit()
        state.seconds = time.monotonic() - start
        return Outcome(output, store.counts, state, unread)


def _check(options: Options, workers: int | None) -> None:
    if workers is not None and workers < 1:
        raise ConfigurationError(f"workers must be 1 or more, not {workers}")
    if min(options.max_chars, options.shard_size, options.chunk_size, options.chunk_bytes) < 1:
        raise ConfigurationError("max_chars, shard_size, chunk_size and chunk_bytes must be 1 or more")


def _engine(name: EngineName, options: Options, workers: int | None, address: str | None) -> Engine:
    if name == "inline":
        return Inline(options)
    if name == "ray":
        from cchc_nlp.batch.ray_engine import RayEngine  # noqa: PLC0415  (an extra of its own)

        return RayEngine(options, workers, address)
    return Processes(options, workers or _processors())


def _processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
