"""The units of deploy/systemd: sealed, and true to the code, to the compose file and to their own README."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from stack import ROOT, services, understand

from workers.celery import STAGES
from workers.settings import Settings, variable

FOLDER = ROOT / "deploy/systemd"
UNITS = sorted(FOLDER.glob("*.service"))
WORKERS = [path for path in UNITS if " -Q " in path.read_text("utf-8")]
SEALED = {
    ("User", "wireroom"),
    ("CapabilityBoundingSet", ""),
    ("NoNewPrivileges", "yes"),
    ("PrivateDevices", "yes"),
    ("PrivateTmp", "yes"),
    ("ProtectHome", "yes"),
    ("ProtectSystem", "strict"),
    ("RestrictAddressFamilies", "AF_UNIX AF_INET AF_INET6"),
    ("RestrictNamespaces", "yes"),
    ("SystemCallFilter", "@system-service"),
}
# MB of the process that starts a worker's others, most of which it shares with them.
FIRST_PROCESS = 100


def lines(path: Path) -> list[tuple[str, str]]:
    """Name and value of every line, in their order."""
    return re.findall(r"^(\w+)=(.*)$", path.read_text("utf-8"), re.M)


def command(path: Path) -> list[str]:
    """What the unit starts, as the shell would see it."""
    return shlex.split(dict(lines(path))["ExecStart"].replace("%%", "%"))


def settings_of(path: Path) -> dict[str, str]:
    """The settings that the unit gives, and those of the example of its file."""
    given = [value for name, value in lines(path) if name == "Environment"]
    return dict(line.split("=", 1) for line in given) | dict(lines(FOLDER / "wireroom.env"))


def option(path: Path, name: str) -> str:
    return command(path)[command(path).index(name) + 1]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_is_sealed_and_has_its_settings(path: Path) -> None:
    found = lines(path)
    assert set(found) >= SEALED
    assert {"MemoryMax", "TasksMax"} <= {name for name, _ in found}
    assert ("EnvironmentFile", "/etc/wireroom.env") in found
    assert settings_of(path).keys() <= {variable(name) for name in Settings.model_fields}


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_command_is_understood(path: Path) -> None:
    [program, *arguments] = command(path)
    folder, _, name = program.rpartition("/.venv/bin/")
    assert ("WorkingDirectory", folder) in lines(path)
    understand([name, *arguments])


def test_every_stage_has_a_worker_and_there_is_one_beat() -> None:
    queues = [queue for path in WORKERS for queue in option(path, "-Q").split(",")]
    assert sorted(queues) == sorted(STAGES)
    assert [path.stem for path in UNITS if "beat" in command(path)] == ["wireroom-beat"]


@pytest.mark.parametrize("path", WORKERS, ids=lambda path: path.stem)
def test_a_worker_stops_and_fits_as_in_the_compose_file(path: Path) -> None:
    service = services()[option(path, "-Q").rpartition(",")[2]]
    found = dict(lines(path))
    assert found["TimeoutStopSec"] == service["stop_grace_period"].rstrip("s")
    wanted = [value for name, value in lines(path) if name in ("Wants", "After")]
    assert all("wireroom-migrate.service" in value.split() for value in wanted)
    most = int(found["MemoryMax"].rstrip("MG")) * (1024 if found["MemoryMax"].endswith("G") else 1)
    own = dict(value.split("=", 1) for name, value in lines(path) if name == "Environment")
    each = int(own["WIREROOM_PROCESS_MEMORY"])  # of the unit: a file of settings that does not name it must do
    assert int(option(path, "-c")) * each + FIRST_PROCESS <= most


def test_a_database_that_comes_up_late_leaves_nothing_stopped() -> None:
    """A unit that requires another is given up for good when that fails at its first try."""
    assert not [path.stem for path in UNITS if "Requires" in dict(lines(path))]
    migrate = dict(lines(FOLDER / "wireroom-migrate.service"))
    assert migrate["Restart"] == "on-failure"


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    for path in (*UNITS, FOLDER / "wireroom.target"):  # their programs are not where they will be
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", path.read_text("utf-8"), flags=re.M)
        (tmp_path / path.name).write_text(text, "utf-8")
    command = [analyze, "--man=no", "--recursive-errors=no", "verify", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "wireroom" in line]) == (0, [])


def test_the_readme_names_the_units_that_there_are() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    [enabled] = re.findall(r"^systemctl enable (.*)$", readme, re.M)
    assert set(enabled.split()) == {"wireroom.target", *(path.stem for path in UNITS)}
    named = [word for word in re.findall(r"[^\s`]+", readme) if word.startswith("deploy/systemd/")]
    assert len(named) == 3
    assert [word for word in named if not list(ROOT.glob(word))] == []
