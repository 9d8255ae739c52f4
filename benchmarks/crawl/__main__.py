"""The whole crawl beside its peers: `make bench [ARGS="--quick"]`.

Runs every contender on the same pages, in turns, and writes the figures to benchmarks/results/crawl.json and the table
to benchmarks/RESULTS.md. `--quick` is for development: 500 pages, Wireroom and the bare loop, nothing written.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.crawl.contenders import ROOT, Contender, contenders
from benchmarks.crawl.newspages import write_site
from benchmarks.crawl.report import Figures, save, table, write_results
from benchmarks.crawl.server import serving

PEERS = ROOT / ".venv" / "peers"
QUICK = ("wireroom", "bare_loop")


def peers_environment() -> Path:
    """The Python of the peers' environment, made from its own lock where it is missing or another one's."""
    lock, made = ROOT / "benchmarks" / "peers" / "requirements.lock", PEERS / "made-from"
    if not made.exists() or made.read_bytes() != lock.read_bytes():
        uv = str(Path(sys.executable).parent / "uv")
        subprocess.run([uv, "venv", "--quiet", "--clear", str(PEERS)], check=True)
        python = str(PEERS / "bin" / "python")
        command = [
            uv,
            "pip",
            "install",
            "--quiet",
            "--compile-bytecode",
            "--python",
            python,
            "--require-hashes",
            "-r",
            str(lock),
        ]
        subprocess.run(command, check=True)
        made.write_bytes(lock.read_bytes())
    return PEERS


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="500 pages, Wireroom and the bare loop; writes nothing")
    parser.add_argument("--pages", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="", help="names of contenders, separated by commas; writes nothing")
    parser.add_argument("--render", action="store_true", help="only write RESULTS.md anew from the saved figures")
    given = parser.parse_args()
    if given.render:
        write_results(ROOT)
        return
    peers = peers_environment()
    names = QUICK if given.quick else tuple(filter(None, given.only.split(",")))
    pages, runs = (500, 1) if given.quick else (given.pages, given.runs)
    chosen = [each for each in contenders(peers / "bin" / "python") if not names or each.name in names]
    for figures in compete(chosen, pages, runs, peers):
        print(table(figures, pages), flush=True)
        if not names:
            save(ROOT, figures, pages, peers)
            write_results(ROOT)


def compete(chosen: list[Contender], pages: int, runs: int, peers: Path) -> Iterator[list[Figures]]:
    """Every contender once, then every one again, so that a busy minute of the machine hits all; after each round."""
    figures = {each.name: Figures(each.name, each.title) for each in chosen}
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        work.chmod(0o755)  # nginx reads as another user when root starts it
        server = stack.enter_context(serving(write_site(work, pages), peers))
        for number in range(1, runs + 1):
            for each in chosen:
                before, so_far = server.cpu(), figures[each.name]
                so_far.add(each.run(server.port, pages, work), pages, server.cpu() - before, server.name)
                said = f"{so_far.cpu[-1]:6.2f} CPU s/1000  {so_far.rate[-1]:6.0f} pages/s  {so_far.memory[-1]:5.0f} MB"
                print(f"run {number}: {each.name:18} {said}", flush=True)
            yield list(figures.values())


if __name__ == "__main__":
    main()
