"""The language of a text, for the three that our reference site is written in: English, Ukrainian and Russian."""

from __future__ import annotations

import re

_LATIN = re.compile(r"[A-Za-z]+")
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
_ELSEWHERE = re.compile(r"[ўЎјЈљЉњЊћЋђЂџЏқғұәңөүһҚҒҰӘҢӨҮҺ]")
_ENOUGH = 2_000


def detect(text: str) -> str | None:
    """`en`, `uk` or `ru`, or None when the text does not tell (too short, mixed, or another language)."""
    text = text[:_ENOUGH]
    if text.isascii():
        words = text.encode("ascii").translate(_ASCII).decode("ascii").split()
        return _english(words) if sum(map(len, words)) > 2 else None
    cyrillic, latin = sum(map(len, _CYRILLIC.findall(text))), sum(map(len, _LATIN.findall(text)))
    if cyrillic + latin < 3:
        return None
    return _cyrillic(text) if cyrillic > latin / 2 else _english(_WORD.findall(text.lower()))


def _cyrillic(text: str) -> str | None:
    if len(_ELSEWHERE.findall(text)) * 50 > len(text):
        return None
    counts = {code: len(letters.findall(text)) for code, letters in _LETTERS.items()}
    words = _WORD.findall(text.lower())
    return _clearly(counts) or _clearly({code: _known(words, code) for code in ("uk", "ru")})


def _english(words: list[str]) -> str | None:
    """English by its small words: about a third of an English text, and under a tenth of its neighbours."""
    return "en" if _known(words, "en") * 8 >= len(words) else None


def _known(words: list[str], code: str) -> int:
    known = _WORDS[code]
    return sum(map(known.__contains__, words))


def _clearly(counts: dict[str, int]) -> str | None:
    (best, most), (_, second) = sorted(counts.items(), key=lambda item: -item[1])
    return best if most > 2 * second else None
