"""Cookies that a redirect sets: pages of consent and checks for browsers send back to where one came from with one.

None is taken from any other answer: what counts readers or tells them apart is not kept. A host gets its own alone,
whatever domain it names, and a process forgets them when it ends.
"""

from __future__ import annotations

from collections import OrderedDict

import httpx

from workers.core.urls import host_of

# Hosts whose cookies are kept, those of one host and the bytes of one: what a browser takes at least (RFC 6265, 6.1).
_HOSTS, _MOST, _LONGEST = 1_000, 50, 4_096


class Cookies:
    """What hosts have set by redirects; whose were asked longest ago are forgotten beyond a thousand."""

    def __init__(self) -> None:
        self._jars: OrderedDict[str, httpx.Cookies] = OrderedDict()

    def add_to(self, request: httpx.Request) -> None:
        """Sets the request's Cookie header where its host has set cookies for it."""
        jar = self._jars.get(host_of(str(request.url))) if self._jars else None
        if jar is not None:
            jar.set_cookie_header(request)

    def take(self, redirect: httpx.Response) -> bool:
        """Keeps what a redirect sets; whether the host's cookies are other ones now."""
        told = [value for value in redirect.headers.get_list("set-cookie") if _is_fit(value)][:_MOST]
        if not told:
            return False
        host = host_of(str(redirect.request.url))
        jar = self._jars.setdefault(host, httpx.Cookies())
        before = _held(jar)
        jar.extract_cookies(
            httpx.Response(redirect.status_code, headers=[("set-cookie", v) for v in told], request=redirect.request)
        )
        self._bound(host, jar)
        return _held(jar) != before

    def _bound(self, host: str, jar: httpx.Cookies) -> None:
        if len(jar.jar) > _MOST:
            jar.clear()
        self._jars.move_to_end(host)
        while len(self._jars) > _HOSTS:
            self._jars.popitem(last=False)


def _is_fit(value: str) -> bool:
    return len(value) <= _LONGEST and value.isascii() and value.isprintable()


def _held(jar: httpx.Cookies) -> set[tuple[str, str, str | None]]:
    return {(cookie.name, cookie.path, cookie.value) for cookie in jar.jar}
