"""One crawl of a site that means harm: it ends, with every URL's reason in the ledger, in bounded room and memory."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from crawls import wireroom
from hostile import ANSWERS, DOMAIN, GOOD, LISTS, MB, TRAPS, Ways, running
from workforce import Workforce, at_work

from workers.core.link import Kind, Label
from workers.core.urls import host_of
from workers.core.work import Candidate

SITE = f"front.{DOMAIN}"
PATTERN_LIMIT, SITE_LIMIT = 40, 500
BOUNDS = {
    "WIREROOM_ALLOW_PRIVATE": "false",
    "WIREROOM_PATTERN_LIMIT": str(PATTERN_LIMIT),
    "WIREROOM_SITE_LIMIT": str(SITE_LIMIT),
    "WIREROOM_FETCH_DEADLINE": "2",
    "WIREROOM_MAX_ATTEMPTS": "2",
}


@contextmanager
def inside(port: int) -> Iterator[list[object]]:
    """Something on an inner address, at the same port; the list holds everybody who came."""
    came: list[object] = []
    with socket.create_server(("127.0.0.2", port)) as listener:
        listener.settimeout(0.2)
        ended = threading.Event()

        def wait() -> None:
            while not ended.is_set():
                try:
                    connection, address = listener.accept()
                    came.append(address)
                    connection.close()
                except TimeoutError:
                    continue

        thread = threading.Thread(target=wait)
        thread.start()
        try:
            yield came
        finally:
            ended.set()
            thread.join()


def start(url: str, kind: Kind) -> Candidate:
    seen = {"label": Label.SEED, "depth": 0, "wanted": time.time() if kind is Kind.LISTING else 0.0}
    return Candidate(site=SITE, key=url, url=url, host=host_of(url), kind=kind, **seen)  # type: ignore[arg-type]


def states(force: Workforce, host: str, port: int) -> list[tuple[str, str]]:
    """How the first URL of a host ended; `also` where it went on."""
    found = [force.ledger.trace(f"http://{host}.{DOMAIN}:{port}{path}") for path in ("/page-of-the-town",)]
    return [(one[0].row["state"], one[0].row["reason"]) for one in found if one]


@pytest.mark.slow
def test_a_site_that_means_harm_is_crawled_to_its_end(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with running() as server:
        server.on = Ways(lambda: server.port)
        with inside(server.port) as came, at_work(url, app="outside", **BOUNDS) as force:
            front = f"http://{SITE}:{server.port}/"
            own = [f"{host}.{DOMAIN}:{server.port}" for host in (*TRAPS, *ANSWERS)]
            force.ledger.put_site(
                SITE, "", [host_of(front), *own], settings={"delay": 0.0, "places": 4, "follow_any": True}
            )
            lists = [
                start(f"http://{h}.{DOMAIN}:{server.port}/page-of-the-town", Kind(k)) for h, (k, _, _) in LISTS.items()
            ]
            force.ledger.admit([start(front, Kind.LISTING), *lists])
            force.worker("fetch")
            force.worker("parse,sink")
            force.until(lambda: all("ready" in force.log(name) for name in ("fetch", "parse")))
            began = set(force.pids("fetch") + force.pids("parse"))
            force.until(lambda: force.ledger.status().total.open == 0, 75)
            told, memory = force.ledger.status().total, force.most_memory()
            print(f"\n{told}\nmemory {memory // MB} MB, {len(server.log)} requests")
            ends = {host: states(force, host, server.port) for host in (*ANSWERS, *LISTS)}
            assert ends == {host: [how[-1]] for host, how in (ANSWERS | LISTS).items()}
            assert told.articles >= GOOD, "what is good is stored all the same"
            assert told.total <= SITE_LIMIT + 50, "side by side a few more may slip in"
            assert max(patterns(force).values()) <= PATTERN_LIMIT + 1
            assert told.refused["pattern-limit"] > 100
            assert told.refused["site-limit"] > 100
            assert came == [], "nobody came to the inner address"
            assert began == set(force.pids("fetch") + force.pids("parse")), (
                "so that no process hid its memory by ending"
            )
            assert 0 < memory < 300 * MB or not Path("/proc").exists()
            said = "".join(force.log(name) for name in ("fetch", "parse", "discover"))
            assert "Traceback" not in said
            events = Counter(json.loads(line)["event"] for line in said.splitlines() if line.startswith("{"))
            assert events["links.refused"] > 0
            shown = wireroom("status", WIREROOM_LEDGER_URL=url).stdout
            assert re.search(r"refused: \d+ time\(s\) a link of .*WIREROOM_PATTERN_LIMIT", shown)
            assert re.search(r"refused: \d+ time\(s\) a link of .*WIREROOM_SITE_LIMIT", shown)


def patterns(force: Workforce) -> Counter[str]:
    """How many URLs each path pattern has."""
    with force.ledger._database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT pattern, urls FROM patterns WHERE pattern <> ''").all()
    return Counter({row.pattern: row.urls for row in rows})


def test_every_trap_is_a_trap() -> None:
    """A trap shows on each of its pages links that none of them has shown before."""
    for name, (way, show) in TRAPS.items():
        again = show(way if name != "growing" else way + "north/")
        assert show(way).count(b"<a href") >= 4
        assert again != show(way) or name == "many"
