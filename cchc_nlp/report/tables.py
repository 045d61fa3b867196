"""A record as pandas data frames (extra `tables`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cchc_nlp.errors import MissingExtraError

if TYPE_CHECKING:
    import pandas as pd

    from cchc_nlp.records import ArticleRecord

_KINDS = ("dates", "places", "agencies", "metrics", "documents", "findings")


def rows(record: ArticleRecord) -> dict[str, list[dict[str, Any]]]:
    """One list of flat rows a kind: an official has a row for each role, article and inspection one each."""
    plain = record.to_dict()
    flat: dict[str, list[dict[str, Any]]] = {
        "article": [plain["article"]],
        "inspection": [plain["inspection"]],
    }
    flat.update((kind, plain[kind]) for kind in _KINDS)
    flat["officials"] = [
        {"name": official["name"], "mentions": len(official["mentions"]), **role}
        for official in plain["officials"]
        for role in official["roles"] or [{"title": None, "org": None}]
    ]
    return flat


def frames(record: ArticleRecord) -> dict[str, pd.DataFrame]:
    """`rows` as data frames; raises `MissingExtraError` where pandas is not installed."""
    try:
        import pandas as pd  # noqa: PLC0415  (optional)
    except ImportError as error:
        raise MissingExtraError("record.tables() needs pandas: pip install pandas") from error
    return {kind: pd.DataFrame(content) for kind, content in rows(record).items()}
