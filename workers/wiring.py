"""What one process works with: its settings, ledger, Redis and sites, each opened once, when first needed.

Nothing is opened at import: Celery forks its processes, and a connection must not cross a fork.
"""

from __future__ import annotations

import os
import time
from functools import cached_property
from typing import TYPE_CHECKING

from workers.adapters.notes import Breakdowns, Refusals, Rounds
from workers.adapters.processes import owner_name
from workers.adapters.redis import Events, Handoff, Redis, SeenCache, connect
from workers.adapters.traces import Traces
from workers.core.urls import host_of, name_above
from workers.core.work import Lease
from workers.ledger import Ledger, SiteRow
from workers.settings import Settings, settings
from workers.sites.known import any_site, by_name
from workers.sites.site import Site, Start
from workers.stages.discover import Goals
from workers.stages.rhythm import Bounds, guessed, learned

if TYPE_CHECKING:
    from workers.adapters.cookies import Cookies


class Room:
    """The open resources of this process."""

    SITES_KEPT = 2.0

    def __init__(self, knobs: Settings) -> None:
        self.settings = knobs
        self.pid = os.getpid()
        self._sites: dict[str, Site] = {}
        self._by_host: dict[str, Site | None] = {}
        self._by_name: dict[str, Site] = {}
        self._follow_any: set[str] = set()
        self._declared: dict[str, set[str]] = {}
        self._guessed: dict[str, dict[str, float]] = {}
        self._rows: list[SiteRow] | None = None
        self.goals = Goals()
        self._sites_read = 0.0

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger.open(self.settings.ledger)

    @cached_property
    def redis(self) -> Redis:
        return connect(self.settings.redis_url)

    @cached_property
    def cookies(self) -> Cookies:
        from workers.adapters.cookies import Cookies  # with it comes httpx, which fetch alone needs

        return Cookies()

    @cached_property
    def handoff(self) -> Handoff:
        return Handoff(self.redis, self.settings.handoff_ttl)

    @cached_property
    def seen(self) -> SeenCache:
        knobs = self.settings
        return SeenCache(self.redis, self.ledger.id, local=knobs.seen_local, shared=knobs.seen_shared)

    @cached_property
    def events(self) -> Events:
        return Events(self.redis)

    @cached_property
    def refusals(self) -> Refusals:
        return Refusals(self.redis)

    @cached_property
    def breakdowns(self) -> Breakdowns:
        return Breakdowns(self.redis)

    @cached_property
    def rounds(self) -> Rounds:
        return Rounds(self.redis)

    @cached_property
    def traces(self) -> Traces | None:
        """What tells the pages' ways as traces; None where that is off."""
        share = self.settings.traces
        return Traces(share, self.ledger.id) if share > 0 else None

    @cached_property
    def owner(self) -> str:
        return owner_name()

    def site(self, name: str) -> Site:
        """The site of that name; a name that is not registered is that of a host and gets the generic readers."""
        if name not in self.sites():
            self._sites_read = 0.0  # a URL of a site that was registered a moment ago must not be read as a stranger's
        return self.sites().get(name) or any_site(f"https://{name}/")

    def owner_of(self, url: str) -> Site | None:
        """The registered site, not paused, that the URL belongs to: by its host, else by the name above that."""
        self.sites()
        host = host_of(url)
        if host in self._by_host:
            return self._by_host[host]
        above = self._by_name.get(name_above(host))
        return above if above is not None and above.reaches(url) else None

    def bounds_of(self, lease: Lease) -> Bounds | None:
        """Between which intervals a list is read again; None where it has its own, or belongs to no site of ours."""
        self.sites()
        if lease.site not in self._guessed or lease.key in self._declared[lease.site]:
            return None
        every = self._guessed[lease.site].get(lease.key)
        return guessed(every) if every else learned(lease.kind)

    def follows_any(self, name: str) -> bool:
        """True when links to hosts of no registered site are followed from this one."""
        self.sites()
        return name in self._follow_any

    def sites(self) -> dict[str, Site]:
        """All registered sites, read again from the ledger after SITES_KEPT seconds."""
        if not self._sites_read or time.monotonic() - self._sites_read > self.SITES_KEPT:
            rows = self.ledger.sites()
            if rows != self._rows:
                self._learn(rows)
            self._sites_read = time.monotonic()
        return self._sites

    def _learn(self, rows: list[SiteRow]) -> None:
        self._sites = {row.name: site_of(row) for row in rows}
        active = [self._sites[row.name] for row in rows if not row.paused]
        # Nobody else's are the hosts of a paused site: they lie below the name of another one.
        self._by_host = {host: None for row in rows if row.paused for host in self._sites[row.name].hosts}
        self._by_host |= {host: site for site in active for host in (*site.hosts, *site.aliases)}
        self._by_name = {site.above: site for site in active if site.above}
        self._follow_any = {row.name for row in rows if row.settings.get("follow_any")}
        self._declared = {row.name: {start.url for start in row.starts if row.profile} for row in rows}
        self._guessed = {row.name: {start.url: start.every or 0.0 for start in row.starts} for row in rows if row.hosts}
        self._rows = rows
        self.goals = Goals(self.goals)


def site_of(row: SiteRow) -> Site:
    """A site as the ledger has it, over the readers of its profile.

    One that was entered by a link or a file has no profile written down; its name says whether we know it.
    """
    model = by_name(row.profile or row.name) or any_site(f"https://{row.hosts[0] if row.hosts else row.name}/")
    starts = tuple(Start(start.url, start.kind, start.every or 0.0) for start in row.starts)
    look = row.settings.get("second_look", model.second_look)
    return model.replace(name=row.name, hosts=row.hosts or model.hosts, aliases=(), starts=starts, second_look=look)


_room: Room | None = None


def room() -> Room:
    """The Room of this process; a forked child opens its own."""
    global _room
    if _room is None or _room.pid != os.getpid():
        _room = Room(settings())
    return _room
