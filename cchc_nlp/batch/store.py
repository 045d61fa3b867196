"""A dataset on disk while it is written: shards that appear whole or not at all, a manifest, a lock.

A shard is one file of each table with the rows of consecutive articles. It is written under other names, made safe
(fsync), renamed into place, and then, as the last step, entered in the manifest. What the manifest does not name never
happened: files of a shard that was cut off are taken away, and its articles are done again. Everything that is not a
table lies in `OUT/_cchc`, which readers of Parquet directories pass over.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cchc_nlp._version import __version__
from cchc_nlp.batch import schema
from cchc_nlp.batch.duplicates import Seen
from cchc_nlp.batch.options import Options
from cchc_nlp.batch.sources import Cursor
from cchc_nlp.errors import DatasetError, DatasetLockedError
from cchc_nlp.records import SCHEMA_VERSION

if sys.platform != "win32":
    import fcntl
else:
    import msvcrt

FORMAT = 1  # of what lies in `_cchc`
_GROUP_BYTES = 16 << 20  # rows of a table that are in memory before they go to its file
_PART = "part-{:06}.{}"
_LINES = "jsonl"  # the folder of records as JSON lines, with the option
_SIGNATURES = "signatures"  # of articles that are no duplicates, with the option
_ALL = (_LINES, _SIGNATURES, *schema.TABLES)
_SCHEMAS = {**schema.TABLES, _SIGNATURES: schema.SIGNATURES}


@dataclass
class Counts:
    """What the summary says, added up shard by shard."""

    articles: int = 0
    words: int = 0
    status: Counter[str] = field(default_factory=Counter)
    inspections: int = 0
    duplicates: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    areas: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)  # by stage and error
    metrics: int = 0

    def add_tables(self, tables: Mapping[str, pa.RecordBatch]) -> None:
        """Counts the rows of a chunk."""
        articles = tables["articles"]
        self.articles += articles.num_rows
        self.words += pc.sum(articles["n_words"]).as_py() or 0
        self.inspections += pc.sum(articles["is_inspection"]).as_py() or 0
        self.duplicates += len(articles) - articles["duplicate_of"].null_count
        self.metrics += tables["metrics"].num_rows
        for counter, column in (
            (self.status, articles["status"]),
            (self.labels, tables["findings"]["label"]),
            (self.areas, tables["findings"]["area"]),
        ):
            counter.update(_tally(column))
        pairs = (tables["errors"][name].to_pylist() for name in ("stage", "error"))
        self.failures.update(map(" ".join, zip(*pairs, strict=True)))

    def add(self, other: Mapping[str, Any]) -> None:
        """Adds counts that have been written down."""
        for name, value in other.items():
            if isinstance(value, dict):
                getattr(self, name).update(value)
            else:
                setattr(self, name, getattr(self, name) + value)

    def to_dict(self) -> dict[str, Any]:
        """As written down."""
        return {name: dict(value) if isinstance(value, Counter) else value for name, value in vars(self).items()}


def _tally(column: pa.Array) -> dict[str, int]:
    return {pair["values"]: pair["counts"] for pair in pc.value_counts(column).to_pylist()}


class Store:
    """The dataset in an output directory; holds its lock from `open` to `close`."""

    def __init__(self, directory: Path, options: Options) -> None:
        self.directory = directory
        self.options = options
        self.inside = directory / "_cchc"
        self.plan_path = self.inside / "plan.jsonl"
        self.counts = Counts()
        self.shards = 0
        self.cursor = Cursor(0, 0)
        self._manifest = self.inside / "manifest.jsonl"
        self._lock: IO[bytes] | None = None
        self._shard: _Shard | None = None
        self._seen = Seen()

    @contextlib.contextmanager
    def open(self, *, resume: bool, overwrite: bool) -> Iterator[Store]:
        """Takes the directory, or raises `DatasetError`, and brings it to the state of its last whole shard."""
        self._check_place()
        new, bare = not self.directory.exists(), not self.inside.exists()
        self.inside.mkdir(parents=True, exist_ok=True)
        with self._locked():
            try:
                if not resume and not overwrite and (self.inside / "run.json").exists():
                    raise DatasetError(
                        f"{self.directory}: holds a dataset; --resume goes on with it, --overwrite makes it anew"
                    )
                if overwrite:
                    self._clear()
                self._begin()
                yield self
            finally:
                self._abandon()
                if bare and not (self.plan_path.exists() and self.plan_path.stat().st_size):
                    self._remove(all_of_it=new)

    def _check_place(self) -> None:
        """Raises `DatasetError` for a directory that holds anything but a dataset."""
        path = self.directory
        if path.exists() and not path.is_dir():
            raise DatasetError(f"{path}: is a file; the dataset needs a directory")
        there = sorted(os.listdir(path)) if path.is_dir() else []
        if there and not self.inside.is_dir():
            raise DatasetError(f"{path}: holds other files ({', '.join(there[:3])}); choose an empty directory")

    # --- the lock ----------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """The system takes the lock away from a process that is killed."""
        with (self.inside / "lock").open("ab") as stream:
            try:
                if sys.platform != "win32":
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                else:
                    msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError as error:
                raise DatasetLockedError(f"{self.directory}: another run is writing into it") from error
            yield

    # --- beginning ---------------------------------------------------------------------------------------

    def _clear(self) -> None:
        """Takes an earlier dataset away, what makes it one first."""
        for name in ("run.json", "manifest.jsonl", "plan.jsonl"):
            (self.inside / name).unlink(missing_ok=True)
        for name in _ALL:
            shutil.rmtree(self._folder(name), ignore_errors=True)

    def _remove(self, *, all_of_it: bool) -> None:
        """Leaves nothing behind of a run that never began."""
        for name in _ALL:
            with contextlib.suppress(OSError):
                self._folder(name).rmdir()
        shutil.rmtree(self.inside, ignore_errors=True)
        if all_of_it:
            with contextlib.suppress(OSError):
                self.directory.rmdir()

    def _begin(self) -> None:
        settings = {
            "format": FORMAT, "version": __version__, "schema_version": SCHEMA_VERSION,
            "options": self.options.shaping(),
        }  # fmt: skip
        path = self.inside / "run.json"
        if path.exists():
            self._compare(json.loads(path.read_text(encoding="utf-8")), settings)
        else:
            self._clear()  # what a run left that was killed before it had begun
            _write_safely(path, json.dumps(settings, ensure_ascii=False, indent=1).encode())
        for name in self._folders():
            self._folder(name).mkdir(exist_ok=True)
        shutil.rmtree(self.inside / "tmp", ignore_errors=True)
        (self.inside / "tmp").mkdir()
        self._load()
        self._sweep()
        for shard in range(self.shards if self.options.duplicates else 0):
            for row in pq.read_table(self._part(_SIGNATURES, shard)).to_pylist():
                self._seen.add(row["id"], row["signature"])

    def _folders(self) -> list[str]:
        """What a shard has a file in, in the order of their coming."""
        asked = {_LINES: self.options.jsonl, _SIGNATURES: self.options.duplicates}
        return [name for name in _ALL if asked.get(name, True)]

    def _folder(self, name: str) -> Path:
        return (self.inside if name == _SIGNATURES else self.directory) / name

    def _compare(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """A run goes on with the settings and the version that it began with."""
        differs = [key for key in ("format", "version", "schema_version") if old.get(key) != new[key]]
        before = old.get("options", {})
        differs += [key for key, value in new["options"].items() if before.get(key) != value]
        if differs:
            shown = ", ".join(
                f"{key}: {before.get(key, old.get(key))} -> {new['options'].get(key, new.get(key))}" for key in differs
            )
            raise DatasetError(f"{self.directory}: was begun with other settings ({shown}); use them, or --overwrite")

    def _load(self) -> None:
        """The manifest up to the first line that is damaged or whose files are not there; the rest is cut off."""
        good = 0
        if self._manifest.exists():
            with self._manifest.open("rb") as stream:
                for line in stream:
                    entry = _entry(line)
                    if entry is None or entry["shard"] != self.shards or not self._is_whole(entry):
                        break
                    good += len(line)
                    self.shards += 1
                    self.cursor = Cursor(*entry["end"])
                    self.counts.add(entry["counts"])
            if good < self._manifest.stat().st_size:
                os.truncate(self._manifest, good)

    def _is_whole(self, entry: Mapping[str, Any]) -> bool:
        try:
            return all(self._part(name, entry["shard"]).stat().st_size == size for name, size in entry["files"].items())
        except OSError:
            return False

    def _sweep(self) -> None:
        """Takes away files of shards that the manifest does not name."""
        for name in _ALL:
            for path in self._folder(name).glob("part-*"):
                number = path.name[5:].split(".")[0]
                if not number.isdecimal() or int(number) >= self.shards:
                    path.unlink()

    def _part(self, name: str, shard: int) -> Path:
        return self._folder(name) / _PART.format(shard, "jsonl.gz" if name == _LINES else "parquet")

    # --- writing -----------------------------------------------------------------------------------------

    def write(self, tables: schema.Tables, end: Cursor) -> None:
        """Adds a chunk to the shard at hand, and commits the shard when it is full."""
        if self._shard is None:
            self._shard = _Shard(self.inside / "tmp", self._folders())
        if self.options.duplicates:
            tables = self._mark_duplicates(tables)
        self._shard.write(tables)
        self._shard.end = end
        if self._shard.counts.articles >= self.options.shard_size:
            self.commit()

    def _mark_duplicates(self, tables: schema.Tables) -> schema.Tables:
        """Fills `duplicate_of`, and keeps the signatures of those that are none."""
        made = tables[_SIGNATURES].to_pylist()
        found = list(self._seen.originals((row["id"] for row in made), (row["signature"] for row in made)))
        kept = [row for row, original in zip(made, found, strict=True) if row["signature"] and original is None]
        articles = tables["articles"]
        column = articles.schema.get_field_index("duplicate_of")
        return {
            **tables,
            "articles": articles.set_column(column, "duplicate_of", pa.array(found, pa.string())),
            _SIGNATURES: schema.batch(kept, schema.SIGNATURES),
        }

    @property
    def uncommitted(self) -> Counts | None:
        """What the shard at hand adds to `counts`."""
        return self._shard.counts if self._shard else None

    def commit(self) -> None:
        """Makes the shard at hand part of the dataset."""
        shard, self._shard = self._shard, None
        if shard is None:
            return
        try:
            sizes = shard.finish()
            for name in self._folders():
                os.replace(shard.path(name), self._part(name, self.shards))
                _sync_directory(self._folder(name))
        except BaseException:
            shard.abandon()
            raise
        entry = {"shard": self.shards, "end": shard.end, "counts": shard.counts.to_dict(), "files": sizes}
        self._append(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        self.shards += 1
        self.cursor = shard.end
        self.counts.add(shard.counts.to_dict())

    def _append(self, line: bytes) -> None:
        """One line more in the manifest, or none."""
        with self._manifest.open("ab") as stream:
            size = stream.tell()
            try:
                stream.write(line)
                stream.flush()
                os.fsync(stream.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    os.truncate(self._manifest, size)
                raise
        _sync_directory(self.inside)

    def _abandon(self) -> None:
        if self._shard is not None:
            self._shard.abandon()
            self._shard = None


class _Shard:
    """One shard's files, while they are written under names of their own."""

    def __init__(self, directory: Path, folders: Iterable[str]) -> None:
        self._paths = {folder: directory / folder for folder in folders}
        self._files: dict[str, IO[bytes]] = {}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._kept: dict[str, list[pa.RecordBatch]] = {name: [] for name in self._paths}
        self.counts = Counts()
        self.end = Cursor(0, 0)

    def path(self, name: str) -> Path:
        """Where a table is written."""
        return self._paths[name]

    def write(self, tables: schema.Tables) -> None:
        """Adds the rows of a chunk."""
        if _LINES in self._paths:
            self._write_lines(tables["articles"])
        self.counts.add_tables(tables)
        for name, rows in tables.items():
            kept = self._kept[name]
            kept.append(rows)
            if sum(batch.nbytes for batch in kept) >= _GROUP_BYTES:
                self._flush(name)

    def _write_lines(self, articles: pa.RecordBatch) -> None:
        """Records as lines, each with the article's id and source; a gzip member for every chunk."""
        if _LINES not in self._files:
            self._files[_LINES] = self.path(_LINES).open("wb")
        columns = (articles[name].to_pylist() for name in ("id", "source", "record"))
        lines = [
            json.dumps({"id": key, "source": source}, ensure_ascii=False)[:-1] + f", {record[1:]}\n"
            for key, source, record in zip(*columns, strict=True)
            if record
        ]
        self._files[_LINES].write(gzip.compress("".join(lines).encode(), mtime=0))

    def _flush(self, name: str) -> None:
        if name not in self._writers:
            self._files[name] = self.path(name).open("wb")
            self._writers[name] = pq.ParquetWriter(self._files[name], _SCHEMAS[name], compression="zstd")
        kept = self._kept[name]
        if kept:
            self._writers[name].write_table(pa.Table.from_batches(kept))
            kept.clear()

    def finish(self) -> dict[str, int]:
        """Makes all files whole and safe; returns their sizes."""
        sizes = {}
        for name in self._paths:
            if name != _LINES:
                self._flush(name)
                self._writers[name].close()
        for name, stream in self._files.items():
            stream.flush()
            os.fsync(stream.fileno())
            sizes[name] = stream.tell()
            stream.close()
        return sizes

    def abandon(self) -> None:
        """Closes and removes what has been written."""
        for name, stream in self._files.items():
            if name in self._writers:
                with contextlib.suppress(Exception):  # a full disk fails the writer again
                    self._writers[name].close()
            with contextlib.suppress(OSError):
                stream.close()
            self.path(name).unlink(missing_ok=True)


def _entry(line: bytes) -> dict[str, Any] | None:
    """A line of the manifest; None for one that was cut off."""
    if not line.endswith(b"\n"):
        return None
    try:
        entry: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return entry


def _write_safely(path: Path, data: bytes) -> None:
    beside = path.with_suffix(".part")
    with beside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(beside, path)
    _sync_directory(path.parent)


def _sync_directory(path: Path) -> None:
    """Makes renames safe; some systems cannot, and need not."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
