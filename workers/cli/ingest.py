"""`wireroom ingest`: saved pages through the same parse, discover and sink stages as fetched ones."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from workers.adapters.files import HTML, read_saved, saved_files, urls_from
from workers.adapters.warc import SUFFIXES, pages_of_warc
from workers.cli.embedded import Stack, embedded_stack, interruptible, state_folder
from workers.cli.progress import Figures, Progress
from workers.cli.summary import Summary, difference, print_summary
from workers.core.errors import BadInput, Park, Skip, WireroomError
from workers.core.link import Kind, Label
from workers.core.page import Page
from workers.core.urls import host_of
from workers.core.work import Candidate
from workers.ledger import Ledger
from workers.ledger.schema import HANDOFF
from workers.settings import Settings, load
from workers.sites.known import any_site, site_for_url

if TYPE_CHECKING:
    from workers.adapters.redis import Handoff

# So far from any start that none of its links is followed: only the files were asked for.
FAR = 1_000_000
LOOK_EVERY = 0.05
MOST_OUTSTANDING = 5_000


@dataclass
class Item:
    """One page at hand, or why it could not be had."""

    url: str
    page: Page | None = None
    error: WireroomError | None = None


@dataclass
class Ingest:
    """One ingest at work: what is outstanding, by URL id, and what to tell at the end."""

    ledger: Ledger
    knobs: Settings
    outstanding: dict[int, tuple[str, str]] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def prune(self) -> set[tuple[str, str]]:
        """Forget what is settled; the names of the rest."""
        still = self.ledger.still_open(self.outstanding)
        self.outstanding = {id_: name for id_, name in self.outstanding.items() if id_ in still}
        return set(self.outstanding.values())


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Saved pages (.html, .html.gz), folders of them, WARC files.")],
    url: Annotated[str | None, typer.Option(help="The URL of the page, when there is one file.")] = None,
    url_from: Annotated[Path | None, typer.Option(help="JSON lines with `file` and `url` for each file.")] = None,
    parse: Annotated[int, typer.Option(min=1, max=32, help="Parse processes.")] = 2,
    state: Annotated[Path | None, typer.Option(help="Folder of the ledger and the logs [default: .wireroom].")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with the summary as one JSON object.")] = False,
) -> None:
    """Store the articles of saved pages, as if they had just been fetched.

    A page's URL comes from the WARC, from --url, from --url-from, or from the page's own canonical link.

    Examples:

      wireroom ingest page.html --url https://example.org/news/1.html

      wireroom ingest pages/ --url-from urls.jsonl

      wireroom ingest crawl.warc.gz
    """
    knobs = load(**({"state_dir": state} if state else {}))
    known = urls_from(url_from) if url_from else {}
    files = list(saved_files(paths, (*HTML, *SUFFIXES)))
    if not files:
        raise BadInput("There is nothing to ingest: no .html, .html.gz or .warc file was found there.")
    if url is not None and len(files) > 1:
        raise BadInput("--url is for one file; give the URLs of several with --url-from FILE.jsonl.")
    summary = run(files, known if url is None else {files[0].name: url}, parse, knobs, Console(stderr=as_json))
    print_summary(summary, as_json=as_json)
    raise typer.Exit(summary.exit_code)


def run(files: Sequence[Path], urls: Mapping[str, str], parse: int, knobs: Settings, console: Console) -> Summary:
    """Ingest the files; what came of it."""
    with ExitStack() as stack, interruptible() as asked:
        stack.enter_context(state_folder(knobs.state_dir))
        ledger = Ledger.open(knobs.ledger, migrate=True)
        stack.callback(ledger.close)
        ledger.sweep(dead_owners={HANDOFF, *ledger.owners()})
        before, begun = ledger.status().total, time.monotonic()
        workers = stack.enter_context(embedded_stack(knobs, fetch=0, parse=parse, extra={}))
        work = Ingest(ledger, knobs)
        progress = Progress(console, f"wireroom ingest: {len(files)} files")
        with progress.shown():
            _passes(work, files, urls, workers, progress, asked)
        workers.stop(at_once=len(asked) > 1)
        return Summary(
            **difference(before, ledger.status().total),
            seconds=time.monotonic() - begun,
            state=knobs.state_dir,
            ledger=knobs.ledger.removeprefix("sqlite:///"),
            stopped=bool(asked),
            troubles=work.troubles,
        )


def _passes(
    work: Ingest, files: Sequence[Path], urls: Mapping[str, str], workers: Stack, progress: Progress, asked: list[int]
) -> None:
    """Once through all files; then again, each alone, through those whose worker died with them."""
    from workers.wiring import room  # reads the environment, which is set once the stack has started

    handoff, size = room().handoff, work.knobs.batch
    again: set[tuple[str, str]] | None = None
    for attempt in range(work.knobs.max_attempts):
        items = _items(files, urls, work)
        while batch := list(islice(items, size if attempt == 0 else 1)):
            if asked:
                return
            _send(work, batch, handoff, again)
            _wait(work, workers, progress, asked, most=work.knobs.max_transit)
        _wait(work, workers, progress, asked, most=0)
        again = work.prune()
        if not again or asked:
            return


def _items(files: Sequence[Path], urls: Mapping[str, str], work: Ingest) -> Iterator[Item]:
    for path in files:
        if path.name.lower().endswith(SUFFIXES):
            yield from _warc(path, work)
            continue
        url = urls.get(path.name)
        try:
            page = read_saved(path, url, work.knobs.max_body)
            yield Item(page.url, page)
        except (Park, Skip) as error:
            work.troubles.append(f"{error}.")
            if url:
                yield Item(url, error=error)
        except BadInput as error:
            work.troubles.append(str(error))


def _warc(path: Path, work: Ingest) -> Iterator[Item]:
    try:
        for page in pages_of_warc(path, work.knobs.max_body):
            yield Item(page.url, page)
    except BadInput as error:
        work.troubles.append(str(error))


def _send(work: Ingest, items: Sequence[Item], handoff: Handoff, only: set[tuple[str, str]] | None) -> None:
    """Check the pages in and queue them for parse; with `only`, no others than these."""
    from workers import publish
    from workers.stages.host import outcome_of
    from workers.stages.messages import Parcel, ParseMessage
    from workers.stages.reading import pack_page

    by_name = {(c.site, c.key): (c, item) for item in items for c in [_candidate(item.url)]}
    wanted = {name: pair for name, pair in by_name.items() if only is None or name in only}
    leases = work.ledger.check_in([candidate for candidate, _ in wanted.values()], work.knobs.lease_seconds)
    pairs = [(lease, wanted[lease.site, lease.key][1]) for lease in leases]
    work.outstanding |= {lease.id: (lease.site, lease.key) for lease, _ in pairs}
    failed = [outcome_of(lease, item.error) for lease, item in pairs if item.error is not None]
    if failed:
        work.ledger.settle(failed)
    good = [(lease, item.page) for lease, item in pairs if item.page is not None]
    if good:
        keys = handoff.put([pack_page(page) for _, page in good])
        parcels = tuple(Parcel(key=key, lease=lease) for key, (lease, _) in zip(keys, good, strict=True))
        publish.parse(ParseMessage(parcels=parcels))
    if len(work.outstanding) > MOST_OUTSTANDING:
        work.prune()


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


def _wait(work: Ingest, workers: Stack, progress: Progress, asked: list[int], *, most: int) -> None:
    """Wait until at most so many pages are on their way (P5)."""
    while not asked:
        workers.look_after()
        progress.update(Figures.of(work.ledger.status().total))
        if work.ledger.in_transit() <= most:
            return
        time.sleep(LOOK_EVERY)
