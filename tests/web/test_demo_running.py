"""The demo site while it runs: new articles come in, it starts and stops cleanly, many clients at once."""

from __future__ import annotations

import contextlib
import gc
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest
from demo_reader import Reader, expected, links, paragraphs, trap, words
from selectolax.lexbor import LexborHTMLParser

from workers.demo import DemoSite, Expected


@pytest.fixture
def site() -> Iterator[DemoSite]:
    with DemoSite(pages=60) as running:
        yield running


@pytest.fixture
def reader(site: DemoSite) -> Iterator[Reader]:
    with Reader(site.port) as client:
        yield client


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
    patience = time.monotonic() + 10  # what was asked is noted once its answer is on its way
    while len(site.requests) < 32 * 25 and time.monotonic() < patience:
        time.sleep(0.01)
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
    port = urlsplit(site.url).port
    site.stop()
    site.stop()
    with pytest.raises(ConnectionError):
        socket.create_connection(("127.0.0.1", port), 1)


@pytest.mark.parametrize(("pages", "rate", "port"), [(3, None, 0), (60, 0.0, 0), (60, -1.0, 0), (60, None, 70_000)])
def test_impossible_settings_are_refused_in_a_sentence(pages: int, rate: float | None, port: int) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        DemoSite(pages=pages, rate=rate, port=port)
