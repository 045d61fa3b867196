"""Articles that say the same are recognised, whichever came first, and across runs that go on."""

from __future__ import annotations

import json
from pathlib import Path

from cchc_nlp.batch import Options, run
from tests.batch.archives import SAMPLES, rows

OPTIONS = Options(duplicates=True, relevant_only=False, shard_size=2)
TEXTS = [path.read_text(encoding="utf-8") for path in SAMPLES]


def archive(path: Path, articles: dict[str, str]) -> None:
    lines = (json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n" for name, text in articles.items())
    path.write_text("".join(lines), encoding="utf-8")


def originals(dataset: Path) -> dict[object, object]:
    return {row["id"]: row["duplicate_of"] for row in rows(dataset, "articles")}


def test_the_same_article_in_another_paper_is_marked(tmp_path: Path) -> None:
    again = TEXTS[0].replace("Lượt xem: 318", "Lượt xem: 1.024") + "\nTheo báo tỉnh."
    first = {"a": TEXTS[0], "b": TEXTS[1], "c": again, "short": "Bài ngắn.", "short too": "Bài ngắn."}
    archive(tmp_path / "1.jsonl", first)
    run([str(tmp_path)], tmp_path / "out", OPTIONS, engine="inline")
    assert originals(tmp_path / "out") == {"a": None, "b": None, "c": "a", "short": None, "short too": None}
    archive(tmp_path / "2.jsonl", {"d": TEXTS[1].upper(), "e": TEXTS[2]})
    outcome = run([str(tmp_path)], tmp_path / "out", OPTIONS, engine="inline", resume=True)
    assert originals(tmp_path / "out")["d"] == "b"
    assert originals(tmp_path / "out")["e"] is None
    assert outcome.counts.duplicates == 2
