"""Bytes in, text out: Unicode, the old Vietnamese encodings, damage."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_nlp import lexicon
from cchc_nlp.text.decode import decode

PARAGRAPH = (
    "Ngày 12/5, Đoàn kiểm tra của Ủy ban nhân dân huyện Phú Lộc đã làm việc với xã Vĩnh Hưng về công tác "
    "cải cách hành chính 6 tháng đầu năm.\nTheo báo cáo, xã tiếp nhận 1.240 hồ sơ, giải quyết đúng hạn "
    "98,5%; vẫn còn 12 hồ sơ trễ hẹn. Bộ phận một cửa chưa niêm yết đủ thủ tục, việc xin lỗi người dân bằng "
    "văn bản chưa thực hiện nghiêm. Phó Chủ tịch Nguyễn Thị Ngọc Ánh yêu cầu khắc phục trước "
    "ngày 30/6; kỷ luật, kỷ cương phải được giữ vững."
)

# Bytes written by hand, from the published code charts.
LITERALS = [
    (b"Uy ban", "Uy ban", "utf-8"),
    (b"", "", "utf-8"),
    (b"\xc4\x90o\xc3\xa0n ki\xe1\xbb\x83m tra", "Đoàn kiểm tra", "utf-8"),
    (b"\xef\xbb\xbfx\xc3\xa3", "xã", "utf-8"),
    (b"\xff\xfe\x10\x01o\x00\xe0\x00n\x00", "Đoàn", "utf-16-le"),
    (b"\xfe\xff\x01\x10\x00o\x00\xe0\x00n", "Đoàn", "utf-16-be"),
    (b"\x10\x01o\x00\xe0\x00n\x00 \x00x\x00\xe3\x00", "Đoàn xã", "utf-16-le"),
    (b"\x01\x10\x00o\x00\xe0\x00n\x00 \x00x\x00\xe3", "Đoàn xã", "utf-16-be"),
    (b"\xff\xfe\x00\x00\x10\x01\x00\x00", "Đ", "utf-32-le"),
    # TCVN3: "Đoàn kiểm tra", "Ủy ban nhân dân tỉnh", "Quyết định về thủ tục hành chính"
    (b"\xa7o\xb5n ki\xd3m tra", "Đoàn kiểm tra", "tcvn3"),
    (b"U\xfb ban nh\xa9n d\xa9n t\xd8nh", "Uỷ ban nhân dân tỉnh", "tcvn3"),
    (b"Quy\xd5t \xae\xdenh v\xd2 th\xf1 t\xf4c h\xb5nh ch\xddnh",
     "Quyết định về thủ tục hành chính", "tcvn3"),
    (b"K\xd5 HO\xb9CH KI\xd3M TRA\nc\xf1a huy\xd6n", "KẾ HOẠCH KIỂM TRA\ncủa huyện", "tcvn3"),
    # VNI: "Ủy ban nhân dân", "Đoàn kiểm tra", "Sở Nội vụ được giao"
    (b"U\xfby ban nha\xe2n da\xe2n", "Ủy ban nhân dân", "vni"),
    (b"\xd1oa\xf8n kie\xe5m tra", "Đoàn kiểm tra", "vni"),
    (b"S\xf4\xfb No\xe4i vu\xef \xf1\xf6\xf4\xefc giao", "Sở Nội vụ được giao", "vni"),
    (b"U\xdbY BAN NHA\xc2N DA\xc2N THA\xd8NH PHO\xc1", "ỦY BAN NHÂN DÂN THÀNH PHỐ", "vni"),
    # windows-1258: base letters and combining marks
    (b"ki\xea\xd2m tra c\xf4ng vu\xf2 \xf0\xfd\xf5\xf2c giao",
     "kiê\u0309m tra công vu\u0323 đươ\u0323c giao", "windows-1258"),
    # No Vietnamese
    (b"Caf\xe9 d\xe9j\xe0 vu \xe0 l'h\xf4tel, tr\xe8s bient\xf4t",
     "Café déjà vu à l'hôtel, très bientôt", "windows-1252"),
    (b"El Ni\xf1o y la se\xf1ora Mu\xf1oz, ma\xf1ana", "El Niño y la señora Muñoz, mañana", "windows-1252"),
    (b"F\xfcr gr\xf6\xdfere M\xe4rkte", "Für größere Märkte", "windows-1252"),
    (b"C\xf4ng an x\xe3 \x93b\xe1o c\xe1o\x94", "Công an xã “báo cáo”", "windows-1252"),
    # Damage
    (b"\xc4\x90o\xc3\xa0n\xff ki\xe1\xbb\x83m tra", "Đoàn\ufffd kiểm tra", "utf-8"),
    (b"x\xc3\xa3 Ph\xc3\xba \x93An\x94", "xã Phú \ufffdAn\ufffd", "utf-8"),
    (b"bi\xe1\xba", "bi\ufffd", "utf-8"),
    (b"ho\xc3\xa0n th\xc3\xa0nh k\xe1\xba", "hoàn thành k\ufffd", "utf-8"),
    (b"x\xc3\xa3\x00Ph\xc3\xba", "xã\x00Phú", "utf-8"),
    (b"\x89PNG\r\n\x00\x00\x00\x0d\x01\x02\x03\x04\x05\x06\xff\xd8", None, "binary"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "text", "encoding"), LITERALS)
def test_bytes(data: bytes, text: str | None, encoding: str) -> None:
    decoded = decode(data)
    assert decoded.encoding == encoding
    if text is not None:
        assert decoded.text == text


UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_round_trip(encoding: str, form: str) -> None:
    text = unicodedata.normalize(form, PARAGRAPH)
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_old_encodings_round_trip(encoding: str) -> None:
    codes = {row["letter"]: bytes.fromhex(row["code"]) for row in lexicon.table("legacy_encodings")
             if row["encoding"] == encoding}  # fmt: skip
    # A capital accented letter is a font's affair in TCVN3, and capital bytes in VNI.
    for letter, code in list(codes.items()):
        capital = code.decode("latin-1").upper().encode("latin-1") if encoding == "vni" else code
        codes.setdefault(letter.upper(), capital)
    data = b"".join(codes.get(char, char.encode("ascii", "replace")) for char in PARAGRAPH)
    expected = PARAGRAPH if encoding == "vni" else PARAGRAPH.replace("Ánh", "ánh").replace("Ủy", "ủy")
    assert decode(data) == (expected, encoding)


def test_windows_1258_round_trip() -> None:
    marks = "\u0300\u0301\u0303\u0309\u0323"
    pieces = []
    for char in PARAGRAPH:
        letters = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(c for c in letters if c not in marks))
        pieces.append(base + "".join(c for c in letters if c in marks))
    text = "".join(pieces)
    assert decode(text.encode("cp1258")) == (text, "windows-1258")


def test_single_bad_bytes_leave_an_article_in_utf8() -> None:
    data = bytearray(PARAGRAPH.encode())
    for position in (20, 90, 200):
        data[position:position] = b"\xa0"
    decoded = decode(bytes(data))
    assert decoded.encoding == "utf-8"
    assert decoded.text.replace("\ufffd", "").count("hồ sơ") == PARAGRAPH.count("hồ sơ")


@given(st.binary(max_size=300))
def test_never_raises(data: bytes) -> None:
    text, encoding = decode(data)
    assert isinstance(text, str)
    assert encoding


@given(st.text(alphabet="aăâđêơưáàảãạủộỹ ỨĐÂ.,\n", min_size=1), st.integers(0, 6))
def test_cut_utf8_stays_utf8(text: str, cut: int) -> None:
    data = ("Đơn vị " + text).encode()
    assert decode(data[: len(data) - cut]).encoding == "utf-8"
