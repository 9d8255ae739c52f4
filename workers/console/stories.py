"""The story that an article belongs to: which stored articles its MORE ABOUT leads to, and which lead to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from workers.console.desk import Desk
from workers.core.urls import canonical
from workers.ledger import StoryArticle

# Articles of a story that a picture can show, and steps from the article to the furthest.
MOST = 10
STEPS = 2


@dataclass
class Story:
    """Articles by id, and pairs of ids: the first shows the second as MORE ABOUT."""

    articles: dict[int, StoryArticle] = field(default_factory=dict)
    links: set[tuple[int, int]] = field(default_factory=set)

    @property
    def in_time(self) -> list[StoryArticle]:
        """The articles, the oldest first."""
        return sorted(self.articles.values(), key=lambda article: (article.at, article.id))


def story_of(desk: Desk, start: StoryArticle) -> Story:
    """The articles at most STEPS away from this one, the nearest first; at most MOST of them."""
    story, edge = Story({start.id: start}), [start]
    for _ in range(STEPS):
        found = [*_shown_by(desk, edge), *_showing(desk, edge)]
        edge = []
        for here, there, link in found:
            if there.id not in story.articles and len(story.articles) < MOST:
                story.articles[there.id] = there
                edge.append(there)
            if {here, there.id} <= story.articles.keys():
                story.links.add(link)
        if not edge:
            break
    return story


def _shown_by(desk: Desk, edge: list[StoryArticle]) -> list[tuple[int, StoryArticle, tuple[int, int]]]:
    shown = desk.ledger.look.links_of([article.id for article in edge])
    stored = stored_at(desk, {article.id: article.site for article in edge}, ((s.article_id, s.url) for s in shown))
    pairs = ((s.article_id, stored.get((s.article_id, s.url))) for s in shown)
    return [(here, there, (here, there.id)) for here, there in pairs if there is not None and there.id != here]


def _showing(desk: Desk, edge: list[StoryArticle]) -> list[tuple[int, StoryArticle, tuple[int, int]]]:
    found = desk.ledger.look.links_to([article.id for article in edge])
    return [(shown, there, (there.id, shown)) for there, shown in found]


def stored_at(
    desk: Desk, sites: dict[int, str], shown: Iterable[tuple[int, str]]
) -> dict[tuple[int, str], StoryArticle]:
    """For (article, URL) the stored article at that URL, if there is one: the site knows the identity of its URLs."""
    names = {(id_, url): name for id_, url in shown if (name := _name(desk, sites[id_], url)) is not None}
    found = desk.ledger.look.named(set(names.values()))
    return {pair: found[name] for pair, name in names.items() if name in found}


def _name(desk: Desk, home: str, url: str) -> tuple[str, str] | None:
    """The site and key of the article at this URL."""
    address = canonical(url)
    if address is None:
        return None
    own = desk.room.site(home)
    site = own if own.owns(address) else desk.room.owner_of(address)
    return (site.name, site.identity(address)) if site else None
