"""Where an article comes from: a link to the place of a finding, and the words around it where it can be read."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from cchc_nlp.text.decode import decode

_PAGES = (".txt", ".html", ".htm")
_LARGEST = 5_000_000  # bytes of a source that is read for what stands around a finding
_AROUND = 160  # characters
_ENDS = 4  # words at each end by which a long passage is told


@dataclass
class Source:
    """A path or a URL as a dataset names it."""

    name: str
    url: str | None = None
    folders: tuple[Path, ...] = field(default=(), repr=False)

    @cached_property
    def path(self) -> Path | None:
        """The file of one article; None where there is none, or where it holds many."""
        if "://" in self.name or not self.name.lower().endswith(_PAGES):
            return None
        return next((path for folder in self.folders if (path := folder / self.name).is_file()), None)

    def link(self, text: str, page: Path | None) -> str | None:
        """A link from `page` to a passage, which browsers that know text fragments mark."""
        address = self.url or (self.name if self.name.startswith(("http://", "https://")) else None)
        if address is not None:
            if not address.startswith(("http://", "https://")):
                return None
            return f"{address.partition('#')[0]}#:~:{_fragment(text)}"
        if self.path is None:
            return None
        return f"{_relative(self.path, page)}#:~:{_fragment(text)}"

    @cached_property
    def _content(self) -> str | None:
        try:
            if self.path is None or self.path.stat().st_size > _LARGEST:
                return None
            return decode(self.path.read_bytes()).text
        except OSError:
            return None

    def around(self, start: int, end: int, text: str) -> tuple[str, str] | None:
        """What stands before and behind a passage; None where the source is not the one that was read."""
        content = self._content
        if content is None or content[start:end] != text or self._markup:
            return None
        before, behind = content[max(0, start - _AROUND) : start], content[end : end + _AROUND]
        if start > _AROUND:
            before = "… " + before.partition(" ")[2]
        if end + _AROUND < len(content):
            behind = behind.rpartition(" ")[0] + " …"
        return _one_line(before), _one_line(behind)

    @property
    def _markup(self) -> bool:
        return self.path is not None and self.path.suffix.lower() != ".txt"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _fragment(text: str) -> str:
    """A text directive: the passage, or its first and last words where it is long."""
    words = text.split()
    ends = (words,) if len(words) <= 2 * _ENDS else (words[:_ENDS], words[-_ENDS:])
    return "text=" + ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in ends)


def _relative(path: Path, page: Path | None) -> str:
    target = path.resolve()
    if page is None:
        return target.as_uri()
    try:
        return quote(os.path.relpath(target, page.resolve().parent).replace(os.sep, "/"))
    except ValueError:  # another drive
        return target.as_uri()
