"""The clean text that every pattern is written for, and the map from it back to the source.

Newcomers start at `clean`. It is a chain of small repairs, each of which is skipped unless the text holds a
character that calls for it: one regular expression finds all characters that are out of the ordinary, and
most articles have none or few. A repair is either character for character (no map needed) or a list of
edits, whose layer joins the map (`cchc_nlp.text.offsets`):

1. HTML and character references (`markup`), old encodings and UTF-8 misread (`legacy`);
2. invisible characters out; dashes, blanks, full-width forms, homoglyphs one for one;
3. letters composed (NFC), runs of blanks collapsed, tone marks put where the new spelling has them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

import regex

from cchc_nlp import lexicon
from cchc_nlp.text import legacy, markup
from cchc_nlp.text.offsets import Edit, Layer, OffsetMap, apply_edits


class Cleaned(NamedTuple):
    """The clean text, the way back to the source, and the names of the repairs that were needed."""

    text: str
    offsets: OffsetMap
    notes: tuple[str, ...]


def normalise(source: str) -> tuple[str, OffsetMap]:
    """The clean text (NFC, plain blanks, one dash, new tone placement) and the map back to the source."""
    cleaned = clean(source)
    return cleaned.text, cleaned.offsets


def describe(source: str) -> list[str]:
    """Which repairs a source needs.

    Of "html", "mojibake", "tcvn3", "vni", "windows-1258", "nfd" (letters written in pieces), "homoglyphs" and
    "damaged" (some characters are lost for good).
    """
    return list(clean(source).notes)


def clean(source: str) -> Cleaned:
    """`normalise` and `describe` in one; never raises, linear in the length of the source."""
    work = _Work(source)
    odd = _odd(source)
    if not odd.isdisjoint("<&"):
        _read_markup(work)
        odd = _odd(work.text)
    if not odd.isdisjoint(_MISREAD) or not (work.text.isascii() or legacy.GENUINE.search(work.text)):
        _read_again(work)
        odd = _odd(work.text)
    if odd:
        _plain_characters(work, odd)
    _collapse_blanks(work)
    work.text = _TONES.sub(_place_tone, work.text)
    return Cleaned(work.text, OffsetMap(tuple(work.layers)), tuple(dict.fromkeys(work.notes)))


class _Work:
    """A text under repair."""

    def __init__(self, source: str) -> None:
        self.text = source
        self.layers: list[Layer] = []
        self.notes: list[str] = []

    def edit(self, edits: Iterable[Edit], note: str | None = None) -> None:
        listed = list(edits)
        if not listed:
            return
        self.text, layer = apply_edits(self.text, listed)
        self.layers.append(layer)
        if note:
            self.notes.append(note)


# --- what is ordinary ---------------------------------------------------------------------------------

_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_VOWELS = "aăâeêioôơuưy"
_LETTERS = "đ" + "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in ("", *_TONE_MARKS))
# A regular expression's class: of ASCII all but controls, "&" and "<".
_ORDINARY = r"\n !-%'-;=-~“”‘’…•" + _LETTERS + _LETTERS.upper()
_ODD = re.compile(f"[^{_ORDINARY}]")


def _odd(text: str) -> set[str]:
    return set(_ODD.findall(text))


# --- 1. not the text that was meant -------------------------------------------------------------------

_BLOCKS = re.compile(r"<(?:p|br|div|li|td|h[1-6])\b", re.IGNORECASE)
_LINE_BREAKS = str.maketrans("\n\r\t", "   ")
# Latin-1 characters that Vietnamese does not write, and a few that show UTF-8 read as windows-1252.
_MISREAD = frozenset(map(chr, range(0x80, 0x100))) - set(_ORDINARY) - set("\u00a0°²³½¼¾×±Ðð\u00ad") | set("€ƒ")


def _read_markup(work: _Work) -> None:
    for _ in range(2):  # the second time for HTML that was itself escaped
        if markup.is_html(work.text):
            if _BLOCKS.search(work.text):
                work.text = work.text.translate(_LINE_BREAKS)
            work.edit(markup.html_edits(work.text), "html")
        before = work.text
        work.edit(markup.entity_edits(work.text))
        if "<" not in work.text or work.text is before:
            break


def _read_again(work: _Work) -> None:
    for _ in range(2):  # the second time for text that was misread twice
        before = work.text
        work.edit(legacy.mojibake_edits(work.text), "mojibake")
        if work.text is before:
            break
    edits, encoding = legacy.legacy_edits(work.text)
    work.edit(edits, encoding)


# --- 2. and 3. the same text in plain characters ------------------------------------------------------

_INVISIBLE = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Cf}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+|\r(?=\n)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FOREIGN = regex.compile(r"[\p{Cyrillic}\p{Greek}]")
_LATIN = regex.compile(r"\p{Latin}")
_LETTER_RUN = regex.compile(r"[\p{L}\p{M}]+")
# A letter and what may compose with it. Bounded, since ordering marks is quadratic in their number.
_CLUSTER = regex.compile(
    r"[\p{ccc=0}--\p{NFC_QC=Maybe}]?[\p{^ccc=0}||\p{NFC_QC=Maybe}]{1,30}|\p{NFC_QC=No}",
    regex.VERSION1 | regex.DOTALL,
)
_MANY = 16


@cache
def _plain() -> dict[str, str]:
    """Characters that have a plain equivalent, one for one."""
    blanks = "\t\x1c\x1d\x1e\x1f\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
    plain = {char: unicodedata.normalize("NFKC", char) for char in map(chr, range(0x1D400, 0x1D800))}
    plain |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    plain |= dict.fromkeys("‐‑‒–—―−⁃﹘﹣－˗", "-") | dict.fromkeys(blanks, " ")
    plain |= dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n")
    plain |= dict.fromkeys("\uf0a7\uf0b7\uf0d8\uf076\uf0fc", "•")  # the Symbol and Wingdings fonts of word processors
    plain |= dict(zip("ÐðƉɖǍǎİ", "ĐđĐđĂăI", strict=True))  # "İ" has a lower case of two characters
    return {char: to for char, to in plain.items() if char != to}


def _plain_characters(work: _Work, odd: set[str]) -> None:
    if "\r" in odd or _INVISIBLE.search("".join(odd)):
        work.edit(Edit(*match.span(), "") for match in _INVISIBLE.finditer(work.text))
    work.text = _replace_each(work.text, {char: to for char, to in _plain().items() if char in odd})
    work.text = _SURROGATE.sub("\ufffd", work.text)
    if "\ufffd" in work.text:
        work.notes.append("damaged")
    if not odd.isdisjoint(_homoglyphs()):
        _latinise(work)
    if not odd.isdisjoint("\u0302\u0306") or not unicodedata.is_normalized("NFC", work.text):
        work.edit(_compose_edits(work.text), "nfd")


def _replace_each(text: str, replacements: dict[str, str]) -> str:
    if len(replacements) > _MANY:
        return text.translate(_codes(replacements))
    for char, to in replacements.items():
        text = text.replace(char, to)
    return text


def _codes(replacements: dict[str, str]) -> dict[int, str]:
    return {ord(char): to for char, to in replacements.items()}


@cache
def _homoglyphs() -> dict[str, str]:
    return lexicon.mapping("homoglyphs", "letter", "latin")


@cache
def _sure_homoglyphs() -> frozenset[str]:
    return frozenset(row["letter"] for row in lexicon.table("homoglyphs") if row["alone"] == "yes")


def _latinise(work: _Work) -> None:
    """Look-alikes to Latin: in words of mixed script; in other words where all the rest is Latin."""
    words = [word for word in _LETTER_RUN.finditer(work.text) if _FOREIGN.search(word[0])]
    table = _homoglyphs()
    codes = _codes(table)
    foreign = [set(_FOREIGN.findall(word[0])) for word in words]
    only_latin = all(letters <= table.keys() for letters in foreign) and _LATIN.search(work.text) is not None
    pieces: list[str] = []
    position = 0
    for word, letters in zip(words, foreign, strict=True):
        mixed = _LATIN.search(word[0]) is not None and letters <= table.keys()
        if mixed or (only_latin and letters <= _sure_homoglyphs()):
            pieces += [work.text[position : word.start()], word[0].translate(codes)]
            position = word.end()
    if pieces:
        work.text = "".join([*pieces, work.text[position:]])
        work.notes.append("homoglyphs")


def _compose_edits(text: str) -> Iterator[Edit]:
    for match in _CLUSTER.finditer(text):
        composed = _compose(match[0])
        if composed != match[0]:
            yield Edit(*match.span(), composed)


@lru_cache(maxsize=4096)
def _compose(cluster: str) -> str:
    """NFC of one letter with its marks, also where a tone was written before the mark of the vowel."""
    base, marks = (letters := unicodedata.normalize("NFD", cluster))[:1], letters[1:]
    if base in "aeoAEO":
        marks = "".join(sorted(marks, key=lambda mark: mark not in "\u0302\u0306\u031b"))
    elif base == "I":
        marks = marks.replace("\u0307", "")
    return unicodedata.normalize("NFC", base + marks)


_BLANKS = re.compile(r" (?: +|(?=\n)|\Z|(?<=\n )|(?<=\A ))")


def _collapse_blanks(work: _Work) -> None:
    text = work.text
    if "  " in text or "\n " in text or " \n" in text or text.startswith(" ") or text.endswith(" "):
        work.edit(_blank_edits(text))


def _blank_edits(text: str) -> Iterator[Edit]:
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        inside = start > 0 and end < len(text) and text[start - 1] != "\n" and text[end] != "\n"
        yield Edit(start, end, " " if inside else "")


# --- tone marks ---------------------------------------------------------------------------------------


def _with_tones(letters: str) -> str:
    small = "".join(unicodedata.normalize("NFC", letter + tone) for letter in letters for tone in _TONE_MARKS)
    return small + small.upper()


def _tone_pattern() -> re.Pattern[str]:
    end = r"(?![^\W\d_])"
    coda = rf"(?=(?:[nN][gGhH]?|[cC][hH]?|[tTmMpPiIyYoO]){end})"
    o, u, i = _with_tones("o"), _with_tones("u"), _with_tones("i")
    return re.compile(
        f"[oOuU{o}{u}{i}](?:"
        # hoà, khoẻ, uỷ: the old placement, at the end of a syllable; "quý" is right
        f"(?<=[oO])[{_with_tones('ae')}]{end}|(?<=[uU])(?<![qQ].)[{_with_tones('y')}]{end}"
        # hòan, hùynh: the new placement carried too far
        f"|(?<=[{o}])[aăeAĂE]{coda}|(?<=[{u}])[yY]{coda}"
        # qúy, gíao: a tone on a letter that is no vowel
        f"|(?<=[qQ][{u}])[aăâeêioơyAĂÂEÊIOƠY]|(?<=[gG][{i}])(?<![nN]..)[aăâeêoôơuưAĂÂEÊOÔƠUƯ])"
    )


def _tone_pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for first, seconds in (("o", "aăe"), ("u", "aăâeêioơy"), ("i", "aăâeêoôơuư")):
        for second in seconds:
            for tone in _TONE_MARKS:
                for a, b in product((first, first.upper()), (second, second.upper())):
                    early = unicodedata.normalize("NFC", a + tone) + b
                    late = a + unicodedata.normalize("NFC", b + tone)
                    pairs[early], pairs[late] = late, early
    return pairs


_TONES = _tone_pattern()
_PAIRS = _tone_pairs()


def _place_tone(match: re.Match[str]) -> str:
    return _PAIRS[match[0]]
