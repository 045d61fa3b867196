"""The event's names: who inspects, who leads, and which units are inspected.

A unit is inspected by the evidence for it, which adds up: as the object of the event (`Inspection.objects`, with
weights) and as what findings speak of (`_SPOKEN_OF`). What has enough evidence is weighed against the rest: parts
count for the body they are part of, and a unit that is only named as where others lie gives way to them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cchc_nlp.analysis import Agency, Analysis, Place
from cchc_nlp.resolve.findings import Focus, Name
from cchc_nlp.resolve.units import chain, place_of, unit_of

_REVIEW = "họp đánh giá"
_ENOUGH = 0.8  # evidence from which a unit counts as inspected
_ENOUGH_OF_LISTED = 0.3  # the same where several are compared
_ENOUGH_OF_PEER = 0.6  # the same where another unit of its kind is
_ASKED = 1.0  # evidence from which a unit counts as an object of the event
_SURE = 2.0  # and from which it is surely the object of the event
_CASES = 2.5  # evidence up to which a place inside a unit that is inspected is no more than where cases lie
_NAMED_TWICE = 6.0  # what title and lead together give to the object of the event
_SHARE = 0.3  # and its share of what speaks for the surest unit, unless it has peers
_SPOKEN_OF = {"strength": 0.8, "limitation": 1.2, "cause": 0.3, "recommendation": 0.3}
_FURTHER = 0.3  # what each further finding of the unit adds,
_MOST = 2.4  # up to this
_SENT = frozenset({"delegation", "board", "state"})
_ASSESSED = frozenset(
    {"ministry", "department", "unit", "office", "school", "health", "court", "police", "inspectorate"}
)
_ASIDE = frozenset({"police", "inspectorate", "court", "party", "front", "mass"})
_PARTY_INSPECTORS = frozenset({"Ủy ban Kiểm tra", "Ủy ban Kiểm tra Trung ương"})
_COMMITTEE = "Ban Thường vụ "  # of a party body, which stands for it
_INNER = ("Phòng ", "Văn phòng ", "Công an ", "Ban Tiếp công dân ")  # what belongs to the unit of the same place
_WITHIN = re.compile(r"(?:,| -| \(| thuộc| của) ?(?:thuộc |của )?")
_PROVINCE = 3
_LEVELS = ("village", "commune", "district", "province")


def name_event(analysis: Analysis, bodies: Sequence[Agency | Place]) -> None:
    """Fills the canonical names of the inspector, of the lead where only his office tells, and of the inspected."""
    event = analysis.inspection
    if not event.is_inspection:
        return
    inspector = event.inspector_mention
    if inspector is not None:
        event.inspector = _full_name(analysis, inspector)
    if event.lead is None and event.kind != "thanh tra":
        event.lead = _lead_by_office(analysis)
    event.inspected = _Inspected(analysis, bodies).names()


def _full_name(analysis: Analysis, inspector: Agency) -> str:
    """The inspector's name; of a published conclusion and of a bare "Đoàn" it is the body that sent the delegation."""
    sender = analysis.inspection.sender_mention
    if inspector.kind != "delegation":
        return inspector.name
    if inspector.parent is not None and inspector.parent.kind == "inspectorate":
        return inspector.parent.name
    if sender is not None and analysis.inspection.kind == "thanh tra" and sender.kind in ("inspectorate", "ministry"):
        return sender.name
    if inspector.name == "Đoàn":
        senders = [b for b in analysis.agencies if b.kind in ("committee", "council", "party", "inspectorate")]
        return (sender or next(iter(senders), inspector)).name
    return inspector.name


def _lead_by_office(analysis: Analysis) -> str | None:
    """The first person who holds an office in the inspecting body, or in the one that sent it."""
    event = analysis.inspection
    names = {owner.name for body in (event.inspector_mention, event.sender_mention) if body for owner in chain(body)}
    for official in analysis.officials:
        if any(role.org in names for role in official.roles):
            return official.name
    return None


def _at(body: Agency) -> str:
    place = place_of(body)
    return place.name if place else ""


@dataclass
class _Unit:
    """What speaks for a unit, and whether its own body does or only its place."""

    name: str
    level: int  # of a place, 0 for a body
    kind: str  # what its name begins with: peers share it
    score: float = 0.0
    asked: float = 0.0  # the part of the score for being the object of the event
    by_body: bool = False
    at: str = ""  # the place that a body belongs to
    party: bool = False


class _Inspected:
    """The units of one article, with the evidence for each being inspected."""

    def __init__(self, analysis: Analysis, bodies: Sequence[Agency | Place]) -> None:
        self._analysis = analysis
        self._bodies = bodies
        event = analysis.inspection
        self._event = event
        inspector, sender = event.inspector_mention, event.sender_mention
        objects = {mention.name for mention, weight in event.objects if weight >= _SURE}
        senders = [body for body in (inspector, sender) if body is not None and body.name not in objects]
        self._inspecting = {owner.name for body in senders for owner in chain(body)} | {event.inspector or ""}
        self._own = self._own_place(senders)
        self._party = any(owner.kind == "party" for body in senders for owner in chain(body))
        # the Party's inspectors assess party bodies, its committees anybody
        self._party_alone = any(owner.head in _PARTY_INSPECTORS for body in senders for owner in chain(body))
        self.units: dict[str, _Unit] = {}

    def _own_place(self, senders: Sequence[Agency]) -> Place | None:
        """The unit that the inspector belongs to."""
        if senders and (place := place_of(senders[0])) is not None:
            return place
        inspector = self._event.inspector or ""
        named = next((place for place in self._analysis.places if inspector.endswith(f" {place.name}")), None)
        return named or next((place for body in senders if (place := place_of(body)) is not None), None)

    def names(self) -> list[str]:
        """The inspected units, in the order in which the text brings them up."""
        own = self._own.name if self._own else ""
        self._weigh()
        self._gather(own)
        self._event.weighed = sorted(((unit.name, unit.score) for unit in self.units.values()), key=lambda w: -w[1])
        best = max((unit.score for unit in self.units.values()), default=0.0)
        good = [unit for unit in self.units.values() if unit.score >= _ENOUGH]
        kinds = {unit.kind for unit in good}
        listed = {
            kind
            for kind, count in Counter(u.kind for u in good).items()
            if count > 1 and self._event.kind in (None, _REVIEW)
        }
        enough = {kind: _ENOUGH_OF_LISTED if kind in listed else _ENOUGH_OF_PEER for kind in kinds}
        good = [u for u in self.units.values() if u.score >= enough.get(u.kind, _ENOUGH)]
        peers = Counter(unit.kind for unit in good)
        main = {u.kind for u in good if u.asked >= _NAMED_TWICE}  # kinds of which one is expressly the object
        named = [
            unit
            for unit in good
            if unit.score >= min(best * _SHARE, _SURE)
            or (peers[unit.kind] > 1 and (unit.asked or unit.kind not in main))
        ]
        named = [unit for unit in self._without_frames(named, own) if not self._is_above(unit)]
        others = [unit for unit in named if unit.name != own]
        if self._event.kind == _REVIEW and own and len(others) < 2 and best < _SURE:
            return [own]  # a unit that reviews the work of its own parts is what is reviewed
        if self._event.kind not in (None, _REVIEW) and others:
            named = others
        return [unit.name for unit in named] or self._fallback()

    def _weigh(self) -> None:
        frames = self._frames()
        candidates = [name for body in self._bodies if (name := self._name(body)) and body.start not in frames]
        for mention, weight in self._event.objects:
            name = self._name(mention, asked=True)
            if name and mention.start not in frames:
                self._add(name, mention, weight).asked += weight
        spoken = Focus(self._analysis, list(dict.fromkeys(candidates)), self._bodies, mentions_only=True)
        totals: dict[str, float] = {}
        findings = self._analysis.findings
        starts = [finding.start for finding in findings]
        topic: list[Name] = []  # the one unit named last in the paragraph
        block = -1
        for segment, subjects in spoken.subjects():
            if subjects or segment.block != block:
                topic = subjects if len(subjects) == 1 else []
            block = segment.block
            index = bisect_left(starts, segment.start)
            if index == len(starts) or starts[index] >= segment.end:
                continue
            for subject in subjects or topic:
                if subject.mention is None or not self._speaks(subject):
                    continue
                before = totals.get(subject.unit, 0.0)
                first = not before and bool(subjects)
                weight = min(_SPOKEN_OF[findings[index].label] if first else _FURTHER, _MOST - before)
                if weight > 0:
                    totals[subject.unit] = before + weight
                    self._add(subject.unit, subject.mention, weight)

    def _speaks(self, name: Name) -> bool:
        """Whether to be spoken of is evidence; who takes cases over or looks on must be the object of the event too."""
        aside = isinstance(name.mention, Agency) and name.mention.kind in _ASIDE
        return not aside or name.unit in self.units

    def _gather(self, own: str) -> None:
        """Evidence for a part goes to the whole, that for a place to the one body of it that is meant."""
        best = max(self.units.values(), key=lambda unit: unit.score, default=None)
        for unit in list(self.units.values()):
            whole = self.units.get(unit.at)
            if whole is not None and unit.party and (unit.asked > whole.asked or self._party_alone):
                del self.units[whole.name]
                unit.score += whole.score
            elif (
                unit.name.startswith(_INNER)
                and unit.score <= _MOST
                and unit.asked < _ASKED
                and (whole or unit.at == own)
            ):
                del self.units[unit.name]
                if whole is not None:
                    whole.score += unit.score
        for unit in [unit for unit in self.units.values() if unit.party and unit.name.startswith(_COMMITTEE)]:
            if (whole := self.units.get(unit.name.removeprefix(_COMMITTEE))) is not None:
                whole.score += self.units.pop(unit.name).score
        if self._party_alone:
            self._rename_to_party()
        if best is None or best.level or best.name not in self.units:
            return
        for unit in [unit for unit in self.units.values() if unit.level and not unit.by_body]:
            same = {
                body.name
                for body in self._bodies
                if isinstance(body, Agency) and body.name.startswith(f"{best.kind} ") and _at(body) == unit.name
            }
            if len(same) == 1:
                del self.units[unit.name]
                body = self.units.setdefault(name := same.pop(), _Unit(name, 0, best.kind, at=unit.name))
                body.score += unit.score

    def _is_above(self, unit: _Unit) -> bool:
        """Whether a place stands above the inspector's own: nobody inspects those over them."""
        return self._own is not None and unit.level > _LEVELS.index(self._own.level)

    def _rename_to_party(self) -> None:
        """Where the Party inspects, what is inspected in a place is its party body."""
        parties: dict[str, Counter[str]] = {}
        for body in self._bodies:
            if isinstance(body, Agency) and body.kind == "party" and body.name not in self._inspecting:
                parties.setdefault(_at(body), Counter())[body.name] += 1
        for unit in [unit for unit in self.units.values() if unit.level and unit.name in parties]:
            name = parties[unit.name].most_common(1)[0][0]
            if name not in self.units:
                self.units[name] = _Unit(name, 0, name.split(" ", 1)[0], at=unit.name, party=True)
            self.units[name].score += self.units.pop(unit.name).score

    def _add(self, name: str, mention: Agency | Place, weight: float) -> _Unit:
        place = mention if isinstance(mention, Place) else place_of(mention)
        is_place = place is not None and place.name == name
        unit = self.units.get(name)
        if unit is None:
            level = _LEVELS.index(place.level) if is_place and place is not None else 0
            kind = _LEVELS[level] if is_place else name.split(" ", 1)[0]
            at = "" if is_place or place is None else place.name
            unit = self.units[name] = _Unit(
                name, level, kind, at=at, party=isinstance(mention, Agency) and mention.kind == "party"
            )
        unit.score += weight
        unit.by_body = unit.by_body or isinstance(mention, Agency)
        return unit

    def _name(self, body: Agency | Place, *, asked: bool = False) -> str | None:
        """The unit that a mention would make inspected (`asked`: as the object); None for who cannot be inspected."""
        party_matters = self._party_alone or (self._party and asked)
        if isinstance(body, Place):
            return body.name if body.level != "village" else None
        owners = list(chain(body))
        for owner in owners if body.kind == "party" else reversed(owners):
            if self._can_be(owner):
                name = unit_of(owner, party_matters=party_matters)
                if name not in self._inspecting and (asked or name != owner.name or not self._names_inspector(name)):
                    return name
        return None

    def _names_inspector(self, name: str) -> bool:
        """Whether the inspector's name ends with a body's: its delegation is completed by name alone."""
        return (self._event.inspector or "").endswith(f" {name}")

    def _can_be(self, body: Agency) -> bool:
        if body.kind == "ministry" and self._own is not None and place_of(body) is None:
            return False  # nobody inspects those over them
        return body.kind not in _SENT and (body.kind in _ASSESSED or place_of(body) is not None)

    def _frames(self) -> set[int]:
        """Where a place stands only to say where the unit before it lies: "xã Tân An, huyện Vân Khê"."""
        found: set[int] = set()
        for before, body in zip(self._bodies, self._bodies[1:], strict=False):
            if not isinstance(body, Place):
                continue
            place = before if isinstance(before, Place) else place_of(before)
            if place is None or _LEVELS.index(place.level) >= _LEVELS.index(body.level):
                continue
            if _WITHIN.fullmatch(self._analysis.text, before.end, body.start):
                found.add(body.start)
        return found

    @staticmethod
    def _without_frames(named: list[_Unit], own: str) -> list[_Unit]:
        """Leaves out a place that is no more than the frame of several units below it, and places of single cases."""
        levels = Counter(unit.level for unit in named)
        kept = []
        for unit in named:
            below = [other for other in named if 0 < other.level < unit.level]
            above = [other for other in named if other.level > unit.level > 0 and other.by_body]
            above = [other for other in above if other.name != own and other.score > unit.score]
            within = any(other.at == unit.name for other in named)
            if unit.level and not unit.by_body and (within or len(below) > max(1, levels[unit.level])):
                continue
            if above and not unit.by_body and unit.score < _CASES:
                continue
            if (
                unit.level == _PROVINCE
                and levels[0] > 1
                and levels[_PROVINCE] == 1
                and not unit.by_body
                and unit.asked < _ASKED
            ):
                continue  # where ministries are inspected, a province is the scene
            kept.append(unit)
        return kept

    def _fallback(self) -> list[str]:
        """The unit most spoken of, the inspector's own last."""
        own = self._own.name if self._own else ""
        if own and self._event.kind == _REVIEW:
            return [own]
        counts = Counter(name for body in self._bodies if (name := self._name(body)) and name != own)
        return [max(counts, key=lambda name: counts[name])] if counts else [own] if own else []
