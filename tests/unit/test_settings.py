"""Where a setting may come from: the environment, a file that a variable names, a folder of secrets; never two."""

from __future__ import annotations

from pathlib import Path

import pytest

from workers.core.errors import BadInput
from workers.settings import Settings, for_children, load

URL = "redis://:s3cret@127.0.0.1:6379/0"


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"WIREROOM_{name.upper()}", raising=False)
    monkeypatch.delenv("WIREROOM_SECRETS_DIR", raising=False)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_can_be_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    default = Settings.model_fields[name].default
    file = tmp_path / "value"
    file.write_text(f"{str(default).lower() if isinstance(default, bool) else default}\n")
    monkeypatch.setenv(f"WIREROOM_{name.upper()}_FILE", str(file))
    found = load()
    assert getattr(found, name) == default
    assert found.model_fields_set == {name}


def test_the_line_end_of_a_file_is_not_part_of_the_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "url").write_text(f"{URL}\r\n")
    monkeypatch.setenv("WIREROOM_REDIS_URL_FILE", str(tmp_path / "url"))
    assert load().redis_url == URL


def test_a_folder_of_secrets_holds_a_file_for_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wireroom_redis_url").write_text(URL)
    (tmp_path / "somebody_elses").write_text("x")
    monkeypatch.setenv("WIREROOM_SECRETS_DIR", str(tmp_path))
    assert load().redis_url == URL


def test_a_value_given_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wireroom_redis_url").write_text(URL)
    monkeypatch.setenv("WIREROOM_REDIS_URL_FILE", str(tmp_path / "wireroom_redis_url"))
    monkeypatch.setenv("WIREROOM_REDIS_URL", URL)
    said = "WIREROOM_REDIS_URL is given twice: by WIREROOM_REDIS_URL and by WIREROOM_REDIS_URL_FILE. Keep one."
    with pytest.raises(BadInput, match=said):
        load()
    monkeypatch.delenv("WIREROOM_REDIS_URL")
    monkeypatch.setenv("WIREROOM_SECRETS_DIR", str(tmp_path))
    with pytest.raises(BadInput, match="by WIREROOM_REDIS_URL_FILE and by the file"):
        load()


def test_a_child_process_has_the_same_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wireroom_redis_url").write_text(URL)
    (tmp_path / "delay").write_text("2.5")
    monkeypatch.setenv("WIREROOM_SECRETS_DIR", str(tmp_path))
    monkeypatch.setenv("WIREROOM_DELAY_FILE", str(tmp_path / "delay"))
    monkeypatch.setenv("WIREROOM_ALLOW_PRIVATE", "true")
    ours = load()
    for name, value in for_children(ours).items():
        monkeypatch.setenv(name, value)
    assert load() == ours
    assert ours.delay == 2.5


def test_an_empty_file_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_REDIS_URL_FILE", "")
    monkeypatch.setenv("WIREROOM_REDIS_URL", URL)
    assert load().redis_url == URL


def test_what_the_command_line_says_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "delay").write_text("5")
    monkeypatch.setenv("WIREROOM_DELAY_FILE", str(tmp_path / "delay"))
    assert load(delay=2.0).delay == 2.0


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_LEDGER_URL_FILE", "/nowhere/ledger")
    with pytest.raises(BadInput, match="WIREROOM_LEDGER_URL_FILE names /nowhere/ledger, which cannot be read: No such"):
        load()


def test_a_folder_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_SECRETS_DIR", "/nowhere")
    with pytest.raises(BadInput, match="WIREROOM_SECRETS_DIR names /nowhere, which cannot be read: No such"):
        load()


def test_a_bad_value_in_a_file_names_its_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "delay").write_text("soon")
    monkeypatch.setenv("WIREROOM_DELAY_FILE", str(tmp_path / "delay"))
    with pytest.raises(BadInput, match="The setting WIREROOM_DELAY cannot be used"):
        load()


def test_no_setting_ends_as_a_file_variable_does() -> None:
    assert [name for name in Settings.model_fields if name.endswith("_file")] == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"lease_seconds": 40.0, "fetch_seconds": 40.0},
            r"LEASE_SECONDS \(40\) must be longer than WIREROOM_FETCH_SECONDS",
        ),
        (
            {"lease_seconds": 20.0, "fetch_seconds": 40.0},
            r"LEASE_SECONDS \(20\) must be longer than WIREROOM_FETCH_SECONDS",
        ),
        ({"fetch_deadline": 45.0}, r"LEASE_SECONDS \(45\) must be longer than WIREROOM_FETCH_DEADLINE \(45\)"),
        ({"parse_seconds": 3600}, r"LEASE_SECONDS \(45\) must be longer than WIREROOM_PARSE_SECONDS \(3600\)"),
        ({"hold_seconds": 60.0}, r"LEASE_SECONDS \(45\) must not be shorter than WIREROOM_HOLD_SECONDS \(60\)"),
        ({"redis_url": "foo://x"}, r"WIREROOM_REDIS_URL cannot be read\. Give redis://"),
        ({"redis_url": "redis://:s/ret@h:port/0"}, r"WIREROOM_REDIS_URL cannot be read\. Give redis://"),
        ({"hold_seconds": 1000.0}, r"WIREROOM_HOLD_SECONDS cannot be used"),
        ({"handoff_ttl": 40}, r"HANDOFF_TTL \(40\) must not be shorter than WIREROOM_LEASE_SECONDS \(45\)"),
        ({"max_body": 200_000_000, "process_memory": 448}, r"MAX_BODY \(200000000\) must be at most a quarter of"),
        ({"max_body": 10**12}, r"WIREROOM_MAX_BODY cannot be used"),
    ],
)
def test_settings_that_would_break_a_promise_are_refused(given: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        load(**given)
    assert load(lease_seconds=41.0, fetch_seconds=40.0).fetch_seconds == 40.0


NUMBERS = [name for name, field in Settings.model_fields.items() if field.annotation in (int, float)]


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["inf", "-inf", "nan", "1e300", "9" * 40])
def test_no_number_is_without_bound(name: str, value: str) -> None:
    with pytest.raises(BadInput, match=f"The setting {name_of(name)} cannot be used"):
        load(**{name: value})


def name_of(name: str) -> str:
    return f"WIREROOM_{name.upper()}"


@pytest.mark.parametrize("agent", ["Mozilla/5.0 (X11; Linux x86_64)", "007/1.0", "*"])
def test_a_user_agent_that_no_robots_txt_can_mean_is_refused(agent: str) -> None:
    with pytest.raises(BadInput, match=r"WIREROOM_USER_AGENT cannot be used: it has no name by which a robots\.txt"):
        load(user_agent=agent)
    assert load(user_agent="Mozilla/5.0 (compatible; NewsBot/1.0; +https://example.org/bot)")
