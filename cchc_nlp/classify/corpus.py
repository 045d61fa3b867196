"""Reads annotated articles in the corpus format (`corpus/FORMAT.md`) as gold records.

The format is for people: the article with its annotation inline. `read_article` takes the annotation out and gives
text, offsets and fields in the shape of a gold file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast, get_args

from cchc_nlp import lexicon
from cchc_nlp.analysis import Area, Comparator
from cchc_nlp.errors import CorpusFormatError
from cchc_nlp.evaluation import Annotated, GoldArticle

_LABELS = {"+": "strength", "-": "limitation", "?": "cause", "!": "recommendation"}
_HEADER_KEYS = (
    "brief", "inspection", "kind", "date", "inspector", "lead", "inspected", "official", "noise", "annotated",
)  # fmt: skip
_AREAS, _COMPARATORS = get_args(Area), get_args(Comparator)
_KINDS = {"kiểm tra", "giám sát", "thanh tra", "khảo sát", "họp đánh giá"}
_TIMEX_SIDE = r"(?:\d{4}|XXXX)(?:-(?:\d\d(?:-\d\d)?|Q[1-4]|H[12]))?(?:T(?:MO|MI|AF|EV|NI|\d\d:\d\d(?::\d\d)?))?"
_TIMEX = re.compile(rf"{_TIMEX_SIDE}(?:/{_TIMEX_SIDE})?")


@dataclass(frozen=True, kw_only=True)
class CorpusArticle(GoldArticle):
    """A gold article with what its header says of its making."""

    brief: str
    noise: str | None


@dataclass
class _Open:
    """A bracket that has been opened and not yet closed."""

    tag: str
    start: int
    line: int


@dataclass
class _Draft:
    """What has been read of an article so far."""

    path: str
    header: dict[str, str] = field(default_factory=dict)
    officials: dict[str, dict[str, Any]] = field(default_factory=dict)
    article: dict[str, Any] = field(
        default_factory=lambda: {"title": None, "published": None, "author": None, "body": []}
    )
    lists: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {k: [] for k in ("dates", "places", "agencies", "metrics", "documents", "findings")}
    )

    def fault(self, line: int, what: str) -> CorpusFormatError:
        return CorpusFormatError(f"{self.path}, line {line}: {what}")


def read_article(content: str, path: str = "article", writer: str = "") -> CorpusArticle:
    """One annotated article; raises `CorpusFormatError` naming the file and the line."""
    head, mark, body = content.partition("\n---\n")
    draft = _Draft(path)
    if not mark:
        raise draft.fault(1, "no line '---' between header and article")
    _read_header(draft, head)
    text = _read_body(draft, body, head.count("\n") + 3)
    annotated = draft.header.get("annotated", "all")
    return CorpusArticle(
        stem=Path(path).stem, text=text, gold=_gold(draft), writer=writer, brief=draft.header.get("brief", ""),
        noise=draft.header.get("noise"), annotated=cast(Annotated, annotated),
    )  # fmt: skip


def read_splits(path: Path) -> dict[str, str]:
    """Which split each writer's articles belong to (`corpus/splits.tsv`)."""
    rows = lexicon.parse(path.name, path.read_text(encoding="utf-8"))
    return {row["writer"]: row["split"] for row in rows}


def read_corpus(directory: Path) -> tuple[list[CorpusArticle], list[CorpusFormatError]]:
    """All articles below a directory, by writer and name, and an error for each file that breaks the format."""
    articles: list[CorpusArticle] = []
    faults: list[CorpusFormatError] = []
    for path in sorted(directory.glob("*/*.txt")):
        try:
            articles.append(read_article(path.read_text(encoding="utf-8"), str(path), path.parent.name))
        except CorpusFormatError as fault:
            faults.append(fault)
        except (OSError, UnicodeDecodeError) as error:
            faults.append(CorpusFormatError(f"{path}: {error}"))
    return articles, faults


def _read_header(draft: _Draft, head: str) -> None:
    for number, line in enumerate(head.splitlines(), 1):
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or key not in _HEADER_KEYS:
            raise draft.fault(
                number, f"a header line is 'key: value' with a key of {', '.join(_HEADER_KEYS)}, not {line!r}"
            )
        if key == "official":
            _read_official(draft, value, number)
        elif key in draft.header:
            raise draft.fault(number, f"{key} is given twice")
        else:
            draft.header[key] = value
    if draft.header.get("inspection") not in ("yes", "no"):
        raise draft.fault(1, "the header needs 'inspection: yes' or 'inspection: no'")
    if draft.header.get("kind") and draft.header["kind"] not in _KINDS:
        raise draft.fault(1, f"kind is one of {', '.join(sorted(_KINDS))}, not {draft.header['kind']!r}")
    if draft.header.get("annotated", "all") not in get_args(Annotated):
        raise draft.fault(1, f"annotated is one of {', '.join(get_args(Annotated))}")
    if draft.header.get("date") and not _TIMEX.fullmatch(draft.header["date"]):
        raise draft.fault(1, f"date is no TIMEX3 value: {draft.header['date']!r}")


def _read_official(draft: _Draft, value: str, line: int) -> None:
    name, _, roles = (part.strip() for part in value.partition("="))
    held = []
    for role in filter(None, (part.strip() for part in roles.split(";"))):
        title, at, org = (part.strip() for part in role.partition("@"))
        if not at:
            raise draft.fault(line, f"a role is 'title @ organisation', not {role!r}")
        held.append({"title": title, "org": None if org == "-" else org})
    draft.officials[name] = {"name": name, "roles": held, "mentions": []}


def _read_body(draft: _Draft, body: str, first_line: int) -> str:
    """The plain text; spans go into the draft."""
    plain: list[str] = []
    size = 0
    stack: list[_Open] = []
    run: tuple[int, int] | None = None
    for number, raw in enumerate(body.rstrip("\n").split("\n"), first_line):
        outside = raw.startswith("~")
        line = re.sub(r"^~ ?", "", raw) if outside else raw
        start = size
        for piece, kind in _pieces(line, draft, number):
            if kind == "open":
                stack.append(_Open(piece, size, number))
            elif kind == "close":
                if not stack:
                    raise draft.fault(number, "']' closes nothing")
                opened = stack.pop()
                _annotate(draft, opened, "".join(plain)[opened.start :], size)
            else:
                plain.append(piece)
                size += len(piece)
        if stack:
            raise draft.fault(number, f"'[{stack[-1].tag}|' is not closed on its line")
        written = "".join(plain)[start:]
        if outside:
            _close_run(draft, run)
            run = None
        elif written.strip():
            begin = start + len(written) - len(written.lstrip())
            run = (run[0] if run else begin, start + len(written.rstrip()))
        plain.append("\n")
        size += 1
    _close_run(draft, run)
    return "".join(plain)[:-1]


def _close_run(draft: _Draft, run: tuple[int, int] | None) -> None:
    if run is not None:
        draft.article["body"].append(list(run))


def _pieces(line: str, draft: _Draft, number: int) -> Iterator[tuple[str, str]]:
    """A line as text, opening brackets (their tags) and closing brackets."""
    at = 0
    for match in re.finditer(r"\\[\[\]|]|\[([^\[\]|]*)\||\]|\[", line):
        if match.start() > at:
            yield line[at : match.start()], "text"
        at = match.end()
        if match[0].startswith("\\"):
            yield match[0][1], "text"
        elif match[0] == "]":
            yield "", "close"
        elif match[1] is not None:
            yield match[1].strip(), "open"
        else:
            raise draft.fault(number, "'[' opens no annotation; write \\[ for the sign itself")
    if at < len(line):
        yield line[at:], "text"


def _annotate(draft: _Draft, opened: _Open, text: str, end: int) -> None:
    if not text.strip() or text != text.strip():
        raise draft.fault(opened.line, f"'[{opened.tag}|{text}]' is empty or has blanks at its ends")
    span = {"start": opened.start, "end": end, "text": text}
    tag, _, value = opened.tag.partition(":")
    if tag[:1] in _LABELS:
        _finding(draft, opened, span)
    elif tag in _READERS:
        _READERS[tag](draft, opened.line, span, value.strip())
    else:
        raise draft.fault(opened.line, f"no such tag: {opened.tag!r}")


def _finding(draft: _Draft, opened: _Open, span: dict[str, Any]) -> None:
    area, at, unit = opened.tag[1:].partition("@")
    if area.strip() not in _AREAS:
        raise draft.fault(opened.line, f"no such area: {area!r}; areas are {', '.join(_AREAS)}")
    inspected = _parts(draft.header.get("inspected", ""))
    default = inspected[0] if len(inspected) == 1 else None
    named = None if unit.strip() in ("", "-") else unit.strip()
    label = _LABELS[opened.tag[0]]
    draft.lists["findings"].append({**span, "label": label, "area": area.strip(), "unit": named if at else default})


def _title(draft: _Draft, line: int, span: dict[str, Any], value: str) -> None:
    draft.article["title"] = span["text"]


def _published(draft: _Draft, line: int, span: dict[str, Any], value: str) -> None:
    _date(draft, line, span, value)
    draft.article["published"] = value


def _author(draft: _Draft, line: int, span: dict[str, Any], value: str) -> None:
    draft.article["author"] = span["text"]


def _date(draft: _Draft, line: int, span: dict[str, Any], value: str) -> None:
    if not _TIMEX.fullmatch(value):
        raise draft.fault(line, f"{span['text']!r}: no TIMEX3 value: {value!r}")
    draft.lists["dates"].append({**span, "value": value})


def _place(draft: _Draft, line: int, span: dict[str, Any], value: str) -> None:
    name, _, level = (part.strip() for part in value.partition(";"))
    name = name or span["text"][:1].lower() + span["text"][1:]
    levels = {row["type"]: row["level"] for row in lexicon.table("place_types") if row["type"]}
    kind = max((word for word in levels if name.startswith(word + " ")), key=len, default=None)
    if kind is None:
        raise draft.fault(
            line, f"the place {name!r} does not begin with a type word; write [p:type name|{span['text']}]"
        )
    if not level:
        central = name in {f"thành phố {city}" for city in _CENTRAL_CITIES}
        level = "province" if central else levels[kind]
    draft.lists["places"].append({**span, "level": level, "name": name})


_CENTRAL_CITIES = ("Hà Nội", "Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế")


def _agency(draft: _Draft, line: int, span: dict[str, Any], value: str) -> None:
    draft.lists["agencies"].append({**span, "name": value or span["text"]})


def _official(draft: _Draft, line: int, span: dict[str, Any], value: str) -> None:
    name = value or span["text"].title()
    if name not in draft.officials:
        raise draft.fault(line, f"no header line 'official: {name} = …'")
    draft.officials[name]["mentions"].append(span)


def _metric(draft: _Draft, line: int, span: dict[str, Any], value: str) -> None:
    plain = [part for part in value.split(";") if not re.match(r"\s*(?:of|low)\s*=", part)]
    extra = dict(re.findall(r"(of|low)\s*=\s*([\d.]+)", value))
    try:
        amount = float(plain[0])
        extras = {key: float(number) for key, number in extra.items()}
    except ValueError:
        raise draft.fault(
            line, f"{span['text']!r}: a metric is value;unit;comparator;indicator, not {value!r}"
        ) from None
    unit, *rest = [part.strip() for part in plain[1:]] or [""]
    comparator = rest.pop(0) if rest and rest[0] in ("", *_COMPARATORS) else ""
    indicator = rest[0] if rest else ""
    if not unit or (comparator and comparator not in _COMPARATORS):
        raise draft.fault(
            line, f"{span['text']!r}: a metric needs a unit and one of {' '.join(_COMPARATORS)}: {value!r}"
        )
    draft.lists["metrics"].append(
        {
            **span,
            "value": amount,
            "unit": unit,
            "comparator": comparator or "=",
            "indicator": indicator or None,
            **extras,
        }
    )


def _document(draft: _Draft, line: int, span: dict[str, Any], value: str) -> None:
    parts = [None if part in ("", "-") else part for part in (p.strip() for p in value.split(";"))]
    kind, number, date, issuer, title = (parts + [None] * 5)[:5]
    if kind is None or (number is None and title is None):
        raise draft.fault(line, f"{span['text']!r}: a document needs a type and a number or title: {value!r}")
    draft.lists["documents"].append(
        {**span, "number": number, "type": kind, "date": date, "issuer": issuer, "title": title}
    )


_READERS = {
    "T": _title, "P": _published, "B": _author, "d": _date, "p": _place, "a": _agency, "o": _official, "m": _metric,
    "x": _document,
}  # fmt: skip


def _parts(value: str) -> list[str]:
    return [part for part in (p.strip() for p in value.split(";")) if part]


def _gold(draft: _Draft) -> dict[str, Any]:
    header = draft.header
    inspection = {
        "kind": header.get("kind"), "date": header.get("date"), "inspector": header.get("inspector"),
        "lead": header.get("lead"), "inspected": _parts(header.get("inspected", "")),
    }  # fmt: skip
    ordered = {kind: sorted(items, key=lambda item: item["start"]) for kind, items in draft.lists.items()}
    officials = [official for official in draft.officials.values() if official["mentions"]]
    return {
        "article": {**draft.article, "is_inspection": header["inspection"] == "yes"},
        "inspection": inspection, **ordered, "officials": officials,
    }  # fmt: skip
