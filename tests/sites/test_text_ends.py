"""Short lines and lists at either end of a text: what stands with the text is of it, notes about it are not."""

from __future__ import annotations

import json

import pytest
from test_generic_text import FIRST, SECOND, THIRD, lines, page

TEXT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


@pytest.mark.parametrize(
    "line",
    [
        "Length of the quay: 412 metres",
        "Attendance at the hearing: 4,312",
        "Ida Holm, master of the ferry, born 3 March 1935; died 9 October 2026",
        "Мост открыт круглосуточно",
    ],
)
def test_a_short_line_without_a_stop_ends_a_text_where_it_stands_with_it(line: str) -> None:
    assert lines(page(f"<div class=text>{TEXT}<p>{line}</p></div>")) == [FIRST, SECOND, THIRD, line]


@pytest.mark.parametrize(
    "line",
    [
        "Ask the harbour's office: +44 20 0000 0000",
        "press@harbour.example or the office",
        "Von Ida Holm",
        "The ferry last winter (ih)",
        "Title image: the harbour's office",
        "This article first appeared in the winter edition of the Harbour Review.",
        "Dieser Text erschien zuerst im Heft 4 der Hafenrevue.",
        "Photographs by Ida Holm",
        "This story was first published in the Harbour Review.",
        "Tell us what you think!",
        "You may want to know about these:",
        "* * * * * * * *",
        "Tác giả: Nguyễn Văn Hùng",
        "Nguồn tin: Báo Sông Hương",
        "Chúng tôi giữ bản quyền bài viết này, đề nghị ghi rõ nguồn khi đăng lại.",
    ],
)
def test_a_note_about_the_text_is_none_of_it(line: str) -> None:
    assert lines(page(f"<div class=text>{TEXT}<p>{line}</p></div>")) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "Dieser Text erschien 1848 und machte den Hafen in ganz Europa bekannt.",
        "Tekst pochodzi z czternastego wieku i jest trudny.",
        "Bu yazı ilk bakışta kolay okunur.",
        "This story first appeared to be a hoax.",
    ],
)
def test_what_a_text_says_of_another_text_is_text(line: str) -> None:
    assert line in lines(page(f"<div class=text>{TEXT}<p>{line}</p><p>{FIRST} Again.</p></div>"))


def test_a_heading_and_its_list_stand_before_and_after_the_text() -> None:
    before = "<div><h2>Key points</h2><ul><li>Ferry lost for two days</li><li>All passengers safe</li></ul></div>"
    after = "<h2>Facts</h2><p>Length: 412 metres</p><h2>Next</h2><ul><li>A hearing in the harbour in May</li></ul>"
    assert lines(page(f"<div class=text>{before}{TEXT}{after}</div>")) == [
        "Key points",
        "Ferry lost for two days",
        "All passengers safe",
        FIRST,
        SECOND,
        THIRD,
        "Facts",
        "Length: 412 metres",
        "Next",
        "A hearing in the harbour in May",
    ]


def test_a_single_item_before_the_text_is_a_button() -> None:
    assert lines(page(f"<div class=text><ul><li>Copy the link</li></ul>{TEXT}</div>")) == [FIRST, SECOND, THIRD]


def test_a_script_without_final_stops_has_sentences_all_the_same() -> None:
    sentences = [
        "เรือข้ามฟากกลับมาให้บริการอีกครั้งหลังหายไปในหมอก",
        "ผู้โดยสารทุกคนปลอดภัยและกลับถึงบ้านแล้ว",
        "เจ้าหน้าที่ท่าเรือจะสอบสวนสาเหตุต่อไป",
    ]
    inside = "".join(f"<div><div>{text}</div></div>" for text in sentences)
    assert lines(page(f"<div class=text>{inside}</div>")) == sentences


def test_a_list_of_sentences_begins_a_text_without_a_heading_too() -> None:
    items = ["The ferry was lost in the fog for two days", "All of its passengers are safe and on land"]
    markup = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    assert lines(page(f"<div class=text>{markup}{TEXT}</div>")) == [*items, FIRST, SECOND, THIRD]
    assert lines(page(f"<div class=text><ul><li>Copy</li><li>Print it</li></ul>{TEXT}</div>")) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("heading", ["More posts", "More articles", "Popularne"])
def test_a_heading_over_the_teasers_of_others_ends_the_text(heading: str) -> None:
    text = "".join(f"<p>{FIRST} {SECOND} {THIRD} So it was told on day {n}.</p>" for n in range(4))
    teasers = "<p>Those who work at the mill above the weir say that it has turned since the spring.</p>"
    assert len(lines(page(f"<div>{text}<h2>{heading}</h2>{teasers}</div>"))) == 4


@pytest.mark.parametrize(
    "box",
    [
        "<div><p>Get our app and read the news sooner than others do.</p><a href=/app>Get it</a></div>",
        "<div><h3>Stand by us</h3><p>We have no advertising at all.</p><a href=/join>Join</a></div>",
    ],
)
def test_an_offer_of_an_app_or_of_membership_is_no_text(box: str) -> None:
    assert lines(page(f"<div class=text>{TEXT}</div>{box}")) == [FIRST, SECOND, THIRD]


def test_the_book_of_those_who_mourn_ends_an_obituary() -> None:
    entry = (
        "<div><p>She taught me to measure twice, and I think of her whenever I pick up a saw in my own shop.</p></div>"
    )
    book = f"<div><h3>Guest Book</h3>{entry * 3}</div>"
    assert lines(page(f"<div class=text>{TEXT}{TEXT.replace('.', '!')}</div>{book}"))[3:] == [
        text.replace(".", "!") for text in (FIRST, SECOND, THIRD)
    ]


@pytest.mark.parametrize("heading", ["Condolences", "Guest book"])
def test_a_chapter_may_be_headed_like_the_book_of_those_who_mourn(heading: str) -> None:
    after = f"<h2>{heading}</h2>{TEXT.replace('.', '!')}"
    text = f"{TEXT}{TEXT.replace('.', '?')}{after}"
    assert lines(page(f"<div class=text>{text}</div>"))[6:] == [
        heading,
        *(line.replace(".", "!") for line in (FIRST, SECOND, THIRD)),
    ]


def test_the_lower_half_of_a_text_is_no_footer() -> None:
    assert lines(page(f"<div class=top>{TEXT}</div><div class=bottom><p>{FIRST} Again.</p></div>"))[3:] == [
        f"{FIRST} Again."
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=text>{}<br><br>{}<br><br>{}<br><br>{}</div>",
        "<div class=text><div>{}</div><div>{}</div><div>{}</div><div>{}</div></div>",
        "<section>{}<br><br>{}<br><br>{}<br><br>{}</section>",
    ],
)
def test_a_short_sentence_ends_a_text_whose_paragraphs_are_no_such_elements(markup: str) -> None:
    text = [FIRST, SECOND, THIRD, "Nobody was hurt."]
    assert lines(page(markup.format(*text))) == text


def test_a_line_without_a_stop_ends_a_text_on_lines_and_in_boxes_too() -> None:
    text = [FIRST, SECOND, THIRD, "Length of the quay: 412 metres"]
    assert lines(page(f"<div class=text>{'<br><br>'.join(text)}</div>")) == text
    assert lines(page(f"<div class=text>{''.join(f'<div>{line}</div>' for line in text)}</div>")) == text


def test_a_short_sentence_in_another_place_is_no_end() -> None:
    markup = (
        f"<div class=text><div>{FIRST}</div><div>{SECOND}</div></div><div class=stub><div>Read it aloud.</div></div>"
    )
    assert lines(page(markup)) == [FIRST, SECOND]


@pytest.mark.parametrize("part", ["<div class=paywall>{}</div>", "<div class=paywall style='display:none'>{}</div>"])
def test_a_part_of_the_text_that_search_engines_are_told_of_is_text(part: str) -> None:
    told = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"}
    story = json.dumps({"@type": "NewsArticle", "headline": "The ferry came back", "hasPart": [told]})
    script = f"<script type=application/ld+json>{story}</script>"
    text = f"{TEXT}{part.format(f'<p>{FIRST} Again.</p>')}"
    assert lines(page(script, f"<div class=text>{text}</div>")) == [FIRST, SECOND, THIRD, f"{FIRST} Again."]
    assert lines(page(f"<div class=text>{text}</div>")) == [FIRST, SECOND, THIRD]


def test_an_offer_in_the_place_of_a_part_that_search_engines_are_told_of_is_none() -> None:
    told = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"}
    story = {"@type": "NewsArticle", "headline": "T", "isAccessibleForFree": False, "hasPart": told}
    offers = f"<p>All of the paper for a month.</p><p>{FIRST} It costs one euro.</p><a href=/subscribe>Choose</a>"
    script = f"<script type=application/ld+json>{json.dumps(story)}</script>"
    text = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    assert lines(page(script, f"<div class=text>{text}<div class=paywall>{offers}</div></div>")) == [
        FIRST,
        SECOND,
        THIRD,
    ]


def test_a_named_part_with_a_link_is_text_where_it_leads_to_no_offer_or_much_stands_before_it() -> None:
    told = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"}
    story = {"@type": "NewsArticle", "headline": "T", "isAccessibleForFree": False, "hasPart": told}
    script = f"<script type=application/ld+json>{json.dumps(story)}</script>"
    before = "".join(f"<p>{n}. {FIRST} {SECOND}</p>" for n in range(8))
    for text, link in ((TEXT, "/topic/a-registry-of-offers"), (before, "/subscribe")):
        part = (
            f"<div class=paywall><p>It rained <a href={link}>again</a> on that day.</p><p>{THIRD} So it was.</p></div>"
        )
        assert f"{THIRD} So it was." in lines(page(script, f"<div class=text>{text}{part}</div>"))


DAYS = [("3 March 2026", "The crew asks for more."), ("9 April 2026", THIRD), ("1 May 2026", FIRST), ("4 June", "No.")]


@pytest.mark.parametrize("day", ["<p><strong>{}</strong></p>", "<p><b>{}</b></p>", "<h4>{}</h4>"])
def test_the_days_of_a_timeline_are_text_at_its_ends_too(day: str) -> None:
    inside = "".join(f"{day.format(when)}<p>{what}</p>" for when, what in DAYS)
    assert lines(page(f"<div><p>{SECOND}</p>{inside}</div>"))[1:] == [line for pair in DAYS for line in pair]


def test_the_day_of_the_story_is_none_of_its_timeline() -> None:
    inside = "".join(f"<p><b>{when}</b></p><p>{what}</p>" for when, what in DAYS)
    assert lines(page(f"<div><p>10 June 2026</p><p>{SECOND}</p>{inside}</div>"))[0] == SECOND


def test_a_short_answer_below_a_question_in_bold_ends_an_interview() -> None:
    asked = ["Will it go again?", "When?"]
    inside = f"<p><b>{asked[0]}</b></p><p>Yes.</p><p><b>{asked[1]}</b></p><p>In May.</p>"
    assert lines(page(f"<div>{TEXT}{inside}</div>"))[3:] == [asked[0], "Yes.", asked[1], "In May."]


def test_a_check_of_facts_is_no_box_of_facts() -> None:
    check = "<div class=fact-check><h3>Claim</h3><p>The ferry sank.</p><h3>Verdict</h3><p>False.</p></div>"
    told = lines(page(f"<div class=text><p>{FIRST}</p>{check}<p>{SECOND}</p><p>{THIRD}</p></div>"))
    assert told[1:5] == ["Claim", "The ferry sank.", "Verdict", "False."]


@pytest.mark.parametrize(
    "line",
    [
        "This post is licensed under CC BY 4.0 by the author.",
        "Dieser Artikel steht unter der Lizenz Creative Commons BY 4.0.",
        "Cet article est mis à disposition sous licence Creative Commons Attribution.",
    ],
)
def test_the_licence_of_a_text_is_none_of_it(line: str) -> None:
    assert lines(page(f"<div>{TEXT}<p>{line}</p></div>")) == [FIRST, SECOND, THIRD]


def test_a_text_about_a_licence_keeps_what_it_says() -> None:
    line = "The archive put all of its maps under a Creative Commons licence."
    assert lines(page(f"<div>{TEXT}<p>{line}</p></div>")) == [FIRST, SECOND, THIRD, line]


@pytest.mark.parametrize("label", ["Цитата", "Quote:"])
def test_the_label_of_a_quotation_is_no_text(label: str) -> None:
    quote = f"<div class=q><div>{label}</div><div>{THIRD}</div></div>"
    assert lines(page(f"<div><p>{FIRST}</p>{quote}<p>{SECOND}</p></div>")) == [FIRST, THIRD, SECOND]


ABOUT = "Writes of rivers and harbours, and has done so for eleven years."
BY = "<p class=byline>By Ann Hill</p>"


def test_a_box_that_an_authors_name_heads_ends_the_text() -> None:
    box = f"<div><img src=/a.jpg><div><p>Ann Hill</p><p>{ABOUT}</p></div></div>"
    assert lines(page(f"<div><div>{BY}{TEXT}</div>{box}</div>")) == [FIRST, SECOND, THIRD]
    beside = f"<div>{BY}{TEXT}<p>Ann Hill</p><p>{ABOUT}</p></div>"
    assert ABOUT in lines(page(beside))


def test_an_opinion_that_its_authors_name_heads_stands_beside_another() -> None:
    other = f"<section><h3>Bo Lake</h3><p>{SECOND}</p></section>"
    own = f"<section><h3>Ann Hill</h3><p>{THIRD}</p></section>"
    assert THIRD in lines(page(f"<div>{BY}<p>{FIRST}</p>{other}{own}</div>"))


def test_the_entries_of_a_live_blog_are_headed_by_their_author() -> None:
    entries = "".join(f"<div><p>Ann Hill</p><p>{text}</p></div>" for text in (FIRST, SECOND, THIRD))
    assert lines(page(f"<div>{BY}{entries}</div>"))[-1] == THIRD
