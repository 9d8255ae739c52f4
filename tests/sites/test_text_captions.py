"""Captions without a name or a tag of their own: short texts right below a picture."""

from __future__ import annotations

import pytest
from test_generic_text import FIRST, SECOND, THIRD, lines, page

CAPTION = "The ferry in its harbour on Wednesday morning, seen from the hill"
IMAGE = "<img src=/ferry.jpg>"


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{IMAGE}</p><p><em>{CAPTION}.</em></p>",
        f"<p>{IMAGE}</p><p>{CAPTION}. Photo: Ida Holm</p>",
        f"<p>{IMAGE}<br><small>{CAPTION}.</small></p>",
        f"<div class=x>{IMAGE}<div class=desc>{CAPTION}.</div></div>",
        f"<p align=center>{IMAGE}</p><p style='text-align: center'>{CAPTION}.</p>",
        f"<ul><li>{IMAGE}<p>{CAPTION}.</p></li><li>{IMAGE}<p>{CAPTION} in May.</p></li></ul>",
        f"<p><a href=/big.jpg>{IMAGE}</a></p><p>图为老渡轮停在港口。 江网记者 林秋 摄</p>",
        f"<p><a href=/big.jpg>{IMAGE}</a></p><p>渡輪停在港口。（記者林秋攝）</p>",
        f"<dl class=doc><dt>{IMAGE}</dt><dt><strong>{CAPTION}</strong></dt><dd>Ida Holm</dd></dl>",
        f"<p>{IMAGE}<em>The ferry at noon</em></p>",
        f"<figure>{IMAGE}<div class=x><div>Foto: Ida Holm</div><div><p>{CAPTION}</p></div></div></figure>",
    ],
)
def test_a_caption_is_none_of_the_text(markup: str) -> None:
    inside = f"<div><p>{FIRST}</p>{markup}<p>{SECOND}</p><p>{THIRD}</p></div>"
    assert lines(page(inside)) == [FIRST, SECOND, THIRD]


def test_short_text_below_a_picture_stays_where_nothing_tells_that_it_is_a_caption() -> None:
    inside = f"<div><p>{FIRST}</p><p>{IMAGE}</p><p>{CAPTION}.</p><p>{SECOND}</p></div>"
    assert lines(page(inside)) == [FIRST, f"{CAPTION}.", SECOND]


def test_a_text_that_is_centred_as_a_whole_keeps_what_stands_below_pictures() -> None:
    inside = "".join(f"<p align=center>{text}</p>" for text in (FIRST, IMAGE, f"{CAPTION}.", SECOND))
    assert lines(page(f"<div>{inside}</div>")) == [FIRST, f"{CAPTION}.", SECOND]


def test_boxes_with_a_picture_each_are_a_list_where_they_are_many() -> None:
    row = "".join(f"<div>{IMAGE}<p>Harbour number {number} has a ferry again.</p></div>" for number in range(3))
    found = lines(page(f"<div><p>{FIRST}</p>{row}<p>{SECOND}</p></div>"))
    assert found == [FIRST, *(f"Harbour number {number} has a ferry again." for number in range(3)), SECOND]


def test_the_description_of_a_term_that_is_a_picture_is_its_caption() -> None:
    shown = f"<dl><dt>{IMAGE}</dt><dd>On the pier, the first of them.</dd><dd>© Ida Holm</dd></dl>"
    assert lines(page(f"<div><p>{FIRST}</p>{shown}<p>{SECOND}</p><p>{THIRD}</p></div>")) == [FIRST, SECOND, THIRD]


def test_a_list_of_terms_is_text_though_a_picture_stands_before_it() -> None:
    terms = "<dl><dt>The ferry</dt><dd>It goes across the river again.</dd></dl>"
    inside = f"<div><p>{FIRST}</p><p>{IMAGE}</p>{terms}<p>{SECOND}</p><p>{THIRD}</p></div>"
    assert lines(page(inside)) == [FIRST, "The ferry", "It goes across the river again.", SECOND, THIRD]


def test_a_few_slanted_words_below_a_picture_may_be_a_call_of_the_text() -> None:
    inside = f"<div><p>{FIRST}</p><p>{IMAGE}</p><p><em>And then it went!</em></p><p>{SECOND}</p><p>{THIRD}</p></div>"
    assert "And then it went!" in lines(page(inside))
