"""Bad input: a record for every text, a named error for every wrong type."""

from __future__ import annotations

import pytest

from cchc_nlp import Extractor, ExtractorConfig, errors, extract, extract_many

SENTENCE = "Ngày 10/5/2019, UBND huyện Đức Trọng kiểm tra cải cách hành chính tại xã Tân Hội."

EMPTYISH = {
    "empty": "",
    "blanks": " \n\t\u00a0 \r\n",
    "one word": "xã",
    "English": "The committee met on Tuesday to discuss the budget of the county council.",
    "signs": "!!! ??? ...",
    "NULs": "\0" * 50,
    "lone surrogates": "\ud800 \udfff",
}


@pytest.mark.parametrize("text", EMPTYISH.values(), ids=EMPTYISH.keys())
def test_nothing_in_it_gives_an_empty_record(text: str) -> None:
    record = extract(text)
    assert not record.findings
    assert not record.officials
    assert not record.metrics
    assert not record.article.is_inspection


def test_no_diacritics_is_read_as_far_as_it_goes() -> None:
    record = extract("Ngay 10/5/2019, UBND huyen kiem tra cai cach hanh chinh, dat 98%.")
    assert [date.value for date in record.dates] == ["2019-05-10"]
    assert [metric.value for metric in record.metrics] == [98]


def test_surrogates_and_nuls_inside_lose_nothing_else() -> None:
    text = f"\ud800{SENTENCE}\0\udc00"
    record = extract(text)
    assert [date.value for date in record.dates] == ["2019-05-10"]
    assert record.to_json().encode("utf-8")


@pytest.mark.parametrize(
    "size_of",
    [lambda: "Một câu dài không có dấu chấm " * 170_000, lambda: ";" * 1_000_000, lambda: SENTENCE * 12_000],
    ids=["5 MB of one line", "a million semicolons", "a megabyte of sentences without blanks"],
)
def test_huge_texts_end(size_of) -> None:  # type: ignore[no-untyped-def]
    text = size_of()
    record = extract(text)
    assert all(text[m.start : m.end] == m.text for m in record.dates)


def test_html_is_told_and_its_tags_skipped() -> None:
    page = f"<!doctype html><html><body><h1>Kiểm tra</h1><p>{SENTENCE}</p><script>ngày 1/1/2001</script></body></html>"
    record = extract(page)
    assert "html" in record.notes
    assert [date.value for date in record.dates] == ["2019-05-10"]
    assert all(page[m.start : m.end] == m.text for m in (*record.dates, *record.agencies, *record.places))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_bytes_in_unicode_encodings(encoding: str) -> None:
    record = extract(SENTENCE.encode(encoding))
    assert record.dates == extract(SENTENCE).dates
    assert record.agencies == extract(SENTENCE).agencies


def test_offsets_of_bytes_point_into_the_source_of_the_record() -> None:
    record = extract(b"\xef\xbb\xbf" + SENTENCE.encode())
    assert all(record.source[m.start : m.end] == m.text for m in record.agencies)


def test_binary_bytes_give_a_record() -> None:
    extract(bytes(range(256)) * 200)


@pytest.mark.parametrize("wrong", [None, 3, ["text"], object()])
def test_the_wrong_type_is_named(wrong: object) -> None:
    with pytest.raises(errors.InputTypeError, match=type(wrong).__name__):
        extract(wrong)  # type: ignore[arg-type]


def test_the_wrong_type_in_a_stream_comes_after_the_good_ones() -> None:
    stream = extract_many([SENTENCE, 5, SENTENCE])  # type: ignore[list-item]
    assert next(stream).dates
    with pytest.raises(errors.InputTypeError):
        next(stream)


def test_an_unknown_stage_is_named() -> None:
    with pytest.raises(errors.ConfigurationError, match="cchc_weather"):
        Extractor(ExtractorConfig(disable=("cchc_weather",)))


def test_workers_must_be_positive() -> None:
    with pytest.raises(errors.ConfigurationError, match="0"):
        extract_many([SENTENCE], workers=0)
