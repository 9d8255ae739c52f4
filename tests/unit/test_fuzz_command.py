"""The fuzzer that benchmarks/ has is a command, and reads the pages of the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_fuzzer_runs_as_its_documents_say() -> None:
    command = [sys.executable, "-m", "benchmarks.fuzz_reader", "20"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout.startswith("20 pages, 0 wrong"), done.stdout + done.stderr
