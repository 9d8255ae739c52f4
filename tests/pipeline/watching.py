"""A real Prometheus over real workers: the stack's own configuration and alerts, with the addresses of this machine."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from ruamel.yaml import YAML
from stack import ROOT

FOLDER = ROOT / "deploy/prometheus"


def program(name: str) -> str:
    """The program, or a skip that names it."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed (Debian: apt-get install prometheus)")
    return found


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Prometheus:
    """One server that scrapes every second. `targets` are addresses by compose service."""

    def __init__(self, folder: Path, targets: Mapping[str, str]) -> None:
        self._program = program("prometheus")
        self.folder = folder
        self.port = free_port()
        self._configure(targets)
        self._process: subprocess.Popen[bytes] | None = None

    def _configure(self, targets: Mapping[str, str]) -> None:
        yaml = YAML(typ="safe")
        config: dict[str, Any] = yaml.load((FOLDER / "prometheus.yml").read_text("utf-8"))
        config["global"] = dict.fromkeys(("scrape_interval", "scrape_timeout", "evaluation_interval"), "1s")
        config["rule_files"] = [str(FOLDER / "alerts.yml")]
        jobs = {job["job_name"]: job for job in config["scrape_configs"]}
        console, workers = jobs["wireroom-console"], jobs["wireroom-workers"]
        (self.folder / "token").write_text("a token that nobody asks for")
        console["authorization"]["credentials_file"] = str(self.folder / "token")
        console["static_configs"] = [{"targets": [targets["console"]]}]
        [by_name] = workers.pop("dns_sd_configs")
        workers["static_configs"] = [
            {"targets": [targets[name]], "labels": {"__meta_dns_name": name}} for name in by_name["names"]
        ]
        config["scrape_configs"] = [console, workers]
        with (self.folder / "prometheus.yml").open("w") as file:
            yaml.dump(config, file)

    def start(self) -> None:
        command = [
            *(self._program, f"--config.file={self.folder / 'prometheus.yml'}"),
            *(f"--storage.tsdb.path={self.folder / 'data'}", f"--web.listen-address=127.0.0.1:{self.port}"),
        ]
        with (self.folder / "prometheus.log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        give_up = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < give_up, (self.folder / "prometheus.log").read_text()
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/-/ready", timeout=5) as answer:
                return answer.status == 200
        except (URLError, OSError):
            return False

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)

    def ask(self, path: str, **values: object) -> Any:
        with urlopen(f"http://127.0.0.1:{self.port}/api/v1/{path}?{urlencode(values)}", timeout=30) as answer:
            return json.load(answer)["data"]

    def now(self, expr: str) -> list[Any]:
        """The answer of this moment."""
        found: list[Any] = self.ask("query", query=expr)["result"]
        return found

    def since(self, begun: float, expr: str) -> list[Any]:
        """The answers of each second since then, as a panel draws them."""
        found: list[Any] = self.ask("query_range", query=expr, start=begun, end=time.time(), step=1)["result"]
        return found
