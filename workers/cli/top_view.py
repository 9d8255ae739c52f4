"""What `wireroom top` draws: plain tables, the most important first, so that a small terminal shows that."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group
from rich.table import Table
from rich.text import Text

from workers.adapters.redis import Transit
from workers.cli.output import duration
from workers.core.seconds import DAY
from workers.core.steering import visible
from workers.figures import delay_of, is_open, robots_of
from workers.ledger import Counts, Figures, HostFigures, Lag, SiteFigures
from workers.ledger.lag import BOUNDS

RATE_OVER = 10.0
MOST_ROWS = 20
# A share of found fields below this is red.
LOW = 0.9


class Rates:
    """Articles and URLs finished a second, over the last RATE_OVER seconds, from what was counted."""

    def __init__(self) -> None:
        self._noted: deque[tuple[float, dict[str, int], int]] = deque()

    def note(self, found: Figures) -> None:
        """These are the figures now."""
        total = found.status.total
        articles = {name: counts.articles for name, counts in found.status.sites.items()}
        self._noted.append((time.monotonic(), articles, total.total - total.open))
        while self._noted[-1][0] - self._noted[0][0] > RATE_OVER and len(self._noted) > 2:
            self._noted.popleft()

    @property
    def finished(self) -> float | None:
        """URLs settled a second; None before the second look."""
        return self._per_second(lambda noted: noted[2])

    def articles(self, site: str) -> float | None:
        """New articles of a site a second."""
        return self._per_second(lambda noted: noted[1].get(site, 0))

    def _per_second(self, of: Callable[[tuple[float, dict[str, int], int]], int]) -> float | None:
        if len(self._noted) < 2:
            return None
        first, last = self._noted[0], self._noted[-1]
        return (of(last) - of(first)) / max(last[0] - first[0], 0.001)


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn; `redis` is None where it does not answer."""

    found: Figures
    redis: Transit | None
    rates: Rates


def draw(view: View) -> Group:
    """All of it."""
    return Group(*_parts(view))


def _parts(view: View) -> Iterator[Table | Text]:
    yield _head(view)
    yield Text("")
    yield _sites(view)
    yield Text("")
    yield from list(_fills(view.found))[:MOST_ROWS]
    total = view.found.status.total
    for what, reasons, style in (("parked", total.parked, "yellow"), ("skipped", total.skipped, "")):
        if reasons:
            listed = ", ".join(f"{reason} {n}" for reason, n in sorted(reasons.items(), key=lambda pair: -pair[1]))
            yield Text(f"{what}: {listed}", style=style)
    yield Text("")
    yield _hosts(view.found)


def _head(view: View) -> Table:
    found, total = view.found, view.found.status.total
    table = _table("stage", "#waiting", "#leased", "#done", "oldest", "")
    rate = f"{view.rates.finished:.1f} URLs/s" if view.rates.finished is not None else ""
    ready = f"{found.status.hosts_ready} host(s) ready"
    if found.status.next_ready:
        ready = f"the next host in {duration(found.status.next_ready)}"
    table.add_row("fetch", str(total.waiting), str(total.in_fetch), "", _age(found.oldest_ready, 300), ready)
    done = str(total.total - total.open)
    oldest = _age(found.oldest_handed_over, 600)
    table.add_row("parse, discover, sink", "", str(total.handed_over), done, oldest, rate)
    table.add_row("articles", "", "", Text(str(total.articles), style="bold green"), "", f"{total.versions} version(s)")
    table.add_row("queue", *_queue(view.redis))
    return table


def _queue(redis: Transit | None) -> Sequence[str | Text]:
    if redis is None:
        return ("", "", "", "", Text("Redis does not answer", style="red"))
    limit = f" of {_size(redis.memory_max)}" if redis.memory_max else ""
    held = f"hand-off {redis.handoff_items} in {_size(redis.handoff_bytes)}, Redis {_size(redis.memory)}{limit}"
    if redis.queues is None:
        return ("", "", "", "", held)
    return ("", "", "", "", f"{sum(redis.queues.values())} message(s), {redis.unacked} taken; {held}")


def _sites(view: View) -> Table:
    columns = ("site", "#waiting", "#leased", "#articles", "#/min", "#parked", "newest", "feeds", "lag")
    table = _table(*columns)
    rows = sorted(view.found.status.sites.items(), key=lambda pair: (view.found.sites[pair[0]].paused, pair[0]))
    for name, counts in rows[:MOST_ROWS]:
        table.add_row(*_site(name, counts, view.found.sites[name], view.rates))
    _more(table, len(rows))
    return table


def _site(name: str, counts: Counts, site: SiteFigures, rates: Rates) -> Iterator[str | Text]:
    rate = rates.articles(name)
    yield Text(visible(name) + (" (paused)" if site.paused else ""), style="dim" if site.paused else "bold")
    yield from map(str, (counts.waiting, counts.leased, counts.articles))
    yield "" if rate is None else f"{60 * rate:.0f}"
    parked = sum(counts.parked.values())
    yield Text(str(parked), style="yellow" if parked else "")
    yield _short(site.newest_article_age)
    late = not site.paused and (site.listing_overdue or 0) > 1800
    yield Text(_short(site.listing_age), style="red" if late else "")
    yield _lag(site.lag)


def _fills(found: Figures) -> Iterator[Text]:
    """Of the last day's pages, the shares on which required fields were found; a line for each site."""
    for name, site in sorted(found.sites.items()):
        rates = [(field, fill.rate) for field, fill in sorted(site.fills.items()) if fill.rate is not None]
        if rates:
            told = [Text(f"{field} {rate:.1%}", style="red" if rate < LOW else "") for field, rate in rates]
            yield Text(f"fields of {visible(name)} found: ").append_text(Text(", ").join(told))


def _short(seconds: float | None) -> str:
    """The larger unit alone: `9 min`."""
    return " ".join(duration(seconds).split()[:2])


def _lag(lag: Lag) -> str:
    """Of the news of the last day, the bound that half of them came in under."""
    news = [(bound, lag.under.get(str(bound), 0)) for bound in BOUNDS if bound <= DAY]
    half, so_far = sum(n for _, n in news) / 2, 0
    for bound, count in news:
        so_far += count
        if count and so_far >= half:
            return f"half < {_short(bound)}"
    return "-"


def _hosts(found: Figures) -> Table:
    table = _table("host", "#delay", "breaker", "left alone", "robots.txt", "#429", "why")
    hosts = sorted(found.hosts, key=lambda host: (-host.failures, -host.rest, -host.throttled, host.name))
    for host in hosts[:MOST_ROWS]:
        table.add_row(*_host(host))
    _more(table, len(hosts) + found.other_hosts)
    return table


def _host(host: HostFigures) -> Iterator[str | Text]:
    yield Text(visible(host.name), style="bold" if host.held else "")
    yield f"{delay_of(host):g} s"
    yield Text("open", style="red") if is_open(host) else f"{host.failures} failure(s)" if host.failures else "closed"
    yield duration(host.rest) if host.rest else "-"
    yield robots_of(host)
    yield str(host.throttled)
    yield visible(host.reason or "")


def _table(*columns: str) -> Table:
    """A table as the other commands print them; columns that begin with # are numbers."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(name.lstrip("#"), justify="right" if name.startswith("#") else "left", no_wrap=True)
    return table


def _more(table: Table, number: int) -> None:
    if number > MOST_ROWS:
        table.add_row(Text(f"and {number - MOST_ROWS} more", style="dim"))


def _age(seconds: float, limit: float) -> Text:
    return Text(duration(seconds) if seconds else "-", style="red" if seconds > limit else "")


def _size(number: int) -> str:
    size = float(number)
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
