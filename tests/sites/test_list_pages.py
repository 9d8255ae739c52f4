"""A front, a section or a search is a list, whatever dates its teasers have; what only looks like one is an article."""

from __future__ import annotations

import pytest
from invented_pages import DATE, LEADS, OG_ARTICLE, OG_SITE, PLAIN, SHAPES, TEXT, TITLES, ld, read, teasers

from workers.core.errors import NotArticle


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("head", ["", OG_SITE])
def test_a_section_front_whose_teasers_have_dates_is_a_list(shape: str, head: str) -> None:
    with pytest.raises(NotArticle, match="list"):
        read("Town", teasers(SHAPES[shape]), head)


@pytest.mark.parametrize(
    ("headline", "path", "lang"),
    [
        ("Politik", "/politik/", "de"),
        ("Політика", "/rubric/polityka", "uk"),
        ("Sociedad", "/sociedad/", "es"),
        ("Culture", "/culture", "fr"),
        ("Новости", "/news/", "ru"),
        ("Blog", "/blog/", "en"),
        ("", "/blog/page/2/", "en"),
    ],
)
def test_a_list_is_one_in_any_language_and_without_a_headline(headline: str, path: str, lang: str) -> None:
    with pytest.raises(NotArticle, match="list"):
        read(headline, teasers(PLAIN), "", path, lang)


@pytest.mark.parametrize("count", [5, 15, 40])
@pytest.mark.parametrize("lead", [1, 4])
def test_a_list_is_one_at_any_length(count: int, lead: int) -> None:
    with pytest.raises(NotArticle, match="list"):
        read("Town", teasers(PLAIN, count, lead), OG_SITE + ld('{"@type":"CollectionPage","name":"Town"}'))
    with pytest.raises(NotArticle, match="list"):
        read("Town", teasers(PLAIN, count, lead))


def test_a_category_that_its_system_calls_an_article_too_is_a_list() -> None:
    graph = ld('{"@graph":[{"@type":"CollectionPage","name":"Town"},{"@type":"WebSite","name":"The Courier"}]}')
    with pytest.raises(NotArticle, match="list"):
        read("Town", teasers(SHAPES["wordpress"]), OG_ARTICLE + graph)


def test_two_stories_of_a_page_that_says_it_is_the_site_s_are_a_list() -> None:
    with pytest.raises(NotArticle, match="list"):
        read("Town", teasers(PLAIN, 2), OG_SITE)
    with pytest.raises(NotArticle, match="list"):
        read("Town", teasers(PLAIN, 3))


def test_the_date_of_today_above_a_list_is_not_its_own() -> None:
    with pytest.raises(NotArticle, match="list"):
        read("Town", teasers(PLAIN), top="<div>Thursday, 2 May 2024</div>")


def test_the_first_story_of_a_front_may_be_its_headline() -> None:
    with pytest.raises(NotArticle, match="list"):
        read("", f"<h1><a href=/s/0>{TITLES[0]}</a></h1>{DATE}<p>{LEADS[0]}</p>{teasers(PLAIN)}", OG_SITE)


HERO = (
    f'<section class=hero><a href="/s/99"><img src=/i.jpg><h2>{TITLES[0]}</h2></a><p>{LEADS[0]} {LEADS[1]}</p>'
    '<span class=author>Ada Marsh</span> <time datetime="2024-05-09">3 hours ago</time></section>'
)


@pytest.mark.parametrize("headline", ["", "Town"])
@pytest.mark.parametrize("head", ["", OG_SITE, '<meta name=author content="Ada Marsh">'])
def test_a_hero_and_sections_are_a_front(headline: str, head: str) -> None:
    names = ("politics", "sport", "culture")
    sections = "".join(f"<section><h2><a href=/{name}/>{name}</a></h2>{teasers(PLAIN, 4)}</section>" for name in names)
    with pytest.raises(NotArticle, match="list"):
        read(headline, HERO + sections, head)


def test_a_list_may_have_an_introduction() -> None:
    with pytest.raises(NotArticle, match="list"):
        read("Ferry", f"<p>{LEADS[5]} {LEADS[3]}</p>{teasers(PLAIN)}", "", "/tag/ferry")
    with pytest.raises(NotArticle, match="list"):
        read(
            "Ada Marsh", f"<p>{LEADS[5]}</p>{teasers(SHAPES['wordpress'])}", ld('{"@type":"ProfilePage"}'), "/author/a"
        )


def test_the_lines_of_a_list_may_begin_with_their_dates() -> None:
    shape = '<p><span>02.05.2024</span> <a href="/s/{n}"><b>{title}</b></a><br>{lead}</p>'
    with pytest.raises(NotArticle, match="list"):
        read("Town", teasers(shape))


def test_the_teaser_of_a_list_may_be_one_line_with_a_picture_before_it() -> None:
    shape = (
        '<li><span><a href="/s/{n}"><img src=/i.jpg></a></span> <span><a href="/s/{n}">{title}</a></span> '
        "<span>{lead}</span> <span>{date}, 10:30</span></li>"
    )
    with pytest.raises(NotArticle, match="list"):
        read("Town news", f"<ul>{teasers(shape)}</ul>")


def test_the_stories_of_a_list_may_differ_from_it_in_their_queries_alone() -> None:
    shape = '<div><h2><a href="/index.php?id=12&story={n}">{title}</a></h2><p>{lead}</p></div>'
    with pytest.raises(NotArticle, match="list"):
        read("Town", teasers(shape), "", "/index.php?id=1&page=2")


def test_headlines_without_spaces_are_shorter() -> None:
    shape = '<h2><a href="/s/{n}">町の橋が春まで通行止めに{n}</a></h2><p>古い水車のそばの橋は春まで閉鎖される。</p>'
    with pytest.raises(NotArticle, match="list"):
        read("町のニュース", teasers(shape), "", "/town/", "ja")


def test_articles_of_json_ld_that_are_other_pages_make_no_article_of_a_list() -> None:
    items = ",".join(
        f'{{"@type":"NewsArticle","headline":"{title}","url":"/s/{n}","datePublished":"2024-05-02"}}'
        for n, title in enumerate(TITLES)
    )
    with pytest.raises(NotArticle, match="list"):
        read("Politics", teasers(PLAIN), ld(f"[{items}]"), "/politics/")


ROUNDUP = "".join(f'<h2><a href="/s/{n}">{title}</a></h2><p>{LEADS[n]}</p>' for n, title in enumerate(TITLES))
LISTICLE = "".join(f"<h2>{n + 1}. {' '.join(lead.split()[:4])}</h2><p>{lead * 2}</p>" for n, lead in enumerate(LEADS))
LIVE = "".join(
    f"<div class=entry><time>1{n}:05</time><h3>{title}</h3><p>{LEADS[n]}</p></div>" for n, title in enumerate(TITLES)
)
ELSEWHERE = ROUNDUP.replace('"/s/', '"https://other.example/s/')
QUESTIONS = "".join(f"<h3><a href=#a{n}>{title}?</a></h3><p>{LEADS[n]}</p>" for n, title in enumerate(TITLES))
ARTICLES = {
    "a round-up with a date": ("Five stories that you may have missed", DATE + ROUNDUP, ""),
    "a round-up with a date in words": ("The week in the town", "<p>By Ada Marsh, 2 May 2024</p>" + ROUNDUP, ""),
    "a date above": ("The week in the town", ROUNDUP, '<meta property="article:published_time" content="2024-05-02">'),
    "a newsletter": ("Good morning, it is Thursday", f"{DATE}<p>{LEADS[0]}</p>{ROUNDUP}", OG_SITE),
    "a press review": ("What the papers say of the bridge", ELSEWHERE, ""),
    "ten things": ("8 things to do in the town", LISTICLE, ""),
    "a live blog": ("The flood as it happened", LIVE, ""),
    "questions": ("Ferry: what you should know of it", QUESTIONS, ""),
    "said to be an article": ("The week in the town", ROUNDUP, OG_ARTICLE),
    "a live blog by its type": ("The flood", LIVE, ld('{"@type":"LiveBlogPosting","headline":"The flood"}')),
    "rows of teasers after it": ("The bridge is closed", DATE + TEXT + teasers(PLAIN, 20), OG_SITE),
    "rows after an undated one": ("The bridge is closed", TEXT + teasers(PLAIN, 20), OG_SITE),
    "cards beside it": ("The bridge is closed", f"{TEXT}<aside>{teasers(SHAPES['whole card'], 12)}</aside>", ""),
    "undated, of a company": ("How we built a mill", TEXT, OG_SITE + ld('{"@type":"WebPage","name":"How"}')),
    "links in each paragraph": ("The bridge", TEXT.replace("<p>The", '<p><a href="/t/x">The</a>'), ""),
    "read also": (
        "The bridge is closed",
        DATE
        + "".join(f"<p>{lead}</p><p><a href=/s/{n}>Read also: {TITLES[n]}</a></p>" for n, lead in enumerate(LEADS)),
        "",
    ),
    "an essay of long parts": (
        "Five mills",
        f"<p>{LEADS[0]} {LEADS[1]}</p>"
        + "".join(f"<h2><a href=/m/{n}>{title}</a></h2><p>{LEADS[n] * 5}</p>" for n, title in enumerate(TITLES)),
        "",
    ),
    "a brief with its date below": (
        "Ferry goes",
        f"<p>{LEADS[0]} {LEADS[1]}</p><p>Published: 2 May 2024</p>{teasers(SHAPES['headlines'], 10)}",
        "",
    ),
    "a caption": ("The picture of the day", f"<p>{LEADS[0]} {LEADS[1]}</p>{teasers(SHAPES['headlines'], 10)}", ""),
    "a collection with a date": ("The week", f"{DATE}{TEXT}", ld('{"@type":"CollectionPage","name":"The week"}')),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_what_only_looks_like_a_list_is_an_article(name: str) -> None:
    headline, body, head = ARTICLES[name]
    assert read(headline, body, head, "/town/a-story-of-it").headline == headline


@pytest.mark.parametrize("text", [TEXT, f"<p>{LEADS[0]}</p>"])
def test_whole_texts_with_a_day_and_a_link_below_each_are_a_list(text: str) -> None:
    post = "<h2>{0}</h2>{1}<p><small>May {2}, 2024 · Ada Marsh · <a href=/s/{2}>Link</a></small></p><hr>"
    posts = "".join(post.format(title, text, n + 1) for n, title in enumerate(TITLES[:5]))
    with pytest.raises(NotArticle, match="list"):
        read("Older stories", posts)
    assert read("Notes of the week", posts.replace("May", "No")).body, "an overview has parts and sources, but no days"
    assert read(
        "Notes of the week", posts, '<meta name=date property="article:published_time" content="2024-05-09">'
    ).body


@pytest.mark.parametrize("count", [2, 8])
def test_a_picture_with_a_link_may_stand_before_the_headline_of_a_line(count: int) -> None:
    """So may the last page of such a list, which has few lines and nothing else."""
    line = '<p><a href="/s/{n}"><img src="a.jpg"></a> <span>{day}.05.2024</span> <a href="/s/{n}"><b>{title}</b></a>'
    shape = f"{line}<br>{{lead}}</p>"
    with pytest.raises(NotArticle, match="list"):
        read("Town", teasers(shape, count))
