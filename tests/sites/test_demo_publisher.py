"""The demo site is read by the reference site's profile and is not the reference site."""

from __future__ import annotations

import pytest

from workers.sites.known import by_name
from workers.sites.read import read_page
from workers.target import demo_target

TEXT = "The ferry that was lost in the fog for two days came back to its harbour with all of its passengers on board."
PAGE = f"""<html lang=en><head><title>The ferry came back</title><script type="application/ld+json">
{{"@type": "NewsArticle", "headline": "The ferry came back",
"publisher": {{"@type": "Organization", "name": "Demo Wire"}}}}
</script></head><body><article class=article-content-view><h1 class=article-content-title>The ferry came back</h1>
<div class=article-content><p>{TEXT}</p><p>{TEXT[:80]} again.</p></div></article></body></html>"""


@pytest.mark.parametrize(
    ("host", "publisher"), [("en.demo.localhost:8080", "Demo Wire"), ("en.interfax.com.ua", "Interfax-Ukraine")]
)
def test_a_page_names_its_own_publisher(host: str, publisher: str) -> None:
    site = demo_target("8080").site if "demo" in host else by_name("interfax-ukraine")
    article = read_page(PAGE.encode(), f"http://{host}/news/general/1104127.html", site=site)
    assert article.publisher == publisher
