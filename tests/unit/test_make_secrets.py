"""The passwords of the stack: drawn once, kept, renewed on demand, and the same on both sides."""

from __future__ import annotations

import importlib.util
import stat
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

from workers.settings import load

SCRIPT = Path(__file__).resolve().parents[2] / "deploy/make_secrets.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_secrets", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def contents(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_each_server_has_a_password_that_the_workers_know(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script.main([str(tmp_path)])
    found = contents(tmp_path)
    monkeypatch.setenv("WIREROOM_SECRETS_DIR", str(tmp_path / "wireroom"))
    knobs = load()
    assert urlsplit(knobs.redis_url).password == found["redis/password"]
    assert urlsplit(knobs.ledger_url).password == found["postgres/password"]
    assert found["redis/redis.conf"] == f"requirepass {found['redis/password']}\n"
    assert len({found["redis/password"], found["postgres/password"]}) == 2
    assert min(len(found["redis/password"]), len(found["postgres/password"])) == 64
    assert len(found) == 10
    assert found["console/wireroom_redis_url"] == found["wireroom/wireroom_redis_url"]
    assert found["console/wireroom_ledger_url"] == found["wireroom/wireroom_ledger_url"]


def test_prometheus_knows_the_token_of_the_console(script: ModuleType, tmp_path: Path) -> None:
    script.main([str(tmp_path)])
    token = contents(tmp_path)["console/wireroom_console_token"]
    assert contents(tmp_path)["prometheus/console_token"] == token
    script.main([str(tmp_path), "--renew", "console"])
    renewed = contents(tmp_path)
    assert token != renewed["console/wireroom_console_token"] == renewed["prometheus/console_token"]


def test_no_part_sees_the_password_of_another(script: ModuleType, tmp_path: Path) -> None:
    script.main([str(tmp_path)])
    found = contents(tmp_path)
    assert not any(found["postgres/password"] in text for name, text in found.items() if name.startswith("redis/"))
    assert not any(found["redis/password"] in text for name, text in found.items() if name.startswith("postgres/"))
    drawn = {name: found[file] for name, file in script.KEPT_IN.items()}
    assert len(set(drawn.values())) == 4
    seen = {
        reader: {name for name, secret in drawn.items() if any(secret in found[file] for file in of)}
        for reader in ("prometheus", "grafana", "wireroom")
        if (of := [file for file in found if file.startswith(f"{reader}/")])
    }
    assert seen == {"prometheus": {"console"}, "grafana": {"grafana"}, "wireroom": {"redis", "postgres"}}


def test_a_later_start_changes_nothing(script: ModuleType, tmp_path: Path) -> None:
    script.main([str(tmp_path)])
    before = {file: (file.read_text(), file.stat().st_mtime_ns) for file in tmp_path.rglob("*") if file.is_file()}
    script.main([str(tmp_path)])
    assert {f: (f.read_text(), f.stat().st_mtime_ns) for f in tmp_path.rglob("*") if f.is_file()} == before


def test_a_start_that_was_cut_short_is_completed(script: ModuleType, tmp_path: Path) -> None:
    script.main([str(tmp_path)])
    before = contents(tmp_path)
    (tmp_path / "wireroom/wireroom_ledger_url").unlink()
    (tmp_path / "redis/redis.conf").unlink()
    script.main([str(tmp_path)])
    assert contents(tmp_path) == before


def test_a_renewed_password_leaves_the_other_server_alone(script: ModuleType, tmp_path: Path) -> None:
    script.main([str(tmp_path)])
    before = contents(tmp_path)
    script.main([str(tmp_path), "--renew", "redis"])
    changed = {name for name, text in contents(tmp_path).items() if before[name] != text}
    urls = {"wireroom/wireroom_redis_url", "console/wireroom_redis_url"}
    assert changed == {"redis/password", "redis/redis.conf"} | urls


def test_the_users_of_other_images_can_read_and_nobody_can_write(script: ModuleType, tmp_path: Path) -> None:
    script.main([str(tmp_path)])
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.rglob("*") if file.is_file()} == {0o444}
