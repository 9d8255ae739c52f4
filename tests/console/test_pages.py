"""The pages: what an article says is shown as text, whatever it says; a kept page is harmless."""

from __future__ import annotations

import re

import pytest
from client import Client
from newsdesk import WIRE

from workers.adapters.packing import pack
from workers.core.article import Article, Block, Image
from workers.core.link import Label, Link
from workers.ledger import Intake, KeptPage, Ledger

EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">"\'{{7*7}}'


def store_evil(ledger: Ledger) -> int:
    link = Link(url="javascript:alert(3)", label=Label.MORE_ABOUT, headline=EVIL, shown_text=EVIL)
    evil = Article(
        site="wire",
        key="evil",
        url="javascript:alert(4)",
        headline=EVIL,
        body=(Block(text=EVIL),),
        lead=EVIL,
        section=EVIL,
        tags=(EVIL,),
        authors=(EVIL,),
        image=Image(url="javascript:alert(5)", caption=EVIL, credit=EVIL),
        links=(link,),
        provenance={"headline": EVIL},
    )
    ledger.commit([Intake(evil, evil.url, 5_000.0)])
    newer = evil.model_copy(update={"body": (Block(text=EVIL + " more"),)})
    ledger.commit([Intake(newer, evil.url, 6_000.0)])
    return ledger.look.wire(limit=1)[0].id


def test_an_article_full_of_markup_is_shown_as_text(client: Client, ledger: Ledger) -> None:
    id_ = store_evil(ledger)
    for path in (f"/articles/{id_}", "/", "/?section=" + "%3Cscript%3E", "/sites/wire", f"/articles/{id_}/page"):
        page = client.get(path)
        assert page.status_code == 200, path
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
        assert 'href="javascript:' not in page.text
        assert "49" not in page.text.replace("{{7*7}}", "").split("&lt;script&gt;")[0][-3:]
    assert "&lt;script&gt;alert(1)" in client.get(f"/articles/{id_}").text


def test_the_diff_shows_what_went_and_what_came(client: Client) -> None:
    page = client.get("/articles/1").text
    assert "<ins>fast</ins>" in page
    assert "profile:h1" in page
    assert "11:01 01.03.2026" in page


def test_a_version_that_the_article_has_gone_back_to_is_marked(client: Client, ledger: Ledger) -> None:
    assert "the article is this again" not in client.get("/articles/1").text
    ledger.commit([Intake(WIRE[0], WIRE[0].url, 9_000.0)])
    page = client.get("/articles/1").text
    assert page.count("the article is this again, as first read") == 1
    told = client.get("/api/v1/articles/1").json()["versions"]
    assert [version["current"] for version in told] == [True, False]


def test_a_page_that_was_not_kept_says_so(client: Client) -> None:
    assert "WIREROOM_KEEP_DAYS" in client.get("/articles/1/page").text
    assert client.get("/articles/1/frame").status_code == 404


@pytest.mark.parametrize("of", ["article", "parked"])
def test_a_kept_page_is_shown_in_a_frame_that_can_do_nothing(client: Client, ledger: Ledger, of: str) -> None:
    found = ledger.article(1)
    assert found is not None
    html = (
        '<html><head><link rel=preconnect href=//evil.test><meta http-equiv="refresh" content="0;url=/">'
        "</head><script>alert(1)</script>Привіт</html>"
    )
    type_, body = "text/html; charset=windows-1251", pack(html.encode("cp1251"))
    [odd] = ledger.parked(reason="layout-changed")
    stored = KeptPage("wire", "1", found.article.content_hash, found.row.url, type_, 1.0, body)
    ledger.keep_pages([stored, KeptPage("wire", odd.key, "", odd.url, type_, 1.0, body)])
    where = {"article": "/articles/1", "parked": f"/parked/{odd.id}"}[of]
    page = client.get(f"{where}/page")
    assert 'sandbox=""' in page.text
    assert f'src="{where}/frame' in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    frame = client.get(f"{where}/frame")
    policy = frame.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy
    assert "Привіт" in frame.text
    assert "<link" not in frame.text
    assert "http-equiv" not in frame.text


def test_the_page_of_a_parked_url_is_linked_where_it_is_kept(client: Client, ledger: Ledger) -> None:
    [odd] = ledger.parked(reason="layout-changed")
    link = f'href="/parked/{odd.id}/page"'
    assert link not in client.get("/parked").text
    ledger.keep_pages([KeptPage("wire", odd.key, "", odd.url, "text/html", 1.0, pack(b"<p>Odd"))])
    assert link in client.get("/parked").text
    told = client.get("/api/v1/parked/urls").json()["urls"]
    assert {one["id"] for one in told if one["kept"]} == {odd.id}
    ledger.replay(ids=[odd.id])
    gone = client.get(f"/parked/{odd.id}/page")
    assert (gone.status_code, f"No URL with the id {odd.id} is parked." in gone.text) == (404, True)


def test_filters_that_mean_nothing_are_said_and_left_out(client: Client) -> None:
    page = client.get("/?since=yesterday&q=steel")
    assert page.status_code == 200
    assert "is not a valid time" in page.text
    assert 'data-filters="q=steel"' in page.text, "else what is new would be asked for in vain, again and again"


def test_what_does_not_exist_is_a_page_with_a_sentence(client: Client) -> None:
    page = client.get("/articles/4711")
    assert page.status_code == 404
    assert "No article has the id 4711." in page.text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/articles/xx", 404, "There is nothing here: &#39;xx&#39; is no number of an article or URL. Choose one"),
        ("/articles/0/page", 404, "&#39;0&#39; is no number"),
        ("/parked/<b>/page", 404, "&#39;&lt;b&gt;&#39; is no number"),
        ("/?cursor=xx", 400, "This address cannot be used: no list has the cursor &#39;xx&#39;. Leave it out"),
    ],
)
def test_an_address_that_somebody_mistyped_is_explained(client: Client, path: str, status: int, said: str) -> None:
    page = client.get(path)
    assert (page.status_code, said in page.text) == (status, True), page.text


def test_the_pipeline_lists_each_reason_of_parked_urls_once(client: Client, ledger: Ledger) -> None:
    listed = re.findall(r'<th scope="row">(?:<a[^>]*>)?([a-z-]+)<', client.get("/pipeline").text)
    parked = ledger.status().total.parked
    assert parked
    assert [listed.count(reason) for reason in parked] == [1] * len(parked)
    assert "gone" in listed, "what was skipped is listed as well"


def test_the_api_is_described_for_people(client: Client) -> None:
    page = client.get("/api").text
    assert "/api/v1/articles/{article_id}" in page
    assert "/api/v1/events" in page
