"""Whatever the README and the docs show can be typed as it is shown."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from crawls import crawl, environment

from workers.demo import DemoSite

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/add-a-site.md", "docs/operations.md", "docs/metrics.md", "docs/console.md")


def commands(page: str) -> list[str]:
    """The lines of the page's sh blocks, without comments."""
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = [re.sub(r"\s+#.*", "", line).strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


ALL = [(page, line) for page in PAGES for line in commands(page)]
# These reach the live web, run for ever or need a cluster; they are parsed, or tested where they are named.
PARSED = (
    "wireroom crawl",
    "wireroom console",
    "wireroom migrate",
    "wireroom trace https",
    "wireroom site check",
    "wireroom site test",
)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A crawled demo site, and a folder of saved pages beside it."""
    folder = tmp_path_factory.mktemp("readme")
    with DemoSite(pages=60) as demo:
        crawl(folder / ".wireroom", demo.url)
    saved = folder / "saved"
    saved.mkdir()
    paragraph = "<p>The bridge over the river was opened to traffic on Monday, the council of the town said.</p>"
    head = "<title>Bridge opened</title><link rel=canonical href=https://news.example/a-1.html>"
    (saved / "page.html").write_text(
        f"<html><head>{head}</head><body><h1>Bridge opened</h1>{paragraph * 6}</body></html>"
    )
    yield folder


def parses(line: str) -> bool:
    from workers.cli.app import app

    command = typer.main.get_command(app)
    arguments = shlex.split(line)[1:]
    with command.make_context("wireroom", arguments) as context:
        name, found, rest = command.resolve_command(context, arguments)  # type: ignore[attr-defined]
        while hasattr(found, "resolve_command"):
            with found.make_context(name, rest, parent=context) as inner:
                name, found, rest = found.resolve_command(inner, rest)
        with found.make_context(name, rest):
            return True


@pytest.mark.parametrize(("page", "line"), [pair for pair in ALL if pair[1].startswith(PARSED)])
def test_a_command_that_needs_the_world_is_understood(page: str, line: str) -> None:
    assert parses(line)


RUN = [pair for pair in ALL if pair[1].startswith("wireroom") and not pair[1].startswith(PARSED)]


@pytest.mark.parametrize(("page", "line"), RUN)
def test_a_command_works_as_it_is_shown(page: str, line: str, state: Path) -> None:
    command, _, output = line.partition(" > ")
    arguments = [sys.executable, "-m", "workers", *shlex.split(command)[1:]]
    done = subprocess.run(
        arguments, cwd=state, env=environment(), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.strip() or output


@pytest.mark.parametrize("line", [line for page, line in ALL if page == "README.md" and "site check" in line])
def test_the_page_that_is_checked_comes_with_the_checkout(line: str) -> None:
    arguments = [sys.executable, "-m", "workers", *shlex.split(line)[1:]]
    done = subprocess.run(arguments, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "headline" in done.stdout


def test_there_is_nothing_else_in_the_shell_blocks() -> None:
    known = ("wireroom ", "make ", "celery -A workers ", "export WIREROOM_")
    assert [line for _, line in ALL if not line.startswith(known)] == []


@pytest.mark.parametrize("line", [line for _, line in ALL if line.startswith("make ")])
def test_a_make_target_exists_and_does_what_it_says(line: str) -> None:
    done = subprocess.run(["make", "-n", *shlex.split(line)[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    if line.startswith("make crawl"):
        assert "wireroom crawl" in done.stdout


def test_the_celery_commands_name_real_queues() -> None:
    from workers.celery import STAGES

    named = re.findall(r"-Q ([a-z,]+)", " ".join(line for _, line in ALL))
    assert set(",".join(named).split(",")) == set(STAGES)


def test_the_settings_table_tells_the_real_defaults() -> None:
    from workers.settings import Settings

    rows = re.findall(r"^\| `WIREROOM_([A-Z_]+)` \| `([^`]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert len(rows) >= 4
    for name, shown in rows:
        default = str(Settings.model_fields[name.lower()].default)
        assert default.startswith(shown.removesuffix("(+…)`").removesuffix(" (+…)")), name


def test_the_profile_in_the_docs_is_a_profile() -> None:
    block = re.search(r"^```python\n(.*?)^```", (ROOT / "docs/add-a-site.md").read_text(), re.MULTILINE | re.DOTALL)
    assert block is not None
    names: dict[str, object] = {}
    exec(block.group(1), names)
    site = names["news_example"]
    assert site.identity("https://news.example/2026/bridge-4711.html") == "id:4711"  # type: ignore[attr-defined]
