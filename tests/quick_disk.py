"""Where a system lies that must stop or recover in time: in memory, if there is room, so that no busy disk counts."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")
_ROOM = 2_000_000_000  # bytes


def folder(prefix: str) -> Path:
    """A new folder, which the caller removes."""
    quick = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    return Path(tempfile.mkdtemp(prefix=prefix, dir=_MEMORY if quick else None))
