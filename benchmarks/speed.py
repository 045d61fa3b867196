"""Speed of full records beside other tools, on the same texts in the same run.

`python -m benchmarks.speed [--articles N] [--rounds N] [--archive FILE] [--profile]`: the archive is the news archive
beside the project where there is one, else the corpus. Words are blank-separated. The machine's speed drifts, so the
tools take turns, round by round, and of each text the best round counts; what holds elsewhere is how they compare. Then
the time of each stage, and the speed over articles of growing length.
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

from cchc_nlp import records
from cchc_nlp.classify.learned import default_directory, load_models
from cchc_nlp.extractor import default_extractor
from cchc_nlp.stages import STAGE_NAMES, begin, stages

NEWS = Path("../shared/news/articles.jsonl.gz")
CORPUS = Path("corpus")
SLOW = 5  # texts that a slow tool reads
LENGTHS = (1, 4, 16, 64)  # articles read as one


def archive(count: int, news: Path = NEWS) -> list[str]:
    if news.exists():
        with gzip.open(news, "rt", encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in islice(lines, count)]
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.rglob("*.txt"))]
    return list(islice(cycle(texts), count))


def words_of(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - start


def tools() -> dict[str, Callable[[str], object]]:
    """Everything that is measured, by name; the peers that are not installed are left out."""
    import spacy  # noqa: PLC0415  (heavy, and not needed for a profile)
    import underthesea  # noqa: PLC0415

    found: dict[str, Callable[[str], object]] = {
        "cchc_nlp full records": default_extractor().extract,
        "underthesea word_tokenize": underthesea.word_tokenize,
        "underthesea ner": underthesea.ner,
        "spaCy's bare tokenizer": spacy.blank("xx"),
    }
    try:
        from dateparser.search import search_dates  # noqa: PLC0415
    except ImportError:
        return found
    return {**found, "dateparser search_dates": lambda text: search_dates(text, languages=["vi"])}


def compare(texts: list[str], rounds: int) -> dict[str, float]:
    """Words a second by tool; of each text the best of some rounds counts. Slow tools read a few texts, once."""
    found: dict[str, float] = {}
    works = tools()
    slow = {name for name, work in works.items() if _is_slow(work, texts[0])}
    best: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, work in works.items():
            if name in slow and name in best:
                continue
            times = [seconds(work, [text]) for text in (texts[:SLOW] if name in slow else texts)]
            best[name] = [*map(min, times, best.get(name, times))]
    for name in works:
        found[name] = words_of(texts[: len(best[name])]) / sum(best[name])
    return found


def _is_slow(work: Callable[[str], object], text: str) -> bool:
    work(text)  # the first text loads what the tool needs
    return seconds(work, [text]) > 0.05


def stage_times(texts: list[str], rounds: int) -> dict[str, float]:
    """Milliseconds an article by stage, the best of some rounds."""
    best: dict[str, float] = {}
    every = stages(load_models(default_directory()))
    for _ in range(rounds):
        spent = dict.fromkeys(("normalise", *STAGE_NAMES, "record"), 0.0)
        for text in texts:
            mark = time.perf_counter()
            analysis = begin(text)
            for name, stage in (("normalise", None), *every.items()):
                if stage is not None:
                    stage(analysis)
                now = time.perf_counter()
                spent[name], mark = spent[name] + now - mark, now
            records.build(analysis)
            spent["record"] += time.perf_counter() - mark
        for name, value in spent.items():
            best[name] = min(best.get(name, value), value)
    return {name: 1000 * value / len(texts) for name, value in best.items()}


def over_length(texts: list[str], rounds: int) -> dict[int, float]:
    """Words a second over articles made of 1, 4, 16 ... of the archive's."""
    extract = default_extractor().extract
    best: dict[int, float] = {}
    for _ in range(rounds):
        for length in LENGTHS:
            joined = ["\n\n".join(texts[i : i + length]) for i in range(0, len(texts) - length + 1, length)]
            best[length] = max(best.get(length, 0.0), words_of(joined) / seconds(extract, joined))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--archive", type=Path, default=NEWS)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    texts = archive(options.articles, options.archive)
    extractor = default_extractor()
    extractor.extract(texts[0])
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(seconds, extractor.extract, texts)
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)
        return
    print(f"{len(texts)} articles, {words_of(texts)} words, best of {options.rounds} rounds")
    speeds = compare(texts, options.rounds)
    ours = speeds["cchc_nlp full records"]
    for name, speed in speeds.items():
        print(f"{name:28}{speed:10.0f} words/s{ours / speed:10.2f}")
    print("by stage")
    for name, spent in stage_times(texts, options.rounds).items():
        print(f"  {name:18}{spent:8.2f} ms an article")
    print("by length of the article")
    for length, speed in over_length(texts, options.rounds).items():
        print(f"  {length:3} articles as one {speed:10.0f} words/s")


if __name__ == "__main__":
    main()
