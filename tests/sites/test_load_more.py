"""Lists that a button or a script goes on with, in markup or in data."""

from __future__ import annotations

import json

import pytest
from lists_of_links import HOST, listed, paths

from workers.core.link import Kind, Label
from workers.sites.lists.data import page_of_data

BUTTONS = {
    '<button data-url="/more?offset=8">Load more</button>': "/more?offset=8",
    '<a role="button" href="#" data-next="/api/list/2">Ещё</a>': "/api/list/2",
    '<div data-next-page="?after=abc"></div>': "/news/?after=abc",
    '<div class="list-more wide" data-url="/api/more?id=8">Еще 20 материалов</div>': "/api/more?id=8",
    '<button data-url="/data/list.json?offset=8">Voir plus</button>': "/data/list.json?offset=8",
    '<button class="load-more" data-url="/ajax/news" data-page="1">Ещё</button>': "/ajax/news?page=2",
    '<button data-url="/ajax/news?of=5" data-next-page="2">More</button>': "/ajax/news?of=5",
    '<button data-url="/ajax/news?of=a" data-offset="8">More</button>': "/ajax/news?of=a&offset=8",
    '<a class="load-more" data-url="/news/page/99999/" data-page="1" data-max="3" href="#">More</a>': "/news/page/2/",
    '<a class="load-more" data-url="/all/page/99999/" data-page="3" data-max="3" href="#">More</a>': None,
    '<a class="load-more" data-url="/all/page/99999/?a=1" data-next-page="3">More</a>': "/all/page/3/?a=1",
    '<a class="load-more" data-url="/all/999999/" data-max="3" href="#">More</a>': "/all/999999/",
    '<a class="load-more" data-url="/all/1999999/" data-page="1" href="#">More</a>': "/all/1999999/?page=2",
    '<button data-url="/data/share.json">Share</button>': None,
    '<button data-url="/share?offset=8">Share</button>': None,
    '<button data-url="/logo.png">Load more</button>': None,
    '<button data-target="#more">Load more</button>': None,
    '<button data-url="https://far.example/2">Load more</button>': None,
}


@pytest.mark.parametrize(("html", "following"), BUTTONS.items())
def test_a_button_that_loads_more_leads_to_the_next_page(html: str, following: str | None) -> None:
    assert paths(listed(html, "/news/")) == ([following] if following else [])


WORDPRESS = '<head><link rel="https://api.w.org/" href="/wp-json/"></head>'
LOADED = '<div><a href="#" class="td_ajax_load_more" id="next-page-3">More of it all</a></div>'
SCROLLED = """<script>var infiniteScroll = {"settings":{"id":"main","type":"scroll","history":{"host":"mill.example",
"path":"\\/news\\/page\\/%d\\/","parameters":""}}};</script>"""


@pytest.mark.parametrize(
    ("html", "path", "following"),
    [
        (WORDPRESS + LOADED, "/news/", "/news/page/2/"),
        (WORDPRESS + LOADED, "/news", "/news/page/2/"),
        (WORDPRESS + LOADED, "/news/page/2/", "/news/page/3/"),
        (WORDPRESS + LOADED + '<a href="/2026/11/09/on-the-wheel/">The wheel turned at noon</a>', "/", "/page/2/"),
        (WORDPRESS + '<a class="penci-ajax-more-button" href="#">Xem</a>', "/", "/page/2/"),
        (WORDPRESS + '<button class="loadmore">Yet</button>', "/news/", "/news/page/2/"),
        (WORDPRESS + LOADED + '<a href="/news/page/2/">2</a>', "/news/page/3/", None),
        (WORDPRESS + LOADED, "/news/?s=mill", None),
        (WORDPRESS + '<a class="more-link" href="#">Yet</a><button class="slick-next">Yet</button>', "/news/", None),
        (WORDPRESS + '<a class="load-more" href="/about">Yet</a>', "/news/", None),
        (LOADED, "/news/", None),
        (SCROLLED, "/news/", "/news/page/2/"),
        (SCROLLED, "/news/page/2/", "/news/page/3/"),
        (SCROLLED.replace("infiniteScroll", "endless"), "/news/", None),
        (SCROLLED.replace("%d", "%s"), "/news/", None),
    ],
)
def test_a_blogs_list_that_a_script_goes_on_with_has_pages_too(html: str, path: str, following: str | None) -> None:
    lists = [link for link in listed(html, path) if "-the-" not in link.url and link.label is Label.LISTING]
    assert paths(lists) == ([following] if following else [])


PIECE = '<div><a href="/story/1">The wheel turned on day 1</a></div>'


def test_what_a_button_loads_leads_to_what_comes_after_it() -> None:
    lists = [link for link in listed(PIECE, "/ajax/news?page=2") if link.kind is Kind.LISTING]
    assert paths(lists) == ["/ajax/news?page=3"]
    whole = f"<title>News</title>{PIECE}"
    for html, path in ((whole, "/ajax/news?page=2"), (PIECE, "/news"), (PIECE, "/news?id=2"), ("", "/ajax?page=2")):
        assert [link.kind for link in listed(html, path) if link.kind is Kind.LISTING] == [], path


@pytest.mark.parametrize(
    ("told", "url", "following"),
    [
        ({"has_more": True}, "/api?page=2", "/api?page=3"),
        ({"data": {"hasNextPage": True}}, "/api?pageNo=2&of=5", "/api?pageNo=3&of=5"),
        ({"has_more": True}, "/api?offset=6&limit=2", "/api?offset=8&limit=2"),
        ({"total": 9}, "/api?offset=6", "/api?offset=8"),
        ({"total": 8}, "/api?offset=6", None),
        ({"totalCount": 5}, "/api?page=2", "/api?page=3"),
        ({"totalCount": 4}, "/api?page=2", None),
        ({"has_more": False}, "/api?page=2", None),
        ({"has_more": True}, "/api", None),
        ({"next": "/api?cursor=x", "has_more": True}, "/api?page=2", "/api?cursor=x"),
    ],
)
def test_data_that_says_that_there_is_more_leads_to_its_next_page(
    told: dict[str, object], url: str, following: str | None
) -> None:
    stories = [{"title": f"The wheel turned on day {n}", "path": f"/story/{n}"} for n in (1, 2)]
    page = page_of_data(json.dumps({**told, "documents": stories}).encode(), None, HOST + url)
    assert page is not None
    links = listed(page.decode(), url)
    assert paths([link for link in links if link.kind is Kind.PAGE]) == ["/story/1", "/story/2"]
    assert paths([link for link in links if link.kind is Kind.LISTING]) == ([following] if following else [])
