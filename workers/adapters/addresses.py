"""Which addresses we ask: a URL's destination, its addresses by name, and whether they are public.

Every address of a name is checked, and the connection is then made to a checked one: a name that changes its mind
between check and connect (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from workers.core.errors import AddressRefused, NameNotFound
from workers.core.urls import host_of, join, name_above

PUBLIC_PORTS = frozenset({80, 443, 8080, 8443})

Lookup = Callable[[str], Iterable[str]]
"""A host's addresses as text; blocks, and raises OSError when there are none."""

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Written out (IANA's special-purpose registries) because the standard library's lists differ between Python versions.
_NOT_PUBLIC_4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's metadata service stands on a public address
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
]
# What a lookup in the C library needs, and some. Usual stacks are of 8 MB.
_STACK = 512 * 1024
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = [ipaddress.IPv6Network(n) for n in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Destination(NamedTuple):
    """Where a URL leads: its normal form, the host without brackets, and the port."""

    url: str
    host: str
    port: int


def destination_of(url: str) -> Destination:
    """The destination of an http or https URL without credentials; AddressRefused for anything else."""
    normal = join(url, url)
    if normal is None:
        raise AddressRefused("not an http or https URL without user name and password")
    name, _, port = host_of(normal).rpartition(":") if _has_port(host_of(normal)) else (host_of(normal), "", "")
    default = 443 if normal.startswith("https:") else 80
    return Destination(normal, name.strip("[]"), int(port or default))


def _has_port(host: str) -> bool:
    return ":" in host.rpartition("]")[2]


def is_public(address: str) -> bool:
    """True for an address of the open internet; an IPv4 address inside an IPv6 one is judged by itself."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    inner = _inner(ip)
    if isinstance(inner, ipaddress.IPv4Address):
        return not any(inner in network for network in _NOT_PUBLIC_4)
    return inner in _GLOBAL_6 and not any(inner in network for network in _NOT_PUBLIC_6)


def _inner(ip: IPAddress) -> IPAddress:
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return ip.ipv4_mapped
        if ip in _NAT64:
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


def system_lookup(host: str) -> list[str]:
    """The addresses that the operating system knows for a host, in the order it prefers."""
    answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


@dataclass
class Resolver:
    """Names to addresses, kept for `keep` seconds. Bound the wait from outside: a lookup itself has no deadline."""

    lookup: Lookup = system_lookup
    keep: float = 60.0
    most: int = 10_000
    _known: dict[str, tuple[float, tuple[str, ...]]] = field(default_factory=dict)

    async def addresses(self, host: str) -> tuple[str, ...]:
        """All addresses of a host, NameNotFound when it has none. `localhost` is 127.0.0.1 (RFC 6761)."""
        name = host.rstrip(".").lower()
        if _is_literal(name):
            return (name,)
        if name == "localhost" or name.endswith(".localhost"):
            return ("127.0.0.1",)
        until, found = self._known.get(name, (0.0, ()))
        if time.monotonic() < until:
            return found
        return self._remember(name, await _in_a_thread(self.lookup, name))

    def _remember(self, name: str, found: tuple[str, ...]) -> tuple[str, ...]:
        if len(self._known) >= self.most:
            self._known.clear()
        self._known[name] = (time.monotonic() + self.keep, found)
        return found


def _is_literal(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def _in_a_thread(lookup: Lookup, name: str) -> tuple[str, ...]:
    """A thread for each lookup: one that hangs holds up no other, and being a daemon it does not hold up the exit."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[str, ...]] = loop.create_future()

    def deliver(found: tuple[str, ...], failure: Exception | None) -> None:
        if answer.done():
            return
        if failure is not None or not found:
            answer.set_exception(NameNotFound(f"no address for {name}: {failure or 'empty answer'}"))
        else:
            answer.set_result(found)

    def look() -> None:
        found: tuple[str, ...] = ()
        failure: Exception | None = None
        try:
            found = tuple(lookup(name))
        except (OSError, UnicodeError) as error:
            failure = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(deliver, found, failure)

    try:
        _start_small(threading.Thread(target=look, name="resolver", daemon=True))
    except RuntimeError as error:  # no room for one more thread
        raise NameNotFound(f"no address for {name}: {error}") from None
    return await answer


def _start_small(thread: threading.Thread) -> None:
    """Start a thread with a small stack: those of many slow lookups count for what a process may take."""
    usual = threading.stack_size(_STACK)
    try:
        thread.start()
    finally:
        threading.stack_size(usual)


async def checked_addresses(
    destination: Destination, resolver: Resolver, *, allow_private: bool, private: Collection[str] = ()
) -> tuple[str, ...]:
    """The addresses that may be connected to; AddressRefused when the port or any address is not one that we ask.

    Those of the `private` hosts may be, and those of one right below one that leads to no other: a section of its site.
    """
    host = host_of(destination.url)
    if allow_private or host in private:
        return await resolver.addresses(destination.host)
    if private and (above := name_above(host)) in private:
        known = await resolver.addresses(above.partition(":")[0])
        if set(found := await resolver.addresses(destination.host)) <= set(known):
            return found  # and no others: a name that is asked again may lead elsewhere
    if destination.port not in PUBLIC_PORTS:
        usual = ", ".join(map(str, sorted(PUBLIC_PORTS)))
        raise AddressRefused(f"port {destination.port} is not one of the web's ({usual}); {_allowed_by(destination)}")
    found = await resolver.addresses(destination.host)
    inside = [address for address in found if not is_public(address)]
    if inside:
        why = f"{destination.host} leads to {inside[0]}, which is not a public address"
        raise AddressRefused(f"{why}; {_allowed_by(destination)}")
    return found


def _allowed_by(destination: Destination) -> str:
    return f"WIREROOM_PRIVATE_HOSTS={host_of(destination.url)} allows it, for a site of your own"
