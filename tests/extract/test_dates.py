"""Dates: marked sentences `[[span|value]]`; those of `PUBLISHED` are read as if printed on that day."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_nlp.analysis import Date, Span
from cchc_nlp.extract import dates
from cchc_nlp.extract.dates.values import Interval, Moment
from tests.helpers import analyse
from tests.markup import unmark

# Values that the sentence itself gives.
SELF_CONTAINED = """
[[Ngày 10/5/2019|2019-05-10]], Đoàn kiểm tra số 2 đến làm việc tại xã.
Buổi làm việc diễn ra [[10-5-2019|2019-05-10]] tại trụ sở.
Thông báo lập [[ngày 10.5.2019|2019-05-10]] nêu rõ ba tồn tại.
Báo cáo ghi [[25 - 11 - 2021|2021-11-25]] là ngày chốt số liệu.
Kết luận ký [[ngày 10 tháng 5 năm 2019|2019-05-10]] đã được công khai.
Hà Nội, [[ngày 05 tháng 07 năm 2024|2024-07-05]]
Tờ trình [[ngày 9 tháng 6, năm 2022|2022-06-09]] được giữ nguyên.
Biên bản [[ngày 9 tháng 6/2022|2022-06-09]] có đủ chữ ký.
Lễ ra quân [[ngày mùng 3 tháng 3 năm 2020|2020-03-03]] có đông người dự.
[[Mồng 2/9/2020|2020-09-02]], cơ quan vẫn trực.
Đoàn làm việc [[sáng 30/8/2023|2023-08-30TMO]] với phường.
Đoàn làm việc [[chiều ngày 21-3-2013|2013-03-21TAF]] với huyện.
Cuộc họp [[tối 5/6/2022|2022-06-05TEV]] kéo dài hai tiếng.
Cuộc họp [[trưa 5/6/2022|2022-06-05TMI]] bàn về bữa ăn bán trú.
Tổ công tác tuần tra [[đêm 5/6/2022|2022-06-05TNI]] tại chợ đầu mối.
[[Rạng sáng ngày 7/10/2020|2020-10-07TMO]], nước đã rút.
[[Buổi chiều ngày 14/4/2022|2022-04-14TAF]], đoàn kiểm tra hồ sơ lưu.
Thứ Hai, [[6/2/2017|2017-02-06]], chi cục mở lại cửa.
Phiên họp thứ Năm ([[9/11/2017|2017-11-09]]) bàn về đầu tư công.
Thanh tra sở hôm [[26/8/2025|2025-08-26]] báo cáo lãnh đạo.
Quyết định số 118/QĐ-SNV [[ngày 12/10/2021|2021-10-12]] có hiệu lực ngay.
Báo cáo lập [[ngày 5/7-2021|2021-07-05]] còn sơ sài.
Văn bản [[ngày 5/7 năm 2021|2021-07-05]] đã thay thế.
Hồ sơ tiếp nhận [[ngày 5/7/21|2021-07-05]] trả trễ hai ngày.
Bản ghi hệ thống [[2021-10-15|2021-10-15]] không có lỗi.
Lúc [[08h30 ngày 5/7/2021|2021-07-05T08:30]], tổ công tác có mặt.
Lúc [[14 giờ 30 phút ngày 5/7/2021|2021-07-05T14:30]], tổ công tác rời trụ sở.
Khoảng [[2 giờ chiều 5/7/2021|2021-07-05T14:00]], bộ phận một cửa đóng cửa.
Từ [[7:45, ngày 5/7/2021|2021-07-05T07:45]] công dân đã xếp hàng.
Cập nhật [[03/12/2021 5:48 CH|2021-12-03T17:48]]
Cập nhật [[20/10/2021 10:27 SA|2021-10-20T10:27]]
Ngày đăng [[30/08/2023 | 13:30|2023-08-30T13:30]]
Cập nhật [[23/03/2013 07:57:48|2013-03-23T07:57:48]]
Gửi lúc [[15/10/2024, 09:05|2024-10-15T09:05]]
Kết quả [[tháng 6/2023|2023-06]] cao hơn chỉ tiêu.
Việc rà soát phải xong trong [[tháng 8-2015|2015-08]].
Hết [[tháng 6 năm 2023|2023-06]], tỷ lệ trả hồ sơ đúng hạn đạt 97%.
Hội nghị [[tháng Sáu năm 2023|2023-06]] đã quán triệt việc này.
Kỳ họp [[tháng Mười Hai năm 2023|2023-12]] thông qua nghị quyết.
Đầu [[tháng Năm/2023|2023-05]], huyện kiểm tra đột xuất.
Các xã báo cáo trước [[tháng 10.2021|2021-10]].
Chỉ số [[quý II/2022|2022-Q2]] giảm nhẹ.
Công tác [[quý 4 năm 2018|2018-Q4]] còn chậm.
Nhiệm vụ [[quý ba năm 2018|2018-Q3]] đã giao.
Báo cáo [[quý I-2020|2020-Q1]] gửi muộn.
Việc giải tỏa xong trong [[quí III-2008|2008-Q3]], chợ tạm dời đi [[quí 4/2008|2008-Q4]].
Kết luận ký [[ngày 22/3/2021|2021-03-22]] buộc bến xe khắc phục trước [[10/4|2021-04-10]].
[[6 tháng đầu năm 2023|2023-H1]], xã giải quyết xong 512 hồ sơ.
[[Sáu tháng đầu năm 2023|2023-H1]] có ba cuộc thanh tra.
Nhiệm vụ trọng tâm [[6 tháng cuối năm 2023|2023-H2]] gồm bốn nhóm.
Trong [[nửa đầu năm 2024|2024-H1]], phòng tiếp 40 lượt công dân.
[[9 tháng đầu năm 2021|2021-01/2021-09]], thu ngân sách đạt dự toán.
Kết quả [[9 tháng năm 2021|2021-01/2021-09]] được công bố.
Số liệu [[10 tháng đầu năm 2022|2022-01/2022-10]] chưa khớp.
Kế hoạch [[3 tháng cuối năm 2022|2022-10/2022-12]] đã ban hành.
Chương trình giai đoạn [[2011 - 2020|2011/2020]] khép lại.
Đại hội nhiệm kỳ [[2020-2025|2020/2025]] thành công.
Kế hoạch 5 năm [[2016-2020|2016/2020]] đạt kết quả khá.
Đề án giai đoạn [[năm 2019-2021|2019/2021]] được gia hạn.
[[Năm học 2022-2023|2022/2023]], ngành thiếu 300 giáo viên.
Kiểm tra việc dạy thêm [[năm học 2023 - 2024|2023/2024]] tại ba trường.
[[Từ 30/10 đến 19/11/2020|2020-10-30/2020-11-19]], đoàn làm việc với bảy phường.
[[Từ ngày 3 đến ngày 7/8/2020|2020-08-03/2020-08-07]], đoàn kiểm tra thực tế.
Đợt kiểm tra kéo dài [[từ 3 đến 7/8/2020|2020-08-03/2020-08-07]].
Số liệu tính [[từ ngày 1-1 đến 25-12-2017|2017-01-01/2017-12-25]] cho thấy điều đó.
Hồ sơ phát sinh [[từ ngày 15/12 đến 15/3/2021|2020-12-15/2021-03-15]] được rà lại.
Tính [[từ năm 2022 đến hết tháng 6/2023|2022/2023-06]], xã ban hành 14 văn bản.
Thời kỳ thanh tra [[từ ngày 01/01/2019 đến hết ngày 31/12/2021|2019-01-01/2021-12-31]].
Thời kỳ kiểm toán [[từ năm 2018 tới năm 2020|2018/2020]].
Vi phạm xảy ra [[từ tháng 3 đến tháng 9/2022|2022-03/2022-09]] tại chi cục.
Vi phạm xảy ra [[từ tháng 3/2021 đến tháng 9/2022|2021-03/2022-09]] tại chi cục.
Số thu [[từ quý I đến quý III/2022|2022-Q1/2022-Q3]] giảm dần.
Vụ việc kéo dài [[từ cuối năm 2020 đến tháng 4/2021|2020/2021-04]].
Từ [[năm 2016|2016]] đến nay, huyện không có đơn vượt cấp.
Kể từ [[ngày 1/7/2025|2025-07-01]], chính quyền hai cấp đi vào hoạt động.
Đợt cao điểm ([[10/4 - 20/5/2023|2023-04-10/2023-05-20]]) xử lý 30 cơ sở.
Lớp tập huấn [[ngày 4-5/10/2021|2021-10-04/2021-10-05]] có 80 học viên.
Số liệu [[tháng 1-6/2023|2023-01/2023-06]] do chi cục cung cấp.
Đoàn làm việc [[ngày 5|2022-07-05]] và [[6/7/2022|2022-07-06]] tại hai xã.
Trong các [[ngày 3|2021-08-03]], [[4|2021-08-04]] và [[5/8/2021|2021-08-05]], đoàn kiểm tra đột xuất.
Hai buổi [[ngày 30/4|2022-04-30]] và [[1/5/2022|2022-05-01]] vẫn có người trực.
Trong 2 ngày [[5 và 6/7/2022|2022-07-05/2022-07-06]], thanh tra sở kiểm tra hai đơn vị.
Các [[năm 2019|2019]], [[2020|2020]] và [[2021|2021]], đơn vị chậm quyết toán.
[[Tháng 5|2022-05]] và [[tháng 6/2022|2022-06]] không có hồ sơ trễ.
[[Tháng 5|2022-05]], [[6|2022-06]] và [[7/2022|2022-07]] không có hồ sơ trễ.
[[Quý I|2022-Q1]] và [[quý II/2022|2022-Q2]] đều đạt.
[[Quý I|2022-Q1]], [[II năm 2022|2022-Q2]] đều đạt.
[[Năm 2023|2023]], tỉnh đứng hạng 12.
So với cùng kỳ [[năm 2022|2022]], số đơn giảm một nửa.
Đầu [[năm 2023|2023]], xã kiện toàn tổ một cửa; cuối [[năm 2022|2022]] chưa làm được.
Việc nghỉ Tết Nguyên đán [[năm 2019|2019]] được chấp hành.
PAR INDEX [[2012|2012]]: nhiều bộ tụt hạng
Kết quả xếp hạng chỉ số cải cách hành chính [[2023|2023]]
Chỉ số [[2023|2023]] do Sở Nội vụ công bố.
Luật Đất đai [[2013|2013]] và Luật Đầu tư công [[2019|2019]] quy định khác nhau.
Quyết toán niên độ [[2020|2020]] chậm ba tháng.
Thực hiện Nghị định 61/2018/NĐ-CP [[ngày 23/4/2018|2018-04-23]] của Chính phủ.
Tầm nhìn [[2045|2045]] đã được xác định.
Đại hội dự kiến tổ chức từ [[5/2020|2020-05]].
[[Từ 5/2016 đến 5/2021|2016-05/2021-05]], ông giữ chức chủ tịch xã.
[[Năm 2021|2021]], huyện có 12/12 xã đạt chuẩn; [[năm 2022|2022]] giữ vững.
Căn cứ Kế hoạch số 12/KH-UBND [[ngày 15/01/2024|2024-01-15]], tổ kiểm tra làm việc ngay.
Quyết định ban hành [[ngày 29/2/2020|2020-02-29]] còn hiệu lực.
Ngân hàng [[năm 2023|2023]] và khách hàng [[tháng 6/2023|2023-06]] đều hài lòng.
Toàn thành phố [[năm 2017|2017]] còn 120 vụ; thành phố [[ngày 5/7/2017|2017-07-05]] họp bàn.
Đến thời điểm [[30-9-2018|2018-09-30]], dự án chưa quyết toán.
Cách mạng tháng Tám [[năm 1945|1945]] thành công.
Chỉ số PAPI [[2022|2022]] tăng hai bậc.
Cuộc thi tìm hiểu cải cách hành chính [[2024|2024]] đã khép lại.
Tập huấn chuyển đổi số [[ngày 2021-10-15|2021-10-15]].
Nửa đầu nhiệm kỳ [[2021-2026|2021/2026]], hội đồng tổ chức 12 cuộc giám sát.
(Bản tin) Chiều họp ngày nào cũng được, miễn trước [[ngày 12-10-2021|2021-10-12]]-BBT.
Nộp trước [[ngày 30 tháng 6|XXXX-06-30]] hằng năm, theo Quyết định [[năm 2021|2021]].
Trực từ [[7 giờ ngày 1/7/2024|2024-07-01T07:00]], nghỉ [[tối 2/7/2024|2024-07-02TEV]].
Thời hạn [[từ 8 giờ 00 ngày 01/7/2024 đến 17 giờ 00 ngày 05/7/2024|2024-07-01T08:00/2024-07-05T17:00]].
[[NĂM 2024|2024]], CẢ HUYỆN CHỈ CÓ MỘT XÃ ĐẠT LOẠI TỐT
KẾT QUẢ [[9 THÁNG NĂM 2021|2021-01/2021-09]]
"""

# Read as if printed on the day that heads the line.
PUBLISHED = """
2023-08-30 [[Sáng 30/8|2023-08-30TMO]], Hội đồng nhân dân xã giám sát bộ phận một cửa.
2023-08-30 [[Chiều ngày 21-3|2023-03-21TAF]], đoàn kết thúc đợt kiểm tra.
2023-08-30 Nhiệm vụ [[tháng 6 năm nay|2023-06]] đã xong.
2023-08-30 Nhiệm vụ [[tháng 6 năm ngoái|2022-06]] còn tồn đọng.
2023-08-30 Số đơn [[tháng Giêng|2023-01]] tăng, [[tháng Chạp|2022-12]] giảm.
2023-08-30 Kết quả [[quý I|2023-Q1]] thấp hơn [[quý II|2023-Q2]].
2023-08-30 [[6 tháng đầu năm|2023-H1]], không có hồ sơ trễ hạn.
2023-08-30 [[Sáu tháng đầu năm|2023-H1]], không có hồ sơ trễ hạn.
2023-12-05 [[11 tháng đầu năm nay|2023-01/2023-11]], huyện tiếp 210 lượt công dân.
2024-01-08 [[9 tháng đầu năm|2023-01/2023-09]], tỷ lệ giải ngân đạt 51%.
2024-01-03 [[Ngày 28/12|2023-12-28]], tỉnh công bố kết luận.
2023-11-20 Các xã phải nộp báo cáo trước [[ngày 15/1|2024-01-15]].
2023-03-01 Các xã phải khắc phục xong trước [[ngày 30/12|2023-12-30]].
2023-03-01 Chậm nhất đến hết [[ngày 31/10|2023-10-31]], sở phải báo cáo.
2023-03-01 Tính đến [[15/12|2022-12-15]], còn 7 hồ sơ quá hạn.
2023-08-30 [[Năm nay|2023]], chỉ số tăng ba bậc so với [[năm ngoái|2022]].
2023-08-30 Tăng 5% so với cùng kỳ [[năm trước|2022]].
2024-02-10 [[Năm 2022|2022]], xã xử lý 40 đơn, giảm so với [[năm trước|2021]].
2023-08-30 [[Hôm qua|2023-08-29]], đoàn làm việc; [[hôm nay|2023-08-30]] công bố kết quả.
2023-03-01 [[Hôm qua|2023-02-28]], đoàn kết thúc làm việc.
2023-08-30 [[Sáng nay|2023-08-30TMO]], huyện họp báo.
2023-08-30 [[Chiều qua|2023-08-29TAF]], huyện họp báo.
2023-08-30 [[Sáng nay (30/8)|2023-08-30TMO]], huyện họp báo.
2023-11-03 [[Tối qua (2/11)|2023-11-02TEV]] là buổi cuối.
2023-08-30 Kết quả [[10 tháng năm ngoái|2022-01/2022-10]] tốt hơn.
2023-08-30 [[Hôm nay, 30/8|2023-08-30]], huyện họp báo.
2023-08-30 Tuần trước, hôm kia tổ công tác xuống bản; năm sau và tuần sau còn đi.
2023-01-30 [[Tháng trước|2022-12]], tổ công tác xuống bản.
2023-01-30 [[Quý trước|2022-Q4]], phòng chậm báo cáo.
2023-08-30 Cuộc họp ([[20/5|2023-05-20]]) thống nhất chủ trương.
2023-08-30 Hôm [[5/7|2023-07-05]] tổ kiểm tra lập biên bản.
2023-08-30 Thứ Tư, [[5/7|2023-07-05]], tổ kiểm tra lập biên bản.
2023-08-30 Hệ thống dừng tiếp nhận từ [[1/7|2023-07-01]].
2023-08-30 [[20/7|2023-07-20]], xã nhận được đơn.
2023-08-30 [[Từ ngày 3 đến ngày 7/8|2023-08-03/2023-08-07]], đoàn kiểm tra năm thôn.
2023-01-20 [[Từ ngày 25/12 đến 5/1|2022-12-25/2023-01-05]], đoàn kiểm tra ba chợ.
2023-08-30 Trong hai ngày [[28 và 29/8|2023-08-28/2023-08-29]], đoàn ở lại xã.
2023-08-30 Dịp Quốc khánh [[2/9|2023-09-02]], các cơ quan treo cờ.
2023-08-30 Từ [[8 giờ ngày 28/8|2023-08-28T08:00]], trung tâm mở cửa trở lại.
2023-08-30 Công dân phản ánh [[ngày 5 tháng 7|2023-07-05]] về thái độ phục vụ.
2023-08-30 Hồ sơ nhận [[ngày 12/6 năm ngoái|2022-06-12]] vẫn chưa trả.
2023-08-30 [[Tháng 3|2023-03]] và [[tháng 4|2023-04]] không có đơn.
2023-08-30 Chợ họp [[ngày 12|2023-08-12]] và [[15/8|2023-08-15]].
2023-08-30 [[Sáng thứ hai 28-8|2023-08-28TMO]], bãi rác mở cửa muộn.
2023-08-30 [[Chiều thứ Sáu, ngày 25/8|2023-08-25TAF]], tổ đo lại mốc giới.
2023-08-30 Khoản thu sai phải hoàn trước [[ngày 15/12|2023-12-15]].
2023-08-30 Chủ đầu tư hứa từ [[tháng 12|2023-12]] sẽ thông xe.
2023-08-30 Đoàn xem kho [[ngày 16.8|2023-08-16]], hẹn bàn giao trước [[20.12|2023-12-20]].
2023-08-30 Bếp ăn đóng cửa hôm [[5-8|2023-08-05]] và mở lại từ [[28-8|2023-08-28]].
2023-08-30 Học sinh lớp 1 [[năm nay|2023]] tăng gấp rưỡi.
"""

# Resolved by the other dates of the text, or left open.
CONTEXT = """
[[Ngày 14/3/2022|2022-03-14]], đoàn công bố. Từ [[tháng này|2022-03]], biên bản phải soát lại.
[[Ngày 14/11/2022|2022-11-14]], đoàn công bố, yêu cầu xã khắc phục trước [[ngày 31/3|2023-03-31]].
Thời kỳ thanh tra là [[2015 - 2019|2015/2019]]. Hạn cuối là [[5/11|XXXX-11-05]].
[[Ngày 14-11-2016|2016-11-14]], đoàn công bố. [[Từ ngày 1-1 đến 5-11|2016-01-01/2016-11-05]], sở nhận 40 việc.
Kế hoạch [[năm 2013|2013]] đã ban hành. [[Ngày 21/3|2013-03-21]], đoàn kiểm tra.
Ngày hẹn là [[ngày 5/7|2021-07-05]], nhưng [[ngày 9/7/2021|2021-07-09]] mới trả.
[[Năm 2017|2017]] còn 1,38%, so với 2,82% của [[năm trước|2016]].
[[Ngày 15-11|XXXX-11-15]], sở mới có văn bản.
[[11 tháng đầu năm nay|XXXX-01/XXXX-11]], sở nhận 30 việc.
[[Sáng 30/8|XXXX-08-30TMO]], đoàn làm việc.
[[Quý III|XXXX-Q3]], xã không có đơn.
[[Ngày 29/2|XXXX-02-29]], xã không có đơn.
Theo Nghị định số 61/2018/NĐ-CP [[ngày 23/4/2018|2018-04-23]], [[sáng 6/9/2022|2022-09-06TMO]] đoàn bắt đầu. [[Ngày 9/9|2022-09-09]] kết thúc.
"""  # noqa: E501

NOTHING = """
Lương tháng 7,4 triệu đồng không đủ thuê nhà.
Tỷ lệ hồ sơ đúng hạn đạt 98% và 99,66%.
Dịch vụ công mức độ 3,4 chiếm đa số.
Dịch vụ công mức độ 3/4 và 4/4 được nâng cấp.
Áp dụng ISO 9001:2015 tại 12 đơn vị.
Áp dụng TCVN ISO 9001:2008 tại 12 đơn vị.
Kế hoạch số 05/KH-UBND chưa sát thực tế.
Nghị định 61/2018/NĐ-CP chưa được quán triệt.
Luật số 08/2022/QH15 có nhiều điểm mới.
Nghị quyết 01/2021 và Thông tư 02/2020 còn hiệu lực.
Toàn huyện có 15/15 xã hoàn thành.
Đạt 7/10 chỉ tiêu đề ra.
Khoảng 1/4 dân số chưa có nước sạch.
Tỷ lệ 2/3 là quá thấp.
Đến 3/4 số hộ đã ký cam kết.
Từ 2/3 đại biểu trở lên tán thành.
Trong 5/9 xã chưa có cán bộ chuyên trách.
Giá bán 2.500 đồng, thu 2015 hồ sơ.
Đường dây nóng 0912 345 678 và 1900 2025 luôn có người trực.
Thực hiện Đề án 06 tại cơ sở.
Trung tâm phục vụ 24/7.
Đoạn qua QL 1A, Km 12+500 xuống cấp.
Trụ sở ở số 12/5 đường Hoa Mai.
Huyện xếp thứ 3/63.
Hạng 12/30, tăng 2 bậc.
Thời gian tới và hàng năm, xã sẽ rà soát.
Những tháng đầu năm, xã gặp khó khăn.
Đầu tháng, cán bộ trực đủ; cuối năm thì thiếu.
Trả kết quả trong 5 ngày, chậm 3 tháng, có việc chậm ba tháng.
Trong 2 năm 6 tháng, dự án không có tiến triển.
Bị phạt 3 tháng 10 ngày tạm giữ.
Nhà dân trên đường 30/4 và đường 3-2 bị lấn chiếm.
Chợ nằm ở góc đường 3 tháng 2.
Tuyến phố Cách mạng Tháng Tám ngập nước.
Tuyến phố Cách mạng tháng 8 ngập nước.
Lễ mít tinh tại Quảng trường 2/4.
Trường mầm non 19/5 thiếu bếp ăn.
Giao ban mỗi tháng 2 lần, mỗi quý 1 lần, mỗi ngày 2 ca.
Ngày 31/2 và ngày 32/13 là ngày bịa.
5 năm trước và những năm trước, việc này đã nêu.
Nhiều năm sau, việc mới rõ.
Ba tháng sau khi khởi công, nhà thầu bỏ dở.
Đội bóng thắng 3-1, gỡ hòa 2-2.
Tăng từ 3-5 lần so với cùng kỳ.
Tiếp nhận từ 3 đến 5 hồ sơ.
Mã hồ sơ 2021.14.5 bị sai.
Họ tháng năm vất vả, ngày tháng dài.
Ngày thứ 6 xanh và ngày 5 lượt trực.
Điểm số 8.5/10 và 9/10 là cao.
Mỗi năm 2015 hồ sơ được tiếp nhận; mỗi tháng 3 đợt kiểm tra.
Chi phí từ 1,8-3,8 triệu đồng, cao từ 3 đến 5-6 lần.
Vào thập niên 1990 và những năm 1990, nơi này còn hoang vắng.
Đi cùng năm tháng, ngày qua ngày.
Qua 3 tháng 10 hồ sơ bị trả lại.
Lễ hội ngày 10 tháng 3 âm lịch do xã tổ chức.
Phiếu 05/2021-UBND và mẫu 2021-TTHC.
Phiên bản 2.0.1 của phần mềm một cửa.
"""


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


def found(text: str, published: str | None = None) -> list[tuple[str, str]]:
    analysis = analyse(text, "dates", published)
    return [(analysis.text[d.start : d.end], d.value) for d in analysis.dates]


def expected(marked: str) -> tuple[str, list[tuple[str, str]]]:
    # "30/08/2023 | 13:30" holds the bar that parts fields: the value is the last one
    text, marks = unmark(marked.replace(" | ", " ¦ "))
    return text.replace("¦", "|"), [(mark.text.replace("¦", "|"), mark.fields[-1]) for mark in marks]


@pytest.mark.parametrize("marked", lines(SELF_CONTAINED) + lines(CONTEXT))
def test_marked(marked: str) -> None:
    text, wanted = expected(marked)
    assert found(text) == wanted


@pytest.mark.parametrize("line", lines(PUBLISHED))
def test_against_publication(line: str) -> None:
    published, _, marked = line.partition(" ")
    text, wanted = expected(marked)
    assert found(text, published) == wanted


@pytest.mark.parametrize("text", lines(NOTHING))
def test_nothing(text: str) -> None:
    assert found(text, "2023-08-30") == []


@pytest.mark.parametrize(
    ("moment", "norm"),
    [
        (Moment(2019, 5, 10), "2019-05-10"),
        (Moment(2023, 8, 30, part="MO"), "2023-08-30TMO"),
        (Moment(2013, 3, 23, time="07:57:48", part="MO"), "2013-03-23T07:57:48"),
        (Moment(2023, quarter=1), "2023-Q1"),
        (Moment(half=2), "XXXX-H2"),
        (Moment(2023, week=4), "2023-W04"),
        (Moment(month=8), "XXXX-08"),
        (Moment(), "XXXX"),
        (Interval(Moment(2022), Moment(2023, 6)), "2022/2023-06"),
    ],
)
def test_norm(moment: Moment | Interval, norm: str) -> None:
    assert moment.norm == norm


def test_impossible_days() -> None:
    assert not Moment(2023, 2, 29).possible
    assert Moment(2024, 2, 29).possible
    assert Moment(None, 2, 29).possible
    assert not Interval(Moment(2023, 1, 1), Moment(2023, 6, 31)).possible


def on_page(text: str, body: str, published: tuple[str, str] | None = None) -> list[Date]:
    """Dates of a page whose article proper and own date are given."""
    analysis = analyse(text, "text")
    start = analysis.text.index(body)
    analysis.page.body = [Span(start, start + len(body))]
    analysis.page.published = analysis.page.published_span = None
    if published:
        printed, analysis.page.published = published
        begin = analysis.text.index(printed)
        analysis.page.published_span = Span(begin, begin + len(printed))
    return dates.find(analysis)


def test_the_pages_own_date_replaces_what_overlaps_it() -> None:
    body = "Sáng 12/4, tổ công tác kiểm tra ba phòng chuyên môn."
    found_dates = on_page(
        f"Tin tức\nNgày đăng 14/04/2022 | 08:15\n{body}", body, ("14/04/2022 | 08:15", "2022-04-14T08:15")
    )
    assert [(d.rule, d.value) for d in found_dates] == [
        ("dates.published", "2022-04-14T08:15"),
        ("dates.day_month", "2022-04-12TMO"),
    ]


def test_outside_the_body_only_the_source_document_counts() -> None:
    body = "Ngày 5/7/2021, đoàn làm việc với phường."
    page = (
        f"Hôm nay 1/1/2024\n{body}\n\nBáo cáo số 41/BC-TTr ngày 09/7/2021 của Thanh tra sở\n\n"
        "Tin khác\n\nCông bố kết quả năm 2022 (02/02/2023)\nKế hoạch số 7/KH-SNV ngày 03/3/2023"
    )
    assert [d.value for d in on_page(page, body)] == ["2021-07-05", "2021-07-09"]


def test_every_date_is_explained() -> None:
    for date in analyse("Ngày 5/7/2021 và quý I, từ tháng 3 đến tháng 5/2022, hôm qua.", "dates").dates:
        assert date.rule.startswith("dates.")
        assert 0 < date.confidence <= 1


WORDS = """
ngày tháng năm quý sáng chiều từ đến và - , / . : ( ) 1 2 5 10 12 30 31 2019 2023 5/7 10/5/2019 I IV đầu cuối
nay trước 6 lần xã hồ sơ % Năm Tám mùng h giờ phút | CH số đường nửa hôm qua
"""
_PIECES = st.sampled_from([" ", "\n", *WORDS.split()])


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=60).map(" ".join), st.lists(_PIECES).map("".join)))
def test_any_text(text: str) -> None:
    analysis = analyse(text, "dates")
    end = 0
    for date in analysis.dates:
        assert end <= date.start < date.end <= len(analysis.text)
        end = date.end
    assert analyse(text, "dates").dates == analysis.dates


@pytest.mark.parametrize(
    "unit",
    [
        "1, ",
        "từ 1 đến ",
        "ngày 5 và ",
        "5/7-",
        "2019 - ",
        "(" * 9,
        "từ ngày ",
        "tháng 6, ",
        "năm nay, ",
        "hôm qua (",
        "sẽ ",
    ],
)
def test_time_is_linear(unit: str) -> None:
    def cost(size: int) -> float:
        analysis = analyse("x", "text")
        hostile = type(analysis)(unit * size, unit * size, analysis.offsets)
        hostile.page.body = [Span(0, len(hostile.text))]
        assert hostile.hits is not None
        start = process_time()
        dates.find(hostile)
        return process_time() - start

    small = min(cost(1000) for _ in range(3))
    large = min(cost(4000) for _ in range(3))
    assert large < 10 * small + 0.01
