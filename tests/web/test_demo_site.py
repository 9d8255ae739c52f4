"""The demo site over real connections: its pages hold what it expects, its traps do what they say, it stops cleanly."""

from __future__ import annotations

import gzip
import json
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

import pytest
from demo_reader import ARTICLE, Answer, Reader, by_id, crawl, expected, links, paragraphs, trap
from selectolax.lexbor import LexborHTMLParser

from workers.demo import DemoSite
from workers.demo.labels import LABELS
from workers.demo.lists import PER_PAGE
from workers.demo.story import KYIV


@pytest.fixture
def site() -> Iterator[DemoSite]:
    with DemoSite(pages=60) as running:
        yield running


@pytest.fixture
def reader(site: DemoSite) -> Iterator[Reader]:
    with Reader(site.port) as client:
        yield client


@pytest.fixture(scope="module")
def crawled() -> Iterator[tuple[DemoSite, dict[str, Answer]]]:
    with DemoSite() as site:
        yield site, crawl(site)


def test_every_expected_article_is_reached_by_links_and_holds_its_text(
    crawled: tuple[DemoSite, dict[str, Answer]],
) -> None:
    site, pages = crawled
    truth, served = site.truth(), by_id(pages)
    assert len(truth) == 300
    assert not truth.keys() - served.keys()
    wrong = [key for key, article in truth.items() if paragraphs(served[key]) != article.paragraphs]
    assert not wrong


def test_the_visible_furniture_of_every_article_is_as_expected(crawled: tuple[DemoSite, dict[str, Answer]]) -> None:
    site, pages = crawled
    served = by_id(pages)
    for key, article in site.truth().items():
        tree, label = LexborHTMLParser(served[key].text), LABELS[article.language]
        root = tree.css_first(".article-content-view")
        stamp = (article.event or article.published).astimezone(KYIV)
        shown = " ".join(node.text() for node in root.css(".article-time span")[:2])
        assert root.css_first("h1.article-content-title").text() == article.headline
        assert shown == stamp.strftime("%H:%M %d.%m.%Y")
        assert root.css_first("h3.category-title").text() == article.section_label
        assert tuple(node.text() for node in tree.css(".article-tags a")) == tuple(f"#{tag}" for tag in article.tags)
        picture = root.css_first("img.article-content-image")
        assert (picture.attributes["src"] if picture else None) == article.image_url
        reading = tree.css_first(".article-read")
        assert (reading.text() if reading else None) == (
            label.read.format(article.minutes) if article.minutes else None
        )
        assert (f"{label.photo} {article.credit}" in root.text()) == (article.credit is not None)
        headings = [node.text() for node in tree.css("section h2, section h3") if node.text().isupper()]
        assert headings == [label.more_about, label.hot_news, label.latest]


def test_the_head_of_most_articles_says_when_they_were_published(crawled: tuple[DemoSite, dict[str, Answer]]) -> None:
    site, pages = crawled
    served, dated = by_id(pages), Counter[bool]()
    for key, article in site.truth().items():
        block = LexborHTMLParser(served[key].text).css_first('script[type="application/ld+json"]')
        dated[block is not None] += 1
        if block is not None:
            assert datetime.fromisoformat(json.loads(block.text())["datePublished"]) == article.published
    assert dated[True] > 200
    assert dated[False] > 20


def test_some_articles_are_reached_only_through_more_about(crawled: tuple[DemoSite, dict[str, Answer]]) -> None:
    site, pages = crawled
    on_lists = {url for asked, answer in pages.items() if not ARTICLE.search(asked) for url in links(asked, answer)}
    deep = [
        article.url
        for article in site.truth().values()
        if article.url not in {url.partition("?")[0] for url in on_lists}
    ]
    assert len(deep) >= 30


def test_the_whole_site_takes_a_polite_crawl_a_few_seconds(crawled: tuple[DemoSite, dict[str, Answer]]) -> None:
    site, _ = crawled
    per_host = Counter(asked.host for asked in site.requests)
    assert max(per_host.values()) * 0.05 < 15


def test_pages_are_far_from_being_equal(crawled: tuple[DemoSite, dict[str, Answer]]) -> None:
    truth = crawled[0].truth()
    bodies = [answer.body for key, answer in by_id(crawled[1]).items() if key in truth]
    assert len(set(bodies)) == len(bodies)


def test_a_second_crawl_is_answered_304_for_all_but_the_corrected_article(
    crawled: tuple[DemoSite, dict[str, Answer]],
) -> None:
    site, pages = crawled
    changed = []
    with Reader(site.port) as client:
        for url, answer in pages.items():
            if answer.status == 200 and "etag" in answer.headers:
                again = client.get(url, if_none_match=answer.headers["etag"])
                changed += [url] if again.status != 304 else []
                assert again.status == 200 or not again.body
    assert changed == [trap(site, "corrected").url]


def test_robots_names_the_sitemap_the_delay_and_what_is_forbidden(site: DemoSite, reader: Reader) -> None:
    for host in site.hosts:
        text = reader.get(f"http://{host}/robots.txt").text
        assert f"Sitemap: http://{host}/sitemap.xml" in text
        assert "Crawl-delay: 0.05" in text
        assert urlsplit(trap(site, "disallowed").url).path.startswith(re.search(r"Disallow: (\S+)", text)[1])  # type: ignore[index]


def test_a_listing_has_its_items_and_leads_to_the_next_page(crawled: tuple[DemoSite, dict[str, Answer]]) -> None:
    site, pages = crawled
    base = f"http://{site.hosts[0]}/news/latest"
    first, second = pages[f"{base}.html"], pages[f"{base}-2.html"]
    assert len(LexborHTMLParser(first.text).css("a.article-link")) == PER_PAGE
    assert f"{base}-2.html" in links(base, first)
    assert not links(base, first) & {url for url in links(base, second) if ARTICLE.search(url)}
    assert f"{base}-5.html" not in pages


def test_a_page_behind_the_last_of_a_listing_is_not_there(site: DemoSite, reader: Reader) -> None:
    assert reader.get(f"{site.url}news/latest-99.html").status == 404
    assert reader.get(f"{site.url}news/nonsense.html").status == 404
    assert reader.get(f"{site.url}news/general/1234567.html").status == 404


def test_the_feed_names_the_newest_articles_of_its_host(site: DemoSite, reader: Reader) -> None:
    text = reader.get(f"http://en.demo.localhost:{site.port}/news/last.rss").text
    listed = re.findall(r"<item>.*?<link>([^<]+)</link>", text)
    published = {article.url: article.published for article in site.truth().values() if article.language == "en"}
    assert trap(site, "future-event").url in listed
    assert listed == sorted(listed, key=lambda url: published[url], reverse=True)
    assert published[listed[0]] >= sorted(published.values())[-3]


def test_a_picture_is_a_real_png(site: DemoSite, reader: Reader) -> None:
    url = expected(site, "credit-is-url").image_url
    assert url is not None
    answer = reader.get(url)
    assert answer.headers["content-type"] == "image/png"
    assert answer.body.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", answer.body[16:24])
    start = answer.body.index(b"IDAT") + 4
    pixels = zlib.decompressobj().decompress(answer.body[start:])
    assert len(pixels) == height * (1 + 3 * width)


def test_gzip_and_plain_carry_the_same_page(site: DemoSite, reader: Reader) -> None:
    plain, squeezed = reader.get(site.url), reader.get(site.url, accept_encoding="gzip")
    assert squeezed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(squeezed.body) == plain.body
    assert int(squeezed.headers["content-length"]) == len(squeezed.body) < len(plain.body)


def test_head_answers_as_get_without_the_body(site: DemoSite, reader: Reader) -> None:
    got, head = reader.get(site.url), reader.get(site.url, "HEAD")
    assert head.body == b""
    assert head.headers["content-length"] == str(len(got.body))
    assert head.headers["etag"] == got.headers["etag"]


def test_one_article_answers_at_many_addresses_in_its_own_language(site: DemoSite, reader: Reader) -> None:
    story, also = expected(site, "many-addresses"), trap(site, "many-addresses").also_urls
    assert len({urlsplit(url).netloc for url in (story.url, *also)}) == 3
    for url in (story.url, *also):
        answer = reader.get(url)
        assert paragraphs(answer) == story.paragraphs
        assert LexborHTMLParser(answer.text).css_first("html").attributes["lang"] == "en"
    assert "article-time" not in reader.get(also[-1]).text


def test_an_announcement_shows_its_event_and_dates_itself_in_the_head(site: DemoSite, reader: Reader) -> None:
    story = expected(site, "future-event")
    text = reader.get(story.url).text
    assert story.event is not None
    assert story.event.astimezone(KYIV).strftime("<span>%H:%M</span> <span>%d.%m.%Y</span>") in text
    assert f'"datePublished": "{story.published.astimezone(KYIV).isoformat()}"' in text


def test_the_corrected_article_changes_once_after_the_first_visit(site: DemoSite, reader: Reader) -> None:
    url = trap(site, "corrected").url
    reader.get(url, "HEAD")
    first, before = reader.get(url), expected(site, "corrected")
    second = reader.get(url, if_none_match=first.headers["etag"], if_modified_since=first.headers["last-modified"])
    after = expected(site, "corrected")
    assert (before.corrected, after.corrected) == (False, True)
    assert paragraphs(first) == before.paragraphs
    assert paragraphs(second) == (*after.paragraphs, "(Updated)")
    assert second.headers["last-modified"] != first.headers["last-modified"]
    assert reader.get(url, if_none_match=second.headers["etag"]).status == 304


def test_the_moved_articles_lead_to_where_they_are(site: DemoSite, reader: Reader) -> None:
    for name in ("moved", "known-by-old-address"):
        url = trap(site, name).url
        answer = reader.get(url)
        assert answer.status == 301
        assert urljoin(url, answer.headers["location"]) == expected(site, name).url


def test_the_redirect_off_the_site_leads_to_a_host_that_is_not_ours(site: DemoSite, reader: Reader) -> None:
    target = reader.get(trap(site, "leaves-the-site").url).headers["location"]
    assert urlsplit(target).netloc not in site.hosts
    assert urlsplit(target).port == site.port


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("missing", [404, 404]),
        ("gone", [410, 410]),
        ("heals", [500, 500, 200, 200]),
        ("too-many-requests", [429, 200, 200]),
        ("soft-404", [200]),
        ("disallowed", [200]),
        ("tracked", [200]),
    ],
)
def test_a_trap_answers_with_its_statuses_in_turn(
    site: DemoSite, reader: Reader, name: str, statuses: list[int]
) -> None:
    assert [reader.get(trap(site, name).url).status for _ in statuses] == statuses


def test_too_many_requests_says_for_how_long(site: DemoSite, reader: Reader) -> None:
    assert reader.get(trap(site, "too-many-requests").url).headers["retry-after"] == "1"


def test_the_legacy_pages_are_windows_1251_and_say_so_in_one_place_only(site: DemoSite, reader: Reader) -> None:
    by_header = reader.get(trap(site, "windows-1251-by-header").url)
    by_meta = reader.get(trap(site, "windows-1251-by-meta").url)
    assert by_header.headers["content-type"] == "text/html; charset=windows-1251"
    assert b"charset" not in by_header.body
    assert by_meta.headers["content-type"] == "text/html"
    assert b'<meta charset="windows-1251">' in by_meta.body
    for answer, name in ((by_header, "windows-1251-by-header"), (by_meta, "windows-1251-by-meta")):
        assert expected(site, name).paragraphs[0].encode("windows-1251") in answer.body


def test_the_broken_page_is_broken_and_readable(site: DemoSite, reader: Reader) -> None:
    answer = reader.get(trap(site, "broken-html").url)
    assert b"</html>" not in answer.body
    assert b"</article>" not in answer.body
    assert answer.body.count(b"<p class=text") > answer.body.count(b"</p>")
    assert paragraphs(answer) == expected(site, "broken-html").paragraphs


def test_the_pages_that_are_no_pages(site: DemoSite, reader: Reader) -> None:
    honest, disguised = reader.get(trap(site, "pdf").url), reader.get(trap(site, "pdf-in-disguise").url)
    assert (honest.body[:5], disguised.body[:5]) == (b"%PDF-", b"%PDF-")
    assert (honest.headers["content-type"], disguised.headers["content-type"][:9]) == ("application/pdf", "text/html")
    empty = reader.get(trap(site, "empty").url)
    assert (empty.status, empty.headers["content-length"], empty.body) == (200, "0", b"")


def test_the_endless_page_goes_on_until_the_client_has_had_enough(site: DemoSite) -> None:
    parts = urlsplit(trap(site, "endless").url)
    connection = HTTPConnection("127.0.0.1", site.port, timeout=10)
    connection.request("GET", parts.path, headers={"Host": parts.netloc})
    with connection.getresponse() as response:
        assert len(response.read(12_000_000)) == 12_000_000
        assert response.getheader("content-length") is None
    connection.close()


@pytest.mark.parametrize("name", ["calendar", "endless-pager"])
def test_the_endless_lists_have_no_last_page(site: DemoSite, reader: Reader, name: str) -> None:
    url = trap(site, name).url
    seen = []
    for _ in range(30):
        answer = reader.get(url)
        assert answer.status == 200
        seen.append(url)
        (url,) = (link for link in links(url, answer) if not ARTICLE.search(link))
    assert len(set(seen)) == 30


@pytest.mark.parametrize("name", ["calendar", "endless-pager"])
def test_the_endless_lists_are_linked_from_a_listing(site: DemoSite, reader: Reader, name: str) -> None:
    first = f"http://{trap(site, name).host}.demo.localhost:{site.port}/news/latest.html"
    assert trap(site, name).url in links(first, reader.get(first))
