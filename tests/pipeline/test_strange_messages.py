"""Whatever lies in the queue, a real worker uses nothing of it, says and counts so, and does good work afterwards."""

from __future__ import annotations

import base64
import gzip
import json
import os
import pickle
import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from crawls import wireroom
from witness import Witness
from workforce import Workforce, at_work, pages

from workers.adapters.redis import Handoff, connect
from workers.core.page import Page
from workers.stages.messages import VERSION
from workers.stages.reading import pack_page

KEY = "0" * 32
LEASE = {
    "id": 1, "site": "s", "key": "k", "url": "https://a.example/", "host": "a.example", "kind": "page",
    "label": "latest", "depth": 1, "visit": 1, "attempt": 1,
}  # fmt: skip
PARCEL = {"key": KEY, "lease": LEASE}


class Bomb:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return (os.mkdir, (str(self.path),))


def envelope(
    body: bytes, task: object = "parse", content_type: str = "application/json", **headers: Any
) -> dict[str, Any]:
    """A message as kombu writes it."""
    info = {"exchange": "", "routing_key": "parse"}
    properties = {"delivery_tag": uuid.uuid4().hex, "body_encoding": "base64", "delivery_info": info, "priority": 0}
    return {
        "body": base64.b64encode(body).decode(),
        "content-encoding": "utf-8",
        "content-type": content_type,
        "headers": {"id": uuid.uuid4().hex, "task": task, "lang": "py", **headers},
        "properties": {"correlation_id": "c", "reply_to": "", "delivery_mode": 2, **properties},
    }


def call(
    *args: Any, task: object = "parse", embedded: Any = None, kwargs: Any = None, **headers: Any
) -> dict[str, Any]:
    """A call of a task with these arguments."""
    nothing = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}
    return envelope(json.dumps([args, kwargs or {}, embedded or nothing]).encode(), task, **headers)


def without(message: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name not in names}


def strange(trap: Path) -> dict[str, object]:
    """Messages that are none of ours, by what is wrong with them; texts are items of the queue as they are."""
    link = {"task": "fetch", "args": [], "kwargs": {}, "options": {}, "subtask_type": None, "immutable": True}
    bad_headers = call()
    bad_headers["headers"] = ["a", "list"]
    no_tag = call()
    no_tag["properties"] = {}
    return {
        "no JSON": "this is no message \x1b[31m",
        "bytes that are no text": b"\x80\x81\xff",
        "half a message": json.dumps(call())[:-20],
        "a number": "7",
        "a list of three": "[{}, 1, 2]",
        "deeply nested": "[" * 100_000,
        "an empty object": "{}",
        "no properties": without(call(), "properties"),
        "empty properties": no_tag,
        "headers that are a list": bad_headers,
        "no body": without(call(), "body"),
        "a body that is no base64": call() | {"body": "a"},
        "pickle": envelope(pickle.dumps(Bomb(trap)), content_type="application/x-python-serialize"),
        "pickle that says it is JSON": envelope(pickle.dumps(Bomb(trap))),
        "yaml": envelope(
            b"!!python/object/apply:os.mkdir [" + str(trap).encode() + b"]", content_type="application/x-yaml"
        ),
        "a packed bomb": envelope(gzip.compress(b"0" * 50_000_000), compression="application/x-gzip"),
        "an unknown task": call(task="rm"),
        "a task of Celery's own": call(task="celery.starmap"),
        "a task that is no name": call(task={"a": 1}),
        "no task": without(call(), "headers") | {"headers": {"id": "1"}},
        "no id": call(id=None),
        "no arguments": call(),
        "two arguments": call({"parcels": [PARCEL]}, 1),
        "arguments for a task that has none": call(1, task="fetch"),
        "arguments by name": call(kwargs={"message": {}}),
        "a task to call afterwards": call({"parcels": [PARCEL]}, embedded={"callbacks": [link]}),
        "a later start": call({"parcels": [PARCEL]}, eta="2030-01-01T00:00:00+00:00"),
        "a time limit of its own": call({"parcels": [PARCEL]}, timelimit=[9999, 9999]),
        "an end that is no moment": call({"parcels": [PARCEL]}, expires="soon\nerror all is lost"),
        "unknown fields": call({"parcels": [PARCEL], "run": "rm"}),
        "missing fields": call({"parcels": [{"key": KEY}]}),
        "wrong types": call({"parcels": "all"}),
        "another form": call("text"),
        "a huge list": call({"parcels": [PARCEL] * 2_000}),
        "a key that is a path": call({"parcels": [{"key": "../../etc/passwd", "lease": LEASE}]}),
    }


@pytest.mark.slow
def test_strange_messages_are_refused_and_the_worker_lives_on(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    messages = strange(trap)
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with Witness() as witness, at_work(url) as force:
        parent = force.worker("parse,sink")
        force.until(lambda: "ready" in force.log("parse"))
        began = force.pids("parse")
        with connect(force.valkey.url) as client:
            for message in messages.values():
                client.lpush("parse", message if isinstance(message, str | bytes) else json.dumps(message))
            force.until(lambda: force.ledger.status().messages_refused >= len(messages), 30)
            assert client.llen("parse") == 0
            # The last of them is counted a moment before it is acknowledged; timed tasks of the beat come and go.
            force.until(lambda: client.hlen("unacked") == 0)  # nothing of it comes back
        do_good_work(force, witness)
        do_work_of_a_later_version(force)
        assert force.ledger.status().messages_refused == len(messages)
        assert sorted(force.pids("parse")) == sorted(began), "no process ended"
        assert parent in began
        assert not trap.exists(), "nothing was executed"
        said = force.log("parse")
        events = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
        refused = [event for event in events if event["event"] == "message.refused"]
        assert len(refused) == len(messages)
        assert "Traceback" not in said
        assert "\x1b" not in said
        assert "all is lost" not in said, "a refusal says nothing of what the message says"
        shown = wireroom("status", WIREROOM_LEDGER_URL=url).stdout
        assert f"{len(messages)} message(s) of the queue" in shown


def do_good_work(force: Workforce, witness: Witness) -> None:
    """A page goes all the way through the worker that was fed with the strange ones."""
    force.worker("fetch")
    force.ledger.put_site("s", "", settings={"delay": 0.0})
    force.ledger.admit(pages("s", witness.host(0), range(1)))
    force.until(lambda: force.ledger.status().total.open == 0, 30)
    time.sleep(0.2)


def do_work_of_a_later_version(force: Workforce) -> None:
    """What a newer fetch worker sends, with fields that this one does not know, is stored all the same."""
    text = (
        b"<html lang=en><title>A bridge</title><h1>A bridge</h1>" + b"<p>It was opened to traffic again today.</p>" * 20
    )
    force.ledger.put_site("later", "", settings={"delay": 0.0})
    force.ledger.pause("later")  # so that nobody else fetches it
    [lease] = force.ledger.check_in(pages("later", "later.test", range(1)), 60.0)
    page = pack_page(Page(lease.url, lease.url, 200, text, time.time(), {"content-type": "text/html"}))
    later = {**lease.model_dump(mode="json"), "importance": 7}
    with connect(force.valkey.url) as client:
        [key] = Handoff(client, 60).put([page])
        message = {"version": VERSION + 1, "parcels": [{"key": key, "lease": later, "size": 1}], "sent_by": "newer"}
        client.lpush("parse", json.dumps(call(message)))
    force.until(lambda: force.ledger.status().sites["later"].articles == 1, 20)
