"""The language of a text: English, Ukrainian, Russian and Bulgarian by letters and words, others by their script."""

from __future__ import annotations

import re

_NO_LATIN = bytes(code for code in range(256) if not chr(code).isascii() or not chr(code).isalpha())
# The letters of ASCII in lower case, and a space for all else.
_ASCII = bytes(ord(chr(code).lower()) if chr(code).isalpha() else ord(" ") for code in range(128)) + b" " * 128
_CYRILLIC = re.compile(r"[Ѐ-ӿ]+")
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = {"uk": re.compile(r"[іїєґІЇЄҐ]"), "ru": re.compile(r"[ыэъёЫЭЪЁ]")}
_ENGLISH = "the of and to in a is for on that with as by at from was it are be has will said an this"
_UKRAINIAN = "та що й за до не від про буде був була після під час як але також це вже який зі із"
_RUSSIAN = "и что не от о об будет был была после во как но также это уже который со из для при"
_WORDS = {"en": set(_ENGLISH.split()), "uk": set(_UKRAINIAN.split()), "ru": set(_RUSSIAN.split())}
# Letters that only these neighbours write: with them a Cyrillic text is none of ours.
_ELSEWHERE = re.compile(r"[ўЎјЈљЉњЊћЋђЂџЏѓЃќЌѕЅқғұәңөүһҚҒҰӘҢӨҮҺ]")
# One Bulgarian letter in sixty is ъ, one Russian in three thousand; and Bulgarian has none of the others.
_SEVERAL = 2
_HARD, _RUSSIAN_ALONE = re.compile(r"[ъЪ]"), re.compile(r"[ыэёЫЭЁ]")
# Scripts besides these two, and the language of those that are written by one.
_SCRIPTS = {
    "greek": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]+"),
    "hebrew": re.compile(r"[\u0590-\u05ff]+"),
    "arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f]+"),
    "thai": re.compile(r"[\u0e00-\u0e7f]+"),
    "hangul": re.compile(r"[\u1100-\u11ff\uac00-\ud7af]+"),
    "cjk": re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+"),
}
_ONLY = {"greek": "el", "hebrew": "he", "thai": "th", "hangul": "ko"}
_FAR = re.compile(r"[\u0370-\u03ff\u0590-\u06ff\u0750-\u077f\u0e00-\u0e7f\u1100-\u11ff\u1f00-\u1fff\u3040-\ud7af]")
_KANA = re.compile(r"[\u3040-\u30ff]")
# Letters of Persian, Urdu and their neighbours that Arabic has not.
_NOT_ARABIC = re.compile(r"[پچژگکیےٹڈړښ]")
# What is written in one script, as far as languages of news go; of those with two nothing is said.
_WRITTEN = {
    "latin": "af ca cs cy da de en es et eu fi fr ga gl hr hu id is it lb lt lv mt nb nl nn no pl pt ro sk sl sq sv sw"
    " tl tr vi",
    "cyrillic": "be bg mk ru uk",
    "greek": "el",
    "hebrew": "he iw yi",
    "arabic": "ar fa ps ur",
    "thai": "th",
    "hangul": "ko",
    "cjk": "ja zh",
}
_SCRIPT_OF = {code: script for script, codes in _WRITTEN.items() for code in codes.split()}
_ENGLISH_ALONE = frozenset(("the", "of", "and", "to", "for", "with", "that"))
_SHORT = 20  # words
_ENOUGH = 2_000
_FEW = 600
# So many letters tell what script a text is in.
_FEWEST_LETTERS = 20


def detect(text: str) -> str | None:
    """The code of the text's language, or None when the text does not tell (too short, mixed, or another one).

    English, Ukrainian, Russian, Bulgarian, and what its script alone tells: Arabic, Chinese, Greek, Hebrew, Japanese,
    Korean, Thai.
    """
    text = text[:_ENOUGH]
    if text.isascii():
        words = text.encode("ascii").translate(_ASCII).decode("ascii").split()
        return _english(words) if sum(map(len, words)) > 2 else None
    cyrillic, latin = _letters(_CYRILLIC, text), _latin(text)
    script, far = _far_script(text)
    if far > 2 and far > cyrillic + latin / 2:
        return _by_script(script, text)
    if cyrillic + latin < 3:
        return None
    return _cyrillic(text) if cyrillic > latin / 2 else _english(_WORD.findall(text.lower()))


def may_be_in(code: str, text: str) -> bool:
    """False where the text is in a script that this language is not written in."""
    told, script = _SCRIPT_OF.get(code), script_of(text)
    return told is None or script is None or told == script


def script_of(text: str) -> str | None:
    """The script that most letters of the text are of, or None where there are few letters or many scripts."""
    text = text[:_FEW]
    if text.isascii():
        return "latin" if _latin(text) >= _FEWEST_LETTERS else None
    script, far = _far_script(text)
    counts = {"latin": _latin(text), "cyrillic": _letters(_CYRILLIC, text), script: far}
    best = max(counts, key=counts.__getitem__)
    enough = counts[best] >= _FEWEST_LETTERS and counts[best] * 3 > sum(counts.values()) * 2
    return best if enough else None


def _far_script(text: str) -> tuple[str, int]:
    """The script other than Latin and Cyrillic that the text has most letters of, and how many."""
    if not _FAR.search(text):
        return "", 0
    counts = {script: _letters(letters, text) for script, letters in _SCRIPTS.items()}
    best = max(counts, key=counts.__getitem__)
    return best, counts[best]


def _letters(kind: re.Pattern[str], text: str) -> int:
    return sum(map(len, kind.findall(text)))


def _latin(text: str) -> int:
    return len(text.encode("ascii", "ignore").translate(None, _NO_LATIN))


def _by_script(script: str, text: str) -> str | None:
    if script == "cjk":
        return "ja" if len(_KANA.findall(text)) * 20 > len(text) else "zh"
    if script == "arabic":
        return None if len(_NOT_ARABIC.findall(text)) * 50 > len(text) else "ar"
    return _ONLY.get(script)


def _cyrillic(text: str) -> str | None:
    if len(_ELSEWHERE.findall(text)) * 50 > len(text):
        return None
    hard = len(_HARD.findall(text))
    if hard >= _SEVERAL and hard * 200 > len(text) and not _RUSSIAN_ALONE.search(text):
        return "bg"
    counts = {code: len(letters.findall(text)) for code, letters in _LETTERS.items()}
    words = _WORD.findall(text.lower())
    return _clearly(counts) or _clearly({code: _known(words, code) for code in ("uk", "ru")})


def _english(words: list[str]) -> str | None:
    """English by its small words: about a third of an English text, and under a tenth of its neighbours."""
    return "en" if _known(words, "en") * 8 >= len(words) and _has_articles(words) else None


def _has_articles(words: list[str]) -> bool:
    """True where a short text or a twentieth of a long one are words that neighbours have none of: `a` is Hungarian."""
    return len(words) < _SHORT or sum(map(_ENGLISH_ALONE.__contains__, words)) * 20 >= len(words)


def _known(words: list[str], code: str) -> int:
    known = _WORDS[code]
    return sum(map(known.__contains__, words))


def _clearly(counts: dict[str, int]) -> str | None:
    (best, most), (_, second) = sorted(counts.items(), key=lambda item: -item[1])
    return best if most > 2 * second else None
