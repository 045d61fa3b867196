"""The event: its kind and date, who leads it, who inspects, who is inspected.

Bodies are found here as mentions; the resolver names them. The lead of an article (title and first sentences)
says most of it, so evidence counts by where it stands.

* kind: words of `lexicon/inspection_kinds.tsv`, weighted, more in title and lead;
* date: the day in the first sentences that speak of the event, else a month or year said of it;
* lead: who heads the delegation;
* inspector and inspected: bodies tied to the event by the links of `lexicon/inspection_links.tsv`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from cchc_nlp.analysis import Agency, Analysis, Date, Inspection, Official, Place, Span
from cchc_nlp.text.scan import Hit

_LEAD_SENTENCES = 5
_TITLE, _LEAD, _REST = 3.0, 2.0, 0.25  # what a word weighs by where it stands
_KIND_THRESHOLD = 1.0
_OWNER_REACH = 60  # characters from the word for the event to "của" and its owner
_OPENING = 30  # characters before the subject of a sentence, such as a date
_REACH = 160  # characters over which a verb of inspection reaches its object

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}(?:T\w+)?$")
_PERIOD = re.compile(r"\b(?:giai đoạn|thời kỳ|nhiệm kỳ|niên độ|kỳ)\b[^.;,]{0,14}$", re.IGNORECASE)
_HEADS_DELEGATION = frozenset({"Trưởng đoàn", "Tổ trưởng", "Trưởng Đoàn"})
_PRESIDES = re.compile(
    r"[^.;\n]{0,120}?\b(?:chủ trì|dẫn đầu|đứng đầu|phụ trách|làm trưởng đoàn|làm tổ trưởng)\b", re.IGNORECASE
)
_ACTS = re.compile(
    r"[^.;\n]{0,100}?\b(?:kiểm tra|giám sát|thanh tra|khảo sát|làm việc|thị sát|đi thực tế|đi thực địa|đến|tới|cùng)\b",
    re.IGNORECASE,
)
_COORDINATION = re.compile(
    r"\s*(?:,|;|và|cùng|,\s*và|cùng với|với|-)\s*(?:(?:các|tại|ở|của|với)\s+){0,2}", re.IGNORECASE
)
_INSPECTING_KINDS = {"delegation": 4.0, "inspectorate": 2.0}
_KIND_OF_BODY = {"inspectorate": "thanh tra"}
_NAMED_FOR_IT = frozenset({"inspectorate", "ministry"})  # "Thanh tra tỉnh" is no word of an event


def fill(analysis: Analysis) -> None:
    """Fills `analysis.inspection` except its canonical names (needs agencies, officials and dates)."""
    event = analysis.inspection
    if not event.is_inspection:
        analysis.inspection = Inspection(confidence=event.confidence)
        return
    reader = _Reader(analysis)
    event.kind = reader.kind()
    event.inspector_mention = reader.inspector()
    event.sender_mention = reader.inspector(sent=False)
    if event.inspector_mention is None:
        event.inspector_mention = event.sender_mention = reader.body_of_leader()
    event.date = reader.date(event.kind, event.inspector_mention)
    event.lead = reader.lead(event.sender_mention)
    event.objects = reader.objects(event.inspector_mention)
    if event.kind is None and event.inspector_mention is not None:
        event.kind = _KIND_OF_BODY.get(event.inspector_mention.kind)


class _Reader:
    """One article's evidence; every look-up by position is a binary search."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.title = analysis.page.title
        body = [s for s in analysis.sentences if self.title is None or s.start >= self.title.end]
        self.lead_sentences: Sequence[Span] = body[:_LEAD_SENTENCES]
        self._lead_end = self.lead_sentences[-1].end if self.lead_sentences else 0
        self._sentence_starts = [s.start for s in analysis.sentences]
        self._sentence_ends = [s.end for s in analysis.sentences]
        self.kinds = [h for h in analysis.hits["inspection_kinds"] if analysis.in_body(h.start, h.end)]
        self.bodies = analysis.bodies()
        self._starts = [b.start for b in self.bodies]
        self.events = [h for h in self.kinds if not self._names_a_body(h)]
        self._event_starts = [h.start for h in self.events]

    def weight(self, position: int) -> float:
        """What evidence at a point is worth."""
        if self.title is not None and self.title.start <= position < self.title.end:
            return _TITLE
        return _LEAD if position < self._lead_end else _REST

    def sentence_end(self, position: int) -> int:
        """Where the sentence at a point ends."""
        index = bisect_right(self._sentence_ends, position)
        return self._sentence_ends[index] if index < len(self._sentence_ends) else len(self.text)

    def _names_a_body(self, hit: Hit) -> bool:
        index = bisect_right(self._starts, hit.start) - 1
        if index < 0 or self.bodies[index].end < hit.end:
            return False
        body = self.bodies[index]
        return isinstance(body, Agency) and body.kind in _NAMED_FOR_IT

    def kind(self) -> str | None:
        """The kind of event with the most evidence."""
        scores: dict[str, float] = {}
        for hit in self.kinds:
            if hit.row["kind"] != "-":
                scores[hit.row["kind"]] = scores.get(hit.row["kind"], 0) + float(hit.row["weight"]) * self.weight(
                    hit.start
                )
        best = max(scores, key=lambda kind: (scores[kind], kind), default=None)
        return best if best is not None and scores[best] >= _KIND_THRESHOLD else None

    def date(self, kind: str | None, inspector: Agency | None) -> str | None:
        """The day of the event; for lack of one a month or year that the lead says of it."""
        papers = [(d.start, d.end) for d in self.analysis.documents]
        loose: str | None = None
        for sentence in self.lead_sentences:
            hits = [h for h in self.events if sentence.start <= h.start < sentence.end]
            acts = inspector is not None and sentence.start <= inspector.start < sentence.end
            if not hits and not (acts and inspector is not None and inspector.kind == "delegation"):
                continue
            for day in self._dates_in(sentence):
                if any(0 <= day.start - end <= 3 for _, end in papers):
                    continue
                if _PERIOD.search(self.text, max(0, day.start - 24), day.start):
                    continue
                if _DAY.match(day.value) or ("/" in day.value and _DAY.match(day.value.split("/")[0])):
                    return day.value
                if (
                    loose is None
                    and "/" not in day.value
                    and kind != "họp đánh giá"
                    and any(h.start < day.start for h in hits)
                ):
                    loose = day.value
        return loose

    def _dates_in(self, sentence: Span) -> Iterator[Date]:
        return (d for d in self.analysis.dates if sentence.start <= d.start < sentence.end)

    def lead(self, inspector: Agency | None) -> str | None:
        """The person who heads the delegation, else who presides, else who acts for the inspector in the lead."""
        officials = self.analysis.officials
        for official in officials:
            if any(role.title in _HEADS_DELEGATION for role in official.roles):
                return official.name
        early = sorted(
            ((m.start, m.end, o) for o in officials for m in o.mentions if m.start < self._lead_end), key=itemgetter(0)
        )
        for _, end, official in early:
            if _PRESIDES.match(self.text, end):
                return official.name
        for _, end, official in early:
            if inspector is not None and self._acts_for(official, inspector) and _ACTS.match(self.text, end):
                return official.name
        return None

    def body_of_leader(self) -> Agency | None:
        """The body of the first person who acts or presides in the lead, where no body is said to inspect."""
        found = [
            (mention.start, role.agency)
            for official in self.analysis.officials
            for mention in official.mentions
            for role in official.roles
            if role.agency is not None
            and mention.start < self._lead_end
            and (_PRESIDES.match(self.text, mention.end) or _ACTS.match(self.text, mention.end))
        ]
        return min(found, key=itemgetter(0))[1] if found else None

    def _acts_for(self, official: Official, inspector: Agency) -> bool:
        """Whether an office of the person is in the inspecting body (or one of that name)."""
        return any(r.agency is not None and r.agency.head == inspector.head for r in official.roles)

    def inspector(self, *, sent: bool = True) -> Agency | None:
        """The body with the most evidence of inspecting; without delegations unless `sent`."""
        scores: dict[int, float] = {}
        agencies = [b for b in self.bodies if isinstance(b, Agency) and (sent or b.kind != "delegation")]
        for index, agency in enumerate(agencies):
            weight = self.weight(agency.start)
            if weight == _REST and agency.kind not in _INSPECTING_KINDS:
                continue
            score = _INSPECTING_KINDS.get(agency.kind, 0.0) + self._links(agency, "inspector") + self._owns(agency)
            if score:
                scores[index] = (score + self._opens_sentence(agency)) * weight - 0.1 * index
        if not scores:
            return None
        best = max(scores, key=lambda index: scores[index])
        return agencies[best] if scores[best] >= 1 else None

    def _owns(self, agency: Agency) -> float:
        """ "cuộc giám sát sáng 14/3 của Ban …", "buổi làm việc giữa Ban … với …": the event is the body's."""
        if not _OWNED.search(self.text, max(0, agency.start - 8), agency.start):
            return 0.0
        index = bisect_left(self._event_starts, agency.start) - 1
        near = index >= 0 and agency.start - self.events[index].end <= _OWNER_REACH
        return 3.0 if near and self._same_sentence(self.events[index].start, agency.start) else 0.0

    def _same_sentence(self, start: int, end: int) -> bool:
        return bisect_right(self._sentence_ends, start) == bisect_right(self._sentence_ends, end)

    def _opens_sentence(self, agency: Agency) -> float:
        """Subjects stand at the beginning of a sentence, or after the date that opens it."""
        index = bisect_right(self._sentence_starts, agency.start) - 1
        if index < 0:
            return 0.0
        before = self.text[self._sentence_starts[index] : agency.start]
        return 1.0 if len(before) <= _OPENING and before.count(",") <= 1 else 0.0

    def _links(self, body: Agency | Place, role: str) -> float:
        """The weight of the link phrases around a body that give it a role."""
        links = self.analysis.hits["inspection_links"]
        starts = self._link_starts
        total = 0.0
        left = bisect_left(starts, body.start - 60)
        for hit in links[left : bisect_left(starts, body.end + 80)]:
            if hit.row["role"] != role:
                continue
            if (
                hit.row["side"] == "before" and hit.end <= body.start and not self.text[hit.end : body.start].strip()
            ) or (hit.row["side"] == "after" and hit.start >= body.end and self._same_clause(body.end, hit.start)):
                total += float(hit.row["weight"])
        return min(total, 4.0)

    @property
    def _link_starts(self) -> list[int]:
        if not hasattr(self, "_links_at"):
            self._links_at = [hit.start for hit in self.analysis.hits["inspection_links"]]
        return self._links_at

    def _same_clause(self, start: int, end: int) -> bool:
        """Whether no other clause or body stands between."""
        between = self.text[start:end]
        if any(sign in between for sign in ".;:\n"):
            return False
        index = bisect_left(self._starts, start)
        return index == len(self._starts) or self._starts[index] >= end

    def objects(self, inspector: Agency | None) -> list[tuple[Agency | Place, float]]:
        """Mentions that a word of inspection or a link phrase makes its object, with the weight of that."""
        scores: dict[int, float] = {}
        for hit in self.kinds:
            for index in self._objects(hit, inspector):
                scores[index] = max(scores.get(index, 0), 2 * self.weight(hit.start))
        for index, body in enumerate(self.bodies):
            link = self._links(body, "inspected")
            if link:
                scores[index] = scores.get(index, 0) + link * self.weight(body.start) * 0.5
        if inspector is not None:
            scores = {i: s for i, s in scores.items() if self.bodies[i].start != inspector.start}
        return [(self.bodies[i], scores[i]) for i in sorted(scores)]

    def _objects(self, hit: Hit, inspector: Agency | None) -> Iterator[int]:
        """Bodies that a word of inspection is about: the first after it with a preposition, and those joined to it."""
        end = min(self.sentence_end(hit.start), hit.end + _REACH)
        index = bisect_left(self._starts, hit.end)
        while index < len(self.bodies) and self.bodies[index].start < end:
            body = self.bodies[index]
            before = self.text[max(0, body.start - 32) : body.start]
            if _PREPOSITION.search(before) and (inspector is None or body.start != inspector.start):
                break
            index += 1
        else:
            return
        if index >= len(self.bodies) or self.bodies[index].start >= end:
            return
        yield index
        while index + 1 < len(self.bodies):
            between = self.text[self.bodies[index].end : self.bodies[index + 1].start]
            if not _COORDINATION.fullmatch(between):
                return
            index += 1
            yield index


_PREPOSITION = re.compile(
    r"(?:^|\s)(?:tại|ở|đối với|với|của|trên địa bàn|về|đến|tới|thuộc|qua)"
    r"(?:\s(?:các|những|cả|hai|ba|bốn|năm|sáu|\d{1,2}))?"
    r"(?:\s(?:xã|phường|huyện|quận|tỉnh|sở|trường|đơn vị|địa phương|cơ quan|nơi|điểm))?\s*(?:là|gồm)?\s*:?\s*$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:của|giữa)\s*$")
