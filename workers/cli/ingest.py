"""`wireroom ingest`: saved pages through the same parse, discover and sink stages as fetched ones."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from workers.cli.breakdown import Watch
from workers.cli.embedded import Stack, embedded_stack, interruptible, state_folder, take_back
from workers.cli.obstacles import Obstacles
from workers.cli.output import plain_console
from workers.cli.progress import Figures, Progress
from workers.cli.saved import Item, Sources
from workers.cli.summary import Summary, difference, print_summary
from workers.core.link import Kind, Label
from workers.core.urls import host_of
from workers.core.work import Candidate
from workers.ledger import Ledger
from workers.settings import Settings, load
from workers.sites.known import any_site, site_for_url
from workers.stages.outcomes import outcome_of

# So far from any start that none of its links is followed: only the files were asked for.
FAR = 1_000_000
LOOK_EVERY = 0.05
MOST_OUTSTANDING = 1_000

Name = tuple[str, str]

Paths = Annotated[
    list[Path], typer.Argument(help="Saved pages (.html, .html.gz, .mhtml), folders of them, WARC files.")
]
Url = Annotated[str | None, typer.Option(help="The URL of the page, when there is one file.")]
UrlFrom = Annotated[Path | None, typer.Option(help="JSON lines with `file` and `url` for each file.")]
Parse = Annotated[int, typer.Option(min=1, max=32, help="Parse processes.")]
State = Annotated[Path | None, typer.Option(help="Folder of the ledger and the logs [default: .wireroom].")]
AsJson = Annotated[bool, typer.Option("--json", help="End with the summary as one JSON object.")]


def ingest(
    paths: Paths,
    url: Url = None,
    url_from: UrlFrom = None,
    parse: Parse = 2,
    state: State = None,
    as_json: AsJson = False,
) -> None:
    """Store the articles of saved pages, as if they had just been fetched.

    A page's URL comes from the WARC, from --url, from --url-from, from the page's own canonical
    link, or from what the browser noted when it saved the page.

    Examples:

      wireroom ingest page.html --url https://example.org/news/1.html

      wireroom ingest pages/ --url-from urls.jsonl

      wireroom ingest crawl.warc.gz
    """
    knobs = load(**({"state_dir": state} if state else {}))
    sources = Sources.find(paths, url, url_from, knobs.max_body)
    summary = run(sources, parse, knobs, plain_console(stderr=as_json))
    print_summary(summary, as_json=as_json, what="Ingest", onward="articles export")
    raise typer.Exit(summary.exit_code)


def run(sources: Sources, parse: int, knobs: Settings, console: Console) -> Summary:
    """Ingest the files; what came of it."""
    with ExitStack() as stack, interruptible() as asked:
        stack.enter_context(state_folder(knobs.state_dir))
        ledger = Ledger.open(knobs.ledger, migrate=True)
        stack.callback(ledger.close)
        take_back(ledger, knobs)
        before, begun = ledger.status().total, time.monotonic()
        ledger.close()  # opened again when it is used; the workers are forked
        workers = stack.enter_context(embedded_stack(knobs, fetch=0, parse=parse))
        workers.begin()
        progress = Progress(console, f"wireroom ingest: {len(sources.files)} files")
        with progress.shown():
            Ingest(ledger, knobs, workers, progress, asked).run(sources)
        workers.stop(at_once=len(asked) > 1)
        return Summary(
            **difference(before, ledger.status().total),
            seconds=time.monotonic() - begun,
            state=knobs.state_dir,
            ledger=ledger.place,
            stopped=bool(asked),
            troubles=list(sources.troubles),
        )


@dataclass
class Ingest:
    """One ingest at work. `asked` is not empty once somebody asked to stop; `outstanding` are URLs not settled yet."""

    ledger: Ledger
    knobs: Settings
    workers: Stack
    progress: Progress
    asked: list[int]
    outstanding: dict[int, Name] = field(default_factory=dict)

    def run(self, sources: Sources) -> None:
        """Once through all pages; then again, each alone, through those whose worker died with them."""
        self._obstacles = Obstacles(self.progress, self.knobs.state_dir)
        self._watch = Watch(self.progress, self.knobs.state_dir, self.workers.environment["WIREROOM_REDIS_URL"])
        again: set[Name] | None = None
        for _ in range(self.knobs.max_attempts):
            items = sources.items()
            while batch := list(islice(items, self.knobs.batch if again is None else 1)):
                self._send(batch, again)
                self._wait(most=self.knobs.max_transit)
                if self.asked:
                    return
            self._wait(most=0)
            again = self._prune()
            if not again or self.asked:
                return

    def _send(self, items: Sequence[Item], only: set[Name] | None) -> None:
        """Check the pages in and queue them for parse; with `only`, no others than these."""
        from workers.handing import hand_in  # these read the environment, which the stack has completed
        from workers.wiring import room

        named = {(c.site, c.key): (c, item) for item in items for c in [_candidate(item.url)]}
        wanted = {name: pair for name, pair in named.items() if only is None or name in only}
        candidates, seconds = [candidate for candidate, _ in wanted.values()], self.knobs.lease_seconds
        leases = self._obstacles.outlast(lambda: self.ledger.check_in(candidates, seconds), lambda: bool(self.asked))
        pairs = [(lease, wanted[lease.site, lease.key][1]) for lease in leases or ()]
        self.outstanding |= {lease.id: (lease.site, lease.key) for lease, _ in pairs}
        self.ledger.settle([outcome_of(lease, item.error) for lease, item in pairs if item.error is not None])
        hand_in(room(), [(lease, item.page) for lease, item in pairs if item.page is not None])
        if len(self.outstanding) > MOST_OUTSTANDING:
            self._prune()

    def _prune(self) -> set[Name]:
        """Forget what is settled; the names of the rest."""
        still = self.ledger.still_open(self.outstanding)
        self.outstanding = {id_: name for id_, name in self.outstanding.items() if id_ in still}
        return set(self.outstanding.values())

    def _wait(self, *, most: int) -> None:
        """Wait until at most so many of our pages are on their way (P5); others may be at work on the same ledger."""
        while not self.asked:
            self.workers.look_after()
            self._obstacles.look()
            self.progress.update(Figures.of(self.ledger.status().total))
            self._watch.look()  # a page that breaks parse is parked after some attempts, and the rest goes on
            if self.ledger.in_transit(self.outstanding) <= most:
                return
            time.sleep(LOOK_EVERY)


def _candidate(url: str) -> Candidate:
    site = site_for_url(url) or any_site(url)
    return Candidate(
        site=site.name,
        key=site.identity(url),
        url=url,
        host=host_of(url),
        kind=Kind.PAGE,
        label=Label.SEED,
        depth=FAR,
        wanted=0.0,
    )
