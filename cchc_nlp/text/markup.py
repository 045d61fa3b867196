"""HTML passed where text was expected: tags and what they hide become edits, so that offsets survive.

One linear walk over the source, tag by tag; no tree is built, since no more is needed than the text and
its line breaks.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from cchc_nlp.text.offsets import Edit

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_KNOWN = re.compile(
    r"</?(?:p|br|div|span|b|strong|i|em|u|a|li|ul|ol|table|tbody|tr|td|th|h[1-6]|img|font|figure|figcaption"
    r"|center|section|article|main|header|footer|blockquote|script|style|sup|sub|hr)(?=[\s/>])[^<>]{0,2000}>",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"p|br|div|[uod]l|li|d[dt]|table|thead|tbody|tr|td|th|h[1-6]|hr|figure|figcaption|center|section|article|main"
    r"|header|footer|aside|nav|blockquote|pre|form|fieldset|address|option|title|body|html"
)
_HIDDEN = re.compile(r"script|style|noscript|template|svg|iframe|textarea|select|object")
_TAG = re.compile(
    r"""</?([a-zA-Z][a-zA-Z0-9:-]{0,30})(?=[\s/>])(?:(?:[^<>"']|"[^"<]*"|'[^'<]*')*>|[^<>]*>)|<[!?][^<>]*>"""
)
_HEADLINE = re.compile(r"<h1\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});|&nbsp\b")


def is_html(text: str) -> bool:
    """Whether a text is HTML: the start of a page, or at least two known tags."""
    return _PAGE.search(text) is not None or len(list(islice(_KNOWN.finditer(text), 2))) == 2


def entity_edits(text: str) -> Iterator[Edit]:
    """Edits that replace character references (`&agrave;`, `&#7879;`) by their characters."""
    for match in _ENTITY.finditer(text):
        character = html.unescape(match[0])
        if character != match[0]:
            yield Edit(*match.span(), character)


def html_edits(text: str) -> list[Edit]:
    """Edits that take tags, comments and hidden elements out of HTML and break lines at its blocks."""
    walk = _Walk(text)
    skip_title = _HEADLINE.search(text) is not None
    position = text.find("<")
    while position >= 0:
        position = text.find("<", walk.step(position, skip_title))
    return walk.edits


class _Walk:
    """The edits so far, and what is known to be missing in the rest (searched for once only)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[Edit] = []
        self.unclosed: set[str] = set()
        self.done = 0
        self.line_is_empty = True

    def step(self, position: int, skip_title: bool) -> int:
        """Handles what begins at a "<"; returns where to go on."""
        if self.text.startswith("<!--", position):
            return self._remove(position, self._after("-->", position + 4) or position + 4)
        tag = _TAG.match(self.text, position)
        if tag is None:
            return position + 1
        name = (tag[1] or "").lower()
        end = tag.end()
        if not tag[0].startswith("</") and (_HIDDEN.fullmatch(name) or (name == "title" and skip_title)):
            closing = self._after(f"</{name}", end)
            end = (self._after(">", closing) or closing) if closing else end
        return self._remove(position, end, "\n" if _BLOCK.fullmatch(name) else "")

    def _remove(self, start: int, end: int, replacement: str = "") -> int:
        if self.line_is_empty and self.text[self.done : start].strip():
            self.line_is_empty = False
        if self.line_is_empty:
            replacement = ""  # one line break however many blocks begin and end here
        self.edits.append(Edit(start, end, replacement))
        self.line_is_empty = self.line_is_empty or bool(replacement)
        self.done = end
        return end

    def _after(self, closing: str, position: int) -> int | None:
        if closing in self.unclosed:
            return None
        match = re.compile(re.escape(closing), re.IGNORECASE).search(self.text, position)
        if match is None:
            self.unclosed.add(closing)
            return None
        return match.end()
