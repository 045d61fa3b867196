"""Places: `[[printed|name|level]]` marks what must be found; nothing else may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_nlp.extract.gazetteer import gazetteer, lookup
from cchc_nlp.text.names import name_runs, run_at, starts_like_person, title_case
from tests.helpers import analyse
from tests.markup import unmark

TYPED = [
    # names longer than a known unit, of the highlands, that begin like a person's
    "Bà con [[xã An Mỹ Tây|xã An Mỹ Tây|commune]] đi lại bảy lần.",
    "Riêng [[phường Tân Xuyên Bắc|phường Tân Xuyên Bắc|commune]] giao việc cho từng phòng.",
    "UBND [[huyện Cư Blang|huyện Cư Blang|district]] chưa báo cáo.",
    "Đoàn đến [[phường Hồ Ngọc|phường Hồ Ngọc|commune]], xem sổ theo dõi.",
    "Cầu qua [[thị trấn Phan Rí Thượng|thị trấn Phan Rí Thượng|commune]] dở dang.",
    "Đường vào buôn 7 km còn lầy lội; tỉnh phân cấp cho xã, phường 09 lĩnh vực.",
    "Đoàn công tác đến kiểm tra tại [[xã Vĩnh Hậu|xã Vĩnh Hậu|commune]] trong buổi sáng.",
    "UBND [[thị trấn Cái Vồn|thị trấn Cái Vồn|commune]] đã niêm yết đủ thủ tục.",
    "Buổi làm việc tại [[Thị trấn Núi Sập|thị trấn Núi Sập|commune]] kết thúc lúc 11 giờ.",
    "Thanh tra [[huyện Cao Lãnh|huyện Cao Lãnh|district]] công bố kết luận.",
    "Bộ phận một cửa [[phường Nguyễn Du|phường Nguyễn Du|commune]] tiếp nhận 120 hồ sơ.",
    "Sở Nội vụ [[thành phố Cần Thơ|thành phố Cần Thơ|province]] kiểm tra đột xuất.",
    "Lãnh đạo [[thành phố Vĩnh Long|thành phố Vĩnh Long|district]] tiếp thu ý kiến.",
    "HĐND [[thị xã Giá Rai|thị xã Giá Rai|district]] giám sát việc giải quyết đơn thư.",
    "[[Tỉnh Bến Tre|tỉnh Bến Tre|province]] yêu cầu các sở, ngành khắc phục.",
    "Từ ngày 1/7/2025, [[đặc khu Phú Quốc|đặc khu Phú Quốc|commune]] đi vào hoạt động.",
    "Hội nghị diễn ra tại [[thủ đô Hà Nội|thành phố Hà Nội|province]].",
    "Đại diện [[quận 3|quận 3|district]] và [[phường 14|phường 14|commune]] giải trình.",
    "UBND [[Quận 10|quận 10|district]] bị nhắc nhở vì trễ hẹn.",
    "Cuộc họp ở [[thôn Đông|thôn Đông|village]], [[xã Đại Tâm|xã Đại Tâm|commune]] có 40 hộ dự.",
    "Tuyến đường qua [[bản Nậm Pù|bản Nậm Pù|village]] bị sạt lở.",
    "Người dân [[ấp 3|ấp 3|village]], [[xã Tân Nhựt|xã Tân Nhựt|commune]] phản ánh.",
    "Tổ tự quản [[khu phố 5|khu phố 5|village]] họp hằng tháng.",
    "Ban công tác Mặt trận [[tổ dân phố số 2|tổ dân phố số 2|village]] giám sát công trình.",
    "[[buôn Ea Tu|buôn Ea Tu|village]] có nhà sinh hoạt cộng đồng.",
    "Hộ nghèo ở [[khóm Mỹ Thới 2|khóm Mỹ Thới 2|village]] được hỗ trợ.",
    "Chi bộ [[xóm Chùa|xóm Chùa|village]] sinh hoạt định kỳ.",
    "Nhà văn hóa [[tiểu khu 6|tiểu khu 6|village]] xuống cấp.",
    "Công an [[xã Hội An|xã Hội An|commune]] lập biên bản.",
    "Trạm Y tế [[xã Giao An|xã Giao An|commune]] thiếu thuốc.",
    "Trung tâm Phục vụ hành chính công [[xã Yên Lãng|xã Yên Lãng|commune]] vận hành ổn định.",
    "Kho bạc Nhà nước [[huyện Ia Grai|huyện Ia Grai|district]] đối chiếu số liệu.",
    "Kiểm lâm [[huyện Ea H'leo|huyện Ea H'leo|district]] tuần tra rừng.",
    "Đoàn đến [[huyện Đắk R'Lấp|huyện Đắk R'Lấp|district]] vào tuần trước.",
    "UBND [[huyện Cư M'gar|huyện Cư M'gar|district]] chậm báo cáo.",
    "Dân [[xã Y Tý|xã Y Tý|commune]] nhận quà Tết.",
    "Thanh tra [[huyện Krông Pắc|huyện Krông Pắc|district]] vào cuộc.",
    "UBND [[xã Phú Hòa Khê|xã Phú Hòa Khê|commune]] đã sáp nhập từ lâu.",
    "Chủ tịch UBND [[xã Tân Thạnh|xã Tân Thạnh|commune]] Nguyễn Văn An trả lời cử tri.",
    "Bí thư [[Thành phố Hồ Chí Minh|thành phố Hồ Chí Minh|province]] Trần Văn Bảy dự họp.",
    "Quyền Chủ tịch [[huyện Trần Văn Thời|huyện Trần Văn Thời|district]] báo cáo.",
    "Kiểm tra tại [[xã Sơn Kim 1|xã Sơn Kim 1|commune]] và [[xã Vĩnh Lộc A|xã Vĩnh Lộc A|commune]].",
    "Tại [[thị trấn Nông trường Việt Lâm|thị trấn Nông trường Việt Lâm|commune]], hồ sơ được số hóa.",
    "Ở [[tỉnh Hà Tây|tỉnh Hà Tây|province]] trước đây, việc này làm thủ công.",
    "Trưởng [[thôn Đoàn Kết|thôn Đoàn Kết|village]] thu tiền không biên lai.",
    "UBND [[huyện đảo Lý Sơn|huyện Lý Sơn|district]] kiến nghị hỗ trợ.",
    "Đảng ủy [[xã Lê Lợi|xã Lê Lợi|commune]] kiểm điểm tập thể.",
]

ABBREVIATED = [
    "Sở Y tế [[TP.HCM|thành phố Hồ Chí Minh|province]] thanh tra 12 cơ sở.",
    "Cục Thuế [[TP Hồ Chí Minh|thành phố Hồ Chí Minh|province]] cưỡng chế nợ.",
    "HĐND [[Tp. HCM|thành phố Hồ Chí Minh|province]] chất vấn.",
    "Chánh Thanh tra [[TP HCM|thành phố Hồ Chí Minh|province]] Nguyễn Thị Lan ký kết luận.",
    "Chủ tịch [[TPHCM|thành phố Hồ Chí Minh|province]] Trần Văn Tám dự họp.",
    "UBND [[TPHCM|thành phố Hồ Chí Minh|province]] giao các sở rà soát.",
    "Viện KSND [[TP. Cần Thơ|thành phố Cần Thơ|province]] nhận hồ sơ.",
    "UBND [[TP.Thủ Đức|thành phố Thủ Đức|district]] chậm trả kết quả.",
    "Công an [[T.P Đà Lạt|thành phố Đà Lạt|district]] phối hợp.",
    "UBND [[TX. Bình Minh|thị xã Bình Minh|district]] họp báo.",
    "UBND [[tx Ngã Năm|thị xã Ngã Năm|district]] tiếp công dân.",
    "UBND [[TT. Trà Ôn|thị trấn Trà Ôn|commune]] xin lỗi người dân.",
    "Đội Quản lý trật tự đô thị [[H. Củ Chi|huyện Củ Chi|district]] bị phê bình.",
    "Nhà dân ở [[P. Bến Nghé|phường Bến Nghé|commune]], [[Q.1|quận 1|district]] bị thu hồi nhầm.",
    "Bà Hoa ngụ [[P.7|phường 7|commune]], [[Q. Bình Thạnh|quận Bình Thạnh|district]], "
    "[[TP.HCM|thành phố Hồ Chí Minh|province]] khiếu nại.",
    "Đại diện [[KP.3|khu phố 3|village]] và [[TDP 12|tổ dân phố 12|village]] có mặt.",
    "Hồ sơ từ [[TP Huế|thành phố Huế|district]] gửi lên năm 2019.",
    "Hồ sơ từ [[TP Huế|thành phố Huế|province]] gửi lên năm 2025.",
]

SPELLINGS = [
    "Đoàn làm việc với [[tỉnh Đắc Lắc|tỉnh Đắk Lắk|province]].",
    "Sở Tư pháp [[Đăk Nông|tỉnh Đắk Nông|province]] báo cáo.",
    "UBND [[tỉnh Bà Rịa-Vũng Tàu|tỉnh Bà Rịa - Vũng Tàu|province]] chỉ đạo.",
    "UBND [[tỉnh Bà Rịa - Vũng Tàu|tỉnh Bà Rịa - Vũng Tàu|province]] chỉ đạo.",
    "UBND [[tỉnh Thừa Thiên – Huế|tỉnh Thừa Thiên Huế|province]] chỉ đạo.",
    "UBND [[tỉnh Thừa Thiên Huế|tỉnh Thừa Thiên Huế|province]] chỉ đạo.",
    "Thanh tra tại [[thành phố Phan Rang - Tháp Chàm|thành phố Phan Rang - Tháp Chàm|district]].",
    "Thanh tra tại [[thành phố Qui Nhơn|thành phố Quy Nhơn|district]].",
    "Thanh tra tại [[thành phố Buôn Mê Thuột|thành phố Buôn Ma Thuột|district]].",
    "UBND [[thành phố Tam Kì|thành phố Tam Kỳ|district]] đã tiếp thu.",
    "UBND [[tỉnh Điện Biện|tỉnh Điện Biên|province]] đã tiếp thu.",
    "Đoàn đến [[huyện Dak Glei|huyện Đắk Glei|district]] kiểm tra.",
    "UBND [[tỉnh Bắc Cạn|tỉnh Bắc Kạn|province]] đã tiếp thu.",
    "UBND [[tỉnh Hòa Bình|tỉnh Hòa Bình|province]] đã tiếp thu.",
    "Văn phòng tại [[Sài Gòn|thành phố Hồ Chí Minh|province]] đóng cửa.",
]

LISTS = [
    "Kiểm tra tại các [[xã Tân Mỹ|xã Tân Mỹ|commune]], [[Tân Phú|xã Tân Phú|commune]] và "
    "[[Tân Nhuận Đông|xã Tân Nhuận Đông|commune]] trong quý I.",
    "Hai [[huyện Lấp Vò|huyện Lấp Vò|district]] và [[Lai Vung|huyện Lai Vung|district]] đạt điểm cao.",
    "Các tỉnh, thành phố: [[Hà Nội|thành phố Hà Nội|province]], [[Hải Dương|tỉnh Hải Dương|province]], "
    "[[TP.HCM|thành phố Hồ Chí Minh|province]] bị nhắc nhở.",
    "Giám sát tại 03 [[xã Hòa Lợi|xã Hòa Lợi|commune]], [[Hòa Minh|xã Hòa Minh|commune]], "
    "[[Long Hòa|xã Long Hòa|commune]], [[huyện Châu Thành|huyện Châu Thành|district]].",
    "Các [[quận 1|quận 1|district]], [[3|quận 3|district]], [[5|quận 5|district]] và "
    "[[10|quận 10|district]] chưa báo cáo.",
    "Ở các [[tỉnh Sơn La|tỉnh Sơn La|province]], [[Điện Biên|tỉnh Điện Biên|province]] và "
    "[[Lai Châu|tỉnh Lai Châu|province]], tỷ lệ còn thấp.",
    "Đơn vị dẫn đầu là [[huyện Tháp Mười|huyện Tháp Mười|district]] và [[Tam Nông|huyện Tam Nông|district]].",
    "Đoàn kiểm tra hai [[thôn Trung|thôn Trung|village]] và [[Thượng|thôn Thượng|village]].",
    "Đảng ủy [[phường 1|phường 1|commune]], [[2|phường 2|commune]] và [[3|phường 3|commune]].",
    "Các xã gồm: [[Mỹ An|xã Mỹ An|commune]], [[Mỹ Đông|xã Mỹ Đông|commune]]; [[Láng Biển|xã Láng Biển|commune]].",
    "Các [[huyện Ba Tri|huyện Ba Tri|district]] (tỉnh cũ), [[Giồng Trôm|huyện Giồng Trôm|district]] họp.",
]

HEADLINES = [
    "GIÁM SÁT CẢI CÁCH HÀNH CHÍNH TẠI [[HUYỆN LẬP THẠCH|huyện Lập Thạch|district]]\n\nSáng nay, đoàn đã họp.",
    "KIỂM TRA CÔNG VỤ [[XÃ ĐÔNG HẢI|xã Đông Hải|commune]] NĂM 2022\n\nĐoàn ghi nhận kết quả.",
    "GIÁM SÁT TẠI [[VĨNH TRẠCH|xã Vĩnh Trạch|commune]]\n\nHĐND huyện giám sát [[xã Vĩnh Trạch|xã Vĩnh Trạch|commune]].",
    "[[PHÚ YÊN|tỉnh Phú Yên|province]]: NHIỀU HỒ SƠ TRỄ HẸN\n\nSở Nội vụ vừa công bố.",
    "THANH TRA CÔNG VỤ, TIẾP CÔNG DÂN TẠI [[TP.HCM|thành phố Hồ Chí Minh|province]]\n\nKết luận nêu rõ.",
    "Giám sát tại [[huyện Hồng|huyện Hồng Ngự|district]]\n\nĐoàn đến "
    "[[huyện Hồng Ngự|huyện Hồng Ngự|district]] từ sáng sớm.",
    "[[Kon Tum|tỉnh Kon Tum|province]] chấn chỉnh kỷ luật công vụ",
]

BARE = [
    # units in the names of schools and companies, glued initials
    "Công ty Điện lực [[Ninh Thuận|tỉnh Ninh Thuận|province]] nhận lỗi.",
    "Bảng thông báo ở [[phường Phú Hậu|phường Phú Hậu|commune]] và Trường THCS [[Phú Hậu|phường Phú Hậu|commune]].",
    "Ủy ban MTTQ Việt Nam [[TPHCM|thành phố Hồ Chí Minh|province]] giám sát.",
    # units that nobody knows, cities by their initials, sloppy capitals
    "UBND [[tỉnh Đồng Lai|tỉnh Đồng Lai|province]] kiểm tra [[thành phố Bến Trúc|thành phố Bến Trúc|district]].",
    "Sở Y tế [[TP ĐN|thành phố Đà Nẵng|province]] và UBND [[TP.HCM|thành phố Hồ Chí Minh|province]] ký quy chế.",
    "Đường vào [[huyện Anh sơn|huyện Anh Sơn|district]] còn ngập.",
    "Quỹ của [[xã Vũ Hạc|xã Vũ Hạc|commune]] âm. Chủ tịch UBND [[xã Vũ Hạc|xã Vũ Hạc|commune]] giải trình.",
    "Kho thóc ở [[ấp Bà Trầm|ấp Bà Trầm|village]] đã mục.",
    "Nhà rông [[làng Kon Tum Kơ Nâm|làng Kon Tum Kơ Nâm|village]] và [[buôn B2|buôn B2|village]] được lợp lại.",
    # lists announced from afar
    "Hai huyện được chọn thêm là [[Tư Nghĩa|huyện Tư Nghĩa|district]] và [[Sơn Hà|huyện Sơn Hà|district]].",
    "Tổ đo đạc xuống 3 xã : [[Tân Lập|xã Tân Lập|commune]], [[Tân Tiến|xã Tân Tiến|commune]]"
    " và [[Tân Dân|xã Tân Dân|commune]].",
    # bare, in the province that the article names
    "Thanh tra [[tỉnh Hưng Yên|tỉnh Hưng Yên|province]] xuống [[huyện Tiên Lữ|huyện Tiên Lữ|district]] năm 2017."
    " Trong số các xã, [[Dị Chế|xã Dị Chế|commune]] nộp báo cáo muộn nhất.",
    "[[Bình Định|tỉnh Bình Định|province]] năm 2018: [[Hoài Ân|huyện Hoài Ân|district]] trả nợ lương.",
    "Công an [[phường Đội Cung|phường Đội Cung|commune]] trực đêm. Ở [[Đội Cung|phường Đội Cung|commune]] yên ắng.",
    "Hơn 300 hồ sơ trễ hẹn ở [[Quảng Nam|tỉnh Quảng Nam|province]].",
    "[[Cần Thơ|thành phố Cần Thơ|province]] công bố chỉ số hài lòng.",
    "Tại [[Hà Nội|thành phố Hà Nội|province]], Bộ Nội vụ họp báo.",
    "Thanh tra [[Đồng Tháp|tỉnh Đồng Tháp|province]] kiến nghị thu hồi.",
    "UBND [[Hà Nội|thành phố Hà Nội|province]] giao nhiệm vụ.",
    "Cục Thuế [[Hà Nội|thành phố Hà Nội|province]] nhận khuyết điểm.",
    "Tỉnh ủy [[Quảng Ninh|tỉnh Quảng Ninh|province]] kỷ luật ba cán bộ.",
    "Sở Tài nguyên và Môi trường [[Lâm Đồng|tỉnh Lâm Đồng|province]] giải trình.",
    "Chính phủ yêu cầu [[Bắc Giang|tỉnh Bắc Giang|province]] báo cáo.",
    "Bí thư [[Hà Nội|thành phố Hà Nội|province]] Nguyễn Văn Bình phát biểu.",
    "Đoàn đến [[xã Long Thuận|xã Long Thuận|commune]]. Sau đó [[Long Thuận|xã Long Thuận|commune]] báo cáo.",
    "Nhà máy đặt tại [[Hoàng Mai|quận Hoàng Mai|district]], [[Hà Nội|thành phố Hà Nội|province]].",
    "Ông sinh sống ở [[Nha Trang|thành phố Nha Trang|district]] từ nhỏ.",
    "Ba nơi đứng đầu là [[Hà Nội|thành phố Hà Nội|province]], "
    "[[Hồ Chí Minh|thành phố Hồ Chí Minh|province]], [[Đà Nẵng|thành phố Đà Nẵng|province]].",
    "So với [[Hải Dương|tỉnh Hải Dương|province]], [[TP Hải Dương|thành phố Hải Dương|district]] làm tốt.",
    "Trong đó, [[Vĩnh Phúc|tỉnh Vĩnh Phúc|province]] và [[Hà Nam|tỉnh Hà Nam|province]] đạt trên 90%.",
    "Chủ tịch UBND [[Hà Nội|thành phố Hà Nội|province]] ký quyết định.",
    "Ngân hàng Nhà nước chi nhánh [[Bạc Liêu|tỉnh Bạc Liêu|province]] báo cáo.",
    "Huyện ủy [[Yên Châu|huyện Yên Châu|district]] và Thành ủy [[Vinh|thành phố Vinh|district]] kiểm tra.",
    "Thành ủy [[Hải Phòng|thành phố Hải Phòng|province]] giám sát chuyên đề.",
    "Kết luận thanh tra tại [[Ba Vì|huyện Ba Vì|district]], [[Sóc Sơn|huyện Sóc Sơn|district]] đã có.",
    "Đoàn đến [[xã Mỹ Hiệp|xã Mỹ Hiệp|commune]] ([[Lấp Vò|huyện Lấp Vò|district]]) chiều nay.",
    "[[Phú Quốc|thành phố Phú Quốc|district]] ([[Kiên Giang|tỉnh Kiên Giang|province]]) xử lý vi phạm.",
    "Tỉnh Đoàn [[Cà Mau|tỉnh Cà Mau|province]] tổ chức diễn đàn.",
]

NONE = [
    "Bí thư Đảng ủy phường Dư Thanh Trúc mong tỉnh sớm bổ sung.",
    "Chủ tịch HĐND huyện Tiêu Viết Hòa cùng dự.",
    "Trưởng buôn Y Hồ Êban mong huyện làm đường.",
    "Công ty Xây dựng Hòa Bình trúng thầu.",
    "Bí thư Đảng ủy xã Hồ Văn Dẻo nhận lỗi.",
    "Chủ tịch UBND tỉnh Lâm Tấn Mẫn và Chủ tịch UBND huyện A Thún dự họp.",
    "Đoàn của tỉnh Luông Pha Băng thăm thành phố Nam Ninh.",
    "Dân quận Mễ Lâm, tỉnh Phúc Kiến biểu tình.",
    "Thành phố Thông minh là tên một đề án.",
    "Chị Dị Chế bán bánh ở cổng trường.",
    "Các xã, thị trấn đã rà soát thủ tục.",
    "Thị trấn đã niêm yết công khai, huyện kiểm tra định kỳ.",
    "UBND xã Nguyễn Văn An ký giấy mời.",
    "Tình hình kinh tế - xã hội tiếp tục ổn định.",
    "CHỈ ĐẠO PHÁT TRIỂN KINH TẾ - XÃ HỘI AN TOÀN",
    "Tuyến Tỉnh lộ 8 và Quốc lộ 1A đang thi công.",
    "Huyện ủy và Tỉnh đoàn phối hợp tổ chức.",
    "Đề án xây dựng thành phố thông minh và Thành phố Thông minh được duyệt.",
    "Bản thân ông đã nộp bản kê khai tài sản.",
    "Đoàn Thanh niên Cộng sản Hồ Chí Minh phát động phong trào.",
    "Học tập tư tưởng, đạo đức, phong cách Hồ Chí Minh là việc thường xuyên.",
    "Chủ tịch Hồ Chí Minh từng căn dặn cán bộ.",
    "Ông Nguyễn Hà Nam được bổ nhiệm.",
    "Bà Trần Thái Bình nghỉ hưu.",
    "Ông Hà Nam và bà Hòa Bình đã vắng mặt.",
    "Hồ sơ của Trường Đại học Cần Thơ được thẩm định.",
    "Bệnh viện Chợ Rẫy mua sắm sai quy định.",
    "Xe rẽ vào đường Hà Nội rồi qua cầu Cần Thơ.",
    "Theo Báo Hà Nội Mới, việc này kéo dài.",
    "Ngân hàng Nhà nước Việt Nam ban hành thông tư.",
    "Làng nghề và tổ chức đoàn thể được hỗ trợ.",
    "Ba tổ công tác của Thủ tướng đã lên đường.",
    "Các nước ven Thái Bình Dương cùng ký kết.",
    "Các quận/huyện chưa nộp báo cáo.",
    "Hoà bình và phát triển là mong muốn chung.",
    "Việt Nam, Lào và Campuchia cùng tham dự.",
    "Cơ chế một cửa tại xã Đoàn kiểm tra chưa đánh giá.",
    "Ảnh: Thái Bình",
    "Thông tư số 01/2021/TT-BNV có hiệu lực.",
    "Xây dựng xã Nông thôn mới kiểu mẫu.",
    "Bản Kết luận gồm 12 trang.",
    "Tổ 3 người đi khảo sát thực tế.",
    "Phường Đội trưởng vắng mặt.",
    "Chủ tịch xã Lê Lợi Hùng trả lời báo chí.",
    "Bí thư Huyện ủy Nguyễn Văn An kết luận.",
    "Đại diện xã Hội Nông dân đến dự.",
    "Thông tấn xã Việt Nam đưa tin.",
    "Nhà số 5 phố Xã Đàn bị phạt.",
    "Báo Tiền Phong đã nêu vụ việc.",
]


@pytest.mark.parametrize("marked", TYPED + ABBREVIATED + SPELLINGS + LISTS + HEADLINES + BARE)
def test_found(marked: str) -> None:
    text, marks = unmark(marked)
    analysis = analyse(text, "places")
    found = [(analysis.text[p.start : p.end], p.name, p.level) for p in analysis.places]
    expected = [(mark.text.replace("–", "-"), *mark.fields) for mark in marks]
    assert found == expected


@pytest.mark.parametrize("text", NONE)
def test_nothing_found(text: str) -> None:
    analysis = analyse(text, "places")
    assert [(p.name, p.rule) for p in analysis.places] == []


def test_gazetteer_holds_both_systems() -> None:
    levels = gazetteer()
    assert len(levels["province"]) >= 63 + 1
    assert len(levels["district"]) >= 690
    assert len(levels["commune"]) >= 8000
    assert lookup("province", "đắk lắk") is not None
    assert lookup("commune", "phú quốc") is not None


def test_names() -> None:
    text = "Ông Nguyễn Văn An ở huyện M'Đrắk, UBND Hà Nội."
    assert [text[r.start : r.end] for r in name_runs(text)] == ["Ông Nguyễn Văn An", "M'Đrắk", "UBND Hà Nội"]
    assert len(run_at(text, 4)) == 3
    assert run_at(text, 5) == ()
    assert title_case("ĐÔN PHONG") == "Đôn Phong"
    assert starts_like_person(["Nguyễn", "An"])
    assert not starts_like_person(["Nguyễn"])


WORDS = """xã huyện TP. TP.HCM Tân Mỹ , và các hai : P. 7 Q. Hà Nội TẠI XÃ ĐÔNG ( ) - thôn số 2 Nguyễn An . Huế"""
PIECES = st.sampled_from([*WORDS.split(" "), "\n"])


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200))
def test_any_text(text: str) -> None:
    analysis = analyse(text, "places")
    end = 0
    for place in analysis.places:
        assert end <= place.start < place.end <= len(analysis.text)
        assert analysis.in_body(place.start, place.end)
        assert 0 <= place.confidence <= 1
        assert place.name.split(" ")[0]
        end = place.end
    assert analyse(text, "places").places == analysis.places
