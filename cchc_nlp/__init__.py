"""One Vietnamese inspection article in, one checked record out.

>>> from cchc_nlp import extract
>>> record = extract("Sáng 30/8/2023, HĐND huyện giám sát cải cách hành chính tại xã Tân An.")
>>> [(date.text, date.value) for date in record.dates]
[('Sáng 30/8/2023', '2023-08-30TMO')]

`extract` reads one article, `extract_many` a stream of them, `load` gives the spaCy pipeline, and `Extractor`
holds a configuration. Nothing here needs a network, a download or the environment.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

# The room `cchc_nlp/extract/` and the function `extract` share a name: the room is imported first, so that no
# later import can put it in the function's place.
import cchc_nlp.extract  # noqa: F401
from cchc_nlp import errors
from cchc_nlp._version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from spacy.language import Language

    from cchc_nlp.extractor import Extractor, ExtractorConfig
    from cchc_nlp.records import (
        AgencyMention,
        Article,
        ArticleRecord,
        DateMention,
        DocumentMention,
        FindingMention,
        Inspection,
        Mention,
        MetricMention,
        Official,
        PlaceMention,
        Role,
    )

__all__ = [
    "AgencyMention",
    "Article",
    "ArticleRecord",
    "DateMention",
    "DocumentMention",
    "Extractor",
    "ExtractorConfig",
    "FindingMention",
    "Inspection",
    "Mention",
    "MetricMention",
    "Official",
    "PlaceMention",
    "Role",
    "__version__",
    "errors",
    "extract",
    "extract_many",
    "load",
]


def extract(source: str | bytes, *, published: date | None = None) -> ArticleRecord:
    """The record of one article.

    `source` is the article as text or as bytes in any encoding used for Vietnamese; `published` is the day it
    appeared, where it is known from elsewhere and the page does not print it. Any text gives a record, if
    need be an empty one; raises `errors.InputTypeError` for anything but `str` and `bytes`.
    """
    from cchc_nlp.extractor import default_extractor  # noqa: PLC0415  (keeps `import cchc_nlp` light)

    return default_extractor().extract(source, published=published)


def extract_many(sources: Iterable[str | bytes], *, workers: int = 1) -> Iterator[ArticleRecord]:
    """The records of many articles, lazily and in order; `workers` processes share the work.

    With more than one worker a script needs `if __name__ == "__main__":` around its main part, as for any process pool.
    """
    from cchc_nlp.extractor import default_extractor  # noqa: PLC0415

    return default_extractor().extract_many(sources, workers=workers)


def load() -> Language:
    """The spaCy pipeline: `nlp(text)._.record` is the record, `doc.spans` holds the mentions by kind."""
    from cchc_nlp import pipeline  # noqa: PLC0415

    return pipeline.load()


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "extractor" if name.startswith("Extractor") else "records"
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    return __all__
