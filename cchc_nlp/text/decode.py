"""Bytes to text. What comes out is what the offsets of a record point into; it is not normalised further."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from cchc_nlp.text import legacy
from cchc_nlp.text.offsets import apply_edits


class Decoded(NamedTuple):
    """A text and the encoding that it was read with ("binary" for bytes that look like no text at all)."""

    text: str
    encoding: str


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\x0b\x0c\r\x1a\x1b"))


def decode(data: bytes) -> Decoded:
    """The text of some bytes, whatever their encoding; never raises.

    Unicode comes first (UTF-8 also where single bytes are damaged, UTF-16 also without a mark), then the old
    Vietnamese encodings (TCVN3, VNI, windows-1258), told by the syllables that they yield, then windows-1252.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, "replace"), encoding)
    if wide := _unmarked_utf16(data):
        return Decoded(data.decode(wide, "replace"), wide)
    if (text := _utf8(data)) is not None:
        return Decoded(text, "utf-8")
    text = legacy.read_cp1252(data)
    if 20 * (len(data) - len(data.translate(None, _CONTROLS))) > len(data):
        return Decoded(text, "binary")
    edits, found = legacy.legacy_edits(text)
    return Decoded(apply_edits(text, edits)[0], found or "windows-1252")


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 is full of zero bytes on one side: the high bytes of blanks, digits and plain letters."""
    half = len(data) // 2
    even, odd = data[::2].count(0), data[1::2].count(0)
    if half >= 2 and odd > 0.3 * half and even <= 0.3 * odd:
        return "utf-16-le"
    if half >= 2 and even > 0.3 * half and odd <= 0.3 * even:
        return "utf-16-be"
    return None


def _utf8(data: bytes) -> str | None:
    """The text if the bytes are UTF-8, up to damage: a character cut off at the end, or some bad bytes."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_off = error.reason == "unexpected end of data" and len(data) - error.start < 4
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    multibyte = len(text) - bad - sum(byte < 0x80 for byte in data)
    return text if cut_off or multibyte >= bad else None
