"""Every form of input gives the same articles; every fault is named and counted, and the rest goes through."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cchc_nlp import extract
from cchc_nlp.batch import Options, Outcome, run
from tests.batch.archives import SAMPLES, batch, lines, rows, statuses, texts

COUNT = 6
TEXTS = list(texts(COUNT))
PUBLISHED = "2021-03-04"


def take(source: object, output: Path, **settings: Any) -> Outcome:
    """A run in this process that reads everything."""
    options = Options(**{"relevant_only": False, **settings})
    return run([str(source)], output, options, engine="inline")


def failures(output: Path) -> list[tuple[str, int]]:
    return [(str(row["stage"]), int(str(row["position"]))) for row in rows(output, "errors")]


# --- forms ----------------------------------------------------------------------------------------------


def zstd(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.jsonl", bytes),
        ("a.ndjson", bytes),
        ("a.jsonl.gz", gzip.compress),
        ("a.jsonl.zst", zstd),
        ("a.jsonl.bz2", bz2.compress),
        ("a.jsonl.xz", lzma.compress),
    ],
)
def test_lines_in_every_packing(name: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(pack(b"".join(lines(COUNT))))
    take(tmp_path / name, tmp_path / "out")
    articles = rows(tmp_path / "out", "articles")
    assert [row["id"] for row in articles] == [f"bài-{n}" for n in range(COUNT)]
    assert [row["position"] for row in articles] == list(range(COUNT))
    for text, row in zip(TEXTS, articles, strict=True):
        assert json.loads(str(row["record"])) == extract(text).to_dict()


def csv_of(columns: list[str], cells: list[list[str]], delimiter: str = ",") -> str:
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in [columns, *cells]]
    return "\r\n".join(delimiter.join(row) for row in quoted) + "\r\n"


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")])
def test_csv_with_columns_of_other_names(delimiter: str, encoding: str, tmp_path: Path) -> None:
    data = csv_of(["ma", "noi_dung", "ngay"], [[f"k{n}", text, "4/3/2021"] for n, text in enumerate(TEXTS)], delimiter)
    (tmp_path / "a.csv").write_bytes(data.encode(encoding))
    take(tmp_path / "a.csv", tmp_path / "out", id_column="ma", text_column="noi_dung", published_column="ngay")
    articles = rows(tmp_path / "out", "articles")
    assert [(row["id"], row["published"]) for row in articles] == [(f"k{n}", PUBLISHED) for n in range(COUNT)]
    assert not rows(tmp_path / "out", "errors")


def test_parquet_with_dates(tmp_path: Path) -> None:
    day = datetime(2021, 3, 4, 7, 30)
    content = pa.table({"id": list(range(COUNT)), "text": TEXTS, "published": [day] * COUNT, "title": ["T"] * COUNT})
    pq.write_table(content, tmp_path / "a.parquet", row_group_size=4)
    take(tmp_path / "a.parquet", tmp_path / "out")
    articles = rows(tmp_path / "out", "articles")
    assert [row["id"] for row in articles] == [str(n) for n in range(COUNT)]
    assert {(row["published"], row["title"]) for row in articles} == {("2021-03-04T07:30:00", "T")}


PAGE = (
    '<!DOCTYPE html><html><head><title>{title}</title><meta property="article:published_time" content="2021-03-04">'
    "</head><body><nav><a href='/'>Đăng nhập hệ thống</a><a href='/tin'>Tin tức</a></nav>"
    "<article><h1>{title}</h1>{body}</article>"
    "<footer>Bản quyền thuộc về trang tin</footer></body></html>"
)
TITLE = "Kiểm tra công vụ tại xã Thạch Lương"


def page(text: str) -> str:
    return PAGE.format(title=TITLE, body="".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1258"])
def test_pages_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    text = TEXTS[0]
    data = page(text)
    if encoding == "cp1258":  # letters with separate tone marks
        marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
        data = "".join(
            char
            if len(unicodedata.normalize("NFD", char)) == 1 or not marks & set(unicodedata.normalize("NFD", char))
            else unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", char) if c not in marks))
            + "".join(c for c in unicodedata.normalize("NFD", char) if c in marks)
            for char in data
        )
    (tmp_path / "a.html").write_bytes(data.encode(encoding, "ignore"))
    take(tmp_path / "a.html", tmp_path / "out")
    [row] = rows(tmp_path / "out", "articles")
    assert (row["status"], row["title"], row["published"]) == ("done", TITLE, PUBLISHED)
    assert "Lường Văn Thiện" in unicodedata.normalize("NFC", str(row["record"]))
    assert "Đăng nhập hệ thống" not in str(row["record"])


def test_a_page_in_a_column(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": page(TEXTS[0]), "url": "https://x.vn/1"}), encoding="utf-8")
    take(tmp_path / "a.jsonl", tmp_path / "out")
    [row] = rows(tmp_path / "out", "articles")
    assert (row["title"], row["published"], row["url"]) == (TITLE, PUBLISHED, "https://x.vn/1")


def warc(path: Path, pages: list[str], *, packed: bool) -> list[int]:
    """A web archive; returns where its records of pages begin."""
    offsets = []
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        for number, text in enumerate(pages):
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            offsets.append(stream.tell())
            writer.write_record(
                writer.create_warc_record(
                    f"https://x.vn/{number}", "response", payload=io.BytesIO(text.encode()), http_headers=http
                )
            )
        gone = StatusAndHeaders("404 Not Found", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        picture = StatusAndHeaders("200 OK", [("Content-Type", "image/png")], protocol="HTTP/1.1")
        for http in (gone, picture):
            writer.write_record(
                writer.create_warc_record("https://x.vn/x", "response", payload=io.BytesIO(b"x"), http_headers=http)
            )
    return offsets


@pytest.mark.parametrize("packed", [True, False])
def test_web_archives(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    offsets = warc(path, [page(text) for text in TEXTS], packed=packed)
    take(path, tmp_path / "out")
    articles = rows(tmp_path / "out", "articles")
    assert [row["position"] for row in articles] == offsets
    assert [row["url"] for row in articles] == [f"https://x.vn/{n}" for n in range(COUNT)]
    assert all(str(row["id"]).startswith("urn:uuid:") for row in articles)
    assert {row["title"] for row in articles} == {TITLE}


@pytest.mark.parametrize("packed", [True, False])
def test_reading_goes_on_behind_a_damaged_record(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    offsets = warc(path, [page(text) for text in TEXTS], packed=packed)
    data = bytearray(path.read_bytes())
    data[offsets[2] : offsets[2] + 4] = b"XXXX"
    if packed:
        middle = (offsets[4] + offsets[5]) // 2
        data[middle : middle + 16] = bytes(16)
    path.write_bytes(data)
    take(path, tmp_path / "out")
    damaged = {2, 4} if packed else {2}
    articles = rows(tmp_path / "out", "articles")
    assert [row["position"] for row in articles if row["status"] == "done"] == [
        offset for number, offset in enumerate(offsets) if number not in damaged
    ]
    assert [row["position"] for row in rows(tmp_path / "out", "errors")] == [offsets[n] for n in sorted(damaged)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_that_ends_in_a_record(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    offsets = warc(path, [page(text) for text in TEXTS], packed=packed)
    path.write_bytes(path.read_bytes()[: (offsets[4] + offsets[5]) // 2])
    take(path, tmp_path / "out")
    assert list(statuses(tmp_path / "out").values()) == ["done"] * 4 + ["failed"]


def test_directories_patterns_and_urls_give_the_same(tmp_path: Path) -> None:
    for number, line in enumerate(lines(4)):
        path = tmp_path / "in" / f"d{number % 2}" / f"{number}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(line)
    (tmp_path / "in/.hidden.jsonl").write_bytes(lines(1)[0])
    (tmp_path / "in/notes.md").write_text("Không phải bài.", encoding="utf-8")
    found = [
        list(statuses(take(source, tmp_path / f"out{n}").directory))
        for n, source in enumerate((tmp_path / "in", tmp_path / "in/*/*.jsonl", f"file://{tmp_path}/in/d*/*.jsonl"))
    ]
    assert found == [["bài-0", "bài-2", "bài-1", "bài-3"]] * 3


def test_any_file_system_of_fsspec(tmp_path: Path) -> None:
    with fsspec.open("memory://kho/a.jsonl.gz", "wb") as stream:
        stream.write(gzip.compress(b"".join(lines(3))))
    take("memory://kho", tmp_path / "out")
    [source] = {row["source"] for row in rows(tmp_path / "out", "articles")}
    assert source in {"memory:///kho/a.jsonl.gz", "memory://kho/a.jsonl.gz"}
    assert len(statuses(tmp_path / "out")) == 3


def test_a_file_named_twice_is_read_once_and_the_output_never(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines(3)))
    options = Options(relevant_only=False, jsonl=True)
    for resume in (False, True):
        inputs = [str(tmp_path), str(tmp_path / "a.jsonl"), str(tmp_path / "*.jsonl")]
        run(inputs, tmp_path / "out", options, engine="inline", resume=resume)
        assert len(rows(tmp_path / "out", "articles")) == 3


def test_files_have_their_names_as_ids(tmp_path: Path) -> None:
    take(SAMPLES[0].parent, tmp_path / "out")
    assert list(statuses(tmp_path / "out")) == [str(path) for path in SAMPLES]


# --- faults ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".zst", zstd)])
def test_a_truncated_file_gives_what_stands_before(suffix: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    noise = [json.dumps({"text": str(hash((n, "x")) ** 9)}).encode() + b"\n" for n in range(4000)]
    data = pack(b"".join([*lines(3), *noise]))
    (tmp_path / f"a.jsonl{suffix}").write_bytes(data[: len(data) // 2])
    (tmp_path / "b.jsonl").write_bytes(lines(1, start=7)[0])
    take(tmp_path, tmp_path / "out", relevant_only=True)
    [error] = rows(tmp_path / "out", "errors")
    assert (error["stage"], error["source"]) == ("source", str(tmp_path / f"a.jsonl{suffix}"))
    assert list(statuses(tmp_path / "out"))[:3] == ["bài-0", "bài-1", "bài-2"]
    assert list(statuses(tmp_path / "out"))[-1] == "bài-7"


def test_lines_that_are_no_articles(tmp_path: Path) -> None:
    bad = [b"{no json\n", b"[1, 2]\n", b'{"id": "x"}\n', b'{"id": "y", "text": null}\n', b"\xff\xfe\x00\x01\n"]
    (tmp_path / "a.jsonl").write_bytes(b"".join([lines(1)[0], *bad, b"\n", lines(1, start=1)[0]]))
    take(tmp_path / "a.jsonl", tmp_path / "out")
    assert failures(tmp_path / "out") == [("read", n) for n in range(1, 6)]
    found = statuses(tmp_path / "out")
    assert [found[name] for name in ("bài-0", "x", "y", "bài-1")] == ["done", "failed", "failed", "done"]
    assert len(found) == 7


def test_a_lone_surrogate_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"id": "\\ud800", "title": "\\udfff", "text": "x\\ud800 UBND"}\n')
    take(tmp_path / "a.jsonl", tmp_path / "out")
    assert statuses(tmp_path / "out") == {"\ufffd": "done"}


def test_a_line_in_an_old_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"id": "a", "text": "UBND huyện"}\n'.encode()[:-3] + b'\xff"}\n')
    take(tmp_path / "a.jsonl", tmp_path / "out")
    assert list(statuses(tmp_path / "out")) == ["a"]


def test_ragged_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,text\na,"một, hai"\nb\nc,x,y\nd,bốn\n', encoding="utf-8")
    take(tmp_path / "a.csv", tmp_path / "out")
    assert failures(tmp_path / "out") == [("read", 1), ("read", 2)]
    assert [row["status"] for row in rows(tmp_path / "out", "articles")] == ["done", "failed", "failed", "done"]


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_a_table_without_the_column_says_which_there_are(name: str, tmp_path: Path) -> None:
    content = pa.table({"id": ["a"], "noi_dung": ["x"]})
    if name.endswith("csv"):
        (tmp_path / name).write_text("id,noi_dung\na,x\n", encoding="utf-8")
    else:
        pq.write_table(content, tmp_path / name)
    outcome = take(tmp_path / name, tmp_path / "out")
    [error] = rows(tmp_path / "out", "errors")
    assert error["stage"] == "source"
    assert "'text'" in str(error["message"])
    assert "noi_dung" in str(error["message"])
    assert outcome.counts.articles == 0


def test_what_is_no_text_and_what_is_too_long(tmp_path: Path) -> None:
    (tmp_path / "0.txt").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "1.txt").write_text("Xã Tân An. " * 200, encoding="utf-8")
    (tmp_path / "2.jsonl").write_text(json.dumps({"text": "Xã Tân An. " * 200}), encoding="utf-8")
    (tmp_path / "3.jsonl").write_bytes(b'{"text": "' + b"x" * 200_000 + b'"}\n' + lines(1)[0])
    (tmp_path / "4.parquet").write_bytes(b"PAR1 not really")
    (tmp_path / "5.html").write_text("<html><body></body></html>", encoding="utf-8")
    (tmp_path / "6.txt").write_text("", encoding="utf-8")
    take(tmp_path, tmp_path / "out", max_chars=1000)
    assert [row["status"] for row in rows(tmp_path / "out", "articles")] == ["failed"] * 4 + ["done", "failed", "done"]
    errors = [(row["stage"], row["error"]) for row in rows(tmp_path / "out", "errors")]
    assert errors == [
        ("read", "BatchInputError"),
        *[("read", "ArticleTooLongError")] * 3,
        ("source", "ArrowInvalid"),
        ("page", "BatchInputError"),
    ]


def test_an_article_of_two_hundred_megabytes(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(200_000_000)
    (tmp_path / "b.txt").write_text(TEXTS[0], encoding="utf-8")
    take(tmp_path, tmp_path / "out")
    assert list(statuses(tmp_path / "out").values()) == ["failed", "done"]


def test_an_article_that_takes_too_long_costs_one_row(tmp_path: Path) -> None:
    slow = " ".join(TEXTS) * 2000  # minutes of work
    data = [*lines(3), json.dumps({"id": "slow", "text": slow}).encode() + b"\n", *lines(3, start=3)]
    (tmp_path / "a.jsonl").write_bytes(b"".join(data))
    result = batch(
        tmp_path / "a.jsonl",
        "-o",
        tmp_path / "out",
        "--all",
        "--workers",
        "1",
        "--timeout",
        "5",
        "--max-chars",
        len(slow),
    )
    assert result.returncode == 1, result.stderr
    found = statuses(tmp_path / "out")
    assert found.pop("slow") == "failed"
    assert found == {f"bài-{n}": "done" for n in range(6)}
    assert [row["stage"] for row in rows(tmp_path / "out", "errors")] == ["timeout"]


# --- the command ----------------------------------------------------------------------------------------


def test_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source in (tmp_path / "empty", tmp_path / "no/such", tmp_path / "*.txt", "nosuch://x"):
        result = batch(source, "-o", tmp_path / "out")
        assert result.returncode == 3, result.stderr
        assert str(source) in result.stderr
        assert not (tmp_path / "out").exists()


def test_what_is_missing_is_named_and_the_rest_goes_through(tmp_path: Path) -> None:
    result = batch(SAMPLES[0], tmp_path / "none.txt", "-o", tmp_path / "out")
    assert result.returncode == 1
    assert "none.txt" in result.stderr
    assert len(statuses(tmp_path / "out")) == 1


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert batch(SAMPLES[0], "-o", output).returncode == 0
    refused = batch(SAMPLES[1], "-o", output)
    assert refused.returncode == 2
    assert "--resume" in refused.stderr
    assert "--overwrite" in refused.stderr
    other = batch(SAMPLES[0], "-o", output, "--resume", "--all")
    assert other.returncode == 2
    assert "relevant_only" in other.stderr
    assert batch(SAMPLES[0], "-o", output, "--resume", "--overwrite").returncode == 2
    assert batch(SAMPLES[1], "-o", output, "--overwrite").returncode == 0
    assert list(statuses(output)) == [str(SAMPLES[1])]


def test_a_directory_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    for option in ([], ["--overwrite"], ["--resume"]):
        assert batch(SAMPLES[0], "-o", tmp_path, *option).returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    assert batch(SAMPLES[0], "-o", tmp_path / "letter.txt").returncode == 2


def test_two_runs_into_one_directory(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines(40)))
    seen: list[int] = []

    def meanwhile(_state: object) -> None:
        if not seen:
            for option in ("--resume", "--overwrite"):
                result = batch(tmp_path / "a.jsonl", "-o", tmp_path / "out", option)
                seen.append(result.returncode)
                assert "another run" in result.stderr

    run([str(tmp_path / "a.jsonl")], tmp_path / "out", Options(relevant_only=False), engine="inline", told=meanwhile)
    assert seen == [2, 2]
    assert len(statuses(tmp_path / "out")) == 40


def test_the_summary_in_both_languages(tmp_path: Path) -> None:
    english = batch(*SAMPLES, "-o", tmp_path / "en")
    assert "Articles: 7 (6 done, 1 irrelevant)" in english.stdout
    vietnamese = batch(*SAMPLES, "-o", tmp_path / "vi", "--lang", "vi", "--jsonl")
    assert "Bài viết: 7" in vietnamese.stdout
    [path] = (tmp_path / "vi/jsonl").iterdir()
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        assert [json.loads(line)["id"] for line in stream] == [str(path) for path in SAMPLES[:6]]
