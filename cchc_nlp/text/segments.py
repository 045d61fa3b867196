"""Segments: sentences cut where one finding stops and the next begins.

A sentence is cut at every semicolon outside brackets and quotes, and then where its direction changes: a
contrast (", song …", "… nhưng …"), a demand after a statement (", đồng thời đề nghị …", ", đoàn kiến nghị …"),
a cause (", chủ yếu do …"), blame after praise. The cut stands before the cue word. A cue cuts only when clauses
stand on both sides and when the label is likely to change: two demands in one sentence are one segment. Words
that often join clauses of one direction (", còn …", ", trong khi …") cut only when one side falls short and the
other does not.

The words are in the tables `segment_cues`, `segment_clauses` and `segment_opposites`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from cchc_nlp import lexicon
from cchc_nlp.analysis import Block, Segment, Span
from cchc_nlp.text.scan import Hit
from cchc_nlp.text.sentences import bracket_spans

_MARKS = re.compile(
    r"[\s,;:.…]*(?:[-+*•●▪◦] ?|\(?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[a-zđ])\) ?"
    r"|(?:\d{1,2}(?:\.\d{1,2}){0,2}|[a-zđ]|[IVX]{1,5})\.(?=\s) ?|\d{1,2}[/,] ?(?=[^\W\d_]))*"
)
# "(Baomoi.vn) - ", "BTO - " at the head of a paragraph, " - Ảnh: N.T" at the end of a caption
_DATELINE = re.compile(r"(?:\([^()\n]{2,25}\) ?-|\([A-ZĐ]{2,6}\)|[A-ZĐ]{2,6} ?-)(?= ?[\w“\"])(?! ?[A-ZĐ]{2})")
_CREDIT = re.compile(r" ?[-.(] ?(?:Ảnh|ảnh|ẢNH)(?: minh họa| tư liệu)?: ?[^;\n]{1,40}$")
_OPENING = ' \t\n“«"‘'
# a quote of a few words is no place to cut; a longer one is the speaker's own sentence
_QUOTED = re.compile(r"“[^“”\n]{0,60}”|«[^«»\n]{0,60}»|\"[^\"\n]{1,60}\"")
_BREAK = re.compile(
    r"[;, ](?:(?<! )|(?=[nstv-])"
    r"(?=(?:- ?)?(?:nhưng|song|tuy nhiên|và (?:đề nghị|kiến nghị|yêu cầu|đề xuất)) (?!song)))"
)
_STOP = re.compile(r"[;,]")
_CLOSING = " \t\n.,;:!?…/-+*•"
_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W_]")
_WINDOW = 600  # characters before a cue that are looked at, so that a piece without end costs no more than its length


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _cues(kind: str) -> str:
    return _alternatives([row["phrase"] for row in lexicon.table("segment_cues") if row["kind"] == kind])


def _words(kind: str) -> str:
    cells = [row["words"] for row in lexicon.table("segment_clauses") if row["kind"] == kind]
    return _alternatives([word.strip() for cell in cells for word in cell.split(" | ")])


class _Patterns(NamedTuple):
    """`contrast` ... `reason` are matched right after a comma, the others looked for before it."""

    contrast: re.Pattern[str]
    weak: re.Pattern[str]
    concession: re.Pattern[str]
    cause: re.Pattern[str]
    demand: re.Pattern[str]
    fault: re.Pattern[str]
    need: re.Pattern[str]
    verbs: re.Pattern[str]
    reason: re.Pattern[str]
    praise: re.Pattern[str]
    limitation: re.Pattern[str]
    predicate: re.Pattern[str]
    achieved: re.Pattern[str]
    future: re.Pattern[str]
    imperative: re.Pattern[str]
    setting: re.Pattern[str]


_JOINT = (
    r"(?P<joint>(?:và |nhưng )?đồng thời,? |bên cạnh đó,? |qua đó,? |trên cơ sở đó,? |từ đó,? |do đó,? "
    r"|vì vậy,? |vì thế,? )?"
)
_ADVERB = r"(?:(?:đã|cũng|còn|có|tiếp tục|thẳng thắn|kịp thời|nghiêm túc) ){0,3}"


@cache
def _patterns() -> _Patterns:
    nouns = "".join(rf"(?<!\b{word} )" for word in _words("noun").replace("\\ ", " ").split("|"))
    subject = rf"(?:(?!(?:{_words('verb')}) )(?:- )?\w+ ){{0,14}}?"
    demand = rf"{nouns}(?:{_cues('demand')})\b(?! (?:của|nào|này|trên|đó|liên quan|chính đáng)\b|,)"
    return _Patterns(
        contrast=re.compile(rf"(?:{_cues('contrast')})\b(?! song\b)"),
        weak=re.compile(rf"(?:(?P<conceding>{_cues('conceding')})|{_cues('weak')})\b(?! không\b)"),
        concession=re.compile(rf"\b(?:{_cues('concession')})\b"),
        cause=re.compile(rf"(?:{_cues('cause')})\b"),
        demand=re.compile(rf"{_JOINT}(?P<subject>{subject}){_ADVERB}{demand}"),
        fault=re.compile(rf"{_JOINT}{subject}{_ADVERB}(?:{_cues('fault')})\b"),
        need=re.compile(rf"{_JOINT}{subject}(?:cần|cần phải) (?!thiết)"),
        verbs=re.compile(rf"\b(?:{_cues('demand')}|{_cues('fault')}|cần|phải)\b"),
        reason=re.compile(rf"(?:(?P<agent>do)|{_words('reason')})\b(?! (?:thế|vậy|đó)\b)"),
        praise=re.compile(rf"{subject}{_ADVERB}(?:{_cues('praise')})\b"),
        limitation=re.compile(rf"\b(?:{_words('limitation')})\b"),
        predicate=re.compile(rf"\b(?:{_words('predicate')})\b"),
        achieved=re.compile(rf"\b(?:{_words('achieved')})\b"),
        future=re.compile(rf"\b{nouns}(?:{_words('future')})\b"),
        imperative=re.compile(rf"(?:{_words('imperative')})\b"),
        setting=re.compile(rf"(?:{_words('setting')})\b"),
    )


@cache
def _opposites() -> tuple[re.Pattern[str], re.Pattern[str]]:
    good, bad = (
        _alternatives([w.strip() for row in lexicon.table("segment_opposites") for w in row[side].split(" | ")])
        for side in ("good", "bad")
    )
    return re.compile(rf"\b(?:{good})\b"), re.compile(rf"\b(?:{bad})\b")


class _Cues:
    """Where the phrases of `segment_cues` stand: a clause without any need not be looked at closely."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._starts = [hit.start for hit in hits]
        self._ends = [hit.end for hit in hits]

    def near(self, start: int, end: int) -> bool:
        """Whether one overlaps a stretch."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start


def split_segments(text: str, blocks: Sequence[Block], sentences: Sequence[Span], hits: Sequence[Hit]) -> list[Segment]:
    """Segments in text order; bullets, numbering and closing marks stay outside their spans.

    `hits` are those of the table `segment_cues`.
    """
    lower = text.lower()
    cues = _Cues(hits)
    segments: list[Segment] = []
    block = 0
    for number, sentence in enumerate(sentences):
        while block + 1 < len(blocks) and blocks[block].end <= sentence.start:
            block += 1
        headline = bool(blocks) and blocks[block].kind == "title"
        opens = bool(blocks) and sentence.start == blocks[block].start
        clauses = _without_dateline(text, sentence) if opens else sentence
        for start, end in _pieces(text, lower, cues, clauses, headline):
            span = _trim(text, start, end)
            if span is not None:
                segments.append(Segment(span.start, span.end, number, block))
    return segments


def _pieces(text: str, lower: str, cues: _Cues, sentence: Span, headline: bool) -> Iterator[tuple[int, int]]:
    start, end = sentence.start, sentence.end
    begin = piece = start
    for match in _breaks(text, start, end, worded=cues.near(start, end)):
        at = match.start()
        if text[at] == ";":
            yield piece, at
            begin = piece = at + 1
            continue
        after = at + (3 if text.startswith(" - ", at) else 2 if text.startswith(" -", at) else 1)
        while after < end and text[after] in _OPENING:
            after += 1
        if text[at] == " ":
            cut = _turns_unmarked(lower, Span(piece, at), Span(after, end), headline)
        else:
            cut = headline and (_opposed(lower, begin, at, after, end) or _contrasts(lower, after, end))
            cut = cut or (_may_turn(lower, cues, after, end) and _turns(lower, piece, at, after, end))
        if cut:
            yield piece, at
            piece = at + 1
    yield piece, end


def _without_dateline(text: str, sentence: Span) -> Span:
    match = _DATELINE.match(text, sentence.start, sentence.end)
    return Span(match.end(), sentence.end) if match else sentence


def _breaks(text: str, start: int, end: int, *, worded: bool) -> Iterator[re.Match[str]]:
    """Semicolons, commas and, if there can be any, words of contrast; none of them in brackets and quotes."""
    closed = bracket_spans(text, start, end)
    if text.find("“", start, end) >= 0 or text.find('"', start, end) >= 0 or text.find("«", start, end) >= 0:
        closed = sorted(closed + [match.span() for match in _QUOTED.finditer(text, start, end)])
    i = 0
    for match in (_BREAK if worded else _STOP).finditer(text, start, end):
        while i < len(closed) and closed[i][1] <= match.start():
            i += 1
        if not (i < len(closed) and closed[i][0] < match.start()):
            yield match


def _opposed(lower: str, begin: int, comma: int, after: int, end: int) -> bool:
    """Whether a headline praises one body before the comma and blames another behind it, or vice versa."""
    good, bad = _opposites()
    one, other = bad.search(lower, begin, comma), bad.search(lower, after, end)
    if (one is None) == (other is None):
        return False
    return good.search(lower, *((begin, comma) if one is None else (after, end))) is not None


def _contrasts(lower: str, after: int, end: int) -> bool:
    """Whether the rest of a headline is a contrast; there few words are a clause: "…, nhưng chưa êm"."""
    contrast = _patterns().contrast.match(lower, after, end)
    return contrast is not None and len(_WORD.findall(lower, contrast.end(), end)) >= 2


def _may_turn(lower: str, cues: _Cues, after: int, end: int) -> bool:
    """Whether any of the words that `_turns` looks for stands behind a comma: mostly none does."""
    window = min(end, after + _LEAD)
    if cues.near(after, window) or _patterns().reason.match(lower, after, window):
        return True
    return lower.find("cần", after, window) >= 0 or lower.find("phải", after, window) >= 0


_LEAD = 160  # characters of a clause in which its verb is looked for
_REACH = 400  # how far back the statement before a comma is read


def _turns(lower: str, piece: int, comma: int, after: int, end: int) -> bool:
    """Whether the sentence turns to another finding behind the comma that stands at `comma`."""
    p = _patterns()
    window = min(end, after + _LEAD)
    contrast = p.contrast.match(lower, after, window)
    if contrast:
        return _is_clause(lower, contrast.end(), end)
    if p.cause.match(lower, after, window):
        return _states(lower, piece, comma) and not p.cause.match(lower, _skip_marks(lower, piece, comma), comma)
    left = max(piece, comma - _REACH)
    weak = p.weak.match(lower, after, window)
    if weak:
        one, other = _falls_short(lower, left, comma), _falls_short(lower, after, window)
        turns = other and not one if weak["conceding"] else one != other
        return turns and _states(lower, piece, comma) and _is_clause(lower, after, end)
    demand = fault = need = None
    if p.verbs.search(lower, after, window):
        demand = p.demand.match(lower, after, window)
        fault = p.fault.match(lower, after, window)
        need = p.need.match(lower, after, window)
    reason = p.reason.match(lower, after, window)
    if not (demand or fault or need or reason) or _looks_forward(lower, piece, comma):
        return False
    if demand and demand["joint"] and "đồng thời" in demand["joint"]:
        return True
    short_of = _falls_short(lower, left, comma)
    if demand and not demand["joint"] and not demand["subject"]:
        # without a subject of its own the demand may be one more thing that the assessed body did
        fault_before = p.fault.search(lower, left, comma) is not None
        return (short_of or fault_before or _praises(lower, piece, comma)) and _states(lower, piece, comma)
    if demand:
        return _states(lower, piece, comma)
    if fault:
        return not short_of and (fault["joint"] is not None or _praises(lower, piece, comma))
    if need:
        return short_of and _states(lower, piece, comma)
    if reason and reason["agent"]:
        return short_of and _falls_short(lower, after, window)
    return short_of or _falls_short(lower, after, window)


def _turns_unmarked(lower: str, before: Span, after: Span, headline: bool) -> bool:
    """The same where no comma stands: "… nhưng sổ sách …", "ghi nhận … và đề nghị …"."""
    p = _patterns()
    space, end = before.end, after.end
    contrast = p.contrast.match(lower, after.start, end)
    if contrast is None:
        return _praises(lower, before.start, space)
    comma = max(before.start, lower.rfind(",", before.start, space) + 1, space - _WINDOW)
    if p.concession.search(lower, comma, space):
        return False
    if headline:
        return len(_WORD.findall(lower, comma, space)) >= 2 and len(_WORD.findall(lower, after.start, end)) >= 3
    if p.achieved.search(lower, comma, space) is None or _falls_short(lower, comma, space):
        return False
    own_subject = p.predicate.match(lower, contrast.end() + 1) is None
    return own_subject and _is_clause(lower, contrast.end(), end)


def _falls_short(lower: str, start: int, end: int) -> bool:
    """Whether a stretch says that something falls short."""
    return _patterns().limitation.search(lower, start, end) is not None


def _looks_forward(lower: str, piece: int, comma: int) -> bool:
    """Whether the words before the comma already are a recommendation."""
    p = _patterns()
    begin = _skip_marks(lower, piece, comma)
    if p.imperative.match(lower, begin, comma):
        return True
    return p.future.search(lower, max(piece, comma - _REACH), comma) is not None


def _praises(lower: str, piece: int, comma: int) -> bool:
    """Whether the words before the comma praise, a setting ("Kết luận buổi làm việc, …") left aside."""
    p = _patterns()
    begin = _skip_marks(lower, piece, comma)
    for _ in range(3):
        if p.praise.match(lower, begin, min(comma, begin + 160)):
            return True
        after_setting = lower.find(",", begin, min(comma, begin + 160)) + 1
        if not after_setting or not p.setting.match(lower, begin, comma):
            return False
        begin = after_setting + 1
    return False


def _is_clause(lower: str, start: int, end: int) -> bool:
    """Whether what follows a contrast can state something: a predicate, or words enough for one."""
    stop = min(end, start + 200)
    words = len(_WORD.findall(lower[start:stop]))
    return words >= 7 or (words >= 3 and _patterns().predicate.search(lower, start, stop) is not None)


def _states(lower: str, start: int, end: int) -> bool:
    """Whether the words before a demand state something of their own and are not just its setting.

    "Đánh giá cao …" does; "Trong thời gian tới" does not; behind a setting the rest is asked.
    """
    p = _patterns()
    begin = _skip_marks(lower, max(start, end - _WINDOW), end)
    if _praises(lower, begin, end):
        return True
    connective = p.contrast.match(lower, begin, end)
    if connective:
        begin = connective.end()
        while begin < end and lower[begin] in " ,":
            begin += 1
    while (setting := p.setting.match(lower, begin, end)) is not None:
        comma = lower.find(",", setting.end(), end)
        if comma < 0:
            return False
        begin = comma + 1
        while begin < end and lower[begin].isspace():
            begin += 1
    return p.predicate.search(lower, begin, end) is not None or p.limitation.search(lower, begin, end) is not None


def _skip_marks(text: str, start: int, end: int) -> int:
    if text[start : start + 2].isalpha() and text[start] not in "IVX":
        return start  # the usual case: a word begins here
    match = _MARKS.match(text, start, end)
    return match.end() if match else start


def _trim(text: str, start: int, end: int) -> Span | None:
    """The piece without bullets, numbering, closing marks and a bracket or quote without its partner."""
    start = _skip_marks(text, start, end)
    tail = max(start + 1, end - 60)
    credit = _CREDIT.search(text, tail, end) if text.find(":", tail, end) >= 0 else None
    if credit:
        end = credit.start()
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    if start < end and text[end - 1] in ")”»\"’'" and not _has_partner(text, start, end):
        end -= 1
        while end > start and text[end - 1] in _CLOSING:
            end -= 1
    return Span(start, end) if _LETTER.search(text, start, end) else None


def _has_partner(text: str, start: int, end: int) -> bool:
    """Whether the closing mark at the end of the stretch was opened inside it."""
    closing = text[end - 1]
    opening = {")": "(", "”": "“", "»": "«", "’": "‘"}.get(closing)
    if opening is None:  # the same sign opens and closes
        return text.count(closing, start, end) % 2 == 0
    return text.count(opening, start, end) >= text.count(closing, start, end)
