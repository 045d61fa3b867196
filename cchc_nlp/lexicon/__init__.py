"""Knowledge as data: one tab-separated UTF-8 file a table, read here and nowhere else.

A table's first line that is no comment names its columns; `#` at the start of a line is a comment; a
missing last cell is an empty string. A table with a column `phrase` (lower case) is scanned for: all its
phrases are found in a text by one pass over it (`cchc_nlp.text.scan`). Several phrases that share a row's
other cells may stand in one cell, parted by ` | `.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from cchc_nlp.errors import LexiconError

Row = dict[str, str]

# the line that names the columns is the first that is no comment
_PHRASE_COLUMN = re.compile(r"\A(?:#[^\n]*\n|\s*\n)*(?:[^\n#]*\t)?phrase(?:\t|\n)")


def parse(name: str, content: str) -> tuple[Row, ...]:
    """Rows of one table; raises `LexiconError` naming the file and the line."""
    columns: list[str] | None = None
    rows: list[Row] = []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if columns is None:
            columns = cells
            continue
        if len(cells) > len(columns) or not cells[0]:
            raise LexiconError(f"lexicon/{name}.tsv, line {number}: {len(cells)} cells under {len(columns)} columns")
        cells += [""] * (len(columns) - len(cells))
        row = dict(zip(columns, cells, strict=True))
        phrases = row.get("phrase", "").split(" | ")
        rows.extend({**row, "phrase": phrase.strip()} for phrase in phrases) if "phrase" in row else rows.append(row)
    if columns is None:
        raise LexiconError(f"lexicon/{name}.tsv: no line names the columns")
    return tuple(rows)


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of `lexicon/NAME.tsv`, in file order."""
    return parse(name, content(name))


@cache
def mapping(name: str, key: str, value: str) -> dict[str, str]:
    """A table as a dictionary from one column to another."""
    return {row[key]: row[value] for row in table(name)}


def content(name: str) -> str:
    """The text of `lexicon/NAME.tsv`."""
    return resources.files(__package__).joinpath(f"{name}.tsv").read_text(encoding="utf-8")


@cache
def scanned_tables() -> tuple[str, ...]:
    """Names of the tables with a `phrase` column."""
    names = sorted(
        e.name.removesuffix(".tsv") for e in resources.files(__package__).iterdir() if e.name.endswith(".tsv")
    )
    return tuple(name for name in names if _PHRASE_COLUMN.search(content(name)))
