"""Sentences of the body's blocks.

Every run of stop marks is a candidate; `_ends` decides whether a sentence ends there, from what stands on
both sides: an abbreviation or an initial before it, a lower-case word after it, a list number, a number with
full stops in it, a bracket that is still open. Lexicon tables: `sentence_abbreviations`, `sentence_openers`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from cchc_nlp import lexicon
from cchc_nlp.analysis import Block, Span

CLOSERS = "”\"’'»)]"

# stop marks, the "./." that closes official texts, and the quotes and brackets that close after them
_STOP = re.compile(rf"[.!?…](?:(?<=\.) ?/ ?\.)?(?: ?[.!?…]){{0,8}}(?:/\.)?[{re.escape(CLOSERS)}]{{0,3}}")
_NUMBERING = re.compile(r"[-+*•●▪◦ ]{0,4}(?:\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđA-ZĐ]|[IVXLC]{1,6})[.)]?)?")
_ITEM = re.compile(r"[a-zđ](?:\)|\. ) ?[^\W\d_]")
_NAME_INITIALS = re.compile(r"(?:[A-ZĐ]\.?){1,4}")
_SPACED_DATE = re.compile(r"(?<!\d)\d{1,2}\. ?\d{1,2}\. ?\d{4}(?!\d)")
_NO_WORD = frozenset("([“\"'‘,;")  # what no word goes on across, besides blanks
_LONGEST_WORD = 24
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(
    r"[\[(“\"'<]*(?:https?://\S*|www\.\S*|[\w.+-]+@[\w.-]+|[\w.-]*\w\.(?:vn|com|net|org|gov)\b\S*)",
    re.IGNORECASE,
)
_ADDRESS_REACH = 200  # characters on either side of a full stop that are searched for a web address
_BRACKET_REACH = 400  # an open bracket that does not close within so many characters is a misprint


@cache
def _abbreviations() -> dict[str, str]:
    return {
        word: row["next"] for row in lexicon.table("sentence_abbreviations") for word in row["abbreviation"].split()
    }


@cache
def _openers() -> frozenset[str]:
    return frozenset(word for row in lexicon.table("sentence_openers") for word in row["words"].split())


def split_sentences(text: str, blocks: Sequence[Block]) -> list[Span]:
    """Sentences in text order, none across blocks; a span keeps its final marks, not the blanks around it."""
    return [sentence for block in blocks for sentence in sentences_of(text, block.start, block.end)]


def sentences_of(text: str, start: int, end: int) -> list[Span]:
    """Sentences of one stretch of running text."""
    found: list[Span] = []
    begin = start
    brackets = bracket_spans(text, start, end)
    bracket = 0
    for match in _STOP.finditer(text, start, end):
        stop = match.start()
        while bracket < len(brackets) and brackets[bracket][1] <= stop:
            bracket += 1
        if bracket < len(brackets) and brackets[bracket][0] < stop and match.end() < brackets[bracket][1]:
            continue
        if _ends(text, begin, match, end):
            _append(found, text, begin, match.end())
            begin = match.end()
    _append(found, text, begin, end)
    return found


def bracket_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost round brackets that close again within reach, in text order."""
    spans: list[tuple[int, int]] = []
    if text.find("(", start, end) < 0:
        return spans
    stack: list[int] = []
    for match in re.finditer(r"[()]", text[start:end]):
        at = start + match.start()
        if match[0] == "(":
            stack.append(at)
        elif stack:
            opening = stack.pop()
            if at - opening <= _BRACKET_REACH:
                while spans and spans[-1][0] > opening:
                    spans.pop()
                spans.append((opening, at + 1))
    return spans


def _append(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))


def _ends(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    """Whether a sentence that began at `begin` ends with these stop marks."""
    stop, after = match.start(), match.end()
    if after >= end:
        return True
    if _NUMBERING.fullmatch(text, begin, stop) or not text[begin:stop].strip():
        return False
    following = after
    while following < end and text[following].isspace():
        following += 1
    if following >= end:
        return True
    spaced = following > after
    marks = match[0].rstrip(CLOSERS)
    if "/" in marks:
        return True
    if not _opens(text, following, end, spaced, marks):
        return False
    if marks != ".":
        return True
    if not spaced and _in_address(text, begin, stop, end):
        return False
    if text[stop - 1].isdigit() and text[following].isdigit() and _in_date(text, begin, stop, end):
        return False
    return not _belongs_to_word(text, begin, stop, following, end)


def _in_address(text: str, begin: int, stop: int, end: int) -> bool:
    """Whether the full stop stands inside a web or mail address."""
    first = last = stop
    lower, upper = max(begin, stop - _ADDRESS_REACH), min(end, stop + _ADDRESS_REACH)
    while first > lower and not text[first - 1].isspace():
        first -= 1
    while last < upper and not text[last].isspace():
        last += 1
    address = _ADDRESS.match(text, first, last)
    return address is not None and stop < address.end()


def _in_date(text: str, begin: int, stop: int, end: int) -> bool:
    """Whether the full stop stands inside a date with blanks: "10. 5. 2019"."""
    dates = _SPACED_DATE.finditer(text, max(begin, stop - 7), min(end, stop + 12))
    return any(match.start() < stop < match.end() for match in dates)


def _opens(text: str, at: int, end: int, spaced: bool, marks: str) -> bool:
    """Whether a sentence can begin at `at`."""
    char = text[at]
    if not spaced:  # "tốt.Tuy nhiên": a capital that begins a word in small letters, after a small letter or a digit
        return (
            char.isupper()
            and at + 1 < end
            and (text[at + 1].islower() or text[at + 1] == " ")
            and (not text[at - 2].isupper() or len(marks) > 1)
        )
    if char.islower():
        return _ITEM.match(text, at, end) is not None
    if char.isalnum():
        return True
    inside = at  # an opening quote, bracket or dash: look at the word behind it
    while inside < end and not text[inside].isalnum() and inside - at < 4:
        if text[inside] in ",;:.…)":
            return False
        inside += 1
    return (inside < end and not text[inside].islower()) or text[at] in "-+*•●▪"


def _belongs_to_word(text: str, begin: int, stop: int, following: int, end: int) -> bool:
    """Whether the full stop belongs to an abbreviation or an initial rather than to the sentence."""
    word = _word_before(text, begin, stop)
    if not word or text[following] in '“"«':
        return False
    new_sentence = _sentence_opener(text, following, end)
    kind = _abbreviations().get(word.lower().rstrip("."))
    if kind is None and "." in word:  # "PGS.TS", "GS.TSKH"
        kind = _abbreviations().get(word.lower().rsplit(".", 1)[-1])
    if kind is not None and _written_as_abbreviation(word):
        return kind == "any" or not new_sentence
    if _NAME_INITIALS.fullmatch(word) and len(word.replace(".", "")) == 1 + word.count("."):
        return not new_sentence
    return False


def _word_before(text: str, begin: int, stop: int) -> str:
    """What is written in one before `stop`, as far as a word reaches."""
    first, least = stop, max(begin, stop - _LONGEST_WORD)
    while first > least and text[first - 1] not in _NO_WORD and not text[first - 1].isspace():
        first -= 1
    return text[first:stop]


def _written_as_abbreviation(word: str) -> bool:
    """Single letters ("x", "p", "h" are units or list letters too) are abbreviations only as capitals."""
    return len(word) > 1 or word.isupper()


def _sentence_opener(text: str, at: int, end: int) -> bool:
    """Whether the words at `at` open a sentence: "Trong đó", "Tuy nhiên," but not "Tuy Hòa"."""
    first = _WORD.match(text, at, end)
    if first is None or first[0].lower() not in _openers():
        return False
    second = _WORD.match(text, first.end() + 1, end) if first.end() + 1 < end else None
    return second is None or second[0][0].islower()
