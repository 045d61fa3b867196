"""The command `cchc`: `extract`, `explain`, `evaluate`, `schema`.

Exit codes: 0 all inputs were read; 1 some input could not be read (the others still came out); 2 wrong usage;
3 nothing could be read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from cchc_nlp import errors, extract
from cchc_nlp._version import __version__

if TYPE_CHECKING:
    from cchc_nlp.records import ArticleRecord

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Trích xuất bản ghi từ bài viết về kiểm tra, giám sát, thanh tra cơ quan nhà nước. / "
    "Records from Vietnamese articles on inspections of public bodies.",
    epilog="Mã thoát / exit codes: 0 tốt / fine; 1 có tệp không đọc được / some input unreadable; "
    "2 sai cách dùng / wrong usage; 3 không đọc được gì / nothing readable.",
)

_SUFFIXES = (".txt", ".html", ".htm")


class Format(str, Enum):
    """How records are shown."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


class Lang(str, Enum):
    """Language of tables, pages and messages."""

    VI = "vi"
    EN = "en"


Inputs = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="tệp, thư mục hoặc - (đầu vào chuẩn) / files, directories or - for stdin"),
]
LangOption = Annotated[Lang, typer.Option("--lang", help="ngôn ngữ hiển thị / language shown")]
Published = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="ngày đăng nếu bài không in / publication date, if the page prints none"),
]


@app.callback(invoke_without_command=True)
def main(
    version: Annotated[bool, typer.Option("--version", help="số phiên bản / the version")] = False,
) -> None:
    """Shows the version where asked for."""
    if version:
        typer.echo(f"cchc {__version__}")
        raise typer.Exit


@app.command("extract")
def extract_command(
    inputs: Inputs,
    form: Annotated[Format, typer.Option("--format", "-f", help="dạng kết quả / form of the output")] = Format.TABLE,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="tệp kết quả (thư mục nếu nhiều trang HTML) / file, or directory for pages"
        ),
    ] = None,
    published: Published = None,
    lang: LangOption = Lang.VI,
) -> None:
    """Bản ghi của từng bài / the record of every article."""
    day = published.date() if published else None
    reader = _Reader(inputs)
    results = ((name, extract(data, published=day)) for name, data in reader)
    if form is Format.HTML and (reader.several or (output is not None and output.is_dir())):
        _write_pages(results, output, lang)
    else:
        with _opened(output) as stream:
            if form is Format.TABLE:
                _print_tables(results, stream, lang)
            elif form is Format.HTML:
                stream.writelines(record.to_html(language=lang.value) for _, record in results)
            elif form is Format.JSONL or reader.several:
                _print_json(results, stream, lines=form is Format.JSONL)
            else:
                stream.writelines(record.to_json(indent=2) + "\n" for _, record in results)
    reader.finish(lang)


@app.command()
def explain(inputs: Inputs, published: Published = None, lang: LangOption = Lang.VI) -> None:
    """Mỗi đoạn do quy tắc nào tìm ra và vì sao / which rule found each span, and why."""
    from cchc_nlp.report.terminal import explanation  # noqa: PLC0415  (each command pays for its own imports)

    day = published.date() if published else None
    reader = _Reader(inputs)
    with _opened(None) as stream:
        for name, data in reader:
            explanation(stream, name, data, day, lang.value)
    reader.finish(lang)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="thư mục *.gold.json và *.txt / gold directory")],
    models: Annotated[
        Path | None, typer.Option("--models", help="so với mô hình trong thư mục này / compare with these models")
    ] = None,
    show_errors: Annotated[
        bool, typer.Option("--errors", help="liệt kê từng lỗi / list every missed and spurious item")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="in JSON / print JSON")] = False,
    lang: LangOption = Lang.VI,
) -> None:
    """Chấm theo bản ghi mẫu / precision, recall and F1 against gold records."""
    from cchc_nlp import evaluation  # noqa: PLC0415
    from cchc_nlp.extractor import Extractor, ExtractorConfig  # noqa: PLC0415
    from cchc_nlp.report.terminal import figures  # noqa: PLC0415

    try:
        articles, faults = evaluation.read_gold(gold)
    except errors.GoldFormatError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(3) from error
    result = evaluation.evaluate(articles, lambda text: extract(text).to_dict())
    other = None
    if models is not None:
        extractor = Extractor(ExtractorConfig(models=str(models)))
        other = evaluation.evaluate(articles, lambda text: extractor.extract(text).to_dict())
    if as_json:
        rows = {row.name: row.__dict__ for row in (other or result).rows()}
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        figures(result, other, show_errors=show_errors, language=lang.value)
    for fault in faults:
        typer.echo(str(fault), err=True)
    raise typer.Exit(1 if faults else 0)


@app.command()
def train(
    corpus: Annotated[Path, typer.Option("--corpus", help="thư mục bài mẫu / the corpus")] = Path("corpus"),
    add: Annotated[
        list[Path] | None, typer.Option("--add", help="thêm thư mục bản ghi mẫu / a gold directory of your own")
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="thư mục mô hình / where models go")] = Path("models"),
) -> None:
    """Huấn luyện các mô hình / trains the models from the corpus and from gold directories of your own."""
    from cchc_nlp.classify import corpus as reading  # noqa: PLC0415
    from cchc_nlp.classify.train import train as train_models  # noqa: PLC0415
    from cchc_nlp.evaluation import GoldArticle, read_gold  # noqa: PLC0415

    faults: list[errors.CchcError] = []
    articles: list[GoldArticle] = []
    try:
        splits = reading.read_splits(corpus / "splits.tsv")
        annotated, broken = reading.read_corpus(corpus / "articles")
        articles += [article for article in annotated if splits.get(article.writer) == "train"]
        faults += broken
        for directory in add or []:
            own, wrong = read_gold(directory)
            articles += own
            faults += wrong
        trained = train_models(articles, output)
    except (errors.CchcError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(3) from error
    for fault in faults:
        typer.echo(str(fault), err=True)
    for name, model in trained.items():
        typer.echo(f"{output / name}.npz: {len(model.rows)} x {len(model.labels)} ({', '.join(model.labels)})")
    typer.echo(f"{len(articles)} bài / articles")
    raise typer.Exit(1 if faults else 0)


@app.command()
def schema() -> None:
    """JSON Schema của bản ghi / the JSON Schema of a record."""
    from cchc_nlp.records import schema_text  # noqa: PLC0415

    typer.echo(schema_text(), nl=False)


class _Reader:
    """Reads the inputs one by one; what cannot be read is named on standard error and counted."""

    def __init__(self, inputs: Iterable[Path]) -> None:
        self._paths = list(_files(inputs))
        self.several = len(self._paths) > 1
        self._read = 0
        self._faults: list[errors.UnreadableInputError] = []

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        for path in self._paths:
            try:
                data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
            except OSError as error:
                self._faults.append(errors.UnreadableInputError(f"{path}: {error.strerror or error}"))
                continue
            self._read += 1
            yield str(path), data

    def finish(self, lang: Lang) -> None:
        """Names the inputs that were not read and ends with the exit code that says so."""
        from cchc_nlp.report.html import words  # noqa: PLC0415

        for fault in self._faults:
            typer.echo(f"{words(lang.value)['cannot_read']}: {fault}", err=True)
        if self._faults or not self._paths:
            raise typer.Exit(1 if self._read else 3)


def _files(inputs: Iterable[Path]) -> Iterator[Path]:
    """Files as named; of a directory, its text and HTML files in order."""
    for path in inputs:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in _SUFFIXES and p.is_file())
        else:
            yield path


def _opened(output: Path | None) -> TextIO:
    """Standard output (as UTF-8) or a file, to be used in a `with` statement."""
    if output is not None:
        return output.open("w", encoding="utf-8")
    return open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False)


def _write_pages(results: Iterable[tuple[str, ArticleRecord]], output: Path | None, lang: Lang) -> None:
    if output is None:
        raise typer.BadParameter("nhiều bài thì cần thư mục / several articles need a directory", param_hint="--output")
    output.mkdir(parents=True, exist_ok=True)
    for name, record in results:
        page = output / f"{Path(name).stem if name != '-' else 'stdin'}.html"
        page.write_text(record.to_html(language=lang.value), encoding="utf-8")


def _print_tables(results: Iterable[tuple[str, ArticleRecord]], stream: TextIO, lang: Lang) -> None:
    from cchc_nlp.report.terminal import tables  # noqa: PLC0415

    for name, record in results:
        tables(stream, name, record, lang.value)


def _print_json(results: Iterable[tuple[str, ArticleRecord]], stream: TextIO, *, lines: bool) -> None:
    """One object a line, or one array; each record says which file it is of."""
    texts = (json.dumps({"file": name, **record.to_dict()}, ensure_ascii=False) for name, record in results)
    if lines:
        stream.writelines(text + "\n" for text in texts)
        return
    stream.write("[")
    stream.writelines((",\n" if index else "\n") + text for index, text in enumerate(texts))
    stream.write("\n]\n")
