"""The caption and the credit of the lead picture: what stands under it, whatever that is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from workers.core.text import clean, fold
from workers.sites.generic.lead_picture.picture_files import is_large, shows
from workers.sites.generic.lead_picture.under_pictures import unnamed_caption
from workers.sites.generic.names import names_of
from workers.sites.generic.phrases import is_furniture_line
from workers.sites.generic.story import Story, plain
from workers.sites.generic.text.outline import Outline
from workers.sites.page.document import Document, ancestors, attribute, short_text

_MOST_PICTURES, _MOST_SEEN, _MOST_NAMED, _MOST_PARTS, _MOST_NODES = 60, 300, 20, 6, 60
_AROUND = 3
_LONGEST_CAPTION = 600
_LONGEST_CREDIT = 120
_LONGEST_EXTRA = 20
_LONGEST_SIGNED, _SECOND = 60, ("span", "small", "p", "div")
_UNSEEN = re.compile(r"visually-?hidden|hide-?visually|sr-only|screen-?reader", re.I)
# What captions are called that are no <figcaption>.
_NAMES = (
    "caption",
    "legend",
    "bildunter",
    "bildtext",
    "didascalia",
    "pie-de-foto",
    "pie_foto",
    "media__desc",
    "img-desc",
    "image-desc",
)
_NO_CAPTION = re.compile(r"captioned|-text-caption|^text-caption|closed-caption")
_CREDITED = re.compile(r"credit|copyright|(?:^|[-_ ])(?:author|source|photographer|attribution)(?:$|[-_ ])")
_PARTS = frozenset(("span", "p", "div", "cite", "small", "em", "i", "a"))
# A credit in the text of a caption: in brackets or at its end, after what says that it is one.
_LABEL = (
    r"(?:(?:photo(?:graph)?s?|pictures?|images?|foto(?:grafie|s|graf)?|bild(?:er)?)[- ]?(?:credits?|source|quelle"
    r"|nachweis|rechte)?|illustrations?|צילום|montage|grafik|kuva|kép|fotó|fotoğraf|фото|світлина|ảnh|ছবি|फोटो|ภาพ|عکس|تصوير|写真|照片|사진|ფოტო|լուսանկար\w*|புகைப்படம்|ফটো|φωτο(?:γραφία)?|fot|zdj"
    r"|credits?|crédits?(?: photos?)?|créditos?|copyright|source|quelle|fonte|fuente)"
)
_CREDIT = re.compile(
    rf"[(\[|/–—-]?\s*(?<!\w)(?:{_LABEL}\s?[:：]|fot\. |(?:photo(?:graph)?|image|picture) by\s|[©ⓒ])\s*"
    r"([^()\[\]]{2,120})[)\]]?\s*$",
    re.I,
)
_CREDIT_START = re.compile(
    rf"(?:(?-i:[A-Z]{{2,4}}\s)?{_LABEL}\s?[:：]|(?:photo(?:graph)?|image|picture)? ?by\s|©)\s*", re.I
)
# A name and an agency with a stroke between them, in brackets, behind a dash or behind the last sentence.
_SIGNED = re.compile(
    r"(?:\s*[(–—|]\s*|\s[-–]\s|(?<=[.!?”\"])\s+)((?!\d)[A-ZÀ-Ý][\w.'’ -]{1,40}\s?/\s?[A-ZÀ-Ýd][\w.'’ -]{1,40})\)?\s*$"
)
_TOGGLE = re.compile(r"\s(?:hide caption )?(?:toggle|hide) caption\b.*$", re.I)
_CAPTION_START = re.compile(r"^(?:image:|(?i:image caption|caption)\b[:,]?)\s*")  # `Image:` begins a credit
_FEW_SPACES, _DENSE = 2, re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_MOST_WORDS = 8  # of a credit that stands alone: a caption may begin with one too
_BEFORE_LABEL = re.compile(r"\s[A-Z]{2,4}$")  # `ST PHOTO: ANN HILL`: whose photographer it is
_LICENCE = re.compile(
    r"\s*(?:[\w.+-]{1,60}@[\w.-]{1,60}$|riproduzione riservata|all rights reserved|purchase licensing rights"
    r"|buy (?:this )?(?:photo|print)s?|opens new tab)\b.*$",
    re.I,
)
_WORD = re.compile(r"\w+")
_LABEL_END, _LONGEST_LABEL = (",", "،", "，", "、", ":", "："), 25
_EDGES = " \t|/–—-•·,;"

Told = tuple[str | None, str | None]


def caption_of(document: Document, story: Story, url: str, begin: int) -> Told:
    """The caption and the credit of this picture.

    They are called so, else JSON-LD tells them, else they stand with it, else under the one picture between the
    headline and the text, which begins in the element with this number: the head may name another cut of it.
    """
    first, others = None, set[int]()
    for box, node in islice(_captions(document), _MOST_PICTURES):
        if box.mem_id not in others and shows(box, url):
            return _parted(node)
        others.add(box.mem_id)
        first = first or (box, node)
    if told := _told_caption(story):
        return told, None
    if (under := unnamed_caption(document, url)) is not None:
        return _told_by_place(under)
    return _parted(first[1]) if first and _leads(document, *first, begin) else (None, None)


def _told_by_place(under: LexborNode) -> Told:
    """A word or two are none."""
    caption, credit = _parted(under)
    if _CREDITED.search(names_of(under.attributes)):
        return None, _bare(caption or "") or credit
    is_told = (
        caption and not is_furniture_line(caption) and (caption.count(" ") >= _FEW_SPACES or _DENSE.search(caption))
    )
    return (caption if is_told else None), credit


def _told_caption(story: Story) -> str | None:
    """The caption in JSON-LD, where it is more than the headline again or the name of a file."""
    value = story.main.get("image")
    picture = story.resolve(value[0] if isinstance(value, list) and value else value)
    told = picture.get("caption") if isinstance(picture, dict) else None
    text = plain(told) if isinstance(told, str) else ""
    is_caption = " " in text and len(text) < _LONGEST_CAPTION and fold(text) != fold(story.text("headline") or "")
    return text if is_caption else None


def _captions(document: Document) -> Iterator[tuple[LexborNode, LexborNode]]:
    """The captions and the boxes they stand in with their pictures: those below the headline first."""
    marks = document.marks
    start = next((place for place, mark in enumerate(marks) if mark[1] == "h1"), 0)
    for node, tag, _ in (*marks[start:], *marks[:start]):
        if tag == "figcaption" and (box := _box_of(node)) is not None:
            yield box, node
    for node in _named(document):
        box = next((around for around in ancestors(node, _AROUND) if _holds_picture(around)), None)
        if box is not None and _is_most_of(node, box):
            yield box, node


def _box_of(caption: LexborNode) -> LexborNode | None:
    """The figure around a caption, else what holds a picture beside it."""
    figure = next((parent for parent in ancestors(caption) if parent.tag == "figure"), None)
    if figure is not None or _CREDITED.search(names_of(caption.attributes)):
        return figure
    return next((around for around in ancestors(caption, _AROUND) if _holds_picture(around)), None)


def _named(document: Document) -> Iterator[LexborNode]:
    """The elements that are called captions, without those in them that are too."""
    outline: Outline | None = document.notes.get("outline")
    words = [word for word in _NAMES if word in outline.all_names] if outline is not None else []
    found = (
        each for each in (outline.elements if outline and words else ()) if any(map(each.names.__contains__, words))
    )
    own = (each for each in found if each.tag not in ("figure", "figcaption") and not _NO_CAPTION.search(each.names))
    return (each.node for each in islice(own, _MOST_NAMED))


def _is_most_of(node: LexborNode, box: LexborNode) -> bool:
    """True where the box of a picture holds little but this text."""
    size = len(clean(short_text(node, _LONGEST_CAPTION)))
    return 2 * size + _LONGEST_EXTRA > len(clean(short_text(box, 3 * _LONGEST_CAPTION)))


def _holds_picture(box: LexborNode) -> bool:
    return any(node.tag == "img" for node in islice(box.traverse(), _MOST_NODES))


def _leads(document: Document, box: LexborNode, caption: LexborNode, begin: int) -> bool:
    """True where the caption stands before the text, and no picture of another box between the headline and it."""
    outline: Outline | None = document.notes.get("outline")
    if outline is not None:
        place = next((each.index for each in outline.elements if each.node.mem_id == box.mem_id), None)
        if place is None or place > begin:
            return False
    below = not any(tag == "h1" for _, tag, _ in document.marks)
    for node in document.tree.css("h1,img,figcaption")[:_MOST_SEEN]:
        below = below or node.tag == "h1"
        if node.mem_id == caption.mem_id:
            return below
        if below and node.tag == "img" and is_large(document, node):
            return any(around.mem_id == box.mem_id for around in ancestors(node))
    return False


def _parted(node: LexborNode) -> Told:
    """The caption without its credit, and that; without what only those hear who do not see it (`Image caption,`)."""
    text, credit = clean(short_text(node, 2 * _LONGEST_CAPTION, " ")), ""
    for part in _parts(node):
        names, said = names_of(part.attributes), clean(short_text(part, _LONGEST_CAPTION, " "))
        is_credit = part.tag == "cite" or bool(_CREDITED.search(names)) or _is_credit_alone(said, text)
        if said and (is_credit or _UNSEEN.search(names) or _is_button(part, said, text)):
            text = clean(text.replace(said, "", 1))
            credit = credit or (said if is_credit else "")
    if not credit and (said := _second_of_two(node)) and text.endswith(said):
        before = text[: -len(said)].rstrip()
        text, credit = (said, "") if _is_label(before) else (before, said)
    text = _CAPTION_START.sub("", _LICENCE.sub("", _TOGGLE.sub("", text)))
    if not credit and (found := _CREDIT.search(text, max(0, len(text) - _LONGEST_CREDIT - 40))):
        is_alone = not text[: found.start()].strip(_EDGES)
        if not is_alone or len(found[1].split()) <= _MOST_WORDS:
            text, credit = _BEFORE_LABEL.sub("", text[: found.start()].rstrip(_EDGES)), found[1]
    if not credit and (found := _SIGNED.search(text, max(0, len(text) - _LONGEST_CREDIT))) and found.start():
        text, credit = text[: found.start()], found[1]
    text = text.strip(_EDGES) if len(text) < _LONGEST_CAPTION else ""
    return text or None, _bare(credit) or None


def _is_label(text: str) -> bool:
    """True for what is said aloud before a caption, in any language; not for what names who took the picture."""
    return text.endswith(_LABEL_END) and len(text) <= _LONGEST_LABEL and _CREDIT_START.match(f"{text} ") is None


def _is_credit_alone(said: str, text: str) -> bool:
    """True for a part of a caption that is a label and a name."""
    start = _CREDIT_START.match(said) if len(said) < len(text) else None
    return start is not None and 0 < len(said[start.end() :].split()) <= _MOST_WORDS


def _second_of_two(node: LexborNode) -> str:
    """The few words that an element of their own holds behind the caption, where they are no sentence."""
    last = node.last_child
    while last is not None and last.tag in ("-text", "-comment") and not (last.text_content or "").strip():
        last = last.prev
    if last is None or last.tag not in _SECOND or last.prev is None:
        return ""
    before = (
        clean(short_text(last.prev, _LONGEST_CAPTION)) if last.prev.tag in _SECOND else last.prev.text_content or ""
    )
    said = clean(short_text(last, _LONGEST_CREDIT, " "))
    is_apart = last.prev.tag in _SECOND or before.rstrip().endswith((".", "!", "?", "”", '"'))
    is_credit = (
        len(said) < _LONGEST_SIGNED and len(_WORD.findall(said)) <= _MOST_WORDS and not said.endswith((".", "!", "?"))
    )
    return said if before.strip() and is_apart and is_credit else ""


def _bare(credit: str) -> str:
    """The credit without the words that say that it is one: `© Foto: Ann Hill`."""
    credit = credit.strip("()[] ")
    for _ in range(2):
        start = _CREDIT_START.match(credit)
        credit = credit[start.end() if start else 0 :]
    return credit.strip(_EDGES) if len(credit) < _LONGEST_CREDIT else ""


def _parts(node: LexborNode) -> Iterator[LexborNode]:
    inner = (each for each in islice(node.traverse(), 1, _MOST_NODES) if each.tag in _PARTS)
    return islice(inner, _MOST_PARTS)


def _is_button(part: LexborNode, said: str, text: str) -> bool:
    """True for a link that leads nowhere, and for one behind the last sentence: `view more`."""
    if part.tag != "a":
        return False
    before = text[: -len(said)].rstrip() if text.endswith(said) else ""
    return (attribute(part, "href") or "#").startswith("#") or before.endswith((".", "!", "?"))
