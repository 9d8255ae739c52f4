"""What is asked of the ledger and changes nothing, each call one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from sqlalchemy import select

from workers.core.article import Article
from workers.core.exports import Exported
from workers.core.work import Candidate
from workers.ledger import figures as figuring
from workers.ledger import hosts as holding
from workers.ledger import lookup as looking
from workers.ledger import migrate as migrations
from workers.ledger import parked as parking
from workers.ledger import reading, twins
from workers.ledger import removal as removing
from workers.ledger import revisit as revisiting
from workers.ledger import schedule as timing
from workers.ledger import sites as knowing
from workers.ledger import status as counting
from workers.ledger import sweep as sweeping
from workers.ledger import trace as tracing
from workers.ledger.admit import unknown
from workers.ledger.database import Database
from workers.ledger.figures import Figures
from workers.ledger.look import Look
from workers.ledger.lookup import Outlook
from workers.ledger.parked import Chosen, Parked
from workers.ledger.reading import ArticleFile, ArticleRow, Which
from workers.ledger.schedule import Schedule
from workers.ledger.schema import meta
from workers.ledger.sites import SiteRow
from workers.ledger.status import Status
from workers.ledger.trace import Trace


class Readable:
    """The half of the ledger that only reads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def id(self) -> str:
        """What tells this ledger from any other one; it stays the same for its life."""
        return str(self._database.read(lambda tx: tx.all(select(meta.c.value).where(meta.c.name == "id"))[0].value))

    @property
    def place(self) -> str:
        """Where it is, for people: the path of its file, or its address without a password."""
        return self._database.place

    @cached_property
    def look(self) -> Look:
        """What people who watch the ledger ask of it."""
        return Look(self._database)

    @property
    def is_current(self) -> bool:
        """Whether the ledger answers and its schema is this code's."""
        return migrations.is_current(self._database)

    def articles(self, which: Which | None = None, *, limit: int = 50, after: int | None = None) -> list[ArticleRow]:
        """Articles that fit, the last stored first; `after` is the id of the last one of the page before."""
        return self._database.read(lambda tx: reading.page(tx, which or Which(), limit, after))

    def article(self, name: int | str) -> ArticleFile | None:
        """The article of this id, key or URL, with its versions and links; None when there is none.

        BadInput, with the ids, where sites share the key: only an id names one article for sure.
        """
        return self._database.read(lambda tx: reading.article(tx, name))

    def articles_named(self, name: str) -> list[ArticleRow]:
        """The articles with this key, or else at this URL; several where sites share it."""
        return self._database.read(lambda tx: reading.named(tx, name))

    def iterate_articles(self, which: Which | None = None, *, batch: int = 200) -> Iterator[Article]:
        """All articles that fit, in the order of their storing; memory stays flat however many there are."""
        return (exported.article for exported in self.iterate_exports(which, batch=batch))

    def iterate_exports(self, which: Which | None = None, *, batch: int = 200) -> Iterator[Exported]:
        """As `iterate_articles`, each with its id, its group and the number of its copies."""
        after: int | None = None
        while rows := self._database.read(lambda tx: reading.documents(tx, which or Which(), batch, after)):  # noqa: B023
            yield from rows
            after = rows[-1].id

    def trace(self, name: str, site: str | None = None) -> list[Trace]:
        """All that the ledger knows of the URLs with this key or address; of every site that has one, or of this."""
        return self._database.read(lambda tx: tracing.trace(tx, name, site))

    def status(self) -> Status:
        """How much is in which state, of each site and in all: counted from the truth, and cheap."""
        return self._database.read_at_once(counting.status)

    def figures(self, hosts: int = 300) -> Figures:
        """All that the metrics tell; at most so many hosts one by one, the rest summed up."""
        return self._database.read_at_once(lambda tx: figuring.figures(tx, hosts))

    def now(self) -> float:
        """The ledger's clock, in seconds since 1970."""
        return self._database.now()

    def schedule(self) -> Schedule:
        """What is due when: the starts of every site, pages that are looked at again, lists that were found."""
        return self._database.read(timing.schedule)

    def in_transit(self, ids: Collection[int] | None = None) -> int:
        """How many URLs, or how many of these, have left fetch and are not settled."""
        return self._database.read(lambda tx: looking.in_transit(tx, ids))

    def published(self, names: Collection[tuple[str, str]]) -> dict[tuple[str, str], float]:
        """When the articles of these (site, key) were published, or else first stored."""
        return self._database.read(lambda tx: looking.published(tx, names)) if names else {}

    def standing(self, names: Collection[tuple[str, str]]) -> dict[tuple[str, str], Article]:
        """The articles of these (site, key) as they stand; those that there are."""
        return self._database.read(lambda tx: reading.standing(tx, names)) if names else {}

    def deleted(self, names: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of these (site, key) whose articles were deleted, and nobody has asked for since."""
        return self._database.read(lambda tx: removing.deleted(tx, names)) if names else set()

    def unknown(self, candidates: Sequence[Candidate]) -> set[tuple[str, str]]:
        """Those of the candidates that the ledger does not have, by (site, key)."""
        new = self._database.read(lambda tx: unknown(tx, candidates)[0]) if candidates else []
        return {(candidate.site, candidate.key) for candidate in new}

    def alike(self, numbers: Collection[tuple[str, int]]) -> dict[tuple[str, int], list[Article]]:
        """The stored articles of these (site, twin number), which may be the same stories."""
        return self._database.read(lambda tx: twins.alike(tx, numbers)) if numbers else {}

    def outlook(self, site: str) -> Outlook:
        """What is still to do for the site, and when."""
        return self._database.read(lambda tx: looking.outlook(tx, site))

    def resting_hosts(self, site: str) -> list[tuple[str, str, float]]:
        """Hosts of the site that are left alone because of trouble: name, reason, seconds."""
        return self._database.read(lambda tx: looking.resting_hosts(tx, site))

    def still_open(self, ids: Collection[int]) -> set[int]:
        """Those of the URLs that are not settled."""
        return self._database.read(lambda tx: looking.still_open(tx, ids)) if ids else set()

    def sites(self) -> list[SiteRow]:
        """Every site, by name."""
        return self._database.read(knowing.all_sites)

    def site(self, name: str) -> SiteRow:
        """The site of this name; BadInput when there is none."""
        return self._database.read(lambda tx: knowing.site(tx, name))

    def ready(self) -> tuple[int, float | None]:
        """How many hosts could be leased now (at most 1,000), and in how many seconds the next one (None: never)."""
        return self._database.read(holding.ready)

    def owners(self) -> list[str]:
        """Everybody who leases a URL or holds a host now; the caller finds out who of them is dead."""
        return self._database.read(sweeping.owners)

    def is_due(self) -> bool:
        """True while `revisit` has something to do."""
        return self._database.read(revisiting.is_due)

    def parked(
        self,
        *,
        reason: str | None = None,
        site: str | None = None,
        ids: Collection[int] | None = None,
        limit: int = 100,
        after: int | None = None,
    ) -> list[Parked]:
        """URLs that were set aside, newest first; `after` is the id of the last one of the page before."""
        which = Chosen(reason, site, None if ids is None else tuple(ids))
        return self._database.read(lambda tx: parking.parked(tx, which, limit, after))

    def older_articles(self, before: float) -> int:
        """How many articles were first stored before this moment."""
        return self._database.read(lambda tx: removing.count_older(tx, before))
