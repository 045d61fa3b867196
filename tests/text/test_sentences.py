"""Sentences: `¶` stands between the sentences that are expected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_nlp.analysis import Block
from cchc_nlp.text.sentences import split_sentences

EXAMPLES = [
    "Đoàn làm việc tại TP. Cần Thơ.¶Qua đó ghi nhận kết quả tốt.",
    "Công tác này được làm tốt.¶Tuy nhiên còn hạn chế.",
    "Ông Lê Văn Tám (Q. 3, P. Bến Nghé, TP.HCM) cho biết hồ sơ bị trễ.¶Bà Sáu cũng vậy.",
    "PGS.TS. Trần Minh Đức và ThS. Lê Thu dự họp.¶BS. Hoa vắng mặt.",
    "Bị cáo N.V.A. khai nhận toàn bộ.¶Anh T.B. phủ nhận.",
    "Đơn tố cáo của ông Nguyễn Văn A.¶Theo đó, xã thu sai quy định.",
    "Các xã thuộc TX. Sơn Hà chậm báo cáo.¶Ba xã của H. Đông Sơn cũng chậm.",
    "Toàn huyện có 2.358 hồ sơ, thu 1.234.567 đồng.¶100% hồ sơ được số hóa.",
    "Đoàn họp ngày 10.5.2019 tại trụ sở.¶Ngày 12. 5. 2019 có kết luận.",
    "Kế hoạch ban hành năm 2021.¶12 xã đã thực hiện.",
    "1. Kết quả đạt được.¶2. Tồn tại, hạn chế",
    "a) Việc niêm yết được làm tốt.¶b) Việc lưu trữ chưa tốt.",
    "I. KẾT QUẢ",
    "Mục 1.2. quy định rõ việc này.¶Mục 1.3. thì không.",
    "Hình thức gồm loa, đài,... và áp phích.¶Người dân hưởng ứng.",
    "Việc này kéo dài... nhưng không ai xử lý.",
    "Phân công chưa rõ…¶Qua kiểm tra, đoàn nhắc nhở.",
    "Thu ngân sách vượt kế hoạch;…¶Song, nợ thuế vẫn tăng.",
    "Ông hỏi: “Vì sao hồ sơ chậm?¶Ai chịu trách nhiệm?”.¶Không ai trả lời.",
    "“Chúng tôi sẽ sửa.”¶Ông Chủ tịch xã hứa như vậy.",
    "“Chúng tôi sẽ sửa.”, ông Chủ tịch xã hứa.",
    "Kho có đủ thuốc (như: kháng sinh. vắc xin; dịch truyền...).¶Hai loại sắp hết hạn.",
    "Sao lại thế?!¶Không ai biết.",
    "Đoàn yêu cầu khắc phục trước ngày 30/6./.",
    "Tỷ lệ đạt 98%.¶Xã được khen.",
    "Hồ sơ nộp tại dichvucong.gov.vn.¶Kết quả trả qua bưu điện.",
    "Gửi về hop.thu@so.gov.vn hoặc www.so.gov.vn/gop-y.html. ¶Xin cảm ơn.",
    "Đ/c. Nguyễn Văn Hai, Bí thư xã, dự họp.¶Đ/c Ba chủ trì.",
    "Sơ kết 6 tháng đầu năm.Trong đó có 3 xã đạt.".replace("năm.T", "năm.¶T"),
    "Xã có 5 ha.¶Huyện có 7 km.¶Hết.",
    "Căn cứ Nghị định 61/2018/NĐ-CP.¶Sở đã ban hành hướng dẫn.",
    "- Ưu điểm: làm tốt.¶- Hạn chế: chậm.",
    "Gồm gạo, muối v.v. và dầu.¶Hết.",
    "Không có dấu chấm",
]


def spans(text: str, kind: str = "paragraph") -> list[str]:
    blocks = [Block(0, len(text), kind)]  # type: ignore[arg-type]
    return [text[s.start : s.end] for s in split_sentences(text, blocks)]


@pytest.mark.parametrize("marked", EXAMPLES)
def test_sentences(marked: str) -> None:
    assert spans(marked.replace(" ¶", "¶").replace("¶", " ")) == [s.strip() for s in marked.split("¶")]


@pytest.mark.parametrize(
    "glued", ["được làm tốt.¶Tuy nhiên còn chậm.", "năm 2021.¶Trong đó có 3 xã.", "đạt 98%.¶Xã được khen."]
)
def test_missing_space_after_the_full_stop(glued: str) -> None:
    assert spans(glued.replace("¶", "")) == glued.split("¶")


def test_none_across_blocks() -> None:
    text = "Kết quả kiểm tra\nĐoàn đã làm việc. Xã tiếp thu"
    blocks = [Block(0, 16, "title"), Block(17, len(text), "paragraph")]
    assert [text[s.start : s.end] for s in split_sentences(text, blocks)] == [
        "Kết quả kiểm tra",
        "Đoàn đã làm việc.",
        "Xã tiếp thu",
    ]


@given(st.one_of(st.text(), st.text(alphabet="Aa1.!?…()“”; /ÔP-", max_size=60)))
def test_any_text(text: str) -> None:
    found = split_sentences(text, [Block(0, len(text), "paragraph")] if text.strip() else [])
    edges = [edge for span in found for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() != "" for s in found)
    kept = "".join(text[s.start : s.end] for s in found)
    assert "".join(kept.split()) == "".join(text.split()), "nothing but blanks lies between sentences"
