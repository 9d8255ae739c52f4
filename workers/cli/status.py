"""`wireroom status`: how much is where, counted from the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from workers.cli import options
from workers.cli.course import moved_sentence, start_leads_to
from workers.cli.output import duration, print_json, print_line, print_table
from workers.ledger import Counts, Ledger, SiteRow, Status

_COLUMNS = (
    "site",
    "#articles",
    "#versions",
    "#waiting",
    "#in fetch",
    "#handed over",
    "#skipped",
    "#parked",
    "oldest waiting",
)


def status(as_json: options.AsJson = False, state: options.State = None) -> None:
    """How much is waiting, in fetch, handed over to parse and sink, stored, skipped and parked, by site and in all.

    Examples:

      wireroom status

      wireroom status --json | jq .total.waiting
    """
    with options.open_ledger(state) as ledger:
        found, sites = ledger.status(), ledger.sites()
        moved = [] if as_json else list(_moved(ledger, found, sites))
    if as_json:
        print_json(_as_dict(found))
        return
    rows = [_row(name, counts) for name, counts in found.sites.items()]
    print_table(_COLUMNS, [*rows, _row("all", found.total)] if len(rows) != 1 else rows)
    for what in ("skipped", "parked"):
        reasons: dict[str, int] = getattr(found.total, what)
        if reasons:
            print_line(f"{what}: {', '.join(f'{reason} {count}' for reason, count in sorted(reasons.items()))}")
    held_back = list(_held_back(found, sites))
    for line in (*_refusals(found), *held_back, *moved):
        print_line(line)
    if (outlook := _outlook(found, explained=bool(held_back))) is not None:
        print_line(outlook)
    if found.total.parked:
        print_line("`wireroom parked` shows what was set aside.")


def _row(name: str, counts: Counts) -> tuple[object, ...]:
    skipped, parked = sum(counts.skipped.values()), sum(counts.parked.values())
    numbers = (counts.articles, counts.versions, counts.waiting, counts.in_fetch, counts.handed_over, skipped, parked)
    return (name, *numbers, duration(counts.oldest_waiting))


def _refusals(found: Status) -> Iterator[str]:
    for name, counts in found.sites.items():
        for limit, n in sorted(counts.refused.items()):
            knob = f"WIREROOM_{limit.replace('-', '_').upper()}"
            yield f"refused: {n} time(s) a link of {name}, because {knob} is reached."
    if found.messages_refused:
        yield f"refused: {found.messages_refused} message(s) of the queue were foreign or malformed; the logs say why."


def _held_back(found: Status, sites: Iterable[SiteRow]) -> Iterator[str]:
    """The sites of which something waits that is not asked for: how much, why, and what to do."""
    for row in sites:
        n = found.sites[row.name].waiting if row.name in found.sites else 0
        if n and row.paused:
            why = "it is paused" if row.hosts else "only files of it were read"
            way = (
                f"resume it with `wireroom sites resume {row.name}`"
                if row.hosts
                else "`wireroom crawl URL` begins with it"
            )
            yield f"{n} URL(s) of {row.name} wait and are not asked for, because {why}: {way}."
        elif n and row.is_spent:
            yield (
                f"{n} URL(s) of {row.name} wait and no new one is asked for, because its page budget is spent: "
                f"`wireroom sites resume {row.name}` lifts it, and so does a crawl without --pages."
            )


def _moved(ledger: Ledger, found: Status, sites: Iterable[SiteRow]) -> Iterator[str]:
    """The sites whose front page leads to another one."""
    for row in sites:
        counts = found.sites.get(row.name)
        if counts and counts.skipped.get("out-of-scope") and (url := start_leads_to(ledger, row)):
            yield moved_sentence(row, url)


def _outlook(found: Status, *, explained: bool) -> str | None:
    """When it goes on; None where nothing does and why is said already."""
    if found.hosts_ready:
        return f"{found.hosts_ready} host(s) may be asked now."
    if found.next_ready is not None:
        return f"The next host may be asked in {duration(found.next_ready)}."
    if not found.total.waiting:
        return "Nothing waits."
    return (
        None if explained else f"{found.total.waiting} URL(s) wait; running workers find their hosts by the next sweep."
    )


def _as_dict(found: Status) -> dict[str, Any]:
    sites = {name: _counts(counts) for name, counts in found.sites.items()}
    return {
        "total": _counts(found.total),
        "sites": sites,
        "hosts_ready": found.hosts_ready,
        "next_ready": found.next_ready,
        "messages_refused": found.messages_refused,
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {**asdict(counts), "leased": counts.leased, "total": counts.total}
