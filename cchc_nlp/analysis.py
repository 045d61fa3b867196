"""What the pipeline knows about one article while it works: the data that flows through it.

Newcomers start here. A source text becomes one `Analysis`; each component of the pipeline reads what
the components before it wrote and fills one list of its own. At the end `records.py` turns the
analysis into the `ArticleRecord` that users see.

Two coordinate systems exist and only two:

* **source** offsets index what the caller passed; only the record speaks them;
* **clean** offsets index `Analysis.text`, the normalised text (NFC, plain spaces, one dash, new tone
  placement ...) that all patterns are written for. Everything in this module is in clean offsets.
  `Analysis.offsets` maps them back.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from cchc_nlp.text.offsets import OffsetMap
from cchc_nlp.text.scan import Hits, scan
from cchc_nlp.text.words import Words
from cchc_nlp.units import Unit

Level = Literal["province", "district", "commune", "village"]
Label = Literal["strength", "limitation", "cause", "recommendation"]
Area = Literal[
    "leadership", "institutions", "procedures", "organization", "civil_service",
    "public_finance", "digital_government", "impact", "general",
]  # fmt: skip
Comparator = Literal["=", ">", ">=", "<", "<=", "~"]


@dataclass(slots=True)
class Span:
    """A half-open stretch of the clean text."""

    start: int
    end: int


@dataclass(slots=True)
class Mention(Span):
    """A span that means something: which rule found it, and how sure it is (0 to 1)."""

    rule: str
    confidence: float


@dataclass(slots=True)
class Date(Mention):
    """A calendar expression; `value` is a TIMEX3 value (ISO-TimeML), ranges as `start/end`."""

    value: str


@dataclass(slots=True)
class Link:
    """The official unit that a place means, or the ranked `candidates` where the article does not decide.

    `odds` is how likely the unit is among the candidates; `confidence` is less where the name is printed otherwise.
    """

    unit: Unit | None = None
    odds: float = 0.0
    confidence: float = 0.0
    candidates: tuple[Unit, ...] = ()
    evidence: tuple[tuple[str, float], ...] = ()


@dataclass(slots=True)
class Place(Mention):
    """A named administrative unit; `name` is its type word in full and its name; `link` is the resolver's."""

    name: str
    level: Level
    link: Link | None = None


@dataclass(slots=True)
class Agency(Mention):
    """A definite public body.

    `head` is the body's own canonical name without the place it belongs to ("Ủy ban nhân dân",
    "Đoàn kiểm tra cải cách hành chính"), `level` the level that the head implies ("Sở": province) or "". The
    place it belongs to is said by at most one of: `place`, a
    named unit inside the mention; `generic`, a type word alone ("huyện"); `parent`, another body inside
    the mention ("Bộ phận một cửa | UBND Thị trấn"). `name` starts as what the mention itself says and
    is completed by the resolver. A `proper` name says by itself whose the body is ("Kho bạc Nhà nước Lạc Giang").
    """

    name: str
    head: str
    kind: str
    level: Level | Literal[""] = ""
    place: Place | None = None
    generic: str | None = None
    parent: Agency | None = None
    proper: bool = False

    @property
    def is_full(self) -> bool:
        """Whether the mention itself says whose body it is."""
        return self.proper or self.place is not None or self.parent is not None or self.generic is not None


@dataclass(slots=True)
class Role:
    """An office held; `org` is the body, by mention where it was printed."""

    title: str
    org: str | None = None
    agency: Agency | None = None


@dataclass(slots=True)
class Official:
    """One person of the article: `mentions` are the occurrences of the name alone."""

    name: str
    mentions: list[Mention]
    roles: list[Role] = field(default_factory=list)


@dataclass(slots=True)
class Metric(Mention):
    """A measured quantity; `of` is the whole of a ratio, `low` the lower end of a range."""

    value: float
    unit: str
    comparator: Comparator = "="
    indicator: str | None = None
    of: float | None = None
    low: float | None = None


@dataclass(slots=True)
class Document(Mention):
    """A reference to an official paper; `date` is ISO, `issuer` canonical."""

    type: str
    number: str | None = None
    date: str | None = None
    title: str | None = None
    issuer: str | None = None
    agency: Agency | None = None


BlockKind = Literal["title", "heading", "paragraph", "bullet", "caption"]


@dataclass(slots=True)
class Block(Span):
    """A line of the body and what it is on the page."""

    kind: BlockKind


@dataclass(slots=True)
class Page:
    """The article told from the page around it (spans exclude surrounding white space)."""

    title: Span | None = None
    published: str | None = None
    published_span: Span | None = None
    author: str | None = None
    author_span: Span | None = None
    body: list[Span] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Segment(Span):
    """The smallest stretch that is labelled: a sentence or a part of one.

    `sentence` and `block` are indices into `Analysis.sentences` and `Page.blocks`.
    """

    sentence: int
    block: int


class Evidence(NamedTuple):
    """A reason for or against a label: where it stands, its kind, and what it weighed."""

    start: int
    end: int
    kind: str
    label: Label | None
    weight: float


@dataclass(slots=True)
class Finding(Mention):
    """A segment that states a finding; `evidence` is what decided."""

    label: Label
    area: Area
    unit: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class Inspection:
    """The event; bodies are given by mention and named by the resolver.

    `sender_mention` is who inspects, delegations left aside; `objects` are the mentions that stand as what is
    inspected, each with the weight of the evidence; `weighed` are the units that could be the inspected ones, with
    the evidence for each.
    """

    kind: str | None = None
    date: str | None = None
    inspector_mention: Agency | None = None
    sender_mention: Agency | None = None
    inspector: str | None = None
    lead: str | None = None
    objects: list[tuple[Agency | Place, float]] = field(default_factory=list)
    inspected: list[str] = field(default_factory=list)
    weighed: list[tuple[str, float]] = field(default_factory=list)
    is_inspection: bool = False
    confidence: float = 0.0


@dataclass
class Analysis:
    """One article on its way through the pipeline (see the module's text)."""

    source: str
    text: str
    offsets: OffsetMap
    published: date | None = None
    notes: tuple[str, ...] = ()
    page: Page = field(default_factory=Page)
    sentences: list[Span] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    dates: list[Date] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)
    officials: list[Official] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    inspection: Inspection = field(default_factory=Inspection)
    roles: dict[str, float] | None = None  # what the telling words weigh, once `classify.relevance` has read them

    @cached_property
    def lower(self) -> str:
        """The clean text in lower case, character for character as long as `text`."""
        return self.text.lower()

    @cached_property
    def hits(self) -> Hits:
        """Every lexicon phrase that stands in the text, by table (one pass for all tables)."""
        return scan(self.lower)

    @cached_property
    def words(self) -> Words:
        """The text as words for the classifiers; asked for when all mentions have been found."""
        stand_ins = [(a.start, a.end, f"<{a.kind}>") for a in self.agencies]
        stand_ins += [(p.start, p.end, f"<{p.level}>") for p in self.places]
        stand_ins += [(d.start, d.end, "<date>") for d in self.dates]
        stand_ins += [(d.start, d.end, "<paper>") for d in self.documents]
        stand_ins += [(m.start, m.end, "<person>") for o in self.officials for m in o.mentions]
        return Words(self.lower, stand_ins)

    def in_body(self, start: int, end: int) -> bool:
        """Whether a stretch lies inside the article proper."""
        return any(span.start <= start and end <= span.end for span in self.page.body)

    @property
    def published_date(self) -> date | None:
        """The day the article appeared: as given by the caller, else as the page prints it."""
        if self.published is not None:
            return self.published
        return date.fromisoformat(self.page.published[:10]) if self.page.published else None

    def bodies(self) -> list[Agency | Place]:
        """Agencies, and the places that lie in none of them, in text order."""
        agencies = sorted(self.agencies, key=lambda a: a.start)
        starts = [agency.start for agency in agencies]
        found: list[Agency | Place] = list(agencies)
        for place in self.places:
            index = bisect_right(starts, place.start) - 1
            if index < 0 or agencies[index].end < place.end:
                found.append(place)
        return sorted(found, key=lambda body: body.start)
