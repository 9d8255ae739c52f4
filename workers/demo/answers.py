"""Which page answers which request, and the misbehaviour of the traps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from random import Random
from urllib.parse import unquote

from workers.demo import lists
from workers.demo.labels import LABELS, LANGUAGES, SECTIONS, section_label
from workers.demo.newsroom import Entry, Newsroom
from workers.demo.pages import ArticlePages, Boxes
from workers.demo.picture import png
from workers.demo.reply import HTML, Reply, Request
from workers.demo.story import Story
from workers.demo.traps import BY_NAME, ONLY_BY_REDIRECT, TRAPS

MAIN = "uk"
DOMAIN = "demo.localhost"
ELSEWHERE = "elsewhere.localhost"

_ARTICLE = re.compile(r"/news/.+/(\d{5,})(-amp)?\.html")
_LIST = re.compile(r"(/news/(?:tag/)?([^/]+?))(?:-(\d{1,3}))?\.html")
_DAY = re.compile(r"/news/archive/(\d{4}-\d\d-\d\d)\.html")
_PICTURE = re.compile(r"/media/.*?([a-z0-9]+)\.png")
_TRAP_OF = {trap.id: trap.name for trap in TRAPS if trap.id is not None}
_HEALS_AFTER = 2


class Answers:
    """The pages of one running site. Not safe for threads: its owner lets in one request at a time."""

    def __init__(self, newsroom: Newsroom, port: int, domain: str = DOMAIN) -> None:
        self._newsroom = newsroom
        self.port = port
        self.bases: Mapping[str, str] = {name: f"http://{name}.{domain}:{port}" for name in LANGUAGES}
        self.pages = ArticlePages(self.bases)

    def answer(self, request: Request) -> Reply:
        """The reply to one GET or HEAD, as of now."""
        if request.host == ELSEWHERE:
            return Reply(
                200, b"<!DOCTYPE html><title>Elsewhere</title><h1>Another site</h1><p>No crawl may come here.</p>"
            )
        self._newsroom.come_in(datetime.now(UTC))
        language = request.host.partition(".")[0]
        language = language if language in LANGUAGES else MAIN
        if match := _ARTICLE.fullmatch(request.path):
            return self._article(language, request, int(match[1]), amp=match[2] is not None)
        if match := _DAY.fullmatch(request.path):
            return self._calendar(language, match[1])
        if match := _PICTURE.fullmatch(request.path):
            return Reply(200, png(match[1]), "image/png", self._newsroom.start)
        return self._fixed(language, request.path) or self._list(language, request.path) or _not_found(language)

    def boxes(self, story: Story) -> Boxes:
        """The boxes of a story's page as they stand now."""
        room = self._newsroom
        return Boxes(room.more_about(story), room.hot_news(story), room.latest(story))

    def _fixed(self, language: str, path: str) -> Reply | None:
        base, room = self.bases[language], self._newsroom
        match path:
            case "/":
                return self._html(lists.front(language, room.entries(language)))
            case "/robots.txt":
                return Reply(200, lists.robots(base).encode(), "text/plain; charset=utf-8", room.start)
            case "/sitemap.xml":
                return self._xml(lists.sitemap(base, room.sitemap(language)), "application/xml")
            case "/news/last.rss":
                return self._xml(
                    lists.feed(language, base, room.listed(language)), "application/rss+xml; charset=utf-8"
                )
        return None

    def _list(self, language: str, path: str) -> Reply | None:
        match = _LIST.fullmatch(path)
        if match is None:
            return None
        base, name, number = match[1], unquote(match[2]), int(match[3] or 1)
        if name == "archive":
            return self._html(lists.archive(language, self._newsroom.entries(language), number))
        title, entries = self._entries(language, name, tagged=base.startswith("/news/tag/"))
        text = lists.listing(language, title, base, entries, number) if entries else None
        return self._html(text) if text else None

    def _entries(self, language: str, name: str, *, tagged: bool) -> tuple[str, list[Entry]]:
        room = self._newsroom
        if tagged:
            return f"#{name}", room.entries(language, tag=name)
        if name == "latest":
            return LABELS[language].latest, room.entries(language)
        return section_label(name, language), room.entries(language, section=name) if name in SECTIONS else []

    def _calendar(self, language: str, text: str) -> Reply:
        try:
            return self._html(lists.calendar(language, date.fromisoformat(text)))
        except (ValueError, OverflowError):
            return _not_found(language)

    def _article(self, language: str, request: Request, number: int, *, amp: bool) -> Reply:
        visits = self._newsroom.asks[number]
        if request.method == "GET":
            # A reader with a tag has seen the page, be it before a restart.
            self._newsroom.visit(number, again="if-none-match" in request.headers)
        story = self._newsroom.current(number)
        if story is None:
            return _not_found(language)
        reply = self._trapped(_TRAP_OF.get(number), story, visits)
        return reply or self._story(story, amp=amp)

    def _story(self, story: Story, *, amp: bool = False, charset: str = "utf-8") -> Reply:
        boxes = self.boxes(story)
        text = self.pages.amp(story, boxes) if amp else self.pages.full(story, boxes, charset=charset)
        return Reply(200, text.encode(charset, "xmlcharrefreplace"), HTML, self._modified(story))

    def _trapped(self, trap: str | None, story: Story, visits: int) -> Reply | None:
        """What a trap answers instead of its page; None when it is the page's turn."""
        match trap:
            case "moved":
                return _moved(BY_NAME["moved-to"].path)
            case "known-by-old-address":
                return _moved(self.bases[ONLY_BY_REDIRECT[0]] + ONLY_BY_REDIRECT[1])
            case "leaves-the-site":
                return _moved(f"http://{ELSEWHERE}:{self.port}/news/general/{story.id}.html")
            case "missing":
                return _not_found(story.language)
            case "gone":
                return Reply(410, b"<!DOCTYPE html><title>Gone</title><p>Gone for good.</p>")
            case "heals" if visits < _HEALS_AFTER:
                return Reply(500, b"<!DOCTYPE html><title>Error</title><p>The press has jammed.</p>")
            case "too-many-requests" if visits < 1:
                return Reply(429, b"Slowly, please.", "text/plain; charset=utf-8", headers={"Retry-After": "1"})
        return self._odd_page(trap, story)

    def _odd_page(self, trap: str | None, story: Story) -> Reply | None:
        match trap:
            case "endless":
                return Reply(200, _endless_text(story), endless=True)
            case "windows-1251-by-header":
                reply = self._story(story, charset="windows-1251")
                return Reply(200, reply.body.replace(b'<meta charset="windows-1251">\n', b""), _LEGACY, reply.modified)
            case "windows-1251-by-meta":
                reply = self._story(story, charset="windows-1251")
                return Reply(200, reply.body, "text/html", reply.modified)
            case "broken-html":
                text = self.pages.broken(story, self.boxes(story))
                return Reply(200, text.encode(), HTML, self._modified(story))
            case "pdf":
                return Reply(200, _pdf(story), "application/pdf", self._modified(story))
            case "pdf-in-disguise":
                return Reply(200, _pdf(story), HTML, self._modified(story))
            case "empty":
                return Reply(200)
            case "soft-404":
                return self._html(lists.nothing_found(story.language))
        return None

    def _modified(self, story: Story) -> datetime:
        """A page changes when its story or its boxes do."""
        boxes_changed = max(story.published, self._newsroom.changed)
        return max(boxes_changed, story.corrected) if story.corrected else boxes_changed

    def _html(self, text: str) -> Reply:
        return Reply(200, text.encode(), HTML, self._newsroom.changed)

    def _xml(self, text: str, content_type: str) -> Reply:
        return Reply(200, text.encode(), content_type, self._newsroom.changed)


_LEGACY = "text/html; charset=windows-1251"


def _moved(location: str) -> Reply:
    return Reply(301, b"<!DOCTYPE html><title>Moved</title><p>Moved.</p>", headers={"Location": location})


def _not_found(language: str) -> Reply:
    return Reply(404, lists.nothing_found(language).encode())


def _endless_text(story: Story) -> bytes:
    """About 64 KB of the story over and over, to be sent for ever."""
    paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs).encode()
    return paragraphs * (1 + 65_536 // len(paragraphs))


def _pdf(story: Story) -> bytes:
    noise = Random(story.id).randbytes(3_000)  # noqa: S311 - filler
    return (
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Length 3000 >>\nstream\n" + noise + b"\nendstream\nendobj\n%%EOF\n"
    )
