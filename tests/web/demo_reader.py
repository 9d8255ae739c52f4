"""A client of the demo site for its own tests: reads answers, follows links, finds what traps expect."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from workers.demo import DemoSite, Expected, Trap

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


def by_id(pages: dict[str, Answer]) -> dict[str, Answer]:
    found = {url: ARTICLE.search(url) for url in pages}
    return {f"id:{match[1]}": pages[url] for url, match in found.items() if match and pages[url].status == 200}
