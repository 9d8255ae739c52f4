"""The health check by itself: what it says of a note that is fresh, old, missing or of another boot."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from workers.adapters.heartbeat import Idleness, note
from workers.health import MOST_SILENCE, main, silence_of


def check(path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("WIREROOM_HEARTBEAT", str(path))
    return main()


def noted(path: Path, ago: float) -> Path:
    path.write_text(f"{time.monotonic() - ago}\n")
    return path


def test_a_worker_that_has_just_noted_is_healthy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note(tmp_path / "beat")
    assert check(tmp_path / "beat", monkeypatch) == 0
    assert [file.name for file in tmp_path.iterdir()] == ["beat"], "it is written beside and moved into place"


@pytest.mark.parametrize(("ago", "code"), [(MOST_SILENCE - 2, 0), (MOST_SILENCE + 2, 1), (-60.0, 1)])
def test_silence_longer_than_the_bound_is_unhealthy(
    ago: float, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check(noted(tmp_path / "beat", ago), monkeypatch) == code


def test_without_a_note_it_is_not_healthy_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(tmp_path / "none", monkeypatch) == 1
    (tmp_path / "broken").write_text("")
    assert silence_of(tmp_path / "broken") is None


def test_the_variable_must_be_set(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("WIREROOM_HEARTBEAT", raising=False)
    assert main() == 1
    assert "WIREROOM_HEARTBEAT names no file" in capsys.readouterr().err


def test_the_check_imports_the_standard_library_alone() -> None:
    code = "import sys, workers.health; print(*sorted(n for n in sys.modules if n.partition('.')[0] == 'workers'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["workers", "workers.health"]


def test_a_worker_is_idle_from_its_last_message_on() -> None:
    idle = Idleness(100.0)
    assert idle.seconds(101.0, received=0, in_hand=0) == 0
    assert idle.seconds(110.0, received=0, in_hand=0) == 9
    assert idle.seconds(120.0, received=1, in_hand=1) == 0
    assert idle.seconds(150.0, received=1, in_hand=1) == 0, "a long task is no idleness"
    assert idle.seconds(157.0, received=1, in_hand=0) == 7
