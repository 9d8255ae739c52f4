"""A Redis that answers and yet cannot be worked with: said before a crawl begins, and by the doctor."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from workers.adapters.reach import ping_redis, redis_answers
from workers.adapters.redis import connect
from workers.adapters.valkey import find_server
from workers.core.errors import Unavailable

Start = Callable[..., str]


@pytest.fixture
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts a server with these options; gives its URL."""
    binary = find_server()
    if binary is None:
        pytest.skip("there is no Valkey")
    with ExitStack() as stack:

        def run(*options: str) -> str:
            folder = Path(tmp_path_factory.mktemp("s", numbered=True))
            command = [str(binary), "--port", "0", "--unixsocket", f"{folder}/s", "--dir", str(folder), "--save", ""]
            with (folder / "log").open("ab") as log:
                process = subprocess.Popen([*command, *options], stdout=log)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            give_up = time.monotonic() + 10
            while not (folder / "s").exists():
                assert time.monotonic() < give_up
                time.sleep(0.01)
            return f"unix://{folder}/s?db=0"

        yield run


@pytest.mark.parametrize("asked", [ping_redis, redis_answers])
def test_what_cannot_be_written_is_refused(asked: Callable[[str], object], start: Start) -> None:
    """A crawl waited for ever, with a replica as with a server whose memory is full."""
    asked(start())
    with pytest.raises(Unavailable, match="takes nothing: You can't write against a read only replica"):
        asked(start("--replicaof", "127.0.0.1", "1"))
    full = start()
    with connect(full) as client:
        client.set("big", "x" * 4_000_000)
        client.config_set("maxmemory", "2mb")
    with pytest.raises(Unavailable, match=r"takes nothing: .*maxmemory"):
        asked(full)


@pytest.mark.parametrize("credentials", ["", ":oops@"])
def test_a_password_that_is_missing_or_wrong_is_called_so(credentials: str, start: Start) -> None:
    url = start("--requirepass", "s3cret")
    with pytest.raises(Unavailable, match=r"^It asks for a password, or for another user or password than the URL"):
        ping_redis(url.replace("unix://", f"unix://{credentials}"))
    ping_redis(url.replace("unix://", "unix://:s3cret@"))
