"""The dataset: its tables as Arrow schemas, and the batches of articles that become them.

A dataset is a directory with a folder for each table; all files of a folder share its schema (Parquet, zstd).
`articles` has one row for every article of the input, in the order of the input; the flat tables have the rows of
`done` articles, in the same order; `errors` has one row for every failed article and one for every fault of a file
that is no article's (stage `source`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyarrow as pa

_text, _int, _float = pa.string(), pa.int32(), pa.float64()


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in columns.items()])


ARTICLES: Final = _schema(
    id=_text,  # its own, else made from source and position
    source=_text,  # path or URL of the input file, as given
    position=pa.int64(),  # row in it, from 0; in WARC the byte offset of the record; 0 for a file of one article
    status=_text,  # done, irrelevant, failed
    published=_text,  # ISO date or date-time: of its column, of the page's metadata, or as the text prints it
    title=_text,  # likewise
    is_inspection=pa.bool_(),  # null unless done, as all that follows but `relevance`, `n_words` and `url`
    relevance=_float,  # the cheap score that the threshold is compared with; null if failed before it
    kind=_text,  # kiểm tra, giám sát, thanh tra, khảo sát, họp đánh giá
    inspection_date=_text,  # TIMEX3
    inspector=_text,
    lead=_text,
    inspected=pa.list_(_text),
    inspected_units=pa.list_(_text),  # official codes, one for each of `inspected`; null where not linked
    n_words=_int,  # pieces between blanks
    schema_version=_text,  # of the record
    record=_text,  # the record as JSON (docs/record.md)
    url=_text,  # of its column, of the WARC record, or the page's own
    duplicate_of=_text,  # with --duplicates: id of the first article that says the same
)
FINDINGS: Final = _schema(
    id=_text, source=_text, published=_text,
    year=_int,  # of the inspection, else of publication
    number=_int,  # index in the record's list
    start=_int, end=_int, text=_text, label=_text, area=_text, unit=_text, unit_code=_text,
    confidence=_float, rule=_text,
)  # fmt: skip
METRICS: Final = _schema(
    id=_text, year=_int, number=_int, start=_int, end=_int, text=_text, value=_float, unit=_text, comparator=_text,
    of=_float, low=_float, indicator=_text,
    finding=_int,  # number of the finding that it stands in
)  # fmt: skip
OFFICIALS: Final = _schema(
    id=_text, name=_text, title=_text, org=_text
)  # a row a role, one without for those with none
PLACES: Final = _schema(id=_text, start=_int, end=_int, text=_text, name=_text, level=_text, unit_code=_text)
DOCUMENTS: Final = _schema(
    id=_text, start=_int, end=_int, text=_text, type=_text, doc_number=_text, date=_text, issuer=_text, title=_text
)
ERRORS: Final = _schema(
    id=_text, source=_text, position=pa.int64(),
    stage=_text,  # source (the file itself), read, page, extract, timeout, worker
    error=_text,  # name of the error's class
    message=_text,
)  # fmt: skip

TABLES: Final[Mapping[str, pa.Schema]] = {
    # `articles` last: an article that can be seen has all its rows in place
    "findings": FINDINGS, "metrics": METRICS, "officials": OFFICIALS, "places": PLACES, "documents": DOCUMENTS,
    "errors": ERRORS, "articles": ARTICLES,
}  # fmt: skip

# What goes in: one row an article, undecoded. `format` says what `data` is: `text` and `html` are bytes of a file,
# `json` is a line with the article's columns. A row with `error` could not be read and only passes through.
INPUT: Final = _schema(
    id=_text, source=_text, position=pa.int64(), format=_text, data=pa.large_binary(), charset=_text, published=_text,
    title=_text, url=_text, stage=_text, error=_text, message=_text,
)  # fmt: skip

# what travels beside the articles where duplicates are looked for; one row an article
SIGNATURES: Final = _schema(id=_text, signature=pa.binary())

Tables = dict[str, pa.RecordBatch]


def batch(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows as a record batch; a missing key is null."""
    rows = list(rows)
    columns = [pa.array([row.get(field.name) for row in rows], field.type) for field in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def pack(table: pa.RecordBatch) -> bytes:
    """A batch as bytes that any process can read."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_batch(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def unpack(data: bytes) -> pa.RecordBatch:
    """The batch of `pack`."""
    with pa.ipc.open_stream(data) as reader:
        return reader.read_next_batch()
