"""The command `cchc`: `extract`, `batch`, `explain`, `evaluate`, `train`, `units`, `report`, `schema`.

Exit codes: 0 all inputs were read; 1 some input could not be read (the others still came out); 2 wrong usage;
3 nothing could be read.

The commands come first; then `_Reader`, which knows the inputs and everything that is said about them, and what
writes files: no input is ever written over, and a file is replaced only when there is something to put there.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import Enum
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO, cast

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
# why a file cannot be read or written, as words of `lexicon/interface.tsv`
_REASONS = {
    errno.ENOENT: "no_such_file",
    errno.EACCES: "permission_denied",
    errno.EPERM: "permission_denied",
    errno.EISDIR: "is_a_directory",
    errno.ENOTDIR: "not_a_directory",
    errno.EEXIST: "not_a_directory",  # only what should become a directory is in the way of one
    errno.ENOSPC: "disk_full",
    errno.EROFS: "read_only",
}


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
    typer.Argument(
        metavar="FILE...",
        readable=False,  # told by `_Reader`, which goes on with the others
        help="tệp, thư mục hoặc - (đầu vào chuẩn) / files, directories or - for stdin; "
        f"trong thư mục chỉ đọc / of a directory: {', '.join(_SUFFIXES)}",
    ),
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
            "--output",
            "-o",
            readable=False,
            help="tệp kết quả (thư mục nếu nhiều trang HTML) / file, or directory for pages",
        ),
    ] = None,
    published: Published = None,
    lang: LangOption = Lang.VI,
) -> None:
    """Bản ghi của từng bài / the record of every article."""
    day = published.date() if published else None
    reader = _Reader(inputs, lang)
    results = ((name, extract(data, published=day)) for name, data in reader)
    if form is Format.HTML and (reader.several or (output is not None and os.path.isdir(output))):
        _write_pages(results, reader, output)
    else:
        with _opened(output, reader) as stream:
            if form is Format.TABLE:
                _print_tables(results, stream, lang)
            elif form is Format.HTML:
                stream.writelines(record.to_html(language=lang.value) for _, record in results)
            elif form is Format.JSONL or reader.several:
                _print_json(results, stream, lines=form is Format.JSONL)
            else:
                stream.writelines(record.to_json(indent=2) + "\n" for _, record in results)
    reader.finish()


class EngineChoice(str, Enum):
    """Who does the work of a batch."""

    PROCESSES = "processes"
    INLINE = "inline"
    RAY = "ray"


@app.command()
def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="tệp, thư mục, mẫu tên, URL / files, directories, patterns, URLs: .txt .html .jsonl .csv .parquet "
            ".warc, nén được bằng / compressed or not: .gz .zst .bz2 .xz",
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="thư mục kết quả / directory of the dataset")],
    *,
    relevant_only: Annotated[
        bool, typer.Option("--relevant-only/--all", help="bỏ qua bài ngoài chủ đề / set irrelevant articles aside")
    ] = True,
    threshold: Annotated[
        float | None, typer.Option("--threshold", help="dưới điểm này là ngoài chủ đề / irrelevant below (0-1)")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="làm tiếp từ chỗ dừng / go on where it stopped")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="làm lại từ đầu / make the dataset anew")] = False,
    engine: Annotated[EngineChoice, typer.Option("--engine", help="nơi xử lý / who works")] = EngineChoice.PROCESSES,
    workers: Annotated[int | None, typer.Option("--workers", "-w", help="số tiến trình / processes")] = None,
    address: Annotated[str | None, typer.Option("--address", help="cụm Ray / Ray cluster")] = None,
    text_column: Annotated[str, typer.Option("--text-column", help="cột nội dung / column of the text")] = "text",
    id_column: Annotated[str, typer.Option("--id-column", help="cột mã bài / column of the id")] = "id",
    published_column: Annotated[
        str, typer.Option("--published-column", help="cột ngày đăng / column of the date")
    ] = "published",
    title_column: Annotated[str, typer.Option("--title-column", help="cột tiêu đề / column of the title")] = "title",
    url_column: Annotated[str, typer.Option("--url-column", help="cột địa chỉ / column of the URL")] = "url",
    duplicates: Annotated[bool, typer.Option("--duplicates", help="đánh dấu bài trùng / mark near-duplicates")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="thêm tệp JSONL / records as JSONL too")] = False,
    timeout: Annotated[float, typer.Option("--timeout", help="giây cho một bài / seconds an article; 0: none")] = 60.0,
    max_chars: Annotated[int, typer.Option("--max-chars", help="bài dài nhất / longest article")] = 1_000_000,
    shard_size: Annotated[int, typer.Option("--shard-size", help="số bài một tệp / articles a file")] = 4000,
    models: Annotated[Path | None, typer.Option("--models", help="thư mục mô hình / directory of models")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="không báo tiến độ / no progress")] = False,
    lang: LangOption = Lang.VI,
) -> None:
    """Cả kho bài thành bộ dữ liệu Parquet / a whole archive into a Parquet dataset."""
    try:
        from cchc_nlp.batch import Options, progress, run  # noqa: PLC0415
    except ImportError as error:
        _refuse(lang, "batch.needs_extra", str(error), 'pip install "cchc-nlp[batch]"')
    options = Options(
        relevant_only=relevant_only,
        id_column=id_column,
        text_column=text_column,
        published_column=published_column,
        title_column=title_column,
        url_column=url_column,
        duplicates=duplicates,
        models=None if models is None else str(models.resolve()),
        max_chars=max_chars,
        shard_size=shard_size,
        timeout=timeout,
        threshold=Options.threshold if threshold is None else threshold,
        jsonl=jsonl,
    )
    try:
        with progress.watched(sys.stderr, lang.value, quiet=quiet) as told:
            outcome = run(
                inputs,
                output,
                options,
                engine=engine.value,
                workers=workers,
                address=address,
                resume=resume,
                overwrite=overwrite,
                told=told,
            )
    except errors.DatasetError as error:
        _refuse(lang, "cannot_write", str(error))
    except errors.WorkerDiedError as error:
        _refuse(lang, "batch.stopped", str(error))
    except (errors.ConfigurationError, errors.MissingExtraError) as error:
        _refuse(lang, "wrong_usage", str(error))
    except OSError as error:
        _refuse(lang, "cannot_write", str(error.filename or output), _reason(error, lang), _word(lang, "batch.stopped"))
    except KeyboardInterrupt as error:
        _complain(lang, "batch.stopped")
        raise typer.Exit(130) from error
    for name, why in outcome.unread:
        _complain(lang, "cannot_read", name, why or _word(lang, "batch.nothing"))
    if not outcome.counts.articles and not outcome.counts.failures:
        _complain(lang, "batch.nothing")
        raise typer.Exit(3)
    with open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False) as stream:
        progress.summary(stream, outcome, lang.value)
    raise typer.Exit(1 if outcome.unread or outcome.counts.failures else 0)


@app.command()
def explain(inputs: Inputs, published: Published = None, lang: LangOption = Lang.VI) -> None:
    """Mỗi đoạn do quy tắc nào tìm ra và vì sao / which rule found each span, and why."""
    from cchc_nlp.report.terminal import explanation  # noqa: PLC0415  (each command pays for its own imports)

    day = published.date() if published else None
    reader = _Reader(inputs, lang)
    with _opened(None, reader) as stream:
        for name, data in reader:
            explanation(stream, name, data, day, lang.value)
    reader.finish()


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

    _need_gold(gold, lang)
    if models is not None and not os.path.isdir(models):
        _refuse(lang, "cannot_read", str(models), _word(lang, "not_a_directory"))
    articles, faults = evaluation.read_gold(gold)
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
        _complain(lang, "cannot_read", str(fault))
    if faults:
        raise typer.Exit(1 if articles else 3)


@app.command()
def train(
    corpus: Annotated[Path, typer.Option("--corpus", help="thư mục bài mẫu / the corpus")] = Path("corpus"),
    add: Annotated[
        list[Path] | None, typer.Option("--add", help="thêm thư mục bản ghi mẫu / a gold directory of your own")
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="thư mục mô hình / where models go")] = Path("models"),
    lang: LangOption = Lang.VI,
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
            _need_gold(directory, lang)
            own, wrong = read_gold(directory)
            articles += own
            faults += wrong
        trained = train_models(articles, output)
    except errors.CchcError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(3) from error
    except OSError as error:
        _complain(lang, "cannot_open", str(error.filename or output), _reason(error, lang))
        raise typer.Exit(3) from error
    for fault in faults:
        _complain(lang, "cannot_read", str(fault))
    for name, model in trained.items():
        typer.echo(f"{output / name}.npz: {len(model.rows)} x {len(model.labels)} ({', '.join(model.labels)})")
    typer.echo(f"{len(articles)} bài / articles")
    raise typer.Exit(1 if faults else 0)


class Listing(str, Enum):
    """How units are shown."""

    TABLE = "table"
    JSON = "json"


@app.command("units")
def units_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="tên hoặc mã / a name or a code: 'xã Tân Thạnh', 01984")],
    *,
    year: Annotated[int | None, typer.Option("--year", help="có trong năm / there in this year")] = None,
    level: Annotated[str | None, typer.Option("--level", help="province, district, commune")] = None,
    parent: Annotated[str | None, typer.Option("--parent", help="tên hoặc mã cấp trên / name or code above it")] = None,
    form: Annotated[Listing, typer.Option("--format", "-f", help="dạng kết quả / form of the output")] = Listing.TABLE,
    lang: LangOption = Lang.VI,
) -> None:
    """Đơn vị hành chính theo tên hoặc mã / official units by name or code, and what became of them."""
    from cchc_nlp import units  # noqa: PLC0415
    from cchc_nlp.report.terminal import listing  # noqa: PLC0415

    try:
        if name.isdecimal() and len(name) > 1:
            found = units.holders(name, year=year)
        else:
            found = units.find(name, level=cast("units.UnitLevel", level), year=year, parent=parent)
    except errors.UnitQueryError as error:
        _refuse(lang, "wrong_usage", str(error))
    with open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False) as stream:
        if form is Listing.JSON:
            plain = [unit.to_dict() for unit in found]
            stream.write(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")
        else:
            listing(stream, found, lang.value)
    if not found:
        _complain(lang, "no_unit", name)
        raise typer.Exit(1)


@app.command()
def report(
    dataset: Annotated[Path, typer.Argument(metavar="DATASET", readable=False, help="thư mục bộ dữ liệu / a dataset")],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", readable=False, help="tệp HTML kết quả / the HTML file")
    ] = None,
    pictures: Annotated[
        Path | None, typer.Option("--pictures", readable=False, help="ghi cả hình PNG, SVG / pictures as PNG, SVG too")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="tiêu đề của trang / title of the page")] = None,
    top: Annotated[
        int, typer.Option("--top", min=1, max=100, help="số đơn vị, hạn chế hiện ra / units, limitations shown")
    ] = 20,
    lang: LangOption = Lang.VI,
) -> None:
    """Trang tổng hợp của một bộ dữ liệu / one page on a dataset."""
    from cchc_nlp.report.dataset import report as make  # noqa: PLC0415

    if not os.path.isdir(dataset):
        missing = "not_a_directory" if os.path.exists(dataset) else "no_such_file"
        _complain(lang, "cannot_read", str(dataset), _word(lang, missing))
        raise typer.Exit(3)
    if output is not None and output.suffix == ".parquet" and output.exists():
        _refuse(lang, "cannot_write", str(output), _word(lang, "is_an_input"))
    try:
        made = make(dataset, language=lang.value, top=top, page=output, title=title)
    except errors.DatasetReadError as error:
        _complain(lang, "cannot_read", str(dataset), _word(lang, error.word), *error.details)
        raise typer.Exit(3) from error
    except errors.UnreadableInputError as error:
        _complain(lang, "cannot_read", str(error))
        raise typer.Exit(3) from error
    except errors.MissingExtraError as error:
        _complain(lang, "no_extra")
        raise typer.Exit(2) from error
    if pictures is not None:
        with _writing_to(pictures, lang):
            pictures.mkdir(parents=True, exist_ok=True)
            for name, picture in made.pictures.items():
                (pictures / f"{name}.svg").write_bytes(picture.svg)
                (pictures / f"{name}.png").write_bytes(picture.png)
    if output is None:
        with open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False) as stream:
            stream.write(made.html)
        return
    with _writing_to(output, lang), _replaced(output) as stream:
        stream.write(made.html)


@app.command()
def schema() -> None:
    """JSON Schema của bản ghi / the JSON Schema of a record."""
    from cchc_nlp.records import schema_text  # noqa: PLC0415

    typer.echo(schema_text(), nl=False)


# --- messages -------------------------------------------------------------------------------------------


def _word(lang: Lang, key: str) -> str:
    from cchc_nlp.report.html import words  # noqa: PLC0415  (who has nothing to say pays nothing)

    return words(lang.value)[key]


def _complain(lang: Lang, key: str, *details: str) -> None:
    """One line on standard error: a word of the interface and what it is about."""
    typer.echo(": ".join((_word(lang, key), *details)), err=True)


def _reason(error: OSError, lang: Lang) -> str:
    """Why the system refused, in the reader's language where it is a common reason."""
    key = _REASONS.get(error.errno or 0)
    return _word(lang, key) if key else error.strerror or str(error)


def _need_gold(directory: Path, lang: Lang) -> None:
    """Ends the command where a directory holds no gold records."""
    if not os.path.isdir(directory):
        _complain(lang, "cannot_read", str(directory), _word(lang, "not_a_directory"))
    elif not any(directory.glob("*.gold.json")):
        _complain(lang, "cannot_read", str(directory), _word(lang, "no_gold"))
    else:
        return
    raise typer.Exit(3)


# --- inputs ---------------------------------------------------------------------------------------------


class _Reader:
    """Reads the inputs one by one; what cannot be read is named on standard error at the end, and counted."""

    def __init__(self, inputs: Iterable[Path], lang: Lang) -> None:
        self.lang = lang
        self.read = 0
        self._faults: list[errors.UnreadableInputError] = []
        self._empty: list[str] = []
        self.paths = self._files(inputs)
        self.several = len(self.paths) > 1

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        from cchc_nlp.text.decode import decode  # noqa: PLC0415

        for path in self.paths:
            try:
                data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
            except OSError as error:
                self._fault(path, _reason(error, self.lang))
                continue
            decoded = decode(data)
            if decoded.encoding == "binary":
                self._fault(path, _word(self.lang, "not_text"))
                continue
            if not decoded.text.strip():
                self._empty.append(str(path))
            self.read += 1
            yield str(path), data

    def finish(self) -> None:
        """Names the inputs that were empty or not read and ends with the exit code that says so."""
        for name in self._empty:
            _complain(self.lang, "empty_input", name)
        for fault in self._faults:
            _complain(self.lang, "cannot_read", str(fault))
        if self._faults:
            raise typer.Exit(1 if self.read else 3)

    def _fault(self, path: Path, reason: str) -> None:
        self._faults.append(errors.UnreadableInputError(f"{path}: {reason}"))

    def _files(self, inputs: Iterable[Path]) -> list[Path]:
        """Files as named, and those of directories, each once."""
        files: dict[str, Path] = {}
        for path in inputs:
            for file in self._of_directory(path) if os.path.isdir(path) else [path]:
                files.setdefault(os.path.realpath(file), file)
        return list(files.values())

    def _of_directory(self, directory: Path) -> list[Path]:
        """The text and HTML files of a directory in order; hidden ones and hidden folders are passed over."""
        files: list[Path] = []
        faults = len(self._faults)
        for folder, folders, names in os.walk(directory, onerror=self._closed_folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            paths = [Path(folder, name) for name in names if not name.startswith(".")]
            files += [path for path in paths if path.suffix.lower() in _SUFFIXES and os.path.isfile(path)]
        if not files and len(self._faults) == faults:
            self._fault(directory, f"{_word(self.lang, 'no_articles')} ({', '.join(_SUFFIXES)})")
        return sorted(files)

    def _closed_folder(self, error: OSError) -> None:
        self._fault(Path(error.filename), _reason(error, self.lang))


# --- output ---------------------------------------------------------------------------------------------


def _refuse(lang: Lang, key: str, *details: str) -> NoReturn:
    _complain(lang, key, *details)
    raise typer.Exit(2)


@contextmanager
def _opened(output: Path | None, reader: _Reader) -> Iterator[TextIO]:
    """Standard output (as UTF-8), or a file, which is replaced at the end if anything was read."""
    if output is None:
        with open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False) as stream:
            yield stream
        return
    _spare_inputs([output], reader)
    with _writing_to(output, reader.lang), _replaced(output, lambda: reader.read > 0) as stream:
        yield stream


def _spare_inputs(targets: Iterable[Path], reader: _Reader) -> None:
    """Ends the command where a file to be written is one of those to be read, under whatever name."""
    inputs = {_identity(path) for path in reader.paths} - {None}
    for target in targets:
        if _identity(target) in inputs:
            _refuse(reader.lang, "cannot_write", str(target), _word(reader.lang, "is_an_input"))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


@contextmanager
def _writing_to(output: Path, lang: Lang) -> Iterator[None]:
    """Ends the command, with one line, where the output cannot be written."""
    try:
        yield
    except OSError as error:
        _refuse(lang, "cannot_write", str(output), _reason(error, lang))


@contextmanager
def _replaced(target: Path, worth: Callable[[], bool] = lambda: True) -> Iterator[TextIO]:
    """A new file beside the target, which takes its place at the end if that is worth it."""
    real = Path(os.path.realpath(target))
    if os.path.exists(real) and not os.path.isfile(real):  # a device or a pipe is written to, not replaced
        with real.open("w", encoding="utf-8") as stream:
            yield stream
        return
    exists = os.path.exists(real)
    if exists and not os.access(real, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(real))
    beside = real.with_name(f".cchc-{os.getpid()}.part")
    try:
        with beside.open("w", encoding="utf-8") as stream:
            yield stream
        if worth():
            if exists:
                shutil.copymode(real, beside)
            os.replace(beside, real)
    finally:
        with suppress(OSError):
            beside.unlink()


def _write_pages(results: Iterable[tuple[str, ArticleRecord]], reader: _Reader, output: Path | None) -> None:
    """A page of its own for every input."""
    if output is None:
        _refuse(reader.lang, "pages_need_directory")
    pages = {str(path): output / f"{name}.html" for path, name in _page_names(reader.paths).items()}
    _spare_inputs(pages.values(), reader)
    with _writing_to(output, reader.lang):
        output.mkdir(parents=True, exist_ok=True)
        for name, record in results:
            with _replaced(pages[name]) as stream:
                stream.write(record.to_html(language=reader.lang.value))


def _page_names(paths: Iterable[Path]) -> dict[Path, str]:
    """For every input its stem; where several share one, with folder, then extension, then a number.

    Case is no difference: some file systems know none.
    """
    forms = {path: _name_forms(path) for path in paths}
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for level in range(3):
        shared = Counter(names_of[level].casefold() for path, names_of in forms.items() if path not in names)
        for path, names_of in forms.items():
            name = names_of[level]
            if path not in names and shared[name.casefold()] == 1 and name.casefold() not in taken:
                names[path] = name
                taken.add(name.casefold())
    for path, names_of in forms.items():
        if path not in names:
            numbered = (f"{names_of[-1]}-{number}" for number in count(1))
            names[path] = next(name for name in numbered if name.casefold() not in taken)
            taken.add(names[path].casefold())
    return names


def _name_forms(path: Path) -> tuple[str, str, str]:
    """Names for an input's page, from the plainest to the fullest."""
    if str(path) == "-":
        return ("stdin",) * 3
    folder = path.absolute().parent.name
    named = f"{folder}-{path.stem}" if folder else path.stem
    return path.stem, named, f"{named}-{path.suffix[1:]}" if path.suffix else named


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
