"""Real pages: the generic reader stays as good as it was. Runs where the saved pages are; a sample of them."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
from pathlib import Path
from typing import Any

import pytest

from workers.cli.read import as_data
from workers.core.errors import WireroomError
from workers.sites.read import read_page

SHARED = Path(os.environ.get("WIREROOM_SHARED") or Path(__file__).resolve().parents[3] / "shared") / "articles"
EACH = {"press": 2, "mixed": 9, "web": 11}
# Of this sample, somewhat under what was reached: (measure of the body, headline, authors, day).
LEAST = {
    "press": ("shingle", 0.94, 0.82, 0.84, 0.96),
    "mixed": ("word", 0.92, 0.80, 0.65, 0.80),
    "web": ("snippet", 0.90, 0.74, 0.45, 0.78),
}

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the saved article pages are not on this machine")


def sample(name: str) -> list[dict[str, Any]]:
    golds = [json.loads(line) for line in (SHARED / "gold.jsonl").read_text("utf-8").split("\n") if line]
    return [gold for gold in golds if gold["set"] == name][:: EACH[name]]


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


@pytest.mark.parametrize("name", EACH)
def test_real_pages_are_read_as_well_as_before(name: str) -> None:
    golds = sample(name)
    found = {gold["file"]: answer(gold) for gold in golds}
    row = score(golds, found)
    measure, *least = LEAST[name]
    reached = [row[key] for key in (measure, "headline", "authors", "day")]
    assert all(value >= low for value, low in zip(reached, least, strict=True)), reached
    assert row["empty"] <= 0.02 * len(golds)
