"""What a reader would call a finding, marked in line: `[[text|label|area]]`.

Each case is an article of its own: a frame that says who inspects whom, then the lines of the case.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_nlp.analysis import Finding
from cchc_nlp.extract import findings
from tests.helpers import analyse
from tests.markup import unmark

FRAME = "Đoàn kiểm tra cải cách hành chính của UBND tỉnh vừa làm việc với Sở Nội vụ và UBND các xã về công vụ.\n"

PRAISE = [
    "[[Lãnh đạo xã luôn quan tâm chỉ đạo công tác cải cách hành chính, kế hoạch năm được ban hành kịp thời|strength|leadership]]; [[công tác tuyên truyền được đẩy mạnh bằng nhiều hình thức|strength|leadership]].",
    "[[Việc niêm yết thủ tục hành chính được thực hiện đầy đủ, đúng quy định|strength|procedures]]. [[Hồ sơ giải quyết trước hạn và đúng hạn đạt 99,2%|strength|procedures]].",
    "[[Trong kỳ, Bộ phận Một cửa không để xảy ra hồ sơ trễ hạn|strength|procedures]].",
    "[[Từ đầu năm đến nay, phường đã tiếp nhận và giải quyết 1.204 hồ sơ|strength|procedures]].",
    "[[Đoàn giám sát đánh giá cao tinh thần trách nhiệm của đội ngũ công chức|strength|civil_service]].",
    "[[Thanh tra không phát hiện sai phạm trong việc bổ nhiệm cán bộ|strength|civil_service]].",
    "[[Cơ sở vật chất của bộ phận một cửa cơ bản đáp ứng yêu cầu|strength|procedures]].",
    "[[Sở dẫn đầu khối các cơ quan chuyên môn về chỉ số cải cách hành chính, tăng 4 bậc so với năm trước|strength|impact]].",
    "[[100% văn bản đi được ký số và gửi qua hệ thống quản lý văn bản và điều hành|strength|digital_government]].",
    "[[Huyện đã tinh giản 34 biên chế, giảm 5 đầu mối|strength|organization]].",
    "[[Quy chế chi tiêu nội bộ được xây dựng công khai, minh bạch|strength|public_finance]]; [[quy chế làm việc được sửa đổi kịp thời|strength|institutions]].",
    "[[Thời gian qua không có đơn thư vượt cấp, người dân đồng tình với cách làm của chính quyền|strength]].",
    "[[Tỷ lệ hài lòng của người dân đối với sự phục vụ của cơ quan hành chính đạt 96%|strength|impact]].",
    "[[Theo báo cáo, 15/15 xã đã thành lập tổ công nghệ số cộng đồng|strength|digital_government]].",
    "[[Công chức một cửa hướng dẫn người dân tận tình, không gây phiền hà|strength]].",
]

CRITICISM = [
    "[[Việc xây dựng kế hoạch còn chậm, nội dung chung chung, mang tính hình thức|limitation|leadership]].",
    "[[Một số hồ sơ đất đai còn trễ hạn nhưng không có thư xin lỗi|limitation|procedures]].",
    "[[Tỷ lệ hồ sơ nộp trực tuyến mới đạt 32%|limitation|digital_government]].",
    "[[Mới có 3/12 xã bố trí được phòng tiếp công dân riêng|limitation|procedures]].",
    "[[Có lúc, có nơi người đứng đầu chưa thực sự vào cuộc|limitation|leadership]].",
    "[[Chỉ số hài lòng của huyện tụt 9 bậc, đứng cuối toàn tỉnh|limitation|impact]].",
    "[[Người dân phải đi lại nhiều lần mới xong một thủ tục|limitation|procedures]].",
    "[[Việc thực hiện tốt quy trình một cửa mới chỉ ở một số đơn vị|limitation|procedures]].",
    "[[Công chức địa chính có biểu hiện nhũng nhiễu, đùn đẩy trách nhiệm|limitation|civil_service]].",
    "[[UBND xã chi 215 triệu đồng sai quy định, hạch toán ngoài sổ sách|limitation|public_finance]].",
    "[[Chủ đầu tư nghiệm thu, thanh toán khống khối lượng hơn 1,2 tỷ đồng|limitation|public_finance]].",
    "[[Thanh tra tỉnh đã chuyển hồ sơ sang cơ quan cảnh sát điều tra|limitation]].",
    "[[Nhiều dự án treo kéo dài, đất bỏ hoang gây lãng phí|limitation]].",
    "[[Phần mềm một cửa thường xuyên gặp lỗi, chưa kết nối với cơ sở dữ liệu quốc gia|limitation|digital_government]].",
    "[[Ba công chức bị kỷ luật khiển trách vì đi muộn|limitation|civil_service]].",
    "[[Công tác tuyên truyền không được duy trì thường xuyên|limitation|leadership]].",
    "[[UBND phường không niêm yết thủ tục hành chính lĩnh vực hộ tịch|limitation|procedures]].",
    "[[Quy chế làm việc chưa được sửa đổi, bổ sung cho phù hợp|limitation|institutions]].",
    "[[Sự phối hợp giữa các phòng chuyên môn chưa chặt chẽ|limitation]].",
    "[[Ở một số đơn vị, việc tự kiểm tra chưa đáp ứng yêu cầu đề ra|limitation|leadership]].",
    "[[Bên cạnh đó, các thành viên đoàn đã chỉ ra nhiều hạn chế, yếu kém trong khâu giải quyết hồ sơ|limitation|procedures]].",
    "[[Giải ngân vốn đầu tư công chỉ đạt 41% kế hoạch|limitation|public_finance]].",
]

MEASURES = [
    "[[Đoàn đề nghị UBND xã rà soát, khắc phục ngay những tồn tại, hạn chế nêu trên|recommendation]]; [[thực hiện nghiêm túc chế độ báo cáo|recommendation|leadership]]; [[bố trí công chức đủ năng lực tại bộ phận một cửa|recommendation]].",
    "[[Chủ tịch UBND tỉnh yêu cầu kiểm điểm trách nhiệm những cá nhân để xảy ra sai phạm|recommendation|civil_service]].",
    "[[Thời gian tới, xã sẽ đầu tư thêm máy tính, nâng cấp đường truyền|recommendation|digital_government]].",
    "[[Các đơn vị cần công khai đầy đủ thủ tục hành chính, không để hồ sơ trễ hạn|recommendation|procedures]].",
    "[[Kiểm toán kiến nghị thu hồi, nộp ngân sách 3,4 tỷ đồng|recommendation|public_finance]].",
    "[[Người đứng đầu phải chịu trách nhiệm nếu để cán bộ gây phiền hà|recommendation]].",
    "[[Giao Sở Tài chính hướng dẫn các xã quyết toán|recommendation|public_finance]].",
    "Giải pháp thời gian tới:\n- [[Tiếp tục đẩy mạnh tuyên truyền|recommendation|leadership]];\n- [[Nâng cao chất lượng đội ngũ công chức|recommendation|civil_service]];\n- [[Chấn chỉnh tình trạng chậm trễ, né tránh trong giải quyết hồ sơ|recommendation]].",
    "[[Để khắc phục tình trạng này, huyện sẽ tổ chức lại bộ phận một cửa|recommendation|procedures]]. [[Đồng thời, mở lớp tập huấn cho công chức|recommendation|civil_service]].",
    "[[Đồng chí nhấn mạnh, thị trấn cần xác định cải cách hành chính là nhiệm vụ trọng tâm|recommendation|leadership]].",
    "[[UBND huyện tiếp tục chỉ đạo các xã thực hiện tốt công tác kiểm soát thủ tục hành chính trong thời gian tới|recommendation]].",
    "[[Kiến nghị xử lý nghiêm các trường hợp lấn chiếm đất công|recommendation]].",
]

MIXED = [
    "[[Công tác niêm yết được thực hiện đầy đủ|strength|procedures]], [[song nhiều thủ tục chưa được cập nhật kịp thời|limitation|procedures]].",
    "[[Năm qua, dù nhân lực mỏng, phường vẫn hoàn thành chỉ tiêu|strength]]. [[Tuy nhiên, tỷ lệ hồ sơ quá hạn còn cao|limitation|procedures]], [[nguyên nhân chủ yếu do hệ thống phần mềm chưa ổn định|cause]].",
    "[[Ghi nhận những kết quả đạt được, đồng chí Trưởng đoàn biểu dương sự nỗ lực của xã|strength]], [[đồng thời đề nghị xã sớm kiện toàn tổ công tác|recommendation]].",
    "Bên cạnh kết quả đạt được, các đơn vị còn một số hạn chế sau:\n- [[Công tác lưu trữ hồ sơ chưa khoa học|limitation|procedures]];\n- [[Bảng niêm yết đã xuống cấp|limitation|procedures]];\n- [[Diện tích phòng một cửa nhỏ|limitation|procedures]].",
    "Về ưu điểm:\n[[Xã đã ban hành kế hoạch cải cách hành chính|strength|leadership]].\nHạn chế:\n[[Kế hoạch không nêu rõ người phụ trách|limitation|leadership]].\nNguyên nhân:\n[[Cán bộ phụ trách kiêm nhiệm nhiều việc|cause|civil_service]].",
    "[[Bên cạnh những kết quả đạt được, vẫn còn một số tồn tại như: việc cập nhật hồ sơ lên hệ thống chậm|limitation]]; [[sổ theo dõi ghi thiếu thông tin|limitation|procedures]].",
    "[[Nguyên nhân là do một số cán bộ thiếu tinh thần trách nhiệm|cause|civil_service]].",
    "[[Sở đã khắc phục những tồn tại được nêu trong kết luận năm trước|strength]].",
    "[[Tình trạng trên chủ yếu là do biên chế bị cắt giảm|cause|organization]].",
    "[[Tuy còn khó khăn về kinh phí|limitation|public_finance]], [[nhưng xã đã bố trí đủ trang thiết bị cho bộ phận một cửa|strength|procedures]].",
]

ARTICLES = [
    # a conclusion of an audit
    "Thanh tra tỉnh vừa công bố kết luận thanh tra việc quản lý, sử dụng ngân sách tại UBND huyện A giai đoạn 2019 - 2022.\n"
    "[[Theo kết luận, huyện đã lập, phân bổ dự toán đúng trình tự|strength|public_finance]]. [[Tuy nhiên, UBND huyện giao dự toán chậm, chưa công khai quyết toán|limitation|public_finance]].\n"
    "[[Qua kiểm tra 12 công trình, phát hiện sai phạm hơn 2 tỷ đồng|limitation|public_finance]]. [[Một số gói thầu có dấu hiệu vi phạm nghiêm trọng|limitation|public_finance]].\n"
    "[[Thanh tra tỉnh kiến nghị thu hồi toàn bộ số tiền trên|recommendation|public_finance]].",
    # discipline
    "Ủy ban Kiểm tra Huyện ủy vừa họp kỳ thứ 30.\n"
    "[[Ủy ban nhận thấy Chi bộ Văn phòng đã buông lỏng lãnh đạo, vi phạm nguyên tắc tập trung dân chủ|limitation|leadership]]; [[để một số cán bộ vi phạm kéo dài|limitation|civil_service]].\n"
    "[[Ủy ban yêu cầu Chi bộ nghiêm túc rút kinh nghiệm|recommendation]].",
    # a ranking
    "Bộ Nội vụ công bố bảng xếp hạng chỉ số cải cách hành chính của các tỉnh.\n"
    "[[Tỉnh B dẫn đầu bảng xếp hạng với 91,2 điểm|strength|impact]]. Một số tỉnh ở nhóm trung bình. [[Tỉnh C tụt 12 bậc, xếp cuối cùng|limitation|impact]].",
    # food safety
    "Đoàn kiểm tra liên ngành về an toàn thực phẩm đã kiểm tra công tác quản lý nhà nước tại UBND phường X.\n"
    "[[Phường đã thành lập tổ kiểm tra, xử phạt 5 cơ sở|strength]]. [[Hồ sơ lưu của phường còn sơ sài, thiếu biên bản|limitation]].",
]

NOTHING = [
    "Đoàn đã tiến hành giám sát công tác lãnh đạo, chỉ đạo, công tác tuyên truyền và việc niêm yết thủ tục hành chính.",
    "Nội dung kiểm tra gồm: tổ chức bộ máy, thủ tục hành chính, ứng dụng công nghệ thông tin.",
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 3/2/2022 của UBND tỉnh về kiểm tra cải cách hành chính.",
    "Cùng dự buổi làm việc có lãnh đạo các sở, ngành.",
    "Tiếp và làm việc với Đoàn có đồng chí Nguyễn Văn Bình, Chủ tịch UBND xã.",
    "Đồng chí Phó Chủ tịch HĐND tỉnh chủ trì hội nghị.",
    "Trước khi vào làm việc, Đoàn đã khảo sát thực tế tại Bộ phận Một cửa.",
    "Các đại biểu thảo luận, làm rõ thêm một số nội dung.",
    "Đoàn kiểm tra do ông Trần Văn Nam, Giám đốc Sở Nội vụ làm trưởng đoàn.",
    "Các thành viên đoàn đã giải đáp khó khăn, vướng mắc của cơ sở.",
    "Thời kỳ thanh tra từ năm 2018 đến năm 2021.",
    "Xã có diện tích 24 km2, dân số hơn 9.000 người.",
    "Năm 2022, phường tiếp nhận 500 hồ sơ.",
    "Buổi làm việc diễn ra trong một ngày.",
    "Kết quả chấm điểm của huyện ở nhóm trung bình.",
    "Quang cảnh buổi làm việc",
    "Ảnh: Minh Anh",
    "Bên cạnh kết quả đạt được, đơn vị còn một số hạn chế sau:",
    "Chiều cùng ngày, Đoàn làm việc với UBND huyện.",
    "Theo chương trình giám sát năm 2023, Thường trực HĐND tỉnh giám sát việc thực hiện cải cách hành chính tại 4 đơn vị.",
]

FOREIGN = [
    "Đội tuyển đã hoàn thành xuất sắc mục tiêu, dẫn đầu bảng với 9 điểm. Tuy nhiên hàng thủ còn nhiều hạn chế. Huấn luyện viên yêu cầu cầu thủ cần tập trung hơn.",
    "Ca sĩ cho biết album mới chậm phát hành do thiếu kinh phí. Cô sẽ tiếp tục lưu diễn trong thời gian tới.",
    "Giá vàng thấp nhất trong ba tháng, nhà đầu tư chưa vội mua vào. Chuyên gia đề nghị người dân cần thận trọng.",
    "Món này cần nấu chậm, không nên để quá lâu. Thịt đạt yêu cầu khi mềm, nước dùng trong.",
    "Điện thoại mới có pin tốt, chụp ảnh đẹp nhưng còn chậm khi chơi game. Hãng sẽ khắc phục lỗi.",
    "Bệnh nhân ung thư được điều trị kịp thời đã hồi phục tốt. Bác sĩ khuyến nghị cần khám định kỳ.",
    "Bão số 5 gây thiệt hại nặng, nhiều nhà xuống cấp. Người dân thiếu nước sạch.",
    "Cổ phiếu tăng mạnh, vn-index vượt mốc 1.000 điểm. Thanh khoản vẫn thấp.",
    "Tổng thống Mỹ đề nghị Quốc hội nước này thông qua dự luật. Phe đối lập chưa đồng ý.",
    "Bộ phim được khán giả đánh giá cao, nhưng kịch bản còn nhiều hạn chế.",
    "Tình yêu của họ gặp nhiều khó khăn, nhưng cả hai đã cố gắng vượt qua.",
    "Hai xe máy va chạm, một người tử vong. Nguyên nhân là do chạy quá tốc độ.",
]


def _found(source: str) -> list[Finding]:
    return findings.find(analyse(source, upto="text"))


@pytest.mark.parametrize("marked", PRAISE + CRITICISM + MEASURES + MIXED)
def test_segments(marked: str) -> None:
    _check(FRAME + marked)


@pytest.mark.parametrize("marked", ARTICLES)
def test_articles(marked: str) -> None:
    _check(marked)


def _check(marked: str) -> None:
    source, marks = unmark(marked)
    found = _found(source)
    assert [(source[f.start : f.end], f.label) for f in found] == [(m.text, m.fields[0]) for m in marks]
    assert [f.area for f, m in zip(found, marks, strict=True) if len(m.fields) > 1] == [
        m.fields[1] for m in marks if len(m.fields) > 1
    ]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_in_what_only_tells_the_visit(text: str) -> None:
    assert _found(FRAME + text) == []


@pytest.mark.parametrize("text", FOREIGN)
def test_nothing_in_articles_on_other_subjects(text: str) -> None:
    assert _found(text) == []


_WORDS = st.sampled_from(
    "chưa không đã cần đề nghị tuy nhiên hạn chế đầy đủ kịp thời UBND xã thủ tục hành chính 98% ; , . : \n - ( ) khắc phục".split(" ")
)


@given(st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=120).map(" ".join)))
def test_any_text(source: str) -> None:
    analysis = analyse(source, upto="text")
    found = findings.find(analysis)
    assert found == findings.find(analysis)
    assert all(0 <= f.start < f.end <= len(analysis.text) for f in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert all(0.0 <= f.confidence <= 1.0 and f.rule.startswith("findings.") for f in found)
