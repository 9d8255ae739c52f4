"""A crawl under attack, and what came of it: the stored set against the site's truth."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from itertools import islice

from press import Press
from rig import Rig
from sqlalchemy import select

from workers.core.errors import Unavailable
from workers.core.link import Kind, Label, Link
from workers.ledger import Ledger, Which
from workers.ledger.database import Database
from workers.ledger.schema import articles, urls, versions
from workers.sites.known import by_name
from workers.stages.discover import candidate_for

LOOK_EVERY = 0.05
# No harm has so many steps, but for one that waits.
MOST_STEPS = 1_000
# A harm in the making: it does something and yields the seconds until it goes on.
Attack = Callable[[Rig, Press], Iterator[float]]


@dataclass
class Verdict:
    """The counters of Jepsen's total-queue checker, and what else an attack may break."""

    attack: str
    database: str
    seed: int
    pages: int
    ok: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: int = 0
    recovered: int = 0
    parked: dict[str, str] = field(default_factory=dict)
    leased: int = 0
    extra_fetches: int = 0
    seconds: float = 0.0
    recovery: float = 0.0
    slowest: tuple[float, str] = (0.0, "")
    finished: bool = True
    journeys: list[str] = field(default_factory=list)
    killers: dict[str, str] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """All stored, nothing twice, nothing parked, nothing left open."""
        return self.finished and not (self.lost or self.doubled or self.parked or self.leased)


def attacked_crawl(
    rig: Rig,
    name: str,
    attack: Attack,
    *,
    pages: int,
    seed: int,
    latency: float = 0.03,
    bound: float = 60.0,
    marks: dict[int, str] | None = None,
    starting: float = 0.1,
    width: int | None = None,
) -> Verdict:
    """Crawl a site of so many pages; the attack begins when the part `starting` of them was asked for.

    `bound` is in seconds. `width`: `Press`.

    A harm that is not over when the crawl is, is brought to its end.
    """
    rig.dice.seed(seed)
    site = f"wire-{name.replace(' ', '-')}-{seed}"
    verdict = Verdict(name, rig.database, seed, pages)
    with Press(pages, seed, latency=latency, marks=marks, width=width) as press:
        _begin(rig.ledger, site, press)
        begun = time.monotonic()
        _watch(rig, site, press, attack, verdict, begun + bound, int(pages * starting))
        verdict.seconds = time.monotonic() - begun
        verdict.slowest = rig.slowest()
        _judge(rig, site, press, verdict)
    return verdict


def _begin(ledger: Ledger, name: str, press: Press) -> None:
    ledger.put_site(name, "interfax-ukraine", press.hosts, (), {"delay": 0.0, "places": 2})
    model = by_name("interfax-ukraine")
    assert model is not None
    site = model.replace(name=name, hosts=press.hosts, aliases=())
    ledger.admit([candidate_for(site, Link(url=press.url(0), label=Label.SEED, kind=Kind.PAGE), 0, ledger.now())])


def _watch(rig: Rig, site: str, press: Press, attack: Attack, verdict: Verdict, end: float, start_at: int) -> None:
    harm: Iterator[float] | None = None
    over, due, last_fault = False, 0.0, time.monotonic()
    while True:
        now = time.monotonic()
        rig.tend()
        if harm is None and len(press.asked) >= start_at:
            harm = attack(rig, press)
        if harm is not None and not over and now >= due:
            wait = next(harm, None)
            last_fault = time.monotonic()  # a harm may take a while itself
            over, due = wait is None, last_fault + (wait or 0.0)
        if over and _done(rig.ledger, site):
            verdict.recovery = time.monotonic() - last_fault
            return
        if now > end:
            verdict.finished = False
            if harm is not None:
                _end(harm)
            return
        time.sleep(LOOK_EVERY)


def _end(harm: Iterator[float]) -> None:
    """Bring a harm to its end; one that waits for what no longer comes is closed."""
    for _ in islice(harm, MOST_STEPS):
        pass
    if isinstance(harm, Generator):
        harm.close()


def _done(ledger: Ledger, site: str) -> bool:
    try:
        left = ledger.outlook(site)
    except Unavailable:
        return False
    return not left.leased and left.open_in is None


def _judge(rig: Rig, site: str, press: Press, verdict: Verdict) -> None:
    truth = press.truth()
    stored = {a.key: (a.headline, " ".join(block.text for block in a.body)) for a in _stored(rig.ledger, site)}
    database = Database(rig.ledger_url)
    of_site = select(articles.c.id).where(articles.c.site == site)
    rows = database.read(lambda tx: tx.all(select(urls).where(urls.c.site == site)))
    counted = database.read(lambda tx: tx.all(select(versions.c.article_id).where(versions.c.article_id.in_(of_site))))
    database.close()
    good = {key for key, content in truth.items() if stored.get(key) == content}
    verdict.ok = len(good)
    verdict.lost = sorted(truth.keys() - good)
    verdict.doubled = sum(n - 1 for n in Counter(row.article_id for row in counted).values()) + len(
        stored.keys() - truth.keys()
    )
    verdict.recovered = sum(row.attempts > 1 and row.key in good for row in rows)
    verdict.parked = {
        row.key: f"{row.reason}: {row.detail}\n{row.journey}"
        for row in rows
        if row.state == "parked" and row.key in truth
    }
    verdict.killers = {row.key: row.reason for row in rows if row.state == "parked" and row.key not in truth}
    verdict.journeys = [row.journey for row in rows if row.attempts > 1]
    verdict.leased = sum(row.state in ("leased", "waiting") for row in rows)
    verdict.extra_fetches = press.extra_fetches


def _stored(ledger: Ledger, site: str) -> Iterator:  # type: ignore[type-arg]
    return ledger.iterate_articles(Which(site=site))
