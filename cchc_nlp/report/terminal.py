"""Records, explanations and figures as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cchc_nlp.extractor import default_extractor
from cchc_nlp.report import explain
from cchc_nlp.report.html import Language, header, show, words
from cchc_nlp.report.tables import rows

if TYPE_CHECKING:
    from cchc_nlp.evaluation import Evaluation
    from cchc_nlp.records import ArticleRecord
    from cchc_nlp.units import Unit

_COLUMNS = {
    "dates": ("text", "value"),
    "places": ("text", "name", "unit_code", "unit"),
    "agencies": ("text", "unit_code", "name"),
    "officials": ("name", "title", "org"),
    "metrics": ("text", "comparator", "value", "unit", "indicator"),
    "documents": ("type", "number", "title", "date", "issuer"),
    "findings": ("label", "area", "unit", "unit_code", "text"),
}
_EVENT = ("kind", "date", "inspector", "lead", "inspected")
_PLAIN_WIDTH = 160


def _console(stream: TextIO) -> Console:
    terminal = stream.isatty()
    return Console(file=stream, width=None if terminal else _PLAIN_WIDTH, highlight=False)


def _grid(title: str, head: tuple[str, ...], body: list[list[str]]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, title_style="bold", pad_edge=False)
    for index, name in enumerate(head):
        table.add_column(name, overflow="fold", ratio=3 if index == len(head) - 1 else None)
    for row in body:
        table.add_row(*(Text(cell) for cell in row))
    return table


def tables(stream: TextIO, name: str, record: ArticleRecord, language: Language) -> None:
    """All tables of one record."""
    console, word = _console(stream), words(language)
    console.rule(Text(name), align="left")
    flat = rows(record)
    summary = {**flat["article"][0], **flat["inspection"][0]}
    for key in ("title", "published", "author", "is_inspection", *_EVENT):
        shown = show(summary[key], word)
        if shown:
            console.print(Text.assemble((f"{word[key]}: ", "bold"), shown))
    flat["metrics"] = [{**row, "value": _amount(row, word)} for row in flat["metrics"]]
    for kind, columns in _COLUMNS.items():
        body = [[_one_line(show(row[c], word)) for c in columns] for row in _distinct(flat[kind], columns)]
        if body:
            console.print(_grid(f"{word[kind]} ({len(body)})", tuple(header(kind, c, word) for c in columns), body))


def _amount(metric: Mapping[str, object], word: dict[str, str]) -> str:
    """A value with the lower end of its range and the whole of its ratio: 6-22, 3/12."""
    low, value, whole = (show(metric[key], word) for key in ("low", "value", "of"))
    return (f"{low}-" if low else "") + value + (f"/{whole}" if whole else "")


def _distinct(content: list[dict[str, object]], columns: tuple[str, ...]) -> list[dict[str, object]]:
    """Rows that differ in what is shown: a body named ten times is one row."""
    return list({tuple(str(row[c]) for c in columns): row for row in reversed(content)}.values())[::-1]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def listing(stream: TextIO, found: Sequence[Unit], language: Language) -> None:
    """Official units as a table; nothing for none."""
    word = words(language)
    body = []
    for unit in found:
        span = " - ".join(day.strftime("%d/%m/%Y") if day else "" for day in (unit.valid_from, unit.valid_to))
        became = ", ".join(f"{heir.code} {heir.path}" for heir in unit.successors() if heir != unit)
        body.append([unit.code or "", unit.path, unit.since, span.strip(), became])
    if body:
        head = ("unit_code", "units.path", "unit_since", "units.valid", "units.became")
        _console(stream).print(_grid(f"{word['units']} ({len(body)})", tuple(word[key] for key in head), body))


def explanation(stream: TextIO, name: str, data: bytes, published: date | None, language: Language) -> None:
    """What one article reports as a whole; then every span in text order: kind, rule, confidence and why."""
    console, word = _console(stream), words(language)
    console.rule(Text(name), align="left")
    event, found = explain.explain(default_extractor(), data, published, language)
    judged = f"{show(event.is_inspection, word)} ({word['confidence'].lower()} {event.confidence:.2f})"
    shown = {"is_inspection": judged, **{key: show(getattr(event, key), word) for key in _EVENT}}
    if event.weighed:
        shown["weighed"] = ", ".join(f"{unit} {weight:.1f}" for unit, weight in event.weighed)
    for key, value in shown.items():
        console.print(Text.assemble((f"{word[key]}: ", "bold"), value or word["unknown"]))
    body = [
        [
            f"{line.start}-{line.end}",
            word[line.kind],
            _one_line(line.text),
            line.rule,
            f"{line.confidence:.2f}",
            line.why,
        ]
        for line in found
    ]
    head = ("position", "kind", "text", "rule", "confidence", "why")
    console.print(_grid("", tuple(header("explain", key, word) for key in head), body) if body else word["nothing"])


def figures(result: Evaluation, other: Evaluation | None, *, show_errors: bool, language: Language) -> None:
    """The table of an evaluation, beside that of another where there is one, with every error where asked for."""
    console, word = Console(highlight=False), words(language)
    after = {row.name: row for row in other.rows()} if other is not None else {}
    table = Table(box=box.SIMPLE_HEAD)
    for key in ("field", "precision", "recall", "F1", "gold", *(["F1'"] if after else [])):
        table.add_column(word.get(key, key), justify="left" if key == "field" else "right")
    for row in result.rows():
        cells = [f"{row.precision:.3f}", f"{row.recall:.3f}", f"{row.f1:.3f}", str(row.gold)]
        table.add_row(row.name, *cells, *([f"{after[row.name].f1:.3f}"] if row.name in after else []))
    console.print(table)
    console.print(f"{result.articles} {word['articles_scored']}")
    if show_errors:
        for error in (other or result).errors:
            print(*error, sep="\t")
