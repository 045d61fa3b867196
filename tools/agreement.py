"""Agreement of the second annotation with the first, field by field, as F1. `python -m tools.agreement`."""

from __future__ import annotations

from pathlib import Path

from cchc_nlp.classify.corpus import read_corpus
from cchc_nlp.evaluation import evaluate

FIRST, SECOND = Path("corpus/articles"), Path("corpus/second")


def main() -> None:
    first = {(article.writer, article.stem): article for article in read_corpus(FIRST)[0]}
    second = {(article.writer, article.stem): article for article in read_corpus(SECOND)[0]}
    both = [
        first[key] for key in sorted(second) if key in first and first[key].text.rstrip() == second[key].text.rstrip()
    ]
    by_text = {first[key].text: second[key].gold for key in second if key in first}
    result = evaluate(both, by_text.__getitem__)
    print(f"{result.articles} articles annotated twice")
    print("| field | agreement (F1) | items |\n|---|---|---|")
    for row in result.rows():
        print(f"| {row.name} | {row.f1:.3f} | {row.gold} |")


if __name__ == "__main__":
    main()
