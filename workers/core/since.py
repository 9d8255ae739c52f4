"""Points in time as people give them."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime

from workers.core.errors import BadInput

_UNITS = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


def point_in_time(text: str) -> float:
    """Seconds since 1970: of `2h`, `3d` (ago), a date, or date and time; UTC where no offset stands."""
    if ago := re.fullmatch(r"([0-9]{1,6})([mhdw])", text.strip()):
        return time.time() - int(ago[1]) * _UNITS[ago[2]]
    try:
        given = datetime.fromisoformat(text.strip())
        return (given if given.tzinfo else given.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise BadInput(
            f"{text!r} is not a valid time. Give one like 2026-03-04, 2026-03-04T10:05, 90m, 12h, 3d or 2w."
        ) from None
