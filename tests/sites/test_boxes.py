"""Boxes by their visible headings, local stamps and the language of a text: small pages, one thing each."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.core.language import detect
from workers.core.link import Label
from workers.sites.boxes import boxes_by_heading
from workers.sites.known import SITES
from workers.sites.lists.listings import read_listing
from workers.sites.page.document import Document
from workers.sites.profile import profile_read
from workers.sites.profiles.interfax import interfax_ukraine
from workers.sites.stamps import cut_stamp, find_stamp

URL = "https://x.example/story/1"
HEADINGS = {Label.LATEST: ("LATEST", "Останнє"), Label.MORE_ABOUT: ("MORE ABOUT",)}
read_boxes = boxes_by_heading(HEADINGS, article=r"^/story/\d+$", around="article")


def boxes(html: str) -> list[tuple[str, str, str | None, str | None]]:
    found = read_boxes(Document(f"<html><body>{html}</body></html>", URL))
    return [(item.label, item.url[-2:], item.headline, item.shown_text) for item in (found.value if found else ())]


LINK = '<a href="/story/{0}">Headline {0}</a>'
A, B = LINK.format(2), LINK.format(3)


@pytest.mark.parametrize(
    "html",
    [
        f"<h2>LATEST</h2>{A}",
        f"<div><h4><span>LATEST</span></h4></div><div>{A}</div>",
        f"<div><div><div>Latest:</div></div><section><ul><li>{A}</li></ul></section></div>",
        f"<h3><b>LAT</b>EST</h3><p>{A}</p>",
        f"<div>LATEST<ul><li>{A}</li></ul></div>",
        f"<table><tr><td>Останнє »</td></tr><tr><td>{A}</td></tr></table>",
        f'<p><a href="/latest">ОСТАННЄ</a></p><p>{A}</p>',
    ],
)
def test_a_box_is_found_whatever_holds_its_heading(html: str) -> None:
    assert boxes(html) == [("latest", "/2", "Headline 2", None)]


@pytest.mark.parametrize(
    "html",
    [
        f"<nav><b>LATEST</b>{A}</nav>",
        f"<p>LATEST</p><footer>{A}</footer>",
        f"<p>LATEST</p><article>{A}</article>",
        f"<p>The LATEST of all words</p>{A}",
        '<p>LATEST</p><a href="/rules">Rules</a><a href="https://y.example/">Elsewhere</a><a>Nowhere</a>',
    ],
)
def test_what_is_no_box_gives_no_items(html: str) -> None:
    assert boxes(html) == []


@pytest.mark.parametrize(
    "heading", ["<h3><b>LAT</b>EST</h3>", "<h3>LATEST</h3>", "<h3><i>LATEST</i> of all</h3>", "<h2>MORE ABOUT</h2>"]
)
def test_a_heading_hides_no_other_that_is_none_of_the_tags_for_it(heading: str) -> None:
    assert ("latest", "/3", "Headline 3", None) in boxes(
        f"<section>{heading}{A}</section><section><div>LATEST</div>{B}</section>"
    )


def test_a_box_ends_at_the_next_heading() -> None:
    assert boxes(f"<h2>MORE ABOUT</h2>{A}<h2>LATEST</h2>{B}") == [
        ("more_about", "/2", "Headline 2", None),
        ("latest", "/3", "Headline 3", None),
    ]


def test_an_empty_box_takes_nothing_from_its_neighbour() -> None:
    assert boxes(f"<div><h2>MORE ABOUT</h2></div><div><h2>LATEST</h2>{B}</div>") == [
        ("latest", "/3", "Headline 3", None)
    ]


@pytest.mark.parametrize(
    "html",
    [
        f"<i>20:40 31.05.2024</i>{A}<i>20:41 31.05.2024</i>{B}",
        f"{A}<i>20:40 31.05.2024</i>{B}<i>20:41 31.05.2024</i>",
        f"<p>{A} <b>20:40</b><b>31.05.2024</b></p><p>{B} <b>20:41</b><b>31.05.2024</b></p>",
        '<a href="/story/2">20:40 31.05.2024 Headline 2</a><a href=/story/3><p>Headline 3</p>20:41 31.05.2024</a>',
    ],
)
def test_a_stamp_belongs_to_its_headline_before_or_after_it(html: str) -> None:
    assert boxes(f"<h2>LATEST</h2><div>{html}</div>") == [
        ("latest", "/2", "Headline 2", "20:40 31.05.2024"),
        ("latest", "/3", "Headline 3", "20:41 31.05.2024"),
    ]


def test_a_headline_said_twice_or_by_its_picture_is_one() -> None:
    picture = '<a href="/story/2"><img alt="Headline 2"></a>'
    twice = '<a href="/story/3"><p>Headline 3</p><p>Headline 3</p></a>'
    assert [item[2] for item in boxes(f"<h2>LATEST</h2>{picture}{A}{twice}{picture}")] == ["Headline 2", "Headline 3"]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("20:23 31.05.2024", datetime(2024, 5, 31, 17, 23, tzinfo=UTC)),
        ("09:15 30.01.2025", datetime(2025, 1, 30, 7, 15, tzinfo=UTC)),
        ("31.05.2024, 20:23", datetime(2024, 5, 31, 17, 23, tzinfo=UTC)),
        ("03:30 27.10.2024", datetime(2024, 10, 27, 0, 30, tzinfo=UTC)),
        ("12:00 01.01.2031", datetime(2031, 1, 1, 10, 0, tzinfo=UTC)),
    ],
)
def test_a_stamp_is_kyiv_time_also_far_ahead_and_in_the_hour_that_comes_twice(text: str, at: datetime) -> None:
    found = find_stamp(f"Facts {text} more", "Europe/Kyiv")
    assert found is not None
    assert (found.at, found.text) == (at, text)


@pytest.mark.parametrize(
    "text", ["25:00 31.05.2024", "20:23 31.13.2024", "20:23", "31.05.2024", "00:00 01.01.0001", ""]
)
def test_what_is_no_moment_is_no_stamp(text: str) -> None:
    assert find_stamp(text, "Europe/Kyiv") is None


def test_a_stamp_is_cut_only_from_the_ends_of_a_text() -> None:
    assert cut_stamp("20:23 31.05.2024 | Rain") == ("20:23 31.05.2024", "Rain")
    assert cut_stamp("Rain at 20:23 31.05.2024 again") == (None, "Rain at 20:23 31.05.2024 again")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mill on the river has resumed work after a repair.", "en"),
        ("Млин на річці знову працює після ремонту.", "uk"),
        ("Мельница на реке снова работает после ремонта, объявил хозяин.", "ru"),
        ("Вода та хата за селом не про нас", "uk"),
        ("Die Mühle am Fluss arbeitet nach der Reparatur wieder.", None),
        ("Млын на рацэ зноў працуе, сказаў гаспадар млына.", None),
        ("12:00", None),
    ],
)
def test_the_language_is_told_by_letters_and_small_words(text: str, language: str | None) -> None:
    assert detect(text) == language


_MARKUP = ["<div>", "</div>", "<p>", "<br>", "<b>", "<table><tr><td>", "<svg>", "<h1>", "</h1>", "</a>", "<!--", "["]
PIECES = st.one_of(
    st.sampled_from(_MARKUP),
    st.sampled_from(['{"a":1', "}", "&#x110000;", "</script>"]),
    st.sampled_from(["MORE ABOUT", "LATEST", "20:23 31.05.2024", "Photo: x", "2 min read", "Tags: #a", "\0", "\ud800"]),
    st.sampled_from(
        ["<article class=article-content-view>", "<div class=article-content>", "<base href='http://[::1'>"]
    ),
    st.sampled_from(["<a href='/news/general/700001.html'>", "<script type='application/ld+json'>", "words "]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_markup_makes_a_profile_or_a_listing_fail(html: str) -> None:
    for site in SITES:
        page = Document(html, f"https://{site.hosts[0]}/news/general/700001.html")
        profile_read(page, site)
        read_listing(page, site)


def test_the_body_of_a_page_is_never_taken_from_its_boxes() -> None:
    html = """<article class="article-content-view"><h1>Rain</h1><div class="article-content"><p>It rained.</p>
    <b>LATEST</b><p><a href="/news/general/700002.html">Sun</a></p></div></article>"""
    fields = profile_read(Document(html, "https://en.interfax.com.ua/news/general/700001.html"), interfax_ukraine)
    assert [block.text for block in fields["body"].value] == ["It rained."]
    assert [(link.label, link.headline) for link in fields["links"].value] == [("latest", "Sun")]


def test_a_marker_that_stands_alone_marks_the_article_and_is_no_text() -> None:
    html = """<article class="article-content-view"><h1>Дощ</h1><div class="article-content"><p>Падав дощ.</p>
    <p>(Оновлено)</p></div></article>"""
    fields = profile_read(Document(html, "https://interfax.com.ua/news/general/700001.html"), interfax_ukraine)
    assert [block.text for block in fields["body"].value] == ["Падав дощ."]
    assert fields["corrected"].value is True


def test_a_box_in_the_column_before_the_article_takes_nothing_from_it() -> None:
    html = """<body><div><b>LATEST</b><p>20:59 01.04.2025</p>
    <a href="/news/general/700002.html">The sun is out</a></div>
    <div><h3>Facts</h3><p>14:05 02.04.2025</p><h1>It rains again</h1><p>2 min read</p><p>Rain fell on the town.</p>
    <p>Tags: #rain</p><b>HOT NEWS</b><p><a href="/news/general/700003.html">A rainbow</a></p></div></body>"""
    page = Document(html, "https://en.interfax.com.ua/news/general/700001.html")
    fields = profile_read(page, interfax_ukraine)
    assert [block.text for block in fields["body"].value] == ["Rain fell on the town."]
    assert fields["published"].value.text == "14:05 02.04.2025"
    assert (fields["reading_minutes"].value, fields["tags"].value) == (2, ("rain",))
    links = [(link.label, link.headline, link.shown_text) for link in fields["links"].value]
    assert links == [("latest", "The sun is out", "20:59 01.04.2025"), ("hot_news", "A rainbow", None)]
