"""Articles in the forms of others: the names of their fields, and that nothing in a text does harm there."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from workers.core.article import Article, Block, BlockKind, Image, Moment, Precision
from workers.core.exports import CSV_COLUMNS, FORMATS, Exported, cell, csv_lines
from workers.core.jsonld import news_article
from workers.core.link import Label, Link
from workers.core.ninjs import item
from workers.core.steering import STEERING, json_line

# The properties that ninjs 3.0 knows, as far as we use it: name → those of its items.
NINJS: dict[str, set[str]] = {
    **{
        name: set()
        for name in ("uri", "type", "representationType", "pubStatus", "version", "language", "by", "edNote")
    },
    **{name: set() for name in ("contentCreated", "versionCreated")},
    "standard": {"name", "version", "schema"},
    "headlines": {"role", "contentType", "value"},
    "descriptions": {"role", "contentType", "value"},
    "bodies": {"role", "contentType", "charCount", "wordCount", "value"},
    "people": {"name", "rel", "uri", "literal"},
    "subjects": {"name", "rel", "uri", "literal"},
    "infoSources": {"name", "role", "uri", "literal"},
    "altIds": {"role", "value"},
    "renditions": {"name", "href"},
    "associations": {"name", "rel"},
}
# What schema.org has for a NewsArticle, of its own and from Article, CreativeWork and Thing.
SCHEMA_ORG = {
    *("@context", "@type", "@id", "identifier", "url", "mainEntityOfPage", "headline", "description", "articleBody"),
    *("articleSection", "keywords", "author", "publisher", "inLanguage", "datePublished", "dateModified", "image"),
    *("temporalCoverage", "timeRequired", "correction", "isAccessibleForFree", "relatedLink", "isPartOf"),
}


def full() -> Article:
    """An article that has every field."""
    return Article(
        site="demo",
        key="id:77",
        url="https://news.test/a/77.html",
        canonical_url="https://news.test/news/77.html",
        headline="Grain & <steel>",
        lead="The lead",
        body=(
            Block(text="First < second"),
            Block(text="Heading", kind=BlockKind.HEADING),
            Block(text="one", kind=BlockKind.ITEM),
            Block(text="two", kind=BlockKind.ITEM),
            Block(text="He said", kind=BlockKind.QUOTE),
            Block(text="three", kind=BlockKind.ITEM),
        ),
        section="Economy",
        tags=("#GRAIN", "#STEEL"),
        authors=("Ann Lee", "Bo Ek"),
        language="en",
        published=Moment(
            at=datetime(2026, 3, 4, 10, 5, tzinfo=UTC), text="12:05 04.03.2026", precision=Precision.MINUTE
        ),
        modified=Moment(at=datetime(2026, 3, 5, tzinfo=UTC), text="5 March 2026", precision=Precision.DAY),
        event=Moment(at=datetime(2026, 3, 9, 8, 0, tzinfo=UTC), text="10:00 09.03.2026"),
        reading_minutes=3,
        image=Image(url="https://img.test/1.jpg", alt="A field", caption="In May", credit="https://photo.test"),
        corrected=True,
        paywalled=False,
        publisher="Demo Wire",
        links=(
            Link(url="https://news.test/news/1.html", label=Label.MORE_ABOUT, headline="Earlier"),
            Link(url="https://news.test/news/2.html", label=Label.LATEST, headline="Unrelated"),
        ),
    )


def bare() -> Article:
    return Article(site="s", key="k", url="https://news.test/", headline="H", body=())


def _unknown_names(found: dict[str, Any]) -> set[str]:
    unknown = set(found) - set(NINJS)
    for name in set(found) & set(NINJS):
        for value in found[name] if isinstance(found[name], list) else [found[name]]:
            if name == "associations":
                unknown |= _unknown_names({key: part for key, part in value.items() if key not in NINJS[name]})
            elif isinstance(value, dict):
                unknown |= set(value) - NINJS[name]
    return unknown


def test_a_ninjs_item_has_only_the_names_of_ninjs() -> None:
    assert _unknown_names(item(full())) == set()
    assert _unknown_names({"headline": "x"}) == {"headline"}


def test_a_ninjs_item_of_a_bare_article_has_what_ninjs_requires_and_nothing_empty() -> None:
    found = item(bare())
    assert found["uri"] == "https://news.test/"
    assert found["type"] == "text"
    assert all(value not in (None, "", [], {}) for value in found.values())


def test_a_ninjs_item_says_who_wrote_what_about_what_and_when() -> None:
    found = item(full())
    assert found["uri"] == "https://news.test/news/77.html"
    assert found["headlines"] == [{"role": "main", "contentType": "text/plain", "value": "Grain & <steel>"}]
    assert found["contentCreated"] == "2026-03-04T10:05:00Z"
    assert found["versionCreated"] == "2026-03-05T00:00:00Z"
    assert found["by"] == "Ann Lee, Bo Ek"
    assert [(subject["rel"], subject["name"]) for subject in found["subjects"]] == [
        ("section", "Economy"),
        ("about", "#GRAIN"),
        ("about", "#STEEL"),
    ]
    assert found["altIds"] == [{"role": "demo", "value": "id:77"}]
    assert found["version"] == full().content_hash


def test_a_ninjs_item_carries_its_picture_and_its_story_but_not_the_furniture() -> None:
    picture, *related = item(full())["associations"]
    assert picture["type"] == "picture"
    assert picture["renditions"] == [{"name": "main", "href": "https://img.test/1.jpg"}]
    assert [(each["rel"], each["uri"]) for each in related] == [("related", "https://news.test/news/1.html")]


def test_the_rich_body_of_ninjs_is_well_formed_and_its_text_is_no_markup() -> None:
    plain, rich = item(full())["bodies"]
    root = ElementTree.fromstring(f"<div>{rich['value']}</div>")
    assert [element.tag for element in root] == ["p", "h2", "ul", "blockquote", "ul"]
    assert root[0].text == "First < second"
    assert [entry.text for entry in root[2]] == ["one", "two"]
    assert plain["value"].startswith("First < second\n\nHeading")


def test_json_ld_has_only_the_names_of_schema_org() -> None:
    assert set(news_article(full())) == SCHEMA_ORG
    assert set(news_article(bare())) < SCHEMA_ORG


def test_json_ld_says_what_the_article_says() -> None:
    found = news_article(full())
    assert found["@type"] == "NewsArticle"
    assert found["@context"] == "https://schema.org"
    assert found["articleBody"].split("\n\n")[2:4] == ["one", "two"]
    assert found["author"] == [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Ek"}]
    assert found["datePublished"] == "2026-03-04T10:05:00Z"
    assert found["dateModified"] == "2026-03-05"
    assert found["timeRequired"] == "PT3M"
    assert found["isAccessibleForFree"] is True
    assert found["relatedLink"] == ["https://news.test/news/1.html"]
    assert found["image"]["creditText"] == "https://photo.test"


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_form_gives_every_article(name: str) -> None:
    lines = "".join(FORMATS[name]([Exported(full()), Exported(bare(), 2, 1, 3)]))
    rows = (
        list(csv.reader(io.StringIO(lines)))[1:] if name == "csv" else [json.loads(line) for line in lines.splitlines()]
    )
    assert len(rows) == 2


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_an_export_of_nothing_is_well_formed(name: str) -> None:
    assert "".join(FORMATS[name]([])) == ("" if name != "csv" else ",".join(f'"{c}"' for c in CSV_COLUMNS) + "\r\n")


def test_jsonl_can_be_read_back_into_the_same_article() -> None:
    [line] = FORMATS["jsonl"]([Exported(full())])
    fields = {name: value for name, value in json.loads(line).items() if name not in ("group", "copies")}
    assert Article.model_validate_json(json.dumps(fields)) == full()


def test_json_ld_can_stand_in_a_script_element() -> None:
    evil = bare().model_copy(update={"headline": "</script><script>alert(1)</script>"})
    [line] = FORMATS["json-ld"]([Exported(evil)])
    assert "<" not in line
    assert json.loads(line)["headline"] == evil.headline


HOSTILE = "a\x1b[31mb\x00c\u202ed\u2066e\x9bf\u2028g\ud800h\U000e0041i"


def test_a_json_line_steers_no_terminal_and_loses_nothing() -> None:
    line = json_line({"headline": HOSTILE, "name": "Київ"})
    assert not STEERING.search(line)
    assert json.loads(line)["headline"] == HOSTILE
    assert "Київ" in line


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "－1", "\n=1", '=HYPERLINK("x")']
)
def test_a_cell_that_would_be_a_formula_is_text(text: str) -> None:
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["Grain = steel", "3 - 4", "", "'quoted'", "Київ"])
def test_a_cell_that_is_no_formula_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_a_cell_keeps_its_lines_and_loses_what_steers() -> None:
    assert cell("one\r\ntwo\x1b[0m\u202ethree\x00") == "one\ntwo[0mthree"
    assert cell(None) == ""


def test_csv_reads_back_whatever_the_text_holds() -> None:
    odd = bare().model_copy(update={"headline": 'say "x", y', "body": (Block(text="one"), Block(text="two"))})
    [header, row] = csv.reader(io.StringIO("".join(csv_lines([Exported(odd)])), newline=""))
    found = dict(zip(header, row, strict=True))
    assert tuple(header) == CSV_COLUMNS
    assert found["headline"] == 'say "x", y'
    assert found["body"] == "one\n\ntwo"
    assert found["corrected"] == "False"


@pytest.mark.parametrize(
    ("canonical", "known_by"),
    [
        ("https://news.test/news/77.html", "https://news.test/news/77.html"),
        ("https://www.news.test/news/77.html", "https://www.news.test/news/77.html"),
        ("https://other.test/their-story.html", "https://news.test/a/77.html"),
        ("https://news.test.evil.test/", "https://news.test/a/77.html"),
        ("https://news.test:8443/", "https://news.test/a/77.html"),
        (None, "https://news.test/a/77.html"),
    ],
)
def test_an_article_cannot_stand_for_one_of_another_site(canonical: str | None, known_by: str) -> None:
    article = full().model_copy(update={"canonical_url": canonical})
    assert item(article)["uri"] == news_article(article)["@id"] == known_by


def test_the_group_of_copies_is_in_every_form() -> None:
    lines = {name: "".join(form([Exported(full(), 8, 5, 2)])) for name, form in FORMATS.items()}
    assert (json.loads(lines["jsonl"])["group"], json.loads(lines["jsonl"])["copies"]) == (5, 2)
    assert {"role": "group", "value": "5"} in json.loads(lines["ninjs"])["altIds"]
    assert json.loads(lines["json-ld"])["identifier"][1]["value"] == "5"
    assert lines["csv"].splitlines()[-1].endswith('"5","2"')
