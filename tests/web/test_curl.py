"""libcurl under httpx: the address is the given one, nothing leaks, nothing of the environment is used."""

from __future__ import annotations

import asyncio
import itertools
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import pycurl
import pytest
from asking import AGENT, Get
from server import MisbehavingServer, Wire, answer, endless, raw

from workers.adapters.curl import ADDRESSES, _only
from workers.adapters.http import Fetcher, Limits, open_client
from workers.core import errors
from workers.core.gate import Open

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def fetcher(client: httpx.AsyncClient | None = None, **limits: float) -> Fetcher:
    return Fetcher(client or open_client(), AGENT, Limits(**limits), allow_private=True)  # type: ignore[arg-type]


def with_client(use: Callable[[httpx.AsyncClient], Awaitable[None]]) -> None:
    async def main() -> None:
        async with open_client() as client:
            await use(client)

    asyncio.run(main())


def descriptors() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_a_thousand_quick_requests(site: MisbehavingServer) -> None:
    site.on["/a"] = answer(b"<p>Hello")

    async def main() -> int:
        asker, good = fetcher(), 0
        for _ in range(20):
            pages = await asyncio.gather(*(asker.get(site.url("/a")) for _ in range(50)))
            good += sum(page.body == b"<p>Hello" for page in pages)
        await asker.aclose()
        return good

    assert asyncio.run(main()) == 1_000
    assert len(site.wires) <= 100  # connections are used again


def test_a_connection_is_used_again_one_request_after_another(site: MisbehavingServer) -> None:
    site.on["/a"] = answer()
    site.on["/gone"] = answer(b"x" * 9_000, 404)

    async def main() -> None:
        asker = fetcher()
        for _ in range(5):
            await asker.get(site.url("/a"))
            with pytest.raises(errors.Gone):
                await asker.get(site.url("/gone"))
        await asker.aclose()

    asyncio.run(main())
    assert len(site.wires) == 1


@pytest.mark.parametrize("behaviour", ["in the body", "before the headers", "with a full read-ahead"])
def test_cancelled_requests_leave_nothing_behind(site: MisbehavingServer, behaviour: str) -> None:
    site.on["/slow"] = {
        "in the body": endless(HEAD + b"\r\n", b"x", every=0.01),
        "before the headers": raw(then="wait"),
        "with a full read-ahead": endless(HEAD + b"\r\n", b"x" * 65_536),
    }[behaviour]
    site.on["/a"] = answer()

    async def main() -> None:
        asker = fetcher(max_body=1 << 40)
        await asker.get(site.url("/a"))
        before = descriptors()
        for _ in range(4):
            tasks = [asyncio.create_task(asker.get(site.url("/slow"))) for _ in range(25)]
            await asyncio.sleep(0.05)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            assert all(task.cancelled() for task in tasks)
            assert (await asker.get(site.url("/a"))).status == 200
        for _ in range(100):  # the server, in this process too, needs a moment to see that we left
            if descriptors() <= before + 2:
                break
            await asyncio.sleep(0.02)
        assert descriptors() <= before + 2
        await asker.aclose()

    asyncio.run(main())


def test_the_client_may_close_while_requests_are_open(site: MisbehavingServer) -> None:
    site.on["/slow"] = endless(HEAD + b"\r\n", b"x", every=0.01)

    async def main() -> list[object]:
        asker = fetcher()
        tasks = [asyncio.create_task(asker.get(site.url("/slow"))) for _ in range(10)]
        await asyncio.sleep(0.1)
        await asker.aclose()
        return list(await asyncio.gather(*tasks, return_exceptions=True))

    assert {type(result) for result in asyncio.run(main())} == {errors.ConnectFailed}


def test_a_reader_that_is_slow_slows_the_server(site: MisbehavingServer) -> None:
    site.on["/a"] = endless(HEAD + b"\r\n", b"x" * 65_536)

    async def read_slowly(client: httpx.AsyncClient) -> None:
        async with client.stream("GET", site.url("/a"), extensions={ADDRESSES: ("127.0.0.1",)}) as response:
            chunks = response.aiter_raw()
            await anext(chunks)
            await asyncio.sleep(0.3)
            early = site.wires[0].sent
            read = 0
            while read < early + 1_000_000:  # what was held back still comes
                read += len(await anext(chunks))
            await chunks.aclose()
        assert early < 20_000_000  # kernel buffers and our read-ahead, not what a free server sends in 0.3 s

    with_client(read_slowly)


def test_only_the_checked_address_is_connected_to(site: MisbehavingServer) -> None:
    async def use(client: httpx.AsyncClient) -> None:
        for addresses in [("127.0.0.9",), ()]:
            with pytest.raises(httpx.ConnectError):
                await client.get(site.url("/a"), extensions={ADDRESSES: addresses})

    with_client(use)
    assert site.log == []


@pytest.mark.parametrize("other", ["10.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"])
def test_no_socket_is_made_for_any_other_address(other: str) -> None:
    """The last door, should libcurl ever read a URL or a pinned address in another way than we do."""
    open_socket = _only("127.0.0.1")
    family = socket.AF_INET6 if ":" in other else socket.AF_INET
    assert open_socket(0, (family, socket.SOCK_STREAM, 6, (other, 80))) == pycurl.SOCKET_BAD
    made = open_socket(0, (socket.AF_INET, socket.SOCK_STREAM, 6, (b"127.0.0.1", 80)))
    assert isinstance(made, socket.socket)
    made.close()


def test_the_name_is_not_asked_again(site: MisbehavingServer) -> None:
    site.on["/a"] = answer()

    async def use(client: httpx.AsyncClient) -> None:
        url = site.url("/a", host="no-such-name.invalid")
        response = await client.get(url, extensions={ADDRESSES: ("127.0.0.1",)})
        assert response.status_code == 200

    with_client(use)
    assert site.log[0].headers["host"] == f"no-such-name.invalid:{site.port}"


def test_the_next_address_is_tried_when_one_does_not_answer(site: MisbehavingServer) -> None:
    site.on["/a"] = answer()

    async def use(client: httpx.AsyncClient) -> None:
        response = await client.get(site.url("/a"), extensions={ADDRESSES: ("127.0.0.9", "127.0.0.1")})
        assert response.status_code == 200

    with_client(use)


@pytest.fixture
def loud_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Proxies that lead nowhere, and a .netrc with a password for this machine."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    (tmp_path / ".curlrc").write_text("user = me:secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    yield


@pytest.mark.usefixtures("loud_environment")
def test_nothing_of_the_environment_is_used(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = answer()
    assert get("/a").status == 200
    assert "authorization" not in site.log[0].headers


def test_any_httpx_transport_fits_at_the_seam() -> None:
    def reply(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": "text/html"}, content=b"<p>" + request.url.path.encode())

    async def main() -> bytes:
        asker = fetcher(httpx.AsyncClient(transport=httpx.MockTransport(reply)))
        return (await asker.get("http://127.0.0.1/x")).body

    assert asyncio.run(main()) == b"<p>/x"


def test_it_runs_under_uvloop_too(site: MisbehavingServer) -> None:
    uvloop = pytest.importorskip("uvloop", reason="uvloop is not installed")
    site.on["/a"], site.on["/slow"] = answer(), raw(then="wait")

    async def main() -> None:
        asker = fetcher(deadline=0.3)
        pages = await asyncio.gather(*(asker.get(site.url("/a")) for _ in range(100)))
        assert all(page.status == 200 for page in pages)
        with pytest.raises(errors.Timeout):
            await asker.get(site.url("/slow"))
        await asker.aclose()

    uvloop.run(main())


@pytest.mark.parametrize(("end", "whole"), [(b"</html>", True), (b"</HTML >\r\n", True), (b"</html> and", False)])
def test_a_page_that_has_its_end_is_whole_whatever_its_length_is_told_to_be(
    site: MisbehavingServer, end: bytes, whole: bool
) -> None:
    async def short(_asked: object, wire: Wire) -> None:
        await wire.send(HEAD + b"Content-Length: 60000\r\n\r\n<p>" + b"x" * 900)
        await wire.send(end)
        await wire.close()

    site.on["/short"] = short

    async def main() -> bool:
        asker = fetcher()
        try:
            return (await asker.get(site.url("/short"))).body.endswith(end)
        except errors.BrokenAnswer:
            return False
        finally:
            await asker.aclose()

    assert asyncio.run(main()) == whole


def test_a_short_answer_is_never_taken_for_a_whole_one(site: MisbehavingServer) -> None:
    async def cut(_asked: object, wire: Wire) -> None:
        await wire.send(HEAD + b"Content-Length: 60000\r\n\r\n" + b"x" * 59_000)
        await wire.close()

    site.on["/cut"] = cut

    async def main() -> set[type]:
        asker = fetcher()
        asked = [asker.get(site.url("/cut")) for _ in range(300)]
        results = await asyncio.gather(*asked, return_exceptions=True)
        await asker.aclose()
        return {type(result) for result in results}

    assert asyncio.run(main()) == {errors.BrokenAnswer}


async def leaves_at_the_second(asked: object, wire: Wire) -> None:
    """Answers the first request of a connection, and closes it at the next without a word, as servers in a hurry do."""
    if wire.used:
        await wire.close()
    else:
        wire.used = True
        await answer(b"<p>Hello")(asked, wire)  # type: ignore[arg-type]


def test_a_kept_connection_that_breaks_makes_no_request_that_the_gate_did_not_let_through(
    site: MisbehavingServer,
) -> None:
    """libcurl would ask again by itself, at once; the second request is one as any other, at the host's pace."""
    site.on["/a"] = leaves_at_the_second
    started: list[float] = []

    class Paced(Open):
        async def start(self, url: str) -> None:
            await asyncio.sleep(0.05)
            started.append(time.monotonic())

    async def main() -> None:
        asker = fetcher()
        for _ in range(4):
            assert (await asker.get(site.url("/a"), gate=Paced())).body == b"<p>Hello"
        await asker.aclose()

    asyncio.run(main())
    seen = [asked.at for asked in site.log]
    assert len(seen) > 4, "the server was asked again"
    assert len(seen) <= len(started), "never without leave"
    assert min(later - earlier for earlier, later in itertools.pairwise(seen)) > 0.04


def test_a_server_that_always_leaves_is_asked_no_more_than_twice(site: MisbehavingServer) -> None:
    async def leaves(_asked: object, wire: Wire) -> None:
        await wire.close()

    site.on["/a"], site.on["/leaves"] = answer(), leaves

    async def main() -> None:
        asker = fetcher()
        await asker.get(site.url("/a"))
        with pytest.raises(errors.ConnectFailed):
            await asker.get(site.url("/leaves"))
        await asker.aclose()

    asyncio.run(main())
    assert 1 <= site.paths.count("/leaves") <= 2
