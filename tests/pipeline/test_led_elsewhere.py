"""Sites that lead on: to a page that sets a cookie, to the host where they are now, to the next part of a story."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from crawls import Crawl, crawl
from stories import story

STORIES = range(1, 9)


class Site(BaseHTTPRequestHandler):
    """A front page and its stories."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.answer()

    def answer(self) -> None:
        if self.path == "/":
            self.html("".join(f'<h2><a href="/story/{n}">The mill of the town on day {n}</a></h2>' for n in STORIES))
        elif self.path.startswith("/story/"):
            number = int(self.path[7:])
            text = "".join(f"<p>{paragraph}</p>" for paragraph in story(number))
            self.html(f"<article><h1>The mill of the town on day {number}</h1>{text}</article>")
        else:
            self.send_error(404)

    def html(self, body: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>The mill</title>{body}".encode())

    def lead(self, to: str, **headers: str) -> None:
        self.send_response(302)
        for name, value in {"Location": to, "Content-Length": "0", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class Consent(Site):
    """Whoever shows no cookie is led to a page that sets one and leads back."""

    def answer(self) -> None:
        path, _, back = self.path.partition("?back=")
        if path == "/consent":
            self.lead(back, Set_Cookie="consent=1; Path=/")
        elif "consent=1" in self.headers.get("Cookie", ""):
            super().answer()
        else:
            self.lead(f"/consent?back={path}")


@contextmanager
def served(handler: type[Site]) -> Iterator[tuple[str, list[str]]]:
    """A site on loopback: its address, and the paths that were asked for."""
    asked: list[str] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Its", (handler,), {"asked": asked})) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


def stored(done: Crawl) -> set[str]:
    ledger = done.ledger
    found = {row.url for row in ledger.articles(limit=100)}
    ledger.close()
    return found


def test_a_site_behind_a_cookie_that_a_redirect_sets_is_read_and_asks_for_it_once(tmp_path: Path) -> None:
    with served(Consent) as (url, asked):
        done = crawl(tmp_path / "state", url, "--allow-private", "--delay", "0.01")
    assert stored(done) == {f"{url}/story/{number}" for number in STORIES}
    # robots.txt, asked before, and what runs beside the first answer are led there as well
    assert sum(path.startswith("/consent") for path in asked) <= 4


def test_a_site_that_has_moved_to_another_host_is_crawled_there(tmp_path: Path) -> None:
    with served(Site) as (url, _):

        class Old(Site):
            def answer(self) -> None:
                self.lead(f"{url}{self.path}")

        with served(Old) as (old, _):
            done = crawl(tmp_path / "state", old, "--delay", "0.01", WIREROOM_ALLOW_PRIVATE="true")
            again = crawl(tmp_path / "state", old, "--delay", "0.01", WIREROOM_ALLOW_PRIVATE="true")
    assert stored(done) == {f"{url}/story/{number}" for number in STORIES}
    assert f"{old}/ leads to {url}/: that site is crawled." in done.said
    assert (done.code, done.summary["stored"], done.summary["hints"][1:]) == (0, len(STORIES), [])
    assert (again.code, again.summary["articles"]) == (0, len(STORIES))


class Parts(Site):
    """Each story is in three parts."""

    def answer(self) -> None:
        path, _, number = self.path.partition("?page=")
        if not path.startswith("/story/"):
            super().answer()
            return
        day, part = int(path[7:]), int(number or 1)
        text = "".join(f"<p>{paragraph}</p>" for paragraph in story(10 * day + part))
        pager = "".join(f'<a href="?page={n}">{n}</a> ' for n in (1, 2, 3) if n != part)
        head = '<meta property="article:published_time" content="2026-11-20T10:00:00Z">'
        self.html(f"{head}<article><h1>The mill of the town on day {day}</h1>{text}</article><div>{pager}</div>")


def test_a_story_in_parts_is_stored_whole_and_once(tmp_path: Path) -> None:
    with served(Parts) as (url, asked):
        done = crawl(tmp_path / "state", url, "--allow-private", "--delay", "0.01")
        assert sum(path.startswith("/story/3") for path in asked) == 4, "the first part, and then all of them"
        again = crawl(tmp_path / "state", url, "--allow-private", "--delay", "0.01", "--revisit")
    assert stored(done) == {f"{url}/story/{number}" for number in STORIES}
    assert (again.summary["stored"], again.summary["versions"]) == (0, 0)
    ledger = done.ledger
    [third] = [article for article in ledger.iterate_articles() if article.url.endswith("/story/3")]
    ledger.close()
    assert third.text.split("\n\n") == [*story(31), *story(32), *story(33)]
