"""What is meant, in order: bodies, roles, papers, the event, and the unit of each finding.

The extractors report what stands in the text; only here is it decided what it refers to.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from cchc_nlp import lexicon
from cchc_nlp.analysis import Agency, Analysis, Finding, Inspection, Place, Role
from cchc_nlp.resolve import agencies, issuers, links
from cchc_nlp.resolve.findings import assign_units
from cchc_nlp.resolve.units import Units, chain, masthead, place_of, unit_of

_REVIEW = "họp đánh giá"
_ENOUGH = 0.8  # evidence from which a unit counts as inspected
_SURE = 2.0  # and from which it is surely the object of the event
_SHARE = 0.3  # and its share of what speaks for the surest unit
_NEAR = 8  # bodies before an office among which its own is looked for
_SUBJECT_REACH = 25  # characters at the beginning of a finding in which its subject stands
_SUBJECT_WEIGHT = {"strength": 0.8, "limitation": 1.2}
_SENT = frozenset({"delegation", "board", "state"})
_JOINED = re.compile(r",? (?:và |cùng (?:với )?)?|; ")
_ASSESSED = frozenset(
    {"ministry", "department", "unit", "office", "school", "health", "court", "police", "inspectorate"}
)


def resolve(analysis: Analysis) -> None:
    """Fills names, organisations, issuers and units from the article's own evidence."""
    home = masthead(analysis)
    links.link(analysis, home)
    units = Units(analysis.places, home)
    focus = _focus(analysis.inspection, units)
    agencies.complete(analysis.agencies, units, focus, analysis.inspection.sender_mention)
    _complete_roles(analysis)
    issuers.complete(analysis, units, focus)
    bodies = analysis.bodies()
    _name_event(analysis, bodies)
    assign_units(analysis, bodies)


def _focus(event: Inspection, units: Units) -> list[Place]:
    """Mentions of the inspected units, in text order; of all units where none is known to be inspected."""
    names: set[str] = set()
    strongest = max((weight for _, weight in event.objects), default=0.0)
    for mention, weight in event.objects:
        if weight < strongest * _SHARE:
            continue
        if isinstance(mention, Place):
            names.add(mention.name)
        elif place := place_of(mention) or (mention.generic and units.of_type(mention.generic, mention.start)):
            names.add(place.name)
    mentioned = [place for place in units.places if place.name in names]
    return mentioned or [place for place in units.places if place.level != "village"]


@cache
def _kinds_of_title() -> dict[str, frozenset[str]]:
    return {row["title"]: frozenset(row["kinds"].split()) for row in lexicon.table("resolve_titles")}


def _complete_roles(analysis: Analysis) -> None:
    """Organisations: of the body printed with the office, else of the nearest body that has such an office."""
    bodies = sorted(analysis.agencies, key=lambda a: a.start)
    starts = [body.start for body in bodies]
    for official in analysis.officials:
        for role in official.roles:
            if role.agency is not None:
                role.org = role.agency.name
            elif role.org is None and official.mentions:
                stop = bisect_right(starts, official.mentions[0].start)
                before = bodies[max(0, stop - _NEAR) : stop]
                role.org = _implied_org(role, before, bodies)
        official.roles = list({(role.title, role.org): role for role in official.roles}.values())


def _implied_org(role: Role, before: Sequence[Agency], bodies: Sequence[Agency]) -> str | None:
    kinds = _kinds_of_title().get(role.title, frozenset())
    near = [body for body in before if body.kind in kinds]
    if not near and "delegation" in kinds:
        near = [body for body in bodies if body.kind in kinds][:1]
    return near[-1].name if near else None


def _name_event(analysis: Analysis, bodies: Sequence[Agency | Place]) -> None:
    """Canonical names of the inspector and of the units inspected."""
    event = analysis.inspection
    if not event.is_inspection:
        return
    inspector = event.inspector_mention
    own: str | None = None
    if inspector is not None:
        event.inspector = _full_name(inspector, analysis.agencies)
        own_place = place_of(inspector)
        own = own_place.name if own_place else None
    party = inspector is not None and any(body.kind == "party" for body in chain(inspector))
    scores = _evidence(analysis, bodies, party)
    scores.pop(event.inspector or "", None)
    strongest = max(scores.values(), default=0.0)
    named = [name for name, score in scores.items() if score >= max(_ENOUGH, strongest * _SHARE)]
    if event.kind not in (None, _REVIEW) and len(named) > 1:
        named = [name for name in named if name != own]
    elif event.kind == _REVIEW and own is not None and strongest < _SURE:
        named = [own]  # a unit that reviews the work of its own parts is what is reviewed
    event.inspected = _without_owners(named, bodies) or _fallback(analysis, own)


def _evidence(analysis: Analysis, bodies: Sequence[Agency | Place], party: bool) -> dict[str, float]:
    """How much speaks for each unit being assessed: as the object of the inspection, as the subject of findings."""
    scores: dict[str, float] = {}
    for mention, weight in analysis.inspection.objects:
        if _is_assessed(mention):
            name = unit_of(mention, party_matters=party)
            scores[name] = scores.get(name, 0.0) + weight
    starts = [body.start for body in bodies]
    for finding in analysis.findings:
        inside = bodies[bisect_left(starts, finding.start) : bisect_left(starts, finding.end)]
        weight = _SUBJECT_WEIGHT.get(finding.label, 0.0)
        for subject in _subjects(finding, inside, analysis.text) if weight else ():
            if _is_assessed(subject):
                name = unit_of(subject, party_matters=party)
                scores[name] = scores.get(name, 0.0) + weight
    return scores


def _is_assessed(body: Agency | Place) -> bool:
    """Whether a body can be what an inspection assesses: no village, no delegation or board, no body of nowhere."""
    if isinstance(body, Place):
        return body.level != "village"
    return body.kind not in _SENT and (body.kind in _ASSESSED or place_of(body) is not None)


def _subjects(finding: Finding, inside: Sequence[Agency | Place], text: str) -> Iterator[Agency | Place]:
    """Bodies that a finding is stated of: the one at its head, and all of a list."""
    listed: list[Agency | Place] = []
    for body in inside:
        if listed and _JOINED.fullmatch(text, listed[-1].end, body.start):
            listed.append(body)
        elif len(listed) < 2:
            listed = [body]
        else:
            break
    if len(listed) > 1:
        yield from listed
    elif inside and inside[0].start < finding.start + _SUBJECT_REACH:
        yield inside[0]


def _without_owners(named: Sequence[str], bodies: Sequence[Agency | Place]) -> list[str]:
    """Leaves out a place where two or more of its own departments are assessed."""
    owner_of = {body.name: place_of(body) for body in bodies if isinstance(body, Agency)}
    owners = Counter(place.name for name in named if (place := owner_of.get(name)) is not None)
    return [name for name in named if owners[name] < 2]


def _full_name(inspector: Agency, bodies: Sequence[Agency]) -> str:
    """The inspector's name; where only "Đoàn" is printed, that of the body that sent it."""
    if inspector.kind == "delegation" and inspector.name == "Đoàn":
        senders = [body for body in bodies if body.kind in ("committee", "council", "party", "inspectorate")]
        if senders:
            return senders[0].name
    return inspector.name


def _fallback(analysis: Analysis, own: str | None) -> list[str]:
    """The unit most spoken of, the inspector's own last."""
    if own is not None and analysis.inspection.kind == _REVIEW:
        return [own]
    counts = Counter(place.name for place in analysis.places if place.name != own)
    if counts:
        return [max(counts, key=lambda name: counts[name])]
    return [own] if own is not None else []
