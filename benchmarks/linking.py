"""How well place mentions are linked to official units: every commune, old and new, in made-up sentences.

`python -m benchmarks.linking [--step N] [--errors N]`: every N-th commune; figures are shares of mentions linked to the
right code and to a wrong one, of those left open with candidates, and of those not found. Five phrasings name all units
that a commune lies in; then its province alone, nothing, and the five again without marks.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from cchc_nlp import units
from cchc_nlp.extractor import Extractor, ExtractorConfig
from cchc_nlp.units import Unit

DAYS = {"2004": date(2022, 5, 10), "2024": date(2025, 3, 10), "2025": date(2026, 3, 10)}
SHORT = {
    "xã": "X.", "phường": "P.", "thị trấn": "TT.", "huyện": "H.", "quận": "Q.", "thị xã": "TX.", "thành phố": "TP.",
    "tỉnh": "T.", "đặc khu": "đặc khu",
}  # fmt: skip
OTHERS = (
    "cchc_documents", "cchc_officials", "cchc_metrics", "cchc_relevance", "cchc_findings", "cchc_inspection",
)  # fmt: skip

Phrasing = Callable[[Unit], tuple[str, int]]


def sentence(before: str, name: str, after: str) -> tuple[str, int]:
    """A sentence and where in it the commune's name ends."""
    return before + name + after, len(before + name)


def typed(unit: Unit) -> tuple[str, int]:
    above = ", ".join(parent.full for parent in unit.parents)
    return sentence("Đoàn kiểm tra làm việc tại ", unit.full, f", {above}.")


def larger_first(unit: Unit) -> tuple[str, int]:
    above = ", ".join(parent.full for parent in reversed(unit.parents))
    return sentence(f"Tại {above}, ", unit.full, " đã niêm yết thủ tục hành chính.")


def abbreviated(unit: Unit) -> tuple[str, int]:
    above = ", ".join(f"{SHORT[parent.type]} {parent.name}" for parent in unit.parents)
    return sentence("UBND ", f"{SHORT[unit.type]} {unit.name}", f", {above} tiếp đoàn giám sát.")


def bare(unit: Unit) -> tuple[str, int]:
    """Without type words, but for numbers, which are no names without."""
    names = [part.full if part.name[0].isdigit() else part.name for part in (unit, *unit.parents)]
    return sentence("Đoàn công tác đến ", names[0], f", {', '.join(names[1:])}.")


def two_sentences(unit: Unit) -> tuple[str, int]:
    above = ", ".join(parent.full for parent in unit.parents)
    above = above[0].upper() + above[1:]
    return sentence(f"{above} có nhiều tiến bộ. Đoàn đã làm việc với UBND ", unit.full, " về cải cách hành chính.")


def with_province(unit: Unit) -> tuple[str, int]:
    return sentence("Đoàn kiểm tra làm việc tại ", unit.full, f", {unit.parents[-1].full}.")


def alone(unit: Unit) -> tuple[str, int]:
    return sentence("Đoàn kiểm tra làm việc tại ", unit.full, " về cải cách hành chính.")


def without_marks(phrasing: Phrasing) -> Phrasing:
    def phrased(unit: Unit) -> tuple[str, int]:
        text, end = phrasing(unit)
        plain = "".join(c.upper() if o.isupper() else c for o, c in zip(text, units.unmarked(text), strict=True))
        return plain, end

    return phrased


FULL = {
    "typed": typed, "larger first": larger_first, "abbreviated": abbreviated, "bare": bare,
    "two sentences": two_sentences,
}  # fmt: skip


def phrasings() -> dict[str, Phrasing]:
    found: dict[str, Phrasing] = dict(FULL)
    found["province only"] = with_province
    found["alone"] = alone
    found.update((f"{name}, no marks", without_marks(phrasing)) for name, phrasing in FULL.items())
    return found


def communes(step: int = 1) -> Iterator[Unit]:
    known = units.table()
    rows = [row for row, cells in enumerate(known.rows) if cells[2] == "commune"]
    yield from (known.unit(row) for row in rows[::step])


def namesakes(unit: Unit, *, same_type: bool, within: int) -> bool:
    """Whether another unit of the list has the name (and type) and lies in the same parents from `within` on."""
    known, day = units.table(), DAYS[unit.since]
    for row in known.names["commune"][units.name_key(unit.name)]:
        other = known.unit(row)
        if row == unit.row or not units.on_list(other, day) or (same_type and other.type != unit.type):
            continue
        if [parent.code for parent in other.parents[within:]] == [parent.code for parent in unit.parents[within:]]:
            return True
    return False


def linked(extractor: Extractor, unit: Unit, phrasing: Phrasing) -> tuple[str, str]:
    """How the commune's mention was linked ("right", "wrong", "open", "missed"), and the sentence."""
    text, end = phrasing(unit)
    analysis = extractor.analyse(text, published=DAYS[unit.since])
    place = next((place for place in analysis.places if place.end == end), None)
    if place is None:
        return "missed", f"{text} {[(p.name, p.level) for p in analysis.places]}"
    if place.link is None or place.link.unit is None:
        names = [candidate.path for candidate in place.link.candidates[:3]] if place.link else []
        return "open", f"{text} {place.name} {names}"
    found = place.link.unit
    same = (found.code, found.since == "2025") == (unit.code, unit.since == "2025")
    return ("right" if same else "wrong"), f"{text} {found.code} {found.path}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    extractor = Extractor(ExtractorConfig(disable=OTHERS))
    start = time.perf_counter()
    print("| phrasing | list | communes | right | wrong | open | not found | of those one alone can mean |")
    print("|---|---|---|---|---|---|---|---|")
    for name, phrasing in phrasings().items():
        counts: dict[str, Counter[str]] = {"old": Counter(), "new": Counter()}
        errors: list[str] = []
        for unit in communes(options.step):
            kind, shown = linked(extractor, unit, phrasing)
            era = counts["new" if unit.since == "2025" else "old"]
            era[kind] += 1
            within = 1 if name == "province only" else 0
            unique = not namesakes(unit, same_type="bare" not in name, within=within if unit.since != "2025" else 0)
            era["unique"] += unique
            era["unique right"] += unique and kind == "right"
            if kind != "right" and (unique or kind == "wrong"):
                errors.append(f"  {kind}: {unit.code} {unit.since} {shown}")
        for era_name, era in counts.items():
            total = sum(era[kind] for kind in ("right", "wrong", "open", "missed")) or 1
            shares = " | ".join(f"{100 * era[kind] / total:.2f}" for kind in ("right", "wrong", "open", "missed"))
            of_unique = 100 * era["unique right"] / (era["unique"] or 1)
            print(f"| {name} | {era_name} | {total} | {shares} | {of_unique:.2f} |", flush=True)
        for error in errors[:: max(1, len(errors) // options.errors)] if options.errors else ():
            print(error)
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
