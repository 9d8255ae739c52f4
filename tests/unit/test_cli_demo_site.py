"""`wireroom demo-site --register`: running workers find the site in the ledger, and read its starts very often."""

from __future__ import annotations

from newsdesk import Desk


def test_a_registered_demo_site_is_read_every_two_seconds(desk: Desk) -> None:
    for _ in range(2):
        assert desk("demo-site", "--port", "8080", "--domain", "demo.test", "--register").code == 0
    [found] = desk("sites", "schedule", "--site", "demo", "--json").rows
    assert {start["every"] for start in found["starts"]} == {2.0}
    assert {start["state"] for start in found["starts"]} == {"waiting"}
    assert all(".demo.test:8080/" in start["url"] for start in found["starts"])


def test_a_demo_site_is_registered_with_its_port(desk: Desk) -> None:
    done = desk("demo-site", "--register")
    assert done.code == 2
    assert "--port" in done.err
