"""Real saved pages through ingest: where the folder of them exists, nearly every one becomes an article."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from crawls import Crawl, crawl

from workers.core.urls import canonical

SHARED = Path(os.environ.get("WIREROOM_SHARED", Path(__file__).parents[3] / "shared")) / "articles"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SHARED / "gold.jsonl").exists(), reason="the folder of saved real pages is not here"),
]
# Every page of the newspapers and every fourth of the mixed ones: a quarter of a minute instead of two.
STEP = {"press": 1, "mixed": 4}


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    with (SHARED / "gold.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row for name, step in STEP.items() for row in [r for r in rows if r["set"] == name][::step]]


@pytest.fixture(scope="module")
def ingested(gold: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    folder = tmp_path_factory.mktemp("pages")
    for row in gold:
        (folder / row["file"]).symlink_to(SHARED / "pages" / row["file"])
    state = tmp_path_factory.mktemp("state")
    return crawl(state, str(folder), "--url-from", str(SHARED / "gold.jsonl"), command="ingest", timeout=300)


def ended(ingested: Crawl, row: dict[str, Any]) -> str:
    """How the page ended: its state, with the reason; what is stored under its canonical address is stored."""
    ledger = ingested.ledger
    try:
        url = canonical(row.get("url") or "") or ""
        rows = [trace.row for trace in ledger.trace(url)]
        if rows and rows[0]["reason"] == "duplicate":
            return "stored:" if url in {article.url for article in ledger.iterate_articles()} else "skipped:duplicate"
        return f"{rows[0]['state']}:{rows[0]['reason'] or ''}" if rows else "unknown"
    finally:
        ledger.close()


@pytest.mark.parametrize("name", ["press", "mixed"])
def test_nearly_every_page_is_stored_and_the_others_have_a_reason(
    name: str, gold: list[dict[str, Any]], ingested: Crawl
) -> None:
    rows = [row for row in gold if row["set"] == name and row.get("url")]
    ends = Counter(ended(ingested, row) for row in rows)
    assert ends["stored:"] + ends["stored:undated"] >= 0.98 * len(rows), ends
    assert not [end for end in ends if end in ("unknown", "waiting:", "skipped:", "parked:")], ends


def test_no_stored_article_is_without_headline_or_body(ingested: Crawl) -> None:
    ledger = ingested.ledger
    empty = [article.url for article in ledger.iterate_articles() if not article.headline or not article.text.strip()]
    ledger.close()
    assert empty == []


def test_a_page_of_a_known_site_goes_through_its_profile(gold: list[dict[str, Any]], ingested: Crawl) -> None:
    [row] = [row for row in gold if "pravda.com.ua" in (row.get("url") or "")]
    ledger = ingested.ledger
    found = [article for article in ledger.iterate_articles() if article.site == "ukrainska-pravda"]
    ledger.close()
    assert [article.headline for article in found] == [row["headline"]]
    assert str(found[0].published.at.date() if found[0].published else "") == row["published"][:10]
    sources = {name: found[0].provenance[name] for name in ("headline", "body", "published", "tags")}
    assert all(not source.startswith("generic") for source in sources.values()), sources
