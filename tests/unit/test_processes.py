"""Owners of leases: a dead process of this machine is known to be dead, any other one is not."""

from __future__ import annotations

import subprocess
import sys

from workers.adapters.processes import is_dead, owner_name


def child_owner() -> tuple[str, subprocess.Popen[str]]:
    code = "from workers.adapters.processes import owner_name; print(owner_name(), flush=True); input()"
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    return child.stdout.readline().strip(), child


def test_a_living_process_is_not_dead() -> None:
    assert not is_dead(owner_name())


def test_a_killed_process_is_dead() -> None:
    owner, child = child_owner()
    assert not is_dead(owner)
    child.kill()
    child.communicate()
    assert is_dead(owner)


def test_a_process_that_has_taken_over_the_id_is_another_one() -> None:
    machine, pid, _ = owner_name().rsplit(":", 2)
    assert is_dead(f"{machine}:{pid}:1")


def test_nothing_is_known_of_a_process_on_another_machine() -> None:
    assert not is_dead("other-machine-1:999999:5")


def test_a_name_of_another_form_is_not_taken_for_dead() -> None:
    for name in ("", "hand-off", "a:b", "a:b:c", ":::"):
        assert not is_dead(name)


def test_a_page_that_wants_more_memory_than_a_process_may_take_is_refused() -> None:
    """The guard is left out: it is not to be relied on alone."""
    script = """
from workers.adapters.processes import bound_memory
from workers.core.errors import HostilePage
from workers.sites.page.document import Document
bound_memory(400)
names = " ".join(f"a{n}" for n in range(300))
try:
    Document("<p>" + "".join(f"<b c={n} {names}>" for n in range(30)) + "<p>x" * 1_500, "https://a.example/")
except HostilePage as error:
    print(error, Document("<title>The next page</title>", "https://a.example/").title)
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.stdout.strip() == "The parser needs more memory for it than it may have. The next page", ended.stderr
