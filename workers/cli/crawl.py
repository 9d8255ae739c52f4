"""`wireroom crawl`: start the embedded stack, follow a site until nothing is left to do, tell what came of it."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from workers.cli.breakdown import Watch
from workers.cli.course import Course
from workers.cli.demo_state import demo_port, demo_site
from workers.cli.embedded import Asked, Stack, embedded_stack, interruptible, make_apart, state_folder, take_back
from workers.cli.hints import hints, without_scheme
from workers.cli.obstacles import Obstacles
from workers.cli.options import finite
from workers.cli.output import plain_console
from workers.cli.plan import Plan, course_of
from workers.cli.progress import Figures, Progress, clock
from workers.cli.summary import Summary, difference, print_summary
from workers.core.errors import Unavailable
from workers.ledger import Ledger
from workers.settings import Settings, load, variable
from workers.target import Target, demo_target, in_haste, is_demo, target_of

LOOK_EVERY = 0.2
# A crawl that follows its site goes on for days, most of which it waits.
FOLLOW_LOOK_EVERY = 2.0
# A URL that may only be asked later than this does not keep a crawl waiting: running it again goes on with it.
PATIENCE = 60.0
# A short revisit is waited for, so that a correction made while the crawl runs is seen by it.
REVISIT_PATIENCE = 3.0
DEMO_EVERY = 1.0
# With a console, pages are kept so long as they were fetched, unless the settings say otherwise.
KEEP_DAYS = 7.0


Url = Annotated[str | None, typer.Argument(help="A site or an article to start from; without it, the demo site.")]
Pages = Annotated[int | None, typer.Option(min=1, max=10**12, help="Fetch at most this many URLs.")]
Follow = Annotated[bool, typer.Option("--follow", help="Keep going: feeds and listings are read again when due.")]
FollowAny = Annotated[bool, typer.Option("--follow-any", help="Also follow links to other sites.")]
Revisit = Annotated[bool, typer.Option("--revisit", help="First request every stored article again.")]
Delay = Annotated[float | None, typer.Option(min=0, help="Seconds between two requests to one host.")]
Fetch = Annotated[int, typer.Option(min=1, max=32, help="Fetch processes.")]
Parse = Annotated[int, typer.Option(min=1, max=32, help="Parse processes.")]
State = Annotated[Path | None, typer.Option(help="Folder of the ledger and the logs [default: .wireroom].")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Allow loopback and private addresses to its hosts.")
]
Rate = Annotated[
    float | None,
    typer.Option(min=0.1, max=86_400, callback=finite, help="Demo site: seconds between two new articles."),
]
ShowConsole = Annotated[
    bool, typer.Option("--console", help="Serve the console too, also after the crawl, until Ctrl-C.")
]
AsJson = Annotated[bool, typer.Option("--json", help="End with the summary as one JSON object.")]


def crawl(
    url: Url = None,
    pages: Pages = None,
    follow: Follow = False,
    follow_any: FollowAny = False,
    revisit: Revisit = False,
    delay: Delay = None,
    fetch: Fetch = 1,
    parse: Parse = 1,
    state: State = None,
    allow_private: AllowPrivate = False,
    rate: Rate = None,
    show_console: ShowConsole = False,
    as_json: AsJson = False,
) -> None:
    """Crawl a news site into stored articles.

    Only the first pages of a listing are followed: five, or what its site's profile says; without a profile up to
    fifty, as long as they show something new.

    Examples:

      wireroom crawl                                              the bundled demo site

      wireroom crawl https://en.interfax.com.ua/ --pages 50       the live site, 50 pages at most

      wireroom crawl --follow --rate 2                            a wire that comes in; Ctrl-C ends it

      wireroom crawl --console                                    and watch it in a browser
    """
    changes: dict[str, object] = {}
    if state is not None:
        changes["state_dir"] = state
    if delay is not None:
        changes["delay"] = delay
    if show_console and variable("keep_days") not in os.environ:
        changes["keep_days"] = KEEP_DAYS
    knobs = load(**changes)
    tempo = rate if rate else (2.0 if follow else None)
    private = allow_private or url is None or is_demo(url)
    plan = Plan(url, pages, follow, follow_any, revisit, fetch, parse, tempo, knobs.state_dir, show_console, private)
    summary = run(plan, knobs, plain_console(stderr=as_json))
    print_summary(summary, as_json=as_json, what="Crawl", onward=_onward(url, follow_any, allow_private))
    raise typer.Exit(summary.exit_code)


def _onward(url: str | None, follow_any: bool, allow_private: bool) -> str:
    """The command that goes on with what was crawled."""
    options = (("--follow", True), ("--follow-any", follow_any), ("--allow-private", allow_private))
    return shlex.join(["crawl", *([url] if url else []), *(option for option, given in options if given)])


def run(plan: Plan, knobs: Settings, console: Console) -> Summary:
    """Crawl as planned; what came of it."""
    with ExitStack() as stack, interruptible() as asked:
        stack.enter_context(state_folder(knobs.state_dir))
        target = _target(plan, knobs, stack)
        if plan.private:  # these hosts alone: the ledger may have other sites, whose links we do not trust
            knobs = knobs.with_private(target.hosts)
        make_apart(knobs.ledger)
        ledger = Ledger.open(knobs.ledger, migrate=True)
        stack.callback(ledger.close)
        ledger.close()  # opened again when it is used; the workers are forked
        workers = stack.enter_context(embedded_stack(knobs, fetch=plan.fetch, parse=plan.parse))
        if plan.url is None:
            port = int(target.hosts[0].rpartition(":")[2])
            stack.enter_context(demo_site(knobs.state_dir, plan.rate, port))
        take_back(ledger, knobs)
        course, begun = course_of(ledger, target, plan, knobs), time.monotonic()
        workers.begin()
        address = stack.enter_context(_console(plan, knobs, workers))
        progress = Progress(console, f"wireroom crawl: {target.title}")
        if address:
            progress.say(f"The console is at {address}")
        with progress.shown():
            done, broken = _watch(ledger, course, workers, progress, plan, asked)
        workers.stop(at_once=len(asked) > 1)
        counts = course.counts()
        return Summary(
            **difference(course.before, counts),
            seconds=time.monotonic() - begun,
            state=knobs.state_dir,
            ledger=ledger.place,
            stopped=bool(asked) and not done,
            troubles=[*broken, *_troubles(ledger, course)],
            hints=[*hints(ledger, course.target, knobs), *without_scheme(plan.url, counts.articles)],
        )


def _target(plan: Plan, knobs: Settings, stack: ExitStack) -> Target:
    """What is crawled: the site asked for, else the demo site, whose port is kept for it."""
    if plan.url is not None:
        return target_of(plan.url, knobs, follow_any=plan.follow_any)
    target = demo_target(str(stack.enter_context(demo_port(knobs.state_dir))))
    # The wire of the demo site is quicker than that of a real one, and may be asked as often as one likes.
    return in_haste(target, every=DEMO_EVERY) if plan.follow else target


@contextmanager
def _console(plan: Plan, knobs: Settings, workers: Stack) -> Iterator[str]:
    """The console beside the crawl, where it is asked for; its address. A usual port that is taken is no trouble."""
    if not plan.console:
        yield ""
        return
    from workers.console.serve import LOOPBACK, PORT, address_of, bound, serving

    try:
        made = bound(LOOPBACK, PORT)
    except Unavailable:
        made = bound(LOOPBACK, 0)
    with made, serving(knobs.model_copy(update={"redis_url": workers.environment["WIREROOM_REDIS_URL"]}), made):
        yield address_of(made)


def _watch(
    ledger: Ledger, course: Course, workers: Stack, progress: Progress, plan: Plan, asked: Asked
) -> tuple[bool, list[str]]:
    """Show how it goes until nothing is left to do, or somebody asks to stop; whether all was done, and what broke.

    With a console it goes on: there is something to look at, and another crawl may be started there.
    """
    obstacles, done = Obstacles(progress, plan.state), False
    watch = Watch(progress, plan.state, workers.environment["WIREROOM_REDIS_URL"])

    def look() -> bool:
        if turned := course.turn():
            progress.say(turned)
        progress.update(Figures.of(course.counts()))
        return not plan.follow and _finished(ledger, course.target)

    while not asked:
        for name in workers.look_after():
            progress.say(f"The {name} process ended and was started again.")
        obstacles.look()
        if not done and obstacles.outlast(look, lambda: bool(asked)):
            done = True
            if not plan.console:
                break
            progress.say("Everything is done. The console stays until Ctrl-C.")
        broken = watch.look()
        if broken and not (done or plan.follow):
            return False, [broken]
        asked.wait(FOLLOW_LOOK_EVERY if plan.follow else LOOK_EVERY)
    return done, []


def _finished(ledger: Ledger, target: Target) -> bool:
    """True when nothing is on its way and nothing will be due soon."""
    left = ledger.outlook(target.name)
    if left.leased or (left.revisit_in is not None and left.revisit_in < REVISIT_PATIENCE):
        return False
    return left.open_in is None or left.open_in > PATIENCE or ledger.site(target.name).is_spent


def _troubles(ledger: Ledger, course: Course) -> Iterator[str]:
    """Why what still waits of the site is not asked for now."""
    target = course.target
    if ledger.site(target.name).paused:
        yield f"The site {target.name} was paused meanwhile. Resume it with `wireroom sites resume {target.name}`."
    waits = course.counts().open > 0
    for host, reason, seconds in ledger.resting_hosts(target.name):
        if not waits and host not in target.hosts:
            continue  # one below the name of its site that answers no more, which a page still names
        yield f"{host} is left alone for {clock(seconds)} ({reason})."
