"""Names in a text that names somebody: a list, a byline, an element that marks one; and who is no person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from workers.core.text import fold

_BY = re.compile(
    r"^(?:(?:written|posted|published|submitted|edited|story|text|words|reported|reviewed|article|interview|opinion"
    r"|analysis|foto)?\s*by|(?:veröffentlicht|eingestellt|erstellt|geschrieben|verfasst|gepostet|artikel|beitrag|alles|publié"
    r"|écrit|publicado|escrito|scritto|pubblicato|gespeichert|soumis|enviado|submetido)?\s*(?:von|par|por)"
    r"|inviato da|ingediend door|door|di|da|av|af|od"
    r"|de(?=\s+(?-i:[A-ZÀ-ÝĂÎȘȚ])[\w'’-]+\s+(?-i:[A-ZÀ-ÝĂÎȘȚ]))"
    r"|autor(?:en|in)?(?:/autor(?:in)?)?|auteurs?|authors?|te(?:xt|ksti?)|interview"
    r"|автор[ыи]?|текст|by:|from|przez|ein(?:e)? \w+ von|بقلم|كتبت?|מאת|ავტორი|հեղինակ"
    r"|লেখক|লিখেছেন"
    r"|எழுதியவர்|作者|记者|記者|लेखक"
    r"|penulis|oleh|tác giả|írta|yazan|haber|muhabir|خبرنگار|نویسنده|ผู้เขียน|เขียนโดย|โดย"
    r"|この記事を書いた人)(?![\w'’.-])\s*[:：՝]?\s*",
    re.I,
)
# What begins names too: cut from a text that is a name by itself only where a whole name is left, or not at all.
_BEGINS_NAMES = re.compile(r"(?:(?i:von|par|por|door|av|af|od)|di|da)\s+(?!\S+\s+\S)|(?:Di|DI|Da|DA|De|DE|de)\s")
_AND = re.compile(r"\s*(?:;|\||/| · |•|\band\b|\bund\b|\bet\b|\by\b|&|、|\bwith\b| и | і | та )\s*")
# What joins the parts of one name, or of an office, as well: `Maria dos Santos e Silva` is one person.
_AND_PERHAPS = re.compile(r"\s+(?:e|i|ve|en|og|och|و|și|şi|és|και|ja|ir|un|và|dan)\s+")
# Where somebody writes from, or whom for, in brackets after a name; who signs online; and the agency that helped.
_BRACKET = re.compile(
    r"(?<=\S)\s*[(（][^()（）]*(?:[)）]|$)(?=\s*(?:$|[,;|/&、])|\s+(?:and|und|et|y|e|i|ve|en|og|och|и|і|та|with)\s)"
)
_LAST_BRACKET = re.compile(r"(?<=\S)\s*[(（][^()（）]*(?:[)）]|$)\s*$")
_MAIL = re.compile(r"\s*[(<]?\b[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}[)>]?")
_HANDLE = re.compile(r"(?<=\S)\s+\(?@\w+\)?")
_AGENCY = re.compile(r"\s+(?:avec|mit|con|com|met|med)\s+(?:l['’])?(?:[A-Z]{2,}|dpa|afp|Reuters|[Aa]gen\w+)\b.*$")
_ROLE = re.compile(
    r"(?:^|\s*\b)(?:(?:senior|staff|chief|deputy|contributing|managing|news|political|content|associate"
    r"|assistant)\s+)*(?:editor|reporter|correspondent|writer"
    r"|contributor|columnist|journalist|redakteur(?:in)?|korrespondent(?:in)?|reporter(?:in)?|verslagge(?:ver|efster)"
    r"|redact(?:eur|rice|or|ora)|journaliste|correspondante?|corresponsal|periodista|giornalista|jornalista|újságíró"
    r"|dziennikar(?:z|ka)|журналист(?:ка)?|журналіст(?:ка)?|кореспондент(?:ка)?|корреспондент|toimittaja|muhabir"
    r"|chefredakteur(?:in)?|director|producer|specialist"
    r"|(?:photo(?:graph)?s?|photography|illustrations?|pictures|video) by"
    r"|manager|marketing|coordinator|founder|analyst|updated|published|posted|min read"
    r"|on (?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b",
    re.I,
)
_NO_LIST = re.compile(r"https?:|www\.|^@|[{}<>=_#]|\bimage:", re.I)
# The paper that somebody in capital letters writes for.
_NEWSPAPER_STAFF = re.compile(
    r"(?<=[A-ZÀ-Ý]{2})\s+[A-Z][a-z]\w*(?: \w+){0,2} (?:staff|writer|reporter|correspondent)(?: \w+)?$"
)
# Desks, and who a site's software calls an author until it is told of one.
_NOT_NAMES = re.compile(
    r"@|\d{3}|^(?:责任编辑|責任編輯|编辑|編輯)\s*[:：]"
    r"|^(?:(?:the|la|die|il|el|de)\s+|online[- ])?(?:admin|administrat(?:or|eur)|administrador|super ?user|webmaster"
    r"|default user"
    r"|null|undefined|none|unknown|anonymous|no author|editors?|editorial(?: (?:team|staff|board|desk))?|staff|guest"
    r"|news ?room|(?:web|online|digital|city|sports?|foreign) ?desk|redaktion(?:en)?|r[ée]daction|redacci[óo]n"
    r"|reda[çc][ãa]o|redazione|redactie|redakcja|redakce|redakcia|toimitus|haber merkezi"
    r"|presse(?:stelle|dienst)|pressekontakt|service de presse"
    r"|ufficio stampa|press (?:office|team)"
    r"|редакция|редакція|рэдакцыя"
    r"|글쓴이|작성자|기자|記者|记者|作者|文|撰文|ライター|執筆者|著者|筆者|編集者"
    r"|редакция сайта|редакція сайту|администратор|адміністратор|админ|адмін|编辑部|編輯部|編集部|편집부|التحرير"
    r"|هيئة التحرير|המערכת|מערכת)(?: online)?$",
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
    "de del della di da do dos das du la las le los van von der den het ter ten op zu zur zum af av bin ibn bint ben"
    " al el y e i"
    " بن ابن بنت آل عبد أبو"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_APOSTROPHE = re.compile("['’`-]")
_MOST_WORDS = 4
_NO_PERSON = re.compile(
    r"[\d:]|\b(?:read|more|about|articles?|posts?|by|view|all|follow|share|the|our|team|news|jan|feb|mar|apr|may"
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
    r"|\s+(?:(?:am|le|il|el|op|em|от|від|dnia|dne)\s+(?:\w{2,4}\.?,?\s+)?)?\d"
    r"|\s+(?:am|on|le|il|el|op|em|от|від|dnia|dne)$",
    re.I,
)
# What stands before and behind names where no space parts them: who reports, and from where.
_DENSE_LABEL = re.compile(r"^[（(〔【]?(?:本[报報刊]|实习|實習|特[约約])*(?:记者|記者)\s*[:：]?\s*(?=[\u4e00-\u9fff])")
_DENSE_END = re.compile(r"\s*(?:[/／].{0,20}(?:报道|報導|報道|摄|攝影|撮影)|(?<=[가-힣])\s*(?:인턴)?기자)[)）]?$")
_DENSE_LIST = re.compile(r"[\u4e00-\u9fff]{2,4}(?:\s[\u4e00-\u9fff]{2,4})+")
_DENSE_DESK = tuple("局部社報报网網版")
# Scripts in which a name is one word.
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af·]+")
LONGEST_NAME = 60
_LONGEST_LIST = 300
_MOST_OF_NAME, _MOST_OF_BODY = 6, 12  # words


def names_in(texts: list[str], form: Form) -> tuple[str, ...]:
    """The names in texts of this form, each once, as written: all of them in lists, else those of the first that tells.

    `form` says what a name in such a text must look like.
    """
    found: dict[str, str] = {}
    for text in texts:
        text = _HANDLE.sub("", _MAIL.sub("", text) if "@" in text and form is not WHOLE else text)
        if len(text) < _LONGEST_LIST and not _NO_LIST.search(text):
            text = _before_date(_NEWSPAPER_STAFF.sub("", text), form)
            text = text if text.isascii() else _dense(text)
            text = _BRACKET.sub("", text) if form is NAMES or text.count("(") > 1 else text
            text = _AGENCY.sub("", text if form is NAMES else _LAST_BRACKET.sub("", text))
            for part in _commas(text) if form is WHOLE else _parts(_unlabelled(text, form)):
                name = part if form is WHOLE else _ROLE.split(_unlabelled(part, form), maxsplit=1)[0]
                if form is not NAMES and form is not WHOLE:
                    name = _WHEN.split(name, maxsplit=1)[0]
                name = name.strip(" ,.-–—:|()\"'")
                if _is_name(name, _MOST_OF_BODY if form is WHOLE else _MOST_OF_NAME) and form(name):
                    found.setdefault(fold(name), name)
        if found and form is not NAMES and form is not WHOLE:
            break
    return tuple(found.values())


def _before_date(text: str, form: Form) -> str:
    """A byline up to its date: what follows is no name."""
    head = text if form is NAMES or form is WHOLE else _WHEN.split(text, maxsplit=1)[0]
    return head.rstrip(" ·•|,–—-") if any(map(str.isalpha, head)) else text


def _dense(text: str) -> str:
    """The names alone, with a comma between them, where letters that need no spaces stand around them."""
    text = _DENSE_END.sub("", _DENSE_LABEL.sub("", _BY.sub("", text)))
    if _DENSE_LIST.fullmatch(text):
        return "、".join(word for word in text.split() if not word.endswith(_DENSE_DESK))
    return text


def _unlabelled(text: str, form: Form) -> str:
    """The text without the `By` that it begins with, in any language."""
    return text if form is NAMES and _BEGINS_NAMES.match(text) else _BY.sub("", text)


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


def _is_one(name: str) -> bool:
    """For texts that are one name, with whatever stands in it."""
    return True


def _is_marked(name: str) -> bool:
    """For texts that are mostly the one name that an element marks."""
    return _size(name) <= _MOST_WORDS and not _names_no_person(name)


def _size(name: str) -> int:
    return sum(word.casefold() not in _PARTICLES for word in name.split())


def _is_capital(word: str) -> bool:
    """True for a capital letter, and for a letter of a script that has none."""
    return word[0].isalpha() and word[0] == word[0].title()


def _is_small(word: str) -> bool:
    """True for a small word that names have none of; a part of one may follow an apostrophe."""
    return word[0].isalpha() and not _is_capital(word) and word not in _PARTICLES and not _APOSTROPHE.search(word)


def _names_no_person(name: str) -> bool:
    return _NO_PERSON.search(_FIRST_NAME.sub("", name)) is not None


def _looks_like_a_person(name: str) -> bool:
    """For texts that may be anything: two to four words with capital letters, or letters that have none."""
    words = name.split()
    if len(words) == 1:
        return _DENSE.fullmatch(name) is not None
    return _is_whole(name) and _is_marked(name) and not any(map(_is_small, words))


def _is_signed(name: str) -> bool:
    """For what follows a `By`: agencies sign too."""
    return _is_capital(name) and _is_marked(name)


def _commas(text: str) -> list[str]:
    """`A B, C D` are two people; `A B, Staff Writer`, `A B, Some News` and `B, A` are one."""
    first, *others = [part.strip() for part in text.split(",")]
    if all(" " in part for part in (first, *others)):
        return [first, *(part for part in others if not _OFFICE.search(part) and not _ROLE.search(part))]
    return [first]


def _is_name(name: str, most: int) -> bool:
    return (
        2 < len(name) <= LONGEST_NAME
        and len(name.split()) <= most
        and not _NOT_NAMES.search(name)
        and any(map(str.isalpha, name))
    )


Form: TypeAlias = Callable[[str], bool]
NAMES, WHOLE, ONE_NAME, PERSON, SIGNED = _is_any, _is_one, _is_marked, _looks_like_a_person, _is_signed
