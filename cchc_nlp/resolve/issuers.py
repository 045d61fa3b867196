"""Who issued a paper: as printed ("của UBND tỉnh"), as the number says ("118/QĐ-UBND", "05/KL-TTr"), or as the
sentence tells ("Cục Thuế vừa công bố Quyết định số 3127/QĐ-CTDAN")."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from cchc_nlp import lexicon
from cchc_nlp.analysis import Agency, Analysis, Document, Place
from cchc_nlp.naming import compose
from cchc_nlp.resolve.units import Units, nearest

_PRINTED = re.compile(
    r",?(?: ?(?:ký |ban hành )?ngày [\d/. -]{6,14})?,? (?:do )?(?:của )?"
    r"(?:(?:Chủ tịch|Giám đốc|Bộ trưởng|Chánh|Tổng|Cục trưởng|Tổng cục trưởng|Chi cục trưởng|Thủ trưởng|Bí thư) )?",
    re.IGNORECASE,
)
_PRINTED_REACH = 48
_LETTERS = re.compile(r"[A-ZĐ][A-ZĐa-zđ.]*")
_PUBLISHED = re.compile(
    r" (?:vừa |đã |mới |cũng ){0,2}(?:(?:ký|ra|có|ban hành|công bố|công khai|phát hành|giới thiệu|gửi)(?: văn bản)?)"
    r"(?: (?:nội dung|toàn văn|dự thảo))? $"
)
_MADE = re.compile(r"\b(?:ban hành|xây dựng|đề ra|triển khai|có)\b[^.;]{0,60}$", re.IGNORECASE)
_OWN_PAPERS = frozenset(
    {"Kế hoạch", "Quyết định", "Báo cáo", "Chương trình", "Quy chế", "Công văn", "Thông báo", "Đề án"}
)


class _Issuer(NamedTuple):
    head: str
    kind: str
    owned: bool


@cache
def _issuers() -> dict[str, _Issuer]:
    return {
        code.casefold(): _Issuer(row["head"], row["kind"], row["owner"] == "yes")
        for row in lexicon.table("resolve_issuers")
        for code in row["code"].split(" | ")
    }


def _issuer_of(number: str) -> _Issuer | None:
    """What the number's letters name: "05/KH-UBND" ends with the issuer, "1234/UBND-NC" with who drafted it."""
    codes = [code.casefold() for code in _LETTERS.findall(number)]
    known = _issuers()
    if codes and (last := known.get("-" + codes[-1])):  # known as an issuer at the end alone
        return last
    return next((known[code] for code in reversed(codes) if code in known), None)


def complete(analysis: Analysis, units: Units, focus: list[Place]) -> None:
    """Fills `issuer` (a canonical name) of every paper where the text tells; needs named agencies."""
    agencies = sorted(analysis.agencies, key=lambda a: a.start)
    starts = [agency.start for agency in agencies]
    for paper in analysis.documents:
        if paper.issuer is not None:
            continue
        index = bisect_left(starts, paper.end)
        following = agencies[index] if index < len(agencies) else None
        if following is not None and _is_printed(analysis.text, paper, following):
            paper.issuer = following.name
        elif paper.number is not None:
            paper.issuer = _by_code(paper, agencies, units, focus) or _by_publishing(
                analysis.text, paper, agencies[max(0, index - 2) : index]
            )
        elif paper.type in _OWN_PAPERS:
            paper.issuer = _by_sentence(analysis.text, paper, agencies[max(0, index - 6) : index])


def _is_printed(text: str, paper: Document, agency: Agency) -> bool:
    between = text[paper.end : agency.start]
    return len(between) <= _PRINTED_REACH and "của" in between and bool(_PRINTED.fullmatch(between))


def _by_code(paper: Document, agencies: list[Agency], units: Units, focus: list[Place]) -> str | None:
    """The body that the number names: a mention of it near by, else the body of the unit spoken of."""
    issuer = _issuer_of(paper.number or "")
    if issuer is None:
        return None
    same = [a for a in agencies if a.kind == issuer.kind and a.head.casefold().startswith(issuer.head.casefold())]
    if same:
        return min(same, key=lambda a: abs(a.start - paper.start)).name
    place = nearest(focus, paper.start) if issuer.owned else None
    if place is None:
        return None
    return compose(Agency(0, 0, "", 0.0, "", issuer.head, issuer.kind, place=place))


def _by_publishing(text: str, paper: Document, before: list[Agency]) -> str | None:
    """The body that stands right before the word for issuing or publishing a paper."""
    body = next((a for a in reversed(before) if a.end < paper.start), None)
    return body.name if body is not None and _PUBLISHED.fullmatch(text, body.end, paper.start) else None


def _by_sentence(text: str, paper: Document, before: list[Agency]) -> str | None:
    """ "UBND xã đã ban hành Kế hoạch ...": the committee last named in the sentence made the paper."""
    start = max(text.rfind(". ", 0, paper.start), text.rfind("\n", 0, paper.start), paper.start - 200)
    if not _MADE.search(text[start : paper.start]):
        return None
    committees = [a for a in before[-6:] if a.kind in ("committee", "party", "council") and a.start >= start]
    return committees[-1].name if committees else None
