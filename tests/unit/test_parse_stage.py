"""What the parse and sink stages make of a page: its fate, its reason, and the fields that are counted."""

from __future__ import annotations

from workers.core.link import Kind, Label
from workers.core.page import Page
from workers.core.work import Lease, Outcome, State
from workers.sites.known import any_site
from workers.stages.parse import parse
from workers.stages.sink import outcome_of_reading

URL = "https://courier.example/town/story"
SITE = any_site(URL)
TEXT = "<p>The ferry across the river goes again after a winter of repairs to its old engine, the town said.</p>" * 4
DATE = '<time datetime="2024-05-02T20:35:00Z">2 May 2024</time>'


def outcome(body: str) -> Outcome:
    lease = Lease(
        id=1, site=SITE.name, key="k", url=URL, host="courier.example", kind=Kind.PAGE,
        label=Label.LATEST, depth=0, visit=1, attempt=1,
    )  # fmt: skip
    page = Page(asked=URL, url=URL, status=200, body=body.encode(), fetched_at=1.0)
    return outcome_of_reading(parse(page, lease, SITE), SITE, 2.0)


def test_an_undated_article_is_stored_and_its_missing_date_is_counted() -> None:
    undated = outcome(f"<h1>Ferry goes</h1>{TEXT}")
    assert (undated.state, undated.reason) == (State.STORED, "undated")
    assert undated.required == ("headline", "body", "published")
    assert undated.missing == ("published",)
    dated = outcome(f"<h1>Ferry goes</h1>{DATE}{TEXT}")
    assert (dated.state, dated.reason, dated.missing) == (State.STORED, None, ())
    assert dated.required == undated.required


def test_a_page_without_a_text_does_not_tell_of_dates() -> None:
    empty = outcome("<h1>Ferry goes</h1><nav><a href=/>Home</a></nav>")
    assert (empty.state, empty.required, empty.missing) == (State.PARKED, ("headline", "body"), ("body",))


def test_a_page_that_tells_of_trouble_is_asked_for_again() -> None:
    trouble = outcome("<h1>Internal Server Error</h1><p>mysql_connect failed</p>")
    assert (trouble.state, trouble.reason) == (State.WAITING, "server-error")
    assert trouble.retry_in is not None
    gone = outcome("<h1>Page not found</h1><p>Sorry, that page is no longer here.</p>")
    assert (gone.state, gone.reason) == (State.SKIPPED, "gone")
