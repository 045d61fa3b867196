"""The pictures of a report, by matplotlib: drawn without a screen or a global state, the same on every run.

A page takes them as SVG with letters as outlines, so that tone marks stand right on any machine.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from cchc_nlp.errors import MissingExtraError
from cchc_nlp.report.dataset.summary import AREAS, KINDS, LABELS, Indicator, Summary, UnitCount, quartiles

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Words = Mapping[str, str]
Number = Callable[[float], str]

# colours that stay apart for the colour-blind (Okabe and Ito), and hatches for print without colour
COLOURS = {
    "strength": "#009e73", "limitation": "#d55e00", "cause": "#e69f00", "recommendation": "#0072b2",
    "inspection": "#0072b2", "other": "#e69f00", "irrelevant": "#b3b3b3", "failed": "#a01010",
}  # fmt: skip
_HATCHES = {"strength": "", "limitation": "////", "cause": "xxxx", "recommendation": "\\\\\\\\", "failed": "||||"}
_INK = "#1c2330"
_GRID = "#d5d9e0"
_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans", "font.size": 9, "text.color": _INK, "axes.labelcolor": _INK, "axes.edgecolor": _INK,
    "xtick.color": _INK, "ytick.color": _INK, "axes.spines.top": False, "axes.spines.right": False,
    "axes.titlesize": 9, "axes.titleweight": "bold", "axes.axisbelow": True, "grid.color": _GRID, "axes.grid.axis": "y",
    "hatch.linewidth": 0.4, "svg.fonttype": "path", "svg.hashsalt": "cchc", "legend.frameon": False,
}  # fmt: skip
_WIDE, _NARROW = 8.6, 5.6  # inches
_MOST_YEARS = 12  # labelled on an axis
_LONGEST = 42  # characters of a name beside a bar


class Painter:
    """Draws the pictures of a summary; raises `MissingExtraError` without matplotlib."""

    def __init__(self, summary: Summary, words: Words, number: Number) -> None:
        try:
            import matplotlib as mpl  # noqa: PLC0415  (optional)
        except ImportError as error:
            raise MissingExtraError('a report needs pyarrow and matplotlib: pip install "cchc-nlp[report]"') from error
        self.style = mpl.rc_context(_STYLE)
        """What all pictures are drawn and saved within."""
        self._summary, self._words, self._number = summary, words, number

    def labels_by_year(self) -> Figure:
        """Stacked bars: findings of every year by label."""
        summary = self._summary
        figure, (axes,) = self._figure(_NARROW, 3.2)
        counts = {label: [summary.count(year=year, label=label) for year in summary.years] for label in LABELS}
        self._stacked(axes, counts)
        self._legend(figure, axes)
        return figure

    def areas_by_year(self) -> Figure:
        """A small chart a field on one scale: findings of every year by label."""
        summary = self._summary
        figure, panels = self._figure(_WIDE, 6.4, 3, 3, share=True)
        for axes, area in zip(panels, AREAS, strict=True):
            counts = {
                label: [summary.count(year=year, area=area, label=label) for year in summary.years] for label in LABELS
            }
            self._stacked(axes, counts, most=5)
            axes.set_title(self._words[f"area.{area}"])
        self._legend(figure, panels[0])
        return figure

    def areas_by_unit(self, units: Sequence[UnitCount]) -> Figure:
        """Two heat maps with common rows: limitations and strengths of units by field."""
        import numpy as np  # noqa: PLC0415

        figure, panels = self._figure(_WIDE, 2.1 + 0.27 * len(units), 1, 2, share=True)
        for axes, label, palette in zip(panels, ("limitation", "strength"), ("Oranges", "Greens"), strict=True):
            counts = np.array([[unit.findings[label, area] for area in AREAS] for unit in units])
            axes.imshow(counts, cmap=palette, vmin=0, vmax=max(1, counts.max()) * 1.25, aspect="auto")
            axes.set_title(self._words[f"label.{label}"])
            axes.set_xticks(range(len(AREAS)), [self._words[f"area.{area}"] for area in AREAS], rotation=50, ha="right",
                            rotation_mode="anchor")  # fmt: skip
            axes.set_yticks(range(len(units)), [_short(_starred(unit)) for unit in units])
            axes.tick_params(length=0)
            axes.spines[:].set_visible(False)
            axes.grid(visible=False)
            for row, column in zip(*np.nonzero(counts), strict=True):
                count = int(counts[row, column])
                dark = count > 0.7 * counts.max()
                axes.text(column, row, self._number(count), ha="center", va="center", fontsize=_fit(count),
                          color="white" if dark else _INK)  # fmt: skip
        return figure

    def metrics_by_year(self, indicators: Sequence[Indicator]) -> Figure:
        """A small chart an indicator: the median of every year between the quartiles."""
        columns = min(3, len(indicators))
        rows = -(-len(indicators) // columns)
        figure, panels = self._figure(_WIDE * columns / 3 + 0.4 * (columns < 3), 0.4 + 1.75 * rows, rows, columns)
        for axes in panels[len(indicators) :]:
            axes.set_visible(False)
        met = sorted({year for indicator in indicators for year in indicator.years})
        span = range(met[0], met[-1] + 1) if met else range(0)
        for axes, indicator in zip(panels, indicators, strict=False):
            found = {year: quartiles(indicator.values[year]) for year in indicator.years}
            lows, highs = [low for low, _, _ in found.values()], [high for _, _, high in found.values()]
            axes.vlines(list(found), lows, highs, color="#8bb8d8", lw=3)
            # no line over years without a value
            middles = [found[year][1] if year in found else float("nan") for year in span]
            axes.plot(span, middles, "o-", color=COLOURS["recommendation"], ms=3.5, lw=1)
            axes.set_title(_short(f"{indicator.name} ({indicator.unit})", 34))
            self._year_axis(axes, span, 5)
            self._count_axis(axes, whole=False)
        return figure

    def bars(self, names: Sequence[str], counts: Sequence[int], colour: str = "inspection") -> Figure:
        """Bars with names beside them, the longest on top."""
        figure, (axes,) = self._figure(_NARROW, 0.7 + 0.24 * len(names))
        places = range(len(names))[::-1]
        axes.barh(places, counts, height=0.72, color=COLOURS[colour])
        axes.set_yticks(places, [_short(name) for name in names])
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False)
        axes.spines["bottom"].set_visible(False)
        axes.set_xticks([])
        axes.set_xlim(0, 1.15 * max(counts, default=1))
        axes.set_ylim(-0.6, len(names) - 0.4)
        for place, count in zip(places, counts, strict=True):
            axes.text(count, place, f" {self._number(count)}", va="center", fontsize=8)
        return figure

    def coverage_by_year(self) -> Figure:
        """Stacked bars: what became of the articles of every year."""
        articles = self._summary.articles
        known = [year for year, _ in articles if year is not None]
        years = list(range(min(known), max(known) + 1)) if known else []
        shown = [kind for kind in KINDS if any(articles[year, kind] for year in years)]
        figure, (axes,) = self._figure(_NARROW, 3.0)
        self._stacked(axes, {kind: [articles[year, kind] for year in years] for kind in shown}, years)
        if shown:
            self._legend(figure, axes)
        return figure

    def relevance(self) -> Figure:
        """Bars: articles by relevance."""
        figure, (axes,) = self._figure(_NARROW, 2.6)
        axes.bar([0.05 + 0.1 * step for step in range(10)], self._summary.relevance, width=0.094,
                 color=COLOURS["inspection"])  # fmt: skip
        axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1], [self._number(x) for x in (0, 0.2, 0.4, 0.6, 0.8, 1)])
        axes.set_xlabel(self._words["relevance_axis"])
        self._count_axis(axes)
        return figure

    # -- parts ----------------------------------------------------------------------------------------------

    def _figure(
        self, width: float, height: float, rows: int = 1, columns: int = 1, *, share: bool = False
    ) -> tuple[Figure, list[Axes]]:
        from matplotlib.figure import Figure  # noqa: PLC0415

        figure = Figure((width, height), layout="constrained")
        panels = figure.subplots(rows, columns, sharex=share, sharey=share, squeeze=False)
        return figure, list(panels.flat)

    def _stacked(
        self,
        axes: Axes,
        counts: Mapping[str, Sequence[int]],
        years: Sequence[int] | None = None,
        most: int = _MOST_YEARS,
    ) -> None:
        years = self._summary.years if years is None else years
        below = [0] * len(years)
        for name, numbers in counts.items():
            shown = self._words.get(f"label.{name}") or self._words[name]
            self._columns(axes, name, shown, list(zip(years, below, numbers, strict=True)))
            below = [low + number for low, number in zip(below, numbers, strict=True)]
        self._year_axis(axes, years, most)
        self._count_axis(axes)

    def _columns(self, axes: Axes, name: str, shown: str, columns: Sequence[tuple[int, int, int]]) -> None:
        """Columns at a year, from a height, of a height: all of a colour as one shape, which keeps the file small."""
        from matplotlib.patches import PathPatch  # noqa: PLC0415
        from matplotlib.path import Path  # noqa: PLC0415

        boxes = [
            [(x - 0.4, y), (x - 0.4, y + height), (x + 0.4, y + height), (x + 0.4, y), (x - 0.4, y)]
            for x, y, height in columns
            if height
        ]
        shape = Path.make_compound_path(*(Path(box, closed=True) for box in boxes))
        axes.add_patch(PathPatch(shape, facecolor=COLOURS[name], hatch=_HATCHES.get(name), edgecolor="white",
                                 linewidth=0.3, label=shown))  # fmt: skip
        axes.set_ylim(0, max(axes.get_ylim()[1], *(1.06 * (y + height) for _, y, height in columns)) if columns else 1)

    def _legend(self, figure: Figure, axes: Axes) -> None:
        handles, names = axes.get_legend_handles_labels()
        figure.legend(handles, names, loc="outside upper center", ncols=4, fontsize=9, frameon=False, handlelength=1.4)

    def _year_axis(self, axes: Axes, years: Sequence[int], most: int) -> None:
        if not years:
            axes.set_xticks([])
            return
        step = -(-(years[-1] - years[0] + 1) // most)
        axes.set_xticks(range(years[-1], years[0] - 1, -step))
        middle, half = (years[0] + years[-1]) / 2, max((years[-1] - years[0]) / 2 + 0.6, 2)
        axes.set_xlim(middle - half, middle + half)

    def _count_axis(self, axes: Axes, *, whole: bool = True) -> None:
        from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: PLC0415

        axes.grid(visible=True, axis="y")
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=whole, min_n_ticks=1))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: self._brief(value)))

    def _brief(self, value: float) -> str:
        """A figure beside an axis, short: thousands in full, then millions and billions in words."""
        for power, key in ((1e9, "billion"), (1e6, "million")):
            if abs(value) >= power:
                return f"{self._number(value / power)} {self._words[key]}"
        return self._number(value)


def image(figure: Figure, form: Literal["svg", "png"]) -> bytes:
    """A picture as the bytes of a file, without the time of its making."""
    import matplotlib as mpl  # noqa: PLC0415

    target = io.BytesIO()
    with mpl.rc_context(_STYLE):
        figure.savefig(target, format=form, dpi=200, metadata={"Date": None} if form == "svg" else {"Software": None})
    return target.getvalue()


def _starred(unit: UnitCount) -> str:
    return unit.name if unit.official else f"{unit.name} *"


def _short(name: str, longest: int = _LONGEST) -> str:
    # "$" would begin a formula
    return (name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…").replace("$", r"\$")


def _fit(count: int) -> float:
    return 7.5 if count < 1000 else 6 if count < 100_000 else 5
