"""What headings and lines tell, whatever the markup: where an article ends, and which of its lines are no text of it.

The phrases are compared in lower case. A line is dropped when it begins with one of its phrases and is short; a heading
ends the article when it is one of the phrases, or begins with it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from workers.core.text import normal
from workers.sites.generic.phrase_lists import AFTER, BOXES, LINES, NO_ARTICLES, NOTICES, OPEN, RELATED, WEAK_LINES

_FEW_WORDS = 3
_SENTENCE_END = tuple(".!?…。！？؟।")
_FEW_MORE = 4


def _normal(text: str) -> str:
    """In lower case without accents and points, in which capitals and keyboards differ."""
    text = text.lower().replace("’", "'").replace("ı", "i")
    return text if text.isascii() else _MARKS.sub("", normal("NFD", text))


_MARKS = re.compile("[\u0300-\u036f\u064b-\u0652]")
_RELATED = frozenset(_normal(phrase) for texts in RELATED.values() for phrase in texts.split("|"))
_BOXES = _RELATED.union(map(_normal, BOXES.split("|")))
_WITHOUT_ARTICLES = frozenset(map(_normal, NO_ARTICLES.split("|")))
_OPENINGS = tuple(f"{_normal(phrase)} " for phrase in OPEN.split("|"))
_AFTER = frozenset(map(_normal, AFTER.split("|")))
_NOTICES: dict[str, tuple[str, ...]] = {}
for _line in NOTICES.split("|"):
    _NOTICES[_line[0]] = (*_NOTICES.get(_line[0], ()), _line)
_WEAK = frozenset(WEAK_LINES.split("|"))
_BEGINNINGS: dict[str, tuple[str, ...]] = {}
for _line in LINES.split("|"):
    _BEGINNINGS[_line[0]] = (*_BEGINNINGS.get(_line[0], ()), _line)
_WRITERS, _MOST_NAMES = ("Written by ", "Published in ", "Geschrieben von ", "Écrit par ", "Escrito por "), 7
_BEFORE = ' \t•*[]()–—-#▶►➡→>»:›…|"“„'
_NUMBERED = re.compile(r"^\d+\s+|\s*\(?\d+\)?$")
_COMMENTS = re.compile(
    r"(?:\d+|one|two|three|no)?\s*(?:comments?|thoughts?|responses?|replies|kommentare?|commentaires?"
    r"|comentarios?|comentários?|commenti|reacties|komentarze|коментар\w*"
    r"|комментари\w*)(?:\s*\(?\d+\)?\s*$|\s+(?:on|to|zu|sur|en|su)\b|\s*:?\s*$)|(?:leave|add|post|write) (?:a"
    r"|your) (?:comment|reply|response)|schreibe einen kommentar|join the (?:conversation|discussion)"
)
_CONSENT = re.compile(
    r"\b(?:we|our partners|this (?:web)?site)\b.{0,60}\b(?:store|use|uses|collect)\b.{0,40}\bcookies\b|opt(?:ing)?[- ]out (?:of|may).{0,80}(?:cookies|targeted|the sale|advertising)|(?:verwende[nt]|nutz(?:t|en)|setz(?:t|en)).{0,40}\bcookies\b"
    r"|utilis(?:e|ons|ent).{0,30}cookies|utiliza(?:mos)?.{0,30}cookies",
    re.I,
)
_AFFILIATE = re.compile(
    r"\b(?:affiliate (?:links?|commissions?|partners)|earn (?:us )?(?:an? )?(?:small |affiliate )?commission"
    r"|paid promotion|(?:buy|purchase) (?:something |anything )?(?:through|via|using|from) (?:our|these|the|this|a|one of our) links?"
    r"|affiliate-?links?|provision erhalten|erhalten wir (?:eventuell )?eine (?:kleine )?provision)\b",
    re.I,
)
# Newsletters and channels of the site's own, offered between the paragraphs: the reader is told to take them, so that
# news about what somebody wrote on Telegram is none.
_CHANNEL = r"(?:newsletter|whatsapp|telegram|viber|телеграм|вайбер)"
_INVITATION = re.compile(
    r"\b(?:subscribe to|sign up (?:for|to)|follow (?:us|our|me)|join (?:us|our|the)"
    r"|abonnier\w*|meld\w* (?:dich|sie|euch)|folg(?:e|t|en sie) (?:uns|mir)|folgst du|hier (?:geht|entlang)"
    r"|abonnez-vous|inscrivez-vous|suscr[ií]be\w*|síguenos|siga-nos|únete|iscriviti|zapisz się|dołącz"
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
_MAY_AFFILIATE = ("ommission", "ffiliate", "purchase", "buy", "promotion", "rovision")
# Signs without a word, marks of the end, counts of votes and of visits, whose press release it is.
_LITTER = re.compile(
    r"[#*\-–—_=·•.,;|„“”\"«»\s\U0001f300-\U0001faff\ufe0f]*|[-–]\s?30\s?[-–]|[-–]?\s?(?:ends|ende|fin)\s?[-–]?"
    r"|[\d.,]+ (?:votes?|views?|likes?|shares?|stimmen|aufrufe|vues|votos|visitas)|(?-i:SOURCE) .{2,80}",
    re.I,
)
# What somebody says, and who says so.
_QUOTED = re.compile(r"[\"“„«][^\"”“»]{3,120}[,!?.][\"”“»],?\s+\w+\s+\w")
_SHORT_LINE, _LONGEST_INVITATION, _LONG_LINE = 160, 250, 700
_LONGEST_HEADING = 70


def opens_related(text: str) -> bool:
    """True for the heading of a box of other articles."""
    return len(text) < _LONGEST_HEADING and _is_one_of(text, _RELATED)


def heads_links(text: str) -> bool:
    """True for the heading of a box of other articles, and for one that only links below it show to be such."""
    return len(text) < _LONGEST_HEADING and _is_one_of(text, _BOXES)


def names_box(text: str) -> bool:
    """True for the heading of a box of other articles, also where it tells what they are about."""
    plain = _plain(text[:_LONGEST_HEADING])
    opening = next((opening for opening in _OPENINGS if plain.startswith(opening)), None)
    if opening is not None and len(plain[len(opening) :].split()) <= _FEW_MORE and plain[-1:] not in ".!?":
        return True
    return heads_links(text) and plain not in _WITHOUT_ARTICLES


def ends_article(text: str) -> bool:
    """True for a heading after which the article's text does not go on."""
    return len(text) < _LONGEST_HEADING and (_is_one_of(text, _AFTER) or _names_writer(text))


def _names_writer(text: str) -> bool:
    """True for `Written by Ann Brown`, and for the publication that a platform names below a text."""
    return text.startswith(_WRITERS) and len(text.split()) <= _MOST_NAMES


def _is_one_of(text: str, phrases: frozenset[str]) -> bool:
    """Also where a number or a colon and more stand around the phrase."""
    plain = _plain(text)
    if plain in phrases or (":" in plain and plain.partition(":")[0].rstrip() in phrases):
        return True
    numbered = plain[:1].isdigit() or plain[-1:].isdigit()
    return numbered and _NUMBERED.sub("", plain) in phrases


def opens_comments(text: str) -> bool:
    """True for the heading of the readers' comments."""
    return len(text) < 120 and bool(_COMMENTS.match(_plain(text)))


def is_furniture_line(text: str) -> bool:
    """True for a short line that is no part of any article's text, and for a line of a consent dialog."""
    if len(text) >= _LONG_LINE:
        return False
    low = text.lower()
    if "\u0307" in low:  # what becomes of a Turkish capital
        low = low.replace("i\u0307", "i")
    if len(text) < _SHORT_LINE and not _QUOTED.match(text) and _begins(low.lstrip(_BEFORE)):
        return True
    if low.startswith(_NOTICES.get(low[:1], ())) or _is_litter(text):
        return True
    if len(text) < _LONGEST_INVITATION and _has(text, _MAY_INVITE) and _INVITATION.search(text):
        return True
    consent = _has(low, _MAY_CONSENT) and _CONSENT.search(text)
    return bool(consent or (_has(text, _MAY_AFFILIATE) and _AFFILIATE.search(text)))


def _is_litter(text: str) -> bool:
    """Few texts begin so that the pattern need be asked."""
    first = text[:1]
    return (not first.isalpha() or (first in "EeFfS" and len(text) < _SHORT_LINE)) and bool(_LITTER.fullmatch(text))


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(map(text.__contains__, words))  # no generator, as this is asked of every line


def _begins(line: str) -> bool:
    """True for a text that begins with one of the phrases, and not with a longer word that begins so."""
    for phrase in _BEGINNINGS.get(line[:1], ()):
        if line.startswith(phrase):
            rest = line[len(phrase) :]
            if rest[:1].isalpha() and phrase[-1].isalpha() and not _has_no_spaces(phrase):
                continue
            if phrase not in _WEAK or not _goes_on(rest):
                return True
    return False


def _has_no_spaces(phrase: str) -> bool:
    """True for one of a script without spaces between words, whose end nothing shows."""
    return "\u3040" <= phrase[-1] <= "\u9fff" and phrase not in _WEAK


def _goes_on(rest: str) -> bool:
    """True for what makes a sentence of the phrase before it."""
    if not rest[:1].isspace():
        return rest[:1].isalpha()
    return len(rest.split()) > _FEW_WORDS and rest.rstrip("\"'”»)").endswith(_SENTENCE_END)


@lru_cache(maxsize=4_000)  # short texts all, each of which is looked up in several lists
def _plain(text: str) -> str:
    return _normal(text).strip(_BEFORE)
