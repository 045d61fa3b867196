"""Reads the tables of a dataset batch by batch, after a look at whether it is one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_nlp.errors import (
    EmptyDatasetError,
    MissingColumnError,
    MissingExtraError,
    MissingTableError,
    NoDatasetError,
    SchemaVersionError,
    UnreadableInputError,
)
from cchc_nlp.records import SCHEMA_VERSION

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]

# what a report reads; tables and columns beside them are left alone
NEEDED = {
    "articles": (
        "id", "source", "status", "published", "title", "is_inspection", "relevance", "kind", "inspection_date",
        "inspector", "inspected", "inspected_units", "n_words", "schema_version",
    ),
    "findings": ("id", "source", "year", "number", "start", "end", "text", "label", "area", "unit", "unit_code"),
    "metrics": ("id", "year", "value", "unit", "indicator"),
    "errors": ("id", "source", "stage", "error", "message"),
}  # fmt: skip
_ROWS = 1 << 14


class Dataset:
    """The tables of a directory; raises a `DatasetReadError` that says what is wrong with it."""

    def __init__(self, path: Path) -> None:
        try:
            import pyarrow.dataset  # noqa: F401, PLC0415  (optional)
        except ImportError as error:
            raise MissingExtraError('a report needs pyarrow and matplotlib: pip install "cchc-nlp[report]"') from error
        self.path = path
        self._tables: dict[str, Any] = {}
        if not (path / "articles").is_dir():
            raise NoDatasetError(path)
        for name, columns in NEEDED.items():
            self._tables[name] = self._opened(name, columns)
        self._check()

    def has(self, table: str, column: str) -> bool:
        """Whether a table has a column that not all datasets have."""
        return self._tables[table] is not None and column in self._tables[table].schema.names

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        return self._tables[table].count_rows() if self._tables[table] is not None else 0

    def batches(
        self, table: str, columns: Sequence[str], *, optional: Sequence[str] = (), ids: Collection[str] | None = None
    ) -> Iterator[pa.Table]:
        """These columns of a table in its order, some rows at a time; of some articles only where `ids` are given."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.dataset as ds  # noqa: PLC0415

        opened = self._tables[table]
        if opened is None:
            return
        wanted = [*columns, *(name for name in optional if self.has(table, name))]
        only = ds.field("id").isin(pa.array(sorted(ids), pa.string())) if ids is not None else None
        scanned = opened.to_batches(
            columns=wanted, filter=only, batch_size=_ROWS, batch_readahead=2, fragment_readahead=1, use_threads=True
        )
        try:
            for batch in scanned:
                if batch.num_rows:
                    yield pa.Table.from_batches([batch])
        except (pa.ArrowInvalid, OSError) as error:
            raise UnreadableInputError(f"{self.path / table}: {error}") from error

    # -- whether it is a dataset ------------------------------------------------------------------------------

    def _opened(self, name: str, columns: Sequence[str]) -> Any:
        """A table of the directory, None for one without files; hidden files and unfinished ones are passed over."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.dataset as ds  # noqa: PLC0415

        folder = self.path / name
        if not folder.is_dir():
            raise MissingTableError(self.path, name)
        files = sorted(
            file
            for file in folder.rglob("*.parquet")
            if not any(part.startswith((".", "_")) for part in file.relative_to(folder).parts)
        )
        if not files:
            return None
        try:
            opened = ds.dataset(
                [str(file) for file in files],
                format="parquet",
                partitioning=ds.partitioning(flavor="hive"),
                partition_base_dir=str(folder),
            )
        except (pa.ArrowInvalid, OSError) as error:
            raise UnreadableInputError(f"{folder}: {error}") from error
        missing = [column for column in columns if column not in opened.schema.names]
        if missing:
            raise MissingColumnError(self.path, name, ", ".join(missing))
        return opened

    def _check(self) -> None:
        """That there are articles, and records of a form that is known: one of the same first number."""
        import pyarrow.compute as pc  # noqa: PLC0415

        if not self.rows("articles"):
            raise EmptyDatasetError(self.path)
        versions: set[str] = set()
        for table in self.batches("articles", ["schema_version"]):
            versions.update(filter(None, pc.unique(table["schema_version"]).to_pylist()))
        known = SCHEMA_VERSION.partition(".")[0]
        foreign = sorted(version for version in versions if version.partition(".")[0] != known)
        if foreign:
            raise SchemaVersionError(self.path, ", ".join(foreign), SCHEMA_VERSION)
