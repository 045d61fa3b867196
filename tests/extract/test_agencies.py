"""Agencies: every mark is a mention with its canonical name; what is not marked must not be found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_nlp.analysis import Agency, Analysis, Place, Span
from cchc_nlp.extract import agencies
from cchc_nlp.extract.agencies import compose
from cchc_nlp.lexicon import table
from cchc_nlp.text.normalise import normalise
from tests.helpers import analyse
from tests.markup import unmark

KINDS = {
    "state", "committee", "council", "party", "front", "mass", "ministry", "department", "office",
    "inspectorate", "police", "military", "court", "one_stop", "unit", "school", "health", "delegation",
    "board",
}  # fmt: skip

EXAMPLES = [
    # short for a body named before
    "[[Sở Nội vụ tỉnh|Sở Nội vụ tỉnh]] họp; Phó Giám đốc [[Sở|Sở Nội vụ tỉnh]] kết luận, gửi về [[Sở|Sở Nội vụ tỉnh]].",
    "[[Trung tâm Y tế huyện|Trung tâm Y tế huyện]] báo cáo; Giám đốc [[Trung tâm|Trung tâm Y tế huyện]] Lê Tạo nói.",
    "[[Ban Dân tộc tỉnh|Ban Dân tộc tỉnh]] giám sát. Theo đó, [[Ban|Ban Dân tộc tỉnh]] đề nghị sửa quy chế.",
    "[[Đoàn kiểm tra của Sở Y tế|Đoàn kiểm tra Sở Y tế]] đến xã; [[Thanh tra Sở|Thanh tra Sở Y tế]] đề nghị.",
    "[[Tổ công tác của tỉnh|Tổ công tác tỉnh]] đến xã. Chiều nay [[tổ công tác|Tổ công tác tỉnh]] về.",
    # abbreviations in brackets, and given by the article
    "[[Bảo hiểm xã hội (BHXH) tỉnh|Bảo hiểm xã hội tỉnh]] tiếp thu.",
    "[[Kiểm toán Nhà nước (KTNN) khu vực IX|Kiểm toán Nhà nước khu vực IX]] công bố kết quả.",
    "[[Viện Nghiên cứu đô thị|Viện Nghiên cứu đô thị]] ([[VNĐ|Viện Nghiên cứu đô thị]]) khảo sát.",
    # fields that no table has
    "Theo [[Viện Nghiên cứu quản trị địa phương|Viện Nghiên cứu quản trị địa phương]] thì còn chậm.",
    "Chuyên gia của [[Cục Chứng thực điện tử và Bảo mật dữ liệu|Cục Chứng thực điện tử và Bảo mật dữ liệu]] hướng dẫn.",
    "Hồ sơ do [[bộ phận “một cửa” UBND xã|Bộ phận một cửa Ủy ban nhân dân xã]] tiếp nhận.",
    "[[Trung tâm Y tế dự phòng tỉnh|Trung tâm Y tế dự phòng tỉnh]] lấy mẫu.",
    "Học sinh [[Trường Tiểu học số 2 Hòa Bắc|Trường Tiểu học số 2 Hòa Bắc]] đã đủ lớp.",
    "[[Công an huyện|Công an huyện]] phối hợp với [[công an xã|Công an xã]] kiểm tra.",
    # People's Committees and Councils
    "Sáng nay, [[UBND huyện Thanh Sơn|Ủy ban nhân dân huyện Thanh Sơn]] họp phiên thường kỳ.",
    "Theo [[Ủy ban nhân dân tỉnh Phú Thọ|Ủy ban nhân dân tỉnh Phú Thọ]], tiến độ còn chậm.",
    "Chủ tịch [[UBND tỉnh|Ủy ban nhân dân tỉnh]] yêu cầu báo cáo trước ngày 20.",
    "Lãnh đạo [[UBND|Ủy ban nhân dân]] đã tiếp thu ý kiến.",
    "[[UBND TP.Cần Thơ|Ủy ban nhân dân thành phố Cần Thơ]] ban hành kế hoạch.",
    "Bà Hoa, Phó Chủ tịch [[UBNDThị trấn|Ủy ban nhân dân thị trấn]] báo cáo.",
    "[[Ủy Ban Nhân Dân huyện|Ủy ban nhân dân huyện]] chỉ đạo rà soát.",
    "[[UBND TP|Ủy ban nhân dân thành phố]] giao các ngành phối hợp.",
    "[[HĐND TX|Hội đồng nhân dân thị xã]] thông qua nghị quyết.",
    "Việc phối hợp giữa [[HĐND|Hội đồng nhân dân]] và [[UBND|Ủy ban nhân dân]] được duy trì.",
    "[[HĐND|Hội đồng nhân dân huyện]]-[[UBND huyện|Ủy ban nhân dân huyện]] thống nhất chương trình.",
    "[[UBND|Ủy ban nhân dân xã]] - [[HĐND xã|Hội đồng nhân dân xã]] cần chủ động.",
    "KẾT LUẬN CỦA [[HỘI ĐỒNG NHÂN DÂN TỈNH|Hội đồng nhân dân tỉnh]]",
    "[[Thường trực HĐND huyện|Thường trực Hội đồng nhân dân huyện]] giám sát tại cơ sở.",
    "Ông Bình, Phó Chủ tịch Thường trực [[HĐND huyện|Hội đồng nhân dân huyện]] chủ trì.",
    "[[Ban Pháp chế HĐND tỉnh|Ban Pháp chế Hội đồng nhân dân tỉnh]] thẩm tra báo cáo.",
    "[[Ban Kinh tế - Xã hội HĐND quận|Ban Kinh tế - Xã hội Hội đồng nhân dân quận]] khảo sát chợ.",
    "[[Ban KT-XH HĐND thị xã|Ban Kinh tế - Xã hội Hội đồng nhân dân thị xã]] giám sát.",
    "[[Tổ đại biểu HĐND tỉnh|Tổ đại biểu Hội đồng nhân dân tỉnh]] tiếp xúc cử tri.",
    "[[Đoàn đại biểu Quốc hội tỉnh Phú Thọ|Đoàn đại biểu Quốc hội tỉnh Phú Thọ]] giám sát chuyên đề.",
    "[[Đoàn ĐBQH tỉnh|Đoàn đại biểu Quốc hội tỉnh]] làm việc với [[Sở Y tế|Sở Y tế]].",
    "Các Ban của [[HĐND tỉnh|Hội đồng nhân dân tỉnh]] hoàn thành thẩm tra.",
    # coordination: the owner of the last body is the owner of all
    "[[Đảng ủy|Đảng ủy xã Tất Thắng]], [[HĐND|Hội đồng nhân dân xã Tất Thắng]], "
    "[[UBND xã Tất Thắng|Ủy ban nhân dân xã Tất Thắng]] quan tâm chỉ đạo.",
    "Theo [[Huyện ủy|Huyện ủy]], [[HĐND|Hội đồng nhân dân huyện]], [[UBND huyện|Ủy ban nhân dân huyện]].",
    "[[Tỉnh ủy|Tỉnh ủy Phú Thọ]], [[UBND tỉnh Phú Thọ|Ủy ban nhân dân tỉnh Phú Thọ]] đã có chỉ thị.",
    "[[Sở Xây dựng|Sở Xây dựng tỉnh Phú Thọ]] và [[Sở Y tế tỉnh Phú Thọ|Sở Y tế tỉnh Phú Thọ]] chậm báo cáo.",
    "[[Huyện ủy|Huyện ủy]] và [[UBND xã Tất Thắng|Ủy ban nhân dân xã Tất Thắng]] ký cam kết.",
    "[[Ban Pháp chế|Ban Pháp chế Hội đồng nhân dân tỉnh]], "
    "[[Ban Dân tộc HĐND tỉnh|Ban Dân tộc Hội đồng nhân dân tỉnh]] cùng tham gia.",
    "[[Thường trực HĐND|Thường trực Hội đồng nhân dân huyện Thanh Sơn]], "
    "[[UBND huyện Thanh Sơn|Ủy ban nhân dân huyện Thanh Sơn]] thống nhất.",
    "[[Ban Thường vụ Huyện ủy|Ban Thường vụ Huyện ủy Thanh Sơn]], "
    "[[UBND huyện Thanh Sơn|Ủy ban nhân dân huyện Thanh Sơn]] chỉ đạo.",
    "[[Huyện ủy|Huyện ủy]], [[Sở Nội vụ|Sở Nội vụ]], UBND các huyện, thành phố rà soát.",
    "Báo cáo [[Chính phủ|Chính phủ]], [[UBND tỉnh|Ủy ban nhân dân tỉnh]] trước quý III.",
    # departments named in one breath
    "Các sở: [[Nội vụ|Sở Nội vụ]], [[Tài chính|Sở Tài chính]] và [[Xây dựng|Sở Xây dựng]] phối hợp.",
    "Các [[Sở Nội vụ|Sở Nội vụ]], [[Tài chính|Sở Tài chính]], [[Kế hoạch và Đầu tư|Sở Kế hoạch và Đầu tư]].",
    # the state
    "Thủ tướng [[Chính phủ|Chính phủ]] yêu cầu các địa phương chấn chỉnh.",
    "[[Ủy ban Thường vụ Quốc hội|Ủy ban Thường vụ Quốc hội]] cho ý kiến.",
    "[[Quốc hội|Quốc hội]] giao [[Kiểm toán Nhà nước|Kiểm toán Nhà nước]] kiểm toán.",
    "[[Văn phòng Chính phủ|Văn phòng Chính phủ]] có công văn hỏa tốc.",
    "[[Thanh tra Chính phủ|Thanh tra Chính phủ]] công bố kết luận tại [[Bộ Xây dựng|Bộ Xây dựng]].",
    "[[Ủy ban Pháp luật và Tư pháp|Ủy ban Pháp luật và Tư pháp]] thẩm tra.",
    "[[Ngân hàng Nhà nước Việt Nam|Ngân hàng Nhà nước Việt Nam]] hướng dẫn.",
    "[[Ngân hàng Nhà nước chi nhánh tỉnh Phú Thọ|Ngân hàng Nhà nước chi nhánh tỉnh Phú Thọ]] báo cáo.",
    # ministries, under past and present names
    "[[Bộ Văn hóa, Thể thao và Du lịch|Bộ Văn hóa, Thể thao và Du lịch]] thanh tra lễ hội.",
    "[[Bộ NN&PTNT|Bộ Nông nghiệp và Phát triển nông thôn]] phân cấp thủ tục.",
    "[[Bộ Nông nghiệp và Môi trường|Bộ Nông nghiệp và Môi trường]] trả lời.",
    "[[Bộ Dân tộc và Tôn giáo|Bộ Dân tộc và Tôn giáo]] mới thành lập.",
    "Bộ trưởng [[Bộ LĐ-TB&XH|Bộ Lao động - Thương binh và Xã hội]] ký văn bản.",
    "[[Bộ GTVT|Bộ Giao thông vận tải]] cắt giảm điều kiện kinh doanh.",
    "[[Bộ Kế hoạch và Đầu tư|Bộ Kế hoạch và Đầu tư]], [[Bộ Tài chính|Bộ Tài chính]] cùng trình.",
    "[[Thanh tra Bộ Nội vụ|Thanh tra Bộ Nội vụ]] kiến nghị thu hồi quyết định.",
    # departments of provinces, districts and communes
    "[[Sở Tài nguyên và Môi trường|Sở Tài nguyên và Môi trường]] để chậm hồ sơ.",
    "[[Sở TN&MT tỉnh|Sở Tài nguyên và Môi trường tỉnh]] giải trình.",
    "[[Sở Nông nghiệp và PTNT|Sở Nông nghiệp và Phát triển nông thôn]] nhận lỗi.",
    "Giám đốc [[Sở GD&ĐT|Sở Giáo dục và Đào tạo]] thừa nhận sai sót.",
    "[[Sở TT&TT|Sở Thông tin và Truyền thông]] hỗ trợ kỹ thuật.",
    "[[Sở LĐTBXH tỉnh Phú Thọ|Sở Lao động - Thương binh và Xã hội tỉnh Phú Thọ]] chi sai.",
    "[[Phòng Nội vụ huyện Thanh Sơn|Phòng Nội vụ huyện Thanh Sơn]] tham mưu kịp thời.",
    "Trưởng [[phòng Nội vụ huyện|Phòng Nội vụ huyện]] giải trình thêm.",
    "[[Phòng TN-MT|Phòng Tài nguyên và Môi trường]] chậm thẩm định.",
    "[[Phòng Tài chính - Kế hoạch|Phòng Tài chính - Kế hoạch]] quyết toán muộn.",
    "[[Phòng Kinh tế, Hạ tầng và Đô thị phường|Phòng Kinh tế, Hạ tầng và Đô thị phường]] mới lập.",
    "[[Phòng Văn hóa - Xã hội xã Tất Thắng|Phòng Văn hóa - Xã hội xã Tất Thắng]] thiếu người.",
    "[[Chi cục Thuế khu vực III|Chi cục Thuế khu vực III]] công khai danh sách.",
    "[[Chi cục Kiểm lâm tỉnh|Chi cục Kiểm lâm tỉnh]] kiểm tra rừng.",
    "[[Cục Thuế tỉnh Phú Thọ|Cục Thuế tỉnh Phú Thọ]] truy thu.",
    "[[BHXH huyện|Bảo hiểm xã hội huyện]] chi trả kịp thời.",
    "[[Kho bạc Nhà nước huyện|Kho bạc Nhà nước huyện]] từ chối thanh toán.",
    "[[Văn phòng HĐND và UBND huyện|Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện]] mời họp.",
    "[[Văn phòng UBND tỉnh|Văn phòng Ủy ban nhân dân tỉnh]] thông báo.",
    "[[Ban Quản lý dự án đầu tư xây dựng huyện|Ban Quản lý dự án đầu tư xây dựng huyện]] nghiệm thu.",
    "[[BQL các khu công nghiệp tỉnh|Ban Quản lý các khu công nghiệp tỉnh]] cấp phép.",
    # inspectorates, police, justice, army
    "[[Thanh tra tỉnh|Thanh tra tỉnh]] công bố quyết định thanh tra.",
    "Chánh [[Thanh tra huyện|Thanh tra huyện]] dự họp.",
    "[[Thanh tra Sở Xây dựng|Thanh tra Sở Xây dựng]] lập biên bản.",
    "[[Công an tỉnh|Công an tỉnh]] tiếp nhận tin báo.",
    "[[Cơ quan CSĐT Công an huyện Thanh Sơn|Cơ quan Cảnh sát điều tra Công an huyện Thanh Sơn]] khởi tố.",
    "[[Viện KSND tỉnh|Viện Kiểm sát nhân dân tỉnh]] phê chuẩn.",
    "[[TAND huyện|Tòa án nhân dân huyện]] thụ lý vụ kiện.",
    "[[Bộ CHQS tỉnh|Bộ Chỉ huy Quân sự tỉnh]] tham gia đoàn.",
    # the Party
    "[[Huyện Ủy|Huyện ủy]] ban hành nghị quyết.",
    "[[Thành ủy|Thành ủy]] giao chỉ tiêu.",
    "Bí thư [[Đảng ủy xã Tất Thắng|Đảng ủy xã Tất Thắng]] nhận khuyết điểm.",
    "[[Ban Thường vụ Huyện ủy|Ban Thường vụ Huyện ủy]] kết luận.",
    "[[BTV Tỉnh ủy|Ban Thường vụ Tỉnh ủy]] thi hành kỷ luật.",
    "Ủy viên BTV [[Huyện ủy|Huyện ủy]] làm trưởng đoàn.",
    "[[UBKT Huyện ủy|Ủy ban Kiểm tra Huyện ủy]] kiểm tra dấu hiệu vi phạm.",
    "[[Ủy ban Kiểm tra Trung ương|Ủy ban Kiểm tra Trung ương]] họp kỳ thứ 20.",
    "[[Ban Tổ chức Thành ủy|Ban Tổ chức Thành ủy]] thẩm định.",
    "[[Ban Nội chính Trung ương|Ban Nội chính Trung ương]] theo dõi vụ việc.",
    "[[Bộ Chính trị|Bộ Chính trị]], [[Ban Bí thư|Ban Bí thư]] đã kết luận.",
    "[[Ban Dân vận Huyện ủy|Ban Dân vận Huyện ủy]] nắm tình hình.",
    "[[Đảng ủy UBND tỉnh|Đảng ủy Ủy ban nhân dân tỉnh]] ra mắt.",
    # Front and mass organisations
    "Chủ tịch [[UB MTTQ huyện|Ủy ban Mặt trận Tổ quốc huyện]] phát biểu.",
    "[[Ủy ban MTTQ Việt Nam tỉnh|Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh]] phản biện.",
    "Vai trò của [[MTTQ|Mặt trận Tổ quốc]] và các đoàn thể được phát huy.",
    "[[Hội Nông dân huyện|Hội Nông dân huyện]], [[Hội LHPN xã|Hội Liên hiệp Phụ nữ xã]] vào cuộc.",
    "[[Tỉnh đoàn|Tỉnh đoàn]] phát động phong trào.",
    "[[Đoàn Thanh niên xã|Đoàn Thanh niên xã]] hỗ trợ người dân nộp hồ sơ.",
    "[[LĐLĐ tỉnh|Liên đoàn Lao động tỉnh]] kiểm tra việc đóng bảo hiểm.",
    "[[Hội Cựu chiến binh xã|Hội Cựu chiến binh xã]] góp ý.",
    # one-stop shops, centres
    "Khảo sát tại [[Bộ phận một cửa UBND Thị trấn|Bộ phận một cửa Ủy ban nhân dân thị trấn]].",
    "[[bộ phận Một cửa|Bộ phận một cửa]] bố trí đủ máy tính.",
    "[[Bộ phận TN&TKQ của UBND xã Tất Thắng"
    "|Bộ phận Tiếp nhận và Trả kết quả Ủy ban nhân dân xã Tất Thắng]] chật hẹp.",
    "[[Trung tâm Phục vụ hành chính công tỉnh|Trung tâm Phục vụ hành chính công tỉnh]] trả kết quả.",
    "[[Trung tâm Phát triển quỹ đất|Trung tâm Phát triển quỹ đất]] chi trả chậm.",
    "[[Chi nhánh Văn phòng Đăng ký đất đai huyện|Chi nhánh Văn phòng Đăng ký đất đai huyện]] quá hạn.",
    "[[Trạm Y tế xã Tất Thắng|Trạm Y tế xã Tất Thắng]] thiếu thuốc.",
    "[[Trung tâm Y tế huyện|Trung tâm Y tế huyện]] đấu thầu sai.",
    "[[Trường THCS Hoa Lư|Trường Trung học cơ sở Hoa Lư]] thu quỹ trái quy định.",
    "[[Bệnh viện Đa khoa tỉnh|Bệnh viện Đa khoa tỉnh]] chậm công khai giá.",
    # delegations, teams and boards
    "[[Đoàn kiểm tra CCHC tỉnh|Đoàn kiểm tra cải cách hành chính tỉnh]] làm việc hai ngày.",
    "[[Đoàn công tác Thường trực HĐND huyện|Đoàn công tác Thường trực Hội đồng nhân dân huyện]] khảo sát.",
    "[[Đoàn giám sát của HĐND huyện|Đoàn giám sát Hội đồng nhân dân huyện]] nghe báo cáo.",
    "[[Đoàn kiểm tra số 2|Đoàn kiểm tra số 2]] do ông Hà làm trưởng đoàn.",
    "[[Đoàn kiểm tra công vụ|Đoàn kiểm tra công vụ]] đã đến. [[Đoàn|Đoàn]] ghi nhận, [[đoàn|Đoàn]] đề nghị.",
    "[[Đoàn kiểm tra|Đoàn kiểm tra]] đã đến; [[đoàn của huyện|Đoàn huyện]] đến sau.",
    "Qua kiểm tra, [[Đoàn|Đoàn]] đã chỉ ra nhiều thiếu sót.",
    "[[Đoàn thanh tra liên ngành|Đoàn thanh tra liên ngành]] lập biên bản.",
    "[[Tổ công tác của Thủ tướng Chính phủ|Tổ công tác của Thủ tướng Chính phủ]] kiểm tra bốn bộ.",
    "[[Tổ công tác của Chủ tịch UBND tỉnh|Tổ công tác của Chủ tịch Ủy ban nhân dân tỉnh]] đôn đốc.",
    "[[BCĐ CCHC huyện|Ban Chỉ đạo cải cách hành chính huyện]] họp quý.",
    "Thành lập [[Ban Chỉ đạo chuyển đổi số|Ban Chỉ đạo chuyển đổi số]] ở cơ quan.",
    "[[BCĐ 389 tỉnh|Ban Chỉ đạo 389 tỉnh]] ra quân.",
    "[[Tổ công nghệ số của xã|Tổ công nghệ số xã]] đến từng nhà.",
    "[[Hội đồng thẩm định|Hội đồng thẩm định]] chấm điểm các đơn vị.",
]  # fmt: skip

NEGATIVES = [
    "Hai Đảng ủy xã phải kiểm điểm, cả ba UBND xã chậm báo cáo.",
    "Đồng chí Bình dẫn đầu 27 đảng ủy viên đi thực tế.",
    "Sở dĩ chậm là do thiếu người; Trung tâm của vấn đề là thái độ.",
    "Giám đốc bệnh viện Nguyễn Thị Hoa giải thích.",
    "Người dân phường Yên Sở, phòng Bầu dục, đội bóng đều biết.",
    "Các sở, ngành và UBND các xã, phường, thị trấn khẩn trương khắc phục.",
    "Chủ tịch UBND cấp huyện chịu trách nhiệm; HĐND các cấp tăng cường giám sát.",
    "Các phòng, ban chuyên môn và một số phòng chưa báo cáo.",
    "Đảng ủy, HĐND, UBND các xã phối hợp với Thường trực HĐND hai cấp.",
    "Cấp ủy, chính quyền xã và lãnh đạo các cơ quan, đơn vị đã vào cuộc.",
    "Trưởng đoàn và Phó đoàn cùng phát biểu; cán bộ, đoàn viên lắng nghe.",
    "Các tổ chức đoàn thể, công đoàn và tập đoàn kinh tế cùng tham gia.",
    "Tinh thần đoàn kết trong đội ngũ cán bộ được giữ vững.",
    "Kế hoạch số 05/KH-UBND và Nghị quyết 12/NQ-HĐND được phổ biến.",
    "Công văn số 1234/UBND-NC gửi các đơn vị.",
    "Bộ phận Một cửa ở các cấp luôn có người trực.",
    "Niêm yết tại Bộ phận một cửa của một số đơn vị còn thiếu.",
    "Các trung tâm y tế và trạm y tế ký xác nhận khống.",
    "Phát huy vai trò của các tổ công nghệ số cộng đồng.",
    "Thủ tướng nhấn mạnh việc xây dựng Chính phủ điện tử, Chính phủ số.",
    "Hai tổ công tác đã đến 22 nơi; địa phương phải lập tổ kiểm tra.",
    "Công tác phòng, chống tham nhũng và phòng chống thiên tai được chú trọng.",
    "Ban hành quy chế; bộ thủ tục hành chính được niêm yết tại trụ sở.",
    "Cơ sở y tế và cơ sở giáo dục trên địa bàn được kiểm tra.",
    "Công ty TNHH Xây dựng Hoa Sen trúng thầu.",
    "Cán bộ tài chính và cán bộ tư pháp xã còn kiêm nhiệm.",
    "Tiến hành thanh tra, kiểm tra công vụ thường xuyên.",
    "Nhiều đoàn kiểm tra đã được cử đi; một đoàn giám sát sẽ đến sau.",
    "Chủ tịch UBND xã, phường, thị trấn phải đối thoại với dân.",
    "Hồ sơ vụ việc được giao cho công an xử lý.",
    "Bộ Ngoại giao Nhật Bản và Quốc hội Mỹ ra thông cáo.",
    "Kiểm toán viên, ông Đoàn Văn Hậu, bà Đoàn Thị Hoa cùng dự.",
    "Tòa nhà trung tâm hành chính và trung tâm thương mại được cải tạo.",
    "Văn hóa - xã hội có nhiều chuyển biến, kinh tế - xã hội phát triển.",
]


def found(analysis: Analysis) -> list[tuple[str, str]]:
    return [(analysis.text[a.start : a.end], a.name) for a in analysis.agencies]


@pytest.mark.parametrize("marked", EXAMPLES)
def test_examples(marked: str) -> None:
    plain, marks = unmark(marked)
    analysis = analyse(plain, upto="agencies")
    assert found(analysis) == [(mark.text, mark.fields[0]) for mark in marks]


@pytest.mark.parametrize("sentence", NEGATIVES)
def test_nothing_found(sentence: str) -> None:
    assert found(analyse(sentence, upto="agencies")) == []


def test_owner_is_said_once() -> None:
    analysis = analyse("Bộ phận một cửa UBND xã Tất Thắng, Sở Nội vụ tỉnh và Chính phủ.", upto="agencies")
    shop, department, government = analysis.agencies
    assert shop.parent is not None
    assert shop.parent.place is analysis.places[0]
    assert (shop.place, shop.generic) == (None, None)
    assert (department.head, department.generic, department.kind) == ("Sở Nội vụ", "tỉnh", "department")
    assert (government.place, government.generic, government.parent) == (None, None, None)


def test_shared_owner_is_the_same_place() -> None:
    analysis = analyse("Đảng ủy, HĐND, UBND xã Tất Thắng chỉ đạo.", upto="agencies")
    assert [agency.place for agency in analysis.agencies] == [analysis.places[0]] * 3


def test_compose_drops_the_type_word_that_the_head_implies() -> None:
    place = Place(0, 1, "test", 1.0, "huyện Thanh Sơn", "district")
    party = Agency(0, 1, "test", 1.0, "", "Huyện ủy", "party", place=place)
    assert compose(party) == "Huyện ủy Thanh Sơn"
    board = Agency(0, 1, "test", 1.0, "", "Ban Thường vụ", "party", parent=party)
    assert compose(board) == "Ban Thường vụ Huyện ủy Thanh Sơn"
    assert (
        compose(Agency(0, 1, "test", 1.0, "", "Thanh tra", "inspectorate", place=place)) == "Thanh tra huyện Thanh Sơn"
    )


def test_nothing_outside_the_body() -> None:
    text, offsets = normalise("UBND tỉnh họp.\nSở Nội vụ báo cáo.")
    analysis = Analysis(text, text, offsets)
    analysis.page.body = [Span(15, len(text))]
    assert [agency.name for agency in agencies.find(analysis)] == ["Sở Nội vụ"]


def test_table_is_sound() -> None:
    for row in table("agency_heads"):
        assert row["kind"] in KINDS, row
        assert row["scope"] in {"national", "unit", "body", "implied", "of"}, row
        assert row["level"] in {"", "province", "district", "commune"}, row
        assert row["case"] in {"", "upper", "either", "attached", "named"}, row
        assert set(row["tail"].split()) <= {
            "field",
            "fields",
            "topic",
            "number",
            "code",
            "name",
            "area",
            "open",
            "seat",
        }, row
        assert set(row["needs"].split()) <= {"tail", "owner", "body"}, row


PIECES = st.sampled_from(
    [row["phrase"] for name in ("agency_heads", "agency_fields", "agency_topics") for row in table(name)]
    + [
        "huyện",
        "tỉnh Phú Thọ",
        "xã",
        "các",
        "của",
        "và",
        ",",
        "-",
        "/",
        ":",
        "\n",
        "05/KH-",
        "TP.",
        "số 2",
        "khu vực",
    ]
)
SOUP = st.lists(st.one_of(PIECES, PIECES.map(str.title), PIECES.map(str.upper), st.text(max_size=3)), max_size=30)


@given(st.one_of(st.text(max_size=300), SOUP.map(" ".join), SOUP.map("".join)))
def test_any_text(source: str) -> None:
    text, offsets = normalise(source)

    def read() -> list[Agency]:
        analysis = Analysis(source, text, offsets)
        analysis.page.body = [Span(0, len(text))]
        return agencies.find(analysis)

    mentions = read()
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert 0 < mention.confidence <= 1
        assert mention.name == compose(mention)
        end = mention.end
    assert read() == mentions
