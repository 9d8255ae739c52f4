"""`wireroom doctor`: is everything there that is needed, and what is to be done where it is not."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated
from urllib.parse import unquote

import typer

from workers.cli import options
from workers.cli.checks import FAILED, OK, WARNING, Check, all_checks
from workers.cli.output import duration, print_json, print_line, print_table
from workers.core.errors import WireroomError
from workers.settings import Settings

_SIGNS = {OK: "ok      ", WARNING: "warning ", FAILED: "FAILED  "}
_STYLES = {OK: "green", WARNING: "yellow", FAILED: "bold red"}
_PASSWORD = re.compile(r"(://[^/@\s]*?:)\S+@")
_PARAMETER = re.compile(r"([?&;])([^?&;=\s]*)=([^&;\s]*)")
_SECRET = re.compile(r"pass|pwd|secret|token", re.IGNORECASE)


def doctor(
    url: Annotated[str | None, typer.Option(help="Also ask this URL's host for its robots.txt.")] = None,
    settings: Annotated[bool, typer.Option("--settings", help="List the settings in force instead.")] = False,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """Check that everything that is needed is there; exit code 1 when something is not.

    Examples:

      wireroom doctor

      wireroom doctor --url https://en.interfax.com.ua/

      wireroom doctor --settings
    """
    knobs = options.knobs(state)
    if settings:
        _print_settings(knobs, as_json=as_json)
        return
    checks = [*all_checks(knobs), *([robots(url, knobs)] if url else [])]
    _print(checks, as_json=as_json)
    raise typer.Exit(1 if any(check.state == FAILED for check in checks) else 0)


def robots(url: str, knobs: Settings) -> Check:
    """What a host's robots.txt says to us about this URL."""
    from workers.cli.web import address_of, get_robots

    address, agent = address_of(url), knobs.user_agent
    try:
        answer, rules = asyncio.run(get_robots(address, knobs))
    except WireroomError as error:
        return Check("robots.txt", FAILED, str(error))
    if rules.closed:
        status = f"answered {answer.status}" if answer.status else "cannot be reached"
        return Check("robots.txt", FAILED, f"{status}, which forbids everything for now", "Try again later.")
    delay = rules.delay(agent)
    found = f"answered {answer.status}; {'allows' if rules.allows(address, agent) else 'forbids'} {address} to us"
    return Check("robots.txt", OK, found + (f"; Crawl-delay {duration(delay)}" if delay is not None else ""))


def _print(checks: Iterable[Check], *, as_json: bool) -> None:
    for check in checks:
        if as_json:
            print_json(asdict(check))
            continue
        print_line(f"{_SIGNS[check.state]}{check.name:<15} {check.found}", style=_STYLES[check.state])
        if check.advice:
            print_line(f"{'':<24}{check.advice}")


def _print_settings(knobs: Settings, *, as_json: bool) -> None:
    values = {f"WIREROOM_{name.upper()}": masked(str(getattr(knobs, name))) for name in Settings.model_fields}
    values["WIREROOM_CONSOLE_TOKEN"] = "***" if knobs.console_token else ""
    if as_json:
        print_json(values)
        return
    helps = [field.description or "" for field in Settings.model_fields.values()]
    print_table(
        ("setting", "value", "what it is"), [(*pair, text) for pair, text in zip(values.items(), helps, strict=True)]
    )


def masked(value: str) -> str:
    """A setting without the password in its URL, which may also stand among the parameters."""
    before = _PASSWORD.search(value)
    if before and _PARAMETER.sub(_without_secret, before[0]) != before[0]:
        return f"{value.partition('://')[0]}://***"  # an @ in a parameter: where the password ends nobody can say
    return _PARAMETER.sub(_without_secret, _PASSWORD.sub(r"\1***@", value))


def _without_secret(parameter: re.Match[str]) -> str:
    begin, name, _ = parameter.groups()
    return f"{begin}{name}=***" if _SECRET.search(unquote(name)) else parameter[0]
