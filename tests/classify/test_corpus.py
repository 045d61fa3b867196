"""The corpus format: what it reads, what it refuses and how it says so; and the corpus itself."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from cchc_nlp.classify.corpus import CorpusArticle, read_article, read_corpus, read_splits
from cchc_nlp.errors import CorpusFormatError
from tools.check_corpus import borrowed, overlaps, texts_of

HEADER = "inspection: yes\ninspected: xã Tân An\nofficial: Lê Văn Tám = Trưởng đoàn @ -\n---\n"
ARTICLE = (
    HEADER + "[T|Giám sát tại [p|xã Tân An]]\n~ Cập nhật: [P:2019-09-17T15:42|17/09/2019 15:42]\n"
    "[d:2019-09-17TMO|Sáng 17/9], ông [o|Lê Văn Tám] đến. [+procedures|Xã đạt [m:98.4;%;>;đúng hạn|98,4%]]; "
    "[-general@-|còn \\[nhiều\\] việc chậm]."
)


def test_an_article_becomes_text_and_gold() -> None:
    article = read_article(ARTICLE, "w/a.txt", "w")
    gold = article.gold
    assert article.text.splitlines()[1] == "Cập nhật: 17/09/2019 15:42"
    assert gold["article"] == {
        "title": "Giám sát tại xã Tân An", "published": "2019-09-17T15:42", "author": None,
        "body": [[0, 22], [50, len(article.text)]], "is_inspection": True,
    }  # fmt: skip
    assert [(f["label"], f["area"], f["unit"], f["text"]) for f in gold["findings"]] == [
        ("strength", "procedures", "xã Tân An", "Xã đạt 98,4%"),
        ("limitation", "general", None, "còn [nhiều] việc chậm"),
    ]
    assert gold["metrics"][0]["comparator"] == ">"
    assert gold["officials"][0]["roles"] == [{"title": "Trưởng đoàn", "org": None}]
    for kind in ("dates", "places", "metrics", "findings"):
        assert all(article.text[m["start"] : m["end"]] == m["text"] for m in gold[kind])


FAULTS = {
    "no header": ("Một bài.", "line 1"),
    "unknown key": ("weather: fine\n---\n", "line 1"),
    "no inspection": ("brief: x\n---\n", "inspection"),
    "unclosed": (HEADER + "Một\n[T|hai", "line 6"),
    "closes nothing": (HEADER + "Một] hai", "line 5"),
    "unknown tag": (HEADER + "[q|Một]", "'q'"),
    "unknown area": (HEADER + "[+weather|Một]", "'weather'"),
    "no TIMEX": (HEADER + "[d:30/8|30/8]", "'30/8'"),
    "no unit": (HEADER + "[m:5|5 hồ sơ]", "'5'"),
    "no type word": (HEADER + "[p:Tân An|Tân An]", "type word"),
    "unknown official": (HEADER + "[o|Trần B]", "Trần B"),
    "no document": (HEADER + "[x:Kế hoạch|Kế hoạch]", "number or title"),
    "bad role": ("inspection: yes\nofficial: A = Trưởng đoàn\n---\n", "line 2"),
    "blank at the end": (HEADER + "[T|Một ]", "blanks"),
    "unknown extent": ("inspection: yes\nannotated: dates\n---\n", "annotated"),
}


@pytest.mark.parametrize(("content", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_names_file_and_place(content: str, said: str) -> None:
    with pytest.raises(CorpusFormatError, match=r"w/a\.txt, line \d+") as raised:
        read_article(content, "w/a.txt")
    assert said in str(raised.value)


def test_a_bad_file_loses_no_good_one(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "w" / "b.txt").write_text("nothing", encoding="utf-8")
    (tmp_path / "w" / "c.txt").write_bytes(b"\xff\xfe\xff")
    articles, faults = read_corpus(tmp_path)
    assert [article.stem for article in articles] == ["a"]
    assert [Path(str(fault).split(",")[0].split(":")[0]).name for fault in faults] == ["b.txt", "c.txt"]


@pytest.fixture(scope="module")
def corpus() -> list[CorpusArticle]:
    articles, faults = read_corpus(Path("corpus/articles"))
    assert not faults
    return articles


def test_the_corpus_keeps_its_promises(corpus: list[CorpusArticle]) -> None:
    splits = read_splits(Path("corpus/splits.tsv"))
    assert {article.writer for article in corpus} == set(splits)
    full = [article for article in corpus if article.annotated == "all"]
    assert len(full) >= 240
    assert sum(not article.gold["article"]["is_inspection"] for article in full) >= 50
    assert sum(article.noise is not None for article in full) >= 20
    assert {splits[article.writer] for article in corpus if article.annotated != "all"} == {"train"}
    for article in corpus:
        for kind in ("dates", "places", "agencies", "metrics", "documents", "findings"):
            assert all(article.text[m["start"] : m["end"]] == m["text"] for m in article.gold[kind]), article.stem


def test_labels_and_areas_are_balanced(corpus: list[CorpusArticle]) -> None:
    for field, least in (("label", 0.08), ("area", 0.03)):
        counts = Counter(finding[field] for article in corpus for finding in article.gold["findings"])
        assert min(counts.values()) >= least * counts.total(), counts


def test_no_article_stands_twice(corpus: list[CorpusArticle]) -> None:
    pairs = [(Path(article.writer, article.stem), article) for article in corpus]
    runs = [line for line in overlaps(pairs) if int(line.split(" share ")[1].split()[0]) > 12]
    assert not runs


def test_a_second_annotation_is_there_to_agree_with() -> None:
    second, faults = read_corpus(Path("corpus/second"))
    assert not faults
    assert len(second) >= 60


SHARED = Path("../shared")


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not beside the project")
def test_no_words_are_taken_from_real_articles(corpus: list[CorpusArticle]) -> None:
    pairs = [(Path(article.writer, article.stem), article) for article in corpus]
    real = texts_of([SHARED / "news" / "articles.jsonl.gz", SHARED / "gold"])
    assert not list(borrowed(pairs, real))
