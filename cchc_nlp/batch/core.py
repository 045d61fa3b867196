"""The core of every engine: one Arrow batch of articles in, one batch of each table out.

No state but the loaded pipeline. Whatever goes wrong with an article becomes its row in `errors`; nothing is raised.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from cchc_nlp import records
from cchc_nlp.batch import pages, schema
from cchc_nlp.batch.duplicates import signature
from cchc_nlp.batch.options import Options
from cchc_nlp.classify import relevance
from cchc_nlp.classify.learned import default_directory, load_models
from cchc_nlp.errors import ArticleTooLongError, BatchInputError
from cchc_nlp.records import ArticleRecord
from cchc_nlp.stages import begin, stages
from cchc_nlp.text.decode import decode
from cchc_nlp.text.timestamps import find_moment

_YEAR = re.compile(r"\d{4}")
# has something for every stage
_NOBODYS = (
    "Sáng 30/8, Đoàn giám sát HĐND huyện do ông Lê Văn Tám - Phó Chủ tịch HĐND huyện làm trưởng đoàn giám sát cải cách "
    "hành chính tại xã Tân An theo Kế hoạch số 14/KH-HĐND. UBND xã đã giải quyết 1.240 hồ sơ, đúng hạn 98,5%, song "
    "việc niêm yết thủ tục chưa đầy đủ do thiếu cán bộ. Đoàn đề nghị UBND xã khắc phục trong tháng 9."
)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Failure:
    """Why an article has no record: the stage it failed in, the error's class and its message."""

    stage: str
    error: str
    message: str


class _FailedError(Exception):
    def __init__(self, stage: str, error: Exception) -> None:
        super().__init__(str(error))
        self.failure = Failure(stage, type(error).__name__, str(error))


@dataclass
class _Article:
    """An article on its way: what is known of it so far, and its text."""

    row: dict[str, Any]
    text: str = ""
    day: date | None = None
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


class Processor:
    """The loaded pipeline, called with batches."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._models = load_models(Path(options.models) if options.models else default_directory())
        self._stages = stages(self._models)

    def warm_up(self) -> None:
        """Reads an article of no one's, so that what loads when first needed is not timed as the first article's."""
        analysis = begin(_NOBODYS, date(2023, 9, 1))
        for stage in self._stages.values():
            stage(analysis)
        records.build(analysis)

    def __call__(
        self,
        articles: pa.RecordBatch,
        given_up: Mapping[int, Failure] | None = None,
        begun: Callable[[int], None] = lambda _: None,
    ) -> schema.Tables:
        """The tables of a batch.

        `given_up` are rows that are not to be tried again and why; `begun` is told each row before it is read.
        """
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for index, given in enumerate(articles.to_pylist()):
            begun(index)
            self._article(given, (given_up or {}).get(index), rows)
        tables = {name: schema.batch(rows[name], form) for name, form in schema.TABLES.items()}
        if self.options.duplicates:
            tables["signatures"] = schema.batch(rows["articles"], schema.SIGNATURES)
        return tables

    def _article(self, given: dict[str, Any], failure: Failure | None, rows: dict[str, list[dict[str, Any]]]) -> None:
        article = _Article({key: given[key] for key in ("id", "source", "position", "title", "published", "url")})
        if given["error"] is not None:
            failure = Failure(given["stage"], given["error"], given["message"])
        try:
            if failure is None:
                self._read(article, given)
                self._extract(article)
            elif given["format"] == "json":
                article.row["id"] = self._printed_id(given["data"])
        except _FailedError as failed:
            failure = failed.failure
        except Exception as error:  # one bad article is one row, whatever is wrong with it
            failure = Failure("extract", type(error).__name__, str(error))
        row = article.row
        if row["id"] is None:
            row["id"] = made_id(row["source"], row["position"])
        if failure is not None:
            row = {key: row.get(key) for key in ("id", "source", "position", "title", "published", "url")}
            row.update(status="failed", n_words=0)
            message = _SURROGATE.sub("\ufffd", failure.message[:2000])
            rows["errors"].append({**row, "stage": failure.stage, "error": failure.error, "message": message})
            if failure.stage != "source":
                rows["articles"].append(row)
            return
        rows["articles"].append(row)
        for name, content in article.tables.items():
            rows[name] += ({"id": row["id"], **line} for line in content)

    # --- reading ------------------------------------------------------------------------------------

    def _read(self, article: _Article, given: dict[str, Any]) -> None:
        """Bytes to text, and what the input says about the article besides."""
        row, data = article.row, given["data"]
        markup: str | None = None
        if given["format"] == "html":
            markup = pages.page_text(data, given["charset"])
        elif given["format"] == "json":
            article.text = self._columns(row, data)
        else:
            decoded = decode(data)
            if decoded.encoding == "binary":
                raise _FailedError("read", BatchInputError("the bytes are no text in any encoding known"))
            article.text = decoded.text
        if markup is None and pages.is_page(article.text):
            markup = article.text
        self._check_length(markup or article.text)
        if markup is not None:
            page = pages.read_page(markup, row["url"])
            if page is None:
                raise _FailedError("page", BatchInputError("no text on the page"))
            article.text = page.text
            row["title"] = row["title"] or page.title
            row["published"] = row["published"] or page.published
            row["url"] = row["url"] or page.url
        if row["published"]:
            moment = find_moment(row["published"].lower(), 0, len(row["published"]))
            row["published"] = moment.iso if moment else None
            article.day = date.fromisoformat(moment.iso[:10]) if moment else None
        for key in ("id", "title", "url"):  # no lone surrogate has a form in UTF-8
            row[key] = unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", row[key])) if row[key] else None

    def _check_length(self, text: str) -> None:
        if len(text) > self.options.max_chars:
            raise _FailedError("read", too_long(len(text), "characters", self.options))

    def _columns(self, row: dict[str, Any], line: bytes) -> str:
        """The text of a JSON line, its other columns into the row."""
        options = self.options
        try:
            try:
                columns = json.loads(line)
            except UnicodeDecodeError:
                columns = json.loads(decode(line).text)
        except ValueError as error:
            raise _FailedError("read", BatchInputError(f"no JSON: {error}")) from error
        if not isinstance(columns, dict):
            raise _FailedError("read", BatchInputError("the line is no JSON object"))
        for key in ("id", "title", "published", "url"):
            value = columns.get(getattr(options, f"{key}_column"))
            if isinstance(value, (str, int, float)) and value != "":
                row[key] = str(value)
        text = columns.get(options.text_column)
        if not isinstance(text, str):
            what = "no text in" if options.text_column in columns else "no"
            raise _FailedError("read", missing_column(what, options.text_column, columns))
        return text

    def _printed_id(self, line: bytes | None) -> str | None:
        """The id of a line that is not to be parsed again."""
        column = re.escape(json.dumps(self.options.id_column, ensure_ascii=False).encode())
        match = re.search(column + rb'\s*:\s*("(?:[^"\\]|\\.){0,500}"|-?\d{1,30})', (line or b"")[:65_536])
        try:
            return _SURROGATE.sub("\ufffd", str(json.loads(match[1]))) if match else None
        except ValueError:
            return None

    # --- the record -----------------------------------------------------------------------------------

    def _extract(self, article: _Article) -> None:
        """The cheap pass, and the record of what it lets through."""
        row = article.row
        row["n_words"] = len(article.text.split())
        analysis = begin(article.text, article.day)
        remaining = dict(self._stages)
        remaining.pop("cchc_page")(analysis)
        row["relevance"] = round(relevance.survey(analysis).inspection, 4)
        if self.options.relevant_only and row["relevance"] < self.options.threshold:
            row["status"] = "irrelevant"
            row["title"] = row["title"] or _printed_title(analysis)
            row["published"] = row["published"] or analysis.page.published
            return
        for stage in remaining.values():
            stage(analysis)
        record = records.build(analysis)
        row["status"] = "done"
        row["title"] = row["title"] or record.article.title
        row["published"] = row["published"] or record.article.published
        event = record.inspection
        row.update(
            is_inspection=record.article.is_inspection,
            kind=event.kind,
            inspection_date=event.date,
            inspector=event.inspector,
            lead=event.lead,
            inspected=event.inspected,
            inspected_units=[unit.code if unit else None for unit in event.inspected_units],
            schema_version=record.schema_version,
            record=record.model_dump_json(),
        )
        article.tables = flat(record, row)
        if self.options.duplicates:
            row["signature"] = signature(article.text)


def flat(record: ArticleRecord, row: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows of the flat tables, without the article's id."""
    year = _year(record.inspection.date) or _year(row["published"])
    within = {metric: number for number, finding in enumerate(record.findings) for metric in finding.metrics}
    return {
        "findings": [
            {
                "source": row["source"], "published": row["published"], "year": year, "number": number, **_span(f),
                "label": f.label, "area": f.area, "unit": f.unit, "unit_code": f.unit_code,
                "confidence": f.confidence, "rule": f.rule,
            }
            for number, f in enumerate(record.findings)
        ],
        "metrics": [
            {
                "year": year, "number": number, **_span(m), "value": m.value, "unit": m.unit,
                "comparator": m.comparator, "of": m.of, "low": m.low, "indicator": m.indicator,
                "finding": within.get(number),
            }
            for number, m in enumerate(record.metrics)
        ],
        "officials": [
            {"name": official.name, "title": role and role.title, "org": role and role.org}
            for official in record.officials
            for role in official.roles or (None,)
        ],
        "places": [
            {**_span(p), "name": p.name, "level": p.level, "unit_code": p.unit and p.unit.code} for p in record.places
        ],
        "documents": [
            {
                **_span(d), "type": d.type, "doc_number": d.number, "date": d.date, "issuer": d.issuer,
                "title": d.title,
            }
            for d in record.documents
        ],
    }  # fmt: skip


def _span(mention: records.Mention) -> dict[str, Any]:
    return {"start": mention.start, "end": mention.end, "text": mention.text}


def _year(value: str | None) -> int | None:
    match = _YEAR.match(value or "")
    return int(match[0]) if match else None


def _printed_title(analysis: Any) -> str | None:
    title = analysis.page.title
    return _SURROGATE.sub("\ufffd", analysis.text[title.start : title.end]) if title else None


def made_id(source: str, position: int) -> str:
    """The id of an article that has none of its own."""
    return f"{source}#{position}"


def too_long(size: int | str, what: str, options: Options) -> ArticleTooLongError:
    """The article is longer than the run allows."""
    return ArticleTooLongError(
        f"{size} {what}, more than the {options.max_chars} characters allowed; --max-chars sets the limit"
    )


def missing_column(what: str, column: str, columns: Mapping[str, Any] | list[str]) -> BatchInputError:
    """A named column is not there; says which are, and how to name another."""
    there = ", ".join(list(columns)[:20]) or "none"
    return BatchInputError(f"{what} column {column!r}; columns are {there}; --text-column names another")
