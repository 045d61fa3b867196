"""Which articles speak of public administration, and which of them report an inspection."""

from __future__ import annotations

import pytest

from cchc_nlp.classify.relevance import assess, survey
from tests.helpers import analyse

INSPECTIONS = [
    "Kiểm tra CCHC tại xã Phú Lâm\nNgày 11/10/2017, Đoàn kiểm tra CCHC tỉnh đã kiểm tra UBND xã Phú Lâm. "
    "Xã còn để 46 hồ sơ trễ hạn.",
    "HĐND huyện giám sát cải cách hành chính tại xã\nĐoàn giám sát của HĐND huyện làm "
    "việc với UBND xã về thủ tục hành "
    "chính. Đoàn đánh giá cao kết quả của xã. Tuy nhiên, một số hồ sơ còn trễ hạn. Đoàn "
    "đề nghị xã khắc phục.",
    "Thanh tra tỉnh kết luận sai phạm tại Sở Y tế\nKết luận thanh tra nêu Sở Y tế đã mua "
    "sắm sai quy định, quản lý "
    "tài sản lỏng lẻo. Thanh tra tỉnh kiến nghị UBND tỉnh thu hồi 3 tỷ đồng và kiểm điểm lãnh đạo Sở.",
    "Kiểm tra đột xuất giờ giấc của công chức\nTổ kiểm tra của Sở Nội vụ phát hiện nhiều "
    "công chức ở UBND phường đi "
    "muộn, bỏ vị trí. Lãnh đạo phường buông lỏng quản lý.",
    "Hàng trăm hồ sơ trễ hạn ở các sở\nThống kê của Văn phòng UBND tỉnh cho thấy Sở Xây "
    "dựng có 120 hồ sơ quá hạn, Sở "
    "Tư pháp 14 hồ sơ. Nhiều hồ sơ chậm mà không có thư xin lỗi. Chủ tịch UBND tỉnh yêu cầu chấn chỉnh.",
    "Huyện ủy giám sát Đảng ủy xã\nỦy ban Kiểm tra Huyện ủy thông báo kết luận kiểm tra "
    "đối với Đảng ủy xã: vi phạm "
    "nguyên tắc tập trung dân chủ, để xảy ra khuyết điểm trong quản lý ngân sách.",
]

OTHERS = [
    "Khánh thành trường mầm non\nUBND xã tổ chức lễ khánh thành trường mầm non, chúc mừng thầy và trò, tặng quà.",
    "Thông tư mới về phí chứng thực có hiệu lực từ tháng sau\nBộ Tài chính ban hành quy định mới, quy định rõ mức thu.",
    "Phát động cuộc thi viết về chuyển đổi số\nSở Thông tin phát động cuộc thi, trao giải "
    "vào cuối năm, ra mắt trang web.",
    "Bắt tạm giam hai đối tượng cướp tài sản\nCông an đã khởi tố bị can, bắt tạm giam hai nghi phạm trộm cắp, ma túy.",
    "Đội tuyển thắng trận đấu mở màn\nHuấn luyện viên hài lòng với cầu thủ, nhưng hàng thủ còn sai sót, chậm chạp.",
    "Khai giảng lớp bồi dưỡng nghiệp vụ thanh tra\nThanh tra tỉnh khai giảng lớp bồi dưỡng cho 60 học viên; giảng viên "
    "trình bày quy trình một cuộc thanh tra. Bế giảng ngày 5/6.",
    "Bạn đọc hỏi về kiểm tra công vụ\nHỏi: mỗi năm được kiểm tra mấy lần? Trả lời: theo Điều 9, nghị định mới có hiệu "
    "lực từ tháng sau quy định đoàn kiểm tra phải báo trước.",
    "Cục thuế phạt một công ty\nSau đợt kiểm tra người nộp thuế, cơ quan thuế phạt Công ty TNHH Hạ Long, công ty cổ "
    "phần Bến Đá vì kê khai thuế thiếu, tịch thu hàng lậu.",
    "Trao kỷ niệm chương vì sự nghiệp thanh tra\nThanh tra tỉnh tổ chức lễ kỷ niệm ngày truyền thống, trao tặng kỷ "
    "niệm chương, bằng khen cho 12 cán bộ, giao lưu văn nghệ.",
    "",
    "98% ; - ...",
]


@pytest.mark.parametrize("text", INSPECTIONS)
def test_inspections(text: str) -> None:
    verdict, probability = assess(analyse(text, upto="text"))
    assert verdict
    assert 0.5 <= probability <= 1.0


@pytest.mark.parametrize("text", OTHERS)
def test_other_articles(text: str) -> None:
    verdict, probability = assess(analyse(text, upto="text"))
    assert not verdict
    assert 0.0 <= probability < 0.5


def test_sports_is_no_administration() -> None:
    assert survey(analyse(OTHERS[4], upto="text")).administration < 0.25
    assert survey(analyse(INSPECTIONS[0], upto="text")).administration > 0.8
