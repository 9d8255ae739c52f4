"""The ledger: everything that may be done with it, each call one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from workers.core.work import MAX_ATTEMPTS, TURN_SECONDS, Candidate, HostReport, Lease, Outcome, Turn
from workers.ledger import admit as admitting
from workers.ledger import articles as storing
from workers.ledger import check_in as checking_in
from workers.ledger import copies as copying
from workers.ledger import hosts as holding
from workers.ledger import lease as leasing
from workers.ledger import leaving, twins
from workers.ledger import lists as listing
from workers.ledger import migrate as migrations
from workers.ledger import move as moving
from workers.ledger import pages as keeping
from workers.ledger import parked as parking
from workers.ledger import removal as removing
from workers.ledger import revisit as revisiting
from workers.ledger import settle as settling
from workers.ledger import sites as knowing
from workers.ledger import sweep as sweeping
from workers.ledger.admit import Admitted
from workers.ledger.articles import Committed
from workers.ledger.contents import Intake, whole
from workers.ledger.database import Clock, Database, Tx
from workers.ledger.limits import Limits, count_refused
from workers.ledger.lists import NextPage
from workers.ledger.pages import KeptPage
from workers.ledger.parked import Chosen
from workers.ledger.readable import Readable
from workers.ledger.removal import Removed
from workers.ledger.schema import HANDOFF
from workers.ledger.sites import Start
from workers.ledger.sql import BATCH
from workers.ledger.sweep import Swept


class Ledger(Readable):
    """The SQL truth about URLs, hosts, sites and articles. Safe to use from several threads and after a fork."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._known = admitting.Known()

    @classmethod
    def open(cls, url: str, *, migrate: bool = False, clock: Clock | None = None) -> Ledger:
        """Open the ledger at `sqlite:///path` or `postgresql://user@host/database`.

        With `migrate` it is made or brought up to date first; without, one that is not current is refused. `clock`
        replaces the database's clock in tests. Raises BadInput and Unavailable, each with a sentence for a person.
        """
        database = Database(url, clock)
        try:
            migrations.migrate(database) if migrate else migrations.require_current(database)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def keep_pages(self, kept: Sequence[KeptPage]) -> None:
        """Keep pages as they were fetched."""
        if kept:
            self._database.write(lambda tx: keeping.keep(tx, kept))

    def throw_pages_away(self, seconds: float) -> int:
        """Throw pages away that were kept for longer, one batch; how many."""
        return self._database.write(lambda tx: keeping.throw_away(tx, seconds))

    def close(self) -> None:
        """Close this process's connections."""
        self._database.close()

    # ── sites ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def put_site(
        self,
        name: str,
        profile: str,
        hosts: Sequence[str] = (),
        starts: Sequence[Start] = (),
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        """Enter a site, or change it. `settings` may hold `delay` (seconds, 1) and `places` (open requests, 1)."""
        self._database.write(lambda tx: knowing.put_site(tx, name, profile, hosts, starts, settings or {}))

    def pause(self, name: str) -> None:
        """Hand out no URLs of this site until it is resumed."""
        self._database.write(lambda tx: knowing.change(tx, name, paused=True))

    def resume(self, name: str) -> None:
        """Hand out this site's URLs again: it is not paused, and a page budget that is spent is lifted."""
        self._database.write(lambda tx: knowing.resume(tx, name))

    def set_budget(self, name: str, pages: int | None) -> None:
        """Hand out at most so many more URLs of this site; None is no limit. Second attempts are free."""
        self._database.write(lambda tx: knowing.change(tx, name, budget=pages))

    def make_starts_due(self, name: str) -> int:
        """The starts of a site wait to be fetched now, new or settled; returns how many."""
        return self._database.write(lambda tx: knowing.make_starts_due(tx, name))

    # ── the frontier ─────────────────────────────────────────────────────────────────────────────────────────────────

    def admit(
        self, candidates: Sequence[Candidate], *, site_limit: int | None = None, pattern_limit: int | None = None
    ) -> Admitted:
        """Enter links; only the first time counts. The limits bound the URLs of a site and of each path pattern."""
        new, sooner = self._database.read(lambda tx: admitting.unknown(tx, candidates))
        if not new and not sooner:
            return Admitted(frozenset(), {})
        limits = Limits(site_limit, pattern_limit)
        admitted, ids = self._database.write(lambda tx: admitting.enter(tx, new, sooner, limits, self._known))
        self._known.learn(new, ids)
        return admitted

    def ask(self, candidates: Sequence[Candidate]) -> int:
        """What a person gave waits before all else, new or settled, also where it was refused; returns how many."""
        return self._database.write(lambda tx: revisiting.ask(tx, candidates)) if candidates else 0

    def follow(self, pages: Sequence[NextPage]) -> int:
        """Next pages wait again where the page before shows mostly what came after its last reading; how many do."""
        found = self._database.read(lambda tx: listing.followed(tx, pages)) if pages else []
        return (
            self._database.write(lambda tx: revisiting.visit_again(tx, found, "the page before is new")) if found else 0
        )

    def leave(self, site: str, part: str, is_left: leaving.IsLeft) -> int:
        """Pages that wait for their first attempt, with this part in their addresses, are skipped; returns how many.

        `is_left` tells, by address and headline, which of them. What a person or a feed has named is none of them.
        """
        found = self._database.read(lambda tx: leaving.waiting(tx, site, part, is_left))
        return self._database.write(lambda tx: leaving.leave(tx, found)) if found else 0

    def has_story(self, site: str, part: str, is_of: Callable[[str], bool]) -> bool:
        """True where an article was first asked for at an address with this part of which `is_of` is true."""
        return self._database.read(lambda tx: leaving.has_story(tx, site, part, is_of))

    def come_back(self, site: str, part: str, is_left: leaving.IsLeft) -> int:
        """Those that were left wait again, whichever process left them; returns how many."""
        found = self._database.read(lambda tx: leaving.left(tx, site, part, is_left))
        word = "a story was found beside it"
        parts = [found[start : start + BATCH] for start in range(0, len(found), BATCH)]
        return sum(self._database.write(partial(revisiting.visit_again, ids=ids, word=word)) for ids in parts)

    def lease(
        self,
        owner: str,
        *,
        urls: int,
        hosts: int,
        per_host: int,
        hold: float,
        lease: float,
        held: Collection[str] = (),
        turn_seconds: float = TURN_SECONDS,
    ) -> list[Turn]:
        """Lease at most `urls` URLs: of the `held` hosts, whose holds are renewed, and of up to `hosts` ready ones.

        A host gives at most `per_host` URLs, and no more than fit into `turn_seconds` at its delay; the most wanted
        come first. Everything is committed before this returns. A held host that is missing from the turns is lost.
        Count `hold` from before the call: then the worker stops before anybody else may start.
        """
        asked = leasing.Ask(owner, urls, hosts, per_host, hold, lease, tuple(held), turn_seconds)
        return self._database.write(lambda tx: leasing.lease(tx, asked))

    def check_in(self, candidates: Sequence[Candidate], seconds: float) -> list[Lease]:
        """Lease URLs whose pages are at hand already, from files, to the hand-off; sites that are new are paused."""
        return self._database.write(lambda tx: checking_in.check_in(tx, candidates, seconds)) if candidates else []

    def hold(self, owner: str, names: Collection[str], seconds: float) -> list[str]:
        """Renew the hold of these hosts; returns those that the owner still holds."""
        return self._database.write(lambda tx: holding.hold(tx, owner, names, seconds)) if names else []

    def release(self, owner: str, reports: Sequence[HostReport]) -> int:
        """Give hosts back with what was learned of them; only where the owner still holds them. Returns how many."""
        return self._database.write(lambda tx: holding.release(tx, owner, reports)) if reports else 0

    def give_back(self, owner: str, ids: Collection[int]) -> int:
        """URLs that were leased and never asked for wait again; the attempt is not counted. Returns how many."""
        return self._database.write(lambda tx: settling.give_back(tx, owner, ids)) if ids else 0

    def handed_over(self, ids: Collection[int], lease: float, *, owner: str | None = None) -> int:
        """The pages of these URLs have left fetch: their leases begin anew (with `owner`: where it still has them)."""
        return self._database.write(lambda tx: settling.handed_over(tx, ids, lease, owner)) if ids else 0

    def end_leases(self, ids: Collection[int], seconds: float) -> int:
        """The process that had these pages in hand, between fetch and sink, is dead: their leases end that soon."""
        return self.handed_over(ids, seconds, owner=HANDOFF)

    def settle(self, outcomes: Sequence[Outcome], *, max_attempts: int = MAX_ATTEMPTS) -> int:
        """Settle URLs, or put them back to wait; parked after `max_attempts`. Idempotent. Returns how many changed."""

        def work(tx: Tx) -> int:
            changed = settling.settle(tx, outcomes, max_attempts)
            if any(outcome.moved_to for outcome in outcomes):
                moving.move(tx, outcomes)
            return changed

        return self._database.write(work) if outcomes else 0

    def commit(
        self,
        intakes: Sequence[Intake],
        outcomes: Sequence[Outcome] = (),
        *,
        max_attempts: int = MAX_ATTEMPTS,
    ) -> Committed:
        """Store articles with versions and links and settle their URLs, all in one transaction. Idempotent."""

        wholes = [whole(intake) for intake in intakes]  # before the transaction, which others wait for

        def work(tx: Tx) -> Committed:
            kept, ended = twins.once(tx, wholes, outcomes)
            committed, arrivals, parted = storing.store(tx, kept)
            settling.settle(tx, ended, max_attempts)
            revisiting.visit_named(tx, parted, "told apart")
            copying.group(tx, arrivals)
            return committed

        return self._database.write(work)

    # ── what brings URLs back ────────────────────────────────────────────────────────────────────────────────────────

    def sweep(self, *, max_attempts: int = MAX_ATTEMPTS, dead_owners: Collection[str] = ()) -> Swept:
        """Take back leases and holds that ran out, or whose owner is dead; a URL out of attempts is parked."""

        def work(tx: Tx) -> Swept:
            copying.forget(tx)
            return sweeping.sweep(tx, max_attempts, dead_owners)

        return self._database.write(work)

    def count_refused_messages(self, number: int) -> None:
        """So many messages of the queue were refused since the last time."""
        if number:
            self._database.write(lambda tx: count_refused(tx, {("", "message"): number}))

    def revisit(self, limit: int = BATCH) -> int:
        """Settled URLs that are due again wait for a new visit; returns how many, at most `limit`."""
        return self._database.write(lambda tx: revisiting.revisit(tx, limit))

    def make_articles_due(self, site: str) -> int:
        """All stored pages of the site wait for a new visit; returns how many."""
        total, after = 0, 0
        while True:
            count, last = self._database.write(lambda tx: revisiting.make_articles_due(tx, site, after))  # noqa: B023
            total += count
            if last is None:
                return total
            after = last

    def replay(self, *, reason: str | None = None, site: str | None = None, ids: Collection[int] | None = None) -> int:
        """All parked URLs that fit what is given wait again, for a new visit. Returns how many."""
        return self._in_batches(parking.replay, Chosen(reason, site, None if ids is None else tuple(ids)))

    def drop(self, *, reason: str | None = None, site: str | None = None, ids: Collection[int] | None = None) -> int:
        """All parked URLs that fit what is given are given up: skipped as `dropped`. Returns how many."""
        return self._in_batches(parking.drop, Chosen(reason, site, None if ids is None else tuple(ids)))

    def _in_batches(self, work: Callable[[Tx, Chosen], int], chosen: Chosen) -> int:
        total = 0
        while True:
            changed = self._database.write(lambda tx: work(tx, chosen))
            total += changed
            if changed < BATCH:
                return total

    def delete_articles(self, ids: Collection[int]) -> Removed:
        """Delete these articles with all that hangs on them; their URLs are skipped, and fetched only if asked for."""
        ordered, done = sorted(set(ids)), Removed()
        for start in range(0, len(ordered), removing.BATCH):
            batch = ordered[start : start + removing.BATCH]
            done += self._database.write(lambda tx: removing.remove(tx, batch))  # noqa: B023
        return done

    def prune_articles(self, before: float) -> Removed:
        """Delete all articles that were first stored before this moment (seconds since 1970), batch by batch."""
        done, after = Removed(), -1
        while batch := self._database.read(lambda tx: removing.older(tx, before, after)):  # noqa: B023
            done += self._database.write(lambda tx: removing.remove(tx, batch))
            after = batch[-1]
        return done
