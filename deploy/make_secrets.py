"""Makes the passwords of the compose stack: what is there stays, what is missing is drawn.

    python deploy/make_secrets.py FOLDER                    the first time, and at each start
    python deploy/make_secrets.py FOLDER --renew redis      another password (deploy/README.md says what follows)

FOLDER has a folder, each a volume of its own, for each part of the stack, so that none sees more than it needs:

    redis/password, redis/redis.conf            for the server and its health check
    postgres/password                           for the server
    wireroom/wireroom_redis_url, …_ledger_url   for the workers (WIREROOM_SECRETS_DIR)
    console/                                    the same for the console, and wireroom_console_token
    prometheus/console_token                    with which Prometheus reads the console's figures
    grafana/password                            of its user admin, who may make others

The files can be read by every user of a container that has the volume, since the images' users have different ids.
"""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Sequence
from pathlib import Path

SERVERS = ("redis", "postgres", "console", "grafana")
KEPT_IN = {
    "redis": "redis/password",
    "postgres": "postgres/password",
    "console": "console/wireroom_console_token",
    "grafana": "grafana/password",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--renew", choices=SERVERS, help="draw a new password for this server")
    parser.add_argument("--redis", default="redis:6379", help="where the workers find it [%(default)s]")
    parser.add_argument("--postgres", default="postgres:5432", help="where the workers find it [%(default)s]")
    given = parser.parse_args(arguments)
    make(given.folder, given.redis, given.postgres, given.renew)


def make(folder: Path, redis_at: str, postgres_at: str, renew: str | None = None) -> None:
    """Bring every file to what the passwords say."""
    redis, postgres, console, _ = (password(folder / KEPT_IN[name], renew=name == renew) for name in SERVERS)
    write(folder / "redis/redis.conf", f"requirepass {redis}\n")
    for reader in ("wireroom", "console"):
        write(folder / reader / "wireroom_redis_url", f"redis://:{redis}@{redis_at}/0\n")
        write(folder / reader / "wireroom_ledger_url", f"postgresql://wireroom:{postgres}@{postgres_at}/wireroom\n")
    write(folder / "prometheus/console_token", console)


def password(file: Path, *, renew: bool) -> str:
    """The password in the file; a new one of 256 bits, safe in URLs and configuration files, where there is none."""
    if renew or not file.exists():
        write(file, secrets.token_hex(32))
    return file.read_text("ascii").strip()


def write(file: Path, text: str) -> None:
    """Write the whole file or nothing of it; one that says the same is left alone."""
    if file.exists() and file.read_text("utf-8") == text:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.new")
    new.write_text(text, "utf-8")
    new.chmod(0o444)
    new.replace(file)


if __name__ == "__main__":
    main()
