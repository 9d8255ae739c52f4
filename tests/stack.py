"""The compose file as tests read it: its services with anchors and merges resolved, and their variables filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typer
from celery.bin.base import CLIContext
from celery.bin.celery import celery
from click import Context
from ruamel.yaml import YAML

from workers.celery import app as workers
from workers.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::?-([^}]*))?\}")


@cache
def stack() -> dict[str, Any]:
    """The whole file, each variable replaced by its default; who reads it changes nothing in it."""
    plain = VARIABLE.sub(lambda found: found[2] or "", COMPOSE.read_text("utf-8"))
    loaded: dict[str, Any] = YAML(typ="safe").load(plain.replace("$$", "$"))
    return loaded


def services() -> dict[str, dict[str, Any]]:
    """Name → service."""
    found: dict[str, dict[str, Any]] = stack()["services"]
    return found


def ours() -> dict[str, dict[str, Any]]:
    """The services that run our own image."""
    return {name: service for name, service in services().items() if service["image"].startswith("wireroom:")}


def once() -> set[str]:
    """The services that do something and end."""
    return {name for name, service in services().items() if service["restart"] == "no"}


def understand(command: Sequence[str]) -> None:
    """Raise where the programs `celery` and `wireroom` would not know what this command means."""
    [program, *arguments] = command
    if program == "celery":
        assert arguments[:2] == ["-A", "workers"]
        word, found, rest = celery.resolve_command(Context(celery), arguments[2:])
        found.make_context(word, rest, obj=CLIContext(workers, no_color=True, workdir=None))
    else:
        assert program == "wireroom"
        group = typer.main.get_command(app)
        word, found, rest = group.resolve_command(group.make_context("wireroom", arguments), arguments)  # type: ignore[attr-defined]
        found.make_context(word, rest)
