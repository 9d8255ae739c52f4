"""No URL, name or redirect leads us to an address that is not of the open internet."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterable

import httpx
import pytest
from asking import AGENT, Get
from server import MisbehavingServer, answer, redirect

from workers.adapters.addresses import Lookup, Resolver, checked_addresses, destination_of, is_public
from workers.adapters.curl import ADDRESSES
from workers.adapters.http import Fetcher, Limits, open_client
from workers.core import errors

PUBLIC = "93.184.215.14"

NOT_PUBLIC = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",  # the metadata service of most clouds
    "169.254.170.2",
    "100.64.0.1",
    "100.100.100.200",  # Alibaba's
    "168.63.129.16",  # Azure's
    "192.0.0.192",  # Oracle's
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_of_the_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "0",
        "127.0.0.1.",
        "127%2E0%2E0%2E1",
        "１２７.0.0.1",
        "127。0。0。1",
        "127．0．0．1",
        "①②⑦.0.0.1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:7f00:0001]",
        "[64:ff9b::7f00:1]",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.b.localhost",
        "me:pw@127.0.0.1",
        "example.org@127.0.0.1",
        "169.254.169.254",
        "0xa9fea9fe",
    ],
)
def test_every_spelling_of_an_inner_address_is_refused(get: Get, host: str) -> None:
    with pytest.raises(errors.AddressRefused):
        get(f"http://{host}/latest/meta-data", allow_private=False)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/",
        "example.org",
        "",
        "http://",
        "http://me:pw@example.org/",
        "http://me@example.org/",
        "http://[::1",
        "http://exa mple.org/",
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://[v1.x]/",
        "http://example.org:65536/",
        "http://example.org:-1/",
        "http://example.org:80:80/",
        "http://exa%00mple.org/",
        "http://256.1.1.1/",
        "http://1.1.1.1.1/",
        "http://0x100000000/",
        "http://127.0.0.1..",
        "blob:http://example.org/x",
        "view-source:http://example.org/",
        "ws://example.org/",
        "jar:http://example.org!/x",
    ],
)
def test_what_is_no_plain_web_url_is_refused(url: str) -> None:
    with pytest.raises(errors.AddressRefused):
        destination_of(url)


def looked_up(**names: str) -> Resolver:
    """A resolver that knows these names only; a space parts several addresses."""

    def lookup(host: str) -> Iterable[str]:
        if host not in names:
            raise OSError("unknown name")
        return names[host].split()

    return Resolver(lookup)


@pytest.mark.parametrize(
    "addresses",
    ["127.0.0.1", "10.1.2.3", f"{PUBLIC} 192.168.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fe80::1%eth0"],
)
def test_a_name_that_leads_inside_is_refused(get: Get, addresses: str) -> None:
    with pytest.raises(errors.AddressRefused):
        get("http://news/", allow_private=False, resolver=looked_up(news=addresses))


@pytest.mark.parametrize("port", [0, 22, 25, 81, 3306, 6379, 8000, 9200, 65535])
def test_odd_ports_are_refused(get: Get, port: int) -> None:
    with pytest.raises(errors.AddressRefused):
        get(f"http://news:{port}/", allow_private=False, resolver=looked_up(news=PUBLIC))


def test_a_name_without_addresses_waits(get: Get) -> None:
    with pytest.raises(errors.NameNotFound):
        get("http://nowhere/", resolver=looked_up(news=PUBLIC))


def test_a_name_that_no_resolver_takes_waits(get: Get) -> None:
    with pytest.raises(errors.NameNotFound):
        get(f"http://{'a' * 70}.org/")


@pytest.mark.parametrize("name", ["a" * 64, ".".join(["b" * 60] * 5), "a..b", "x." * 140 + "org"])
def test_a_name_longer_than_names_may_be_waits(get: Get, name: str) -> None:
    with pytest.raises((errors.NameNotFound, errors.AddressRefused)):
        get(f"http://{name}.invalid/", allow_private=False)


@pytest.mark.parametrize("name", ["xn--a", "xn--", "xn--\u0430", "xn--a-ecp.ru", "a.xn--zzzzzzz"])
def test_a_name_that_is_no_punycode_is_one_of_our_errors(site: MisbehavingServer, get: Get, name: str) -> None:
    site.on["/a"] = answer()
    try:
        assert get(f"http://{name}.localhost:{site.port}/a").status == 200
    except errors.WireroomError as error:
        assert error.reason in ("address-refused", "name-not-found")


def test_a_name_in_letters_that_look_like_others_is_another_host() -> None:
    latin, cyrillic = destination_of("https://apple.example/"), destination_of("https://\u0430pple.example/")
    assert cyrillic.host.startswith("xn--")
    assert latin.host != cyrillic.host


def test_a_lookup_that_hangs_ends_at_the_deadline(get: Get) -> None:
    def hang(host: str) -> Iterable[str]:
        time.sleep(0.6)
        return [PUBLIC]

    begun = time.monotonic()
    with pytest.raises(errors.Timeout):
        get("http://news/", resolver=Resolver(hang), deadline=0.2)
    assert time.monotonic() - begun < 0.5


class Recorder:
    """A transport that notes where it would have connected to."""

    def __init__(self, *replies: httpx.Response) -> None:
        self.replies = list(replies)
        self.connected: list[tuple[str, ...]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.connected.append(request.extensions[ADDRESSES])
        return self.replies.pop(0)

    def get(self, url: str, resolver: Resolver) -> None:
        async def main() -> None:
            client = httpx.AsyncClient(transport=httpx.MockTransport(self))
            await Fetcher(client, AGENT, Limits(), resolver=resolver).get(url)
            await client.aclose()

        asyncio.run(main())


def page() -> httpx.Response:
    return httpx.Response(200, headers={"content-type": "text/html"}, content=b"<p>")


def test_a_name_that_changes_its_mind_gains_nothing() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    recorder = Recorder(page())
    recorder.get("http://news/", Resolver(lambda host: next(answers), keep=0.0))
    assert recorder.connected == [(PUBLIC,)]  # what was checked is what is connected to: one lookup for both


def test_a_name_is_checked_anew_on_each_hop() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    recorder = Recorder(httpx.Response(302, headers={"location": "/again"}), page())
    with pytest.raises(errors.AddressRefused):
        recorder.get("http://news/", Resolver(lambda host: next(answers), keep=0.0))
    assert recorder.connected == [(PUBLIC,)]


@pytest.mark.parametrize("location", ["http://127.0.0.1/", "http://inside/", "//169.254.169.254/", "http://news:22/"])
def test_a_redirect_to_the_inside_is_refused(location: str) -> None:
    recorder = Recorder(httpx.Response(302, headers={"location": location}), page())
    with pytest.raises(errors.AddressRefused):
        recorder.get("http://news/", looked_up(news=PUBLIC, inside="10.0.0.1"))
    assert len(recorder.connected) == 1


def test_names_are_kept_for_a_while() -> None:
    asked: list[str] = []

    def lookup(host: str) -> Iterable[str]:
        asked.append(host)
        return [PUBLIC]

    async def main() -> None:
        resolver = Resolver(lookup, keep=60.0, most=2)
        for host in ("a", "a", "A.", "b", "c", "a"):
            assert await resolver.addresses(host) == (PUBLIC,)

    asyncio.run(main())
    assert asked == ["a", "b", "c", "a"]  # the third name was one too many: all are forgotten


def test_localhost_names_are_this_machine(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"], site.on["/b"] = redirect(site.url("/b", host="two.localhost")), answer()
    assert get(site.url("/a", host="one.localhost")).url == site.url("/b", host="two.localhost")


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("http://example.org", "example.org", 80),
        ("https://example.org/", "example.org", 443),
        ("https://EXAMPLE.org:8443/x", "example.org", 8443),
        ("http://[2606:4700::1111]/", "2606:4700::1111", 80),
        ("http://[2606:4700::1111]:8080/", "2606:4700::1111", 8080),
        ("http://bücher.example/", "xn--bcher-kva.example", 80),
    ],
)
def test_a_target_is_host_and_port(url: str, host: str, port: int) -> None:
    assert destination_of(url)[1:] == (host, port)


def test_many_slow_lookups_fit_into_little_memory() -> None:
    """Each takes a thread; with usual stacks sixty-four of them want more than a worker of the stack may take."""
    code = (
        "import asyncio, resource, time\n"
        "from workers.adapters.addresses import Resolver\n"
        "resource.setrlimit(resource.RLIMIT_DATA, (300 << 20,) * 2)\n"
        "def slow(name): time.sleep(1); return ['93.184.215.14']\n"
        "async def all_of_them():\n"
        "    resolver = Resolver(slow)\n"
        "    return await asyncio.gather(*(resolver.addresses(f'h{n}.example') for n in range(64)))\n"
        "print(len(asyncio.run(all_of_them())))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout.strip(), done.stderr) == ("64", "")


def test_a_lookup_without_room_for_its_thread_is_tried_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", full)
    with pytest.raises(errors.NameNotFound, match="can't start new thread"):
        asyncio.run(Resolver(lambda name: [PUBLIC]).addresses("a.example"))


def named_private(host: str, lookup: Lookup) -> tuple[str, ...] | None:
    """The addresses at which this host may be asked where mill.example:81 may have private ones."""
    asked, resolver = destination_of(f"http://{host}/"), Resolver(lookup, keep=0.0)
    try:
        return asyncio.run(checked_addresses(asked, resolver, allow_private=False, private={"mill.example:81"}))
    except errors.AddressRefused:
        return None


def test_below_a_private_host_one_is_allowed_that_leads_nowhere_else() -> None:
    known = {"db.mill.example": ["10.0.0.2"]}
    hosts = ("mill.example:81", "sport.mill.example:81", "db.mill.example:81", "sport.mill.example", "a.example:81")
    found = [named_private(host, lambda name: known.get(name, ["10.0.0.1"])) for host in hosts]
    assert found == [("10.0.0.1",), ("10.0.0.1",), None, None, None]


def test_one_below_that_leads_elsewhere_when_it_is_asked_again_is_not_followed_there() -> None:
    answers = {"mill.example": ["10.0.0.1"], "sport.mill.example": ["10.0.0.1", "10.0.0.2"]}
    assert named_private("sport.mill.example:81", lambda name: [answers[name].pop(0)]) == ("10.0.0.1",)


def test_a_private_host_is_allowed_by_its_name_and_port_and_no_other(site: MisbehavingServer) -> None:
    site.on["/news"] = answer()

    async def main() -> list[int | str]:
        named = frozenset({f"127.0.0.1:{site.port}"})
        fetcher = Fetcher(open_client(), AGENT, Limits(), private_hosts=named)
        told: list[int | str] = []
        try:
            for host in (f"127.0.0.1:{site.port}", f"localhost:{site.port}", f"127.0.0.1:{site.port + 1}", "127.0.0.1"):
                try:
                    told.append((await fetcher.get(f"http://{host}/news")).status)
                except errors.AddressRefused as refused:
                    told.append(refused.reason)
        finally:
            await fetcher.aclose()
        return told

    refused = errors.AddressRefused.reason
    assert asyncio.run(main()) == [200, refused, refused, refused]
