"""What a run is asked to do; plain values only, so that they travel to other processes and into `run.json`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

# An article whose cheap score of an inspection lies below this is set aside unread (docs/batch.md says what that
# costs and loses; `python -m benchmarks.batch --threshold` measures it).
RELEVANT_AT = 0.05

# how a run is done changes nothing in its rows, so a resumed run may choose anew
_FREE = ("timeout",)


@dataclass(frozen=True)
class Options:
    """Settings of a run that reach every article.

    Columns are those of JSONL, CSV and Parquet input. `chunk_size` and `chunk_bytes` bound what a worker is sent at a
    time, `shard_size` is about how many articles a file of the dataset holds; `max_chars` is the length from which an
    article is refused, `timeout` the seconds after which its worker is replaced (0: never).
    """

    relevant_only: bool = True
    threshold: float = RELEVANT_AT
    id_column: str = "id"
    text_column: str = "text"
    published_column: str = "published"
    title_column: str = "title"
    url_column: str = "url"
    duplicates: bool = False
    jsonl: bool = False
    models: str | None = None
    max_chars: int = 1_000_000
    shard_size: int = 4000
    chunk_size: int = 64
    chunk_bytes: int = 1 << 20
    timeout: float = 60.0

    @property
    def max_bytes(self) -> int:
        """The size from which an article is refused before it is decoded: UTF-8 has four bytes a character at most."""
        return 4 * self.max_chars

    def shaping(self) -> dict[str, Any]:
        """The settings on which the rows depend: a resumed run has to have the same."""
        return {key: value for key, value in asdict(self).items() if key not in _FREE}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Options:
        """From `asdict`, past settings of other versions left aside."""
        known = {field.name for field in fields(cls)}
        return cls(**{key: value for key, value in values.items() if key in known})
