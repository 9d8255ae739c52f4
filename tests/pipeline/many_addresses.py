"""A news site that shows its stories under many addresses, and one whose pages name the wrong ones."""

from __future__ import annotations

import random
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = (
    *("harbour", "council", "engineers", "ferry", "winter", "budget", "library", "bridge", "orchard", "tenants"),
    *("figures", "railway", "survey", "northern", "station", "traders", "money", "plan", "spring", "delayed", "waited"),
    *("approved", "published", "several", "weeks", "talks", "morning", "repaired", "opened", "while", "without"),
)
NUMBERS = range(2001, 2013)
LONG, LOST = range(2020, 2024), range(2030, 2034)


class Site:
    """Answers on loopback under any name of localhost; `asked` counts the requests by host and address."""

    name = ""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.port = 0

    def url(self, path: str, host: str = "") -> str:
        """The absolute address of a path."""
        return f"http://{host or self.name}:{self.port}{path}"

    def answer(self, host: str, path: str, query: str) -> str | None:
        """The page, the address that it redirects to, or None for one that is not there."""
        raise NotImplementedError


class Many(Site):
    """Every story has one right canonical address, which is found last: links lead to other forms of its page.

    Odd ones are shown by their print view only, which answers under both names of the host. Pages link to each other
    with the number of the page that shows the link, and with a session's. Two are led to by a redirect as well.
    """

    name = "many.localhost"

    def answer(self, host: str, path: str, query: str) -> str | None:
        """The front page, or a story in one of its forms."""
        if path == "/":
            return front(
                *(f"/print/{n}" if n % 2 else f"/story/{n}?ref=front" for n in NUMBERS), "/go/2003", "/go/2004"
            )
        if path.startswith("/go/"):
            return self.url(f"/story/{path[4:]}?from=go")
        found = re.fullmatch(r"/(story|print)/(\d+)(/?)(?:;sess=\w+)?", path)
        number = int(found[2]) if found else 0
        if not found or number not in NUMBERS:
            return None
        if found[1] == "print":
            return story(number, self.url(f"/story/{number}", f"www.{self.name}"))
        near = [NUMBERS[(number - NUMBERS[0] + step) % len(NUMBERS)] for step in (1, 2, 3, 4)]
        session = f"{sum(self.asked.values()):032x}"
        links = (
            *(f"/story/{n}?origin={number}&position={place}" for place, n in enumerate(near)),
            *(self.url(f"/story/{n}", f"www.{self.name}") for n in near[:2]),
            *(f"/story/{near[0]}/", f"/story/{near[1]}?PHPSESSID={session}", f"/story/{near[2]}?visit={session}"),
        )
        return story(number, self.url(f"/story/{number}", f"www.{self.name}"), *links)


class Wrong(Site):
    """Pages that name what is not theirs.

    `/a/N` all name `/a/2001`, which is found last. `/long/N` has three parts; all name the first, which is found last.
    `/lost/N` is shown with two values of a parameter and names an address that does not answer.
    """

    name = "wrong.localhost"

    def answer(self, host: str, path: str, query: str) -> str | None:
        """The front page, or a story that names another address."""
        if path == "/":
            same = (f"/a/{n}" for n in NUMBERS[1:])
            long = (f"/long/{n}?part={part}" for n in LONG for part in (2, 3))
            lost = (f"/lost/{n}?box={box}" for n in LOST for box in ("top", "side"))
            return front(*same, *long, *lost)
        found = re.fullmatch(r"/(a|long|lost)/(\d+)", path)
        if not found:
            return None
        number = int(found[2])
        if found[1] == "a":
            return story(number, self.url("/a/2001"), *(["/a/2001"] if number == NUMBERS[-1] else []))
        if found[1] == "long":
            part = int(query.removeprefix("part=") or 1)
            return story(number, self.url(path), part=part)
        return story(number, self.url(f"/gone/{number}")) if query else None


def token(number: int, part: int = 1) -> str:
    """What the text of this story, or part of one, has and no other."""
    return f"Report{number}x{part}"


def front(*paths: str) -> str:
    """A front page with these links."""
    items = "".join(
        f'<h2><a href="{path}">The whole report number {n} of today</a></h2>' for n, path in enumerate(paths)
    )
    return f"<!doctype html><html lang=en><title>Front</title><main><h1>News</h1>{items}</main></html>"


def story(number: int, canonical: str, *links: str, part: int = 1) -> str:
    """The page of a story."""
    dice = random.Random(f"{number}/{part}")
    lines = [" ".join(dice.choices(WORDS, k=40)).capitalize() + "." for _ in range(6)]
    text = "".join(f"<p>{line}</p>" for line in [f"{token(number, part)} was told first. {lines[0]}", *lines[1:]])
    title = f"Council {number} opens the bridge number {number}"
    texts = (f"Harbour report that stands at place {place} of page {number}" for place in range(len(links)))
    also = "".join(f'<li><a href="{href}">{text}</a></li>' for href, text in zip(links, texts, strict=True))
    return (
        f'<!doctype html><html lang=en><head><title>{title}</title><link rel="canonical" href="{canonical}">'
        f'<meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="2026-05-05T10:00:00+03:00"></head>'
        f"<article><h1>{title}</h1>{text}</article><h3>Read also</h3><ul>{also}</ul></html>"
    )


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """The site answers at its port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = (self.headers.get("Host") or "").partition(":")[0]
            path, _, query = self.path.partition("?")
            site.asked[f"{host}{self.path}"] += 1
            page = None if path == "/robots.txt" else site.answer(host, path, query)
            body = (page or "<h1>Not found</h1>").encode()
            moved = body.startswith(b"http")
            self.send_response(301 if moved else 200 if page else 404)
            self.send_header("Location" if moved else "Content-Type", body.decode() if moved else "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        site.port = server.server_port
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
