"""The one way that a page comes in: a GET with checked addresses, bounds on time and size, and our own redirects."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

import httpx

from workers.adapters.addresses import Resolver, checked_addresses, destination_of
from workers.adapters.answers import (
    ACCEPT,
    BEGINNING,
    check_beginning,
    check_content_type,
    check_first_bytes,
    check_status,
)
from workers.adapters.bounds import Budget, Once, Ticket
from workers.adapters.cookies import Cookies
from workers.adapters.curl import ADDRESSES, FRESH, ON_SENT, CurlTransport
from workers.adapters.curl_errors import CertificateRefused, StaleConnection
from workers.adapters.decode import ACCEPT_ENCODING, unpacker
from workers.adapters.trail import Trail
from workers.core.errors import (
    AddressRefused,
    BodyTooLarge,
    BrokenAnswer,
    ConnectFailed,
    Timeout,
    TlsRefused,
)
from workers.core.gate import Gate, Open
from workers.core.link import Kind
from workers.core.page import DEADLINE, MAX_BODY, MAX_REDIRECTS, Page

KEPT_HEADERS = ("content-type", "etag", "last-modified", "date", "content-language")
LARGE = 1024 * 1024
_DRAINED = 64 * 1024
_DRAIN_SECONDS = 0.5
_LONGEST_HEADER = 1_000

ReadBody = Callable[[httpx.Response], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one GET: seconds for the whole exchange, bytes packed and unpacked, redirects followed."""

    deadline: float = DEADLINE
    max_body: int = MAX_BODY
    max_redirects: int = MAX_REDIRECTS


def open_client(*, ca_file: str | None = None, connections: int = 128) -> httpx.AsyncClient:
    """An httpx client over libcurl that takes nothing from the environment and keeps no cookies by itself."""
    transport = CurlTransport(ca_file=ca_file, connections=connections)
    return _WithoutCookies(transport=transport, trust_env=False, timeout=httpx.Timeout(None, connect=10.0))


class _NoCookies(httpx.Cookies):
    def extract_cookies(self, response: httpx.Response) -> None:
        """None is taken; a jar that refuses all would look at each answer first."""


class _WithoutCookies(httpx.AsyncClient):
    cookies = _NoCookies()  # type: ignore[override]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the URLs asked on the way (the last one answered), status, headers, unpacked body.

    Header names are in lower case; of a header sent twice the last value counts, as browsers do with Content-Type.
    """

    trail: tuple[str, ...]
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Fetcher:
    """GETs pages. `allow_private` also asks loopback and private addresses and any port: tests and intranets.

    The `private_hosts` alone, each named with its port, may have such addresses where that is not set, and those right
    below one that lead where it leads.
    Belongs to one event loop; close it with `aclose`.
    """

    client: httpx.AsyncClient
    user_agent: str
    limits: Limits = field(default_factory=Limits)
    allow_private: bool = False
    private_hosts: frozenset[str] = frozenset()
    resolver: Resolver = field(default_factory=Resolver)
    cookies: Cookies = field(default_factory=Cookies)
    # Few bodies beyond a megabyte are in memory at one time, until their pages are gone, so that hostile ones together
    # cannot fill it.
    _large: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(3))

    async def get(
        self,
        url: str,
        *,
        kind: Kind = Kind.PAGE,
        etag: str | None = None,
        last_modified: str | None = None,
        gate: Gate | None = None,
    ) -> Page:
        """The page at `url`, or a 304 Page without body when it has not changed since `etag` or `last_modified`.

        Raises the errors of core.errors, among them those that the gate raises, and no other.
        """
        headers = {"accept": ACCEPT[kind], **_conditions(etag, last_modified)}
        ticket = Ticket(self._large)
        try:
            read, of_pages = partial(self._read, kind, ticket), kind in (Kind.PAGE, Kind.LISTING)
            answer = await self.exchange(url, read=read, headers=headers, gate=gate, of_pages=of_pages)
            if answer.status != 304 or len(headers) == 1:
                check_status(answer.status, answer.headers)
                check_first_bytes(answer.body, kind)
            return ticket.keep_for(_page(answer))
        except BaseException:
            ticket.give_back()
            raise

    async def exchange(
        self,
        url: str,
        *,
        read: ReadBody,
        headers: Mapping[str, str] | None = None,
        gate: Gate | None = None,
        of_pages: bool = False,
    ) -> Answer:
        """The first answer that leads to no other, whatever its status; `read` takes its body when that is 200 or 203.

        Redirects lead on, and `of_pages` those that say nothing and lead on by themselves.
        """
        gate, budget = gate or Open(), Budget(self.limits.deadline)
        trail = Trail(url, self.limits.max_redirects, self.cookies, of_pages=of_pages)
        headers = {"user-agent": self.user_agent, "accept-encoding": ACCEPT_ENCODING, **(headers or {})}
        while True:
            response, body = await self._hop(trail.urls[-1], headers, read, gate, budget)
            if not trail.goes_on(response, body):
                return Answer(tuple(trail.urls), response.status_code, dict(response.headers.multi_items()), body)

    async def aclose(self) -> None:
        """Closes all connections."""
        await self.client.aclose()

    async def _hop(
        self, url: str, headers: Mapping[str, str], read: ReadBody, gate: Gate, budget: Budget
    ) -> tuple[httpx.Response, bytes]:
        await gate.allow(url)
        async with budget.spent():
            destination = destination_of(url)
            addresses = await checked_addresses(
                destination, self.resolver, allow_private=self.allow_private, private=self.private_hosts
            )
        extensions = {ADDRESSES: addresses}
        with _our_errors():
            # The client would join it with a base URL, headers, cookies and parameters that it has none of.
            request = httpx.Request("GET", destination.url, headers=headers, extensions=extensions)
        self.cookies.add_to(request)
        with suppress(StaleConnection):
            return await self._start(request, read, gate, budget, url)
        request.extensions |= {FRESH: True}
        try:
            return await self._start(request, read, gate, budget, url)
        except StaleConnection as error:
            raise ConnectFailed(str(error)) from None

    async def _start(
        self, request: httpx.Request, read: ReadBody, gate: Gate, budget: Budget, url: str
    ) -> tuple[httpx.Response, bytes]:
        """One request at the gate's pace."""
        await gate.start(url)
        sent = Once(partial(gate.sent, url))
        request.extensions |= {ON_SENT: sent}
        try:
            async with budget.spent():
                with _our_errors():
                    return await self._ask(request, read, sent)
        finally:
            sent(time.monotonic())

    async def _ask(self, request: httpx.Request, read: ReadBody, sent: Once) -> tuple[httpx.Response, bytes]:
        response = await self.client.send(request, stream=True)
        sent(time.monotonic())
        try:
            wanted = response.status_code in (200, 203)
            return response, await (read(response) if wanted else _drain(response))
        finally:
            await response.aclose()

    async def _read(self, kind: Kind, ticket: Ticket, response: httpx.Response) -> bytes:
        media = dict(response.headers.multi_items()).get("content-type")
        is_doubtful = check_content_type(media, kind)
        limit = self.limits.max_body
        if (length := response.headers.get("content-length", "")).isdecimal() and int(length) > limit:
            raise BodyTooLarge(f"the body has {length} bytes, more than {limit:,}")
        unpack = unpacker(response.headers.get("content-encoding"), limit)
        async for chunk in packed(response):
            for _ in unpack.feed(chunk):
                if unpack.size > LARGE:
                    await ticket.take()
            if is_doubtful and unpack.size >= BEGINNING:
                check_beginning(unpack.start(), media)
                is_doubtful = False
        body = unpack.result()
        if is_doubtful:
            check_beginning(body, media)
        return body


def _page(answer: Answer) -> Page:
    kept = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
    return Page(
        asked=answer.trail[0],
        url=answer.trail[-1],
        status=answer.status,
        body=answer.body,
        fetched_at=time.time(),
        headers={name: value for name, value in kept.items() if len(value) <= _LONGEST_HEADER},
        redirects=answer.trail[:-1],
    )


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    conditions = {"if-none-match": etag, "if-modified-since": last_modified}
    return {name: value for name, value in conditions.items() if value and value.isascii() and value.isprintable()}


def packed(response: httpx.Response) -> httpx.AsyncByteStream:
    """The body as it comes, still packed; unlike `aiter_raw` also of a MockTransport's ready-made response."""
    assert isinstance(response.stream, httpx.AsyncByteStream)
    return response.stream


async def _drain(response: httpx.Response) -> bytes:
    """Reads a short body to its end, so that the connection can be used again; a long one is dropped with it."""
    read = 0
    with suppress(httpx.TransportError, TimeoutError):
        async with asyncio.timeout(_DRAIN_SECONDS):
            async for chunk in packed(response):
                read += len(chunk)
                if read > _DRAINED:
                    break
    return b""


@contextmanager
def _our_errors() -> Iterator[None]:
    try:
        yield
    except StaleConnection:
        raise
    except CertificateRefused as error:
        raise TlsRefused(str(error)) from None
    except httpx.TimeoutException as error:
        raise Timeout(str(error)) from None
    except (httpx.ProtocolError, httpx.DecodingError) as error:
        raise BrokenAnswer(str(error)) from None
    except httpx.TransportError as error:
        raise ConnectFailed(str(error)) from None
    except (httpx.InvalidURL, UnicodeError) as error:  # httpx reads the punycode of a name and may find it to be none
        raise AddressRefused(str(error)) from None
