"""The table of commands, and what becomes of an error: one sentence and an exit code."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module, metadata
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from workers.cli.exits import BAD_INPUT, OK, PROBLEMS, STOPPED, UNAVAILABLE
from workers.core.errors import BadInput, Unavailable, WireroomError
from workers.core.steering import visible


class Command(NamedTuple):
    """A command: where it is (`module:name`, a function or a Typer) and what it does."""

    where: str
    help: str


COMMANDS = {
    "crawl": Command(
        "workers.cli.crawl:crawl", "Crawl a news site into stored articles; without a URL, the demo site."
    ),
    "ingest": Command("workers.cli.ingest:ingest", "Read saved pages or WARC files into stored articles."),
    "articles": Command("workers.cli.articles:articles", "List, show, search, export and delete stored articles."),
    "status": Command("workers.cli.status:status", "How much is waiting, leased, stored, skipped and parked."),
    "top": Command("workers.cli.top:top", "The pipeline, its sites and hosts, live."),
    "metrics": Command("workers.cli.metrics:metrics", "All figures as Prometheus reads them."),
    "trace": Command("workers.cli.trace:trace", "The whole journey of one URL."),
    "parked": Command("workers.cli.parked:parked", "URLs that were set aside: list, replay, drop."),
    "sites": Command(
        "workers.cli.sites:sites", "The sites of the ledger: add, pause, resume, crawl now, and what is due when."
    ),
    "site": Command("workers.cli.site:site", "What a site's profile reads from a page."),
    "read": Command("workers.cli.read:read", "Read saved pages and print the articles; stores nothing."),
    "console": Command("workers.cli.console:console", "Serve the console: wire, pipeline and API, as web pages."),
    "doctor": Command("workers.cli.doctor:doctor", "Check that everything that is needed is there."),
    "migrate": Command("workers.cli.migrate:migrate", "Make the ledger, or bring it up to date."),
    "demo-site": Command("workers.cli.demo_site:demo_site", "Serve the bundled demo news site on this machine."),
}


class Lazy(TyperGroup):
    """Imports a command's module when the command is called; the list of commands needs none of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commands = {name: TyperCommand(name, help=command.help) for name, command in COMMANDS.items()}
        self._listing = False

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, or its entry in the list while that is shown."""
        if self._listing or cmd_name not in COMMANDS:
            return self.commands.get(cmd_name)
        return _load(cmd_name)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The list of commands."""
        self._listing = True
        super().format_help(ctx, formatter)


def _load(name: str) -> Any:
    module, _, attribute = COMMANDS[name].where.partition(":")
    found = getattr(import_module(module), attribute)
    if not isinstance(found, typer.Typer):
        function, found = found, typer.Typer(add_completion=False, rich_markup_mode="markdown")
        found.command(name)(function)
    command = typer.main.get_command(found)
    command.name = name
    return command


app = typer.Typer(cls=Lazy, add_completion=False, no_args_is_help=True, rich_markup_mode="markdown")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wireroom {metadata.version('wireroom')}")
        raise typer.Exit


@app.callback()
def wireroom(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks; may stand anywhere.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Event-driven news ingestion: follows a news site's own links and stores every article once.

    Begin with `wireroom crawl`. `wireroom COMMAND --help` shows examples. Settings are the variables WIREROOM_…;
    `wireroom doctor --settings` lists them.
    """


def run(arguments: Sequence[str]) -> int:
    """Run a command line; the exit code. An error becomes one sentence on stderr."""
    debug = "--debug" in _options(arguments)
    _write_anything()
    try:
        code = app(_without_debug(arguments), prog_name="wireroom", standalone_mode=False) or OK
        sys.stdout.flush()
        return code
    except (SystemExit, BrokenPipeError) as error:
        if not isinstance(error.__context__ or error, BrokenPipeError):
            raise
        # The reader of our output has seen enough; typer and rich call that an end with problems.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())  # type: ignore[union-attr]
        return OK
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - no traceback reaches a user without --debug
        if debug:
            traceback.print_exc()
        message, code = verdict(error)
        if message:
            sys.stderr.write(f"wireroom: {message}\n")
        return code


def verdict(error: BaseException) -> tuple[str, int]:
    """What to say about an error, and the exit code."""
    match error:
        case KeyboardInterrupt() | typer.Abort():
            return "Stopped.", STOPPED
        case TyperException():
            return _usage(error), BAD_INPUT
        case BadInput():
            return _sentence(error), BAD_INPUT
        case Unavailable():
            return _sentence(error), UNAVAILABLE
        case WireroomError():
            return _sentence(error), PROBLEMS
        case OSError(errno=errno.ENOSPC):
            where = f" ({error.filename})" if error.filename else ""
            return f"The disk is full{where}. Make room, then run it again.", UNAVAILABLE
        case OSError():
            return f"{_sentence(error)}", BAD_INPUT if error.filename else UNAVAILABLE
    said = visible(f"{type(error).__name__}: {error}")
    return f"An error that should not happen: {said}. Run it again with --debug to see where.", PROBLEMS


def _usage(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "wireroom"
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.format_message())
        return ""
    return f"{_sentence(error)} See: {command} --help"


def _sentence(error: BaseException) -> str:
    """The error's own words, in which nothing steers the terminal."""
    if isinstance(error, TyperException):
        said = visible(error.format_message())
    elif isinstance(error, OSError) and error.strerror:
        said = visible(f"{error.filename}: {error.strerror}" if error.filename else error.strerror)
    else:
        said = visible(str(error))
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _options(arguments: Sequence[str]) -> Sequence[str]:
    """The arguments before `--`."""
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _without_debug(arguments: Sequence[str]) -> list[str]:
    before = _options(arguments)
    return [*(each for each in before if each != "--debug"), *arguments[len(before) :]]


def _write_anything() -> None:
    """No text makes a stream fail: what its encoding lacks is written as an escape, and a closed one takes all."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as we live
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
