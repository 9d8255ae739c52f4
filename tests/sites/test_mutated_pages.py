"""Pages with bytes changed, cut out and doubled: nothing but the errors that are drawn."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from news_pages import ENGLISH, MARKUPS, UKRAINIAN

from workers.core.errors import WireroomError
from workers.sites.read import read_page

URL = "https://courier.example/story-4711"
PAGES = [markup(news).encode() for markup in MARKUPS for news in (ENGLISH, UKRAINIAN)]


def mutated(body: bytes, seed: int) -> bytes:
    """The page with some bytes changed, cut out, doubled or swapped with markup."""
    dice = random.Random(seed)
    data = bytearray(body)
    for _ in range(dice.randint(1, 12)):
        start = dice.randrange(len(data))
        end = min(len(data), start + dice.choice((1, 3, 30, 300)))
        piece = bytes(data[start:end])
        tokens = (
            b"<",
            b">",
            b'"',
            b"\x00",
            b"<div>",
            b"</div>",
            b"<!--",
            b"<script>",
            b"&#xD800;",
            b"\xed\xa0\x80",
            b"{",
            b"",
        )
        data[start:end] = dice.choice((*tokens, piece * 2, piece[::-1], bytes(dice.randrange(256) for _ in piece)))
        data = data or bytearray(b"<")
    return bytes(data)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PAGES), st.integers(0, 2**32))
def test_a_mutated_page_raises_nothing_but_what_is_drawn(body: bytes, seed: int) -> None:
    read_or_refused(body, seed)


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None)
@given(st.sampled_from(PAGES), st.integers(0, 2**32))
def test_many_mutated_pages_raise_nothing_but_what_is_drawn(body: bytes, seed: int) -> None:
    read_or_refused(body, seed)


def read_or_refused(body: bytes, seed: int) -> None:
    try:
        article = read_page(mutated(body, seed), URL)
    except WireroomError as error:
        assert str(error)
    else:
        article.model_dump_json().encode()
