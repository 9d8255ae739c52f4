"""Tags and section as readers are shown them, where machines are told of none: links to tags, and crumbs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from selectolax.lexbor import LexborNode

from workers.core.text import clean
from workers.core.urls import host_of, path_of
from workers.sites.generic.names import furniture_of, names_of
from workers.sites.generic.others import around_headlines, is_of_another, sibling
from workers.sites.generic.text.outline import Outline, Piece
from workers.sites.generic.text.trim import RUNNING
from workers.sites.page.document import Document, ancestors, attribute, short_text

_TAG_LINKS = 'a[href*="/t"]'  # one selector takes a third of what one for each word takes
# One of these has each name of such lists.
_NAMED = (
    "tag",
    "topic",
    "keyword",
    "categor",
    "cat-links",
    "catlinks",
    "etiket",
    "etiquet",
    "temata",
    "cimkek",
    "stitky",
)
_NAMED_TOO = re.compile(
    r"(?:^|\s)(?:tags?[-_]?(?:container|wrapper|wrap|box|block|area|section|items|group|row)|item-?tags(?:-?block)?|taguri|etiketler|etiquetas"
    r"|temata|cimkek|stitky)(?:\s|$)"
)
_TAG_PATH = re.compile(r"/(?:tags?|topics?|temas?|temata|tagi)/[^/]")
# What stands before a list of tags, in lower case.
_LABEL_WORDS = (
    "tags|tag|topics|topic|keywords|tagged|tagged with|tagged in|tagged as|suggested topics|related topics"
    "|topics in this article|topics in this story|explore more on these topics|more on these topics"
    "|schlagworte|schlagwörter|stichworte|stichwörter|themen|mehr zum thema|mots-clés|mots clés|étiquettes|sujets"
    "|thèmes|thématiques|etiquetas|temas|palabras clave|archivado en|argomenti|parole chiave|tópicos|assuntos"
    "|tópicos relacionados"
    "|palavras-chave|marcadores|trefwoorden|onderwerpen|tagi|tematy|słowa kluczowe|štítky|témata|klíčová slova"
    "|témy|kľúčové slová|címkék|kulcsszavak|etichete|taguri|subiecte|etiketler|konular|anahtar kelimeler"
    "|ετικέτες|теги|тэги|метки|темы|ключевые слова|мітки|теми|ключові слова|тегтер|тагове|етикети|ознаке|тагови"
    "|oznake|tagovi|ključne riječi|ključne besede|etiketės|žymos|birkas|sildid|märksõnad|ämnen|taggar|emner"
    "|nøgleord|emneord|stikkord|avainsanat|aiheet|asiasanat|efnisorð|etiketes|tópics|etiketak"
    "|タグ|キーワード|标签|標籤|关键词|關鍵字|태그|키워드|תגיות|وسوم|الوسوم|كلمات مفتاحية|الكلمات المفتاحية"
    "|كلمات دلالية|برچسب‌ها|برچسب ها|برچسبها|แท็ก|แท็กที่เกี่ยวข้อง|từ khóa|thẻ|topik|kata kunci|टैग|टैग्स|ট্যাগ|ট্যাগস"
)
_LABELS = frozenset(_LABEL_WORDS.split("|"))
_COUNTED = re.compile(r"\s*\(\d{1,6}\)$")
_CRUMBS = '[class*="breadcrumb" i],[itemtype*="BreadcrumbList"],nav[aria-label*="breadcrumb" i]'
# The same where no block's name tells of them; menus are no blocks.
_FEW_CRUMBS = 'nav[class*="breadcrumb" i],[itemtype*="BreadcrumbList"],nav[aria-label*="breadcrumb" i]'
# What else stands in such lists.
_NO_TOPIC = re.compile(
    r"[‹«<←]|\d+ comments?"
    r"|(?:view|see|show|back|all|print|tweet|share|teilen|more|mehr|alle|zurück|retour|for subscribers)\b",
    re.I,
)
_MOST_LINKS, _MOST_LISTS, _MOST_SEEN, _MOST_TAGS, _MOST_CRUMBS, _MOST_NODES = 500, 20, 40, 20, 12, 300
_LEVELS, _FAR, _LONGEST, _LONGEST_LIST = 3, 10, 60, 600
_LONGEST_LABEL, _MOST_WORDS = 40, 5
_MOSTLY = 0.6
_NO_LISTS = frozenset(("body", "html", "main", "article"))
_FEW, _PLAIN = 3, re.compile(r"[\w%./:?&=+~,;@-]{1,300}")  # without quotes, which would end a selector
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?", re.I)  # also that of a language
_BESIDE, _ARROWS = 4, re.compile(r"\w(?:\s*[>›»→]\s*|\s/\s)\w")
_FRAMES, _FRAME_NAMES = frozenset(("nav", "header")), frozenset(("navigation", "sidebar", "related", "promotion"))


def shown_tags(document: Document) -> list[str]:
    """The texts of the first list of tags below the headline, by its names or its label."""
    return _first_of(_named(document), document)


def linked_tags(document: Document) -> list[str]:
    """The texts of the first list below the headline whose links lead to tags."""
    return _first_of(_linked(document), document)


def _first_of(holders: Iterable[LexborNode], document: Document) -> list[str]:
    for holder in islice(holders, _MOST_LISTS):
        if (
            not _in_frame(holder, document)
            and not is_of_another(holder, document)
            and (texts := _texts(holder, document))
        ):
            return texts
    return []


def _outlined(document: Document) -> tuple[Outline | None, int | None]:
    """The outline and the number of the element that is the headline."""
    outline: Outline | None = document.notes.get("outline")
    headline = outline.headline if outline is not None else None
    return outline, headline.element if headline is not None else None


def _named(document: Document) -> Iterator[LexborNode]:
    outline, first = _outlined(document)
    if outline is None or first is None:
        return
    after, words = outline.elements[first:], [word for word in _NAMED if word in outline.all_names]
    named = {each.index: each for word in words for each in after if word in each.names}
    tags = (named[i].node for i in sorted(named) if named[i].furniture == "tags" or _NAMED_TOO.search(named[i].names))
    yield from (node for node in islice(tags, _MOST_SEEN) if _links_of(node))
    headline = outline.headline
    if headline is not None and (headline.tag == "h1" or not _is_below_text(outline, headline)):
        yield from (holder for holder in _labelled(outline, first) if not _is_menu(holder, document))


def _is_below_text(outline: Outline, headline: Piece) -> bool:
    """True for a heading of the page's foot, which says the headline too."""
    return any(piece.weight > RUNNING for piece in outline.pieces[: headline.order])


def _is_menu(holder: LexborNode, document: Document) -> bool:
    """True for several links that all stand on the page before: the sections of a site, under `Topics` in its foot."""
    links = [(link, attribute(link, "href") or "") for link in _links_of(holder, _LONGEST_LABEL)[:_FEW]]
    if len(links) < _FEW or not all(_PLAIN.fullmatch(href) for _, href in links):
        return False
    before = [document.tree.css_first(f'a[href="{href}"]') for _, href in links]
    return all(each is not None and each.mem_id != link.mem_id for each, (link, _) in zip(before, links, strict=True))


def _linked(document: Document) -> Iterator[LexborNode]:
    outline, first = _outlined(document)
    if outline is None or first is None:
        return
    links = [link for link in document.tree.css(_TAG_LINKS)[:_MOST_LINKS] if _leads_to_tag(link)][:_MOST_SEEN]
    places = {each.node.mem_id for each in outline.elements[first:]} if links else set()
    for link in links:
        holder = _list_around(link)
        if holder is not None and holder.mem_id in places:
            yield holder


def _labelled(outline: Outline, first: int) -> Iterator[LexborNode]:
    """The lists with a label: on the same line, in the element around both, or before them."""
    short = (
        each for each in outline.pieces if (each.links or len(each.text) <= _LONGEST_LABEL) and each.element > first
    )
    labels = filter(_is_label, short)
    for piece in islice(labels, _MOST_LISTS):
        node = outline.elements[piece.element].node
        around = takewhile(lambda each: each.tag != "aside", ancestors(node, _LEVELS))
        places = (node, *around, sibling(node, "next"))
        holder = next((each for each in places if each is not None and _links_of(each, _LONGEST_LABEL)), None)
        if holder is not None and all(text.count(" ") < _MOST_WORDS for text in _texts(holder, None)):
            yield holder


def _is_label(piece: Piece) -> bool:
    text = piece.text[: _LONGEST_LABEL + 1]
    if piece.links:
        said, colon, _ = text.replace("：", ":").partition(":")
        text = said if colon else text[: max(0, len(piece.text) - piece.linked)]
    return len(text) <= _LONGEST_LABEL and text.strip(" :：»|#").lower() in _LABELS


def _links_of(holder: LexborNode, label: int = 0) -> list[LexborNode]:
    """The links of a short element that holds little else but a label of so many letters; none of any other."""
    text = clean(short_text(holder, _LONGEST_LIST))
    nodes = [*islice(holder.traverse(), _MOST_NODES)] if len(text) < _LONGEST_LIST else []
    links = [node for node in nodes if node.tag == "a" and attribute(node, "href")]
    linked = sum(len(short_text(each, _LONGEST)) for each in links)
    is_list = len(nodes) < _MOST_NODES and 0 < len(links) <= _MOST_TAGS and linked >= _MOSTLY * (len(text) - label)
    return links if is_list else []


def _list_around(link: LexborNode) -> LexborNode | None:
    """The largest list around a link whose links all lead to tags, and are several: a text may link to a single one."""
    found = None
    for around in ancestors(link, _LEVELS):
        links = _links_of(around)
        if not links:
            break
        if len(links) > 1 and all(map(_leads_to_tag, links)):
            found = around
    return found


def _leads_to_tag(link: LexborNode) -> bool:
    return _TAG_PATH.search(attribute(link, "href") or "") is not None


def _leaves(link: LexborNode, document: Document) -> bool:
    url = document.absolute(attribute(link, "href"))
    return url is not None and host_of(url).removeprefix("www.") != host_of(document.url).removeprefix("www.")


def _in_frame(holder: LexborNode, document: Document) -> bool:
    """True for what stands in a menu, beside the article, or in the page's head or foot: an article has a foot too.

    Names lie: what holds the headline is none of these.
    """
    foot, known = False, around_headlines(document)
    for around in (holder, *ancestors(holder, _FAR)):
        if around.tag == "article":
            return False
        kind = "" if around.mem_id in known else furniture_of(names_of(around.attributes))
        foot = foot or around.tag == "footer" or (kind == "footer" and around.tag != "body")
        if (around.tag in _FRAMES and around.mem_id not in known) or kind in _FRAME_NAMES:
            return True
    return foot


def _texts(holder: LexborNode, document: Document | None) -> list[str]:
    """What the links of a list say; those that leave the site lead to where a story is from."""
    links = _links_of(holder, _LONGEST_LABEL)
    if document is not None and any(map(_leads_to_tag, links)):
        links = [link for link in links if _leads_to_tag(link) or not _leaves(link, document)]
    texts = (clean(short_text(link, _LONGEST)).strip("#,; ") for link in links)
    return [_COUNTED.sub("", text) for text in texts if text and not _NO_TOPIC.match(text)]


def shown_crumbs(document: Document) -> list[tuple[str, str | None]]:
    """Each link of the page's crumbs: its text and where it leads."""
    outline: Outline | None = document.notes.get("outline")
    css = _CRUMBS if outline is None or "breadcrumb" in outline.all_names else _FEW_CRUMBS
    holder = next((each for each in document.tree.css(css)[:_MOST_SEEN] if _holds_crumbs(each)), None)
    if holder is None and outline is not None:
        holder = _crumbs_by_look(outline, document)
    nodes = islice(holder.traverse(), _MOST_NODES) if holder is not None else ()
    links = [node for node in nodes if node.tag == "a" and attribute(node, "href")][:_MOST_CRUMBS]
    named = ((clean(short_text(link, _LONGEST)), attribute(link, "href")) for link in links)
    return [(name, href) for name, href in named if not _NO_TOPIC.match(name)]


def _crumbs_by_look(outline: Outline, document: Document) -> LexborNode | None:
    """The short line beside the headline whose links stand between arrows, the first of which leads to the front."""
    place = outline.headline.order if outline.headline is not None else None
    beside = outline.pieces[max(0, place - _BESIDE) : place + _BESIDE] if place is not None else []
    lines = (piece for piece in beside if piece.links > 1 and _ARROWS.search(piece.text[:_LONGEST_LIST]))
    nodes = (outline.elements[piece.element].node for piece in lines if len(piece.text) < _LONGEST_LIST)
    return next((node for node in nodes if _begins_at_front(node, document)), None)


def _begins_at_front(line: LexborNode, document: Document) -> bool:
    first = line.css_first("a[href]")
    url = document.absolute(attribute(first, "href")) if first is not None else None
    return url is not None and _FRONT.fullmatch(path_of(url)) is not None


def _holds_crumbs(element: LexborNode) -> bool:
    """False for a page whose own names say that it has crumbs somewhere."""
    return element.tag not in _NO_LISTS and len(short_text(element, _LONGEST_LIST)) < _LONGEST_LIST
