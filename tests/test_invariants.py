"""What holds for every record of every text: offsets, forms of the same text, determinism, linear time."""

from __future__ import annotations

import gzip
import json
import random
import time
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_nlp import ArticleRecord, extract

SAMPLES = sorted(Path("corpus/samples").glob("*.txt"))
SEEDS = sorted(Path("../shared/gold/seeds").glob("*.txt"))
NEWS = Path("../shared/news/articles.jsonl.gz")

needs_shared = pytest.mark.skipif(not NEWS.exists(), reason="../shared is not beside the project")


def spans(record: ArticleRecord) -> Iterator[tuple[int, int, str]]:
    for kind in ("dates", "places", "agencies", "metrics", "documents", "findings"):
        yield from ((m.start, m.end, m.text) for m in getattr(record, kind))
    yield from ((m.start, m.end, m.text) for official in record.officials for m in official.mentions)


def check(source: str) -> ArticleRecord:
    record = extract(source)
    for start, end, text in spans(record):
        assert source[start:end] == text
        assert start < end
    for start, end in record.article.body:
        assert 0 <= start <= end <= len(source)
    return record


def nbsp_strewn(text: str) -> str:
    chance = random.Random(len(text))
    return "".join("\u00a0" if char == " " and chance.random() < 0.3 else char for char in text)


def gist(record: ArticleRecord) -> list[tuple[str, str, str | None]]:
    return [(f.label, " ".join(unicodedata.normalize("NFC", f.text).split()), f.unit) for f in record.findings]


def check_forms(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    plain = check(text)
    for other in (check(unicodedata.normalize("NFD", text)), check(nbsp_strewn(text))):
        assert gist(other) == gist(plain)
        assert [d.value for d in other.dates] == [d.value for d in plain.dates]
        assert [a.name for a in other.agencies] == [a.name for a in plain.agencies]
        assert [o.name for o in other.officials] == [o.name for o in plain.officials]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_samples_in_three_forms(path: Path) -> None:
    check_forms(path.read_text(encoding="utf-8"))


@needs_shared
@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem)
def test_seeds_in_three_forms(path: Path) -> None:
    check_forms(path.read_bytes().decode("utf-8"))


@needs_shared
def test_five_hundred_news_articles_in_three_forms() -> None:
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        for line in islice(lines, 500):
            check_forms(json.loads(line)["text"])


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_gives_a_record(text: str) -> None:
    assert check(text) == extract(text)


VOCABULARY = (
    "UBND", "xã", "Tân Mỹ", "huyện", "ngày", "10/5/2019", "98,5%", "hồ sơ", ";", "song", "chưa", "đề nghị", "\n",
    "Đoàn kiểm tra", "đồng chí", "Nguyễn Văn An", "-", "Phó Chủ tịch", "số 05/KH-UBND", ".", "…", "(", ")", "“", "”",
    "\u00a0", "từ", "đến", "năm 2021", "1.234", "tăng", "12/15 xã", "Tuy nhiên,", "\u200b", "a\u0301", "🙂",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(VOCABULARY), max_size=60), st.sampled_from([" ", "", "  "]))
def test_any_mixture_of_telling_words_gives_a_record(words: list[str], blank: str) -> None:
    check(blank.join(words))


HOSTILE = {
    "semicolons": "; ",
    "commas": "a, ",
    "digits": "1234567890",
    "dots": "1.",
    "slashes": "1/",
    "dates": "ngày 1/1/2020 và ",
    "capitals": "Nguyễn ",
    "places": "xã A, ",
    "type words": "huyện xã ",
    "agencies": "UBND xã Tân, ",
    "nested agencies": "Đoàn kiểm tra của Ban Thường vụ ",
    "titles": "Phó Chủ tịch, ",
    "persons": "đồng chí Trần Văn An - Bí thư, ",
    "papers": "Quyết định số 1/QĐ-UBND, ",
    "brackets": "((((",
    "quotes": "“a ",
    "angle brackets": "<p><",
    "ampersands": "&amp",
    "combining marks": "a\u0301\u0323",
    "lines": "Một dòng\n",
    "bullets": "- việc này chưa tốt\n",
    "cues": "chưa tốt, tuy nhiên đề nghị ",
    "percent": "98% ",
    "blanks": " \t",
    "from to": "từ 1 đến 2 ",
    "breadcrumbs": "Trang chủ → ab → ",
    "causes": "abc, chủ yếu do ",
    "contrasts": "a nhưng ",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    """Eight times the text may take up to 20 times as long (noise); quadratic work would take 64 times."""

    def cost(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            extract(text)
            best = min(best, time.process_time() - start)
        return best

    assert cost(80_000) < 20 * cost(10_000) + 0.2
