"""What stands at the edges of a text and between its paragraphs on pages of publishers: dates, captions, notices."""

from __future__ import annotations

import pytest

from workers.core.errors import NotWhole
from workers.sites.read import read_anyway, read_page

URL = "https://post.example/town/ferry-2841"
LINES = [
    "The ferry across the river goes again after a winter of repairs at the yard.",
    "The harbour office said on Tuesday that the first crossing had been full.",
    "Tickets cost as much as last year, and bicycles travel for nothing until June.",
    "A second boat follows in May when the landing on the north side is ready.",
]
TEXT = [f"<p>{line}</p>" for line in LINES]


def lines(before: str = "", between: str = "", after: str = "", *, lang: str = "en") -> list[str]:
    text = "".join((before, *TEXT[:2], between, *TEXT[2:], after))
    html = f"<html lang={lang}><body><article><h1>The ferry goes again</h1><div class=text>{text}</div></article>"
    return [block.text for block in read_page(html.encode(), URL).body]


@pytest.mark.parametrize(
    "date",
    [
        "14 ottobre 2026 (modifica il 14 ottobre 2026 | 12:15)",
        "Publisert 14.10.2026 08:31",
        "30.04.2024, 18:58",
        "Ann Hill | 05.04.2025 - Güncelleme : 05.04.2025",
        "martes, 3 de mayo de 2022 · 23:57",
    ],
)
def test_a_date_at_either_end_is_no_text(date: str) -> None:
    assert lines(f"<p>{date}</p>") == LINES
    assert lines(after=f"<p>{date}</p>") == LINES


def test_a_sentence_with_a_date_stays() -> None:
    said = '"The boat was never late," said Ann Hill of the harbour office, Monday (14/10/2026).'
    assert lines(after=f"<p>{said}</p>") == [*LINES, said]


def test_a_caption_is_no_lead() -> None:
    caption = "The boat before the repairs, with the yard behind it."
    picture = f"<figure class=teaser-object><img src=/boat.jpg><figcaption>{caption}</figcaption></figure>"
    assert lines(picture) == LINES


def test_a_label_of_an_advertisement_ends_no_text() -> None:
    after = (
        '<div class="x"><div>Advertisement</div></div><div class="y"><p>The mayor came with her whole family.</p></div>'
    )
    assert lines(after=after) == [*LINES, "The mayor came with her whole family."]


@pytest.mark.parametrize(
    "line",
    [
        "ये खबर भी पढ़ें...",
        "延伸閱讀：奮起湖便當漲價",
        "Every Tuesday we round up what happens. You can sign up here for the weekly email newsletter.",
        "While you're here: every Tuesday, our editors round up what is happening.",
        "Читайте нас у Telegram: головні новини міста",
        "Термінові повідомлення про війну читайте на каналі Пошта в Telegram.",
        "（編輯：林小華）1151014",
        "Note from the author: Hi, this is Ann, and if you would like to support us, please consider joining.",
    ],
)
def test_a_notice_between_paragraphs_is_no_text(line: str) -> None:
    assert lines(between=f"<p>{line}</p>") == LINES


def test_words_of_two_elements_are_not_glued() -> None:
    stamp = '<p><span class="place">Hanoi</span>The ferry goes again, said the harbour office of the town.</p>'
    assert lines(stamp)[0] == "Hanoi The ferry goes again, said the harbour office of the town."
    name = "<p>The ferry <i>Moon</i><b>Star</b> goes again, said the harbour office of the town.</p>"
    assert lines(name)[0] == "The ferry MoonStar goes again, said the harbour office of the town."
    initial = "<p><b>T</b>he <i>Mac</i>farlanes came too, and so did the people of the island.</p>"
    assert lines(initial)[0] == "The Macfarlanes came too, and so did the people of the island."


@pytest.mark.parametrize(
    "offer",
    [
        "<h2>Subscribe to unlock this article</h2><p>Then £59 per month. Cancel or change your plan anytime.</p>"
        "<h3>Explore our full range of subscriptions</h3><p>See why over a million readers pay to read the Post.</p>",
        "<h2>Before it is here, it is on the terminal</h2><p>Get unlimited access to the Post for $1.99 a month.</p>",
    ],
)
def test_an_offer_in_the_place_of_the_text_is_no_article(offer: str) -> None:
    story = '{"@type":"NewsArticle","headline":"The ferry goes again","isAccessibleForFree":false}'
    head = f'<script type="application/ld+json">{story}</script>'
    html = f"<html lang=en><head>{head}</head><body><main><h1>The ferry goes again</h1>{offer}</main>"
    with pytest.raises(NotWhole):
        read_page(html.encode(), URL)


def entry(number: int, tag: str = "article") -> str:
    header = (
        f"<header><a href=#{number}><time>17.1{number} BST</time></a><h2>Boat number {number} has left</h2></header>"
    )
    return f"<{tag} id=block-{number}>{header}<p>{LINES[number]}</p><footer>Share</footer></{tag}>"


@pytest.mark.parametrize("tag", ["article", "section"])
def test_the_headings_of_a_live_blogs_entries_are_text(tag: str) -> None:
    entries = "".join(entry(number, tag) for number in range(4))
    html = f"<html lang=en><body><main><h1>The ferry goes again</h1><div id=blog>{entries}</div></main>"
    told = [block.text for block in read_page(html.encode(), URL).body]
    assert told == [text for number, line in enumerate(LINES) for text in (f"Boat number {number} has left", line)]


def test_a_single_header_in_a_text_is_furniture() -> None:
    assert "Boat number 1 has left" not in lines(between=entry(1))


@pytest.mark.parametrize(
    "box",
    [
        '<div class=x1 data-testid="promo-box"><p>A letter tells you all about the global trade in boats.</p></div>',
        '<div class=x2 data-component="newsletter-block"><p>The yard that mended it has a story too.</p></div>',
        '<div class=x3 data-testid="related-stories"><p>The yard that mended the boat has a story too.</p></div>',
    ],
)
def test_a_box_is_what_programs_call_it_where_its_class_names_tell_nothing(box: str) -> None:
    assert lines(between=box) == LINES


def test_what_programs_call_a_text_takes_nothing_from_it() -> None:
    assert lines(between='<div class=x1 data-testid="paragraph-2"><p>A third boat is built.</p></div>') == [
        *LINES[:2],
        "A third boat is built.",
        *LINES[2:],
    ]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="pullquote"><p>It had never been late before this winter.</p></div>',
        '<div class="post-fact"><h3>Facts: the boat</h3><ul><li>Built in 1961</li><li>Nine cars</li></ul></div>',
        '<div class="opener-foto"><img src=/b.jpg><p>The boat has left the yard in the morning of Tuesday.</p></div>',
    ],
)
def test_what_is_set_beside_a_text_is_none_of_it(box: str) -> None:
    assert lines(between=box) == LINES


def test_a_newsletter_named_after_its_site_ends_the_text() -> None:
    offer = "Every morning the news of the town, written by the reporters who live in it."
    assert lines(after=f"<div class=n1><h3>Newsletter Post</h3><p>{offer}</p></div>") == LINES


def test_a_line_below_a_picture_in_a_figure_is_its_caption() -> None:
    assert lines(between="<figure><img src=/d.jpg><div class=c1><span>Day two, no paint</span></div></figure>") == LINES


@pytest.mark.parametrize(
    "line",
    [
        "Dalsza część artykułu pod materiałem wideo",
        "ΔΙΑΦΗΜΙΣΗ",
        "請繼續往下閱讀...",
        "Simak breaking news dan berita pilihan kami di ponselmu.",
        "This breaking news story is being updated.",
        "Please refresh the page for the fullest version.",
        "责任编辑：林秋",
        "Reach Ann at ann.hill@post.example.",
    ],
)
def test_what_is_said_to_readers_between_and_after_paragraphs_is_no_text(line: str) -> None:
    assert lines(between=f"<p>{line}</p>") == LINES
    assert lines(after=f"<p>{line}</p>") == LINES


@pytest.mark.parametrize("names", ["forum", "don", "feedback", "app-strip", "wx-qrcode"])
def test_a_forum_a_gift_and_an_app_are_no_text_by_their_names(names: str) -> None:
    box = f"<div class={names}><p>We have been here for you since 1998, and we want to stay that way.</p></div>"
    assert lines(after=box) == LINES


def test_an_address_alone_at_the_end_is_no_text_and_one_in_a_list_is() -> None:
    assert lines(after="<p>ann@post.example</p>") == LINES
    listed = "<ul><li>ann@post.example</li><li>ben@post.example</li></ul>"
    assert lines(between=listed) == [*LINES[:2], "ann@post.example", "ben@post.example", *LINES[2:]]


def test_the_signature_above_the_text_is_none_of_it() -> None:
    signed = f"<p class=byline>By Ann Hill</p><div class=text><p>Ann Hill, Harbour Post</p>{''.join(TEXT)}</div>"
    html = f"<html lang=en><body><article><h1>The ferry goes again</h1>{signed}</article>"
    assert [block.text for block in read_page(html.encode(), URL).body] == LINES


def test_of_a_note_in_brackets_nothing_is_left() -> None:
    note = f'<p>{LINES[0][:-1]}&nbsp;[<a href="#nb1">1</a>].</p>'
    html = (
        f"<html lang=en><body><article><h1>The ferry goes again</h1>{note}{''.join(TEXT[1:])}<p>a = b[]</p></article>"
    )
    assert [block.text for block in read_page(html.encode(), URL).body][:4] == LINES


def test_the_last_word_may_be_quoted_with_a_turned_mark() -> None:
    said = "She asked what it would cost: ’come for tea‘"
    assert lines(after=f"<p>{said}</p>") == [*LINES, said]


def test_a_short_story_beside_a_longer_aside_is_the_text() -> None:
    lines = [
        "A tree fell on the railway near Port Merrow on Thursday.",
        "Nobody was hurt, and trains ran again at ten.",
    ]
    story = "".join(f"<p>{line}</p>" for line in lines)
    notice = (
        "<p>The Courier has letters for its members, who may read them whenever they like, and who pay nothing.</p>"
    )
    aside = f"<aside><section><h2>Notices</h2>{notice * 2}</section></aside>"
    html = f"<html lang=en><body><main><article><h1>Tree falls on railway</h1>{story}</article>{aside}</main>"
    article = read_page(html.encode(), "https://courier.example/2026/03/tree-falls")
    assert [block.text for block in article.body] == lines


@pytest.mark.parametrize(
    "wall",
    [
        "<div><h2>Cet article est réservé aux abonnés</h2><p>Tous nos articles pour un euro le premier mois.</p></div>",
        "<div><p>Subscribe now to continue reading this story.</p></div>",
    ],
)
def test_an_invitation_to_subscribe_ends_a_text(wall: str) -> None:
    text = "".join(TEXT) * 2
    html = f"<html lang=en><body><main><h1>The ferry goes again</h1><div>{text}</div>{wall}</main>"
    article, _ = read_anyway(html.encode(), "https://courier.example/2026/03/ferry-goes-again")
    assert not any("abonn" in block.text or "ubscribe" in block.text or "euro" in block.text for block in article.body)


def test_an_invitation_that_a_text_quotes_is_text() -> None:
    text = "".join(TEXT) + "".join(TEXT).replace(".", "!")
    quoted = "Below all of them stands “Subscribe now to continue reading this story.”"
    html = f"<html lang=en><body><main><h1>The ferry goes again</h1>{text}<p>{quoted}</p><p>So it goes on.</p>"
    article, _ = read_anyway(html.encode(), "https://courier.example/2026/03/ferry-goes-again")
    assert [block.text for block in article.body][-2:] == [quoted, "So it goes on."]


def test_who_wrote_it_and_when_is_no_text_where_no_space_parts_them() -> None:
    byline = "<div><span>Par <b>Anne Mont</b></span><span>Publié le 22 janvier 2026 à 06h00</span></div>"
    html = f"<html lang=fr><body><main><h1>The ferry goes again</h1><div>{byline}{''.join(TEXT)}</div></main>"
    article = read_page(html.encode(), "https://courier.example/2026/03/ferry-goes-again")
    assert not any("Publié" in block.text for block in article.body)


def test_the_times_of_the_entries_of_a_live_blog_are_no_text() -> None:
    entries = "".join(f"<li><time>1{n}:05</time><div>{line}</div></li>" for n, line in enumerate(TEXT))
    html = f"<html lang=en><body><main><h1>The ferry goes again</h1><ol>{entries}</ol></main>"
    article = read_page(html.encode(), "https://courier.example/2026/03/ferry-goes-again")
    assert [block.text for block in article.body] == LINES


def test_a_single_time_and_those_of_a_table_may_be_text() -> None:
    table = "<table><tr><td>First ferry</td><td>10:30</td></tr><tr><td>Last ferry</td><td>18:45</td></tr></table>"
    html = f"<html lang=en><body><main><h1>The ferry goes again</h1><div>{''.join(TEXT)}{table}</div></main>"
    article = read_page(html.encode(), "https://courier.example/2026/03/ferry-goes-again")
    assert [block.text for block in article.body][-2:] == ["First ferry | 10:30", "Last ferry | 18:45"]


def test_the_lead_may_stand_below_the_first_of_two_equal_headlines() -> None:
    lead = "After a winter of repairs it carries people and cars across the river once more."
    top = f"<header><h1>Ferry 2841 goes again</h1><h2 class=x>{lead}</h2></header>"
    own = f"<main><h1>Ferry 2841 goes again</h1><p>3.3.2026</p><div>{''.join(TEXT)}</div></main>"
    page = f"<html lang=en><title>Ferry 2841 goes again</title><body>{top}{own}"
    assert read_page(page.encode(), URL).text.split("\n")[0] == lead
    slogan = page.replace("<header><h1>Ferry 2841 goes again</h1>", "<header><h1>Notes of a River</h1>")
    assert lead not in read_page(slogan.encode(), URL).text


def test_a_lead_in_a_script_without_spaces_has_fewer_letters() -> None:
    lead = "接駁公車每六分鐘一班，從市集廣場發車，夜間也停醫院。"
    text = "<p>根據去年秋天公布的統計，每天約有三千人從這裡過河，其中一半是學生，另外一半是旅客。</p>" * 4
    top = f"<header><h1>老橋再封三週</h1><p class=post-desc>{lead}</p></header>"
    page = f"<html lang=zh><body>{top}<div class=content>{text}</div>"
    assert lead in read_page(page.encode(), URL).text
