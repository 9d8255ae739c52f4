"""The small server of /metrics: at a port, at a socket, and a sentence where it cannot be."""

from __future__ import annotations

import http.client
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from scraping import over_socket

from workers.adapters.prometheus import CONTENT_TYPE, render
from workers.adapters.scrape import Served, serve
from workers.core.errors import BadInput, Unavailable
from workers.core.metric import EVENTS, STATE, Family, Metric, MetricType, Spread


@contextmanager
def served(where: str) -> Iterator[Served]:
    running = serve(where, lambda: b"wireroom_x 1.0\n", CONTENT_TYPE)
    try:
        yield running
    finally:
        running.stop()


def get(where: str, path: str = "/metrics") -> tuple[int, str, str]:
    connection = http.client.HTTPConnection(where, timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse()
    said = answer.status, answer.getheader("Content-Type", ""), answer.read().decode()
    connection.close()
    return said


def test_metrics_are_served_at_a_port_and_nothing_else_is() -> None:
    with served("127.0.0.1:0") as running:
        assert get(running.where) == (200, CONTENT_TYPE, "wireroom_x 1.0\n")
        assert get(running.where, "/metrics?x=1")[0] == 200
        assert get(running.where, "/")[0] == 404


def test_metrics_are_served_at_a_socket_also_where_a_killed_process_left_one(tmp_path: Path) -> None:
    path = tmp_path / "socket"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    with served(f"unix:{path}"):
        assert over_socket(path) == "wireroom_x 1.0\n"


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    with served("127.0.0.1:0") as running, pytest.raises(Unavailable, match=r"cannot be served at 127.*already in use"):
        serve(running.where, lambda: b"", CONTENT_TYPE)


def test_a_socket_at_which_somebody_listens_is_left_to_him(tmp_path: Path) -> None:
    where = f"unix:{tmp_path / 'socket'}"
    with served(where), pytest.raises(Unavailable, match="cannot be served"):
        serve(where, lambda: b"", CONTENT_TYPE)


@pytest.mark.parametrize("where", ["9464", "", "localhost:", "localhost:http", "h:70000", ":9464"])
def test_what_is_no_place_is_said_in_a_sentence(where: str) -> None:
    with pytest.raises(BadInput, match="no place to serve metrics at"):
        serve(where, lambda: b"", CONTENT_TYPE)


def test_a_client_that_says_nothing_holds_nobody_up() -> None:
    with served("127.0.0.1:0") as running:
        host, _, port = running.where.rpartition(":")
        with socket.create_connection((host, int(port))):
            begun = time.monotonic()
            assert get(running.where)[0] == 200
            assert time.monotonic() - begun < 5


def test_a_forked_child_leaves_the_place_to_its_parent() -> None:
    with served("127.0.0.1:0") as running:
        read, write = os.pipe()
        if (pid := os.fork()) == 0:
            running.let_go()
            os.read(read, 1)
            os._exit(0)
        running.stop()
        with served(running.where) as again:
            assert get(again.where)[0] == 200
        os.write(write, b"x")
        os.waitpid(pid, 0)
        os.close(read), os.close(write)


def test_a_family_is_written_as_prometheus_reads_it() -> None:
    counter = Metric("wireroom_things_total", MetricType.COUNTER, 'What "it" is.\nReally.', ("site",))
    histogram = Metric("wireroom_x_seconds", MetricType.HISTOGRAM, "Times.", ("site",))
    text = render(
        [
            Family(counter, {('a"\\\n',): 3}),
            Family(histogram, {("b",): Spread([("0.5", 1.0), ("+Inf", 4.0)], 9.5)}),
        ]
    ).decode()
    found = {(s.name, *s.labels.values()): s.value for f in text_string_to_metric_families(text) for s in f.samples}
    assert found == {
        ("wireroom_things_total", 'a"\\\n'): 3.0,
        ("wireroom_x_seconds_bucket", "0.5", "b"): 1.0,
        ("wireroom_x_seconds_bucket", "+Inf", "b"): 4.0,
        ("wireroom_x_seconds_count", "b"): 4.0,
        ("wireroom_x_seconds_sum", "b"): 9.5,
    }


def test_every_metric_has_a_name_of_its_own_in_the_form_that_prometheus_wants() -> None:
    names = [made.name for made in (*STATE, *EVENTS)]
    assert len(set(names)) == len(names)
    for made in (*STATE, *EVENTS):
        assert made.name.startswith("wireroom_")
        assert made.name.endswith("_total") == (made.kind is MetricType.COUNTER)
        assert made.help.endswith(".")
