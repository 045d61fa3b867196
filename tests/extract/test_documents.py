from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_nlp.extract.documents import issuer_code
from tests.helpers import analyse
from tests.markup import unmark

# [[span|type|number]], and [[span|type|title]] under TITLED
NUMBERED = [
    "Thực hiện [[Nghị quyết 19-2017/NQ-CP|Nghị quyết|19-2017/NQ-CP]] về cải thiện môi trường kinh doanh.",
    "Xã ban hành [[Kế hoạch số 17/KH-UBND|Kế hoạch|17/KH-UBND]] về rà soát.",
    "Theo [[Quyết định số 4410/QĐ-UBND|Quyết định|4410/QĐ-UBND]] của huyện.",
    "Thực hiện [[Nghị định số 61/2018/NĐ-CP|Nghị định|61/2018/NĐ-CP]].",
    "Quán triệt [[Chỉ thị 12-CT/TU|Chỉ thị|12-CT/TU]].",
    "Triển khai [[76/NQ-CP|Nghị quyết|76/NQ-CP]] đến thôn.",
    "Đảng ủy công bố [[Quyết định 981-QĐ/TU|Quyết định|981-QĐ/TU]].",
    "Nêu trong [[Nghị quyết 30c/NQ-CP|Nghị quyết|30c/NQ-CP]].",
    "Xem [[Báo cáo số 88/BC-ĐKT|Báo cáo|88/BC-ĐKT]] của đoàn.",
    "Trái [[Thông tư 01/2013/TT-BNV|Thông tư|01/2013/TT-BNV]].",
    "Trái [[Thông tư liên tịch số 04/2015/TTLT-BNV-BTC|Thông tư liên tịch|04/2015/TTLT-BNV-BTC]].",
    "Sở có [[Công văn số 2215/SNV-CCHC|Công văn|2215/SNV-CCHC]] nhắc việc.",
    "Sở có [[Văn bản 318/STC-NS|Văn bản|318/STC-NS]] trả lời.",
    "Công bố [[Kết luận thanh tra số 09/KL-TTr|Kết luận thanh tra|09/KL-TTr]].",
    "Ra [[Thông báo số 33-TB/HU|Thông báo|33-TB/HU]].",
    "Gửi [[Tờ trình số 41/TTr-UBND|Tờ trình|41/TTr-UBND]].",
    "Có [[Hướng dẫn số 06-HD/BTCTU|Hướng dẫn|06-HD/BTCTU]].",
    "Ký [[Công điện số 03/CĐ-UBND|Công điện|03/CĐ-UBND]].",
    "Ký [[Quy định số 22-QĐ/TW|Quy định|22-QĐ/TW]].",
    "Ký [[Quyết định số 766/QĐ-TTg|Quyết định|766/QĐ-TTg]].",
    "Trái [[Nghị quyết số 14/2020/NQ-HĐND|Nghị quyết|14/2020/NQ-HĐND]].",
    "Trái [[Luật số 22/2023/QH15|Luật|22/2023/QH15]].",
    "Xã gửi số [[05/ KH-UBND|Kế hoạch|05/KH-UBND]] lên huyện.",
    "Theo [[kế hoạch 07/kh-ubnd|Kế hoạch|07/kh-ubnd]] của xã.",
    "Theo [[Quyết định số 1956/QĐ-UBND.HC|Quyết định|1956/QĐ-UBND.HC]].",
    "Theo [[Kế hoạch số 12/KH - UBND|Kế hoạch|12/KH-UBND]] của xã.",
    "Theo [[Nghị định số 6/2018/NĐ-CP|Nghị định|6/2018/NĐ-CP]] và [[7/2021/NĐ-CP|Nghị định|7/2021/NĐ-CP]].",
    "Các [[Công văn số 12/UBND-NC|Công văn|12/UBND-NC]], [[15/UBND-VX|Công văn|15/UBND-VX]] chậm.",
    "Theo [[Nghị định 45|Nghị định|45]] của Chính phủ.",
    "Theo [[NĐ 61|Nghị định|61]] và [[Chỉ thị số 08|Chỉ thị|08]].",
    "Theo [[Nghị định 61/2018|Nghị định|61/2018]].",
    "Làm theo [[Luật Cán bộ, công chức số 22/2008/QH12|Luật|22/2008/QH12]].",
]

TITLED = [
    "Vi phạm [[Luật Đất đai|Luật|Luật Đất đai]].",
    "Theo [[Luật Tổ chức chính quyền địa phương|Luật|Luật Tổ chức chính quyền địa phương]] sửa đổi.",
    "Theo [[Luật Cán bộ, công chức|Luật|Luật Cán bộ, công chức]], việc này sai.",
    "Trái [[Luật Phòng, chống tham nhũng|Luật|Luật Phòng, chống tham nhũng]].",
    "Trái [[Bộ luật Lao động|Bộ luật|Bộ luật Lao động]].",
    "Theo [[Pháp lệnh Dân số|Pháp lệnh|Pháp lệnh Dân số]].",
    "Góp ý [[Luật sửa đổi, bổ sung một số điều của Luật Xây dựng"
    "|Luật|Luật sửa đổi, bổ sung một số điều của Luật Xây dựng]].",
    "Kết quả thực hiện [[Đề án 06|Đề án|Đề án 06]] còn chậm.",
    "Tổ công tác [[Đề án 06|Đề án|Đề án 06]] tỉnh họp.",
    "Học tập [[Nghị quyết Trung ương 4 khóa XII|Nghị quyết|Nghị quyết Trung ương 4 khóa XII]].",
    "Chưa gửi [[Kế hoạch CCHC năm 2019|Kế hoạch|Kế hoạch CCHC năm 2019]] cho huyện.",
    "Bám sát [[Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030"
    "|Chương trình|Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030]].",
    "Theo [[Luật Xe điện|Luật|Luật Xe điện]] mới.",
]

NOTHING = [
    "Các kế hoạch, quyết định của xã còn chung chung.",
    "Thủ trưởng ra quyết định thu quỹ sai quy định.",
    "Xã ban hành kế hoạch về tuyên truyền và quy chế làm việc.",
    "Ký hợp đồng số 12/HĐ-XD với nhà thầu.",
    "Xe biển số 75C-12345 đỗ trước cổng.",
    "Trụ sở ở số 12/5B, đường Trần Phú.",
    "Theo Điều 5 và khoản 2.",
    "Nghị quyết 5 điểm được thông qua.",
    "Sinh viên Đại học Luật Hà Nội đến thực tập.",
    "Luật sư có mặt tại buổi làm việc.",
    "Tòa nhà CT 5 chưa nghiệm thu.",
    "Đo được 12/15 tiêu chí.",
    "Chương trình làm việc của xã chưa có.",
]

# [[span|date]]
DATED = [
    "Theo [[Kế hoạch số 17/KH-UBND|2021-03-05]] ngày 05/3/2021 của xã.",
    "Theo [[Quyết định số 40/QĐ-UBND|2019-10-12]] của UBND huyện ngày 12/10/2019.",
    "Theo [[Báo cáo số 88/BC-ĐKT|2022-11-24]] (ngày 24/11/2022).",
    "Theo [[Luật Đất đai|2013]] năm 2013 và [[Luật Viên chức|2010]] 2010.",
    "Theo [[Nghị định số 61/2018/NĐ-CP|]]. Ngày 05/3/2021, xã báo cáo.",
    "Ngày 12/6/2024, UBND huyện đã ký ban hành [[Kế hoạch số 31/KH-UBND|2024-06-12]].",
    "Ngày 20.9.2017, [[Quyết định số 3610a/QĐ-SCT|2017-09-20]] được ký.",
    "[[Quyết định 51/QĐ-UBND|2016-08-05]] do Chủ tịch UBND huyện ký ngày 5/8/2016 đã rõ.",
    "Ngày 05/3/2021, xã báo cáo việc thực hiện [[Kế hoạch số 31/KH-UBND|]].",
]


@pytest.mark.parametrize("marked", NUMBERED)
def test_numbered(marked: str) -> None:
    source, marks = unmark(marked)
    found = [(d.start, d.end, d.type, d.number) for d in analyse(source, "documents").documents]
    assert found == [(m.start, m.end, *m.fields) for m in marks]


@pytest.mark.parametrize("marked", TITLED)
def test_titled(marked: str) -> None:
    source, marks = unmark(marked)
    found = [(d.start, d.end, d.type, d.title, d.number) for d in analyse(source, "documents").documents]
    assert found == [(m.start, m.end, *m.fields, None) for m in marks]


@pytest.mark.parametrize("source", NOTHING)
def test_no_reference(source: str) -> None:
    assert analyse(source, "documents").documents == []


@pytest.mark.parametrize("marked", DATED)
def test_date(marked: str) -> None:
    source, marks = unmark(marked)
    found = [(d.start, d.end, d.date) for d in analyse(source, "documents").documents]
    assert found == [(m.start, m.end, m.fields[0] or None) for m in marks]


def test_title_and_number_of_one_law() -> None:
    [law] = analyse("Theo Luật Viên chức số 58/2010/QH12.", "documents").documents
    assert (law.title, law.number, law.issuer) == ("Luật Viên chức", "58/2010/QH12", "Quốc hội")


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        ("61/2018/NĐ-CP", "Chính phủ"),
        ("766/QĐ-TTg", "Thủ tướng Chính phủ"),
        ("01/2013/TT-BNV", "Bộ Nội vụ"),
        ("12/KH-UBND", None),
        ("18-NQ/TW", None),
    ],
)
def test_issuer_known_nationwide(number: str, issuer: str | None) -> None:
    [document] = analyse(f"Thực hiện số {number}.", "documents").documents
    assert document.issuer == issuer


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("05/KH-UBND", "UBND"),
        ("08-CT/TU", "TU"),
        ("1234/UBND-NC", "UBND"),
        ("2345/SNV-CCHC", "SNV"),
        ("522/BC-ĐKT", "ĐKT"),
        ("12/KL-TTr", "TTr"),
        ("22/2023/QH15", "QH"),
        ("1956/QĐ-UBND.HC", "UBND"),
        ("61", None),
    ],
)
def test_issuer_code(number: str, code: str | None) -> None:
    assert issuer_code(number) == code


PIECES = st.sampled_from(
    [
        "12",
        "/",
        "-",
        "KH",
        "UBND",
        "QĐ",
        "TTg",
        " ",
        "số ",
        "Kế hoạch ",
        "Luật ",
        "Đất đai",
        "năm 2013",
        "ngày 5/3/2021",
        "Nghị quyết ",
        "Đề án ",
        "của ",
        ", ",
        "\n",
        "khóa XII",
        "Trung ương ",
        "QH15",
        "(",
        ")",
        ".",
        "&",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text(source: str) -> None:
    analysis = analyse(source, "documents")
    ends = 0
    for document in analysis.documents:
        assert ends <= document.start < document.end <= len(analysis.text)
        assert 0 < document.confidence <= 1
        ends = document.end
    assert analyse(source, "documents").documents == analysis.documents


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_issuer_code_of_any_text(number: str) -> None:
    code = issuer_code(number)
    assert code is None or code in number
