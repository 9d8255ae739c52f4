"""Hostile markup is refused quickly, and ordinary markup, however untidy, is not."""

from __future__ import annotations

import time

import pytest

from workers.core.errors import HostilePage
from workers.sites.guard import check_markup

HOSTILE = {
    "unclosed div": "<div>" * 100_000,
    "unknown elements": "<x-y>" * 100_000,
    "nested lists": "<ul><li>" * 20_000,
    "nested tables": "<table><tr><td>" * 5_000,
    "formatting with attributes": "".join(f"<b i{n}><i i{n}></b>" for n in range(3_000)),
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x",
    "attributes without values": "<p " + " ".join(f"a{n}" for n in range(20_000)) + ">x",
    "many tags of many attributes": ("<p " + " ".join(f"a{n}=1" for n in range(1_500)) + ">x") * 100,
    "tags": "<br>" * 400_000,
    "options in groups": "<option><optgroup>" * 50_000,
    "closed first": "</div>" * 50_000 + "<div>" * 50_000,
    "quotes that never end": "<a '" * 50_000 + "<b " + "<div>" * 1_000,
}
ORDINARY = {
    "a large select": "<select>" + "<option>x" * 50_000,
    "a line of ten megabytes": "<p>" + "word " * 2_000_000,
    "a large JSON-LD": '<script type="application/ld+json">{"x": "' + "a" * 5_000_000 + '"}</script>',
    "scripts full of markup": "<script>" + "'<div><b>' + " * 2_000 + "</script><p>text",
    "drawings": ("<svg>" + '<path d="M0 0"/><g><use/></g>' * 400 + "</svg>") * 5,
    "open paragraphs": "<p>text" * 50_000,
    "strong that never ends": "<p><strong>text</p>" * 300,
    "links that never end": "<a href=x>text" * 500,
    "a picture inside the page": '<img src="data:image/png;base64,' + "A" * 300_000 + '">',
    "a comment that never ends": "<p>text<!--" + "<div>" * 5_000,
    "deep, but not too deep": "<div>" * 400 + "text" + "</div>" * 400,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_markup_that_keeps_the_parser_busy_is_refused_at_once(html: str) -> None:
    started = time.process_time()
    with pytest.raises(HostilePage) as refused:
        check_markup(html)
    assert time.process_time() - started < 0.8
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("html", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_markup_passes_however_untidy(html: str) -> None:
    started = time.process_time()
    check_markup(html)
    assert time.process_time() - started < 0.8
