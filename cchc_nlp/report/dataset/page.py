"""The page of a report: what is shown in which order, in words of a language; the form is `page.html.jinja`."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_nlp import lexicon
from cchc_nlp._version import __version__
from cchc_nlp.errors import MissingExtraError
from cchc_nlp.report.dataset.pictures import COLOURS, Painter, image
from cchc_nlp.report.dataset.summary import (
    AREAS,
    KINDS,
    LABELS,
    CitedArticle,
    Example,
    Summary,
    UnitCount,
    quartiles,
    shortened,
)
from cchc_nlp.report.html import Language, words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_FORMER_SHOWN = 3
_EXCERPT = 280  # characters of an example in the list
_FAILURES = 20


@dataclass(frozen=True)
class Picture:
    """A picture as files and what it shows in words."""

    svg: bytes = field(repr=False)
    alt: str
    figure: Figure = field(repr=False)
    """As matplotlib has it."""

    @property
    def png(self) -> bytes:
        """The picture as PNG, drawn when asked for."""
        return image(self.figure, "png")

    @property
    def address(self) -> str:
        """The picture as a `data:` address."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg).decode("ascii")


@dataclass(frozen=True)
class Table:
    """Rows of cells ready to be shown; cells from `first_number` on are figures."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    first_number: int = 1


def number_of(language: Language) -> Callable[[float], str]:
    """Writes figures as a language does: 1.240,5 or 1,240.5, at most four figures of a fraction's."""

    def number(value: float) -> str:
        plain = f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 1000 else f"{value:,.4g}"
        return plain.translate(str.maketrans(",.", ".,")) if language == "vi" else plain

    return number


def compose(
    summary: Summary, language: Language, top: int, page: Path | None, title: str | None
) -> tuple[str, dict[str, Picture]]:
    """The page as HTML text, and its pictures by name."""
    try:
        from jinja2 import Environment, PackageLoader  # noqa: PLC0415  (optional)
    except ImportError as error:
        raise MissingExtraError('a report needs jinja2: pip install "cchc-nlp[report]"') from error
    composer = _Composer(summary, language, top, page, title)
    pictures = composer.pictures()
    environment = Environment(
        loader=PackageLoader("cchc_nlp.report", "dataset"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template("page.html.jinja")
    return template.render(composer.content(), pictures=pictures, language=language), pictures


class _Composer:
    def __init__(self, summary: Summary, language: Language, top: int, page: Path | None, title: str | None) -> None:
        self.summary, self.page = summary, page
        self.number = number_of(language)
        interface = words(language)
        self.word = {
            **lexicon.mapping("report", "key", language),
            **{f"label.{label}": interface[label] for label in LABELS},
            **{f"area.{area}": interface[area] for area in AREAS},
        }
        if title:
            self.word["title"] = title
        self.units = [
            unit for _, unit in sorted(summary.units.entries.items(), key=lambda u: (-u[1].findings.total(), u[1].name))
        ]
        self.judged = [unit for unit in self.units if unit.findings][:top]
        self.inspected = sorted(
            (u for u in self.units if u.inspections), key=lambda u: (-u.inspections, u.name)
        )[:top]  # fmt: skip
        self.inspectors = [body for _, body in summary.inspectors.most(top)]

    def say(self, key: str, **values: object) -> str:
        """A sentence of the language, filled in."""
        shown = {k: self.number(v) if isinstance(v, int) else str(v) for k, v in values.items()}
        return self.word[key].format_map(shown)

    # -- pictures -------------------------------------------------------------------------------------------

    def pictures(self) -> dict[str, Picture]:
        """Those that have something to show."""
        summary = self.summary
        painter = Painter(summary, self.word, self.number)
        drawn: dict[str, tuple[Callable[[], Figure], dict[str, object]]] = {}
        if summary.years and summary.findings:
            best = max(summary.years, key=lambda year: summary.count(year=year))
            area = max(AREAS, key=lambda area: summary.count(area=area))
            drawn["labels_by_year"] = painter.labels_by_year, {"year": str(best), "count": summary.count(year=best)}
            drawn["areas_by_year"] = (
                painter.areas_by_year,
                {"area": self.word[f"area.{area}"], "count": summary.count(area=area)},
            )
        if self.judged:
            unit, area = max(
                ((u, a) for u in self.judged for a in AREAS), key=lambda pair: pair[0].findings["limitation", pair[1]]
            )
            drawn["areas_by_unit"] = (
                lambda: painter.areas_by_unit(self.judged),
                {
                    "units": len(self.judged), "unit": unit.name, "area": self.word[f"area.{area}"],
                    "count": unit.findings["limitation", area],
                },
            )  # fmt: skip
        dated = [indicator for indicator in summary.indicators if indicator.years]
        if dated:
            drawn["metrics_by_year"] = (
                lambda: painter.metrics_by_year(dated),
                {"count": len(dated), "name": f"{dated[0].name} ({dated[0].unit})"},
            )
        if self.inspected:
            first = self.inspected[0]
            drawn["inspected"] = (
                lambda: painter.bars(
                    [self._starred(u) for u in self.inspected], [u.inspections for u in self.inspected]
                ),
                {"count": len(self.inspected), "name": first.name, "most": first.inspections},
            )
        if self.inspectors:
            body = self.inspectors[0]
            drawn["inspectors"] = (
                lambda: painter.bars(
                    [b.name for b in self.inspectors], [b.count for b in self.inspectors], "recommendation"
                ),
                {"count": len(self.inspectors), "name": body.name, "most": body.count},
            )
        if any(year is not None for year, _ in summary.articles):
            undated = sum(number for (year, _), number in summary.articles.items() if year is None)
            drawn["coverage_by_year"] = painter.coverage_by_year, {"undated": undated}
        if any(summary.relevance):
            drawn["relevance"] = painter.relevance, {"high": sum(summary.relevance[5:])}
        pictures: dict[str, Picture] = {}
        with painter.style:
            for name, (draw, values) in drawn.items():
                figure = draw()
                pictures[name] = Picture(image(figure, "svg"), self.say(f"{name}.alt", **values), figure)
        return pictures

    # -- content --------------------------------------------------------------------------------------------

    def content(self) -> dict[str, Any]:
        """What the template is filled with."""
        summary, word = self.summary, self.word
        return {
            "word": word,
            "say": self.say,
            "number": self.number,
            "summary": summary,
            "colours": COLOURS,
            "subtitle": self._subtitle(),
            "tiles": self._tiles(),
            "lead": self._lead(),
            "tables": {
                "labels_by_year": self._labels_by_year(),
                "areas_by_year": self._areas_by_year(),
                "areas_by_unit": self._areas_by_unit(),
                "metrics_by_year": self._metrics_by_year(),
                "inspected": self._inspected(),
                "inspectors": Table(
                    (word["body"], word["count"]), [(b.name, self.number(b.count)) for b in self.inspectors]
                ),
                "coverage_by_year": self._coverage_by_year(),
                "relevance": self._relevance(),
                "missing": self._missing(),
                "kinds": self._shares(
                    word["event_kinds"], [(kind or word["no_year"], n) for kind, n in summary.kinds.most_common()]
                ),
                "failures": self._failures(),
            },
            "limitations": [
                {
                    "text": shortened(group.text, _EXCERPT),
                    "area": word[f"area.{group.area}"],
                    "group": group,
                    "years": self._span(group.first, group.last),
                    "examples": [self._example(example, group.text) for example in group.examples],
                }
                for group in summary.limitations
            ],
            "articles": [self._card(article) for article in summary.cited.values()],
            "method": self.say("method_text", version=__version__),
        }

    def _span(self, first: int | None, last: int | None) -> str:
        if first is None:
            return ""
        return str(first) if first == last else f"{first}-{last}"

    def _subtitle(self) -> str:
        summary, years = self.summary, self.summary.years
        shown = self.say("subtitle", articles=summary.total, name=summary.name)
        if not years:
            return f"{shown}."
        key = "span" if len(years) > 1 else "span_one"
        return f"{shown}, {self.word[key].format(first=years[0], last=years[-1])}."

    def _tiles(self) -> list[tuple[str, str]]:
        summary = self.summary
        figures = (
            ("articles", summary.total), ("inspections", summary.kind("inspection")), ("findings", summary.count()),
            ("limitations", summary.count(label="limitation")),
            ("recommendations", summary.count(label="recommendation")),
            ("units", len(self.units)), ("years", len(summary.years)),
        )  # fmt: skip
        return [(self.number(figure), self.word[key]) for key, figure in figures]

    def _lead(self) -> list[str]:
        summary, word, total = self.summary, self.word, self.summary.count()
        if not total:
            return [word["lead_none"]]
        parts = ", ".join(
            f"{self.number(summary.count(label=label))} {word[f'label.{label}'].lower()} "
            f"({self._percent(summary.count(label=label), total)})"
            for label in LABELS
        )
        found = [self.say("lead_findings", findings=total, parts=parts)]
        limitations = summary.count(label="limitation")
        if limitations:
            by_area = sorted(AREAS, key=lambda area: -summary.count(area=area, label="limitation"))[:3]
            shown = ", ".join(
                f"{word[f'area.{area}']} ({self._percent(summary.count(area=area, label='limitation'), limitations)})"
                for area in by_area
                if summary.count(area=area, label="limitation")
            )
            found.append(self.say("lead_areas", areas=shown))
        return found

    def _percent(self, part: int, whole: int) -> str:
        return f"{self.number(round(100 * part / whole, 1) if whole else 0)}%"

    def _years(self) -> list[tuple[int | None, str]]:
        """The years, and "unknown" where something has none."""
        summary = self.summary
        known: list[tuple[int | None, str]] = [(year, str(year)) for year in summary.years]
        undated = summary.count(year=None) or summary.articles[None, "inspection"]
        return [*known, (None, self.word["no_year"])] if undated else known

    def _labels_by_year(self) -> Table:
        summary, word = self.summary, self.word
        head = (word["year"], *(word[f"label.{x}"] for x in LABELS), word["total"], word["inspections"],
                word["per_inspection"])  # fmt: skip
        rows = []
        for year, shown in self._years():
            limitations, events = summary.count(year=year, label="limitation"), summary.articles[year, "inspection"]
            rows.append((
                shown, *(self.number(summary.count(year=year, label=label)) for label in LABELS),
                self.number(summary.count(year=year)), self.number(events),
                self.number(round(limitations / events, 1)) if events else "-",
            ))  # fmt: skip
        return Table(head, rows)

    def _areas_by_year(self) -> Table:
        summary, word = self.summary, self.word
        head = (word["year"], *(word[f"area.{area}"] for area in AREAS))
        return Table(
            head,
            [
                (shown, *(self.number(summary.count(year=year, area=area)) for area in AREAS))
                for year, shown in self._years()
            ]
            + [(word["total"], *(self.number(summary.count(area=area)) for area in AREAS))],
        )

    def _starred(self, unit: UnitCount) -> str:
        return unit.name if unit.official else f"{unit.name} *"

    def _with_former(self, unit: UnitCount) -> str:
        if not unit.former:
            return self._starred(unit)
        former = sorted(unit.former)
        names = ", ".join(former[:_FORMER_SHOWN])
        if len(former) > _FORMER_SHOWN:
            names = f"{names} {self.say('and_more', count=len(former) - _FORMER_SHOWN)}"
        return f"{unit.name} - {self.say('units_former', names=names)}"

    def _areas_by_unit(self) -> Table:
        word = self.word
        head = (word["unit"], *(word[f"area.{area}"] for area in AREAS), word["total"])

        def cell(unit: UnitCount, area: str) -> str:
            pair = unit.findings["limitation", area], unit.findings["strength", area]
            return " / ".join(map(self.number, pair)) if any(pair) else ""

        rows = [
            (
                self._with_former(unit),
                *(cell(unit, area) for area in AREAS),
                f"{self.number(unit.of_label('limitation'))} / {self.number(unit.of_label('strength'))}",
            )
            for unit in self.judged
        ]
        return Table(head, rows)

    def _metrics_by_year(self) -> Table:
        word = self.word
        rows = []
        for indicator in self.summary.indicators:
            for year in [*indicator.years, *([None] if None in indicator.values else [])]:
                values = indicator.values[year]
                low, middle, high = quartiles(values)
                rows.append((
                    indicator.name, indicator.unit, word["no_year"] if year is None else str(year),
                    self.number(len(values)), self.number(middle), f"{self.number(low)} - {self.number(high)}",
                ))  # fmt: skip
        keys = ("indicator", "measure", "year", "values", "median", "quartiles")
        return Table([word[key] for key in keys], rows, first_number=2)

    def _inspected(self) -> Table:
        word = self.word
        head = (word["unit"], word["count"], word["label.strength"], word["label.limitation"],
                word["label.recommendation"], word["last"])  # fmt: skip
        rows = [
            (
                self._with_former(unit), self.number(unit.inspections),
                *(self.number(unit.of_label(label)) for label in ("strength", "limitation", "recommendation")),
                unit.last[:10],
            )
            for unit in self.inspected
        ]  # fmt: skip
        return Table(head, rows)

    def _coverage_by_year(self) -> Table:
        articles, word = self.summary.articles, self.word
        years = sorted({year for year, _ in articles if year is not None})
        shown = [*years, *([None] if any(year is None for year, _ in articles) else [])]
        head = (word["year"], *(word[kind] for kind in KINDS), word["total"])
        rows = [
            (
                word["no_year"] if year is None else str(year),
                *(self.number(articles[year, kind]) for kind in KINDS),
                self.number(sum(articles[year, kind] for kind in KINDS)),
            )
            for year in shown
        ]
        totals = [self.summary.kind(kind) for kind in KINDS]
        return Table(head, [*rows, (word["total"], *map(self.number, totals), self.number(sum(totals)))])

    def _relevance(self) -> Table:
        rows = [
            (f"{self.number(step / 10)} - {self.number((step + 1) / 10)}", self.number(count))
            for step, count in enumerate(self.summary.relevance)
        ]
        return Table((self.word["relevance_axis"], self.word["articles_head"]), rows)

    def _missing(self) -> Table:
        fields = ("year", "published", "inspection_date", "inspector", "inspected", "title")
        return self._shares(
            self.word["missing"],
            [(self.word[f"missing.{name}"], self.summary.missing[name]) for name in fields],
        )

    def _shares(self, head: str, counts: Sequence[tuple[str, int]]) -> Table:
        """Counts of inspections with their share."""
        events = self.summary.kind("inspection")
        rows = [(name, self.number(count), self._percent(count, events)) for name, count in counts]
        return Table((head, self.word["articles_head"], self.word["share"]), rows)

    def _failures(self) -> Table:
        word = self.word
        found = sorted(self.summary.failures.items(), key=lambda item: (-item[1].count, item[0]))[:_FAILURES]
        rows = [
            (stage, error, self.number(failure.count), shortened(f"{failure.source}: {failure.message}", 200))
            for (stage, error), failure in found
        ]
        return Table((word["stage"], word["error"], word["failures_head"], word["example"]), rows, first_number=9)

    # -- examples -------------------------------------------------------------------------------------------

    def _example(self, example: Example, headline: str) -> dict[str, Any]:
        """An example with the words around it; without its text where that adds nothing to the group's headline."""
        article = self.summary.cited.get(example.id)
        around = article.source.around(example.start, example.end, example.text) if article else None
        return {
            "text": "" if example.text == headline and not around else shortened(example.text, _EXCERPT),
            "before": around[0] if around else "",
            "after": around[1] if around and len(example.text) <= _EXCERPT else "",
            "anchor": f"{article.anchor}-{example.number}" if article else "",
            "place": " · ".join(filter(None, (example.unit, str(example.year or "")))),
            "id": example.id,
            "start": example.start,
            "end": example.end,
        }

    def _card(self, article: CitedArticle) -> dict[str, Any]:
        return {
            "article": article,
            "findings": [
                {
                    **row, "cited": row["number"] in article.cited, "label_word": self.word[f"label.{row['label']}"],
                    "area_word": self.word[f"area.{row['area']}"], "anchor": f"{article.anchor}-{row['number']}",
                    "link": article.source.link(row["text"], self.page) if row["number"] in article.cited else None,
                }
                for row in article.findings
            ],
        }  # fmt: skip
