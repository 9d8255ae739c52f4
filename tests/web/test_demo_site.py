"""The demo site over real connections: its pages hold what it expects, its traps do what they say, it stops cleanly."""

from __future__ import annotations

import contextlib
import gc
import gzip
import json
import re
import socket
import struct
import time
import zlib
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from threading import Event, Thread
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from workers.demo import DemoSite, Expected, Trap
from workers.demo.labels import LABELS
from workers.demo.lists import PER_PAGE
from workers.demo.story import KYIV

ARTICLE = re.compile(r"/news/.+/(\d{5,})(?:-amp)?\.html")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Decoded as a browser would: by the header, then by the meta element."""
        said = re.search(
            rb"charset=[\"']?([\w-]+)", self.headers.get("content-type", "").encode() + b"\n" + self.body[:1024]
        )
        return self.body.decode(said[1].decode() if said else "utf-8")


class Reader:
    """A client that keeps one connection open and reaches every virtual host through it."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=10)

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def get(self, url: str, method: str = "GET", **headers: str) -> Answer:
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, target or "/", headers={"Host": parts.netloc, **named})
        with self._connection.getresponse() as response:
            kept = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, kept, response.read())


@pytest.fixture
def site() -> Iterator[DemoSite]:
    with DemoSite(pages=60) as running:
        yield running


@pytest.fixture
def reader(site: DemoSite) -> Iterator[Reader]:
    with Reader(site.port) as client:
        yield client


def trap(site: DemoSite, name: str) -> Trap:
    return next(found for found in site.traps() if found.name == name)


def expected(site: DemoSite, name: str) -> Expected:
    return site.truth()[trap(site, name).stored or ""]


def words(text: str) -> str:
    return " ".join(text.split())


def paragraphs(answer: Answer) -> tuple[str, ...]:
    found = LexborHTMLParser(answer.text).css("div.article-content p")
    return tuple(filter(None, (words(node.text()) for node in found)))


def links(url: str, answer: Answer) -> set[str]:
    """What a crawl follows from here: feed and sitemap entries, list items, pagers, boxes and the AMP form."""
    if "xml" in answer.headers["content-type"]:
        return set(re.findall(r"<(?:link|loc)>([^<]+)</", answer.text))
    tree = LexborHTMLParser(answer.text)
    nodes = tree.css("a.article-link, .pager a, .block-side a, .block-related a, .article-tags a, link[rel=amphtml]")
    return {urljoin(url, node.attributes["href"] or "") for node in nodes}


def crawl(site: DemoSite) -> dict[str, Answer]:
    """Breadth first from the starts, within the hosts, without drafts and days; articles once by id."""
    starts = [
        f"http://{host}{path}"
        for host in site.hosts
        for path in ("/news/last.rss", "/news/latest.html", "/sitemap.xml")
    ]
    waiting, seen, pages = deque(starts), set(starts), {}
    endless = trap(site, "endless").url
    with Reader(site.port) as client:
        while waiting:
            url = waiting.popleft()
            answer = client.get(url)
            while answer.status in (429, 500):
                answer = client.get(url)
            pages[url] = answer
            if answer.status == 301:
                found = {urljoin(url, answer.headers["location"])}
            else:
                found = links(url, answer) if answer.status == 200 and answer.body[:1] == b"<" else set()
            for link in sorted(found):
                plain = link.partition("?")[0].partition("#")[0]
                match = ARTICLE.search(plain)
                key = match[1] if match else plain
                outside = urlsplit(plain).netloc not in site.hosts or "/drafts/" in plain or "/archive" in plain
                if key not in seen and not outside and plain != endless:
                    seen.add(key)
                    waiting.append(plain)
    return pages


@pytest.fixture(scope="module")
def crawled() -> Iterator[tuple[DemoSite, dict[str, Answer]]]:
    with DemoSite() as site:
        yield site, crawl(site)


def by_id(pages: dict[str, Answer]) -> dict[str, Answer]:
    found = {url: ARTICLE.search(url) for url in pages}
    return {f"id:{match[1]}": pages[url] for url, match in found.items() if match and pages[url].status == 200}


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


def test_new_articles_appear_in_feed_boxes_and_truth() -> None:
    with DemoSite(pages=60, rate=0.1) as site, Reader(site.port) as reader:
        before = site.truth().keys()
        time.sleep(0.75)
        new = [article for key, article in site.truth().items() if key not in before]
        english = [article for article in new if article.language == "en"]
        assert len(new) >= 6
        feed = reader.get(f"http://en.demo.localhost:{site.port}/news/last.rss").text
        page = reader.get(trap(site, "future-event").url)
        assert english[0].url in feed
        assert english[0].url in links(site.url, page)
        assert paragraphs(reader.get(english[0].url)) == english[0].paragraphs


def test_after_a_restart_the_same_bytes_are_there_and_the_corrected_article_has_changed() -> None:
    opened = datetime.now(UTC) - timedelta(hours=3)
    with DemoSite(pages=60, opened=opened) as site, Reader(site.port) as reader:
        port, urls = (
            site.port,
            [article.url for article in site.truth().values() if article.trap in (None, "corrected")],
        )
        tags = {url: reader.get(url).headers["etag"] for url in urls}
    with DemoSite(pages=60, opened=opened, port=port) as site, Reader(port) as reader:
        changed = [url for url, tag in tags.items() if reader.get(url, if_none_match=tag).status == 200]
        assert changed == [trap(site, "corrected").url]
        assert expected(site, "corrected").corrected


def test_stories_that_came_in_before_a_restart_are_the_same_after_it() -> None:
    opened = datetime.now(UTC) - timedelta(minutes=1)
    with DemoSite(pages=60, rate=5, opened=opened) as site:
        before = {key: article.paragraphs for key, article in site.truth().items()}
    with DemoSite(pages=60, rate=5, opened=opened) as site:
        after = {key: article.paragraphs for key, article in site.truth().items()}
    assert len(before) >= 72
    assert before.items() <= after.items()


def test_a_site_that_opened_long_ago_still_starts_at_once() -> None:
    began = time.perf_counter()
    with DemoSite(pages=60, rate=1, opened=datetime.now(UTC) - timedelta(days=30)) as site:
        assert 500 <= len(site.truth()) < 700
    assert time.perf_counter() - began < 1


def test_many_connections_at_once_get_whole_answers_over_keep_alive(site: DemoSite) -> None:
    articles = [article for article in site.truth().values() if article.trap is None]

    def read_many(number: int) -> int:
        with Reader(site.port) as client:
            mine = [articles[(number * 7 + step) % len(articles)] for step in range(25)]
            return sum(article.paragraphs[-1] in words(client_text(client, article)) for article in mine)

    def client_text(client: Reader, article: Expected) -> str:
        return LexborHTMLParser(client.get(article.url).text).text()

    with ThreadPoolExecutor(32) as pool:
        assert sum(pool.map(read_many, range(32))) == 32 * 25
    assert Counter(asked.status for asked in site.requests) == {200: 32 * 25}


def test_the_log_shows_who_asked_what_when_and_how_many_at_once() -> None:
    with DemoSite(pages=60, latency=0.1) as site:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: ask_once(site), range(4)))
        logged = list(site.requests)
    assert {(one.method, one.host, one.target, one.status) for one in logged} == {
        ("GET", "uk.demo.localhost", "/robots.txt", 200)
    }
    assert {one.headers["user-agent"] for one in logged} == {"test/1"}
    assert max(one.at_once for one in logged) > 1
    assert all(one.until - one.at >= 0.1 for one in logged)


def ask_once(site: DemoSite) -> None:
    with Reader(site.port) as client:
        client.get(f"{site.url}robots.txt", user_agent="test/1")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\n\r\n", b"405"),
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET / SPDY/9\r\n\r\n", b"400"),
        (b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n", b"400"),
        (b"GET /nowhere HTTP/1.0\r\n\r\n", b"404"),
    ],
)
def test_what_is_no_good_request_is_refused_and_the_connection_closed(
    site: DemoSite, sent: bytes, status: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=5) as talk:
        talk.sendall(sent)
        answer = b""
        while chunk := talk.recv(65_536):
            answer += chunk
    assert answer.split(b" ")[1] == status


def test_it_starts_at_once_and_stops_with_connections_open() -> None:
    site = DemoSite()
    began = time.perf_counter()
    site.start()
    assert time.perf_counter() - began < 0.3
    parts = urlsplit(trap(site, "endless").url)
    idle = socket.create_connection(("127.0.0.1", site.port), timeout=5)
    flooded = HTTPConnection("127.0.0.1", site.port, timeout=5)
    flooded.request("GET", parts.path, headers={"Host": parts.netloc})
    answer = flooded.getresponse()
    assert answer.read(10) != b""
    time.sleep(0.3)  # until every buffer on the way is full, and the server waits for a client that does not read
    began = time.perf_counter()
    site.stop()
    assert time.perf_counter() - began < 1
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", site.port), timeout=5)
    answer.close()
    flooded.close()
    idle.close()
    gc.collect()


def test_it_stops_cleanly_while_clients_keep_coming() -> None:
    met = []

    def knock(site: DemoSite, over: Event) -> None:
        while not over.is_set():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", site.port), timeout=1) as talk:
                talk.sendall(b"GET / HTTP/1.1\r\nHost: en.demo.localhost\r\n\r\n")
                met.append(site)

    for _ in range(5):
        site, over = DemoSite(pages=60), Event()
        site.start()
        knocking = Thread(target=knock, args=(site, over))
        knocking.start()
        time.sleep(0.03)
        site.stop()
        over.set()
        knocking.join()
    gc.collect()
    assert len(met) > 5


def test_it_can_be_stopped_twice_or_without_a_start() -> None:
    site = DemoSite(pages=60)
    site.stop()
    site.start()
    site.stop()
    site.stop()


@pytest.mark.parametrize(("pages", "rate", "port"), [(3, None, 0), (60, 0.0, 0), (60, -1.0, 0), (60, None, 70_000)])
def test_impossible_settings_are_refused_in_a_sentence(pages: int, rate: float | None, port: int) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        DemoSite(pages=pages, rate=rate, port=port)
