"""Messages of the queue: what does not fit its form is refused whole."""

from __future__ import annotations

from typing import Any

import pytest

from workers.core.errors import BadMessage
from workers.stages.messages import MOST, BatchMessage, ParseMessage, understand

LEASE: dict[str, Any] = {
    "id": 1, "site": "s", "key": "k", "url": "https://a.example/", "host": "a.example", "kind": "page",
    "label": "latest", "depth": 1, "visit": 1, "attempt": 1,
}  # fmt: skip
KEY = "0" * 32
PARCEL = {"key": KEY, "lease": LEASE}


def test_a_message_survives_the_way_through_the_queue() -> None:
    message = understand(ParseMessage, {"parcels": [PARCEL]})
    assert understand(ParseMessage, message.model_dump(mode="json", exclude_defaults=True)) == message


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
