"""From files to batches of articles: one generator a format, which yields items and survives what it can.

A fault of one article is an item with an error; a fault from which a file cannot be read on is raised as
`BatchInputError` or by the library, and becomes an item of stage `source` in `read`. Nothing is decoded or parsed here
that a worker can do: what reads the files feeds all the workers.
"""

from __future__ import annotations

import bz2
import codecs
import csv
import gzip
import io
import itertools
import lzma
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, cast

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from cchc_nlp.batch import schema
from cchc_nlp.batch.core import missing_column, too_long
from cchc_nlp.batch.options import Options
from cchc_nlp.batch.sources import Cursor, Source, Span, is_url
from cchc_nlp.errors import BatchInputError
from cchc_nlp.text.decode import decode

_PARQUET_ROWS = 64  # rows of a Parquet file that are in memory at a time
_WARC_HEADER = 1 << 20  # what the headers of a record may take besides the page
_PROBE = 1 << 16  # bytes by which a CSV file's encoding and delimiter are told
_MEMBER = b"\x1f\x8b\x08"

Item = dict[str, Any]


@dataclass(frozen=True)
class Chunk:
    """What a worker is sent: a batch of the schema `INPUT`, where in the archive it ends, and bytes read for it."""

    batch: pa.RecordBatch
    end: Cursor
    consumed: int


def chunks(span: Span, options: Options) -> Iterator[Chunk]:
    """The articles of a span in batches of bounded length and size; a batch does not depend on those before it."""
    items: list[Item] = []
    size = consumed = 0
    last = span.sources[-1]
    for number, source in enumerate(span.sources, span.first):
        skip = span.skip if number == span.first else 0
        progress = _Progress(source)
        for count, item in enumerate(itertools.islice(read(source, options, progress), skip, None), skip + 1):
            items.append(item)
            size += len(item.get("data") or b"")
            if len(items) >= options.chunk_size or size >= options.chunk_bytes:
                yield Chunk(schema.batch(items, schema.INPUT), Cursor(number, count), consumed + progress.read)
                items, size, consumed = [], 0, -progress.read
        consumed += source.size
        if source is last and (items or consumed):
            yield Chunk(schema.batch(items, schema.INPUT), Cursor(number + 1, 0), consumed)


class _Progress:
    """How many bytes of a file have been read; at most its size."""

    def __init__(self, source: Source) -> None:
        self._size = source.size
        self.stream: IO[bytes] | None = None

    @property
    def read(self) -> int:
        try:
            return min(self.stream.tell(), self._size) if self.stream else 0
        except (OSError, ValueError):
            return 0


def read(source: Source, options: Options, progress: _Progress | None = None) -> Iterator[Item]:
    """The articles of a file in order, and last the fault that ended it, if one did."""
    kind, compression = source.form
    count = 0
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(_opened(source))
            if progress is not None:
                progress.stream = raw
            if kind in ("text", "html"):
                yield _whole(source, raw, kind, compression, options)
                return
            reader = _READERS[kind](source, raw, compression, options)
            for item in reader:
                count += 1
                yield {"source": source.name, **item}
        except Exception as error:  # whatever a damaged file makes a library raise
            if kind in ("text", "html"):  # the file is the article
                yield _failed({"id": source.name, "source": source.name, "position": 0}, _named(error))
            else:
                yield _failed({"source": source.name, "position": count}, _named(error), stage="source")


def _opened(source: Source) -> IO[bytes]:
    if is_url(source.path):
        return cast("IO[bytes]", fsspec.open(source.path, "rb").open())
    return open(source.path, "rb")


def _named(error: Exception) -> Exception:
    """The error, as one of ours where a library's says little by itself."""
    if isinstance(error, EOFError):
        return BatchInputError(f"the file ends in the middle of its compressed data: {error}")
    return error


def _failed(item: Item, error: Exception, stage: str = "read") -> Item:
    return {**item, "stage": stage, "error": type(error).__name__, "message": str(error)}


def _unpacked(raw: IO[bytes], compression: str | None) -> IO[bytes]:
    if compression == "gzip":
        return cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
    if compression == "zstd":  # Arrow's reader tells a truncated file from a whole one
        return cast("IO[bytes]", io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(raw, "r"), "zstd")))
    if compression == "bz2":
        return cast("IO[bytes]", bz2.BZ2File(raw))
    if compression == "xz":
        return cast("IO[bytes]", lzma.LZMAFile(raw))
    return raw


def _whole(source: Source, raw: IO[bytes], kind: str, compression: str | None, options: Options) -> Item:
    """A file of one article."""
    item: Item = {"id": source.name, "source": source.name, "position": 0, "format": kind}
    data = _unpacked(raw, compression).read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        size = f"{source.size}" if compression is None else f"over {options.max_bytes}"
        return _failed(item, too_long(size, "bytes", options))
    return {**item, "data": data}


def _jsonl(_source: Source, raw: IO[bytes], compression: str | None, options: Options) -> Iterator[Item]:
    stream = _unpacked(raw, compression)
    limit = 2 * options.max_bytes + 65_536  # escapes and other columns
    for position in itertools.count():
        line = stream.readline(limit)
        if not line:
            return
        if len(line) == limit and not line.endswith(b"\n"):
            size = limit
            while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
                size += len(rest)
            yield _failed({"position": position}, too_long(size + len(rest), "bytes in the line", options))
        elif line.strip():
            yield {"position": position, "format": "json", "data": line.lstrip(b"\xef\xbb\xbf")}


def _csv(source: Source, raw: IO[bytes], compression: str | None, options: Options) -> Iterator[Item]:
    stream = io.BufferedReader(cast("Any", _unpacked(raw, compression)), _PROBE)
    probe = stream.peek(_PROBE)[:_PROBE]
    encoding = decode(probe).encoding
    if encoding in ("tcvn3", "vni", "binary"):
        raise BatchInputError(f"the encoding of the file is {encoding}; write it anew as UTF-8")
    text = io.TextIOWrapper(stream, _with_mark(probe, encoding), errors="replace", newline="")
    csv.field_size_limit(2 * options.max_chars)
    head = decode(probe).text.splitlines()[:1]
    delimiter = max(",;\t|", key=head[0].count) if head else ","
    rows = csv.reader(text, delimiter=delimiter)
    columns = next(rows, None)
    if columns is None:
        return
    if options.text_column not in columns:
        raise missing_column("no", options.text_column, columns)
    for position in itertools.count():
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield _failed({"position": position}, BatchInputError(f"line {rows.line_num}: {error}"))
            continue
        if not cells:
            continue
        if len(cells) != len(columns):
            fault = f"line {rows.line_num}: {len(cells)} cells, the header has {len(columns)}"
            yield _failed({"position": position}, BatchInputError(fault))
            continue
        yield _cells(dict(zip(columns, cells, strict=True)), position, options)


def _with_mark(probe: bytes, encoding: str) -> str:
    """The encoding under the name by which a byte-order mark is passed over."""
    if encoding == "utf-8":
        return "utf-8-sig"
    return encoding[:6] if probe[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else encoding


def _parquet(_source: Source, raw: IO[bytes], _compression: str | None, options: Options) -> Iterator[Item]:
    file = pq.ParquetFile(raw, pre_buffer=False, buffer_size=1 << 20)
    there = file.schema_arrow.names
    if options.text_column not in there:
        raise missing_column("no", options.text_column, there)
    names = [getattr(options, f"{key}_column") for key in ("text", "id", "title", "published", "url")]
    columns = list(dict.fromkeys(name for name in names if name in there))
    position = 0
    for rows in file.iter_batches(_PARQUET_ROWS, columns=columns, use_threads=False):
        for row in rows.to_pylist():
            yield _cells(row, position, options)
            position += 1


def _cells(row: dict[str, Any], position: int, options: Options) -> Item:
    """An article of a table's row."""
    item: Item = {"position": position, "format": "text"}
    for key in ("id", "title", "published", "url"):
        value = row.get(getattr(options, f"{key}_column"))
        if value is not None and value != "":
            item[key] = _shown(value)
    text = row.get(options.text_column)
    if isinstance(text, str):
        text = text.encode("utf-8", "replace")
    if not isinstance(text, bytes):
        fault = f"no text in column {options.text_column!r}: {type(text).__name__}"
        return _failed(item, BatchInputError(fault))
    if len(text) > options.max_bytes:
        return _failed(item, too_long(len(text), "bytes", options))
    return {**item, "data": text}


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


# --- web archives ---------------------------------------------------------------------------------------

_PAGES = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)
_READABLE = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}


def _warc(_source: Source, raw: IO[bytes], compression: str | None, options: Options) -> Iterator[Item]:
    """The pages of a web archive; behind a damaged record reading goes on at the next one that can be found."""
    if compression not in (None, "gzip"):
        raw, compression = io.BytesIO(_unpacked(raw, compression).read()), None
    start = 0
    while True:
        at, whole = start, False  # the record at hand, and whether it could be read
        raw.seek(start)
        try:
            for record in ArchiveIterator(raw, parse_http=False):
                at, whole = record.stream_pos, False
                item = _page(record, at, options)
                whole = True
                if item is not None:
                    yield item
            return
        except Exception as error:
            # an error between two records is one in the head of the next
            damaged = _end_of_record(raw, at, compression) if whole else at
            yield _failed({"position": damaged}, BatchInputError(f"damaged record: {error}"))
            found = _next_record(raw, damaged + 1, compression)
            if found is None:
                return
            start = found


def _page(record: WarcRecord, position: int, options: Options) -> Item | None:
    """The article of a record; None for one that holds no page."""
    if record.record_type not in _PAGES:
        return None
    headers = record.headers
    item: Item = {"position": position}
    item["id"] = (headers.get("WARC-Record-ID") or "").strip("<>") or None
    item["url"] = (headers.get("WARC-Target-URI") or "").strip("<>") or None
    size = record.content_length
    if size > options.max_bytes + _WARC_HEADER:
        return _failed(item, too_long(size, "bytes", options))
    record.freeze()
    if record.content_length < size:
        return _failed(item, BatchInputError(f"the record ends after {record.content_length} of {size} bytes"))
    charset: str | None = None
    media = (headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    if record.is_http:
        record.parse_http(auto_decode="all")
        if record.http_headers is None or record.http_headers.status_code != 200:
            return None
        media, charset = (record.http_content_type or "").lower(), record.http_charset
    if media not in _READABLE:
        return None
    data = record.reader.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        return _failed(item, too_long(f"over {options.max_bytes}", "bytes", options))
    return {**item, "format": _READABLE[media], "data": data, "charset": charset}


def _end_of_record(raw: IO[bytes], start: int, compression: str | None) -> int:
    """Where a whole record ends."""
    raw.seek(start)
    if compression is None:
        size, head = 0, raw.read(_WARC_HEADER)
        end = head.find(b"\r\n\r\n")
        for line in head[: max(end, 0)].lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                size = int(line[15:])
        return start + end + 4 + size + 4
    member, read = zlib.decompressobj(zlib.MAX_WBITS | 16), 0
    while not member.eof and (block := raw.read(1 << 16)):
        read += len(block)
        member.decompress(block)
    return start + read - len(member.unused_data)


def _next_record(raw: IO[bytes], start: int, compression: str | None) -> int | None:
    """Where the next record begins, by what records begin with."""
    mark = _MEMBER if compression else b"WARC/1."
    raw.seek(start)
    kept, position = b"", start
    while block := raw.read(1 << 20):
        window = kept + block
        found = window.find(mark)
        while found >= 0:
            at = position - len(kept) + found
            if _begins_record(raw, at, compression):
                return at
            raw.seek(position + len(block))
            found = window.find(mark, found + 1)
        kept = window[-len(mark) + 1 :]
        position += len(block)
    return None


def _begins_record(raw: IO[bytes], at: int, compression: str | None) -> bool:
    raw.seek(max(at - 1, 0))
    if compression is None:
        return at == 0 or raw.read(1) == b"\n"
    raw.seek(at)
    try:
        return gzip.GzipFile(fileobj=io.BytesIO(raw.read(1 << 14))).read(5) == b"WARC/"
    except (OSError, EOFError, ValueError):
        return False


_READERS: dict[str, Any] = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet, "warc": _warc}
