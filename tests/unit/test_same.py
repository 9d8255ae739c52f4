"""When two readings of one site tell the same story: by their texts, whatever their pages say."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime

import pytest

from workers.core.article import Article, Block, Moment, Precision
from workers.core.same import are_twins, is_same_story, twin_number

WORDS = [f"word{number}" for number in range(400)]


def text(seed: int, words: int = 150) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def article(headline: str, *texts: str) -> Article:
    return Article(site="s", key="k", url="u", headline=headline, body=tuple(Block(text=each) for each in texts))


FIRST = article("Ferry sails again", text(1), text(2))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (article("FERRY SAILS AGAIN", text(1), text(2)), "the same in capitals"),
        (article("Ferry sails again: the story", text(1), text(2)), "another headline over one text"),
        (article("Ferry sails again", text(1), text(2), text(3)), "a live report that has grown"),
        (article("Ferry sails again", text(1)), "a print view that lacks a part"),
        (article("Ferry sails again", text(1) + " " + text(2)), "the same without paragraphs"),
    ],
)
def test_a_story_stays_the_same(other: Article, why: str) -> None:
    assert is_same_story(FIRST, other), why
    assert is_same_story(other, FIRST), why


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (article("Ferry sails again", text(3), text(4)), "the second page of a long story has its headline"),
        (article("Library reopens", text(3), text(4)), "another story"),
        (article("Ferry sails again", text(2), text(3), text(4), text(5)), "a part of it in a longer one"),
    ],
)
def test_another_story_is_told_by_its_text(other: Article, why: str) -> None:
    assert not is_same_story(FIRST, other), why
    assert not is_same_story(other, FIRST), why


def test_a_short_text_on_every_page_makes_no_story_the_same() -> None:
    wall = text(9, 40)
    assert not is_same_story(article("Ferry sails again", wall), article("Library reopens", wall))
    assert is_same_story(article("Ferry sails again", wall), article("Ferry sails again", wall))


def test_the_shortest_texts_are_compared_too() -> None:
    assert is_same_story(article("Ferry sails", "It sails."), article("Ferry sails", "It sails!"))
    assert not is_same_story(article("Ferry sails", "It sails."), article("Ferry sails", "It rests."))
    assert is_same_story(
        article("市议会批准大桥维修", "大桥维修明天开始。" * 3), article("市议会批准大桥维修", "大桥维修明天开始!" * 3)
    )


def test_very_long_texts_are_compared_by_how_they_begin() -> None:
    one, other = article("A", "word " * 1_800_000), article("B", "字" * 2_800_000)
    began = time.process_time()
    assert not is_same_story(one, other)
    assert is_same_story(one, article("A", "word " * 1_900_000))
    assert time.process_time() - began < 0.5


NOON, EVENING = datetime(2026, 5, 1, 12, 0, tzinfo=UTC), datetime(2026, 5, 1, 18, 0, tzinfo=UTC)


def dated(of: Article, at: datetime, precision: Precision = Precision.MINUTE) -> Article:
    return of.model_copy(update={"published": Moment(at=at, text="", precision=precision)})


NOTE = article("Water level", "The gauge shows a normal level and all ferries run today.")


def test_one_story_under_two_addresses_is_told_by_headline_minute_and_text() -> None:
    assert are_twins(dated(FIRST, NOON), dated(article("Ferry sails again", text(1), text(2)), NOON))
    assert are_twins(dated(NOTE, NOON), dated(NOTE, NOON))
    assert are_twins(FIRST, FIRST.model_copy(update={"key": "other"})), "a long text needs no date"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (dated(NOTE, NOON), dated(NOTE, EVENING), "a note that comes twice a day"),
        (NOTE, NOTE, "a note without a date"),
        (dated(NOTE, NOON, Precision.DAY), dated(NOTE, NOON, Precision.DAY), "a note of a day"),
        (dated(FIRST, NOON), dated(FIRST, EVENING), "a bulletin that comes twice a day"),
        (FIRST, article("Ferry sails again", text(1), text(2, 135)), "a bulletin whose numbers are new"),
        (dated(FIRST, NOON), dated(article("Ferry sails", text(1), text(2)), NOON), "another headline"),
    ],
)
def test_notes_and_bulletins_that_come_again_are_no_twins(one: Article, other: Article, why: str) -> None:
    assert not are_twins(one, other), why


def test_the_number_of_twins_is_that_of_headline_and_day() -> None:
    assert twin_number(dated(FIRST, NOON)) == twin_number(dated(article("FERRY  sails again"), EVENING))
    assert len({twin_number(FIRST), twin_number(dated(FIRST, NOON)), twin_number(NOTE)}) == 3
