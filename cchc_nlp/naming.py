"""The canonical name of a body, from the parts that its mention says and the resolver completes."""

from __future__ import annotations

import re
from functools import cache

from cchc_nlp import lexicon
from cchc_nlp.analysis import Agency

_PLACE_TYPE = re.compile(r"^(?:thành phố|thị xã|thị trấn|đặc khu|tỉnh|huyện|quận|phường|xã) ")


@cache
def _implied_heads() -> frozenset[str]:
    """Heads that say the type of their place: "Huyện ủy", "Tỉnh đoàn"."""
    return frozenset(row["head"] for row in lexicon.table("agency_heads") if row["scope"] == "implied")


def compose(agency: Agency) -> str:
    """Head and owner: "Bộ phận một cửa" + "Ủy ban nhân dân" + "thị trấn Thanh Sơn"."""
    if agency.parent is not None:
        return f"{agency.head} {compose(agency.parent)}"
    if agency.place is not None:
        implied = agency.head in _implied_heads()
        return f"{agency.head} {_PLACE_TYPE.sub('', agency.place.name) if implied else agency.place.name}"
    return f"{agency.head} {agency.generic}" if agency.generic else agency.head
