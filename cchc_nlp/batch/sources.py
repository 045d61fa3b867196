"""Which files a run reads, in which order: found once, written down, and kept to.

The plan is a file of lines, one a source, in the order of reading. A resumed run reads the same lines and appends what
has come since; so a place in the archive is a line of the plan and a count of articles in that file (`Cursor`).
"""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import fsspec

KINDS = {
    ".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv",
    ".tsv": "csv", ".parquet": "parquet", ".warc": "warc",
}  # fmt: skip
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2", ".xz": "xz"}
# sources that are read in one go: few enough that a cluster has something to share, many enough to pay for the trip
SPAN_FILES, SPAN_BYTES = 256, 4 << 20


@dataclass(frozen=True)
class Source:
    """A file: as named by the user, where it lies (an absolute path or a URL), and its size in bytes."""

    name: str
    path: str
    size: int

    @property
    def form(self) -> tuple[str, str | None]:
        """What is in it, and how that is compressed, by its extensions."""
        return form(self.path) or ("text", None)


class Cursor(NamedTuple):
    """A place in the archive: `items` articles of the plan's source number `source` have been read."""

    source: int
    items: int


@dataclass(frozen=True)
class Span:
    """Sources that are read in one go: the first one's number in the plan, and how much of it to pass over."""

    first: int
    skip: int
    sources: tuple[Source, ...]


def form(path: str) -> tuple[str, str | None] | None:
    """Kind and compression by the extensions; None for a file that holds no articles."""
    stem, suffix = os.path.splitext(path.lower())
    compression = COMPRESSIONS.get(suffix)
    if compression:
        suffix = os.path.splitext(stem)[1]
    kind = KINDS.get(suffix)
    return None if kind is None or (kind == "parquet" and compression) else (kind, compression)


def is_url(name: str) -> bool:
    """Whether fsspec is to read it."""
    return "://" in name


# --- finding --------------------------------------------------------------------------------------------


def find(inputs: Iterable[str], leave_out: Path, fault: Callable[[str, str], None]) -> Iterator[Source]:
    """The files of paths, directories, patterns and URLs, in order; `fault` is told which give nothing and why.

    In directories hidden files, datasets, and `leave_out` (where this one goes), are passed over.
    """
    for name in inputs:
        nothing = True
        try:
            for source in _of_url(name) if is_url(name) else _of_path(name, os.path.realpath(leave_out), fault):
                nothing = False
                yield source
        except Exception as error:  # any file system may be behind a URL
            fault(name, f"{type(error).__name__}: {error}")
            continue
        if nothing:
            fault(name, "")


def _of_path(name: str, leave_out: str, fault: Callable[[str, str], None]) -> Iterator[Source]:
    if os.path.isdir(name):
        yield from _of_directory(name, leave_out, fault)
    elif os.path.exists(name) or not glob.has_magic(name):
        yield _local(name, os.stat(name).st_size)
    else:
        for path in sorted(glob.glob(name, recursive=True)):
            if os.path.isdir(path):
                continue
            if form(path) and not os.path.realpath(path).startswith(leave_out + os.sep):
                yield _local(path, os.path.getsize(path))


def _of_directory(directory: str, leave_out: str, fault: Callable[[str, str], None]) -> Iterator[Source]:
    """Depth first, by name, without a list of all; datasets of earlier runs are no input."""
    if os.path.isdir(os.path.join(directory, "_cchc")):
        return
    try:
        entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
    except OSError as error:
        fault(directory, error.strerror or str(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if os.path.realpath(entry.path) != leave_out and not entry.is_symlink():
                yield from _of_directory(entry.path, leave_out, fault)
        elif form(entry.name) and entry.is_file():
            yield _local(entry.path, entry.stat().st_size)


def _local(path: str, size: int) -> Source:
    return Source(printable(path), os.path.realpath(path), size)


def printable(path: str) -> str:
    """A path as text that has a form in UTF-8: bytes that are no characters are written out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _of_url(name: str) -> Iterator[Source]:
    system, path = fsspec.core.url_to_fs(name)
    if glob.has_magic(path):
        found = system.glob(path, detail=True)
    elif system.isdir(path):
        found = system.find(path, detail=True)
    else:
        found = {path: system.info(path)}
    several = len(found) > 1 or path not in found
    for file, info in sorted(found.items()):
        if info.get("type") == "file" and (form(file) or not several):
            url = system.unstrip_protocol(file)
            yield Source(url, url, int(info.get("size") or 0))


# --- the plan -------------------------------------------------------------------------------------------


class Plan:
    """The sources of a run, as a file of lines; an empty line stands where a later run went on with new sources."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0  # bytes of all sources
        self.count = 0

    def extend(self, found: Iterable[Source]) -> int:
        """Appends those that are not in it yet, and says how many those are; on an error nothing is appended."""
        known = set()
        for source in self.sources():
            known.add(hash(source.path))
            self.count += 1
            self.size += source.size
        old = self.path.stat().st_size if self.path.exists() else 0
        before = self.count
        try:
            with self.path.open("ab") as stream:
                for source in found:
                    if hash(source.path) in known:
                        continue
                    if before and self.count == before:
                        stream.write(b"\n")
                    known.add(hash(source.path))
                    stream.write(json.dumps([source.name, source.path, source.size]).encode() + b"\n")
                    self.count += 1
                    self.size += source.size
                stream.flush()
                os.fsync(stream.fileno())
        except BaseException:
            os.truncate(self.path, old)
            raise
        return self.count - before

    def _lines(self) -> Iterator[Source | None]:
        if self.path.exists():
            with self.path.open(encoding="ascii") as stream:
                for line in stream:
                    yield Source(*json.loads(line)) if line.strip() else None

    def sources(self) -> Iterator[Source]:
        """All of them, in order."""
        return (source for source in self._lines() if source is not None)

    def spans(self, start: Cursor) -> Iterator[Span]:
        """The sources from a place on, in spans whose bounds do not depend on that place."""
        number, group, size = 0, list[Source](), 0
        for source in self._lines():
            full = group and (source is None or len(group) >= SPAN_FILES or size + source.size > SPAN_BYTES)
            if full:
                yield from _cut(number, group, start)
                number, group, size = number + len(group), [], 0
            if source is not None:
                group.append(source)
                size += source.size
        yield from _cut(number, group, start)


def _cut(number: int, group: list[Source], start: Cursor) -> Iterator[Span]:
    done = min(max(start.source - number, 0), len(group))
    if group[done:]:
        yield Span(number + done, start.items if start.source == number + done else 0, tuple(group[done:]))
