"""The authors: people and agencies named in JSON-LD, in the head, or in a byline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.core.text import clean, fold
from workers.core.urls import host_of
from workers.sites.generic.bylines.dated_bylines import dated_bylines
from workers.sites.generic.bylines.listed_authors import listed_together
from workers.sites.generic.bylines.people import LONGEST_NAME, NAMES, ONE_NAME, PERSON, SIGNED, WHOLE, Form, names_in
from workers.sites.generic.bylines.placed_authors import agencies_in
from workers.sites.generic.bylines.told_authors import author_in, contributors_in, organisations_in, people_in
from workers.sites.generic.headline import bare_host
from workers.sites.generic.names import names_of
from workers.sites.generic.story import Story, plain
from workers.sites.generic.text.outline import Outline
from workers.sites.page.document import Document, ancestors, attribute, lists
from workers.sites.reader import Found

_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")
_METAS_TOO = (
    "citation_author",
    "cxenseparse:author",
    "og:author",
    "article:author_name",
    "articleauthor",
    "dcsext.author",
    "twitter:creator",
)
# Of author and autor no more than what both have: each selector costs a fifth of the search.
_BYLINES = '[class*="byline" i],[class*="aut" i],a[href*="/aut"]'
_RARE_BYLINES = ("szerzo", "reporter", "redacteur", "yazar", "skribent", "contributor", "journalist", "muhabir")
_INNER_NAMES = '[class*="contributor-name" i],[class*="reporter-name" i],[class*="writer-name" i]'
_AUTHORS_PAGE = re.compile(r"/(?:authors?|autor)/")
_NAME = re.compile(r"author(?:-|_|__)?name")
_HOLDS_NAME = frozenset(("author", "byline", "vcard"))
# What somebody signs in with, or a site's address: no name of a person where there is another.
_ACCOUNT = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_NEWS_DESK = re.compile(r"(?:the )?news ?desk", re.I)
_BYLINE, _STORY = "generic:byline", "json-ld:author"
_WORD = re.compile(r"\w+")
_BYLINE_START = re.compile(
    r"(?:(?:written|posted|published|submitted|story|text|words|reported|interview) )?by:? "
    r"|(?:von|par|por|door|autor(?:in)?(?:/autor)?:?) "
    r"|(?:gespeichert von|soumis par|enviado por|submetido por|inviato da|ingediend door) ",
    re.I,
)
# The same where it is a common word or letter too: what follows must look like a person.
_BYLINE_PERHAPS = re.compile(
    r"(?:di|av:?|af:?|автор[ыи]?|كتبت?) |(?:автор[ыи]?|текст|te(?:xt|ksti?)|بقلم|كتبت?|מאת|作者|记者|लेखक|penulis"
    r"|oleh|tác giả|írta|yazan|haber|muhabir|autor|foto y texto|خبرنگار|نویسنده|ผู้เขียน|เขียนโดย|โดย"
    r"|ავტორი|հեղինակ|লেখক|লিখেছেন|எழுதியவர்)\s?[:：՝]"
    r"|โดย\s|[가-힣]{2,4}\s?기자\b|de\s+(?=[A-ZĂÂÎȘȚ]\w+\s+[A-ZĂÂÎȘȚ]\w+$)",
    re.I,
)
_LABELLED = re.compile(
    r"(?:written by|authors?|autor(?:in|en)?(?:/autor(?:in)?)?|auteurs?|autore)\b\s*:?\s+"
    r"|(?:लेखक|penulis|tác giả|írta|yazan|خبرنگار|نویسنده)\s?:",
    re.I,
)
_LABEL_WITHIN = re.compile(r"\s(?:автор[ыи]?|author|autor(?:in)?|auteur|autore)\s?:\s", re.I)
_BY_AFTER_DATE = re.compile(
    r"\d[.,]?\s+(?:uhr,?\s+)?(?:by|von|par|por|door|di|av|af|od|przez|autor:?|автор:?)\s+(?=\S)", re.I
)
_MOST_PEOPLE = 1_000
_LEVELS, _MOST_SEEN, _MOST = 5, 12, 4
_LONGEST_BYLINE, _LONGEST_NAMES = 90, 2_000
_LIST = " ; "
_LONGEST_TEXT = 2_000
_MOST_NAMED = 300


def authors_of(
    document: Document,
    story: Story,
    publisher: str | None = None,
    near: Sequence[str] = (),
    lines: Iterable[str] = (),
    placed: Iterable[str] = (),
) -> Found[tuple[str, ...]] | None:
    """The names of the authors and where they stood, or None.

    The publisher's own name counts where there is no other. `near` are the short texts around the headline;
    `lines` all texts of the page, looked through for one with a label when nothing else tells; `placed` what only its
    place tells, asked for at last.
    """
    own = [words for name in _names_of_site(document, publisher) if (words := _words(name))]
    bodies = names_in(list(organisations_in(story, author_in(story))), WHOLE)
    agencies = tuple(name for name in bodies if not _is_site(_words(name), own))
    last, least = Found(bodies, _STORY) if bodies else None, None
    for source, texts, form in _told(document, story, near, lines, placed):
        if not texts and source != _STORY:
            continue
        sites = {text for text in texts if _is_site(_words(text), own)}
        whole = [text for text in texts if text in sites and text.count(" ") < _MOST]
        names = names_in([text for text in texts if text not in sites], form) or names_in(whole, WHOLE)
        names = names or names_in(texts, form)
        people = tuple(name for name in names if not _is_site(_words(name), own) and not _stands_in(name))
        if source == _STORY:
            others = _with_the_others(people, document)
            people = tuple(name for name in others if not _is_site(_words(name), own)) + agencies
        if people:
            return Found(people, source)
        told = tuple(name for name in names if not _stands_in(name))
        last = last or (Found(told, source) if told else None)
        least = least or (Found(names, source) if names else None)
    return last or least


def _with_the_others(people: tuple[str, ...], document: Document) -> tuple[str, ...]:
    """All whom the head names, where JSON-LD has only the first of them."""
    told = names_in([plain(text) for text in document.metas("author")[:_MOST]], NAMES) if len(people) == 1 else ()
    return told if people == told[:1] else people


def _names_of_site(document: Document, publisher: str | None) -> Iterator[str]:
    """What the site calls itself: also at the end of the page's title."""
    title = re.split(r"[|·–—]| - ", document.title or "")
    yield from filter(None, (publisher, document.meta("og:site_name"), bare_host(document.url), host_of(document.url)))
    yield from title[-1:] if len(title) > 1 else ()
    yield from filter(_is_short, document.metas("copyright")[:1])


def _is_short(text: str) -> bool:
    return len(text) < _LONGEST_BYLINE


def _words(name: str) -> list[str]:
    return _WORD.findall(fold(name[:_LONGEST_BYLINE]))


def _is_site(name: list[str], own: list[list[str]]) -> bool:
    """True for a name of the site, for one that begins with it, and for the single word that it begins with."""
    if not name:
        return False
    return any(name[: len(words)] == words or (len(name) == 1 and name[0] == words[0]) for words in own)


def _stands_in(name: str) -> bool:
    """True for what is named where nobody is: an account, or the news desk as a whole."""
    return bool(_ACCOUNT.fullmatch(name) or _NEWS_DESK.fullmatch(name))


def _told(
    document: Document, story: Story, near: Sequence[str], lines: Iterable[str], placed: Iterable[str]
) -> Iterator[tuple[str, list[str], Form]]:
    yield _STORY, [*islice(people_in(story, author_in(story)), _MOST_PEOPLE), *contributors_in(story, near)], NAMES
    for name in (*_METAS, *_METAS_TOO):
        if told := document.metas(name):
            yield f"meta:{name}", [plain(text) for text in told[:_MOST_NAMED]], NAMES
    yield _BYLINE, _texts(_marked_names(document)), ONE_NAME
    yield _BYLINE, _texts(_marked_authors(document)), PERSON
    bylines = [byline for node in document.tree.css(_BYLINES) if (byline := _byline(node))]
    yield _BYLINE, _texts(_names_in(bylines)), PERSON
    yield _BYLINE, _texts(node for node, names, _ in bylines if _is_byline(names)), PERSON
    yield _BYLINE, [text for text in near if len(text) < _LONGEST_BYLINE and _BYLINE_START.match(text)], SIGNED
    perhaps = [text for text in near if len(text) < _LONGEST_BYLINE and _BYLINE_PERHAPS.match(text)]
    if (document.lang or "").startswith("nl"):  # whose article it is: `De Rode Duivels`
        perhaps = [text for text in perhaps if not text.startswith("De ")]
    yield _BYLINE, perhaps, PERSON
    yield _BYLINE, [*islice(agencies_in(near), 1)], SIGNED
    yield _BYLINE, [text[found.end() :] for text in near if (found := _LABEL_WITHIN.search(text))], PERSON
    yield _BYLINE, [text[found.end() :] for text in near if (found := _BY_AFTER_DATE.search(text))], PERSON
    yield _BYLINE, [*islice(dated_bylines(near), 1)], PERSON
    yield _BYLINE, [*islice(_labelled(lines), _MOST_SEEN)], PERSON
    outline: Outline | None = document.notes.get("outline")
    rare = [word for word in _RARE_BYLINES if outline is not None and word in outline.all_names]
    named = (
        (each.node for each in outline.elements if any(map(each.names.__contains__, rare))) if outline and rare else ()
    )
    yield _BYLINE, _texts(named), PERSON
    yield _BYLINE, [*islice(placed, _MOST_SEEN)], PERSON


def _texts(nodes: Iterable[LexborNode]) -> list[str]:
    once = {node.mem_id: node for node in islice(nodes, _MOST_SEEN)}
    of_article = [node for node in once.values() if not _is_of_a_comment(node)]
    texts = [clean(node.text(separator=" ")[:_LONGEST_TEXT]) for node in of_article[:_MOST]]
    listed = listed_together(of_article)
    return [_LIST.join(listed), *texts] if len(listed) > 1 else texts


def _labelled(lines: Iterable[str]) -> Iterator[str]:
    return (text for text in lines if len(text) < LONGEST_NAME and is_labelled(text))


def is_labelled(text: str) -> bool:
    """True for a line that says itself that a name follows."""
    return _LABELLED.match(text) is not None


def _marked_names(document: Document) -> Iterator[LexborNode]:
    """What marks a name and nothing else, so that one word will do."""
    known: dict[int, bool] = {}
    for node, _, told in document.marks:
        if lists(told, "rel", "author") or (lists(told, "class", "fn") and _stands_in_byline(node, known)):
            yield node
        elif told.get("itemprop") == "author":
            yield from node.css('[itemprop="name"]')
        elif lists(told, "class", "vcard") and lists(told, "class", "author"):
            yield from node.css("a")


def _stands_in_byline(node: LexborNode, known: dict[int, bool]) -> bool:
    """`known` are the elements that were looked at before: a name may be asked of each, and a class have megabytes."""
    for parent in ancestors(node):
        if parent.mem_id not in known:
            names = (attribute(parent, "class") or "")[:_LONGEST_NAMES].split()
            known[parent.mem_id] = not _HOLDS_NAME.isdisjoint(names)
        if known[parent.mem_id]:
            return True
    return False


def _marked_authors(document: Document) -> Iterator[LexborNode]:
    for node, _, told in document.marks:
        if told.get("itemprop") == "author":
            yield from (node, *node.css('[itemprop="name"]'))
        elif told.get("rel") == "author":
            yield node


def _byline(node: LexborNode) -> tuple[LexborNode, str, bool] | None:
    """What is called a byline, with its names, or leads to the page of an author; None for what only looks so."""
    told = node.attributes
    names = (told.get("class") or "").lower()
    leads = node.tag == "a" and _AUTHORS_PAGE.search(told.get("href") or "") is not None
    return (node, names, leads) if leads or _is_byline(names) else None


def _names_in(bylines: Iterable[tuple[LexborNode, str, bool]]) -> Iterator[LexborNode]:
    """The links in bylines, and what is called an author's name or leads to the page of one."""
    for node, names, leads in bylines:
        if leads or _NAME.search(names):
            yield node
        if "byline" in names:
            yield from node.css("a")
        elif not leads:
            yield from node.css(_INNER_NAMES)[:_MOST_SEEN]


def _is_byline(names: str) -> bool:
    return "byline" in names or "author" in names or "autor" in names


def _is_of_a_comment(node: LexborNode) -> bool:
    parent: LexborNode | None = node
    for _ in range(_LEVELS):
        if parent is None or parent.tag == "body":
            return False
        if "comment" in names_of(parent.attributes):
            return True
        parent = parent.parent
    return False
