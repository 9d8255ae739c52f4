"""Pages made of elements of their own: a site's custom elements, and those of AMP."""

from __future__ import annotations

from test_generic_text import FIRST, SECOND, THIRD, URL, lines, page

from workers.sites.read import read_page


def test_custom_elements_that_stand_beside_each_other_are_parts_of_the_page() -> None:
    inside = f"<x-by>Story by Ida Holm</x-by><x-on>March 3, 2026</x-on><x-text><p>{FIRST}</p><p>{SECOND}</p></x-text>"
    article = read_page(page(inside), URL)
    assert article.authors == ("Ida Holm",)
    assert article.published is not None and article.published.at.isoformat()[:10] == "2026-03-03"
    assert [block.text for block in article.body] == [FIRST, SECOND]


def test_a_custom_element_in_a_sentence_is_a_part_of_it() -> None:
    start, word, rest = FIRST[:4], FIRST[4:9], FIRST[9:]
    assert lines(page(f"<p>{start}<x-word>{word}</x-word>{rest}</p><p>{SECOND}</p>")) == [FIRST, SECOND]
    assert lines(page(f"<p><x-word>{start}</x-word>{word}{rest}</p><p>{SECOND}</p>")) == [FIRST, SECOND]
    assert lines(page(f"<p>{start}<x-word>{word}</x-word><b>{rest}</b></p><p>{SECOND}</p>")) == [FIRST, SECOND]


def test_custom_elements_that_are_all_of_a_paragraph_are_words_of_it() -> None:
    words = " ".join(f"<x-word>{word}</x-word>" for word in FIRST.split())
    assert lines(page(f"<p>{words}</p><p>{SECOND}</p>")) == [FIRST, SECOND]


def test_the_tag_of_a_custom_element_tells_what_it_is() -> None:
    other = "The engineers of the island have asked for two more boats and for a second crew before the summer."
    for tag in ("x-related-stories", "x-newsletter", "x-author-bio", "x-pullquote"):
        box = f"<{tag}><p>{other}</p></{tag}>"
        assert lines(page(f"<div><p>{FIRST}</p>{box}<p>{SECOND}</p><p>{THIRD}</p></div>")) == [FIRST, SECOND, THIRD]
    figure = (
        "<x-figure><img src=/boat.jpg><span>The boat in the harbour on the morning after it was found</span></x-figure>"
    )
    assert lines(page(f"<div><p>{FIRST}</p>{figure}<p>{SECOND}</p><p>{THIRD}</p></div>")) == [FIRST, SECOND, THIRD]


def test_what_amp_shows_while_it_loads_is_no_text() -> None:
    loading = (
        "<amp-list><div fallback>The list of other stories could not be loaded, please try it again.</div></amp-list>"
    )
    paid = "<amp-ad><div placeholder>Whoever sails with us twice pays but once, and only in the winter.</div></amp-ad>"
    assert lines(page(f"<p>{FIRST}</p>{loading}<p>{SECOND}</p>{paid}<p>{THIRD}</p>")) == [FIRST, SECOND, THIRD]


def test_what_stands_below_a_picture_of_amp_is_its_caption() -> None:
    picture = '<amp-img src="https://courier.example/boat-large.jpg" width=1200 height=675></amp-img>'
    caption = "<p>The boat in the harbour. Photo: Ida Holm</p>"
    article = read_page(page(f"{picture}{caption}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"), URL)
    assert [block.text for block in article.body] == [FIRST, SECOND, THIRD]
