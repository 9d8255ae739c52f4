"""Cookies that a redirect sets: pages of consent and checks for browsers send back to where one came from with one.

None is taken from any other answer: what counts readers or tells them apart is not kept. A host gets its own alone,
whatever domain it names, and a process forgets them when it ends.
"""

from __future__ import annotations

from collections import OrderedDict

import httpx

from workers.core.urls import host_of

# Hosts whose cookies are kept, those of one host and the bytes of one: what a browser takes at least (RFC 6265, 6.1).
# Servers refuse a request that shows more bytes of them than this.
_HOSTS, _MOST, _LONGEST, _MOST_BYTES = 1_000, 50, 4_096, 16_384
_NONE: frozenset[tuple[str, str, str | None]] = frozenset()


class Cookies:
    """What hosts have set by redirects; whose were asked longest ago are forgotten beyond a thousand."""

    def __init__(self) -> None:
        self._jars: OrderedDict[str, httpx.Cookies] = OrderedDict()

    def add_to(self, request: httpx.Request) -> None:
        """Sets the request's Cookie header where its host has set cookies for it."""
        jar = self._jars.get(host_of(str(request.url))) if self._jars else None
        if jar is not None:
            jar.set_cookie_header(request)

    def held_for(self, url: str) -> frozenset[tuple[str, str, str | None]]:
        """The names, paths and values of what the URL's host has set."""
        jar = self._jars.get(host_of(url))
        return frozenset((cookie.name, cookie.path, cookie.value) for cookie in jar.jar) if jar is not None else _NONE

    def take(self, redirect: httpx.Response) -> None:
        """Keeps what a redirect sets."""
        told = [value for value in redirect.headers.get_list("set-cookie") if _is_fit(value)][:_MOST]
        if not told:
            return
        host = host_of(str(redirect.request.url))
        jar = self._jars.setdefault(host, httpx.Cookies())
        jar.extract_cookies(
            httpx.Response(redirect.status_code, headers=[("set-cookie", v) for v in told], request=redirect.request)
        )
        self._bound(host, jar)

    def _bound(self, host: str, jar: httpx.Cookies) -> None:
        if len(jar.jar) > _MOST or sum(len(cookie.name) + len(cookie.value or "") for cookie in jar.jar) > _MOST_BYTES:
            jar.clear()
        self._jars.move_to_end(host)
        while len(self._jars) > _HOSTS:
            self._jars.popitem(last=False)


def _is_fit(value: str) -> bool:
    return len(value) <= _LONGEST and value.isascii() and value.isprintable()
