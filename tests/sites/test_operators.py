"""The operators of a profile one by one: lists, filters, cuts, versions."""

from __future__ import annotations

import pytest

from workers.core.errors import BadInput
from workers.sites.blocks import paragraphs
from workers.sites.operators import at, attrs, led_by, matching, other_than, picture, published_in, replaced, split
from workers.sites.page.document import Document
from workers.sites.profile import profile_read
from workers.sites.reader import Reader, Readers
from workers.sites.readers import meta, text, texts
from workers.sites.site import Layout, Site

PAGE = """<html><head><meta name="keywords" content="bridge, river;  bridge">
<meta property="og:image" content="/og.jpg">
</head><body><i data-id="" data-key="a">x</i><i data-id="b">y</i><i data-key="a">z</i>
<time>5 March 2026, 10:05</time><p class="by">Author: A. Writer</p>
<figure class="none"></figure>
<figure class="lead"><img src="data:image/gif;base64,R0" data-src="/lead.jpg" alt="A bridge">
<figcaption>The bridge at dawn</figcaption></figure>
<div class="story"><p>By the desk</p><hr class="begin">
<p>One.</p>loose text<div><p>Two.</p><b class="end">Ad</b><p>Three.</p></div>
<p>Four.</p> and a loose end</div></body></html>"""


def page(html: str = PAGE) -> Document:
    return Document(html, "https://x.example/p/1.html")


def value(reader: Reader[object], document: Document | None = None) -> object:
    found = reader(document or page())
    return found.value if found else None


def body(**cuts: str) -> list[str]:
    found = paragraphs("div.story", **cuts)(page())
    return [block.text for block in found.value] if found else []


def test_lists_of_attributes_take_the_first_that_is_not_empty() -> None:
    assert value(attrs("i", "data-id", "data-key")) == ("a", "b")
    assert value(attrs("i", "title")) is None


def test_texts_are_filtered() -> None:
    assert value(split(meta("keywords"))) == ("bridge", "river")
    assert value(replaced(text("p.by"), r"^(Author): ", r"\1 = ")) == "Author = A. Writer"
    assert value(matching(texts("i"), "[xy]")) == ("x", "y")
    assert value(other_than(texts("i"), "[xy]")) == ("z",)
    assert value(other_than(texts("i"), "[xyz]")) is None


@pytest.mark.parametrize("by", [r"\9", r"\g<name>", r"\q", "\\"])
def test_what_cannot_replace_a_pattern_fails_when_the_profile_is_built(by: str) -> None:
    for expression in ("(C)", "(?x) C # a letter"):
        with pytest.raises(BadInput, match="Name only groups that it has"):
            replaced(text("h1"), expression, by)


def test_dates_are_read_in_the_zone_of_the_site() -> None:
    found = at(text("time"), "Europe/Kyiv")(page())
    assert found is not None
    assert found.value.at.isoformat() == "2026-03-05T08:05:00+00:00"
    assert published_in("Europe/Kyiv", text("time"))(page()) == found


def test_a_body_can_be_cut_before_and_after_an_element() -> None:
    assert body() == ["By the desk", "One.", "loose text", "Two.", "Ad", "Three.", "Four.", "and a loose end"]
    assert body(after=".begin") == ["One.", "loose text", "Two.", "Ad", "Three.", "Four.", "and a loose end"]
    assert body(before=".end") == ["By the desk", "One.", "loose text", "Two."]
    assert body(after=".begin", before=".end") == ["One.", "loose text", "Two."]
    assert body(after=".end", before=".begin") == ["Three.", "Four.", "and a loose end"], "only what follows ends it"
    assert len(body(after=".missing", before=".missing")) == 8


def test_a_lead_above_the_body_is_its_first_paragraph_once() -> None:
    above = led_by(text("p.by"), paragraphs("div.story", before=".end"))(page())
    assert above is not None
    assert [block.text for block in above.value][:2] == ["Author: A. Writer", "By the desk"]
    same = led_by(text("div.story p"), paragraphs("div.story"))(page())
    assert same is not None
    assert [block.text for block in same.value][:2] == ["By the desk", "One."]


def test_a_picture_that_loads_late_is_found_with_its_caption() -> None:
    found = picture("figure.none", "figure.lead")(page())
    assert found is not None
    image = found.value
    assert (image.url, image.alt, image.caption) == ("https://x.example/lead.jpg", "A bridge", "The bridge at dawn")
    fallback = picture("figure.none")(page())
    assert fallback is not None
    assert (fallback.value.url, fallback.source) == ("https://x.example/og.jpg", "opengraph:image")


def layout(name: str) -> Readers:
    return Readers(headline=text(f"h1.{name}"), published=at(text("time"), "UTC"))


REDESIGNED = Site(
    name="x",
    hosts=("x.example",),
    readers=layout("new"),
    requires=("headline",),
    older=(Layout("2025-01-01", layout("old")), Layout("2020-01-01", layout("oldest"))),
)


@pytest.mark.parametrize(
    ("name", "day", "found"),
    [
        ("new", "2026-03-05", True),
        ("new", "2024-03-05", True),  # an old article in the new layout
        ("old", "2024-03-05", True),
        ("oldest", "2019-03-05", True),
        ("oldest", "2024-03-05", False),
        ("old", "2026-03-05", False),  # the old layout cannot come back: this must be a change
        ("other", "2019-03-05", False),
    ],
)
def test_an_earlier_layout_reads_what_was_published_while_it_was_valid(name: str, day: str, found: bool) -> None:
    saved = page(f"<h1 class='{name}'>The river rose</h1><time>{day}</time>")
    assert ("headline" in profile_read(saved, REDESIGNED)) is found


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ('<meta property="article:published_time" content="2024-03-05T10:00:00Z">', True),
        ('<h1 class="old">The river rose</h1><p>5 March 2024, 10:05</p>', True),
        ('<meta property="article:published_time" content="2026-03-05T10:00:00Z">', False),
        ("", False),
    ],
)
@pytest.mark.parametrize("published", [None, text("i")])
def test_a_version_that_finds_no_date_is_told_by_that_of_the_generic_reader(
    when: str, found: bool, published: Reader[str] | None
) -> None:
    date = at(published, "UTC") if published else None
    old = Layout("2025-01-01", Readers(headline=text("h1.old"), published=date))
    site = REDESIGNED.replace(older=(old,))
    fields = profile_read(page(f"{when}<h1 class='old'>The river rose</h1>"), site)
    assert ("headline" in fields) is found
    assert ("published" in fields) is found, "which the article has too"


def test_a_version_without_a_date_and_without_help_fails_when_the_profile_is_built() -> None:
    old = Layout("2025-01-01", Readers(headline=text("h1.old")))
    with pytest.raises(BadInput, match="no page would be of that layout"):
        REDESIGNED.replace(older=(old,), alone=("published",))


def test_a_version_must_end_on_a_day_and_read_what_is_required() -> None:
    with pytest.raises(BadInput, match="no day"):
        Layout("last autumn", layout("old"))
    with pytest.raises(BadInput, match="requires headline"):
        REDESIGNED.replace(older=(Layout("2025-01-01", Readers()),))
