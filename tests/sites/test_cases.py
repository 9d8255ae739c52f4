"""The profiles against saved pages: a folder for each case, `page.html` and `article.json`, one test for each field."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from workers.sites.known import by_name, site_for_url
from workers.sites.page.document import Document
from workers.sites.profile import Fields, check_layout, profile_read
from workers.sites.site import Site

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if (path / "article.json").is_file())


@dataclass(frozen=True)
class Case:
    site: Site
    want: dict[str, Any]
    fields: Fields

    def value(self, name: str) -> Any:
        return self.fields[name].value if name in self.fields else None


@cache
def read_case(folder: Path) -> Case:
    want = json.loads((folder / "article.json").read_text(encoding="utf-8"))
    site = by_name(want["site"])
    assert site is not None
    page = Document((folder / "page.html").read_text(encoding="utf-8"), want["url"])
    return Case(site, want, profile_read(page, site))


@pytest.fixture(params=CASES, ids=lambda path: path.name)
def case(request: pytest.FixtureRequest) -> Case:
    return read_case(request.param)


def moment(value: Any) -> list[str] | None:
    return [value.at.isoformat(), value.text] if value else None


def test_the_site_is_known_by_its_host(case: Case) -> None:
    assert site_for_url(case.want["url"]) is case.site
    assert case.site.is_article(case.want["url"])


def test_the_identity(case: Case) -> None:
    assert case.site.identity(case.want["url"]) == case.want["key"]


@pytest.mark.parametrize("name", ["headline", "section", "language", "reading_minutes", "corrected", "publisher"])
def test_a_plain_field(case: Case, name: str) -> None:
    assert case.value(name) == case.want[name]


@pytest.mark.parametrize("name", ["tags", "authors"])
def test_a_list(case: Case, name: str) -> None:
    assert list(case.value(name) or ()) == case.want[name]


@pytest.mark.parametrize("name", ["published", "modified", "event"])
def test_a_date_in_utc_with_its_text_as_written(case: Case, name: str) -> None:
    assert moment(case.value(name)) == case.want[name]


def test_the_body_is_what_a_reader_reads(case: Case) -> None:
    assert [block.text for block in case.value("body")] == case.want["body"]


def test_the_picture_with_alt_and_credit(case: Case) -> None:
    image = case.value("image")
    assert ([image.url, image.alt, image.credit] if image else None) == case.want["image"]


def test_the_links_of_every_box(case: Case) -> None:
    links = [link.model_dump(mode="python") for link in case.value("links") or ()]
    for link in links:
        link["shown_at"] = link["shown_at"] and link["shown_at"].isoformat()
    assert links == case.want["links"]


def test_every_value_says_where_it_was_found(case: Case) -> None:
    kinds = ("profile", "json-ld:", "opengraph:", "meta:", "html:")
    assert all(found.source.startswith(kinds) for found in case.fields.values())


def test_the_layout_is_the_expected_one(case: Case) -> None:
    check_layout(case.fields, case.site, case.want["url"])
