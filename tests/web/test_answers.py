"""What we make of a server's answers, the honest ones first."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli
import pytest
import zstandard
from asking import AGENT, Get
from server import MisbehavingServer, answer, raw, redirect

from workers.core import errors
from workers.core.link import Kind

PAGE = b"<!doctype html><p>The bridge is open.</p>"


def test_a_page_comes_with_what_is_kept_of_it(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = answer(PAGE, etag='"1"', last_modified="Mon, 23 Nov 2026 09:00:00 GMT", x_other="no")
    page = get("/a")
    assert (page.asked, page.url, page.status, page.body) == (site.url("/a"), site.url("/a"), 200, PAGE)
    assert page.headers == {
        "content-type": "text/html",
        "etag": '"1"',
        "last-modified": "Mon, 23 Nov 2026 09:00:00 GMT",
    }


def test_we_say_who_we_are_and_nothing_else(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = answer(PAGE)
    get("/a")
    headers = site.log[0].headers
    assert headers["user-agent"] == AGENT
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:])),
        ("gzip", gzip.compress(PAGE) + b"\0\0\0\0"),
        ("br", brotli.compress(PAGE)),
        ("zstd", zstandard.compress(PAGE)),
        ("zstd", zstandard.compress(PAGE[:9]) + zstandard.compress(PAGE[9:])),
        ("identity", PAGE),
    ],
    ids=["gzip", "x-gzip", "two gzips in a row", "padded gzip", "br", "zstd", "two zstd frames", "identity"],
)
def test_packed_pages_are_unpacked(site: MisbehavingServer, get: Get, coding: str, packed: bytes) -> None:
    site.on["/a"] = answer(packed, content_encoding=coding)
    assert get("/a").body == PAGE


def test_a_page_may_come_in_pieces(site: MisbehavingServer, get: Get) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    site.on["/a"] = raw(head, b"5\r\n<p>He\r\n", b"3\r\nllo\r\n", b"0\r\nX-Trailer: late\r\n\r\n")
    assert get("/a").body == b"<p>Hello"


def test_interim_answers_are_passed_over(site: MisbehavingServer, get: Get) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\nETag: early\r\n\r\n"
    site.on["/a"] = raw(early * 3, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n<p>Hi")
    page = get("/a")
    assert (page.body, page.headers) == (b"<p>Hi", {"content-type": "text/html"})


def test_what_has_not_changed_is_not_sent_again(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = answer(b"", 304, etag='"1"')
    page = get("/a", etag='"1"', last_modified="Mon, 23 Nov 2026 09:00:00 GMT")
    assert page.not_modified
    assert site.log[0].headers["if-none-match"] == '"1"'
    assert site.log[0].headers["if-modified-since"] == "Mon, 23 Nov 2026 09:00:00 GMT"


def test_a_304_that_nobody_asked_for_is_broken(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = answer(b"", 304)
    with pytest.raises(errors.BrokenAnswer):
        get("/a")


def test_a_validator_cannot_smuggle_a_header(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = answer(PAGE)
    get("/a", etag='"1"\r\nCookie: x=y')
    assert "cookie" not in site.log[0].headers
    assert "if-none-match" not in site.log[0].headers


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, errors.Gone),
        (410, errors.Gone),
        (400, errors.Refused),
        (401, errors.Refused),
        (403, errors.Refused),
        (451, errors.Refused),
        (408, errors.Timeout),
        (429, errors.TooManyRequests),
        (503, errors.TooManyRequests),
        (500, errors.ServerError),
        (502, errors.ServerError),
        (204, errors.NotHtml),
        (206, errors.BrokenAnswer),
        (305, errors.BrokenAnswer),
        (999, errors.BrokenAnswer),
    ],
)
def test_each_status_has_its_error(site: MisbehavingServer, get: Get, status: int, error: type[Exception]) -> None:
    site.on["/a"] = answer(b"" if status == 204 else PAGE, status)
    with pytest.raises(error):
        get("/a")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("999999999999999", 86_400.0),
        ("-5", None),
        ("soon", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400.0),
        ("Mon, 01 Jan 1990 00:00:00 GMT", 0.0),
        ("Mon, 99 Jan 2026 00:00:00 GMT", None),
    ],
)
def test_retry_after_is_read_and_capped(site: MisbehavingServer, get: Get, value: str, seconds: float | None) -> None:
    site.on["/a"] = answer(b"", 429, retry_after=value)
    with pytest.raises(errors.TooManyRequests) as raised:
        get("/a")
    assert raised.value.retry_after == seconds


def test_retry_after_as_a_date_counts_by_the_servers_own_clock(site: MisbehavingServer, get: Get) -> None:
    theirs = datetime.now(UTC) - timedelta(hours=3)
    until = format_datetime(theirs + timedelta(seconds=90), usegmt=True)
    site.on["/a"] = answer(b"", 503, date=format_datetime(theirs, usegmt=True), retry_after=until)
    with pytest.raises(errors.TooManyRequests) as raised:
        get("/a")
    assert raised.value.retry_after == 90.0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: MisbehavingServer, get: Get, status: int) -> None:
    site.on["/a"] = redirect("b?x=1#part", status)
    site.on["/b?x=1"] = answer(PAGE)
    page = get("/a")
    assert (page.asked, page.url, page.redirects) == (site.url("/a"), site.url("/b?x=1"), (site.url("/a"),))


def test_a_redirect_in_a_circle_is_parked_at_once(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"], site.on["/b"] = redirect("/b"), redirect("/a")
    with pytest.raises(errors.RedirectLoop):
        get("/a")
    assert site.paths == ["/a", "/b"]


def test_no_more_than_five_redirects_are_followed(site: MisbehavingServer, get: Get) -> None:
    for step in range(9):
        site.on["/" + "a" * step] = redirect("/" + "a" * (step + 1))
    with pytest.raises(errors.RedirectLoop):
        get("/")
    assert len(site.log) == 6


@pytest.mark.parametrize(
    "location", ["ftp://example.org/", "javascript:alert(1)", "http://me:pw@127.0.0.1/", "http://"]
)
def test_a_redirect_to_no_web_address_is_parked(site: MisbehavingServer, get: Get, location: str) -> None:
    site.on["/a"] = redirect(location)
    with pytest.raises(errors.AddressRefused):
        get("/a")


def test_a_redirect_to_nowhere_is_broken(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = answer(b"", 302)
    with pytest.raises(errors.BrokenAnswer):
        get("/a")


def test_refresh_headers_are_not_followed(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = answer(PAGE, refresh="0; url=/b")
    assert get("/a").url == site.url("/a")
    assert site.paths == ["/a"]


@pytest.mark.parametrize("media", ["image/png", "application/pdf", "video/mp4", "application/json", "text/plain"])
def test_other_kinds_are_left_without_reading_them(site: MisbehavingServer, get: Get, media: str) -> None:
    site.on["/a"] = answer(b"x" * 900_000, content_type=media)
    with pytest.raises(errors.NotHtml):
        get("/a")


@pytest.mark.parametrize("media", ["text/plain", "application/octet-stream; charset=utf-8"])
@pytest.mark.parametrize("page", [PAGE, b"<!-- x -->\n<HTML><p>A short one" + b" and so on" * 900])
def test_a_page_that_its_server_calls_text_or_bytes_is_one(
    site: MisbehavingServer, get: Get, media: str, page: bytes
) -> None:
    site.on["/a"] = answer(page, content_type=media)
    assert get("/a").body == page
    site.on["/a"] = answer(b"The words <html> and <head> in a text.", content_type=media)
    with pytest.raises(errors.NotHtml, match=media.partition(";")[0]):
        get("/a")


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n\x1a\n...",
        b"\xff\xd8\xff\xe0...",
        b"PK\x03\x04...",
        b"\0\0\0\x18ftypmp42",
        b"\0\1\2" * 99,
    ],
    ids=["pdf", "png", "jpeg", "zip", "mp4", "binary"],
)
def test_a_content_type_that_lies_is_found_out(site: MisbehavingServer, get: Get, body: bytes) -> None:
    site.on["/a"] = answer(body)
    with pytest.raises(errors.NotHtml):
        get("/a")


@pytest.mark.parametrize("body", [b"", b" \r\n\t "])
def test_an_empty_page_is_nothing_to_read(site: MisbehavingServer, get: Get, body: bytes) -> None:
    site.on["/a"] = answer(body)
    with pytest.raises(errors.NotHtml):
        get("/a")


@pytest.mark.parametrize(
    ("media", "kind"),
    [
        ("text/html; charset=utf-8", Kind.PAGE),
        ("application/xhtml+xml", Kind.PAGE),
        ("TEXT/HTML", Kind.LISTING),
        ("application/rss+xml", Kind.FEED),
        ("text/plain", Kind.FEED),
        ("application/octet-stream", Kind.SITEMAP),
    ],
)
def test_readable_kinds_are_read(site: MisbehavingServer, get: Get, media: str, kind: Kind) -> None:
    site.on["/a"] = answer(PAGE, content_type=media)
    assert get("/a", kind=kind).body == PAGE


def test_a_page_without_a_content_type_is_judged_by_its_bytes(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<p>Hi")
    assert get("/a").body == b"<p>Hi"


def test_data_is_read_where_a_list_was_asked_for(site: MisbehavingServer, get: Get) -> None:
    site.on["/a"] = answer(b'{"html": ""}', content_type="application/json; charset=utf-8")
    assert get("/a", kind=Kind.LISTING).body == b'{"html": ""}'
    with pytest.raises(errors.NotHtml):
        get("/a")


def test_utf_16_is_not_taken_for_binary_data(site: MisbehavingServer, get: Get) -> None:
    body = "<p>Über</p>".encode("utf-16")
    site.on["/a"] = answer(body)
    assert get("/a").body == body


def test_a_sitemap_may_be_a_gzip_file_and_a_page_may_not(site: MisbehavingServer, get: Get) -> None:
    packed = gzip.compress(PAGE)
    site.on["/a"] = answer(packed, content_type="application/gzip")
    assert get("/a", kind=Kind.SITEMAP).body == packed
    with pytest.raises(errors.NotHtml):
        get("/a")
