"""The site under which harm is done: N small articles of known content, each linked from a few others only.

The articles form a tree, so that one lost page or one lost link loses everything below it. With a `width`, the tree has
so many articles and each of them begins a chain: then pages show new links until the end of the crawl, and not only in
its first half. A page may carry a mark that makes a harmed parser die (`harmed.py`).
"""

from __future__ import annotations

import asyncio
import random
import socket
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Self

FIRST = 700_000
HOSTS = 4
BRANCHES = 3
_HEAD = b"HTTP/1.1 %d OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"


class Press:
    """Serves articles 0 to `pages` - 1 on 127.0.0.1, over HOSTS virtual hosts; `latency` in seconds before an answer.

    `marks` puts words into articles by number. `asked` counts the requests for each article. Use as a context manager.
    """

    def __init__(
        self,
        pages: int,
        seed: int,
        *,
        latency: float = 0.0,
        marks: Mapping[int, str] | None = None,
        width: int | None = None,
    ) -> None:
        self.pages, self.latency, self._width = pages, latency, min(width or pages, pages)
        self._marks = dict(marks or {})
        dice = random.Random(seed)
        self._also = [[dice.randrange(max(n + 1, self._width)) for _ in range(2)] for n in range(pages)]
        self.asked: Counter[int] = Counter()
        self._thread: threading.Thread | None = None

    @property
    def hosts(self) -> tuple[str, ...]:
        """The virtual hosts with the port."""
        return tuple(f"h{number}.wire.localhost:{self.port}" for number in range(HOSTS))

    @property
    def extra_fetches(self) -> int:
        """Requests for articles beyond the first of each."""
        return sum(self.asked.values()) - len(self.asked)

    def url(self, number: int) -> str:
        """The address of an article."""
        return f"http://{self.hosts[number % HOSTS]}/news/general/{FIRST + number}.html"

    def headline(self, number: int) -> str:
        """The headline that must be stored."""
        return f"Dispatch {number} from the wire room"

    def text(self, number: int) -> str:
        """The paragraph that must be stored."""
        mark = self._marks.get(number, "")
        return f"The dispatch with number {number} came in over the wire and says what it says. {mark}".strip()

    def truth(self) -> dict[str, tuple[str, str]]:
        """What must be stored: headline and text by key."""
        return {f"id:{FIRST + n}": (self.headline(n), self.text(n)) for n in range(self.pages) if n not in self._marks}

    def _below(self, number: int) -> Iterator[int]:
        yield from range(number * BRANCHES + 1, min((number + 1) * BRANCHES + 1, self._width))
        if number + self._width < self.pages:
            yield number + self._width

    def _page(self, number: int) -> bytes:
        linked = [*self._below(number), *self._also[number]]
        links = "".join(f'<p><a href="{self.url(n)}">{self.headline(n)}</a></p>' for n in linked)
        return (
            f'<!DOCTYPE html><html lang="en"><head><title>{self.headline(number)}</title></head><body>'
            f'<article class="article article-content-view"><h1 class="article-content-title">{self.headline(number)}'
            f'</h1><div class="article-time"><span>10:{number % 60:02}</span><span>05.05.2020</span></div>'
            f'<div class="article-content"><p>{self.text(number)}</p></div></article>'
            f"<div><h2>MORE ABOUT</h2>{links}</div></body></html>"
        ).encode()

    def __enter__(self) -> Self:
        listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port: int = listener.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(
            target=self._loop.run_until_complete, args=(self._serve(listener),), daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        assert self._thread is not None
        self._thread.join()
        self._loop.close()

    async def _serve(self, listener: socket.socket) -> None:
        talks: set[asyncio.Task[None]] = set()

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            talk = asyncio.ensure_future(self._talk(reader, writer))
            talks.add(talk)
            talk.add_done_callback(talks.discard)

        server = await asyncio.start_server(connected, sock=listener)
        await self._stop.wait()
        server.close()
        for talk in list(talks):
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if self.latency:
                    await asyncio.sleep(self.latency)
                status, body = self._answer(head.split(b" ", 2)[1].decode("latin-1"))
                writer.write(_HEAD % (status, len(body)) + body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _answer(self, path: str) -> tuple[int, bytes]:
        name = path.rpartition("/")[2].removesuffix(".html")
        number = int(name) - FIRST if name.isdigit() else -1
        if not 0 <= number < self.pages:
            return 404, b"nothing here"
        self.asked[number] += 1
        return 200, self._page(number)
