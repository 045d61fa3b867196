"""The clean text, and the way back from it: every clean character leads to the source it came from."""

from __future__ import annotations

import re
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_nlp.text.normalise import clean, describe, normalise

ARTICLE = (
    "Kết luận thanh tra về công tác quản lý đất đai\n"
    "Sáng 14/9, Đoàn thanh tra của Sở Tài nguyên và Môi trường đã công bố kết luận tại Ủy ban nhân dân "
    "xã Hòa Thịnh. Xã đã niêm yết đủ 112/112 thủ tục; giải quyết đúng hạn 97,4% hồ sơ, song còn 38 hồ sơ "
    "quá hạn.\n"
    "Theo ông Nguyễn Văn Khỏe - Trưởng đoàn, “nguyên nhân là do thiếu công chức”. Huyện ủy yêu cầu khắc phục "
    "trước ngày 30/11, báo cáo quý IV; "
    "chưa rõ trách nhiệm của bà Đỗ Thị Thúy thì tiếp tục làm rõ."
)

UNCHANGED = [
    "",
    "Ủy ban nhân dân xã Hòa Bình",
    "quý II, quỹ đất, kỷ luật, quỳ gối, quỷ, QUÝ III",
    "toán, hoàn thành, thuyền, khoản, thoát, hoạch, huỳnh, khuỷu, xoáy, ngoài, khoẻo",
    "hòa, khỏe, ủy, thúy, loa, tòa, HÒA, ỦY, của, mùa, lúa, ngía, nghĩa, giữa, già, gì, qua, quà",
    "“Một cửa”, 'nhanh' ‘gọn’ … • 5 m² 30°C ½ §2 © 2024 ±3 × 4 ÷ 2",
    "a\n\nb\n",
    "«Phường Xá»: PHƯỜNG XÃ” và XÃ… của CỤM XÃ “Tân Phú”",
    "Café déjà vu, El Niño, Müller, señora Muñoz",
    "Công an xã",
    "nhân dân",
    "5 < 7 & 8 > 3; R&D; AT&T; a<b, x>y <Nguyễn>",
    "Пушкин писал: он не был в Москве",
    "Η Ελλάδα και οι άνθρωποι",
    "hệ số α = 0,05, β, χ² và Δt, 5 μm",
    "日本語 한국어 ไทย",
    "СССР",
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_clean_text_stays(text: str) -> None:
    assert normalise(text)[0] == text
    assert normalise(text)[1].to_source(0, len(text)) == (0, len(text))


CHANGED = [
    # tone marks
    ("hoà bình, uỷ ban, khoẻ, thuý, doạ, loà xoà, tuỳ", "hòa bình, ủy ban, khỏe, thúy, dọa, lòa xòa, tùy"),
    ("HOÀ BÌNH, UỶ BAN, Uỷ ban, Hoá, KHOẺ, Thuỵ", "HÒA BÌNH, ỦY BAN, Ủy ban, Hóa, KHỎE, Thụy"),
    ("hòan thành, Đòan, ngòai, tóan, khỏan, HÙYNH, xóay",
     "hoàn thành, Đoàn, ngoài, toán, khoản, HUỲNH, xoáy"),
    ("qúy, qủa, Qúa, gíao viên, gỉa", "quý, quả, Quá, giáo viên, giả"),
    # blanks and lines
    ("xã\xa0Tân  Phú \t đã\u2003làm\u202fviệc", "xã Tân Phú đã làm việc"),
    ("  đầu \n cuối  \xa0\n", "đầu\ncuối\n"),
    ("a\r\nb\rc\u2028d\u2029e\x0cf\x0bg\x85h", "a\nb\nc\nd\ne\nf\ng\nh"),
    ("a \r\n \r\n b", "a\n\nb"),
    # characters that do not show
    ("\ufeffỦy\u200b ban nh\xadân\u2060 dân\u200e", "Ủy ban nhân dân"),
    ("xã \u200b Tân\x00 Phú\x08 \u202aA\u202c", "xã Tân Phú A"),
    ("a\ud800b", "a\ufffdb"),
    # dashes, full width, look-alikes
    ("2016 – 2021 — A‑B ‒ C ― D − E ‐ F", "2016 - 2021 - A-B - C - D - E - F"),
    ("ＵＢＮＤ　ｘã　（１２％）", "UBND xã (12%)"),
    ("Ðoàn Ðại biểu, ðất", "Đoàn Đại biểu, đất"),
    ("Ủу bаn nhân dân хã Tân Рhú", "Ủy ban nhân dân xã Tân Phú"),
    ("UΒΝD tỉnh Νam Định, ο Ο", "UBND tỉnh Nam Định, o O"),
    ("ông А và bà Т", "ông A và bà T"),
    ("хã của Пушкин", "xã của Пушкин"),
    ("İSO, I\u0307", "ISO, I"),
    ("𝗨𝗕𝗡𝗗 𝘅𝗮̃", "UBND xã"),
    ("\uf0b7 Một", "• Một"),
    ("Lǎng", "Lăng"),
    # letters in pieces
    ("Đoa\u0300n kiê\u0309m tra, u\u031b\u0309, o\u0302\u0323", "Đoàn kiểm tra, ử, ộ"),
    ("hoa\u0300, uy\u0309 ban, ta\u0301\u0302t, e\u0323\u0302", "hòa, ủy ban, tất, ệ"),
    ("\u1ee7y \u212a", "ủy K"),
    # UTF-8 read as windows-1252 or Latin-1
    ("Ä‘á»“ng chÃ\xad", "đồng chí"),
    ("á»§y ban nhÃ¢n dÃ¢n", "ủy ban nhân dân"),
    ("Ä\x91á»\x93ng ch\xc3\xad", "đồng chí"),
    ("Ä\x90oÃ\xa0n kiá»ƒm tra â€œmá»™t cá»\xadaâ€\x9d", "Đoàn kiểm tra “một cửa”"),
    ("Ä\x90oÃ n lÃ  xÃ£ Ä‘Ã³", "Đoàn là xã đó"),
    ("Äáº¡i há»™i, hÃ nh chÃnh", "Đại hội, hành chính"),
    ("Ä\ufffdoÃ n cÆ¡ sá»Ÿ", "Đoàn cơ sở"),
    ("Trang chủ của huyện\nKiá»ƒm tra hÃ\xa0nh chÃ\xadnh", "Trang chủ của huyện\nKiểm tra hành chính"),
    # the old encodings read as windows-1252
    ("§oµn kiÓm tra", "Đoàn kiểm tra"),
    ("Uû ban nh©n d©n tØnh, nhµ n\xadíc", "Ủy ban nhân dân tỉnh, nhà nước"),
    ("QUYÕT §ÞNH\nvÒ viÖc kiÓm tra", "QUYẾT ĐỊNH\nvề việc kiểm tra"),
    ("Uûy ban nhaân daân", "Ủy ban nhân dân"),
    ("ÑOAØN KIEÅM TRA\nÑöôïc söï chæ ñaïo", "ĐOÀN KIỂM TRA\nĐược sự chỉ đạo"),
    ("kiêÒm tra công vuò ðýõòc giao", "kiểm tra công vụ được giao"),
    ("Trang chủ của huyện\n§oµn kiÓm tra x· T©n Phó", "Trang chủ của huyện\nĐoàn kiểm tra xã Tân Phú"),
    # HTML
    ("<p>Đoàn kiểm tra</p><p>Xã&nbsp;Tân&nbsp;Phú</p>", "Đoàn kiểm tra\nXã Tân Phú\n"),
    ("<b>Huy&#7879;n &#x1EE7;y</b> x&atilde;<br/>Ph&uacute; &amp; An", "Huyện ủy xã\nPhú & An"),
    ("<div>a\nb<span> c</span><script>if (x<y) z()</script><!-- <p> --></div>", "a b c\n"),
    ("<html><head><title>T</title><style>p{}</style></head><body><h1>H</h1>x</body>", "H\nx\n"),
    ("<html><head><title>T</title></head><body>x", "T\nx"),
    ("&lt;p&gt;Huyện &amp;nbsp;ủy&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;", "Huyện ủy\nb\n"),
    ('<p title="a > b">x</p><a href=\'q\'>y</a>', "x\ny"),
    ("Tân&nbsp;Phú &ndash; Hòa&#160;An", "Tân Phú - Hòa An"),
    ("<p>a<script>b", "ab"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), CHANGED)
def test_repair(source: str, expected: str) -> None:
    text, offsets = normalise(source)
    assert text == expected
    assert normalise(text)[0] == text
    spans = [offsets.to_source(i, i + 1) for i in range(len(text))]
    assert all(0 <= start < end <= len(source) for start, end in spans)
    assert spans == sorted(spans)


# A clean piece, and the source characters that it must lead back to.
GROUNDED = [
    ("Đoàn\xa0 kiểm tra", "kiểm", "kiểm"),
    ("xã  Tân   Phú,", "Tân Phú", "Tân   Phú"),
    ("của kiê\u0309m tra", "kiểm", "kiê\u0309m"),
    ("của kiê\u0309m tra", "ể", "ê\u0309"),
    ("xã hoa\u0300 bình", "hòa", "hoa\u0300"),
    ("a\u200bb c", "ab", "a\u200bb"),
    ("\u200bab\u200b c", "ab", "ab"),
    ("Ä‘á»“ng chÃ\xad X", "đồng chí", "Ä‘á»“ng chÃ\xad"),
    ("Uûy ban nhaân daân xaõ", "nhân", "nhaân"),
    ("§oµn kiÓm tra", "kiểm", "kiÓm"),
    ("<p>Huy&#7879;n <b>ủy</b></p><p>Xã</p>", "Huyện ủy", "Huy&#7879;n <b>ủy"),
    ("<p>Huy&#7879;n <b>ủy</b></p><p>Xã</p>", "Xã", "Xã"),
    ("<p>kiê&#777;m  hoà</p><p> b", "hòa", "hoà"),
    ("<p>kiê&#777;m  hoà</p><p> b", "kiểm", "kiê&#777;m"),
    ("a\r\nb", "b", "b"),
]


@pytest.mark.parametrize(("source", "piece", "expected"), GROUNDED)
def test_grounding(source: str, piece: str, expected: str) -> None:
    text, offsets = normalise(source)
    start = text.index(piece)
    begin, end = offsets.to_source(start, start + len(piece))
    assert source[begin:end] == expected


NOTES = [
    ("Ủy ban nhân dân", []),
    ("uỷ  ban\xa0– hoà", []),
    ("<p>a</p>", ["html"]),
    ("Ä‘á»“ng chÃ\xad", ["mojibake"]),
    ("§oµn kiÓm tra", ["tcvn3"]),
    ("Uûy ban nhaân daân", ["vni"]),
    ("kiêÒm tra công vuò", ["windows-1258", "nfd"]),
    ("Đoa\u0300n", ["nfd"]),
    ("UВND", ["homoglyphs"]),
    ("x\ufffd của", ["damaged"]),
]


@pytest.mark.parametrize(("source", "notes"), NOTES)
def test_describe(source: str, notes: list[str]) -> None:
    assert describe(source) == notes


VARIANTS = {
    "NFD": lambda s: unicodedata.normalize("NFD", s),
    "no-break spaces": lambda s: s.replace(" ", "\xa0"),
    "more blanks": lambda s: s.replace(" ", " \xa0").replace("\n", " \n\u3000"),
    "DOS lines": lambda s: s.replace("\n", "\r\n"),
    "dashes": lambda s: s.replace("-", "–"),
    "old tones": lambda s: s.replace("òa", "oà").replace("ủy", "uỷ").replace("ỏe", "oẻ").replace("úy", "uý"),
    "zero width": lambda s: s.replace("n", "n\u200b"),
    "soft hyphens": lambda s: s.replace("nh", "n\xadh"),
    "Latin-1": lambda s: s.encode().decode("latin-1"),
    "Cyrillic": lambda s: s.replace("a", "а").replace("o", "о").replace("T", "Т"),
    "HTML": lambda s: "<p>" + s.replace("\n", "</p>\n<p>") + "</p>",
    "references": lambda s: "".join(c if c.isascii() else f"&#{ord(c)};" for c in s),
    "UTF-8 twice": lambda s: s.encode().decode("latin-1").encode().decode("latin-1"),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_variants_of_one_text_are_one_clean_text(name: str) -> None:
    source = VARIANTS[name](ARTICLE)
    text, offsets = normalise(source)
    assert text.rstrip() == ARTICLE
    position = 0
    for word in re.finditer(r"\S+", ARTICLE):
        # Where the word stands, found without the map; what an edge lost or a page added is no part of it.
        expected = word[0] if name == "HTML" else VARIANTS[name](word[0]).strip("\u200b")
        start = source.index(expected, position)
        position = start + len(expected)
        assert offsets.to_source(*word.span()) == (start, position)


SYLLABLES = st.sampled_from(
    [
        "Ủy",
        "ban",
        "uỷ",
        "hoà",
        "xã",
        "Tân",
        "quý",
        "12%",
        "kiê\u0309m",
        "–",
        "đồng",
        "Ðoàn",
        "“một",
        "cửa”",
        "ＵＢ",
        "хã",
    ]
)
GAPS = st.sampled_from([" ", "  ", "\xa0", " \xa0", "\n", "\r\n", " \n ", "\u200b ", "\t"])
ORDINARY = st.lists(st.tuples(SYLLABLES, GAPS), min_size=1, max_size=30).map(lambda p: "".join(a + b for a, b in p))


@given(ORDINARY)
def test_ordinary_text_is_clean_after_one_time(source: str) -> None:
    text, _ = normalise(source)
    assert normalise(text)[0] == text
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[^\S \n]|  | \n|\n |–", text)


@given(ORDINARY)
def test_words_lead_back_to_words(source: str) -> None:
    text, offsets = normalise(source)
    found = [source[slice(*offsets.to_source(*word.span()))] for word in re.finditer(r"[^ \n]+", text)]
    assert found == re.findall(r"[^\s\u200b]+", source)


@given(ORDINARY)
def test_forms_of_one_text_are_one_clean_text(source: str) -> None:
    text = normalise(source)[0]
    assert normalise(unicodedata.normalize("NFC", source))[0] == text
    assert normalise(unicodedata.normalize("NFD", source))[0] == text


NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("aoueâđủ ỦİÃáÄÆ»º¡§µ\xad\xa0\r\n\u0301\u0323\u0302\u200b<>&;/#p!-\"'аοΩ\ud800"),
        st.characters(),
    ),
    max_size=120,
)


@given(NASTY)
def test_any_text(source: str) -> None:
    result = clean(source)
    assert len(result.text.lower()) == len(result.text)
    assert clean(source) == result
    spans = [result.offsets.to_source(i, i + 1) for i in range(len(result.text))]
    assert all(0 <= start < end <= len(source) for start, end in spans)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(spans))


HOSTILE = [
    ";", "<", "<a ",
    '<p "', "<p><!--", "<p><script>", "<p></p", "&", "&#1", "&nbsp;",
    " ", "\n", " \n", "\r\n",
    "\u0301", "\u0301\u0323", "a\u200b\u0301", "\u200b", "á»", "Ã", "Ä‘á»“ng ", "§oµn ", "nhaân ", "µ", "KÕ ",
    "а", "а a", "\u1161", "hoà", "Ủy ban ", "\ud800", "\x00",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        source = unit * (size // len(unit))
        runs = []
        for _ in range(2):
            start = time.process_time()
            normalise(source)
            runs.append(time.process_time() - start)
        return min(runs)

    # A quadratic part would make eight times the text cost some sixty times as much.
    assert seconds(160_000) < 25 * seconds(20_000) + 0.1
