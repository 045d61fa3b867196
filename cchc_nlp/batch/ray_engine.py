"""The engine on a Ray cluster: a thin adapter on Ray Data (extra `ray`).

Ray reads (`from_items` over spans of the plan, then our readers), calls the core in a pool of actors, and restarts what
dies; it keeps the order, so that the driver writes the same shards, with the same manifest, as every other engine, and
`--resume` is the same thing here. Each actor keeps a worker process of its own, which is what can be killed when an
article takes too long. Input files have to be where all nodes see them: a shared file system, or URLs.
"""

from __future__ import annotations

import importlib
import logging
import os
import pickle
from collections.abc import Iterable, Iterator
from typing import Any

from cchc_nlp.batch import schema
from cchc_nlp.batch.engines import Processes, Result
from cchc_nlp.batch.options import Options
from cchc_nlp.batch.readers import Chunk, chunks
from cchc_nlp.batch.sources import Cursor, Span
from cchc_nlp.errors import MissingExtraError

_READS = 0.1  # of a processor, for a reader; the rest is for an actor, so that actors leave readers room


class RayEngine:
    """See `engines.Engine`; `workers` actors, or as many as the cluster has processors."""

    def __init__(self, options: Options, workers: int | None, address: str | None) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing here speaks to the network unasked
        try:
            ray: Any = importlib.import_module("ray")
            importlib.import_module("ray.data")
        except ImportError as error:
            raise MissingExtraError('--engine ray needs Ray: pip install "cchc-nlp[batch,ray]"') from error
        for name in ("ray", "ray.data"):
            logging.getLogger(name).setLevel(logging.ERROR)
        self._ray = ray
        self._options = options
        if not ray.is_initialized():
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
        self._workers = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))

    def run(self, spans: Iterable[Span]) -> Iterator[Result]:
        """See `engines.Engine`."""
        data = self._ray.data
        context = data.DataContext.get_current()
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        items = [{"span": pickle.dumps(span)} for span in spans]
        if not items:
            return
        read = data.from_items(items, override_num_blocks=len(items)).map_batches(
            _Reader(self._options), batch_size=1, num_cpus=_READS
        )
        done = read.map_batches(
            _Actor,
            fn_constructor_args=(self._options,),
            batch_size=1,
            compute=data.ActorPoolStrategy(size=self._workers),
            num_cpus=1 - _READS,
        )
        for row in done.iter_rows():
            yield pickle.loads(row["result"])


class _Reader:
    """A span to its chunks, a row each."""

    def __init__(self, options: Options) -> None:
        self._options = options

    def __call__(self, batch: dict[str, Any]) -> Iterator[dict[str, list[bytes]]]:
        for packed in batch["span"]:
            span: Span = pickle.loads(packed)
            for chunk in chunks(span, self._options):
                yield {"chunk": [pickle.dumps((schema.pack(chunk.batch), tuple(chunk.end), chunk.consumed))]}


class _Actor:
    """Chunks to results, by a worker process of its own."""

    def __init__(self, options: Options) -> None:
        self._engine = Processes(options, 1)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[bytes]]:
        results = []
        for packed in batch["chunk"]:
            table, end, consumed = pickle.loads(packed)
            chunk = Chunk(schema.unpack(table), Cursor(*end), consumed)
            results.append(pickle.dumps(next(iter(self._engine.results([chunk])))))
        return {"result": results}
