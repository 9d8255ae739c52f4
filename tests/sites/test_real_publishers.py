"""Profiles against saved pages of their publishers, where those are at hand: fields compared with the gold answers."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from workers.core.dates import parse
from workers.core.text import fold
from workers.sites.known import site_for_url
from workers.sites.profile import Fields, check_layout, profile_read
from workers.sites.read import open_page

SHARED = Path(os.environ.get("WIREROOM_SHARED") or Path(__file__).resolve().parents[3] / "shared") / "articles"
GOLD = SHARED / "gold.jsonl"
PUBLISHERS = ("ap-news", "euronews", "srf", "tagesschau")


def rows() -> list[dict[str, Any]]:
    """The gold answers for pages of these publishers."""
    if not GOLD.is_file():
        return []
    with GOLD.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    ours = [(row, site_for_url(row.get("url") or "")) for row in found if row["set"] == "press"]
    return [row for row, site in ours if site is not None and site.name in PUBLISHERS]


ROWS = rows()


@pytest.fixture(params=ROWS or [None], ids=[row["file"] for row in ROWS] or ["none"])
def gold(request: pytest.FixtureRequest) -> dict[str, Any]:
    if request.param is None:
        pytest.skip(f"there are no saved pages of {', '.join(PUBLISHERS)} in {SHARED}")
    found: dict[str, Any] = request.param
    return found


@cache
def _fields(file: str, url: str) -> Fields:
    site = site_for_url(url)
    assert site is not None
    assert site.is_article(url)
    document = open_page(gzip.decompress((SHARED / "pages" / file).read_bytes()), url)
    fields = profile_read(document, site)
    check_layout(fields, site, url)
    return fields


def fields_of(gold: dict[str, Any]) -> Fields:
    return _fields(gold["file"], gold["url"])


def agreement(one: str, other: str) -> float:
    """F1 of the words of two texts, and of how often each occurs."""
    words, others = Counter(fold(one).split()), Counter(fold(other).split())
    return 2 * (words & others).total() / (words.total() + others.total())


def test_the_body_is_that_of_the_gold(gold: dict[str, Any]) -> None:
    text = " ".join(block.text for block in fields_of(gold)["body"].value)
    assert agreement(text, gold["body"]) >= 0.97


def test_the_day_and_the_minute_are_those_of_the_gold(gold: dict[str, Any]) -> None:
    wanted = parse(gold["published"])
    assert wanted is not None
    found = fields_of(gold)["published"].value.at
    assert found.replace(second=0, microsecond=0) == wanted.at.replace(second=0, microsecond=0)


def test_the_headline_is_the_one_on_the_page(gold: dict[str, Any]) -> None:
    # The gold has the headline of the head, which some desks write shorter than the one over the article.
    assert agreement(fields_of(gold)["headline"].value, gold["headline"]) >= 0.45


def test_authors_are_those_of_the_gold_but_for_the_publisher(gold: dict[str, Any]) -> None:
    found = fields_of(gold)
    if "authors" in found:
        assert set(found["authors"].value) == set(gold["authors"])
