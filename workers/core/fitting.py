"""Which settings do not fit together, or would break what we promise: each told with why, and with what to do."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlsplit

# Of a page that is unpacked, decoded and parsed there are some copies at one time.
COPIES_OF_A_BODY = 4


class Knobs(Protocol):
    """The settings that have to do with one another."""

    @property
    def redis_url(self) -> str: ...
    @property
    def broker_url(self) -> str: ...
    @property
    def allow_open_redis(self) -> bool: ...
    @property
    def fetch_seconds(self) -> float: ...
    @property
    def fetch_deadline(self) -> float: ...
    @property
    def hold_seconds(self) -> float: ...
    @property
    def lease_seconds(self) -> float: ...
    @property
    def parse_seconds(self) -> int: ...
    @property
    def handoff_ttl(self) -> int: ...
    @property
    def max_body(self) -> int: ...
    @property
    def process_memory(self) -> int: ...


def misfit(knobs: Knobs) -> str | None:
    """The first thing that is wrong with these settings, as they are together; None where nothing is."""
    return next(filter(None, (rule(knobs) for rule in _RULES)), None)


def _redis_url(knobs: Knobs) -> str | None:
    try:
        parts = urlsplit(knobs.redis_url)
        readable = parts.scheme in ("redis", "rediss", "unix") and (parts.port or True)
    except ValueError:  # its words may have a piece of the password in them
        readable = False
    if readable or not knobs.redis_url:
        return None
    return (
        "WIREROOM_REDIS_URL cannot be read. Give redis://host:port/0, rediss://host:port/0 or unix:///path; in a "
        "password everything but letters and digits must be percent-encoded"
    )


def _open_redis(knobs: Knobs) -> str | None:
    if knobs.allow_open_redis:
        return None
    return next(filter(None, map(_is_open, (knobs.redis_url, knobs.broker_url))), None)


def _is_open(url: str) -> str | None:
    parts = urlsplit(url)
    if parts.scheme not in ("redis", "rediss") or parts.password or _is_loopback(parts.hostname or "127.0.0.1"):
        return None
    return (
        f"the Redis at {parts.hostname} has no password and is not on this machine: anybody who reaches it can queue "
        "work. Put a password into the URL, or set WIREROOM_ALLOW_OPEN_REDIS=true where the network is private"
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _lease_and_loop(knobs: Knobs) -> str | None:
    if knobs.lease_seconds > knobs.fetch_seconds:
        return None
    return (
        f"{_lease(knobs)} must be longer than WIREROOM_FETCH_SECONDS ({knobs.fetch_seconds:g}), or URLs are handed out "
        f"again while a loop still has them. {_MEND}"
    )


def _lease_and_deadline(knobs: Knobs) -> str | None:
    if knobs.lease_seconds > knobs.fetch_deadline:
        return None
    return (
        f"{_lease(knobs)} must be longer than WIREROOM_FETCH_DEADLINE ({knobs.fetch_deadline:g}), or a page that is "
        f"slow to come is asked for again while its first request is open. {_MEND}"
    )


def _lease_and_parse(knobs: Knobs) -> str | None:
    if knobs.lease_seconds > knobs.parse_seconds:
        return None
    return (
        f"{_lease(knobs)} must be longer than WIREROOM_PARSE_SECONDS ({knobs.parse_seconds:g}), or pages are fetched "
        f"again while they are still read. {_MEND}"
    )


def _lease_and_hold(knobs: Knobs) -> str | None:
    if knobs.lease_seconds >= knobs.hold_seconds:
        return None
    return (
        f"{_lease(knobs)} must not be shorter than WIREROOM_HOLD_SECONDS ({knobs.hold_seconds:g}), or the host of a "
        f"fetcher that was killed stays closed for longer than its URLs. {_MEND}"
    )


def _handoff_and_lease(knobs: Knobs) -> str | None:
    if knobs.handoff_ttl >= knobs.lease_seconds:
        return None
    return (
        f"WIREROOM_HANDOFF_TTL ({knobs.handoff_ttl:g}) must not be shorter than {_lease(knobs)}, or pages are gone "
        f"before they are parsed and are fetched for nothing. {_MEND}"
    )


def _body_and_memory(knobs: Knobs) -> str | None:
    if COPIES_OF_A_BODY * knobs.max_body <= knobs.process_memory << 20:
        return None
    return (
        f"WIREROOM_MAX_BODY ({knobs.max_body}) must be at most a quarter of WIREROOM_PROCESS_MEMORY "
        f"({knobs.process_memory} MB), or the page that may be fetched cannot be read. Lower the one or raise the other"
    )


def _lease(knobs: Knobs) -> str:
    return f"WIREROOM_LEASE_SECONDS ({knobs.lease_seconds:g})"


_MEND = "Lengthen the one or shorten the other"
_RULES: tuple[Callable[[Knobs], str | None], ...] = (
    _redis_url,
    _open_redis,
    _lease_and_loop,
    _lease_and_deadline,
    _lease_and_parse,
    _lease_and_hold,
    _handoff_and_lease,
    _body_and_memory,
)
