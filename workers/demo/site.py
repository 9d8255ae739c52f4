"""The demo site as one object: start it, crawl it, compare with what it expects, stop it."""

from __future__ import annotations

import asyncio
import math
import socket
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from workers.demo.answers import DOMAIN, MAIN, Answers
from workers.demo.desk import kept
from workers.demo.labels import LANGUAGES, section_label
from workers.demo.newsroom import Newsroom
from workers.demo.reply import Reply, Request
from workers.demo.server import Asked, Server
from workers.demo.story import Expected, Story
from workers.demo.traps import TRAPS, Trap

FEWEST_PAGES, MOST_PAGES = 60, 20_000
_KEPT_REQUESTS = 200_000
_LAST_PORT = 65_535


class DemoSite:
    """A news site with `pages` articles that must be stored, and the traps of `traps.TRAPS`.

    `rate` is the number of seconds between two new stories (None: nothing new comes in), `latency` the seconds before
    each answer. `port` 0 lets the kernel choose. `opened` (aware, now by default) is the moment from which stories are
    dated back: the same seed, `opened` and port serve the same bytes after a restart. It listens on the address
    `listen`, and its hosts are the three of `domain`.
    """

    def __init__(
        self,
        seed: int = 1,
        pages: int = 300,
        rate: float | None = None,
        *,
        port: int = 0,
        latency: float = 0.0,
        opened: datetime | None = None,
        listen: str = "127.0.0.1",
        domain: str = DOMAIN,
    ) -> None:
        if pages < FEWEST_PAGES:
            raise ValueError(f"The demo site needs at least {FEWEST_PAGES} pages, not {pages}.")
        if pages > MOST_PAGES:
            raise ValueError(f"The demo site is in memory and has at most {MOST_PAGES} pages, not {pages}.")
        if rate is not None and not 0 < rate < math.inf:
            raise ValueError(f"The time between two new stories must be more than 0 seconds, not {rate}.")
        if not 0 <= port <= _LAST_PORT:
            raise ValueError(f"A port is a number from 0 to {_LAST_PORT}, not {port}.")
        self._seed, self._pages, self._rate = seed, pages, rate
        self._wanted_port, self._latency, self._opened = port, latency, opened
        self._listen, self._domain = listen, domain
        self._lock = Lock()
        self._thread: Thread | None = None
        self._stop: Callable[[], object] = _nothing
        self._log: deque[Asked] = deque(maxlen=_KEPT_REQUESTS)

    def start(self) -> None:
        """Binds the port and serves in a thread. OSError when the port is taken."""
        listener = self.bind()
        self.port: int = listener.getsockname()[1]
        now = datetime.now(UTC)
        self._newsroom = Newsroom(self._seed, self._pages, self._rate, self._opened or now, now)
        self._answers = Answers(self._newsroom, self.port, self._domain)
        ready = Event()
        self._thread = Thread(target=lambda: asyncio.run(self._serve(listener, ready)), name="demo-site", daemon=True)
        self._thread.start()
        ready.wait()

    def bind(self) -> socket.socket:
        """A listening socket at the address that was asked for."""
        return socket.create_server((self._listen, self._wanted_port), backlog=1024)

    def stop(self) -> None:
        """Closes every connection and the port; does nothing when it does not run."""
        self._stop()
        if self._thread is not None:
            self._thread.join()
        self._thread, self._stop = None, _nothing

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def hosts(self) -> tuple[str, ...]:
        """The three virtual hosts with the port, the main one first."""
        return tuple(f"{name}.{self._domain}:{self.port}" for name in sorted(LANGUAGES, key=lambda name: name != MAIN))

    @property
    def url(self) -> str:
        """The front page of the main host."""
        return f"http://{self.hosts[0]}/"

    @property
    def requests(self) -> list[Asked]:
        """Every request so far in the order of the answers, the last 200,000 at most."""
        return list(self._log)

    def truth(self) -> dict[str, Expected]:
        """Everything that must be stored, by key, as it stands now."""
        with self._lock:
            self._newsroom.come_in(datetime.now(UTC))
            stories = [story for story in self._newsroom.stories.values() if kept(story)]
            return {f"id:{story.id}": self._expected(story) for story in stories}

    def traps(self) -> list[Trap]:
        """The traps with the addresses that they have on this port."""
        bases = self._answers.bases
        return [
            replace(
                trap,
                url=bases[trap.host] + trap.path,
                also_urls=tuple(bases[host] + path for host, path in trap.also),
            )
            for trap in TRAPS
        ]

    async def _serve(self, listener: socket.socket, ready: Event) -> None:
        stopped, loop = asyncio.Event(), asyncio.get_running_loop()
        self._stop = lambda: loop.call_soon_threadsafe(stopped.set)
        await Server(self._answer, self._log.append, self._latency).serve(listener, ready.set, stopped)

    def _answer(self, request: Request) -> Reply:
        with self._lock:
            return self._answers.answer(request)

    def _expected(self, story: Story) -> Expected:
        served = self._newsroom.current(story.id) or story
        pages = self._answers.pages
        return Expected(
            key=f"id:{served.id}",
            url=pages.url(served),
            language=served.language,
            section=served.section,
            section_label=section_label(served.section, served.language),
            headline=served.headline,
            paragraphs=served.paragraphs,
            tags=served.tags,
            published=served.published,
            event=served.event,
            minutes=served.minutes,
            image_url=pages.picture_url(served),
            image_alt=served.headline if served.picture else None,
            credit=served.credit if served.picture else None,
            corrected=served.corrected is not None,
            more_about=tuple(map(pages.url, self._newsroom.more_about(served))),
            trap=served.trap,
        )


def _nothing() -> None:
    """What there is to stop before the start."""
