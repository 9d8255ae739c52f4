"""The demo site's stories: what they are made of and how they hang together."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from workers.demo.desk import Desk, corrected, kept
from workers.demo.labels import LABELS, LANGUAGES, SECTIONS
from workers.demo.newsroom import Newsroom
from workers.demo.story import KYIV, Story
from workers.demo.traps import TRAPS, Shown
from workers.demo.world import FIRMS, Topic
from workers.demo.writer import WIRES, write

START = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    return Desk(1, START).opening(300)


def every_topic() -> list[tuple[str, Topic]]:
    return [(name, topic) for name, wire in WIRES.items() for topic in (*wire.topics, wire.announcement)]


def test_the_same_seed_writes_the_same_stories(stories: list[Story]) -> None:
    assert Desk(1, START).opening(300) == stories


def test_another_seed_writes_other_stories(stories: list[Story]) -> None:
    other = {story.headline for story in Desk(2, START).opening(300)}
    assert len(other & {story.headline for story in stories}) < len(stories) // 20


def test_there_are_as_many_stories_to_store_as_pages(stories: list[Story]) -> None:
    assert sum(map(kept, stories)) == 300


def test_no_two_stories_are_equal_in_headline_or_text(stories: list[Story]) -> None:
    assert len({story.headline for story in stories}) == len(stories)
    assert len({story.paragraphs for story in stories}) == len(stories)


def test_a_story_has_three_to_twelve_paragraphs_of_readable_length(stories: list[Story]) -> None:
    assert {len(story.paragraphs) for story in stories} <= set(range(3, 13))
    assert len({len(story.paragraphs) for story in stories}) >= 8
    assert all(30 < len(text) < 600 for story in stories for text in story.paragraphs)


def test_no_slot_is_left_open_in_any_sentence(stories: list[Story]) -> None:
    texts = [text for story in stories for text in (story.headline, *story.paragraphs)]
    assert not [text for text in texts if re.search(r"[{}]|\bNone\b|  ", text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_story_keeps_to_the_letters_of_its_language(language: str, stories: list[Story]) -> None:
    alien = {"en": r"[а-яіїєґ]", "uk": r"[ыэъёa-z]", "ru": r"[іїєґa-z]"}[language]
    texts = [text for story in stories if story.language == language for text in (story.headline, *story.paragraphs)]
    assert len(texts) > 300
    assert not [text for text in texts if re.search(alien, text.lower()) and "mln" not in text]


def test_the_languages_share_the_pages_evenly(stories: list[Story]) -> None:
    shares = Counter(story.language for story in stories)
    assert set(shares) == set(LANGUAGES)
    assert max(shares.values()) - min(shares.values()) < 20


def test_dates_run_from_minutes_to_months_before_the_start(stories: list[Story]) -> None:
    ages = [START - story.published for story in stories]
    assert timedelta(0) < min(ages) < timedelta(minutes=30)
    assert max(ages) > timedelta(days=120)


def test_no_date_falls_into_the_hour_that_kyiv_has_twice() -> None:
    night = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    newest = max(story.published for story in Desk(1, night).opening(60))
    local = newest.astimezone(KYIV)
    assert local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()


def test_an_announcement_is_stamped_with_its_event_which_comes_after_it(stories: list[Story]) -> None:
    announced = [story for story in stories if story.section == "press-announcement"]
    assert len(announced) >= 9
    assert all(story.event and story.event > story.published for story in announced)
    assert all(story.stamp == story.event and story.dated for story in announced)


def test_the_event_of_the_trap_lies_in_the_future(stories: list[Story]) -> None:
    (trap,) = [story for story in stories if story.trap == "future-event"]
    assert trap.event is not None
    assert trap.event > START + timedelta(days=1)


def test_a_correction_changes_one_paragraph_and_nothing_else(stories: list[Story]) -> None:
    before = stories[0]
    after = corrected(before, START)
    differing = [pair for pair in zip(before.paragraphs, after.paragraphs, strict=True) if pair[0] != pair[1]]
    assert len(differing) == 1
    assert (after.headline, after.published, after.tags) == (before.headline, before.published, before.tags)


@pytest.mark.parametrize(("language", "topic"), every_topic())
def test_every_template_of_a_topic_can_be_filled(language: str, topic: Topic) -> None:
    event = START if topic.section == "press-announcement" else None
    drafts = [write(language, topic, START, Random(seed), event) for seed in range(60)]
    assert len({draft.headline for draft in drafts}) > 20
    assert topic.name in FIRMS
    assert topic.section in SECTIONS


def test_some_stories_are_shown_by_nothing_but_one_more_about_box() -> None:
    room = Newsroom(1, 300, None, START, START)
    deep = [story for story in room.stories.values() if story.shown_by is not None]
    on_lists = {story.id for language in LANGUAGES for story in room.listed(language)}
    chained = [story for story in deep if room.stories[story.shown_by or 0].shown_by is not None]
    assert len(deep) >= 30
    assert len(chained) >= 15
    assert not on_lists & {story.id for story in deep}
    for story in deep:
        showing = [other.id for other in room.stories.values() if story in room.more_about(other)]
        assert showing == [story.shown_by]


def test_the_boxes_hold_ten_five_and_ten_and_never_the_story_itself() -> None:
    room = Newsroom(1, 300, None, START, START)
    for story in room.listed("en"):
        more, hot, latest = room.more_about(story), room.hot_news(story), room.latest(story)
        assert (len(hot), len(latest)) == (5, 10)
        assert len(more) <= 10
        assert story not in more
        assert story not in latest
        assert {other.topic for other in more} == {story.topic}
    full = [story for story in room.listed("en") if len(room.more_about(story)) == 10]
    assert len(full) > len(room.listed("en")) / 2


def test_new_stories_come_in_at_their_rate_and_on_top() -> None:
    room = Newsroom(1, 60, 2.0, START, START)
    before = {language: list(room.listed(language)) for language in LANGUAGES}
    room.come_in(START + timedelta(seconds=12.5))
    new = {
        language: [story for story in room.listed(language) if story not in before[language]] for language in LANGUAGES
    }
    assert [len(new[language]) for language in LANGUAGES] == [2, 2, 2]
    assert all(room.listed(language)[:2] == new[language] for language in LANGUAGES)
    assert room.changed == START + timedelta(seconds=12)


def test_without_a_rate_nothing_comes_in() -> None:
    room = Newsroom(1, 60, None, START, START)
    count = len(room.stories)
    room.come_in(START + timedelta(days=1))
    assert len(room.stories) == count


def test_every_trap_has_a_name_of_its_own_and_a_sentence() -> None:
    assert len({trap.name for trap in TRAPS}) == len(TRAPS)
    assert all(trap.what.endswith(".") and trap.fates for trap in TRAPS)
    assert all((trap.stored is None) == ("stored" not in trap.fates) for trap in TRAPS)
    assert {trap.shown for trap in TRAPS} == set(Shown)


def test_every_language_has_all_of_its_labels() -> None:
    assert set(LABELS) == set(LANGUAGES)
    assert all(set(names) == set(LANGUAGES) for names in SECTIONS.values())
    assert all("{}" in words.read for words in LABELS.values())
