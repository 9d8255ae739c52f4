"""How fast a host may be asked, the knobs of our manners, and the name under which robots.txt may speak of us."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workers.core.seconds import DAY

_NAME = re.compile(r"[A-Za-z_-]+")
_COMPATIBLE = re.compile(r"\bcompatible; ?([A-Za-z_-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Manners:
    """The knobs, in seconds but for `breaker_after` (consecutive failures) and `refusals` (consecutive ones)."""

    longest_delay: float = 60.0
    first_backoff: float = 60.0
    longest_rest: float = DAY
    breaker_after: int = 5
    refusals: int = 10
    first_refused_rest: float = 300.0
    first_breaker_rest: float = 30.0


MANNERS = Manners()


def robots_name(user_agent: str) -> str:
    """The product token of a User-Agent, in lower case, under which robots.txt may speak of us; "" where it has none.

    One that calls itself Mozilla, as browsers and many robots do, has it after `compatible;`.
    """
    match = _NAME.match(user_agent.strip())
    name = match[0].lower() if match else ""
    if name != "mozilla":
        return name
    match = _COMPATIBLE.search(user_agent)
    return match[1].lower() if match else ""


def pace(site_delay: float, crawl_delay: float | None, slowdowns: int = 0, *, manners: Manners) -> float:
    """The gap between two starts: the larger of the site's delay and Crawl-delay, doubled for each slowdown.

    What slowdowns add ends at `longest_delay`; both delays count even above it.
    """
    told = max(site_delay, crawl_delay or 0.0)
    return max(told, min(told * 2.0 ** min(slowdowns, 16), manners.longest_delay))
