"""Everything that can go wrong, and what becomes of the URL it went wrong with.

WireroomError
├── Later             the URL waits and is handed out again, a bounded number of times
│   ├── Timeout           the exchange took longer than its deadline
│   ├── ConnectFailed     no connection, or it broke before the answer was whole
│   ├── NameNotFound      the host's name could not be resolved
│   ├── ServerError       the server answered 5xx, or a page that tells of such trouble
│   ├── TooManyRequests   the server answered 429 or 503: its host waits too
│   ├── BrokenAnswer      what came was not HTTP, or not the length or coding it claimed
│   ├── RobotsUnreachable robots.txt could not be read, which forbids for now (RFC 9309)
│   ├── HostResting       the host's breaker is open
│   └── InParts           the first part of a story: all parts are fetched together
├── Skip              the URL is finished: there is nothing for us there
│   ├── Gone              404, or a page that says that it is not there
│   │   └── Removed           410: the server says that it will not come back
│   ├── Refused           another 4xx: the server will not give it to us
│   ├── RobotsDisallow    robots.txt forbids it
│   ├── OutOfScope        it belongs to no site that we follow, or leads there
│   ├── NotHtml           an answer of another kind: picture, archive, PDF, empty
│   ├── NotArticle        a page without an article: a listing, a tag page, a front page
│   ├── BarrenPath        it was not asked for: many pages of its path were no articles, and none was one
│   ├── Duplicate         another address of a story that is stored already
│   └── Deleted           its article was deleted here; only who asks for this URL brings it back
├── Park              set aside with its reason until somebody looks: `wireroom parked`
│   ├── AddressRefused    it leads to an address that we never ask
│   ├── TlsRefused        the certificate is expired, of another name or not trusted
│   ├── RedirectLoop      more redirects than we follow
│   ├── BodyTooLarge      the body, or what it unpacks to, is over the bound
│   ├── HostilePage       its markup would hang or flood the parser
│   ├── Unreadable        no text could be read from it
│   ├── LayoutChanged     its profile no longer finds what must be there
│   ├── NotWhole          a teaser, a cookie wall or a consent page instead of the article
│   ├── Incomplete        no headline, or no body
│   ├── LostTooOften      its worker died with it each time
│   └── TooOften          every attempt ended in a reason to try later
├── BadInput          what the user gave cannot be used; the message says why and what to do
├── BadMessage        a queue message that is not one of ours, or not whole
└── Unavailable       a service that we need (broker, database, disk) is not there now
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from workers.core.seconds import DAY, HOUR


class WireroomError(Exception):
    """Base of every error we raise on purpose; `str()` is one sentence for a person."""

    reason: ClassVar[str] = "error"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.reason)
        self.detail = detail


class Later(WireroomError):
    """The URL goes back to waiting; `retry_after` is in seconds when the server named it."""

    def __init__(self, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Timeout(Later):
    reason = "timeout"


class ConnectFailed(Later):
    reason = "connect-failed"


class NameNotFound(Later):
    reason = "name-not-found"


class ServerError(Later):
    reason = "server-error"


class TooManyRequests(Later):
    reason = "too-many-requests"


class BrokenAnswer(Later):
    reason = "broken-answer"


class RobotsUnreachable(Later):
    reason = "robots-unreachable"


class HostResting(Later):
    reason = "host-resting"


class InParts(Later):
    """`detail` is the address of the second part."""

    reason = "in-parts"


class Skip(WireroomError):
    """The URL is finished without an article; `looks` are the seconds after its first visits until the next look."""

    looks: ClassVar[tuple[float, ...]] = ()


class Gone(Skip):
    reason = "gone"
    looks: ClassVar[tuple[float, ...]] = (DAY, 7 * DAY)


class Removed(Gone):
    looks = ()


class Refused(Skip):
    reason = "refused"
    looks = (HOUR, DAY, 7 * DAY)


class RobotsDisallow(Skip):
    reason = "robots"
    looks = (7 * DAY,)


class OutOfScope(Skip):
    reason = "out-of-scope"


class NotHtml(Skip):
    reason = "not-html"
    looks = (HOUR, DAY, 7 * DAY)


class NotArticle(Skip):
    reason = "not-an-article"


class BarrenPath(Skip):
    reason = "barren-path"


class Duplicate(Skip):
    reason = "duplicate"


class Deleted(Skip):
    reason = "deleted"


class Park(WireroomError):
    """The URL is set aside with its reason and can be replayed; `missing` names fields that the page had to have."""

    def __init__(self, detail: str = "", *, missing: Sequence[str] = ()) -> None:
        super().__init__(detail)
        self.missing = tuple(missing)


class AddressRefused(Park):
    reason = "address-refused"


class TlsRefused(Park):
    reason = "tls-refused"


class RedirectLoop(Park):
    reason = "redirect-loop"


class BodyTooLarge(Park):
    reason = "body-too-large"


class HostilePage(Park):
    reason = "hostile-page"


class Unreadable(Park):
    reason = "unreadable"


class LayoutChanged(Park):
    reason = "layout-changed"


class NotWhole(Park):
    reason = "not-whole"


class Incomplete(Park):
    reason = "incomplete"


class LostTooOften(Park):
    reason = "lost-too-often"


class TooOften(Park):
    reason = "too-many-attempts"


class BadInput(WireroomError):
    reason = "bad-input"


class BadMessage(WireroomError):
    reason = "bad-message"


class Unavailable(WireroomError):
    reason = "unavailable"


def reasons() -> tuple[str, ...]:
    """The reason of every error above, each once."""
    found: dict[str, None] = {}
    kinds: list[type[WireroomError]] = [WireroomError]
    for kind in kinds:
        found.setdefault(kind.reason)
        kinds.extend(kind.__subclasses__())
    return tuple(found)
