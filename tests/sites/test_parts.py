"""Stories in parts: where the second one is, and how the texts of all become one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from workers.core.article import Article, Block, Moment
from workers.sites.known import any_site
from workers.sites.page.document import Document
from workers.sites.parts import further_part, joined, names_part, second_part

HOST = "https://news.example"
SITE = any_site(HOST)

SECOND = [
    ("/story", '<a href="?page=2">2</a>', "/story?page=2"),
    ("/story", '<a href="/story/2">Next page</a>', "/story/2"),
    ("/story/", '<link rel="next" href="/story/2/">', "/story/2/"),
    ("/a/story.html", '<a href="story-2.html">2</a>', "/a/story-2.html"),
    ("/a/story.html", '<a href="/a/story_2.html">Weiter</a>', "/a/story_2.html"),
    ("/a/story", '<a rel="next" href="/a/story/seite-2"><img src="r.gif"></a>', "/a/story/seite-2"),
    ("/read.php?id=7", '<a href="/read.php?id=7&amp;p=2">2</a>', "/read.php?id=7&p=2"),
    ("/a/story.html", '<div><a href="story.html">【1】</a><a href="story-2.html">【2】</a></div>', "/a/story-2.html"),
    ("/story", '[<a href="?page=1">[1]</a><a href="?page=2">[2]</a>', "/story?page=2"),
    ("/story", '<div id="comments"><a href="?page=2">2</a></div>', None),
    ("/story", '<a href="/story?page=2#comments">2</a>', None),
    ("/story", '<div class="related-news"><ul><li><a href="?page=2">2</a></ul></div>', None),
    ("/story", '<aside><a href="?page=2">2</a></aside>', None),
    ("/story", '<div class="disqus-thread"><a href="?page=2">2</a></div>', None),
    ("/story", '<a href="/story?page=1">2</a>', None),
    ("/story", '<a href="/story-2">The mill of the town, part two</a>', None),
    ("/story", '<a href="/other/2">2</a>', None),
    ("/story", '<a href="/story?photo=2">2</a>', None),
    ("/read.php?p=29", '<a href="/read.php?p=2">2</a>', None),
    ("/story?page=1", '<a href="/story?page=2">2</a>', "/story?page=2"),
    ("/story", '<a href="https://other.example/story?page=2">2</a>', None),
    ("/story22", '<a href="/story222">2</a>', None),
]


@pytest.mark.parametrize(("path", "html", "second"), SECOND)
def test_the_second_part_is_the_address_of_the_first_with_a_two(path: str, html: str, second: str | None) -> None:
    found = second_part(Document(f"<article><p>Text</p>{html}</article>", f"{HOST}{path}"), SITE)
    assert found == (second and f"{HOST}{second}")


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("/story", "/story?page=2", "/story?page=3"),
        ("/story2.html", "/story2-2.html", "/story2-3.html"),
        ("/2/", "/2/2/", "/2/3/"),
        ("/a?id=22", "/a?id=22&p=2", "/a?id=22&p=3"),
    ],
)
def test_further_parts_are_named_as_the_second_one(first: str, second: str, third: str) -> None:
    assert further_part(HOST + first, HOST + second, 3) == HOST + third


@pytest.mark.parametrize(
    ("html", "is_named"),
    [
        ('<a href="?page=3">3</a>', True),
        (f'<a href="{HOST}/a/story?page=3">3</a>', True),
        ('<a href="story?page=33">3</a>', False),
        ('<a href="?page=2">2</a>', False),
    ],
)
def test_a_part_is_asked_for_where_the_page_before_names_it(html: str, is_named: bool) -> None:
    assert names_part(html.encode(), f"{HOST}/a/story", f"{HOST}/a/story?page=3") is is_named


def test_a_name_in_other_letters_is_found_as_it_is_written() -> None:
    first = f"{HOST}/%D0%BC%D0%BB%D0%B8%D0%BD"
    assert names_part('<a href="/млин/3">3</a>'.encode(), first, f"{first}/3")
    assert names_part(b'<a href="/a.php?id=1&amp;p=3">3</a>', f"{HOST}/a.php?id=1", f"{HOST}/a.php?id=1&p=3")


def article(headline: str, *texts: str) -> Article:
    return Article(site="a", key="k", url=HOST, headline=headline, body=tuple(Block(text=text) for text in texts))


def test_what_the_parts_say_that_is_new_is_joined_in_their_order() -> None:
    first = article("The mill", "One.", "Two.")
    parts = (article("The mill – page 2", "Lead.", "Three."), article("The Mill", "Lead.", "Four."))
    assert [block.text for block in joined(first, parts).body] == ["One.", "Two.", "Lead.", "Three.", "Four."]


def test_another_story_and_a_part_that_says_the_same_add_nothing() -> None:
    first = article("The mill", "One.", "Two.")
    assert joined(first, [article("The bridge", "Three."), article("The mill", "Two.")]) is first


def test_the_next_story_of_the_same_name_is_no_part() -> None:
    days = (Moment(at=datetime(2026, 5, day, 9, tzinfo=UTC), text="") for day in (4, 11))
    first, next_one = (
        article("The week in the mill", text).model_copy(update={"published": day})
        for text, day in zip(("One.", "Two."), days, strict=True)
    )
    assert joined(first, [next_one]) is first
