"""Servers that mean harm: each gets a named error, in bounded time and memory."""

from __future__ import annotations

import asyncio
import functools
import gzip
import time
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard
from asking import AGENT, Get
from server import MisbehavingServer, Wire, answer, endless, raw

from workers.adapters.http import Fetcher, Limits, open_client
from workers.core import errors

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
MB = 1024 * 1024

DRIPS = {
    "a byte now and then": endless(HEAD + b"\r\n", b"x", every=0.05),
    "a header byte now and then": endless(HEAD + b"X-Slow: ", b"x", every=0.05),
    "an interim answer now and then": endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", every=0.05),
    "silence": raw(then="wait"),
    "silence after the headers": raw(HEAD + b"Content-Length: 9\r\n\r\n", then="wait"),
}
ENDLESS = {
    "a body": (endless(HEAD + b"\r\n", b"x" * 65_536), errors.BodyTooLarge),
    "a body in chunks": (endless(CHUNKED, b"1000\r\n" + b"x" * 4096 + b"\r\n"), errors.BodyTooLarge),
    "a header line": (endless(HEAD + b"X-Long: ", b"x" * 65_536), errors.BrokenAnswer),
    "header lines": (endless(HEAD, b"X-More: of the same\r\n" * 1000), errors.BrokenAnswer),
    "interim answers": (endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 500), errors.BrokenAnswer),
    "trailers": (endless(CHUNKED + b"0\r\n", b"X-More: of the same\r\n" * 1000), errors.BrokenAnswer),
    "a chunk extension": (endless(CHUNKED + b"5;", b"x" * 65_536), errors.Timeout),
    "gzip that gives nothing": (
        endless(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 1_000),
        errors.BrokenAnswer,
    ),
    "one gzip that gives nothing": (
        endless(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10], b"\0\0\0\xff\xff" * 13_000),
        errors.BodyTooLarge,
    ),
    "zstd frames to skip": (
        endless(HEAD + b"Content-Encoding: zstd\r\n\r\n", b"\x50\x2a\x4d\x18\0\0\0\0" * 8_000),
        errors.BrokenAnswer,
    ),
    "a zstd frame to skip": (
        endless(HEAD + b"Content-Encoding: zstd\r\n\r\n\x50\x2a\x4d\x18\xff\xff\xff\x7f", b"x" * 65_536),
        errors.BodyTooLarge,
    ),
    "a status line": (endless(b"HTTP/1.1 200 ", b"x" * 65_536), errors.BrokenAnswer),
}
BROKEN = {
    "less than its Content-Length": raw(HEAD + b"Content-Length: 100\r\n\r\n<p>Hi"),
    "a Content-Length that is no number": raw(HEAD + b"Content-Length: much\r\n\r\n<p>Hi"),
    "a negative Content-Length": raw(HEAD + b"Content-Length: -5\r\n\r\n<p>Hi"),
    "two Content-Lengths": raw(HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n<p>Hi"),
    "a chunk size that is no number": raw(CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n"),
    "a chunk size beyond counting": raw(CHUNKED + b"fffffffffffffffffff\r\nhello"),
    "chunks without an end": raw(CHUNKED + b"5\r\nhello\r\n"),
    "a chunk that is longer than it says": raw(CHUNKED + b"2\r\nhello\r\n0\r\n\r\n"),
    "HTTP/0.9": raw(b"<html><p>No headers at all</p></html>"),
    "another protocol": raw(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "a status that is no number": raw(b"HTTP/1.1 abc OK\r\n\r\n<p>Hi"),
    "a version that is none": raw(b"HTTP/9.9 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Hi"),
    "a hundred kilobytes of headers": raw(HEAD + b"X-More: of the same thing\r\n" * 4_000 + b"\r\n<p>Hi"),
    "a header without a name": raw(b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n<p>Hi"),
    "a NUL in a header": raw(b"HTTP/1.1 200 OK\r\nX-A: a\0b\r\n\r\n<p>Hi"),
    "gzip in gzip": answer(gzip.compress(gzip.compress(b"<p>Hi")), content_encoding="gzip, gzip"),
    "br in gzip": answer(gzip.compress(brotli.compress(b"<p>Hi")), content_encoding="br, gzip"),
    "a coding nobody asked for": answer(b"<p>Hi", content_encoding="compress"),
    "gzip cut short": answer(gzip.compress(b"<p>Hi" * 99)[:-9], content_encoding="gzip"),
    "br cut short": answer(brotli.compress(b"<p>Hi" * 99)[:-2], content_encoding="br"),
    "zstd cut short": answer(zstandard.compress(b"<p>Hi" * 99)[:-2], content_encoding="zstd"),
    "gzip that is none": answer(b"<p>Hi", content_encoding="gzip"),
    "br that is none": answer(b"<p>Hi, this is no brotli", content_encoding="br"),
    "zstd that is none": answer(b"<p>Hi", content_encoding="zstd"),
    "br with a window larger than the web allows": answer(b"\x11\x1e" + b"\0" * 99, content_encoding="br"),
    "two codings in two headers": raw(
        HEAD + b"Content-Encoding: gzip\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\n<p>Hi"
    ),
    "packed on the way, unasked": raw(HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n5\r\n<p>Hi\r\n0\r\n\r\n"),
    "a change of protocol": raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n<p>Hi"),
    "a status of four digits": raw(b"HTTP/1.1 1000 X\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n<p>Hi"),
    "a status of nought": raw(b"HTTP/1.1 000 X\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n<p>Hi"),
    "two ways to go": raw(b"HTTP/1.1 302 X\r\nLocation: /b\r\nLocation: /c\r\nContent-Length: 0\r\n\r\n"),
    "zstd that wants more window than the web allows": answer(
        b"\x28\xb5\x2f\xfd\x00\x70\x29\x00\x00<p>Hi",
        content_encoding="zstd",
    ),
    "zstd that wants a gigabyte of window": answer(
        b"\x28\xb5\x2f\xfd\x00\xa0\x01\x00\x00",
        content_encoding="zstd",
    ),
}
RESETS = {
    "after the request": raw(then="reset"),
    "in the headers": raw(HEAD, then="reset"),
    "in the body": raw(HEAD + b"Content-Length: 100\r\n\r\n<p>Hi", then="reset"),
    "between chunks": raw(CHUNKED + b"5\r\n<p>Hi\r\n", then="reset"),
}


@pytest.mark.parametrize("name", DRIPS)
def test_a_drip_ends_at_the_deadline(site: MisbehavingServer, get: Get, name: str) -> None:
    site.on["/a"] = DRIPS[name]
    begun = time.monotonic()
    with pytest.raises(errors.Timeout):
        get("/a", deadline=0.3)
    assert time.monotonic() - begun < 1.0


@pytest.mark.parametrize("name", ENDLESS)
def test_what_never_ends_is_cut_off_at_a_bound(site: MisbehavingServer, get: Get, name: str) -> None:
    site.on["/a"], error = ENDLESS[name]
    with pytest.raises(error):
        get("/a", max_body=MB, deadline=1.0)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_is_named_so(site: MisbehavingServer, get: Get, name: str) -> None:
    site.on["/a"] = BROKEN[name]
    with pytest.raises(errors.BrokenAnswer):
        get("/a")


@pytest.mark.parametrize("name", RESETS)
def test_a_reset_is_a_failed_connection(site: MisbehavingServer, get: Get, name: str) -> None:
    site.on["/a"] = RESETS[name]
    with pytest.raises(errors.ConnectFailed):
        get("/a")


def test_a_reset_before_the_request_is_a_failed_connection(site: MisbehavingServer, get: Get) -> None:
    async def reset(wire: Wire) -> None:
        wire.reset()

    site.greeting = reset
    with pytest.raises(errors.ConnectFailed):
        get("/a")


def test_a_close_without_a_word_is_a_failed_connection(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = raw()
    with pytest.raises(errors.ConnectFailed):
        get("/a")


def test_nobody_at_the_port_is_a_failed_connection(site: MisbehavingServer, get: Get) -> None:
    with pytest.raises(errors.ConnectFailed):
        get("http://127.0.0.1:1/")


def test_a_body_that_announces_too_much_is_not_read(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = raw(HEAD + b"Content-Length: 1000000000000\r\n\r\n", then="wait")
    with pytest.raises(errors.BodyTooLarge):
        get("/a")


def test_what_follows_a_short_content_length_is_not_the_next_answer(site: MisbehavingServer, get: Get) -> None:
    smuggled = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<p>bad"
    site.on["/a"] = raw(b"HTTP/1.1 302 X\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n" + smuggled, then="wait")
    site.on["/b"] = answer(b"<p>good")
    assert get("/a").body == b"<p>good"


@pytest.mark.parametrize("name", [b"HTTP/evil: x", b"HTTP/1.1 404 Gone: x", b"HTTP/2 500: x"])
def test_a_header_that_looks_like_a_status_is_a_header(
    site: MisbehavingServer, get: Get, name: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    site.on["/a"] = raw(
        b"HTTP/1.1 200 OK\r\n" + name + b"\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n<p>Hi"
    )
    assert get("/a").status == 200
    assert capfd.readouterr().err == ""


def test_a_location_that_is_said_twice_is_one_location(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = raw(b"HTTP/1.1 302 X\r\nLocation: /b\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")
    site.on["/b"] = answer()
    assert get("/a").url == site.url("/b")


def test_a_location_of_many_kilobytes_is_parked(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = raw(b"HTTP/1.1 302 X\r\nLocation: /" + b"a" * 50_000 + b"\r\nContent-Length: 0\r\n\r\n")
    with pytest.raises(errors.AddressRefused):
        get("/a")


def test_cookies_without_number_are_read_over(site: MisbehavingServer, get: Get) -> None:
    cookies = b"".join(b"Set-Cookie: c%d=%s\r\n" % (n, b"x" * 100) for n in range(400))
    site.on["/a"] = raw(HEAD + cookies + b"Content-Length: 5\r\n\r\n<p>Hi")
    assert get("/a").headers == {"content-type": "text/html"}


def test_a_redirect_with_an_endless_body_is_followed_all_the_same(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = endless(b"HTTP/1.1 302 X\r\nLocation: /b\r\n\r\n", b"x" * 65_536)
    site.on["/b"] = answer()
    assert get("/a").url == site.url("/b")


def test_a_redirect_that_grows_its_query_is_parked(site: MisbehavingServer, get: Get) -> None:
    path = "/a?x"
    for _ in range(8):
        site.on[path] = answer(b"", 302, location=path + "x")
        path += "x"
    with pytest.raises(errors.RedirectLoop):
        get("/a?x")


@functools.cache
def bomb(coding: str) -> bytes:
    """Some gigabytes of zeros, packed."""
    pack: dict[str, Callable[[bytes], bytes]] = {
        "gzip": functools.partial(gzip.compress, compresslevel=9),
        "zstd": zstandard.compress,
        "br": functools.partial(brotli.compress, quality=5, lgwin=24),
    }
    packed = pack[coding](bytes(64 * MB))
    return packed if coding == "br" else packed * (9 * MB // len(packed))


def memory_peak() -> int:
    """The most resident bytes since the last `forget_peak`."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_bomb_is_stopped_early(site: MisbehavingServer, get: Get, coding: str) -> None:
    site.on["/a"] = answer(bomb(coding), content_encoding=coding)
    begun = time.monotonic()
    with pytest.raises(errors.BodyTooLarge):
        get("/a", max_body=10 * MB)
    assert time.monotonic() - begun < 2.0


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="the memory peak is read from Linux's /proc")
@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_bomb_costs_little_memory(site: MisbehavingServer, get: Get, coding: str) -> None:
    site.on["/a"] = answer(bomb(coding), content_encoding=coding)
    forget_peak()
    before = memory_peak()
    with pytest.raises(errors.BodyTooLarge):
        get("/a", max_body=10 * MB)
    assert memory_peak() - before < 60 * MB


def test_a_gzip_inside_is_not_unpacked_again(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = answer(gzip.compress(bomb("gzip")[: 64 * 1024]), content_encoding="gzip")
    with pytest.raises(errors.NotHtml):
        get("/a")


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="the memory peak is read from Linux's /proc")
def test_many_large_pages_at_once_do_not_add_up(site: MisbehavingServer) -> None:
    site.on["/a"] = answer(gzip.compress(b"<p>Hello, again and again. " * (9 * MB // 27)), content_encoding="gzip")

    async def main() -> set[int]:
        fetcher = Fetcher(open_client(), AGENT, Limits(), allow_private=True)

        async def size() -> int:
            return len((await fetcher.get(site.url("/a"))).body) // MB

        try:
            return set(await asyncio.gather(*(size() for _ in range(40))))
        finally:
            await fetcher.aclose()

    forget_peak()
    before = memory_peak()
    assert asyncio.run(main()) == {8}
    assert memory_peak() - before < 160 * MB  # forty times two copies would be 720


def test_few_large_pages_are_in_memory_whoever_holds_them(site: MisbehavingServer) -> None:
    """A page waits for its batch, for parse, for a slow queue: so long no other large one is read to its end."""
    site.on["/large"] = answer(gzip.compress(b"<p>Hello, again and again. " * 80_000), content_encoding="gzip")
    site.on["/small"] = answer(b"<p>Hello")

    async def main() -> None:
        fetcher = Fetcher(open_client(), AGENT, Limits(), allow_private=True)
        held, let_go = list[int](), asyncio.Event()

        async def hold() -> None:
            page = await fetcher.get(site.url("/large"))
            held.append(len(page.body))
            await let_go.wait()

        holders = [asyncio.create_task(hold()) for _ in range(8)]
        await asyncio.wait(holders, timeout=0.7)
        assert len(held) == 3
        assert (await fetcher.get(site.url("/small"))).body == b"<p>Hello", "small ones go on"
        let_go.set()
        await asyncio.gather(*holders)
        assert len(held) == 8
        assert min(held) > 2 * MB
        await fetcher.aclose()

    asyncio.run(main())


def test_a_large_page_that_is_refused_gives_its_place_back(site: MisbehavingServer, get: Get) -> None:
    site.on["/binary"] = answer(b"\0\1\2" * MB)
    site.on["/endless"] = endless(HEAD + b"\r\n", b"x" * 65_536)

    async def main() -> None:
        fetcher = Fetcher(open_client(), AGENT, Limits(max_body=4 * MB), allow_private=True)
        for path in ("/binary", "/endless") * 4:
            with pytest.raises((errors.NotHtml, errors.BodyTooLarge)):
                await asyncio.wait_for(fetcher.get(site.url(path)), 5)
        await fetcher.aclose()

    asyncio.run(main())
