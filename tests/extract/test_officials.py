# ruff: noqa: E501 (an example stays on one line)
"""Marked-up examples of officials.

A person's first mark is `[[Name|Title @ Body|Title]]`: the offices, each with its body where one is printed;
a name that is printed otherwise than it should stand in the record is given as `= Name`. Further marks of the
same person are `[[printed|= Name]]`. Everything that is not marked must not be found.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_nlp.analysis import Role, Span
from cchc_nlp.extract import officials
from tests.helpers import analyse
from tests.markup import unmark

TITLE_AFTER = [
    "Đoàn do bà [[Đỗ Tường Vi|Phó Chủ tịch @ Ủy ban nhân dân huyện]],\nPhó Chủ tịch UBND huyện, chủ trì.",
    "Tiếp Đoàn có đồng chí [[Hoàng Văn Tặng|Chủ tịch @ Ủy ban nhân dân xã]], Chủ tịch UBND xã và công chức các bộ phận.",
    "Ông [[Lê Minh Trí|Bí thư @ Huyện ủy]], đồng thời là Bí thư Huyện ủy, không đổ lỗi cho ai.",
    "Bà [[Bùi Thị Lượt|Công chức Tư pháp - Hộ tịch]], công chức Tư pháp - Hộ tịch, trực quầy.",
    "Chị [[Trần Thu Nga|Công chức một cửa]], công chức một cửa, hướng dẫn tận tình.",
    "Chị [[Đào Thị Hiên|Kế toán @ Ủy ban nhân dân xã]], kế toán UBND xã, lập chứng từ sai.",
    "Đồng chí [[Vũ Trọng Hải|Chủ tịch @ Ủy ban nhân dân huyện|Trưởng ban @ Ban Chỉ đạo cải cách hành chính huyện]], Chủ tịch UBND huyện, Trưởng BCĐ CCHC huyện cùng các thành viên đi cơ sở.",
    "Đồng chí [[Vũ Thành Lộc|Ủy viên Ban Thường vụ @ Huyện ủy|Phó Chủ tịch @ Hội đồng nhân dân huyện]] - Ủy viên BTV Huyện ủy, Phó Chủ tịch HĐND huyện chủ trì buổi làm việc.",
    "Chủ trì buổi giám sát có bà [[Đoàn Thị Kim Ngân|Phó Chủ tịch @ Hội đồng nhân dân tỉnh]], Phó Chủ tịch HĐND tỉnh.",
    "Ông [[Trần Đình Khải|Giám đốc @ Sở Nội vụ]] (Giám đốc Sở Nội vụ) đề nghị các đơn vị chấn chỉnh ngay.",
    "[[Hồ Văn Nghiệp|Ủy viên Ban Thường vụ]]- UV BTV phát biểu tại cuộc họp.",
    "Đồng chí [[Lý Thị Mai|Phó Bí thư Thường trực @ Tỉnh ủy|Trưởng đoàn @ Đoàn kiểm tra]], Phó Bí thư Thường trực Tỉnh ủy, Trưởng Đoàn kiểm tra kết luận buổi làm việc.",
    "Ông [[Phan Quốc Bảo|Chánh Văn phòng @ Văn phòng Ủy ban nhân dân tỉnh]], Chánh Văn phòng UBND tỉnh báo cáo.",
    "Bà [[Dương Thu Cúc|Chánh Thanh tra @ Thanh tra tỉnh]], Chánh Thanh tra tỉnh công bố kết luận.",
    "Ông [[Võ Hữu Tâm|Trưởng phòng @ Phòng Nội vụ]], Trưởng phòng Nội vụ giải trình.",
    "Ông [[Võ Hữu Tâm|Phó Trưởng phòng @ Phòng Tài nguyên và Môi trường]] - Phó Trưởng phòng Tài nguyên và Môi trường cho biết.",
    "Đồng chí [[Bùi Xuân Trang|Trưởng ban @ Ban Pháp chế Hội đồng nhân dân tỉnh]], Trưởng Ban Pháp chế HĐND tỉnh thông qua kế hoạch.",
    "Đồng chí [[Ngô Bá Lợi|Trưởng ban @ Ban Tổ chức Huyện ủy]], Trưởng ban Tổ chức Huyện ủy cùng dự.",
    "Ông [[Tạ Minh Hoàn|Bí thư @ Đảng ủy|Chủ tịch @ Ủy ban nhân dân xã Yên Lãng]], Bí thư Đảng ủy, Chủ tịch UBND xã Yên Lãng tiếp thu các ý kiến.",
    "Ông [[Tạ Minh Hoàn|Bí thư @ Đảng ủy|Chủ tịch @ Hội đồng nhân dân xã]] - Bí thư Đảng ủy kiêm Chủ tịch HĐND xã phát biểu.",
    "Bà [[Mạc Thị Hồng|Quyền Giám đốc @ Sở Y tế]], quyền Giám đốc Sở Y tế nhận trách nhiệm.",
    "Ông [[Khuất Duy Trọng|Nguyên Chủ tịch @ Ủy ban nhân dân huyện]], nguyên Chủ tịch UBND huyện bị cảnh cáo.",
    "Đồng chí [[Đinh Công Vỹ|Tỉnh ủy viên @ Tỉnh ủy|Bí thư @ Huyện ủy]], TUV, Bí thư Huyện ủy dự và chỉ đạo.",
    "Đồng chí [[Đinh Công Vỹ|Phó Chủ tịch @ Ủy ban nhân dân huyện]] - PCT UBND huyện làm việc với xã.",
    "Đồng chí [[Châu Ngọc Ẩn|Phó Bí thư @ Huyện ủy]] - PBT Huyện ủy nhắc nhở.",
    "Ông [[Lưu Đức Mạnh|Phó Giám đốc @ Sở Tư pháp]] - PGĐ Sở Tư pháp trả lời.",
    "Ông [[Lưu Đức Mạnh|Phó Giám đốc @ Sở Tư pháp]] hiện là Phó Giám đốc Sở Tư pháp.",
    "Thượng tá [[Nguyễn Hải Triều|Phó Trưởng Công an @ Công an huyện]], Phó trưởng Công an huyện thông tin.",
    "Đại tá [[Trịnh Văn Quyết Chí|Giám đốc @ Công an tỉnh]], Giám đốc Công an tỉnh yêu cầu.",
    "TS. [[Hoàng Mạnh Thắng|Viện trưởng]], Viện trưởng, trình bày tham luận.",
    "ThS.BS [[Đặng Thị Yên|Phó Giám đốc @ Sở Y tế]], Phó Giám đốc Sở Y tế kiểm tra khu cách ly.",
    "Ông [[Tống Văn Lập|Chi cục trưởng @ Chi cục Kiểm lâm]], Chi cục trưởng Chi cục Kiểm lâm nêu rõ.",
    "Bà [[Quách Thị Nga|Phó Chủ nhiệm @ Ủy ban Kiểm tra Huyện ủy]], Phó Chủ nhiệm Ủy ban Kiểm tra Huyện ủy làm việc với chi bộ.",
    "Ông [[Triệu Tài Vinh Sơn|Ủy viên Trung ương Đảng|Bí thư @ Tỉnh ủy]], Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy kết luận.",
    "Bà [[Nghiêm Thu Hà|Phó Chủ tịch Thường trực @ Hội đồng nhân dân huyện]], Phó Chủ tịch Thường trực HĐND huyện chủ trì.",
    "Ông [[Kiều Văn Phát|Phó Trưởng ban @ Ban Kinh tế - Xã hội Hội đồng nhân dân huyện]], Phó Trưởng Ban Kinh tế - Xã hội HĐND huyện phát biểu.",
    "Ông [[Cao Bá Hùng|Trưởng thôn]] - Trưởng thôn nêu ý kiến.",
    "Đồng chí [[Đỗ Hồng Quân|Ủy viên Ban Thường vụ @ Đảng ủy|Chủ tịch @ Ủy ban Mặt trận Tổ quốc xã]] - UVBTV Đảng ủy, Chủ tịch UBMTTQ xã tham gia đoàn.",
    "Đồng chí [[Phùng Thế Sự|Ủy viên Ban Chấp hành @ Đảng bộ huyện|Trưởng phòng @ Phòng Nội vụ huyện]], Ủy viên BCH Đảng bộ huyện, Trưởng phòng Nội vụ huyện trình bày báo cáo.",
    "Ông [[Hứa Chí Công|Chủ tịch @ Ủy ban nhân dân xã]] là Chủ tịch xã.",
    "Bà [[Vương Thị Lành|Hiệu trưởng]] (Hiệu trưởng) thừa nhận thiếu sót.",
    "Ông [[Lại Thế Vinh|Kế toán trưởng]], kế toán trưởng, không giải trình được.",
    "Ông [[Thân Đức Nam|Thanh tra viên]], thanh tra viên, lập biên bản.",
    "Đồng chí [[Trương Quang Sáng|Phó Chủ tịch @ Ủy ban nhân dân tỉnh|Trưởng ban @ Ban Chỉ đạo cải cách hành chính tỉnh]], Phó Chủ tịch UBND tỉnh, Trưởng BCĐ CCHC tỉnh chủ trì.",
    "Ông [[Mai Văn Trinh|Đại biểu @ Quốc hội]], đại biểu Quốc hội, chất vấn.",
    "Ông [[Diệp Văn Thạnh|Trưởng phòng @ Phòng Quản lý khai thác hạ tầng]], Trưởng phòng Quản lý khai thác hạ tầng, cho hay còn vướng.",
    "Bà [[Liêu Kim Thoa|Trưởng phòng @ Phòng Giám định|Thư ký]] - Trưởng phòng Giám định, Thư ký, ghi biên bản.",
]

TITLE_BEFORE = [
    "Bí thư Đảng ủy phường [[Dư Thanh Trúc|Bí thư @ Đảng ủy phường]] mong tỉnh sớm bổ sung.",
    "Đề nghị kiểm điểm thủ quỹ. Ông [[Hồ Hữu Trí|Trưởng phòng @ Phòng Nội vụ]], Trưởng phòng Nội vụ, hứa khắc phục.",
    "Giám đốc bệnh viện [[Nguyễn Thị Hoa|Giám đốc]] giải thích.",
    "Trưởng trạm [[K'Brèm|Trưởng trạm]] trình bày.",
    "Chủ tịch xã là anh [[A Brôl|Chủ tịch @ Ủy ban nhân dân xã]].",
    "Trưởng đoàn là ông [[Trần Khắc Đức|Trưởng đoàn|Trưởng ban @ Ban Văn hóa - Xã hội]], Trưởng Ban Văn hóa - Xã hội.",
    "Giám đốc [[Mua Mí Sính|Giám đốc]] phân trần.",
    "Chủ tịch UBND huyện [[Trần Văn Bình|Chủ tịch @ Ủy ban nhân dân huyện]] yêu cầu khắc phục ngay.",
    "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ [[Lê Hữu Nghĩa|Bộ trưởng|Chủ nhiệm @ Văn phòng Chính phủ]] phát biểu.",
    "Thủ tướng [[Phạm Gia Khiêm|Thủ tướng @ Chính phủ]] giao các bộ rà soát.",
    "Phó Thủ tướng Thường trực [[Lương Quốc Tuấn|Phó Thủ tướng Thường trực @ Chính phủ]] chỉ đạo xử lý.",
    "Bộ trưởng Bộ Nội vụ [[Trần Thị Trà|Bộ trưởng @ Bộ Nội vụ]] trả lời.",
    "Thứ trưởng Y tế [[Đỗ Xuân Tuyên Quang|Thứ trưởng @ Bộ Y tế]] đi kiểm tra.",
    "Bí thư Huyện ủy, đồng chí [[Hà Văn Sơn|Bí thư @ Huyện ủy]] kết luận.",
    "Giám đốc [[Nguyễn Hoàng Út|Giám đốc]] phụ trách chung.",
    "Chánh Thanh tra Sở Xây dựng [[Phạm Hữu Lai|Chánh Thanh tra @ Thanh tra Sở Xây dựng]] ký quyết định.",
    "Phó Giám đốc Sở Nội vụ, bà [[Ngụy Thị Xuân|Phó Giám đốc @ Sở Nội vụ]] cho biết.",
    "Trưởng phòng Tư pháp huyện [[Đàm Quang Minh|Trưởng phòng @ Phòng Tư pháp huyện]] giải đáp.",
    "Chủ tịch UBND huyện NGUYỄN VĂN AN yêu cầu.".replace(
        "NGUYỄN VĂN AN", "[[NGUYỄN VĂN AN|= Nguyễn Văn An|Chủ tịch @ Ủy ban nhân dân huyện]]"
    ),
    "Theo Phó Chủ tịch UBND xã [[Lò Thị Chiêm|Phó Chủ tịch @ Ủy ban nhân dân xã]], xã còn nợ 12 hồ sơ.",
    "Trưởng đoàn [[Đào Văn Hải|Trưởng đoàn]] ghi nhận nỗ lực của đơn vị.",
    "Chuyên viên [[Bạch Thị Thu|Chuyên viên]] hướng dẫn người dân nộp hồ sơ.",
    "Đại biểu Quốc hội [[Tráng A Sình|Đại biểu @ Quốc hội]] đề nghị giám sát lại.",
    "Quyền Chủ tịch UBND tỉnh [[Huỳnh Công Định|Quyền Chủ tịch @ Ủy ban nhân dân tỉnh]] ký văn bản.",
    "Phó Chánh Thanh tra tỉnh [[Chu Thị Hậu|Phó Chánh Thanh tra @ Thanh tra tỉnh]] công bố quyết định.",
    "Tổ trưởng Tổ công tác [[Vi Đức Hồi Sinh|Tổ trưởng @ Tổ công tác]] nhắc nhở các sở.",
    "Chủ tịch UBND xã: [[Lã Văn Hưng|Chủ tịch @ Ủy ban nhân dân xã]] tiếp đoàn.",
    "Giám đốc Sở Công Thương [[Âu Thị Bích|Giám đốc @ Sở Công Thương]] lý giải.",
    "Chủ tịch [[Kha Văn Tám|Chủ tịch]] khẳng định.",
    "Tham dự có Chủ tịch HĐND tỉnh [[Lê Quốc Dân|Chủ tịch @ Hội đồng nhân dân tỉnh]], Giám đốc Sở Tài chính [[Võ Thị Kim|Giám đốc @ Sở Tài chính]].",
    "Bí thư Huyện ủy [[Lê Quốc Dân|Bí thư @ Huyện ủy]] và Chủ tịch UBND huyện [[Tô Văn Ngọc|Chủ tịch @ Ủy ban nhân dân huyện]] cùng tham gia.",
]

MORE_FORMS = [
    "Phó Chủ tịch UBND thành phố [[Võ Văn Thưởng Bình|Phó Chủ tịch @ Ủy ban nhân dân thành phố]] nhấn mạnh.",
    "Chủ tịch Hà Nội [[Trần Sỹ Thành Nam|Chủ tịch @ Ủy ban nhân dân thành phố Hà Nội]] phê bình sáu sở.",
    "Thứ trưởng Thường trực Bộ Nội vụ [[Vũ Chiến Công|Thứ trưởng Thường trực @ Bộ Nội vụ]] dự họp.",
    "Bà [[Trần Thị Duyên|Ủy viên Ban Thường trực @ Ủy ban Mặt trận Tổ quốc huyện]], Ủy viên Ban Thường trực Ủy ban MTTQ huyện.",
    "Ông [[Lê Bá Sự|Nguyên Chủ tịch @ Ủy ban nhân dân xã]] (SN 1970, nguyên Chủ tịch UBND xã) ký khống.",
    "Đ/c [[Lê Đăng Dũng|Phó Trưởng ban @ Ban Tuyên giáo Huyện ủy]] - Phó trưởng BTG Huyện ủy.",
    "Ông [[Hoàng Phi Long|Cục trưởng @ Cục Chống hàng giả|Trưởng đoàn @ Đoàn thanh tra]], Cục trưởng Chống hàng giả làm Trưởng đoàn, trong Đoàn thanh tra.",
    "Phó Trưởng Đoàn ĐBQH tỉnh [[Nguyễn Thị Thu Ngân|Phó Trưởng đoàn @ Đoàn đại biểu Quốc hội tỉnh]] nêu câu hỏi.",
    "Ông [[Đinh Chung Thủy|Phó Chủ tịch @ Ủy ban nhân dân tỉnh Ninh Bình]], phó chủ tịch tỉnh Ninh Bình.",
    "Cán bộ [[Nguyễn Lê Hiền|Cán bộ]] bị nhắc nhở.",
]

SEVERAL = [
    "Các đồng chí: [[Lê Thị Hoa|Phó Chủ tịch @ Hội đồng nhân dân huyện]], [[Trần Văn Bảy|Phó Chủ tịch @ Hội đồng nhân dân huyện]] - Phó Chủ tịch HĐND huyện; [[Lò Văn Pó|Trưởng phòng @ Phòng Nội vụ huyện]], Trưởng phòng Nội vụ huyện.",
    "Các Phó Chủ tịch UBND tỉnh: [[Võ Trọng Hữu|Phó Chủ tịch @ Ủy ban nhân dân tỉnh]], [[Lâm Minh Thạnh|Phó Chủ tịch @ Ủy ban nhân dân tỉnh]] và [[Huỳnh Thị Sa|Phó Chủ tịch @ Ủy ban nhân dân tỉnh]] cùng dự.",
    "Cùng đi có các đồng chí [[Ngô Thế Hiển|]], [[Trần Mạnh Cầm|]] và [[Hoàng Thị Dịu|]].".replace("|]]", "]]"),
    "Dự buổi làm việc có đồng chí [[Phan Đình Hạ|Bí thư @ Đảng ủy]], Bí thư Đảng ủy, và đồng chí [[Giáp Văn Thuần|Chủ tịch @ Ủy ban nhân dân xã]], Chủ tịch UBND xã.",
    "Ông [[Bế Văn Lưu|Phó Chủ tịch @ Ủy ban nhân dân huyện]], Phó Chủ tịch UBND huyện; bà [[Nông Thị Yến|Trưởng phòng @ Phòng Y tế]], Trưởng phòng Y tế.",
    "Hai đồng chí [[Hàn Văn Tới|Phó Bí thư @ Đảng ủy]] và [[Sầm Thị Lệ|Phó Bí thư @ Đảng ủy]], Phó Bí thư Đảng ủy nhận nhiệm vụ.",
]

DELEGATION = [
    "Đoàn công tác do đồng chí [[Trần Văn Bình|Trưởng đoàn @ Đoàn công tác]] dẫn đầu đã về xã.",
    "Đoàn giám sát do đồng chí [[Mai Thị Lựu|Phó Chủ tịch @ Hội đồng nhân dân huyện|Trưởng đoàn @ Đoàn giám sát]], Phó Chủ tịch HĐND huyện làm Trưởng đoàn đã làm việc với phòng.",
    "Tổ công tác do ông [[Uông Văn Thế|Tổ trưởng @ Tổ công tác]] đứng đầu kiểm tra đột xuất.",
    "Đoàn kiểm tra do bà [[Phí Thị Na|Trưởng đoàn @ Đoàn kiểm tra]] làm trưởng đoàn.",
    "Đồng chí [[Ôn Văn Hậu|Trưởng đoàn @ Đoàn kiểm tra]] dẫn đầu Đoàn kiểm tra đến làm việc.",
    "Tổ công tác do Trưởng phòng Nội vụ [[Tiêu Thanh Hà|Trưởng phòng @ Phòng Nội vụ|Tổ trưởng @ Tổ công tác]] làm Tổ trưởng.",
    "Đoàn thanh tra gồm 7 người, [[Trần Duy Hưng|Trưởng đoàn @ Đoàn thanh tra]] (Trưởng đoàn) điều hành.",
    "Đồng chí [[Thái Thị An|Trưởng đoàn @ Đoàn giám sát]], Trưởng đoàn giám sát, chủ trì.",
    "Đoàn kiểm tra có bà [[Lê Thị Sương|Phó Giám đốc @ Sở Nội vụ|Phó Trưởng đoàn @ Đoàn kiểm tra]], Phó Giám đốc Sở Nội vụ làm Phó Trưởng đoàn.",
]

PEOPLES = [
    "Chánh Thanh tra tỉnh [[Ông Văn Khuê|Chánh Thanh tra @ Thanh tra tỉnh]] ký kết luận.",
    "Ông [[Ông Văn Khuê|Chánh Thanh tra @ Thanh tra tỉnh]], Chánh Thanh tra tỉnh.",
    "Có anh [[K'Brếp|Chủ tịch @ Ủy ban nhân dân xã]], người Cil, Chủ tịch UBND xã.",
    "Ông [[Behrouz Rastegar|Phó Chủ tịch @ Hội đồng nhân dân thành phố]], Phó Chủ tịch HĐND thành phố kết nghĩa.",
    "Phó Giám đốc Sở Nội vụ [[Đầu Thanh Tùng|Phó Giám đốc @ Sở Nội vụ]] dẫn đầu.",
    "Trưởng buôn [[Y Hồ Êban|Trưởng buôn]] mong huyện làm đường.",
    "Đồng chí [[Y Thanh Hà Niê Kđăm|Bí thư @ Tỉnh ủy]], Bí thư Tỉnh ủy dự.",
    "Ông [[Hầu A Páo|Phó Chủ tịch @ Ủy ban nhân dân huyện]], Phó Chủ tịch UBND huyện.",
    "Bà [[H'Kim Rơ Byă|Phó Chủ tịch @ Hội đồng nhân dân tỉnh]], Phó Chủ tịch HĐND tỉnh.",
    "Bà [[Giàng Páo Sỉ|Chủ tịch @ Ủy ban nhân dân xã]], Chủ tịch UBND xã.",
    "Ông [[Ksor Phin|Trưởng ban]], Trưởng ban, trả lời.",
    "Ông [[Điểu K'Rang|Chủ tịch @ Ủy ban nhân dân xã]] - Chủ tịch UBND xã.",
    # names that end like provinces or hold a village word
    "Giám đốc Sở Nội vụ [[Trần Hải Dương|Giám đốc @ Sở Nội vụ]] chủ trì.",
    "Phó Thủ tướng [[Phan Hòa Bình|Phó Thủ tướng @ Chính phủ]] yêu cầu làm rõ.",
    "Ông [[Lâm Sóc Kha|Phó Giám đốc @ Sở Nội vụ]], Phó Giám đốc Sở Nội vụ, cho biết.",
    "Đồng chí [[Thào Xuân Lình|Giám đốc @ Sở Nội vụ]], Giám đốc Sở Nội vụ.",
    "Ông [[Quàng Văn Dếnh|Trưởng bản]], trưởng bản.",
    "Đồng chí [[Bh'riu Tếch|Bí thư @ Huyện ủy]], Bí thư Huyện ủy.",
    "Ông [[Thạch Sô Thia|Phó Trưởng phòng @ Phòng Dân tộc]], Phó Trưởng phòng Dân tộc.",
    "Đồng chí [[Cao Thị Hòa An|Phó Giám đốc @ Sở Nội vụ]], Phó Giám đốc Sở Nội vụ.",
    "Ông [[A Lăng Bút|Chủ tịch @ Hội đồng nhân dân xã]], Chủ tịch HĐND xã.",
]

MENTIONS = [
    "Ông [[Phùng Đức Hậu|Chủ tịch @ Ủy ban nhân dân xã]], Chủ tịch UBND xã báo cáo. Ông [[Hậu|= Phùng Đức Hậu]] cho rằng khối lượng việc lớn.",
    "Bà [[Trần Thị Lan Anh|Phó Giám đốc @ Sở Nội vụ]], Phó Giám đốc Sở Nội vụ. Theo bà [[Lan Anh|= Trần Thị Lan Anh]], bà [[Trần Thị Lan Anh|= Trần Thị Lan Anh]] đã nhắc nhiều lần.",
    "Đồng chí [[Đặng Văn Cát|Trưởng đoàn]], Trưởng đoàn nêu. Đồng chí [[Cát|= Đặng Văn Cát]] yêu cầu sớm khắc phục.",
    "Phó Chủ tịch UBND huyện [[Lê Văn Thiện|Phó Chủ tịch @ Ủy ban nhân dân huyện]] nói. Phó Chủ tịch [[Lê Văn Thiện|= Lê Văn Thiện]] giao các phòng.",
    "Ông [[Vũ Văn Đông|Chủ tịch @ Ủy ban nhân dân xã]], Chủ tịch UBND xã.\nÔng [[Vũ Văn Đông|= Vũ Văn Đông]] báo cáo với đoàn. Ảnh: Thu Hiền",
    "Đồng chí [[NGÔ THỊ BẢY|= Ngô Thị Bảy|Bí thư @ Đảng ủy]] - Bí thư Đảng ủy dự. Đồng chí [[Ngô Thị Bảy|= Ngô Thị Bảy]] ghi nhận.",
    "Ông [[Nguyễn văn Dũng|= Nguyễn Văn Dũng|Trưởng ban]], Trưởng ban, ký biên bản.",
]

ADDRESS = [
    "đồng chí[[Nguyễn Văn An]] phát biểu.",
    "Đ/c [[Tôn Thất Long]] trình bày dự thảo.",
    "Thay mặt đoàn, đ/c: [[Trần Thế Sang]] ghi nhận.",
    "Đại biểu [[Phan Thị Mỹ]] chất vấn về cấp giấy chứng nhận.",
    "Tiếp đoàn có đồng chí [[Hồ Sỹ Tài]] cùng lãnh đạo các phòng.",
]

NOTHING = [
    "Đồng chí Phó Chủ tịch UBND huyện kết luận buổi làm việc.",
    "Đồng chí Trưởng đoàn đề nghị xã khắc phục.",
    "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
    "Chủ tịch Hồ Chí Minh từng căn dặn cán bộ phải liêm chính.",
    "Đồng chí Hồ Chí Minh đến thăm xã năm 1958.",
    "Chị Nguyễn Thị Lan, người dân thôn 3, phải đi lại bốn lần.",
    "Ông Trần Văn Tư nộp hồ sơ tại bộ phận một cửa.",
    "Đoạn qua đường Lê Lợi, TP Huế bị lấn chiếm.",
    "Phường Nguyễn Du niêm yết đủ thủ tục.",
    "Trường Trung học phổ thông Trần Phú thu sai quy định.",
    "Tin, ảnh: Lan Anh",
    "Ảnh: Nguyễn Minh Đức",
    "Bí thư Đoàn Thanh niên các xã cùng tham dự.",
    "Giám đốc Công an tỉnh và Giám đốc Sở Nội vụ chịu trách nhiệm.",
    "Chủ tịch UBND các xã, thị trấn tổ chức thực hiện.",
    "Đề nghị Thủ trưởng các đơn vị rà soát.",
    "Ủy ban Kiểm tra Huyện ủy làm việc với Đảng ủy xã.",
    "Chủ tịch Sầm Sơn chỉ định dự án cho người thân.",
    "Công ty TNHH một thành viên Hoàng Nụ nợ thuế.",
    "Ông Lê Tấn Phú, Giám đốc chi nhánh Công ty Bạch Việt, bị thu hồi giấy phép.",
    "Hiệu trưởng Đại học Y Hà Nội cùng dự.",
    "Chủ tịch Hà Nội đề nghị giữ tên gọi cũ.",
    "Trưởng Công an các xã báo cáo hằng tuần.",
    "Ông cho biết xã đã rút kinh nghiệm.",
    "Bà con xã Yên Lãng mong được hỗ trợ.",
    "Đồng chí Hậu yêu cầu kiểm điểm.",
    "Phóng viên Lê Minh Trí đã liên hệ nhưng không gặp.",
    "Bị cáo Phạm Văn Sửu chiếm đoạt 2 tỷ đồng.",
    "Ông Lê Tấn Phước, Giám đốc Công ty TNHH Thiên Phú, không xuất trình giấy phép.",
    "Chủ hộ kinh doanh Nguyễn Thị Bé bị phạt.",
    "Thay mặt Thủ tướng Chính phủ, đoàn đã kiểm tra ba bộ.",
    "Thanh tra Chính phủ công bố kết luận về Bộ Y tế.",
    "KIỂM TRA CÔNG TÁC CẢI CÁCH HÀNH CHÍNH TẠI HUYỆN",
    "Ban Chỉ đạo yêu cầu Trưởng phòng Nội vụ tham mưu.",
    "Kết luận số 12-KL/TU của Ban Thường vụ Tỉnh ủy.",
    "",
]


def body_of(role: Role) -> str | None:
    return role.agency.name if role.agency else role.org


def expected_of(marked: str) -> tuple[str, dict[str, tuple[list[tuple[int, int]], list[str]]]]:
    text, marks = unmark(marked)
    expected: dict[str, tuple[list[tuple[int, int]], list[str]]] = {}
    for mark in marks:
        fields = list(mark.fields)
        name = fields.pop(0)[2:] if fields and fields[0].startswith("= ") else mark.text
        spans, roles = expected.setdefault(name, ([], []))
        spans.append((mark.start, mark.end))
        roles.extend(fields)
    return text, expected


@pytest.mark.parametrize(
    "marked",
    [
        *TITLE_AFTER,
        *TITLE_BEFORE,
        *MORE_FORMS,
        *SEVERAL,
        *DELEGATION,
        *PEOPLES,
        *MENTIONS,
        *ADDRESS,
        *NOTHING,
    ],
)
def test_examples(marked: str) -> None:
    text, expected = expected_of(marked)
    analysis = analyse(text, upto="officials")
    assert analysis.text == text.replace("\r", "")
    found = {
        official.name: (
            [(mention.start, mention.end) for mention in official.mentions],
            [f"{role.title} @ {body_of(role)}" if body_of(role) else role.title for role in official.roles],
        )
        for official in analysis.officials
    }
    assert found == expected


def test_a_role_keeps_the_mention_of_its_body() -> None:
    analysis = analyse("Ông Lê Văn Tám, Phó Giám đốc Sở Nội vụ, phát biểu.", upto="officials")
    (official,) = analysis.officials
    assert official.roles[0].agency in analysis.agencies


def test_the_by_line_is_no_mention() -> None:
    text = "Ông Lê Văn Tám, Chủ tịch UBND xã, tiếp thu ý kiến.\nLê Văn Tám"
    analysis = analyse(text, upto="agencies")
    analysis.page.author_span = Span(text.rindex("Lê"), len(text))
    (official,) = officials.find(analysis)
    assert [mention.start for mention in official.mentions] == [4]


PIECES = st.sampled_from(
    [
        *[
            "đồng chí ",
            "Chủ tịch ",
            "UBND ",
            "huyện ",
            "Nguyễn ",
            "Văn ",
            "A",
            ", ",
            " - ",
            "(",
            ")",
            "và ",
            "Các ",
        ],
        *[
            "Trưởng đoàn ",
            "dẫn đầu ",
            "ông ",
            "kiêm ",
            "H'",
            "Trần Thị B",
            "NGUYỄN ",
            "là ",
            ":",
            "Y ",
            "Q. ",
            "\n",
        ],
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text(source: str) -> None:
    analysis = analyse(source, upto="officials")
    for official in analysis.officials:
        assert official.mentions
        for mention in official.mentions:
            assert 0 <= mention.start < mention.end <= len(analysis.text)
            assert 0 < mention.confidence <= 1
    assert officials.find(analysis) == analysis.officials
