"""Speed of full records beside underthesea's `word_tokenize`, on the same texts in the same run.

`python -m benchmarks.speed [--articles N] [--profile]`: the archive is the news archive beside the project where
there is one, else the corpus. Figures are words a second (words are blank-separated) and their ratio.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import pstats
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from cchc_nlp.classify.learned import default_directory, load_models
from cchc_nlp.extractor import default_extractor
from cchc_nlp.stages import STAGE_NAMES, begin, stages

NEWS = Path("../shared/news/articles.jsonl.gz")
CORPUS = Path("corpus")


def archive(count: int) -> list[str]:
    if NEWS.exists():
        with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in islice(lines, count)]
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.rglob("*.txt"))]
    return list(islice(cycle(texts), count))


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - start


def stage_shares(texts: list[str]) -> dict[str, float]:
    spent = dict.fromkeys(("normalise", *STAGE_NAMES), 0.0)
    every = stages(load_models(default_directory()))
    for text in texts:
        mark = time.perf_counter()
        analysis = begin(text)
        spent["normalise"] += time.perf_counter() - mark
        for name, stage in every.items():
            mark = time.perf_counter()
            stage(analysis)
            spent[name] += time.perf_counter() - mark
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    texts = archive(options.articles)
    words = sum(len(text.split()) for text in texts)
    extractor = default_extractor()
    extractor.extract(texts[0])
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(seconds, extractor.extract, texts)
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)
        return
    from underthesea import word_tokenize  # noqa: PLC0415  (heavy, and not needed for a profile)

    word_tokenize(texts[0])
    # in turn, twice, the better of each: the machine's speed drifts
    ours = min(seconds(extractor.extract, texts), seconds(extractor.extract, texts))
    peer = min(seconds(word_tokenize, texts), seconds(word_tokenize, texts))
    print(f"{len(texts)} articles, {words} words")
    print(f"cchc_nlp full records      {words / ours:10.0f} words/s")
    print(f"underthesea word_tokenize  {words / peer:10.0f} words/s")
    print(f"ratio                      {peer / ours:10.2f}")
    for name, spent in stage_shares(texts).items():
        print(f"  {name:18}{1000 * spent / len(texts):8.2f} ms an article")


if __name__ == "__main__":
    main()
