"""Pages that browsers and other tools saved: in one file with all that they show, or with a note of their address."""

from __future__ import annotations

import base64
import os
import quopri
from pathlib import Path

import pytest

from workers.adapters.files import read_saved
from workers.core.errors import BadInput, Unreadable

HTML = '<html lang="hu"><head><title>Új komp</title></head><body><h1>Új komp</h1></body></html>'
URL = "https://courier.example/ferry"
HEAD = """From: <Saved by Blink>
Snapshot-Content-Location: https://courier.example/ferry#top
Subject: =?utf-8?Q?=C3=9Aj=20komp?=
Date: Mon, 2 Mar 2026 17:40:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----Part--x"

"""
PICTURE = "------Part--x\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODdh\r\n"


def message(html: str = HTML, *, how: str = "quoted-printable", head: str = HEAD, charset: str = "utf-8") -> bytes:
    """What a browser writes; all other parts may come before the page."""
    data = html.encode(charset)
    data = quopri.encodestring(data) if how == "quoted-printable" else base64.encodebytes(data)
    page = f"------Part--x\nContent-Type: text/html; charset={charset}\nContent-Transfer-Encoding: {how}\n"
    page += f"Content-Location: {URL}?of=part\n\n{data.decode('ascii')}\n"
    return (head + PICTURE + page + "------Part--x--\n").replace("\r\n", "\n").replace("\n", "\r\n").encode()


def saved(folder: Path, body: bytes, name: str = "page.mhtml") -> Path:
    (folder / name).write_bytes(body)
    return folder / name


@pytest.mark.parametrize("how", ["quoted-printable", "base64"])
def test_the_page_of_a_message_in_parts_has_its_address_and_its_time(tmp_path: Path, how: str) -> None:
    page = read_saved(saved(tmp_path, message(how=how)), None, 10_000)
    assert (page.url, page.body.decode().strip(), page.fetched_at) == (URL, HTML, 1772473200.0)


def test_its_charset_is_told_by_its_part(tmp_path: Path) -> None:
    page = read_saved(saved(tmp_path, message(charset="iso-8859-2")), None, 10_000)
    assert page.content_type == "text/html; charset=iso-8859-2"


def test_a_message_is_told_by_its_beginning_whatever_its_name_is(tmp_path: Path) -> None:
    assert read_saved(saved(tmp_path, message(), "page.html"), None, 10_000).url == URL
    assert read_saved(saved(tmp_path, HTML.encode(), "page.mht"), URL, 10_000).body == HTML.encode()


def test_an_address_that_is_given_goes_before(tmp_path: Path) -> None:
    given = "https://courier.example/other"
    assert read_saved(saved(tmp_path, message()), given, 10_000).url == given
    canonical = HTML.replace("<title>", f'<link rel="canonical" href="{given}"><title>')
    assert read_saved(saved(tmp_path, message(canonical)), None, 10_000).url == given


def test_without_a_head_of_its_own_its_part_tells_the_address_and_its_file_the_time(tmp_path: Path) -> None:
    path = saved(tmp_path, message(head=HEAD.replace("Snapshot-Content-Location", "X-Other").replace("Date", "X-Date")))
    os.utime(path, (1.0, 5.0))
    page = read_saved(path, None, 10_000)
    assert (page.url, page.fetched_at) == (f"{URL}?of=part", 5.0)


@pytest.mark.parametrize(
    "body",
    [
        HEAD.encode(),
        message().replace(b"text/html; charset", b"text/plain; charset"),
        HEAD.encode() + b"".join(b'------Part--x\nContent-Type: multipart/related; boundary="x"\n\n' for _ in range(9)),
        b"A: multipart/related\n" * 200 + b"Content-Type: message/rfc822\n\n" * 3_000,
    ],
)
def test_one_without_a_page_is_unreadable(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(Unreadable, match=r"in parts that cannot be read: "):
        read_saved(saved(tmp_path, body), URL, 1_000_000)


@pytest.mark.parametrize(
    "note",
    [
        "<!DOCTYPE html>\n<!-- saved from url=(0029)https://courier.example/ferry -->",
        "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://courier.example/ferry\n-->",
        "<html>\n<!-- Mirrored from courier.example/ferry by HTTrack Website Copier/3.x [XR&CO'2014], … -->",
    ],
)
def test_what_a_tool_noted_of_a_page_is_its_address_where_it_names_none(tmp_path: Path, note: str) -> None:
    assert read_saved(saved(tmp_path, (note + HTML).encode(), "page.html"), None, 10_000).url == URL
    own = HTML.replace("<title>", '<link rel="canonical" href="https://courier.example/own"><title>')
    assert read_saved(saved(tmp_path, (note + own).encode(), "page.html"), None, 10_000).url.endswith("/own")


@pytest.mark.parametrize("note", ["<!-- saved from url=(0011)about:internet -->", "<!-- Mirrored from by HTTrack -->"])
def test_a_note_without_an_address_is_none(tmp_path: Path, note: str) -> None:
    with pytest.raises(BadInput, match="is not known"):
        read_saved(saved(tmp_path, (note + HTML).encode(), "page.html"), None, 10_000)
