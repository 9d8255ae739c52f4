"""What a crawl is after: the site that it was given, or the one on another host that the given address leads to."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

from workers.core.link import Kind
from workers.core.urls import host_of
from workers.core.work import State
from workers.ledger import Counts, Ledger, SiteRow, Trace
from workers.target import Target

# As the gate of a host says it of a redirect.
_LEADS_TO = re.compile(r"it redirects to (\S+),")
# So many hosts that lead on to another one are followed, one after the other.
_MOST_MOVES = 3
_ON_ITS_WAY = (State.WAITING, State.LEASED)


def leads_to(trace: Trace) -> str | None:
    """The address that a skipped URL redirects to, where it is no page of the URL's site."""
    found = _LEADS_TO.search(trace.row["detail"] or "") if trace.row["state"] == State.SKIPPED else None
    return found.group(1) if found else None


def start_leads_to(ledger: Ledger, site: SiteRow) -> str | None:
    """Where a start of a watched site leads that is no page of it: the site has moved, and nothing new is found."""
    starts = (start.url for start in site.starts if start.kind == Kind.LISTING)
    found = (leads_to(trace) for url in starts for trace in ledger.trace(url, site.name))
    # A login is on the same host, and a page of consent is told by a query where to lead back.
    return next((url for url in found if url and "?" not in url and host_of(url) not in site.hosts), None)


def moved_sentence(site: SiteRow, url: str) -> str:
    """What has happened to such a site, and what to do."""
    return f"{site.name} leads to {url}, another site: `wireroom sites add {shlex.quote(url)}` watches that one."


class Course:
    """The target of a crawl, and its counts in the ledger before and now. `begin` prepares the ledger for a target.

    `target_at` makes the target of an address that a seed leads to; without it none is followed.
    """

    def __init__(
        self,
        ledger: Ledger,
        target: Target,
        begin: Callable[[Target], None],
        target_at: Callable[[str], Target] | None = None,
    ) -> None:
        self._ledger, self._begin, self._target_at = ledger, begin, target_at
        self._moves = _MOST_MOVES if target_at else 0
        self._take(target)

    def _take(self, target: Target) -> None:
        self.target = target
        self._begin(target)
        self.before = self.counts()

    def counts(self) -> Counts:
        """The counts of the target's site."""
        return self._ledger.status().sites.get(self.target.name) or Counts()

    def turn(self) -> str | None:
        """Take the site that the target's seeds lead to, where they lead to another host; the sentence that says so."""
        if not self._moves or self._target_at is None:
            return None
        traces = [trace for seed in self.target.seeds for trace in self._ledger.trace(seed, self.target.name)]
        url = next(filter(None, map(self._elsewhere, traces)), None)
        if url is None:
            if not any(trace.row["state"] in _ON_ITS_WAY for trace in traces):
                self._moves = 0
            return None
        self._moves -= 1
        was = self.target.title
        self._take(self._target_at(url))
        return f"{was} leads to {url}: that site is crawled."

    def _elsewhere(self, trace: Trace) -> str | None:
        """Where a seed leads, on another host. Pages of consent and logins are told by a query where to lead back."""
        # Where the other host is a site that we know, the URL itself has moved there.
        url = leads_to(trace) or str(trace.row["url"])
        return url if "?" not in url and not self.target.site.reaches(url) else None
