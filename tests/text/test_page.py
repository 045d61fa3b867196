# ruff: noqa: E501  (an example is easier to read on one line)
"""Whole pages of very different layouts: title, publication time, by-line and body are marked inline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_nlp.analysis import Span
from cchc_nlp.text.timestamps import find_moment
from tests.helpers import analyse
from tests.markup import unmark

P1 = (
    "Ngày 12/5/2020, Đoàn kiểm tra của UBND huyện Sông Lam do đồng chí Phó Chủ tịch UBND huyện làm trưởng đoàn "
    "đã kiểm tra công tác cải cách hành chính tại xã Bình Lộc và xã Tân Hải."
)
P2 = (
    "Qua kiểm tra, Đoàn ghi nhận UBND xã Bình Lộc đã niêm yết đầy đủ thủ tục hành chính, bố trí công chức trực tại "
    "Bộ phận một cửa và giải quyết đúng hạn 98,5% hồ sơ."
)
P3 = (
    "Tuy nhiên, việc số hóa hồ sơ còn chậm; một số công chức chưa thành thạo phần mềm. Đoàn đề nghị xã khắc phục "
    "trước ngày 30/6/2020 và báo cáo kết quả về Phòng Nội vụ huyện./."
)
PROSE = f"{P1}\n\n{P2}\n\n{P3}"

PAGES = {
    "masthead behind a dash, letter sizes, by-line with a closing word": (
        "BỘ NỘI VỤ - TRANG THÔNG TIN CẢI CÁCH HÀNH CHÍNH\n"
        "[[[[Công bố chỉ số cải cách hành chính của các huyện|title]]|body]]\n"
        "[[22/04/2026 10:11|published|2026-04-22T10:11]] Cỡ chữ: A- A A+\n"
        f"[[{PROSE}|body]]\n\n[[Thái Hòa|author]] thực hiện"
    ),
    "date in brackets before the first words, a name of one word": (
        "[[[[Chi nhánh ngân hàng chính sách: hồ sơ đúng hạn tuyệt đối|title]]\n\n"
        f"([[30/09/2022|published|2022-09-30]]) - {P1}\n\n{P2}\n\n{P3}|body]]\n\n[[H'Linh|author]]"
    ),
    "plain text": f"[[[[Huyện Sông Lam kiểm tra cải cách hành chính tại hai xã|title]]\n\n{PROSE}|body]]\n",
    "capitals, lead without full stop, caption": (
        "[[[[KIỂM TRA CẢI CÁCH HÀNH CHÍNH TẠI XÃ BÌNH LỘC|title]]\n\n"
        "Ngày 12/5/2020, Đoàn kiểm tra của UBND huyện Sông Lam đã làm việc tại xã Bình Lộc\n\n"
        f"Toàn cảnh buổi làm việc\n\n{P2}\n\n{P3}|body]]"
    ),
    "section, headline, publication line, by-line, menus behind": (
        "Hoạt động của Hội đồng nhân dân\n\n"
        "[[[[Thường trực HĐND huyện giám sát việc giải quyết kiến nghị của cử tri|title]]|body]]\n"
        "Ngày đăng [[14/05/2020 08:30|published|2020-05-14T08:30]] - View count: 341\n\n"
        f"[[{PROSE}|body]]\n\n[[Thùy Dương|author]]\n\n"
        "Bản đồ hành chính\n\nPHẦN MỀM TÁC NGHIỆP\n\nTHƯ VIỆN ẢNH\n\nThời tiết\n\nHà Nội\nĐà Nẵng\nTP Hồ Chí Minh"
    ),
    "percent counter, source paper, other news with dates": (
        "[[[[Thông báo kết quả kiểm tra công vụ quý II trên địa bàn thị xã|title]]|body]]\n\n"
        "Đăng [[ngày 15 - 05 - 2020|published|2020-05-15]]\n100%\n\n"
        f"[[{PROSE}|body]]\n\n"
        "Báo cáo số 77/BC-ĐKT ngày 13/5/2020 của Đoàn kiểm tra\n\nTin mới nhất\n\n"
        "Thị xã tổ chức hội nghị sơ kết công tác tuyên giáo sáu tháng đầu năm 2020(03/07/2020 5:48 CH)\n\n"
        "Hội Nông dân thị xã kiểm tra việc sử dụng vốn vay tại các xã, phường(25/06/2020 2:04 CH)\n\n°\n87 người đang online"
    ),
    "repeated lead, no headline, initials as by-line": (
        "[[Đoàn kiểm tra huyện Sông Lam vừa kiểm tra việc tiếp công dân tại xã Tân Hải.\n"
        f"Đoàn kiểm tra huyện Sông Lam vừa kiểm tra việc tiếp công dân tại xã Tân Hải.\n{P2}\n{P3}|body]]\n[[T.HẠNH|author]]"
    ),
    "breadcrumb, font buttons, comments": (
        "Trang chủ > Tin tức > Cải cách hành chính\n"
        "[[[[Phòng Nội vụ kiểm tra giờ giấc làm việc tại mười phường|title]]|body]]\n"
        "Cập nhật lúc [[08h15, ngày 13/5/2020|published|2020-05-13T08:15]]\nCỡ chữ\nA- A A+\nLượt xem: 1204\n"
        f"[[{P1}\n{P2}\nĐ/c Trưởng phòng Nội vụ phát biểu tại buổi kiểm tra\n{P3}|body]]\n"
        "Tin, ảnh: [[Lan Anh|author]]\nIn trang\nGửi email\nÝ kiến bạn đọc\nHọ tên\nNội dung bình luận"
    ),
    "publication line above the headline": (
        "Thứ ba - [[14/05/2020 15:20|published|2020-05-14T15:20]]\n"
        f"[[[[Nhiều xã ở Sông Lam vẫn chậm trả hồ sơ đất đai|title]]\n{PROSE}|body]]\n"
        "Tác giả: [[Nguyễn Thu Hà|author]]\nTừ khóa: cải cách hành chính, hồ sơ đất đai\n"
        "Tổng số điểm của bài viết là: 5 trong 1 đánh giá\nNhững tin cũ hơn\nKhai mạc hè năm 2020"
    ),
    "by-line beneath the headline": (
        "[[[[Kết luận thanh tra đất công ở ba phường: Buông lỏng quản lý nhiều năm|title]]|body]]\n\n"
        "[[Phạm Quang Hưng|author]]\n[[2020-05-10T08:00:00+07:00|published|2020-05-10T08:00:00]]\n\n"
        f"[[{PROSE}|body]]\n\nTin liên quan\n\nKỷ luật cảnh cáo hai cán bộ địa chính phường Phú Tân\n\n"
        "Thu hồi hơn 2 tỷ đồng sau thanh tra"
    ),
    "by-line and source inside the last paragraph": (
        f"[[[[Giám sát công tác phòng, chống tham nhũng tại Sở Xây dựng|title]]\n\n{P1}\n\n{P2}\n\n"
        "Đoàn đề nghị Sở khắc phục hạn chế trong quý III và báo cáo kết quả về Thường trực HĐND tỉnh.|body]] [[Kim Tuyến|author]]"
        " (Báo Sông Lam)"
    ),
    "newspaper: bare date-time, question headline, captions behind the by-line": (
        "[[[[Vì sao hồ sơ hộ tịch ở Tân Hải thường trễ hẹn?|title]]|body]]\n\n[[23/10/2020 13:55|published|2020-10-23T13:55]]\n\n"
        f"[[{PROSE}|body]]\n\n[[Bá Đô - Võ Hải|author]]\n\n\n"
        "[[Người dân chờ nhận kết quả tại Bộ phận một cửa xã Tân Hải.|body]]"
    ),
    "footer of a portal": (
        f"[[[[Huyện Sông Lam công bố kết luận thanh tra trách nhiệm người đứng đầu|title]]\n{PROSE}|body]]\n"
        "Cơ quan chủ quản: UBND huyện Sông Lam\nĐịa chỉ: Số 1 đường Hùng Vương, thị trấn Sông Lam\n"
        "Điện thoại: 0200.123456\nGiấy phép số 12/GP-TTĐT do Sở Thông tin và Truyền thông cấp ngày 5/1/2019\n"
        "Đang truy cập: 12\nHôm nay: 3456"
    ),
    "box of other news in the middle": (
        f"[[[[Kiểm toán chỉ ra sai phạm trong chi ngân sách ở Sông Lam|title]]\n{P1}\n{P2}|body]]\n"
        "Tin liên quan\nKiểm toán kiến nghị xử lý 12 tỷ đồng\nSông Lam thu hồi tiền chi sai\n"
        f"[[{P1} Đoàn làm việc trong hai ngày với các phòng chuyên môn của huyện.\n"
        f"{P3} Cuối buổi làm việc, lãnh đạo xã tiếp thu đầy đủ ý kiến của Đoàn.|body]]\n[[PV|author]]"
    ),
    "headline printed in the path, then above the date": (
        "Trang chủ / Tin tức / Hoạt động thanh tra\nTin tức - Sự kiện\n"
        "[[[[Thanh tra tỉnh công khai kết luận về quản lý rừng|title]]|body]]\n"
        "Thứ Hai, [[6/2/2017, 14:05|published|2017-02-06T14:05]] GMT+7\nChia sẻ\nFacebook\n"
        f"[[{PROSE}|body]]\n< Trở về trang trước\nGửi bình luận của bạn"
    ),
    "single paragraph": f"[[{P1}|body]]",
    "an event on a line of its own is no publication line": (
        f"[[[[Thông báo lịch giám sát chuyên đề năm 2021 của Ban Pháp chế|title]]\n{P1}\n"
        f"Thời gian: 8 giờ 00, ngày 12/6/2021\n{P3}|body]]"
    ),
    "place and date of an official letter": (
        "[[[[Báo cáo kết quả tự kiểm tra công tác văn thư, lưu trữ|title]]\n"
        f"Tân Hải, ngày 12 tháng 5 năm 2020\n{P1}\n{P2}|body]]"
    ),
    "by-line and date on one line": (
        "[[[[Đình chỉ công tác cán bộ địa chính xã Tân Hải sau thanh tra|title]]|body]]\n"
        f"[[Lê Khánh|author]] - [[12/05/2020 09:15|published|2020-05-12T09:15]]\n[[{PROSE}|body]]\n\nXem thêm:\nBài một\nBài hai"
    ),
    "other news without a heading": (
        f"[[[[Bộ phận một cửa phường Phú Tân hoạt động nền nếp|title]]\n\n{PROSE}|body]]\n\n[[Thu Hiền|author]]\n\n"
        "Đoàn công tác của tỉnh thăm và làm việc tại huyện Sông Lam\n"
        "Lãnh đạo huyện Sông Lam tiếp công dân định kỳ tháng 5 năm 2020\n"
        "Huyện Sông Lam ra quân làm sạch môi trường nông thôn"
    ),
    "captions at the end without by-line": (
        f"[[[[HĐND huyện khảo sát việc quản lý đất công ích|title]]\n\n{PROSE}\n\n"
        "Đoàn khảo sát tại thôn Đông, xã Tân Hải\n\nĐồng chí Trưởng Ban Kinh tế phát biểu tại buổi làm việc|body]]\n\nIn bài viết"
    ),
    "official paper: its signer is no by-line": (
        f"[[[[Kết luận kiểm tra công tác văn thư tại xã Tân Hải|title]]\n{P1}\nI. KẾT QUẢ\n{P2}\nII. KIẾN NGHỊ\n{P3}|body]]\n"
        "Nơi nhận:\n- UBND huyện;\n- Lưu: VT.\nTRƯỞNG ĐOÀN\nNguyễn Văn Hùng"
    ),
    "only short lines": "[[[[Lịch kiểm tra công vụ tháng 6|title]]\nXã Bình Lộc: sáng thứ hai\nXã Tân Hải: chiều thứ ba|body]]",
    "weekday, city clock above, real line below": (
        "Hôm nay: Thứ Hai, 1/6/2020\nTrang nhất\n"
        "[[[[Quảng Hòa xử lý nghiêm vi phạm trong quản lý đất rừng|title]]|body]]\n"
        f"Thứ Sáu, [[15/05/2020, 07:00 CH|published|2020-05-15T19:00]]\n[[{PROSE}|body]]\nTheo [[Báo Sông Lam|author]]"
    ),
    "numbered sections and bullets": (
        "[[[[Kết luận kiểm tra việc thực hiện quy chế dân chủ ở cơ sở|title]]\n"
        f"1. Kết quả đạt được\n- {P2}\n2. Tồn tại, hạn chế\n- Hồ sơ lưu trữ chưa đầy đủ;\n- Sổ theo dõi chưa đúng mẫu.\n{P3}|body]]\n"
        "(Nguồn: sonoivu.example)"
    ),
    "furniture words inside the prose do not cut": (
        "[[[[Kiểm tra việc phát ngôn tại các phường|title]]\n"
        f"{P1}\nTin liên quan đến vụ việc được phường đăng tải công khai, đoàn kiểm tra đánh giá là kịp thời và đầy đủ.\n"
        "Thống kê đến hết tháng 5, toàn huyện có 12 hồ sơ trễ hạn.\n"
        f"Ý kiến bạn đọc gửi về cổng thông tin được trả lời trong ba ngày làm việc theo đúng quy định.\n{P3}|body]]"
    ),
    "headline with its date in brackets": (
        f"[[[[Họp giao ban cải cách hành chính tháng 4|title]]|body]] ([[12/05/2020 9:21 SA|published|2020-05-12T09:21]])\n[[{PROSE}|body]]"
    ),
    "name of the page, menu, full date with two figures a part": (
        "UBND PHƯỜNG BÌNH LỘC\nĐăng nhập - Sơ đồ trang - Liên hệ - RSS\n[[25/10/2020|published|2020-10-25]]\n"
        f"[[[[Không hồ sơ nào trễ hẹn trong quý|title]]\n{PROSE}|body]]\n[[V.T|author]]\nLượt xem: 214"
    ),
    "paper and section beside the date": (
        "Báo Sông Lam điện tử\nKinh tế - Đất đai | Thứ Năm, [[ngày 12/11/2020, 09:12|published|2020-11-12T09:12]]\n"
        f"[[[[Mùa khô, ba trạm bơm nằm chờ điện|title]]\n{PROSE}|body]]\nBài, ảnh: [[Lam Sơn|author]] - Trung tâm Văn hóa huyện"
    ),
    "place, weather, headings of other news above the headline": (
        "Xã Bình Lộc, huyện Sông Lam, tỉnh Hòa An\nThời tiết Sông Lam: 29°C, mưa rào\nTIN MỚI\nGiá cua gạch tăng trở lại\n"
        "Thêm ba chốt kiểm soát trên tuyến hành lang ven biển\nTrang chủ / Xã hội\n"
        f"[[[[Bến cá Tân Hải còn nhiều sơ hở|title]]|body]]\n[[06:31 - 13/08/2020|published|2020-08-13T06:31]] | Nghe bài: 4:10\n[[{PROSE}|body]]"
    ),
    "date and by-line behind the article": (
        f"[[[[Chợ huyện có lại cân đối chứng|title]]\n{PROSE}|body]]\nĐăng [[ngày 12/7/2020|published|2020-07-12]] bởi [[Lê Na|author]]\nĐang xem: 12 người"
    ),
    "an office as by-line, numbered points without a full stop": (
        f"[[[[Đoàn liên ngành về bến phà|title]]\n{PROSE}\n1, Việc đã làm\n2, Việc còn thiếu|body]]\n[[VP HĐND huyện|author]]\nGửi phản hồi: Họ tên ... Email ..."
    ),
    "one line of other news in the middle": (
        f"[[[[Hai kho thuốc phải kiểm kê lại|title]]\n{P1}|body]]\nXem thêm: Lịch tiếp công dân tháng 7\n[[{P2}\n{P3}|body]]\n[[Kim Oanh|author]]"
    ),
    "a paper's name that is a headline": f"[[[[Báo chí phản ánh, bến xe mới chịu sửa đường|title]]\n{PROSE}|body]]",
    "publication line at the end": (
        f"[[[[Thị trấn Sông Lam sơ kết cải cách hành chính|title]]\n{PROSE}|body]]\n"
        "[[Mai Phương|author]]\nNgày cập nhật: [[20/05/2020|published|2020-05-20]]\nCác tin khác\nLễ ra quân năm 2020"
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str) -> None:
    text, marks = unmark(PAGES[name])
    analysis = analyse(text, "text")
    assert analysis.text == text
    page = analysis.page
    expected = {kind: [m for m in marks if m.fields[0] == kind] for kind in ("title", "published", "author", "body")}

    def printed(span: Span | None) -> list[str]:
        return [] if span is None else [text[span.start : span.end]]

    assert printed(page.title) == [m.text for m in expected["title"]]
    assert printed(page.published_span) == [m.text for m in expected["published"]]
    assert page.published == (expected["published"][0].fields[1] if expected["published"] else None)
    assert printed(page.author_span) == [m.text for m in expected["author"]]
    assert page.author == (expected["author"][0].text if expected["author"] else None)
    assert [text[s.start : s.end] for s in page.body] == [m.text for m in expected["body"]]


def test_hard_wrapped_lines_run_on() -> None:
    words = f"{P1} {P2} {P3}".split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 78:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    text = "Kiểm tra cải cách hành chính tại hai xã\n\n" + "\n".join([*lines, line]) + "\n"
    page = analyse(text, "text").page
    assert [block.kind for block in page.blocks] == ["title", "paragraph"]
    assert page.body == [Span(0, len(text) - 1)]


KINDS = [
    ("Kết quả đạt được như sau:", "heading"),
    ("I. KẾT QUẢ ĐẠT ĐƯỢC", "heading"),
    ("Toàn cảnh buổi làm việc", "caption"),
    ("Đ/c Chủ tịch UBND xã báo cáo với đoàn kiểm tra", "caption"),
    ("Ảnh: Minh Khôi", "caption"),
    ("+ Việc niêm yết thủ tục hành chính được thực hiện đầy đủ;", "bullet"),
    ("a) Công tác chỉ đạo, điều hành được quan tâm thường xuyên.", "bullet"),
    ("Đoàn kết thúc buổi làm việc lúc 11 giờ.", "paragraph"),
    ("Vẫn còn hồ sơ trễ hẹn", "heading"),
]


@pytest.mark.parametrize(("line", "kind"), KINDS)
def test_block_kinds(line: str, kind: str) -> None:
    text = f"Kiểm tra cải cách hành chính tại hai xã\n\n{P1}\n{line}\n{P2}\n{P3}"
    blocks = analyse(text, "text").page.blocks
    assert [text[b.start : b.end] for b in blocks] == text.replace("\n\n", "\n").split("\n")
    assert blocks[2].kind == kind


MOMENTS = [
    ("đăng ngày 25 - 11 - 2021", "ngày 25 - 11 - 2021", "2021-11-25"),
    ("cập nhật ngày: 23/03/2013 07:57:48", "23/03/2013 07:57:48", "2013-03-23T07:57:48"),
    ("30/08/2023 | 13:30 | view count: 122", "30/08/2023 | 13:30", "2023-08-30T13:30"),
    ("16:40 | 12/06/2022", "16:40 | 12/06/2022", "2022-06-12T16:40"),
    ("03/12/2021 5:48 ch", "03/12/2021 5:48 ch", "2021-12-03T17:48"),
    ("thứ sáu, ngày 12 tháng 5 năm 2020 - 09:30", "ngày 12 tháng 5 năm 2020 - 09:30", "2020-05-12T09:30"),
    ("12 tháng mười một, 2020", "12 tháng mười một, 2020", "2020-11-12"),
    ("14 giờ 20 phút, ngày 3/4/2021", "14 giờ 20 phút, ngày 3/4/2021", "2021-04-03T14:20"),
    ("08:00, thứ ba, 12/5/2020", "08:00, thứ ba, 12/5/2020", "2020-05-12T08:00"),
    ("12:30 sa 1/2/2020", "12:30 sa 1/2/2020", "2020-02-01T00:30"),
    ("25:70 1/2/2020", "1/2/2020", "2020-02-01"),
    ("31/2/2020", None, None),
    ("số 12/34/2021", None, None),
    ("địa chỉ 192.168.10.2020", None, None),
]


@pytest.mark.parametrize(("line", "printed", "iso"), MOMENTS)
def test_moments(line: str, printed: str | None, iso: str | None) -> None:
    moment = find_moment(line, 0, len(line))
    assert (moment and line[moment.start : moment.end]) == printed
    assert (moment and moment.iso) == iso


LINES = st.sampled_from(
    [
        P1,
        P2,
        P3,
        "Tin liên quan",
        "Ngày đăng 12/5/2020",
        "Lan Anh",
        "",
        "Trang chủ > Tin",
        "100%",
        "- a;",
        "Xem thêm:",
        "1. A",
        "(((",
        "ẢNH: X",
    ]
)


@given(st.one_of(st.text(), st.lists(LINES, max_size=25).map("\n".join)))
def test_any_text(text: str) -> None:
    first, second = analyse(text, "text"), analyse(text, "text")
    page = first.page
    assert page == second.page
    for spans in (page.body, page.blocks):
        edges = [edge for span in spans for edge in (span.start, span.end)]
        assert edges == sorted(edges)
        assert all(0 <= span.start < span.end <= len(first.text) for span in spans)
        assert all(first.text[s.start : s.end] == first.text[s.start : s.end].strip() for s in spans)
    assert all(first.in_body(block.start, block.end) for block in page.blocks)
    assert (page.published is None) == (page.published_span is None)
    assert (page.author is None) == (page.author_span is None)
    assert page.published is None or first.published_date is not None
