"""What an outcome means for the next reading: of a list its interval, of a page that was refused a later look."""

from __future__ import annotations

import pytest

from workers.core import errors
from workers.core.errors import WireroomError
from workers.core.link import Kind, Label
from workers.core.page import Page
from workers.core.seconds import DAY, HOUR, MINUTE
from workers.core.work import Lease, Outcome, State
from workers.sites.known import any_site
from workers.stages.outcomes import outcome_of
from workers.stages.parse import parse
from workers.stages.rhythm import brought, guessed, is_list, learned, rhythm
from workers.stages.sink import outcome_of_reading

URL = "https://news.test/town-and-country"
TEASERS = "".join(
    f'<div><h2><a href="/story-{n}.html">The bridge number {n} is open to all traffic again</a></h2>'
    f"<p>The council said on Monday that bridge number {n} was repaired for the third time.</p></div>"
    for n in range(12)
)


def lease(visit: int = 1, kind: Kind = Kind.PAGE) -> Lease:
    given = {"site": "news.test", "key": URL, "url": URL, "host": "news.test", "label": Label.LISTING, "depth": 1}
    return Lease(id=7, kind=kind, visit=visit, attempt=1, **given)


@pytest.mark.parametrize(
    ("error", "looks"),
    [
        (errors.Refused(), [HOUR, DAY, 7 * DAY, None]),
        (errors.NotHtml(), [HOUR, DAY, 7 * DAY, None]),
        (errors.Gone(), [DAY, 7 * DAY, None]),
        (errors.Removed(), [None]),
        (errors.RobotsDisallow(), [7 * DAY, None]),
        (errors.OutOfScope(), [None]),
        (errors.Unreadable(), [None]),
    ],
)
def test_what_was_refused_is_looked_at_a_few_times_more(error: WireroomError, looks: list[float | None]) -> None:
    assert [outcome_of(lease(visit), error).revisit_in for visit in range(1, len(looks) + 1)] == looks
    assert outcome_of(lease(kind=Kind.FEED), error).revisit_in is None, "a list has its interval"


def test_an_empty_page_is_looked_at_later_also_where_parse_finds_it_empty() -> None:
    page = Page(asked=URL, url=URL, status=200, headers={}, body=b"  ", fetched_at=0.0)
    reading = parse(page, lease(), any_site(URL))
    assert outcome_of_reading(reading, any_site(URL), 0.0).revisit_in == HOUR


def test_a_check_for_robots_is_a_refusal_in_other_words() -> None:
    body = (
        b"<title>Just a moment...</title><h1>Just a moment...</h1><p>Checking your browser. Please enable cookies.</p>"
    )
    reading = parse(Page(asked=URL, url=URL, status=200, headers={}, body=body, fetched_at=0.0), lease(), any_site(URL))
    assert reading.state is State.PARKED
    assert outcome_of_reading(reading, any_site(URL), 0.0).revisit_in == HOUR


def test_a_list_is_read_sooner_when_it_brought_something_and_later_when_not() -> None:
    read = Outcome(7, 2, State.SKIPPED, "feed")
    bounds = learned(Kind.FEED)
    assert rhythm(bounds, read, brought=True).factor < 1 < rhythm(bounds, read, brought=False).factor
    assert (bounds.first, bounds.least, bounds.most) == (HOUR, 5 * MINUTE, DAY)
    assert learned(Kind.SITEMAP).most == 7 * DAY, "nothing falls off a sitemap"


def test_a_start_that_was_guessed_is_read_hourly_at_least_and_daily_where_it_is_not_there() -> None:
    found, gone = Outcome(7, 2, State.SKIPPED, "feed"), Outcome(7, 2, State.SKIPPED, "gone")
    parked = Outcome(7, 2, State.PARKED, "unreadable")
    assert [rhythm(guessed(MINUTE), one, brought=False).most for one in (found, gone, parked)] == [HOUR, DAY, DAY]
    assert rhythm(guessed(MINUTE), found, brought=True).least == MINUTE


def test_a_section_front_at_an_address_like_an_articles_is_a_list_and_an_article_is_none() -> None:
    """The words by which it is known are those of the reader of pages."""
    page = Page(asked=URL, url=URL, status=200, headers={}, body=f"<h1>Town</h1>{TEASERS}".encode(), fetched_at=0.0)
    front = parse(page, lease(), any_site(URL))
    assert (front.reason, is_list(front.lease, front)) == ("not-an-article", True)
    assert not is_list(front.lease, front.model_copy(update={"links": front.links[:3]}))
    assert not is_list(front.lease, front.model_copy(update={"detail": "The page shows a video."}))
    assert not is_list(lease())
    assert brought([front], frozenset({URL})) == (7,)
    assert brought([front], frozenset({"https://news.test/"})) == ()
