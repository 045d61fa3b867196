"""`extract`, `extract_many`, `load`, `Extractor` and the record, as a user meets them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import jsonschema
import pandas as pd
import pydantic
import pytest
import spacy

import cchc_nlp
from cchc_nlp import Extractor, ExtractorConfig, errors, extract, extract_many, load
from cchc_nlp.records import schema_text
from cchc_nlp.stages import STAGE_NAMES

SAMPLES = [path.read_text(encoding="utf-8") for path in sorted(Path("corpus/samples").glob("*.txt"))]


def test_every_public_name_exists() -> None:
    assert all(getattr(cchc_nlp, name) is not None for name in cchc_nlp.__all__)
    with pytest.raises(AttributeError, match="weather"):
        _ = cchc_nlp.weather


def test_the_function_keeps_its_name_whatever_is_imported() -> None:
    code = "import cchc_nlp, cchc_nlp.extract.metrics, cchc_nlp.cli; assert cchc_nlp.extract('').metrics == ()"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_importing_is_light() -> None:
    code = "import sys, cchc_nlp; print([m for m in ('spacy', 'pydantic', 'underthesea', 'numpy') if m in sys.modules])"
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert printed.strip() == "[]"


def test_extraction_needs_no_spacy() -> None:
    code = "import sys, cchc_nlp; cchc_nlp.extract('UBND xã'); print('spacy' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert printed.strip() == "False"


def test_published_resolves_days_without_a_year() -> None:
    record = extract("Sáng 30/8, HĐND huyện làm việc với xã.", published=date(2022, 9, 1))
    assert [d.value for d in record.dates] == ["2022-08-30TMO"]


def test_published_is_a_day() -> None:
    text = "Sáng 30/8, HĐND huyện làm việc với xã."
    assert extract(text, published=datetime(2022, 9, 1, 23)) == extract(text, published=date(2022, 9, 1))
    with pytest.raises(errors.InputTypeError, match="published"):
        extract(text, published="2022-09-01")  # type: ignore[arg-type]


def test_many_is_lazy_and_ordered() -> None:
    def endless():  # type: ignore[no-untyped-def]
        while True:
            yield from SAMPLES

    records = list(islice(extract_many(endless()), 2 * len(SAMPLES)))
    assert records == [extract(text) for text in SAMPLES] * 2


def test_workers_give_the_same_records_in_order() -> None:
    sources = SAMPLES * 8
    assert list(extract_many(sources, workers=2)) == list(extract_many(sources))


def test_records_are_frozen_and_validate_against_the_schema() -> None:
    schema = json.loads(Path("docs/schema.json").read_text(encoding="utf-8"))
    for text in SAMPLES:
        record = extract(text)
        jsonschema.validate(json.loads(record.to_json()), schema)
        assert record.to_dict() == json.loads(record.to_json())
    with pytest.raises(pydantic.ValidationError):
        record.notes = ()


def test_the_schema_file_is_up_to_date() -> None:
    assert Path("docs/schema.json").read_text(encoding="utf-8") == schema_text()


def test_a_record_survives_json() -> None:
    record = extract(SAMPLES[0])
    again = cchc_nlp.ArticleRecord.model_validate_json(record.to_json())
    assert again.model_copy(update={"source": record.source}) == record


def test_findings_know_their_metrics() -> None:
    record = extract(SAMPLES[0])
    inside = [(f, record.metrics[i]) for f in record.findings for i in f.metrics]
    assert inside
    assert all(f.start <= m.start and m.end <= f.end for f, m in inside)


def test_tables_are_data_frames() -> None:
    tables = extract(SAMPLES[0]).tables()
    assert all(isinstance(table, pd.DataFrame) for table in tables.values())
    assert {"name", "title", "org"} <= set(tables["officials"].columns)
    assert len(tables["findings"]) == len(extract(SAMPLES[0]).findings)


def test_the_page_is_self_contained_and_holds_the_source() -> None:
    record = extract("HĐND <b>huyện</b> & xã Tân An đạt 98% hồ sơ đúng hạn, song còn chậm.\n")
    page = record.to_html()
    assert "&lt;b&gt;" in page
    assert "http" not in page.split("<body>")[1]
    assert record.to_html(language="en") != page


def test_the_page_leaves_out_an_empty_inspection() -> None:
    assert "Cuộc kiểm tra" not in extract("Trời hôm nay đẹp.").to_html()
    assert "Cuộc kiểm tra" in extract(SAMPLES[0]).to_html()


def test_the_page_shows_places_inside_agencies_with_the_agencies_unticked() -> None:
    page = extract("UBND xã Tân An đã niêm yết.").to_html()
    assert re.search(r'<span class="agencies places" title="[^"]*">xã Tân An</span>', page)
    # the box takes the class `agencies` away from the pieces, and `places` alone has its own underline
    assert "classList.toggle(kind,box.checked)" in page
    assert ".places{border-bottom:" in page


def test_the_page_shows_doubt() -> None:
    record = extract("Ngày 10/5/2019, UBND xã Tân An đã niêm yết.")
    doubtful = tuple(d.model_copy(update={"confidence": 0.3}) for d in record.dates)
    page = record.model_copy(update={"dates": doubtful}).to_html()
    assert re.search(r'<span class="dates unsure-dates" title="[^"]*độ tin cậy 0\.30[^"]*">', page)
    assert 'class="dates unsure' not in record.to_html()


def test_a_disabled_stage_leaves_its_part_empty() -> None:
    extractor = Extractor(ExtractorConfig(disable=("cchc_metrics", "cchc_page")))
    record = extractor.extract(SAMPLES[0])
    assert record.metrics == ()
    assert record.agencies


def test_the_spacy_pipeline_gives_the_same_record() -> None:
    nlp = load()
    assert nlp.pipe_names == list(STAGE_NAMES)
    for text, doc in zip(SAMPLES, nlp.pipe(SAMPLES), strict=True):
        assert doc.text == text
        assert doc._.record == extract(text)
        assert [span.text for span in doc.spans["dates"]] == [d.text for d in doc._.record.dates]


def test_spacy_finds_the_components_without_an_import() -> None:
    code = (
        "import spacy; nlp = spacy.blank('vi', config={'nlp': {'tokenizer': {'@tokenizers': 'cchc.Tokenizer.v1'}}});"
        "[nlp.add_pipe(n) for n in ('cchc_page', 'cchc_dates')]; doc = nlp('Ngày 10/5/2019');"
        "print(doc.spans['dates'][0].text)"
    )
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert printed.strip() == "Ngày 10/5/2019"


def test_the_components_work_behind_another_tokenizer() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for name in STAGE_NAMES:
        nlp.add_pipe(name)
    for text in SAMPLES:
        assert nlp(text)._.record == extract(text)
    alone = spacy.blank("xx")
    alone.add_pipe("cchc_dates")
    assert [d.value for d in alone("Ngày 10/5/2019")._.record.dates] == ["2019-05-10"]


def test_the_sentences_of_a_parser_stay() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("cchc_segments")
    words = ["Một", ".", "Hai", "."]
    doc = spacy.tokens.Doc(nlp.vocab, words=words, heads=[0, 0, 0, 0], deps=["ROOT", "punct", "dep", "punct"])
    assert len(list(nlp(doc).sents)) == 1


@pytest.mark.parametrize("name", STAGE_NAMES)
def test_every_component_can_be_removed(name: str) -> None:
    nlp = load()
    nlp.remove_pipe(name)
    assert nlp(SAMPLES[0])._.record.schema_version == extract("").schema_version


def test_a_pipeline_can_be_saved_and_loaded(tmp_path: Path) -> None:
    load().to_disk(tmp_path / "model")
    assert spacy.load(tmp_path / "model")(SAMPLES[0])._.record == extract(SAMPLES[0])


def test_documents_travel_between_processes() -> None:
    docs = list(load().pipe(SAMPLES[:4], n_process=2, batch_size=2))
    assert [doc._.record for doc in docs] == [extract(text) for text in SAMPLES[:4]]


def test_words_are_segmented_when_asked_for() -> None:
    doc = load()("Ủy ban nhân dân xã  giải quyết hồ sơ.")
    assert "hồ sơ" in [word.text for word in doc._.words]
