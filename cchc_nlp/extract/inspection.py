"""The event: its kind and date, who leads it, who inspects, who is inspected.

Bodies are found here as mentions; the resolver names them. The lead of an article (title and first sentences)
says most of it, so evidence counts by where it stands.

* kind: words of `lexicon/inspection_kinds.tsv`, weighted, more in title and lead;
* date: the date in the lead with the most evidence (`_DATE_EVIDENCE`);
* lead: who heads the delegation, else who presides or acts for it;
* inspector and inspected: bodies tied to the event by the links of `lexicon/inspection_links.tsv`; guests are neither.
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

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}(?:T[\w:]+)?$")
_PERIOD = re.compile(
    r"\b(?:giai đoạn|thời kỳ|nhiệm kỳ|niên độ|kỳ(?! họp)|số liệu|năm học)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:trước|đến|tính đến|hết|so với|từ)(?: hết)? ?$", re.IGNORECASE)
_CLOCK = re.compile(r"T\d.*$")
_SIGNED = re.compile(
    r"\b(?:ký|ban hành|công bố|công khai|thông báo|báo cho|chuyển hồ sơ)\b(?! quyết định thanh tra)", re.IGNORECASE
)
_SESSION = re.compile(
    r"\bkỳ họp thứ[^.;\n]{0,40} Ủy ban Kiểm tra|\bỦy ban Kiểm tra[^.;\n]{0,60} họp kỳ\b", re.IGNORECASE
)
_WORKED = re.compile(r"\b(?:làm việc|kiểm tra|giám sát|khảo sát|đi|đến)\b", re.IGNORECASE)
_MEETS = re.compile(r"\b(?:họp|giao ban|sơ kết|tổng kết|hội nghị)\b", re.IGNORECASE)
_REVIEW = "họp đánh giá"
# what speaks for a date being that of the event
_DATE_EVIDENCE = {
    "event": 2.0,  # its sentence speaks of the event
    "review": 2.0,  # or of a meeting, where the event is one
    "inspector": 1.0,  # or of who inspects
    "acts": 0.7,  # or of going there
    "opens": 1.0,  # it opens the sentence
    "clock": 0.7,  # it tells the hour
    "vague": -0.7,  # it is no day
    "year": -3.0,  # it is a year that the event is not said to be of
}
_DATED = 1.3
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
_MAY_INSPECT = frozenset({"committee", "council", "party", "front", "department", "ministry", "inspectorate", "board"})
_BARE = frozenset({"Tổ công tác", "Đoàn công tác"})
_INNER = ("Văn phòng", "Phòng ")
_GUEST_REACH = 200
_GUESTS = re.compile(
    r"\b(?:cùng dự|tham dự|dự buổi|cùng đi|cùng tham gia|tham gia (?:đoàn|buổi|có)|thành phần|đại diện)\b",
    re.IGNORECASE,
)
_LED_BY = re.compile(r",? do (?:đồng chí|đ/c|ông|bà|anh|chị|[A-ZĐ])")
_VISIT_REACH = 40
_ASIDE = re.compile(r" \([^()\n.;:]{1,40}\)")
_ITS_DEED = re.compile(r" *(?:kiểm tra|giám sát|thanh tra|khảo sát|họp|công bố|triển khai|tổ chức)", re.IGNORECASE)
_ANOTHER_DAY = re.compile(
    r"\b(?:tiếp tục|sẽ|tới đây|sắp tới|thời gian tới|dự kiến|hôm sau|chặng sau|đợt sau|trước đó|lần trước|đợt trước)\b",
    re.IGNORECASE,
)
_WORKS_WITH = re.compile(
    r"\blàm việc (?:trực tiếp )?(?:với|cùng|tại)(?: (?:các|lãnh đạo|tập thể|đại diện))? $", re.IGNORECASE
)
_VISITS = re.compile(r"(?:kiểm tra|giám sát|khảo sát|thanh tra|làm việc) (?:tại|ở|với|đối)\b", re.IGNORECASE)
_OBJECT = re.compile(r"\b(?:tại|ở|với|về|đến|tới|gửi|cho|giao|yêu cầu|đề nghị) $", re.IGNORECASE)
_DECIDED_BY = re.compile(
    r"\b(?:của|do)(?: (?:Giám đốc|Chủ tịch|Cục trưởng|Chánh án|Viện trưởng|Hiệu trưởng|Bộ trưởng))? $"
)
_BY_TRADE = ("Thanh tra", "Kiểm toán", "Ủy ban Kiểm tra")
_OF_THE_PEOPLE = frozenset({"Ban Thanh tra nhân dân"})  # of a commune or an office, seldom who inspects
_SENT = frozenset({"delegation", "board"})
_NEVER_INSPECTS = frozenset({"school", "health", "unit"})
_KIND_OF_BODY = {"inspectorate": "thanh tra", "delegation": "kiểm tra", "council": "giám sát", "front": "giám sát"}
_UNANNOUNCED = re.compile(r"\b(?:không (?:hề )?(?:báo|hẹn|thông báo)(?: lịch)?(?: trước)?|bất ngờ|đột xuất|vi hành)\b")
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
    sent = event.inspector_mention is not None and event.inspector_mention.kind in _SENT
    if event.kind == _REVIEW and not sent and (presiding := reader.body_of_leader(acting=False)) is not None:
        event.inspector_mention = event.sender_mention = presiding
    if event.inspector_mention is not None:
        event.inspector_mention = reader.fullest(event.inspector_mention)
    if event.inspector_mention is None:
        event.inspector_mention = event.sender_mention = reader.body_of_leader() or reader.first_body()
    elif event.inspector_mention.kind != "delegation":
        event.inspector_mention = reader.delegation_of(event.inspector_mention) or event.inspector_mention
    elif event.sender_mention is None and not event.inspector_mention.is_full:
        event.sender_mention = reader.who_decided(event.inspector_mention)
    event.date = reader.date(event.kind, event.inspector_mention)
    event.lead = reader.lead(event.sender_mention)
    event.objects = reader.objects(event.inspector_mention)
    if event.kind is None:
        event.kind = reader.implied_kind(event.inspector_mention)


def _says_more(body: Agency, than: Agency) -> bool:
    """Whether a mention can be the same body named more fully."""
    if body.parent is not None and than.parent is not None and body.head == than.head:
        return body.parent.parent is not None and body.parent.parent.head == than.parent.head
    return than.parent is None and than.place is None and body.place is not None and body.head.endswith(than.head)


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
        self._inspecting_scores: list[tuple[Agency, float]] | None = None
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

    def implied_kind(self, inspector: Agency | None) -> str | None:
        """What a visit is that no word names: a check where nobody was told, else what such a body does."""
        if _UNANNOUNCED.search(self.analysis.lower, 0, self._lead_end):
            return "kiểm tra"
        return _KIND_OF_BODY.get(inspector.kind) if inspector is not None else None

    def date(self, kind: str | None, inspector: Agency | None) -> str | None:
        """When it took place: the date in the lead with the most evidence (`_DATE_EVIDENCE`), if that is enough."""
        papers = [d.end for d in self.analysis.documents]
        scores: dict[str, float] = {}
        for index, sentence in enumerate(self.lead_sentences):
            told = {
                "event": any(sentence.start <= h.start < sentence.end for h in self.events),
                "inspector": inspector is not None and self._names(inspector, sentence),
                "acts": _WORKED.search(self.text, sentence.start, sentence.end) is not None,
                "review": kind in (None, _REVIEW)
                and _MEETS.search(self.text, sentence.start, sentence.end) is not None,
            }
            for date in self._dates_in(sentence):
                if any(0 <= date.start - end <= 3 for end in papers) or self._is_no_event(date, sentence, kind):
                    continue
                opens = (
                    self.text[sentence.start : date.start].count(",") <= 1 and date.start - sentence.start <= _OPENING
                )
                of_date = {
                    **told,
                    "opens": opens,
                    "clock": _CLOCK.search(date.value) is not None,
                    "vague": not _DAY.match(date.value.split("/")[0]),
                }
                after = any(sentence.start <= h.start < date.start for h in self.events)
                of_date["year"] = len(date.value) == 4 and (kind == _REVIEW or not after)
                score = sum(weight for name, weight in _DATE_EVIDENCE.items() if of_date[name]) - 0.3 * index
                scores[date.value] = max(scores.get(date.value, 0.0), score)
        best = max(scores, key=lambda value: scores[value], default=None)
        return _CLOCK.sub("", best) if best is not None and scores[best] >= _DATED else None

    def _names(self, inspector: Agency, sentence: Span) -> bool:
        """Whether a sentence names who inspects, or a delegation of that kind."""
        index = bisect_left(self._starts, sentence.start)
        while index < len(self.bodies) and self.bodies[index].start < sentence.end:
            body = self.bodies[index]
            if (
                isinstance(body, Agency)
                and body.kind == inspector.kind
                and (body.kind == "delegation" or body.head == inspector.head)
            ):
                return True
            index += 1
        return False

    def _is_no_event(self, date: Date, sentence: Span, kind: str | None) -> bool:
        """Whether a date says something else: the day of the page, a period under review, a deadline, the day a
        conclusion was signed or a session dealt with it."""
        published = self.analysis.page.published_span
        if published is not None and published.start < date.end and date.start < published.end:
            return True
        if date.start == sentence.start + 1 and self.text.startswith(") -", date.end):
            return True  # "(30/09/2022) - Một ngày làm việc ..."
        if kind not in (None, _REVIEW) and _SESSION.search(self.text, sentence.start, sentence.end):
            return True
        if _PERIOD.search(self.text, max(sentence.start, date.start - 50), date.start):
            return True
        if _UNTIL.search(self.text, max(0, date.start - 16), date.start):
            return True
        vague_range = "/" in date.value and not _DAY.match(date.value.split("/")[0])
        if vague_range and not _WORKED.search(self.text, sentence.start, sentence.end):
            return True
        return kind == "thanh tra" and _SIGNED.search(self.text, sentence.start, sentence.end) is not None

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

    def fullest(self, inspector: Agency) -> Agency:
        """The lead's mention of the same body that says most: "Đoàn giám sát của Ban Thường vụ Tỉnh ủy"."""
        same = [
            body
            for body in self.bodies
            if isinstance(body, Agency)
            and body.kind == inspector.kind
            and self.weight(body.start) >= _LEAD
            and _says_more(body, inspector)
        ]
        return max([inspector, *same], key=lambda body: body.end - body.start)

    def body_of_leader(self, *, acting: bool = True) -> Agency | None:
        """The body of the first person who presides (or is `acting`) in the lead."""
        found = [
            (mention.start, role.agency)
            for official in self.analysis.officials
            for mention in official.mentions
            for role in official.roles
            if role.agency is not None
            and mention.start < self._lead_end
            and (_PRESIDES.match(self.text, mention.end) or (acting and _ACTS.match(self.text, mention.end)))
        ]
        return min(found, key=itemgetter(0))[1] if found else None

    def first_body(self) -> Agency | None:
        """The first body in the lead that is no guest and could be the one to inspect."""
        lead = (b for b in self.bodies if isinstance(b, Agency) and self.weight(b.start) == _LEAD)
        objects = {body.start for body, _ in self.objects(None)}
        return next(
            (b for b in lead if b.kind in _MAY_INSPECT and b.start not in objects and not self._is_guest(b)), None
        )

    def delegation_of(self, sender: Agency) -> Agency | None:
        """The delegation in the lead that the inspecting body has sent, if it goes by more than "đoàn"."""
        for body in self.bodies:
            if isinstance(body, Agency) and body.kind == "delegation" and self.weight(body.start) == _LEAD:
                named = " " in body.head and body.head not in _BARE
                if named and (not body.is_full or (body.parent is not None and body.parent.head == sender.head)):
                    return body
        return None

    def who_decided(self, delegation: Agency) -> Agency | None:
        """The body whose decision the sentence names before the delegation: "Theo Quyết định số ... của ..."."""
        index = bisect_left(self._starts, delegation.start) - 1
        body = self.bodies[index] if index >= 0 else None
        if not isinstance(body, Agency) or not self._same_sentence(body.start, delegation.start):
            return None
        return body if _DECIDED_BY.search(self.text, max(0, body.start - 60), body.start) else None

    def _is_guest(self, agency: Agency) -> bool:
        """Whether the sentence up to the body tells who else was there."""
        index = bisect_right(self._sentence_starts, agency.start) - 1
        start = max(self._sentence_starts[index] if index >= 0 else 0, agency.start - _GUEST_REACH)
        return _GUESTS.search(self.text, start, agency.start) is not None

    def _acts_for(self, official: Official, inspector: Agency) -> bool:
        """Whether an office of the person is in the inspecting body (or one of that name)."""
        return any(r.agency is not None and r.agency.head == inspector.head for r in official.roles)

    def inspector(self, *, sent: bool = True) -> Agency | None:
        """The body with the most evidence of inspecting; without delegations unless `sent`."""
        of_kind = [(agency, score) for agency, score in self._inspecting() if sent or agency.kind != "delegation"]
        scored = [(score - 0.1 * index, agency) for index, (agency, score) in enumerate(of_kind) if score]
        best = max(scored, key=itemgetter(0), default=None)
        return best[1] if best is not None and best[0] >= 1 else None

    def _inspecting(self) -> list[tuple[Agency, float]]:
        """Every body with the evidence of its inspecting, gathered once."""
        if self._inspecting_scores is None:
            agencies = (body for body in self.bodies if isinstance(body, Agency))
            self._inspecting_scores = [(agency, self._score_of_inspecting(agency)) for agency in agencies]
        return self._inspecting_scores

    def _score_of_inspecting(self, agency: Agency) -> float:
        weight = self.weight(agency.start)
        below = agency.place is not None and agency.place.level != "province"
        if (
            agency.kind in _NEVER_INSPECTS
            or (agency.kind == "one_stop" and below)
            or (weight == _REST and agency.kind not in _INSPECTING_KINDS)
        ):
            return 0.0
        if self._is_guest(agency):
            return 0.0
        by_trade = agency.kind in ("ministry", "party") and agency.head.startswith(_BY_TRADE)
        score = (
            (
                0.0
                if agency.head in _OF_THE_PEOPLE
                else _INSPECTING_KINDS.get("inspectorate" if by_trade else agency.kind, 0.0)
            )
            + self._links(agency, "inspector")
            + self._owns(agency)
            + (3.0 if _LED_BY.match(self.text, agency.end) else 0.0)
        )
        if agency.head.startswith(_INNER):
            score *= 0.3
        return (score + self._opens_sentence(agency)) * weight if score else 0.0

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
        subject = role != "inspector" or not _OBJECT.search(self.text, max(0, body.start - 12), body.start)
        for hit in links[left : bisect_left(starts, body.end + 80)]:
            visits = role == "inspector" and hit.row["role"] == "inspected" and hit.row["side"] == "before"
            if visits:
                near = 0 <= hit.start - body.end <= _VISIT_REACH and self._same_clause(body.end, hit.start)
                if near and subject and _VISITS.match(self.text, hit.start):
                    total += 2.0
                continue
            if hit.row["role"] != role:
                continue
            if (
                hit.row["side"] == "before" and hit.end <= body.start and not self.text[hit.end : body.start].strip()
            ) or (
                hit.row["side"] == "after"
                and subject
                and hit.start >= body.end
                and self._same_clause(body.end, hit.start)
            ):
                total += float(hit.row["weight"])
        return min(total, 4.0)

    @property
    def _link_starts(self) -> list[int]:
        if not hasattr(self, "_links_at"):
            self._links_at = [hit.start for hit in self.analysis.hits["inspection_links"]]
        return self._links_at

    def _same_clause(self, start: int, end: int) -> bool:
        """Whether no other clause or body stands between."""
        if aside := _ASIDE.match(self.text, start, end):  # "UBKT Huyện ủy Tam Nông (Đồng Tháp) tiến hành kiểm tra"
            start = aside.end()
        between = self.text[start:end]
        if any(sign in between for sign in ".;:\n"):
            return False
        index = bisect_left(self._starts, start)
        return index == len(self._starts) or self._starts[index] >= end

    def objects(self, inspector: Agency | None) -> list[tuple[Agency | Place, float]]:
        """Mentions that a word of inspection or a link phrase makes its object, with the weight of that."""
        scores: dict[int, float] = {}
        for hit in self.kinds:
            if self._is_of_another_day(hit.start):
                continue
            for index in self._objects(hit, inspector):
                scores[index] = max(scores.get(index, 0), 2 * self.weight(hit.start))
        for index, body in enumerate(self.bodies):
            link = self._links(body, "inspected")
            if _WORKS_WITH.search(self.text, max(0, body.start - 40), body.start) and self.weight(body.start) >= _LEAD:
                link += 2.0
                for further in self._joined(index):
                    if self._are_peers(body, self.bodies[further]):
                        scores[further] = scores.get(further, 0) + 2.0 * self.weight(body.start) * 0.5
            if link and not self._is_of_another_day(body.start):
                scores[index] = scores.get(index, 0) + link * self.weight(body.start) * 0.5
        if (head := self._heads_title()) is not None:
            scores[head] = scores.get(head, 0) + _TITLE
        if inspector is not None:
            scores = {i: s for i, s in scores.items() if self.bodies[i].start != inspector.start}
        return [(self.bodies[i], scores[i]) for i in sorted(scores)]

    def _heads_title(self) -> int | None:
        """The body that a title names as its subject before a colon ("Sở Nội vụ: Thẩm định kết quả ...")."""
        if self.title is None:
            return None
        index = bisect_left(self._starts, self.title.start)
        body = self.bodies[index] if index < len(self.bodies) else None
        if not isinstance(body, Agency) or body.start != self.title.start or body.kind in _INSPECTING_KINDS:
            return None
        after = self.text[body.end : self.title.end].lstrip()
        return index if after.startswith(":") and not _ITS_DEED.match(after, 1) else None

    def _is_of_another_day(self, position: int) -> bool:
        """Whether the words before tell of a visit to come, or of one that was ("Sau buổi này, Ban tiếp tục ...")."""
        index = bisect_right(self._sentence_starts, position) - 1
        start = max(self._sentence_starts[index] if index >= 0 else 0, position - 60)
        return _ANOTHER_DAY.search(self.text, start, position) is not None

    def _objects(self, hit: Hit, inspector: Agency | None) -> Iterator[int]:
        """Bodies that a word of inspection is about: the first after it with a preposition, and those joined to it."""
        end = min(self.sentence_end(hit.start), hit.end + _REACH)
        index = bisect_left(self._starts, hit.end)
        within = index > 0 and self.bodies[index - 1].end >= hit.end
        # "kiểm tra UBND xã": the object needs no preposition right behind the verb
        direct = not within and index < len(self.bodies) and self.bodies[index].start == hit.end + 1
        while not direct and index < len(self.bodies) and self.bodies[index].start < end:
            body = self.bodies[index]
            before = self.text[max(0, body.start - 32) : body.start]
            if _PREPOSITION.search(before) and (inspector is None or body.start != inspector.start):
                break
            index += 1
        if index >= len(self.bodies) or self.bodies[index].start >= end:
            return
        yield index
        yield from self._joined(index)

    def _joined(self, index: int) -> Iterator[int]:
        """The bodies that a list joins to one."""
        while index + 1 < len(self.bodies):
            between = self.text[self.bodies[index].end : self.bodies[index + 1].start]
            if not _COORDINATION.fullmatch(between):
                return
            index += 1
            yield index

    @staticmethod
    def _are_peers(one: Agency | Place, other: Agency | Place) -> bool:
        """Whether two are of one kind, so that what is said of the first of a list holds for the other."""
        if isinstance(one, Place) or isinstance(other, Place):
            return isinstance(one, Place) and isinstance(other, Place) and one.level == other.level
        return one.kind == other.kind


_PREPOSITION = re.compile(
    r"(?:^|\s)(?:tại|ở|đối với|với|của|trên địa bàn|về|đến|tới|thuộc|qua)"
    r"(?:\s(?:các|những|cả|hai|ba|bốn|năm|sáu|\d{1,2}))?"
    r"(?:\s(?:xã|phường|huyện|quận|tỉnh|sở|trường|đơn vị|địa phương|cơ quan|nơi|điểm))?\s*(?:là|gồm)?\s*:?\s*$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:của|giữa)\s*$")
