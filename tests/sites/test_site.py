"""A site as data: scope, identity, starts, pagers, and a bad profile that fails when it is built."""

from __future__ import annotations

import pytest

from workers.core.errors import BadInput, LayoutChanged
from workers.core.link import Kind, Label
from workers.sites.blocks import paragraphs
from workers.sites.boxes import boxes_by_heading
from workers.sites.known import SITES, any_site, by_name, site_for_host, site_for_url
from workers.sites.operators import at, published_in
from workers.sites.page.document import Document
from workers.sites.profile import check_layout, may_fill, profile_read
from workers.sites.profiles.interfax import interfax_ukraine
from workers.sites.profiles.pravda import ukrainska_pravda
from workers.sites.reader import Found, Readers
from workers.sites.readers import attr, first, function, json_ld, link_of, one, opengraph, regex, tags, text, texts
from workers.sites.site import Pager, Scope, Site, feed, listing, sitemap, url_id

INTERFAX = "https://en.interfax.com.ua"


@pytest.mark.parametrize("make", [text, texts, attr, link_of, tags])
@pytest.mark.parametrize("css", ["div[", "", "p >", "a,,b", ":is(h1, h2) a", "p, :not(.x) a", "p:nope(3)"])
def test_a_bad_selector_fails_when_the_profile_is_built(make: object, css: str) -> None:
    with pytest.raises(BadInput, match="selector"):
        make(css)  # type: ignore[operator]


MISREAD = (
    *(":is(h1) b", ":IS(h1) b", "/* c */ :is(h1) b", "/* , */:is(h1).a b", "div :is(h1) b", "div > :is(h1) b"),
    *("p, div>:not(p) b", "b:is(u, :is(h1) b)", "b:not(:where(h1) b)", ":nth-child(1 of h1) b", ":is(h1) ~ b"),
    *("section:has(:is(b))", "section:has(> :not(p))", "section:has(p, > :is(h1) b)", ':is([title=")"], h1) b'),
)
WELL_READ = (
    *(":is(h1)", ":is(h1, h2)", "div > :is(h1)", "div :not(p)", "p, :is(h1)", "*:is(h1) b", "div *:is(h1) b"),
    *("h1:not(.x) b", ".a:is(h1) b", "[class=a]:is(h1) b", ":first-child:is(h1) b", ":nth-child(1) b", ":is(h1) > b"),
    *(":is(h1) + p", ":is(h1), b", "b:is(*:is(h1) b)", "section:has(*:is(b))", "section:has(b:not(.x) i)"),
    *("section:has(+ :is(p))", '[title=":is(a) b"] b', "[title=\\]b] /* :is(a) b */ b", ":nth-child(2n + 1) b"),
)


@pytest.mark.parametrize("css", MISREAD)
def test_a_selector_that_the_parser_reads_otherwise_is_refused_with_what_to_write(css: str) -> None:
    with pytest.raises(BadInput, match=r"Write `\*:is\(…\)`"):
        text(css)


@pytest.mark.parametrize("css", WELL_READ)
def test_a_selector_that_the_parser_reads_well_is_none_of_those(css: str) -> None:
    text(css)


def test_the_parser_looks_no_further_than_the_nearest_element_for_a_function_alone() -> None:
    """Once it does, what we refuse may be allowed."""
    page = Document("<section><h1><i><b>deep</b></i><u></u><b>child</b></h1></section>", "https://x.example/")
    found = [[node.text() for node in page.tree.css(css)] for css in (":is(h1) b", "*:is(h1) b")]
    assert found == [["child"], ["deep", "child"]]
    assert not page.tree.css("section:has(:is(b))")
    assert page.tree.css("section:has(*:is(b))")


def test_a_pattern_of_identity_needs_a_group_or_all_articles_would_be_one() -> None:
    with pytest.raises(BadInput, match=r"no group: all articles would be one\. Put what tells them apart in brackets"):
        url_id(r"/news/\d+")
    optional = url_id(r"/news(?:/(\d+))?")
    assert optional("https://x.example/news/1") == "id:1"
    assert optional("https://x.example/news/x") == "https://x.example/news/x"


@pytest.mark.parametrize("zone", ["Europe/Kyiw", "Europe", "", "../x"])
def test_a_time_zone_that_is_none_fails_when_the_profile_is_built(zone: str) -> None:
    for make in (
        lambda: Site(name="x", hosts=("x.example",), timezone=zone),
        lambda: at(text("time"), zone),
        lambda: published_in(zone),
    ):
        with pytest.raises(BadInput, match=rf"time zone '{zone}' of a site profile is not known: dates would be read"):
            make()


def test_a_bad_pattern_fails_when_the_profile_is_built() -> None:
    for make in (
        lambda: regex(text("p"), "("),
        lambda: url_id("(["),
        lambda: Scope(articles=("[",)),
        lambda: Pager(number="(*"),
        lambda: paragraphs("div", junk="b", dropped="("),
        lambda: boxes_by_heading({Label.LATEST: ("LATEST",)}, article="(", around="article"),
    ):
        with pytest.raises(BadInput, match="pattern"):
            make()


def test_a_profile_cannot_require_what_it_does_not_read() -> None:
    with pytest.raises(BadInput, match="requires headline"):
        Site(name="x", hosts=("x.example",), requires=("headline",))


PAGE = Document(
    """<html lang="en-GB"><head><meta property="og:title" content="  By the head "><script type="application/ld+json">
    {"@graph": [{"@type": "WebSite", "name": "no"},
    {"@type": ["NewsArticle"], "author": [{"name": "A"}, {"name": "B"}]}]}</script></head>
    <body><h1> </h1><h1>By <b>the</b>
    page<script>no</script></h1>
    <a class="k" data-x="" href="/a">#one</a><a class="k" href="/b">#two,</a></body></html>""",
    "https://x.example/p/",
)


def test_a_reader_says_what_it_found_and_where() -> None:
    found = first(text("h2"), text("h1"), opengraph("title"))(PAGE)
    assert found is not None
    assert (found.value, found.source) == ("By the page", "profile:h1")


def test_operators_read_what_they_are_named_for() -> None:
    found = [
        reader(PAGE)
        for reader in (
            opengraph("title"),
            attr("a", "data-x", "href"),
            link_of("a"),
            tags("a.k"),
            json_ld("author.name", "Article"),
            one(json_ld("name", "WebSite")),
            regex(text("h1"), r"the (\w+)"),
            function("the answer", lambda _: 42),
        )
    ]
    values = [each.value if each else None for each in found]
    assert values[:4] == ["By the head", "/a", "https://x.example/a", ("one", "two")]
    assert values[4:] == [("A", "B"), "no", "page", 42]


def test_what_is_not_there_is_none() -> None:
    for reader in (text("h2"), attr("h1", "id"), tags("i"), json_ld("author.email"), opengraph("image")):
        assert reader(PAGE) is None


@pytest.mark.parametrize(
    "path",
    [
        "/news/general/990501.html",
        "/news/general/990501-amp.html",
        "/news/%D0%BF%D0%BE%D0%B4%D1%96%D1%97/990501.html",
        "/news/economic/990501.html?utm_source=x#top",
    ],
)
@pytest.mark.parametrize("host", ["en.interfax.com.ua", "interfax.com.ua", "ua.interfax.com.ua", "ru.interfax.com.ua"])
def test_only_the_number_says_which_article_it_is(host: str, path: str) -> None:
    url = f"https://{host}{path}"
    assert interfax_ukraine.identity(url) == "id:990501"
    assert interfax_ukraine.is_article(url)


def test_a_page_without_a_number_is_known_by_its_canonical_url() -> None:
    url = "HTTPS://en.interfax.com.ua/news/latest.html?utm_source=x"
    assert interfax_ukraine.identity(url) == f"{INTERFAX}/news/latest.html"


def test_the_language_versions_of_ukrainska_pravda_are_articles_of_their_own() -> None:
    paths = ("/news/2026/01/08/8015225/", "/rus/news/2026/01/08/8015225/", "/eng/news/2026/01/08/8015225/index.amp")
    keys = [ukrainska_pravda.identity(f"https://www.pravda.com.ua{path}") for path in paths]
    assert keys == ["id:8015225", "id:rus:8015225", "id:eng:8015225"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", Kind.LISTING),
        ("/news/latest.html", Kind.LISTING),
        ("/news/latest-3.html", Kind.LISTING),
        ("/news/press-conference.html", Kind.LISTING),
        ("/news/tag/nato.html", Kind.LISTING),
        ("/news/last.rss", Kind.FEED),
        ("/sitemap.xml", Kind.SITEMAP),
        ("/news/general/990501.html", Kind.PAGE),
        ("/media/ads/x.html", None),
        ("/rules.html", None),
    ],
)
def test_the_scope_says_what_a_path_is(path: str, kind: Kind | None) -> None:
    assert interfax_ukraine.place(INTERFAX + path) is kind
    assert interfax_ukraine.in_scope(INTERFAX + path) is (kind is not None)
    assert interfax_ukraine.kind_of(INTERFAX + path) is (kind or Kind.PAGE)


def test_other_hosts_are_out_of_scope() -> None:
    assert not interfax_ukraine.in_scope("https://interfax.com/news/general/990501.html")
    assert not interfax_ukraine.in_scope("javascript:alert(1)")


def test_starts_stand_for_every_host_and_aliases_start_nothing() -> None:
    urls = [start.where for start in interfax_ukraine.start_urls]
    assert len(urls) == len(set(urls)) == 6
    assert f"{INTERFAX}/news/last.rss" in urls
    assert not any("//ua." in url for url in urls)


def test_a_copy_on_other_hosts_is_the_same_site() -> None:
    hosts = ("en.demo.localhost:8765", "demo.localhost:8765")
    demo = interfax_ukraine.replace(
        name="demo", hosts=hosts, scheme="http", starts=(feed("/news/last.rss"), sitemap("/s"))
    )
    assert [start.where for start in demo.start_urls][:2] == [
        "http://en.demo.localhost:8765/news/last.rss",
        "http://en.demo.localhost:8765/s",
    ]
    assert demo.identity("http://demo.localhost:8765/news/general/700001.html") == "id:700001"
    assert demo.kind_of("http://demo.localhost:8765/s") is Kind.SITEMAP
    assert not demo.in_scope(f"{INTERFAX}/news/general/700001.html")


def test_a_start_is_what_it_was_declared() -> None:
    site = Site(name="x", hosts=("x.example",), starts=(listing("/all"), feed("https://x.example/news")))
    assert [site.kind_of(start.where) for start in site.start_urls] == [Kind.LISTING, Kind.FEED]


def test_an_article_is_read_again_at_its_ages_and_then_rests() -> None:
    site = Site(name="x", hosts=("x.example",), revisits=(600.0, 3600.0))
    assert [site.revisit_in(age) for age in (0, 600, 700, 3600)] == [600, 3000, 2900, None]


def test_pages_of_a_listing_are_counted() -> None:
    pager = Pager()
    assert pager.place_of("https://x.example/news/latest.html") == ("https://x.example/news/latest", 1)
    assert pager.place_of("https://x.example/news/latest-2.html") == ("https://x.example/news/latest", 2)
    assert pager.place_of("https://x.example/page/7/") == ("https://x.example", 7)
    assert pager.place_of("https://x.example/all?page=3") == ("https://x.example/all", 3)


def test_known_sites_are_found_by_name_host_and_url() -> None:
    assert by_name("interfax-ukraine") is interfax_ukraine
    assert site_for_host("ua.interfax.com.ua") is interfax_ukraine
    assert site_for_url("https://pravda.com.ua/news/") is ukrainska_pravda
    assert (by_name("x"), site_for_host("x.example"), site_for_url("nothing")) == (None, None, None)
    hosts = [host for site in SITES for host in (*site.hosts, *site.aliases)]
    assert len(hosts) == len(set(hosts)), "a host belongs to one site"


def test_any_other_host_is_a_site_of_its_own() -> None:
    site = any_site("http://www.mill.example:8080/x")
    assert (site.name, site.scheme, site.owns("http://mill.example:8080/y")) == ("mill.example:8080", "http", True)
    assert site.is_article("http://www.mill.example:8080/2024/the-wheel")
    assert not site.in_scope("http://www.mill.example:8080/wheel.jpg")


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        ("sport.mill.example", True),
        ("mill.example", True),
        ("m.mill.example", False),
        ("cdn2.mill.example", False),
        ("deep.sport.mill.example", False),
        ("othermill.example", False),
        ("sport.mill.example:8080", False),
        ("sport.example", False),
    ],
)
def test_hosts_right_below_the_name_of_a_site_show_its_news(host: str, reached: bool) -> None:
    assert any_site("https://www.mill.example/").in_scope(f"https://{host}/story") == reached


@pytest.mark.parametrize("url", ["http://127.0.0.1:80/", "http://10.0.0.1/", "http://[::1]:8080/", "http://localhost/"])
def test_below_a_number_there_are_no_hosts(url: str) -> None:
    site = any_site(url)
    assert site.above == ""
    assert not site.in_scope("http://x.0.0.1/") and not site.in_scope("http://x./")


def test_a_changed_layout_is_told_for_articles_and_not_for_lists() -> None:
    empty = profile_read(Document("<html><body><div>nothing here</div></body></html>", INTERFAX), interfax_ukraine)
    with pytest.raises(LayoutChanged, match="headline"):
        check_layout(empty, interfax_ukraine, f"{INTERFAX}/news/general/990501.html")
    check_layout(empty, interfax_ukraine, f"{INTERFAX}/news/latest.html")


def test_each_reader_says_what_it_looks_for() -> None:
    readers, found = (
        interfax_ukraine.readers,
        profile_read(Document("<article><h1>Rain</h1></article>", INTERFAX), interfax_ukraine),
    )
    assert str(readers["headline"]).startswith("first(text article.article-content-view h1")
    assert found["headline"] == Found("Rain", "profile:article h1")
    assert str(readers["image"]) == "lead picture"
    assert "image" not in found


def test_the_generic_reader_fills_only_what_the_profile_leaves_open() -> None:
    assert may_fill("lead", interfax_ukraine)
    assert not may_fill("authors", interfax_ukraine)


def test_the_readers_of_a_profile_are_listed_by_field() -> None:
    assert Readers(headline=text("h1"), section=text("i")).names() == ("headline", "section")
