"""Sources in, records out: the stages run in order over one article, or over many in several processes."""

from __future__ import annotations

import gc
import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from cchc_nlp.analysis import Analysis
from cchc_nlp.classify.learned import Models, default_directory, load_models
from cchc_nlp.errors import ConfigurationError, InputTypeError
from cchc_nlp.records import ArticleRecord, build
from cchc_nlp.stages import STAGE_NAMES, begin, stages
from cchc_nlp.text.decode import decode

_CHUNK = 16  # articles sent to a worker at a time
_AHEAD = 4  # chunks in flight for each worker


@dataclass(frozen=True)
class ExtractorConfig:
    """What an `Extractor` does; plain values only, so that it travels to other processes.

    `disable` names stages to leave out (`cchc_nlp.stages.STAGE_NAMES` lists them); `models` is a directory of trained
    models, by default those that come with the package; `rules_alone` leaves models aside.
    """

    disable: tuple[str, ...] = ()
    models: str | None = None
    rules_alone: bool = False


class Extractor:
    """Reads articles as its configuration says; raises `ConfigurationError` for a stage that does not exist."""

    def __init__(self, config: ExtractorConfig | None = None) -> None:
        self.config = config or ExtractorConfig()
        unknown = sorted(set(self.config.disable) - set(STAGE_NAMES))
        if unknown:
            raise ConfigurationError(f"no such stage: {', '.join(unknown)}; stages are {', '.join(STAGE_NAMES)}")
        self._stages = [s for name, s in stages(self._models()).items() if name not in self.config.disable]

    def _models(self) -> Models:
        if self.config.rules_alone:
            return Models()
        return load_models(Path(self.config.models) if self.config.models else default_directory())

    def analyse(self, source: str, *, published: date | None = None) -> Analysis:
        """The finished analysis of a text, in clean offsets: what `explain` shows."""
        analysis = begin(source, _day(published))
        for stage in self._stages:
            stage(analysis)
        return analysis

    def extract(self, source: str | bytes, *, published: date | None = None) -> ArticleRecord:
        """The record of one article (see `cchc_nlp.extract`).

        Raises `InputTypeError` for a source that is neither `str` nor `bytes`, or a `published` that is no date.
        """
        notes: list[str] = []
        if isinstance(source, (bytes, bytearray, memoryview)):
            decoded = decode(bytes(source))
            source = decoded.text
            if decoded.encoding != "utf-8":
                notes.append(decoded.encoding)
        elif not isinstance(source, str):
            raise InputTypeError(f"extract() takes str or bytes, not {type(source).__name__}: {source!r:.80}")
        with _collector_at_rest():
            return build(self.analyse(source, published=published), notes)

    def extract_many(self, sources: Iterable[str | bytes], *, workers: int = 1) -> Iterator[ArticleRecord]:
        """Records in the order of the sources, read no further ahead than the workers need.

        More than one worker means new processes, which import the script that asked for them: a script must do
        so below `if __name__ == "__main__":`.
        """
        if workers < 1:
            raise ConfigurationError(f"workers must be 1 or more, not {workers}")
        if workers == 1:
            return (self.extract(source) for source in sources)
        return self._in_processes(sources, workers)

    def _in_processes(self, sources: Iterable[str | bytes], workers: int) -> Iterator[ArticleRecord]:
        stream = iter(sources)
        chunks = iter(lambda: list(itertools.islice(stream, _CHUNK)), [])
        pending: deque[Future[list[ArticleRecord | InputTypeError]]] = deque()
        # spawned, not forked: the caller may hold threads
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            try:
                for chunk in chunks:
                    pending.append(pool.submit(_extract_chunk, self.config, chunk))
                    if len(pending) >= workers * _AHEAD:
                        yield from _unpack(pending.popleft().result())
                while pending:
                    yield from _unpack(pending.popleft().result())
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Holds back Python's search for reference cycles while one article is read.

    An article makes thousands of objects and hardly a cycle: what it leaves is freed by reference counts, and looking
    through all of it, and at times through the lexicon, finds nothing.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _day(published: object) -> date | None:
    """The publication date as a day; raises `InputTypeError` for anything but dates."""
    if isinstance(published, datetime):
        return published.date()
    if published is None or isinstance(published, date):
        return published
    raise InputTypeError(f"published must be a datetime.date, not {type(published).__name__}: {published!r:.80}")


def _unpack(results: list[ArticleRecord | InputTypeError]) -> Iterator[ArticleRecord]:
    for result in results:
        if isinstance(result, InputTypeError):
            raise result
        yield result


def _extract_chunk(config: ExtractorConfig, chunk: list[str | bytes]) -> list[ArticleRecord | InputTypeError]:
    extractor = _extractor(config)
    results: list[ArticleRecord | InputTypeError] = []
    for source in chunk:
        try:
            results.append(extractor.extract(source))
        except InputTypeError as error:
            results.append(error)
    return results


@cache
def _extractor(config: ExtractorConfig) -> Extractor:
    return Extractor(config)


def default_extractor() -> Extractor:
    """The extractor behind `cchc_nlp.extract`."""
    return _extractor(ExtractorConfig())
