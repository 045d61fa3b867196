"""A dataset for people: one self-contained page, and its pictures.

For the newcomer: `tables` reads and checks, `summary` counts (with `places`, `alike`, `sources` and `tally`),
`pictures` draws, `page` puts it together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cchc_nlp.report.dataset.page import Picture, compose
from cchc_nlp.report.dataset.summary import Summary, summarise
from cchc_nlp.report.dataset.tables import Dataset
from cchc_nlp.report.html import Language

TOP = 20


@dataclass(frozen=True)
class Report:
    """A page as HTML text, the pictures on it and the figures behind it."""

    html: str = field(repr=False)
    pictures: dict[str, Picture]
    summary: Summary = field(repr=False)


def report(
    dataset: Path | str,
    *,
    language: Language = "vi",
    top: int = TOP,
    page: Path | None = None,
    title: str | None = None,
) -> Report:
    """The report of a dataset; `top` units, bodies and limitations are shown.

    `page` is where the page will lie, so that it can link to sources by relative paths. Raises a `DatasetReadError`
    that says what is wrong with the dataset, `UnreadableInputError` for a damaged file, `MissingExtraError` without the
    extra `report`.
    """
    summary = summarise(Dataset(Path(dataset)), top)
    html, pictures = compose(summary, language, top, page, title)
    return Report(html, pictures, summary)
