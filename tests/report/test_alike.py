"""Which limitations count as the same, and which unit a finding counts for."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from cchc_nlp.report.dataset.alike import groups, key_of
from cchc_nlp.report.dataset.page import number_of
from cchc_nlp.report.dataset.places import place_of
from cchc_nlp.report.dataset.tally import Tally

# every line is a group; what stands in other lines is another matter
SAME = [
    (
        "Việc niêm yết thủ tục hành chính tại xã Tân An chưa đầy đủ",
        "niêm yết TTHC còn chưa đầy đủ",
        "Việc niêm yết các thủ tục hành chính chưa được đầy đủ",
    ),
    (
        "12 hồ sơ đất đai trễ hẹn, có hồ sơ trễ 41 ngày",
        "Tại UBND huyện Vân Khê, 63 hồ sơ đất đai trễ hẹn, hồ sơ trễ lâu nhất 90 ngày",
    ),
    ("Tỷ lệ hồ sơ trực tuyến còn thấp",),
    ("TỶ LỆ GIẢI NGÂN VỐN ĐẦU TƯ CÔNG CÒN THẤP", "Tỷ lệ giải ngân vốn đầu tư công mới đạt thấp"),
    ("Việc hòa giải ở cơ sở chưa kịp thời", "việc hoà giải ở cơ sở chưa kịp thời"),
    ("Một số cán bộ chưa nắm chắc quy trình",),
]


def grouped(texts: Iterable[str]) -> set[frozenset[str]]:
    listed = list(texts)
    found = groups([key_of(text) for text in listed], [1] * len(listed))
    return {frozenset(listed[index] for index in members) for members in found}


def test_sentences_that_say_the_same_are_one_group() -> None:
    texts = [text for group in SAME for text in group]
    assert grouped(texts) == {frozenset(group) for group in SAME}
    assert grouped(reversed(texts)) == {frozenset(group) for group in SAME}


def test_sentences_without_a_word_that_counts_are_alone() -> None:
    assert key_of("Ở xã Tân An.") == ()
    assert len(grouped(["Ở xã Tân An.", "Ngày 12/5."])) == 2


def test_a_word_more_or_less_brings_no_new_group() -> None:
    draw = random.Random(3)
    sentence = "Hồ sơ cán bộ lưu trữ thiếu bản kê khai tài sản và quyết định nâng lương theo quy định"
    base = sentence.split()
    texts = {" ".join(word for i, word in enumerate(base) if i != draw.randrange(len(base))) for _ in range(40)}
    assert len(grouped(sorted(texts))) == 1


@pytest.mark.parametrize(
    ("name", "code", "year", "shown", "former"),
    [
        ("xã Đôn Phong", "01984", 2022, "xã Phong Quang (Thái Nguyên)", "xã Đôn Phong (Bắc Kạn)"),
        ("xã Phong Quang", None, 2026, "xã Phong Quang", ""),
        # one code, two units: the list of 2025 gave it anew
        ("phường Trúc Bạch", "00004", 2020, "phường Ba Đình (Hà Nội)", "phường Trúc Bạch (Hà Nội)"),
        ("phường Ba Đình", "00004", 2026, "phường Ba Đình (Hà Nội)", ""),
        ("Ủy ban nhân dân phường Trúc Bạch", "00004", 2026, "phường Ba Đình (Hà Nội)", "phường Trúc Bạch (Hà Nội)"),
        # a district was parted among many communes, and stays itself
        ("huyện Pác Nặm", "060", 2020, "huyện Pác Nặm (Bắc Kạn)", ""),
        ("tỉnh Bắc Kạn", "06", 2010, "tỉnh Thái Nguyên", "tỉnh Bắc Kạn"),
        ("Sở Nội vụ thành phố Hà Nội", "01", None, "thành phố Hà Nội", ""),
        # not linked: the place inside the name, else the name
        ("Ủy ban nhân dân xã Vân Khê Hạ", None, 2020, "xã Vân Khê Hạ", ""),
        ("Thông tấn xã Việt Nam", None, 2020, "Thông tấn xã Việt Nam", ""),
        ("Bảo hiểm xã hội tỉnh Phú Lương", None, 2020, "tỉnh Phú Lương", ""),
        ("Bộ Tài chính", None, 2020, "Bộ Tài chính", ""),
        ("Ủy ban nhân dân xã", None, 2020, "Ủy ban nhân dân xã", ""),
        ("xã Vô Danh", "99999", 2020, "xã Vô Danh", ""),
    ],
)
def test_findings_count_for_the_unit_of_today(
    name: str, code: str | None, year: int | None, shown: str, former: str
) -> None:
    place = place_of(name, code, year)
    assert place is not None
    assert (place.name, place.former) == (shown, former)
    assert place_of(None, None, year) is None


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (1240, "1.240", "1,240"),
        (98.5, "98,5", "98.5"),
        (0, "0", "0"),
        (-3.25, "-3,25", "-3.25"),
        (2.3e9, "2.300.000.000", "2,300,000,000"),
    ],
)
def test_figures_are_written_as_the_language_does(value: float, vi: str, en: str) -> None:
    assert (number_of("vi")(value), number_of("en")(value)) == (vi, en)


class Count:
    count = 0


def test_a_tally_keeps_what_is_frequent_and_says_what_it_may_have_lost() -> None:
    tally: Tally[int, Count] = Tally(Count, kept=100)
    for index in range(10_000):
        tally[index if index % 3 else index % 15].count += 1
    kept = dict(tally.most(5))
    assert set(kept) == {0, 3, 6, 9, 12}
    assert all(entry.count + tally.lost >= 600 and entry.count <= 667 for entry in kept.values())
    assert len(tally.entries) <= 100
