"""The field a finding speaks of."""

from __future__ import annotations

import pytest

from cchc_nlp.extract import findings
from tests.extract.test_findings import FRAME
from tests.helpers import analyse


@pytest.mark.parametrize(
    ("sentence", "area"),
    [
        ("Công tác tuyên truyền cải cách hành chính chưa được chú trọng.", "leadership"),
        ("Kế hoạch kiểm tra ban hành chậm.", "leadership"),
        ("Việc rà soát văn bản quy phạm pháp luật chưa kịp thời.", "institutions"),
        ("Bảng niêm yết thủ tục hành chính đã cũ kỹ, chưa thay thế.", "procedures"),
        ("Hồ sơ đất đai còn trễ hạn.", "procedures"),
        ("Việc sắp xếp tổ chức bộ máy còn chậm.", "organization"),
        ("Biên chế còn thiếu so với vị trí việc làm.", "organization"),
        ("Thái độ phục vụ của công chức chưa đúng mực.", "civil_service"),
        ("Quy trình bổ nhiệm cán bộ chưa đúng quy định.", "civil_service"),
        ("Quy chế chi tiêu nội bộ chưa được sửa đổi.", "public_finance"),
        ("Giải ngân vốn đầu tư công đạt thấp.", "public_finance"),
        ("Tỷ lệ dịch vụ công trực tuyến còn thấp.", "digital_government"),
        ("Chữ ký số chưa được sử dụng thường xuyên.", "digital_government"),
        ("Chỉ số hài lòng của người dân còn thấp.", "impact"),
        ("Thứ hạng của huyện tụt 5 bậc.", "impact"),
        ("Sở Tài chính còn nhiều hạn chế.", "general"),
        ("Nhà trường thu sai 200 nghìn đồng mỗi học sinh.", "public_finance"),
        ("Khối lượng nghiệm thu vượt thực tế.", "public_finance"),
        ("Tiền đền bù chi trả chậm.", "public_finance"),
        ("Sổ hộ tịch còn tẩy xóa.", "procedures"),
        ("Việc cấp đổi sổ đỏ còn chậm.", "procedures"),
        ("Trong giờ hành chính còn chơi game, vắng mặt.", "civil_service"),
        ("Hai phó phòng bị cảnh cáo.", "civil_service"),
        ("Đường truyền hay nghẽn, máy quét hỏng.", "digital_government"),
        ("Nước thải chưa qua xử lý, gây ô nhiễm.", "impact"),
        ("Rừng phòng hộ bị lấn chiếm.", "general"),
        ("Chi bộ thôn sinh hoạt chưa đều.", "leadership"),
        ("Thời điểm kiểm kê quỹ còn sai lệch.", "public_finance"),
    ],
)
def test_area(sentence: str, area: str) -> None:
    found = findings.find(analyse(FRAME + sentence, upto="text"))
    assert [finding.area for finding in found] == [area]


def test_a_segment_that_names_no_field_takes_that_of_the_paragraph() -> None:
    text = FRAME + "Hồ sơ đất đai trễ hạn nhiều. Tình trạng này còn kéo dài."
    assert [finding.area for finding in findings.find(analyse(text, upto="text"))] == [
        "procedures",
        "procedures",
    ]


def test_a_segment_that_names_no_field_takes_that_of_the_article() -> None:
    text = FRAME + "Học phí thu sai. Quyết toán chậm.\nTình trạng này còn kéo dài."
    assert [f.area for f in findings.find(analyse(text, upto="text"))][-1] == "public_finance"
