"""Every extraction explains itself: a known rule, in two languages, and for findings the words that decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_nlp import lexicon
from cchc_nlp.extractor import default_extractor
from cchc_nlp.report.explain import lines

SAMPLES = sorted(Path("corpus/samples").glob("*.txt")) + sorted(Path("corpus/articles").glob("*/*.txt"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_every_rule_is_explained(path: Path) -> None:
    known = {row["rule"] for row in lexicon.table("rules")}
    source = path.read_text(encoding="utf-8")
    explained = lines(default_extractor(), source, None, "vi")
    assert {line.rule for line in explained} <= known
    for line in explained:
        assert source[line.start : line.end] == line.text
        assert 0 <= line.confidence <= 1
        assert line.why


def test_every_rule_has_both_languages() -> None:
    assert all(row["vi"] and row["en"] for row in lexicon.table("rules"))


def test_a_finding_shows_its_words_and_weights() -> None:
    text = (
        "Kiểm tra cải cách hành chính tại xã Tân An.\nUBND xã Tân An niêm yết thủ tục chưa đầy đủ, hồ sơ còn trễ hạn."
    )
    why = [line.why for line in lines(default_extractor(), text, None, "en") if line.kind == "limitation"]
    assert why
    assert "limitation +" in why[0]
