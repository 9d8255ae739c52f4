"""The server of the local news site: nginx where it is installed, else granian from the peers' environment."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crawl.accounts import cpu_of_tree

_NGINX = """
worker_processes 1;
worker_rlimit_nofile 16384;
daemon off;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  types {{ text/plain txt; application/rss+xml rss; }}
  default_type text/html;
  charset utf-8;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  keepalive_timeout 60;
  open_file_cache max=6000 inactive=600s;
  open_file_cache_valid 600s;
  client_body_temp_path {work}/body;
  proxy_temp_path {work}/proxy;
  fastcgi_temp_path {work}/fastcgi;
  uwsgi_temp_path {work}/uwsgi;
  scgi_temp_path {work}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {root};
    index index.html;
    gzip_static always;
    location = / {{ rewrite ^ /index.html break; }}
  }}
  server {{
    listen 127.0.0.1:{port};
    server_name uk.demo.localhost ru.demo.localhost;
    return 404;
  }}
}}
"""


@dataclass(frozen=True)
class Served:
    """A running server: where it listens, what it is, and the id of its first process."""

    port: int
    name: str
    pid: int

    def cpu(self) -> float:
        """CPU seconds that it has used so far."""
        return cpu_of_tree(self.pid)


@contextmanager
def serving(root: Path, peers: Path) -> Iterator[Served]:
    """Serve the packed files below `root` on loopback until the block ends."""
    with tempfile.TemporaryDirectory(prefix="bench-server-") as work:
        port = _free_port()
        nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")
        if nginx:
            config = Path(work) / "nginx.conf"
            config.write_text(_NGINX.format(work=work, root=root, port=port))
            command, name = [nginx, "-c", str(config), "-e", f"{work}/error.log"], _version(nginx)
        else:
            command = [str(peers / "bin" / "python"), "-m", "granian", "--interface", "rsgi", "--port", str(port)]
            command += ["--no-ws", "--log-level", "error", "benchmarks.peers.files:app"]
            name = "granian"
        with subprocess.Popen(command, env={"SITE_ROOT": str(root), "PATH": "/usr/bin:/bin"}) as server:
            try:
                _wait_for(port)
                yield Served(port, name, server.pid)
            finally:
                server.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    give_up = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.02)


def _version(nginx: str) -> str:
    said = subprocess.run([nginx, "-v"], capture_output=True, text=True, check=True).stderr
    return said.strip().rpartition(" ")[2]
