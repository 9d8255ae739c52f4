"""robots.txt by RFC 9309: fetched with its redirects, kept for a day, and read into rules.

The parser is our own: protego 0.7 fails six of the cases in tests/web/robots_cases.py, and five of them let a crawler
in where the site says no.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar
from urllib.parse import quote, unquote_to_bytes

import httpx

from workers.adapters.decode import unpacker
from workers.adapters.http import Fetcher, packed
from workers.core.errors import (
    BodyTooLarge,
    BrokenAnswer,
    ConnectFailed,
    NameNotFound,
    RedirectLoop,
    Timeout,
    TlsRefused,
)
from workers.core.gate import Gate
from workers.core.manners import robots_name
from workers.core.urls import join
from workers.core.work import Robots

MOST_READ = 500 * 1024
KEPT_FOR = 86_400.0
ASK_AGAIN_IN = 600.0  # after a failure, which forbids everything meanwhile
_UNREACHABLE = (Timeout, ConnectFailed, NameNotFound, BrokenAnswer, TlsRefused)
_MOST_SITEMAPS = 1_000
_AS_IT_IS = re.compile(r"[A-Za-z0-9_.~/:*!'(),;=&@+?\[\]-]*")

T = TypeVar("T")


async def fetch_robots(fetcher: Fetcher, url: str, *, gate: Gate | None = None) -> Robots:
    """The robots.txt of the host of `url`; status 0, and the reason for a body, when it could not be had.

    Raises what the gate raises, and AddressRefused.
    """
    address = join(url, "/robots.txt") or url
    try:
        answer = await fetcher.exchange(
            address, read=_read_start, headers={"accept": "text/plain,*/*;q=0.1"}, gate=gate
        )
    except RedirectLoop:
        return Robots(404, "", KEPT_FOR)  # RFC 9309 2.3.1.2: after five redirects it may count as absent
    except _UNREACHABLE as error:
        return Robots(0, error.reason, ASK_AGAIN_IN)
    text = answer.body.decode("utf-8", "replace").replace("\0", "")
    return Robots(answer.status, text, ASK_AGAIN_IN if _forbids(answer.status) else KEPT_FOR)


async def _read_start(response: httpx.Response) -> bytes:
    """The first 500 KiB; a line that the cut went through is dropped, for half an Allow allows too much."""
    unpack = unpacker(response.headers.get("content-encoding"), MOST_READ)
    try:
        async for chunk in packed(response):
            for _ in unpack.feed(chunk):
                pass
        return unpack.result()
    except BodyTooLarge:
        return unpack.start().rpartition(b"\n")[0]


def _forbids(status: int) -> bool:
    return status == 0 or status == 429 or status >= 500


@dataclass(frozen=True, slots=True)
class _Rule:
    allow: bool
    pieces: tuple[str, ...]  # the pattern between its asterisks
    to_end: bool
    length: int

    def matches(self, path: str) -> bool:
        first, *rest = self.pieces
        if not path.startswith(first):
            return False
        if not rest:
            return not self.to_end or len(path) == len(first)
        at = len(first)
        for piece in rest[:-1]:
            at = path.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        last = rest[-1]
        return path.endswith(last) and len(path) - len(last) >= at if self.to_end else path.find(last, at) >= 0


class _Listed(Generic[T]):
    """What agents are named for. Those named one after the other share one block, however many they are."""

    def __init__(self) -> None:
        self._blocks: dict[str, list[list[T]]] = {}
        self._block: list[T] | None = None
        self._ended = True

    def name(self, agent: str) -> None:
        """An agent is named; it belongs to those named before it unless something was said since."""
        if self._block is None or self._ended:
            self._block, self._ended = [], False
        blocks = self._blocks.setdefault(agent, [])
        if not blocks or blocks[-1] is not self._block:
            blocks.append(self._block)

    def say(self, *values: T) -> None:
        """What holds for the agents just named; whoever is named next belongs to the next block."""
        self._ended = True
        if self._block is not None:
            self._block.extend(values)

    def of(self, agent: str) -> list[T]:
        """All that was said for an agent, and where it is not named at all, what was said for everybody."""
        blocks = self._blocks.get(robots_name(agent) or "*", self._blocks.get("*", []))
        return [value for block in blocks for value in block]


@dataclass
class Rules:
    """What a host's robots.txt says. An agent is a product token or a whole User-Agent (see `robots_name`)."""

    ruled: _Listed[tuple[bool, str]] = field(default_factory=lambda: _Listed())
    slowed: _Listed[float] = field(default_factory=lambda: _Listed())
    sitemaps: tuple[str, ...] = ()
    closed: bool = False
    _known: dict[str, list[_Rule]] = field(default_factory=dict)

    def allows(self, url: str, agent: str) -> bool:
        """False when the agent must not ask the URL; the longest matching rule decides, and Allow wins a tie."""
        path = _path(url)
        if self.closed or path == "/robots.txt":
            return not self.closed
        return next((rule.allow for rule in self._rules(agent) if rule.matches(path)), True)

    def delay(self, agent: str) -> float | None:
        """The Crawl-delay for the agent in seconds, None when there is none."""
        return max(self.slowed.of(agent), default=None)

    def _rules(self, agent: str) -> list[_Rule]:
        """The agent's rules, the longest first; worked out once, and only for those who ask."""
        if agent not in self._known:
            rules = filter(None, (_rule(allow, value) for allow, value in self.ruled.of(agent)))
            self._known[agent] = sorted(rules, key=lambda rule: (-rule.length, not rule.allow))
        return self._known[agent]


def read_robots(robots: Robots) -> Rules:
    """The rules: 2xx as written, 5xx, 429 and unreachable close the host for now, anything else leaves it open."""
    if _forbids(robots.status):
        return Rules(closed=True)
    return _parse(robots.body) if 200 <= robots.status < 300 else Rules()


_RECORDS = {
    "user-agent": "agent",
    "useragent": "agent",
    "user agent": "agent",
    "allow": "allow",
    "disallow": "disallow",
    "crawl-delay": "delay",
    "crawldelay": "delay",
    "sitemap": "sitemap",
    "site-map": "sitemap",
} | dict.fromkeys(("dissallow", "dissalow", "disalow", "diasllow", "disallaw"), "disallow")


def _parse(text: str) -> Rules:
    rules, sitemaps = Rules(), dict[str, None]()
    for record, value in _records(text):
        if record == "sitemap":
            sitemaps[value] = None
        elif record == "agent":
            rules.ruled.name(_token(value))
            rules.slowed.name(_token(value))
        elif record == "delay":
            rules.slowed.say(*_seconds(value))  # not one of the RFC's records: agents go on being listed for the rules
        else:
            rules.slowed.say()
            rules.ruled.say((record == "allow", value))
    rules.sitemaps = tuple(islice(filter(None, sitemaps), _MOST_SITEMAPS))
    return rules


def _records(text: str) -> Iterator[tuple[str, str]]:
    for line in re.split(r"[\r\n]+", text.removeprefix("\ufeff")):
        line = line.partition("#")[0].strip()
        for name, _, value in (line.partition(":"), line.partition(" "), line.partition("\t")):
            if record := _RECORDS.get(name.strip().lower()):
                yield record, value.strip()
                break


def _seconds(value: str) -> list[float]:
    try:
        seconds = float(value)
    except ValueError:
        return []
    return [seconds] if math.isfinite(seconds) and seconds >= 0 else []


def _token(agent: str) -> str:
    """The product token in lower case; `*` stands for itself, and what begins with neither is nobody's name."""
    match = re.match(r"\*(?=\s|$)|[A-Za-z_-]+", agent.strip())
    return match[0].lower() if match else ""


def _rule(allow: bool, value: str) -> _Rule | None:
    if not value.startswith(("/", "*")):
        return None  # an empty pattern is no rule, and what begins otherwise can match no path
    to_end = value.endswith("$")
    pieces = tuple(_normal(value.removesuffix("$") if to_end else value).split("*"))
    return _Rule(allow, pieces, to_end, sum(map(len, pieces)) + len(pieces) - 1 + to_end)


def _path(url: str) -> str:
    match = re.match(r"[a-z]+://[^/?#]*([^#]*)", url, re.IGNORECASE)
    path = match[1] if match else url
    return _normal(path if path.startswith("/") else "/" + path).replace("*", "%2A")


def _normal(path: str) -> str:
    """Path and query in the one form in which RFC 9309 2.2.2 compares them; an asterisk is left to the caller."""
    before, mark, query = path.partition("?")
    return _recoded(before) + mark + _recoded(query).replace("%2F", "/").replace("%3A", ":")


def _recoded(text: str) -> str:
    return text if _AS_IT_IS.fullmatch(text) else re.sub(r"(?:%[0-9A-Fa-f]{2})+|.[^%]*", _recode, text, flags=re.DOTALL)


def _recode(match: re.Match[str]) -> str:
    """Unreserved characters bare, escapes in capitals, the other reserved characters as they are."""
    text = match[0]
    coded = re.fullmatch(r"(?:%[0-9A-Fa-f]{2})+", text)
    return quote(unquote_to_bytes(text), safe="") if coded else quote(text, safe="/:*!'(),;=&@+?[]", errors="replace")
