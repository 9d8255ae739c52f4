"""What a story quotes is its text, whatever furniture says the same."""

from __future__ import annotations

import pytest
from test_generic_text import FIRST, SECOND, THIRD, lines, page

from workers.sites.generic.phrases import is_furniture_line
from workers.sites.kinds.walls import invites_to_subscribe

QUOTES = [
    "“Sign up to the newsletter and I will send you moss,” she told the first of them, and she did.",
    '"We use cookies to improve your stay" is a sentence that tells nobody anything, the judges wrote.',
    "« Abonnez-vous à la newsletter de la mairie », a lancé un élu, moqueur, aux habitants.",
    "«Підписуйтесь на мій Telegram, там усе скажу», – написав він жителям міста.",
    "„Abonnieren Sie den Newsletter“, rief er in den Saal, und niemand lachte.",
    "「本サイトのnewsletterに subscribe here」と彼女は言った。",
]
NOT_QUOTED = [
    "Sign up to the newsletter “Moss” and read it on each Friday.",
    "Abonnieren Sie hier unseren Newsletter „Am Morgen“.",
    "We use cookies to make your visit better.",
    "He said “Sign up to the newsletter” and left. Sign up to our newsletter and read more.",
]
WALLS = [
    "The keeper said: “Nobody has ever counted the … Subscribe now to continue reading this story.",
    "Press “Already a subscriber” if you have an account, or subscribe to continue reading.",
]


@pytest.mark.parametrize("line", QUOTES)
def test_what_a_line_quotes_is_text(line: str) -> None:
    assert not is_furniture_line(line)
    assert line in lines(page(f"<div><p>{FIRST}</p><p>{line}</p><p>{SECOND}</p><p>{THIRD}</p></div>"))


@pytest.mark.parametrize("line", NOT_QUOTED)
def test_what_a_line_says_itself_is_furniture(line: str) -> None:
    assert is_furniture_line(line)


def test_a_short_story_may_quote_an_invitation_to_subscribe() -> None:
    quoted = "“This article is for subscribers only” is what visitors to their pages read most often."
    assert lines(page(f"<p>{FIRST}</p><p>{quoted}</p><p>{SECOND}</p>")) == [FIRST, quoted, SECOND]


@pytest.mark.parametrize(
    "line", ["Comments, of course, were closed when it was read.", "À lire, sur place, une lettre."]
)
def test_a_comma_goes_on_with_a_sentence(line: str) -> None:
    assert not is_furniture_line(line)


@pytest.mark.parametrize("wall", WALLS)
def test_a_quotation_that_a_wall_cuts_or_names_hides_no_wall(wall: str) -> None:
    assert invites_to_subscribe([SECOND, wall])


@pytest.mark.parametrize(
    "line",
    [
        "Your browser does not support the video element.",
        "Your browser is out of date. Please update it to see all of this.",
        "À lire : le bac du fleuve repart après un hiver de travaux.",
    ],
)
def test_a_word_that_begins_sentences_is_a_label_with_its_colon_or_its_verb(line: str) -> None:
    assert is_furniture_line(line)
