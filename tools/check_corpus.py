"""Checks annotated articles: format, offsets, completeness, overlap. `python -m tools.check_corpus [FILE_OR_DIR...]`.

`--against PATH...` also names what articles share with texts of others: runs of more than eight words (as underthesea
segments them). PATH is a text, a directory of texts, or a `.jsonl.gz` whose objects have a `text`.

`python -m tools.check_corpus --variety` prints a row a writer instead (+ strengths, - limitations, ? causes, !
recommendations).

Faults make the exit code 1. Hints name what an annotator may have forgotten: they are questions, not faults.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from underthesea import word_tokenize

from cchc_nlp.classify.corpus import CorpusArticle, read_article, read_corpus, read_splits
from cchc_nlp.errors import CorpusFormatError

_RUN = 8
_SYLLABLE = re.compile(r"\w+")
_SHOULD_STAND_IN = {
    "agencies": re.compile(
        r"\b(?:UBND|HĐND|Sở (?=[A-ZĐ])|Huyện ủy|Tỉnh ủy|Thành ủy|Đảng ủy|Đoàn (?:kiểm tra|giám sát|thanh tra))"
    ),
    "dates": re.compile(r"\b(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|năm (?:19|20)\d\d|tháng \d{1,2}/\d{4}|quý [IV1-4])"),
    "metrics": re.compile(
        r"\d+(?:[.,]\d+)*(?:%| (?:hồ sơ|thủ tục|người|triệu|tỷ|văn bản|trường hợp|đơn vị|công chức|xã|phường))"
    ),
    "places": re.compile(r"\b(?:xã|huyện|tỉnh|phường|quận|thị trấn|thị xã) (?=[A-ZĐÂÊÔƠƯĂ][a-zà-ỹ])"),
}


def files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob("*.txt")) if path.is_dir() else [path]


def hints(article: CorpusArticle) -> Iterator[str]:
    gold = article.gold
    if article.annotated == "relevance":
        return
    for kind, pattern in _SHOULD_STAND_IN.items() if article.annotated == "all" else ():
        covered = [(m["start"], m["end"]) for k in {kind, "dates", "documents"} for m in gold[k]]
        for match in pattern.finditer(article.text):
            if not any(s <= match.end() - 1 < e for s, e in covered) and any(
                s <= match.start() < e for s, e in gold["article"]["body"]
            ):
                yield f"no {kind}: …{article.text[max(0, match.start() - 15) : match.end() + 25]!r}"
    if gold["article"]["is_inspection"] and not gold["findings"]:
        yield "an inspection without findings"
    for finding in gold["findings"]:
        if finding["text"][-1] in ".;,":
            yield f"closing punctuation inside a finding: …{finding['text'][-30:]!r}"
    for name in {o["name"] for o in gold["officials"]}:
        for match in re.finditer(re.escape(name), article.text):
            if not any(m["start"] == match.start() for o in gold["officials"] for m in o["mentions"]):
                yield f"no official: {name} at {match.start()}"


def overlaps(articles: list[tuple[Path, CorpusArticle]], run: int = _RUN) -> Iterator[str]:
    """Articles that share a run of more than `run` words, other than the names of bodies and papers."""
    seen: dict[str, set[Path]] = defaultdict(set)
    for path, article in articles:
        words = re.findall(r"\w+", article.text.casefold())
        for i in range(len(words) - run):
            seen[" ".join(words[i : i + run + 1])].add(path)
    shared = Counter(tuple(sorted(paths)) for paths in seen.values() if len(paths) > 1)
    for paths, count in shared.most_common():
        yield f"{', '.join(map(str, paths))} share {count} runs of {run + 1} words"


def texts_of(paths: Iterable[Path]) -> Iterator[str]:
    """The texts of files, directories and archives."""
    for path in paths:
        if path.name.endswith(".jsonl.gz"):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                yield from (json.loads(line)["text"] for line in lines)
        else:
            yield from (text.read_text(encoding="utf-8") for text in files([path]))


def borrowed(articles: Iterable[tuple[Path, CorpusArticle]], texts: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Runs of more than `_RUN` words that an article shares with one of some texts.

    Runs of syllables are found first, and only those are segmented into words: set phrases ("Ban Quản lý dự án đầu tư
    xây dựng") have many syllables and few words.
    """
    size = _RUN + 1
    known: set[int] = set()
    for text in texts:
        syllables = _SYLLABLE.findall(text.casefold())
        known.update(hash(tuple(syllables[i : i + size])) for i in range(len(syllables) - _RUN))
    for path, article in articles:
        found = list(_SYLLABLE.finditer(article.text))
        syllables = [match[0].casefold() for match in found]
        shared = [hash(tuple(syllables[i : i + size])) in known for i in range(len(syllables) - _RUN)]
        for is_shared, group in groupby(range(len(shared)), key=shared.__getitem__):
            places = list(group)
            run = article.text[found[places[0]].start() : found[places[-1] + _RUN].end()]
            if is_shared and sum(map(str.isalnum, (word[0] for word in word_tokenize(run)))) > _RUN:
                yield path, " ".join(run.split())


def variety(articles: list[CorpusArticle]) -> Iterator[str]:
    """A row a writer: counts, and the share of its words that stand in no other writer's articles."""
    splits = read_splits(Path("corpus/splits.tsv"))
    words = {a.writer: set[str]() for a in articles}
    for article in articles:
        words[article.writer] |= set(re.findall(r"\w+", article.text.casefold()))
    yield "| writer | split | articles | inspections | noisy | words (median) | +  | -  | ?  | !  | words of its own |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for writer in sorted(words):
        own = [a for a in articles if a.writer == writer]
        labels = Counter(f["label"] for a in own for f in a.gold["findings"])
        others = set[str]().union(*(w for name, w in words.items() if name != writer))
        cells = [
            writer,
            splits.get(writer, "-"),
            len(own),
            sum(a.gold["article"]["is_inspection"] for a in own),
            sum(a.noise is not None for a in own),
            sorted(len(a.text.split()) for a in own)[len(own) // 2],
            *(labels[label] for label in ("strength", "limitation", "cause", "recommendation")),
            f"{len(words[writer] - others) / len(words[writer]):.0%}",
        ]
        yield f"| {' | '.join(map(str, cells))} |"


def main() -> int:
    if sys.argv[1:] == ["--variety"]:
        print("\n".join(variety(read_corpus(Path("corpus/articles"))[0])))
        return 0
    given, _, others = " ".join(sys.argv[1:]).partition("--against")
    paths = [Path(argument) for argument in given.split()] or [Path("corpus/articles")]
    articles: list[tuple[Path, CorpusArticle]] = []
    faulty = 0
    for path in files(paths):
        try:
            articles.append((path, read_article(path.read_text(encoding="utf-8"), str(path), path.parent.name)))
        except CorpusFormatError as fault:
            faulty += 1
            print(f"FAULT {fault}")
    labels: Counter[str] = Counter()
    for path, article in articles:
        labels.update(finding["label"] for finding in article.gold["findings"])
        for hint in hints(article):
            print(f"hint  {path}: {hint}")
    for line in overlaps(articles):
        print(f"share {line}")
    for path, run in borrowed(articles, texts_of(map(Path, others.split()))) if others else ():
        print(f"borrowed {path}: {run!r}")
    words = sorted(len(article.text.split()) for _, article in articles)
    inspections = sum(article.gold["article"]["is_inspection"] for _, article in articles)
    if words:
        print(
            f"{len(words)} articles, {inspections} inspections, words {words[0]}-{words[-1]} "
            f"(median {words[len(words) // 2]}), labels {dict(labels)}"
        )
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
