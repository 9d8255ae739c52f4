"""The real saved page of Ukrainska Pravda, where it stands on the machine: every field through the profile."""

from __future__ import annotations

import gzip
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from workers.sites.page.document import Document
from workers.sites.profile import Fields, check_layout, profile_read
from workers.sites.profiles.pravda import ukrainska_pravda

SHARED = Path(os.environ.get("WIREROOM_SHARED") or Path(__file__).resolve().parents[3] / "shared")
GOLD = SHARED / "articles" / "gold.jsonl"

pytestmark = pytest.mark.skipif(not GOLD.is_file(), reason="the saved pages are not on this machine")

Case = tuple[dict[str, Any], Document, Fields]


@pytest.fixture(scope="module")
def case() -> Case:
    with GOLD.open(encoding="utf-8") as lines:
        gold = next(json.loads(line) for line in lines if "//www.pravda.com.ua/" in line[:300])
    html = gzip.decompress((GOLD.parent / "pages" / gold["file"]).read_bytes()).decode("utf-8")
    page = Document(html, gold["url"])
    return gold, page, profile_read(page, ukrainska_pravda)


@pytest.mark.parametrize("name", ["headline", "authors"])
def test_a_field_is_the_gold_one(case: Case, name: str) -> None:
    gold, _, fields = case
    value = fields[name].value
    assert (list(value) if isinstance(value, tuple) else value) == gold[name]


def test_published_is_the_same_moment(case: Case) -> None:
    gold, _, fields = case
    assert fields["published"].value.at == datetime.fromisoformat(gold["published"])
    assert fields["modified"].value.at >= fields["published"].value.at


def test_the_body_is_the_gold_one_but_for_two_teasers_of_other_articles(case: Case) -> None:
    gold, page, fields = case
    body = [block.text for block in fields["body"].value]
    wanted = gold["body"].split("\n")
    assert body == wanted[: len(body)]
    teasers = {" ".join(node.text().split()) for node in page.tree.css(".article_description")}
    assert set(wanted[len(body) :]) <= teasers


def test_section_tags_language_and_picture_stand_on_the_page(case: Case) -> None:
    _, page, fields = case
    shown = page.root.text()
    assert fields["language"].value == page.lang == "ru"
    assert len(fields["tags"].value) == 3
    assert all(value in shown for value in (fields["section"].value, *fields["tags"].value))
    assert fields["image"].value.credit in " ".join(shown.split())
    assert fields["image"].value.url.startswith("https://uimg.pravda.com.ua/")
    assert fields["paywalled"].value is False


def test_the_boxes_and_body_links_are_labelled(case: Case) -> None:
    _, page, fields = case
    links = fields["links"].value
    labels = [link.label for link in links]
    assert {label: labels.count(label) for label in labels} == {"hot_news": 2, "latest": 1, "tag": 3, "body": 4}
    assert all(link.headline and link.headline in " ".join(page.root.text().split()) for link in links)
    assert all(link.shown_text for link in links if link.label in ("hot_news", "latest"))


def test_its_identity_names_number_and_language(case: Case) -> None:
    gold, _, fields = case
    assert ukrainska_pravda.identity(gold["url"]) == f"id:rus:{gold['url'].strip('/').rpartition('/')[2]}"
    check_layout(fields, ukrainska_pravda, gold["url"])
