"""The lead picture that stands above the headline, and the one that a blog's program calls its own."""

from __future__ import annotations

import pytest

from workers.sites.read import read_page

URL = "https://courier.example/town/ferry-4711"
TEXT = "".join(f"<p>Sentence {n}: the ferry goes again after a winter of repairs to its engine.</p>" for n in range(5))
HEADLINE = "<h1>Ferry goes</h1>"
LEAD = "https://courier.example/i/ferry.jpg"


def image_in(body: str) -> str | None:
    page = f"<html lang=en><head><title>Ferry goes</title></head><body>{body}</body></html>"
    image = read_page(page.encode(), URL).image
    return image.url if image else None


@pytest.mark.parametrize(
    "body",
    [
        f"<article><div class=thumb><img src=/i/ferry.jpg></div><header>{HEADLINE}</header>{TEXT}</article>",
        f"<div><div><img width=900 src=/i/ferry.jpg></div><div><div>{HEADLINE}</div></div></div><main>{TEXT}</main>",
        f"<article><img src=/i/ferry.jpg>{HEADLINE}{TEXT}<div class=related><img src=/i/other.jpg></div></article>",
    ],
)
def test_a_picture_right_above_the_headline_is_the_lead(body: str) -> None:
    assert image_in(body) == LEAD


@pytest.mark.parametrize(
    "body",
    [
        f"<div><img src=/i/harbour.jpg></div><section><section><section><section><div>{HEADLINE}</div>{TEXT}</section>"
        "</section></section></section>",
        f"<main><header><img src=/i/harbour.jpg></header><article>{HEADLINE}{TEXT}</article></main>",
        f"<article><a href=/town/other-4712><img src=/i/other.jpg></a>{HEADLINE}{TEXT}</article>",
        f"<div class=w><div><a href=/><img width=1000 src=/i/head.jpg></a></div>{HEADLINE}{TEXT}</div>",
        f"<article><div class=ad-banner><img src=/i/soap.jpg></div>{HEADLINE}{TEXT}</article>",
    ],
)
def test_what_stands_far_above_or_belongs_to_something_else_is_none(body: str) -> None:
    assert image_in(body) is None


def test_the_picture_that_its_program_calls_that_of_the_post_comes_before_those_in_the_text() -> None:
    own = "<img class='size-large wp-post-image' src=/i/ferry.jpg>"
    other = "<a href=/town/other-4712><img class=wp-post-image src=/i/other.jpg></a>"
    second = "<figure><img src=/i/engine.jpg></figure>"
    named = f"<div class='page right-sidebar'>{other}<article>{HEADLINE}{own}{second}{TEXT}</article>{other}</div>"
    assert image_in(named) == LEAD
    assert image_in(f"<article>{HEADLINE}{TEXT}</article><div class=related>{own}</div>") is None


@pytest.mark.parametrize("link", ["<a href=/town/other-4712></a>", ""])
def test_what_blogs_call_a_posts_picture_is_anothers_behind_the_text(link: str) -> None:
    title = "<h4><a href=/town/other-4712>Other</a></h4>"
    card = f"<div class=item><img class=wp-post-image src=/i/other.jpg>{link}{title}</div>"
    own = "<figure><img src=/i/ferry.jpg></figure>"
    assert image_in(f"<article>{HEADLINE}{own}{TEXT}</article><div class=more>{card}{card}</div>") == LEAD
    assert image_in(f"<article>{HEADLINE}{TEXT}</article><div class=more>{card}</div>") is None


def test_what_scripts_put_there_later_is_the_picture_and_not_what_holds_its_place() -> None:
    assert image_in(f"<article>{HEADLINE}<img src=/i/holder.png data-src=/i/ferry.jpg>{TEXT}</article>") == LEAD


def test_a_figure_above_the_text_comes_before_the_pictures_in_it_whatever_it_is_called() -> None:
    first, second = "<figure><img class=modal-image src=/i/ferry.jpg></figure>", "<p><img src=/i/engine.jpg></p>"
    assert image_in(f"<article>{HEADLINE}{first}{TEXT}{second}{TEXT}</article>") == LEAD


@pytest.mark.parametrize(
    "portrait",
    [
        "<div class=x1><img src=/i/ann.jpg> By Ann Hill</div>",
        "<p>By Ann Hill</p><div><img src=/i/7.jpg alt='Ann Hill'></div>",
    ],
)
def test_the_authors_portrait_above_the_first_figure_is_not_the_lead(portrait: str) -> None:
    own = "<figure><img src=/i/ferry.jpg></figure>"
    assert image_in(f"<article>{HEADLINE}{portrait}{own}{TEXT}</article>") == LEAD
