"""deploy/rehearsal: its scripts are shell, its README shows them, and there is a folder for every image it builds."""

from __future__ import annotations

import re
import subprocess

import pytest
from stack import ROOT, services

FOLDER = ROOT / "deploy/rehearsal"
SCRIPTS = sorted(ROOT.glob("deploy/**/*.sh"))
IMAGES = (FOLDER / "images.sh").read_text("utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_plain_shell(script: object) -> None:
    done = subprocess.run(["sh", "-n", str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_readme_shows_scripts_that_exist() -> None:
    shown = re.findall(r"^sh (\S+)$", (FOLDER / "README.md").read_text("utf-8"), re.M)
    assert [ROOT / name for name in shown] == [FOLDER / "images.sh", FOLDER / "rehearse.sh"]
    assert all((ROOT / name).exists() for name in shown)


def test_every_image_that_stands_in_for_another_is_one_that_the_stack_uses() -> None:
    [names] = re.findall(r"^for name in (.+); do$", IMAGES, re.M)
    used = {service["image"].partition(":")[0] for service in services().values()} | {"python"}
    assert set(names.split()) <= used
    assert all((FOLDER / name.rpartition("/")[2] / "Dockerfile").exists() for name in names.split())


def test_every_service_that_is_killed_exists_and_runs_on() -> None:
    [killed] = re.findall(r"^for service in (.+); do$", (FOLDER / "rehearse.sh").read_text("utf-8"), re.M)
    running = {name for name, service in services().items() if service["restart"] != "no" and "profiles" not in service}
    assert running - set(killed.split()) == {"grafana"}
    assert set(killed.split()) <= running
