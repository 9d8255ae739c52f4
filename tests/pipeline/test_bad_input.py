"""Bad input of every kind: one clear sentence, the right exit code, nothing stored before is lost, no traceback."""

from __future__ import annotations

import gzip
import io
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from crawls import crawl, environment, wireroom
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from workers.ledger import Ledger

PARAGRAPH = "The bridge over the river in the town was opened to traffic again on Monday, the council said. "
ARTICLE = f"<html lang=en><title>Bridge opened</title><h1>Bridge opened</h1>{f'<p>{PARAGRAPH * 2}</p>' * 5}</html>"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def refused(code: int, *words: str, command: tuple[str, ...], **more: str) -> None:
    done = wireroom(*command, **more)
    assert done.returncode == code, done.stderr
    for word in words:
        assert word in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.strip().splitlines()) <= 2, "one sentence"


def test_an_address_with_a_password_is_refused_and_not_said_again(state: Path) -> None:
    url = "https://user:opensesame@a.example/"
    done = wireroom("crawl", url, "--state", str(state))
    assert (done.returncode, "Give it without them: https://a.example/" in done.stderr) == (2, True), done.stderr
    assert "opensesame" not in done.stderr + done.stdout


@pytest.mark.parametrize("url", ["ftp://news.example/", "javascript:alert(1)", "http://"])
def test_an_address_that_cannot_be_crawled(url: str, state: Path) -> None:
    refused(2, "no address that can be crawled", "http://", command=("crawl", url, "--state", str(state)))


@pytest.mark.parametrize("url", ["oracle://x/y", "postgresql://", "sqlite:////proc/no/ledger.db", "what"])
def test_a_database_url_that_cannot_be_used(url: str, state: Path) -> None:
    done = wireroom("crawl", "--state", str(state), WIREROOM_LEDGER_URL=url)
    assert done.returncode in (2, 3)
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("wireroom: ")


def test_a_site_that_is_paused(state: Path) -> None:
    state.mkdir()
    ledger = Ledger.open(f"sqlite:///{state}/ledger.db", migrate=True)
    ledger.put_site("news.test", "", ["news.test"])
    ledger.pause("news.test")
    ledger.close()
    said = ("The site news.test is paused", "`wireroom sites resume news.test`")
    refused(2, *said, command=("crawl", "https://news.test/", "--state", str(state)))


def test_a_database_that_is_not_there(state: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    url = f"postgresql://nobody:secret@127.0.0.1:{port}/ledger"
    done = wireroom("crawl", "--state", str(state), WIREROOM_LEDGER_URL=url)
    assert done.returncode == 3
    assert "secret" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_ledger(state: Path) -> None:
    state.mkdir()
    (state / "ledger.db").write_bytes(b"this is a letter and no database at all" * 100)
    done = wireroom("crawl", "--state", str(state))
    assert done.returncode in (2, 3)
    assert "ledger.db" in done.stderr
    assert (state / "ledger.db").read_bytes().startswith(b"this is a letter"), "nothing was overwritten"


def test_a_state_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused(2, "cannot be used", "--state", command=("crawl", "--state", str(tmp_path / "file" / "state")))


class Nothing(BaseHTTPRequestHandler):
    """A site that has a front page and nothing to read on it."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        found = self.path == "/"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<html><title>Parked</title><p>This domain is for sale.</p></html>" if found else b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def nothing() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Nothing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_site_with_nothing_to_read(nothing: str, state: Path) -> None:
    done = wireroom("crawl", nothing, "--allow-private", "--delay", "0", "--state", str(state))
    assert done.returncode == 1
    assert "No article was found" in done.stdout
    assert "Traceback" not in done.stderr + done.stdout


def test_a_private_address_is_refused_unless_allowed(nothing: str, state: Path) -> None:
    done = crawl(state, nothing)
    assert done.code == 1
    assert set(done.summary["parked"]) == {"address-refused"}


@pytest.mark.parametrize(
    "later", [("--pages", "60"), ("http://127.0.0.1:9/", "--allow-private")], ids=["the demo site", "another"]
)
def test_what_one_site_was_allowed_another_of_the_ledger_is_not(
    later: tuple[str, ...], nothing: str, state: Path
) -> None:
    ledger = crawl(state, nothing).ledger
    ledger.make_starts_due(ledger.sites()[0].name)
    ledger.replay()
    Nothing.asked.clear()
    crawl(state, *later)
    parked = [one for one in ledger.parked() if one.url.startswith(nothing)]
    ledger.close()
    assert Nothing.asked == []
    assert {one.reason for one in parked} == {"address-refused"}


def test_a_host_that_cannot_be_reached(state: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    done = crawl(state, f"http://127.0.0.1:{port}/", "--allow-private")
    assert done.code == 1
    assert "connect-failed" in " ".join(done.summary["troubles"])


def ingest(state: Path, *paths: Path, more: tuple[str, ...] = ()) -> tuple[int, dict[str, object]]:
    done = crawl(state, *(str(path) for path in paths), *more, command="ingest")
    assert "Traceback" not in done.said
    return done.code, done.summary


def warc(pages: int) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer._create_temp_file = io.BytesIO  # its own temporary files are never closed
    for number in range(pages):
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        body = io.BytesIO(ARTICLE.replace("Bridge", f"Bridge {number}").encode() + os.urandom(3000).hex().encode())
        url = f"https://news.example/bridge-{number}.html"
        writer.write_record(writer.create_warc_record(url, "response", payload=body, http_headers=head))
    return out.getvalue()


def test_a_warc_is_read_to_where_it_was_cut(tmp_path: Path, state: Path) -> None:
    whole = warc(6)
    (tmp_path / "cut.warc.gz").write_bytes(whole[: len(whole) * 7 // 12])
    code, summary = ingest(state, tmp_path / "cut.warc.gz")
    assert code == 1
    assert summary["stored"] == 3, "the fourth is cut in its middle"
    assert "breaks off" in str(summary["troubles"])


def test_each_bad_file_gets_its_reason_and_the_good_ones_are_stored(tmp_path: Path, state: Path) -> None:
    files = {
        "good.html": ARTICLE.encode(),
        "packed.html.gz": gzip.compress(ARTICLE.encode()),
        "empty.html": b"",
        "binary.html": bytes(range(256)) * 400,
        "large.html": b"<p>" + b"x" * 100_000_000,
        "broken.html.gz": gzip.compress(ARTICLE.encode())[:-40],
        "nameless.html": b"<p>No address is known of this page.</p>",
    }
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, body in files.items():
        (folder / name).write_bytes(body)
    rows = [f'{{"file": "{name}", "url": "https://news.example/{name}"}}' for name in files if name != "nameless.html"]
    (tmp_path / "urls.jsonl").write_text("\n".join(rows))
    code, summary = ingest(state, folder, more=("--url-from", str(tmp_path / "urls.jsonl")))
    assert code == 1
    assert summary["stored"] == 2
    ended = {**dict(summary["skipped"]), **dict(summary["parked"])}  # type: ignore[call-overload]
    assert sum(ended.values()) == 4, ended
    assert {"body-too-large", "unreadable"} <= set(ended)
    assert "nameless.html" in str(summary["troubles"])


def test_what_was_stored_stays_when_the_next_input_is_bad(tmp_path: Path, state: Path) -> None:
    (tmp_path / "good.html").write_text(ARTICLE)
    assert ingest(state, tmp_path / "good.html", more=("--url", "https://news.example/1.html"))[0] == 0
    refused(2, "There is no file", command=("ingest", str(tmp_path / "none.html"), "--state", str(state)))
    listed = wireroom("articles", "list", "--state", str(state))
    assert "Bridge opened" in listed.stdout


def test_no_summary_says_the_password_of_the_ledger(tmp_path: Path, state: Path, postgres_url: str) -> None:
    (tmp_path / "good.html").write_text(ARTICLE)
    url = postgres_url.replace("postgres@", "postgres:s3cret@") + "&password=s3cret"
    command = ("ingest", str(tmp_path / "good.html"), "--url", "https://news.example/1.html", "--state", str(state))
    done = wireroom(*command, "--json", WIREROOM_LEDGER_URL=url)
    assert done.returncode == 0, done.stderr
    assert "postgresql://postgres:***@/" in done.stdout
    assert "s3cret" not in done.stdout + done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: mounts a small file system")
def test_a_full_disk_is_said_and_the_work_goes_on_when_there_is_room(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(small)], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        (tmp_path / "one.warc.gz").write_bytes(warc(200))
        command = [sys.executable, "-m", "workers", "ingest", str(tmp_path / "one.warc.gz")]
        short = {
            f"WIREROOM_{name}": "4" for name in ("FETCH_SECONDS", "FETCH_DEADLINE", "PARSE_SECONDS", "HOLD_SECONDS")
        }
        more = environment(WIREROOM_LEASE_SECONDS="5", WIREROOM_SWEEP_EVERY="1", **short)
        with subprocess.Popen(
            [*command, "--state", str(small / "state")],
            env=more,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as running:
            assert running.stdout is not None
            said = []
            for line in running.stdout:
                said.append(line)
                if "is full" in line:
                    subprocess.run(["mount", "-o", "remount,size=100m", str(small)], check=True)
        assert "is full" in "".join(said)
        assert "Traceback" not in "".join(said)
        assert running.returncode == 0, said[-20:]
        assert "200" in "".join(said).partition("articles stored")[2][:60]
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)
