"""What is meant, in order: bodies, roles, papers, the event, and the unit of each finding.

The extractors report what stands in the text; only here is it decided what it refers to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache

from cchc_nlp import lexicon
from cchc_nlp.analysis import Agency, Analysis, Inspection, Place, Role
from cchc_nlp.extract.inspection import outermost
from cchc_nlp.resolve import agencies, issuers
from cchc_nlp.resolve.findings import assign_units
from cchc_nlp.resolve.units import Units, place_of, unit_of

_REVIEW = "họp đánh giá"


def resolve(analysis: Analysis) -> None:
    """Fills names, organisations, issuers and units from the article's own evidence."""
    units = Units(analysis.places)
    focus = _focus(analysis.inspection, units)
    agencies.complete(analysis.agencies, units, focus)
    _complete_roles(analysis)
    issuers.complete(analysis, units, focus)
    _name_event(analysis)
    assign_units(analysis, outermost(analysis.agencies, analysis.places))


def _focus(event: Inspection, units: Units) -> list[Place]:
    """Mentions of the inspected units, in text order; of all units where none is known to be inspected."""
    names: set[str] = set()
    for mention in event.inspected_mentions:
        if isinstance(mention, Place):
            names.add(mention.name)
        elif (place := place_of(mention) or (mention.generic and units.of_type(mention.generic, mention.start))) :
            names.add(place.name)
    return [place for place in units.places if place.name in names] or units.places


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
                before = bodies[: bisect_right(starts, official.mentions[0].start)]
                role.org = _implied_org(role, before[-8:], bodies)
        official.roles = list({(role.title, role.org): role for role in official.roles}.values())


def _implied_org(role: Role, before: Sequence[Agency], bodies: Sequence[Agency]) -> str | None:
    kinds = _kinds_of_title().get(role.title, frozenset())
    near = [body for body in before if body.kind in kinds]
    if not near and "delegation" in kinds:
        near = [body for body in bodies if body.kind in kinds][:1]
    return near[-1].name if near else None


def _name_event(analysis: Analysis) -> None:
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
    names = [unit_of(mention) for mention in event.inspected_mentions]
    generic = {"Ủy ban nhân dân", "Hội đồng nhân dân"}
    named = [name for name in dict.fromkeys(names) if name not in generic and name != event.inspector]
    if event.kind != _REVIEW and len(named) > 1:
        named = [name for name in named if name != own]
    event.inspected = named or _fallback(analysis, own)


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
