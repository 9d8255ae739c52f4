"""Who may ask the console: this machine, or who shows the token; and a change only from its own pages."""

from __future__ import annotations

import re

import pytest
from client import TOKEN, Client

from workers.console.access import COOKIE, Sessions

BEARER = {"authorization": f"Bearer {TOKEN}"}
CHANGE = "/api/v1/sites/wire/pause"


def token_of(page: str) -> str:
    found = re.search(r'name="wireroom-token" content="([0-9a-f]{64})"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("host", ["localhost:8321", "127.0.0.1", "127.8.8.8:1", "[::1]:8321", "console.localhost"])
def test_this_machine_is_served(client: Client, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.test", "127.0.0.1.evil.test", "10.0.0.1", "localhost.evil.test", ""])
def test_another_name_is_not_served_without_a_token(client: Client, host: str) -> None:
    for path in ("/", "/api/v1/articles", "/static/console.css"):
        assert client.get(path, headers={"host": host}).status_code == 421
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_everything_but_login_needs_the_token(guarded: Client) -> None:
    assert guarded.get("/api/v1/articles").status_code == 401
    assert guarded.get("/api/v1/articles").headers["www-authenticate"] == "Bearer"
    assert guarded.get("/pipeline").headers["location"] == "/login?next=/pipeline"
    assert guarded.get("/login").status_code == 200
    assert guarded.get("/healthz").status_code == 200
    assert guarded.get("/api/v1/articles", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert guarded.get("/api/v1/articles", headers=BEARER).status_code == 200
    assert guarded.get("/", headers={**BEARER, "host": "console:8321"}).status_code == 200


def test_the_login_gives_a_cookie_that_scripts_and_other_sites_cannot_use(guarded: Client) -> None:
    wrong = guarded.post("/login", data={"token": "wrong"})
    assert wrong.status_code == 401
    assert "not the token" in wrong.text
    answer = guarded.post("/login", data={"token": TOKEN, "next": "/pipeline"})
    assert answer.headers["location"] == "/pipeline"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert guarded.get("/").status_code == 200
    guarded.post("/logout")
    assert guarded.get("/").status_code == 303


def test_where_no_token_is_set_nobody_is_asked_for_one(client: Client) -> None:
    answer = client.get("/login?next=/pipeline")
    assert (answer.status_code, answer.headers["location"]) == (303, "/pipeline")


@pytest.mark.parametrize("goal", ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:alert(1)"])
def test_the_login_leads_nowhere_else(guarded: Client, goal: str) -> None:
    assert guarded.post("/login", data={"token": TOKEN, "next": goal}).headers["location"] == "/"


def test_a_cookie_is_refused_when_it_is_old_or_made_up() -> None:
    sessions = Sessions(TOKEN, b"")
    good = sessions.new()
    assert sessions.holds(good)
    end, _, signature = good.partition(".")
    assert not sessions.holds(f"{int(end) + 1}.{signature}")
    assert not sessions.holds(f"1.{sessions._sign('session', '1')}")
    assert not Sessions("another-long-token-here", b"").holds(good)
    assert not sessions.holds("")
    assert not sessions.is_token("")
    assert not Sessions("", b"x").is_token("")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.test"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1"},
        {"sec-fetch-site": "same-origin", "x-wireroom-token": "0" * 64},
    ],
)
def test_a_change_from_elsewhere_is_refused(client: Client, headers: dict[str, str]) -> None:
    assert client.post(CHANGE, headers=headers).status_code == 403


def test_a_change_from_its_own_page_or_a_program_is_served(client: Client) -> None:
    own = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}
    own["x-wireroom-token"] = token_of(client.get("/").text)
    assert client.post(CHANGE, headers=own).status_code == 200
    assert client.post(CHANGE).status_code == 200


def test_a_logged_in_browser_needs_the_pages_token_and_a_bearer_none(guarded: Client) -> None:
    guarded.post("/login", data={"token": TOKEN})
    assert guarded.cookies.get(COOKIE)
    assert guarded.post(CHANGE).status_code == 403
    assert guarded.post(CHANGE, headers={"x-wireroom-token": token_of(guarded.get("/").text)}).status_code == 200
    guarded.cookies.clear()
    assert guarded.post(CHANGE).status_code == 401
    assert guarded.post(CHANGE, headers=BEARER).status_code == 200


def test_every_answer_has_a_strict_policy(client: Client) -> None:
    for path in ("/", "/pipeline", "/articles/1", "/articles/4711", "/api/v1/articles", "/static/console.js", "/login"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert client.get(path).headers["x-content-type-options"] == "nosniff"


def test_no_page_has_a_script_or_style_of_its_own(client: Client) -> None:
    for path in (
        "/",
        "/pipeline",
        "/articles/1",
        "/parked",
        "/hosts",
        "/sites/wire",
        "/api",
        "/login",
        "/articles/1/page",
    ):
        page = client.get(path).text
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=\")", page), path
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//(?!wire\.test|img\.test)", page), path
