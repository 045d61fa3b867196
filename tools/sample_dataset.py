"""Datasets to try `cchc report` on: the corpus, or articles made up of its findings in any number.

`python -m tools.sample_dataset OUT` reads the articles of the corpus, writes their texts to OUT/texts and their records
to OUT/dataset; with `--articles N` the dataset holds N articles, each a made-up selection of what the corpus has
(OUT/texts then holds nothing of theirs). The tables are those of `docs/report.md`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cchc_nlp import extract_many
from cchc_nlp.classify.corpus import read_corpus
from cchc_nlp.records import SCHEMA_VERSION, ArticleRecord

CORPUS = Path("corpus/articles")
_TEXT, _INT, _LONG, _REAL = pa.string(), pa.int32(), pa.int64(), pa.float64()
_KEY = {"id": _TEXT, "source": _TEXT}
_SPAN = {"number": _INT, "start": _LONG, "end": _LONG, "text": _TEXT}
SCHEMAS = {
    name: pa.schema(list(columns.items()))
    for name, columns in {
        "articles": {
            **_KEY, "position": _LONG, "status": _TEXT, "published": _TEXT, "title": _TEXT, "is_inspection": pa.bool_(),
            "relevance": _REAL, "kind": _TEXT, "inspection_date": _TEXT, "inspector": _TEXT, "lead": _TEXT,
            "inspected": pa.list_(_TEXT), "inspected_units": pa.list_(_TEXT), "n_words": _INT,
            "schema_version": _TEXT, "record": _TEXT,
        },
        "findings": {
            **_KEY, "published": _TEXT, "year": _INT, **_SPAN, "label": _TEXT, "area": _TEXT, "unit": _TEXT,
            "unit_code": _TEXT, "confidence": _REAL, "rule": _TEXT,
        },
        "metrics": {
            "id": _TEXT, "year": _INT, **_SPAN, "value": _REAL, "unit": _TEXT, "comparator": _TEXT, "of": _REAL,
            "low": _REAL, "indicator": _TEXT, "finding": _INT,
        },
        "officials": {"id": _TEXT, "name": _TEXT, "title": _TEXT, "org": _TEXT},
        "places": {"id": _TEXT, "start": _LONG, "end": _LONG, "text": _TEXT, "name": _TEXT, "level": _TEXT,
                   "unit_code": _TEXT},
        "documents": {"id": _TEXT, "start": _LONG, "end": _LONG, "text": _TEXT, "type": _TEXT, "number": _TEXT,
                      "title": _TEXT, "date": _TEXT, "issuer": _TEXT},
        "errors": {**_KEY, "position": _LONG, "stage": _TEXT, "error": _TEXT, "message": _TEXT},
    }.items()
}  # fmt: skip

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def tables_of(key: str, source: str, record: ArticleRecord) -> Tables:
    """The rows that one article has in every table."""
    plain = record.to_dict()
    article, event = plain["article"], plain["inspection"]
    day = event["date"] or article["published"] or ""
    year = int(day[:4]) if day[:4].isdecimal() else None
    inside = {index: number for number, f in enumerate(plain["findings"]) for index in f["metrics"]}
    return {
        "articles": [{
            "id": key, "source": source, "position": 0, "status": "done", "published": article["published"],
            "title": article["title"], "is_inspection": article["is_inspection"], "relevance": article["confidence"],
            "kind": event["kind"], "inspection_date": event["date"], "inspector": event["inspector"],
            "lead": event["lead"], "inspected": event["inspected"],
            "inspected_units": [unit and unit["code"] for unit in event["inspected_units"]],
            "n_words": len(record.source.split()), "schema_version": record.schema_version,
            "record": json.dumps(plain, ensure_ascii=False),
        }],
        "findings": [
            {"id": key, "source": source, "published": article["published"], "year": year, "number": number, **finding}
            for number, finding in enumerate(plain["findings"])
        ],
        "metrics": [
            {"id": key, "year": year, "number": number, "finding": inside.get(number), **metric}
            for number, metric in enumerate(plain["metrics"])
        ],
        "officials": [
            {"id": key, "name": official["name"], **role}
            for official in plain["officials"]
            for role in official["roles"]
        ],
        "places": [
            {"id": key, **place, "unit_code": place["unit"] and place["unit"]["code"]} for place in plain["places"]
        ],
        "documents": [{"id": key, **paper} for paper in plain["documents"]],
        "errors": [],
    }  # fmt: skip


def failed(key: str, source: str, stage: str, error: str, message: str) -> Tables:
    """The rows of an article that could not be read."""
    place = {"id": key, "source": source, "position": 0}
    return {
        "articles": [{**place, "status": "failed", "schema_version": SCHEMA_VERSION}],
        "errors": [{**place, "stage": stage, "error": error, "message": message}],
    }


def write(out: Path, articles: Iterable[Tables], a_file: int = 5_000) -> Path:
    """A dataset of these articles, a file a table for every so many of them."""
    for name in SCHEMAS:
        (out / name).mkdir(parents=True, exist_ok=True)
    gathered: Tables = {name: [] for name in SCHEMAS}
    files = 0

    def flush() -> None:
        for name, rows in gathered.items():
            table = pa.Table.from_pylist(rows, SCHEMAS[name])
            pq.write_table(table, out / name / f"part-{files:05}.parquet", compression="zstd")
            rows.clear()

    for count, tables in enumerate(articles, 1):
        for name, rows in tables.items():
            gathered[name] += rows
        if count % a_file == 0:
            flush()
            files += 1
    if gathered["articles"] or not files:
        flush()
    return out


def of_corpus(texts: Path | None = None, limit: int | None = None) -> Iterator[Tables]:
    """Articles of the corpus; their texts are written into a directory where one is given."""
    articles = read_corpus(CORPUS)[0][:limit]
    for article, record in zip(articles, extract_many(a.text for a in articles), strict=True):
        key = f"{article.writer}-{article.stem}"
        source = key
        if texts is not None:
            texts.mkdir(parents=True, exist_ok=True)
            (texts / f"{key}.txt").write_bytes(article.text.encode("utf-8"))
            source = str(texts / f"{key}.txt")
        yield tables_of(key, source, record)


_FAILURES = (
    ("read", "UnreadableInputError", "the gzip stream ends early"),
    ("read", "UnreadableInputError", "not a text file"),
    ("extract", "TimeoutError", "more than 30 seconds"),
)


def synthetic(articles: int, seed: int = 7, units: int = 400) -> Iterator[Tables]:
    """Any number of articles, each made of the findings and metrics of several of the corpus, of official units."""
    from cchc_nlp.units import table  # noqa: PLC0415

    draw = random.Random(seed)
    known = list(of_corpus())
    inspections = [tables for tables in known if tables["articles"][0]["is_inspection"] and tables["findings"]]
    rows = [row for row, cells in enumerate(table().rows) if cells[2] != "province" and cells[3]]
    drawn = [table().unit(row) for row in draw.sample(rows, units)]
    for number in range(articles):
        key = f"a{number:07}"
        source = f"https://example.org/{key}.html"
        if draw.random() < 0.004:
            yield failed(key, source, *draw.choice(_FAILURES))
            continue
        if draw.random() < 0.15:
            row = {**draw.choice(known)["articles"][0], "id": key, "source": source, "status": "irrelevant",
                   "is_inspection": False, "relevance": draw.random() / 2}  # fmt: skip
            yield {"articles": [row]}
            continue
        unit = drawn[min(int(draw.expovariate(1 / 60)), units - 1)]
        year = draw.choices(range(2008, 2027), weights=range(2, 21))[0]
        day = f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        mixed = draw.sample(inspections, 2)
        own = {**mixed[0]["articles"][0], "id": key, "source": source, "published": day, "inspection_date": day,
               "inspected": [unit.full], "inspected_units": [unit.code]}  # fmt: skip
        if draw.random() < 0.1:
            own["published"] = own["inspection_date"] = day = None
        shared = {"id": key, "source": source, "published": day, "year": int(day[:4]) if day else None}
        placed = {**shared, "unit": unit.full, "unit_code": unit.code}
        findings = _some(draw, [tables["findings"] for tables in mixed])
        metrics = _some(draw, [tables["metrics"] for tables in mixed])
        yield {
            "articles": [own],
            "findings": [
                {**row, **placed, "number": index, "text": _varied(draw, row["text"])}
                for index, row in enumerate(findings)
            ],
            "metrics": [
                {**row, **shared, "number": index, "value": row["value"] * draw.uniform(0.8, 1.2), "finding": None}
                for index, row in enumerate(metrics)
            ],
        }


def _varied(draw: random.Random, text: str) -> str:
    """A sentence as others would put it: now and then without a word, or with one of its words at another place."""
    words = text.split(" ")
    for _ in range(draw.choice((0, 1, 1, 2))):
        word = words.pop(draw.randrange(len(words)))
        if draw.random() < 0.5 or not words:
            words.insert(draw.randint(0, len(words)), word)
    return " ".join(words)


def _some(draw: random.Random, lists: list[list[Row]]) -> list[Row]:
    return [row for rows in lists for row in rows if draw.random() < 0.6]


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("out", type=Path, help="where the dataset goes")
    reader.add_argument("--articles", type=int, help="so many articles, made up")
    arguments = reader.parse_args()
    out: Path = arguments.out
    made = synthetic(arguments.articles) if arguments.articles else of_corpus(out / "texts")
    print(write(out / "dataset", made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
