"""One record as a self-contained page: the source with coloured spans, a legend, and the tables.

Spans of different kinds overlap (a place inside an agency inside a finding), so the text is cut at every
boundary and each piece carries the classes of all spans over it. Unticking a kind in the legend takes its class
away, and the other kinds over a piece show as they would alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from string import Template
from typing import TYPE_CHECKING, Any, Literal

from cchc_nlp import lexicon
from cchc_nlp.report.tables import rows

if TYPE_CHECKING:
    from cchc_nlp.records import ArticleRecord, Mention

Language = Literal["vi", "en"]

_LABELS = ("strength", "limitation", "cause", "recommendation")
_MENTIONS = ("dates", "places", "agencies", "officials", "metrics", "documents")
_UNSURE = 0.5  # less confidence than this is shown
_HIDDEN_COLUMNS = {"start", "end", "confidence", "rule", "kind", "metrics", "body", "unit_confidence"}


@dataclass(frozen=True)
class _Layer:
    start: int
    end: int
    kind: str
    note: str
    confidence: float

    @property
    def css(self) -> str:
        return f"{self.kind} unsure-{self.kind}" if self.confidence < _UNSURE else self.kind


def words(language: Language) -> dict[str, str]:
    """Interface words of a language by key (`lexicon/interface.tsv`)."""
    return lexicon.mapping("interface", "key", language)


def render(record: ArticleRecord, language: Language = "vi") -> str:
    """The page as HTML text; needs nothing from outside itself."""
    word = words(language)
    counts = {kind: len(getattr(record, kind)) for kind in _MENTIONS}
    counts.update((label, sum(f.label == label for f in record.findings)) for label in _LABELS)
    legend = "".join(
        f'<label class="key {kind}"><input type="checkbox" checked data-kind="{kind}">'
        f"{escape(word[kind])} <b>{count}</b></label>"
        for kind, count in counts.items()
    )
    return _PAGE.substitute(
        language=language,
        title=escape(record.article.title or word["untitled"]),
        legend=legend,
        text=_coloured(record, word),
        tables="".join(
            _table(kind, content, word)
            for kind, content in rows(record).items()
            if content and not (kind == "inspection" and _no_event(record))
        ),
    )


def _no_event(record: ArticleRecord) -> bool:
    return not record.article.is_inspection and not any(value for _, value in record.inspection)


def _layers(record: ArticleRecord, word: dict[str, str]) -> Iterable[_Layer]:
    def layer(mention: Mention, kind: str, note: str) -> _Layer:
        sure = f"{note} ({word['confidence'].lower()} {mention.confidence:.2f})"
        return _Layer(mention.start, mention.end, kind, sure, mention.confidence)

    for finding in record.findings:
        note = " · ".join(filter(None, (word[finding.label], word[finding.area], finding.unit)))
        yield layer(finding, finding.label, note)
    for kind in ("dates", "places", "agencies", "metrics", "documents"):
        for mention in getattr(record, kind):
            yield layer(mention, kind, f"{word[kind]}: {_gist(mention)}{_unit(mention)}")
    for official in record.officials:
        held = "; ".join(" - ".join(filter(None, (role.title, role.org))) for role in official.roles)
        for mention in official.mentions:
            yield layer(mention, "officials", f"{official.name}: {held}" if held else official.name)


def _unit(mention: Any) -> str:
    """The official unit of a place or body: "; 01984 (xã Đôn Phong, huyện Bạch Thông, tỉnh Bắc Kạn)"."""
    unit: Any = getattr(mention, "unit", None)
    if unit is None or isinstance(unit, str):
        return ""
    return f"; {unit.code or '-'} ({', '.join(filter(None, (unit.name, unit.within)))})"


def _gist(mention: Any) -> str:
    if hasattr(mention, "indicator"):
        return f"{mention.comparator} {mention.value:g} {mention.unit}"
    for name in ("value", "name", "number", "title"):
        value = getattr(mention, name, None)
        if value is not None:
            return str(value)
    return str(mention.type)


def _coloured(record: ArticleRecord, word: dict[str, str]) -> str:
    source = record.source
    layers = sorted(_layers(record, word), key=lambda layer: (layer.start, -layer.end))
    cuts = sorted({0, len(source), *(b for s, e in record.article.body for b in (s, e))}
                  | {at for layer in layers for at in (layer.start, layer.end)})  # fmt: skip
    pieces: list[str] = []
    active: list[_Layer] = []
    upcoming = iter(layers)
    following = next(upcoming, None)
    for start, end in pairwise(cuts):
        active = [layer for layer in active if layer.end > start]
        while following is not None and following.start <= start:
            active.append(following)
            following = next(upcoming, None)
        text = escape(source[start:end])
        inside = any(s <= start and end <= e for s, e in record.article.body)
        if active:
            css = " ".join(dict.fromkeys(layer.css for layer in active))
            note = escape("\n".join(dict.fromkeys(layer.note for layer in active)), quote=True)
            text = f'<span class="{css}" title="{note}">{text}</span>'
        pieces.append(text if inside or active else f'<span class="outside">{text}</span>')
    return "".join(pieces)


def _table(kind: str, content: list[dict[str, Any]], word: dict[str, str]) -> str:
    columns = [c for c in content[0] if c not in _HIDDEN_COLUMNS or (c == "kind" and kind == "inspection")]
    head = "".join(f"<th>{escape(header(kind, c, word))}</th>" for c in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(show(row[c], word))}</td>" for c in columns) + "</tr>" for row in content
    )
    return f"<details open><summary>{escape(word[kind])} ({len(content)})</summary><table><tr>{head}</tr>{body}</table></details>"


def header(table: str, column: str, word: dict[str, str]) -> str:
    """The head of a column: the word that it has in this table, else the one it has in all."""
    return word.get(f"{table}.{column}") or word.get(column, column)


def show(value: object, word: dict[str, str]) -> str:
    """A cell as a reader wants it: labels in the reader's language, nothing for null, no trailing `.0`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return word["yes" if value else "no"]
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, (list, tuple)):
        return "; ".join(show(v, word) for v in value)
    return word.get(value, value) if isinstance(value, str) else str(value)


_PAGE = Template("""<!doctype html>
<html lang="$language"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>$title</title><style>
body{font:16px/1.65 system-ui,"Noto Sans",sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#1c2330;background:#fff}
h1{font-size:1.35rem;line-height:1.3}
.legend{position:sticky;top:0;background:#fff;padding:.5rem 0;border-bottom:1px solid #d5d9e0;display:flex;flex-wrap:wrap;gap:.35rem .6rem;z-index:1}
.key{padding:0 .45rem;border-radius:.3rem;font-size:.86rem;cursor:pointer}.key input{margin:0 .3rem 0 0;vertical-align:-1px}
.text{white-space:pre-wrap;overflow-wrap:anywhere;margin:1rem 0}.outside{color:#98a0ad}
.strength{background:#d9f2df}.limitation{background:#fde0dc}.cause{background:#fdeecb}.recommendation{background:#dde9fb}
.dates{border-bottom:3px solid #8e5bd0}.places{border-bottom:3px solid #1d8a99}.agencies{border-bottom:3px solid #c2571a}
.officials{border-bottom:3px solid #b5179e}.metrics{border-bottom:3px solid #3a6f1f}.documents{border-bottom:3px solid #6b6f76}
.agencies.places{border-bottom-style:double}
.unsure-dates.dates,.unsure-places.places,.unsure-agencies.agencies,.unsure-officials.officials,.unsure-metrics.metrics,.unsure-documents.documents{border-bottom-style:dotted}
.unsure-strength.strength,.unsure-limitation.limitation,.unsure-cause.cause,.unsure-recommendation.recommendation{background-image:repeating-linear-gradient(135deg,#fff 0 3px,transparent 3px 7px)}
summary{font-weight:600;cursor:pointer;margin-top:.8rem}table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{border:1px solid #d5d9e0;padding:.25rem .45rem;text-align:left;vertical-align:top}th{background:#f3f5f8}
</style></head><body><h1>$title</h1><div class="legend">$legend</div><div class="text">$text</div>$tables
<script>for(const box of document.querySelectorAll("[data-kind]")){const kind=box.dataset.kind,spans=document.querySelectorAll(".text ."+kind);
box.onchange=()=>spans.forEach(span=>span.classList.toggle(kind,box.checked))}</script>
</body></html>
""")
