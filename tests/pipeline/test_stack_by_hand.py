"""The compose stack without Docker: the commands, settings and checks of its file, run one by one on this machine.

What differs is where things are: ports given by the kernel, folders of the test, demo.localhost for demo.test.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
import redis
from crawls import environment
from postgres import Postgres
from stack import ROOT, once, services
from watching import free_port

from workers.adapters.valkey import find_server
from workers.ledger import Ledger

STAGES = ("discover", "fetch", "parse", "sink")


class Stack:
    """The services of the file, each a process of this machine with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.redis_port, self.demo_port, self.console_port = free_port(), free_port(), free_port()
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def here(self, name: str, text: str) -> str:
        """A text of the service as it reads on this machine."""
        owner = name if name in ("redis", "postgres", "console") else "wireroom"
        moved = {
            "/run/secrets": str(self.folder / "secrets" / owner),
            "/secrets": str(self.folder / "secrets"),
            "/tmp": str(self.folder / name),
            "/data": str(self.folder / "redis"),
            "demo.test": "demo.localhost",
            "0.0.0.0:9464": "127.0.0.1:0",
            "0.0.0.0:8321": f"127.0.0.1:{self.console_port}",
            "0.0.0.0": "127.0.0.1",
            "8321": str(self.console_port),
            "8080": str(self.demo_port),
        }
        for container, machine in moved.items():
            if text.startswith(container) or f":{container}" in text or f".{container}" in text:
                return text.replace(container, machine)
        return text

    def command(self, name: str, words: list[str]) -> list[str]:
        program = {
            "python": [sys.executable],
            "wireroom": [sys.executable, "-m", "workers"],
            "celery": [sys.executable, "-m", "celery"],
            "redis-server": [str(find_server())],
        }[words[0]]
        return [*program, *(self.here(name, word) for word in words[1:])]

    def environment(self, name: str) -> dict[str, str]:
        given = {key: self.here(name, str(value)) for key, value in services()[name].get("environment", {}).items()}
        return environment(**given) | ({"WIREROOM_ALLOW_PRIVATE": "true"} if name in STAGES else {})

    def run(self, name: str, *more: str) -> None:
        """A service that does something and ends."""
        (self.folder / name).mkdir(exist_ok=True)
        command = [*self.command(name, services()[name]["command"]), *more]
        done = subprocess.run(command, cwd=ROOT, env=self.environment(name), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr

    def start(self, name: str, *more: str) -> None:
        """A service that runs on."""
        (self.folder / name).mkdir(exist_ok=True)
        command = [*self.command(name, services()[name]["command"]), *more]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=self.folder / name, env=self.environment(name), stdout=log, stderr=log
            )

    def is_healthy(self, name: str) -> bool:
        """What the health check of the service says."""
        test = services()[name]["healthcheck"]["test"]
        command = self.command(name, test[1:]) if "-c" not in test else [sys.executable, "-c", self.local(test[3])]
        done = subprocess.run(command, cwd=ROOT, env=self.environment(name), capture_output=True)
        return done.returncode == 0

    def local(self, code: str) -> str:
        return code.replace("8080", str(self.demo_port)).replace("8321", str(self.console_port))

    def figures(self) -> str:
        """What Prometheus is told by the console."""
        token = (self.folder / "secrets/prometheus/console_token").read_text()
        url = f"http://127.0.0.1:{self.console_port}/metrics"
        with urlopen(Request(url, headers={"Authorization": f"Bearer {token}"}), timeout=10) as answer:
            return answer.read().decode()

    def stop(self, *names: str) -> dict[str, int]:
        """As `docker compose stop` does it: SIGTERM, and SIGKILL after the grace period; the exit codes."""
        for name in names:
            self.running[name].send_signal(signal.SIGTERM)
        codes = {}
        for name in names:
            process = self.running.pop(name)
            try:
                codes[name] = process.wait(int(services()[name].get("stop_grace_period", "10s").rstrip("s")))
            except subprocess.TimeoutExpired:
                process.kill()
                codes[name] = process.wait()
        return codes


def until(true: Callable[[], Any], what: str, seconds: float = 150) -> None:
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, f"it did not come true in {seconds:g} s: {what}"
        time.sleep(0.2)


def with_password(server: Postgres, password: str) -> str:
    """Make the server ask for passwords as the image does, with a user and a database; its URL."""
    server.sql(f"CREATE ROLE wireroom LOGIN PASSWORD '{password}'")
    server.sql("CREATE DATABASE wireroom OWNER wireroom TEMPLATE template0")
    (server.folder / "data/pg_hba.conf").write_text("local all postgres trust\nlocal all all scram-sha-256\n")
    server.sql("SELECT pg_reload_conf()")
    return f"postgresql://wireroom:{password}@/wireroom?host={quote(str(server.folder), safe='')}"


@pytest.fixture
def stack(tmp_path: Path, own_postgres: Postgres) -> Iterator[Stack]:
    """Secrets, Redis and PostgreSQL as in the stack: each with its password."""
    if find_server() is None:
        pytest.skip("no Valkey or Redis server on this machine")
    made = Stack(tmp_path)
    made.run("secrets", "--redis", f"127.0.0.1:{made.redis_port}")
    password = (tmp_path / "secrets/postgres/password").read_text()
    url = with_password(own_postgres, password)
    for reader in ("wireroom", "console"):
        ledger = tmp_path / "secrets" / reader / "wireroom_ledger_url"
        ledger.unlink()
        ledger.write_text(url)
    made.start("redis", "--bind", "127.0.0.1", "--port", str(made.redis_port))
    try:
        yield made
    finally:
        made.stop(*made.running)


def told(exposition: str, name: str) -> float:
    """One value of the exposition."""
    found = [line for line in exposition.splitlines() if line.startswith(f"wireroom_{name} ")]
    return float(found[0].rpartition(" ")[2]) if found else 0.0


def client(stack: Stack, password: str | None) -> redis.Redis:
    return redis.Redis(port=stack.redis_port, password=password)


def answers(asked: redis.Redis) -> bool:
    try:
        return bool(asked.ping())
    except redis.ConnectionError:
        return False


@pytest.mark.slow
def test_the_stack_crawls_its_demo_site_and_stops_without_losing_a_lease(stack: Stack) -> None:
    password = (stack.folder / "secrets/redis/password").read_text()
    with client(stack, password) as known, client(stack, None) as stranger:
        until(lambda: answers(known), "Redis answers who knows its password")
        with pytest.raises(redis.AuthenticationError):
            stranger.ping()
        assert known.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert known.config_get("appendonly") == {"appendonly": "yes"}

    for name in ("migrate", "demo-register"):
        stack.run(name)
    running = ("demo", "beat", "console", *STAGES)
    for name in running:
        stack.start(name)
    for name in running:
        until(lambda name=name: stack.is_healthy(name), f"{name} is healthy")

    ledger = Ledger.open((stack.folder / "secrets/wireroom/wireroom_ledger_url").read_text())
    until(lambda: ledger.status().total.articles >= 30, "30 articles are stored")
    until(lambda: told(stack.figures(), 'articles_total{site="demo"}') >= 30, "the console tells of them")
    assert (
        told(stack.figures(), 'service_up{service="ledger"}')
        == told(stack.figures(), 'service_up{service="redis"}')
        == 1
    )
    assert told(stack.figures(), 'disk_free_bytes{disk="/"}') > 0
    for stage in STAGES:
        assert "metrics.served" in (stack.folder / f"{stage}.log").read_text()
    until(ledger.owners, "fetch holds a host, so that it is stopped in the middle of its work")
    codes = stack.stop("fetch")
    assert ledger.owners() == [], "every lease and every held host was given back"
    assert codes | stack.stop(*(name for name in running if name != "fetch")) == dict.fromkeys(running, 0)
    ledger.close()


def test_every_service_that_ends_was_run_here() -> None:
    assert once() == {"secrets", "migrate", "demo-register"}
