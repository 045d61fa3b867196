"""What the table of official units costs: time and memory to load it, and the share of linking in an article's time.

`python -m benchmarks.units [--articles N]`
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Callable

from benchmarks.speed import archive, seconds
from cchc_nlp import lexicon
from cchc_nlp.extractor import default_extractor
from cchc_nlp.resolve import links
from cchc_nlp.resolve.units import masthead
from cchc_nlp.units import Table


def load() -> Table:
    return Table(lexicon.content("units"))


def with_all_indexes(table: Table) -> None:
    """Builds also what is built when first asked for: names without marks, misspellings, predecessors."""
    table.matches("commune", "Đôn Phogn", misspelt=True)
    assert table.predecessors


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def relinked(texts: list[str]) -> float:
    """Seconds that linking takes for articles that are otherwise finished."""
    spent = 0.0
    for text in texts:
        analysis = default_extractor().analyse(text)
        home = masthead(analysis)
        for place in analysis.places:
            place.link = None
        start = time.perf_counter()
        links.link(analysis, home)
        spent += time.perf_counter() - start
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    texts = archive(parser.parse_args().articles)
    load()  # the tables written by hand are read once
    table = load()
    print(f"loaded        {min(milliseconds(load) for _ in range(5)):8.0f} ms")
    print(f"all indexes   {milliseconds(lambda: with_all_indexes(table)):8.0f} ms more")
    tracemalloc.start()
    table = load()
    print(f"memory        {tracemalloc.get_traced_memory()[0] / 1e6:8.1f} MB")
    with_all_indexes(table)
    print(f"all indexes   {tracemalloc.get_traced_memory()[0] / 1e6:8.1f} MB")
    tracemalloc.stop()
    relinked(texts)
    whole = min(seconds(default_extractor().extract, texts) for _ in range(2))
    print(f"linking       {100 * relinked(texts) / whole:8.1f} % of an article's time")


if __name__ == "__main__":
    main()
