"""What pages of many kinds were read wrongly for: texts, names, titles and boxes."""

from __future__ import annotations

import pytest

from workers.core.article import Article
from workers.core.language import detect
from workers.core.link import Label
from workers.sites.generic.phrases import is_furniture_line
from workers.sites.read import read_page

URL = "https://courier.example/town/ferry-4711"
SENTENCES = [f"Sentence {n}: the ferry goes again after a winter of repairs to its engine." for n in range(5)]
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def read(body: str, head: str = "", lang: str = "en", url: str = URL) -> Article:
    page = f"<html lang={lang}><head>{head}</head><body>{body}</body></html>"
    return read_page(page.encode(), url)


def texts(article: Article) -> list[str]:
    return [block.text for block in article.body]


@pytest.mark.parametrize("lead", ["<div class=lead>{0}</div>", "<p class=lead>{0}</p>"])
def test_a_text_goes_on_after_a_label_although_its_lead_stands_apart(lead: str) -> None:
    first = lead.format("The old ferry has crossed the river for the first time since last winter's great flood.")
    label = "<p><b>Also read:</b> <a href=/other-story-about-bridges>The bridge that nobody wanted</a></p>"
    body = f"<div class=artbody>{TEXT}{label}<p>The last word is the captain's, he says.</p></div>"
    assert texts(read(f"<h1>Ferry goes</h1>{first}{body}"))[-1] == "The last word is the captain's, he says."


def test_a_preview_for_subscribers_is_text() -> None:
    parts = f"<div class=subscriber-preview><p>{SENTENCES[0]}</p></div>"
    parts += "".join(f"<div class=subscriber-only><p>{sentence}</p></div>" for sentence in SENTENCES[1:])
    assert texts(read(f"<h1>Ferry goes</h1><div class=asset-content>{parts}</div>")) == SENTENCES


def test_what_is_hidden_by_its_name_and_empty_joiners_are_no_text() -> None:
    hidden = "<div class=w-condition-invisible><p>This text is shown to readers in other countries alone.</p></div>"
    assert texts(read(f"<article><h1>Ferry goes</h1>{hidden}<p>&zwj;</p>{TEXT}</article>")) == SENTENCES


def test_the_number_of_a_note_is_no_part_of_the_word_before_it() -> None:
    note = "<p>It has not gone since the year 2019<a href=#note-1><sup>[1]</sup></a>, and was missed by 3 towns.</p>"
    assert texts(read(f"<article><h1>Ferry goes</h1>{TEXT}{note}</article>"))[-1].startswith(
        "It has not gone since the year 2019, and"
    )


def test_a_number_that_leads_to_a_place_on_the_page_may_be_a_word() -> None:
    line = "<p>Under article <a href=#a5>5</a> of the treaty, all <a href=#s>32</a> states help, the minister said.</p>"
    read_last = texts(read(f"<article><h1>Ferry goes</h1>{TEXT}{line}</article>"))[-1]
    assert read_last == "Under article 5 of the treaty, all 32 states help, the minister said."


def test_a_date_at_the_start_of_a_short_text_is_none_of_it() -> None:
    news = "<span class=news-date-time>04.03.2026 18:27</span>The ferry goes again, the town said on Wednesday."
    other = "<h3>Latest</h3><p><span class=news-date-time>02.03.2026</span> <a href=/s-50122/>Garden opened</a></p>"
    article = read(f"<h1>Ferry goes</h1><div class=news-detail>{news}<br></div>{other}")
    assert texts(article) == ["The ferry goes again, the town said on Wednesday."]
    assert article.published is not None
    assert article.published.text.startswith("04.03.2026 18:27")


def test_who_wrote_it_and_where_it_appeared_end_a_text() -> None:
    after = "<h2>Published in The Slow Bench</h2><p>Essays that take their time, from people who make things.</p>"
    after += "<h2>Written by Ann Brown</h2><p>Ann repairs clocks and writes about the weather in her town.</p>"
    assert texts(read(f"<article><h1>Ferry goes</h1>{TEXT}{after}</article>")) == SENTENCES


@pytest.mark.parametrize(
    "byline",
    [
        "<p>By <a rel=author href=/author/ann/>Ann Brown</a> and <a rel=author href=/author/b/>Bob Green</a></p>",
        "<p>by <span itemprop=author>Ann Brown</span>, <span itemprop=author>Bob Green</span></p>",
        "<p class=meta><a href=/author/ann>Ann Brown</a> &amp; <a href=/author/bob>Bob Green</a></p>",
    ],
)
def test_all_authors_of_one_byline_are_named(byline: str) -> None:
    assert read(f"<article><h1>Ferry goes</h1>{byline}{TEXT}</article>").authors == ("Ann Brown", "Bob Green")


def test_who_reviewed_it_is_no_author() -> None:
    byline = (
        "<p>By <a rel=author href=/author/ann/>Ann Brown</a> Reviewed by <a rel=author href=/author/b/>Bob Green</a>"
    )
    assert read(f"<article><h1>Ferry goes</h1>{byline}{TEXT}</article>").authors == ("Ann Brown",)


def test_a_word_for_by_is_no_name() -> None:
    byline = "<div class=td-author-by>بواسطة</div> <a href=/author/nadine/>نادين الشامي</a>"
    assert read(f"<article><h1>Ferry goes</h1>{byline}{TEXT}</article>").authors == ("نادين الشامي",)


@pytest.mark.parametrize("mark", ["_", "-", " | ", "｜"])
def test_a_title_without_spaces_is_cut_at_the_mark_before_its_site(mark: str) -> None:
    head = f"<title>修伞铺搬进地铁站{mark}青石新闻网</title>"
    assert read(f"<h1>修伞铺搬进地铁站</h1>{TEXT}", head, "zh").headline == "修伞铺搬进地铁站"


def test_bulgarian_is_told_from_russian_by_its_letters() -> None:
    assert detect("Старият часовник на площада в града отново бие, след като майсторът смени съкратения вал.") == "bg"
    assert detect("Мельница на реке снова работает после ремонта, объявил её хозяин в четверг.") == "ru"
    assert detect("Новиот мост преку реката е отворен, а куќите крај неа се спасени, рече градоначалникот.") is None


def test_boxes_in_menus_and_tabs_are_found() -> None:
    links = "<ul><li><a href=/a-long-story-about-harbours-17>A story about harbours</a></ul>"
    nav = f"<nav><h2>Related content</h2>{links}</nav>"
    tabs = f"<div><h4><a href=#>RELATED ARTICLES</a><a href=#>MORE FROM AUTHOR</a></h4>{links}</div>"
    for box in (nav, tabs):
        article = read(f"<article><h1>Ferry goes</h1>{TEXT}</article>{box}")
        found = [(link.label, link.headline) for link in article.links]
        assert found == [(Label.MORE_ABOUT, "A story about harbours")]


@pytest.mark.parametrize(
    "line",
    [
        "The data regulator fined a web shop because its partners store cookies without consent, it said.",
        "“Follow us,” the rescuers shouted to the people on the roof, and all of them did.",
        '"Read more," the minister told the pupils of the old school on Tuesday.',
    ],
)
def test_sentences_that_sound_like_furniture_are_none(line: str) -> None:
    assert not is_furniture_line(line)
