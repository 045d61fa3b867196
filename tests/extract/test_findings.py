"""What a reader would call a finding: the cases stand in `findings_examples.txt`, marked in line."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_nlp.analysis import Analysis, Finding
from cchc_nlp.classify.labeller import Verdict
from cchc_nlp.extract import findings
from tests.helpers import analyse
from tests.markup import unmark

FRAME = (
    "Sáng 4/5, Đoàn kiểm tra cải cách hành chính của UBND tỉnh làm việc với Sở Nội vụ và UBND các xã.\n"
    "Đây là đợt kiểm tra công vụ thứ hai trong năm; đoàn giám sát của HĐND tỉnh cùng tham dự.\n"
)


def _examples() -> list[str]:
    frame = ""
    cases: list[str] = []
    for case in Path(__file__).with_name("findings_examples.txt").read_text(encoding="utf-8").split("\n\n"):
        text = "\n".join(line for line in case.strip().splitlines() if not line.startswith("#"))
        if text.startswith("== "):
            frame = FRAME if text.startswith("== framed") else ""
        elif text:
            cases.append(frame + text)
    return cases


EXAMPLES = _examples()


@pytest.mark.parametrize("marked", EXAMPLES, ids=lambda marked: marked[-40:])
def test_examples(marked: str) -> None:
    source, marks = unmark(marked)
    found = findings.find(analyse(source, upto="text"))
    assert [(source[f.start : f.end], f.label) for f in found] == [(m.text, m.fields[0]) for m in marks]
    expected = [(m.text, m.fields[1]) for m in marks if len(m.fields) > 1]
    assert [(m.text, f.area) for f, m in zip(found, marks, strict=True) if len(m.fields) > 1] == expected


def test_there_are_examples_enough() -> None:
    counts = [len(unmark(marked)[1]) for marked in EXAMPLES]
    assert sum(counts) >= 120
    assert counts.count(0) >= 30


def test_another_labeller_can_be_passed() -> None:
    class Everything:
        def label(self, analysis: Analysis) -> list[Verdict]:
            return [Verdict(s.start, s.end, i, "cause", 0.5, "mine") for i, s in enumerate(analysis.segments)]

        def label_many(self, analyses: list[Analysis]) -> list[list[Verdict]]:
            return [self.label(analysis) for analysis in analyses]

    found = findings.find(analyse("Phim hay. Nhạc dở.", upto="text"), Everything())
    assert [(f.label, f.rule, f.area) for f in found] == [("cause", "mine", "general")] * 2


WORDS = st.sampled_from(
    [
        *("chưa", "không", "đã", "cần", "đề nghị", "tuy nhiên", "hạn chế", "đầy đủ", "kịp thời"),
        *("nguyên nhân do", "UBND xã", "thủ tục", "98%", "khắc phục", "mới đạt", "giảm", "tiếp nhận"),
        *(";", ",", ".", ":", "\n", "-", "(", ")"),
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=120).map(" ".join)))
def test_any_text(source: str) -> None:
    analysis = analyse(source, upto="text")
    found: list[Finding] = findings.find(analysis)
    assert found == findings.find(analysis)
    assert all(0 <= f.start < f.end <= len(analysis.text) for f in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(0.0 <= f.confidence <= 1.0 and f.rule.startswith("findings.") for f in found)
