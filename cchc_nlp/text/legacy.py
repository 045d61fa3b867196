"""Vietnamese in the wrong code page: one-byte encodings from before Unicode, and UTF-8 read as Latin-1.

Both kinds reach us as text whose letters are those of windows-1252 ("§oµn kiÓm tra", "Uûy ban nhaân daân",
"Ä‘á»“ng chÃ­"). `detect` names the old encoding by trying each and counting the Vietnamese syllables that
come out; `legacy_edits` and `mojibake_edits` mend the text with edits, so that offsets survive.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import islice, product

from cchc_nlp import lexicon
from cchc_nlp.text.offsets import Edit

GENUINE = re.compile(r"[ăđĩơũưĂĐĨƠŨƯẠ-ỹ\u0300-\u036f]")
"""Letters and marks of Vietnamese that no one-byte reading of an old encoding can show."""

_CP1252 = {chr(byte): bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}
_FROM_LATIN1 = str.maketrans({control: char for control, char in _CP1252.items() if char})


def read_cp1252(data: bytes) -> str:
    """Bytes as windows-1252; the five bytes it leaves undefined become C1 controls."""
    return data.decode("latin-1").translate(_FROM_LATIN1)


# --- the old encodings -------------------------------------------------------------------------------

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOPPED = re.compile(r"(?:[cpt]|ch)$")
_WORD = re.compile(r"(?<![A-Za-z\u00a1-\u00ff])[A-Za-z]*[\u00a1-\u00ff][A-Za-z\u00a1-\u00ff]*")
_SAMPLE = 400


@cache
def _codes(encoding: str) -> dict[str, str]:
    codes: dict[str, str] = {}
    for row in lexicon.table("legacy_encodings"):
        if row["encoding"] != encoding:
            continue
        code = read_cp1252(bytes.fromhex(row["code"]))
        codes[code] = row["letter"]
        if encoding == "vni":
            codes[code.upper()] = codes[code[0].upper() + code[1:]] = row["letter"].upper()
    return codes


@cache
def _pattern(encoding: str) -> re.Pattern[str]:
    codes = _codes(encoding)
    singles = "".join(map(re.escape, sorted(code for code in codes if len(code) == 1)))
    bases: dict[str, str] = {}
    for code in sorted(code for code in codes if len(code) == 2):
        bases[code[0]] = bases.get(code[0], "") + code[1]
    pairs = [f"{base}[{marks}]" for base, marks in bases.items()]
    return re.compile("|".join([*pairs, f"[{singles}]"]))


ENCODINGS = ("tcvn3", "vni", "windows-1258")


def _convert(text: str, encoding: str) -> str:
    codes = _codes(encoding)
    return _pattern(encoding).sub(lambda m: codes[m[0]], text)


@cache
def _syllables() -> frozenset[str]:
    parts = {row["part"]: row["spellings"].split() for row in lexicon.table("syllable_parts")}
    pairs = product(["", *parts["onset"]], parts["rime"])
    return frozenset(onset + rime for onset, rime in pairs if _fits(onset, rime))


def _fits(onset: str, rime: str) -> bool:
    """Whether the spelling of one sound is the right one of two here: k, gh, ngh before e, ê, i, y alone."""
    front = rime[0] in "eêiy"
    return not (onset in ("k", "gh", "ngh") and not front) and not (onset in ("c", "ng") and front)


def is_syllable(word: str) -> bool:
    """Whether a word is spelt like a Vietnamese syllable, its tone included."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in letters if char in _TONES]
    toneless = unicodedata.normalize("NFC", "".join(char for char in letters if char not in _TONES))
    if len(tones) > 1 or toneless not in _syllables():
        return False
    return not (tones and _STOPPED.search(toneless)) or tones[0] in "\u0301\u0323"


def _is_cased(word: str) -> bool:
    return word.islower() or word.isupper() or word.istitle()


_ETH = str.maketrans("Ðð", "Đđ")  # the Icelandic letters that stand for the Vietnamese ones on many pages


def detect(text: str) -> str | None:
    """The old encoding that a text, read as windows-1252, was written in; None when it was not.

    A word votes when it reads differently in that encoding: most such words must become syllables, and
    few may have been syllables before.
    """
    words = [match[0] for match in islice(_WORD.finditer(text), _SAMPLE) if len(match[0]) <= 16]
    best, best_score = None, 1
    for encoding in ENCODINGS:
        changed = [(word, converted) for word in words if (converted := _convert(word, encoding)) != word]
        after = sum(is_syllable(converted) for _, converted in changed)
        before = sum(is_syllable(word.translate(_ETH)) and _is_cased(word) for word, _ in changed)
        if after > best_score and after >= 0.6 * len(changed) and before <= 0.4 * after:
            best, best_score = encoding, after
    return best


_LINE = re.compile(r"[^\n]+")
_TCVN3_WORD = re.compile(r"[A-Za-z\u00a1-\u00fe]{1,40}")


def _capitals(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of TCVN3 set in a font of capitals: lines, else words, without a small ASCII letter."""
    for line in _LINE.finditer(text, start, end):
        ascii_letters = re.sub(r"[^A-Za-z]+", "", line[0])
        if len(ascii_letters) > 1 and ascii_letters.isupper():
            yield line.span()
            continue
        for word in _TCVN3_WORD.finditer(text, *line.span()):
            if re.fullmatch(r"[^a-z]+[A-Z][^a-z]*", word[0]) and re.search(r"[\u00a8-\u00fe]", word[0]):
                yield word.span()


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """What may be broken as a whole: the text, or its lines when some of it is sound."""
    if GENUINE.search(text):
        yield from (match.span() for match in _LINE.finditer(text))
    else:
        yield 0, len(text)


def legacy_edits(text: str) -> tuple[list[Edit], str | None]:
    """Edits that turn what was read as windows-1252 into what its old encoding meant, and that encoding."""
    edits: list[Edit] = []
    found = None
    for start, end in stretches(text):
        if GENUINE.search(text, start, end):
            continue
        if encoding := detect(text[start:end]):
            found = encoding
            edits.extend(_edits(text, start, end, encoding))
    return edits, found


def _edits(text: str, start: int, end: int, encoding: str) -> Iterator[Edit]:
    codes = _codes(encoding)
    capitals = _capitals(text, start, end) if encoding == "tcvn3" else iter(())
    high = (0, 0)
    for match in _pattern(encoding).finditer(text, start, end):
        while high[1] <= match.start() and (following := next(capitals, None)):
            high = following
        letter = codes[match[0]]
        yield Edit(*match.span(), letter.upper() if high[0] <= match.start() < high[1] else letter)


# --- UTF-8 read as windows-1252 or Latin-1 -----------------------------------------------------------

_BYTES = {chr(byte): byte for byte in range(0x80, 0x100)} | {
    char: ord(control) for control, char in _CP1252.items() if char
}
_TAIL = "[" + "".join(re.escape(char) for char, byte in _BYTES.items() if byte < 0xC0) + "]"
# What no Vietnamese text contains, and broken Vietnamese always does: ủ, đ, ư, á, “ ...
_CERTAIN = re.compile(
    rf"á[º»](?!\u00a0){_TAIL}|Ä[‘\u0091\u0090ƒ\u0083‚\u0082¨©]|Æ[°¡¯]|Ã[¡-¬®-¿]|â€{_TAIL}|â\u0080{_TAIL}|ï»¿"
)
# The rest counts only where all is broken; elsewhere "XÃ”" is a capital before a closing quote.
_SEQUENCE = re.compile(
    rf"[Â-ß]{_TAIL}|[à-ï]{_TAIL}{_TAIL}|[ð-ô]{_TAIL}{_TAIL}{_TAIL}"
    # Bytes that were lost on the way: no-break spaces made plain, soft hyphens and controls dropped.
    r"|Ã (?=(?:n[gh]?|[miouy])(?![A-Za-z\u00c0-\u00ff]))|Ã(?=\s)|Ã(?!\ufffd)|Ä\ufffd?"
)


def mojibake_edits(text: str) -> Iterator[Edit]:
    """Edits that read the bytes behind broken letters as UTF-8 again."""
    for start, end in stretches(text):
        if _CERTAIN.search(text, start, end) is None:
            continue
        pattern = _CERTAIN if GENUINE.search(text, start, end) else _SEQUENCE
        for match in pattern.finditer(text, start, end):
            if (letter := _read_utf8(match)) is not None:
                yield Edit(*match.span(), letter)


def _read_utf8(match: re.Match[str]) -> str | None:
    written = match[0]
    if written in ("Ä", "Ä\ufffd"):
        return "Đ"
    if written == "Ã":
        return "à" if match.string[match.end() : match.end() + 1].isspace() else "í"
    if written == "Ã ":
        return "à"
    try:
        return bytes(_BYTES[char] for char in written).decode("utf-8")
    except UnicodeDecodeError:
        return None
