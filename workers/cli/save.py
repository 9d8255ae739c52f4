"""Write an export to stdout or, all or nothing, to a file."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from workers.core.errors import BadInput


def save(lines: Iterable[str], output: Path | None) -> None:
    """Write the lines in UTF-8; a file is there as a whole or not at all, and an earlier one stays until then."""
    if output is None:
        sys.stdout.flush()
        write(lines, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    if not output.parent.is_dir():
        raise BadInput(f"There is no folder {output.parent}. Make it, or name another file.")
    if output.exists() and not output.is_file():  # a pipe or a device cannot be replaced
        with output.open("wb") as file:
            write(lines, file)
        return
    try:
        _replace(lines, output)
    except OSError as error:  # it names a file of ours that nobody has heard of
        if error.errno == errno.ENOSPC:
            raise OSError(error.errno, error.strerror, str(output)) from error
        raise BadInput(f"{output} cannot be written: {error.strerror}. Name another file.") from error


def _replace(lines: Iterable[str], output: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{output.name}.", dir=output.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            write(lines, file)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write(lines: Iterable[str], file: BinaryIO) -> None:
    """The lines in UTF-8; a lone surrogate, which UTF-8 cannot hold, becomes a question mark."""
    for line in lines:
        file.write(line.encode("utf-8", "replace"))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
