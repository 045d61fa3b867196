"""What a report costs: time of a processor, peak memory and the size of the page, over datasets made up of the corpus.

`python -m benchmarks.report [ARTICLES...]`, by default 1,000, 10,000 and 50,000 articles; each report is the real
command in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow.dataset as ds

from tools.sample_dataset import synthetic, write

SIZES = (1_000, 10_000, 50_000)
CCHC = [sys.executable, "-c", "from cchc_nlp.cli import app; app()"]


def measured(dataset: Path, page: Path) -> tuple[float, float]:
    """Seconds of a processor and the peak of memory in MB."""
    process = subprocess.Popen([*CCHC, "report", str(dataset), "-o", str(page)])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(process.returncode)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    print("| articles | findings | CPU seconds | MB of memory | MB of page |\n|---|---|---|---|---|")
    for articles in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            dataset, page = write(Path(folder, "dataset"), synthetic(articles)), Path(folder, "report.html")
            findings = ds.dataset(dataset / "findings").count_rows()
            seconds, memory = measured(dataset, page)
            size = page.stat().st_size / 1e6
        print(f"| {articles:,} | {findings:,} | {seconds:.1f} | {memory:.0f} | {size:.1f} |", flush=True)


if __name__ == "__main__":
    main()
