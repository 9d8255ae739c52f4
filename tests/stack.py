"""The compose file as tests read it: its services with anchors and merges resolved, and their variables filled in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::?-([^}]*))?\}")


def stack() -> dict[str, Any]:
    """The whole file, each variable replaced by its default."""
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
