"""Whether an article says of itself that it was corrected: a mark in its headline, or a note before or after its text.

A correction is also what prices and roads get: a word alone says nothing unless it stands in brackets, or before a
colon where notes stand.
"""

from __future__ import annotations

import re

from workers.core.article import Block
from workers.sites.reader import Found

_DONE = (
    "corrected|berichtigt|korrigiert|corrigée?|rectifiée?|corregid[oa]|rectificad[oa]|corretto|corrigid[oa]"
    "|gecorrigeerd|gerectificeerd|sprostowan[eo]|poprawiono|виправлено|исправлено|opraveno|opravené|rättad|rettet"
    "|korrigeret|korrigert|korjattu|düzeltildi|διορθώθηκε|helyesbítve|corectat|訂正|更正|정정"
)
_NOTE = (
    "correction|berichtigung|korrektur|rectificatif|erratum|errata"
    "|correctif|précision de la rédaction"
    "|corrección|rectificación|fe de err(?:ores|atas)|errata corrige|correzione|rettifica|correção"
    "|correctie|rectificatie|sprostowanie|виправлення|исправление|oprava|rättelse|rettelse|oikaisu|düzeltme"
    "|διόρθωση|helyesbítés|erată"
)
# What a note says of the text above or below it.
_SAID = (
    r"(?:an|the) (?:earlier|previous|original) version of this (?:article|story|report|post|piece|headline|caption)\b"
    r"|this (?:version of the )?(?:[\w.,]+ ){0,3}(?:article|story|report|post|piece) (?:has been|was)"
    r" (?:corrected|amended)\b"
    r"|corrects (?:paragraph|headline|spelling|name|figure|to (?:say|show|clarify)|day|date|year|day of week|typo)\b"
    r"|in einer (?:früheren|vorherigen|ersten|ursprünglichen) (?:version|fassung) (?:dieses|des)"
    r" (?:artikels|textes|beitrags)\b"
    r"|in einer (?:früheren|vorherigen|ersten|ursprünglichen) (?:version|fassung)"
    r" (?:hieß|stand|war|wurde|haben wir|hatten wir)\b"
    r"|une (?:première|précédente) version de cet article\b|une version (?:précédente|antérieure) de cet article\b"
    r"|(?:en )?una versión (?:anterior|previa) de (?:este|esta) (?:artículo|texto|noticia|información)\b"
    r"|(?:у|в) (?:попередній|ранішій|первинній) версії (?:цього|цієї) (?:тексту|статті|новини|матеріалу)\b"
    r"|в (?:предыдущей|первоначальной|более ранней) версии (?:этого|этой|данного) (?:текста|статьи|новости|материала)\b"
    r"|een eerdere versie van dit (?:artikel|bericht)\b|w poprzedniej wersji (?:tego )?(?:artykułu|tekstu)\b"
)
_EDITOR = r"(?:editor'?s'? note|anm(?:erkung|\.) d(?:er|\.) red(?:aktion|\.)|від редакції|от редакции)\W{1,4}"
_DAY = r"(?:\s?\([^()]{1,40}\)|[,\s][^:]{0,25}\b(?:19|20)\d\d)?"

_IN_BRACKETS = rf"[(\[](?:{_DONE}|{_NOTE})[)\]]"
_HEADLINE = re.compile(rf"{_IN_BRACKETS}|(?:correction|{_DONE})\s?[:：]|(?-i:CORRECT(?:ED|ION)\s?[-–—])", re.I)
_END_OF_HEADLINE = re.compile(rf"{_IN_BRACKETS}$", re.I)
_PARAGRAPH = re.compile(
    rf"\W{{0,3}}(?:(?:{_DONE}|{_NOTE}){_DAY}\s?(?:[:：]|[-–—]\s|$)|(?:{_EDITOR})?(?:{_SAID}))|{_IN_BRACKETS}", re.I
)
_FIRST, _LAST, _BEGINNING = 2, 3, 300


def corrected_of(headline: Found[str] | None, body: Found[tuple[Block, ...]] | None) -> Found[bool] | None:
    """True where headline, first or last paragraphs say so, else None: most corrections are never told."""
    title = headline.value if headline else ""
    if _HEADLINE.match(title) or _END_OF_HEADLINE.search(title[-_BEGINNING:]):
        return Found(True, "generic:headline")
    blocks = body.value if body else ()
    ends = {block.text[:_BEGINNING].replace("’", "'") for block in (*blocks[:_FIRST], *blocks[-_LAST:])}
    return Found(True, "generic:text") if any(map(_PARAGRAPH.match, ends)) else None
