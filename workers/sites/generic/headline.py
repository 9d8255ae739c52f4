"""The headline: what the page, its head and its JSON-LD agree on, without the name of the site."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.core.runs import spaced_words
from workers.core.text import clean, fold, normal
from workers.core.urls import host_of
from workers.sites.generic.story import Story, plain, types_of
from workers.sites.page.document import Document, attribute, only_text, short_text
from workers.sites.reader import Found

# A bar stands between a title and the name of a site or of its section.
_BAR = re.compile(r"\s+\|\s+")
_MARKS = "|-–—•·:»«/~"  # one of these is in each of those
_SEPARATOR = re.compile(r"\s+[|\-–—•·:»«/~]+\s+|\s*[|»]\s*|\s+::\s+")
_ANY_SEPARATOR = re.compile(rf"{_SEPARATOR.pattern}|:\s+")
_DENSE, _GLUED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"), re.compile(r"\s*[_|\-–—·•:：»«/~｜]")
_SHORTEST, _SHORTEST_DENSE = 10, 4
_LONGEST = 400
# What is longer, with the site's name and all, is no title: each bar in it would be looked at.
_LONGEST_TOLD = 2_000
# Titles that share this much of their words are titles of one thing.
_RELATED = 0.3
_MOST_OF = 0.45  # of a title with the site's name
# A single <h1> of so many words is a headline, whatever the head says of the page.
_SENTENCE = range(7, 31)
_MOST_HEADINGS = 100
_FEWEST_SPACES = 2
_LIKE_HEADINGS = 'b,strong,font,[class*="itle"],[class*="eadline"]'
_NAMED = re.compile(r"title|headline")
_MOST_SHOWN = 12
_MOST_CUTS = 12
_PARTS = "span,div,small,em,strong,b,i,a,sup"
_FRONT_FILE = re.compile(r"/(?:index|default|home)\.\w{2,5}(?:#.*)?$")  # what a query follows may be an article
_NEWS_NAMES = (
    "newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle liveblogposting"
)
_NEWS = frozenset(_NEWS_NAMES.split())


def headline_of(document: Document, story: Story) -> Found[str] | None:
    """The headline and its source, or None where the page has no title at all.

    News sites give feeds a headline of its own (`og:title`); elsewhere the visible one is meant.
    """
    shown = shown_headlines(document)
    told = [found for found in _told(document, story, shown) if found.value and len(found.value) <= _LONGEST]
    if told and told[0].source == "opengraph:title" and _NEWS.intersection(types_of(story.main)):
        return _confirmed(shown, told) or told[0]
    best = max(shown, key=lambda text: _agreement(text, told), default=None)
    if best and (not told or _agreement(best, told) >= _RELATED or _stands_alone(shown, told, document)):
        document.notes["shown headline"] = best  # as the text's outline has it
        return Found(_unlabelled(best, told, document), "generic:h1")
    if not shown and not any(found.source != "generic:title" for found in told):
        return _called_title(document, told) or (told[0] if told else None)
    return told[0] if told else None


def _called_title(document: Document, told: list[Found[str]]) -> Found[str] | None:
    """The only smaller heading, long as a headline, that is called a title or leads to this very page, where `<title>`
    says something else: the name of the site or of its section alone."""
    own, texts = _page(document.url), []
    for node in document.tree.css("h2,h3,h4")[:_MOST_HEADINGS]:
        target = _target(node, document)
        names = f"{attribute(node, 'class') or ''} {attribute(node, 'id') or ''}"[:_LONGEST].lower()
        if target == own or (target is None and _NAMED.search(names) and node.css_first("a[href]") is None):
            texts.append(_text(node))
    texts = [text for text in dict.fromkeys(texts) if _is_long(text)]
    if len(texts) != 1 or _agreement(texts[0], told) >= _RELATED:
        return None
    document.notes["shown headline"] = texts[0]
    return Found(texts[0], "generic:heading")


def _is_long(text: str) -> bool:
    return len(text) <= _LONGEST and (text.count(" ") > _FEWEST_SPACES or len(_DENSE.findall(text)) > _SHORTEST)


def _unlabelled(shown: str, told: list[Found[str]], document: Document) -> str:
    """The headline without a label or a second title that is an element of its own in it, where the head has none."""
    titles = [found.value for found in told if found.value != shown and found.value in shown]
    if not titles:
        return shown
    nodes = [node for node, tag, _ in document.marks if tag == "h1"][:_MOST_SHOWN]
    parts = {clean(short_text(part, _LONGEST)) for node in nodes for part in node.css(_PARTS)[:_MOST_SHOWN]}
    return next((title for title in titles if clean(shown.replace(title, "", 1)) in parts), shown)


def _confirmed(shown: list[str], told: list[Found[str]]) -> Found[str] | None:
    """The visible headline, where JSON-LD has the same and `og:title` is only what `<title>` says, or ends
    at its colon.

    So too where `<title>` has it and `og:title` alone begins with a label, as titles for feeds do (`Analysis | …`).
    """
    texts = {found.source: fold(found.value) for found in told}
    social, title, headline = (texts.get(name) for name in ("opengraph:title", "generic:title", "json-ld:headline"))
    is_cut = social and headline and headline.startswith(f"{social}:")
    if title != social and not is_cut and not (title == headline and _BAR.search(social or "")):
        return None
    best = next((text for text in shown if fold(text) == headline), None)
    return Found(best, "generic:h1") if best else None


def _stands_alone(shown: list[str], told: list[Found[str]], document: Document) -> bool:
    """True for the only `<h1>`, long as a sentence, where no other heading shows what the head says of the page."""
    if len(shown) != 1 or len(shown[0].split()) not in _SENTENCE:
        return False
    others = {fold(short_text(node, _LONGEST_TOLD)) for node in document.tree.css("h2,h3")[:_MOST_HEADINGS]}
    return not any(fold(found.value) in others for found in told)


def _told(document: Document, story: Story, shown: list[str]) -> list[Found[str]]:
    texts = (
        ("opengraph:title", document.meta("og:title")),
        ("json-ld:headline", story.text("headline", "name")),
        ("twitter:title", document.meta("twitter:title")),
        ("generic:title", document.title),
    )
    known = [*shown, story.text("headline") or ""]
    told = ((source, plain(text)) for source, text in texts if text and len(text) <= _LONGEST_TOLD)
    return [Found(_without_site(text, document, known), source) for source, text in told]


def shown_headlines(document: Document) -> list[str]:
    """The texts of the page's `<h1>`, and of elements that call themselves the headline."""
    nodes = [node for node, tag, told in document.marks if tag == "h1" or told.get("itemprop") == "headline"]
    found = [_shown(node, document) for node in nodes[:_MOST_SHOWN]]
    own = (_page(document.url), _page(document.canonical or document.url))
    texts = [text for text, target in found if target is None or target in own]
    texts = texts or [text for text, target in found if target and "/" in target]
    return [text for text in dict.fromkeys(texts) if 3 < len(text) <= _LONGEST]


def _shown(node: LexborNode, document: Document) -> tuple[str, str | None]:
    """The text of a heading, and the page that it leads to as a whole."""
    only = only_text(node) if node.tag == "h1" else None  # which needs no search for what stands in it
    if only is not None:
        return clean(only[:_LONGEST_TOLD]), None
    return _text(node), _target(node, document)


def _text(node: LexborNode) -> str:
    text = clean((node.text(separator=" ") if node.css_first("br,span,div") else node.text())[:_LONGEST_TOLD])
    for code in node.css("style,script")[:_MOST_SHOWN]:
        text = clean(text.replace(clean(code.text()), " "))
    return text


def _target(node: LexborNode, document: Document) -> str | None:
    """The page that the heading leads to where it is a link as a whole; a front page has no path."""
    link = node.css_first("a[href]")
    if link is None or clean(link.text()[:_LONGEST_TOLD]) != clean(node.text()[:_LONGEST_TOLD]):
        return None
    url = document.absolute(attribute(link, "href")) or document.url
    return _page(_FRONT_FILE.sub("", url))


def _page(url: str) -> str:
    """The host and the path: one page has one, however it is asked for."""
    return url.partition("://")[2].partition("#")[0].partition("?")[0].rstrip("/").removeprefix("www.")


def _agreement(text: str, told: list[Found[str]]) -> float:
    return max((similarity(text, other.value) for other in told), default=0.0)


def similarity(one: str, other: str) -> float:
    """Share of words that two titles have in common; a title that begins with the other one counts as nearly equal."""
    a, b = fold(one), fold(other)
    if a == b:
        return 1.0
    words_a, words_b = _words(a), _words(b)
    if not words_a or not words_b:
        return 0.0
    inside = 0.9 if len(a) > 15 and a in b else 0.0
    return max(inside, len(words_a & words_b) / len(words_a | words_b))


@lru_cache(maxsize=64)  # titles of a page are compared with one another
def _words(title: str) -> frozenset[str]:
    return frozenset(spaced_words(title))


def _without_site(title: str, document: Document, known: list[str]) -> str:
    """The title without the site's name at either end."""
    for text in known:
        if title != text and title.startswith(text) and _is_cut(title[len(text) :], text):
            return text
    if not any(map(title.__contains__, _MARKS)):
        return title  # as most are, by all but `<title>`
    names = _names_of_site(document)
    cuts = [*_SEPARATOR.finditer(title)]
    for cut in reversed(cuts[-_MOST_CUTS:]):
        if _names_site(title[cut.end() :], names):
            return _before_bar(title[: cut.start()].strip())
    for cut in cuts[:_MOST_CUTS]:
        if _letters(title[: cut.start()]) in names:
            return title[cut.end() :].strip()
    is_shown = any(similarity(text, title) >= _RELATED for text in known if text)
    return (None if is_shown else _as_heading(title, document, at_end=not any(known))) or _before_bar(title)


def _as_heading(title: str, document: Document, *, at_end: bool) -> str | None:
    """The part of the title that a smaller heading shows, as where posts have no `<h1>` or it names the section.

    `at_end`: also where that is the last part, and where no more than bold letters or a class make it a heading.
    """
    cuts = [*islice(_ANY_SEPARATOR.finditer(title), _MOST_CUTS)]
    if not cuts:
        return None
    shown = {fold(clean(short_text(node, _LONGEST))) for node in document.tree.css("h2,h3")[:_MOST_HEADINGS]}
    ends = [title[cut.end() :] for cut in cuts] if at_end else []
    parts = [part.strip() for part in (*ends, *(title[: cut.start()] for cut in cuts))]
    fewest = max(_SHORTEST, _MOST_OF * len(title))  # what is shorter may be the name of a column
    parts = [part for part in parts if len(part) > fewest]
    found = next((part for part in parts if fold(part) in shown), None)
    if found or not at_end:
        return found
    parts = [part for part in parts if part.count(" ") >= _FEWEST_SPACES or _DENSE.search(part)]  # no name of a site
    if not parts:
        return None
    bold = {fold(clean(short_text(node, _LONGEST))) for node in document.tree.css(_LIKE_HEADINGS)[:_MOST_HEADINGS]}
    return next((part for part in parts if fold(part) in bold), None)


def _names_of_site(document: Document) -> set[str]:
    if "names of the site" not in document.notes:
        told = (document.meta("og:site_name") or "", bare_host(document.url))
        document.notes["names of the site"] = {letters for letters in map(_letters, told) if letters}
    names: set[str] = document.notes["names of the site"]
    return names


def _is_cut(rest: str, text: str) -> bool:
    """True for a mark that parts a title from its site's name; titles without spaces are short, and so is the mark."""
    if _DENSE.match(text[-1:]):
        return len(text) > _SHORTEST_DENSE and _GLUED.match(rest) is not None
    return len(text) > _SHORTEST and _SEPARATOR.match(rest) is not None


def _before_bar(title: str) -> str:
    """The title before its bars, where it is longer than what follows one."""
    head, *tails = _BAR.split(title)
    return head if tails and all(len(tail) < len(head) for tail in tails) else title


def _names_site(tail: str, names: set[str]) -> bool:
    tail = _letters(tail)
    return bool(tail) and any(tail == name or (len(tail) > 3 and (tail in name or name in tail)) for name in names)


def _letters(text: str) -> str:
    """Its letters without accents, which addresses have not."""
    text = fold(text)
    return "".join(spaced_words(text if text.isascii() else normal("NFD", text)))


def bare_host(url: str) -> str:
    return host_of(url).split(":")[0].removeprefix("www.").rsplit(".", 1)[0]
