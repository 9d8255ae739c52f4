"""Where the CPU of a crawl goes, by part, as a table that adds up.

    python -m benchmarks.crawl.parts [--pages 2000]

Every Python process of `wireroom crawl` is sampled each 5 ms of its CPU time (see sampler/). Valkey and what a process
used before its first sample are the difference to what the kernel counted.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.crawl.__main__ import peers_environment
from benchmarks.crawl.contenders import ROOT, environment
from benchmarks.crawl.newspages import write_site
from benchmarks.crawl.report import keep, made_with
from benchmarks.crawl.server import serving

EVERY = 0.005
REST = "Valkey, and what was not sampled"
# The first that matches a stack counts; what is inmost stands first.
PARTS = (
    ("start-up: imports", r"<frozen importlib|_compile_bytecode|/migrat|alembic"),
    ("the command: progress, its end", r"cli/crawl\.py:_watch"),
    ("decode: unpacking, charset", r"adapters/decode\.py|core/charset\.py"),
    (
        "HTTP: request, pacing, robots",
        r"adapters/(?:http|curl|bounds|addresses|answers|robots)|/httpx/|/stages/(?:host|manners|outcomes)",
    ),
    ("parse: guard and tree", r"sites/page/guard\.py|sites/page/document\.py:__init__"),
    ("extract: profile and generic reader", r"workers/sites/|stages/parse\.py"),
    ("sink: sketch of the text", r"ledger/sketch\.py"),
    ("sink: articles, versions, links, search, copies", r"tasks\.py:_sink.*workers/ledger/"),
    ("ledger: admit, lease, settle, ready", r"workers/ledger/|sqlalchemy/"),
    ("discover: places of links", r"stages/discover\.py|pipeline\.py"),
    ("serialise and hand-off", r"stages/(?:reading|messages)\.py|adapters/redis\.py|handing\.py|/zstandard"),
    ("event loop and threads of fetch", r"asyncio|concurrent/futures|stages/fetch\.py"),
    ("broker: Celery and kombu", r"/kombu/|/celery/|/billiard/|publish\.py|adapters/consumer"),
    ("the command: all else", r"workers/cli/"),
)
_COMPILED = tuple((name, re.compile(sign)) for name, sign in PARTS)


def part_of(stack: str) -> str:
    """The part that a stack belongs to."""
    return next((name for name, sign in _COMPILED if sign.search(stack)), "other")


def counted(folder: Path) -> Counter[str]:
    """CPU seconds by part, of all samples in the folder."""
    parts: Counter[str] = Counter()
    for file in folder.iterdir():
        for line in file.read_text("utf-8").splitlines():
            number, _, stack = line.partition("\t")
            parts[part_of(stack)] += int(number) * EVERY  # type: ignore[assignment]
    return parts


def sampled_crawl(pages: int) -> tuple[Counter[str], float]:
    """CPU seconds by part and all that the kernel counted."""
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        folder = Path(work)
        folder.chmod(0o755)
        samples = folder / "samples"
        samples.mkdir()
        more = {"BENCH_SAMPLES": str(samples), "PYTHONPATH": str(ROOT / "benchmarks" / "crawl" / "sampler")}
        with serving(write_site(folder, pages), peers_environment()) as server:
            command = [sys.executable, "-m", "workers", "crawl", f"http://en.demo.localhost:{server.port}/"]
            command += ["--state", str(folder / "state"), "--json"]
            running = subprocess.Popen(command, cwd=ROOT, env=environment(**more), stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(running.pid, 0)
            running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode:
            raise SystemExit(f"The crawl ended with {running.returncode}.")
        return counted(samples), usage.ru_utime + usage.ru_stime


def table(parts: Counter[str], total: float, pages: int) -> str:
    """The table in Markdown, in milliseconds for each page."""
    rows = [*((name, parts.get(name, 0.0)) for name, _ in PARTS), ("other", parts.get("other", 0.0))]
    rows.append((REST, total - sum(parts.values())))
    lines = [f"| {name} | {cpu * 1_000 / pages:.2f} | {cpu / total:.0%} |" for name, cpu in rows]
    head = [f"| part, {pages:,} pages | ms CPU per page | share |", "|---|--:|--:|"]
    return "\n".join([*head, *lines, f"| **all** | {total * 1_000 / pages:.2f} | 100% |"])


def main() -> None:
    """Sample one crawl, print and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2_000)
    given = parser.parse_args()
    made = table(*sampled_crawl(given.pages), given.pages)
    print(made)
    keep(ROOT, "parts", {**made_with(), "table": made})


if __name__ == "__main__":
    main()
