"""Short texts beside longer furniture: what the page calls the article's text is it, however much stands around."""

from __future__ import annotations

from typing import Any

import pytest

from workers.sites.read import read_anyway

FIRST = "The ferry will not go before June, as its engine waits for a part that nobody makes any more."
SECOND = "The harbour master said so on Tuesday, in a letter of four lines to those who live on the island."
LETTER = "Twenty boats were counted at the quay this week, and nobody on the island can say where they had come from."


def lines(body: str) -> list[str]:
    page = f"<html lang=en><head><title>No ferry</title></head><body>{body}</body></html>"
    article: Any = read_anyway(page.encode(), "https://courier.example/town/no-ferry")[0]
    return [block.text for block in article.body]


def card(number: int) -> str:
    return (
        f"<li><article><h3><a href=/town/other-{number}>The boat number {number} came home late</a></h3>"
        f"<div class=summary><p>{LETTER} So it was told on the evening of day {number} by those there.</p></div>"
        "</article></li>"
    )


CARDS = "".join(map(card, range(4)))
HEAD, TEXT = "<header><h1>No ferry</h1></header>", f"<p>{FIRST}</p><p>{SECOND}</p>"


@pytest.mark.parametrize(
    "beside",
    [
        f"<div class=entry-related><h2>Similar Posts</h2><ul>{CARDS}</ul></div>",
        f"<section id=related-posts><ul>{CARDS}</ul></section>",
        f"<div class=author-box><p>Ida Holm has lived here for years. {LETTER}</p><p>{LETTER} {LETTER}</p></div>",
    ],
)
def test_what_is_called_so_beside_a_short_text_is_none_of_it(beside: str) -> None:
    assert lines(f"<main><article>{HEAD}<div class=entry-content>{TEXT}</div></article>{beside}</main>") == [
        FIRST,
        SECOND,
    ]


def test_comments_below_a_flash_are_none_of_it_however_many_there_are() -> None:
    comments = "".join(f"<li class=comment><p>{LETTER} I saw {number} of them.</p></li>" for number in range(30))
    article = f"{HEAD}<div class=entry-content><p>{FIRST} {SECOND}</p></div>"
    assert lines(f"<main><article>{article}<ol class=comment-list>{comments}</ol></article></main>") == [
        f"{FIRST} {SECOND}"
    ]


@pytest.mark.parametrize("number", [2, 12])
def test_comments_below_a_flash_are_none_of_it_where_nothing_is_called_its_text(number: int) -> None:
    comments = "".join(f"<li class=comment><p>{LETTER} I saw {each} of them.</p></li>" for each in range(number))
    article = f"<article>{HEAD}<p>{FIRST} {SECOND}</p></article>"
    assert lines(f"<main>{article}<div id=comments><ol>{comments}</ol></div></main>") == [f"{FIRST} {SECOND}"]


@pytest.mark.parametrize("heading", ["Comments", "6 Comments", "Kommentare (6)"])
def test_what_a_heading_calls_comments_in_a_box_of_its_own_is_none_of_a_flash(heading: str) -> None:
    comments = "".join(f"<div class=x1><b>U{i}</b><p>{LETTER} I saw {i} of them.</p></div>" for i in range(6))
    article = f"<article>{HEAD}<p>{FIRST} {SECOND}</p></article>"
    shown = lines(f"<main>{article}<section><h2>{heading}</h2>{comments}</section></main>")
    assert shown == [f"{FIRST} {SECOND}"]


def test_an_opinion_that_is_called_a_comment_is_the_text_beside_a_lead() -> None:
    long = "".join(f"<p class=comment-text>{LETTER} It was day {number}.</p>" for number in range(9))
    assert len(lines(f"<main>{HEAD}<p>{FIRST} {SECOND}</p><div class=comment>{long}</div></main>")) >= 9


def test_the_parts_of_an_opinion_are_text_whatever_they_are_called() -> None:
    parts = "".join(
        f"<div class=comment-section><p>{LETTER} It was day {i}.</p><p>{SECOND}{i}</p></div>" for i in range(4)
    )
    assert len(lines(f"<main>{HEAD}<p>{FIRST} {SECOND}</p><div class=comment-piece>{parts}</div></main>")) >= 8
    chapters = f"<div class=s><p>{FIRST} {SECOND}</p></div><div class=s><h2>Kommentar</h2><p>{LETTER}</p></div>"
    assert LETTER in lines(f"<main>{HEAD}{chapters}</main>")


def test_comments_have_numbers() -> None:
    entry = "<li class='comment depth-{0}' id=comment-{0}><p>{1} I saw {0} of them.</p></li>"
    comments = "".join(entry.format(i, LETTER) for i in range(9))
    article = f"<article>{HEAD}<p>{FIRST} {SECOND}</p></article>"
    assert lines(f"<main>{article}<div id=comments><ol>{comments}</ol></div></main>") == [f"{FIRST} {SECOND}"]


def test_a_text_that_is_called_furniture_stays_where_nothing_else_is_called_the_text() -> None:
    long = "".join(f"<p>{LETTER} It was day {number}.</p>" for number in range(6))
    assert len(lines(f"<main><article>{HEAD}<div class=related-story>{long}</div></article></main>")) == 6


def test_a_text_that_is_called_furniture_stays_beside_a_lead_that_is_called_the_text() -> None:
    long = "".join(f"<p>{LETTER} It was day {number}.</p>" for number in range(9))
    lead = "<div class=entry-content><p>Boats come and go, and those who live here count them every week.</p></div>"
    assert len(lines(f"<main><article>{HEAD}{lead}<div class=related-story>{long}</div></article></main>")) >= 9


def test_who_is_marked_as_the_author_in_the_text_is_none_of_it() -> None:
    box = (
        '<div class="boxplugin-wrap" itemtype="http://schema.org/Person" itemscope itemprop="author"><div>'
        "<a href=/author/ida>Ида Хольм</a></div><div><p>Ида Хольм двенадцать лет пишет о портах.</p></div></div>"
    )
    text = TEXT + "".join(f"<p>{LETTER} It was day {number}.</p>" for number in range(4))
    assert len(lines(f"<main><article>{HEAD}<div class=entry-content>{text}{box}</div></article></main>")) == 6
