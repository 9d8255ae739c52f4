"""The demo site of a state folder: it keeps its port and its opening hour, so a later crawl finds the same site."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workers.core.errors import Unavailable

if TYPE_CHECKING:
    from workers.demo import DemoSite


@contextmanager
def demo_port(state_dir: Path) -> Iterator[int]:
    """The port on which the demo site of this folder will be: nothing else gets it by chance until the block ends."""
    port, _ = _recall(state_dir / "demo.json")
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):  # whoever serves there will say so
            held.bind(("127.0.0.1", port))
            port = held.getsockname()[1]
        if sys.platform != "linux":
            held.close()  # elsewhere the demo site could not have it besides
        yield port


@contextmanager
def demo_site(state_dir: Path, rate: float | None, port: int) -> Iterator[DemoSite]:
    """Serve the demo site of this state folder until the block ends."""
    from workers.demo import DemoSite  # which a crawl of any other site goes without

    memory = state_dir / "demo.json"
    _, opened = _recall(memory)
    demo = DemoSite(rate=rate, port=port, opened=opened)
    try:
        demo.start()
    except OSError as error:
        raise Unavailable(
            f"The demo site of this folder lives on port {port}, which cannot be had now ({error.strerror}). "
            f"End the program that uses it, or start afresh in another folder with --state."
        ) from None
    try:
        memory.write_text(json.dumps({"port": demo.port, "opened": opened.isoformat()}), encoding="utf-8")
        yield demo
    finally:
        demo.stop()


def _recall(memory: Path) -> tuple[int, datetime]:
    try:
        kept = json.loads(memory.read_text(encoding="utf-8"))
        return int(kept["port"]), datetime.fromisoformat(kept["opened"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, datetime.now(UTC)
