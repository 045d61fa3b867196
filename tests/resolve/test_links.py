"""Place mentions linked to official units: sentences with the code and the code list of each, "?" where it is open.

After the bar stands `code/list`, "?" for a mention left open with candidates, "-" for one that nothing is known of.
"""

from __future__ import annotations

import time
from datetime import date

import pytest

from benchmarks import linking
from cchc_nlp import extract, lexicon
from cchc_nlp.analysis import Place
from cchc_nlp.extractor import Extractor, ExtractorConfig, default_extractor
from tests.markup import unmark

OLD, NEW = date(2022, 5, 10), date(2026, 5, 10)

# publication date, sentence
EXAMPLES: list[tuple[date | None, str]] = [
    # nesting, in any order, in lists and across sentences
    (OLD, "Đoàn đến [[xã Đôn Phong|01984/2004]], [[huyện Bạch Thông|063/2004]], [[tỉnh Bắc Kạn|06/2004]]."),
    (OLD, "Tại [[tỉnh Bắc Kạn|06/2004]], [[huyện Chợ Đồn|064/2004]], [[xã Tân Lập|02032/2004]] dẫn đầu."),
    (OLD, "Các [[xã Tân Lập|02032/2004]], [[Đồng Thắng|02059/2004]] của [[huyện Chợ Đồn|064/2004]] đã báo cáo."),
    (OLD, "[[Huyện Chợ Đồn|064/2004]] báo cáo. Đoàn kiểm tra tại [[xã Tân Lập|02032/2004]]."),
    (OLD, "Đoàn kiểm tra tại [[xã Tân Lập|02032/2004]]. Sau đó, [[huyện Chợ Đồn|064/2004]] báo cáo."),
    (OLD, "[[Phường 12|26881/2004]], [[quận Gò Vấp|764/2004]], [[TP.HCM|79/2004]] tự kiểm tra."),
    (OLD, "UBND [[phường 1|27184/2004]] và [[phường 2|27190/2004]] của [[quận 10|771/2004]] báo cáo."),
    (OLD, "Tại [[xã Tân Lập|02032/2004]] ([[Chợ Đồn|064/2004]], [[Bắc Kạn|06/2004]]), hồ sơ đúng hạn."),
    (OLD, "Đoàn đến [[Phúc Xá|00001/2004]], [[Ba Đình|001/2004]], [[Hà Nội|01/2004]]."),
    (OLD, "Đoàn đến [[Xuân Quang 1|22096/2004]], [[Đồng Xuân|558/2004]], [[Phú Yên|54/2004]]."),
    # one name, two parents in one article
    (
        OLD,
        "Đoàn đến [[xã Tân Lập|02032/2004]], [[huyện Chợ Đồn|064/2004]] và [[xã Tân Lập|08818/2004]], "
        "[[huyện Sông Lô|253/2004]].",
    ),
    # neighbours
    (OLD, "Đoàn kiểm tra [[xã Đồng Thắng|02059/2004]], [[xã Ngọc Phái|02053/2004]] và [[xã Tân Lập|02032/2004]]."),
    # nothing decides
    (OLD, "Đoàn kiểm tra tại [[xã Tân Thạnh|?]]."),
    (OLD, "Đoàn kiểm tra tại [[phường 1|?]]."),
    (OLD, "[[Huyện Châu Thành|?]] báo cáo."),
    (None, "Đoàn kiểm tra tại [[tỉnh An Giang|?]]."),  # before or after the reform
    # time: publication, dates of the text, units of one time only
    (OLD, "[[Tỉnh An Giang|89/2004]] báo cáo."),
    (NEW, "[[Tỉnh An Giang|91/2025]] báo cáo."),
    (None, "Ngày 3/9/2025, đoàn đến [[tỉnh An Giang|91/2025]]."),
    (None, "Ngày 3/9/2019, đoàn đến [[tỉnh An Giang|89/2004]]."),
    (None, "Đoàn đến [[huyện Chợ Mới|893/2004]], [[tỉnh An Giang|89/2004]]."),
    (OLD, "Đoàn đến [[thành phố Huế|474/2004]]."),
    (NEW, "Đoàn đến [[thành phố Huế|46/2024]]."),
    (None, "Đoàn đến [[thành phố Hà Nội|01/2004]]."),  # the same unit before and after
    (NEW, "Đoàn đến [[xã Bạch Thông|02014/2025]], [[tỉnh Thái Nguyên|19/2025]]."),
    (NEW, "Xã tiếp nhận hồ sơ của [[huyện Bạch Thông|063/2004]] cũ."),
    # misspelt, without marks, another type
    (OLD, "Đoàn đến [[xã Đôn Phogn|01984/2004]], [[huyện Bạch Thông|063/2004]]."),
    (OLD, "Đoàn đến [[xã Xà Phìn|00736/2004]], [[huyện Đồng Văn|026/2004]]."),
    (OLD, "Đoàn đến [[thị trấn Đôn Phong|01984/2004]], [[huyện Bạch Thông|063/2004]]."),
    (OLD, "Doan den [[xa Don Phong|01984/2004]], [[huyen Bach Thong|063/2004]], [[tinh Bac Kan|06/2004]]."),
    (OLD, "UBND [[P. 12|26881/2004]], [[Q. Go Vap|764/2004]], [[TP. Ho Chi Minh|79/2004]] tiep doan."),
    (OLD, "Doan den [[Loc An|26701/2004]], [[Dat Do|753/2004]], [[Ba Ria - Vung Tau|77/2004]]."),
    # a unit in the wrong parent, and one that nobody knows
    (OLD, "Đoàn đến [[xã Tân Thạnh|?]], [[huyện Bạch Thông|063/2004]]."),
    (OLD, "Đoàn đến [[xã Thạch Lương|?]], [[huyện Vân Khê Thượng|-]]."),
    (OLD, "Đoàn đến [[xã Mây Trắng Hồng|-]]."),
    # villages have no code
    (OLD, "Đoàn đến [[thôn Nà Pò|-]], [[xã Đôn Phong|01984/2004]]."),
    # abolished before the lists that are known
    (OLD, "Đoàn đến [[tỉnh Hà Tây|/]] cũ."),
]


def shown(place: Place) -> str:
    link = place.link
    if link is None or not (link.unit or link.candidates):
        return "-"
    return f"{link.unit.code or ''}/{link.unit.since}" if link.unit else "?"


@pytest.mark.parametrize(("published", "marked"), EXAMPLES)
def test_links(published: date | None, marked: str) -> None:
    text, marks = unmark(marked)
    analysis = default_extractor().analyse(text, published=published)
    found = [(place.start, place.end, shown(place)) for place in analysis.places]
    assert found == [(mark.start, mark.end, mark.fields[0]) for mark in marks]


def _place(text: str, published: date = OLD) -> Place:
    return default_extractor().analyse(text, published=published).places[0]


def test_a_worse_match_is_less_sure() -> None:
    sure = [
        _place(f"Đoàn đến {name}, huyện Bạch Thông.").link
        for name in ("xã Đôn Phong", "thị trấn Đôn Phong", "xã Đôn Phogn")
    ]
    confidences = [link.confidence for link in sure if link]
    assert confidences == sorted(confidences, reverse=True)
    assert len(set(confidences)) == 3


def test_the_spelling_is_completed() -> None:
    assert _place("Đoàn đến xã Đôn Phogn, huyện Bạch Thông.").name == "xã Đôn Phong"
    assert _place("Doan den xa Tan Lap, huyen Cho Don, tinh Bac Kan.").name == "xã Tân Lập"


def test_the_page_tells_whose_it_is() -> None:
    text = "BÁO BẮC KẠN ĐIỆN TỬ\n\nKiểm tra cải cách hành chính tại xã Tân Lập\n\n{}"
    body = "Ngày 5/5/2022, đoàn kiểm tra làm việc tại xã Tân Lập. UBND xã đã niêm yết thủ tục hành chính đầy đủ."
    record = extract(text.format(body))
    candidates = [unit for place in record.places for unit in ((place.unit,) if place.unit else place.candidates)]
    assert candidates[0].within == "huyện Chợ Đồn, tỉnh Bắc Kạn"


def test_records_carry_units() -> None:
    record = Extractor(ExtractorConfig(rules_alone=True)).extract(
        "Ngày 3/9/2019, Đoàn kiểm tra cải cách hành chính huyện Bạch Thông, tỉnh Bắc Kạn kiểm tra tại "
        "UBND xã Đôn Phong. UBND xã niêm yết thủ tục đầy đủ, song hồ sơ còn trễ hạn."
    )
    assert record.inspection.inspected == ("xã Đôn Phong",)
    (inspected,) = record.inspection.inspected_units
    assert inspected is not None
    assert (inspected.code, inspected.since, inspected.within) == ("01984", "2004", "huyện Bạch Thông, tỉnh Bắc Kạn")
    assert {(finding.unit_code, finding.unit_since) for finding in record.findings} == {("01984", "2004")}
    owners = {agency.name: agency.unit.code for agency in record.agencies if agency.unit}
    assert owners["Ủy ban nhân dân xã Đôn Phong"] == "01984"
    assert owners["Đoàn kiểm tra cải cách hành chính huyện Bạch Thông"] == "063"
    tables = record.tables()
    page = record.to_html()
    assert "01984 (xã Đôn Phong, huyện Bạch Thông, tỉnh Bắc Kạn)" in page
    assert list(tables["findings"]["unit_code"]) == ["01984"] * len(record.findings)
    assert set(tables["places"]["unit_code"]) == {"063", "06", "01984"}


def test_a_bare_ambiguous_name_has_no_single_answer() -> None:
    """Whatever bears a name that several units on the same list have stays open."""
    extractor = Extractor(ExtractorConfig(disable=linking.OTHERS))
    for unit in linking.communes(41):
        kind, text = linking.linked(extractor, unit, linking.alone)
        if linking.namesakes(unit, same_type=True, within=3):
            assert kind == "open", text
        assert kind != "wrong", text


@pytest.mark.parametrize(
    ("phrasing", "least"),
    [
        *((name, 0.98 if name == "bare" else 0.995) for name in linking.FULL),
        *((f"{name}, no marks", 0.97) for name in linking.FULL),
        ("province only", 0.995),
    ],
)
def test_every_seventy_ninth_commune(phrasing: str, least: float) -> None:
    extractor = Extractor(ExtractorConfig(disable=linking.OTHERS))
    within = 1 if phrasing == "province only" else 0
    sample = [
        unit
        for unit in linking.communes(79)
        if not linking.namesakes(unit, same_type="bare" not in phrasing, within=within if unit.since != "2025" else 0)
    ]
    results = [linking.linked(extractor, unit, linking.phrasings()[phrasing]) for unit in sample]
    wrong = [text for kind, text in results if kind != "right"]
    assert len(wrong) <= (1 - least) * len(sample), wrong


def test_a_thousand_units_in_an_article() -> None:
    """Linear: ten times the units take some ten times the time."""
    every = list(linking.communes(10))
    texts = [
        "\n".join(f"Đoàn kiểm tra tại {unit.path}." for unit in every[:count]) + "\nUBND xã Tân Thạnh báo cáo."
        for count in (100, 1000)
    ]
    extractor = Extractor(ExtractorConfig(disable=linking.OTHERS))
    extractor.analyse(texts[1], published=OLD)

    def spent(text: str) -> float:
        start = time.perf_counter()
        extractor.analyse(text, published=OLD)
        return time.perf_counter() - start

    assert min(spent(texts[1]) for _ in range(3)) < 25 * min(spent(texts[0]) for _ in range(3))
    analysis = extractor.analyse(texts[1], published=OLD)
    links = [place.link for place in analysis.places if place.level == "commune" and place.link]
    assert sum(link.unit is not None for link in links) > 0.98 * 1000


def test_every_kind_of_evidence_is_in_the_table_and_explained() -> None:
    rows = lexicon.table("link_evidence")
    assert all(row["vi"] and row["en"] and float(row["weight"]) for row in rows)
    used = {
        kind
        for _, marked in EXAMPLES
        for place in default_extractor().analyse(unmark(marked)[0], published=OLD).places
        if place.link
        for kind, _ in place.link.evidence
    }
    assert used <= {row["kind"] for row in rows}
