"""`python -m workers.health`: does the worker or beat of this container work? Exit code 0 when it does, 1 when not.

It reads what they note in the file WIREROOM_HEARTBEAT (`adapters/heartbeat.py`), with the standard library alone: it
runs every few seconds beside each of them.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

# Notes are 5 s apart. A shorter silence may be a busy machine or a broker that is just restarted.
MOST_SILENCE = 30.0


def main() -> int:
    """Say how it stands in one line."""
    path = os.environ.get("WIREROOM_HEARTBEAT")
    if not path:
        sys.stderr.write("WIREROOM_HEARTBEAT names no file: set it for the worker and for this check.\n")
        return 1
    silence = silence_of(Path(path))
    if silence is None:
        sys.stderr.write("It has not begun to consume yet.\n")
    elif silence > MOST_SILENCE:
        sys.stderr.write(f"It has not consumed for {silence:.0f} s.\n")
    else:
        sys.stdout.write(f"It consumed {silence:.0f} s ago.\n")
        return 0
    return 1


def silence_of(path: Path) -> float | None:
    """Seconds since the last note; None when there is none of this boot of the machine."""
    try:
        noted = float(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    silence = time.monotonic() - noted
    return silence if silence >= 0 else None


if __name__ == "__main__":
    sys.exit(main())
