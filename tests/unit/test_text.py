"""Clean text: what is stored has one form and no litter."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.text import clean, clean_lines, fold


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("two  words\n\tand\u00a0more", "two words and more"),
        ("null\x00byte", "nullbyte"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("Nach\u00adrich\u00adten", "Nachrichten"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("icon \ue001 font", "icon font"),
        ("gnp\u202e.exe\u202c", "gnp.exe"),
        ("e\u0301te\u0301", "été"),
        ("bell\x07 and \x1b[31mred", "bell and [31mred"),
    ],
)
def test_litter_is_taken_out_of_a_text(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned


def test_all_litter_of_unicode_is_taken_out_printable_or_not() -> None:
    litter = [0x00AD, 0x034F, 0x061C, 0x180E, 0x200B, 0x2060, 0xFEFF, 0xFFFC, *range(0xFFF9, 0xFFFC), 0x200E, 0x200F]
    litter += [*range(0x202A, 0x202F), *range(0x2061, 0x2070), *range(0xE000, 0xF900), *range(0xE0000, 0xE0080)]
    assert [hex(code) for code in litter if clean(f"a{chr(code)}b") != "ab"] == []


def test_joiners_inside_persian_words_and_emoji_stay() -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert clean("👩\u200d🚀 flies") == "👩\u200d🚀 flies"


def test_direction_marks_stay_only_beside_letters_that_need_them() -> None:
    assert clean("\u200fשלום (a)\u200e") == "\u200fשלום (a)\u200e"
    assert clean("plain\u200e text") == "plain text"


def test_lines_are_cleaned_one_by_one_and_empty_ones_left_out() -> None:
    assert clean_lines("one\n\n \u00ad \n two  three ") == ("one", "two three")


def test_case_quotes_and_dashes_do_not_matter_when_texts_are_compared() -> None:
    assert fold("„So – it’s“ Done") == fold('"SO - it\'s" done')


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_a_clean_text_can_be_stored_anywhere(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
