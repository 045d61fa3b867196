# ruff: noqa: E501  (an example is easier to read on one line)
"""Segments: `[[ ]]` stands around each expected one; what lies outside is in none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_nlp.analysis import Block
from cchc_nlp.text.segments import split_segments
from cchc_nlp.text.sentences import split_sentences
from tests.helpers import analyse
from tests.markup import unmark

EXAMPLES = [
    # semicolons, bullets, closing marks
    "[[Xã đã ban hành kế hoạch]]; [[công tác tuyên truyền được chú trọng]];[[việc niêm yết kịp thời]].",
    "[[Văn bản còn thiếu (như: kế hoạch năm; quy chế chi tiêu; nội quy...)]]. [[Hồ sơ lưu chưa đủ]];…",
    "[[Đoàn nhắc khẩu hiệu “Đúng hẹn; đúng luật; đúng mực” tại phòng chờ]]; [[phòng chờ sạch sẽ]].",
    "- [[Hồ sơ được giải quyết đúng hạn]]./.",
    "* [[Về kết quả, nhìn chung các xã làm tốt, cụ thể: Ban hành kế hoạch sớm]]; [[phân công rõ ràng]]",
    "a) [[Việc lưu trữ chưa khoa học]]; b) [[sổ sách chưa đúng mẫu]].",
    "[[Có hai tồn tại: (1) chậm trả hồ sơ]]; (2) [[không xin lỗi người dân]].",
    "[[Tỷ lệ hồ sơ qua bưu điện cao]]…",
    "[[Ông nói: “Chúng tôi nhận khuyết điểm”]].",
    # lead-ins belong to what they announce
    "[[Bên cạnh kết quả đạt được, xã còn một số hạn chế như: Chưa niêm yết đủ]]; [[chưa số hóa hồ sơ]].",
    "[[Bên cạnh kết quả đã đạt được, các xã còn một số hạn chế sau]]:",
    # contrast
    "[[Thủ tục được niêm yết đầy đủ]], [[song nhiều thủ tục chưa được cập nhật]].",
    "[[Mặc dù đơn vị đã có nhiều cố gắng]], [[tuy nhiên chỉ số cải cách hành chính còn thấp]].",
    "[[Xã bố trí đủ máy tính]], [[nhưng đường truyền thường xuyên bị gián đoạn]].",
    "[[Tuy nhiên, số hồ sơ trễ hạn vẫn ở mức cao]].",
    "[[Việc nhập dữ liệu được làm song song với hồ sơ giấy]].",
    "[[Bảy đơn vị đạt trên 76% nhưng chưa tới 80%, xếp loại khá]].",
    "[[Số hồ sơ tăng, nhưng ít]].",
    # a demand after a statement
    "[[Đoàn đánh giá cao kết quả của xã]], [[đồng thời đề nghị UBND xã khắc phục các hạn chế]].",
    "[[Đánh giá cao sự chuẩn bị của xã]], [[đồng chí Phó Chủ tịch HĐND huyện đề nghị xã sớm hoàn thiện hồ sơ]].",
    "[[Một số công chức chưa đạt chuẩn]], [[đoàn đã kiến nghị huyện bố trí đi đào tạo]].",
    "[[Nhiều hồ sơ trễ hạn]], [[cần sớm khắc phục trong quý tới]].",
    "[[Trong thời gian tới, đoàn đề nghị xã rà soát hồ sơ, đồng thời yêu cầu báo cáo trước ngày 30/9]].",
    "[[Trên cơ sở kết luận kiểm tra, UBND huyện yêu cầu các xã khắc phục hạn chế]].",
    "[[Đối với các phòng chuyên môn, cần quan tâm hướng dẫn cấp xã]].",
    "[[Sở đã lập tổ công tác, yêu cầu các đơn vị báo cáo hằng tuần]].",
    "[[Xã không nhận được phản ánh, kiến nghị nào về thái độ phục vụ]].",
    "[[Tăng cường sự lãnh đạo của Đảng ủy, đồng thời nâng cao trách nhiệm người đứng đầu]].",
    # blame after praise
    "[[Đoàn biểu dương nỗ lực của phường]], [[đồng thời chỉ rõ những tồn tại trong quản lý đất đai]].",
    # causes
    "[[Tỷ lệ nộp hồ sơ trực tuyến đạt thấp]], [[chủ yếu do người dân chưa quen]].",
    "[[Hồ sơ còn chậm]], [[nguyên nhân là do thiếu người, máy móc chưa đủ]].",
    "[[Tỷ lệ giải ngân còn thấp]], [[do mặt bằng chưa được bàn giao]].",
    "[[Đoàn kiểm tra, do Giám đốc Sở làm trưởng đoàn, đã làm việc với ba phường]].",
]


@pytest.mark.parametrize("marked", EXAMPLES)
def test_segments(marked: str) -> None:
    text, marks = unmark(marked)
    blocks = [Block(0, len(text), "paragraph")]
    segments = split_segments(text, blocks, split_sentences(text, blocks))
    assert [text[s.start : s.end] for s in segments] == [mark.text for mark in marks]


TITLES = [
    "[[PAR INDEX 2015: Sở Tài chính đứng đầu]], [[Sở Y tế xếp cuối]]",
    "[[Sông Lam: hơn 200 hồ sơ trễ hạn, hầu hết về đất đai]]",
    "[[Hơn trăm hồ sơ chậm ở Sông Lam, ba phòng chưa xin lỗi]]",
]


@pytest.mark.parametrize("marked", TITLES)
def test_headlines(marked: str) -> None:
    text, marks = unmark(marked)
    blocks = [Block(0, len(text), "title")]
    segments = split_segments(text, blocks, split_sentences(text, blocks))
    assert [text[s.start : s.end] for s in segments] == [mark.text for mark in marks]


def test_indices_name_sentence_and_block() -> None:
    analysis = analyse(
        "Kiểm tra công vụ tại xã Tân Hải\n\nXã làm tốt việc niêm yết; hồ sơ đúng hạn. Sổ sách đủ.\n", "text"
    )
    assert [(s.sentence, s.block) for s in analysis.segments] == [(0, 0), (1, 1), (1, 1), (2, 1)]


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                ["; ", ", ", "song ", "xã chưa ", "đề nghị ", "(", ")", "“", "”", "do ", ". ", "- ", "1. "]
            )
        ).map("".join),
    )
)
def test_any_text(text: str) -> None:
    analysis = analyse(text, "text")
    edges = [edge for s in analysis.segments for edge in (s.start, s.end)]
    assert edges == sorted(edges)
    for segment in analysis.segments:
        sentence = analysis.sentences[segment.sentence]
        block = analysis.page.blocks[segment.block]
        assert sentence.start <= segment.start < segment.end <= sentence.end
        assert block.start <= sentence.start
        assert sentence.end <= block.end
