"""The generic reader: invented news in four languages and four kinds of markup, each field, without a profile."""

from __future__ import annotations

from functools import cache

import pytest
from news_pages import ENGLISH, MARKUPS, NEWS, News, bare, classic

from workers.core.article import Article, BlockKind
from workers.core.link import Label
from workers.sites.read import read_page

MORE = "Below the lamp there is a room with a table, where the keepers of the light wrote down each ship."
URL = "https://courier.example/2026/03/story-4711"
BARE = "https://courier.example/story-4711"


def read(html: str, url: str = URL) -> Article:
    return read_page(html.encode(), url)


@pytest.fixture(params=MARKUPS, ids=lambda markup: markup.__name__)
def markup(request: pytest.FixtureRequest) -> str:
    return str(request.param.__name__)


@pytest.fixture(params=NEWS, ids=lambda news: news.language)
def news(request: pytest.FixtureRequest) -> News:
    found: News = request.param
    return found


@cache
def read_news(news: News, markup: str) -> Article:
    return read(next(make for make in MARKUPS if make.__name__ == markup)(news))


@pytest.fixture
def article(news: News, markup: str) -> Article:
    return read_news(news, markup)


def test_the_headline_is_found_without_the_name_of_the_site(article: Article, news: News) -> None:
    assert article.headline == news.headline


def test_the_body_is_the_paragraphs_and_nothing_else(article: Article, news: News) -> None:
    assert tuple(block.text for block in article.body) == news.paragraphs


def test_the_day_of_publishing_is_found(article: Article, news: News) -> None:
    assert article.published is not None
    assert article.published.at.date().isoformat() == news.date[:10]


PERHAPS = '<meta name="date" content="2026-03-09"><h1>Ferry goes</h1>'
DATED = (
    "<h1>{headline}</h1><p>4 March 2026</p><p>Updated: 9 March 2026</p>",
    "<h1>{headline}</h1><p>Updated</p><p>9 March 2026</p><p>4 March 2026</p>",
    "<h1>{headline}</h1><p>4 March 2026</p><h3><a href='/x'>Another report of the day</a></h3><p>1 March 2026</p>",
)


@pytest.mark.parametrize("markup", DATED)
def test_the_date_beside_the_headline_is_not_that_of_a_change_or_of_another_article(markup: str) -> None:
    head, text = "Ferry goes again", "<p>The ferry across the river goes again after a winter of repairs.</p>" * 5
    article = read(f"<html><body><article>{markup.format(headline=head)}{text}</article></body></html>", BARE)
    assert article.published is not None
    assert article.published.at.date().isoformat() == "2026-03-04"


def test_a_name_that_sites_also_use_for_changes_yields_to_the_date_that_is_shown() -> None:
    text = "<p>4 March 2026</p>" + "<p>The ferry across the river goes again after a winter of repairs.</p>" * 5
    article = read(f"<html><body><article>{PERHAPS}{text}</article></body></html>", BARE)
    assert article.published is not None
    assert article.published.at.date().isoformat() == "2026-03-04"


def test_a_time_told_in_utc_is_kept_with_the_clock_that_readers_are_shown() -> None:
    text = "<p>3 May 2024, 00:30</p>" + "<p>The ferry across the river goes again after a winter of repairs.</p>" * 5
    meta = '<meta property="article:published_time" content="2024-05-02T21:30:00Z">'
    article = read(f"<html lang=en><head>{meta}</head><body><article><h1>Ferry goes</h1>{text}</article></body></html>")
    assert article.published is not None
    assert article.published.at.isoformat() == "2024-05-02T21:30:00+00:00"
    assert article.published.text == "3 May 2024, 00:30"


def test_the_language_is_found(article: Article, news: News) -> None:
    assert article.language == news.language


def test_the_author_is_found_where_the_page_says_it_is_one(news: News) -> None:
    assert read(classic(news)).authors == (news.author,)


def test_each_value_says_where_it_came_from() -> None:
    article = read(classic(ENGLISH))
    assert article.provenance["published"] == "json-ld:datePublished"
    assert article.provenance["body"] == "generic:text"
    assert set(article.provenance) >= {"headline", "authors", "publisher", "image", "language"}


def test_the_lead_picture_and_the_publisher_are_found() -> None:
    article = read(classic(ENGLISH))
    assert article.image is not None
    assert article.image.url == "https://courier.example/lead.jpg"
    assert article.publisher == "The Invented Courier"


def test_related_boxes_are_found_by_their_headings_in_every_language(news: News) -> None:
    links = [link for link in read(classic(news)).links if link.label is Label.MORE_ABOUT]
    assert tuple(link.headline for link in links) == news.others


def test_a_box_of_what_is_most_read_is_hot_news() -> None:
    links = [link for link in read(classic(ENGLISH)).links if link.label is Label.HOT_NEWS]
    assert len(links) == 2


def page(body: str, head: str = "") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in ENGLISH.paragraphs)
    html = (
        f"<html lang=en><head><title>{ENGLISH.headline}</title>{head}</head><body><article><h1>{ENGLISH.headline}</h1>"
    )
    return html + body.replace("TEXT", paragraphs) + "</article></body></html>"


@pytest.mark.parametrize(
    "litter",
    [
        "<p>Read more: The other lighthouse of the bay</p>",
        "<p>READ ALSO: The other lighthouse of the bay</p>",
        "<p>Sign up for our newsletter and never miss a story.</p>",
        "<p>© 2026 The Invented Courier</p>",
        "<p><a href='/other-story-of-the-bay'>The other lighthouse of the bay</a></p>",
        "<div class='social-share'><p>Share this story with the people that you know and love.</p></div>",
        "<figure><img src=a.jpg><figcaption>The lighthouse at dawn. Photo: I. Nobody</figcaption></figure>",
        "<div class='cookie-banner'><p>We and our partners store and use cookies on your device.</p></div>",
        "<div class=c-image-box__x9><p>Pictured right is the keeper of the light, with his lamp and his dog.</p></div>",
        "<aside-box class=infobox><p>Ships that carry oil have to keep four miles away from the cliff.</p></aside-box>",
        "<p>The news of the bay on your phone: join the Courier's WhatsApp channel, free of charge.</p>",
        "<p>Підписуйтеся на наш канал у Telegram, щоб нічого не пропустити з життя маяка.</p>",
        "<p>Lust auf mehr? Meldet euch hier für den Newsletter an, er kommt jeden Morgen um sechs.</p>",
        "<p>  </p><p>\u200b</p>",
    ],
)
def test_lines_that_are_no_text_are_left_out(litter: str) -> None:
    first, rest = "<p>" + ENGLISH.paragraphs[0] + "</p>", "".join(f"<p>{text}</p>" for text in ENGLISH.paragraphs[1:])
    article = read(page(first + litter + rest))
    assert tuple(block.text for block in article.body) == ENGLISH.paragraphs


@pytest.mark.parametrize("before", ["", "About ", "Korrespondentin ", "... "])
def test_who_the_author_is_is_no_text(before: str) -> None:
    told = f"<p>{before}Ilse Nobody lives by the sea, where the ferries come in, and grows beans in old boats.</p>"
    article = read(page(f"TEXT<p>{MORE}</p>{told}", "<meta name=author content='Ilse Nobody'>"))
    assert tuple(block.text for block in article.body) == (*ENGLISH.paragraphs, MORE)


@pytest.mark.parametrize(
    "said",
    [
        "The newsletter of the harbour has 4,000 subscribers, and one in ten of them reads it at sea.",
        "The president signed the law on the honours of our keepers, his office wrote on Telegram.",
        "Президент підписав указ про нагородження наших воїнів, повідомили в Telegram його канцелярії.",
        "Die Folgen für unsere Küste seien noch nicht abzusehen, schrieb das Amt jetzt auf Telegram.",
    ],
)
def test_a_text_about_a_newsletter_or_from_a_channel_is_text(said: str) -> None:
    assert said in [block.text for block in read(page(f"TEXT<p>{said}</p><p>{MORE}</p>")).body]


def test_the_article_ends_where_its_comments_begin() -> None:
    comment = "<p>" + "I have climbed these steps before and can tell everybody how fine the view is. " * 12 + "</p>"
    article = read(page(f"TEXT<h3>3 comments</h3>{comment * 3}"))
    assert tuple(block.text for block in article.body) == ENGLISH.paragraphs


def test_cards_that_are_one_link_each_are_no_text() -> None:
    blurb = "A few lines that say what the other story is about, as long as those of the article and without a link."
    card = f"<div class=item><a href=/other-story><h3>The other lighthouse of the bay</h3><div>{blurb}</div></a></div>"
    article = read(page(f"<div>TEXT</div><div class=list>{card * 6}</div>"))
    assert tuple(block.text for block in article.body) == ENGLISH.paragraphs


def test_an_anchor_without_an_address_links_nothing() -> None:
    article = read(page("<a name=top><div>TEXT</div></a>"))
    assert tuple(block.text for block in article.body) == ENGLISH.paragraphs


def test_consent_may_be_longer_than_the_article() -> None:
    words = "<p>This cookie counts how often the pages are looked at, and by whom, and is kept for a year. </p>"
    consent = f"<div class=cookie-consent><h3>Privacy</h3>{words * 20}</div>"
    article = read(page(f"<div>TEXT<p>{MORE}</p></div>") + consent)
    assert tuple(block.text for block in article.body) == (*ENGLISH.paragraphs, MORE)


def test_an_article_that_stands_in_a_pop_up_is_read() -> None:
    article = read(page("<div class=popup-content>" + "<div>TEXT</div>" * 2 + "</div>"))
    assert tuple(block.text for block in article.body) == ENGLISH.paragraphs


def test_headings_quotes_and_lists_keep_their_order_and_kind() -> None:
    kinds = "<h2>How it was built</h2>" + "<blockquote><p>It was the wind that decided when we worked.</p></blockquote>"
    kinds += "<ul><li>The lens weighs four hundred kilograms.</li><li>The light is seen for twenty miles.</li></ul>"
    article = read(page(f"TEXT{kinds}<p>{ENGLISH.paragraphs[0][:-1]}, the town says.</p>"))
    assert [block.kind for block in article.body][4:] == [
        *(BlockKind.HEADING, BlockKind.QUOTE, BlockKind.ITEM, BlockKind.ITEM, BlockKind.PARAGRAPH)
    ]


def test_a_text_that_stands_there_twice_is_read_once() -> None:
    article = read(page("<div class=desktop>TEXT</div><div class=mobile>TEXT</div>"))
    assert tuple(block.text for block in article.body) == ENGLISH.paragraphs


def test_a_lead_outside_of_the_text_comes_first() -> None:
    lead = "The tower stood dark for four years. Now it shines again, and the town has learned to make glass."
    article = read(page(f"<header><p class='standfirst'>{lead}</p></header><div>TEXT</div>"))
    assert article.body[0].text == lead


def test_json_ld_that_is_cut_short_does_not_shorten_the_body() -> None:
    cut = ENGLISH.paragraphs[0] * 3
    ld = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{cut}"}}</script>'
    assert tuple(block.text for block in read(page("TEXT", ld)).body) == ENGLISH.paragraphs


def test_json_ld_gives_the_text_where_the_page_shows_none() -> None:
    text = "\\n".join(ENGLISH.paragraphs)
    ld = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{text}"}}</script>'
    article = read(page("<p>Loading</p>", ld))
    assert tuple(block.text for block in article.body) == ENGLISH.paragraphs
    assert article.provenance["body"] == "json-ld:articleBody"


def test_the_data_of_scripts_give_the_text_where_nothing_else_does() -> None:
    text = "".join(f"<p>{text}</p>" for text in ENGLISH.paragraphs)
    article = read(page("", f'<script>window.state = {{"story": {{"html": "{text}"}}}};</script>'))
    assert tuple(block.text for block in article.body) == ENGLISH.paragraphs
    assert article.provenance["body"] == "generic:script-data"


def test_a_date_in_the_future_is_not_the_date_of_publishing() -> None:
    article = read(page("TEXT", '<meta property="article:published_time" content="2199-01-01T00:00:00Z">'))
    assert article.published is None


def test_the_address_gives_the_day_where_the_page_does_not() -> None:
    article = read(page("TEXT"), "https://courier.example/2026/03/04/lighthouse")
    assert article.published is not None
    assert article.published.at.date().isoformat() == "2026-03-04"


def test_a_page_says_that_it_is_for_subscribers() -> None:
    ld = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    assert read(page("TEXT", ld)).paywalled is True
    assert read(page("TEXT")).paywalled is None


def test_a_profile_of_tags_and_section_is_read() -> None:
    head = '<meta name="keywords" content="sea, light, Sea"><meta property="article:section" content="Coast">'
    article = read(page("TEXT", head))
    assert (article.tags, article.section) == (("Sea", "light"), "Coast")


def test_a_page_without_an_address_is_read_too() -> None:
    assert read(bare(ENGLISH), "").headline == ENGLISH.headline
