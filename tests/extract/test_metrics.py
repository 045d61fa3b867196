from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_nlp.text.numbers import find_numbers, read_figure
from cchc_nlp.text.scan import scan
from tests.helpers import analyse
from tests.markup import unmark

# [[span|value|unit|comparator]]; a comparator left out is "="
QUANTITIES = [
    # rates
    "Loa phát [[4 buổi/tuần|4|buổi/tuần]], thu gom rác [[2 lần/tháng|2|lần/tháng]].",
    "Thu nhập đạt [[31,5 triệu đồng/người/năm|31500000|đồng/người/năm]].",
    "Lệ phí [[3.000đ/bản|3000|đồng/bản]], năng suất [[64 tạ/ha|64|tạ/ha]].",
    "Xã kiểm tra [[11 xã/13 xã|11|xã]] trong cụm.",
    # "năm" as five
    "Hạn chỉ còn [[năm tháng|5|tháng]], hồ sơ trả đi trả lại [[năm lần|5|lần]].",
    "Cả [[năm trường|5|trường]] đều thu sai, mỗi nơi thiếu [[năm thiết bị|5|thiết bị]].",
    "Có [[năm người|5|người]] trực; [[hai năm|2|năm]] nay trạm thiếu bác sĩ.",
    # time
    "Sau [[25 phút|25|phút]] chờ đợi, hồ sơ được trả trong [[6 giờ|6|giờ]] làm việc.",
    "Trong [[hai ngày|2|ngày]] 4 và 5/9/2014, đoàn ở lại xã.",
    "Thời gian giải quyết là [[hai năm rưỡi|2.5|năm]].",
    "Chi trả trong vòng [[5 ngày|5|ngày]].",
    # halves, holders of persons, parts of what was just counted
    "Mỗi hộ nhận [[một triệu rưỡi|1500000|đồng]], công trình tốn [[2 tỷ rưỡi|2500000000|đồng]].",
    "Lập tổ [[6 người|6|người]], lớp [[52 em|52|em]].",
    "Sổ có [[47 ý kiến|47|ý kiến]], trả lời [[29|29|ý kiến]].",
    "Lúc đầu có [[35 học viên|35|học viên]], sau chỉ còn [[14|14|học viên]].",
    "Giao [[120 lô|120|lô]], lô nào cũng qua đấu giá.",
    # nouns
    "Xưởng có [[3 máy tiện|3|máy tiện]], [[2 kho|2|kho]], [[4 ngăn|4|ngăn]] tủ.",
    "Nghị định gồm [[5 chương|5|chương]], [[34 điều|34|điều]].",
    "Rà [[300 bệnh án|300|bệnh án]], [[60 biểu mẫu|60|biểu mẫu]], [[900 bản sao|900|bản sao]].",
    "Kiểm điểm [[hai trạm trưởng|2|trạm trưởng]], [[ba kiểm lâm|3|kiểm lâm]].",
    # counted things
    "Thị trấn niêm yết [[212 thủ tục hành chính|212|thủ tục hành chính]] tại bộ phận một cửa.",
    "Phường công khai [[96 TTHC|96|thủ tục hành chính]] và rà soát [[14 thủ tục|14|thủ tục hành chính]].",
    "Trong quý, xã tiếp nhận [[3.407 hồ sơ|3407|hồ sơ]], trả đúng hẹn [[3.390 hồ sơ|3390|hồ sơ]].",
    "Huyện ban hành [[08 kế hoạch|8|kế hoạch]], [[27 công văn|27|công văn]].",
    "Sở đã gửi [[1.234.567 tin nhắn|1234567|tin nhắn]] cho người dân.",
    "Có [[1,250 hồ sơ|1250|hồ sơ]] trễ hạn chưa xin lỗi.",
    "Toàn huyện có [[19 xã, thị trấn|19|xã, thị trấn]] được kiểm tra.",
    "Tỉnh làm việc với [[6 sở, ngành|6|sở, ngành]].",
    "Đoàn đến [[4 huyện, thị xã, thành phố|4|huyện, thị xã, thành phố]].",
    "Kỷ luật [[5 cán bộ, công chức|5|cán bộ, công chức]] vi phạm.",
    "Mời [[12 tổ chức, cá nhân|12|tổ chức, cá nhân]] đến đối thoại.",
    "Xử lý [[30 văn bản quy phạm pháp luật|30|văn bản quy phạm pháp luật]] hết hiệu lực.",
    "Cấp [[640 giấy chứng nhận quyền sử dụng đất|640|giấy chứng nhận quyền sử dụng đất]].",
    "Thu nhận [[15.900 hồ sơ|15900|hồ sơ]] cấp thẻ căn cước.",
    "Đã mở [[9 lớp tập huấn|9|lớp tập huấn]] cho [[1.020 lượt cán bộ|1020|lượt cán bộ]].",
    "Tổ chức [[3 đợt kiểm tra|3|đợt kiểm tra]] tại các thôn; riêng [[1 đợt|1|đợt kiểm tra]] là đột xuất.",
    "Thanh tra mở [[21 cuộc thanh tra|21|cuộc thanh tra]], gồm [[6 cuộc|6|cuộc thanh tra]] đột xuất.",
    "Phát hiện [[02 trường hợp|2|trường hợp]] bổ nhiệm thiếu tiêu chuẩn.",
    "Lập biên bản [[7 cơ sở|7|cơ sở]] chế biến thực phẩm.",
    "Có [[15 đơn|15|đơn]] khiếu nại, [[4 đơn|4|đơn]] tố cáo.",
    "Cử tri nêu [[31 ý kiến|31|ý kiến]] về đất đai.",
    "Đề án gồm [[7 nhóm nhiệm vụ|7|nhóm nhiệm vụ]], [[24 giải pháp|24|giải pháp]].",
    "Phòng được giao [[11 biên chế|11|biên chế]].",
    "Trang bị [[6 máy tính|6|máy tính]] và [[2 máy in|2|máy in]].",
    "Thu hồi [[12 giấy phép|12|giấy phép]] sai thẩm quyền.",
    "Phân loại [[25 hồ sơ|25|hồ sơ]] theo lĩnh vực.",
    "Kết luận [[12 vụ việc|12|vụ việc]] tồn đọng.",
    "Yêu cầu [[5 đơn vị|5|đơn vị]] kiểm điểm.",
    "Nộp trực tuyến [[120 hồ sơ|120|hồ sơ]].",
    "Danh mục [[45 thủ tục|45|thủ tục hành chính]] được rà soát.",
    "Dân số [[12.400 người|12400|người]].",
    "Đã làm việc với bà Lò Thị Mai, [[45 tuổi|45|tuổi]].",
    "Tổng số [[88 công chức|88|công chức]] được khảo sát.",
    "- [[5 hồ sơ|5|hồ sơ]] chưa luân chuyển.",
    "Thành lập [[05 (năm) tổ công tác|5|tổ công tác]] lưu động.",
    # shares
    "Tỷ lệ đúng hạn đạt [[99,2%|99.2|%]].",
    "Mức độ hài lòng là [[98.5%|98.5|%]].",
    "Hộ nghèo còn [[2.358%|2.358|%]].",
    "Chi đạt [[85 %|85|%]] dự toán.",
    "Thu được [[bảy phần trăm|7|%]] kế hoạch.",
    "Chỉ số tăng [[1,2 điểm phần trăm|1.2|điểm phần trăm]].",
    # comparators
    "Giải quyết trên [[97%|97|%|>]] hồ sơ.",
    "Giải quyết được hơn [[1.100 hồ sơ|1100|hồ sơ|>]].",
    "Xử lý gần [[700 trường hợp|700|trường hợp|~]].",
    "Kinh phí khoảng [[3 tỷ đồng|3000000000|đồng|~]].",
    "Ước đạt [[64%|64|%|~]].",
    "Xấp xỉ [[200 lượt người|200|lượt người|~]].",
    "Tối thiểu [[80%|80|%|>=]] văn bản được ký số.",
    "Ít nhất [[2 lần|2|lần|>=]] mỗi quý.",
    "Không dưới [[30%|30|%|>=]] số đơn vị.",
    "Phấn đấu từ [[90%|90|%|>=]] trở lên.",
    "Trả kết quả không quá [[7 ngày làm việc|7|ngày|<=]].",
    "Tối đa [[15 ngày|15|ngày|<=]].",
    "Giải ngân dưới [[40%|40|%|<]].",
    "Chưa đến [[50%|50|%|<]] kế hoạch.",
    "Thu vượt [[12%|12|%]] dự toán.",
    "Thấp hơn [[5%|5|%]] so với năm trước.",
    # money
    "Thu hồi [[4,5 tỷ đồng|4500000000|đồng]] nộp ngân sách.",
    "Quyết toán sai [[1 tỷ 250 triệu đồng|1250000000|đồng]].",
    "Chi sai [[689 triệu đồng|689000000|đồng]].",
    "Phạt [[3.500.000 đồng|3500000|đồng]] mỗi cơ sở.",
    "Lệ phí [[20.000đ|20000|đồng]] một bản.",
    "Nợ đọng [[12 tỉ|12000000000|đồng]].",
    "Vốn vay [[2,4 triệu USD|2400000|USD]].",
    "Xử lý [[hai mươi triệu đồng|20000000|đồng]] thu không biên lai.",
    # measures and time
    "Lấn chiếm [[1.240 m2|1240|m2]] đất công, giao sai [[5,6ha|5.6|ha]].",
    "Kiên cố hóa [[2,3 km|2.3|km]] kênh mương.",
    "Chậm [[3 tháng|3|tháng]] so với cam kết.",
    "Phiên họp kéo dài [[90 phút|90|phút]].",
    "Giám sát trong [[hai ngày|2|ngày]].",
    # number words
    "[[Ba đoàn kiểm tra|3|đoàn kiểm tra]] được lập.",
    "Đoàn đến [[mười lăm đơn vị|15|đơn vị]].",
    "Đã kiểm tra [[năm xã|5|xã]].",
    "[[Năm đơn vị|5|đơn vị]] chưa nộp báo cáo.",
    "Rà soát [[hai mươi mốt nội dung|21|nội dung]].",
    "Gần [[hai nghìn ba trăm hồ sơ|2300|hồ sơ|~]] bị dồn.",
    "Cả [[bốn phường|4|phường]] đều đạt.",
    # large figures
    "Đã số hóa [[12 nghìn hồ sơ|12000|hồ sơ]].",
    "Cổng có [[1,5 triệu lượt truy cập|1500000|lượt truy cập]].",
    # places in a ranking, scores
    "Huyện xếp [[thứ 5|5|hạng]] toàn tỉnh.",
    "Tỉnh đứng [[thứ ba|3|hạng]] cả nước.",
    "Năm nay thành phố xếp [[hạng 17|17|hạng]].",
    "Chỉ số giữ [[vị trí 22|22|hạng]].",
    "Chỉ số PAR INDEX [[thứ 41/63|41|hạng]], tăng [[12 bậc|12|bậc]].",
    "Xã được chấm [[86,75 điểm|86.75|điểm]].",
    # the head noun, and what only says which of them outside
    "Lập [[14 vụ|14|vụ]] vi phạm, gửi [[60 phiếu|60|phiếu]] khảo sát, họp [[3 hội nghị|3|hội nghị]] đối thoại.",
    "[[Ba xã|3|xã]] biên giới và [[5 phòng|5|phòng]] chuyên môn chưa nộp [[20 bộ hồ sơ|20|bộ hồ sơ]].",
    "Đoàn xếp [[4 huyện|4|huyện]] vào nhóm [[6 địa phương|6|địa phương]] dẫn đầu.",
    "Phường còn [[12 người|12|người]], chức danh kế toán để trống.",
    "Đăng [[212 bản án|212|bản án]], mua [[40 áo phao|40|áo phao]] tặng ngư dân, thi qua [[hai vòng|2|vòng]].",
    # numbers whose noun a neighbour or the subject says
    "Chi nhánh Đông được [[94 điểm|94|điểm]], Chi nhánh Tây [[90|90|điểm]], Đội Kiểm soát [[82|82|điểm]].",
    "Phường giảm từ [[48|48|tổ]] xuống còn [[31 tổ|31|tổ]].",
    "Tổng số nhiệm vụ đã hoàn thành là [[611|611|nhiệm vụ]], cao hơn mọi năm.",
    # days before days, years beside "năm"
    "Đoàn làm việc trong [[2 ngày|2|ngày]] 9 và 10/6/2009.",
    "Cao nhất trong [[năm năm|5|năm]], phường cùng [[năm phường|5|phường]] lân cận đều đạt.",
    # a noun no list knows
    "Gỡ bỏ [[14 mái vảy|14|mái vảy]], bàn giao [[2 vọng gác|2|vọng gác]] có mái che.",
]

# [[span|value|unit|of|low]]
SHAPES = [
    "[[Hai trong ba máy in|2|máy in|3|]] hỏng từ sau Tết.",
    "Dân phải đi [[một đến hai lần|2|lần||1]].",
    "Xếp loại khá khi đạt [[12 đến dưới 15 điểm|15|điểm||12]].",
    "Mức hài lòng là [[4,4 trên thang 5 điểm|4.4|điểm|5|]].",
    "Đã có [[11/15 xã|11|xã|15|]] về đích.",
    "Hoàn thành [[9/12 chỉ tiêu|9|chỉ tiêu|12|]].",
    "Đạt [[7 trên 10 tiêu chí|7|tiêu chí|10|]].",
    "Có [[12 trong số 18 phòng|12|phòng|18|]] áp dụng.",
    "Đạt [[82,4/100 điểm|82.4|điểm|100|]].",
    "[[10 xã/13 xã|10|xã|13|]] đã làm.",
    "Thu hồi [[2/3,5 tỷ đồng|2000000000|đồng|3500000000|]].",
    "Xếp [[thứ 7/22|7|hạng|22|]] sở, ngành.",
    "Giảm từ [[3 đến 5 ngày|5|ngày||3]] làm thủ tục.",
    "Cắt giảm [[10-15%|15|%||10]] chi phí.",
    "Mỗi điểm có [[2 - 3 cán bộ|3|cán bộ||2]] trực.",
    "Hỗ trợ [[100 triệu đến 200 triệu đồng|200000000|đồng||100000000]].",
    "Mỗi nhà [[30 - 50 triệu đồng|50000000|đồng||30000000]].",
    "Tăng từ [[80%|80|%||]] lên [[95%|95|%||]].",
]

NOTHING = [
    "Mỗi năm xã tổ chức rà soát, cuối năm huyện tổng kết.",
    "Hằng năm đơn vị báo cáo, cả năm tháng nào cũng họp.",
    "Hai năm trước, chuyện còn khác.",
    "Chọn đôi ba việc để làm ngay.",
    "Thửa đất ở tổ 5, lớp 9, phòng 12.",
    "Cửa mở từ 7 giờ 30 phút.",
    "Hai phần ba số hộ đồng tình.",
    "Dịch vụ công mức độ 3, 4 hồ sơ nộp qua mạng được ưu tiên.",
    "Áp dụng hệ thống quản lý chất lượng TCVN ISO 9001.",
    "Vi phạm Điều 12, khoản 3 Nghị định.",
    "Trụ sở ở tổ 4, khu phố 2, Quận 3.",
    "Ông ở thôn 5 xã vùng cao.",
    "Hội nghị bắt đầu lúc 8 giờ 30 phút.",
    "Từ 13 giờ chiều mới có người.",
    "Kỳ họp thứ 8 đã bế mạc.",
    "Hội đồng khóa 12 bầu bổ sung.",
    "Đây là lần thứ 3 đơn vị nộp muộn.",
    "Một xã chưa làm, một số xã làm chậm, nhiều đơn vị lúng túng.",
    "Hai bên thống nhất như trên.",
    "Trong năm xã đã củng cố bộ máy.",
    "Mỗi năm đơn vị báo cáo theo quy định.",
    "Mô hình chính quyền hai cấp vận hành thông suốt.",
    "Liên hệ điện thoại 0912345678 hoặc 1900.",
    "1. Công tác chỉ đạo, điều hành",
    "Là một trong những đơn vị dẫn đầu.",
    "Thứ hai là công tác tuyên truyền.",
    "Giai đoạn 2 hồ sơ được ghép chung.",
    "Mô hình “5 không” lan tỏa.",
    "Mạng 4G phủ khắp các bản.",
    "Bệnh viện hạng 2 được giao tự chủ.",
    "Công chức nghỉ từ thứ 6 tuần trước.",
    "Tiếp dân đến thứ hai tuần sau.",
]

INDICATORS = [
    ("Tỷ lệ số hóa kết quả đạt 71%.", "Tỷ lệ số hóa kết quả"),
    ("Cuối quý, giải quyết đơn đúng hạn đạt trên 96%.", "giải quyết đơn đúng hạn"),
    ("Có 18 hồ sơ quá hạn.", "quá hạn"),
    ("Còn 35 nhiệm vụ chưa hoàn thành.", "chưa hoàn thành"),
    ("Toàn xã có 100% thôn, bản có nhà văn hóa.", "thôn, bản có nhà văn hóa"),
    ("Đơn vị mở 5 hội nghị.", "Đơn vị mở"),
    ("Có 12 đơn vị.", None),
]


@pytest.mark.parametrize("marked", QUANTITIES)
def test_value_unit_and_comparator(marked: str) -> None:
    source, marks = unmark(marked)
    found = [(m.start, m.end, m.value, m.unit, m.comparator) for m in analyse(source).metrics]
    expected = [
        (m.start, m.end, float(m.fields[0]), m.fields[1], m.fields[2] if len(m.fields) > 2 else "=") for m in marks
    ]
    assert found == expected


@pytest.mark.parametrize("marked", SHAPES)
def test_ratios_and_ranges(marked: str) -> None:
    source, marks = unmark(marked)
    found = [(m.start, m.end, m.value, m.unit, m.of, m.low) for m in analyse(source).metrics]
    expected = []
    for mark in marks:
        value, unit, of, low = mark.fields
        expected.append(
            (mark.start, mark.end, float(value), unit, float(of) if of else None, float(low) if low else None)
        )
    assert found == expected


@pytest.mark.parametrize("source", NOTHING)
def test_numbers_that_count_nothing(source: str) -> None:
    assert analyse(source).metrics == []


@pytest.mark.parametrize(("source", "indicator"), INDICATORS)
def test_indicator(source: str, indicator: str | None) -> None:
    assert [m.indicator for m in analyse(source).metrics] == [indicator]


def test_dates_and_documents_are_left_alone() -> None:
    source = "Ngày 12/5/2021, Quyết định số 15/QĐ-UBND; 9 tháng đầu năm 2022 có 4 xã đạt."
    assert [m.unit for m in analyse(source).metrics] == ["xã"]


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("2.358", 2358),
        ("99,66", 99.66),
        ("98.5", 98.5),
        ("1.234.567", 1234567),
        ("04", 4),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("0.125", 0.125),
        ("1.2.3", None),
        ("12.34.567", None),
    ],
)
def test_read_figure(figure: str, value: float | None) -> None:
    assert read_figure(figure) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("ba mốt", 31),
        ("một trăm linh năm", 105),
        ("hai trăm hai mươi", 220),
        ("một nghìn hai trăm", 1200),
        ("ba nghìn tỷ", 3000000000000.0),
        ("hai triệu ba trăm nghìn", 2300000.0),
        ("năm chục", 50),
        ("một triệu rưỡi", 1500000),
        ("hai tỷ rưỡi", 2500000000.0),
    ],
)
def test_number_words(words: str, value: float) -> None:
    assert [n.value for n in find_numbers(words, scan(words)["number_words"])] == [value]


PIECES = st.sampled_from(
    [
        "12",
        "1.234",
        "99,5",
        "%",
        " ",
        " xã",
        " hồ sơ",
        "năm",
        " hai",
        "mươi",
        " tỷ",
        " đồng",
        "/",
        "-",
        " đến ",
        "\n",
        "thứ ",
        "hạng ",
        "mức độ ",
        ", ",
        "(",
        ")",
        "xếp ",
        " trên ",
        " trong số ",
        "đạt ",
        ".",
        "m2",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text(source: str) -> None:
    analysis = analyse(source)
    ends = 0
    for metric in analysis.metrics:
        assert ends <= metric.start < metric.end <= len(analysis.text)
        assert analysis.in_body(metric.start, metric.end)
        assert 0 < metric.confidence <= 1
        ends = metric.end
    assert analyse(source).metrics == analysis.metrics
