"""Who signed a text at its end, where nothing else tells who wrote it."""

from __future__ import annotations

from itertools import islice

from selectolax.lexbor import LexborNode

from workers.core.article import Block, BlockKind
from workers.core.text import clean
from workers.sites.generic.bylines.people import PERSON, names_in
from workers.sites.generic.bylines.spoken_of import is_spoken_of
from workers.sites.generic.lead_picture.captions import passed
from workers.sites.generic.text.outline import Outline, Piece
from workers.sites.generic.text.trim import SENTENCE_END
from workers.sites.page.document import short_text
from workers.sites.reader import Found

_FEWEST, _MOST_WORDS, _LONGEST = 4, 3, 40
_SLANTED = frozenset(("em", "i"))
_FEW_NODES = 4
# Whose picture it is, and what readers are wished.
_NO_NAMES_WORDS = (
    "images image photo photos pictures getty reuters press agency media group luck good happy merry thank thanks best"
    " wishes kind regards the end und viel glück alles gute bonne chance joyeux feliz buena suerte buon boa sorte"
)
_NO_NAMES = frozenset(_NO_NAMES_WORDS.split())

Blocks = Found[tuple[Block, ...]]


def signature_of(outline: Outline, blocks: Blocks) -> tuple[Found[tuple[str, ...]] | None, Blocks]:
    """The name that is all of the last paragraph, and the blocks without it; None where there is none such.

    It is set in slanted letters, or to the right: a few words may be anything. A short one may be no block. What the
    text speaks of did not write it.
    """
    last = blocks.value[-1]
    piece = next((piece for piece in reversed(outline.pieces) if piece.text == last.text), None)
    if len(blocks.value) < _FEWEST or piece is None:
        return None, blocks
    if _signs(outline, piece):
        return Found((piece.text,), "generic:signature"), Found(blocks.value[:-1], blocks.source)
    following = outline.pieces[piece.order + 1 : piece.order + 2]
    if following and _are_beside(outline, piece, following[0]) and _signs(outline, following[0]):
        return Found((following[0].text,), "generic:signature"), blocks
    return None, blocks


def _signs(outline: Outline, piece: Piece) -> bool:
    if piece.kind != BlockKind.PARAGRAPH or piece.linked or not _may_be_name(piece.text):
        return False
    if names_in([piece.text], PERSON) != (piece.text,) or not _is_set_apart(outline, piece):
        return False
    return not is_spoken_of(piece.text, outline.pieces, most=1)


def _are_beside(outline: Outline, piece: Piece, other: Piece) -> bool:
    """True where they are elements beside each other, or the other one stands in the text's own element."""
    return outline.parents[other.element] in (outline.parents[piece.element], piece.element)


def _may_be_name(text: str) -> bool:
    """True for two or three words that begin with capitals: in letters without such any words look like a name."""
    words = text.split()
    if not 1 < len(words) <= _MOST_WORDS or len(text) > _LONGEST or text.endswith(SENTENCE_END):
        return False
    if not _NO_NAMES.isdisjoint(word.strip(".,").lower() for word in words):
        return False
    return all(word[0].isupper() and not word.isupper() for word in words)


def _is_set_apart(outline: Outline, piece: Piece) -> bool:
    node = outline.elements[piece.element].node
    told = node.attributes
    if "right" in (told.get("style") or told.get("align") or ""):
        return True
    return any(each.tag in _SLANTED for each in islice(node.traverse(), _FEW_NODES)) or _ends_slanted(node, piece.text)


def _ends_slanted(node: LexborNode, text: str) -> bool:
    """True where the last thing in an element is this text in slanted letters."""
    last = passed(node.last_child, "prev")
    return last is not None and last.tag in _SLANTED and clean(short_text(last, 2 * _LONGEST)) == text
