"""A disk so small that it can be filled."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def small_disk(megabytes: int = 24) -> Iterator[str]:
    """A folder on a disk of its own, which can be filled; only root may mount one."""
    folder = tempfile.mkdtemp(prefix="wr-disk-")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        raise PermissionError("a small disk cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=False)
        Path(folder).rmdir()
