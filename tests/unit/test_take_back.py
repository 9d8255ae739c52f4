"""What a command takes back when it begins: everything of its own ledger's past, and nothing that others are at."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from workers.adapters.processes import owner_name
from workers.cli.embedded import take_back
from workers.core.link import Kind, Label
from workers.core.work import Candidate
from workers.ledger import Ledger
from workers.settings import Settings, load

ELSEWHERE = "another-machine:1:1"


def page(number: int) -> Candidate:
    host = f"h{number}.test"
    more = {"kind": Kind.PAGE, "label": Label.LATEST, "depth": 1, "wanted": 1.0}
    return Candidate(site="a", key=str(number), url=f"https://{host}/{number}", host=host, **more)  # type: ignore[arg-type]


def dead_owner() -> str:
    code = "from workers.adapters.processes import owner_name; print(owner_name())"
    return subprocess.check_output([sys.executable, "-c", code], text=True).strip()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Four URLs on their way: a live process has one, one on another machine, a dead one, and the hand-off."""
    made = Ledger.open(Settings.own_ledger(tmp_path), migrate=True)
    made.put_site("a", "", ("h0.test",), [])
    made.admit([page(number) for number in range(4)])
    for owner in (owner_name(), ELSEWHERE, dead_owner(), "x"):
        [turn] = made.lease(owner, urls=1, hosts=1, per_host=1, hold=60, lease=60)
        if owner == "x":
            made.handed_over([turn.leases[0].id], 60, owner=owner)
            made.release(owner, [])
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WIREROOM_LEDGER_URL", "WIREROOM_REDIS_URL"):
        monkeypatch.delenv(name, raising=False)


def test_of_its_own_folder_a_command_takes_back_everything(ledger: Ledger, tmp_path: Path) -> None:
    take_back(ledger, load(state_dir=tmp_path))
    assert ledger.status().total.leased == 0
    assert ledger.owners() == []


@pytest.mark.parametrize("shared", ["ledger", "redis"])
def test_where_others_may_be_at_work_only_the_dead_lose_theirs(shared: str, ledger: Ledger, tmp_path: Path) -> None:
    given = {
        "ledger": {"state_dir": tmp_path / "elsewhere", "ledger_url": Settings.own_ledger(tmp_path)},
        "redis": {"state_dir": tmp_path, "redis_url": "redis://127.0.0.1:6379/0"},
    }[shared]
    take_back(ledger, load(**given))
    assert ledger.status().total.leased == 3, "a live process, another machine and the hand-off keep theirs"
    assert set(ledger.owners()) == {owner_name(), ELSEWHERE, "x"}
