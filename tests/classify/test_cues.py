"""Every verdict of the rule labeller can be explained: which cues, what they weighed, where they stand."""

from __future__ import annotations

import pytest

from cchc_nlp import lexicon
from cchc_nlp.classify.cues import LABELS, CueLabeller, Reader
from cchc_nlp.classify.labeller import Verdict
from tests.extract.test_findings import FRAME
from tests.helpers import analyse


def _last(sentence: str) -> tuple[str, Verdict]:
    analysis = analyse(FRAME + sentence, upto="text")
    return analysis.text, CueLabeller().label(analysis)[-1]


@pytest.mark.parametrize(
    ("sentence", "rule", "cue"),
    [
        ("Hồ sơ còn trễ hạn nhiều tháng.", "findings.fault", "trễ hạn"),
        ("Đoàn đánh giá cao kết quả của xã.", "findings.praise", "đánh giá cao"),
        ("Đoàn đề nghị xã niêm yết thủ tục.", "findings.directive", "đề nghị"),
        ("Nguyên nhân là do cán bộ thiếu năng lực.", "findings.cause", "Nguyên nhân là do"),
        ("Bộ phận một cửa không để xảy ra hồ sơ tồn đọng.", "findings.clear", "không để xảy ra"),
        ("Tỷ lệ số hóa hồ sơ mới đạt 12%.", "findings.flaw", "mới đạt"),
        ("Không hồ sơ nào quá hạn.", "findings.cleared", "quá hạn"),
        ("Người dân phải gọi bốn cuộc điện thoại.", "findings.hardship", "phải gọi"),
        ("Bà con phải qua đò mới tới trụ sở.", "findings.deontic", "phải"),
        ("Chi hội nghị vượt dự toán 40 triệu đồng.", "findings.exceed", "vượt dự toán"),
        ("Số tiền thu sai phải hoàn lại trước ngày 5/6.", "findings.deontic", "phải"),
        ("Giám đốc phân trần đường xa, quân ít.", "findings.frame", "phân trần"),
        ("Lãnh đạo sở than lực lượng mỏng.", "findings.ground", "lực lượng mỏng"),
        ("Dán lại lịch tiếp dân trước 30/9.", "findings.deadline", "trước"),
    ],
)
def test_rule_and_evidence(sentence: str, rule: str, cue: str) -> None:
    text, verdict = _last(sentence)
    assert verdict.rule == rule
    assert cue in [text[e.start : e.end] for e in verdict.evidence if e.label == verdict.label]


def test_negation_turns_a_good_quality_into_a_shortcoming() -> None:
    assert _last("Việc niêm yết được thực hiện kịp thời.")[1].label == "strength"
    assert _last("Việc niêm yết không được thực hiện kịp thời.")[1].label == "limitation"


def test_what_a_clause_gives_way_to_is_not_found() -> None:
    assert _last("Dù máy móc hư hỏng, lực lượng mỏng, xã vẫn hoàn thành chỉ tiêu.")[1].label == "strength"


def test_a_date_is_no_result() -> None:
    analysis = analyse(FRAME + "Cuộc họp bắt đầu ngày 16/4 tại trụ sở xã.")
    assert CueLabeller().label(analysis)[-1].label is None


def test_a_speaker_explains_until_the_text_turns() -> None:
    text = FRAME + "Ông Tư giải thích: kho bạc chậm cấp tiền. Nhà thầu bỏ dở. Tuy nhiên, sổ sách ghi sai 12 khoản."
    labels = [verdict.label for verdict in CueLabeller().label(analyse(text, upto="text"))]
    assert labels[-3:] == ["cause", "cause", "limitation"]


def test_a_list_keeps_the_label_of_its_head() -> None:
    text = FRAME + "Đoàn đề nghị xã bố trí đủ nhân lực; máy móc; kinh phí cho bộ phận một cửa."
    verdicts = CueLabeller().label(analyse(text, upto="text"))
    assert [v.label for v in verdicts[-3:]] == ["recommendation"] * 3
    assert verdicts[-2].rule == "findings.context"


def test_verdicts_cover_the_segments_in_order() -> None:
    analysis = analyse(
        FRAME + "Xã làm tốt, song hồ sơ còn trễ hạn; sổ sách thiếu. Đoàn làm việc một ngày.", upto="text"
    )
    verdicts = CueLabeller().label(analysis)
    assert all(any(v.start <= s.start and s.start < v.end for v in verdicts) for s in analysis.segments)
    assert list(CueLabeller().label_many([analysis])) == [verdicts]


def test_the_lexicon_is_sound() -> None:
    rows = lexicon.table("cue_finding")
    assert len({row["phrase"] for row in rows}) == len(rows) > 900
    for row in rows:
        assert hasattr(Reader, "_" + row["kind"]), row
        assert row["phrase"] == row["phrase"].lower()
        assert 0.0 <= float(row["weight"]) <= 3.0
        assert (row["kind"] == "lead") == (row["label"] in LABELS)
    for row in lexicon.table("area_cue"):
        assert row["area"]
        float(row["weight"])


def test_a_connective_left_alone_is_no_finding() -> None:
    verdicts = CueLabeller().label(analyse(FRAME + "Sổ sách đầy đủ. Tuy nhiên.", upto="text"))
    assert verdicts[-1].label is None
