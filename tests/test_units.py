"""Official units by name and by code, what became of them, and a table that is damaged."""

from __future__ import annotations

from datetime import date

import pytest

from cchc_nlp import errors, lexicon, units
from cchc_nlp.units import Table, UnitLevel

# what is asked, and the first answer
QUESTIONS = [
    ("xã Đôn Phong, huyện Bạch Thông", "01984 xã Đôn Phong, huyện Bạch Thông, tỉnh Bắc Kạn"),
    ("xã Đôn Phong, Bắc Kạn", "01984 xã Đôn Phong, huyện Bạch Thông, tỉnh Bắc Kạn"),
    ("don phong", "01984 xã Đôn Phong, huyện Bạch Thông, tỉnh Bắc Kạn"),  # without marks
    ("Đôn Phogn", "01984 xã Đôn Phong, huyện Bạch Thông, tỉnh Bắc Kạn"),  # misspelt
    ("thị trấn Đôn Phong", "01984 xã Đôn Phong, huyện Bạch Thông, tỉnh Bắc Kạn"),  # another type
    ("P. 12, quận Gò Vấp", "26881 phường 12, quận Gò Vấp, thành phố Hồ Chí Minh"),
    ("TP.HCM", "79 thành phố Hồ Chí Minh"),
    ("Buôn Mê Thuột", "643 thành phố Buôn Ma Thuột, tỉnh Đắk Lắk"),  # another spelling
    ("Xà Phìn", "00736 xã Sà Phìn, huyện Đồng Văn, tỉnh Hà Giang"),  # as another list spells it
    ("Ia H’Drai", "618 huyện Ia H'Drai, tỉnh Kon Tum"),
    ("đặc khu Côn Đảo", "26732 đặc khu Côn Đảo, thành phố Hồ Chí Minh"),
]


@pytest.mark.parametrize(("question", "answer"), QUESTIONS)
def test_the_first_found(question: str, answer: str) -> None:
    unit = units.find(question)[0]
    assert f"{unit.code} {unit.path}" == answer


@pytest.mark.parametrize("name", ["Vân Khê Thượng Hạ", "huyện Bạch Thông Tây", "Đôn Phong, huyện Ba Bể"])
def test_nothing_of_the_name(name: str) -> None:
    assert units.find(name) == ()


def test_a_name_of_many_units_is_narrowed_down() -> None:
    everywhere = units.find("Tân Thạnh", level="commune")
    assert len({unit.parents[-1].name for unit in everywhere}) > 5
    assert {unit.level for unit in units.find("Tân Thạnh")} == {"district", "commune"}
    assert [unit.path for unit in units.find("xã Tân Thạnh", year=2020, parent="tỉnh Kiên Giang")] == [
        "xã Tân Thạnh, huyện An Minh, tỉnh Kiên Giang"
    ]
    assert all(len(unit.parents) == 1 for unit in units.find("Tân Thạnh", level="commune", year=2026))
    province = units.get("80", year=2020)
    assert {unit.parents[-1] for unit in units.find("Tân Thạnh", parent=province)} == {province}
    assert units.find("Tân Thạnh", parent="80", year=2020) == units.find("Tân Thạnh", parent=province, year=2020)


def test_what_fits_better_comes_first() -> None:
    types = [unit.type for unit in units.find("phường Tân Thạnh", level="commune")]
    assert types[0] == "phường"
    assert set(types[1:]) <= {"xã", "thị trấn"}


def test_a_code_is_that_of_another_unit_since_the_reform() -> None:
    before, since = units.get("00004", date(2025, 6, 30)), units.get("00004", date(2025, 7, 1))
    assert (before.full, before.since, before.valid_to) == ("phường Trúc Bạch", "2004", date(2025, 6, 30))
    assert (since.full, since.since, since.valid_from) == ("phường Ba Đình", "2025", date(2025, 7, 1))
    assert units.get("00004") == since
    assert before != since
    assert units.holders("00004") == (since, before)
    assert units.holders("00004", year=2020) == (before,)


# a unit, the day asked about, and what has its area then
HEIRS = [
    ("01984", 2022, None, "xã Phong Quang, tỉnh Thái Nguyên"),
    ("01984", 2022, date(2022, 1, 1), "xã Đôn Phong, huyện Bạch Thông, tỉnh Bắc Kạn"),
    ("06", 2022, None, "tỉnh Thái Nguyên"),
    ("46", 2022, None, "thành phố Huế"),
    ("46", 2022, date(2025, 1, 1), "thành phố Huế"),
    ("01", 2022, None, "thành phố Hà Nội"),
    ("26893", 2022, None, "phường Hạnh Thông, thành phố Hồ Chí Minh"),  # merged in 2024, and again in 2025
    ("755", 2022, None, "đặc khu Côn Đảo, thành phố Hồ Chí Minh"),  # a district without communes
]


@pytest.mark.parametrize(("code", "year", "day", "heir"), HEIRS)
def test_successors(code: str, year: int, day: date | None, heir: str) -> None:
    assert units.get(code, year=year).successors(day)[0].path == heir


def test_a_unit_that_was_parted_and_one_that_was_merged() -> None:
    parted = units.get("00019", year=2022)
    assert len(parted.successors()) > 1
    merged = units.get("00004")
    assert parted in merged.predecessors()
    assert len(merged.predecessors()) > 3
    assert merged.successors(date(2020, 1, 1)) == ()  # younger than the day


def test_every_unit_but_a_few_has_a_successor() -> None:
    known = units.table()
    gone = [row for row, cells in enumerate(known.rows) if cells[1] and cells[3]]
    assert len(gone) > 11_000
    assert sum(not known.followed(row, "2025") for row in gone) <= 3


def test_what_has_no_code_is_a_unit_too() -> None:
    unit = next(unit for unit in units.find("tỉnh Hà Tây") if unit.level == "province")
    assert (unit.code, unit.since, unit.current) == (None, "", False)
    assert [heir.full for heir in unit.successors()] == ["thành phố Hà Nội"]


def test_counts() -> None:
    def count(level: str, wanted: str) -> int:
        rows = units.table().rows
        return sum(r[2] == level and r[0] <= wanted and (not r[1] or wanted < r[1]) and bool(r[3]) for r in rows)

    assert [count(level, "2004") for level in units.LEVELS] == [63, 705, 10_599]
    assert [count(level, "2024") for level in units.LEVELS] == [63, 696, 10_035]
    assert [count(level, "2025") for level in units.LEVELS] == [34, 0, 3321]


def test_every_unit_lies_in_one_of_the_next_level() -> None:
    for row in range(len(units.table().rows)):
        unit = units.table().unit(row)
        levels = [parent.level for parent in unit.parents]
        if unit.code:
            assert levels in ([], ["province"], ["district", "province"])
            assert bool(levels) == (unit.level != "province")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"level": "town"}, "'town' is none of province, district, commune"),
        ({"year": 1850}, "year 1850 is outside the data"),
        ({"year": 2150}, "year 2150 is outside the data"),
    ],
)
def test_a_bad_question_is_named(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(errors.UnitQueryError, match=message):
        units.find("Tân Thạnh", **arguments)  # type: ignore[arg-type]


def test_a_question_without_a_name_and_a_code_without_a_unit() -> None:
    with pytest.raises(errors.UnitQueryError, match="holds no name"):
        units.find("...")
    with pytest.raises(errors.UnitQueryError, match="no unit has the code '99999'"):
        units.get("99999")
    with pytest.raises(errors.UnitQueryError, match=r"'26893' on 2026-12-31, but: phường 4"):
        units.get("26893", year=2026)
    with pytest.raises(errors.UnitQueryError, match="outside the data"):
        units.get("00004", year=1700)


def _damaged(content: str, how: str) -> str:
    lines = content.split("\n")
    first = next(i for i, line in enumerate(lines) if line.startswith("2004"))
    if how == "cut off":
        return content[: len(content) // 2]
    if how == "no head":
        return "\n".join(lines[first:])
    if how == "level":
        lines[first] = lines[first].replace("province", "country")
    if how == "parent":
        lines[-2] = lines[-2].replace("\t96", "\t97")
    if how == "count":
        lines = [line for line in lines if not line.startswith("# rows")]
    return "\n".join(lines)


@pytest.mark.parametrize("how", ["cut off", "no head", "level", "parent", "count"])
def test_a_damaged_table_is_named(how: str) -> None:
    with pytest.raises(errors.LexiconError, match=r"lexicon/units\.tsv.*(reinstall the package|build_units)"):
        Table(_damaged(lexicon.content("units"), how))


@pytest.mark.parametrize("content", ["", "# rows: many\n", "\ufffd\x00\n", "# rows: 0\nsince\tuntil\n"])
def test_what_is_no_table_is_named(content: str) -> None:
    with pytest.raises(errors.LexiconError, match=r"lexicon/units\.tsv"):
        Table(content)


def test_levels_are_those_of_the_type() -> None:
    level: UnitLevel = "commune"
    assert level in units.LEVELS
