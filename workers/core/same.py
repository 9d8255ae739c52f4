"""Is it the same story? Two readings of one site, under two addresses, compared by headline and text."""

from __future__ import annotations

import hashlib

from workers.core.article import Article, Precision
from workers.core.runs import LONGEST, runs_of, words_of
from workers.core.text import fold

# How much of the shorter text the longer one has. A print view may lack a part, a live report has grown since; the
# second page of a long story has nothing of the first but its headline.
_MOSTLY = 0.7
# Under another headline so many runs of words tell: less could be what stands on every page, as a wall's text does.
_ENOUGH = 100
# How much of the longer text both have where no clock tells that it is one story: a daily bulletin keeps most of its
# words, and its numbers are what is new.
_ALL_BUT = 0.95


def is_same_story(one: Article, other: Article) -> bool:
    """True where nothing of the story is lost when only one of the two is kept."""
    if one.content_hash == other.content_hash:
        return True
    mine, theirs = _runs(one), _runs(other)
    common = len(mine & theirs)
    if not common or common < _MOSTLY * min(len(mine), len(theirs)):
        return False
    return common >= _ENOUGH or fold(one.headline) == fold(other.headline)


def _runs(article: Article) -> frozenset[str]:
    """The text's runs of words; of a text that is too short for one, all of it."""
    return runs_of(article.text) or frozenset([" ".join(words_of(article.text[:LONGEST].casefold()))])


def twin_number(article: Article) -> int:
    """What a story has in common under all of its addresses, as 64 bits with a sign: its headline and its day."""
    day = article.published.at.date().isoformat() if article.published else ""
    told = f"{day} {fold(article.headline)}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "big", signed=True)


def are_twins(one: Article, other: Article) -> bool:
    """True for one story under two addresses that name no original: the same headline, moment and text.

    A short note that comes again is another one, unless both were published in the same minute.
    """
    if fold(one.headline) != fold(other.headline):
        return False
    moments = _clock(one), _clock(other)
    if None not in moments:
        return moments[0] == moments[1] and is_same_story(one, other)
    mine, theirs = _runs(one), _runs(other)
    return len(mine & theirs) >= max(_ENOUGH, _ALL_BUT * max(len(mine), len(theirs)))


def _clock(article: Article) -> str | None:
    """The minute in which it was published, where the page tells more than the day."""
    told = article.published
    return None if told is None or told.precision == Precision.DAY else told.at.isoformat(timespec="minutes")
