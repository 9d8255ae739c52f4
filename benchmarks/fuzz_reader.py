"""Mutated pages through the one door: `python -m benchmarks.fuzz_reader [100000] [SEED]`.

Nothing but the errors drawn in core/errors.py may come out, and no page may take a second of CPU. Prints what came out,
and the seeds of what should not have.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from workers.core.errors import WireroomError
from workers.sites.read import read_page

SLOW = 1.0


def main(count: int, seed: int) -> int:
    tests = Path(__file__).resolve().parents[1] / "tests"
    sys.path[:0] = [str(tests / "sites"), str(tests)]
    from test_mutated_pages import PAGES, URL, mutated  # type: ignore[import-not-found]

    outcomes: Counter[str] = Counter()
    worst, wrong = 0.0, 0
    for number in range(seed, seed + count):
        body = mutated(PAGES[number % len(PAGES)], number)
        started = time.process_time()
        try:
            read_page(body, URL).model_dump_json().encode()
            outcomes["article"] += 1
        except WireroomError as error:
            outcomes[error.reason] += 1
        except Exception as error:  # noqa: BLE001 - finding these is what this is for
            wrong += 1
            print(f"seed {number}: {error!r}")
        taken = time.process_time() - started
        worst = max(worst, taken)
        if taken > SLOW:
            wrong += 1
            print(f"seed {number}: {taken:.2f} s of CPU")
    print(f"{count:,} pages, {wrong} wrong, slowest {worst * 1000:.0f} ms: {dict(outcomes.most_common())}")
    return 1 if wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100_000, help="how many pages")
    parser.add_argument("seed", type=int, nargs="?", default=1, help="the first page's number")
    told = parser.parse_args()
    sys.exit(main(told.count, told.seed))
