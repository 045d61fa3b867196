"""References to official papers: numbered ("Kế hoạch số 05/KH-UBND"), titled ("Luật Đất đai"), "Đề án 06".

For the newcomer: `find` unites four finders, each of which starts from something cheap to find and looks
around it. `numbered` starts from the shape of a full number and looks left for the type word; `titled` starts
from the names of laws in `lexicon/document_titles.tsv`; `bare` and `by_subject` start from the type words of
`lexicon/document_types.tsv` and look right. Where two claim the same words, the first and surest wins.
`_date_after` reads the day of the paper from the dates found before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from cchc_nlp import lexicon
from cchc_nlp.analysis import Analysis, Document
from cchc_nlp.text.scan import Hit

_UPPER = "A-ZĐĂÂÊÔƠƯ"
_PART = rf"[{_UPPER}&]{{1,12}}(?:[a-zđ]{{1,2}}(?![a-zà-ỹđ]))?[{_UPPER}]{{0,8}}\d{{0,2}}"
_LOWER_CODE = r"[a-zđ]{2,4}-[a-zđ]{2,5}(?![a-zà-ỹđ])"
_NUMBER = re.compile(
    rf"(?P<serial>\d(?<![\w/.,+-]\d)\d{{0,4}}[a-zđ]?)(?:(?P<year> ?[/-] ?\d{{2,4}})(?= ?[/-] ?[{_UPPER}a-zđ]))?"
    rf" ?[/-] ?(?P<code>{_PART}(?:(?: ?[-/] ?|[._]){_PART}){{0,4}}|{_LOWER_CODE})(?![\w/])"
)
_BARE_NUMBER = re.compile(
    r"(?:(?P<said> số:? ?)| )(?P<number>\d{1,4}(?P<letter>[a-z])?(?:/(?:19|20)\d\d)?)(?![\w%]|[./,:-] ?\d|/)"
)
_SAID_NUMBER = ("số ", "số: ", "số:", "số. ")
_TITLE_AMENDING = re.compile(r"(?:luật|pháp lệnh|bộ luật) sửa đổi,? bổ sung (?:một số điều|một số nội dung)(?: của)? $")
_SAID_AFTER_TITLE = re.compile(r" ?(?:\((?:luật )?)?số:? |\s")
_TITLE_TAIL = re.compile(r" (?:\(sửa đổi\)|sửa đổi)")
_UNLISTED_LAW = re.compile(
    rf"(?P<title>(?:Bộ luật|Luật|Pháp lệnh) (?!Sư\b)[{_UPPER}Ấ-Ỹ][a-zà-ỹđ]{{0,6}} [a-zà-ỹđ]{{2,7}})"
    r"(?=[.,;:)\n]| (?:năm|số|và|của|có|quy|được|đã|trong|để|hiện|sửa|mới|này|là|về|cũng|với|khi)\b)"
)
_YEAR = re.compile(r",? (?:\(?năm |\()?((?:19|20)\d\d)(?:(?=[\s.,;:)])|$)(?! ?[-/])")
_PERIOD = re.compile(r" (?:năm \d{4}|giai đoạn \d{4} ?- ?\d{4}|đến năm \d{4}|năm học \d{4} ?- ?\d{4}|\d{4} ?- ?\d{4})")
_PERIOD_MORE = re.compile(r",? (?:định hướng|tầm nhìn)(?: đến)?(?: năm)? \d{4}")
_SUBJECT_BREAK = re.compile(r"[.;:()\n\"“”]|, (?=[A-ZĐ])")
_SUBJECT_NEVER = re.compile(
    r" (?:về|để|này|đó|đã|của|được|là|và|hoặc|trong|tại|theo|với|cho|nhằm|hàng|hằng|từ|do|có|số|năm|quý|tháng"
    r"|thực hiện|triển khai|đề ra|nêu|trên|khi|đến|mà|cụ thể|chi tiết|sẽ|không|các|những|giai đoạn|chung"
    r"|riêng|trình|\d|ngày|như)\b"
)
_SUBJECT_SENTENCE = re.compile(
    r" (?:được|đã|sẽ|đang|là|tại|do|bị|phải|này|đó) "
    r"| (?:từ|trong|vào|của|hết|trước|sau|kể từ|cuối|đầu) (?:năm|giai|đến|\d)"
)
_ROMAN = "[ivxlc]{1,6}"
_RESOLUTION = re.compile(
    rf" (?:trung ương (?:lần thứ )?\d{{1,2}}|đại hội đại biểu toàn quốc lần thứ {_ROMAN}"
    rf"|đại hội(?: đảng bộ)?(?: [^\s.,;:()]{{1,10}}){{0,6}}? (?:lần thứ |khóa )?{_ROMAN})(?![\w/-])"
    rf"(?: ?\(?,? ?khóa (?:{_ROMAN}|\d{{1,2}})\)?)?(?: của đảng)?"
)
_DATE_GAP = re.compile(
    r" ?[(,]? ?(?:(?:của|do) [^.;,()\n\d]{2,90},? )?(?:về [^.;,()\n\d]{2,60},? )?"
    r"(?:(?:được )?(?:ban hành|ký|đề|ra) )?"
)
# "Ngày 26/6, Chính phủ đã ký ban hành Nghị định số ...", "Ngày 26/6, Nghị định số ... được ký"
_ISSUED_BEFORE = re.compile(r",? [^.;:()\n\d]{0,80}(?<!\w)(?:ban hành|ký|ra) ")
_ISSUED_AFTER = re.compile(r" (?:đã )?được (?:ký|ban hành|phê duyệt)")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST_DATE_GAP = 120
_LONGEST_SUBJECT = 110
_MOST_SUBJECT_WORDS = 18
_SUBJECT_TYPES = frozenset({"Kế hoạch", "Chương trình", "Đề án", "Chiến lược", "Quy hoạch", "Nghị quyết", "Chỉ thị"})
_LIST_LINKS = re.compile(r"(?:, | và |; | và số |, số |; số |, các số )")


def find(analysis: Analysis) -> list[Document]:
    """The documents referred to in the body, and in the line of its source below it, in text order."""
    reader = _Reader(analysis)
    found = [*reader.numbered(), *reader.titled(), *reader.bare(), *reader.by_subject()]
    documents: list[Document] = []
    for document in sorted(found, key=lambda d: (d.start, -d.confidence, -d.end)):
        if documents and document.start < documents[-1].end:
            continue
        documents.append(document)
    return documents


def issuer_code(number: str) -> str | None:
    """The part of a document number that stands for its issuer ("05/KH-UBND": "UBND", "08-CT/TU": "TU")."""
    parts = _code_parts(number)
    if parts and _normal(parts[0]) in _codes():
        parts = parts[1:]
    return parts[0] if parts else None


def _code_parts(number: str) -> list[str]:
    """The lettered parts of a number: "44/2019/UBTVQH14" gives ["UBTVQH"]."""
    parts = [part.strip().rstrip("0123456789") for part in re.split(r"[-/._]", number)]
    return [part for part in parts[1:] if part]


def _normal(part: str) -> str:
    return part.upper()


class _Reader:
    """The text of one article with the lookups that reading a reference needs."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.text, self.lower = analysis.text, analysis.lower
        self.types = analysis.hits["document_types"]
        self.type_ends = {hit.end: hit for hit in self.types}
        self.type_starts = [hit.start for hit in self.types]
        self.units = {hit.start for hit in analysis.hits["metric_units"]}
        self.date_starts = [date.start for date in analysis.dates]
        body = [*((span.start, span.end) for span in analysis.page.body), *_source_line(analysis)]
        self.body_starts = [start for start, _ in body]
        self.body_ends = [end for _, end in body]

    def _inside(self, start: int, end: int) -> bool:
        index = bisect_right(self.body_starts, start) - 1
        return index >= 0 and end <= self.body_ends[index]

    # --- numbers with a code

    def numbered(self) -> Iterator[Document]:
        """ "Quyết định số 118/QĐ-UBND", "08-CT/TU", "61/2018/NĐ-CP"."""
        previous: Document | None = None
        for found in _NUMBER.finditer(self.text):
            parts = _code_parts(found[0])
            hit, lead = self._type_before(found.start())
            if hit and hit.row["use"] == "refused":
                continue
            coded = _codes().get(_normal(parts[0])) if parts else None
            said = lead < found.start()
            if not self._plausible(parts, hit, coded, said) or not self._inside(lead, found.end()):
                continue
            start = hit.start if hit else found.start()
            carried = previous and _LIST_LINKS.fullmatch(self.text[previous.end : found.start()])
            kind = hit.row["type"] if hit else coded or (previous.type if carried and previous else "Công văn")
            number = re.sub(r"\s+", "", found[0])
            document = Document(start, found.end(), "documents.number", 0.97 if hit else 0.9, kind, number)
            document.issuer = _national_issuer(number)
            document.date = self._date_after(found.end()) or self._date_before(document)
            yield document
            previous = document

    def _type_before(self, pos: int) -> tuple[Hit | None, int]:
        """The type word before a number ("số" may stand between), and where "số" or the number begins."""
        lead = pos
        for said in _SAID_NUMBER:
            if self.lower.endswith(said, 0, pos):
                lead = pos - len(said)
                break
        end = lead
        while end and self.text[end - 1] in ' ("“':
            end -= 1
        hit = self.type_ends.get(end)
        if hit and hit.row["use"].endswith("abbr") and not self.text[hit.start : hit.end].isupper():
            hit = None
        return hit, lead

    @staticmethod
    def _plausible(parts: list[str], hit: Hit | None, coded: str | None, said: bool) -> bool:
        """Whether letters and digits of this shape are a document number and not, say, an address."""
        if not parts:
            return False
        if hit:
            return True
        known = any(_normal(part) in _issuers() for part in parts)
        return (coded is not None and (len(parts) > 1 or known)) or (known and (said or len(parts) > 1))

    # --- laws by title

    def titled(self) -> Iterator[Document]:
        """ "Luật Đất đai năm 2013", "Hiến pháp", with their number where it follows."""
        ends: set[int] = set()
        for hit in self.analysis.hits["document_titles"]:
            printed = self.text[hit.start : hit.end]
            if not self._inside(hit.start, hit.end) or not _printed_as_name(printed, hit.row["type"]):
                continue
            ends.add(hit.start)
            amended = _TITLE_AMENDING.search(self.lower, max(0, hit.start - 60), hit.start)
            start = amended.start() if amended else hit.start
            yield self._law(start, hit.end, hit.row["type"], "documents.title", 0.95)
        for found in _UNLISTED_LAW.finditer(self.text):
            if found.start() not in ends and self._inside(*found.span()):
                kind = "Luật" if found[0].startswith("Luật") else " ".join(found[0].split()[:2])
                yield self._law(found.start(), found.end(), kind, "documents.title_guess", 0.6)

    def _law(self, start: int, end: int, kind: str, rule: str, confidence: float) -> Document:
        title = self.text[start:end]
        document = Document(start, end, rule, confidence, kind, title=title[0].upper() + title[1:])
        tail = _TITLE_TAIL.match(self.text, end)
        number = _NUMBER.match(self.text, self._past_said(tail.end() if tail else end))
        if number:
            document.end = number.end()
            document.number = re.sub(r"\s+", "", number[0])
            document.issuer = _national_issuer(document.number)
            document.date = self._date_after(document.end)
        elif year := _YEAR.match(self.text, tail.end() if tail else end):
            document.date = year[1]
        return document

    def _past_said(self, pos: int) -> int:
        said = _SAID_AFTER_TITLE.match(self.lower, pos)
        return said.end() if said else pos

    # --- type words that look right

    def bare(self) -> Iterator[Document]:
        """ "Nghị định 61", "Chỉ thị số 08", "Đề án 06"."""
        for hit in self.types:
            use = hit.row["use"]
            if use == "refused" or not self._inside(hit.start, hit.end):
                continue
            found = _BARE_NUMBER.match(self.text, hit.end)
            if found is None or not self._names_by_number(hit, found, use):
                continue
            if use == "scheme":
                title = self.text[hit.start : found.end()]
                document = Document(hit.start, found.end(), "documents.scheme", 0.9, hit.row["type"], title=title)
            else:
                document = Document(hit.start, found.end(), "documents.bare", 0.8, hit.row["type"], found["number"])
            document.date = self._date_after(found.end())
            yield document

    def _names_by_number(self, hit: Hit, found: re.Match[str], use: str) -> bool:
        printed = self.text[hit.start : hit.end]
        if use.endswith("abbr") and not printed.isupper():
            return False
        if found["said"] or use == "abbr":
            return True
        counts = found.end() + 1 in self.units or self.text[found.end() : found.end() + 2].startswith(" (")
        counts = counts and not (use == "scheme" and found["number"].startswith("0"))  # "Tổ công tác Đề án 06 tỉnh"
        return use in ("any", "scheme") and printed[0].isupper() and not counts

    def by_subject(self) -> Iterator[Document]:
        """ "Kế hoạch CCHC năm 2013", "Nghị quyết Trung ương 6 khóa XII"."""
        for hit in self.types:
            printed = self.text[hit.start : hit.end]
            if not printed[0].isupper() or hit.row["type"] not in _SUBJECT_TYPES or printed.isupper():
                continue
            end = self._subject_end(hit)
            if end is not None and self._inside(hit.start, end):
                title = self.text[hit.start : end]
                yield Document(hit.start, end, "documents.subject", 0.8, hit.row["type"], title=title)

    def _subject_end(self, hit: Hit) -> int | None:
        if hit.row["type"] == "Nghị quyết" and (named := _RESOLUTION.match(self.lower, hit.end)):
            return named.end()
        if _SUBJECT_NEVER.match(self.lower, hit.end):
            return None
        limit = min(hit.end + _LONGEST_SUBJECT, len(self.text))
        nxt = bisect_left(self.type_starts, hit.end)
        if nxt < len(self.types) and not self.types[nxt].row["use"].endswith("abbr"):
            limit = min(limit, self.types[nxt].start)
        if stop := _SUBJECT_BREAK.search(self.text, hit.end, limit):
            limit = stop.start()
        period = _PERIOD.search(self.lower, hit.end, limit)
        if period is None or period.start() == hit.end or _SUBJECT_SENTENCE.search(self.lower, hit.end, period.end()):
            return None
        if len(self.text[hit.end : period.start()].split()) > _MOST_SUBJECT_WORDS:
            return None
        more = _PERIOD_MORE.match(self.lower, period.end())
        return more.end() if more else period.end()

    # --- dates

    def _date_after(self, pos: int) -> str | None:
        """The day printed right behind a number, the issuer's name at most between them."""
        index = bisect_left(self.date_starts, pos)
        if index == len(self.date_starts) or self.date_starts[index] - pos > _LONGEST_DATE_GAP:
            return None
        date = self.analysis.dates[index]
        if not _ISO_DAY.fullmatch(date.value) or not _DATE_GAP.fullmatch(self.text, pos, date.start):
            return None
        return date.value

    def _date_before(self, document: Document) -> str | None:
        """The day that opens the clause which tells that the paper was issued."""
        index = bisect_left(self.date_starts, document.start) - 1
        if index < 0 or document.start - self.date_starts[index] > _LONGEST_DATE_GAP:
            return None
        date = self.analysis.dates[index]
        if not _ISO_DAY.fullmatch(date.value) or date.end > document.start:
            return None
        told = _ISSUED_BEFORE.fullmatch(self.text, date.end, document.start) or (
            self.text[date.end : document.start] in (", ", " ") and _ISSUED_AFTER.match(self.text, document.end)
        )
        return date.value if told else None


def _printed_as_name(printed: str, kind: str) -> bool:
    """Whether a law's name is printed as one: a capital at its head or at the head of its title."""
    return printed[0].isupper() or printed[len(kind) + 1 : len(kind) + 2].isupper()


def _source_line(analysis: Analysis) -> list[tuple[int, int]]:
    """The first line with text below the body, if any: the paper that is reported may be named there."""
    if not analysis.page.body:
        return []
    text = analysis.text
    start = analysis.page.body[-1].end
    while start < len(text) and text[start].isspace():
        start += 1
    end = text.find("\n", start)
    return [(start, len(text) if end < 0 else end)]


@cache
def _codes() -> dict[str, str]:
    return lexicon.mapping("document_codes", "code", "type")


@cache
def _issuers() -> dict[str, str]:
    return lexicon.mapping("document_issuers", "code", "issuer")


def _national_issuer(number: str) -> str | None:
    """The issuer that a number's code means everywhere in the country ("NĐ-CP": Chính phủ)."""
    code = issuer_code(number)
    return (_issuers().get(_normal(code)) or None) if code else None
