"""Feeds, sitemaps and listings: what they list, and that nothing in them does harm."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.errors import BodyTooLarge, Unreadable
from workers.core.link import Kind, Label
from workers.sites.known import any_site
from workers.sites.lists import records
from workers.sites.lists.feeds import read_feed
from workers.sites.lists.listings import read_listing
from workers.sites.lists.sitemaps import read_sitemap
from workers.sites.page.document import Document
from workers.sites.profiles.interfax import interfax_ukraine
from workers.sites.site import Scope, Site

SITE = Site(name="mill", hosts=("mill.example",), timezone="Europe/Kyiv", scope=Scope(articles=(r"^/story/\d+$",)))
URL = "https://mill.example/feed.xml"

RSS = """<?xml version="1.0" encoding="windows-1251"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Млин</title><link>https://mill.example/</link><atom:link rel="self" href="https://mill.example/feed.xml"/>
<item><title>Вода стала &amp;laquo;тихою&amp;raquo; <![CDATA[<b>зранку</b>]]></title><link> /story/11#top </link>
<pubDate>Fri, 31 May 2024 20:23:00 +0300</pubDate><guid isPermaLink="false">https://mill.example/x</guid></item>
<item><media:title>wrong</media:title><title>Guid only</title><guid>https://mill.example/story/12</guid>
<dc:date>2024-05-31T17:40:00Z</dc:date></item>
<item><title>Nowhere</title><link>javascript:alert(1)</link></item>
<item><title>The same again</title><link>https://mill.example/story/11</link></item>
<item><title>Far away</title><link>/story/13</link><pubDate>Fri, 31 Dec 9999 23:59:59 -1400</pubDate></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry>
<title type="html">The &amp;amp; wheel &lt;i&gt;turns&lt;/i&gt;</title>
<link rel="replies" href="/c/1"/><link rel="alternate" href="/story/21"/>
<published>2024-05-31T10:02:00+03:00</published>
<updated>2024-06-01T10:02:00+03:00</updated></entry><atom:entry xmlns:atom="http://www.w3.org/2005/Atom">
<atom:title>Prefixed</atom:title><atom:link href="/story/22"/></atom:entry></feed>"""

RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><title>x</title></channel><item rdf:about="a"><title>Old form</title><link>https://mill.example/story/31</link>
</item></rdf:RDF>"""


def test_an_rss_feed_gives_links_with_headline_and_time() -> None:
    first, second, third = read_feed(RSS.encode("cp1251"), URL, SITE)
    assert (first.url, first.headline) == ("https://mill.example/story/11", "Вода стала «тихою» зранку")
    assert (first.label, first.kind, first.position) == (Label.FEED, Kind.PAGE, 0)
    assert first.shown_at == datetime(2024, 5, 31, 17, 23, tzinfo=UTC)
    assert (second.url, second.headline) == ("https://mill.example/story/12", "Guid only")
    assert second.shown_at == datetime(2024, 5, 31, 17, 40, tzinfo=UTC)
    assert third.url == "https://mill.example/story/13"


def test_a_date_in_the_year_9999_is_kept_as_text_only() -> None:
    far = read_feed(RSS.encode("cp1251"), URL, SITE)[-1]
    assert (far.shown_text, far.shown_at) == ("Fri, 31 Dec 9999 23:59:59 -1400", None)


def test_atom_entries_lead_to_their_alternate_link() -> None:
    first, second = read_feed(ATOM, URL, SITE)
    assert (first.url, first.headline) == ("https://mill.example/story/21", "The & wheel turns")
    assert first.shown_at == datetime(2024, 5, 31, 7, 2, tzinfo=UTC)
    assert (second.url, second.headline) == ("https://mill.example/story/22", "Prefixed")


def test_an_rdf_feed_is_read_too() -> None:
    assert [link.url for link in read_feed(RDF, URL, SITE)] == ["https://mill.example/story/31"]


def test_a_feed_that_breaks_off_gives_what_came_before() -> None:
    cut = ATOM[: ATOM.index(b"Prefixed")]
    assert [link.url for link in read_feed(cut, URL, SITE)] == ["https://mill.example/story/21"]


def test_names_of_html_and_bare_ampersands_do_not_lose_a_feed() -> None:
    feed = b"<rss><item><title>Fish&nbsp;&amp; chips & more&hellip;</title><link>/story/1?a=1&b=2</link></item></rss>"
    (link,) = read_feed(feed, URL, SITE)
    assert (link.headline, link.url) == ("Fish & chips & more…", "https://mill.example/story/1?a=1&b=2")


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss><item><title>&b;</title></item></rss>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><item><title>&a;</title></item></rss>'


@pytest.mark.parametrize("body", [BOMB, OUTSIDE, b"<!DOCTYPE html><html><body>Not found</body></html>"])
def test_a_document_type_is_refused_and_with_it_every_entity(body: bytes) -> None:
    with pytest.raises(Unreadable, match="document type"):
        read_feed(body, URL, SITE)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\0\0", b"%PDF-1.4", b"{}", b"plain words"])
def test_what_is_no_xml_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_feed(body, URL, SITE)
    with pytest.raises(Unreadable):
        read_sitemap(body, URL, SITE)


def test_an_endless_feed_is_cut_after_a_thousand_entries() -> None:
    items = b"".join(b"<item><link>/story/%d</link></item>" % number for number in range(1_500))
    assert len(read_feed(b"<rss>" + items, URL, SITE)) == 1_000


def test_a_feed_of_nested_elements_ends_early() -> None:
    assert read_feed(b"<rss>" + b"<a>" * 100_000, URL, SITE) == ()


@given(st.binary(max_size=300) | st.text(alphabet="<>/&;![]ab \"='item:link", max_size=200).map(str.encode))
def test_no_bytes_make_a_feed_or_a_sitemap_fail_otherwise(body: bytes) -> None:
    for read in (read_feed, read_sitemap):
        try:
            read(body, URL, SITE)
        except Unreadable:
            continue


SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><image:image><image:loc>https://mill.example/i.jpg</image:loc></image:image><loc>https://mill.example/story/1</loc>
<lastmod>2024-06-02</lastmod><news:news><news:publication_date>2024-06-01T08:00:00+03:00</news:publication_date>
<news:title>The wheel</news:title></news:news></url><url><loc>https://mill.example/story/2</loc></url></urlset>"""


def test_a_news_sitemap_gives_pages_with_title_and_time() -> None:
    first, second = read_sitemap(SITEMAP, URL, SITE)
    assert (first.url, first.headline, first.kind) == ("https://mill.example/story/1", "The wheel", Kind.PAGE)
    assert first.shown_at == datetime(2024, 6, 1, 5, 0, tzinfo=UTC)
    assert (second.url, second.headline, second.label) == ("https://mill.example/story/2", None, Label.SITEMAP)


def test_dates_in_words_are_read_in_a_sitemap_until_they_are_too_many() -> None:
    day = "Thursday 8 October 2026 at {:02d}:{:02d}"
    entries = "".join(
        f"<url><loc>https://mill.example/{n}</loc><lastmod>{day.format(n // 60 % 24, n % 60)}</lastmod></url>"
        for n in range(5_001)
    )
    plain = "<url><loc>https://mill.example/plain</loc><lastmod>2026-10-08T10:00:00Z</lastmod></url>"
    links = read_sitemap(f"<urlset>{entries}{plain}</urlset>".encode(), URL, SITE)
    assert [link.shown_at is not None for link in links[4_998:]] == [True, True, False, True]
    assert links[5_000].shown_text == day.format(11, 20)


def test_a_sitemap_may_be_gzip() -> None:
    assert read_sitemap(gzip.compress(SITEMAP), URL, SITE) == read_sitemap(SITEMAP, URL, SITE)


def test_an_index_that_names_itself_gives_only_the_others() -> None:
    index = b"<sitemapindex><sitemap><loc>%s</loc></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>"
    (other,) = read_sitemap(index % URL.encode(), URL, SITE)
    assert (other.url, other.kind) == ("https://mill.example/b.xml", Kind.SITEMAP)


def test_a_sitemap_may_be_lines() -> None:
    lines = b"https://mill.example/story/1\nhttps://mill.example/story/2\r\nnot a url://\n"
    for mark in (b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"):
        assert [link.url[-1] for link in read_sitemap(mark + lines, URL, SITE)[:2]] == ["1", "2"]


def test_a_gzip_bomb_is_refused_at_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_BYTES", 100_000)
    with pytest.raises(BodyTooLarge):
        read_sitemap(gzip.compress(b" " * 2_000_000), URL, SITE)


def test_a_gzip_cut_in_half_is_read_as_far_as_it_goes() -> None:
    urls = b"".join(b"<url><loc>/story/%d</loc></url>" % (number * 7919 % 100_003) for number in range(5_000))
    packed = gzip.compress(b"<urlset>" + urls + b"</urlset>")
    assert 1_000 < len(read_sitemap(packed[: len(packed) // 2], URL, SITE)) < 5_000


MB = 1024 * 1024
# Lists that are small on their way and large or long when they are read, each with what can be read of it.
BLOATED: dict[str, tuple[Callable[[], bytes], int]] = {
    "very many elements": (lambda: b"<urlset>" + (b"<url>" + b"<a/>" * 200 + b"</url>") * 50_000, 0),
    "one wide letter": (lambda: b"<urlset><url><loc>/1</loc><b>\xf0\x9f\x98\x80" + b"x" * 45 * MB + b"</b></url>", 1),
    "long addresses": (lambda: b"<urlset>" + b"".join(LONG % (n, b"x" * 2_000) for n in range(20_000)), 4_900),
    "empty lines": (lambda: b"https://mill.example/1\n" + b"\n" * 45 * MB, 1),
    "one line": (lambda: b"https://mill.example/" + b"x" * 45 * MB, 0),
    "ampersands": (lambda: b"<urlset><url><loc>/1</loc>" + b"&" * 45 * MB, 0),
    "attributes": (lambda: b"<urlset><url><loc " + b"".join(b'a%d="" ' % n for n in range(900_000)) + b">", 0),
}
LONG = b"<url><loc>/%d%s</loc></url>"


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="the memory peak is read from Linux's /proc")
@pytest.mark.slow
@pytest.mark.parametrize("name", BLOATED)
def test_a_list_that_swells_costs_little_memory_and_time(name: str) -> None:
    make, least = BLOATED[name]
    packed = gzip.compress(make(), 1)
    Path("/proc/self/clear_refs").write_text("5")
    before, begun = _memory_peak(), time.process_time()
    assert least <= len(read_sitemap(packed, URL, SITE)) <= max(least, 10) * 1.1
    assert time.process_time() - begun < 8, "a parse batch is ended after thirty"
    assert _memory_peak() - before < 130 * MB


def _memory_peak() -> int:
    """The most resident bytes since /proc/self/clear_refs was written to."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) * 1024


def test_a_list_is_read_whole_across_its_pieces() -> None:
    """Pieces of 256 KiB end in the middle of letters, tags and entities."""
    entries = "".join(
        f"<item><title>Ціна &nbsp;{n} &amp; €</title><link>/{n}?a=1&b=2</link></item>" for n in range(990)
    )
    padding = "<!--" + "ї" * 300_001 + "-->"
    body = f"<?xml version='1.0' encoding='utf-8'?><rss><channel>{padding}{entries}</channel></rss>".encode()
    links = read_feed(body, "https://mill.example/feed", SITE)
    assert [link.url for link in links] == [f"https://mill.example/{n}?a=1&b=2" for n in range(990)]
    assert {link.headline for link in links} == {f"Ціна {n} & €" for n in range(990)}


LISTING = """<html><body><nav><a href="/news/general/700001.html">Promoted in the menu for everybody</a></nav>
<div class="articles-section-view">
<div class="grid article"><div class="col-13 article-time"><span>20:23</span><span>31.05.2024</span></div>
<div class="col-23"><a href="/news/general/700100.html"><img class="article-image" src="/t.jpg"></a></div>
<div class="col-57"><h1 class="article-link-wrapper"><a class="article-link" href="/news/general/700100.html">The mill
 is open again</a></h1></div></div>
<div class="grid article"><div class="col-13 article-time"><span>20:11</span><span>31.05.2024</span></div>
<div class="col-57"><h1 class="article-link-wrapper"><a class="article-link" href="/news/economic/700099.html">Flour is
 cheaper</a></h1></div></div>
<div class="pager"><a href="/news/latest-2.html">2</a><a href="/news/latest-3.html">3</a>
<a href="/news/general-2.html">x</a></div></div>
<div><a href="/news/general/700050.html">Beside the list</a></div></body></html>"""


def test_a_listing_shows_its_items_with_their_times_and_its_next_page() -> None:
    page = Document(LISTING, "https://en.interfax.com.ua/news/latest.html")
    first, second, following = read_listing(page, interfax_ukraine)
    assert first.url == "https://en.interfax.com.ua/news/general/700100.html"
    assert first.headline == "The mill is open again"
    assert (first.shown_text, first.shown_at) == ("20:23 31.05.2024", datetime(2024, 5, 31, 17, 23, tzinfo=UTC))
    assert (second.headline, second.shown_text, second.position) == ("Flour is cheaper", "20:11 31.05.2024", 1)
    assert (following.url, following.kind) == ("https://en.interfax.com.ua/news/latest-2.html", Kind.LISTING)


def test_the_last_page_that_we_follow_has_no_next() -> None:
    page = Document(LISTING.replace("latest-2", "latest-6"), "https://en.interfax.com.ua/news/latest-5.html")
    assert all(link.kind is Kind.PAGE for link in read_listing(page, interfax_ukraine))


def test_a_listing_of_an_unknown_site_leaves_out_menu_words() -> None:
    page = """<a href='/about'>About</a><p><a href='/2024/the-wheel'>The wheel turns again</a></p>
    <a href='https://x.example/y'>Elsewhere it turns</a>"""
    links = read_listing(Document(page, "https://mill.example/"), any_site("https://mill.example/"))
    assert [link.headline for link in links] == ["The wheel turns again"]


def test_a_listing_that_shows_one_article_very_often_is_read_in_moments() -> None:
    """The text around its link is all of the page; looked at for each of the links it took nine minutes of CPU."""
    links = "<div>" * 400 + "<a href=/the-wheel-turns>Some long headline</a> 11:11 " * 50_000
    begun = time.process_time()
    found = read_listing(Document(links, "https://mill.example/"), any_site("https://mill.example/"))
    assert [link.headline for link in found] == ["Some long headline"]
    assert time.process_time() - begun < 3


@pytest.mark.parametrize("around", ["{}", "<div>{}</div>", "<p>10:00 01.02.2024 {}</p>"])
def test_a_listing_of_very_many_links_is_read_in_moments(around: str) -> None:
    links = "".join(around.format(f"<a href=/n{n}>Some long headline</a>") for n in range(60_000))
    begun = time.process_time()
    found = read_listing(Document(links, "https://mill.example/"), any_site("https://mill.example/"))
    assert len(found) == 500
    assert time.process_time() - begun < 3


def test_the_archive_of_a_blog_may_be_one_page() -> None:
    links = "".join(f"<li><a href=/n{n}>Some long headline</a></li>" for n in range(1_900))
    found = read_listing(Document(links, "https://mill.example/"), any_site("https://mill.example/"))
    assert [link.url for link in found] == [f"https://mill.example/n{n}" for n in range(1_900)]


def test_the_feeds_that_a_front_page_names_are_read() -> None:
    head = (
        '<link rel="alternate" type="application/atom+xml" href="/export/atom.xml">'
        '<link rel="alternate" type="application/rss+xml; charset=utf-8" href="https://mill.example/news.rss">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="https://other.example/feed">'
        '<link rel="alternate" type="text/html" hreflang="uk" href="/uk/">'
    )
    site = any_site("https://mill.example/")
    feeds = [link for link in read_listing(Document(head, "https://mill.example/"), site) if link.kind is Kind.FEED]
    (first, second) = feeds
    assert (first.url, first.label, first.kind) == ("https://mill.example/export/atom.xml", Label.FEED, Kind.FEED)
    assert second.url == "https://mill.example/news.rss"
    topic = Document(f'{head}<a rel="next" href="?page=2">2</a>', "https://mill.example/topics/water/")
    assert [link.kind for link in read_listing(topic, site)] == [Kind.LISTING], "those of sections are as many"
