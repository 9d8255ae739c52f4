"""Paragraphs that are no elements: lines, spans, what stands between empty lines, and what a shadow root holds."""

from __future__ import annotations

import pytest
from test_generic_text import FIRST, SECOND, THIRD, lines, page

from workers.sites import read_page

URL = "https://courier.example/2026/03/lighthouse-opened-again-1104"
TEXT = [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "markup",
    [
        f"<div>{'<br>'.join(TEXT)}</div>",
        f"<div><img src=/quay.jpg><br>{'<br>'.join(TEXT)}<br></div>",
        f"<pre>\n{chr(10).join(f'{text}{chr(10)}' for text in TEXT)}</pre>",
        f"<div>{''.join(f'<span>{text}</span>' for text in TEXT)}</div>",
    ],
)
def test_sentences_on_lines_of_their_own_are_paragraphs(markup: str) -> None:
    assert lines(page(f"<div>{markup}</div>")) == TEXT


@pytest.mark.parametrize(
    "markup",
    [
        "The quay is wide,<br>the tide is late.<br>The keeper waits<br>beside the gate.",
        f"<span>{FIRST} </span><span>{SECOND} </span><span>{THIRD}</span>",
        "The harbour's office<br>Quay Road 4, Port Merrow<br>open from nine to five on every working day",
    ],
)
def test_lines_of_a_poem_and_runs_of_one_paragraph_are_one_text(markup: str) -> None:
    text = f"<p>{FIRST}</p><p>{SECOND}</p><p>{markup}</p><p>{THIRD}</p>"
    assert len(lines(page(f"<div>{text}</div>"))) == 4


def test_what_a_page_declares_as_a_shadow_root_is_read() -> None:
    text = "".join(f"<p>{text}</p>" for text in TEXT)
    inner = f'<x-text><template shadowrootmode="open"><style>p{{margin:0}}</style>{text}</template></x-text>'
    root = f"<x-page><template SHADOWROOTMODE=open><h1>Lighthouse opened again</h1>{inner}</template></x-page>"
    html = f"<title>Lighthouse opened again</title><body>{root}</body>"
    article = read_page(html.encode(), URL)
    assert [block.text for block in article.body] == TEXT
    assert article.headline == "Lighthouse opened again"


def test_what_scripts_alone_copy_from_a_template_is_not_read() -> None:
    template = "<template><p>The {name} was opened again on {day}, and {number} people came to see it on that day.</p>"
    text = "".join(f"<p>{text}</p>" for text in TEXT)
    root = f'<x-text><template shadowrootmode="open">{template}</template>{text}</template></x-text>'
    article = read_page(f"<title>Lighthouse opened again</title><body>{root}</body>".encode(), URL)
    assert [block.text for block in article.body] == TEXT


def test_the_short_cells_of_a_row_are_one_line() -> None:
    table = "<table><tr><th>Boat</th><th>Built</th></tr><tr><td>Ida</td><td>1912</td></tr></table>"
    text = f"<p>{FIRST}</p><p>{SECOND}</p>{table}<p>{THIRD}</p>"
    assert lines(page(f"<div>{text}</div>")) == [FIRST, SECOND, "Boat | Built", "Ida | 1912", THIRD]
    at_end = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>{table}"
    assert lines(page(f"<div>{at_end}</div>"))[3:] == ["Boat | Built", "Ida | 1912"]


def test_cells_that_are_texts_are_no_row() -> None:
    row = f"<tr><td><p>{FIRST}</p><p>{SECOND}</p></td><td>{THIRD}</td></tr>"
    assert lines(page(f"<table>{row}</table>")) == TEXT


@pytest.mark.parametrize(
    "sentence",
    [
        "They marched on the quay under the name {}.",
        "{} was the most used word of the day, and the mayor used it as well.",
        "They marched under the name {} until the ferry came.",
    ],
)
def test_an_element_in_a_sentence_is_a_part_of_it_whatever_its_name(sentence: str) -> None:
    text = sentence.format('<span class="hashtag">#FerryForAll</span>')
    inside = f"<p>{FIRST}</p><p>{text}</p><p>{SECOND}</p>"
    assert lines(page(f"<div>{inside}</div>"))[1] == sentence.format("#FerryForAll")


def test_a_day_before_a_name_is_no_sentence() -> None:
    by = "<div><time class=date datetime=2026-03-01>03/01/2026</time> by Ann Hill, who sails the ferry herself</div>"
    article = read_page(page(by, f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"), URL)
    assert article.published is not None
    assert article.published.at.isoformat()[:10] == "2026-03-01"
    assert [block.text for block in article.body] == TEXT


def test_a_text_put_there_as_it_was_typed_is_in_paragraphs() -> None:
    typed = f"{FIRST}\n\n{SECOND}\n  \nThe engine\n\n{THIRD}\r\n\r\nIda Holm"
    expected = [FIRST, SECOND, "The engine", f"{THIRD} Ida Holm"]
    assert lines(page(f"<div class=x1>{typed}</div>")) == expected
    assert lines(page(f"<div class=x1>{typed.replace('The engine', '<b>The engine</b>')}</div>")) == expected


def test_empty_lines_within_a_paragraph_part_nothing() -> None:
    typed = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert lines(page(f"<div><p>{typed}</p></div>")) == [f"{FIRST} {SECOND} {THIRD}"]
    assert len(lines(page(f"<div>{FIRST}\n\n {SECOND}\n\n <a href=/x>one</a> {THIRD}</div>"))) == 1
