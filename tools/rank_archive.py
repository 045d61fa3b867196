"""What the relevance of an archive looks like. `python -m tools.rank_archive ARCHIVE.jsonl.gz [--top 50]`.

Prints the share of articles that are called inspections, the share that the cheap first pass leaves for the model,
and the articles ranked most relevant, for reading: only reading tells how many of them are right.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from cchc_nlp.classify import relevance
from cchc_nlp.classify.cues import OUTSIDE
from cchc_nlp.classify.learned import default_directory, load_models
from cchc_nlp.classify.train import analyse
from tools.check_corpus import texts_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--top", type=int, default=50)
    options = parser.parse_args()
    models = load_models(default_directory())
    ranked: list[tuple[float, str]] = []
    passed = 0
    for text in texts_of([options.archive]):
        analysis = analyse(text)
        passed += relevance.survey(analysis).administration >= OUTSIDE
        ranked.append((models.odds(analysis), " ".join(text[:160].split())))
    ranked.sort(key=lambda pair: (-pair[0], pair[1]))
    above = sum(odds >= 0 for odds, _ in ranked) / len(ranked)
    print(f"{len(ranked)} articles; past the first pass {passed / len(ranked):.1%}; inspections {above:.1%}")
    for number, (odds, opening) in enumerate(ranked[: options.top], 1):
        print(f"{number:3} {odds:5.2f} {opening}")


if __name__ == "__main__":
    main()
