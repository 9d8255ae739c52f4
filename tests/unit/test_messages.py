"""Messages of the queue: what does not fit its form is refused whole, and workers of two versions work side by side."""

from __future__ import annotations

import json
from typing import Any

import pytest

from workers.core.errors import BadMessage
from workers.core.page import Page
from workers.core.work import Lease
from workers.stages import reading
from workers.stages.messages import MOST, VERSION, BatchMessage, ParseMessage, understand, written
from workers.stages.reading import pack_page, pack_readings, unpack_page, unpack_readings

LEASE: dict[str, Any] = {
    "id": 1, "site": "s", "key": "k", "url": "https://a.example/", "host": "a.example", "kind": "page",
    "label": "latest", "depth": 1, "visit": 1, "attempt": 1,
}  # fmt: skip
KEY = "0" * 32
PARCEL = {"key": KEY, "lease": LEASE}


def test_a_message_survives_the_way_through_the_queue() -> None:
    message = understand(ParseMessage, {"parcels": [PARCEL]})
    assert understand(ParseMessage, written(message)) == message
    assert written(message)["version"] == VERSION


def test_what_lists_brought_travels_with_their_batch_and_may_be_left_out() -> None:
    batch = BatchMessage(key=KEY, brought=(1, 7))
    assert understand(BatchMessage, written(batch)) == batch
    assert understand(BatchMessage, {"version": 1, "key": KEY}).brought == (), "of a worker of an earlier version"


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        "text",
        {},
        {"parcels": []},
        {"parcels": [PARCEL] * (MOST + 1)},
        {"parcels": [PARCEL], "unknown": 1},
        {"parcels": [PARCEL], "unknown": 1, "version": VERSION},
        {"parcels": [PARCEL], "unknown": 1, "version": True},
        {"parcels": [PARCEL], "version": "later"},
        {"parcels": [PARCEL], "version": None},
        {"version": VERSION + 1, "parcels": [{"key": KEY}]},
        {"parcels": [{"key": KEY}]},
        {"parcels": [{"key": "../etc/passwd", "lease": LEASE}]},
        {"parcels": [{"key": KEY, "lease": {**LEASE, "id": "one"}}]},
        {"parcels": [{"key": KEY, "lease": {**LEASE, "kind": "program"}}]},
        {"parcels": [{"key": KEY, "lease": {**LEASE, "run": "rm"}}]},
    ],
)
def test_a_message_that_does_not_fit_is_refused(message: Any) -> None:
    with pytest.raises(BadMessage):
        understand(ParseMessage, message)


def test_the_refusal_names_the_field_and_not_its_value() -> None:
    with pytest.raises(BadMessage) as refused:
        understand(BatchMessage, {"key": "secret\x1b[31m"})
    assert "key" in str(refused.value)
    assert "secret" not in str(refused.value)


# What version 1 wrote. They stay as they are: a form that no longer takes them would lose what is on its way.
VERSION_1 = (
    (ParseMessage, {"version": 1, "parcels": [PARCEL]}),
    (ParseMessage, {"version": 1, "parcels": [{"key": KEY, "lease": {**LEASE, "etag": "e", "last_modified": "l"}}]}),
    (BatchMessage, {"version": 1, "key": KEY}),
)
READINGS_1 = (
    b'\x00\x01[{"lease":{"id":1,"site":"s","key":"k","url":"https://a.example/","host":"a.example","kind":"page",'
    b'"label":"latest","depth":1,"visit":1,"attempt":1},"page_url":"https://a.example/","fetched_at":1.0,"status":200,'
    b'"state":"skipped","reason":"gone"}]'
)
HEAD_1 = b'{"version":1,"asked":"a","url":"u","status":200,"fetched_at":1.0,"headers":{},"redirects":["r"]}'
PAGE_1 = len(HEAD_1).to_bytes(4, "big") + HEAD_1 + b"<p>"


@pytest.mark.parametrize(("form", "message"), VERSION_1)
def test_what_version_1_wrote_is_understood(form: Any, message: dict[str, Any]) -> None:
    assert understand(form, message)


def test_what_version_1_put_into_the_hand_off_is_understood() -> None:
    [one] = unpack_readings(READINGS_1)
    assert (one.lease, one.reason) == (Lease(**LEASE), "gone")
    assert unpack_page(PAGE_1) == Page("a", "u", 200, b"<p>", 1.0, redirects=("r",))


def test_a_field_of_a_later_version_is_left_out_and_nothing_is_lost() -> None:
    later = {"version": VERSION + 1, "new": 1, "parcels": [{"key": KEY, "lease": {**LEASE, "new": 1}, "new": {}}]}
    found = understand(ParseMessage, later)
    assert found.parcels == understand(ParseMessage, {"parcels": [PARCEL]}).parcels


def test_a_later_version_of_what_is_in_the_hand_off_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page("a", "u", 200, b"<p>", 1.0)
    [one] = unpack_readings(READINGS_1)
    assert unpack_page(pack_page(page).replace(b'"version": 1', b'"version": 9')) == page
    assert unpack_readings(b"\x00\x09" + READINGS_1[2:].replace(b'"reason"', b'"new":{"a":1},"reason"')) == (one,)
    monkeypatch.setattr(reading, "VERSION", VERSION + 1)
    assert unpack_readings(pack_readings((one,))) == (one,)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\x00\x01",
        b"[]",
        b"\x00\x01{}",
        READINGS_1[:-9],
        READINGS_1.replace(b'"reason"', b'"new":1,"reason"'),
    ],
)
def test_readings_that_are_none_are_refused(data: bytes) -> None:
    with pytest.raises(BadMessage):
        unpack_readings(data)


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x00\x00\x02{}", b"\x00\x00\x00\x02[]x", PAGE_1[:30], PAGE_1.replace(b'"url"', b'"uri"')]
)
def test_a_page_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(BadMessage):
        unpack_page(data)


def test_the_parts_of_a_story_travel_with_its_page() -> None:
    part = Page("https://a.test/1/2", "https://a.test/1/2", 200, b"<p>Two", 1.0, {"content-type": "text/html"})
    page = Page(
        "https://a.test/1", "https://a.test/1", 200, b"<p>One", 1.0, parts=(part, part), lacks="https://a.test/1/4"
    )
    assert unpack_page(pack_page(page)) == page


@pytest.mark.parametrize("sizes", ["[1000]", "[-1,5]", '["a"]', "[0]", "7"])
def test_a_page_whose_parts_are_none_is_refused(sizes: str) -> None:
    head = json.dumps({"version": 3, "asked": "a", "url": "a", "status": 200, "fetched_at": 1.0, "redirects": []})
    head = f'{head[:-1]}, "headers": {{}}, "parts": {sizes}}}'
    with pytest.raises(BadMessage):
        unpack_page(len(head).to_bytes(4, "big") + head.encode() + b"<p>")
