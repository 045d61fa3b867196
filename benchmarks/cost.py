"""What it costs to start, and how much memory a process takes.

`python -m benchmarks.cost [--articles N ...] [--archive FILE]`: each figure comes from processes of its own, the best
of some; `import spacy` is the measure of a cold start, as most of it is that.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from benchmarks.speed import NEWS, archive

SAMPLE = "corpus/samples"
KEPT = 1000  # distinct texts that are read over and over


def cold(command: list[str], times: int = 7) -> float:
    """The shortest run of a command in seconds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - start)
    return best


def import_time(module: str, times: int = 7) -> float:
    """The shortest import of a module in seconds, as `-X importtime` counts it."""
    best = float("inf")
    for _ in range(times):
        command = [sys.executable, "-X", "importtime", "-c", f"import {module}"]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stderr
        whole = re.search(rf"\|\s+(\d+) \| {module}$", lines, re.MULTILINE)
        assert whole is not None
        best = min(best, int(whole[1]) / 1e6)
    return best


def peak(articles: int, news: Path) -> float:
    """Most memory of a process that reads so many articles, in MB."""
    command = [sys.executable, "-m", "benchmarks.cost", "--read", str(articles), "--archive", str(news)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def read(articles: int, news: Path) -> None:
    """What the process that is measured does."""
    from cchc_nlp.extractor import default_extractor  # noqa: PLC0415

    extractor = default_extractor()
    for text in islice(cycle(archive(min(articles, KEPT), news)), articles):
        extractor.extract(text)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[1, 1000, 10_000])
    parser.add_argument("--archive", type=Path, default=NEWS)
    parser.add_argument("--read", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        read(options.read, options.archive)
        return
    sample = str(min(Path(SAMPLE).glob("*.txt")))
    print(f"import cchc_nlp          {import_time('cchc_nlp'):7.3f} s")
    spacy = cold([sys.executable, "-c", "import spacy"])
    extract = cold([sys.executable, "-c", "from cchc_nlp.cli import app; app()", "extract", sample])
    print(f"python -c 'import spacy' {spacy:7.3f} s")
    print(f"cold `cchc extract`      {extract:7.3f} s{extract / spacy:10.2f}")
    for articles in options.articles:
        print(f"peak memory{articles:8} articles{peak(articles, options.archive):8.0f} MB")


if __name__ == "__main__":
    main()
