"""What a run says while it goes and when it has ended: a bar on a terminal, quiet lines in a log, a summary."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from cchc_nlp.batch.runner import Outcome, State
from cchc_nlp.report.html import Language, words

_FIRST, _EVERY = 10.0, 60.0  # seconds: of a log's first line, and between two
_SHOWN = 12  # kinds of a thing that the summary lists


@contextmanager
def watched(stream: TextIO, language: Language, *, quiet: bool) -> Iterator[Callable[[State], None]]:
    """What `runner.run` is to tell of its state."""
    if quiet:
        yield lambda _: None
    elif stream.isatty():
        with _bar(stream, language) as told:
            yield told
    else:
        yield _Log(stream, words(language))


@contextmanager
def _bar(stream: TextIO, language: Language) -> Iterator[Callable[[State], None]]:
    """Bytes of the input measure the way, as nobody knows how many articles they hold."""
    word = words(language)
    with Progress(
        TextColumn("{task.percentage:>5.1f}%"),
        BarColumn(),
        TextColumn("{task.fields[said]}"),
        TimeElapsedColumn(),
        TextColumn(word["batch.left"]),
        TimeRemainingColumn(),
        console=Console(file=stream),
    ) as progress:
        task = progress.add_task("", total=None, said="")

        def told(state: State) -> None:
            total = max(state.bytes_all, 1)
            progress.update(task, total=total, completed=min(state.bytes_done, total), said=said(state, word))

        yield told


class _Log:
    """A line now and then."""

    def __init__(self, stream: TextIO, word: dict[str, str]) -> None:
        self._stream, self._word = stream, word
        self._next = time.monotonic() + _FIRST

    def __call__(self, state: State) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _EVERY
        share = 100 * state.bytes_done / max(state.bytes_all, 1)
        print(f"{share:.1f}%  {said(state, self._word)}", file=self._stream, flush=True)


def said(state: State, word: dict[str, str]) -> str:
    """Articles so far, and how fast they go."""
    rate = state.articles / state.seconds if state.seconds > 0 else 0.0
    text = f"{_number(state.earlier + state.articles)} {word['batch.articles']}, {_number(round(rate))}/s"
    return f"{text}, {_number(state.failed)} {word['batch.status.failed']}" if state.failed else text


def summary(stream: TextIO, outcome: Outcome, language: Language) -> None:
    """Articles, findings by label and area, failures by reason, speed."""
    word, counts, state = words(language), outcome.counts, outcome.state
    lines = [(str(outcome.directory), "")]
    status = ", ".join(
        f"{_number(counts.status[name])} {word['batch.status.' + name]}"
        for name in ("done", "irrelevant", "failed")
        if counts.status[name]
    )
    lines.append((word["batch.all"], f"{_number(counts.articles)}" + (f" ({status})" if status else "")))
    lines.append((word["is_inspection"], _number(counts.inspections)))
    if counts.duplicates:
        lines.append((word["batch.duplicates"], _number(counts.duplicates)))
    for key, tally in (("findings", counts.labels), ("area", counts.areas)):
        if tally:
            listed = ", ".join(f"{word[name]} {_number(number)}" for name, number in tally.most_common())
            lines.append((word[key], listed))
    lines.append((word["metrics"], _number(counts.metrics)))
    for reason, number in counts.failures.most_common(_SHOWN):
        stage, _, error = reason.partition(" ")
        lines.append((f"{word['batch.errors']}: {word['batch.stage.' + stage]}, {error}", _number(number)))
    if state.articles and state.seconds > 0:
        done = f"{_number(state.articles)} {word['batch.articles']}, {state.seconds:.1f} s"
        rates = [
            f"{_number(round(number / state.seconds))} {word[key]}/s"
            for number, key in ((state.articles, "batch.articles"), (state.words, "batch.words"))
        ]
        lines.append((word["batch.run"], ", ".join((done, *rates))))
    for name, value in lines:
        print(f"{name}: {value}" if value else name, file=stream)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", " ")
