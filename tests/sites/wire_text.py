"""The visible text of a saved Interfax-Ukraine page, taken apart line by line. Knows nothing of the profile."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

AGENCY = ("Interfax-Ukraine", "Інтерфакс-Україна")
BOXES = {"MORE ABOUT": "more_about", "HOT NEWS": "hot_news", "LATEST": "latest", "ЩЕ ЗА ТЕМОЮ": "more_about"}
JUNK = ("AD", "Advertising", "Загрузка...")
STAMP = re.compile(r"(\d\d):(\d\d),? (\d\d)\.(\d\d)\.(\d{4})")
READING = re.compile(r"(\d+) (?:min read|хв читати)")


@dataclass
class Item:
    """One line of a box."""

    headline: str
    stamp: str | None = None


@dataclass
class WireText:
    """What a reader saw on the page. None means that the text does not tell (it was cut, or kept without its head)."""

    url: str
    agency: str | None = None
    section: str | None = None
    stamp: str | None = None
    headline: str | None = None
    reading: str | None = None
    pictured: bool = False
    credit: str | None = None
    body: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    boxes: dict[str, list[Item]] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return re.findall(r"\d{5,}", self.url)[-1]

    @property
    def announced(self) -> bool:
        return "/press-announcement/" in self.url

    @property
    def language(self) -> str:
        text = " ".join([self.headline or "", *self.body])
        return "uk" if re.search("[а-яіїє]{3}", text) else "en"


def utc(stamp: str) -> datetime:
    """A Kyiv stamp in UTC."""
    hour, minute, day, month, year = map(int, STAMP.fullmatch(stamp).groups())  # type: ignore[union-attr]
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Kyiv")).astimezone(UTC)


def read_wire_text(path: Path) -> WireText:
    """The page kept in a file: its URL, then its text, perhaps with notes about where it was cut."""
    url, *lines = path.read_text(encoding="utf-8").splitlines()
    lines = [re.sub(r"^ date \d{4}-\d\d-\d\d ", "", line).strip() for line in lines if not line.startswith("# NOTE")]
    found = WireText(url)
    same = next((match for line in lines if (match := re.match(r"\(same article text as (\w+?)[:)]", line))), None)
    if same:
        other = read_wire_text(path.parent / f"{same[1]}.txt")
        found.headline, found.body, found.section = other.headline, other.body, other.section
    lines = [line for line in lines if line and not line.startswith(("[...", "(same ", "(body "))]
    starts = [place for place, line in enumerate(lines) if line in BOXES] + [len(lines)]
    _read_boxes(found, lines, starts)
    if not same:
        _read_article(found, [line for line in lines[: starts[0]] if line not in JUNK])
    return found


def _read_boxes(found: WireText, lines: list[str], starts: list[int]) -> None:
    for start, end in pairwise(starts):
        items: list[Item] = []
        stamp = None
        for line in lines[start + 1 : end]:
            if STAMP.fullmatch(line) and "," in line:
                items[-1].stamp = line
            elif STAMP.fullmatch(line):
                stamp = line
            elif line not in JUNK and not (items and items[-1].headline == line):
                items.append(Item(line, stamp))
                stamp = None
        found.boxes[BOXES[lines[start]]] = items


def _read_article(found: WireText, lines: list[str]) -> None:
    if lines and lines[0] in AGENCY:
        found.agency = lines.pop(0)
    if len(lines) > 1 and not STAMP.fullmatch(lines[0]) and (STAMP.fullmatch(lines[1]) or len(lines[0].split()) < 3):
        found.section = lines.pop(0)
    if lines and STAMP.fullmatch(lines[0]):
        found.stamp = lines.pop(0)
    if lines and not lines[0].endswith("."):
        found.headline = lines.pop(0)
    if lines and READING.fullmatch(lines[0]):
        found.reading = lines.pop(0)
    if lines and (lines[0] == found.headline or lines[0].startswith("<image>")):
        found.pictured = bool(lines.pop(0))
    if lines and lines[0].startswith(("Photo: ", "Фото: ")):
        found.credit = lines.pop(0).partition(": ")[2]
    if lines and lines[-1].startswith("Tags: "):
        found.tags = lines.pop().removeprefix("Tags: ").replace("#", "").split()
    found.body = lines
