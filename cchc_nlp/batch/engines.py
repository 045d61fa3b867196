"""Who calls the core: this process (`Inline`), several processes (`Processes`), or a Ray cluster (`ray_engine.py`).

Every engine is given spans of the archive and gives back, in the archive's order, the tables of each chunk, so that the
dataset does not depend on the engine.

`Processes` starts its own workers instead of a pool from the library, because it has to know which article each of them
is at: an article that takes too long is ended by killing its worker, one that kills its worker is given up the second
time, and the chunk is done again by a fresh worker, so that no other article is lost.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple, Protocol

from cchc_nlp.batch import schema
from cchc_nlp.batch.core import Failure, Processor
from cchc_nlp.batch.options import Options
from cchc_nlp.batch.readers import Chunk, chunks
from cchc_nlp.batch.sources import Cursor, Span
from cchc_nlp.errors import ArticleTimeoutError, WorkerDiedError

_DEATHS = 2  # of workers over one article, after which it is given up
_STARTS = 3  # of workers that died before they had loaded the pipeline, after which the run ends
_AHEAD = 6  # chunks for each worker that are read, being worked on or waiting for their turn
_POLL = 0.25  # seconds between two looks at what the workers are at, at most


class Result(NamedTuple):
    """The tables of a chunk, where in the archive it ends, and the bytes that were read for it."""

    tables: schema.Tables
    end: Cursor
    consumed: int


class Engine(Protocol):
    """Does the spans' chunks; results come in the order of the archive."""

    def run(self, spans: Iterable[Span]) -> Iterator[Result]:
        """The results of all chunks of the spans."""


class Inline:
    """In this process: simple to debug and to profile, but nothing ends an article that takes too long."""

    def __init__(self, options: Options) -> None:
        self._options = options

    def run(self, spans: Iterable[Span]) -> Iterator[Result]:
        """See `Engine`."""
        processor = Processor(self._options)
        for span in spans:
            for chunk in chunks(span, self._options):
                yield Result(processor(chunk.batch), chunk.end, chunk.consumed)


class _Job:
    """A chunk on its way: its packed batch, and what has gone wrong with it so far."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self.packed = schema.pack(chunk.batch)
        self.given_up: dict[int, Failure] = {}
        self.deaths: Counter[int] = Counter()
        self.result: Result | None = None

    def give_up(self, index: int, failure: Failure) -> None:
        for row in [index] if index >= 0 else range(self.chunk.batch.num_rows):
            self.given_up[row] = failure


class Worker:
    """A process with the pipeline loaded, and the job it is at."""

    def __init__(self, options: Options) -> None:
        context = multiprocessing.get_context("spawn")  # not forked: the caller may hold threads
        self._timeout = options.timeout
        self._article = context.Value("q", -1, lock=False)  # the row that the worker is at
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, options, self._article), daemon=True)
        self._process.start()
        theirs.close()
        self.ready = False
        self.job: _Job | None = None
        self.seen, self._since = -1, 0.0

    def send(self, job: _Job) -> None:
        """Gives it a job; it has to have none."""
        self.job = job
        self._article.value = -1
        self.seen, self._since = -1, time.monotonic()
        # a worker that has just died is noticed when its answer is asked for
        with contextlib.suppress(OSError):
            self.connection.send((job.packed, job.given_up))

    def receive(self) -> schema.Tables:
        """The answer; raises EOFError or OSError where the worker has died."""
        packed: dict[str, bytes] = self.connection.recv()
        return {name: schema.unpack(table) for name, table in packed.items()}

    def is_stuck(self) -> bool:
        """Whether it has been at one article for too long."""
        now, at = time.monotonic(), self._article.value
        if at != self.seen:
            self.seen, self._since = at, now
        return self.job is not None and 0 < self._timeout < now - self._since and at >= 0

    def end(self) -> tuple[int, int | None]:
        """Kills it; returns the row that it was at, -1 for none, and its exit code."""
        self._process.kill()
        self._process.join()
        self.connection.close()
        return self._article.value, self._process.exitcode


def _serve(connection: Connection[Any, Any], options: Options, article: Any) -> None:
    """The life of a worker: batches in, tables out, until the connection ends, if need be with its owner."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt from the keyboard is its owner's business
    threading.Thread(target=_end_with_owner, daemon=True).start()
    processor = Processor(options)
    processor.warm_up()
    connection.send(None)

    def begun(index: int) -> None:
        article.value = index

    while True:
        try:
            packed, given_up = connection.recv()
            tables = processor(schema.unpack(packed), given_up, begun)
            article.value = -1
            connection.send({name: schema.pack(table) for name, table in tables.items()})
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return


def _end_with_owner() -> None:
    """Ends this process with the one that started it, also in the midst of an article."""
    owner = multiprocessing.parent_process()
    if owner is not None:
        owner.join()
        os._exit(1)


class Processes:
    """Several processes on this machine."""

    def __init__(self, options: Options, workers: int) -> None:
        self._options = options
        self._count = workers
        self._workers: list[Worker] = []
        self._failed_starts = 0

    def run(self, spans: Iterable[Span]) -> Iterator[Result]:
        """See `Engine`."""
        try:
            yield from self.results(chunk for span in spans for chunk in chunks(span, self._options))
        finally:
            self.close()

    def close(self) -> None:
        """Ends the workers."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def results(self, stream: Iterable[Chunk]) -> Iterator[Result]:
        """What becomes of chunks, in their order; the workers stay for more."""
        jobs = map(_Job, stream)
        order: deque[_Job] = deque()  # in the archive's order, from the first without a result
        waiting: deque[_Job] = deque()
        exhausted = False
        self._workers = self._workers or [Worker(self._options) for _ in range(self._count)]
        while True:
            while not exhausted and len(order) < self._count * _AHEAD and len(waiting) < 2 * self._count:
                job = next(jobs, None)
                if job is None:
                    exhausted = True
                    break
                order.append(job)
                waiting.append(job)
                self._hand_out(waiting)
            self._hand_out(waiting)
            while order and order[0].result is not None:
                yield order.popleft().result  # type: ignore[misc]
                self._hand_out(waiting)
            if exhausted and not order:
                return
            self._look(waiting)

    def _hand_out(self, waiting: deque[_Job]) -> None:
        for worker in self._workers:
            if not waiting:
                return
            if worker.ready and worker.job is None:
                worker.send(waiting.popleft())
            elif worker.connection.poll():
                self._hear(worker, waiting)
                if waiting and worker in self._workers and worker.ready and worker.job is None:
                    worker.send(waiting.popleft())

    def _look(self, waiting: deque[_Job]) -> None:
        """Waits for news of the workers, and sees to those that are stuck."""
        patience = min(_POLL, self._options.timeout / 4) if self._options.timeout > 0 else None
        heard = wait([worker.connection for worker in self._workers], patience)
        for worker in list(self._workers):
            if worker.connection in heard:
                self._hear(worker, waiting)
                self._hand_out(waiting)
            elif worker.is_stuck():
                self._replace(worker, waiting, stuck=True)

    def _hear(self, worker: Worker, waiting: deque[_Job]) -> None:
        try:
            if not worker.ready:
                worker.connection.recv()
                worker.ready = True
                self._failed_starts = 0
                return
            tables = worker.receive()
        except (EOFError, OSError):
            self._replace(worker, waiting, stuck=False)
            return
        job, worker.job = worker.job, None
        if job is not None:
            job.result = Result(tables, job.chunk.end, job.chunk.consumed)

    def _replace(self, worker: Worker, waiting: deque[_Job], *, stuck: bool) -> None:
        article, code = worker.end()
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise WorkerDiedError(f"{_STARTS} workers died while loading the pipeline (exit code {code})")
        self._workers[self._workers.index(worker)] = Worker(self._options)
        job = worker.job
        if job is None:
            return
        if stuck:
            if article == worker.seen:  # else it was done with that article at the last moment
                job.give_up(article, timed_out(self._options))
        else:
            job.deaths[article] += 1
            if job.deaths[article] >= _DEATHS:
                job.give_up(article, died(code))
        waiting.appendleft(job)


def timed_out(options: Options) -> Failure:
    """The article took longer than allowed."""
    message = f"longer than {options.timeout:g} seconds; --timeout sets the limit"
    return Failure("timeout", ArticleTimeoutError.__name__, message)


def died(code: int | None) -> Failure:
    """The article's worker died every time."""
    return Failure("worker", WorkerDiedError.__name__, f"{_DEATHS} workers died over it (exit code {code})")
