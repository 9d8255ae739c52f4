"""`wireroom site check` on saved pages."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from newsdesk import HOSTILE, Desk

CASE = Path(__file__).resolve().parents[1] / "sites" / "cases" / "interfax-en"
PAGE = """<html lang="en"><head><link rel="canonical" href="https://x.test/news/1.html"></head>
<body><article><h1>{headline}</h1><p>The river rose by two metres in one night, and the mill stood still.</p>
<p>The bridge was closed to lorries, said the council, and will open again when the water is down.</p></article>"""


def url_of_case() -> str:
    return str(json.loads((CASE / "article.json").read_text("utf-8"))["url"])


def test_it_says_what_each_reader_of_the_profile_found_and_where(desk: Desk) -> None:
    done = desk("site", "check", str(CASE / "page.html"), "--url", url_of_case(), "--json")
    [found] = done.rows
    assert done.code == 0
    assert (found["profile"], found["stored"], found["key"]) == ("interfax-ukraine", True, "id:900101")
    headline = found["fields"]["headline"]
    assert headline["profile"]["value"] == "Old mill on the Stuhna turns again"
    assert headline["profile"]["source"]
    assert headline["reader"]
    assert found["fields"]["reading_minutes"]["profile"]["value"] == 2
    assert {link["label"] for link in found["fields"]["links"]["profile"]["value"]} >= {"more_about", "latest"}


def test_for_people_it_ends_with_the_verdict(desk: Desk) -> None:
    out = desk("site", "check", str(CASE / "page.html"), "--url", url_of_case()).out
    assert "read by the profile interfax-ukraine" in out
    assert out.splitlines()[-1] == "It would be stored as interfax-ukraine id:900101."


def test_a_page_of_no_known_site_is_read_by_the_generic_reader(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(PAGE.format(headline="The river rose").encode()))
    done = desk("site", "check", "page.html.gz")
    assert done.code == 0
    assert "https://x.test/news/1.html" in done.out
    assert "read by the generic reader alone" in done.out


@pytest.mark.parametrize("name", ["page.html", "page.html.gz"])
@pytest.mark.parametrize("packed", [True, False])
def test_a_page_is_unpacked_where_it_is_packed_whatever_its_name(
    desk: Desk, tmp_path: Path, name: str, packed: bool
) -> None:
    page = PAGE.format(headline="The river rose").encode()
    (tmp_path / name).write_bytes(gzip.compress(page) if packed else page)
    assert desk("site", "check", name).code == 0


def test_nothing_that_a_page_says_steers_the_terminal(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE.format(headline=HOSTILE), "utf-8")
    for option in ([], ["--json"]):
        assert not {"\x1b", "\u202e", "\x07", "\x9b"} & set(desk("site", "check", "page.html", *option).out)


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("empty.html", b"", 1, "The page is empty"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, 1, "a file of another kind"),
        ("deep.html", b"<div>" * 100_000, 1, "nested"),
        ("huge.html", b"<p>x</p>" * 1_500_000, 1, "larger than 10,000,000 bytes"),
        ("cut.html.gz", gzip.compress(b"<p>x</p>" * 1_000, mtime=0)[:40], 1, "cannot be unpacked"),
    ],
)
def test_a_file_that_is_no_page_is_one_sentence(
    desk: Desk, tmp_path: Path, name: str, content: bytes, code: int, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = desk("site", "check", name, "--url", "https://x.test/news/1.html")
    assert done.code == code
    assert said in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("command", ["check", "new"])
@pytest.mark.parametrize("name", ["nofile.html", "nofile.HTM", "nofile.warc.gz", "saved/nofile.txt", "nofile"])
def test_the_name_of_a_file_that_is_not_there_is_no_address(desk: Desk, command: str, name: str) -> None:
    done = desk("site", command, name)
    assert done.code == 2
    assert done.err.startswith(f"wireroom: There is no file {name}.")
    assert "https://" in done.err


@pytest.mark.parametrize("url", ["http://127.0.0.1:8731/1.html", "http://127.0.0.1/1.html"])
def test_an_address_that_is_refused_says_what_allows_it(desk: Desk, url: str) -> None:
    done = desk("site", "check", url)
    assert done.code == 1
    assert f"WIREROOM_PRIVATE_HOSTS={url.split('/')[2]} allows it" in done.err


def test_a_page_without_an_article_says_why_and_shows_what_was_found(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<h1>Ferry goes</h1>", "utf-8")
    done = desk("site", "check", "page.html", "--url", "https://x.test/ferry")
    assert done.code == 1
    assert "It would not be stored: incomplete." in done.out


def test_a_page_that_does_not_say_its_url_must_be_told_it(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<h1>Contact</h1>", "utf-8")
    done = desk("site", "check", "page.html")
    assert done.code == 2
    assert "--url" in done.err
