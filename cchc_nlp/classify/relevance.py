"""Whether an article is about public administration at all, and whether it reports an inspection.

Both are sums over distinct words of `lexicon/cue_public.tsv`, so a long article is not surer than a short one
that says the same; both are cheap enough to stand before everything else.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from cchc_nlp.analysis import Analysis

# an article is administrative from this sum on; how fast doubt falls around it
ADMINISTRATION_AT, ADMINISTRATION_SLOPE = 2.2, 0.8
INSPECTION_AT, INSPECTION_SLOPE = 7.8, 1.9
HEAD = 500  # characters of the opening, in which an inspection is named if the article is about one
REACH = 3500  # characters in which its traces are counted, so that a long text is not surer
CAP = {
    "body": 4.0,
    "work": 5.0,
    "act": 5.0,
    "verdict": 5.0,
    "other": 5.0,
    "crime": 6.0,
    "private": 6.0,
    "foreign": 8.0,
    "plan": 3.0,
}
# what an inspection leaves in a text besides its name: kinds of cues, and how many distinct ones count
TRACES = {
    "blame": (frozenset(("fault", "flaw", "problem", "lack")), 8.0),
    "demand": (frozenset(("directive", "deadline")), 5.0),
    "reason": (frozenset(("frame", "cause")), 3.0),
}
BRIEF, BRIEF_CAP = 450, 1.7  # characters below which an article counts as brief; how much its words may gain
ROLES = (*CAP, "head", *TRACES)


class Relevance(NamedTuple):
    """How surely (0 to 1) an article speaks of public bodies, and reports an inspection of them."""

    administration: float
    inspection: float


def survey(analysis: Analysis) -> Relevance:
    """Both at once.

    Four things make an inspection: an inspection or a measuring of work is spoken of, best in the opening;
    shortcomings are named, reasons given, demands made; and it is public bodies that all this is about.
    Ceremonies, courses, crime, checks of companies and citizens and other subjects speak against. What is surely
    an inspection is administrative, whatever the sector.
    """
    role = roles(analysis)
    size = len(analysis.text) or 1
    brief = min(BRIEF_CAP, max(1.0, (BRIEF / size) ** 0.5))  # a brief text has room for few of the words
    role = {name: value * brief for name, value in role.items()}
    against = role["crime"] + role["private"]
    about = (
        role["body"] + role["work"] + 0.7 * role["act"] + 0.3 * role["verdict"] - 0.6 * role["foreign"] - 0.4 * against
    )
    inspects = (
        1.6 * role["head"] + role["body"] + 0.5 * role["work"] + 0.3 * role["act"] + 0.2 * role["verdict"]
        + 0.6 * role["blame"] + 0.5 * role["demand"] + 0.3 * role["reason"]
        - 1.2 * role["other"] - 1.3 * against - 1.1 * role["foreign"] - 1.5 * role["plan"]
    )  # fmt: skip
    inspection = _sigmoid((inspects - INSPECTION_AT) / INSPECTION_SLOPE)
    administration = _sigmoid((about - ADMINISTRATION_AT) / ADMINISTRATION_SLOPE)
    return Relevance(max(administration, inspection), inspection)


def assess(analysis: Analysis) -> tuple[bool, float]:
    """Whether the article reports an inspection of public bodies, and how sure that is (0 to 1)."""
    inspection = survey(analysis).inspection
    return inspection >= 0.5, round(inspection, 3)


def roles(analysis: Analysis) -> dict[str, float]:
    """The weight of the distinct words of each role, capped; `head`: of inspection words in the opening; `TRACES`.

    Several stages ask; the article is read once.
    """
    if analysis.roles is None:
        analysis.roles = _roles(analysis)
    return analysis.roles


def _roles(analysis: Analysis) -> dict[str, float]:
    role = dict.fromkeys(ROLES, 0.0)
    seen: set[str] = set()
    start = analysis.page.body[0].start if analysis.page.body else 0
    for hit in analysis.hits["cue_public"]:
        phrase, name, weight = hit.row["phrase"], hit.row["role"], float(hit.row["weight"])
        if name == "act" and hit.start < start + HEAD:
            role["head"] = min(2.5, role["head"] + weight)
        if phrase not in seen:
            seen.add(phrase)
            role[name] = min(CAP[name], role[name] + weight)
    cues = [hit.row for hit in analysis.hits["cue_finding"] if hit.start < start + REACH]
    for name, (kinds, most) in TRACES.items():
        role[name] = min(most, float(len({row["phrase"] for row in cues if row["kind"] in kinds})))
    return role


def _sigmoid(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value))
