"""Names in lines that say no more than when an article was published and by whom, in whichever order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.sites.generic.dates.date_words import is_only_date

_LONGEST = 120
# Who wrote it, as the programs that most sites run on say it in each language: `Posted on 3 May by Ann Brown`.
_BY = (
    r"by|von|par|por|door|di|da|de|av|af|od|przez|oleh|bởi|автором|від|από|بواسطة|توسط|نوشته|كتبه"
    r"|(?:autor|auteur|szerző|автор|yazar|penulis|tác giả|نویسنده)\s?:"
)
_BY_DENSE = r"(?:投稿者|執筆者|作成者|作者)\s?[:：]"
_BEFORE_DATE = r"am|on|le|el|il|em|op|pe|den|w dniu|dnia|pada|tanggal|vào|ngày|στις|в|на|في|بتاريخ|در|i"
_END = rf"(?=\s*(?:$|[|·•,–—/-]|\s(?:{_BEFORE_DATE})\s|\s\d|\s\w{{2,12}}\s?:))"
_NAMED = re.compile(
    rf"(?:(?<!\S)(?:{_BY})\s+|{_BY_DENSE}\s*)(?P<name>[^\W\d_][^\d|·•:@]{{1,50}}?){_END}"
    rf"|(?<!\S)(?:tarihinde\s+)?(?P<before>[^\W\d_][^\d|·•:@]{{1,50}}?)\s+tarafından(?!\S)",
    re.I,
)


def dated_bylines(near: Sequence[str]) -> Iterator[str]:
    """What may be a name in each text that is nothing but it, a date, and the words for both."""
    for text in near:
        if len(text) < _LONGEST and any(map(str.isdigit, text)) and (name := _named_in(text)):
            yield name


def _named_in(text: str) -> str | None:
    for found in _NAMED.finditer(text):
        if is_only_date(f"{text[: found.start()]} {text[found.end() :]}".strip()):
            return found["name"] or found["before"]
    return None
