"""Columns of a page: the one with the headline is the article, unless the text goes on in the others."""

from __future__ import annotations

import pytest
from test_generic_text import FIRST, SECOND, THIRD

from workers.sites.read import read_page

URL = "https://courier.example/news/the-ferry-that-came-back-4711"
PARTS = [FIRST, SECOND, THIRD, f"{FIRST} So it was.", f"{SECOND} So it was.", f"{THIRD} So it was."]
TEXT = "<h1>The ferry came back</h1>" + "".join(f"<p>{part}</p>" for part in PARTS)
AGAIN = f"{SECOND} So it was told on the next day, too."
TEASERS = "".join(
    f"<h4><a href=/news/the-mill-that-turned-{n}>The mill turned on day {n} of the spring</a></h4>"
    f"<p>It turned {n} times in an hour, and the miller and her daughters baked {n} loaves of bread in the evening.</p>"
    for n in range(4711, 4714)
)


def lines(body: str) -> list[str]:
    html = f"<html lang=en><title>The ferry came back</title><body><main>{body}</main></body></html>"
    return [block.text for block in read_page(html.encode(), URL).body]


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=wide>{}</div><div class=narrow>{}</div>",
        "<div class=row><div class=col-8><div>{}</div></div><div class=col-4><div>{}</div></div></div>",
        "<div class=left><div class=in>{}</div><div class=below>{}</div></div>",
    ],
)
def test_teasers_beside_the_column_of_the_headline_are_no_text(markup: str) -> None:
    assert lines(markup.format(TEXT, TEASERS)) == PARTS


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=upper>{}</div><div class=lower><p>{}</p></div>",
        "<div class=upper>{}</div><div class=lower><p><a href=/a-4712>The fog of the last year</a></p>"
        f"<p>{THIRD} Again.</p><p>{{}}</p></div>",
        "<section class=s1>{}</section><section class=s2><p>{}</p></section>",
        "<div class=p1>{}</div><div class=p2><p><a href=/a-4712>The fog of the last year</a></p><p>{}</p></div>",
        "<div>{}</div><div><p><a href=/a-4712>The fog of the last year</a></p><p>{}</p></div>",
    ],
)
def test_a_text_may_go_on_outside_of_the_column_of_the_headline(markup: str) -> None:
    assert lines(markup.format(TEXT, AGAIN))[-1] == AGAIN


def test_a_lead_with_the_headline_is_no_column() -> None:
    lead = f"<div class=hero><h1>The ferry came back</h1><p>{FIRST} {SECOND}</p></div>"
    text = f"<div class=rest><p>{THIRD}</p><p><a href=/a-4712>The fog of the last year</a></p></div>"
    assert lines(lead + text)[-1] == THIRD
