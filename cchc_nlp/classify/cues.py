"""The rule labeller: which segments state a strength, a limitation, a cause or a recommendation.

For the newcomer, three layers, each additive and each explainable:

1. **Cues.** `lexicon/cue_finding.tsv` lists words and phrases with a kind and a weight. `Reader` walks over
   the cues of a segment and adds their weights to the labels' scores after the rules of scope: a negated
   "kịp thời" speaks for a limitation, "khắc phục hạn chế" for none, nothing behind "đề nghị" is a statement.
   One method a kind; start there.
2. **Context.** A text holds its course until it turns: `STAY` says how much a label gains from standing in
   the piece before, by the kind of boundary between them (comma, semicolon, sentence, paragraph ...).
3. **Decoding.** `decode` finds the sequence of labels with the greatest sum (Viterbi), so a segment without
   any cue of its own takes its label from the list it stands in, and a sentence is cut at a comma only where
   strong cues on both sides outweigh the bond.

A *unit* is a piece of a segment between two places where the label could change. Every number that is not
in the lexicon stands in the constants below.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from cchc_nlp import lexicon
from cchc_nlp.analysis import Analysis, Evidence, Label, Segment, Span
from cchc_nlp.classify.labeller import Verdict
from cchc_nlp.classify.relevance import Relevance, survey
from cchc_nlp.text.scan import Hit

LABELS: tuple[Label | None, ...] = (None, "strength", "limitation", "cause", "recommendation")
NONE, STRENGTH, LIMITATION, CAUSE, RECOMMENDATION = range(5)
_INDEX = {label: i for i, label in enumerate(LABELS)}

# what a label gains from standing before the boundary as well
STAY = {
    "start": 0.0,
    "comma": 2.4,  # inside a segment
    "demand": 1.2,  # inside a segment, where a clause begins that asks for something
    "turn": 0.5,  # inside a sentence, at a contrast or where the segmenter cut without a semicolon
    "semicolon": 1.5,
    "sentence": 0.7,
    "bullet": 1.3,
    "announced": 1.6,  # after a line that ends with a colon
    "paragraph": 0.25,
}
# what "no finding" gains instead: it holds in an enumeration, hardly elsewhere
NONE_STAY = {
    **dict.fromkeys(STAY, 0.2),
    "comma": STAY["comma"],
    "demand": STAY["demand"],
    "semicolon": 1.2,
    "bullet": 0.6,
}
# at a contrast ("tuy nhiên", "nhưng"): what praise gains after blame and the other way round;
# what blame gains after nothing or a cause
CONTRAST, CONTRAST_ELSE = 1.1, 0.6

NONE_BASE = 0.9  # what evidence a segment needs
SETTLED, FOREIGN = 0.8, 4.0  # added to it as an article speaks less of public bodies than SETTLED
IDLE = 1.5  # added to it as an article is less likely than not to report an inspection
OUTSIDE = 0.25  # an article that speaks less of them than this has no findings
TITLE, CAPTION = 0.1, 0.9  # added to it for headlines and captions
QUESTION = 1.2  # added to it for a question
TOPIC = 0.35  # taken from it where the segment names a field of administration
FIGURE, WHOLE_FIGURE = 0.4, 0.8  # strength of a measured result; of "100%"
MEAGRE = 1.3  # limitation of a figure that the text calls small ("mới đạt 62%")

UNREAL = 0.2  # what is left of a statement's weight in the scope of a directive
BARE = 0.35  # what is left of a good quality after a bare opening verb ("thực hiện nghiêm túc ...");
# of a shortcoming only after one that can be nothing but a measure ("kiểm điểm ... để xảy ra sai phạm")
NEGATED = 0.6  # what a negated good quality adds to the negation
CLEARED = 0.5  # what a negated fault adds to its own weight as a strength
IMPERATIVE = 0.9  # weight of an opening verb of measures, times its own
CAUSED = 0.2  # what is left of a limitation's weight where it explains another
ACQUITTED = 1.5  # strength of "không hồ sơ nào quá hạn", "chẳng ai phải chờ"
HARDSHIP = 1.3  # limitation of "phải" where citizens are those who must
GROUNDED = 0.4  # limitation, for its weight, of what is usually offered as a reason
REASON, REASON_TURNED = 1.2, 2.2  # cause of an opening "do", "vì"; of one behind a comma where the segmenter cut
CARRIED = 0.6  # cause of the sentences that follow a speaker's explanation in its paragraph
SUBJECT = 40  # characters of "đồng chí Trưởng đoàn" before "đề nghị"
MODIFIER = 0.3  # what is left of "đã giải quyết" where it only says which files
FEWEST_WORDS = 3  # with which a connective states a finding
CONNECTIVES = frozenset({"turn", "cause", "concede", "model"})
NEGATION_REACH, REMEDY_REACH = 34, 90  # characters
SHARE = 0.35  # of what the other pieces of a segment add to the best one, where they are judged together
ADJACENT = 12  # characters between a fault that is to be put right and its "phải"


def _words(kind: str) -> str:
    """The alternation of a row of `lexicon/cue_scope.tsv`."""
    words = lexicon.mapping("cue_scope", "kind", "words")[kind].split(" | ")
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_CONNECTIVE = re.compile(rf"(?:[-+*•]|\d{{1,2}}[.)]|[a-zđ]\)|{_words('connective')})[,:]? ")
_FIGURE = re.compile(rf"\d[\d.,]{{0,20}}\s?%|(?<!\d)\d{{1,9}}/\d{{1,9}}|\d[\d.,]{{0,20}} (?=(?:{_words('counted')})\b)")
_DIGIT = re.compile(r"\d")
_DENIAL = re.compile(rf"(?: (?:{_words('denial')}))* ")
_NOUN_BEFORE = re.compile(rf"(?:\b(?:{_words('noun')})|\d) $")
_NOT_ONE = re.compile(r"(?: [\w.,/%-]+){0,6} nào(?: (?!mà\b)\w+){0,3} | ai(?: \w+)? | một(?: \w+){0,2} ")
_SUFFERER = re.compile(rf"\b(?:{_words('sufferer')})(?: \w+){{0,3}} $")
_SPENDING = re.compile(rf"\b(?:{_words('spending')})\b")
_DATED = re.compile(r" (?:(?:ngày|tháng|hết|quý|cuối|năm)\b|\d{1,2} ?[/.-] ?\d)")
_NARRATED = re.compile(rf"\b(?:{_words('narrated')}) $")
_MODIFIED = re.compile(rf"\b(?:{_words('modified')}) $")
_OPENER = re.compile(rf"(?:{_words('opener')})\b")
_MEAGRE = re.compile(r"\b(?:mới|chỉ|vỏn vẹn|vẻn vẹn)(?: \w+){0,4} $")
_WORKLOAD = re.compile(rf"\b(?:{_words('workload')})(?: \w+){{0,2}} $")
_NEW = re.compile(rf"\b(?:{_words('new')}) $")
_REASON = re.compile(rf"(?:(?:{_words('partly')}) )?(?:do|vì|bởi) (?!(?:{_words('no_reason')})\b)")
_OPENING = 160  # characters within which an opening phrase must end at a comma
# kinds that never open a piece of their own
_WHOLE = frozenset(("abate", "only", "future", "deontic", "weak", "remedy", "deadline"))
# kinds that "không … nào" before them turns to praise
_ACQUITTED = frozenset(("fault", "flaw", "problem", "lack", "weak", "hardship", "deontic"))
_INSIDE = ("comma", "demand")  # boundaries inside a segment
_BEFORE = 16  # characters looked at before a directive to see whether it is a noun


@dataclass(slots=True)
class Unit:
    """A piece of a segment in which the label does not change: its scores by label (`LABELS`) and why."""

    start: int
    end: int
    segment: int
    boundary: str
    contrast: bool = False
    score: list[float] = field(default_factory=lambda: [0.0] * len(LABELS))
    evidence: list[Evidence] = field(default_factory=list)

    def add(self, label: int, weight: float, kind: str, start: int, end: int) -> None:
        """Adds to a label's score and notes the reason."""
        self.score[label] += weight
        self.evidence.append(Evidence(start, end, kind, LABELS[label], round(weight, 2)))


class CueLabeller:
    """Labels by cues, scope and context (see the module's text)."""

    def label(self, analysis: Analysis) -> list[Verdict]:
        """Verdicts in text order."""
        reader, paths = self.read(analysis)
        if reader is None:
            return [Verdict(s.start, s.end, i, None, 1.0, "findings.outside") for i, s in enumerate(analysis.segments)]
        self.weigh(analysis, reader, paths)
        labelled = [pair for path in paths for pair in zip(path, decode(path), strict=True)]
        labelled.sort(key=lambda pair: pair[0].start)
        return list(self._verdicts(reader, labelled))

    def read(self, analysis: Analysis) -> tuple[Reader | None, list[list[Unit]]]:
        """The units of an article in paths that are decoded apart: running text, each headline, each caption.

        No reader for an article that does not speak of public bodies.
        """
        relevance = survey(analysis)
        if relevance.administration < OUTSIDE:
            return None, []
        reader = Reader(analysis, relevance)
        chain: list[Unit] = []
        paths: list[list[Unit]] = [chain]
        for index in range(len(analysis.segments)):
            units = reader.read(index)
            if reader.aside(index):
                paths.append(units)
            else:
                chain.extend(units)
        return reader, paths

    def weigh(self, analysis: Analysis, reader: Reader, paths: list[list[Unit]]) -> None:
        """Changes the scores before decoding: nothing to do where cues decide alone."""

    def confidence(self, run: Sequence[Unit], label: int) -> float:
        """How sure a label is (0 to 1): how far its score over the units lies above the next best."""
        totals = [sum(scores) for scores in zip(*(unit.score for unit in run), strict=True)]
        rival = max(value for i, value in enumerate(totals) if i != label)
        return 1.0 / (1.0 + math.exp(rival - totals[label] - 0.6))

    def _verdicts(self, reader: Reader, labelled: Iterable[tuple[Unit, int]]) -> Iterator[Verdict]:
        """Joins neighbouring units of one label and one sentence; announcing lines are no finding."""
        run: list[Unit] = []
        current = NONE
        for unit, label in labelled:
            if run and (label != current or unit.boundary not in (*_INSIDE, "turn")):
                yield self._verdict(reader, run, current)
                run = []
            run.append(unit)
            current = label
        if run:
            yield self._verdict(reader, run, current)

    def _verdict(self, reader: Reader, run: Sequence[Unit], label: int) -> Verdict:
        evidence = tuple(reason for unit in run for reason in unit.evidence)
        own = [e for e in evidence if e.label == LABELS[label] and e.weight > 0]
        rule = max(own, key=lambda e: e.weight).kind if own else "context"
        # a connective left alone ("Tuy nhiên") says nothing
        short = len(reader.text[run[0].start : run[-1].end].split()) < FEWEST_WORDS
        bare = short and all(reason.kind in CONNECTIVES for reason in evidence)
        found = None if (bare and evidence) or reader.announces(run[0].segment) else LABELS[label]
        confidence = round(self.confidence(run, label), 3)
        return Verdict(run[0].start, run[-1].end, run[0].segment, found, confidence, f"findings.{rule}", evidence)

    def label_many(self, analyses: Iterable[Analysis]) -> Iterator[list[Verdict]]:
        """One article after the other: rules gain nothing from batches."""
        return map(self.label, analyses)


def by_segment(path: Iterable[Unit]) -> list[Unit]:
    """The units of each segment as one: the score of a label is its best, and a share of what the others add."""
    joined: list[Unit] = []
    for _, group in groupby(path, key=attrgetter("segment")):
        units = list(group)
        first, last = units[0], units[-1]
        if len(units) > 1:
            columns = zip(*(unit.score for unit in units), strict=True)
            score = [SHARE * sum(column) + (1 - SHARE) * max(column) for column in columns]
            evidence = [reason for unit in units for reason in unit.evidence]
            first = Unit(first.start, last.end, first.segment, first.boundary, first.contrast, score, evidence)
        joined.append(first)
    return joined


class _Cursor:
    """Hands out hits in text order, segment by segment."""

    def __init__(self, hits: list[Hit]):
        self._hits = hits
        self._next = 0

    def within(self, start: int, end: int) -> list[Hit]:
        hits, i = self._hits, self._next
        while i < len(hits) and hits[i].start < start:
            i += 1
        first = i
        while i < len(hits) and hits[i].start < end:
            i += 1
        self._next = i
        return hits[first:i]


class Reader:
    """Turns the cues of each segment into units with scores; call `read` for the segments in order."""

    def __init__(self, analysis: Analysis, relevance: Relevance):
        self.text = analysis.text
        self.lower = analysis.lower
        self.segments = analysis.segments
        self.blocks = analysis.page.blocks
        blocks = self.blocks
        self._kinds = [blocks[s.block].kind if 0 <= s.block < len(blocks) else "paragraph" for s in self.segments]
        foreign = max(0.0, SETTLED - relevance.administration)
        idle = max(0.0, 1.0 - 2.0 * relevance.inspection)
        self.base = NONE_BASE + FOREIGN * foreign + IDLE * idle
        self._cues = _Cursor(analysis.hits["cue_finding"])
        self._plans = _Cursor(analysis.hits["cue_plan"])
        self._topics = _Cursor(analysis.hits["area_cue"])
        numbered: list[Span] = [*analysis.dates, *analysis.documents]
        self._numbered = sorted(numbered, key=lambda span: span.start)
        self._numbered_starts = [span.start for span in self._numbered]
        # scope: the latest negation, the reach of the latest remedy, whether a directive is open
        self._negation: Hit | None = None
        self._reach = 0
        self._directed = False
        self._caused = False
        self._explained = -1  # the block in which a speaker gives reasons
        self._bare = 0.0  # the weight of a bare opening verb
        self._unit = Unit(0, 0, 0, "start")

    def kind(self, index: int) -> str:
        """The kind of block the segment stands in."""
        return self._kinds[index]

    def aside(self, index: int) -> bool:
        """Whether the segment stands outside the running text, which then passes over it."""
        return self.kind(index) in ("title", "caption")

    def announces(self, index: int) -> bool:
        """Whether the segment only says what follows: a heading, or a line that ends with a colon."""
        segment = self.segments[index]
        if self.kind(index) == "heading":
            return True
        end = self.blocks[segment.block].end if 0 <= segment.block < len(self.blocks) else segment.end
        if self.text[segment.end - 1 : segment.end] == ":":
            return segment.end >= end
        return self.text[segment.end : segment.end + 1] == ":" and segment.end + 2 >= end

    def boundary(self, index: int) -> str:
        """The kind of boundary before the segment."""
        before = index - 1
        while before >= 0 and self.aside(before):
            before -= 1
            if index - before > 8:  # a row of captions: the text has broken off
                return "paragraph"
        if before < 0:
            return "start"
        this, last = self.segments[index], self.segments[before]
        if self.announces(before):
            return "announced"
        if this.sentence == last.sentence:
            return "semicolon" if _parted(self.text, last, this) else "turn"
        if this.block == last.block:
            return "sentence"
        return "bullet" if self.kind(index) == "bullet" else "paragraph"

    def read(self, index: int) -> list[Unit]:
        """The units of a segment."""
        segment = self.segments[index]
        if index == 0 or self.segments[index - 1].sentence != segment.sentence:
            self._directed = False
        self._negation, self._reach = None, 0
        self._caused = self._explained == segment.block >= 0 and not self._directed
        unit = self._unit = Unit(segment.start, segment.end, index, self.boundary(index))
        units = [unit]
        unit.score[NONE] = self.base + {"title": TITLE, "caption": CAPTION}.get(self.kind(index), 0.0)
        if self._topics.within(segment.start, segment.end):
            unit.score[NONE] -= TOPIC
        if self._caused:
            unit.score[CAUSE] += CARRIED
        if self.text[segment.end : segment.end + 1] == "?":
            unit.score[NONE] += QUESTION
        self._open(segment)
        last = segment.start
        for hit in self._cues.within(segment.start, segment.end):
            cut = self._cut(last, hit)
            if cut:
                units[-1].end = cut[0]
                self._unit = Unit(cut[1], segment.end, index, cut[2])
                units.append(self._unit)
                if cut[2] != "comma":
                    self._negation = None
            if hit.row["kind"] in _ACQUITTED and self._spares(hit):
                self._acquit(hit)
            else:
                getattr(self, "_" + hit.row["kind"])(hit, float(hit.row["weight"]))
            last = hit.end
        self._figures(units)
        return units

    def _open(self, segment: Segment) -> None:
        """Looks at the segment's first words: a bare verb there opens a measure."""
        start = segment.start
        if _OPENER.match(self.lower, start):  # an opening phrase names what is to be mended
            comma = self.text.find(", ", start, min(segment.end, start + _OPENING))
            self._reach = max(comma, 0)
        if connective := _CONNECTIVE.match(self.lower, start, segment.end):
            start = connective.end()
        if _REASON.match(self.lower, start, segment.end):
            weight = REASON_TURNED if self._unit.boundary == "turn" else REASON
            self._unit.add(CAUSE, weight, "reason", start, start + 2)
            self._caused = True
        if self.lower.startswith("chỉ ra ", start):  # whoever points at faults of his own does well
            self._reach = start + REMEDY_REACH
        self._bare = 0.0
        for hit in self._plans.within(segment.start, segment.end):
            if hit.start == start:
                self._bare = float(hit.row["weight"])
                self._unit.add(RECOMMENDATION, IMPERATIVE * self._bare, "plan", hit.start, hit.end)

    def _cut(self, last: int, hit: Hit) -> tuple[int, int, str] | None:
        """Where a new unit may begin between two cues: end of the old, start of the new, kind of boundary."""
        turn = hit.row["kind"] in ("turn", "cause")
        demand = hit.row["kind"] == "directive" and not self._directed
        comma = self.text.rfind(", ", last, hit.start + 1)
        if comma > self._unit.start and hit.row["kind"] not in _WHOLE:
            window = self.text[max(self._unit.start, comma - 200) : comma]
            if window.rfind("(") <= window.rfind(")"):
                if turn and comma + 2 == hit.start:
                    return comma, comma + 2, "turn"
                return comma, comma + 2, "demand" if demand and hit.start - comma < SUBJECT else "comma"
        if hit.row["kind"] == "turn" and hit.start > self._unit.start + 1 and self.text[hit.start - 1] == " ":
            return hit.start - 1, hit.start, "turn"
        return None

    def _figures(self, units: list[Unit]) -> None:
        """Measured results speak for a strength, once a unit."""
        for unit in units:
            found = None if self._directed else self._figure(unit)
            if found is None:
                continue
            if self._meagre(unit, found.start()):
                unit.add(LIMITATION, MEAGRE, "meagre", found.start(), found.end())
            elif unit.score[LIMITATION] < FIGURE and not self._workload(unit, found.start()):
                weight = WHOLE_FIGURE if found[0].startswith("100") and "%" in found[0] else FIGURE
                unit.add(STRENGTH, weight, "figure", found.start(), found.end())

    def _figure(self, unit: Unit) -> re.Match[str] | None:
        """The first figure of a unit that is no part of a date or a document's number."""
        digit = _DIGIT.search(self.text, unit.start, unit.end)
        if digit is None:
            return None
        for match in _FIGURE.finditer(self.text, digit.start(), unit.end):
            i = bisect_right(self._numbered_starts, match.start()) - 1
            if i < 0 or self._numbered[i].end <= match.start():
                return match
        return None

    def _meagre(self, unit: Unit, figure: int) -> bool:
        """Whether the text calls a figure small: "mới đạt 62%", but not "thành lập mới 5 tổ"."""
        small = _MEAGRE.search(self.lower, max(unit.start, figure - SUBJECT), figure)
        return small is not None and not _NEW.search(self.lower, max(0, small.start() - _BEFORE), small.start())

    def _workload(self, unit: Unit, figure: int) -> bool:
        """Whether the figure only counts what came in, and nothing says how it was handled."""
        before = max(unit.start, figure - SUBJECT)
        return unit.score[STRENGTH] < FIGURE and _WORKLOAD.search(self.lower, before, figure) is not None

    # what each kind of cue does

    def _add(self, label: int, weight: float, hit: Hit, kind: str = "") -> None:
        self._unit.add(label, weight, kind or hit.row["kind"], hit.start, hit.end)

    def _blame(self, weight: float, hit: Hit) -> None:
        """Adds to the limitation, unless it is what a directive wants mended or what explains another."""
        scale = UNREAL if self._directed else CAUSED if self._caused else BARE if self._bare >= 1.0 else 1.0
        self._add(LIMITATION, weight * scale, hit)

    def _negates(self, hit: Hit) -> bool:
        negation = self._negation
        return negation is not None and hit.start - negation.end <= NEGATION_REACH

    def _denied(self, hit: Hit) -> bool:
        """Whether the negation before a fault denies that there is any."""
        negation = self._negation
        return (
            negation is not None
            and self._negates(hit)
            and _DENIAL.fullmatch(self.lower, negation.end, hit.start) is not None
        )

    def _spares(self, hit: Hit) -> bool:
        """Whether the words before a fault say that it happened to none: "không hồ sơ nào quá hạn"."""
        negation = self._negation
        return (
            negation is not None
            and not self._directed
            and self._negates(hit)
            and _NOT_ONE.fullmatch(self.lower, negation.end, hit.start) is not None
        )

    def _acquit(self, hit: Hit) -> None:
        assert self._negation is not None
        self._add(LIMITATION, -self._weight_of(self._negation), self._negation, "cleared")
        self._add(STRENGTH, ACQUITTED, hit, "cleared")
        self._negation, self._reach = None, hit.end + REMEDY_REACH

    def _void(self, hit: Hit, weight: float) -> None:
        pass

    def _concede(self, hit: Hit, weight: float) -> None:
        """What a clause gives way to ("dù nhân lực mỏng, xã vẫn …") is not what the sentence finds."""
        segment = self.segments[self._unit.segment]
        comma = self.text.find(", ", hit.end, min(segment.end, hit.end + _OPENING))
        self._reach = max(self._reach, comma)

    def _praise(self, hit: Hit, weight: float) -> None:
        self._good(hit, weight)

    def _result(self, hit: Hit, weight: float) -> None:
        modifier = _MODIFIED.search(self.lower, max(0, hit.start - _BEFORE), hit.start)
        self._good(hit, weight * (MODIFIER if modifier and hit.start > self._unit.start else 1.0))

    def _remedied(self, hit: Hit, weight: float) -> None:
        self._result(hit, weight)
        self._reach = hit.end + REMEDY_REACH

    def _abate(self, hit: Hit, weight: float) -> None:
        """What shrinks is good if it was bad, bad if it was good, and else a remedy of what follows."""
        bad = [e for e in self._unit.evidence if e.label == "limitation" and e.kind in ("fault", "problem", "flaw")]
        if self._negates(hit) or self._directed:
            self._remedy(hit, weight)
        elif bad:
            total = sum(e.weight for e in bad)
            self._add(LIMITATION, -total, hit)
            self._add(STRENGTH, total + weight, hit)
        elif self._unit.score[STRENGTH] >= 1.0 and hit.row["phrase"] != "giảm":
            self._only(hit, weight)
        else:
            self._remedy(hit, weight)

    def _clear(self, hit: Hit, weight: float) -> None:
        self._good(hit, weight)
        self._reach = hit.end + REMEDY_REACH

    def _only(self, hit: Hit, weight: float) -> None:
        """Turns what was praised before it in the clause into a limitation."""
        claimed = self._unit.score[STRENGTH]
        self._add(STRENGTH, -claimed, hit)
        self._blame(claimed + weight, hit)

    def _future(self, hit: Hit, weight: float) -> None:
        claimed = self._unit.score[STRENGTH]
        if claimed > 0 and not self._directed:
            self._add(STRENGTH, (UNREAL - 1.0) * claimed, hit)
        self._deontic(hit, weight)

    def _good(self, hit: Hit, weight: float) -> None:
        if self._negates(hit):
            self._blame(NEGATED, hit)
        elif self._directed:
            self._add(STRENGTH, weight * UNREAL, hit)
        else:
            self._add(STRENGTH, weight * (BARE if self._bare else 1.0), hit)

    def _realis(self, hit: Hit, weight: float) -> None:
        if not self._negates(hit):
            self._add(STRENGTH, weight * (UNREAL if self._directed else 1.0), hit)

    _report = _realis

    def _fault(self, hit: Hit, weight: float) -> None:
        if self._denied(hit):
            assert self._negation is not None
            self._add(LIMITATION, -self._weight_of(self._negation), self._negation, "cleared")
            self._add(STRENGTH, CLEARED + weight * (UNREAL if self._directed else 1.0), hit, "cleared")
            self._negation, self._reach = None, hit.end + REMEDY_REACH
        elif hit.start < self._reach:
            self._reach = min(hit.end + REMEDY_REACH, self._reach + REMEDY_REACH)
        else:
            self._blame(weight, hit)

    _problem = _fault

    _flaw = _fault

    def _weight_of(self, negation: Hit) -> float:
        return sum(e.weight for e in self._unit.evidence if e.start == negation.start and e.label == "limitation")

    def _weak(self, hit: Hit, weight: float) -> None:
        if hit.start >= self._reach:
            self._blame(weight, hit)

    def _lack(self, hit: Hit, weight: float) -> None:
        if hit.start >= self._reach:
            self._blame(weight, hit)
        self._negation = hit

    _no = _lack

    def _remedy(self, hit: Hit, weight: float) -> None:
        if self._negates(hit):
            self._add(LIMITATION, NEGATED, hit, "negated")
        else:
            self._reach = hit.end + REMEDY_REACH

    def _directive(self, hit: Hit, weight: float) -> None:
        before = max(0, hit.start - _BEFORE)
        if _NOUN_BEFORE.search(self.lower, before, hit.start) or _NARRATED.search(self.lower, before, hit.start):
            return
        self._add(RECOMMENDATION, weight, hit)
        self._directed = True

    def _deontic(self, hit: Hit, weight: float) -> None:
        if self._negates(hit) and self._negation and hit.start - self._negation.end <= 1:
            return
        if hit.row["phrase"] == "phải" and not self._directed and self._befalls(hit):
            self._blame(HARDSHIP, hit)
            return
        self._release(hit)
        self._add(RECOMMENDATION, weight, hit)
        self._directed = True

    def _release(self, hit: Hit) -> None:
        """A fault right before "phải" only says what is to be put right: "số tiền thu sai phải trả lại"."""
        for fault in [e for e in self._unit.evidence[-ADJACENT:] if e.label == "limitation" and e.weight > 0]:
            if 0 < hit.start - fault.end <= ADJACENT and "," not in self.text[fault.end : hit.start]:
                self._add(LIMITATION, (UNREAL - 1.0) * fault.weight, hit)

    def _befalls(self, hit: Hit) -> bool:
        """Whether it is citizens who must: a burden, not a task."""
        start = max(self._unit.start, hit.start - SUBJECT)
        return _SUFFERER.search(self.lower, start, hit.start) is not None

    def _deadline(self, hit: Hit, weight: float) -> None:
        """A date by which something is due, unless it has been done."""
        opens = hit.start == self._unit.start
        phrase = hit.row["phrase"]
        if (opens and phrase.startswith("tr")) or (phrase == "trước" and not _DATED.match(self.lower, hit.end)):
            return  # "trước sân", "trong tháng 9, đoàn đã …"
        if any(e.kind == "realis" for e in self._unit.evidence):
            return
        claimed = self._unit.score[STRENGTH]
        if claimed > 0:
            self._add(STRENGTH, (UNREAL - 1.0) * claimed, hit)
        self._add(RECOMMENDATION, weight, hit)
        self._directed = self._directed or opens

    def _exceed(self, hit: Hit, weight: float) -> None:
        """Exceeding a plan is good, but not in spending or in posts."""
        start = max(self._unit.start, hit.start - SUBJECT)
        if _SPENDING.search(self.lower, start, hit.start):
            self._blame(weight, hit)
        else:
            self._good(hit, weight)

    def _frame(self, hit: Hit, weight: float) -> None:
        """A speaker who explains: what he says are reasons."""
        if not self._directed:
            self._add(CAUSE, weight, hit)
            self._caused = True
            self._explained = self.segments[self._unit.segment].block

    def _ground(self, hit: Hit, weight: float) -> None:
        """A circumstance that is usually offered as a reason."""
        if not self._directed and hit.start >= self._reach:
            self._add(CAUSE, weight, hit)
            self._blame(weight * GROUNDED, hit)

    def _hardship(self, hit: Hit, weight: float) -> None:
        """What citizens or clerks have to put up with."""
        self._blame(weight, hit)

    def _cause(self, hit: Hit, weight: float) -> None:
        if hit.start < self._reach or self._directed:
            return
        if hit.start - self._unit.start < 60 or " do" in hit.row["phrase"]:
            self._add(CAUSE, weight, hit)
            self._caused = True

    def _turn(self, hit: Hit, weight: float) -> None:
        self._directed = self._caused = False
        self._explained = -1
        self._bare = 0.0
        self._reach = 0
        self._unit.contrast = self._unit.contrast or hit.start - self._unit.start < 3
        self._add(LIMITATION, weight, hit)

    def _lead(self, hit: Hit, weight: float) -> None:
        label = _INDEX[hit.row["label"]]  # type: ignore[index]
        if label == LIMITATION and hit.start < self._reach:
            return
        self._add(label, weight * (UNREAL if self._directed else 1.0), hit)
        if label == RECOMMENDATION:
            self._directed = True

    def _event(self, hit: Hit, weight: float) -> None:
        self._add(NONE, weight * (UNREAL if self._directed else 1.0), hit)


def _parted(text: str, last: Segment, this: Segment) -> bool:
    """Whether more than a comma parts two segments of one sentence."""
    gap = text[last.end : min(this.start, last.end + 40)]
    return ";" in gap or "\n" in gap or "..." in gap or "…" in gap


def decode(units: list[Unit]) -> list[int]:
    """The best sequence of labels (Viterbi). Linear in the number of units."""
    total = [0.0] * len(LABELS)
    back: list[list[int]] = []
    for unit in units:
        choice: list[int] = []
        best: list[float] = []
        rival = max(total[1:] if unit.boundary in _INSIDE else total)
        for label, score in enumerate(unit.score):
            origin, value = _origin(unit, label, total, rival)
            choice.append(origin)
            best.append(value + score)
        back.append(choice)
        total = best
    path: list[int] = []
    label = total.index(max(total))
    for choice in reversed(back):
        path.append(label)
        label = choice[label]
    return path[::-1]


def _origin(unit: Unit, label: int, total: list[float], rival: float) -> tuple[int, float]:
    """The label before the unit that serves this one best, and the sum so far; `rival`: the best sum."""
    stayed = total[label] + (NONE_STAY if label == NONE else STAY)[unit.boundary]
    if unit.boundary in _INSIDE:  # a segment is a finding as a whole or not at all
        if label == NONE:
            return NONE, stayed
        return (label, stayed) if stayed >= rival else (total.index(rival, 1), rival)
    if unit.contrast and label in (STRENGTH, LIMITATION):
        turned = [(STRENGTH + LIMITATION - label, CONTRAST)]
        if label == LIMITATION:
            turned.append((NONE, CONTRAST_ELSE))
            if unit.boundary != "turn":  # inside a sentence a reason may have two sides
                turned.append((CAUSE, CONTRAST_ELSE))
        value, origin = max((total[before] + gain, before) for before, gain in turned)
        if value > stayed:
            return origin, value
    return (label, stayed) if stayed >= rival else (total.index(rival), rival)
