"""What counts as a copy: measured on pairs that are made here, texts of one template and translations among them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import Story, stories, story

from workers.core.article import Article, Block
from workers.core.runs import words_of
from workers.demo.writer import topic_for, write
from workers.ledger.sketch import Sketch, sketch_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
COUNT = 60


def sketch(story: Story | tuple[str, ...]) -> Sketch:
    body = tuple(Block(text=text) for text in story)
    found = sketch_of(Article(site="s", key="k", url="https://s.test/k", headline="h", body=body))
    assert found is not None
    return found


def with_other_furniture(told: Story, dice: random.Random) -> Story:
    return ["From our agency.", *told[:3], "Read also: the ferry", *told[3:], "Follow us, and write to the desk."]


def with_a_new_lead(told: Story, dice: random.Random) -> Story:
    return [story(dice.randrange(900, 1_000))[0], *told[1:]]


def cut_short(told: Story, dice: random.Random) -> Story:
    return told[: round(len(told) * 0.6)]


def written_on(told: Story, dice: random.Random) -> Story:
    return [*told, *story(dice.randrange(900, 1_000))[:2]]


def edited(told: Story, dice: random.Random) -> Story:
    return [" ".join("so" if dice.random() < 0.03 else word for word in text.split()) for text in told]


def in_another_order(told: Story, dice: random.Random) -> Story:
    return dice.sample(told, len(told))


EDITS = [with_other_furniture, with_a_new_lead, cut_short, written_on, edited, in_another_order]


def is_found(one: Sketch, other: Sketch) -> bool:
    """What the ledger does: look at those that share a band, and compare."""
    return bool(set(one.bands) & set(other.bands)) and one.is_copy(other, one_site=False)


@pytest.mark.parametrize("edit", EDITS)
def test_copies_are_found_whatever_a_site_did_to_them(edit: Callable[[Story, random.Random], Story]) -> None:
    dice = random.Random(7)
    found = [is_found(sketch(story), sketch(edit(story, dice))) for story in stories(COUNT)]
    assert sum(found) >= 0.95 * COUNT, f"recall {sum(found) / COUNT:.2f}"


def test_different_stories_in_the_same_words_are_no_copies() -> None:
    sketches = [sketch(story) for story in stories(COUNT)]
    assert not [pair for pair in combinations(sketches, 2) if is_found(*pair)]


@pytest.mark.parametrize("section", ["general", "economic", "pharmacy"])
def test_stories_written_by_one_template_are_no_copies(section: str) -> None:
    topic = topic_for("en", section)
    sketches = [sketch(write("en", topic, NOON, random.Random(n)).paragraphs) for n in range(COUNT)]
    pairs = list(combinations(sketches, 2))
    wrong = [pair for pair in pairs if pair[0].is_copy(pair[1], one_site=True) and is_found(*pair)]
    assert len(wrong) <= 0.01 * len(pairs)


def report(day: int) -> Story:
    return [
        f"The river stood at {300 + day * 7} centimetres on day {day} of the flood, the water office said. Over the"
        f" past day {12 + day} houses were left, and {90 + 3 * day} people spent the night in schools. In all it"
        f" cost {40 + day} barns, {7 + day} bridges, {230 + 11 * day} sheep, {18 + day * 2} boats and {5 + day} mills."
    ]


def test_daily_reports_that_differ_in_their_numbers_are_no_copies() -> None:
    sketches = [sketch(report(day)) for day in range(30)]
    assert not [pair for pair in combinations(sketches, 2) if is_found(*pair)]


def test_a_translation_is_no_copy() -> None:
    for number in range(10):
        told = [sketch(_written(language, number)) for language in ("en", "uk", "ru")]
        assert not [pair for pair in combinations(told, 2) if is_found(*pair)]


def _written(language: str, number: int) -> tuple[str, ...]:
    return write(language, topic_for(language, "economic"), NOON, random.Random(number)).paragraphs


def test_a_text_without_spaces_between_words_has_a_sketch() -> None:
    text = "昨日の夕方に川の水位が上がり、町の橋が閉鎖された。住民は学校に避難した。"
    assert sketch([text]).is_copy(sketch([text + "続報を待つ。"]), one_site=True)


def test_the_same_text_always_has_the_same_sketch() -> None:
    """On every machine and with every release: the ledger keeps sketches and compares them with those of tomorrow."""
    found = sketch(["one two three four five six seven eight nine ten " + " ".join(map(str, range(30)))])
    assert (found.size, found.places[:4]) == (36, PINNED)
    assert Sketch.unpack(found.pack()) == found
    assert len(found.pack()) < 300
    assert all(0 <= band < 2**63 for band in found.bands)


PINNED = (30299, 61018, 3851, 6078)


@given(st.text(st.characters(max_codepoint=127)))
def test_an_ascii_text_is_cut_into_the_same_words_by_either_way(text: str) -> None:
    assert words_of(text) == re.findall(r"\w+", text)
