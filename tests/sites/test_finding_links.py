"""How the articles of a site without a profile are found: sections, next pages, short headlines, links in articles."""

from __future__ import annotations

import time

import pytest
from lists_of_links import HOST, SITE, listed, paths

from workers.core.link import Kind, Label
from workers.sites.kinds.told import told_kind
from workers.sites.lists.beyond import links_beyond
from workers.sites.lists.feeds import read_feed
from workers.sites.lists.listings import read_listing
from workers.sites.lists.refresh import refreshes_to
from workers.sites.page.document import Document


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/search-for-missing-hikers", Kind.PAGE),
        ("/2026/11/30/search-goes-on/", Kind.PAGE),
        ("/news/cart-maker-closes", Kind.PAGE),
        ("/login-is-hard-for-old-readers", Kind.PAGE),
        ("/cart/the-old-cart-of-the-mill-is-sold", Kind.PAGE),
        ("/archives/123", Kind.PAGE),
        ("/category/politics/the-council-of-the-town-votes", Kind.PAGE),
        ("/section/the-wheel-of-the-mill-turns.html", Kind.PAGE),
        ("/print/edition-of-today", Kind.PAGE),
        ("/archives/2026/", Kind.LISTING),
        ("/arsiv/", Kind.LISTING),
        ("/category/politics/", Kind.LISTING),
        ("/category/12", Kind.LISTING),
        ("/", Kind.LISTING),
        ("/?p=12", Kind.PAGE),
        ("/tag/covid-19/", Kind.LISTING),
        ("/de/", Kind.LISTING),
        ("/feed.json", Kind.FEED),
        ("/search/wheel", None),
        ("/search", None),
        ("/login.php", None),
        ("/user/login/", None),
        ("/cart/", None),
        ("/report.PDF", None),
        ("/print/12", None),
        ("/data.json", None),
    ],
)
def test_an_address_lets_expect_what_a_page_is(path: str, kind: Kind | None) -> None:
    assert SITE.place(HOST + path) is kind


NEXT = [
    ("/news", '<link rel="next" href="/news?cursor=abc">', "/news?cursor=abc"),
    ("/news", '<a href="?page=1" rel="next">next ›</a><a href="?page=9">last »</a>', "/news?page=1"),
    ("/news?page=49", '<a href="?page=50" rel="next">next ›</a><a href="?page=48">49</a>', None),
    ("/news?page=3", '<a href="?page=4" rel="next">next ›</a><a href="?page=2">3</a>', "/news?page=4"),
    ("/news?page=4", '<a href="?page=5" rel="next">next ›</a><a href="?page=3">3</a>', "/news?page=5"),
    ("/news/", '<a href="/news/?PAGEN_1=2">След.</a>', "/news/?PAGEN_1=2"),
    ("/news/?PAGEN_1=50", '<a href="/news/?PAGEN_1=51">След.</a>', None),
    ("/news?start=10", '<a href="/news?start=20" title="Next"><i></i></a>', "/news?start=20"),
    ("/news?start=490", '<a href="/news?start=500" title="Next"><i></i></a>', None),
    ("/latest", '<noscript><a href="/latest?offset=4">Next page of news</a></noscript>', "/latest?offset=4"),
    ("/articles", '<a class="next" href="/articles/2/">Наступна</a>', "/articles/2/"),
    ("/articles/2/", '<a class="next" href="/articles/3/">Suivant</a>', "/articles/3/"),
    ("/all?page=2&sort=new", '<a href="/all?page=3&sort=new">Weiter</a>', "/all?page=3&sort=new"),
    ("/page/2/?lang=uk", '<a href="/page/3/?lang=uk">»</a>', "/page/3/?lang=uk"),
    ("/tag/covid-19/", '<a href="/tag/covid-19/page/2/">Older posts</a>', "/tag/covid-19/page/2/"),
    ("/tag/covid-19/page/50/", '<a href="/tag/covid-19/page/51/">Older posts</a>', None),
    ("/archive/2026/11/29/", '<a rel="next" href="/archive/2026/11/30/">30.11.</a>', None),
    ("/archive?date=2026-11-03", '<a rel="next" href="/archive?date=2026-11-04">4.11.</a>', None),
    ("/archive/2026/11/03/", '<a rel="next" href="/archive/2026/11/04/">4.11.</a>', None),
    ("/archive/2026/11/", '<a rel="next" href="/archive/2026/11/?page=2">2</a>', "/archive/2026/11/?page=2"),
    ("/news", '<a href="/news?page=2">2</a>', "/news?page=2"),
    ("/news", '<a href="/news?Paged=TRUE&ID=7"><img alt="Następny" src="n.gif"></a>', "/news?Paged=TRUE&ID=7"),
    ("/news?start=10", '<a href="/news?start=20&v=2">Vorwärts</a>', "/news?start=20&v=2"),
    ("/water/", '<div class="load-more"><a href="/water/feed/page-2.html">…</a></div>', "/water/feed/page-2.html"),
    ("/0,11.html", '<a href="/0,11,,,2.html">2</a>', "/0,11,,,2.html"),
    ("/section/water", '<a href="/archive?of=5&pi=2">بیشتر</a>', "/archive?of=5&pi=2"),
    ("/section/water", '<a href="/archive?of=5&pi=2">Water</a><a href="/archive?of=5&pi=3">More</a>', None),
]
NEXT += [
    ("/news.html", '<a href="/news/previous/2">&lt;&lt;Previous</a>', "/news/previous/2"),
    (
        "/news/previous/2",
        '<a href="/news/previous/3">«Previous</a><a class="next" href="/news">Forward</a>',
        "/news/previous/3",
    ),
    ("/news?page=3", '<a href="/news?page=2">Previous</a>', None),
    ("/news/2026/11/29/", '<a href="/news/2026/11/30/">Earlier</a>', None),
    ("/water/", '<a href="/search/?f=html&c=water&o=8">More water</a>', "/search/?f=html&c=water&o=8"),
    ("/water/", '<a href="/search/?f=html&c=water">More water</a><a href="/search/?q=a&o=8">Sort by day</a>', None),
    (
        "/search/?c=a&o=8",
        '<a href="/search/?c=a&o=0">Prev</a><a href="/search/?c=a&o=16">Next</a>',
        "/search/?c=a&o=16",
    ),
]
NEXT += [
    ("/news", f'<a href="?offset=10">{words}</a>', "/news?offset=10")
    for words in (
        *("Next 10", "Siguientes 20 elementos", "次の10件", "次の 10 件へ", "Nächste 5 Beiträge"),
        *("Vis flere", "Visa fler", "Toon meer", "Veja mais", "Vezi mai multe", "Více"),
        *("Ещё", "Περισσότερα", "Виж още", "加载更多", "次ページ", "더 보기", "عرض المزيد", "טען עוד", "Xem thêm"),
        *("Selanjutnya", "Muat lebih banyak", "ดูเพิ่มเติม", "Następne", "Következő oldal"),
    )
]


@pytest.mark.parametrize(("path", "html", "following"), NEXT)
def test_the_next_page_of_a_listing_is_what_is_marked_or_says_so(path: str, html: str, following: str | None) -> None:
    found = [link for link in listed(html, path) if link.kind is Kind.LISTING]
    assert paths(found) == ([following] if following else [])


def test_a_page_whose_address_tells_no_number_counts_its_steps_from_a_start() -> None:
    html = '<a rel="next" href="/news?cursor=x9y8">More</a>'
    assert [len(listed(html, "/news?cursor=a1", depth)) for depth in (1, 48, 49, 50)] == [1, 1, 0, 0]


def test_a_teaser_that_says_more_is_no_next_page() -> None:
    teaser = '<h2><a href="/wheel-{0}0001">The wheel turns for day {0}</a></h2><a href="/wheel-{0}0001">weiter</a>'
    for number in (1, 3):
        links = listed("".join(map(teaser.format, range(number))), "/")
        assert {link.kind for link in links} == {Kind.PAGE}, "its headline leads there too"
    assert listed('<a href="/wheel-10001">mehr</a><a href="/wheel-10002">mehr</a>', "/") == ()


MENU = """<head><link rel="alternate" hreflang="de" href="/de/"></head>
<header><nav><a href="/politics">Politics</a><a href="/sport/">Sport</a><a href="https://far.example/">Far</a>
<a href="/politics/the-wheel-of-the-mill-turns-again-1001">The wheel of the mill turns again</a></nav></header>
<main><h2><a href="/sport/">All of the sport of today</a></h2><a href="/tag/water/">water</a><a href="/page/7/">7</a>
<a href="/archive/2026/11/29/">Previous day in archive</a><a href="/a-story-of-the-day">A story of the day</a></main>
<footer><a href="/about/">About</a><a href="/tag/low/">low</a></footer>"""


def test_a_start_page_leads_to_the_sections_in_its_menu_and_to_its_languages() -> None:
    links = listed(MENU, "/")
    menu = ["/de/", "/politics", "/sport/", "/politics/the-wheel-of-the-mill-turns-again-1001", "/tag/water/"]
    assert paths(links, Label.MENU) == [*menu, "/archive/2026/11/29/"]
    kinds = {path: link.kind for path, link in zip(paths(links), links, strict=True)}
    assert kinds["/politics"] is kinds["/sport/"] is Kind.LISTING
    assert kinds["/politics/the-wheel-of-the-mill-turns-again-1001"] is Kind.PAGE
    assert paths(links, Label.LISTING) == ["/a-story-of-the-day", "/sport/"], "a section among the stories is a list"


def test_only_a_start_page_leads_to_its_menu() -> None:
    assert paths(listed(MENU, "/politics")) == ["/sport/", "/a-story-of-the-day", "/archive/2026/11/29/"]
    assert "/sport/" in paths(listed(MENU, "/uk/story/", depth=0), Label.MENU)


def test_the_front_of_a_language_leads_to_its_menu_where_a_start_leads_to_it() -> None:
    assert "/sport/" in paths(listed(MENU, "/fr-CH/"), Label.MENU)
    assert "/sport/" not in paths(listed(MENU, "/fr-CH/", depth=2), Label.MENU)


def test_a_menu_gives_fifty_links_at_most() -> None:
    menu = "".join(f'<a href="/s{n}">S</a>' for n in range(90))
    assert len(listed(f"<nav>{menu}</nav>", "/")) == 50


def test_every_start_page_names_its_feeds_and_they_may_be_of_any_kind() -> None:
    kinds = ("application/rss+xml", "application/rdf+xml", "application/feed+json")
    head = "".join(f'<link rel="alternate" type="{kind}" href="/{at}/feed">' for at, kind in enumerate(kinds))
    assert paths(listed(head, "/blog/", depth=0), Label.FEED) == ["/0/feed", "/1/feed", "/2/feed"]


def test_a_section_that_leads_no_further_names_its_feeds_in_its_head() -> None:
    feed = '<link rel="alternate" type="application/rss+xml" href="/sport/feed"><a href="/dry/feed.xml">RSS</a>'
    assert paths(listed(feed, "/sport/"), Label.FEED) == ["/sport/feed"]
    assert paths(listed(f'{feed}<a href="/sport/?page=2">2</a>', "/sport/"), Label.FEED) == []
    assert listed(feed, "/tag/water/", depth=2) == ()


def test_a_feed_that_the_head_tells_is_read_wherever_it_stands() -> None:
    address = "/search/?f=rss&c=sport"
    assert paths(listed(f'<link rel="alternate" type="application/rss+xml" href="{address}">', "/")) == [address]
    assert listed(f'<a href="{address}">RSS</a>', "/") == ()


def test_a_feed_of_data_is_read_where_the_page_names_it_as_a_feed() -> None:
    kind = 'rel="alternate" type="application/feed+json"'
    assert paths(listed(f'<link {kind} href="/feeds/all.json"><a href="/data.json">Data</a>', "/")) == [
        "/feeds/all.json"
    ]
    assert listed(f'<link {kind} href="https://far.example/all.json">', "/") == ()


def test_a_page_numbered_by_its_query_is_no_story_of_the_list_that_it_follows() -> None:
    html = (
        '<h2><a href="/a-story-of-the-day">A story of the day</a></h2><a href="/?p=2" rel="next">Older stories here</a>'
    )
    links = listed(html, "/")
    assert [(path, link.kind) for path, link in zip(paths(links), links, strict=True)] == [
        ("/a-story-of-the-day", Kind.PAGE),
        ("/?p=2", Kind.LISTING),
    ]


def test_cards_that_lead_on_by_a_script_are_read() -> None:
    shown = """<div onclick="window.location.href='/story/1'"><h3>The wheel turns on day 1</h3><p>It does.</p></div>
    <article data-href="/story/2"><h3>The wheel turns on day 2</h3></article>
    <div role="link" data-url="/story/3">The wheel of the mill turns on day 3</div>
    <div onclick="location.assign(&quot;/story/4&quot;)"><h3>The wheel turns on day 4</h3></div>
    <div data-href="/story/5"><h3><a href="/story/6">The wheel turns on day 6</a></h3></div>
    <nav><div data-href="/story/7">The wheel of the mill turns on day 7</div></nav>
    <div onclick="open_menu()"><h3>The menu of the mill of today</h3></div>
    <div data-href="https://far.example/"><h3>The wheel of others turns</h3></div>"""
    assert sorted(paths(listed(shown, "/news/"))) == [f"/story/{n}" for n in (1, 2, 3, 4, 6)]


@pytest.mark.parametrize(
    "card", ["<div data-href=/a{0}>", "<h2 data-href=/a{0}>", "<p onclick=location.href=('/{0}')>"]
)
def test_a_page_of_very_many_cards_is_read_in_moments(card: str) -> None:
    document = Document("".join(card.format(n) for n in range(20_000)) + "<h2>x" * 9_000 + "x " * 900_000, f"{HOST}/x")
    begun = time.process_time()
    read_listing(document, SITE, 0)
    assert time.process_time() - begun < 3


def test_a_short_headline_counts_where_its_address_looks_like_those_of_others() -> None:
    long = "".join(f'<h2><a href="/story/{n}">The wheel turned on day {n}</a></h2>' for n in range(3))
    short = """<a href="/story/13">Пожежа</a><a href="/story/14"><img src="x"></a>
    <h3>Rain</h3><a href="/story/15">Read</a><area href="/story/16" alt="Map"><a href="/about">About</a>
    <a href="/x/7">Seven</a><a href="/y/1">市议会批准大桥维修</a>"""
    found = paths(listed(long + short, "/news/"), Label.LISTING)
    assert found[3:] == ["/story/13", "/story/14", "/story/15", "/story/16", "/y/1"]
    assert paths(listed(short, "/news/")) == ["/y/1"]


def test_a_story_whose_picture_is_called_by_a_word_has_the_headline_of_its_other_link() -> None:
    item = '<a href="/20261130/wheel-{0}.html"><img alt="Photo"></a><a href="/20261130/wheel-{0}.html">{1}</a>'
    headlines = [f"The wheel of the mill turned {number} times" for number in (4711, 4712, 4713)]
    html = "".join(item.format(number, headline) for number, headline in enumerate(headlines))
    assert [link.headline for link in listed(html, "/water")] == headlines


@pytest.mark.parametrize("part", ["/comments", "?comments=all", "/4711-2"])
def test_a_few_words_that_lead_below_the_address_of_a_listed_article_are_of_a_part_of_it(part: str) -> None:
    address = "/water/the-wheel-of-the-{0}"
    item = (
        f'<h4><a href="{address}">The wheel of the mill turns</a> <a href="{address}{part}">Read 12 comments</a></h4>'
    )
    names = ("sea", "lake", "river")
    html = "".join(map(item.format, names))
    assert len(listed(html, "/water")) == (6 if "2" in part else 3)
    assert len(listed(html.replace("Read 12", "All that readers wrote, in "), "/water")) == 6


@pytest.mark.parametrize(
    ("section", "story"),
    [
        ("/river-war/", "/river-war/{}-floods"),
        ("/news.php", "/news.php?id={}"),
        ("/all-the-latest-news/", "/all-the-latest-news/{}-floods"),
    ],
)
def test_short_headlines_below_the_address_of_a_section_are_of_stories(section: str, story: str) -> None:
    names = ("sea", "lake", "river", "pond")
    items = "".join(f'<h4><a href="{story.format(name)}">The {name} is high</a></h4>' for name in names)
    html = f'<h2><a href="{section}">All the latest news</a></h2>{items}'
    found = paths(listed(html, "/water"))
    assert {story.partition("?")[0].format(name) for name in names} <= set(found) and len(found) == 5


def test_a_list_that_is_told_to_machines_is_read() -> None:
    told = """{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "url": "/story/1"}, 7, {"item": 7},
    {"item": {"@id": "/story/2"}}, {"item": "/story/3"}, {"url": "https://far.example/x"}]}"""
    html = f'<script type="application/ld+json">{told}</script>'
    assert paths(listed(html, "/news/")) == ["/story/1", "/story/2", "/story/3"]
    assert listed(html.replace("ItemList", "BreadcrumbList"), "/news/") == ()


ARTICLE = """<link rel="prev" href="/before"><link rel="next" href="/n/7/2"><nav>
<a href="/nav-0001">The long name of a section</a>
<a rel="next" href="/n/8">The story that comes next in line</a></nav>
<article><header><a href="/in-head">The headline in the card's own header</a></header>
<p>As we <a href="/node/12">told of the wheel and the mill</a>, it <a href="/short">turns</a>.</p>
<a href="/n/7/print">The whole page for your printer</a><a href="/n/7?replytocom=1">Reply to this comment of his</a>
<a href="/b">Another one that the box has shown</a><a href="#top">Back to the top of this very page</a>
<a href="/tag/w">All that was written about wheels</a></article>
<footer><a href="/terms">The terms and conditions of this site</a></footer>"""


def test_an_article_leads_to_the_headlines_that_it_shows_anywhere() -> None:
    found = links_beyond(Document(ARTICLE, f"{HOST}/n/7"), SITE, {f"{HOST}/b"})
    assert paths(found) == ["/n/8", "/in-head", "/node/12", "/before"]
    assert {link.label for link in found} == {Label.BODY}


def test_links_that_tell_where_they_stood_are_followed_without_it() -> None:
    html = '<a href="/read.php?id=3&from=2">The wheel of the mill has turned</a>'
    for own in ("/read.php?id=2", "/read.php?id=2&back=1"):
        assert paths(links_beyond(Document(html, HOST + own), SITE, ())) == ["/read.php?id=3"]
    assert paths(links_beyond(Document(html, f"{HOST}/x"), SITE, ())) == ["/read.php?id=3&from=2"]
    assert links_beyond(Document(html, f"{HOST}/read.php?id=3"), SITE, ()) == ()


@pytest.mark.parametrize("link", ["<a href=/n{0}>The wheel of the mill turns</a>", "<a href=/{0}>x", "<a class=next>"])
def test_a_page_of_very_many_links_is_read_in_moments(link: str) -> None:
    document = Document("<div>" * 300 + "".join(link.format(n) for n in range(20_000)), f"{HOST}/x")
    begun = time.process_time()
    assert len(links_beyond(document, SITE, ())) in (0, 100)
    read_listing(document, SITE, 0)
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <html> --><rss>", Kind.FEED),
        (b"<feed xmlns='x'>", Kind.FEED),
        (b"<?xml?><rdf:RDF xmlns='x'>", Kind.FEED),
        (b"  <urlset>", Kind.SITEMAP),
        (b"<sitemapindex xmlns='x'>", Kind.SITEMAP),
        (b'{ "version": "https://jsonfeed.org/version/1.1", "items": []}', Kind.FEED),
        (b"<!doctype html><rss>", None),
        (b"<html><feed>", None),
        (b"<rssx>", None),
        (b"{}", None),
        (b"", None),
        (b"<!---->" * 700 + b"<!--", None),
    ],
)
def test_a_feed_and_a_sitemap_are_told_by_their_root(body: bytes, kind: Kind | None) -> None:
    assert told_kind(body) is kind


def test_addresses_of_a_feed_are_joined_to_its_base() -> None:
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/story/">
    <entry xml:base="7/"><link href="a/"/></entry>
    <entry><link href="8/"/></entry></feed>"""
    assert paths(read_feed(feed, f"{HOST}/feed", SITE)) == ["/story/7/a/", "/story/8/"]


def test_a_json_feed_is_read() -> None:
    feed = """{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/story/1", "title": "The &amp; wheel",
    "date_published": "2026-05-31T10:02:00+03:00"}, 7, {"id": "x"}, {"url": "/story/1"},
    {"external_url": "/story/2"}]}"""
    first, second = read_feed(feed.encode(), f"{HOST}/feed.json", SITE, "application/feed+json")
    assert (first.url, first.headline, second.url) == (f"{HOST}/story/1", "The & wheel", f"{HOST}/story/2")
    assert first.shown_at is not None


@pytest.mark.parametrize(
    ("content", "url"),
    [
        ("0; url=/story/1", f"{HOST}/story/1"),
        ("0;URL='/story/1'", f"{HOST}/story/1"),
        ("0; url=/here", None),
        ("300; url=/story/1", None),
        ("0; url=https://far.example/", None),
        ("0; url=/login", None),
        ("0", None),
    ],
)
def test_a_page_may_lead_on_by_itself(content: str, url: str | None) -> None:
    document = Document(f'<meta http-equiv="refresh" content="{content}">', f"{HOST}/here")
    target = refreshes_to(document, SITE)
    assert (target.url if target else None) == url


def test_the_numbers_of_a_pager_are_no_articles() -> None:
    """Addresses of lists may look like those of headlines, where their parameters have long names."""
    months = "".join(f'<a href="/n?the_list%5Bmonth%5D={n}">The month of May {n}</a>' for n in range(2010, 2014))
    numbers = "".join(f'<a href="/n?the_list%5Bpage%5D={n}">{n}</a>' for n in (3, 4, 5))
    found = paths(listed(months + numbers, "/news/"), Label.LISTING)
    assert found == [f"/n?the_list%5Bmonth%5D={n}" for n in range(2010, 2014)]


def test_a_number_before_a_headline_is_not_the_headline() -> None:
    html = '<a href="/wheel-turns#comments">12</a><a href="/wheel-turns">The wheel turns again</a>'
    assert [link.headline for link in listed(html, "/news/")] == ["The wheel turns again"]


def test_an_article_leads_to_the_one_before_it_by_a_word_and_to_no_feed_of_its_comments() -> None:
    html = """<a class="blog-pager-older-link" href="/2026/05/wheel.html">Older Post</a>
    <a rel="prev" href="/2026/04/mill.html">«</a><a class="newer" href="#">Newer</a><a rel="next" href="/2026/07/">»</a>
    <a class="placeholder-box" href="/2026/03/wheel.html">Buy</a>
    <a type="application/atom+xml" href="/feeds/17/comments">Subscribe to all comments (Atom)</a>"""
    found = links_beyond(Document(html, f"{HOST}/2026/06/ferry.html"), SITE, ())
    assert paths(found) == ["/2026/05/wheel.html", "/2026/04/mill.html"]


def test_a_menu_is_one_in_capitals_too_and_leads_to_no_form_for_printing() -> None:
    menu = '<div id="zz1_TopNavigationMenu"><a href="/town/Pages/default.aspx">Town</a></div>'
    icons = '<ul class="dropdown-menu"><li><a href="/town/7-mill?tmpl=component&print=1">Print</a></li></ul>'
    found = listed(menu + icons, "/", 0)
    assert set(paths(found)) == {"/town/Pages/default.aspx"}
    assert {link.kind for link in found} == {Kind.LISTING}


def test_a_story_in_a_menu_may_be_told_by_its_number_alone() -> None:
    menu = """<div class="menu texts"><ul><li><a href="/spip.php?article12">The wheel of the mill turns again</a></li>
    <li><a href="/spip.php?rubrique3">Wheels and mills of the region</a></li></ul></div>"""
    found = {path: link.kind for path, link in zip(paths(listed(menu, "/")), listed(menu, "/"), strict=True)}
    assert found == {"/spip.php?article12": Kind.PAGE, "/spip.php?rubrique3": Kind.LISTING}
