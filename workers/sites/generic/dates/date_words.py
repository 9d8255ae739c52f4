"""The words beside dates: which say that a date is that of publication, and which that of a later change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from workers.core.dates import parse, words_beside
from workers.core.months import WEEKDAYS

LABEL = 20  # letters of what labels a date, at the most
# Words that say that a date is of the last change, and those that say that it is of publication: by their stems.
_OF_CHANGE = (
    r"updat|modif|\brevis|\breview|aktualis|geändert|änderung|bearbeitet|^stand\b|\bstand:|mise? à jour|màj|actuali[sz]"
    r"|aggiorna|atualiz|bijgewerkt|aangepast|gewijzigd|aktualiz|frissít|ažurir|ажурир|oppdater|uppdater|opdater|ändrad"
    r"|endret|ændret|päivitet|muokattu|оновлен|змінено|обновлен|изменено|абноўлен|актуализ|güncel|ενημερώθηκε"
    r"|τελευταία ενημέρωση|τροποποι|diperbarui|cập nhật|تحديث|עודכן|更新|修改|수정|업데이트"
)
_OF_PUBLICATION = (
    r"publi|pubblic|posted|posté|postad|veröffentl|erschienen|erstellt|created|creat[oe]|créé|geplaatst|zveřejn|objav"
    r"|utworzono|dodano|опубл|створен|создан|размещен|yay[ıi]n|oluştur|eklenme|julkaistu|offentliggj|udgivet|skapad"
    r"|megjelen|közzét|diposting|diterbitkan|dipublikasi|ditulis|đăng\b|منتشر|δημοσ|投稿日|公開|公开|发布|發布|發佈|配信|掲載|입력|등록|نشر|פורסם"
)
_CHANGED = re.compile(_OF_CHANGE, re.I)
_TURN = re.compile(f"(?P<change>{_OF_CHANGE})|{_OF_PUBLICATION}")  # of lower case: to ignore it takes thrice as long
# What else stands in a line that is a date and no more.
_LABELS = re.compile(
    rf"{_OF_PUBLICATION}|(?:first|last|originally|article|artikel|artículo|post|date[ds]?|datum|dat[ao]|fecha|дата|dátum"
    r"|tarihi?|ημερομηνία|time|uhr(?:zeit)?|hora|heure|ore|ora|saat|hrs|hours|klo|den|vom|dnia|pada|tanggal|được|vào|ngày|στι[ςσ]|tarihinde|بتاريخ|شده|ارسال|року|года?|mins?|minutes?"
    r"|read|午前|午後|上午|下午|晚上|오전|오후)$"
)
_SHORTEST_DATE, _LONGEST_DATE, _MOST_DATES, _MOST_NAMED = 7, 90, 3, 4
_BETWEEN = re.compile(r"[|•·()]")
_BYLINE, _LONGEST_BYLINE = re.compile(r"(?:by|von|par|por|di|da|door|af|av|od|автор)\s", re.I), 120
_LONGEST_UNKNOWN = 2  # letters of a word that says nothing: `at`, `le`, `am`


def parted_lines(near: list[str]) -> Iterator[tuple[str, str]]:
    """What each text with a number says of publication, and what of a change; a short one may label the next."""
    for before, text in pairwise(["", *near]):
        if any(map(str.isdigit, text)):
            is_label = len(before) < LABEL and not any(map(str.isdigit, before))
            yield ("", text) if is_label and _CHANGED.search(before) else parts_of(text)


def turns_in(text: str) -> Iterator[re.Match[str]]:
    """The words from which on a text tells of publication or of a change."""
    lowered = text.lower()
    return _TURN.finditer(lowered if len(lowered) == len(text) else text)  # places must hold


def parts_of(text: str) -> tuple[str, str]:
    """A text as what it says of publication, and what of a change."""
    said: tuple[list[str], list[str]] = ([], [])
    of_change, last, labelled = False, 0, False
    for turn in turns_in(text):
        said[of_change].append(text[last : turn.start()])
        of_change, last = bool(turn["change"]), turn.start()
        labelled = labelled or not of_change
    said[of_change].append(text[last:])
    published, changed = "".join(said[False]).strip(), "".join(said[True]).strip()
    if changed and not labelled and not any(map(str.isdigit, changed)):  # the word stands behind its date
        return "", text
    return published, changed


def is_little_else(line: str, language: str | None) -> bool:
    """True for a line that is a date and at most its label: what else has one may tell of anything."""
    return not any(_tells_more(word) for word in words_beside(line, language))


def _tells_more(word: str) -> bool:
    return len(word) > _LONGEST_UNKNOWN and word not in WEEKDAYS and not _LABELS.match(word)


def is_dated_byline(line: str) -> bool:
    """True for a short line that begins with the word for who wrote it and goes on to when it was published."""
    if not _SHORTEST_DATE < len(line) < _LONGEST_BYLINE or not _BYLINE.match(line) or line.endswith((".", "!", "?")):
        return False
    turn = next(turns_in(line), None)
    return turn is not None and parse(line[turn.start() :]) is not None


def is_only_date(line: str) -> bool:
    """True for a short line that is a date, or two, with what labels them, and at most a name."""
    if not _SHORTEST_DATE < len(line) < _LONGEST_DATE or not any(map(str.isdigit, line)):
        return False
    parts = _BETWEEN.split(line)
    dated = [part for part in parts if any(map(str.isdigit, part))]
    named = sum(len(part.split()) for part in parts if part not in dated)
    if len(dated) > _MOST_DATES or named > _MOST_NAMED or parse(line) is None:
        return False
    return not any(_tells_more(word) and not _CHANGED.match(word) for part in dated for word in words_beside(part))
