"""Pages that are broken, hostile or no articles: a drawn reason for each, within a second, and never a crash."""

from __future__ import annotations

import inspect
import json
import sys
import time

import pytest
from news_pages import GERMAN, classic
from speed import a_second

from workers.core.errors import HostilePage, Incomplete, NotArticle, NotHtml, NotWhole, WireroomError
from workers.sites.generic.text.walk import outline_of
from workers.sites.page.document import Document
from workers.sites.page.guard import guarded
from workers.sites.read import read_page

URL = "https://courier.example/story-4711"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", NotHtml),
        (b" \n\x00\x00 ", NotHtml),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", NotHtml),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, NotHtml),
        (b"PK\x03\x04" + b"\x00" * 100, NotHtml),
        (b"<html><head><title>A title alone</title></head><body></body></html>", Incomplete),
        (
            b"<html><title>Just a moment...</title><p>Please enable JavaScript and cookies to continue reading.",
            NotWhole,
        ),
    ],
)
def test_what_is_no_article_has_a_drawn_reason(body: bytes, error: type[WireroomError]) -> None:
    with pytest.raises(error) as raised:
        read_page(body, URL, content_type="text/html")
    assert str(raised.value)


def test_a_front_page_is_no_article() -> None:
    teasers = "".join(f"<h2><a href=/s/{n}>Story {n}</a></h2><p>A short teaser that says little.</p>" for n in range(9))
    head = '<head><title>News</title><meta property="og:type" content="website"></head>'
    html = f"<html>{head}<body>{teasers}</body></html>"
    with pytest.raises(NotArticle):
        read_page(html.encode(), "https://courier.example/")


def named(number: int) -> str:
    return " ".join(f"a{n}" for n in range(number))


HOSTILE = {
    "attributes in formatting elements": "<p>" + "".join(f"<b c={n} {named(300)}>" for n in range(30)) + "<p>x" * 1_500,
    "attributes behind a mark in those": "<p>"
    + "".join(f"<b c='>{n}' {named(300)}>" for n in range(30))
    + "<p>x" * 1_500,
    "attributes in a link": f"<p><a c {named(1_500)}>x" + "<p>x" * 2_900,
    "attributes behind a mark in a link": f"<p><a c='>' {named(1_500)}>x" + "<p>x" * 2_900,
    "attributes in a short link": f"<p><a {' '.join('abcdefghijklmnopqrstuvwxyz0123456789')} {named(30)}>x"
    + "<p>x" * 60_000,
    "sixty formatting elements": "<p>" + "".join(f"<b c={n}>" for n in range(60)) + "<p>x" * 40_000,
    "spaces in a tag": "<x a" + " " * 400_000 + ">",
    "spaces in many tags": ("<b" + " " * 20_000 + "x>") * 50 + "<div>" * 3_001,
    "a name that begins with an equals sign": f'<x ="a=">" {named(40_000)}>',
    "many bodies": "".join(f"<body a{n}>" for n in range(50_000)),
    "bodies full of attributes": "".join(f"<BoDy b{n} {named(900).replace('a', f'b{n}a')}>" for n in range(50)),
    "links in a drawing": "<svg>" + "<a>" * 40_000 + "</z>" * 20_000,
    "cells in a formula": "<math>" + "<td>" * 20_000 + "</z>" * 20_000,
    "fields in a drawing": "<SVG>" + "<input>" * 40_000 + "</z>" * 20_000,
    "tags after a drawing": "<svg><p>" + "<div/>" * 60_000,
    "a title in a drawing": "<svg><title>" + "<div>" * 60_000,
    "styles in a drawing": "<svg><style>" + "<a>" * 60_000,
    "readings without a ruby": "<rt>" * 60_000,
    "tags that never end": ("<p " + "word " * 2_500) * 700,
    "formatting elements that never end": "<b a='" * 50_000,
    "unclosed div": "<div>" * 100_000,
    "options": "<select>" + "<option>x" * 50_000,
    "a line of ten megabytes": "<p>" + "word " * 2_000_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x",
    "attributes between slashes": "<p " + "/".join(f"a{n}" for n in range(100_000)) + ">x",
    "attributes between quotes": "<p " + "".join(f"a{n}=''" for n in range(100_000)) + ">x",
    "attributes with marks in their names": "<p " + " ".join(f"a{n}" + "< "[n % 99 > 0] for n in range(100_000)) + ">x",
    "attributes with marks in their values": "<p " + " ".join(f"a{n}" + "='>'" * (n % 99 < 1) for n in range(99_999)),
    "two million tags": "<a>x" * 2_500_000,
    "two million tags in a comment": "<!-- " + "<a>x" * 2_500_000 + " --><p>word",
    "tags full of attributes": ("<p " + " ".join(f"{a}{b}" for a in "abcdefgh" for b in "abcdefghijk") + ">") * 36_000,
    "nested as far as few tags go": "<div class=byline>x" * 4_990,
    "names nested as far": "<i class=fn>x" * 4_990,
    "captions nested as far": "<figure><figcaption>x" * 2_490,
    "sections nested as far": "<section class=teaser><h3>LATEST</h3>" * 1_600,
    "formatting in many paragraphs": "".join(f"<b a{n}>" for n in range(1_400)) + "<p>x" * 1_400,
    "nested lists": "<ul><li>" * 20_000,
    "a large JSON-LD": f'<script type="application/ld+json">{{"articleBody": "{"a b. " * 1_000_000}"}}</script><p>x',
    "JSON-LD nested deep": '<script type="application/ld+json">' + "[" * 100_000,
    "a title that never ends": "<title>" + "word " * 200_000,
    "many headings": "<h1>Read also</h1>" * 20_000,
    "boxes with links": ("<h2>Read also</h2>" + "<div><a href=/story-of-the-day-1234>Story</a></div>" * 40) * 400,
    "cards": "<article class=card><h3><a href=/story-1234>Another story of the day</a></h3><p>Words</p>" * 300,
    "class names": "".join(f'<p class="x{n}-share-comment-{n}-ad-related">word</p>' for n in range(20_000)),
    "dates": "<h1>Headline of it</h1>" + "<time>11.11.11 11:11</time><p>1.1.2024 1</p>" * 10_000,
    "spans": "<p>" + "<span class=a-b><b>word</b></span> " * 40_000,
    "many links": "<p><a href=/story-of-the-day-1234>Story</a></p>" * 20_000,
    "digits": "<p>" + "1" * 1_000_000,
    "a title of bars": "<title>" + "News | title " * 20_000 + "</title>",
    "an og:title of bars": f'<meta property="og:title" content="{"News | title " * 20_000}"><h1>Some title</h1>',
    "an articleBody of unclosed tags": f'<script type="application/ld+json">{{"@type": "Article", "articleBody": '
    f'"{"<br" * 300_000}"}}</script><p>x',
    "paragraphs": "<p>abc" * 100_000,
    "blocks": "".join(f"<div class='c{n} d{n}'>word {n}</div>" for n in range(60_000)),
    "quotes in a script": "<script>" + '"' + 'a\\"' * 500_000 + "</script>",
}

HEADED = (
    '<meta property="og:image" content="/a/99345678.jpg"><title>The headline of it</title><h1>The headline of it</h1>'
)
SENTENCES = f"<p>{'This is a sentence of the text. ' * 6}</p>"
# What was looked through again at each level, or for each heading.
HOSTILE |= {
    "pictures in boxes in boxes": f"{HEADED}{SENTENCES * 5}{'<figure><figcaption>x y</figcaption>' * 60}"
    + '<img src=/b.jpg srcset="/a/12345678.jpg 1x, /b/12345679.jpg 2x">' * 30_000,
    "unknown tags in unknown tags": f"{HEADED}{'<x-a>' * 140}{'<i>x</i>' * 30_000}<p>y",
    "the headline before each part": f"{HEADED}{f'<div><h2>The headline of it</h2>{SENTENCES}</div>' * 9_000}",
}


DEEP_DIVS = "<div>" * 40_000
# What hides an end tag that is none, or a start tag that is one, from whoever looks at bytes without parsing them.
HOSTILE |= {
    "end tags in attributes": '<div title="</div>">' * 40_000,
    "end tags in comments": "<div><!--</div>-->" * 30_000,
    "end tags in scripts": "<div><script></div></script>" * 20_000,
    "end tags in texts": "<div><textarea></div></textarea>" * 20_000,
    "end tags in end tags": "<div></ </div>" * 30_000,
    "end tags in declarations": "<div><!</div>" * 30_000,
    "end tags that close nothing": "<div></span>" * 40_000,
    "end tags that may not close": "<span><div></span></div>" * 20_000,
    "a name like that of a script": "<script-x>" + DEEP_DIVS,
    "a tag like a script's end": "<script></scriptx><!--</script>" + DEEP_DIVS,
    "a script in a script": "<script><!--<script></script><!--</script>" + DEEP_DIVS,
    "a script in an attribute": '<a title="<script>">' + DEEP_DIVS,
    "a script in a declaration": "<!x <script>" + DEEP_DIVS,
    "a script after a drawing's data": "<svg><![CDATA[</svg><script>]]>" + "<g>" * 40_000,
    "comments that end at once": "<!--><!--->" + DEEP_DIVS,
    "a comment that ends with a shout": "<!--a--!>" + DEEP_DIVS,
    "a title in a choice": "<select><title></select>" + DEEP_DIVS,
    "a name with a tabulator": "<script\x0b>" + DEEP_DIVS,
    "deep in a template": "<template>" + DEEP_DIVS,
    "deep in a template of a template": "<template><template>" + DEEP_DIVS,
    "templates": "<template>" * 60_000,
    "many templates": "<template><p>x</p></template>" * 12_000,
    "deep in many templates": ("<template>" + "<div>" * 1_500 + "</template>") * 26,
    "deep after much that is flat": "<p>x</p>" * 25_000 + DEEP_DIVS,
    "many small depths": ("<div>" * 140 + "</div>" * 140) * 300,
    "formatting that two paragraphs in three close": "<p>" + "<b c>" * 40 + "<b d>" * 40 + "</p><p>x" * 12_000,
    "lines in one link": "<a href=/x><div>" + "<i></i>" * 28_000 + "Story of the old town here<br><br>" * 20_000,
    "a word as long as a line": "<h1>A</h1><p>The mill has new wheels since Tuesday, its owner said.</p>"
    + ("<div>x <a href=/a>" + "оформ" * 40_000 + "</a></div>") * 6,
    "cards of links and times": ("<div class=c>" + "<a href=/a></a>" * 4_000 + "<time></time>" * 4_000 + "</div>") * 2,
    "lists of tags in a box": "<h1>A</h1><div class=related>" + "<div class=tags><a href=/x>aaaa</a></div>" * 18_000,
    "dated lines in a box": "<h1>A</h1><p>The mill has new wheels since Tuesday, its owner said.</p>"
    + "<header class=related><div>"
    + "12.05.2020 aa<br><br>" * 48_000,
    "lines and links in a heading": "<h2><a href='#'>"
    + "t <br>" * 3_000
    + "</a>"
    + "<br><br><a href=x>x<a href=y>y" * 18_000,
    "tags in tags": "<h1>A</h1>" + "<div class=tags>" * 140 + "<a href=/x>x" * 90_000,
    "links to a tag": "<h1>A</h1>" + "<a href=/tag/x>x" * 90_000,
    "crumbs and headlines": "<div class=breadcrumb>"
    + "<a href=/b>story</a>" * 12
    + "</div>"
    + "<h1><div>" * 60
    + "x y " * 500_000,
    "many cards": "<div class=c><a href=/a>A story of the town</a><time datetime=2024-05-02></time></div>" * 9_000,
    "formatting just within the bound": "<p>" + "".join(f"<b c={n}>" for n in range(250)) + "<p>x" * 2_740,
}


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


TITLE = "<title>Another title</title><h1>Another title</h1>"
TEXT = "<p>The bridge over the river is closed for two years, the mayor of the town said on Friday morning.</p>" * 8
AUTHORS = '{"@type": "NewsArticle", "headline": "Another title", "author": %s}'


def letters(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "bcdfghjklm"))


def og_title(text: str) -> str:
    return f'<meta property="og:title" content="{text}">{TITLE}{TEXT}'


HOSTILE |= {
    "marks on a letter": TITLE + TEXT + "<p>a" + "\u0301\u0323" * 50_000,
    "marks in a title": og_title("a" + "\u0301\u0323" * 50_000),
    "a letter that is many": og_title("\ufdfa" * 3_000_000),
    "a reference without an end": json_ld(AUTHORS % f'"&#{"1" * 5_000};"') + TITLE + TEXT,
    "a long description and many articles": f'<meta name="description" content="{"слово " * 100_000}">'
    + json_ld("[" + ", ".join([AUTHORS.replace("Another", "qqqq zzzz") % '"x"'] * 500) + "]"),
    "an author of many places": json_ld(
        "["
        + AUTHORS % json.dumps([[{"@id": "#a"}] * 20] * 20)
        + ', {"@id": "#a", "x": 1, "name": "'
        + "x  " * 300_000
        + '"}]'
    ),
    "very many sentences in spans": "<p>" + "<span>The ferry came back to its harbour at noon.</span>" * 24_000,
    "very many boxes of headlines": "<h1>x</h1>"
    + "<div><p>A label</p><a href=/a/1234>The ferry came back to its harbour</a></div>" * 20_000,
    "very many parts of a text in a script": '<script>x=[{"text":"'
    + '"},{"text":"'.join(["A."] * 100_000)
    + '"}]</script>',
    "very many objects": json_ld("[" + ", ".join(['{"": {}}'] * 200_000) + "] x") * 5,
    "very many lines of text": json_ld(
        '{"@type": "Article", "headline": "x", "articleBody": "' + "a\\n" * 400_000 + '"}'
    ),
    "lines in a script": ('<script>"' + "a\\n" * 1_400_000 + '"</script>') * 3,
    "authors in metas": "".join(f'<meta name=author content="Some One{n}">' for n in range(90_000)),
    "lines that name authors": TITLE + "<p>" + "Author: 1234<br><br>" * 45_000,
    "tags in tags": TITLE + "<div rel=tag>" * 1_500 + "word " * 1_800_000,
    "captions in captions": TITLE + "<p>12.05.2023</p>" + TEXT + "<figcaption>" * 1_500 + "word " * 1_500_000,
    "dates in dates": TITLE + TEXT + "<div class=date>" * 60 + "word " * 1_900_000,
    "headings in headings": TITLE + "<p>12.05.2023 xx</p>" + TEXT + "<h2><div>" * 60 + "word " * 1_800_000,
    "ages in ages": TITLE + "<p>some five letters</p>" + TEXT + "<span title=5>" * 60 + "word " * 1_900_000,
    "sentences with names in them": "<p>" + 'word word word word <span class="author">x</span> and' * 40_000,
    "captions of many pictures": f'<meta property="og:image" content="/a.jpg">{TITLE}{TEXT}<figure>'
    + "<figcaption>x</figcaption>" * 60
    + "<img src=x>" * 95_000,
    "a title of many bars": f'<meta property="og:title" content="{"é|" * 990}q">{TITLE.replace("Another", "é|" * 980)}',
    "a large text and many breaks": "<p>" + "&amp;" * 1_850_000 + "<br>" * 98_000,
    "many attributes and breaks": ("<br " + " ".join(f"a{n}" for n in range(75)) + ">") * 9_800 + "<br>" * 88_000,
    "a told text and many others": json_ld(
        json.dumps({"@type": "NewsArticle", "articleBody": " ".join(f"word{n}" for n in range(30_000))})
    )
    + "".join(f"<p>{' '.join(f'word{n * 20 + m}' for m in range(90))}.</p>" for n in range(10_000)),
    "an author of many kinds": json_ld(
        "["
        + AUTHORS % json.dumps([[{"@id": "#a"}] * 20] * 20)
        + ', {"@id": "#a", "x": 1, "name": "x y", "@type": '
        + json.dumps(["a/b"] * 100_000)
        + "}]"
    ),
    "names in an endless class": f'{TITLE}{TEXT}<div class="{"x " * 1_500_000}">{"<i class=fn>x</i>" * 1_500}',
    "class names that all differ": TITLE
    + TEXT
    + "".join(
        f'<div class="{"".join(f" content{a}{letters(n)}" for a in "abcdefghijklmnopqrstuvwx")}">x</div>'
        for n in range(9_000, 26_000)
    ),
    "a language without an end": f'<html lang="en{"-aa" * 3_000_000}">{TITLE}{TEXT}',
}


def test_a_page_may_be_deep_and_its_reader_be_called_from_deep() -> None:
    def called(frames: int) -> None:
        if frames:
            called(frames - 1)
        else:
            read_page((TITLE + '<x-a class="related">' * 230 + "x " * 40).encode(), URL)

    with pytest.raises(HostilePage, match="deep"):
        called(sys.getrecursionlimit() - len(inspect.stack(0)) - 300)


@pytest.mark.parametrize(
    "url", ["https://courier.example\\[x/story-1", "https://courier.example\\\u2100/a", "", "x:", "\ud800"]
)
def test_no_address_is_too_odd_for_a_page(url: str) -> None:
    page = f'<meta property="og:url" content="https://courier.example/x">{TITLE}{TEXT}'
    assert read_page(page.encode(), url).headline == "Another title"


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_costs_less_than_a_second(html: str, unburdened: None) -> None:
    started = time.process_time()
    with pytest.raises(WireroomError) as raised:
        read_page(html.encode(), URL)
        raise HostilePage("it was read as an article, which is as well")
    assert time.process_time() - started < a_second()
    assert str(raised.value)


@pytest.mark.parametrize("name", ["options", "many links", "class names", "many small depths", "boxes with links"])
def test_other_libraries_make_no_hostile_page_longer_than_a_second(name: str, unburdened: None) -> None:
    pytest.importorskip("trafilatura")
    started = time.process_time()
    with pytest.raises(WireroomError):
        read_page(HOSTILE[name].encode(), URL, careful=True)
    assert time.process_time() - started < a_second()


DEEP = {
    "names": "<i class=fn>x</i>",
    "captions": "<figcaption>x</figcaption>",
    "labels": "<h3>LATEST</h3>",
    "links to tags": "<a rel=tag href=/tag>x</a>",
    "empty headings": "<h1></h1>",
    "bylines": "<p class=byline>x</p>",
}


@pytest.mark.parametrize(
    "url", [URL, "https://en.interfax.com.ua/news/general/1.html", "https://www.unian.net/a-1.html"]
)
@pytest.mark.parametrize("html", DEEP.values(), ids=DEEP)
def test_what_stands_deep_and_often_costs_less_than_a_second(html: str, url: str, unburdened: None) -> None:
    started = time.process_time()
    picture = '<meta property="og:image" content="/a.jpg">'
    with pytest.raises(WireroomError):
        read_page(f"{picture}{'<div>' * 145}{html * 30_000}".encode(), url)
        raise HostilePage("it was read as an article, which is as well")
    assert time.process_time() - started < a_second()


@pytest.mark.parametrize("before", [0, 1, 499, 998, 999, 1_000, 1_001, 1_999, 2_000, 12_345, 123_456])
def test_a_tag_of_many_attributes_is_found_wherever_it_stands(before: int) -> None:
    tag = "<p " + " ".join(f"a{n}" for n in range(6_000)) + ">"
    with pytest.raises(HostilePage, match="attributes"):
        read_page(f"{'x' * before}{tag}{'<b>x</b>' * 900}".encode(), URL)
    small = "<p " + " ".join(f"a{n}" for n in range(600)) + ">"
    with pytest.raises(Incomplete):
        read_page(f"{'x' * before}{small}{'<b>x</b>' * 900}".encode(), URL)


@pytest.mark.parametrize(
    "html",
    [
        "<p>It is <ruby>漢<rt>kan</ruby><ruby>字<rp>(<rt>ji<rp>)</ruby>.</p>" * 1_200,
        '<svg><a href="/x"><path d="M0 0"/></a></svg><input><link rel=x><table><tr><td>x</table>' * 400,
        "<p><b>A</b> and <i class=x>b</i>, <a href=/a>c</a> <font color=red>d</font></p>" * 2_000,
        "<p>The <math><mi>x</mi><mo>=</mo><mn>1</mn></math> of it.</p>" * 900,
    ],
)
def test_ordinary_markup_in_large_numbers_is_none_of_that(html: str) -> None:
    guarded(html.encode(), URL)


@pytest.mark.parametrize("depth", range(190, 210))
def test_words_stay_apart_however_deep_they_stand(depth: int) -> None:
    page = Document("<body><p>" + "<span>" * depth + "river<i> </i>rose", URL)
    assert [piece.text for piece in outline_of(page.root).pieces] == ["river rose"]


def test_invalid_bytes_cost_no_more_than_themselves() -> None:
    body = classic(GERMAN).encode().replace(b"Hinterau", b"Hinter\xff\xfeau")
    assert "Hinter\ufffd\ufffdau" in read_page(body, URL).text
