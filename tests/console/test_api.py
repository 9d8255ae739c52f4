"""The JSON API: what it tells, and what it says to a request that it does not serve."""

from __future__ import annotations

from typing import Any

import pytest
from client import Client

from workers.core.link import Kind, Label
from workers.core.work import Candidate, Outcome, State
from workers.ledger import Ledger


def get(client: Client, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_articles_come_by_cursor_each_once(client: Client) -> None:
    page, ids = get(client, "articles?limit=2"), list[int]()
    while True:
        ids += [article["id"] for article in page["articles"]]
        if page["next"] is None:
            break
        page = get(client, f"articles?limit=2&cursor={page['next']}")
    assert ids == [3, 2, 1]


@pytest.mark.parametrize(
    ("query", "headlines"),
    [
        ("q=steel", ['=HYPERLINK("https://evil.test")', "Grain harvest grows fast"]),
        ("q=steel%20-grain", ['=HYPERLINK("https://evil.test")']),
        ("language=uk", ["Зерно дорожчає"]),
        ("tag=%23STEEL", ['=HYPERLINK("https://evil.test")']),
        ("section=Economy&since=2026-03-01&until=2026-03-02", ["Grain harvest grows fast"]),
        ("site=nobody", []),
    ],
)
def test_search_and_filters(client: Client, query: str, headlines: list[str]) -> None:
    assert [article["headline"] for article in get(client, f"articles?{query}")["articles"]] == headlines


def test_one_article_has_versions_boxes_provenance_and_journey(client: Client) -> None:
    found = get(client, "articles/1")
    assert found["summary"]["label"] == "latest"
    assert [len(version["changes"]) for version in found["versions"]] == [0, 2]
    headline = found["versions"][1]["changes"][0]
    assert headline["where"] == "headline"
    assert {"mark": "added", "text": "fast"} in headline["pieces"]
    assert found["related"] == [
        {
            "label": "more_about",
            "url": "https://wire.test/news/9.html",
            "headline": "Earlier harvest",
            "shown": "11:01 01.03.2026",
            "article": None,
        }
    ]
    assert found["provenance"]["headline"] == "profile:h1"
    assert found["journey"][0]["what"] == "admitted"
    assert [node["id"] for node in found["story"]["articles"]] == [1]


def test_the_figures_are_those_of_status(client: Client, ledger: Ledger) -> None:
    total, told = ledger.status().total, get(client, "pipeline")["total"]
    for name in ("waiting", "in_fetch", "handed_over", "stored", "skipped", "parked", "articles", "versions", "total"):
        assert told[name] == getattr(total, name), name


def test_sites_and_hosts_are_told(client: Client) -> None:
    [site] = get(client, "sites")
    assert (site["name"], site["counts"]["articles"], site["paused"]) == ("wire", 3, False)
    [host] = get(client, "hosts")["hosts"]
    assert (host["name"], host["held"], host["breaker"]) == ("wire.test", True, "closed")


def test_a_parked_url_is_replayed_and_another_dropped(client: Client, ledger: Ledger) -> None:
    urls = get(client, "parked/urls")["urls"]
    assert {url["reason"] for url in urls} == {"layout-changed", "hostile-page"}
    assert client.post("/api/v1/parked/replay", json={"reason": "layout-changed"}).json() == {"urls": 1}
    [left] = ledger.parked()
    assert client.post("/api/v1/parked/drop", json={"ids": [left.id]}).json() == {"urls": 1}
    assert ledger.status().total.parked == {}
    assert ledger.status().total.skipped["dropped"] == 1


def test_a_site_is_paused_resumed_and_begun_again(client: Client, ledger: Ledger) -> None:
    assert client.post("/api/v1/sites/wire/pause").json()["paused"] is True
    assert ledger.site("wire").paused
    assert client.post("/api/v1/sites/wire/resume").json()["paused"] is False
    assert client.post("/api/v1/sites/wire/crawl").json()["urls"] == 1
    assert not ledger.site("wire").paused


def test_a_crawl_enters_the_site_and_its_starts(client: Client, ledger: Ledger) -> None:
    answer = client.post("/api/v1/crawls", json={"url": "https://news.test/a/1.html"})
    assert answer.status_code == 202
    assert answer.json()["site"] == "news.test"
    assert answer.json()["urls"] == 1 + len(ledger.site("news.test").starts)
    assert [trace.row["state"] for trace in ledger.trace("https://news.test/a/1.html")] == ["waiting"]


def test_a_page_that_was_refused_is_asked_for_again_when_somebody_gives_it(client: Client, ledger: Ledger) -> None:
    order = {"url": "https://news.test/a/1.html"}
    client.post("/api/v1/crawls", json=order)
    [turn] = ledger.lease("w", urls=1, hosts=1, per_host=1, hold=9.0, lease=9.0)
    ledger.settle([Outcome(turn.leases[0].id, 1, State.SKIPPED, "refused")])
    assert client.post("/api/v1/crawls", json=order).json()["urls"] == 1, "the starts wait already"
    assert ledger.trace(order["url"])[0].row["visit"] == 2


def test_a_crawl_of_a_site_that_was_known_from_files_only_lets_it_go_on(client: Client, ledger: Ledger) -> None:
    url = "https://saved.test/a/1.html"
    ledger.check_in([Candidate("saved.test", url, url, "saved.test", Kind.PAGE, Label.SEED, 0, 0.0)], 60.0)
    assert client.post("/api/v1/crawls", json={"url": "https://saved.test/"}).status_code == 202
    assert not ledger.site("saved.test").paused


def test_a_crawl_of_a_site_that_stands_is_refused_until_it_is_resumed(client: Client, ledger: Ledger) -> None:
    order = {"url": "https://news.test/"}
    assert client.post("/api/v1/crawls", json=order).status_code == 202
    ledger.pause("news.test")
    refused = client.post("/api/v1/crawls", json=order)
    assert (refused.status_code, refused.json()["error"]) == (
        409,
        "The site news.test is paused, so nothing of it is asked for. Resume it, then crawl again.",
    )
    ledger.resume("news.test")
    ledger.set_budget("news.test", 0)
    refused = client.post("/api/v1/crawls", json={**order, "follow_any": True})
    assert refused.status_code == 409
    assert "has spent its page budget" in refused.json()["error"]
    assert not ledger.site("news.test").settings["follow_any"], "a crawl that is refused changes nothing"
    client.post("/api/v1/sites/news.test/resume")
    assert client.post("/api/v1/crawls", json=order).status_code == 202


def test_a_crawl_may_change_whether_a_known_site_leads_elsewhere(client: Client, ledger: Ledger) -> None:
    order = {"url": "https://news.test/"}
    client.post("/api/v1/crawls", json=order)
    before = ledger.site("news.test")
    client.post("/api/v1/crawls", json={**order, "follow_any": True})
    client.post("/api/v1/crawls", json=order)
    after = ledger.site("news.test")
    assert after.settings == {**before.settings, "follow_any": True}
    assert (after.hosts, after.starts, after.delay) == (before.hosts, before.starts, before.delay)
    client.post("/api/v1/crawls", json={**order, "follow_any": False})
    assert ledger.site("news.test") == before


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("GET", "articles/4711", None, 404, "No article has the id 4711."),
        ("GET", "articles/abc", None, 400, "article_id"),
        ("GET", "articles?limit=0", None, 400, "limit"),
        ("GET", "articles?cursor=x", None, 400, "cursor"),
        ("GET", "articles?since=yesterday", None, 400, "is not a valid time"),
        ("GET", "articles?q=%00", None, 400, "NUL"),
        ("GET", "sites/nobody", None, 404, "no site named 'nobody'"),
        ("POST", "sites/nobody/pause", None, 404, "no site named 'nobody'"),
        ("GET", "nothing", None, 404, "There is nothing at this address"),
        ("DELETE", "articles/1", None, 405, "does not take such a request"),
        ("POST", "parked/replay", {}, 400, "Say which"),
        ("POST", "parked/replay", {"idz": [1]}, 400, "idz"),
        ("POST", "crawls", {"url": "ftp://x"}, 400, "no address that can be crawled"),
        ("GET", "events?after=-1", None, 400, "after"),
    ],
)
def test_a_request_that_is_not_served_gets_a_status_and_a_sentence(
    client: Client, method: str, path: str, body: Any, status: int, said: str
) -> None:
    answer = client.request(method, f"/api/v1/{path}", **({} if body is None else {"json": body}))
    assert answer.status_code == status
    assert said in answer.json()["error"]


def test_json_that_is_none_is_refused(client: Client) -> None:
    answer = client.post("/api/v1/parked/replay", content=b"{", headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("The body of the request is no JSON, from its character 1 on: Expecting ")
    answer = client.post("/api/v1/parked/replay", content=b'{"all": true}', headers={"content-type": "text/plain"})
    assert answer.status_code == 400


def test_a_ledger_that_is_gone_is_said_so(client: Client, ledger: Ledger) -> None:
    assert client.get("/healthz").json() == {"ok": True}
    from sqlalchemy import text

    ledger._database.write(lambda tx: tx.run(text("UPDATE alembic_version SET version_num = '0001'")))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "wireroom migrate" in answer.json()["error"]


def test_prometheus_reads_the_figures_of_the_ledger(client: Client) -> None:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert 'wireroom_articles_total{site="wire"} 3.0' in answer.text
