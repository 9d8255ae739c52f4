"""The commands that ask the web themselves: `site check URL` and `doctor --url`, as polite as a crawl."""

from __future__ import annotations

from pathlib import Path

import pytest
from server import MisbehavingServer, answer, redirect

from workers.cli.app import run

PAGE = b"""<html lang="en"><body><article><h1>The river rose</h1>
<p>The river rose by two metres in one night, and the mill stood still for a week, said the miller.</p>
<p>The bridge was closed to lorries, said the council, and will open again soon.</p></article></body></html>"""


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIREROOM_ALLOW_PRIVATE", "true")
    monkeypatch.delenv("WIREROOM_LEDGER_URL", raising=False)


def test_a_page_is_fetched_after_its_robots(site: MisbehavingServer, capfd: pytest.CaptureFixture[str]) -> None:
    site.on["/news/1.html"] = answer(PAGE)
    assert run(["site", "check", site.url("/news/1.html")]) == 0
    assert "The river rose" in capfd.readouterr().out
    assert site.paths == ["/robots.txt", "/news/1.html"]


def test_a_forbidden_page_is_not_asked_for(site: MisbehavingServer, capfd: pytest.CaptureFixture[str]) -> None:
    site.on["/robots.txt"] = answer(b"User-agent: *\nDisallow: /news/", content_type="text/plain")
    assert run(["site", "check", site.url("/news/1.html")]) == 1
    assert "forbids" in capfd.readouterr().err
    assert site.paths == ["/robots.txt"]


def test_a_redirect_to_a_forbidden_page_is_not_followed(
    site: MisbehavingServer, capfd: pytest.CaptureFixture[str]
) -> None:
    site.on["/robots.txt"] = answer(b"User-agent: *\nDisallow: /secret", content_type="text/plain")
    site.on["/news/1.html"] = redirect("/secret/1.html")
    assert run(["site", "check", site.url("/news/1.html")]) == 1
    assert "forbids" in capfd.readouterr().err
    assert "/secret/1.html" not in site.paths


def test_a_host_whose_robots_cannot_be_read_is_left_alone(
    site: MisbehavingServer, capfd: pytest.CaptureFixture[str]
) -> None:
    site.on["/robots.txt"] = answer(b"", 503)
    assert run(["site", "check", site.url("/news/1.html")]) == 1
    assert "forbids everything for now" in capfd.readouterr().err
    assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize(("status", "said"), [(404, "404"), (500, "500"), (403, "403")])
def test_a_bad_answer_is_one_sentence(
    site: MisbehavingServer, capfd: pytest.CaptureFixture[str], status: int, said: str
) -> None:
    site.on["/news/1.html"] = answer(b"no", status)
    assert run(["site", "check", site.url("/news/1.html")]) == 1
    err = capfd.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_an_internal_address_is_not_asked(
    site: MisbehavingServer, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREROOM_ALLOW_PRIVATE", "false")
    assert run(["site", "check", site.url("/news/1.html")]) == 1
    assert capfd.readouterr().err.count("\n") == 1
    assert site.paths == []


def test_the_doctor_tells_what_robots_say_to_us(site: MisbehavingServer, capfd: pytest.CaptureFixture[str]) -> None:
    site.on["/robots.txt"] = answer(b"User-agent: *\nDisallow: /x\nCrawl-delay: 5", content_type="text/plain")
    assert run(["doctor", "--url", site.url("/x/1")]) == 0
    out = capfd.readouterr().out
    assert "forbids" in out
    assert "Crawl-delay 5.0 s" in out
    assert run(["doctor", "--url", site.url("/y")]) == 0
    assert "allows" in capfd.readouterr().out


def test_the_doctor_fails_on_a_host_whose_robots_cannot_be_read(
    site: MisbehavingServer, capfd: pytest.CaptureFixture[str]
) -> None:
    site.on["/robots.txt"] = answer(b"", 500)
    assert run(["doctor", "--url", site.url("/")]) == 1
    assert "FAILED  robots.txt" in capfd.readouterr().out
