"""What makes a new version and what does not, and how a change is shown."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import pytest

from workers.core.article import Article, Block, BlockKind, Image, Moment
from workers.core.changes import Change, Comparisons, Effort, Mark, Piece, changes
from workers.core.link import Label, Link

AT = datetime(2026, 3, 1, 10, 5, tzinfo=UTC)
BODY = ("The mill stood still.", "The bridge was closed to lorries on Monday.", "Nobody was hurt.")


def article(*body: str, **more: Any) -> Article:
    given = {"headline": "The river rose", "published": Moment(at=AT, text="12:05 01.03.2026"), **more}
    blocks = tuple(Block(text=text) for text in body or BODY)
    return Article(**{"site": "s", "key": "1", "url": "https://s.test/1", "body": blocks, **given})


@pytest.mark.parametrize(
    "more",
    [
        {"headline": "The river fell"},
        {"published": Moment(at=AT.replace(hour=11), text="13:05")},
        {"corrected": True},
        {"body": (Block(text="Another text."),)},
        {"body": tuple(Block(text=text) for text in (BODY[1], BODY[0], BODY[2]))},
    ],
)
def test_this_is_a_new_version_and_can_be_shown(more: dict[str, Any]) -> None:
    assert article().content_hash != article(**more).content_hash
    assert changes(article(), article(**more))


@pytest.mark.parametrize(
    "more",
    [
        {"url": "https://s.test/other/1"},
        {"canonical_url": "https://s.test/1"},
        {"section": "Economy"},
        {"tags": ("river",)},
        {"authors": ("A. Writer",)},
        {"lead": "A lead"},
        {"image": Image(url="https://s.test/1.jpg")},
        {"modified": Moment(at=AT, text="later")},
        {"published": Moment(at=AT, text="written otherwise")},
        {"reading_minutes": 3},
        {"language": "en"},
        {"links": (Link(url="https://s.test/2", label=Label.LATEST),)},
        {"provenance": {"headline": "generic"}},
    ],
)
def test_this_is_no_new_version(more: dict[str, Any]) -> None:
    assert article().content_hash == article(**more).content_hash
    assert changes(article(), article(**more)) == ()


def test_a_changed_paragraph_is_shown_word_by_word() -> None:
    [change] = changes(article(), article(BODY[0], "The bridge was closed to all cars on Monday.", BODY[2]))
    assert change.where == "paragraph 2"
    assert change.pieces == (
        Piece(Mark.KEPT, "The bridge was closed to"),
        Piece(Mark.REMOVED, "lorries"),
        Piece(Mark.ADDED, "all cars"),
        Piece(Mark.KEPT, "on Monday."),
    )


def test_added_and_removed_paragraphs_are_whole() -> None:
    told = changes(article(), article(BODY[0], "Firemen came from three towns.", *BODY[2:]))
    assert told == (
        Change("paragraph 2", (Piece(Mark.ADDED, "Firemen came from three towns."),)),
        Change("paragraph 2", (Piece(Mark.REMOVED, BODY[1]),)),
    )


def test_the_headline_and_the_marker_come_first() -> None:
    told = changes(article(), article(headline="The river rose again", corrected=True))
    assert [change.where for change in told] == ["headline", "corrected"]
    assert told[0].pieces == (Piece(Mark.KEPT, "The river rose"), Piece(Mark.ADDED, "again"))


def test_another_form_of_the_same_words_is_said() -> None:
    after = article().model_copy(update={"body": (Block(text=BODY[0], kind=BlockKind.HEADING), *article().body[1:])})
    assert [change.where for change in changes(article(), after)] == ["form"]


def test_what_is_kept_and_added_together_is_the_newer_text() -> None:
    after = article("The old mill stood quite still.", BODY[2], "A new end.")
    new = [
        text for c in changes(article(), after) if (text := " ".join(p.text for p in c.pieces if p.mark != "removed"))
    ]
    assert new == ["The old mill stood quite still.", "A new end."]


def test_very_long_texts_are_compared_in_little_time() -> None:
    before = article(*(" ".join(f"w{n * m}" for n in range(3_000)) for m in range(3)))
    after = article(*(" ".join(f"w{n * m + 1}" for n in range(3_000)) for m in range(60)))
    began = time.process_time()
    assert changes(before, after)
    assert time.process_time() - began < 5


SAME = " ".join(["a"] * 600)
OTHER = " ".join((["a", "a", "b"] * 600)[:600])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([SAME], [OTHER]),
        ([f"{SAME} {n}" for n in range(20)], [f"{OTHER} {n}" for n in range(20)]),
        (
            [each for n in range(60) for each in (SAME + str(n), f"{n}")],
            [each for n in range(60) for each in (OTHER, f"{n}")],
        ),
        (["same"] * 4_000, ["same", "x"] * 2_000),
        (
            [each for n in range(700) for each in (f"same {n}", *(f"old {n} {m}" for m in range(60)))],
            [each for n in range(700) for each in (f"same {n}", *(f"new {n} {m}" for m in range(60)))],
        ),
    ],
    ids=["one paragraph", "twenty beside twenty", "sixty places", "paragraphs", "paragraphs that stand in one only"],
)
def test_repeated_words_are_compared_in_little_time(before: list[str], after: list[str], unburdened: None) -> None:
    one, other = article(*before), article(*after)
    began = time.process_time()
    told = changes(one, other)
    assert time.process_time() - began < 2, "the time of a plain comparison grows with the cube of their number"
    new = " ".join(piece.text for change in told for piece in change.pieces if piece.mark != Mark.REMOVED)
    assert new.split().count("b") == " ".join(after).split().count("b"), "what it does not compare it shows as a whole"


def test_two_contents_are_compared_once() -> None:
    comparisons, effort = Comparisons(), Effort()
    one, two = article(), article(headline="Another")
    found = comparisons.changes(("1", "2"), one, two, effort)
    assert comparisons.changes(("1", "2"), one, one, Effort(0)) is found


def test_what_is_kept_is_bounded_and_what_was_cut_short_is_not_kept() -> None:
    comparisons = Comparisons(most=2_500)
    one, two = article(), article(headline="Another")
    first = comparisons.changes(("1", "2"), one, two, Effort())
    for number in range(5):
        comparisons.changes((f"{number}", "x"), one, two, Effort())
    assert comparisons.changes(("1", "2"), one, two, Effort()) is not first
    cut = comparisons.changes(("3", "4"), one, two, Effort(0))
    assert comparisons.changes(("3", "4"), one, two, Effort()) != cut
