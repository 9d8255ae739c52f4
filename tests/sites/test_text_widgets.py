"""Boxes of a text that readers fill in or press: none of it, whatever they are called and in any language."""

from __future__ import annotations

import time

import pytest
from speed import a_second
from test_generic_text import FIRST, SECOND, THIRD, lines, page

from workers.sites.read import read_page

OFFER = "Neljapäeviti sinu postkastis: kõik sadamast, laevadest ja ilmast."


@pytest.mark.parametrize(
    "box",
    [
        f"<div><p>Sadama kiri</p><p>{OFFER}</p><form><input type=email><button>Telli</button></form></div>",
        f"<div><h3>Sadama kiri</h3><div>{OFFER}<div><div><input placeholder=E-post></div></div></div></div>",
        "<section><h3>Mida arvad?</h3><p>Kas osta veel üks laev?</p><button>Jah</button><button>Ei</button></section>",
        "<div><button>Kuula</button><span>2 min</span></div>",
    ],
)
def test_a_small_box_with_a_field_or_buttons_is_none_of_the_text(box: str) -> None:
    assert lines(page(f"<div><p>{FIRST}</p>{box}<p>{SECOND}</p><p>{THIRD}</p></div>")) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "part",
    [
        f"<div><button aria-expanded=false>More</button><p>{OFFER}</p></div>",
        f"<div><h2>{OFFER}</h2><button>Copy</button></div>",
        f"<p>{OFFER}<button>?</button></p>",
        f"<blockquote><p>{OFFER}</p><button>Share</button></blockquote>",
        f"<div><input type=checkbox><p>{OFFER}</p></div>",
    ],
)
def test_a_part_of_the_text_may_have_a_button(part: str) -> None:
    assert OFFER in lines(page(f"<div><p>{FIRST}</p>{part}<p>{SECOND}</p><p>{THIRD}</p></div>"))


def test_paragraphs_that_each_have_a_button_are_the_text() -> None:
    texts = [FIRST[:100] + ".", SECOND[:100] + ".", THIRD[:100] + ".", OFFER]
    boxes = "".join(f"<div class=x><p>{text}</p><button>+</button></div>" for text in texts)
    assert lines(page(f"<div>{boxes}</div>")) == texts


def test_a_form_around_the_whole_page_changes_nothing() -> None:
    text = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    assert lines(page(f"<div><input type=text>{text}<button>Send</button></div>")) == [FIRST, SECOND, THIRD]


CONSENT = "This site keeps cookies on your machine so that it knows you again when you come back. " * 3


def test_a_short_story_with_a_form_below_it_is_not_its_consent_dialog() -> None:
    call = (
        "Children of six to twelve years are asked to draw a poster, and the best of them will hang at the lake until"
    )
    told = [f"{call} the end of the next summer holidays.", f"{call} the winter; send yours until the third of April."]
    story = f"<h1>Clean up the lake!</h1><h3>{told[0]}</h3><h4>{told[1]}</h4>"
    form = "<form><p>Your address is not shown.</p><input type=email><textarea></textarea></form>"
    dialog = f"<div id=x_gdpr_modal><p>{CONSENT}</p><p>{CONSENT} Always.</p><p>{CONSENT} So it is.</p></div>"
    body = f"<title>Clean up the lake!</title><div><div>{story}{form}</div></div>{dialog}"
    read = read_page(body.encode(), "https://lake.example/clean-up")
    assert [block.text for block in read.body][:2] == told


def test_a_text_longer_than_a_line_is_found_beside_a_long_consent_dialog() -> None:
    dialog = "".join(f"<p>{number}: {CONSENT}</p>" for number in range(9))
    body = f"<div class=a><p>{FIRST}</p></div><div class=gdpr-box>{dialog}</div>"
    assert lines(page(body)) == [FIRST]


def test_a_text_that_is_shown_after_consent_is_the_text() -> None:
    text = "".join(f"<p>{number}: {SECOND} {THIRD}</p>" for number in range(9))
    body = f"<div class=a><p>{FIRST}</p></div><div class=needs-consent>{text}</div>"
    assert len(lines(page(body))) == 10


def test_many_boxes_with_buttons_in_a_text_of_many_lines_cost_less_than_a_second(unburdened: None) -> None:
    text = "".join(f"<p>{'The ferry goes again, and the crew of it is glad. ' * 5}{n}</p>" for n in range(9_000))
    names = (chr(97 + n // 26) + "x" + chr(97 + n % 26) for n in range(300))
    boxes = "".join(f"<div class={name}>Press it<button>x</button></div>" for name in names)
    body = page(f"{text}{boxes}{text}")
    started = time.process_time()
    lines(body)
    assert time.process_time() - started < a_second()


RECIPE = [
    "Oatmeal cookies keep for a week in a tin, and this cookie needs no butter at all, only oil and some sugar.",
    "Form each cookie by hand and put them on a tray, with two fingers of room between one and the next of them.",
    "Bake the cookies for twelve minutes; they are soft when they come out of the oven, and get hard after a day.",
]
BESIDE = "<p>The flour is from the mill at Alder, which sells it on Fridays. {}</p>".format(
    "Ask for it there, and for oats. " * 3
)


@pytest.mark.parametrize("inside", ["", "<h1>Cookies of oats</h1>"])
def test_an_article_about_cookies_is_no_consent_dialog(inside: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in RECIPE * 2)
    above = "" if inside else "<h1>Cookies of oats</h1>"
    html = f"<html lang=en><body>{above}<div class=cookie-guide>{inside}{text}</div><div>{BESIDE}</div>"
    read = read_page(html.encode(), "https://mill.example/cookies-of-oats")
    assert [block.text for block in read.body][:3] == RECIPE


def test_an_aside_that_holds_the_headline_is_the_article() -> None:
    text = "".join(f"<p>{line.replace('ookie', 'ake')}</p>" for line in RECIPE)
    html = f"<html lang=en><body><div><p>{FIRST}</p>{BESIDE}</div><aside><h1>Of oats</h1>{text}</aside>"
    read = read_page(html.encode(), "https://mill.example/of-oats-and-more")
    assert "Oatmeal cakes keep for a week" in " ".join(block.text for block in read.body)
