"""How well and how quickly articles are read, beside trafilatura: `make extraction [ARGS="--careful --limit 200"]`.

Pages: the project's own test pages always, and the folder of saved pages with gold answers where it is present (in
WIREROOM_SHARED, else `../shared` beside the checkout). Both libraries read the same bytes in the same run, in turns.
Differences are ours minus trafilatura's, with a 95 % interval of 1,000 paired bootstrap samples over the pages.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from workers.cli.read import as_data
from workers.core.errors import WireroomError
from workers.garbage import look_rarely
from workers.sites.read import read_anyway

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("WIREROOM_SHARED") or ROOT.parent / "shared") / "articles"
SAMPLES = 1_000
BODY_MEASURE = {"press": "shingle", "mixed": "word", "web": "snippet", "own": "word"}

Row = dict[str, Any]
Reader = Callable[[bytes, str], Row]


@dataclass(frozen=True)
class Case:
    """One page with its gold answer."""

    gold: Row
    body: bytes

    @property
    def held_out(self) -> bool:
        """A third of the publishers, picked by their name, that rules are never made from."""
        host = ".".join((urlsplit(self.gold.get("url") or "").hostname or self.gold["file"]).split(".")[-2:])
        return int(hashlib.md5(host.encode(), usedforsecurity=False).hexdigest(), 16) % 3 == 0


def shared_cases() -> Iterator[Case]:
    """The saved pages, or nothing where the folder is missing."""
    if (SHARED / "gold.jsonl").exists():
        for line in filter(None, (SHARED / "gold.jsonl").read_text("utf-8").split("\n")):
            gold = json.loads(line)
            yield Case(gold, gzip.decompress((SHARED / "pages" / gold["file"]).read_bytes()))


def own_cases() -> Iterator[Case]:
    """The pages that the project wrote for its tests."""
    sys.path.insert(0, str(ROOT / "tests" / "sites"))
    from news_pages import MARKUPS, NEWS  # type: ignore[import-not-found]

    for news in NEWS:
        for markup in MARKUPS:
            gold = {
                "file": f"own-{news.language}-{markup.__name__}",
                "set": "own",
                "url": "https://courier.example/story-1",
            }
            gold |= {"headline": news.headline, "authors": [news.author], "published": news.date}
            yield Case(gold | {"body": "\n".join(news.paragraphs)}, markup(news).encode())


def ours(careful: bool) -> Reader:
    """Our reader, what is found on a page that is no whole article included; another drawn error is an empty answer."""

    def read(body: bytes, url: str) -> Row:
        try:
            return as_data(read_anyway(body, url, careful=careful)[0])
        except WireroomError as error:
            return {"reason": error.reason}

    return read


def trafilatura(body: bytes, url: str) -> Row:
    """trafilatura with metadata, as it comes."""
    from trafilatura import bare_extraction

    found = bare_extraction(body, url=url or None, with_metadata=True, include_comments=False)
    if not found:
        return {}
    authors = found.author.split("; ") if found.author else []
    return {"headline": found.title, "authors": authors, "published": found.date, "body": found.text}


def measured(reader: Reader, case: Case) -> Row:
    """The reader's answer with the CPU time that it took; a crash is an answer too."""
    started = time.process_time()
    try:
        row = reader(case.body, case.gold.get("url") or "")
    except Exception as error:  # noqa: BLE001 - the benchmark counts crashes
        row = {"crash": repr(error)}
    return row | {"file": case.gold["file"], "cpu_ms": (time.process_time() - started) * 1_000}


def load_score() -> ModuleType | None:
    """The scorer that lies with the saved pages, or None."""
    path = SHARED / "score.py"
    spec = importlib.util.spec_from_file_location("score", path) if path.exists() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def interval(score: ModuleType, cases: list[Case], mine: dict[str, Row], theirs: dict[str, Row], key: str) -> str:
    """The 95 % interval of the difference, resampling pages; the dice are the same in each run."""
    dice = random.Random(0)
    golds = [case.gold for case in cases]
    if key != "snippet":
        pairs = [(_page(score, gold, mine, key), _page(score, gold, theirs, key)) for gold in golds]
        differences = sorted(
            statistics.fmean(a - b for a, b in dice.choices(pairs, k=len(pairs))) for _ in range(SAMPLES)
        )
    else:
        counted = [(_snippets(score, gold, mine), _snippets(score, gold, theirs)) for gold in golds]
        differences = sorted(_snippet_difference(dice.choices(counted, k=len(counted))) for _ in range(SAMPLES))
    return f"{differences[SAMPLES // 40]:+.4f} … {differences[-SAMPLES // 40]:+.4f}"


def _page(score: ModuleType, gold: Row, found: dict[str, Row], key: str) -> float:
    return float(score.score([gold], {gold["file"]: found[gold["file"]]}).get(key, 0.0))


def _snippets(score: ModuleType, gold: Row, found: dict[str, Row]) -> tuple[int, int]:
    """Snippets found rightly, and twice that plus the wrong and the missed ones."""
    text = " ".join((found[gold["file"]].get("body") or "").split())
    hit = sum(" ".join(snippet.split()) in text for snippet in gold["must"])
    wrong = sum(" ".join(snippet.split()) in text for snippet in gold["must_not"])
    return 2 * hit, hit + len(gold["must"]) + wrong


def _snippet_difference(rows: list[tuple[tuple[int, int], tuple[int, int]]]) -> float:
    mine, theirs = ([sum(part) for part in zip(*side, strict=True)] for side in zip(*rows, strict=True))
    return mine[0] / (mine[1] or 1) - theirs[0] / (theirs[1] or 1)


def report(score: ModuleType, cases: list[Case], results: dict[str, dict[str, Row]]) -> None:
    """One line for each set, part and reader, and the difference of the body's measure."""
    for name in sorted({case.gold["set"] for case in cases}):
        for part in ("all", "dev", "held-out"):
            chosen = [
                c for c in cases if c.gold["set"] == name and part in ("all", "held-out" if c.held_out else "dev")
            ]
            if not chosen or (name == "own" and part != "all"):
                continue
            for reader, found in results.items():
                row = score.score([case.gold for case in chosen], found)
                crashes = sum("crash" in found[case.gold["file"]] for case in chosen)
                figures = " ".join(f"{k}={v:.4f}" if isinstance(v, float) else f"{k}={v}" for k, v in row.items())
                print(f"{name:6} {part:9} {reader:12} {figures} crashes={crashes}", flush=True)
            key = BODY_MEASURE[name]
            for reader in [reader for reader in results if reader != "trafilatura" and "trafilatura" in results]:
                between = interval(score, chosen, results[reader], results["trafilatura"], key)
                print(f"{name:6} {part:9} {reader} - trafilatura: {key} {between}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--careful", action="store_true", help="measure careful reading too")
    parser.add_argument("--alone", action="store_true", help="without trafilatura")
    parser.add_argument("--limit", type=int, default=0, help="at most this many of the saved pages, picked evenly")
    options = parser.parse_args()
    saved = list(shared_cases())
    cases = [*own_cases(), *(saved[:: max(1, len(saved) // options.limit)] if options.limit else saved)]
    readers: dict[str, Reader] = {"fast": ours(careful=False)}
    readers |= {"careful": ours(careful=True)} if options.careful else {}
    readers |= {} if options.alone else {"trafilatura": trafilatura}
    look_rarely()  # as every process that reads pages does; it favours both
    results: dict[str, dict[str, Row]] = {name: {} for name in readers}
    for case in cases:
        for name, reader in readers.items():
            results[name][case.gold["file"]] = measured(reader, case)
    score = load_score()
    if score is None:
        print(f"The saved pages are not at {SHARED}: only the project's own pages were read.")
        _plain_report(cases, results)
    else:
        report(score, cases, results)


def _plain_report(cases: list[Case], results: dict[str, dict[str, Row]]) -> None:
    for name, found in results.items():
        exact = sum((found[c.gold["file"]].get("body") or "").split() == c.gold["body"].split() for c in cases)
        titles = sum(found[c.gold["file"]].get("headline") == c.gold["headline"] for c in cases)
        cpu = statistics.median(row["cpu_ms"] for row in found.values())
        print(f"{name:12} {len(cases)} pages: {exact} bodies exact, {titles} headlines exact, {cpu:.2f} ms CPU median")


if __name__ == "__main__":
    main()
