"""What is asked of the ledger and changes nothing, each call one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from workers.core.article import Article
from workers.core.exports import Exported
from workers.ledger import figures as figuring
from workers.ledger import lookup as looking
from workers.ledger import reading
from workers.ledger import removal as removing
from workers.ledger import schedule as timing
from workers.ledger import status as counting
from workers.ledger import trace as tracing
from workers.ledger.database import Database
from workers.ledger.figures import Figures
from workers.ledger.lookup import Outlook
from workers.ledger.reading import ArticleFile, ArticleRow, Which
from workers.ledger.schedule import Schedule
from workers.ledger.status import Status
from workers.ledger.trace import Trace


class Readable:
    """The half of the ledger that only reads."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        return self._database.read(lambda tx: tx.now)

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

    def outlook(self, site: str) -> Outlook:
        """What is still to do for the site, and when."""
        return self._database.read(lambda tx: looking.outlook(tx, site))

    def resting_hosts(self, site: str) -> list[tuple[str, str, float]]:
        """Hosts of the site that are left alone because of trouble: name, reason, seconds."""
        return self._database.read(lambda tx: looking.resting_hosts(tx, site))

    def still_open(self, ids: Collection[int]) -> set[int]:
        """Those of the URLs that are not settled."""
        return self._database.read(lambda tx: looking.still_open(tx, ids)) if ids else set()
