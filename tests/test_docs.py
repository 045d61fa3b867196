"""The documentation tells the truth: its code runs, its tables hold, its commands and links exist."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from cchc_nlp import extract
from cchc_nlp.cli import app
from cchc_nlp.records import ArticleRecord
from cchc_nlp.stages import STAGE_NAMES

SHOWN = [Path("README.md"), Path("README.vi.md"), *sorted(Path("docs").glob("*.md"))]
PAGES = [
    *SHOWN,
    *map(Path, ("CHANGELOG.md", "CONTRIBUTING.md", "corpus/FORMAT.md", "corpus/README.md", "models/README.md")),
]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]*))?\)")
_OPTION = re.compile(r"(?<!\S)--?[a-z][a-z-]*")
_LITERAL = re.compile(r"[\[('\"{\d]|True|False|None")


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _blocks(page: Path, language: str) -> list[str]:
    return [code for name, code in _FENCE.findall(_text(page)) if name == language]


def _commands(page: Path) -> Iterator[str]:
    """What stands in code of any kind as something to type."""
    text = _text(page)
    yield from "".join(_blocks(page, "")).splitlines()
    yield from _INLINE_CODE.findall(_FENCE.sub("", text))


# --- code -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [page for page in SHOWN if _blocks(page, "python")], ids=str)
def test_python_blocks_run_and_give_what_their_comments_say(page: Path) -> None:
    namespace: dict[str, Any] = {}
    for code in _blocks(page, "python"):
        lines = code.splitlines()
        for statement in ast.parse(code).body:
            if not isinstance(statement, ast.Expr):
                exec(compile(ast.Module([statement], []), str(page), "exec"), namespace)
                continue
            value = eval(compile(ast.Expression(statement.value), str(page), "eval"), namespace)
            comment = lines[(statement.end_lineno or 1) - 1].encode()[statement.end_col_offset :].decode().lstrip(" #")
            if _LITERAL.match(comment):
                shown = repr(value)
                assert comment == shown or comment.startswith(f"{shown}, "), f"{ast.unparse(statement)} is {shown}"


def test_both_readmes_show_the_same_code() -> None:
    english, vietnamese = ([ast.dump(ast.parse(code)) for code in _blocks(page, "python")] for page in SHOWN[:2])
    assert english == vietnamese
    commands = [
        [re.split(r" {2,}", line)[0] for block in _blocks(page, "") for line in block.splitlines()]
        for page in SHOWN[:2]
    ]
    assert commands[0] == commands[1]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_commands_know_their_options(page: Path) -> None:
    for line in _commands(page):
        if line.startswith("cchc "):
            name = line.split()[1]
            shown = CliRunner().invoke(app, [name, "--help"])
            assert shown.exit_code == 0, line
            assert set(_OPTION.findall(line)) <= set(re.findall(r"--?[a-z][a-z-]*", shown.output)), line


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_make_targets_and_modules_exist(page: Path) -> None:
    targets = set(re.findall(r"^(\w+):", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for line in _commands(page):
        if made := re.match(r"make (\w+)", line):
            assert made[1] in targets, line
        if module := re.match(r"python -m ((?:tools|benchmarks)\.\w+)", line):
            assert importlib.util.find_spec(module[1]) is not None, line


# --- links ----------------------------------------------------------------------------------------------


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", _text(page)), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_relative_links_lead_somewhere(page: Path) -> None:
    for target, anchor in _LINK.findall(_INLINE_CODE.sub("", _FENCE.sub("", _text(page)))):
        goal = page.parent / target if target else page
        assert goal.exists(), target
        assert not anchor or anchor in _anchors(goal), f"{target}#{anchor}"


# --- docs/record.md -------------------------------------------------------------------------------------

RECORD = Path("docs/record.md")
# findings are read in an article on an inspection only
FRAME = (
    "Sáng 4/5, Đoàn kiểm tra cải cách hành chính của UBND huyện làm việc với UBND xã Thạch Lương.\n"
    "Đây là đợt kiểm tra công vụ thứ hai trong năm; đoàn giám sát của HĐND huyện cùng tham dự.\n"
)


class Row(NamedTuple):
    """A row of a table whose first column is what an article prints, with the mentions in bold."""

    kind: str
    printed: str
    fields: dict[str, str]


def _rows() -> Iterator[Row]:
    kind, columns = "", list[str]()
    for line in _text(RECORD).splitlines():
        if line.startswith("## "):
            kind = line[3:]
        cells = [cell.strip(" `") for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells or columns == [] or columns[0] != "printed":
            columns = cells
        elif not set(cells[0]) <= {"-"}:
            yield Row(kind, cells[0], dict(zip(columns[1:], cells[1:], strict=True)))


ROWS = list(_rows())


def _article(row: Row) -> tuple[str, int]:
    """The text in which a row is read, and where it stands there; findings are read together, in one article."""
    if row.kind != "findings":
        return _plain(row), 0
    rows = [other for other in ROWS if other.kind == row.kind]
    before = FRAME + "".join(_plain(other) + "\n" for other in rows[: rows.index(row)])
    return before + "\n".join(map(_plain, rows[rows.index(row) :])), len(before)


def _plain(row: Row) -> str:
    return row.printed.replace("**", "")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.printed)
def test_tables_of_examples_hold(row: Row) -> None:
    text, start = _article(row)
    published = row.fields.get("published")
    record = extract(text, published=date.fromisoformat(published) if published else None)
    found = [m for m in getattr(record, row.kind) if start <= m.start < start + len(_plain(row))]
    assert [mention.text for mention in found] == re.findall(r"\*\*(.+?)\*\*", row.printed)
    for name in row.fields.keys() - {"published"}:
        values = [getattr(mention, name) for mention in found]
        shown = ["" if v is None else str(int(v) if isinstance(v, float) and v.is_integer() else v) for v in values]
        assert shown == (row.fields[name].split("; ") if found else [])


def _fields(schema: dict[str, Any]) -> set[str]:
    models = [schema, *schema["$defs"].values()]
    return {name for model in models for name in model["properties"]}


def test_every_field_is_described() -> None:
    described = set(_INLINE_CODE.findall(_text(RECORD))) | set(re.findall(r"^## (\w+)$", _text(RECORD), re.MULTILINE))
    assert _fields(ArticleRecord.model_json_schema(mode="serialization")) <= described


# --- docs/architecture.md -------------------------------------------------------------------------------


def test_the_architecture_names_every_module_and_every_stage_in_order() -> None:
    text = _text(Path("docs/architecture.md"))
    modules = [path.relative_to("cchc_nlp") for path in sorted(Path("cchc_nlp").rglob("*.py"))]
    missing = [str(path) for path in modules if f"`{path.as_posix()}`" not in text and path.stem[0] != "_"]
    assert not missing
    places = [text.index(name) for name in STAGE_NAMES]
    assert places == sorted(places)
