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
    for place in plain["places"]:
        _flatten(place)
        place["candidates"] = [_label(unit) for unit in place["candidates"]]
    for agency in plain["agencies"]:
        _flatten(agency)
    event = plain["inspection"]
    event["inspected_codes"] = [unit["code"] if unit else None for unit in event.pop("inspected_units")]
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


def _flatten(row: dict[str, Any]) -> None:
    """The unit as columns: its label, its code and the code list."""
    unit = row.pop("unit")
    row["unit"] = _label(unit) if unit else None
    row["unit_code"] = unit["code"] if unit else None
    row["unit_since"] = unit["since"] or None if unit else None


def _label(unit: dict[str, Any]) -> str:
    return ", ".join(filter(None, (unit["name"], unit["within"])))


def frames(record: ArticleRecord) -> dict[str, pd.DataFrame]:
    """`rows` as data frames; raises `MissingExtraError` where pandas is not installed."""
    try:
        import pandas as pd  # noqa: PLC0415  (optional)
    except ImportError as error:
        raise MissingExtraError("record.tables() needs pandas: pip install pandas") from error
    return {kind: pd.DataFrame(content) for kind, content in rows(record).items()}
