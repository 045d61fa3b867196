"""Writes fully annotated articles as a gold directory. `python -m tools.compile_corpus OUT [WRITER...]`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cchc_nlp.classify.corpus import read_corpus

CORPUS = Path("corpus/articles")


def main() -> int:
    out, *writers = sys.argv[1:]
    target = Path(out)
    target.mkdir(parents=True, exist_ok=True)
    articles, faults = read_corpus(CORPUS)
    for article in articles:
        if article.annotated != "all" or (writers and article.writer not in writers):
            continue
        stem = f"{article.writer}-{article.stem}"
        (target / f"{stem}.txt").write_bytes(article.text.encode("utf-8"))
        (target / f"{stem}.gold.json").write_text(json.dumps(article.gold, ensure_ascii=False, indent=1), "utf-8")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
