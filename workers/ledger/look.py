"""Look: what the console asks of the ledger. Every question is answered by an index, however many URLs there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from workers.ledger import overview, pages, stories
from workers.ledger import wire as wiring
from workers.ledger.database import Database
from workers.ledger.overview import HostRow, SiteLook
from workers.ledger.pages import KeptPage
from workers.ledger.reading import Which
from workers.ledger.stories import ShownLink, StoryArticle
from workers.ledger.wire import WireRow


class Look:
    """Reads the ledger for people who watch it; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._filled: overview.Filled = {}

    def wire(self, which: Which | None = None, *, limit: int = 50, after: int | None = None) -> list[WireRow]:
        """Articles that fit, the last stored first; `after` is the id of the last one of the page before."""
        return self._database.read(lambda tx: wiring.wire(tx, which or Which(), limit, after))

    def news(self, which: Which, *, after: int, limit: int = 200) -> list[WireRow]:
        """Contents with numbers above `after` whose articles fit, in the order of the numbers."""
        return self._database.read(lambda tx: wiring.news(tx, which, after, limit))

    def head(self) -> int:
        """The largest number of a content; 0 where nothing is stored."""
        return self._database.read(wiring.head)

    def settled_before(self, number: int) -> int:
        """The number to go on from for one who has seen everything up to `number`."""
        return self._database.read(lambda tx: wiring.settled_before(tx, number))

    def distinct(self, name: str, limit: int = 200) -> list[str]:
        """The values of `section` or `language` in use."""
        return self._database.read(lambda tx: wiring.distinct(tx, name, limit))

    def named(self, names: Collection[tuple[str, str]]) -> dict[tuple[str, str], StoryArticle]:
        """The stored articles with these (site, key)."""
        return self._database.read(lambda tx: stories.named(tx, names))

    def links_of(self, ids: Iterable[int]) -> list[ShownLink]:
        """What the pages of these articles show as MORE ABOUT."""
        return self._database.read(lambda tx: stories.links_of(tx, ids))

    def links_to(self, ids: Iterable[int]) -> list[tuple[StoryArticle, int]]:
        """Articles whose pages show one of these as MORE ABOUT, each with the id of the one shown."""
        return self._database.read(lambda tx: stories.links_to(tx, ids))

    def hosts(self, *, after: str = "", troubled: bool = False, limit: int = 100) -> list[HostRow]:
        """Hosts by name; with `troubled` only those that had trouble when they were last asked."""
        return self._database.read(lambda tx: overview.host_rows(tx, after=after, troubled=troubled, limit=limit))

    def sites(self, starts: Mapping[str, Collection[str]]) -> dict[str, SiteLook]:
        """How fresh, how late and how complete the articles of these sites are; of each its starts are given."""
        return self._database.read(lambda tx: overview.site_looks(tx, starts, self._filled)) if starts else {}

    def waiting_again(self) -> dict[str, int]:
        """URLs that wait once more, by what went wrong the last time."""
        return self._database.read(overview.waiting_again)

    def stored_since(self, seconds: float) -> int:
        """How many articles were stored for the first time in the last so many seconds."""
        return self._database.read(lambda tx: overview.stored_since(tx, seconds))

    def kept(self, names: Collection[tuple[str, str]]) -> set[tuple[str, str, str]]:
        """Of the URLs with these (site, key), the (site, key, content) of every page that is kept."""
        return self._database.read(lambda tx: pages.kept(tx, names)) if names else set()

    def page(self, site: str, key: str, content_hash: str = "") -> KeptPage | None:
        """The page as it was fetched that this content was read from; None where it is not kept."""
        return self._database.read(lambda tx: pages.page(tx, site, key, content_hash))
