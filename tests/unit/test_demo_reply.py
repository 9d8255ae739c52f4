"""What HTTP makes of a reply of the demo site: conditions, coding, lengths."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from workers.demo.reply import Reply, Request, Sent, accepts_gzip, etag, on_the_wire

BODY = b"<p>The bridge is open.</p>" * 100
MODIFIED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PAGE = Reply(200, BODY, modified=MODIFIED)


def asked(method: str = "GET", **headers: str) -> Request:
    return Request(method, "/", {name.replace("_", "-"): value for name, value in headers.items()})


def sent(request: Request, reply: Reply = PAGE) -> Sent:
    return on_the_wire(request, reply, close=False)


def test_a_plain_answer_carries_its_length_and_both_validators() -> None:
    answer = sent(asked())
    assert answer.status == 200
    assert answer.body == BODY
    assert f"Content-Length: {len(BODY)}".encode() in answer.head
    assert f"ETag: {etag(BODY)}".encode() in answer.head
    assert b"Last-Modified: Fri, 20 Nov 2026 09:30:00 GMT" in answer.head


def test_head_has_the_length_but_no_body() -> None:
    answer = sent(asked("HEAD"))
    assert answer.body == b""
    assert f"Content-Length: {len(BODY)}".encode() in answer.head


def test_gzip_is_used_when_accepted_and_its_tag_is_weak() -> None:
    answer = sent(asked(accept_encoding="br, gzip"))
    assert gzip.decompress(answer.body) == BODY
    assert f"Content-Length: {len(answer.body)}".encode() in answer.head
    assert f"ETag: W/{etag(BODY)}".encode() in answer.head


@pytest.mark.parametrize("tag", [etag(BODY), f"W/{etag(BODY)}", f'"other", {etag(BODY)}', "*"])
def test_a_matching_tag_is_answered_304_without_a_body(tag: str) -> None:
    answer = sent(asked(if_none_match=tag))
    assert (answer.status, answer.body) == (304, b"")
    assert b"Content-Length" not in answer.head


def test_another_tag_is_answered_in_full_whatever_the_date_says() -> None:
    assert sent(asked(if_none_match='"old"', if_modified_since="Fri, 20 Nov 2026 10:00:00 GMT")).status == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Fri, 20 Nov 2026 09:30:00 GMT", 304),
        ("Fri, 20 Nov 2026 09:29:59 GMT", 200),
        ("yesterday", 200),
    ],
)
def test_a_date_is_compared_to_the_second_and_nonsense_is_ignored(since: str, status: int) -> None:
    assert sent(asked(if_modified_since=since)).status == status


def test_an_answer_without_validators_is_never_304() -> None:
    assert sent(asked(if_none_match="*"), Reply(404, BODY)).status == 404


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [("gzip", True), ("br;q=1, gzip;q=0.5", True), ("*", True), ("gzip;q=0", False), ("br", False), ("", False)],
)
def test_accept_encoding_is_obeyed(accept: str, wanted: bool) -> None:
    assert accepts_gzip(accept) is wanted
