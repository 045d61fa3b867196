"""The article told from the page around it.

For the newcomer, from the bottom up:

1. `_lines` cuts the text into lines and joins those that were broken in the middle of a sentence;
2. `_classify` gives each line a role from its own words alone: prose, publication line, by-line ...
   (tables `page_furniture`, `page_publication`, `page_byline`, `page_names`);
3. `_end_of_article` finds where comments, other news and the imprint begin;
4. `_Layout` decides, with the lines' places relative to the prose, which line is the headline and which lines
   are kept, and notes the publication time and the by-line on its way (`head`, `middle`, `tail`);
5. `_blocks` says of each kept line what it is: title, heading, paragraph, bullet or caption.

The guiding fear is to cut off real text: a phrase counts as furniture only when it is (nearly) the whole
of its line or begins a short one; a line inside the prose is dropped only when it cannot be anything else.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from cchc_nlp import lexicon
from cchc_nlp.analysis import Analysis, Block, BlockKind, Page, Span
from cchc_nlp.text.scan import Hit
from cchc_nlp.text.sentences import CLOSERS, sentences_of
from cchc_nlp.text.timestamps import Moment, find_moment

Role = Literal[
    "prose",  # a paragraph
    "short",  # anything else that may belong to the article: headline, caption, subheading
    "publication",
    "byline",
    "listing",  # a headline with its date in brackets: other news
    "reference",  # the paper that the article was written from, alone on its line
    "stop", "box", "footer", "chrome", "section", "weather", "symbol",
]  # fmt: skip

_FURNITURE: frozenset[Role] = frozenset(("stop", "box", "footer", "chrome", "section", "weather", "symbol", "listing"))

_LINE = re.compile(r"\S[^\n]*")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(rf"(?:[.!?…]|\. ?/ ?\.)[{re.escape(CLOSERS)} ]{{0,4}}$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,3} ?[^\W\d_]\.?")
_REAL_WORD = re.compile(r"[^\W\d_]{2}|\d[^\W\d_]|\d\D+\d+\D+\d")
_TWO_SENTENCES = re.compile(r"[^\W\d_]{3}\. [^\W\d_]")
_INNER_STOP = re.compile(r"(?:[^\W\d_]{3}|[%)”]|\d)[.…] [^\W\d_]")
_LEADING_SYMBOLS = re.compile(r"[\W_]{0,8}")
_BULLET = re.compile(
    r"(?:[-+*•●▪◦]|\(?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[a-zđ])[.)]|[IVX]{1,5}[.)]|(?:\d{1,2}|[a-zđ])(?:/|,(?= )))"
    r"(?=\s?[^\W\d_“\"(])"
)
_LABEL = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2} ?:")  # "Người đăng: ..."
_BREADCRUMB = re.compile(r"[^>»›→|/]{2,60}(?: ?(?:>>|[>»›→]) ?[^>»›→|/]{2,160}){1,6}")
_MENU_JOINT = re.compile(r" ?[|»•·] ?| [-/.] |>")
_CHROME = re.compile(r"[=_*~#-]{4,}|\[[^\[\]]{2,80}\]$|[-. ]*trang \d+(?: ?/ ?\d+)?[-. ]*$")
_WEATHER = re.compile(r"\d ?°")
_SIDES = re.compile(r"[|/(),:;•·\n-]")
_TRAILING_DATE = re.compile(r"\(([^()]{8,40})\)$")
_REFERENCE = re.compile(
    r"\(?(?:(?:theo|nguồn|trích|căn cứ):? )?(?:báo cáo|kế hoạch|thông báo|kết luận(?: thanh tra| giám sát)?"
    r"|công văn|quyết định|văn bản|nghị quyết|tờ trình|biên bản|chỉ thị)(?: kết luận)? số:? ?\d",
)
_NAME_TOKEN = re.compile(r"(?:[^\W\d_]\.){1,3}[^\W\d_]*|[^\W\d_]+(?:\.[^\W\d_]+)?|[HK]['’][^\W\d_]+")
_NAME_CLOSING = re.compile(r" \(?(?:thực hiện|ghi|lược ghi|tổng hợp|biên tập)\)?$")
_NAME_OPENING = re.compile(r"(?:luật gia|luật sư|thạc sĩ|tiến sĩ|ths\.?|ts\.?|nhà báo|bác sĩ) ?", re.IGNORECASE)
_LETTER_SIZES = re.compile(r"[Aa][-+]?(?: ?[Aa][-+]?)*")
_POSTERS = frozenset({"đăng bởi", "người đăng", "bởi", "tác giả", "người viết", "người đăng tin"})
_LONGEST_POSTER = 5
_DATELINE = re.compile(r"\s*\((?:ngày )?(?=\d)")
_DATELINE_END = re.compile(r"\)(?: ?[-–:.,]| )")
_NAME_SOURCE = re.compile(
    r" ?\((?:[Tt]heo )?[^()]{2,40}\)$| ?[-,|/]? ?\b(?:[Tt]heo|THEO|[Nn]guồn|[Ảả]nh)\b:? ?.{2,40}$"
    r"|/[A-ZĐ]{2}.{0,30}$"
)
_NAME_JOINT = re.compile(r" ?(?:[-,&+/;]| và ) ?")
_PLACE_DATE = re.compile(r"(?!.{0,30}\b(?:thứ \w{2,4}|chủ nhật),)[^,\d]{3,30}, ngày")
_ISSUE = re.compile(r"\bsố \d{1,4}(?: ?[-.,(\]]|$)")
_DAY_OPENING = re.compile(
    r"(?:(?:sáng|chiều|tối|trưa|ngày|hôm|vừa qua|mới đây|trong|thực hiện|theo)\b|\(\w)", re.IGNORECASE
)

_LONG = 220  # characters from which a line is a paragraph even without a full stop
_WIDE_MENU = 200
_MENU_WORDS = 6
_SHORT = 80
_TITLE_MAX = 300
_TITLE_REACH = 60  # lines above the first paragraph among which the headline is sought
_PARAGRAPH = 120  # characters of a paragraph beside longer ones
_REAL_PARAGRAPH = 200  # characters that no teaser of other news reaches twice in a row
_BOXED = 1.5  # taken from the score of a headline in a list of other news
_WRAP_MIN, _WRAP_MAX = 35, 140  # width of hard-wrapped lines


@dataclass(slots=True)
class _Line(Span):
    """A line (or several, joined) with its text in lower case and what `_classify` found out."""

    lower: str
    gap: int  # empty lines before it
    words: int = 0
    role: Role = "short"
    moment: Moment | None = None
    strength: int = 0  # of the words that announce a publication time
    name: Span | None = None
    cued_name: bool = False  # the by-line says that it is one ("Tin, ảnh: ...")
    masthead: bool = False  # names the page or who runs it
    caption: bool = False  # begins like a photo caption or says what one says

    @property
    def size(self) -> int:
        return self.end - self.start


def read_page(analysis: Analysis) -> Page:
    """Title, publication time, by-line and body of the article in `analysis.text`; never fails."""
    text, lower = analysis.text, analysis.lower
    lines = _lines(text, lower)
    _classify(analysis, lines)
    end = _end_of_article(lines)
    layout = _Layout(text, lower, lines, end)
    layout.read()
    page = layout.page
    page.blocks = _blocks(text, layout.kept, layout.title)
    page.body = _runs(text, layout.kept)
    return page


# --- lines ----------------------------------------------------------------------------------------


def _lines(text: str, lower: str) -> list[_Line]:
    """Non-empty lines without surrounding blanks; lines broken in mid-sentence are joined."""
    lines: list[_Line] = []
    previous = 0
    for match in _LINE.finditer(text):
        start, end = match.start(), match.end()
        while text[end - 1].isspace():
            end -= 1
        gap = max(0, text.count("\n", previous, start) - 1) if lines else 0
        lines.append(_Line(start, end, "", gap))
        previous = end
    joined = _join_broken(text, lines)
    for line in joined:
        line.lower = lower[line.start : line.end]
        # of a long line it only matters that it has many words
        line.words = len(_WORD.findall(line.lower)) if line.size <= 2 * _LONG else line.size // 6
    return joined


def _join_broken(text: str, lines: list[_Line]) -> list[_Line]:
    """Joins a line to the one before it when the sentence runs on across the break."""
    wrapped = _hard_wrapped(text, lines)
    width = max((line.size for line in lines if line.size <= _WRAP_MAX), default=0) if wrapped else 0
    joined: list[_Line] = []
    last_size = 0
    for line in lines:
        if joined and _runs_on(text, joined[-1], line, last_size, width):
            joined[-1].end = line.end
        else:
            joined.append(line)
        last_size = line.size
    return joined


def _hard_wrapped(text: str, lines: Sequence[_Line]) -> bool:
    """Whether the text is broken at a fixed width: few long lines, breaks in mid-sentence as a rule."""
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if _WRAP_MIN <= a.size <= _WRAP_MAX]
    if len(pairs) < 4 or sum(line.size > _WRAP_MAX for line in lines) * 10 > len(lines):
        return False
    open_pairs = [(a, b) for a, b in pairs if text[a.end - 1] not in ".!?…:;”"]
    run_on = sum(text[b.start].islower() for _, b in open_pairs)
    return len(open_pairs) * 2 >= len(pairs) and run_on * 3 >= len(pairs)


def _runs_on(text: str, before: _Line, line: _Line, last_size: int, width: int) -> bool:
    """Whether `line` continues the sentence of `before`, whose last line has `last_size` characters."""
    last, first = text[before.end - 1], text[line.start]
    if last in ".!?…:;" or _BULLET.match(text, line.start) or _LABEL.match(text, line.start):
        return False
    if width:
        return last_size * 10 >= width * 7 and (line.gap == 0 or first.islower())
    return line.gap == 0 and first.islower() and last_size >= 40 and (last.isalnum() or last in ",-")


# --- roles ----------------------------------------------------------------------------------------


def _classify(analysis: Analysis, lines: Sequence[_Line]) -> None:
    """Fills in what each line is by its own words."""
    furniture = _by_line(analysis.hits["page_furniture"], lines)
    publication = _by_line(analysis.hits["page_publication"], lines)
    bylines = _by_line(analysis.hits["page_byline"], lines)
    captions = _by_line(analysis.hits["page_caption"], lines)
    mastheads = _by_line(analysis.hits["page_mastheads"], lines)
    parts = zip(lines, furniture, publication, bylines, captions, mastheads, strict=True)
    for line, chrome, dates, names, photo, banner in parts:
        head = line.start + len(_LEADING_SYMBOLS.match(line.lower)[0])  # type: ignore[index]
        line.caption = line.size <= _LONG and any(hit.start <= head or hit.row["place"] == "any" for hit in photo)
        line.masthead = _is_masthead(analysis.text, line, head, banner)
        line.role = _role(analysis, line, head, _LineHits(chrome, dates, names))


def _by_line(hits: Sequence[Hit], lines: Sequence[_Line]) -> Iterator[list[Hit]]:
    """The hits inside each line."""
    at = 0
    for line in lines:
        inside: list[Hit] = []
        while at < len(hits) and hits[at].start < line.end:
            if hits[at].start >= line.start:
                inside.append(hits[at])
            at += 1
        yield inside


def _is_masthead(text: str, line: _Line, head: int, hits: Sequence[Hit]) -> bool:
    """Whether a short line names the page, its publisher or a place, and tells nothing."""
    if line.words > 20 or line.lower[-1] in "?!…":
        return False
    kinds = {hit.row["kind"] for hit in hits if hit.start <= head or hit.row["kind"] in ("anywhere", "event")}
    if text[line.start : line.end].isupper() and any(_opens_item(text, line, hit) for hit in hits):
        return True  # "BỘ NỘI VỤ - TRANG THÔNG TIN CẢI CÁCH HÀNH CHÍNH"
    if "header" in kinds:
        return True
    if "event" in kinds:
        return False
    if any(_closes_item(line, hit) for hit in hits if hit.row["kind"] == "end"):
        return True
    if "start" in kinds or "anywhere" in kinds or (line.words <= 10 and _ISSUE.search(line.lower)):
        return True
    if "body" in kinds:
        words = text[line.start : line.end].split()
        named = sum(word[0].isupper() for word in words) * 2 >= len(words)
        return line.words <= 10 and (named or line.words <= 4) and line.lower[-1] != "."
    pieces = line.lower.split(",")
    return "place" in kinds and all(len(piece.split()) <= 5 for piece in pieces)


def _opens_item(text: str, line: _Line, hit: Hit) -> bool:
    """Whether the page's own name begins behind a dash or a bar of the line."""
    return hit.row["kind"] == "start" and text[line.start : hit.start].rstrip()[-1:] in ("-", "|", "/", "»", "›")


def _closes_item(line: _Line, hit: Hit) -> bool:
    """Whether a phrase ends the line or the first item of it: "SÔNG LAM ONLINE / Thi đua"."""
    return line.words <= 12 and line.lower[hit.end - line.start :].lstrip()[:1] in ("", "/", "|", ",", "-", "»")


class _LineHits(NamedTuple):
    """What the tables know of one line."""

    furniture: list[Hit]
    publication: list[Hit]
    byline: list[Hit]


def _role(analysis: Analysis, line: _Line, head: int, hits: _LineHits) -> Role:
    """The role of a line whose first letter or digit stands at `head`."""
    text, lower = analysis.text, analysis.lower
    if line.words <= 4 and not _REAL_WORD.search(line.lower) and not _INITIALS.fullmatch(line.lower):
        return "symbol"
    if _is_publication(text, lower, line, hits):
        return "publication"
    furniture = _furniture(line, head, hits.furniture)
    if furniture is not None:
        return furniture
    if line.size <= _WIDE_MENU and not _SENTENCE_END.search(line.lower):
        if _CHROME.match(line.lower) or _share(line, hits.furniture, "chrome") >= 0.6:
            return "chrome"
        if len(hits.furniture) >= 3 and _share(line, hits.furniture, "chrome", "section") >= 0.8:
            return "section"
        if _WEATHER.search(line.lower) and line.words <= 16:
            return "weather"
        if _is_menu(line):
            return "section"
    if _reads_as_byline(text, line, head, hits.byline):
        return "byline"
    trailing = _TRAILING_DATE.search(line.lower) if line.size <= _TITLE_MAX else None
    if trailing:
        line.moment = find_moment(lower, line.start + trailing.start(1), line.end - 1)
        if line.moment is not None and trailing.start() > 15:
            return "listing"
    if line.size <= _LONG and _REFERENCE.match(line.lower) and not line.lower.endswith((".", ":", ";")):
        return "reference"
    if line.size >= _LONG or (line.words >= 8 and _closes_prose(line)):
        return "prose"
    if line.words >= 15 and _INNER_STOP.search(line.lower):
        return "prose"
    return "short"


def _closes_prose(line: _Line) -> bool:
    """Whether the line ends like a paragraph; a question or a trailing "..." may be a headline."""
    if line.lower[-1] in ":;":
        return True
    end = _SENTENCE_END.search(line.lower)
    if end is None:
        return False
    asks = line.lower[end.start()] in "?!…" or "..." in end[0] or line.lower.endswith("...")
    return not asks or line.size > _WIDE_MENU or _TWO_SENTENCES.search(line.lower) is not None


def _is_menu(line: _Line) -> bool:
    """A path ("Trang chủ > Tin tức") or a menu ("Giới thiệu | Tin tức | Văn bản", "Thời sự / Kiểm toán")."""
    if line.lower[0] in "<>-+*•":
        return False
    if _BREADCRUMB.fullmatch(line.lower):
        return True
    items = _MENU_JOINT.split(line.lower)
    if not all(item.strip() and item.count(" ") < _MENU_WORDS for item in items):
        return False
    return len(items) >= 3 or (len(items) == 2 and "|" in line.lower)


def _share(line: _Line, hits: Sequence[Hit], *roles: str) -> float:
    """How much of the line furniture phrases of these roles make up: all of "A- A A+ In trang Gửi email"."""
    named = sum(sum(not char.isspace() for char in hit.row["phrase"]) for hit in hits if hit.row["role"] in roles)
    return named / sum(not char.isspace() for char in line.lower)


def _furniture(line: _Line, head: int, hits: Sequence[Hit]) -> Role | None:
    """The role that a furniture phrase gives the line, if the line is that phrase and little more."""
    if not hits or hits[0].start > head or line.size > _WIDE_MENU:
        # a counter may stand behind its number: "995 người đang online"
        return "footer" if hits and hits[-1].row["role"] == "footer" and _is_counter(line, hits[-1]) else None
    hit = hits[0]
    rest = line.lower[hit.end - line.start :]
    letters = sum(char.isalpha() for char in rest)
    if hit.row["role"] == "link":  # with its targets on the same line, or a heading above them
        return "listing" if len(rest.split()) >= 3 else "box"
    if rest.lstrip()[:1] == ":" and hit.row["role"] in ("stop", "box") and rest.count(";") >= 1:
        return "listing"
    role: Role = hit.row["role"]  # type: ignore[assignment]
    if role == "section" and line.words <= _MENU_WORDS and rest.startswith((" - ", " & ", " / ")):
        return role
    if hit.row["match"] == "whole":
        covered = sum(h.end - h.start for h in hits)
        if letters <= 3 or (role == "chrome" and covered * 10 >= line.size * 8):
            return role
        return None
    signed = hit.row["phrase"][-1] in ":©" or rest.lstrip()[:1] in (":", ">", "»", "|", "(", "<", "/")
    if letters <= 3:
        return role
    if _SENTENCE_END.search(line.lower) and line.words > 6:
        return role if signed and line.words <= 25 else None
    return role if signed or (letters <= 25 and line.words <= 8) else None


def _is_counter(line: _Line, hit: Hit) -> bool:
    before = line.lower[: hit.start - line.start]
    return line.size <= _SHORT and any(c.isdigit() for c in before) and sum(c.isalpha() for c in before) <= 8


def _is_publication(text: str, lower: str, line: _Line, hits: _LineHits) -> bool:
    """Whether the line says when the page was published and hardly anything else; notes the moment."""
    if line.size > _WIDE_MENU or not _DIGIT.search(line.lower):
        return False
    moment = find_moment(lower, line.start, line.end)
    if moment is None:
        return False
    strengths = [int(hit.row["strength"]) for hit in hits.publication]
    line.strength = min(strengths) if any(s < 0 for s in strengths) else max(strengths, default=0)
    if line.strength < 0 or (moment.short_year and line.strength < 2):
        return False
    if line.strength == 0 and (_PLACE_DATE.match(line.lower) or line.lower[-1] in ".;:"):
        return False
    if line.strength and line.words > 16 and _SENTENCE_END.search(line.lower):
        return False
    known = [*hits.publication, *(hit for hit in hits.furniture if hit.row["role"] in ("chrome", "section"))]
    rest = _residue(text, line, moment, known)
    if not rest:
        line.moment = moment
        return True
    if poster := _poster(text, rest, hits.publication):
        line.moment, line.name, line.cued_name = moment, poster, True
        return True
    if _stands_apart(text, line, moment, rest):
        line.moment = moment
        if not line.masthead:
            names = (_name(text, s, e, strict=True) for s, e in rest if text[e : e + 1] != ",")
            line.name = next((name for name in names if name), None)
        return True
    words = sum(len(_WORD.findall(text[s:e])) for s, e in rest)
    start, end = rest[0]
    name = _name(text, start, end, strict=True) if len(rest) == 1 else None
    if name is not None:
        line.name = name
    elif line.strength < 2 or words > 8:
        return False
    line.moment = moment
    return True


def _poster(text: str, rest: Sequence[tuple[int, int]], hits: Sequence[Hit]) -> Span | None:
    """Who put the page online: "Đăng bởi PCHT, 15/01/2021"."""
    if len(rest) != 1 or len(text[slice(*rest[0])].split()) > _LONGEST_POSTER:
        return None
    start, end = rest[0]
    said = any(
        hit.row["phrase"] in _POSTERS and not text[hit.end : start].strip(" :") for hit in hits if hit.end <= start
    )
    return Span(start, end) if said and text[start].isupper() else None


def _stands_apart(text: str, line: _Line, moment: Moment, rest: Sequence[tuple[int, int]]) -> bool:
    """Whether marks part the moment from the few other words: "NTO | 01/07/2016", "(MOF) 02-07-2007"."""
    if moment.short_year or _SENTENCE_END.search(line.lower) or line.size > _SHORT:
        return False
    before = text[line.start : moment.start].rstrip()
    after = text[moment.end : line.end].lstrip()
    most = 4 if before.endswith("(") else _MENU_WORDS  # a longer one is a headline with its date
    if any(len(item.split()) > most for side in (before, after) for item in _SIDES.split(side)):
        return False
    if "T" in moment.iso and not after and len(before) <= _SHORT // 2:
        return True
    apart = [not side or _SIDES.match(side) is not None for side in (before[-1:], after[:1])]
    before_known = not any(start < moment.start for start, _ in rest)
    after_known = not any(end > moment.start for _, end in rest)
    return (apart[0] or before_known) and (apart[1] or after_known)


def _residue(text: str, line: _Line, moment: Moment, hits: Sequence[Hit]) -> list[tuple[int, int]]:
    """The stretches of a line with letters that neither the moment nor a known phrase accounts for."""
    taken = sorted([(moment.start, moment.end), *((hit.start, hit.end) for hit in hits)])
    rest: list[tuple[int, int]] = []
    at = line.start
    for start, end in [*taken, (line.end, line.end)]:
        if start > at:
            piece = text[at:start]
            lead = len(piece) - len(piece.lstrip(" |-:,;()[]•·/+"))
            body = piece.strip(" |-:,;()[]•·/+")
            if any(char.isalpha() for char in body) and not _LETTER_SIZES.fullmatch(body):
                rest.append((at + lead, at + lead + len(body)))
        at = max(at, end)
    return rest


# --- by-lines -------------------------------------------------------------------------------------


@cache
def _name_syllables() -> frozenset[str]:
    return frozenset(s for row in lexicon.table("page_names") for s in row["syllables"].split())


@cache
def _name_body() -> re.Pattern[str]:
    """The body that a writer belongs to: "Lan Anh - Trung tâm Văn hóa huyện"."""
    rows = lexicon.table("page_mastheads")
    heads = sorted((row["phrase"] for row in rows if row["kind"] in ("body", "start")), key=len, reverse=True)
    return re.compile(rf" ?[-,(] ?(?:{'|'.join(map(re.escape, heads))})\b.*", re.IGNORECASE)


def _name(text: str, start: int, end: int, strict: bool) -> Span | None:
    """The person's name (or several, joined) that a stretch consists of.

    A source in brackets behind it is left off ("Ánh Ngọc (Theo X)"). `strict` asks for syllables that names
    are made of; without it capitals are enough.
    """
    while start < end and text[start] in " ([*-:|•/":
        start += 1
    piece = text[start:end]
    for source in (_NAME_SOURCE.search(piece), _name_body().search(piece)):
        if source and source.start() > 1:
            piece = piece[: source.start()]
    if closing := _NAME_CLOSING.search(piece):
        piece = piece[: closing.start()]
    piece = piece.rstrip(" )]*-:|,;/").removesuffix("./.").removesuffix("…")
    if not 2 <= len(piece) <= 60 or any(char.isdigit() for char in piece) or piece.count(".") > 4:
        return None
    if piece.endswith(".") and len(piece) > 4:
        return None
    known = total = 0
    title = _NAME_OPENING.match(piece)
    for person in _NAME_JOINT.split(piece[title.end() if title else 0 :]):
        tokens = person.split()
        if not 1 <= len(tokens) <= 5:
            return None
        for token in tokens:
            if not _NAME_TOKEN.fullmatch(token) or not token[0].isupper():
                return None
            syllable = token.lower().rstrip(".")
            known += syllable in _name_syllables() or "." in token or token[1:2] in ("'", "’")
            total += 1
    if strict and known * 2 < total:
        return None
    return Span(start, start + len(piece))


def _reads_as_byline(text: str, line: _Line, head: int, hits: Sequence[Hit]) -> bool:
    """Whether the line is a by-line; notes the name and whether the line itself says so."""
    if line.size > _SHORT or line.words > 12:
        return False
    if hits and hits[0].start <= head:
        hit = hits[0]
        rest = text[hit.end : line.end]
        kind = hit.row["kind"]
        if kind == "self" and sum(char.isalpha() for char in rest) <= 3:
            line.name, line.cued_name = Span(hit.start, hit.end), True
            return True
        colon = rest.lstrip()[:1] in (":", "-") or kind == "self"
        name = _name(text, hit.end, line.end, strict=False) if colon or kind == "source" else None
        if name is None and not colon:
            name = _name(text, hit.end, line.end, strict=True) if kind == "author" else None
        if name is None and colon and kind == "author" and line.words <= 9 and rest.strip(" :-"):
            tail = text[hit.end : line.end]
            lead = len(tail) - len(tail.lstrip(" :-"))
            name = Span(hit.end + lead, hit.end + len(tail.rstrip(" .)")))
        if name is not None and name.start < name.end:
            line.name, line.cued_name = name, True
            return True
        if kind == "source" and colon:
            if len(hits) > 1 and hits[1].row["kind"] == "self" and not text[hits[1].end : line.end].strip(" ."):
                line.name, line.cued_name = Span(hits[1].start, hits[1].end), True
            return True
    name = None if line.caption else _name(text, line.start, line.end, strict=True)
    if name is not None and line.words <= 9:
        line.name = name
        return True
    return False


# --- where the article ends -----------------------------------------------------------------------


def _end_of_article(lines: Sequence[_Line]) -> int:
    """Index of the first line of the page's tail: comments, other news, imprint."""
    prose = next((i for i, line in enumerate(lines) if line.role == "prose"), len(lines))
    before = 0
    i = prose
    while i < len(lines):
        line = lines[i]
        if line.role == "prose":
            before += line.size
        elif line.role in ("stop", "box", "footer"):
            resumed = _resumes(lines, i + 1, before, line.role)
            if resumed is None and line.role == "box":
                resumed = _byline_below(lines, i + 1)
            if resumed is None:
                return i
            i = resumed
            continue
        i += 1
    return len(lines)


def _resumes(lines: Sequence[_Line], at: int, before: int, role: Role) -> int | None:
    """Where the article goes on after a piece of furniture: the next real text, or None if it does not.

    Behind a box of other news two real paragraphs in a row are the article; behind comments or an imprint,
    which close an article, there must be more prose than before.
    """
    runs: list[tuple[int, int, int]] = []  # first line, paragraphs, characters of a run of prose
    for i in range(at, len(lines)):
        line = lines[i]
        if line.role == "prose" and line.size >= _REAL_PARAGRAPH:
            if runs and runs[-1][0] + runs[-1][1] == i:
                first, count, size = runs[-1]
                runs[-1] = (first, count + 1, size + line.size)
            else:
                runs.append((i, 1, line.size))
        elif line.role in ("stop", "footer", "box"):
            break
    if role == "box":
        long_run = next((first for first, count, size in runs if count >= 2 or size >= 2 * _REAL_PARAGRAPH), None)
        if long_run is None:
            return None
        return next(i for i in range(at, long_run + 1) if lines[i].role == "prose" and lines[i].size >= _PARAGRAPH)
    if sum(size for _, _, size in runs) > 1.5 * before and runs:
        return runs[0][0]
    return None


def _byline_below(lines: Sequence[_Line], at: int) -> int | None:
    """The by-line right below a short box of other news."""
    for i in range(at, min(at + 6, len(lines))):
        if lines[i].role == "byline":
            return i
        if lines[i].role not in ("short", "listing", "symbol", "box"):
            return None
    return None


# --- layout ---------------------------------------------------------------------------------------


@dataclass
class _Layout:
    """Reads the lines from top to bottom and fills the page."""

    text: str
    lower: str
    lines: list[_Line]
    end: int
    page: Page = field(default_factory=Page)
    kept: list[_Line] = field(default_factory=list)
    title: _Line | None = None

    def read(self) -> None:
        lines = self.lines[: self.end]
        prose = [i for i, line in enumerate(lines) if line.role == "prose"]
        if not prose:
            self._read_without_prose(lines)
            return
        first, last = prose[0], prose[-1]
        first = self._headline_with_full_stop(lines, first, last)
        last = self._before_late_captions(lines, first, last)
        self._read_head(lines, first)
        self._read_middle(lines, first, last)
        self._read_tail(lines, last + 1)
        self._inline_byline()
        self._publication(first, last)

    def _read_without_prose(self, lines: Sequence[_Line]) -> None:
        """Only short lines: all that is no furniture is body; the first may be a headline."""
        self._read_head(lines, len(lines))
        if not self.kept:
            self.kept = [line for line in lines if line.role not in ("publication", "symbol")] or list(lines)
        if len(self.kept) == 1:
            self.title = self.page.title = None
        self._publication(len(lines), len(lines))

    @staticmethod
    def _headline_with_full_stop(lines: Sequence[_Line], first: int, last: int) -> int:
        """A short sentence right above the publication line is a headline though it ends with a full stop."""
        if first == last or lines[first].size > _WIDE_MENU:
            return first
        above = [line for line in lines[:first] if line.role == "short"]
        follower = next((line for line in lines[first + 1 :] if line.role not in ("chrome", "symbol")), None)
        if not above and follower is not None and follower.role == "publication" and lines[first].lower[-1] != ":":
            lines[first].role = "short"
            return next(i for i in range(first + 1, len(lines)) if lines[i].role == "prose")
        return first

    @staticmethod
    def _before_late_captions(lines: Sequence[_Line], first: int, last: int) -> int:
        """The last paragraph before a by-line that only captions in whole sentences follow."""
        total = sum(line.size for line in lines[first : last + 1])
        rest = 0
        for i in range(last, first, -1):
            if lines[i].role == "byline" and not lines[i].caption and lines[i].words > 1:
                return max(j for j in range(first, i) if lines[j].role == "prose") if i > first else last
            rest += lines[i].size
            if lines[i].size > 300 or rest * 4 > total:
                break
        return last

    # the head: everything above the first paragraph

    def _read_head(self, lines: Sequence[_Line], first: int) -> None:
        title = self._choose_title(lines, first)
        if title is not None:
            self.title = lines[title]
            stop = self.title.end
            if self.title.role == "listing" and self.title.moment is not None:
                stop = self.title.start + self.title.lower.rindex("(")
                while self.text[stop - 1].isspace():
                    stop -= 1
                self.page.published = self.title.moment.iso
                self.page.published_span = Span(self.title.moment.start, self.title.moment.end)
                self.title.end = stop
            self.page.title = Span(self.title.start, stop)
            self.kept.append(self.title)
        for line in lines[max(0, (title or 0) - 3) : title or 0]:
            if line.name is not None and (line.cued_name or line.role == "publication") and not self.page.author:
                self._take_author(line.name)
        for i in range(0 if title is None else title + 1, first):
            line = lines[i]
            if line.role in ("byline", "publication") and line.name is not None:
                if self.page.author is None and (title is not None or line.cued_name):
                    self._take_author(line.name)
            elif line.role == "short" or (line.role == "reference" and title is not None):
                self.kept.append(line)

    def _choose_title(self, lines: Sequence[_Line], first: int) -> int | None:
        """Index of the headline among the lines above the first paragraph."""
        window = range(max(0, first - _TITLE_REACH), first) if first < len(lines) else range(min(first, _TITLE_REACH))
        accepted = "short" if any(lines[i].role == "short" for i in window) else "listing"
        candidates = [i for i in window if lines[i].role == accepted]
        if len(candidates) == 1 and self._title_score(lines, candidates[0], first, 0, set()) > _BOXED:
            return candidates[0]  # wins without being compared with the text
        sample = self._sample(lines, first) if candidates else set()
        best: tuple[float, int] | None = None
        position = 0
        boxed = False  # inside a list of other news
        for i in window:
            line = lines[i]
            if line.role != accepted:
                boxed = line.role in ("stop", "box") or (boxed and line.role not in ("section", "publication"))
                continue
            score = self._title_score(lines, i, first, position, sample) - (_BOXED if boxed else 0.0)
            position += line.words >= 5 and not line.masthead
            if score > 0 and (best is None or score >= best[0]):
                best = (score, i)
        return best[1] if best else None

    def _sample(self, lines: Sequence[_Line], first: int) -> set[tuple[str, str]]:
        """Pairs of neighbouring words of the first paragraphs, which a headline shares."""
        words: list[str] = []
        for line in lines[first : first + 6]:
            words += _WORD.findall(line.lower[:800])
        return set(itertools.pairwise(words))

    def _title_score(
        self, lines: Sequence[_Line], i: int, first: int, position: int, sample: set[tuple[str, str]]
    ) -> float:
        """How much the line looks like the headline; above zero it can be one."""
        line = lines[i]
        printed = self.text[line.start : line.end]
        words = _WORD.findall(line.lower)
        score = 1.0 if len(words) >= 5 else (0.2 if len(words) >= 3 else -0.5)
        pairs = list(itertools.pairwise(words))
        if pairs:
            score += 2 * sum(pair in sample for pair in pairs) / len(pairs)
        score += 1.0 if position == 0 and not line.masthead else 0.0
        score += 0.7 if printed.isupper() and len(words) >= 5 else 0.0
        score -= 2.0 if line.size > _LONG else 0.0
        score -= 3.0 if printed[-1] == ":" or _BULLET.match(printed) else 0.0
        score -= 2.0 if printed[-1] == "." and not printed.endswith("..") and position else 0.0
        score -= 1.5 if line.caption and position else 0.0
        score -= 1.5 if _DAY_OPENING.match(printed) and position else 0.0
        score -= min(2.4, 0.8 * max(0, position - 2))
        score -= 3.0 if line.masthead else 0.0
        below = lines[i + 1 : min(i + 10, first + 1)]
        after = next((x for x in below if x.role not in ("chrome", "symbol", "byline")), None)
        if after is not None and after.role == "publication":
            score += 3.0
        if i and position == 0 and lines[i - 1].role == "publication":
            score += 1.5
        return score

    # the middle: from the first to the last paragraph

    def _read_middle(self, lines: Sequence[_Line], first: int, last: int) -> None:
        i = first
        while i <= last:
            line = lines[i]
            if line.role == "box":
                resumed = _resumes(lines, i + 1, 0, "box")
                i = resumed if resumed is not None and resumed <= last else i + 1
                continue
            drop = line.role in ("chrome", "listing", "stop", "footer") or (
                line.role == "publication" and (line.strength >= 2 or i <= first + 3)
            )
            drop = drop or (line.role == "section" and "|" in line.lower)
            if line.role == "symbol":
                drop = not any(char.isdigit() for char in line.lower)
            if line.role == "byline" and line.cued_name and i <= first + 3 and self.page.author is None:
                drop = not line.caption and line.name is not None
                if drop and line.name is not None:
                    self._take_author(line.name)
            if not drop:
                self.kept.append(line)
            i += 1

    # the tail: after the last paragraph

    def _read_tail(self, lines: Sequence[_Line], at: int) -> None:
        """Keeps captions and the last items of lists; takes the by-line; stops at the first furniture."""
        over = boxed = False
        for i in range(at, len(lines)):
            line = lines[i]
            if line.role == "byline":
                self._tail_byline(line)
                over, boxed = True, False
            elif self._signs(line) and not over:
                self._take_author(line)
                over = True
            elif line.role == "box":
                over = boxed = True
            elif line.role in ("reference", "publication"):
                if line.name is not None and self.page.author is None:
                    self._take_author(line.name)
                over = True
            elif line.role in _FURNITURE:
                over = over or line.role != "symbol"
            elif not boxed and self._belongs_to_tail(lines, i, over):
                self.kept.append(line)
            else:
                over = True

    def _signs(self, line: _Line) -> bool:
        """Whether an office stands as the by-line right below the article: "Văn phòng HĐND huyện"."""
        short = line.role == "short" and line.words <= 6 and line.gap <= 2
        return short and line.masthead and self.page.author is None and line.lower[-1].isalpha()

    def _tail_byline(self, line: _Line) -> None:
        photo_credit = line.lower.startswith(("ảnh", "(ảnh", "hình"))
        if line.name is not None and self.page.author is None and not photo_credit:
            self._take_author(line.name)

    def _belongs_to_tail(self, lines: Sequence[_Line], i: int, over: bool) -> bool:
        """Whether a line behind the last paragraph is still the article's."""
        line = lines[i]
        last = line.lower[-1]
        if over:
            return line.words >= 4 and (last == "." or "ảnh:" in line.lower)
        if line.role == "prose" or (line.caption and line.words >= 4):
            return True
        if last in ".;,!?" or _BULLET.match(self.text, line.start):
            return line.words >= 2
        if last == ":" and i + 1 < len(lines) and _BULLET.match(self.text, lines[i + 1].start):
            return True
        following = 0
        for other in lines[i + 1 : i + 4]:
            following += other.role == "short" and not other.caption
        return line.words >= 5 and following < 2

    def _inline_byline(self) -> None:
        """The by-line at the end of the last paragraph: "… phát triển. Lan Anh"."""
        prose = next((line for line in reversed(self.kept) if line.role == "prose"), None)
        if prose is None or self.text[prose.end - 1] in ".!?;:":
            return
        sentences = sentences_of(self.text, max(prose.start, prose.end - 600), prose.end)
        if len(sentences) < 2 or sentences[-1].end - sentences[-1].start > 70:
            return
        closing = sentences[-1]
        line = _Line(closing.start, closing.end, self.lower[closing.start : closing.end], 0)
        line.words = len(_WORD.findall(line.lower))
        hits = list(_byline_hits(line, self.lower))
        if _reads_as_byline(self.text, line, line.start, hits) and line.name is not None:
            if self.page.author is None:
                self._take_author(line.name)
            prose.end = sentences[-2].end

    def _take_author(self, name: Span) -> None:
        self.page.author = self.text[name.start : name.end]
        self.page.author_span = Span(name.start, name.end)

    # the publication time

    def _publication(self, first: int, last: int) -> None:
        """The best publication line near the headline; a bare date counts only there."""
        if self.page.published is not None:
            return
        title = next((i for i, line in enumerate(self.lines) if line is self.title), first)
        best: tuple[float, int] | None = None
        for i, line in enumerate(self.lines):
            if line.role != "publication" or line.moment is None:
                continue
            near = title - 3 <= i <= first + 3 or last < i <= last + 4
            if not near and (line.strength < 2 or i > self.end + 2):
                continue
            score = (
                line.strength + ("T" in line.moment.iso) + (2 if title < i <= first + 1 else 0) - 0.2 * abs(i - title)
            )
            if best is None or score > best[0]:
                best = (score, i)
        moment = self.lines[best[1]].moment if best is not None else self._dateline(first)
        if moment is not None:
            self.page.published = moment.iso
            self.page.published_span = Span(moment.start, moment.end)

    def _dateline(self, first: int) -> Moment | None:
        """The date in brackets before the first words: "(30/09/2022) - Một ngày làm việc …"."""
        if first >= len(self.lines):
            return None
        line = self.lines[first]
        opening = _DATELINE.match(self.text, line.start, line.end)
        moment = find_moment(self.lower, opening.end(), min(line.end, opening.end() + 24)) if opening else None
        if moment is None or opening is None or moment.start != opening.end() or moment.short_year:
            return None
        return moment if _DATELINE_END.match(self.text, moment.end) else None


def _byline_hits(line: _Line, lower: str) -> Iterator[Hit]:
    """By-line phrases at the beginning of a line that is no line of the page."""
    for row in lexicon.table("page_byline"):
        end = line.start + len(row["phrase"])
        if line.lower.startswith(row["phrase"]) and not lower[end : end + 1].isalpha():
            yield Hit(line.start, end, row)


# --- body -----------------------------------------------------------------------------------------


def _runs(text: str, kept: Sequence[_Line]) -> list[Span]:
    """Body spans: kept lines with only blanks between them are one span."""
    spans: list[Span] = []
    for line in kept:
        if spans and not text[spans[-1].end : line.start].strip():
            spans[-1].end = line.end
        else:
            spans.append(Span(line.start, line.end))
    return spans


def _blocks(text: str, kept: Sequence[_Line], title: _Line | None) -> list[Block]:
    return [
        Block(line.start, line.end, "title" if line is title else _kind(text, line, following))
        for line, following in itertools.zip_longest(kept, kept[1:])
    ]


def _kind(text: str, line: _Line, following: _Line | None) -> BlockKind:
    """What a kept line is: judged by its marks, its length and what follows it."""
    last = text[line.end - 1]
    bullet = _BULLET.match(text, line.start)
    if last == ":" and line.size <= 2 * _LONG:
        return "heading"
    if bullet:
        numbered = text[bullet.end() - 1] in ".)"
        return "heading" if numbered and line.words <= 14 and last not in ".;,…" else "bullet"
    if line.size >= _LONG or last in ".;!?…" or text[line.end - 2 : line.end] in (".”", '."'):
        return "caption" if line.caption and line.lower.startswith(("ảnh", "(ảnh")) else "paragraph"
    if line.size > _SHORT and _DAY_OPENING.match(text, line.start):
        return "paragraph"
    if line.caption or line.gap >= 2:
        return "caption"
    announces = following is not None and following.role == "prose"
    return "heading" if line.words <= 12 and announces else "caption"
