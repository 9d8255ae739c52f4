"""A crawl goes where the address that it was given leads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workers.cli.course import Course
from workers.core.work import Outcome, State
from workers.ledger import Ledger
from workers.settings import Settings
from workers.target import Target, target_of

OLD, NEW = "https://old.example/", "https://new.example/"
KNOBS = Settings()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", migrate=True)
    yield opened
    opened.close()


def course_of(ledger: Ledger, *, follows: bool = True, seed: str = OLD) -> Course:
    def begin(target: Target) -> None:
        ledger.put_site(target.name, target.profile, target.hosts, target.starts, {"delay": 0.0})
        ledger.ask(target.candidates(ledger.now()))

    return Course(ledger, target_of(seed, KNOBS), begin, (lambda url: target_of(url, KNOBS)) if follows else None)


def ended(ledger: Ledger, detail: str, state: State = State.SKIPPED) -> None:
    """All that waits ends so."""
    for turn in ledger.lease("w", urls=9, hosts=9, per_host=9, hold=9, lease=9):
        ledger.settle([Outcome(one.id, one.visit, state, "out-of-scope", detail) for one in turn.leases])


def redirects(to: str) -> str:
    return f"it redirects to {to}, which is no page of the site"


def test_a_site_that_has_moved_to_another_host_is_crawled_there(ledger: Ledger) -> None:
    course = course_of(ledger)
    assert course.turn() is None, "nothing is known yet"
    ended(ledger, redirects(NEW))
    assert course.turn() == f"{OLD} leads to {NEW}: that site is crawled."
    assert course.target.name == "new.example"
    assert ledger.outlook("new.example").open_in == 0.0
    assert course.before.total == 1


@pytest.mark.parametrize(
    "to",
    [
        "https://consent.example/collect?back=https://old.example/",
        "https://old.example/login",
        "https://sport.old.example/",
    ],
)
def test_a_page_of_consent_and_those_of_the_site_itself_are_no_other_site(ledger: Ledger, to: str) -> None:
    course = course_of(ledger)
    ended(ledger, redirects(to))
    assert course.turn() is None
    assert course.target.name == "old.example"


def test_what_only_names_a_redirect_is_none(ledger: Ledger) -> None:
    course = course_of(ledger)
    ended(ledger, redirects(NEW), State.PARKED)
    assert course.turn() is None


def test_none_is_followed_where_private_addresses_were_allowed_to_one_host(ledger: Ledger) -> None:
    course = course_of(ledger, follows=False)
    ended(ledger, redirects(NEW))
    assert course.turn() is None


def test_hosts_that_lead_on_without_an_end_are_left_after_the_third(ledger: Ledger) -> None:
    course = course_of(ledger)
    followed = 0
    for number in range(9):
        ended(ledger, redirects(f"https://host{number}.example/"))
        followed += course.turn() is not None
    assert followed == 3


@pytest.mark.parametrize("seed", [OLD, "https://www.old.example/"])
def test_a_site_that_has_moved_to_one_that_we_know_is_crawled_there(ledger: Ledger, seed: str) -> None:
    known = target_of(NEW, KNOBS)
    ledger.put_site(known.name, known.profile, known.hosts, known.starts, {"delay": 0.0})
    course = course_of(ledger, seed=seed)
    for turn in ledger.lease("w", urls=9, hosts=9, per_host=9, hold=9, lease=9):
        ledger.settle([Outcome(one.id, one.visit, State.WAITING, "moved", moved_to=NEW) for one in turn.leases])
    assert course.turn() == f"{seed} leads to {NEW}: that site is crawled."
