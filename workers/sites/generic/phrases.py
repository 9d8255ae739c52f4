"""What headings and lines tell, whatever the markup: where an article ends, and which of its lines are no text of it.

The phrases are compared in lower case. A line is dropped when it begins with one of its phrases and is short; a heading
ends the article when it is one of the phrases, or begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from workers.core.text import normal
from workers.sites.generic.phrase_lists import (
    AFTER,
    ALONE,
    BOXES,
    LINES,
    NO_ARTICLES,
    NOTICES,
    OPEN,
    RELATED,
    WEAK_LINES,
)
from workers.sites.speech import says

_FEW_WORDS = 3
_SENTENCE_END = tuple(".!?…。！？؟।")
_FEW_MORE = 4


def _normal(text: str) -> str:
    """In lower case without accents and points, in which capitals and keyboards differ."""
    text = text.lower()
    return text if text.isascii() else _MARKS.sub("", normal("NFD", text.replace("’", "'").replace("ı", "i")))


_MARKS = re.compile("[\u0300-\u036f\u064b-\u0652]")
_RELATED = frozenset(_normal(phrase) for texts in RELATED.values() for phrase in texts.split("|"))
_BOXES = _RELATED.union(map(_normal, BOXES.split("|")))
_WITHOUT_ARTICLES = frozenset(map(_normal, NO_ARTICLES.split("|")))
_OPENINGS = tuple(f"{_normal(phrase)} " for phrase in OPEN.split("|"))
_AFTER = frozenset(map(_normal, AFTER.split("|")))
_NO_LIST: frozenset[str] = frozenset()
_LISTS: dict[str, frozenset[str]] = {}
for _name, _phrases in (("related", _RELATED), ("boxes", _BOXES), ("after", _AFTER)):
    _LISTS.update({phrase: _LISTS.get(phrase, _NO_LIST) | {_name} for phrase in _phrases})
_START = 3
_STARTS = frozenset(phrase[:_START] for phrase in _LISTS)
_NOTICES: dict[str, tuple[str, ...]] = {}
for _line in NOTICES.split("|"):
    _NOTICES[_line[0]] = (*_NOTICES.get(_line[0], ()), _line)
_WEAK = frozenset(WEAK_LINES.split("|"))
_ALONE = frozenset(ALONE.split("|"))
_BEGINNINGS: dict[str, tuple[str, ...]] = {}
for _line in (*LINES.split("|"), *_ALONE):
    _BEGINNINGS[_line[0]] = (*_BEGINNINGS.get(_line[0], ()), _line)
_WRITERS, _MOST_NAMES = ("Written by ", "Published in ", "Geschrieben von ", "Écrit par ", "Escrito por "), 7
_NEWSLETTER = re.compile(r"(?:\w{1,20} )?newsletter(?: \w{1,20}){1,2}", re.I)
_BEFORE = ' \t•*[]()–—-#▶►➡→>»:›…|"“„'
_NUMBERED = re.compile(r"^\d+\s+|\s*\(?\d+\)?$")
_COMMENTS = re.compile(
    r"(?:\d+|one|two|three|no)?\s*(?:comments?|thoughts?|responses?|replies|kommentare?|commentaires?"
    r"|comentarios?|comentários?|commenti|reacties|komentarze|коментар\w*"
    r"|комментари\w*)(?:\s*\(?\d+\)?\s*$|\s+(?:on|to|zu|sur|en|su)\b|\s*:?\s*$)|(?:leave|add|post|write) (?:a"
    r"|your) (?:comment|reply|response)|schreibe einen kommentar|join the (?:conversation|discussion)"
    r"|um comentário|1 comentário"
)
_BOOK = re.compile(r"(?:(?:sign (?:the|our) )?guest ?book|condolences|kondolenz(?:buch|en)|livre d'or)\s*$")
_CONSENT = re.compile(
    r"\b(?:we|our partners|this (?:web)?site)\b.{0,60}\b(?:store|use|uses|collect)\b.{0,40}\bcookies\b|opt(?:ing)?[- ]out (?:of|may).{0,80}(?:cookies|targeted|the sale|advertising)|(?:verwende[nt]|nutz(?:t|en)|setz(?:t|en)).{0,40}\bcookies\b"
    r"|utilis(?:e|ons|ent).{0,30}cookies|utiliza(?:mos)?.{0,30}cookies",
    re.I,
)
_AFFILIATE = re.compile(
    r"\b(?:affiliate (?:links?|commissions?|partners)|earn (?:us )?(?:an? )?(?:small |affiliate )?commission"
    r"|paid promotion|(?:buy|purchase) (?:something |anything )?(?:through|via|using|from) (?:our|these|the|this|a|one of our) links?"
    r"|affiliate-?links?|provision erhalten|erhalten wir (?:eventuell )?eine (?:kleine )?provision)\b"
    r"|^(?:this|the|dies\w{1,2}|cet?(?:te)?|est[ae]|quest[oa]|deze|dit) (?:post|article|work|story|text|piece|page|content"
    r"|artikel|beitrag|werk|inhalt|texte|contenu|œuvre|artículo|texto|obra|contenido|artigo|articolo|testo)\b"
    r".{0,100}(?:creative commons|\bcc[ -]by\b)",
    re.I,
)
# Newsletters and channels of the site's own, offered between the paragraphs: the reader is told to take them, so that
# news about what somebody wrote on Telegram is none.
_CHANNEL = r"(?:newsletter|whatsapp|telegram|viber|телеграм|вайбер)"
_INVITATION = re.compile(
    r"\b(?:subscribe to|sign up (?:here )?(?:for|to)|follow (?:us|our|me)|join (?:us|our|the)"
    r"|abonnier\w*|meld\w* (?:dich|sie|euch)|folg(?:e|t|en sie) (?:uns|mir)|folgst du|hier (?:geht|entlang)"
    r"|abonnez-vous|inscrivez-vous|suscr[ií]be\w*|síguenos|siga-nos|únete|iscriviti|zapisz się|dołącz"
    r"|(?:читайте|слідкуйте|стежте|следите)(?: (?:нас|за))|(?:повідомлення|новини|новости|сообщения)\b[^.!?]{0,60}читайте"
    r"|підпи(?:суйте|шіть)\w*|подпи(?:сывайте|шите)\w*)\b[^.!?]{0,80}" + _CHANNEL + "|" + _CHANNEL + r"[^.!?]{0,80}"
    r"\b(?:abonnier\w*|anmelden|meld\w* (?:dich|sie|euch)|hier entlang|s'inscrire|suscríbete)\b"
    r"|newsletters?\b.{0,120}\b(?:sign[- ]?up|subscribe) here\b"
    r"|\b(?:follow us|folgen sie uns|folgt uns|suivez-nous|síguenos|siga-nos|seguici|volg ons)"
    r" (?:on|at|auf|bei|sur|en|no|su|op) (?:facebook|instagram|x|twitter|linkedin|tiktok|youtube|bluesky|mastodon)\b",
    re.I,
)
# What a text must have before those patterns are asked: to look for a word takes a fiftieth of it. A headline in capital
# letters is none of these lines, so only the first letter of a word may be one.
_MAY_INVITE = ("ewsletter", "hatsApp", "hatsapp", "elegram", "iber", "елеграм", "айбер", "acebook", "nstagram")
_MAY_CONSENT = ("cookies", "opt out", "opt-out", "opting out", "opting-out")
_MAY_AFFILIATE = (
    "ommission",
    "ffiliate",
    "purchase",
    "buy",
    "promotion",
    "rovision",
    "reative Commons",
    "CC BY",
    "CC-BY",
)
# Signs without a word, marks of the end, counts of votes and of visits, whose press release it is.
_LITTER = re.compile(
    r"[#*\-–—_=·•.,;|„“”\"«»\s\U0001f300-\U0001faff\ufe0f]*|[-–]\s?30\s?[-–]|[-–]?\s?(?:ends|ende|fin)\s?[-–]?"
    r"|[\d.,]+ (?:votes?|views?|likes?|shares?|stimmen|aufrufe|vues|votos|visitas)|(?-i:SOURCE) .{2,80}"
    r"|(?:цитата|quote)\s?:?"
    r"|[（(](?:編輯|编辑|責任編輯|责任编辑|责编|記者|记者)[:：]?[^（()）]{1,40}[)）]\s?\d{0,10}",
    re.I,
)
# What somebody says, and who says so.
_QUOTED = re.compile(r"[\"“„«][^\"”“»]{3,120}(?:[,!?.]\s?[\"”“»],?|[\"”“»],)\s+\w+\s+\w")
# Whom to reach, and where.
_ADDRESSED = re.compile(r"(?:you can )?(?:reach|contact|e-?mail|write to)\b.{0,80}?\S@\S", re.I)
_LONGEST_BOOK = 40
_SHORT_LINE, _LONGEST_INVITATION, _LONG_LINE = 160, 250, 700
_LONGEST_HEADING = 70


def opens_related(text: str) -> bool:
    """True for the heading of a box of other articles."""
    return len(text) < _LONGEST_HEADING and "related" in _lists_with(text)


def heads_links(text: str) -> bool:
    """True for the heading of a box of other articles, and for one that only links below it show to be such."""
    return len(text) < _LONGEST_HEADING and "boxes" in _lists_with(text)


def names_box(text: str) -> bool:
    """True for the heading of a box of other articles, also where it tells what they are about."""
    plain = _forms(text[:_LONGEST_HEADING])[0]
    if plain.startswith(_OPENINGS) and plain[-1:] not in ".!?":
        opening = next(filter(plain.startswith, _OPENINGS))
        if len(plain[len(opening) :].split()) <= _FEW_MORE:
            return True
    return heads_links(text) and plain not in _WITHOUT_ARTICLES


def ends_article(text: str) -> bool:
    """True for a heading after which the article's text does not go on."""
    return ends_or_relates(text)[0]


def ends_or_relates(text: str) -> tuple[bool, bool]:
    """What `ends_article` and `opens_related` say of a heading, for those who ask both."""
    if len(text) >= _LONGEST_HEADING:
        return False, False
    lists = _lists_with(text)
    return "after" in lists or _names_writer(text) or _offers_newsletter(text), "related" in lists


def _offers_newsletter(text: str) -> bool:
    return "newsletter" in text.lower() and _NEWSLETTER.fullmatch(text) is not None


def _names_writer(text: str) -> bool:
    """True for `Written by Ann Brown`, and for the publication that a platform names below a text."""
    return text.startswith(_WRITERS) and len(text.split()) <= _MOST_NAMES


def _lists_with(text: str) -> frozenset[str]:
    """The lists that have the text as a phrase, also where a number or a colon and more stand around it."""
    start = text[:_START]
    if start.isascii() and start.isalpha() and start.lower() not in _STARTS:  # as half of all texts
        return _NO_LIST
    return _lists_of(text)


@lru_cache(maxsize=4_000)  # each heading is asked about in several ways
def _lists_of(text: str) -> frozenset[str]:
    found = [_LISTS[form] for form in _forms(text) if form in _LISTS]
    return _NO_LIST.union(*found) if found else _NO_LIST


def opens_comments(text: str) -> bool:
    """True for the heading of the readers' comments."""
    return len(text) < 120 and bool(_COMMENTS.match(_forms(text)[0]))


def opens_book(text: str) -> bool:
    """True for the heading of what mourners or guests write, which is that of a chapter too."""
    return len(text) < _LONGEST_BOOK and bool(_BOOK.match(_forms(text)[0]))


def is_furniture_line(text: str) -> bool:
    """True for a short line that is no part of any article's text, and for a line of a consent dialog."""
    return bool(furniture_lines((text,)))


def furniture_lines(texts: Collection[str]) -> set[str]:
    """Those of a page's lines that are such; what few pages have is first looked for in all of them at once."""
    lines = [text for text in texts if len(text) < _LONG_LINE]
    invites = _in("\n".join([line for line in lines if len(line) < _LONGEST_INVITATION]), _MAY_INVITE)
    together = "\n".join(lines)
    lowered = _lowered(together)
    consents, trades = _in(lowered, _MAY_CONSENT), _in(together, _MAY_AFFILIATE)
    lows = lowered.split("\n")
    lows = lows if len(lows) == len(lines) else [*map(_lowered, lines)]  # a text may be of several lines
    return {line for line, low in zip(lines, lows, strict=True) if _is_furniture(line, low, invites, consents, trades)}


def _is_furniture(text: str, low: str, invites: list[str], consents: list[str], trades: list[str]) -> bool:
    """The words are those of each kind that a line must have, as far as the page has them."""
    if len(text) < _SHORT_LINE and _begins(low.lstrip(_BEFORE)) and not _QUOTED.match(text):
        return True
    if low.startswith(_NOTICES.get(low[:1], ())) or _is_litter(text):
        return True
    if "@" in text and len(text) < _SHORT_LINE and _ADDRESSED.match(text):
        return True
    if invites and len(text) < _LONGEST_INVITATION and _has(text, invites) and says(_INVITATION, text):
        return True
    consent = consents and _has(low, consents) and says(_CONSENT, text)
    return bool(consent or (trades and _has(text, trades) and _AFFILIATE.search(text)))


def _lowered(text: str) -> str:
    low = text.lower()
    return low.replace("i\u0307", "i") if "\u0307" in low else low  # what becomes of a Turkish capital


def _is_litter(text: str) -> bool:
    """Few texts begin so that the pattern need be asked."""
    first = text[:1]
    return (not first.isalpha() or (first in "EeFfSЦQ" and len(text) < _SHORT_LINE)) and bool(_LITTER.fullmatch(text))


def _in(text: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word in text]


def _has(text: str, words: list[str]) -> bool:
    return any(map(text.__contains__, words))  # no generator, as this is asked of every line


def _begins(line: str) -> bool:
    """True for a text that begins with one of the phrases, and not with a longer word that begins so."""
    phrases = _BEGINNINGS.get(line[:1], ())
    return line.startswith(phrases) and any(_is_whole(phrase, line) for phrase in filter(line.startswith, phrases))


def _is_whole(phrase: str, line: str) -> bool:
    rest = line[len(phrase) :]
    if rest[:1].isalpha() and phrase[-1].isalpha() and not _has_no_spaces(phrase):
        return False
    if phrase in _ALONE and rest.strip(_BEFORE):
        return False
    return phrase not in _WEAK or not _goes_on(rest)


def _has_no_spaces(phrase: str) -> bool:
    """True for one of a script without spaces between words, whose end nothing shows."""
    return "\u3040" <= phrase[-1] <= "\u9fff" and phrase not in _WEAK


def _goes_on(rest: str) -> bool:
    """True for what makes a sentence of the phrase before it."""
    rest = rest.removeprefix(",")
    if not rest[:1].isspace():
        return rest[:1].isalpha()
    rest = rest.rstrip("\"'”»)")
    return len(rest.split()) > _FEW_WORDS and rest.endswith(_SENTENCE_END) and not rest.endswith(("…", "..."))


@lru_cache(maxsize=4_000)  # short texts all, each of which is looked up in several lists
def _forms(text: str) -> tuple[str, ...]:
    """A text as it may stand in a list: as it is, up to its colon, and without its number."""
    plain = _normal(text).strip(_BEFORE)
    up_to_colon = (plain.partition(":")[0].rstrip(),) if ":" in plain else ()
    unnumbered = (_NUMBERED.sub("", plain),) if plain[:1].isdigit() or plain[-1:].isdigit() else ()
    return plain, *up_to_colon, *unnumbered
