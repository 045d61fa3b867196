"""Segments: `[[ ]]` stands around each expected one; what lies outside is in none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_nlp.analysis import Block
from cchc_nlp.text.scan import scan
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
    "[[Bên cạnh mặt được, bệnh viện có các thiếu sót như: Kê đơn sai mẫu]]; [[bỏ sót chữ ký]].",
    "[[Ngoài những mặt làm được, trường còn mấy điểm yếu dưới đây]]:",
    # contrast
    "[[Bảng giá dịch vụ đã treo tại sảnh]], [[song một số mức giá không còn đúng]].",
    "[[Mặc dù phường đã thuê thêm hai nhân viên]], [[tuy nhiên người dân vẫn phải chờ lâu]].",
    "[[Xã bố trí đủ máy tính]], [[nhưng đường truyền thường xuyên bị gián đoạn]].",
    "[[Tuy nhiên, số hồ sơ trễ hạn vẫn ở mức cao]].",
    "[[Hai tổ làm việc, song song với đoàn của tỉnh, tại ba kho thuốc]].",
    "[[Ba bếp ăn đạt trên 60 nhưng chưa tới 65 điểm, xếp loại trung bình]].",
    "[[Số hồ sơ tăng, nhưng ít]].",
    # a demand after a statement
    "[[Đoàn đánh giá cao kết quả của xã]], [[đồng thời đề nghị UBND xã khắc phục các hạn chế]].",
    "[[Đánh giá cao sự chuẩn bị của xã]], [[đồng chí Phó Chủ tịch HĐND huyện đề nghị xã sớm hoàn thiện hồ sơ]].",
    "[[Hai cơ sở giết mổ không có giấy phép]], [[đoàn đã kiến nghị huyện tạm dừng hoạt động]].",
    "[[Nhiều hồ sơ trễ hạn]], [[cần sớm khắc phục trong quý tới]].",
    "[[Trong thời gian tới, đoàn đề nghị xã rà soát hồ sơ, đồng thời yêu cầu báo cáo trước ngày 30/9]].",
    "[[Trên cơ sở kết luận kiểm tra, UBND huyện yêu cầu các xã khắc phục hạn chế]].",
    "[[Đối với các phòng chuyên môn, cần quan tâm hướng dẫn cấp xã]].",
    "[[Sở đã lập tổ công tác, yêu cầu các đơn vị báo cáo hằng tuần]].",
    "[[Phường đã trả lời bốn phản ánh, kiến nghị của tiểu thương]].",
    "[[Rà soát lại quỹ đất công ích, đồng thời công khai danh sách hộ thuê]].",
    # blame after praise
    "[[Đoàn biểu dương nỗ lực của phường]], [[đồng thời chỉ rõ những tồn tại trong quản lý đất đai]].",
    "[[Kết luận buổi xem xét, bà Chánh Thanh tra ghi nhận sự cầu thị]] [[và đề nghị chợ lắp lại cân đối chứng]].",
    # contrast without a comma, inside a long quote, by words that often mean none
    "[[Kho lương thực đã được lợp lại]] [[nhưng sổ nhập kho để trống cả quý]].",
    "[[Bến phà có hai chiếc nhưng mới dùng một]].",
    "[[Trạm tuy nhỏ nhưng thuốc men đủ cả]].",
    "[[Bà nói: “Bến xe chúng tôi đã có nội quy, có đội trực ngày đêm]], [[nhưng nửa năm chưa ai kiểm tra lại]]”.",
    "[[Chợ Đông đạt 95 điểm]], [[còn chợ Tây đứng chót với 61 điểm]].",
    "[[Kè biển được nghiệm thu đúng hạn]], [[trong khi tuyến mương phía sau chưa ai nhận]].",
    "[[Bến thu phí đúng mẫu]], [[tuy biển báo giá chỉ đạt một nửa]].",
    "[[Trường không mở thư viện, dù huyện đã hai lần có văn bản]].",
    "[[Ông đề nghị đo bằng sản phẩm, chứ không chạy theo tỷ lệ]].",
    "[[Đường ống hư ba đoạn, dân phải chở nước từ sông]].",
    # numbers with a slash, datelines, photo credits
    "1/ [[Bể bơi không có người trực]]; 2/ [[nước chưa được xét nghiệm]].",
    "(Sonlam.vn) - [[Bãi rác tự phát đã được dọn]].",
    "BSL - [[Bãi rác tự phát đã được dọn]].",
    "[[Máy bơm còn nguyên thùng trong kho]] - Ảnh: H.L",
    # causes
    "[[Bốn cây cầu chưa có rào chắn]], [[bởi khâu rà soát hồ sơ còn dễ dãi]].",
    "[[Nhiều sổ đỏ trễ hẹn]], [[phần vì giãn cách, phần vì thiếu người đo]].",
    "[[Những điều đó, theo bà Hiệu trưởng, một phần vì trường mới sáp nhập]].",
    "[[Bốn quầy chưa có biển giá, vì thế chợ chỉ được xếp loại trung bình]].",
    "[[Vốn đầu tư công giải ngân chậm]], [[chủ yếu do nhà thầu thiếu cát đắp nền]].",
    "[[Hồ sơ còn chậm]], [[nguyên nhân là do thiếu người, máy móc chưa đủ]].",
    "[[Tỷ lệ giải ngân còn thấp]], [[do mặt bằng chưa được bàn giao]].",
    "[[Đoàn kiểm tra, do Giám đốc Sở làm trưởng đoàn, đã làm việc với ba phường]].",
]


@pytest.mark.parametrize("marked", EXAMPLES)
def test_segments(marked: str) -> None:
    text, marks = unmark(marked)
    blocks = [Block(0, len(text), "paragraph")]
    segments = split_segments(text, blocks, split_sentences(text, blocks), scan(text.lower())["segment_cues"])
    assert [text[s.start : s.end] for s in segments] == [mark.text for mark in marks]


TITLES = [
    "[[Xếp hạng công khai ngân sách: Huyện Sông Lam đứng đầu]], [[huyện Bình Sơn xếp chót]]",
    "[[Sông Lam: năm bếp ăn bị phạt, phần lớn ở trường mầm non]]",
    "[[Hai dự án kênh mương đội vốn, chủ đầu tư chưa giải trình]]",
    "[[Trả kết quả nhanh]] [[nhưng lưu trữ lỏng]]",
    "[[Phà mới: chạy được]], [[nhưng chưa êm]]",
    "[[Chỉ số hài lòng: chợ Đông bứt lên]], [[chợ Tây tụt bốn bậc]]",
]


@pytest.mark.parametrize("marked", TITLES)
def test_headlines(marked: str) -> None:
    text, marks = unmark(marked)
    blocks = [Block(0, len(text), "title")]
    segments = split_segments(text, blocks, split_sentences(text, blocks), scan(text.lower())["segment_cues"])
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
            st.sampled_from(["; ", ", ", "song ", "xã chưa ", "đề nghị ", "(", ")", "“", "”", "do ", ". ", "- ", "1. "])
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
