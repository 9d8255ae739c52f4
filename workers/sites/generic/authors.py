"""The authors: people and agencies named in JSON-LD, in the head, or in a byline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeAlias

from selectolax.lexbor import LexborNode

from workers.core.text import clean, fold
from workers.sites.document import Document, ancestors, attribute, lists
from workers.sites.generic.headline import bare_host
from workers.sites.generic.names import names_of
from workers.sites.generic.story import Story, plain
from workers.sites.reader import Found

_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")
_METAS_TOO = (
    "citation_author",
    "cxenseparse:author",
    "og:author",
    "article:author_name",
    "dcsext.author",
    "twitter:creator",
)
_BYLINES = '[class*="byline" i],[class*="author" i],[class*="autor" i]'
_AUTHORS_PAGES = 'a[href*="/author/"],a[href*="/authors/"],a[href*="/autor/"]'
_AUTHORS_PAGE = re.compile(r"/(?:authors?|autor)/")
_NAME = re.compile(r"author(?:-|_|__)?name")
_HOLDS_NAME = frozenset(("author", "byline", "vcard"))
_BY = re.compile(
    r"^(?:(?:written|posted|published|story|text|words|reported|reviewed|article|interview|opinion|analysis"
    r"|foto)?\s*by|(?:veröffentlicht|eingestellt|erstellt|geschrieben|verfasst|gepostet|artikel|beitrag|alles|publié"
    r"|écrit|publicado|escrito|scritto|pubblicato)?\s*(?:von|par|por)|door|di|da|av|af|od"
    r"|autor(?:en|in)?(?:/autor(?:in)?)?|auteurs?|authors?|text|interview"
    r"|автор[ыи]?|текст|by:|from|przez|ein(?:e)? \w+ von|بقلم|كتبت?|מאת|ავტორი|作者|记者|記者)(?![\w'’.-])\s*[:：]?\s*",
    re.I,
)
# What begins names too: cut from a text that is a name by itself only where a whole name is left, or not at all.
_BEGINS_NAMES = re.compile(r"(?:von|par|por|door|av|af|od)\s+(?!\S+\s+\S)|(?:di|da)\s", re.I)
_AND = re.compile(r"\s*(?:;|\||/| · |•|\band\b|\bund\b|\bet\b|\by\b|&|、|\bwith\b| и | і | та )\s*")
# What joins the parts of one name as well: `Maria dos Santos e Silva` is one person.
_AND_PERHAPS = re.compile(r"\s+(?:e|i|ve|en|og|och)\s+")
# Where somebody writes from, or whom for, in brackets after a name; who signs online; and the agency that helped.
_BRACKET = re.compile(
    r"(?<=\S)\s*[(（][^()（）]*(?:[)）]|$)(?=\s*(?:$|[,;|/&、])|\s+(?:and|und|et|y|e|i|ve|en|og|och|и|і|та|with)\s)"
)
_LAST_BRACKET = re.compile(r"(?<=\S)\s*[(（][^()（）]*(?:[)）]|$)\s*$")
_HANDLE = re.compile(r"(?<=\S)\s+\(?@\w+\)?")
_AGENCY = re.compile(r"\s+(?:avec|mit|con|com|met|med)\s+(?:l['’])?(?:[A-Z]{2,}|dpa|afp|Reuters|[Aa]gen\w+)\b.*$")
_ROLE = re.compile(
    r"(?:^|\s*\b)(?:(?:senior|staff|chief|deputy|contributing|managing|news|political|content|associate"
    r"|assistant)\s+)*(?:editor|reporter|correspondent|writer"
    r"|contributor|columnist|journalist|redakteur(?:in)?|korrespondent(?:in)?|director|producer|specialist"
    r"|manager|marketing|coordinator|founder|analyst|updated|published|posted|min read"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.I,
)
_NO_LIST = re.compile(r"https?:|www\.|^@|[{}<>=_#]|\bimage:", re.I)
# Desks, and who a site's software calls an author until it is told of one.
_NOT_NAMES = re.compile(
    r"@|\d{3}|^(?:责任编辑|責任編輯|编辑|編輯)\s*[:：]"
    r"|^(?:(?:the|la|die|il|el|de)\s+)?(?:admin|administrat(?:or|eur)|administrador|super ?user|webmaster|default user"
    r"|null|undefined|none|unknown|anonymous|no author|editors?|editorial(?: (?:team|staff|board|desk))?|staff|guest"
    r"|news ?room|(?:web|online|digital|city|sports?|foreign) ?desk|redaktion(?:en)?|r[ée]daction|redacci[óo]n"
    r"|reda[çc][ãa]o|redazione|redactie|redakcja|redakce|redakcia|toimitus|haber merkezi|редакция|редакція|рэдакцыя"
    r"|редакция сайта|редакція сайту|администратор|адміністратор|админ|адмін|编辑部|編輯部|編集部|편집부|التحرير"
    r"|هيئة التحرير|המערכת|מערכת)$",
    re.I,
)
# What follows a comma after a name: an office, or where it is held.
_OFFICE = re.compile(
    r"\b(?:news|bureau|chief|desk|times|tribune|gazette|university|institute|agency|professor|president|minister"
    r"|fellow|officer)\b",
    re.I,
)
# Words inside names that do not count: a name has up to four others.
_PARTICLE_WORDS = (
    "de del della di da do dos das du la las le los van von der den het ter ten zu bin ibn bint ben al el y e i"
    " بن ابن بنت آل عبد أبو"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_MOST_WORDS = 4
_NO_PERSON = re.compile(
    r"\d|\b(?:read|more|about|articles?|posts?|by|view|all|follow|share|the|our|team|news|jan|feb|mar|apr|may"
    r"|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april"
    r"|august|september|october|november|december|comments?|minutes?|last|this|author|written|subscribe"
    r"|twitter|facebook|linkedin|instagram|whatsapp|telegram|email|mail|print|copy|save|home|blog|guide|best|how|what"
    r"|alle|artikel|beiträge|inhalte|keine|kommentare?|teilen|seite|fotos?|categor(?:y|ies)|kategorien?|tous|todos"
    r"|sponsored|expert(?:e|in)?|profile?)\b",
    re.I,
)
# Months that are first names too: they begin the name of a person where a word follows that is none of those above.
_FIRST_NAME = re.compile(r"^(?:jan|april|may|june|august)\s+(?=\S)", re.I)
# Where a name ends because the date begins.
_WHEN = re.compile(
    r"\s*\b(?:(?:am|on|le|il|el|den)\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+|(?:montag|dienstag|mittwoch"
    r"|donnerstag|freitag|samstag|sonntag),?\s+)?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d"
    r"|\s+(?:am\s+)?\d",
    re.I,
)
# What somebody signs in with, or a site's address: no name of a person where there is another.
_ACCOUNT = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_NEWS_DESK = re.compile(r"(?:the )?news ?desk", re.I)
_BYLINE = "generic:byline"
_BYLINE_START = re.compile(
    r"(?:(?:written|posted|published|story|text|words|reported) )?by:? "
    r"|(?:von|par|por|door|autor(?:in)?(?:/autor)?:?) ",
    re.I,
)
# The same where it is a common word or letter too: what follows must look like a person.
_BYLINE_PERHAPS = re.compile(
    r"(?:di|av|af|автор[ыи]?) |(?:автор[ыи]?|текст|tekst|text|بقلم|كتبت?|מאת|作者|记者)\s?[:：]", re.I
)
_LABELLED = re.compile(r"(?:written by|authors?|autor(?:in|en)?(?:/autor(?:in)?)?|auteurs?|autore)\b\s*:?\s+", re.I)
_LEVELS, _MOST_SEEN, _MOST = 5, 12, 4
_LONGEST = 60
_LONGEST_BYLINE = 90
_LONGEST_LIST = 300


def authors_of(
    document: Document,
    story: Story,
    publisher: str | None = None,
    near: Sequence[str] = (),
    lines: Iterable[str] = (),
) -> Found[tuple[str, ...]] | None:
    """The names of the authors and where they stood, or None.

    The publisher's own name counts where there is no other. `near` are the short texts around the headline;
    `lines` all texts of the page, looked through for one with a label when nothing else tells.
    """
    own = {fold(name) for name in (publisher, document.meta("og:site_name"), bare_host(document.url)) if name}
    last = None
    for source, texts, form in _told(document, story, near, lines):
        names = _names(texts, form)
        people = tuple(name for name in names if fold(name) not in own and not _stands_in(name))
        if people:
            return Found(people, source)
        last = last or (Found(names, source) if names else None)
    return last


def _stands_in(name: str) -> bool:
    """True for what is named where nobody is: an account, or the news desk as a whole."""
    return bool(_ACCOUNT.fullmatch(name) or _NEWS_DESK.fullmatch(name))


def _told(
    document: Document, story: Story, near: Sequence[str], lines: Iterable[str]
) -> Iterator[tuple[str, list[str], Form]]:
    author = story.main.get("author") or story.main.get("creator")
    yield "json-ld:author", list(_from_story(story, author)), _NAMES
    for name in (*_METAS, *_METAS_TOO):
        yield f"meta:{name}", [plain(text) for text in document.metas(name)], _NAMES
    yield _BYLINE, _texts(_marked_names(document)), _ONE_NAME
    yield _BYLINE, _texts(_marked_authors(document)), _PERSON
    bylines = document.tree.css(f"{_BYLINES},{_AUTHORS_PAGES}")
    yield _BYLINE, _texts(_names_in(bylines)), _PERSON
    yield _BYLINE, _texts(node for node in bylines if _is_byline(node)), _PERSON
    yield _BYLINE, [text for text in near if len(text) < _LONGEST_BYLINE and _BYLINE_START.match(text)], _SIGNED
    yield _BYLINE, [text for text in near if len(text) < _LONGEST_BYLINE and _BYLINE_PERHAPS.match(text)], _PERSON
    yield _BYLINE, [text for text in lines if len(text) < _LONGEST and _LABELLED.match(text)], _PERSON


def _texts(nodes: Iterable[LexborNode]) -> list[str]:
    once = {node.mem_id: node for node in islice(nodes, _MOST_SEEN)}
    of_article = (node for node in once.values() if not _is_of_a_comment(node))
    return [clean(node.text(separator=" ")) for node in islice(of_article, _MOST)]


def _marked_names(document: Document) -> Iterator[LexborNode]:
    """What marks a name and nothing else, so that one word will do."""
    for node, _, told in document.marks:
        if lists(told, "rel", "author") or (lists(told, "class", "fn") and _stands_in_byline(node)):
            yield node
        elif told.get("itemprop") == "author":
            yield from node.css('[itemprop="name"]')
        elif lists(told, "class", "vcard") and lists(told, "class", "author"):
            yield from node.css("a")


def _stands_in_byline(node: LexborNode) -> bool:
    return any(_HOLDS_NAME.intersection((attribute(parent, "class") or "").split()) for parent in ancestors(node))


def _marked_authors(document: Document) -> Iterator[LexborNode]:
    for node, _, told in document.marks:
        if told.get("itemprop") == "author":
            yield from (node, *node.css('[itemprop="name"]'))
        elif told.get("rel") == "author":
            yield node


def _names_in(bylines: Iterable[LexborNode]) -> Iterator[LexborNode]:
    """The links in bylines, and what is called an author's name or leads to the page of one."""
    for node in bylines:
        names = (attribute(node, "class") or "").lower()
        if _NAME.search(names) or (node.tag == "a" and _AUTHORS_PAGE.search(attribute(node, "href") or "")):
            yield node
        if "byline" in names:
            yield from node.css("a")


def _is_byline(node: LexborNode) -> bool:
    names = (attribute(node, "class") or "").lower()
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


def _from_story(story: Story, value: Any, depth: int = 0) -> Iterator[str]:
    value = story.resolve(value)
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, list) and depth < 3:
        for item in value[:20]:
            yield from _from_story(story, item, depth + 1)
    elif isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, (str, list)) and depth < 3:
            yield from _from_story(story, name, depth + 1)


def _names(texts: list[str], form: Form) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text in texts:
        text = _HANDLE.sub("", text)
        if len(text) < _LONGEST_LIST and not _NO_LIST.search(text):
            text = _AGENCY.sub("", (_BRACKET if form is _NAMES else _LAST_BRACKET).sub("", text))
            for part in _parts(_unlabelled(text, form)):
                name = _ROLE.split(_unlabelled(part, form), maxsplit=1)[0]
                if form is not _NAMES:
                    name = _WHEN.split(name, maxsplit=1)[0]
                name = name.strip(" ,.-–—:|()\"'")
                if _is_name(name) and form(name):
                    found.setdefault(fold(name), name)
        if found and form is not _NAMES:
            break
    return tuple(found.values())


def _unlabelled(text: str, form: Form) -> str:
    """The text without the `By` that it begins with, in any language."""
    return text if form is _NAMES and _BEGINS_NAMES.match(text) else _BY.sub("", text)


def _parts(text: str) -> Iterator[str]:
    """The parts of a list, each of which may be a name."""
    for part in _AND.split(text):
        for name in _commas(part):
            yield from _joined(name)


def _joined(text: str) -> Iterator[str]:
    """`A B e C D` are two people; `A B e C` is one."""
    begin = 0
    for match in _AND_PERHAPS.finditer(text):
        if _is_whole(text[begin : match.start()]) and _is_whole(text[match.end() :]):
            yield text[begin : match.start()]
            begin = match.end()
    yield text[begin:]


def _is_whole(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and _is_capital(words[0]) and _is_capital(words[-1])


def _is_any(name: str) -> bool:
    """For texts that are nothing but names."""
    return True


def _is_marked(name: str) -> bool:
    """For texts that are mostly the one name that an element marks."""
    return _size(name) <= _MOST_WORDS and not _names_no_person(name)


def _size(name: str) -> int:
    return sum(word.casefold() not in _PARTICLES for word in name.split())


def _is_capital(word: str) -> bool:
    """True for a capital letter, and for a letter of a script that has none."""
    return word[0].isalpha() and word[0] == word[0].title()


def _names_no_person(name: str) -> bool:
    return _NO_PERSON.search(_FIRST_NAME.sub("", name)) is not None


def _looks_like_a_person(name: str) -> bool:
    """For texts that may be anything: two to four words with capital letters, or letters that have none."""
    words = name.split()
    if len(words) == 1:
        return not name.isascii() and name.lower() == name.upper()
    return _is_whole(name) and _is_marked(name)


def _is_signed(name: str) -> bool:
    """For what follows a `By`: agencies sign too."""
    return _is_capital(name) and _is_marked(name)


Form: TypeAlias = Callable[[str], bool]
_NAMES, _ONE_NAME, _PERSON, _SIGNED = _is_any, _is_marked, _looks_like_a_person, _is_signed


def _commas(text: str) -> list[str]:
    """`A B, C D` are two people; `A B, Staff Writer`, `A B, Some News` and `B, A` are one."""
    first, *others = [part.strip() for part in text.split(",")]
    if all(" " in part for part in (first, *others)):
        return [first, *(part for part in others if not _OFFICE.search(part))]
    return [first]


def _is_name(name: str) -> bool:
    return (
        2 < len(name) <= _LONGEST
        and len(name.split()) <= 6
        and not _NOT_NAMES.search(name)
        and any(map(str.isalpha, name))
    )
