"""What a crawl tells at its end of what it was given."""

from __future__ import annotations

from pathlib import Path

from workers.cli.hints import hints, without_scheme
from workers.core.work import Outcome, State
from workers.ledger import Ledger
from workers.settings import Settings
from workers.target import target_of

URL = "https://old.example/"
OWN = Settings(user_agent="newsdesk/1.0 (+https://newsdesk.example)")


def told(tmp_path: Path, outcome: dict[str, object], knobs: Settings = OWN, pages: int | None = None) -> list[str]:
    """The hints after a crawl of which the given address ended so."""
    target = target_of(URL, knobs)
    ledger = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", migrate=True)
    ledger.put_site(target.name, target.profile, target.hosts, target.starts, {"delay": 0.0})
    ledger.set_budget(target.name, pages)
    ledger.admit(target.candidates(ledger.now()))
    ledger.make_starts_due(target.name)
    [turn] = ledger.lease("w", urls=9, hosts=1, per_host=9, hold=9, lease=9)
    ledger.settle([Outcome(one.id, one.visit, **outcome) for one in turn.leases if one.url == URL])  # type: ignore[arg-type]
    found = list(hints(ledger, target, knobs))
    ledger.close()
    return found


def test_a_site_that_has_moved_is_named_with_the_command_that_crawls_it(tmp_path: Path) -> None:
    moved = "it redirects to https://new.example/a, which is no page of the site"
    [hint] = told(tmp_path, {"state": State.SKIPPED, "reason": "out-of-scope", "detail": moved})
    assert "https://old.example/ was not read (out-of-scope): it redirects to https://new.example/a" in hint
    assert hint.endswith("crawl https://new.example/a`.")


def test_what_was_refused_is_told_and_what_was_read_is_not(tmp_path: Path) -> None:
    [hint] = told(tmp_path, {"state": State.SKIPPED, "reason": "refused"})
    assert hint == "https://old.example/ was not read (refused): the site says no more."
    assert told(tmp_path / "..", {"state": State.SKIPPED, "reason": "listing"}) == []


def test_why_the_given_address_was_set_aside_is_told(tmp_path: Path) -> None:
    detail = "WIREROOM_PRIVATE_HOSTS=old.example allows it"
    [hint] = told(tmp_path, {"state": State.PARKED, "reason": "address-refused", "detail": detail})
    assert hint == f"https://old.example/ was not read (address-refused): {detail}."


def test_a_limit_that_is_reached_says_how_much_waits(tmp_path: Path) -> None:
    [hint] = told(tmp_path, {"state": State.SKIPPED, "reason": "listing"}, pages=1)
    assert "The limit of pages is reached" in hint


def test_who_has_not_said_who_asks_is_told_how(tmp_path: Path) -> None:
    [hint] = told(tmp_path, {"state": State.SKIPPED, "reason": "listing"}, Settings())
    assert "WIREROOM_USER_AGENT" in hint


def test_an_old_site_without_tls_is_found_by_who_is_told_to_say_http() -> None:
    [hint] = without_scheme("old.example", 0)
    assert hint.endswith("crawl http://old.example`.") and "over https" in hint
    assert not [*without_scheme("http://old.example", 0), *without_scheme("old.example", 3), *without_scheme(None, 0)]
