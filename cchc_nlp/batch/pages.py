"""Web pages to text and metadata, by trafilatura."""

from __future__ import annotations

import logging
import re
from typing import NamedTuple

from cchc_nlp.text.decode import decode

# htmldate refuses dates after today by default, which would make the result depend on the day of the run
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
_MARKED_UP = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,1000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)

for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # what they could not read is a row of `errors`, not a line


class Page(NamedTuple):
    """What a page says; the offsets of its record index `text`."""

    text: str
    title: str | None
    published: str | None
    url: str | None


def is_page(text: str) -> bool:
    """Whether a text is an HTML page as a whole."""
    return _MARKED_UP.match(text) is not None


def page_text(data: bytes, charset: str | None = None) -> str:
    """The markup as text.

    The bytes speak first, as old Vietnamese pages name their encoding wrongly or not at all; the header's or the meta
    tag's word counts where the bytes are neither Unicode nor in an encoding made for Vietnamese.
    """
    decoded = decode(data)
    if decoded.encoding in ("windows-1252", "binary"):
        meta = _META.search(data, 0, 4096)
        named = charset or (meta[1].decode("ascii", "replace") if meta else None)
        if named:
            try:
                return data.decode(named)
            except (LookupError, UnicodeDecodeError):
                pass
    return decoded.text


def read_page(markup: str, url: str | None = None) -> Page | None:
    """The article of a page, headline first; None where there is no text on it."""
    import trafilatura  # noqa: PLC0415  (slow to import, and most archives have no pages)
    from lxml.etree import ParserError  # noqa: PLC0415

    try:
        found = trafilatura.bare_extraction(
            markup, url=url, with_metadata=True, include_comments=False, date_extraction_params=dict(_DATES)
        )
        text = getattr(found, "text", None)
        if not text:
            text = trafilatura.html2txt(markup) or None
    except (ParserError, ValueError):
        return None
    if text is None:
        return None
    title = getattr(found, "title", None) or None
    if title and title not in text[: len(title) + 200]:
        text = f"{title}\n\n{text}"
    return Page(text, title, getattr(found, "date", None) or None, url or getattr(found, "url", None) or None)
