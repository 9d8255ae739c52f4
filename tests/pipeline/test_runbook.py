"""What deploy/README.md tells people to type: it names what exists, and what it does to the database is done here."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from postgres import Postgres, programs
from ruamel.yaml import YAML
from stack import ROOT, services
from test_readme import parses
from test_stack_by_hand import with_password

from workers.core.errors import BadInput
from workers.ledger import Ledger

README = (ROOT / "deploy/README.md").read_text("utf-8")
TABLE = "\n".join(line for line in README.splitlines() if line.startswith("| `Wireroom"))
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.M | re.S)
LINES = [line for block in BLOCKS for line in block.splitlines()]
# Options of `docker compose` and of its commands that take a word.
TAKES_A_WORD = {"--profile", "--scale", "--since"}


def words_of(line: str) -> list[str]:
    """The words after `docker compose`, without options."""
    words, found = iter(shlex.split(line.partition(" < ")[0].partition(" > ")[0])), []
    for word in words:
        if word in TAKES_A_WORD:
            next(words)
        elif not word.startswith("-") and "=" not in word:
            found.append(word)
        if len(found) > 3 and found[2] in ("exec", "run"):
            return [*found, *words]
    return found


@pytest.mark.parametrize("line", [line for line in LINES if "docker compose" in line])
def test_a_line_names_services_that_exist(line: str) -> None:
    [docker, compose, command, *rest] = words_of(line)
    assert (docker, compose) == ("docker", "compose")
    named = rest[:1] if command in ("exec", "run") else rest
    assert set(named) <= services().keys()
    if rest[1:2] == ["wireroom"]:
        assert parses(shlex.join(rest[1:]))


def test_there_is_nothing_else_in_the_shell_blocks() -> None:
    assert [line for line in LINES if "docker compose" not in line] == ["make demo-stack"]


@pytest.mark.parametrize("scaled", re.findall(r"--scale (\w+)=", "\n".join(LINES)))
def test_what_is_scaled_exists(scaled: str) -> None:
    assert scaled in services()


def test_every_alert_is_explained_and_no_other() -> None:
    rules = YAML(typ="safe").load((ROOT / "deploy/prometheus/alerts.yml").read_text("utf-8"))
    alerts = [rule["alert"] for group in rules["groups"] for rule in group["rules"]]
    explained = re.findall(r"^\| `(Wireroom\w+)` \| [^|]+ \| [^|]+ \|$", README, re.M)
    assert sorted(explained) == sorted(alerts)


@pytest.mark.parametrize("line", sorted(set(re.findall(r"`(wireroom [^`]+)`", TABLE))))
def test_what_an_alert_asks_to_type_is_understood(line: str) -> None:
    assert parses(line)


@pytest.mark.parametrize("line", sorted(set(re.findall(r"`(docker compose [^`]+)`", TABLE))))
def test_what_an_alert_asks_of_compose_names_services_that_exist(line: str) -> None:
    [_, _, command, *rest] = words_of(line)
    assert set(rest[:1] if command == "exec" else rest) <= services().keys()
    assert rest[1:2] != ["wireroom"] or parses(shlex.join(rest[1:]))


def test_a_page_of_the_web_is_looked_at_where_the_web_can_be_reached() -> None:
    asked = re.findall(r"`([^`]*wireroom site check [^`]+)`", TABLE)
    assert asked
    assert all("outside" in services()[words_of(line)[3]]["networks"] for line in asked)


def in_the_server(server: Postgres, line: str, given: bytes = b"") -> bytes:
    """Run a line of the runbook that begins with `docker compose exec -T postgres`, as the wheel's programs do it."""
    found = programs()
    assert found is not None
    [program, *arguments] = shlex.split(line.partition("postgres ")[2].partition(" < ")[0].partition(" > ")[0])
    # In the image the user of the socket is trusted; here that is the server's own.
    command = [str(found / program), "--host", str(server.folder), *arguments]
    command[command.index("-U") + 1] = "postgres"
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def the_line(program: str) -> str:
    [line] = [line for line in LINES if f"-T postgres {program} " in line]
    return line


def test_a_backup_can_be_restored_over_what_came_after(own_postgres: Postgres) -> None:
    url = with_password(own_postgres, "first")
    ledger = Ledger.open(url, migrate=True)
    ledger.put_site("kept", "", ["kept.test"])
    dump = in_the_server(own_postgres, the_line("pg_dump"))
    ledger.put_site("later", "", ["later.test"])
    ledger.close()
    in_the_server(own_postgres, the_line("pg_restore"), dump)
    again = Ledger.open(url)
    assert [site.name for site in again.sites()] == ["kept"]
    again.close()


def test_a_renewed_password_is_the_only_one_that_opens_the_ledger(own_postgres: Postgres, tmp_path: Path) -> None:
    old, new = with_password(own_postgres, "first"), 'it\'s "new"'
    Ledger.open(old, migrate=True).close()
    file = tmp_path / "password"
    file.write_text(f"{new}\n")
    script = (ROOT / "deploy/password.sql").read_text("utf-8").replace("/run/secrets/password", str(file))
    in_the_server(own_postgres, the_line("psql"), script.encode())
    with pytest.raises(BadInput, match="authentication failed"):
        Ledger.open(old)
    Ledger.open(old.replace(":first@", f":{quote(new)}@")).close()
