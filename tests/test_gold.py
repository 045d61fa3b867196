"""Quality floors on the real articles beside the project, and agreement with the scorer kept there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_nlp import extract
from cchc_nlp.evaluation import evaluate, read_gold

GOLD = Path("../shared/gold")
pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="../shared is not beside the project")

FLOORS = {
    "seeds": {
        "dates": 0.97, "places": 0.97, "agencies.span": 0.93, "agencies": 0.88, "officials": 1.0,
        "officials.roles": 0.85, "metrics": 0.95, "documents": 0.90, "article.title": 1.0, "article.published": 1.0,
        "article.author": 1.0, "article.body": 0.98, "findings.tokens.macro": 0.85, "findings.segments": 0.80,
        "findings.area": 0.65, "inspection.inspected": 0.8,
    },
    "rewritten": {
        "dates": 0.93, "places": 0.92, "agencies.span": 0.88, "agencies": 0.80, "officials": 0.95, "metrics": 0.85,
        "article.body": 0.97, "findings.tokens.macro": 0.72,
    },
}  # fmt: skip


@pytest.mark.parametrize("name", FLOORS)
def test_floors(name: str) -> None:
    articles, faults = read_gold(GOLD / name)
    assert not faults
    rows = {row.name: row.f1 for row in evaluate(articles, lambda text: extract(text).to_dict()).rows()}
    below = {field: rows[field] for field, floor in FLOORS[name].items() if rows[field] < floor}
    assert not below


@pytest.mark.parametrize("name", FLOORS)
def test_the_same_figures_as_the_scorer(name: str, tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    scorer = [sys.executable, GOLD / "score.py", GOLD / name, "--extract", "cchc_nlp:extract", "--json", out]
    subprocess.run(scorer, check=True, capture_output=True)
    articles, _ = read_gold(GOLD / name)
    ours = {row.name: row for row in evaluate(articles, lambda text: extract(text).to_dict()).rows()}
    theirs = json.loads(out.read_text())
    assert ours.keys() == theirs.keys()
    for field, figures in theirs.items():
        assert ours[field].f1 == pytest.approx(figures["f1"]), field
        assert ours[field].gold == figures["gold"], field
