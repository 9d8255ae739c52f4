"""Small sites as systems of publishers make them: the stored set is the truth, whatever the addresses look like."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from crawls import crawl
from stories import story

Pages = dict[str, str]


def headline(number: int) -> str:
    return f"The mill of the town reports on day {number}"


def teaser(number: int, path: str) -> str:
    return f'<div><h2><a href="{path}">{headline(number)}</a></h2><p>{story(number)[0][:90]}</p></div>'


def page(title: str, body: str, head: str = "", menu: str = "") -> str:
    return f"<html lang=en><head><title>{title}</title>{head}</head><nav>{menu}</nav><main>{body}</main></html>"


def article(number: int, beside: str = "", menu: str = "") -> str:
    head = f"""<meta property="og:type" content="article">
    <meta property="article:published_time" content="2026-11-{number % 28 + 1:02}T10:00:00Z">"""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story(number))
    return page(headline(number), f"<article><h1>{headline(number)}</h1>{text}</article>{beside}", head, menu)


def listing(paths: Mapping[int, str], more: str = "", menu: str = "") -> str:
    return page("News", "<h1>News</h1>" + "".join(teaser(*item) for item in paths.items()) + more, menu=menu)


def paged(
    paths: Mapping[int, str], address: Callable[[int], str], link: str, size: int, menu: str = ""
) -> Iterator[tuple[str, str]]:
    """A listing in pages; `link` is how a page leads to the next one's address."""
    numbers = sorted(paths)
    for at, start in enumerate(range(0, len(numbers), size)):
        more = link.format(address(at + 1)) if start + size < len(numbers) else ""
        yield address(at), listing({n: paths[n] for n in numbers[start : start + size]}, more, menu)


def articles(paths: Mapping[int, str]) -> Pages:
    return {path: article(number) for number, path in paths.items()}


def wordpress() -> tuple[Pages, Sequence[str]]:
    """Numeric permalinks, categories in the menu, no sitemap."""
    paths = {n: f"/archives/{n}" for n in range(1, 41)}
    menu = '<a href="/category/water/">Water</a>'
    older = '<a class="next page-numbers" href="{}">Older posts</a>'
    front = paged({n: paths[n] for n in range(1, 21)}, lambda n: f"/page/{n + 1}/" if n else "/", older, 5, menu)
    water = paged(
        {n: paths[n] for n in range(21, 41)},
        lambda n: f"/category/water/page/{n + 1}/" if n else "/category/water/",
        older,
        5,
    )
    return articles(paths) | dict(front) | dict(water), list(paths.values())


def drupal() -> tuple[Pages, Sequence[str]]:
    """The second page is `?page=1`, and nothing but its twelve pages leads to the articles."""
    paths = {n: f"/node/{n}" for n in range(1, 73)}
    following = '<ul><li><a href="{}" rel="next">next ›</a></li><li><a href="/?page=0">1</a></li></ul>'
    front = paged(paths, lambda n: f"/?page={n}" if n else "/", following, 6)
    return articles(paths) | dict(front), list(paths.values())


def bitrix() -> tuple[Pages, Sequence[str]]:
    """Articles are told by their query."""
    paths = {n: f"/news/detail.php?ELEMENT_ID={n}" for n in range(1, 16)}
    news = paged(paths, lambda n: f"/news/?PAGEN_1={n + 1}" if n else "/news/", '<a href="{}">След.</a>', 5)
    front = listing({1: paths[1]}, menu='<a href="/news/">Новости</a>')
    return articles(paths) | {"/": front} | dict(news), list(paths.values())


def sections() -> tuple[Pages, Sequence[str]]:
    """Sections stand in the menu only, and one has pages by a cursor."""
    paths = {n: f"/{'sport' if n % 2 else 'water'}/{headline(n).lower().replace(' ', '-')}" for n in range(1, 21)}
    menu = '<a href="/sport">Sport</a><a href="/water">Water</a>'
    sport = {n: path for n, path in paths.items() if n % 2}
    more = '<link rel="next" href="{}">'
    pages = dict(paged(sport, lambda n: f"/sport?after={'abcd'[n]}" if n else "/sport", more, 4))
    water = listing({n: path for n, path in paths.items() if n % 2 == 0})
    return articles(paths) | pages | {"/water": water, "/": listing({1: paths[1]}, menu=menu)}, list(paths.values())


def languages() -> tuple[Pages, Sequence[str]]:
    """The front page of each language names the others."""
    paths = {n: f"/{('uk', 'en', 'de')[n % 3]}/story-of-the-day-{n}" for n in range(1, 13)}
    switch = "".join(f'<link rel="alternate" hreflang="{name}" href="/{name}/">' for name in ("uk", "en", "de"))
    fronts = {
        f"/{name}/": switch + listing({n: path for n, path in paths.items() if path.startswith(f"/{name}/")})
        for name in ("uk", "en", "de")
    }
    return articles(paths) | fronts | {"/": fronts["/uk/"]}, list(paths.values())


def chain() -> tuple[Pages, Sequence[str]]:
    """Each article is linked only in the one before, in its text, a card or its neighbours."""
    paths = {n: f"/read.php?id={n}" for n in range(1, 8)}
    shown = (
        '<p>As <a href="{0}">{1}</a>.</p>',
        '<div class="c"><a href="{0}">{1}</a></div>',
        '<nav><a rel="next" href="{0}">{1}</a></nav>',
    )
    pages = {"/": listing({1: paths[1]})}
    for n, path in paths.items():
        following = paths.get(n + 1)
        pages[path] = article(n, shown[n % 3].format(following, headline(n + 1)) if following else "")
    return pages, list(paths.values())


@contextmanager
def served(pages: Pages) -> Iterator[tuple[str, list[str]]]:
    """The address of a server of these pages, and what is asked of it."""
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((body or "<h1>Not found</h1>").encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/", asked
        finally:
            server.shutdown()


@pytest.mark.slow
@pytest.mark.parametrize("make", [wordpress, drupal, bitrix, sections, languages, chain])
def test_every_article_of_a_site_without_a_profile_is_found(
    make: Callable[[], tuple[Pages, Sequence[str]]], tmp_path: Path
) -> None:
    pages, truth = make()
    with served(pages) as (url, asked):
        done = crawl(tmp_path / "state", url, "--allow-private", "--delay", "0.01")
        stored = {row.url for row in done.ledger.articles(limit=1_000)}
    assert {one.removeprefix(url[:-1]) for one in stored} == set(truth)
    assert len(asked) <= len(pages) + 10, "robots.txt, what any site may have, and little else"
