"""The command as a user types it."""

from __future__ import annotations

import json
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
