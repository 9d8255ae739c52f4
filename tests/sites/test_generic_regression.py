"""Real pages: the generic reader stays as good as it was. Runs where the saved pages are; a sample of them."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from workers.cli.read import as_data
from workers.core.errors import WireroomError
from workers.sites.read import read_page

SHARED = Path(os.environ.get("WIREROOM_SHARED") or Path(__file__).resolve().parents[3] / "shared") / "articles"
# Every so many pages of a set, and for that sample what was reached, rounded down: (measure of the body, headline,
# authors, day). Floors belong to their sample: whoever changes the one measures the other again.
WIDE = {
    "press": (1, "shingle", 0.97, 0.865, 0.88, 0.985),
    "mixed": (4, "word", 0.944, 0.86, 0.77, 0.9),
    "web": (6, "snippet", 0.92, 0.8, 0.67, 0.84),
}
NARROW = {
    "press": (7, "shingle", 0.962, 0.89, 0.79, 0.94),
    "mixed": (26, "word", 0.964, 0.93, 0.85, 0.96),
    "web": (33, "snippet", 0.925, 0.66, 0.66, 0.84),
}

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the saved article pages are not on this machine")


@cache
def answers() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHARED / "gold.jsonl").read_text("utf-8").split("\n") if line]


def sample(name: str, each: int) -> list[dict[str, Any]]:
    return [gold for gold in answers() if gold["set"] == name][::each]


def answer(gold: dict[str, Any]) -> dict[str, Any]:
    body = gzip.decompress((SHARED / "pages" / gold["file"]).read_bytes())
    try:
        return as_data(read_page(body, gold.get("url") or ""))
    except WireroomError as error:
        return {"reason": error.reason}


def score(golds: list[dict[str, Any]], found: dict[str, dict[str, Any]]) -> dict[str, float]:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    row: dict[str, float] = module.score(golds, found)
    return row


@pytest.mark.parametrize("name", NARROW)
def test_a_few_real_pages_are_read_as_well_as_before(name: str) -> None:
    _holds(name, *NARROW[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", WIDE)
def test_real_pages_are_read_as_well_as_before(name: str) -> None:
    _holds(name, *WIDE[name])


def _holds(name: str, each: int, measure: str, *least: float) -> None:
    golds = sample(name, each)
    found = {gold["file"]: answer(gold) for gold in golds}
    row = score(golds, found)
    reached = [row[key] for key in (measure, "headline", "authors", "day")]
    assert all(value >= low for value, low in zip(reached, least, strict=True)), reached
    assert row["empty"] <= 0.01 * len(golds)
