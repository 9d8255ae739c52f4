"""The headline among the titles of a page: the visible one, the one for feeds, the site's name, another article's."""

from __future__ import annotations

import json

import pytest

from workers.sites.read import read_page

URL = "https://courier.example/2026/03/ferry"
TEXT = "<p>The ferry across the river goes again after a winter of repairs.</p>" * 5


def headline(body: str, *, title: str = "", told: str = "", story: dict[str, str] | None = None) -> str | None:
    head = f"<title>{title}</title>" + (f'<meta property="og:title" content="{told}">' if told else "")
    if story:
        head += f'<script type="application/ld+json">{json.dumps(story)}</script>'
    html = f"<html lang=en><head>{head}</head><body>{body}<article>{TEXT}</article></body></html>"
    return read_page(html.encode(), URL).headline


@pytest.mark.parametrize("tail", ["| The Courier Online", "| Region", "| Region | Courier of the Lower Valley"])
def test_what_stands_behind_a_bar_is_no_part_of_the_title(tail: str) -> None:
    assert (
        headline("", title=f"The ferry across the river goes again {tail}") == "The ferry across the river goes again"
    )


def test_a_long_part_behind_a_bar_is_part_of_the_title() -> None:
    assert headline("", title="Ferry | Ships go again after the winter") == "Ferry | Ships go again after the winter"


def test_a_heading_that_leads_to_the_front_page_is_the_sites_name() -> None:
    site = '<h1><a href="/">River Notes</a></h1>'
    assert (
        headline(site, title="River Notes: The ferry goes again", told="The ferry goes again") == "The ferry goes again"
    )


@pytest.mark.parametrize("title", ["River Notes: The ferry goes again", "The ferry goes again - Notes of a River"])
def test_the_part_of_a_title_that_a_smaller_heading_shows_is_the_headline(title: str) -> None:
    site, post = '<h1><a href="/">Notes</a></h1>', "<h3>The ferry goes again</h3>"
    assert headline(site + post, title=title) == "The ferry goes again"
    assert headline(site, title=title) == title
    column = "River Royal - All that is new on, above and under the water of the river"
    assert headline("<h2>River Royal</h2>", title=column) == column


@pytest.mark.parametrize("shown", ["<b>{}</b>", "<div class=eTitle>{}</div>", "<div class=post-title><i>{}</i></div>"])
@pytest.mark.parametrize("title", ["River Notes - {}", "{} - Notes of a River"])
def test_what_no_heading_shows_may_stand_in_bold_letters_or_in_what_is_called_a_title(shown: str, title: str) -> None:
    own, more = "The ferry goes again after a winter", "<b>River Notes</b><b>Notes of a River</b>"
    assert headline(more + shown.format(own), title=title.format(own)) == own
    assert headline(more, title=title.format(own)) == title.format(own)
    assert headline("<b>river-notes.example</b>", title="river-notes.example » Ada Marsh").endswith("Ada Marsh")


def test_a_headline_in_bold_letters_and_the_day_below_it_are_no_text() -> None:
    top = "<font size=5><b>The ferry goes again</b></font><br><font size=1>27.11.2026, Ada Marsh</font>"
    text = "The ferry across the river goes again after a winter of repairs, as the town has told. " * 3
    html = f"<title>The ferry goes again</title><td>{top}<br><br>{text}<br><br>{text}</td>"
    article = read_page(f"<html lang=en><table>{html}</table></html>".encode(), URL)
    assert [block.text for block in article.body] == [text.strip()]
    assert article.published is not None and f"{article.published.at:%d.%m.%Y}" == "27.11.2026"


def test_a_heading_that_leads_to_another_article_is_not_the_headline() -> None:
    body = '<h1><a href="/2026/03/bridge">Ferry and bridge: what goes</a></h1><h1>Ferry across the river goes</h1>'
    assert headline(body, told="Ferry and bridge at the river") == "Ferry across the river goes"


def test_a_heading_that_leads_to_the_article_itself_is_the_headline() -> None:
    assert (
        headline(f'<h1><a href="{URL}#top">The ferry goes again</a></h1>', told="Ferry goes") == "The ferry goes again"
    )


def test_the_only_heading_is_the_headline_where_it_is_a_sentence() -> None:
    sentence = "After a long winter, ships cross our river once more"
    assert headline(f"<h1>{sentence}</h1>", told="Ferry: timetable and fares") == sentence


def test_a_sentence_is_not_the_headline_where_another_heading_is_what_the_head_says() -> None:
    quote = "<h1>After a long winter we were all so very glad</h1><h2>Ferry: timetable and fares</h2>"
    assert headline(quote, told="Ferry: timetable and fares") == "Ferry: timetable and fares"


def test_news_have_the_headline_for_feeds_unless_that_is_only_the_title() -> None:
    story = {"@type": "NewsArticle", "headline": "The ferry goes again"}
    shown = "<h1>The ferry goes again</h1>"
    assert (
        headline(shown, told="Ships cross the river", title="The ferry goes again", story=story)
        == "Ships cross the river"
    )
    assert headline(shown, told="River ferry news", title="River ferry news", story=story) == "The ferry goes again"


def test_rules_of_style_inside_a_heading_are_not_read() -> None:
    assert headline("<h1><style>.a{color:red}</style>The ferry goes again</h1>") == "The ferry goes again"


def test_a_title_that_ends_at_the_colon_of_the_headline_is_cut() -> None:
    whole = "The ferry goes again: it had slept all winter"
    story = {"@type": "NewsArticle", "headline": whole}
    assert headline(f"<h1>{whole}</h1>", title=whole, told="The ferry goes again", story=story) == whole


def test_a_lesser_heading_tells_where_the_sites_name_begins_if_there_is_no_other() -> None:
    site = "The ferry goes again - Island Notes"
    assert headline("<h2>The ferry goes again</h2>", title=site, told=site) == "The ferry goes again"


def test_a_smaller_heading_is_the_headline_where_the_largest_names_the_section() -> None:
    shown = "<h1>Press room</h1><h2>The ferry goes again after the winter</h2>"
    title = "The ferry goes again after the winter - Ministry of Rivers"
    assert headline(shown, title=title) == "The ferry goes again after the winter"


@pytest.mark.parametrize("front", ["/index.php", "/index.html#top", "https://www.courier.example/default.aspx"])
def test_a_heading_that_leads_to_the_file_of_the_front_page_is_the_sites_name(front: str) -> None:
    site, post = f'<h1><a href="{front}">Notes of a River</a></h1>', "<h3>The ferry goes again</h3>"
    assert headline(site + post, title="The ferry goes again » Notes of a River") == "The ferry goes again"
    own = '<h1><a href="/index.php?newsid=12">The ferry goes again</a></h1>'
    assert headline(own, title="The ferry goes again » Notes of a River") == "The ferry goes again"


def test_a_smaller_heading_is_the_headline_where_the_title_names_the_section_alone() -> None:
    site = "<h1><a href=/>River Notes</a></h1><h2>News</h2>"
    named = '<h3 id="PostDetailTitle">The ferry goes again</h3>'
    assert headline(site + named, title="River Notes - News") == "The ferry goes again"
    linked = "<figure><figcaption><h3><a href='#'>The ferry goes again</a></h3></figcaption></figure>"
    assert headline(site + linked, title="News") == "The ferry goes again"
    two = f"{named}<h3 class=title>The bridge is closed again</h3>"
    assert headline(site + two, title="River Notes - News") != "The ferry goes again"
    other = "<h3 class=title><a href=/2026/03/bridge>The bridge is closed again</a></h3>"
    assert headline(site + other, title="News") == "News"


def test_the_title_is_the_headline_though_another_heading_is_called_a_title() -> None:
    box = "<h3 class=widget-title>What our readers write us</h3>"
    assert headline(box, title="The ferry goes again", told="The ferry goes again") == "The ferry goes again"
