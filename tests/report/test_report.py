"""`cchc report` as a user runs it: datasets on disk, the real command, the page read as a browser would."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from cchc_nlp import errors
from cchc_nlp.records import SCHEMA_VERSION
from cchc_nlp.report.dataset import report
from cchc_nlp.text.decode import decode
from tools.sample_dataset import Tables, failed, of_corpus, synthetic, write

CCHC = [sys.executable, "-c", "from cchc_nlp.cli import app; app()"]
VOID = {"meta", "img", "br", "input", "hr", "link"}


def cchc(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*CCHC, *map(str, arguments)], capture_output=True, check=False, cwd=cwd)


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    text: str = ""
    inside: list[Element] = field(default_factory=list)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        own = [self] if self.tag == tag and attributes.items() <= self.attributes.items() else []
        return own + [element for child in self.inside for element in child.all(tag, **attributes)]

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


class Page(HTMLParser):
    """A page as a tree; the text of an element is all that stands in it."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.content = content
        self.root = self._at = Element("root", {})
        self.feed(content)
        assert self._at is self.root, f"<{self._at.tag}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._at)
        self._at.inside.append(element)
        if tag not in VOID:
            self._at = element

    def handle_endtag(self, tag: str) -> None:
        assert tag == self._at.tag
        assert self._at.parent is not None
        self._at = self._at.parent

    def handle_data(self, data: str) -> None:
        element: Element | None = self._at
        while element is not None:
            element.text += data
            element = element.parent

    @property
    def rows(self) -> list[list[str]]:
        return [row for table in self.root.all("table") for row in rows(table)]

    def table(self, figure: str) -> list[list[str]]:
        return rows(self.root.all("figure", id=figure)[0].all("table")[0])


def rows(table: Element) -> list[list[str]]:
    return [[cell.words for cell in row.inside] for row in table.all("tr")]


def made(dataset: Path, *options: object) -> Page:
    page = dataset.parent / "report.html"
    result = cchc("report", dataset, "-o", page, *options)
    assert result.returncode == 0, result.stderr.decode()
    return Page(page.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    lost = [failed("lost", "a.txt", "read", "UnreadableInputError", "<b>no text</b>")]
    return write(folder / "dataset", itertools.chain(of_corpus(folder / "texts", 120), lost), a_file=50)


@pytest.fixture(scope="session")
def page(corpus: Path) -> Page:
    return made(corpus)


def column(dataset: Path, table: str, name: str) -> list[Any]:
    return ds.dataset(dataset / table, format="parquet").to_table()[name].to_pylist()


def number(text: str) -> int:
    return int(text.replace(".", ""))


def test_figures_are_those_of_the_tables(page: Page, corpus: Path) -> None:
    tiles = {item.inside[0].words: item.words for item in page.root.all("ul", **{"class": "tiles"})[0].all("li")}
    labels = Counter(column(corpus, "findings", "label"))
    assert next(iter(tiles)) == "121"
    assert number(list(tiles)[2]) == labels.total()
    by_year = page.table("labels_by_year")
    assert by_year[0][:6] == ["Năm", "Ưu điểm", "Hạn chế", "Nguyên nhân", "Kiến nghị", "Tổng"]
    years = column(corpus, "findings", "year")
    for row in by_year[1:]:
        year = None if row[0] == "không rõ" else int(row[0])
        assert number(row[5]) == years.count(year)
    assert sum(number(row[2]) for row in by_year[1:]) == labels["limitation"]
    areas = Counter(column(corpus, "findings", "area"))
    assert sum(map(number, page.table("areas_by_year")[-1][1:])) == areas.total()


def test_coverage_counts_every_article_once(page: Page, corpus: Path) -> None:
    table = page.table("coverage_by_year")
    assert table[0][1:5] == ["tường thuật kiểm tra", "bài khác", "không liên quan", "lỗi"]
    inspections = column(corpus, "articles", "is_inspection").count(True)
    assert list(map(number, table[-1][1:])) == [inspections, 120 - inspections, 0, 1, 121]
    assert ["read", "UnreadableInputError", "1", "a.txt: <b>no text</b>"] in page.rows


def test_the_page_needs_nothing_from_outside(page: Page) -> None:
    for tag in ("link", "iframe", "object", "embed"):
        assert not page.root.all(tag)
    assert all(element.attributes["src"].startswith("data:image/svg+xml;base64,") for element in page.root.all("img"))
    assert not re.search(r"url\(|@import", page.content)
    assert not any("src" in script.attributes for script in page.root.all("script"))
    assert "default-src 'none'" in page.content


def test_pictures_have_words_and_a_table_beside(page: Page) -> None:
    figures = page.root.all("figure")
    assert len(figures) == 8
    for figure in figures:
        (image,) = figure.all("img")
        assert len(image.attributes["alt"]) > 40
        assert len(rows(figure.all("table")[0])) > 1
    assert all(cell.attributes.get("scope") in ("col", "row") for cell in page.root.all("th"))


def test_examples_lead_to_their_place_in_the_source(page: Page, corpus: Path) -> None:
    ids = [element.attributes["id"] for element in everything(page.root) if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    anchors = [a.attributes["href"] for a in page.root.all("a") if a.attributes["href"].startswith("#")]
    assert {anchor[1:] for anchor in anchors} <= set(ids)
    examples = page.root.all("ol", **{"class": "limits"})[0].all("a")
    assert examples
    texts = dict(zip(column(corpus, "articles", "id"), column(corpus, "articles", "source"), strict=True))
    for example in examples:
        key, start, end = re.fullmatch(r"(.+), (\d+)-(\d+)", example.words).groups()  # type: ignore[union-attr]
        source = decode(Path(texts[key]).read_bytes()).text
        (card,) = page.root.all("li", id=example.attributes["href"][1:])
        marked = card.all("mark")[0].words
        assert marked == " ".join(source[int(start) : int(end)].split())
        link, _, fragment = card.all("a")[0].attributes["href"].partition("#:~:text=")
        assert (corpus.parent / unquote(link)).resolve() == Path(texts[key]).resolve()
        first, *last = map(unquote, fragment.split(","))
        assert marked.startswith(first)
        assert marked.endswith(last[0] if last else first)
        # and the words around stand in the list
        around = " ".join(source[max(0, int(start) - 30) : int(end)].split()).split(" ", 1)[-1]
        assert around in example.parent.words  # type: ignore[union-attr]


def everything(element: Element) -> Iterable[Element]:
    yield element
    for child in element.inside:
        yield from everything(child)


def test_the_same_dataset_gives_the_same_page(corpus: Path, page: Page) -> None:
    assert made(corpus).content == page.content


def test_english_title_and_top(corpus: Path, tmp_path: Path) -> None:
    english = made(corpus, "--lang", "en", "--title", "Reform & <more>", "--top", 3)
    assert english.root.all("html")[0].attributes["lang"] == "en"
    assert english.root.all("h1")[0].words == "Reform & <more>"
    assert english.table("labels_by_year")[0][:3] == ["Year", "Strength", "Limitation"]
    assert len(english.table("areas_by_unit")) == len(english.table("inspected")) == 4
    assert not re.search(r"[ạảấầậẩắằặẳẹẻếềệểịỉọỏốồộổớờợởụủứừựửỳỵỷỹ]", english.root.all("h2")[1].words)


def test_pictures_as_files(corpus: Path, tmp_path: Path) -> None:
    result = cchc("report", corpus, "--pictures", tmp_path / "pictures")
    assert result.returncode == 0
    assert result.stdout.decode().startswith("<!doctype html>")
    names = {path.name for path in (tmp_path / "pictures").iterdir()}
    assert {"labels_by_year.svg", "labels_by_year.png", "areas_by_unit.svg", "metrics_by_year.png"} <= names
    for path in (tmp_path / "pictures").iterdir():
        head = path.read_bytes()[:200]
        assert head.startswith(b"\x89PNG\r\n\x1a\n") if path.suffix == ".png" else b"<?xml" in head


# --- sizes ----------------------------------------------------------------------------------------------


def test_one_article_is_a_whole_report(tmp_path: Path) -> None:
    page = made(write(tmp_path / "dataset", itertools.islice(of_corpus(tmp_path / "texts", 1), 1)))
    assert page.root.all("p", **{"class": "sub"})[0].words.startswith("Tổng hợp từ 1 bài viết")
    assert len(page.table("inspected")) == 2
    assert page.root.all("ol", **{"class": "limits"})[0].inside  # of a few limitations all are shown


def test_articles_without_findings_give_a_report_that_says_so(tmp_path: Path) -> None:
    lost = [failed(str(number), "x", "read", "Broken", "no") for number in range(3)]
    page = made(write(tmp_path / "dataset", lost))
    assert "Không có nhận định nào" in page.root.words
    assert ["read", "Broken", "3", "x: no"] in page.rows
    assert not [figure for figure in page.root.all("img") if not figure.attributes["alt"]]


def test_the_page_grows_with_what_it_shows_and_not_with_the_dataset(tmp_path: Path) -> None:
    pages = {}
    for articles in (400, 4_000):
        pages[articles] = made(write(tmp_path / str(articles) / "dataset", synthetic(articles)))
        assert len(pages[articles].root.all("ol", **{"class": "limits"})[0].inside) == 20
    assert len(pages[4_000].content) < min(1.5 * len(pages[400].content), 3_000_000)
    assert sum(map(number, pages[4_000].table("coverage_by_year")[-1][1:5])) == 4_000


# --- units, duplicates, odd data ------------------------------------------------------------------------


def article(key: str, **more: Any) -> dict[str, Any]:
    return {
        "id": key, "source": f"https://example.org/{key}", "status": "done", "is_inspection": True, "relevance": 0.9,
        "published": "2022-03-04", "inspected": [], "inspected_units": [], "schema_version": SCHEMA_VERSION, **more,
    }  # fmt: skip


def finding(key: str, number: int, text: str, **more: Any) -> dict[str, Any]:
    return {
        "id": key, "source": f"https://example.org/{key}", "year": 2022, "number": number, "start": 0, "end": len(text),
        "text": text, "label": "limitation", "area": "procedures", "confidence": 0.9, "rule": "findings.lack", **more,
    }  # fmt: skip


def one(key: str, *texts: str, of: dict[str, Any] | None = None, **more: Any) -> Tables:
    found = [finding(key, number, text, **more) for number, text in enumerate(texts)]
    return {"articles": [article(key, **(of or {}))], "findings": found}


LATE = "Hồ sơ đất đai giải quyết chậm so với thời gian quy định"


def test_findings_before_and_since_the_reform_meet_on_one_unit(tmp_path: Path) -> None:
    before = one("a", LATE, unit="xã Đôn Phong", unit_code="01984", year=2022)
    after = one("b", LATE, unit="Ủy ban nhân dân xã Phong Quang", unit_code=successor("01984"), year=2026)
    page = made(write(tmp_path / "dataset", [before, after]))
    table = page.table("areas_by_unit")
    assert len(table) == 2
    assert table[1][0] == "xã Phong Quang (Thái Nguyên) - gồm cả xã Đôn Phong (Bắc Kạn)"
    assert table[1][-1] == "2 / 0"


def successor(code: str) -> str | None:
    from cchc_nlp import units  # noqa: PLC0415

    return units.get(code, year=2022).successors()[0].code


def test_duplicates_are_counted_as_such_alone(tmp_path: Path) -> None:
    dataset = write(tmp_path / "dataset", [one("a", LATE, unit="xã X"), one("b", LATE, unit="xã X")])
    table = pq.read_table(dataset / "articles")
    for file in (dataset / "articles").iterdir():
        file.unlink()
    pq.write_table(table.append_column("duplicate_of", pa.array([None, "a"])), dataset / "articles" / "part.parquet")
    page = made(dataset)
    assert "1 bài trùng với bài khác" in page.root.words
    assert number(page.table("labels_by_year")[1][5]) == 1


def test_what_articles_hold_is_shown_as_text(tmp_path: Path) -> None:
    hostile = 'Hồ sơ <script>alert("1")</script> & $x^2$ {{ 7*7 }} bị chậm'
    of = {"title": "<img src=x onerror=alert(1)>", "inspected": ["xã <b>A</b> $1"], "inspector": "Đoàn $\\frac{$"}
    tables = [one(key, hostile, of=of, unit="xã <b>A</b> $1") for key in ("a", "b")]
    for name in ("javascript:alert(1)", "../../etc/x.txt"):
        tables.append(one(name, hostile, of={**of, "source": name}))
    page = made(write(tmp_path / "dataset", tables))
    assert len(page.root.all("script")) == 1
    assert not page.root.all("b", onerror="alert(1)")
    assert all(image.attributes["src"].startswith("data:") for image in page.root.all("img"))
    assert not any(a.attributes["href"].startswith("javascript") for a in page.root.all("a"))
    assert hostile in page.root.words
    assert any(a.attributes["href"].startswith("https://example.org/a#:~:text=") for a in page.root.all("a"))


def test_years_that_were_misread_are_unknown_and_odd_values_left_aside(tmp_path: Path) -> None:
    tables = one("a", LATE, year=9999, of={"published": "9999-01-01", "relevance": float("nan")})
    tables["metrics"] = [
        {"id": key, "year": year, "value": value, "unit": "%", "indicator": "giải ngân", "number": 0}
        for key, year, value in (("a", 9999, float("inf")), ("b", 2020, 30.0), ("c", 2021, 2.5e12))
    ]
    page = made(write(tmp_path / "dataset", [tables]))
    assert [row[0] for row in page.table("labels_by_year")] == ["Năm", "không rõ"]
    assert [row[2] for row in page.table("metrics_by_year")[1:]] == ["2020", "2021"]


def test_partitions_and_files_not_finished(tmp_path: Path) -> None:
    dataset = write(tmp_path / "dataset", [one("a", LATE, unit="xã X")])
    for name in ("articles", "findings"):
        (file,) = (dataset / name).iterdir()
        (dataset / name / "part=1").mkdir()
        file.rename(dataset / name / "part=1" / file.name)
        (dataset / name / "_tmp").mkdir()
        (dataset / name / "_tmp" / "x.parquet").write_bytes(b"half")
        (dataset / name / ".y.parquet").write_bytes(b"half")
    assert number(made(dataset).table("labels_by_year")[1][5]) == 1


# --- what is no dataset ---------------------------------------------------------------------------------


def test_faults_are_named(tmp_path: Path) -> None:
    whole = [one("a", LATE)]
    no_errors = write(tmp_path / "no_errors", whole)
    for file in (no_errors / "errors").iterdir():
        file.unlink()
    (no_errors / "errors").rmdir()
    no_label = write(tmp_path / "no_label", whole)
    (file,) = (no_label / "findings").iterdir()
    pq.write_table(pq.read_table(file).drop_columns(["label"]), file)
    damaged = write(tmp_path / "damaged", whole)
    (file,) = (damaged / "metrics").iterdir()
    file.write_bytes(file.read_bytes()[:100])
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    cases = {
        "missing": "không có tệp hoặc thư mục này",
        "file": "không phải là thư mục",
        "folder": "không phải bộ dữ liệu",
        write(tmp_path / "empty", []).name: "không có bài nào",
        no_errors.name: "thiếu một bảng; hãy chép cả thư mục, hoặc làm lại bằng cchc batch: errors",
        no_label.name: "findings: label",
        write(tmp_path / "foreign", [one("a", LATE, of={"schema_version": "7.0"})]).name: f"7.0: {SCHEMA_VERSION}",
        damaged.name: "metrics",
    }
    for name, said in cases.items():
        result = cchc("report", tmp_path / name, "-o", tmp_path / "report.html")
        assert result.returncode == 3, name
        message = result.stderr.decode()
        assert said in message
        assert name in message
        assert message.count("\n") == 1
        assert not (tmp_path / "report.html").exists()
    assert "no dataset" in cchc("report", tmp_path / "folder", "--lang", "en").stderr.decode()
    with pytest.raises(errors.SchemaVersionError, match=r"foreign.*7\.0"):
        report(tmp_path / "foreign")


def test_packages_that_are_missing_are_named_with_what_installs_them(tmp_path: Path) -> None:
    dataset = write(tmp_path / "dataset", [one("a", LATE)])
    for package in ("pyarrow", "matplotlib", "jinja2"):
        without = f"import sys; sys.modules[{package!r}] = None; from cchc_nlp.cli import app; app()"
        command = [sys.executable, "-c", without, "report", str(dataset)]
        result = subprocess.run(command, capture_output=True, check=False)
        assert result.returncode == 2
        assert 'pip install "cchc-nlp[report]"' in result.stderr.decode()


def test_no_table_is_written_over_and_faults_of_the_output_are_named(tmp_path: Path) -> None:
    dataset = write(tmp_path / "dataset", [one("a", LATE)])
    (file,) = (dataset / "articles").iterdir()
    before = file.read_bytes()
    assert cchc("report", dataset, "-o", file).returncode == 2
    assert file.read_bytes() == before
    result = cchc("report", dataset, "-o", tmp_path / "no" / "report.html")
    assert result.returncode == 2
    assert "Không ghi được" in result.stderr.decode()
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    assert cchc("report", dataset, "--pictures", tmp_path / "taken", "-o", tmp_path / "r.html").returncode == 2
    assert cchc("report", dataset, "--top", "0").returncode == 2
