"""What is meant, in order: bodies, roles, papers, the event, and the unit of each finding.

The extractors report what stands in the text; only here is it decided what it refers to.
"""

from __future__ import annotations

from cchc_nlp.analysis import Agency, Analysis, Inspection, Place
from cchc_nlp.resolve import agencies, issuers, links, roles
from cchc_nlp.resolve.event import name_event
from cchc_nlp.resolve.findings import assign_units
from cchc_nlp.resolve.units import Units, chain, common_province, masthead, place_of

_GOVERN_NO_UNIT = frozenset({"department", "court", "unit", "health", "police", "ministry"})
_SHARE = 0.3  # of the evidence for the surest object, below which a unit is not what the text is about


def resolve(analysis: Analysis) -> None:
    """Fills names, organisations, issuers and units from the article's own evidence."""
    event = analysis.inspection
    home = masthead(analysis)
    links.link(analysis, home)
    paragraphs = [block.start for block in analysis.page.blocks]
    units = Units(analysis.places, home or common_province(analysis.places), paragraphs)
    main = _main(event, units)
    units.prefer(main)
    focus = [place for place in units.places if place.name in main] or [
        place for place in units.places if place.level != "village"
    ]
    agencies.settle_short(analysis.text, analysis.agencies, _main_bodies(event), paragraphs)
    agencies.complete(analysis.agencies, units, focus, _bodies_in_focus(analysis), event.sender_mention)
    roles.complete(analysis, units, focus)
    issuers.complete(analysis, units, focus)
    bodies = analysis.bodies()
    name_event(analysis, bodies)
    assign_units(analysis, bodies)


def _main(event: Inspection, units: Units) -> set[str]:
    """Names of the units that are the object of the event, or have a body that is."""
    names: set[str] = set()
    strongest = max((weight for _, weight in event.objects), default=0.0)
    for mention, weight in event.objects:
        if weight < strongest * _SHARE:
            continue
        if isinstance(mention, Place):
            names.add(mention.name)
        else:
            generic = next((owner.generic for owner in chain(mention) if owner.generic), None)
            if place := place_of(mention) or (generic and units.of_type(generic, mention.start)):
                names.add(place.name)
    return names


def _main_bodies(event: Inspection) -> list[Agency]:
    """Who inspects, and the bodies that are the object of the event."""
    inspector, sender = event.inspector_mention, event.sender_mention
    bodies = list(chain(inspector)) if inspector is not None else []
    if sender is not None and (inspector is None or not inspector.is_full):
        bodies.append(sender)
    strongest = max((weight for _, weight in event.objects), default=0.0)
    return bodies + [o for o, weight in event.objects if isinstance(o, Agency) and weight >= strongest * _SHARE]


def _bodies_in_focus(analysis: Analysis) -> list[Agency]:
    """Mentions of bodies like the surest object of the event, if that is a body which governs no unit."""
    surest = max(analysis.inspection.objects, key=lambda o: o[1], default=None)
    if surest is None or not isinstance(surest[0], Agency) or surest[0].kind not in _GOVERN_NO_UNIT:
        return []
    return [agency for agency in analysis.agencies if agency.kind == surest[0].kind and agency.is_full]
