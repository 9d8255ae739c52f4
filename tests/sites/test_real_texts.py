"""The real texts of Interfax-Ukraine pages, put into the markup that is known and into what it may be: every field."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from furniture import PICTURE, VARIANTS, path_of_item
from wire_text import WireText, read_wire_text, utc

from workers.sites.page.document import Document
from workers.sites.profile import Fields, profile_read
from workers.sites.profiles.interfax import interfax_ukraine

SHARED = Path(os.environ.get("WIREROOM_SHARED") or Path(__file__).resolve().parents[3] / "shared")
TEXTS = sorted((SHARED / "interfax" / "pages").glob("*.txt"))

pytestmark = pytest.mark.skipif(not TEXTS, reason="the saved texts of Interfax-Ukraine are not on this machine")

Case = tuple[WireText, str, Fields]


@pytest.fixture(params=VARIANTS)
def variant(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=TEXTS, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest, variant: str) -> Case:
    text = read_wire_text(request.param)
    document = Document(VARIANTS[variant](text), text.url)
    return text, variant, profile_read(document, interfax_ukraine)


def value(fields: Fields, name: str) -> Any:
    return fields[name].value if name in fields else None


def test_the_headline_is_the_one_shown(case: Case) -> None:
    text, _, fields = case
    assert value(fields, "headline") == text.headline


def test_the_body_is_its_paragraphs_and_nothing_else(case: Case) -> None:
    text, _, fields = case
    assert [block.text for block in value(fields, "body") or ()] == text.body


def test_the_section_is_its_label(case: Case) -> None:
    text, _, fields = case
    if text.section is None:
        pytest.skip("this text was kept without its head")
    assert value(fields, "section") == text.section


def test_the_stamp_is_when_it_was_published_or_when_the_event_is(case: Case) -> None:
    text, variant, fields = case
    shown = utc(text.stamp) if text.stamp and variant != "amp" else None
    name, other = ("event", "published") if text.announced else ("published", "event")
    assert (fields[name].value.at if name in fields else None) == shown
    assert other not in fields


def test_the_reading_time_is_a_number_or_nothing(case: Case) -> None:
    text, variant, fields = case
    shown = int(text.reading.split()[0]) if text.reading and variant != "amp" else None
    assert value(fields, "reading_minutes") == shown


def test_the_picture_comes_with_its_alt_and_its_credit(case: Case) -> None:
    text, _, fields = case
    image = value(fields, "image")
    shown = (PICTURE, text.headline, text.credit) if text.pictured else None
    assert ((image.url, image.alt, image.credit) if image else None) == shown


def test_the_tags_are_those_shown(case: Case) -> None:
    text, variant, fields = case
    assert list(value(fields, "tags") or ()) == (text.tags if variant != "amp" else [])


def test_the_language_is_that_of_the_text_whatever_the_host(case: Case) -> None:
    text, _, fields = case
    assert value(fields, "language") == text.language


def test_nothing_is_marked_as_corrected(case: Case) -> None:
    _, _, fields = case
    assert value(fields, "corrected") is False


def test_every_box_has_its_headlines_times_and_addresses(case: Case) -> None:
    text, _, fields = case
    site = text.url.split("/news/")[0]
    shown: dict[str, list[tuple[Any, ...]]] = {}
    for link in value(fields, "links") or ():
        if link.label not in ("tag", "body"):
            at = shown.setdefault(link.label, [])
            assert link.position == len(at)
            at.append((link.url, link.headline, link.shown_text, link.shown_at))
    assert shown == {
        label: [
            (site + path_of_item(item), item.headline, item.stamp, utc(item.stamp) if item.stamp else None)
            for item in items
        ]
        for label, items in text.boxes.items()
    }


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_number_is_the_identity(path: Path) -> None:
    text = read_wire_text(path)
    assert interfax_ukraine.identity(text.url) == f"id:{text.number}"
    assert interfax_ukraine.is_article(text.url)
