"""The command as a user types it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_nlp import __version__, extract
from cchc_nlp.records import schema_text

CCHC = [sys.executable, "-c", "from cchc_nlp.cli import app; app()"]
SAMPLES = Path("corpus/samples")
ONE = sorted(SAMPLES.glob("*.txt"))[0]


def cchc(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*CCHC, *map(str, arguments)], input=stdin, capture_output=True, check=False)


def test_version() -> None:
    assert cchc("--version").stdout.decode().split() == ["cchc", __version__]


def test_table_of_a_directory_names_every_file_in_vietnamese() -> None:
    result = cchc("extract", SAMPLES)
    shown = result.stdout.decode()
    assert result.returncode == 0
    assert all(path.name in shown for path in SAMPLES.glob("*.txt"))
    assert "Đơn vị được kiểm tra" in shown


def test_english_on_request() -> None:
    assert "Inspected" in cchc("extract", ONE, "--lang", "en").stdout.decode()


def test_json_of_one_file_is_its_record() -> None:
    assert json.loads(cchc("extract", ONE, "-f", "json").stdout) == extract(ONE.read_bytes()).to_dict()


def test_json_of_many_files_is_one_array() -> None:
    assert len(json.loads(cchc("extract", SAMPLES, "-f", "json").stdout)) == len(list(SAMPLES.glob("*.txt")))


def test_jsonl_has_a_line_for_every_file() -> None:
    lines = cchc("extract", SAMPLES, "-f", "jsonl").stdout.decode().splitlines()
    assert [json.loads(line)["file"] for line in lines] == sorted(str(p) for p in SAMPLES.glob("*.txt"))


def test_standard_input_in_an_old_encoding() -> None:
    record = json.loads(cchc("extract", "-", "-f", "json", stdin=ONE.read_text("utf-8").encode("utf-16")).stdout)
    assert record["inspection"]["kind"] == "giám sát"


def test_published_is_used() -> None:
    text = "Ngày 30/8, đoàn đến.".encode()
    record = json.loads(cchc("extract", "-", "-f", "json", "--published", "2021-09-02", stdin=text).stdout)
    assert record["dates"][0]["value"] == "2021-08-30"


def test_pages_of_many_files_go_into_a_directory(tmp_path: Path) -> None:
    assert cchc("extract", SAMPLES, "-f", "html", "-o", tmp_path).returncode == 0
    assert len(list(tmp_path.glob("*.html"))) == len(list(SAMPLES.glob("*.txt")))
    assert cchc("extract", SAMPLES, "-f", "html").returncode == 2


def test_what_cannot_be_read_is_named_and_the_rest_comes_out() -> None:
    result = cchc("extract", ONE, "no/such/file.txt", "-f", "jsonl")
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.decode().count("no/such/file.txt") == 1


def test_nothing_readable_has_its_own_exit_code(tmp_path: Path) -> None:
    assert cchc("extract", "no/such/file.txt").returncode == 3
    assert cchc("extract", tmp_path).returncode == 3


@pytest.fixture
def articles(tmp_path: Path) -> list[Path]:
    """Files of one stem in two folders and two forms, and one whose stem is another's page name."""
    paths = [tmp_path / name for name in ("d1/x.txt", "d2/x.txt", "d2/X.html", "d1/d1-x.txt", "d1/alone.txt")]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"UBND xã Tân An kiểm tra {path.parent.name}/{path.name}.", encoding="utf-8")
    return paths


def test_every_input_has_a_page_of_its_own(articles: list[Path], tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    assert cchc("extract", *articles, "-f", "html", "-o", pages).returncode == 0
    names = {page.name for page in pages.iterdir()}
    assert names == {"d1-x.html", "d1-x-txt.html", "d2-x-txt.html", "d2-X-html.html", "alone.html"}
    assert len({page.read_text(encoding="utf-8") for page in pages.iterdir()}) == len(articles)


def test_pages_of_files_that_differ_in_nothing_but_far_folders_are_numbered(tmp_path: Path) -> None:
    for folder in ("a/same", "b/same"):
        (tmp_path / folder).mkdir(parents=True)
        shutil.copy(ONE, tmp_path / folder / "x.txt")
    assert cchc("extract", tmp_path, "-f", "html", "-o", tmp_path / "pages").returncode == 0
    assert {p.name for p in (tmp_path / "pages").iterdir()} == {"same-x-txt-1.html", "same-x-txt-2.html"}


def test_no_input_is_written_over(articles: list[Path], tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in articles}
    (tmp_path / "link").symlink_to(articles[0])
    page = tmp_path / "d2" / "y.html"
    page.write_bytes(b"")
    for arguments in (
        [articles[0], "-f", "json", "-o", articles[0]],
        [articles[0], articles[1], "-o", tmp_path / "link"],
        [page, articles[0], "-f", "html", "-o", tmp_path / "d2"],
    ):
        result = cchc("extract", *arguments)
        assert result.returncode == 2
        assert "là một tệp đầu vào" in _one_line(result)
    assert {path: path.read_bytes() for path in articles} == before


def _one_line(result: subprocess.CompletedProcess[bytes]) -> str:
    lines = result.stderr.decode().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_a_file_is_kept_where_nothing_was_read(tmp_path: Path) -> None:
    keep = tmp_path / "keep.json"
    keep.write_text("precious", encoding="utf-8")
    assert cchc("extract", "missing.txt", "-f", "json", "-o", keep).returncode == 3
    assert keep.read_text(encoding="utf-8") == "precious"
    assert cchc("extract", "missing.txt", ONE, "-f", "jsonl", "-o", keep).returncode == 1
    assert json.loads(keep.read_text(encoding="utf-8"))["file"] == str(ONE)
    assert [path.name for path in tmp_path.iterdir()] == ["keep.json"]


def test_a_device_is_written_to_and_not_replaced() -> None:
    assert cchc("extract", ONE, "-f", "json", "-o", os.devnull).returncode == 0
    assert not os.path.isfile(os.devnull)


@pytest.mark.parametrize(
    ("arguments", "output", "vietnamese", "english"),
    [
        ([ONE], "no/such/folder.json", "không có tệp hoặc thư mục này", "no such file or directory"),
        ([ONE], ".", "là một thư mục", "is a directory"),
        ([ONE], "file/out.json", "không phải là thư mục", "not a directory"),
        ([SAMPLES, "-f", "html"], "file", "không phải là thư mục", "not a directory"),
    ],
)
def test_an_output_that_cannot_be_written(
    arguments: list[object], output: str, vietnamese: str, english: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    for language, reason in (("vi", vietnamese), ("en", english)):
        result = cchc("extract", *arguments, "-o", tmp_path / output, "--lang", language)
        assert result.returncode == 2
        assert _one_line(result).endswith(f"{tmp_path / output}: {reason}")


def test_a_file_that_may_not_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.touch(mode=0)
    if os.access(secret, os.R_OK):
        pytest.skip("this user may read everything")
    result = cchc("extract", secret, ONE, "-f", "jsonl")
    assert result.returncode == 1
    assert _one_line(result) == f"Không đọc được: {secret}: không có quyền truy cập"


def test_what_is_no_text_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    result = cchc("extract", tmp_path / "photo.txt", ONE, "-f", "jsonl")
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 1
    assert _one_line(result).endswith("photo.txt: không phải là văn bản")
    assert cchc("explain", tmp_path / "photo.txt").returncode == 3


def test_an_empty_file_has_a_record_and_a_note(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = cchc("extract", tmp_path, "-f", "jsonl", "--lang", "en")
    assert result.returncode == 0
    assert json.loads(result.stdout)["metrics"] == []
    assert "empty.txt" in _one_line(result)


def test_an_empty_directory_is_named_with_what_would_be_read(tmp_path: Path) -> None:
    (tmp_path / "photo.png").touch()
    message = _one_line(cchc("extract", tmp_path))
    assert str(tmp_path) in message
    assert ".txt, .html, .htm" in message


def test_hidden_files_are_passed_over_and_none_is_read_twice(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "in/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ONE, tmp_path / name)
    lines = cchc("extract", tmp_path, tmp_path / "in" / "a.txt", tmp_path / "in", "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line)["file"] for line in lines] == [str(tmp_path / "in" / "a.txt")]


def test_help_names_the_suffixes() -> None:
    assert ".htm" in cchc("extract", "--help").stdout.decode()


def test_faults_are_told_in_the_reader_s_language() -> None:
    assert "no/such.txt: không có tệp" in _one_line(cchc("extract", "no/such.txt"))
    assert "no/such.txt: no such file" in _one_line(cchc("extract", "no/such.txt", "--lang", "en"))
    assert "no/such: không phải là thư mục" in _one_line(cchc("evaluate", "no/such"))
    assert "không có tệp" in _one_line(cchc("train", "--corpus", "no/such"))


def test_tables_name_posts_count_rows_and_show_ratios_and_ranges() -> None:
    text = (
        "Đồng chí Lê Văn Tám - Chủ tịch UBND xã Tân An báo cáo: 3/12 chỉ tiêu chưa đạt, từ 6 đến 22 hồ sơ trễ hạn. "
        "UBND xã Tân An đã niêm yết. UBND xã Tân An đã khắc phục."
    )
    shown = cchc("extract", "-", stdin=text.encode()).stdout.decode()
    assert "Chức vụ" in shown
    assert "Tiêu đề" not in shown
    assert "Cơ quan (1)" in shown
    assert {"3/12", "6-22"} <= set(shown.split())


def test_explain_opens_with_what_the_article_was_taken_for() -> None:
    lines = cchc("explain", ONE).stdout.decode().splitlines()[1:]
    record = extract(ONE.read_bytes())
    assert lines[0] == f"Có phải bài kiểm tra: có (độ tin cậy {record.article.confidence:.2f})"
    assert lines[1] == f"Loại hình: {record.inspection.kind}"
    assert lines[3:6] == [
        f"Bên kiểm tra: {record.inspection.inspector}",
        f"Người dẫn đầu: {record.inspection.lead}",
        f"Đơn vị được kiểm tra: {'; '.join(record.inspection.inspected)}",
    ]
    assert lines[6].startswith(f"Căn cứ cho từng đơn vị: {record.inspection.inspected[0]} ")
    assert "Mục" in "".join(lines[7:11])


def test_wrong_usage() -> None:
    assert cchc("extract", ONE, "-f", "pdf").returncode == 2


def test_explain_shows_rule_and_reason() -> None:
    shown = cchc("explain", ONE).stdout.decode()
    assert "dates." in shown
    assert "agencies." in shown


def test_schema() -> None:
    assert cchc("schema").stdout.decode() == schema_text()


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    text = ONE.read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "a.gold.json").write_text(extract(text).to_json(), encoding="utf-8")
    return tmp_path


def test_evaluate_against_its_own_records_is_perfect(gold: Path) -> None:
    figures = json.loads(cchc("evaluate", gold, "--json").stdout)
    assert {row["f1"] for row in figures.values() if row["gold"]} == {1.0}


def test_evaluate_names_a_bad_gold_file_and_reads_the_rest(gold: Path) -> None:
    (gold / "b.gold.json").write_text("{", encoding="utf-8")
    result = cchc("evaluate", gold, "--json")
    assert result.returncode == 1
    assert "b.gold.json" in result.stderr.decode()
    assert json.loads(result.stdout)


def test_evaluate_without_gold(tmp_path: Path) -> None:
    assert cchc("evaluate", tmp_path).returncode == 3
    (tmp_path / "a.gold.json").write_text("{", encoding="utf-8")
    assert cchc("evaluate", tmp_path).returncode == 3


def test_evaluate_beside_models_that_are_not_there(gold: Path) -> None:
    result = cchc("evaluate", gold, "--models", gold / "none")
    assert result.returncode == 2
    assert _one_line(result).endswith("none: không phải là thư mục")


def test_units_by_name_and_by_code() -> None:
    shown = cchc("units", "xã Tân Thạnh", "--year", 2020, "--parent", "tỉnh Kiên Giang").stdout.decode()
    assert "31031" in shown
    assert "xã Tân Thạnh, huyện An Minh, tỉnh Kiên Giang" in shown
    assert "Nay là" in shown
    assert "Now" in cchc("units", "01984", "--lang", "en").stdout.decode()
    both = json.loads(cchc("units", "00004", "--format", "json").stdout)
    assert [(unit["since"], unit["name"]) for unit in both] == [("2025", "Ba Đình"), ("2004", "Trúc Bạch")]
    districts = json.loads(cchc("units", "Tân Thạnh", "--level", "district", "-f", "json").stdout)
    assert {unit["level"] for unit in districts} == {"district"}


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("xã Mây Trắng Hồng",), 1, "xã Mây Trắng Hồng"),
        (("99999",), 1, "99999"),
        (("Huế", "--level", "town"), 2, "'town' is none of province, district, commune"),
        (("Huế", "--year", "1200"), 2, "year 1200 is outside the data"),
    ],
)
def test_units_that_are_not_found_or_wrongly_asked_for(arguments: tuple[str, ...], code: int, message: str) -> None:
    result = cchc("units", *arguments)
    assert (result.returncode, result.stdout) == (code, b"")
    assert message in result.stderr.decode()
