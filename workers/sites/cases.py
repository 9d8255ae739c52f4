"""The saved cases of a profile: a folder each, `page.html` and `article.json`, compared field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import zip_longest
from pathlib import Path
from typing import Any

from workers.core.article import Image, Moment
from workers.core.errors import BadInput, WireroomError
from workers.sites.known import by_name
from workers.sites.page.document import Document
from workers.sites.profile import profile_read
from workers.sites.read import open_page
from workers.sites.reader import Found, Readers

# What a case may have: where it is from, the article's identity, and what a profile reads.
FIELDS = ("site", "url", "key", *(field.name for field in fields(Readers)))


@dataclass(frozen=True)
class Checked:
    """One field of a case: what it should be, and what the profile found."""

    case: str
    site: str
    field: str
    want: Any
    found: Any

    @property
    def passed(self) -> bool:
        """True when both are the same."""
        return bool(self.want == self.found)

    @property
    def differences(self) -> Iterator[tuple[str, Any, Any]]:
        """Where the two differ, what should be there and what is: the field, or a part of it as `body 2`."""
        return _differences(self.field, self.want, self.found)


def _differences(where: str, want: Any, found: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(want, list) and isinstance(found, list):
        for number, pair in enumerate(zip_longest(want, found), 1):
            yield from _differences(f"{where} {number}", *pair)
    elif isinstance(want, dict) and isinstance(found, dict):
        for name in {**want, **found}:
            yield from _differences(f"{where} {name}", want.get(name), found.get(name))
    elif want != found:
        yield where, want, found


def check_cases(folder: Path, name: str | None = None) -> Iterator[Checked]:
    """Every field of every case; `name` keeps to the cases of one site, or to one case."""
    for place in sorted(path.parent for path in folder.glob("*/article.json")):
        want = _load(place / "article.json")
        if name in (None, want["site"], place.name):
            yield from _check(place, want)


def _load(path: Path) -> dict[str, Any]:
    try:
        want = json.loads(path.read_text(encoding="utf-8"))
        want = {**want, "site": str(want["site"]), "url": str(want["url"])}
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{path} is no case: it needs `site`, `url` and the fields to check.") from error
    return _checked_names(path, want)


def _checked_names(path: Path, want: dict[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(want) - set(FIELDS))
    if unknown:
        raise BadInput(f"{path} has {', '.join(unknown)}, which no profile reads. Its fields are {', '.join(FIELDS)}.")
    return want


def _page(place: Path, url: str) -> Document:
    try:
        return open_page((place / "page.html").read_bytes(), url)
    except (OSError, WireroomError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise BadInput(f"The page of the case {place.name} cannot be read, {place / 'page.html'}: {why}") from None


def _check(place: Path, want: dict[str, Any]) -> Iterator[Checked]:
    site = by_name(want["site"])
    if site is None:
        raise BadInput(f"The case {place.name} is of the site {want['site']!r}, which has no profile in known.py.")
    known = profile_read(_page(place, want["url"]), site)
    found = {name: plain(known.get(name)) for name in want} | {"key": site.identity(want["url"])}
    for name in want:
        if name not in ("site", "url"):
            yield Checked(place.name, site.name, name, want[name] or None, found[name] or None)


def plain(found: Found[Any] | None) -> Any:
    """A value as `article.json` has it: dates as UTC and text, pictures as URL, alt and credit, blocks as texts."""
    value = found.value if found else None
    match value:
        case Moment():
            return [value.at.isoformat(), value.text]
        case Image():
            return [value.url, value.alt, value.credit]
        case tuple():
            return [_item(item) for item in value]
    return value


def _item(item: Any) -> Any:
    if hasattr(item, "shown_at"):
        return {**item.model_dump(mode="python"), "shown_at": item.shown_at and item.shown_at.isoformat()}
    return getattr(item, "text", item)
