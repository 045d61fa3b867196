"""What a batch costs: size of the archive, workers, memory; what the relevance threshold loses; kills.

    python -m benchmarks.batch                     articles a second and peak memory as the archive grows
    python -m benchmarks.batch --workers           one worker beside two, and this process, every article read in full
    python -m benchmarks.batch --threshold         what the cheap pass sets aside, and what of that were inspections
    python -m benchmarks.batch --kills 50          that many kills at random moments, then every article exactly once

The archive is the news archive beside the project where there is one, else the corpus, over and over under new ids;
`--articles` says how many articles the largest has, `--share` thins out those that pass the cheap pass to that share.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import psutil
import pyarrow.parquet as pq

from benchmarks.speed import archive as texts
from cchc_nlp.batch import schema
from cchc_nlp.batch.options import RELEVANT_AT
from cchc_nlp.classify import corpus, relevance
from cchc_nlp.classify.learned import default_directory, load_models
from cchc_nlp.stages import begin, stages

CCHC = [sys.executable, "-c", "from cchc_nlp.cli import app; app()", "batch"]
POOL = 2616  # articles that the archive repeats
SIZES = (1_000, 10_000, 100_000)


def pool(share: float | None) -> list[str]:
    """The articles that are repeated: all there are, or with the given share of relevant ones."""
    every = texts(POOL)
    if share is None:
        return every
    page = stages(load_models(default_directory()))["cchc_page"]
    relevant, other = list[str](), list[str]()
    for text in every:
        analysis = begin(text)
        page(analysis)
        (relevant if relevance.survey(analysis).inspection >= RELEVANT_AT else other).append(text)
    wanted = max(1, round(len(other) * share / (1 - share)))
    mixed = other + relevant[:wanted]
    random.Random(1).shuffle(mixed)
    return mixed


def write(path: Path, source: list[str], count: int) -> int:
    """An archive of JSON lines; returns its words."""
    words = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as stream:
        for number, text in enumerate(islice(cycle(source), count)):
            words += len(text.split())
            stream.write(json.dumps({"id": f"a{number}", "text": text}, ensure_ascii=False) + "\n")
    return words


class Cost(NamedTuple):
    """Of a run: seconds by the clock, of processors, and the most memory that the command and a worker held (MB)."""

    seconds: float
    processor: float
    command: int
    worker: int


def spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measured(*arguments: object) -> Cost:
    start, before = time.monotonic(), spent()
    with subprocess.Popen([*CCHC, *map(str, arguments)], stdout=subprocess.DEVNULL) as process:
        own = worker = 0
        while process.poll() is None:
            try:
                command = psutil.Process(process.pid)
                own = max(own, command.memory_info().rss)
                worker = max([worker, *(child.memory_info().rss for child in command.children())])
            except psutil.Error:
                pass
            time.sleep(0.05)
    if process.returncode:
        sys.exit(f"cchc batch ended with {process.returncode}")
    return Cost(time.monotonic() - start, spent() - before, own >> 20, worker >> 20)


def disk(directory: Path) -> int:
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


def sizes(folder: Path, source: list[str], most: int, *options: str) -> None:
    print(
        "| articles | words | seconds | processor seconds | words a processor second | command, MB | worker, MB", end=""
    )
    print(" | input, bytes an article | dataset, bytes an article |")
    print("|---|---|---|---|---|---|---|---|---|")
    for count in (size for size in SIZES if size <= most):
        path, output = folder / f"{count}.jsonl.gz", folder / f"out-{count}"
        words = write(path, source, count)
        cost = measured(path, "-o", output, "-q", *options)
        shown = f"| {count} | {words} | {cost.seconds:.1f} | {cost.processor:.1f} | {words / cost.processor:.0f} "
        shown += f"| {cost.command} | {cost.worker} | {path.stat().st_size / count:.0f} | {disk(output) / count:.0f} |"
        print(shown, flush=True)


def workers(folder: Path, source: list[str], count: int) -> None:
    path = folder / "archive.jsonl.gz"
    words = write(path, source, count)
    print("| engine | seconds | processor seconds | words/s | beside one worker |")
    print("|---|---|---|---|---|")
    base = 0.0
    for name, options in (
        ("one worker", ("--workers", "1")),
        ("two workers", ("--workers", "2")),
        ("this process", ("--engine", "inline")),
    ):
        cost = measured(path, "-o", folder / name, "-q", "--all", *options)
        base = base or cost.seconds
        rate = words / cost.seconds
        shown = f"| {name} | {cost.seconds:.1f} | {cost.processor:.1f} | {rate:.0f} | {base / cost.seconds:.2f} |"
        print(shown, flush=True)


def threshold(source: list[str]) -> None:
    """By threshold: inspections of the corpus set aside, and articles of the archive, with those judged inspections."""
    every = stages(load_models(default_directory()))
    articles, _ = corpus.read_corpus(Path("corpus/articles"))
    gold = [score(a.text)[0] for a in articles if a.gold["article"]["is_inspection"]]
    archive = [score(text, judge=every) for text in source]
    found = [value for value, inspection in archive if inspection]
    print("| threshold | of inspections in the corpus | of the archive | of its articles judged inspections |")
    print("|---|---|---|---|")
    for at in (0.01, 0.02, 0.05, 0.1, 0.2):
        lost, left, missed = (sum(v < at for v in values) for values in (gold, [v for v, _ in archive], found))
        print(f"| {at} | {lost}/{len(gold)} | {left}/{len(archive)} | {missed}/{len(found)} |")


def score(text: str, judge: dict[str, object] | None = None) -> tuple[float, bool]:
    """The cheap score, and whether the whole pipeline takes the article for an inspection."""
    analysis = begin(text)
    for name, stage in (judge or stages(load_models(default_directory()))).items():
        stage(analysis)  # type: ignore[operator]
        if name == "cchc_page" and judge is None:
            break
        if name == "cchc_relevance":
            break
    return relevance.survey(analysis).inspection, analysis.inspection.is_inspection


def kills(folder: Path, source: list[str], count: int, times: int) -> None:
    path, output = folder / "archive.jsonl.gz", folder / "out"
    write(path, source, count)
    run = [*CCHC, str(path), "-o", str(output), "-q", "--shard-size", "20", "--resume"]
    chance, done = random.Random(times), 0
    while done < times:
        with subprocess.Popen([*run, "--workers", "2"], stdout=subprocess.DEVNULL) as process:
            before = sum(1 for _ in shards(output))
            # one kill in four falls anywhere from the start on, the others into the work or a commit
            while done % 4 and process.poll() is None and sum(1 for _ in shards(output)) <= before:
                time.sleep(0.002)
            time.sleep(chance.uniform(0.0, 0.5 if done % 4 else 3.0))
            if process.poll() is not None:
                sys.exit(f"the archive was finished after {done} kills; give it more --articles")
            process.kill()
        done += 1
        print(f"kill {done}: {sum(1 for _ in shards(output))} shards", flush=True)
    subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
    ids = [key for shard in shards(output) for key in pq.read_table(shard, columns=["id"])["id"].to_pylist()]
    right = ids == [f"a{number}" for number in range(count)]
    print(f"{times} kills; {count} articles, {len(ids)} rows, in order and once each: {right}")
    whole = folder / "whole"
    subprocess.run(
        [*CCHC, str(path), "-o", str(whole), "-q", "--shard-size", "20"], check=True, stdout=subprocess.DEVNULL
    )
    same = all(pq.read_table(whole / name).equals(pq.read_table(output / name)) for name in schema.TABLES)
    print(f"all tables as of a run that nobody disturbed: {same}")


def shards(output: Path) -> Iterator[Path]:
    return iter(sorted((output / "articles").glob("*.parquet")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--share", type=float)
    parser.add_argument("--all", action="store_true", help="every article read in full")
    parser.add_argument("--workers", action="store_true")
    parser.add_argument("--threshold", action="store_true")
    parser.add_argument("--kills", type=int, default=0)
    options = parser.parse_args()
    source = pool(options.share)
    print(f"{os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.workers:
            workers(folder, source, options.articles)
        elif options.threshold:
            threshold(source)
        elif options.kills:
            kills(folder, source, options.articles, options.kills)
        else:
            sizes(folder, source, options.articles, *(["--all"] if options.all else []))


if __name__ == "__main__":
    main()
