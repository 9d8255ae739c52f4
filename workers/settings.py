"""Every knob of Wireroom, read once from the environment (`WIREROOM_…`) or from files.

A value may stand in a file that `WIREROOM_…_FILE` names, or in one of the folder that `WIREROOM_SECRETS_DIR` names.
Durations are in seconds, sizes in bytes. `wireroom doctor --settings` prints what is in force, secrets masked.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from workers.core.errors import BadInput
from workers.core.fitting import misfit
from workers.core.ledger_url import url_of_file
from workers.core.manners import robots_name
from workers.core.page import DEADLINE, MAX_BODY, MAX_REDIRECTS
from workers.core.work import MAX_ATTEMPTS, TURN_SECONDS

PROJECT_URL = "https://github.com/wireroom/wireroom"


class Settings(BaseSettings):
    """The settings of one process. Defaults are those of the embedded crawl."""

    model_config = SettingsConfigDict(env_prefix="WIREROOM_", extra="ignore", frozen=True, allow_inf_nan=False)

    # where things are
    state_dir: Path = Field(Path(".wireroom"), description="Folder of the embedded ledger and of run-time files.")
    ledger_url: str = Field("", description="postgresql://… or sqlite:///…; empty means SQLite in the state folder.")
    redis_url: str = Field(
        "redis://127.0.0.1:6379/0", description="Hand-off, seen-cache and events: redis://, rediss:// or unix://path."
    )
    broker_url: str = Field("", description="Any Celery broker; empty means the Redis of redis_url.")
    allow_open_redis: bool = Field(False, description="Accept a Redis without password on a non-loopback address.")

    # who we are, and manners
    user_agent: str = Field(f"wireroom/0.1 (+{PROJECT_URL})", description="Sent with every request; keep a contact.")
    allow_private: bool = Field(
        False, description="Allow loopback and private addresses to every host of the ledger (tests, intranets)."
    )
    private_hosts: str = Field(
        "", description="Hosts, with their ports and with commas between, that alone may have such addresses."
    )
    delay: float = Field(
        1.0, ge=0, le=3600, description="Least gap between two starts to one host; a site's own longer one holds."
    )

    # fetch
    fetch_open: int = Field(64, ge=1, le=1000, description="Open requests of one fetch loop over all its hosts.")
    fetch_hosts: int = Field(500, ge=1, le=10_000, description="Hosts that one fetch loop holds at most.")
    fetch_seconds: float = Field(
        30.0, gt=0, le=3600, description="A fetch loop ends after this and a new one is started."
    )
    fetch_deadline: float = Field(
        DEADLINE, gt=0, le=600, description="One exchange, name resolution and body included."
    )
    max_body: int = Field(MAX_BODY, ge=1024, le=256_000_000, description="Largest body, packed and unpacked.")
    max_redirects: int = Field(MAX_REDIRECTS, ge=0, le=20, description="Redirects that one request follows.")
    hold_seconds: float = Field(
        15.0, gt=1, le=600, description="How long a host is held before the hold must be renewed."
    )
    turn_seconds: float = Field(
        TURN_SECONDS, gt=0, le=3600, description="Work in a host's turn, in seconds of its delay."
    )
    max_transit: int = Field(
        400, ge=1, le=10_000_000, description="Pages between fetch and sink; above it fetch leases no more."
    )

    # the ledger
    lease_seconds: float = Field(
        45.0, gt=1, le=86_400, description="How long a URL may be on its way before it is handed out again."
    )
    max_attempts: int = Field(MAX_ATTEMPTS, ge=1, le=100, description="Attempts of one visit before the URL is parked.")
    max_depth: int = Field(
        200, ge=0, le=2_000_000_000, description="Links further than this from a start are not admitted."
    )
    site_limit: int = Field(
        1_000_000, ge=1, le=10**12, description="URLs of one site; what is refused beyond it, status tells."
    )
    pattern_limit: int = Field(200_000, ge=1, le=10**12, description="URLs of one site with the same path pattern.")

    # batches and the hand-off
    batch: int = Field(25, ge=1, le=100, description="Pages in one message.")
    handoff_ttl: int = Field(900, ge=30, le=604_800, description="Life of a page body in the hand-off.")
    seen_local: int = Field(20_000, ge=0, le=100_000_000, description="URLs that one process remembers as admitted.")
    seen_shared: int = Field(
        500_000, ge=0, le=10**9, description="URLs that Redis remembers as admitted, per generation."
    )

    # the timetable
    sweep_every: float = Field(5.0, gt=0, le=3600, description="How often leases that ran out are taken back.")
    nudge_every: float = Field(1.0, gt=0, le=3600, description="How often fetch is woken while hosts are ready.")
    revisit_every: float = Field(2.0, gt=0, le=3600, description="How often it is seen what is due again.")
    parse_seconds: int = Field(
        30, ge=2, le=3600, description="Hard limit of one parse batch; its process is ended after it."
    )
    process_memory: int = Field(
        1_024, ge=256, le=1_048_576, description="MB that one worker process may take; what asks for more fails."
    )

    # the console
    console_token: str = Field(
        "", description="What a reader of the console must show; needed where others than this machine reach it."
    )
    console_hosts: str = Field(
        "",
        description="Names of the console, with commas between; empty: any name, for anyone with the token.",
    )
    keep_days: float = Field(
        0.0, ge=0, le=3650, description="Days for which pages are kept as they were fetched, for the console; 0: none."
    )

    # health
    heartbeat: str = Field(
        "", description="File in which a worker or beat notes that it works; empty: none. See workers/health.py."
    )

    # metrics and traces
    metrics_listen: str = Field(
        "", description="Where a worker serves /metrics: host:port or unix:/path; empty: nowhere."
    )
    disks: str = Field(
        "", description="Folders, with a : between them, whose disks the metrics tell of; empty: the state folder."
    )
    traces: float = Field(
        0.0,
        ge=0,
        le=1,
        description="Share of all pages whose way is sent as an OpenTelemetry trace; needs wireroom[otel].",
    )

    # logs
    log_format: str = Field("text", pattern="^(text|json)$", description="text, or json with a line for each event.")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR.")

    @field_validator("user_agent")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if not value.strip() or any(ord(c) < 32 or ord(c) > 126 for c in value):
            raise ValueError("must be one line of printable ASCII")
        if not robots_name(value):
            raise ValueError(
                "it has no name by which a robots.txt can mean us. Begin it with one of letters, - and _, as in "
                "NewsBot/1.0 (+https://example.org/bot), or put it after Mozilla/5.0 (compatible; "
            )
        return value

    @field_validator("console_token")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and (len(value) < 16 or not value.isascii() or not value.isprintable() or " " in value):
            raise ValueError("must be at least 16 printable ASCII characters without spaces")
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Settings:
        if found := misfit(self):
            raise ValueError(found)
        return self

    @property
    def ledger(self) -> str:
        """The ledger's URL, with the embedded default filled in."""
        return self.ledger_url or self.own_ledger(self.state_dir)

    @staticmethod
    def own_ledger(folder: Path) -> str:
        """The URL of a state folder's own ledger."""
        return url_of_file(folder / "ledger.db")

    @property
    def private(self) -> frozenset[str]:
        """The hosts of private_hosts."""
        return frozenset(filter(None, (host.strip().lower() for host in self.private_hosts.split(","))))

    def with_private(self, hosts: Iterable[str]) -> Settings:
        """The same, with these hosts too among the private ones."""
        return self.model_copy(update={"private_hosts": ",".join(sorted({*self.private, *hosts}))})

    @property
    def timetable(self) -> dict[str, float]:
        """The tasks that beat sends, and how often, in seconds."""
        return {"sweep": self.sweep_every, "revisit": self.revisit_every, "nudge": self.nudge_every}

    @property
    def celery_broker(self) -> str:
        """The broker as Celery writes it; redis-py's `unix:///path` becomes `redis+socket:///path`."""
        url = self.broker_url or self.redis_url
        if url.startswith("unix://"):
            path, _, query = url.removeprefix("unix://").partition("?")
            db = next((part[3:] for part in query.split("&") if part.startswith("db=")), "0")
            return f"redis+socket://{path}?virtual_host={db}"
        return url


def load(**overrides: object) -> Settings:
    """Read the settings; a bad value is a BadInput that names the variable, not a traceback."""
    try:
        folder = os.environ.get("WIREROOM_SECRETS_DIR") or None
        return Settings(_secrets_dir=folder, **{**read_files(os.environ), **overrides})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(("WIREROOM", *(str(part) for part in first["loc"]))).upper()
        which = f"The setting {name}" if first["loc"] else "A setting"
        raise BadInput(f"{which} cannot be used: {first['msg'].removeprefix('Value error, ')}.") from None


def read_files(environment: Mapping[str, str]) -> dict[str, str]:
    """The settings that `WIREROOM_…_FILE` variables lead to; BadInput when a setting is given in two ways."""
    secrets = dict(_secrets(environment.get("WIREROOM_SECRETS_DIR")))
    files = {name: path for name in Settings.model_fields if (path := environment.get(f"{variable(name)}_FILE"))}
    for name in Settings.model_fields:
        ways = [variable(name)] if variable(name) in environment else []
        ways += [f"{variable(name)}_FILE"] if name in files else []
        ways += [f"the file {secrets[name]}"] if name in secrets else []
        if len(ways) > 1:
            raise BadInput(f"The setting {variable(name)} is given twice: by {' and by '.join(ways)}. Keep one.")
    return {name: _content(f"{variable(name)}_FILE", path) for name, path in files.items()}


def for_children(knobs: Settings) -> dict[str, str]:
    """What a child process needs to have the same settings: variables only, and whatever named a file is empty."""
    names_a_file = [name for name in os.environ if re.fullmatch(r"WIREROOM_(\w+_FILE|SECRETS_DIR)", name)]
    given = {variable(name): str(getattr(knobs, name)) for name in knobs.model_fields_set}
    return dict.fromkeys(names_a_file, "") | given


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"WIREROOM_{name.upper()}"


def _secrets(folder: str | None) -> Iterator[tuple[str, Path]]:
    """Settings whose values lie in the secrets folder, each with its file."""
    if not folder:
        return
    try:
        files = sorted(Path(folder).iterdir())
    except OSError as error:
        raise BadInput(f"WIREROOM_SECRETS_DIR names {folder}, which cannot be read: {error.strerror}.") from None
    for file in files:
        name = file.name.lower().removeprefix("wireroom_")
        if name in Settings.model_fields and file.name.lower().startswith("wireroom_"):
            yield name, file


def _content(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise BadInput(f"{name} names {path}, which cannot be read: {why}.") from None


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return load()
