"""A site that means harm: traps without an end, answers that hurt, lists that explode, links that lead inside.

Every trap and every answer is a host of its own, so that the breaker of one does not hide the others.
"""

from __future__ import annotations

import gzip
import io
import random
import string
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1] / "web"))
_server: Any = import_module("server")
answer, endless, raw, redirect, running = (
    _server.answer, _server.endless, _server.raw, _server.redirect, _server.running,
)  # fmt: skip

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
DOMAIN = "trap.localhost"
GOOD = 20
MB = 1024 * 1024
SENTENCE = "The bridge over the river was opened to traffic again on Monday, the council of the town said. "
dice = random.Random(7)


def page(title: str, *hrefs: str, body: str = "", head: str = "") -> bytes:
    """A page without an article: links, each with a text as long as a headline."""
    items = "".join(f'<li><a href="{href}">{title} and more of it</a></li>' for href in hrefs)
    top = f"<!doctype html><html lang=en><head>{head}<title>{title}</title></head><h1>{title}</h1>{body}"
    return f"{top}<ul>{items}</ul>".encode()


def article(number: int, *hrefs: str, also: str = "") -> bytes:
    text = "".join(f"<p>{SENTENCE * 3}Report {number}, part {part}.</p>" for part in range(4))
    links = "".join(f'<li><a href="{href}">Another long headline</a></li>' for href in hrefs)
    title = f"Bridge number {number} opened to traffic again"
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>"
        f'<meta property="article:published_time" content="2024-05-05T10:00:00+03:00"></head>'
        f"<article><h1>{title}</h1>{text}{also}</article><h2>Related news</h2><ul>{links}</ul></html>"
    ).encode()


def word(size: int = 12) -> str:
    return "".join(dice.choice(string.ascii_lowercase) for _ in range(size))


def calendar(path: str) -> bytes:
    """Every day leads to forty others, for ever."""
    days = [f"/archive/{dice.randrange(1, 9999)}/{n % 12 + 1}/{n % 28 + 1}/" for n in range(40)]
    return page("A day in the calendar", *days)


def sessions(path: str) -> bytes:
    """Each visit gives every link another session, in letters only, and tells another story."""
    return article(dice.randrange(1_000, 10**9), *(f"/{word()}/what-happened-in-town-today" for _ in range(20)))


def growing(path: str) -> bytes:
    return page("Deeper and deeper", *(f"{path}{step}/" for step in ("north", "south", "east", "west")))


def shuffled(path: str) -> bytes:
    """The same parameters in every order and with every value."""
    names = ["colour", "size", "sort", "page", "view"]
    queries = ("&".join(f"{n}={dice.randrange(99)}" for n in dice.sample(names, 5)) for _ in range(40))
    return page("All our offers in town", *(f"/category/offers/?{query}" for query in queries))


def soft_404(path: str) -> bytes:
    return page("This page was not found", *(f"/tag/{word(8)}/" for _ in range(20)))


def copies(path: str) -> bytes:
    """One article under any number of hosts."""
    return article(999, *(f"http://{word(8)}.copy.{DOMAIN}{{port}}/the-one-story-1234" for _ in range(10)))


def many_links(path: str) -> bytes:
    """A hundred thousand; a million is more than the bound of a body, or of its tags."""
    return b"<title>Links</title>" + b"".join(b"<a href=/n%d>Some long headline</a>" % n for n in range(100_000))


TRAPS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "calendar": ("/archive/2026/11/23/", calendar),
    "sessions": ("/start/what-happened-in-town-today", sessions),
    "growing": ("/archive/", growing),
    "shuffled": ("/category/offers/?page=1", shuffled),
    "soft": ("/tag/away/", soft_404),
    "copies": ("/the-one-story-1234", copies),
    "many": ("/archive/links/", many_links),
}
LONG = "http://long.example/" + "a" * (2 * MB)


def zeros(size: int, head: bytes = b"") -> bytes:
    """So many zeros after the head, packed."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        file.write(head)
        for _ in range(size // MB):
            file.write(bytes(MB))
    return packed.getvalue()


# By host: how it behaves, and how its URL must end (state, reason).
ANSWERS: dict[str, tuple[Any, tuple[str, str]]] = {
    "endless": (endless(HEAD + b"\r\n", b"x" * 65_536), ("parked", "body-too-large")),
    "drip": (endless(HEAD + b"\r\n", b"x", every=0.2), ("parked", "too-many-attempts")),
    "silent": (raw(then="wait"), ("parked", "too-many-attempts")),
    "header": (endless(HEAD + b"X-Long: ", b"x" * 65_536), ("parked", "too-many-attempts")),
    "headers": (endless(HEAD, b"X-More: of the same\r\n" * 999), ("parked", "too-many-attempts")),
    "hints": (endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 99), ("parked", "too-many-attempts")),
    "bomb": (answer(zeros(100 * MB), content_encoding="gzip"), ("parked", "body-too-large")),
    "nested": (answer(gzip.compress(zeros(MB)), content_encoding="gzip, gzip"), ("parked", "too-many-attempts")),
    "short": (raw(HEAD + b"Content-Length: 100\r\n\r\n<p>Hi"), ("parked", "too-many-attempts")),
    "reset": (raw(HEAD, then="reset"), ("parked", "too-many-attempts")),
    "old": (raw(b"<html><p>No headers at all</p></html>"), ("parked", "too-many-attempts")),
    "circle": (redirect("/page-of-the-town"), ("parked", "redirect-loop")),
    "liar": (answer(b"\x89PNG\r\n\x1a\n" + bytes(999)), ("skipped", "not-html")),
    "deep": (answer(b"<div>" * 100_000), ("parked", "hostile-page")),
    "wide": (answer(b"<a " + b"x=1 " * 100_000 + b">"), ("parked", "hostile-page")),
    "tags": (answer(b"<i>x</i>" * 160_000), ("parked", "hostile-page")),
    "inner": (redirect("http://127.0.0.2:{port}/secret"), ("parked", "address-refused")),
    "metadata": (redirect("http://169.254.169.254/latest/meta-data/"), ("parked", "address-refused")),
    "scheme": (redirect("file:///etc/passwd"), ("parked", "address-refused")),
    "refresh": (
        answer(page("Wait a moment", head='<meta http-equiv=refresh content="0;url=http://127.0.0.2:{port}/">')),
        ("parked", "address-refused"),
    ),
    "later": (answer(page("Wait a moment"), refresh="0;url=http://127.0.0.2/"), ("parked", "incomplete")),
}  # fmt: skip

INSIDE = ("http://127.0.0.2:{port}/a", "http://[::ffff:127.0.0.2]:{port}/b", "http://2130706434:{port}/c", "http://0/d")
ENTRY = "<item><title>One of very many entries</title><link>/entry/{n}</link><pubDate>{date}</pubDate></item>"
LEAD = "<item><title>Come in, come in</title><link>{url}</link></item>"
OUTSIDE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>'
LATE = "Fri, 31 Dec 9999 23:59:59 -1200"
LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "{0}">]><rss><channel><item><title>&b;</title></item></channel></rss>'


def rss(entries: Iterator[str]) -> bytes:
    return f"<rss><channel>{''.join(entries)}</channel></rss>".encode()


def urlset(*addresses: str, element: str = "url", root: str = "urlset") -> bytes:
    return (
        f"<{root}>{''.join(f'<{element}><loc>{address}</loc></{element}>' for address in addresses)}</{root}>".encode()
    )


ITSELF = urlset(*("http://index.trap.localhost:{port}/page-of-the-town",) * 9, element="sitemap", root="sitemapindex")
LISTS: dict[str, tuple[str, bytes, tuple[str, str]]] = {
    "laughs": ("feed", LAUGHS.format("&a;" * 50_000).encode(), ("parked", "unreadable")),
    "external": ("feed", OUTSIDE, ("parked", "unreadable")),
    "entries": ("feed", rss(ENTRY.format(n=n, date=LATE) for n in range(60_000)), ("skipped", "feed")),
    "lead": ("feed", rss(LEAD.format(url=url) for url in INSIDE), ("skipped", "feed")),
    "index": ("sitemap", ITSELF, ("skipped", "sitemap")),
    "zeros": ("sitemap", zeros(60 * MB, b"<urlset>" + b" " * MB), ("parked", "body-too-large")),
    "map": ("sitemap", urlset(*INSIDE, *(f"/place/{n}" for n in range(45_000))), ("skipped", "sitemap")),
}  # fmt: skip


class Ways(dict[str, Any]):
    """What the server does on each path, by the host that is asked."""

    def __init__(self, port: Callable[[], int]) -> None:
        super().__init__()
        self._port = port

    def get(self, path: str, default: Any = None) -> Any:
        return self._behave

    async def _behave(self, asked: Any, wire: Any) -> None:
        await self._way(asked.headers.get("host", "").partition(".")[0], asked.path)(asked, _Named(wire, self._port()))

    def _way(self, host: str, path: str) -> Any:
        if path == "/robots.txt":
            return answer(b"User-agent: *\nAllow: /\n", content_type="text/plain")
        if host in ANSWERS:
            return ANSWERS[host][0]
        if host in LISTS and path == "/page-of-the-town":
            body = LISTS[host][1]
            return answer(body, content_type="text/xml" if body.startswith(b"<") else "application/gzip")
        if host in LISTS:
            return answer(page("A page of the list"))
        if host in TRAPS:
            return answer(TRAPS[host][1](path))
        if host == "front":
            return answer(self._front(path))
        return answer(copies(path))

    def _front(self, path: str) -> bytes:
        if path.startswith("/good/"):
            return article(int(path[6:].partition("-")[0]))
        good = [f"/good/{n}-the-bridge-is-open-again" for n in range(GOOD)]
        others = [f"http://{host}.{DOMAIN}{{port}}{way}" for host, (way, _) in TRAPS.items()]
        others += [f"http://{host}.{DOMAIN}{{port}}/page-of-the-town" for host in ANSWERS]
        return page("The front page of all", *good, *others, *INSIDE, LONG)


class _Named:
    """A wire that puts the server's port where `{port}` stands."""

    def __init__(self, wire: Any, port: int) -> None:
        self._wire, self._ports = wire, (b"localhost{port}", b"localhost:%d" % port, b"{port}", b"%d" % port)
        self.reader = wire.reader

    async def send(self, data: bytes) -> None:
        if b"{port}" in data:
            head, gap, body = data.partition(b"\r\n\r\n")
            body = self._named(body)
            lines = [line for line in self._named(head).split(b"\r\n") if not line.startswith(b"content-length")]
            data = b"\r\n".join([*lines, b"content-length: %d" % len(body)]) + gap + body
        await self._wire.send(data)

    def _named(self, data: bytes) -> bytes:
        host, named, port, number = self._ports
        return data.replace(host, named).replace(port, number)

    def reset(self) -> None:
        self._wire.reset()

    async def close(self) -> None:
        await self._wire.close()
