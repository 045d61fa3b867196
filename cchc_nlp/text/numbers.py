"""Reading Vietnamese numbers: "2.358", "99,66", "1 tỷ 200 triệu", "hai mươi lăm", "hơn một nghìn".

`find_numbers` reports every number of a text with its value, in text order; what it counts is not its
business.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from cchc_nlp import lexicon
from cchc_nlp.text.scan import Hit

_SCALES = {row["phrase"]: float(row["value"]) for row in lexicon.table("number_words") if row["code"] in "Sh"}
_SCALE = r"(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|trăm)"
_NOT_SCALE = r"(?! ?(?:lệ|số giá|trọng|chứng|phú|tập|hồi|phần|suất))\b"
_FIGURE = r"\d{1,15}(?:[.,]\d{1,15}){0,6}"
_DIGITS = re.compile(rf"(?P<figure>{_FIGURE})(?P<scaled>(?: ?{_SCALE}{_NOT_SCALE}){{0,2}})")
_HALF = re.compile(r" rưỡi(?!\w)")
_MORE = re.compile(rf" (?P<figure>\d{{1,3}}) ?(?P<scale>{_SCALE}){_NOT_SCALE}")

_GROUPS_OF_THREE = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3}){2,}")
_MIXED = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+),(?P<part>\d+)|(?P<whole2>\d{1,3}(?:,\d{3})+)\.(?P<part2>\d+)")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_COMMA_THOUSAND = re.compile(r"[1-9]\d{0,2},\d{3}")

# A numeral as the codes of its words (see lexicon/number_words.tsv).
_BELOW_HUNDRED = r"[dn]m[de]?|[dn][ce]|t[de]?|[dn]"
_GROUP = rf"(?:[dn]h(?:l[den]|[dn]m[de]?|t[de]?)?|{_BELOW_HUNDRED})"
_NUMERAL = re.compile(rf"{_GROUP}(?:S{{1,2}}l?{_GROUP}(?=S)){{0,4}}(?:S{{1,2}}(?:l?{_GROUP}|f)?)?|Sf|r")


@dataclass(slots=True)
class Number:
    """A number in the text.

    `scale` is the factor of the words after its digits ("4,5 triệu": a million), 1 without any; `words` tells
    that it is written out, `ordinal` that it can only be a place in an order ("nhất").
    """

    start: int
    end: int
    value: float
    words: bool = False
    scale: float = 1.0
    ordinal: bool = False


def read_figure(figure: str, *, countable: bool = False, share: bool = False) -> float | None:
    """The value of digits with Vietnamese separators; None for what is no number ("1.2.3").

    A dot before three digits parts thousands, except in a `share` (a percentage); a comma before three digits
    does so, by mistake, only where whole things are counted (`countable`).
    """
    if figure.isdigit():
        return float(figure)
    if _GROUPS_OF_THREE.fullmatch(figure) and not (share and figure.count(".") == 1):
        return float(figure.replace(".", "").replace(",", ""))
    if countable and _COMMA_THOUSAND.fullmatch(figure):
        return float(figure.replace(",", ""))
    if _DECIMAL.fullmatch(figure):
        return float(figure.replace(",", "."))
    if mixed := _MIXED.fullmatch(figure):
        whole = mixed["whole"] or mixed["whole2"]
        return float(f"{whole.replace('.', '').replace(',', '')}.{mixed['part'] or mixed['part2']}")
    return None


def match_digits(lower: str, pos: int) -> Number | None:
    """The number in digits that begins at `pos`, with its scale words ("1 tỷ 200 triệu" is one number)."""
    found = _DIGITS.match(lower, pos)
    if found is None:
        return None
    value = read_figure(found["figure"])
    if value is None:
        return None
    factor = _factor(found["scaled"])
    number = Number(pos, found.end(), value * factor, scale=factor)
    while factor > 1 and (more := _MORE.match(lower, number.end)):
        lesser = _SCALES[more["scale"]]
        if lesser >= factor:
            break
        factor = lesser
        number.value += float(more["figure"]) * factor
        number.end = more.end()
    if factor > 1 and (half := _HALF.match(lower, number.end)):  # "2 triệu rưỡi"
        number.value += factor / 2
        number.end = half.end()
    number.value = round(number.value, 6)
    return number


def _factor(scales: str) -> float:
    factor = 1.0
    for word in re.findall(_SCALE, scales):
        factor *= _SCALES[word]
    return factor


def find_numbers(lower: str, words: Sequence[Hit], start: int = 0, end: int | None = None) -> list[Number]:
    """Every number of `lower[start:end]` in text order; `words` are the hits of the table `number_words`."""
    end = len(lower) if end is None else end
    first = bisect_left(words, start, key=lambda hit: hit.start)
    inside = words[first : bisect_left(words, end, first, key=lambda hit: hit.start)]
    return sorted([*_in_digits(lower, start, end), *_in_words(lower, inside)], key=attrgetter("start"))


_DIGIT = re.compile(r"\d")


def _in_digits(lower: str, start: int, end: int) -> Iterator[Number]:
    pos = start
    while found := _DIGIT.search(lower, pos, end):
        number = match_digits(lower, found.start())
        if number is None or number.end > end:
            pos = _skip_figure(lower, found.start())
            continue
        yield number
        pos = number.end


_RUN = re.compile(rf"{_FIGURE}|\d+")


def _skip_figure(lower: str, pos: int) -> int:
    run = _RUN.match(lower, pos)
    return run.end() if run else pos + 1


def _in_words(lower: str, hits: Sequence[Hit]) -> Iterator[Number]:
    """Numerals written out: runs of number words with single blanks between them."""
    run: list[Hit] = []
    for hit in hits:
        if run and not (hit.start == run[-1].end + 1 and lower[run[-1].end] == " "):
            yield from _numerals(run)
            run = []
        run.append(hit)
    yield from _numerals(run)


def _numerals(run: Sequence[Hit]) -> Iterator[Number]:
    codes = "".join(hit.row["code"] for hit in run)
    for found in _NUMERAL.finditer(codes):
        part = run[found.start() : found.end()]
        scale = max((float(hit.row["value"]) for hit in part if hit.row["code"] == "S"), default=1.0)
        yield Number(part[0].start, part[-1].end, _value(part), True, scale, found[0] == "r")


def _value(words: Sequence[Hit]) -> float:
    total = group = digit = 0.0
    scale = 1.0  # of the last scale word
    for word in words:
        code, value = word.row["code"], float(word.row["value"])
        if code == "S":
            scale = value
            scaled = (group + digit) * value
            # "ba nghìn tỷ": a scale straight after another multiplies what stands already
            total, group, digit = (total + scaled, 0.0, 0.0) if scaled else ((total or 1.0) * value, 0.0, 0.0)
        elif code == "f":
            total += scale / 2
        elif code == "h":
            group, digit = digit * 100, 0.0
        elif code in "mc":
            group, digit = group + digit * 10, 0.0
        elif code == "t":
            group += 10
        elif code == "e" and digit:  # "ba mốt", "hai lăm": the ten goes unsaid
            group, digit = group + digit * 10, value
        elif code != "l":
            digit = value
    return total + group + digit
