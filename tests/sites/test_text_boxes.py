"""Boxes in the middle of a text that are none of it, as their own heading or their name says."""

from __future__ import annotations

import pytest
from test_generic_text import FIRST, SECOND, THIRD, URL, lines, page

from workers.sites.read import read_anyway

LETTER = "Our letter about the coast, every Thursday in your inbox, and a riddle."


@pytest.mark.parametrize(
    "box",
    [
        f"<div class=x><h3>Sign up for our newsletter</h3><p>{LETTER}</p></div>",
        f"<div class=x><h3>Related articles</h3><div><h4>The fog of last year</h4><p>{LETTER}</p></div></div>",
        f"<section><div><h3>Follow us</h3></div><p>{LETTER}</p></section>",
    ],
)
def test_a_box_goes_with_its_heading_where_the_text_goes_on_after_it(box: str) -> None:
    inside = f"<div><p>{FIRST}</p>{box}<p>{SECOND}</p><p>{THIRD}</p></div>"
    assert lines(page(inside)) == [FIRST, SECOND, THIRD]


def test_late_in_a_text_such_a_box_does_not_end_it() -> None:
    begun = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>" + "".join(
        f"<p>{text} {number}.</p>" for number in range(5) for text in (FIRST, SECOND)
    )
    box = f"<div class=x><h3>Newsletter</h3><p>{LETTER}</p></div>"
    assert lines(page(f"<div>{begun}{box}<p>{THIRD} Again.</p></div>"))[-1] == f"{THIRD} Again."
    assert LETTER not in lines(page(f"<div>{begun}{box}<p>{THIRD} Again.</p></div>"))


def test_a_part_of_the_text_with_such_a_heading_keeps_its_sentences() -> None:
    part = f"<section><h3>Disclosure</h3><p>{SECOND}</p><p>{THIRD}</p></section>"
    assert lines(page(f"<div><p>{FIRST}</p>{part}<p>{SECOND} Again.</p></div>")) == [
        FIRST,
        SECOND,
        THIRD,
        f"{SECOND} Again.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "###",
        "* * *",
        "💡",
        "- 30 -",
        "12 votes",
        "SOURCE Harbour Company Inc.",
        "Follow topics and authors from this story to see more like this in the feed of your front page.",
        "Listen to the best of the harbour's radio and follow us on Facebook, X and Instagram.",
        "The Harbour newsletter is a weekly wrap of what sailors think. Sign up here.",
        "İLGİLİ HABER",
        "IKLAN",
        "- Quảng cáo -",
        "تبلیغات",
        "Сондай-ақ оқыңыз: паром қайта жүре бастады",
        '<strong>Gerelees:</strong> <a href="/news/the-fog-of-last-year">The fog of last year cost three boats</a>',
    ],
)
def test_litter_between_the_paragraphs_is_dropped(line: str) -> None:
    assert lines(page(f"<div><p>{FIRST}</p><p>{line}</p><p>{SECOND}</p></div>")) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "30",
        "✓ Open all year",
        "The end of the 30-year lease is near.",
        "Sources at the harbour said so.",
        "Iklan rokok dilarang di dermaga",
        'The report: <a href="/news/report">“It was the fog”</a> and nothing else, say those who were there.',
        'Homepage: <a href="https://harbour.example/the-ferry">https://harbour.example/the-ferry</a>',
    ],
)
def test_short_text_that_is_no_litter_stays(line: str) -> None:
    assert len(lines(page(f"<div><p>{FIRST}</p><p>{line}</p><p>{SECOND}</p></div>"))) == 3


def test_a_quote_that_repeats_the_text_is_dropped_with_its_name() -> None:
    said = "<p>“The engine had failed far from the coast”</p><cite>Ida Holm</cite>"
    quote = f"<figure><blockquote>{said}</blockquote></figure>"
    other = "<blockquote>Nobody has asked us about the engine since then.</blockquote>"
    inside = f"<div><p>{FIRST}</p>{quote}<p>{SECOND}</p>{other}<p>{THIRD}</p></div>"
    assert lines(page(inside)) == [FIRST, SECOND, "Nobody has asked us about the engine since then.", THIRD]


def test_of_a_large_first_letter_that_is_also_read_out_one_stays() -> None:
    rest = FIRST[1:]
    for first in (
        '<span class="cap" aria-hidden="true">T</span><span class="sr-only">T</span>',
        '<span class="sr-only">T</span><span aria-hidden="true">T</span>',
    ):
        assert lines(page(f"<div><p>{first}{rest}</p><p>{SECOND}</p></div>")) == [FIRST, SECOND]
    said = '<span aria-hidden="true">T</span><span class="sr-only">The</span><span aria-hidden="true">he</span>'
    assert lines(page(f"<div><p>{said}{FIRST[3:]}</p><p>{SECOND}</p></div>")) == [FIRST, SECOND]


def test_the_next_article_of_an_endless_page_is_left_out() -> None:
    own = f'<div class=a data-url="/one"><h1>The ferry came back</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>'
    following = (
        f'<div class=a data-url="/two"><h2>The fog of last year</h2><p>{FIRST} Not so.</p><p>{SECOND} Not so.</p></div>'
    )
    markup = "<!doctype html><title>The ferry came back</title><body><main>" + own + following + "</main></body>"
    assert lines(markup.encode()) == [FIRST, SECOND, THIRD]


def test_the_next_article_below_is_left_out_where_it_stands_in_a_box_of_the_same_kind() -> None:
    own = f"<div class=x1><h1>The ferry came back</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"
    other = f"<div class=x1><h1>The fog of last year</h1><p>{FIRST} Not so.</p><p>{SECOND} Not so.</p></div>"
    markup = "<!doctype html><title>The ferry came back</title><body><div id=x2>" + own + other + "</div></body>"
    assert lines(markup.encode()) == [FIRST, SECOND, THIRD]
    chapter = f"<div class=x3><h1>The night</h1><p>{THIRD} Again.</p></div>"
    markup = "<!doctype html><title>The ferry came back</title><body><div id=x2>" + own + chapter + "</div></body>"
    assert lines(markup.encode()) == [FIRST, SECOND, THIRD, "The night", f"{THIRD} Again."]


@pytest.mark.parametrize(
    "lead", ["<h2 class=subheadline>{}</h2>", "<h2 class=synopsis>{}</h2>", "<p class=strapline>{}</p>"]
)
def test_a_lead_of_a_few_words_is_known_by_its_own_name(lead: str) -> None:
    def read(text: str) -> list[str]:
        shown = lead.format(text) + "<p>By Ida Holm</p>" + f"<div class=text><p>{FIRST}</p><p>{SECOND}</p></div>"
        return lines(page(shown))

    assert read("Sailors told to ask again in May") == ["Sailors told to ask again in May", FIRST, SECOND]
    assert read("Monday, 14 October 2026") == [FIRST, SECOND]


@pytest.mark.parametrize("lead", ["<p>{}</p>", "<h2>{}</h2>"])
def test_a_sentence_right_below_the_headline_is_the_lead(lead: str) -> None:
    said = "The council has found money for the harbour after nine years of delay."
    head = f"<header><h1>The ferry came back</h1>{lead.format(said)}</header>"
    text = f"<div class=text><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"
    markup = f"<!doctype html><title>The ferry came back</title><body><main>{head}{text}</main>"
    assert lines(markup.encode()) == [said, FIRST, SECOND, THIRD]


def test_the_lead_and_the_headline_may_stand_in_boxes_of_their_own() -> None:
    said = "The council has found money for the harbour after nine years of delay."
    text = f"<div class=text><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"
    start = (
        "<!doctype html><title>The ferry came back</title><body><main><div class=x1><h1>The ferry came back</h1></div>"
    )
    assert lines(f"{start}<div class=x2>{said}</div>{text}</main>".encode()) == [said, FIRST, SECOND, THIRD]
    assert lines(f"{start}<div class=share>{said}</div>{text}</main>".encode()) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "card",
    [
        f"<div class=x><h3><a href=/news/fog>The fog of last year</a></h3><p>{LETTER}</p></div>",
        f"<div class=x><a href=/news/fog><img src=/fog.jpg><h3>The fog of last year</h3><p>{LETTER}</p></a></div>",
        "<div class=x><h3><a href=/news/fog>The fog of last year</a></h3></div>",
    ],
)
def test_a_single_linked_headline_in_a_box_is_another_article(card: str) -> None:
    heading = "<h3>Nobody answered</h3>"
    inside = f"<div><p>{FIRST}</p>{heading}<p>{SECOND}</p>{card}<p>{THIRD}</p></div>"
    assert lines(page(inside)) == [FIRST, "Nobody answered", SECOND, THIRD]


def test_headings_of_the_text_may_be_links_where_all_are() -> None:
    parts = "".join(
        f"<div><h3><a href=/news/{number}>The harbour of village {number}</a></h3><p>It is small and old.</p></div>"
        for number in range(3)
    )
    found = lines(page(f"<div><p>{FIRST}</p>{parts}<p>{SECOND}</p></div>"))
    assert [f"The harbour of village {number}" in found for number in range(3)] == [True] * 3


def test_cards_below_a_short_article_may_be_nearly_as_long() -> None:
    texts = [f"{text} Again." for text in (FIRST, SECOND, THIRD)]
    size = sum(map(len, texts)) * 0.7 / 3
    card = "<article class=card><h2><a href=/other-{0}>The other lighthouse of bay {0}</a></h2><p>{1}</p></article>"
    cards = "".join(card.format(n, f"Of bay {n} there is more to tell. " * int(size / 32)) for n in range(3))
    text = "".join(f"<p>{text}</p>" for text in texts)
    assert lines(page(f"<article><div>{text}</div></article><section>{cards}</section>")) == texts


def test_what_is_left_of_a_box_of_links_goes_with_them() -> None:
    box = "<div><div>Saksikan halaman ini:</div><ul><li><a href=/news/fog-4711>Kabut tahun lalu</a></li></ul></div>"
    assert lines(page(f"<div><p>{FIRST}</p>{box}<p>{SECOND}</p><p>{THIRD}</p></div>")) == [FIRST, SECOND, THIRD]
    boats = "<li><a href=/fog>The Ida</a></li><li><a href=/ida>The Bo</a></li>"
    part = f"<section><h3>What else sank</h3><ul>{boats}</ul></section>"
    assert "What else sank" in lines(page(f"<div><p>{FIRST}</p>{part}<p>{SECOND}</p><p>{THIRD}</p></div>"))


@pytest.mark.parametrize("path", ["/newsletters", "/abo/", "/donate?from=story", "https://login.courier.example/"])
def test_a_small_box_with_a_link_to_subscribe_or_to_give_is_none_of_the_text(path: str) -> None:
    box = f"<div><p>{LETTER}</p><div><a href='{path}'>Igen</a></div></div>"
    assert lines(page(f"<div><p>{FIRST}</p>{box}<p>{SECOND}</p><p>{THIRD}</p></div>")) == [FIRST, SECOND, THIRD]
    report = f"<div><p>{LETTER}</p><div><a href=/reports/4711.pdf>Igen</a></div></div>"
    assert LETTER in lines(page(f"<div><p>{FIRST}</p>{report}<p>{SECOND}</p><p>{THIRD}</p></div>"))


def test_who_said_a_repeated_quote_goes_with_it() -> None:
    said = "<blockquote><p>the engine had failed far from the coast</p></blockquote>"
    said = f"<div class=Quote>{said}<div>Ida Holm, captain</div></div>"
    assert lines(page(f"<div><p>{FIRST}</p><p>{SECOND}</p>{said}<p>{THIRD}</p></div>")) == [FIRST, SECOND, THIRD]


def test_teasers_under_a_heading_of_their_own_are_none_of_a_short_text_before_them() -> None:
    told = "and the miller and her daughters baked a hundred loaves of bread on the evening of that day."
    card = (
        f"<div class=item><a href=/mill-471{{0}}><h3>The mill turned on day {{0}} of spring</h3></a><p>{told}</p></div>"
    )
    teasers = "".join(map(card.format, range(4)))
    assert lines(page(f"<div><p>{FIRST}</p><h2>More from the harbour</h2>{teasers}</div>")) == [FIRST]
    article, _ = read_anyway(page(f"<div><p>{FIRST}</p><h2>Days of the mill</h2>{teasers}</div>"), URL)
    assert len(article.body) > 2
