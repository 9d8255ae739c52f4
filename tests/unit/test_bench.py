"""The benchmark's site is the same each time, and every page of it can be reached from its front page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

from benchmarks.crawl.accounts import cpu_of_tree, measured
from benchmarks.crawl.contenders import ROOT
from benchmarks.crawl.newspages import FIRST_ID, headline_of, neighbours, page, path_of
from benchmarks.crawl.parts import PARTS
from benchmarks.crawl.picture import bars
from benchmarks.crawl.report import Figures, table
from workers.sites.known import by_name
from workers.sites.read import read_page


def test_every_page_is_reachable_from_the_first() -> None:
    found, waiting = {0}, [0]
    while waiting:
        new = {page for shown in neighbours(waiting.pop(), 500).values() for page in shown} - found
        found |= new
        waiting += new
    assert len(found) == 500


def test_a_page_is_as_large_as_a_real_one_and_read_by_the_profile() -> None:
    model = by_name("interfax-ukraine")
    assert model is not None
    site = model.replace(hosts=("news.test",), aliases=(), scheme="http")
    text = page(7, 500)
    assert 40_000 < len(text) < 55_000
    article = read_page(text.encode(), f"http://news.test{path_of(7)}", site=site)
    assert (article.key, article.headline) == (f"id:{FIRST_ID + 7}", headline_of(7))
    boxes = [link.label.value for link in article.links]
    assert [boxes.count(label) for label in ("more_about", "hot_news", "latest")] == [10, 5, 10]


def test_the_cpu_of_a_command_is_counted_with_that_of_its_children(tmp_path) -> None:  # type: ignore[no-untyped-def]
    burn = "import time; e = time.process_time() + 0.15\nwhile time.process_time() < e: pass"
    family = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}], check=True)"
    cost = measured([sys.executable, "-c", family], cwd=tmp_path, env=os.environ, log=tmp_path / "said")
    assert 0.13 <= cost.cpu < 2
    with subprocess.Popen([sys.executable, "-c", f"{burn}\ninput()"], stdin=subprocess.PIPE) as service:
        # The kernel counts in hundredths: what a process knows of itself may be more than that says.
        give_up = time.monotonic() + 20
        while cpu_of_tree(service.pid) < 0.1 and time.monotonic() < give_up:
            time.sleep(0.01)
        assert cpu_of_tree(service.pid) >= 0.1
        service.communicate(b"\n")


def test_the_table_shows_medians_ranges_and_ratios() -> None:
    ours = Figures("wireroom", "Wireroom", [2.0, 1.0, 3.0], [10.0] * 3, [100.0] * 3, [{"valkey": 0.5}] * 3)
    theirs = Figures("scrapy", "Scrapy", [8.0, 9.0, 7.0], [10.0] * 3, [100.0] * 3, [{}] * 3)
    assert "| Wireroom | 2.00 (1.00–3.00) | 0.50 |" in table([ours, theirs], 500)
    assert table([ours, theirs], 500).endswith("| 4.00 |")
    assert ">8.00<" in bars("CPU", [("Wireroom", 2.0), ("Scrapy", 8.0)])


def test_the_files_by_which_parts_of_the_cost_are_told_are_there() -> None:
    """One that was moved would be counted with another part, or with none."""
    named = {name for _, sign in PARTS for name in re.findall(r"(?<![\w/)])(?:[a-z_]+/)+[a-z_]+(?=\\\.py)", sign)}
    assert {"sites/page/guard", "cli/crawl"} <= named
    assert [name for name in named if not (ROOT / "workers" / f"{name}.py").exists()] == []
