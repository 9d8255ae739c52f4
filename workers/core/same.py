"""Is it the same story? Two readings of one site, under two addresses, compared by headline and text."""

from __future__ import annotations

from workers.core.article import Article
from workers.core.runs import LONGEST, runs_of, words_of
from workers.core.text import fold

# How much of the shorter text the longer one has. A print view may lack a part, a live report has grown since; the
# second page of a long story has nothing of the first but its headline.
_MOSTLY = 0.7
# Under another headline so many runs of words tell: less could be what stands on every page, as a wall's text does.
_ENOUGH = 100


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
