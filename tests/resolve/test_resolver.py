# ruff: noqa: E501 (an example stays on one line)
"""Marked-up texts for who is meant.

What a mark expects is told by the first sign of its field:

* `[[UBND xã|=Ủy ban nhân dân xã Tân An]]` the canonical name of a body;
* `[[Lê Văn Tám|o Chủ tịch @ Ủy ban nhân dân xã Tân An]]` an office and its body (`@ -` for none);
* `[[Kết luận số 05/KL-TTr|i Thanh tra tỉnh Quảng Trị]]` a paper and its issuer (`i -` for none);
* `[[Hồ sơ trễ hạn|-xã Tân An]]` a finding (`+` strength, `-` limitation, `?` cause, `!` recommendation) and its unit;
  the finding is given, so that no labeller takes part; `--` and the like stand for no unit.

Behind ` => ` stand what the event's kind is (after `as`), its inspector (after `by`), its lead (after `led`), date
(after `on`) and the inspected units, parted by ` ; `; only what is told there is compared.
"""

from __future__ import annotations

import pytest

from cchc_nlp.analysis import Analysis, Finding, Label
from cchc_nlp.classify.learned import Models
from cchc_nlp.stages import begin, stages
from tests.markup import Mark, unmark

LABELS: dict[str, Label] = {"+": "strength", "-": "limitation", "?": "cause", "!": "recommendation"}

TWO_UNITS = [
    "Ngày 5/3/2021, Đoàn kiểm tra huyện Hải Lăng kiểm tra tại xã Tân An và xã Phú Lộc. Tại xã Tân An, [[hồ sơ được trả đúng hạn|+xã Tân An]]. Còn ở xã Phú Lộc, [[nhiều hồ sơ trễ hạn|-xã Phú Lộc]]. => xã Tân An ; xã Phú Lộc",
    "Đoàn giám sát HĐND huyện Hải Lăng làm việc với UBND xã Tân An và UBND xã Phú Lộc. [[Xã Tân An niêm yết đủ thủ tục|+xã Tân An]]; [[xã Phú Lộc còn thiếu 12 thủ tục|-xã Phú Lộc]]. => xã Tân An ; xã Phú Lộc",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc.\n* Xã Tân An\n[[Sổ sách ghi chép đầy đủ|+xã Tân An]].\n[[Công chức đi muộn 3 buổi|-xã Tân An]].\n* Xã Phú Lộc\n[[Bảng niêm yết đã cũ|-xã Phú Lộc]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra tại xã Tân An và xã Phú Lộc.\n1. Xã Tân An:\n- [[Giải quyết 120 hồ sơ đúng hạn|+xã Tân An]].\n- [[Chưa có sổ theo dõi|-xã Tân An]].\n2. Xã Phú Lộc:\n- [[Trả kết quả muộn|-xã Phú Lộc]].",
    "Đoàn kiểm tra công vụ huyện Hải Lăng có mặt tại phường Nam Thành và xã Tân An. Ở phường Nam Thành, [[bàn một cửa không một bóng người|-phường Nam Thành]]. [[Phường cũng chưa mở sổ theo dõi|-phường Nam Thành]]. Sang xã Tân An, [[công chức đủ mặt|+xã Tân An]]. [[Xã trả 96% hồ sơ đúng hạn|+xã Tân An]].",
    "Đoàn giám sát HĐND tỉnh Quảng Trị làm việc với huyện Hải Lăng và thị xã Bình Phú. [[Hải Lăng tinh giản 12 biên chế|+huyện Hải Lăng]], [[Bình Phú chưa tinh giản được người nào|-thị xã Bình Phú]]. [[Riêng thị xã Bình Phú còn dôi 5 cấp phó|-thị xã Bình Phú]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc. [[Xã Tân An trả hồ sơ đúng hạn|+xã Tân An]]. [[Xã Phú Lộc để chậm 14 hồ sơ|-xã Phú Lộc]]. [[Cả hai xã đều chưa rà soát thủ tục|--]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra tại xã Tân An và xã Phú Lộc. [[Xã Tân An và xã Phú Lộc đều niêm yết đủ|+-]]. [[Xã Phú Lộc còn nợ báo cáo|-xã Phú Lộc]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc. [[Tại xã Phú Lộc, hồ sơ tồn 30 bộ|-xã Phú Lộc]]. [[Nhìn chung, công tác cải cách hành chính có chuyển biến|+-]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc. [[Xã Tân An làm tốt việc số hóa|+xã Tân An]]. [[Xã Phú Lộc chưa số hóa hồ sơ nào|-xã Phú Lộc]].\n[[Đoàn đề nghị các xã khắc phục trước ngày 30/6|!-]].",
    "Đoàn kiểm tra huyện Hải Lăng đến xã Tân An và xã Phú Lộc. Chủ tịch UBND xã Phú Lộc Trần Văn Cư giải thích: [[cán bộ mới nhận việc|?xã Phú Lộc]]. [[Xã Tân An thì đã trả đúng hạn|+xã Tân An]]. [[Ông Cư hứa khắc phục trong tháng|!xã Phú Lộc]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc. [[Khác với xã Tân An, xã Phú Lộc chưa có sổ theo dõi|-xã Phú Lộc]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc. [[So với xã Phú Lộc, xã Tân An trả hồ sơ nhanh hơn|+xã Tân An]].",
    "Đoàn giám sát HĐND huyện Hải Lăng giám sát tại xã Tân An và thị trấn Yên Hà. Ở xã Tân An, [[hồ sơ chậm|-xã Tân An]]. Tại thị trấn Yên Hà, [[sổ sách đủ|+thị trấn Yên Hà]]. [[Thị trấn còn thiếu một máy in|-thị trấn Yên Hà]]. [[Trở lại với xã Tân An, nguyên nhân là thiếu người|?xã Tân An]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc. [[Nơi đầu tiên trả hồ sơ đúng hẹn|+xã Tân An]]; [[nơi thứ hai để dân chờ cả buổi|-xã Phú Lộc]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc. Tại xã Tân An, [[đơn vị này đã niêm yết đủ|+xã Tân An]]. Tại xã Phú Lộc, [[đơn vị chưa niêm yết|-xã Phú Lộc]]. [[Các đơn vị cần rà soát lại|!-]].",
    "Tổ kiểm tra công vụ tỉnh Quảng Trị kiểm tra tại phường Nam Thành, phường Đông Hải và xã Tân An. [[Phường Nam Thành đủ người trực|+phường Nam Thành]]. [[Phường Đông Hải vắng 2 người|-phường Đông Hải]]. [[Hai phường đều đã số hóa|+-]]. [[Xã Tân An chưa số hóa|-xã Tân An]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc. [[Hồ sơ của xã Tân An tồn 15 bộ|-xã Tân An]] và [[của xã Phú Lộc tồn 2 bộ|-xã Phú Lộc]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc. [[Trưởng đoàn yêu cầu xã Tân An bố trí người trực|!xã Tân An]]; [[xã Phú Lộc thay bảng niêm yết|!xã Phú Lộc]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc. [[Tất cả các xã được kiểm tra đều chưa có chữ ký số|--]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc. Tại xã Tân An:\n- [[Trả 98% hồ sơ đúng hạn|+xã Tân An]];\n- [[Chưa công khai số điện thoại|-xã Tân An]].\nTại xã Phú Lộc:\n- [[Công chức đeo thẻ đầy đủ|+xã Phú Lộc]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc. Xã Phú Lộc báo cáo trước. [[Năm qua xã giải quyết 800 hồ sơ|+xã Phú Lộc]]. Đến lượt xã Tân An. [[Xã còn để 20 hồ sơ quá hạn|-xã Tân An]].",
    "UBND huyện Hải Lăng họp đánh giá cải cách hành chính. [[Xã Tân An đạt 92 điểm, dẫn đầu|+xã Tân An]]. [[Xã Phú Lộc đứng cuối với 61 điểm|-xã Phú Lộc]]. [[Xã Hòa Sơn tụt bốn bậc|-xã Hòa Sơn]]. => xã Tân An ; xã Phú Lộc ; xã Hòa Sơn",
]

PLACES_AND_BODIES = [
    "Ngày 8/4, Đoàn kiểm tra công vụ tỉnh Quảng Trị làm việc tại UBND xã Tân An, huyện Hải Lăng. [[Xã trả hồ sơ đúng hạn|+xã Tân An]]. => by Đoàn kiểm tra công vụ tỉnh Quảng Trị ; xã Tân An",
    "Đoàn giám sát HĐND tỉnh Quảng Trị giám sát tại UBND huyện Hải Lăng. [[Huyện đã tinh giản 8 người|+huyện Hải Lăng]]. [[Tại xã Tân An, hồ sơ còn chậm|-huyện Hải Lăng]]. => huyện Hải Lăng",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra UBND xã Tân An. Cùng dự có đại diện Phòng Tư pháp, Công an huyện. [[Xã niêm yết đủ thủ tục|+xã Tân An]]. => xã Tân An",
    "Đoàn kiểm tra tỉnh Quảng Trị kiểm tra Sở Tư pháp. [[Sở đã rà soát 30 văn bản|+Sở Tư pháp tỉnh Quảng Trị]]. [[Sở còn chậm 4 báo cáo|-Sở Tư pháp tỉnh Quảng Trị]]. => Sở Tư pháp tỉnh Quảng Trị",
    "Đoàn kiểm tra UBND tỉnh Quảng Trị kiểm tra tại Sở Tư pháp và Sở Xây dựng. [[Sở Tư pháp trả hồ sơ đúng hạn|+Sở Tư pháp tỉnh Quảng Trị]]; [[Sở Xây dựng để chậm 9 hồ sơ|-Sở Xây dựng tỉnh Quảng Trị]]. => Sở Tư pháp tỉnh Quảng Trị ; Sở Xây dựng tỉnh Quảng Trị",
    "Thanh tra tỉnh Quảng Trị công bố kết luận thanh tra tại UBND huyện Hải Lăng. [[Huyện bổ nhiệm 6 người thiếu chuẩn|-huyện Hải Lăng]]. => by Thanh tra tỉnh Quảng Trị ; huyện Hải Lăng",
    "HĐND xã Tân An giám sát UBND xã Tân An về thu chi ngân sách. [[UBND xã công khai dự toán|+xã Tân An]]. => xã Tân An",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra tại xã Tân An. [[Bộ phận một cửa của xã trả hồ sơ đúng hẹn|+xã Tân An]]. [[UBND xã cần thay bảng niêm yết|!xã Tân An]]. => xã Tân An",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra Trường Tiểu học Hòa Bình và Trường Trung học cơ sở Lê Lợi. [[Trường Tiểu học Hòa Bình công khai các khoản thu|+Trường Tiểu học Hòa Bình]]. [[Trường Trung học cơ sở Lê Lợi thu sai 40 triệu đồng|-Trường Trung học cơ sở Lê Lợi]]. => Trường Tiểu học Hòa Bình ; Trường Trung học cơ sở Lê Lợi",
    "Đoàn thanh tra Sở Y tế tỉnh Quảng Trị thanh tra tại Bệnh viện Đa khoa huyện Hải Lăng. [[Bệnh viện mua sắm sai quy định|-Bệnh viện Đa khoa huyện Hải Lăng]]. => Bệnh viện Đa khoa huyện Hải Lăng",
    "Đoàn kiểm tra tỉnh Quảng Trị kiểm tra tại thành phố Đông Hà. [[Phường Nam Thành trả hồ sơ đúng hạn|+phường Nam Thành]]. [[Phường Đông Hải để dân chờ|-phường Đông Hải]]. [[Phường Bắc Sơn chưa niêm yết|-phường Bắc Sơn]]. => phường Nam Thành ; phường Đông Hải ; phường Bắc Sơn",
    "Đoàn giám sát HĐND tỉnh Quảng Trị giám sát tại xã Tân An và xã Phú Lộc thuộc huyện Hải Lăng. [[Xã Tân An làm tốt|+xã Tân An]]. => xã Tân An ; xã Phú Lộc",
    "Đoàn công tác HĐND huyện Hải Lăng khảo sát tại xã Tân An (huyện Hải Lăng). [[Xã còn thiếu 2 phòng học|-xã Tân An]]. => xã Tân An",
    "Sáng 12/5/2022, Đoàn kiểm tra của Sở Nội vụ tỉnh Quảng Trị kiểm tra tại UBND huyện Hải Lăng. => on 2022-05-12TMO ; by Đoàn kiểm tra Sở Nội vụ tỉnh Quảng Trị ; huyện Hải Lăng",
    "Từ ngày 5 đến ngày 9/8/2022, Đoàn kiểm tra huyện Hải Lăng kiểm tra UBND xã Tân An. => on 2022-08-05/2022-08-09",
    "Theo Quyết định số 12/QĐ-UBND ngày 3/1/2022, ngày 14/2/2022, Đoàn kiểm tra huyện Hải Lăng kiểm tra UBND xã Tân An. => on 2022-02-14",
    "Ngày 9/6/2021, UBND huyện Hải Lăng họp đánh giá công tác cải cách hành chính 6 tháng đầu năm 2021. => on 2021-06-09",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra UBND xã Tân An về thu phí, thời kỳ kiểm tra từ 01/01/2020 đến 30/6/2020. Ngày 7/7/2020, Đoàn kiểm tra làm việc tại xã. => on 2020-07-07",
    "Đoàn kiểm tra tỉnh Quảng Trị kiểm tra thị xã Bình Phú. [[Sở Tài chính được đề nghị hướng dẫn thêm|!-]]. [[Thị xã chưa khoán kinh phí|-thị xã Bình Phú]]. => thị xã Bình Phú",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An. [[Phòng Nội vụ huyện cần hướng dẫn xã|!-]]. [[Công an xã trực đủ người|+xã Tân An]]. => xã Tân An",
    "Ngày 3/10/2025, Tổ kiểm tra công vụ tỉnh Quảng Trị kiểm tra Trung tâm Phục vụ hành chính công xã Tân An. [[Trung tâm trả hồ sơ đúng hẹn|+xã Tân An]]. => xã Tân An",
]

VERTICAL = [
    "[[Đoàn kiểm tra Cục Thuế tỉnh Quảng Trị|=Đoàn kiểm tra Cục Thuế tỉnh Quảng Trị]] kiểm tra tại [[Chi cục Thuế huyện Hải Lăng|=Chi cục Thuế huyện Hải Lăng]]. [[Phòng Kiểm tra nội bộ|=Phòng Kiểm tra nội bộ Cục Thuế tỉnh Quảng Trị]] nhận báo cáo. => Chi cục Thuế huyện Hải Lăng",
    "[[Kho bạc Nhà nước Phú Thọ|=Kho bạc Nhà nước Phú Thọ]] kiểm tra [[Kho bạc Nhà nước huyện Thanh Sơn|=Kho bạc Nhà nước huyện Thanh Sơn]]. [[Phòng Tổ chức cán bộ|=Phòng Tổ chức cán bộ Kho bạc Nhà nước Phú Thọ]] lập biên bản.",
    "[[Thuế tỉnh Quảng Trị|=Thuế tỉnh Quảng Trị]] kiểm tra [[Thuế cơ sở 4|=Thuế cơ sở 4 tỉnh Quảng Trị]] và [[Thuế cơ sở 7|=Thuế cơ sở 7 tỉnh Quảng Trị]]. [[Thuế cơ sở 4 còn nợ đọng|-Thuế cơ sở 4 tỉnh Quảng Trị]]. [[Thuế cơ sở 7 thu vượt dự toán|+Thuế cơ sở 7 tỉnh Quảng Trị]]. => by Thuế tỉnh Quảng Trị ; Thuế cơ sở 4 tỉnh Quảng Trị ; Thuế cơ sở 7 tỉnh Quảng Trị",
    "[[BHXH tỉnh Quảng Trị|=Bảo hiểm xã hội tỉnh Quảng Trị]] làm việc với [[BHXH huyện Hải Lăng|=Bảo hiểm xã hội huyện Hải Lăng]]. [[Phòng Quản lý thu|=Phòng Quản lý thu Bảo hiểm xã hội tỉnh Quảng Trị]] nêu số nợ.",
    "[[Đoàn kiểm tra TAND tỉnh Quảng Trị|=Đoàn kiểm tra Tòa án nhân dân tỉnh Quảng Trị]] làm việc tại [[TAND huyện Hải Lăng|=Tòa án nhân dân huyện Hải Lăng]]. [[Đơn vị giải quyết 700 vụ|+Tòa án nhân dân huyện Hải Lăng]]. => by Đoàn kiểm tra Tòa án nhân dân tỉnh Quảng Trị ; Tòa án nhân dân huyện Hải Lăng",
    "[[VKSND tỉnh Quảng Trị|=Viện Kiểm sát nhân dân tỉnh Quảng Trị]] kiểm tra [[VKSND huyện Hải Lăng|=Viện Kiểm sát nhân dân huyện Hải Lăng]]. => Viện Kiểm sát nhân dân huyện Hải Lăng",
    "[[Cục Hải quan tỉnh Lạng Sơn|=Cục Hải quan tỉnh Lạng Sơn]] họp. [[Cục|=Cục Hải quan tỉnh Lạng Sơn]] yêu cầu [[Chi cục Hải quan cửa khẩu Chi Ma|=Chi cục Hải quan cửa khẩu Chi Ma]] chấn chỉnh.",
    "Đoàn kiểm tra tỉnh Quảng Trị kiểm tra [[Sở Tư pháp|=Sở Tư pháp tỉnh Quảng Trị]]. Lãnh đạo [[Sở|=Sở Tư pháp tỉnh Quảng Trị]] hứa khắc phục trong tháng. Theo đó [[Sở|=Sở Tư pháp tỉnh Quảng Trị]] sẽ thay bảng niêm yết.",
    "[[Chi cục Thủy lợi|=Chi cục Thủy lợi tỉnh Quảng Trị]] thuộc [[Sở Nông nghiệp và Môi trường tỉnh Quảng Trị|=Sở Nông nghiệp và Môi trường tỉnh Quảng Trị]].",
    "[[Công ty Điện lực Hà Tĩnh|=Công ty Điện lực Hà Tĩnh]] trả lời Đoàn kiểm tra. Giám đốc [[Công ty|=Công ty Điện lực Hà Tĩnh]] nhận lỗi.",
    "Đoàn giám sát HĐND tỉnh Ninh Thuận giám sát [[Công ty Cổ phần Cấp nước Ninh Thuận|=Công ty Cổ phần Cấp nước Ninh Thuận]]. [[Công ty chậm lắp 30 đồng hồ|-Công ty Cổ phần Cấp nước Ninh Thuận]]. => Công ty Cổ phần Cấp nước Ninh Thuận",
    "[[Hạt Kiểm lâm huyện Hải Lăng|=Hạt Kiểm lâm huyện Hải Lăng]] báo cáo. Theo [[Hạt Kiểm lâm|=Hạt Kiểm lâm huyện Hải Lăng]], rừng không mất.",
    "[[Đội Quản lý thị trường số 3|=Đội Quản lý thị trường số 3]] kiểm tra chợ xã Tân An.",
    "[[Chi nhánh Văn phòng Đăng ký đất đai|=Chi nhánh Văn phòng Đăng ký đất đai huyện Hải Lăng]] chậm trả hồ sơ của xã Tân An, huyện Hải Lăng.",
    "[[Văn phòng HĐND và UBND|=Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Hải Lăng]] trình UBND huyện Hải Lăng.",
    "Tại xã Tân An, huyện Hải Lăng, [[Phòng Nội vụ|=Phòng Nội vụ huyện Hải Lăng]] hướng dẫn lại.",
    "[[Trạm Y tế|=Trạm Y tế xã Tân An]] thiếu thuốc, UBND xã Tân An báo cáo.",
    "[[Ban Thanh tra nhân dân|=Ban Thanh tra nhân dân xã Tân An]] kiến nghị UBND xã Tân An thu hồi.",
    "[[Ban Chỉ đạo CCHC huyện Hải Lăng|=Ban Chỉ đạo cải cách hành chính huyện Hải Lăng]] họp tại xã Tân An. [[Ban Chỉ đạo|=Ban Chỉ đạo cải cách hành chính huyện Hải Lăng]] yêu cầu xã sửa.",
    "[[Ban Chỉ đạo CCHC của Chính phủ|=Ban Chỉ đạo cải cách hành chính của Chính phủ]] họp. [[Ban Chỉ đạo|=Ban Chỉ đạo cải cách hành chính của Chính phủ]] yêu cầu các bộ rà soát.",
    "[[Tổ công tác Đề án 06 tỉnh Quảng Trị|=Tổ công tác Đề án 06 tỉnh Quảng Trị]] đến xã Tân An. [[Tổ công tác|=Tổ công tác Đề án 06 tỉnh Quảng Trị]] ghi nhận xã đủ máy.",
    "[[Tổ kiểm tra công vụ tỉnh Quảng Trị|=Tổ kiểm tra công vụ tỉnh Quảng Trị]] vào xã Tân An lúc 8 giờ. [[Tổ|=Tổ kiểm tra công vụ tỉnh Quảng Trị]] lập biên bản.",
    "[[UBMTTQ Việt Nam huyện Hải Lăng|=Ủy ban Mặt trận Tổ quốc Việt Nam huyện Hải Lăng]] giám sát. Chủ tịch [[UB MTTQ huyện|=Ủy ban Mặt trận Tổ quốc Việt Nam huyện Hải Lăng]] kết luận.",
    "[[Bệnh viện Đa khoa tỉnh Quảng Trị|=Bệnh viện Đa khoa tỉnh Quảng Trị]] tiếp Đoàn kiểm tra. Giám đốc [[Bệnh viện|=Bệnh viện Đa khoa tỉnh Quảng Trị]] nhận lỗi.",
    "[[Ngân hàng Nhà nước chi nhánh tỉnh Quảng Trị|=Ngân hàng Nhà nước chi nhánh tỉnh Quảng Trị]] báo cáo [[NHNN Việt Nam|=Ngân hàng Nhà nước Việt Nam]].",
    "Chánh [[Thanh tra Sở Y tế tỉnh Quảng Trị|=Thanh tra Sở Y tế tỉnh Quảng Trị]] ký kết luận.",
    "Chánh [[Văn phòng Bộ Tư pháp|=Văn phòng Bộ Tư pháp]] trả lời báo chí.",
]

DELEGATIONS = [
    "[[Ban Pháp chế HĐND tỉnh Quảng Trị|=Ban Pháp chế Hội đồng nhân dân tỉnh Quảng Trị]] giám sát tại huyện Hải Lăng. [[Đoàn|=Ban Pháp chế Hội đồng nhân dân tỉnh Quảng Trị]] đề nghị huyện rà soát. => by Ban Pháp chế Hội đồng nhân dân tỉnh Quảng Trị ; huyện Hải Lăng",
    "[[Đoàn kiểm tra CCHC tỉnh Quảng Trị|=Đoàn kiểm tra cải cách hành chính tỉnh Quảng Trị]] kiểm tra xã Tân An. [[Đoàn kiểm tra|=Đoàn kiểm tra cải cách hành chính tỉnh Quảng Trị]] nhận thấy xã thiếu người. [[Đoàn|=Đoàn kiểm tra cải cách hành chính tỉnh Quảng Trị]] đề nghị bổ sung.",
    "[[Đoàn kiểm tra của tỉnh Quảng Trị|=Đoàn kiểm tra công vụ tỉnh Quảng Trị]] đến huyện. [[Đoàn kiểm tra công vụ tỉnh Quảng Trị|=Đoàn kiểm tra công vụ tỉnh Quảng Trị]] làm việc với UBND huyện Hải Lăng.",
    "Ngày 2/3/2020, Đoàn giám sát HĐND huyện Hải Lăng do ông Lê Văn Tám, Phó Chủ tịch HĐND huyện làm trưởng đoàn giám sát tại xã Tân An. => by Đoàn giám sát Hội đồng nhân dân huyện Hải Lăng ; led Lê Văn Tám ; on 2020-03-02 ; xã Tân An",
    "Theo Quyết định số 7/QĐ-KBQT của Giám đốc Kho bạc Nhà nước tỉnh Quảng Trị, Đoàn kiểm tra đã làm việc tại Kho bạc Nhà nước huyện Hải Lăng. => by Đoàn kiểm tra Kho bạc Nhà nước tỉnh Quảng Trị ; Kho bạc Nhà nước huyện Hải Lăng",
    "Thanh tra Chính phủ công bố kết luận thanh tra tại tỉnh Quảng Trị. Đoàn thanh tra phát hiện nhiều sai phạm. => by Thanh tra Chính phủ ; tỉnh Quảng Trị",
    "Sở Nội vụ kiểm tra công tác nội vụ tại xã Tân An. Ngày 4/9, Đoàn kiểm tra Sở Nội vụ tỉnh Quảng Trị làm việc tại UBND xã Tân An. => by Đoàn kiểm tra Sở Nội vụ tỉnh Quảng Trị ; xã Tân An",
    "Ban Kinh tế - Ngân sách HĐND tỉnh Quảng Trị khảo sát tại UBND xã Tân An. Cùng tham gia có đại diện Sở Tài chính. => by Ban Kinh tế - Ngân sách Hội đồng nhân dân tỉnh Quảng Trị ; xã Tân An",
    "Ban Văn hóa - Xã hội HĐND huyện Hải Lăng do bà Lò Thị Mây, Trưởng ban, dẫn đầu giám sát tại UBND xã Tân An. => by Ban Văn hóa - Xã hội Hội đồng nhân dân huyện Hải Lăng ; led Lò Thị Mây",
    "Phòng Tư pháp huyện Hải Lăng phối hợp với Công an huyện kiểm tra việc đăng ký hộ tịch tại UBND xã Tân An. => by Phòng Tư pháp huyện Hải Lăng ; xã Tân An",
    "UBND huyện Hải Lăng họp đánh giá cải cách hành chính quý I. Đồng chí Vì Văn Pó, Chủ tịch UBND huyện điều hành. => by Ủy ban nhân dân huyện Hải Lăng ; led Vì Văn Pó",
    "Thường trực HĐND huyện Hải Lăng giám sát tại xã Tân An. Phó Chủ tịch HĐND huyện Bùi Đức Nghĩa dẫn đoàn đi thực địa. => by Thường trực Hội đồng nhân dân huyện Hải Lăng ; led Bùi Đức Nghĩa ; xã Tân An",
    "Đoàn kiểm tra liên ngành tỉnh Quảng Trị lần lượt đến Trung tâm Y tế huyện Hải Lăng, Trung tâm Y tế huyện Sơn Hòa và Bệnh viện Đa khoa tỉnh Quảng Trị. [[Ở Trung tâm Y tế huyện Hải Lăng, đơn thuốc kê sai|-Trung tâm Y tế huyện Hải Lăng]]. [[Trung tâm Y tế huyện Sơn Hòa quản lý tốt|+Trung tâm Y tế huyện Sơn Hòa]]. [[Riêng Bệnh viện Đa khoa tỉnh Quảng Trị phải hoàn trả 2 tỷ đồng|-Bệnh viện Đa khoa tỉnh Quảng Trị]]. => Trung tâm Y tế huyện Hải Lăng ; Trung tâm Y tế huyện Sơn Hòa ; Bệnh viện Đa khoa tỉnh Quảng Trị",
    "Ủy ban Kiểm tra Tỉnh ủy Quảng Trị kiểm tra Đảng ủy xã Tân An. [[Đảng ủy xã chưa sửa quy chế|-Đảng ủy xã Tân An]]. => by Ủy ban Kiểm tra Tỉnh ủy Quảng Trị ; Đảng ủy xã Tân An",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra ba nơi: xã Tân An, xã Phú Lộc và xã Hòa Sơn. [[Xã Tân An trả đúng hạn|+xã Tân An]]. [[Xã Phú Lộc trễ 5 hồ sơ|-xã Phú Lộc]]. [[Xã Hòa Sơn thiếu người trực|-xã Hòa Sơn]]. [[Ba xã đều chưa có chữ ký số|--]]. => xã Tân An ; xã Phú Lộc ; xã Hòa Sơn",
    "Sở Khoa học và Công nghệ tỉnh Quảng Trị kiểm tra hệ thống quản lý chất lượng tại UBND đặc khu Vân Hải. [[Đặc khu chưa đánh giá nội bộ|-đặc khu Vân Hải]]. => đặc khu Vân Hải",
    "Bộ Nội vụ kiểm tra công tác cải cách hành chính tại Bộ Y tế. [[Bộ Y tế cắt giảm 40 thủ tục|+Bộ Y tế]]. => by Bộ Nội vụ ; Bộ Y tế",
    "(Baonghean.vn) - Đoàn kiểm tra công vụ Sở Nội vụ đến phường Hưng Hải. [[Sở Nội vụ|=Sở Nội vụ tỉnh Nghệ An]] sẽ thông báo kết quả.",
]

ROLES = [
    "Đoàn kiểm tra TAND tỉnh Quảng Trị do đồng chí [[Vũ Khắc Hoan|o Phó Chánh án @ Tòa án nhân dân tỉnh Quảng Trị|o Trưởng đoàn @ Đoàn kiểm tra Tòa án nhân dân tỉnh Quảng Trị]], Phó Chánh án, dẫn đầu.",
    "VKSND tỉnh Quảng Trị kiểm tra. Phó Viện trưởng [[Vũ Khắc Hoan|o Phó Viện trưởng @ Viện Kiểm sát nhân dân tỉnh Quảng Trị]] chủ trì.",
    "Chi cục Thuế huyện Hải Lăng tiếp đoàn. Chi cục trưởng [[Lê Thị Hằng|o Chi cục trưởng @ Chi cục Thuế huyện Hải Lăng]] giải trình.",
    "Cục Hải quan tỉnh Lạng Sơn giao ban với Chi cục Hải quan cửa khẩu Chi Ma. Cục trưởng [[Vi Công Tưởng|o Cục trưởng @ Cục Hải quan tỉnh Lạng Sơn]] chủ trì.",
    "Hạt Kiểm lâm huyện Hải Lăng nhận lỗi. Hạt trưởng [[Rơ Mah Thun|o Hạt trưởng @ Hạt Kiểm lâm huyện Hải Lăng]] giải trình.",
    "Trạm Y tế xã Tân An còn thiếu thuốc. Trưởng trạm [[Cư Seo Vảng|o Trưởng trạm @ Trạm Y tế xã Tân An]] cho biết như vậy.",
    "Bệnh viện Đa khoa huyện Hải Lăng báo cáo. Giám đốc [[Đinh Thị Lụa|o Giám đốc @ Bệnh viện Đa khoa huyện Hải Lăng]] nhận lỗi.",
    "Sở Xây dựng tỉnh Quảng Trị và Chi cục Thủy lợi báo cáo. Giám đốc [[Đinh Văn Lụa|o Giám đốc @ Sở Xây dựng tỉnh Quảng Trị]] nhận lỗi.",
    "Trường Tiểu học Hòa Bình thu sai. Hiệu trưởng [[Ngô Bá Phước|o Hiệu trưởng @ Trường Tiểu học Hòa Bình]] nhận trách nhiệm.",
    "UBND xã Tân An họp. Chủ tịch [[Trần Văn Cư|o Chủ tịch @ Ủy ban nhân dân xã Tân An]] hứa sửa.",
    "Bà [[Lã Thị Nhung|o Công chức Văn phòng - Thống kê @ Ủy ban nhân dân xã Tân An]], công chức Văn phòng - Thống kê, trực tại UBND xã Tân An.",
    "Ban Pháp chế HĐND tỉnh Quảng Trị giám sát. Ông [[Phan Hữu Thời|o Phó Trưởng ban @ Ban Pháp chế Hội đồng nhân dân tỉnh Quảng Trị]], Phó Trưởng ban, phát biểu.",
    "Ban Pháp chế HĐND tỉnh Quảng Trị do ông [[Phan Hữu Thời|o Trưởng đoàn @ Ban Pháp chế Hội đồng nhân dân tỉnh Quảng Trị]] làm Trưởng đoàn giám sát tại huyện Hải Lăng. Đoàn đề nghị huyện rà soát.",
    "Ông [[Hà Đình Quyết|o Chánh Thanh tra @ Thanh tra Sở Y tế tỉnh Quảng Trị]], Chánh Thanh tra Sở Y tế tỉnh Quảng Trị, công bố quyết định.",
    "Ông [[Hà Đình Quyết|o Chánh Thanh tra @ Thanh tra tỉnh Quảng Trị]], Chánh Thanh tra tỉnh Quảng Trị, công bố quyết định.",
    "Ông [[Hà Đình Quyết|o Chánh Văn phòng @ Văn phòng Sở Y tế tỉnh Quảng Trị]], Chánh Văn phòng Sở Y tế tỉnh Quảng Trị, đọc báo cáo.",
    "Bà [[Tô Thanh Nhàn|o Trưởng Thuế tỉnh @ Thuế tỉnh Quảng Trị]], Trưởng Thuế tỉnh Quảng Trị, chủ trì.",
    "Đồng chí [[Trịnh Hoàng Phúc|o Ủy viên Ban Thường vụ @ Tỉnh ủy Quảng Trị|o Phó Chủ tịch @ Ủy ban nhân dân tỉnh Quảng Trị]], Ủy viên Ban Thường vụ, Phó Chủ tịch UBND tỉnh Quảng Trị dự họp.",
    "Đồng chí [[Trịnh Hoàng Phúc|o Huyện ủy viên @ Huyện ủy Hải Lăng|o Chủ tịch @ Ủy ban nhân dân xã Tân An]], Huyện ủy viên, Chủ tịch UBND xã Tân An, huyện Hải Lăng tiếp đoàn.",
    "Đoàn kiểm tra đến huyện Hải Lăng. Ông [[Trần Văn Cư|o Chủ tịch @ Ủy ban nhân dân huyện Hải Lăng]], Chủ tịch huyện, tiếp đoàn.",
    "Tổ kiểm tra công vụ tỉnh Quảng Trị do bà [[Đinh Thị Huấn|o Tổ trưởng @ Tổ kiểm tra công vụ tỉnh Quảng Trị]] làm Tổ trưởng vào xã Tân An.",
    "Bà [[Dương Thị Thu|o Phó Giám đốc @ Sở Nội vụ tỉnh Quảng Trị|o Trưởng đoàn @ Đoàn kiểm tra cải cách hành chính tỉnh Quảng Trị]], Phó Giám đốc Sở Nội vụ, Trưởng Đoàn kiểm tra CCHC tỉnh Quảng Trị kết luận.",
    "Trung tâm Phục vụ hành chính công xã Tân An mở cửa sớm. Giám đốc [[Đoàn Văn Tạo|o Giám đốc @ Trung tâm Phục vụ hành chính công xã Tân An]] cho biết như vậy.",
    "Tổng cục Hải quan kiểm tra. Phó Tổng cục trưởng [[Tạ Bích Loan|o Phó Tổng cục trưởng @ Tổng cục Hải quan]] kết luận.",
    "Ủy ban Kiểm tra Huyện ủy Hải Lăng làm việc. Chủ nhiệm [[Nguyễn Hữu Thơm|o Chủ nhiệm @ Ủy ban Kiểm tra Huyện ủy Hải Lăng]] kết luận.",
    "Chủ tịch UBND xã [[Nguyễn Thái Hòa|o Chủ tịch @ Ủy ban nhân dân xã Tân An]] tiếp Đoàn kiểm tra tại xã Tân An.",
    "Ông [[Mai Tiến Đức|o Bộ trưởng @ -]], Bộ trưởng, làm việc với Bộ Công Thương.",
    "Ông [[Mai Tiến Đức|o Bộ trưởng @ Bộ Công Thương]], Bộ trưởng Bộ Công Thương, trả lời.",
    "Khoa Dược của Bệnh viện Đa khoa tỉnh Quảng Trị báo cáo. Bà [[Võ Thị Kiệt|o Điều dưỡng trưởng @ Bệnh viện Đa khoa tỉnh Quảng Trị]], điều dưỡng trưởng, nói thêm.",
    "Ông [[Lý Văn Bảy|o Bí thư @ Đảng ủy xã Tân An|o Chủ tịch @ Hội đồng nhân dân xã Tân An]], Bí thư Đảng ủy, Chủ tịch HĐND xã Tân An dự.",
]

MORE_TURNS = [
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra tại xã Tân An và Trường Mầm non Hoa Sen. [[Xã trả hồ sơ đúng hạn|+xã Tân An]]. [[Nhà trường thu sai quy định|-Trường Mầm non Hoa Sen]].",
    "Đoàn kiểm tra tỉnh Quảng Trị kiểm tra tại huyện Hải Lăng và Sở Xây dựng. [[Huyện trả hồ sơ đúng hạn|+huyện Hải Lăng]]. [[Sở còn để chậm 12 hồ sơ|-Sở Xây dựng tỉnh Quảng Trị]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra tại xã Tân An và xã Phú Lộc.\nXã Tân An:\n[[Niêm yết đủ thủ tục|+xã Tân An]].\nXã Phú Lộc:\n[[Niêm yết thiếu thủ tục|-xã Phú Lộc]].\nKiến nghị chung:\n[[Các xã rà soát lại thủ tục|!-]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra tại xã Tân An và xã Phú Lộc. [[Tân An trả hồ sơ nhanh|+xã Tân An]], [[Phú Lộc trả chậm|-xã Phú Lộc]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra tại xã Tân An và xã Phú Lộc. Tại xã Tân An, [[sổ sách đủ|+xã Tân An]]. [[Chưa xã nào có chữ ký số|--]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra tại xã Tân An và xã Phú Lộc. [[Phòng Tài chính xã Tân An lập dự toán muộn|-xã Tân An]]. [[Bộ phận một cửa xã Phú Lộc làm tốt|+xã Phú Lộc]].",
    "Đoàn giám sát HĐND huyện Hải Lăng làm việc với xã Tân An và xã Phú Lộc. [[Tại thôn Nà Pò của xã Tân An, dân chưa biết thủ tục mới|-xã Tân An]]. [[Đoàn yêu cầu xã tổ chức tuyên truyền|!xã Tân An]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An và xã Phú Lộc. [[Ở cả hai nơi, công chức đều đeo thẻ|+-]]. [[Duy chỉ có xã Phú Lộc còn người đi muộn|-xã Phú Lộc]].",
]

SHORT_NAMES = [
    "Đoàn thanh tra của Sở GD-ĐT tỉnh Đồng Nai thanh tra trường học. Ông Phùng Thế Vinh, Phó Chánh [[Thanh tra Sở|=Thanh tra Sở Giáo dục và Đào tạo tỉnh Đồng Nai]], kết luận. Từ đầu năm đến nay [[Sở|=Sở Giáo dục và Đào tạo tỉnh Đồng Nai]] đã thanh tra 12 trường.",
    "Cục Hải quan tỉnh Lạng Sơn giao ban. Chi cục Hải quan cửa khẩu Chi Ma lập danh sách nợ trình [[Cục|=Cục Hải quan tỉnh Lạng Sơn]] trong tuần. Về điện tử hóa, [[Cục|=Cục Hải quan tỉnh Lạng Sơn]] đã quy định rõ.",
    "Sở Tư pháp tỉnh Vĩnh Long báo cáo.\n[[Sở|=Sở Tư pháp tỉnh Vĩnh Long]] mở 5 lớp tập huấn.",
    "Ban Pháp chế HĐND tỉnh Quảng Trị giám sát tại xã Tân An. Tiếp [[Ban|=Ban Pháp chế Hội đồng nhân dân tỉnh Quảng Trị]] có bà Vũ Thị Ngân.",
    "Ban Pháp chế HĐND huyện Hải Lăng giám sát tại xã Tân An.\nXã có Ban Thanh tra nhân dân hết nhiệm kỳ.\nSau buổi này, [[Ban|=Ban Pháp chế Hội đồng nhân dân huyện Hải Lăng]] sẽ giám sát tiếp.",
    "Đoàn kiểm tra Bộ Nội vụ kiểm tra tại Sở Xây dựng tỉnh Quảng Trị.\nTại Sở Xây dựng, văn bản đều qua Sở Tư pháp thẩm định. Trang web của [[Sở|=Sở Xây dựng tỉnh Quảng Trị]] chưa cập nhật.",
    "Tổ công tác Đề án 06 tỉnh Nghệ An họp. Ông Bùi Đức Thành, Tổ trưởng [[Tổ công tác|=Tổ công tác Đề án 06 tỉnh Nghệ An]], chủ trì.",
    "Bệnh viện Đa khoa tỉnh Quảng Ngãi vượt dự toán. [[Bệnh viện tỉnh|=Bệnh viện Đa khoa tỉnh Quảng Ngãi]] phải cài phần mềm.",
    "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh Bình Thuận (gọi tắt là [[Ban Giao thông|=Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh Bình Thuận]]) giải ngân chậm. [[Ban Giao thông|=Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh Bình Thuận]] hứa khắc phục.",
    "Kiểm toán tại Ban Quản lý dự án đầu tư xây dựng tỉnh Lạng Sơn (sau đây gọi tắt là Ban). Năm 2020, [[Ban|=Ban Quản lý dự án đầu tư xây dựng tỉnh Lạng Sơn]] nghiệm thu sai.",
    "Đoàn kiểm tra làm việc với Ban Quản lý các khu công nghiệp tỉnh Quảng Trị (BQL). [[BQL|=Ban Quản lý các khu công nghiệp tỉnh Quảng Trị]] đã cắt giảm thời gian.",
    "[[Công ty TNHH MTV Công trình đô thị Ninh Hòa|=Công ty Trách nhiệm hữu hạn một thành viên Công trình đô thị Ninh Hòa]] bị thanh tra.",
    "Giám sát [[Ban Cán sự đảng Bộ Tài nguyên và Môi trường|=Ban Cán sự đảng Bộ Tài nguyên và Môi trường]] và [[Đảng ủy Tổng công ty Khoáng sản Đông Á|=Đảng ủy Tổng công ty Khoáng sản Đông Á]].",
    "Đoàn đến bếp ăn [[Trường PTDTBT THCS Sính Phình|=Trường Phổ thông dân tộc bán trú Trung học cơ sở Sính Phình]].",
]
NAMED_IN_PASSING = [
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra tại xã Tân An.\nMột hộ dân cũ ở xã Phú Lộc kể lại chuyện này.\n[[UBND xã|=Ủy ban nhân dân xã Tân An]] hứa khắc phục.",
    "Tổ công tác của Thủ tướng Chính phủ kiểm tra giải ngân tại tỉnh Đắk Lắk.\nSo với tỉnh Lâm Đồng, nơi đây chậm hơn.\nPhó Chủ tịch [[UBND tỉnh|=Ủy ban nhân dân tỉnh Đắk Lắk]] nhận lỗi.",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra tại xã Tân An. [[Văn phòng HĐND và UBND|=Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Hải Lăng]] cử người hướng dẫn.",
    "Thành ủy Đà Nẵng làm việc với xã Đại Lộc. [[Phòng Kinh tế|=Phòng Kinh tế xã Đại Lộc]] còn thiếu người.",
    "HĐND huyện Hải Lăng giám sát. [[Ban Pháp chế huyện|=Ban Pháp chế Hội đồng nhân dân huyện Hải Lăng]] báo cáo.",
    "Thanh tra TP Cần Thơ kết luận về [[UBND xã Trường Hưng|=Ủy ban nhân dân xã Trường Hưng]], thành phố Cần Thơ.",
]
ISSUERS = [
    "Thanh tra tỉnh Quảng Trị vừa công bố [[Kết luận số 05/KL-TTr|i Thanh tra tỉnh Quảng Trị]] về quản lý đất đai.",
    "[[Kết luận 19/KL-TT|i Thanh tra huyện Hải Lăng]] do Chánh Thanh tra huyện Hải Lăng ký xác định 12 sai phạm.",
    "Thanh tra Bộ Nội vụ vừa công khai [[Kết luận số 689/KL-TTBNV|i Thanh tra Bộ Nội vụ]].",
    "Ủy ban Kiểm tra Tỉnh ủy Gia Lai họp. [[Thông báo số 164-TB/UBKTTU|i Ủy ban Kiểm tra Tỉnh ủy Gia Lai]] nêu rõ sai phạm.",
    "Cục Thuế thành phố Đà Nẵng vừa công bố [[Quyết định số 3127/QĐ-CTDAN|i Cục Thuế thành phố Đà Nẵng]] xử phạt.",
    "Theo [[Quyết định số 412/QĐ-KBPT ngày 14/8/2017|i Kho bạc Nhà nước Phú Thọ]] của Giám đốc Kho bạc Nhà nước Phú Thọ, đoàn kiểm tra 3 nơi.",
    "Sở Khoa học và Công nghệ tỉnh Quảng Ninh kiểm tra theo [[Kế hoạch số 31/KH-SKHCN|i Sở Khoa học và Công nghệ tỉnh Quảng Ninh]].",
    "UBND huyện Hải Lăng nhận [[Tờ trình số 12/TTr-UBND|i Ủy ban nhân dân huyện Hải Lăng]].",
]
MORE_ROLES = [
    "Đoàn thanh tra Sở Y tế tỉnh Quảng Trị đến Bệnh viện Đa khoa huyện Hải Lăng. Sở Y tế nghe Giám đốc bệnh viện [[Đinh Thị Lụa|o Giám đốc @ Bệnh viện Đa khoa huyện Hải Lăng]] giải trình.",
    "Đoàn giám sát của Đoàn đại biểu Quốc hội tỉnh Hậu Giang làm việc. Phó Trưởng đoàn chuyên trách [[Nguyễn Thanh Thủy|o Phó Trưởng đoàn chuyên trách @ Đoàn đại biểu Quốc hội tỉnh Hậu Giang|o Trưởng đoàn @ Đoàn giám sát Đoàn đại biểu Quốc hội tỉnh Hậu Giang]] làm Trưởng đoàn.",
    "UBND huyện Hải Lăng kiểm tra tại xã Tân An. Chị [[Lã Thị Nhung|o Công chức Tư pháp - Hộ tịch @ Ủy ban nhân dân xã Tân An]], công chức Tư pháp - Hộ tịch xã Tân An, cho biết như vậy.",
    "Bộ Y tế thanh tra. Chánh Văn phòng Bộ [[Âu Thị Hạnh|o Chánh Văn phòng @ Văn phòng Bộ Y tế]] giải thích.",
    "Đoàn kiểm tra của Bảo hiểm xã hội Việt Nam do Phó Tổng Giám đốc [[Chu Mạnh Sinh|o Phó Tổng Giám đốc @ Bảo hiểm xã hội Việt Nam|o Trưởng đoàn @ Đoàn kiểm tra Bảo hiểm xã hội Việt Nam]] làm Trưởng đoàn.",
]
TO_OTHERS = [
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An. [[UBND huyện bố trí kinh phí đo đạc bản đồ|!-]]. [[Xã trả lại phần thu vượt|!xã Tân An]].",
    "Sở Nội vụ tỉnh Quảng Trị kiểm tra xã Tân An. [[Đoàn kiến nghị Bộ Nội vụ sớm hướng dẫn|!-]]. [[Sở Nội vụ yêu cầu xã khắc phục|!xã Tân An]].",
    "Sở Nội vụ tỉnh Quảng Trị kiểm tra xã Tân An. [[Sở Tài chính cấp thêm máy tính cho Tân An|!xã Tân An]].",
    "Đoàn kiểm tra tỉnh Quảng Trị kiểm tra tại huyện Hải Lăng và thị xã Bình Phú. [[Thị xã Bình Phú còn chậm|-thị xã Bình Phú]]. [[Kết quả kiểm tra sẽ được báo cáo UBND tỉnh|!-]].",
    "Đoàn kiểm tra tỉnh Quảng Trị kiểm tra tại huyện Hải Lăng và thị xã Bình Phú. [[Thị xã Bình Phú còn chậm|-thị xã Bình Phú]]. [[UBND tỉnh yêu cầu các địa phương xây dựng kế hoạch khắc phục|!-]].",
    "Đoàn kiểm tra huyện Hải Lăng kiểm tra xã Tân An, xã Phú Lộc và xã Hải Sơn. [[Còn để hồ sơ quá hạn là xã Tân An (12 hồ sơ), xã Phú Lộc (9 hồ sơ)|--]].",
]
EVENTS = [
    "Sáng 12/3/2021, không báo trước, Tổ công tác của Bộ Nội vụ đã có mặt ở Sở Y tế tỉnh Quảng Trị. [[Phòng nào cũng khóa cửa|-Sở Y tế tỉnh Quảng Trị]]. => as kiểm tra ; by Tổ công tác Bộ Nội vụ",
    "Sáng 20/4/2023, Ban Chỉ đạo CCHC tỉnh Quảng Trị họp phiên thứ tư, công bố Chỉ số CCHC năm 2022. => as họp đánh giá ; by Ban Chỉ đạo cải cách hành chính tỉnh Quảng Trị ; on 2023-04-20TMO",
    "Ngày 8/10/2019, Cục Hải quan tỉnh Lạng Sơn giao ban tháng 9. => as họp đánh giá ; by Cục Hải quan tỉnh Lạng Sơn",
    "UBKT Huyện ủy Tam Nông (Đồng Tháp) tiến hành kiểm tra khi có dấu hiệu vi phạm đối với Đảng ủy xã Phú Thọ. => by Ủy ban Kiểm tra Huyện ủy Tam Nông ; Đảng ủy xã Phú Thọ",
    "Sáng 2/11/2017, Tổ công tác của Thủ tướng Chính phủ làm việc với Bộ Công Thương, Bộ Xây dựng, Bộ Y tế về điều kiện kinh doanh. => by Tổ công tác của Thủ tướng Chính phủ ; Bộ Công Thương ; Bộ Xây dựng ; Bộ Y tế",
    "Ngày 18/8/2010, Ban Pháp chế HĐND huyện Hải Lăng giám sát tại xã Tân An. [[Quỹ chi đúng|+xã Tân An]]. Sau buổi này, Ban tiếp tục giám sát ở thị trấn Yên Hà. => xã Tân An",
    "Ngày 5/3/2026, Đoàn giám sát của Ban Thường vụ Tỉnh ủy An Giang làm việc tại đặc khu Kiên Hải. [[Đảng ủy đặc khu họp đủ kỳ|+đặc khu Kiên Hải]]. => đặc khu Kiên Hải",
    "7 giờ 15 phút ngày 9/10/2025, 19 người đã đợi trước cửa. Đoàn kiểm tra công vụ tỉnh Quảng Trị kiểm tra xã Tân An. => on 2025-10-09 ; by Đoàn kiểm tra công vụ tỉnh Quảng Trị",
    "(30/09/2022) - Một ngày làm việc của Đoàn kiểm tra tỉnh Quảng Trị tại xã Tân An. Buổi kiểm tra diễn ra ngày 28/9. => on 2022-09-28",
]
EXAMPLES = [
    *MORE_TURNS,
    *TWO_UNITS,
    *PLACES_AND_BODIES,
    *VERTICAL,
    *DELEGATIONS,
    *ROLES,
    *SHORT_NAMES,
    *NAMED_IN_PASSING,
    *ISSUERS,
    *MORE_ROLES,
    *TO_OTHERS,
    *EVENTS,
]


def _resolved(text: str, marks: list[Mark]) -> Analysis:
    """The text through all stages, with the marked findings in the place of the labeller's."""
    analysis = begin(text)
    for name, stage in stages(Models()).items():
        stage(analysis)
        if name == "cchc_findings":
            analysis.inspection.is_inspection = True
            analysis.findings = [
                Finding(mark.start, mark.end, "findings.given", 1.0, LABELS[mark.fields[0][0]], "general")
                for mark in marks
                if mark.fields[0][0] in LABELS
            ]
    return analysis


def _found(analysis: Analysis, mark: Mark) -> tuple[str, ...]:
    """What stands at a mark, in the form of its fields."""
    sign = mark.fields[0][0]
    if sign == "=":
        return tuple(f"={agency.name}" for agency in analysis.agencies if (agency.start, agency.end) == mark[:2])
    if sign == "i":
        return tuple(f"i {paper.issuer or '-'}" for paper in analysis.documents if paper.start == mark.start)
    if sign == "o":
        official = next((o for o in analysis.officials if any(m.start == mark.start for m in o.mentions)), None)
        return tuple(f"o {role.title} @ {role.org or '-'}" for role in official.roles) if official else ()
    finding = next(f for f in analysis.findings if f.start == mark.start)
    return (f"{sign}{finding.unit or '-'}",)


def _event(analysis: Analysis, told: list[str]) -> list[str]:
    event = analysis.inspection
    parts = [f"as {event.kind}", f"by {event.inspector}", f"led {event.lead}", f"on {event.date}"]
    kept = [part for part in parts if any(t.startswith(part[:3]) for t in told)]
    return [*kept, *(event.inspected if any(t[:3] not in ("as ", "by ", "led", "on ") for t in told) else [])]


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples(example: str) -> None:
    marked, _, event = example.partition(" => ")
    text, marks = unmark(marked)
    analysis = _resolved(text, marks)
    assert [(m.text, _found(analysis, m)) for m in marks] == [(m.text, m.fields) for m in marks]
    told = event.split(" ; ") if event else []
    assert sorted(_event(analysis, told)) == sorted(told)
