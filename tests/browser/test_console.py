"""The console in a real browser: it is live, it can be used with the keyboard, and nothing in an article runs."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime

import pytest
from onlooker import Console, Watched
from playwright.sync_api import expect

from workers.core.article import Article, Block, Moment
from workers.ledger import Intake

pytestmark = pytest.mark.slow

EVIL = '<img src="https://evil.test/x" onerror="document.title=1"><script>document.title = "owned"</script>'


def store(console: Console, key: str, headline: str, text: str = "A text.", **more: object) -> int:
    published = Moment(at=datetime.now(UTC), text="now")
    given = {"section": "Economy", "language": "en", "published": published, "tags": ("#LIVE",), **more}
    body = tuple(Block(text=line) for line in text.split("\n"))
    url = f"http://en.demo.localhost/{key}.html"
    article = Article(site="demo", key=key, url=url, headline=headline, body=body, **given)
    committed = console.ledger.commit([Intake(article, article.url, time.time())])
    return (*committed.stored, *committed.updated)[0].id


def test_the_wire_updates_without_reload(watched: Watched, console: Console) -> None:
    watched.goto("/")
    expect(watched.page.locator("#live")).to_have_attribute("data-state", "on")
    watched.page.evaluate("window.before = true")
    store(console, "live-1", "A bridge is opened")
    first = watched.page.locator("#wire .item").first
    expect(first.locator(".headline")).to_have_text("A bridge is opened")
    expect(first.locator(".lag")).to_have_text(re.compile(r"^\d+\.\d+ s$"))
    store(console, "live-1", "A bridge is opened again")
    expect(first.locator(".headline")).to_have_text("A bridge is opened again")
    expect(first.locator(".versions")).to_have_text("2 versions")
    expect(watched.page.get_by_text("A bridge is opened")).to_have_count(1)
    assert watched.page.evaluate("window.before") is True


def test_a_held_wire_waits_until_it_is_let_go(watched: Watched, console: Console) -> None:
    watched.goto("/")
    expect(watched.page.locator("#live")).to_have_attribute("data-state", "on")
    watched.page.get_by_role("button", name="Hold").click()
    store(console, "held", "Held back")
    expect(watched.page.locator("#live-text")).to_have_text("Held: 1 new")
    expect(watched.page.get_by_text("Held back")).to_have_count(0)
    watched.page.get_by_role("button", name="Go on").click()
    expect(watched.page.get_by_role("link", name="Held back")).to_be_visible()


def test_a_filtered_wire_is_live_for_what_fits(watched: Watched, console: Console) -> None:
    watched.goto("/?section=Test+section")
    expect(watched.page.locator("#live")).to_have_attribute("data-state", "on")
    store(console, "other", "Not this one", section="Another")
    store(console, "this", "This one", section="Test section")
    expect(watched.page.locator("#wire .headline")).to_have_text(["This one"])


def test_search_finds_words_and_only_those(watched: Watched, console: Console) -> None:
    store(console, "harvest", "Harvest", "Quinces were harvested.\nThe weather held.")
    watched.goto("/")
    watched.page.keyboard.press("/")
    watched.page.keyboard.type("quinces weather")
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("#wire .headline")).to_have_text(["Harvest"])
    watched.page.get_by_role("searchbox").fill("quinces -weather")
    watched.page.get_by_role("button", name="Filter").click()
    expect(watched.page.get_by_text("No article fits.")).to_be_visible()


def test_the_diff_shows_words_that_went_and_came(watched: Watched, console: Console) -> None:
    at = Moment(at=datetime.now(UTC), text="now")  # the same for both: the time would be told as a change too
    id_ = store(console, "diff", "Plant", "The plant makes 40 buses a year.\nIt is old.", published=at)
    store(console, "diff", "Plant", "The plant makes 60 buses a year.\nIt is old.", published=at)
    watched.goto(f"/articles/{id_}")
    expect(watched.page.locator(".diff del")).to_have_text(["40"])
    expect(watched.page.locator(".diff ins")).to_have_text(["60"])
    expect(watched.page.locator(".diff dt")).to_have_text(["paragraph 1"])


def test_an_article_of_the_crawl_has_its_story_journey_and_page(watched: Watched, console: Console) -> None:
    rows = console.ledger.look.wire(limit=200)
    storied = next(row for row in rows if console.ledger.look.links_to([row.id]))
    watched.goto(f"/articles/{storied.id}")
    page = watched.page
    expect(page.locator(".chain li[aria-current]")).to_contain_text(storied.headline)
    assert page.locator(".arcs .arc.own").count() >= 1
    expect(page.locator(".journey")).to_contain_text("leased")
    expect(page.locator(".fields")).to_contain_text("profile:")
    page.get_by_role("link", name="The page as fetched").click()
    frame = page.frame_locator("iframe.fetched")
    expect(frame.locator("h1").first).to_contain_text(storied.headline[:20])
    assert page.locator("iframe.fetched").get_attribute("sandbox") == ""
    assert "<html" in (page.locator("pre.source").text_content() or "")
    # Chromium notes what the frame was kept from, and it was kept from everything.
    blocked = ("Blocked script execution", "Content Security Policy", "Content-Security-Policy")
    assert any("Blocked script execution" in said for said in watched.errors)
    watched.errors[:] = [said for said in watched.errors if not any(word in said for word in blocked)]


def test_a_parked_url_is_replayed(watched: Watched, console: Console) -> None:
    parked = console.ledger.parked()
    assert parked
    one = parked[0]
    watched.goto(f"/parked?reason={one.reason}")
    watched.page.locator(f'tr[data-parked="{one.id}"]').get_by_role("button", name="Replay").click()
    expect(watched.page.locator("#said")).to_have_text("1 URL(s) wait again.")
    expect(watched.page.locator(f'tr[data-parked="{one.id}"]')).to_have_count(0)
    assert one.id not in {row.id for row in console.ledger.parked()}
    [trace] = [trace for trace in console.ledger.trace(one.key) if trace.row["id"] == one.id]
    assert trace.row["state"] == "waiting"


def test_a_site_is_paused_and_resumed_with_the_keyboard(watched: Watched, console: Console) -> None:
    watched.goto("/pipeline")
    expect(watched.page.locator("#live")).to_have_attribute("data-state", "on")
    watched.page.locator("#pause-demo").focus()
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("#resume-demo")).to_be_visible()
    assert console.ledger.site("demo").paused
    watched.page.locator("#resume-demo").focus()
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("#pause-demo")).to_be_visible()
    assert not console.ledger.site("demo").paused


def test_a_crawl_is_started(watched: Watched, console: Console) -> None:
    watched.goto("/pipeline")
    watched.page.get_by_label("Crawl from").fill("https://started.test/")
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("#said")).to_contain_text("Crawling started.test")
    assert console.ledger.site("started.test").hosts[0] == "started.test"
    expect(watched.page.locator('tr[data-site="started.test"]')).to_be_visible()
    watched.page.get_by_label("Crawl from").fill("ftp://no")
    with watched.page.expect_response("**/api/v1/crawls") as refused:
        watched.page.keyboard.press("Enter")
    assert refused.value.status == 400
    expect(watched.page.locator("#said")).to_contain_text("no address that can be crawled")
    # Chromium itself notes every answer of 400 as an error.
    assert len(watched.errors) == 1
    watched.errors.clear()


def test_the_charts_are_drawn(watched: Watched) -> None:
    watched.goto("/pipeline")
    expect(watched.page.locator("#charts canvas")).to_have_count(3)


def test_a_script_in_an_article_does_not_run(watched: Watched, console: Console) -> None:
    watched.goto("/")
    expect(watched.page.locator("#live")).to_have_attribute("data-state", "on")
    id_ = store(console, "evil", EVIL, EVIL, section=EVIL, tags=(EVIL,), provenance={"headline": EVIL})
    expect(watched.page.locator("#wire .headline").first).to_have_text(EVIL)
    assert watched.page.title() == "Wire · Wireroom"
    watched.goto(f"/articles/{id_}")
    expect(watched.page.locator("h1")).to_have_text(EVIL)
    assert watched.page.title().startswith("<img")
    assert watched.page.locator("main img, main script").count() == 0


def test_the_keyboard_reaches_everything(watched: Watched, console: Console) -> None:
    store(console, "below", "The one below")
    store(console, "above", "The one above")
    watched.goto("/")
    page = watched.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "The one below"
    page.keyboard.press("k")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("The one above")


@pytest.mark.parametrize("path", ["/", "/pipeline", "/parked", "/hosts", "/sites/demo", "/api", "/articles/1"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_fits_and_is_well_formed(watched: Watched, path: str, width: int) -> None:
    watched.page.set_viewport_size({"width": width, "height": 844})
    watched.goto(path)
    page = watched.page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    assert page.locator("main, header.top, nav").count() >= 3
    assert page.evaluate(UNNAMED) == []
    assert page.evaluate("[...document.querySelectorAll('table')].filter(t => !t.querySelector('th')).length") == 0
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


RIGHT = "e => e.getBoundingClientRect().right"


def test_headings_stand_above_what_they_name(watched: Watched) -> None:
    watched.goto("/")
    for heading, of in ((0, ".lag"), (1, ".box")):
        named = watched.page.locator(".columns span").nth(heading).evaluate(RIGHT)
        assert named == pytest.approx(watched.page.locator(f".item {of}").first.evaluate(RIGHT), abs=1)
    tops = watched.page.locator(".filters input, .filters select").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().top)"
    )
    assert max(tops) - min(tops) < 1


def test_what_can_be_done_with_a_parked_url_is_seen_on_a_phone(watched: Watched) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    watched.goto("/parked")
    assert watched.page.get_by_role("button", name="Drop").first.evaluate(RIGHT) <= 390


UNNAMED = """[...document.querySelectorAll('a, button, input:not([type=hidden]), select')].filter(e =>
  !(e.textContent.trim() || e.getAttribute('aria-label') || (e.labels && e.labels.length))).map(e => e.outerHTML)"""

CONTRAST = """() => {
  const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(v => { v /= 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const back = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (!/, 0\\)$/.test(c)) return c; } return 'rgb(255, 255, 255)'; };
  return [...document.querySelectorAll('main *, header *')].filter(e => e.offsetParent && !e.closest('svg, .uplot') &&
    !e.closest('.new, .changed') && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())).map(e => {
    const [a, b] = [light(getComputedStyle(e).color), light(back(e))].sort((x, y) => y - x);
    return [(a + 0.05) / (b + 0.05), e.className || e.tagName, e.textContent.trim().slice(0, 30)]; })
    .filter(([ratio]) => ratio < 4.5); }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/pipeline", "/articles/1", "/parked", "/api"])
def test_text_can_be_read_in_light_and_dark(watched: Watched, path: str, scheme: str) -> None:
    watched.page.emulate_media(color_scheme=scheme)
    watched.goto(path)
    assert watched.page.evaluate(CONTRAST) == []


def figures(ledger_path: object) -> dict[str, int]:
    with closing(sqlite3.connect(f"file:{ledger_path}?mode=ro", uri=True)) as connection:
        counts = dict(connection.execute("SELECT state, count(*) FROM urls GROUP BY state").fetchall())
        over = connection.execute(
            "SELECT count(*) FROM urls WHERE state = 'leased' AND leased_by = 'hand-off'"
        ).fetchone()
        articles = connection.execute("SELECT count(*) FROM articles").fetchone()
        versions = connection.execute("SELECT count(*) FROM versions").fetchone()
    leased = counts.get("leased", 0)
    return {
        "waiting": counts.get("waiting", 0),
        "in_fetch": leased - over[0],
        "handed_over": over[0],
        "articles": articles[0],
        "versions": versions[0],
        "skipped": counts.get("skipped", 0),
        "parked": counts.get("parked", 0),
    }


def test_the_figures_follow_the_ledger(watched: Watched, console: Console, ledger_path: object) -> None:
    watched.goto("/pipeline")
    expect(watched.page.locator("#live")).to_have_attribute("data-state", "on")
    store(console, "counted", "Counted")
    truth = figures(ledger_path)
    for name, number in truth.items():
        shown = watched.page.locator(f'.funnel [data-figure="{name}"]')
        expect(shown).to_have_text(f"{number:,}".replace(",", "\u202f"))
