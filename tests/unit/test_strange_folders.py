"""Folders as machines have them: deep, with spaces, signs that mean something in a URL, and letters of any script."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from workers.adapters import valkey
from workers.adapters.forks import Fork
from workers.adapters.redis import connect
from workers.adapters.valkey import ValkeyServer, running_in
from workers.core.errors import Unavailable
from workers.core.ledger_url import file_of_url, url_of_file
from workers.ledger import Ledger
from workers.settings import Settings

STRANGE = "a b%20?#;'q ü Київ"


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Changes of TMPDIR are seen at once."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    return monkeypatch


def test_a_ledger_lies_in_its_own_folder_whatever_that_is_called(tmp_path: Path) -> None:
    """It lay beside the folder, and two folders had one: what follows a `?` is no name in a URL."""
    folder = tmp_path / STRANGE
    folder.mkdir()
    ledger = Ledger.open(Settings.own_ledger(folder), migrate=True)
    assert (folder / "ledger.db").exists() and [folder] == list(tmp_path.iterdir())
    assert ledger.place == str(folder / "ledger.db")
    ledger.close()


@pytest.mark.parametrize("path", ["/x/ledger.db", f"/{STRANGE}/100%/%41.db"])
def test_a_file_is_found_again_by_its_url(path: str) -> None:
    assert file_of_url(url_of_file(Path(path))) == Path(path)


@pytest.mark.parametrize("url", ["postgresql://a@b/c", "sqlite://", "sqlite:///", "sqlite:///:memory:", "", "x"])
def test_other_urls_have_no_file(url: str) -> None:
    assert file_of_url(url) is None


@pytest.mark.parametrize("name", [STRANGE, "d" * 60 + "/" + "e" * 60])
def test_the_private_server_starts_with_any_folder_for_temporary_files(
    name: str, tmp_path: Path, temporary: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(prefix="w", dir="/tmp") as short:  # short is what it is about
        folder = Path(short) / name
        folder.mkdir(parents=True)
        temporary.setenv("TMPDIR", str(folder))
        server = ValkeyServer(tmp_path / "valkey")
        server.start()
        try:
            assert connect(server.url).ping()
            assert running_in(tmp_path / "valkey") == server.url
        finally:
            server.stop()
        assert not list(folder.iterdir())


def test_where_no_path_is_short_enough_it_is_said(tmp_path: Path, temporary: pytest.MonkeyPatch) -> None:
    temporary.setattr(valkey, "_LONGEST_PLACE", 2)
    with pytest.raises(Unavailable, match="Set TMPDIR to such a folder"):
        ValkeyServer(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="forks are used on Linux only")
def test_a_fork_leaves_no_temporary_folder(tmp_path: Path, temporary: pytest.MonkeyPatch) -> None:
    """Each crawl left two for ever, of which multiprocessing keeps what its processes share in."""

    def share() -> int:
        from billiard.util import get_temp_dir

        return 0 if Path(get_temp_dir()).parent == tmp_path / "here" else 1

    (tmp_path / "here").mkdir()
    temporary.setenv("TMPDIR", str(tmp_path / "here"))
    with (tmp_path / "log").open("ab") as log:
        assert Fork(share, {}, log).wait(10) == 0
    assert not list((tmp_path / "here").iterdir())
