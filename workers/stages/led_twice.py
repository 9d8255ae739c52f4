"""Links of one headline to one story by different parameters: where a link stood is told by them, and nothing else.

Nothing need be asked for to know that, and what is known before the first request saves one for each such link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workers.core.link import Kind, Link
from workers.core.urls import parameters_of, path_of, without_parameters
from workers.sites.lists.headlines import LONG_HEADLINE, is_story, letters
from workers.sites.lists.views import is_view
from workers.stages.variants import names_story

Difference = tuple[str, tuple[str, ...]]

_MOST_PARAMETERS = 5


# What has a number and is no story's name: `/show2.php`, `/v2`, the second page of a list, the list of a year.
_NUMBERED = re.compile(
    r"(?:\.(?:php\d?|aspx?|cgi|cfm|jsp|pl|do)|/[a-z]{1,30}\d{1,2}|/page/\d{1,5}|/(?:19|20)\d\d(?:[/-]\d\d?){0,2})$",
    re.IGNORECASE,
)


def program_of(url: str) -> str:
    """The path of an address where it names no story, so that its parameters must; else ""."""
    path = path_of(url)
    named = path.rstrip("/")
    return "" if names_story(named.rpartition("/")[2]) and not _NUMBERED.search(named) else path


class LedTwice:
    """The links seen last; bounded, and forgotten with the process."""

    MOST = 10_000

    def __init__(self) -> None:
        # By hashes of site and address without some parameters: that of the headline, and the parameters left out.
        self._seen: dict[int, tuple[int, tuple[str, ...]]] = {}
        self._apart: set[int] = set()  # what was seen to tell stories apart: site, program and name
        self._paths: dict[int, int] = {}  # by site and headline: the path that it led to first

    def differences(self, links: Sequence[Link], site: str) -> Iterator[Difference]:
        """The address of each story that two links of one headline lead to, and the parameters in which they differ."""
        if not any("?" in link.url for link in links):
            return
        for link in links:
            if link.kind is Kind.PAGE and letters(link.headline or "") >= LONG_HEADLINE and not is_view(link.url):
                if program_of(link.url):
                    yield from self._by_program(link, site)
                elif is_story(link.url):
                    yield from self._by_path(link, site)

    def _by_path(self, link: Link, site: str) -> Iterator[Difference]:
        """Where the path names the story, all parameters may differ; "Read the whole story" leads to many of them."""
        path, _, _ = link.url.partition("?")
        parts = parameters_of(link.url)
        before = self._before(site, path, link.headline, parts)
        is_of_one = self._paths.setdefault(hash((site, link.headline)), hash(path)) == hash(path)
        if before is None or not before[0] or not is_of_one:
            return
        if differing := set(parts).symmetric_difference(before[1]):
            yield path, tuple(differing)

    def _by_program(self, link: Link, site: str) -> Iterator[Difference]:
        """Where it does not, one may, and where it does the headline must never have been another one.

        Another one must have told stories apart: of what leads to all of them by one text nothing is known.
        """
        program, parts = path_of(link.url), parameters_of(link.url)
        for part in parts if len(parts) <= _MOST_PARAMETERS else ():
            name = part.partition("=")[0]
            rest, apart = without_parameters(link.url, {part}), hash((site, program, name))
            before = self._before(site, f"{rest} {name}", link.headline, (part,))
            if before is None or before[1] == (part,) or "?" not in rest:
                continue
            if not before[0]:
                self._note(apart)
            elif apart not in self._apart and self._tells_apart(rest, site, program):
                yield rest, (part, *before[1])

    def _tells_apart(self, url: str, site: str, program: str) -> bool:
        names = (part.partition("=")[0] for part in parameters_of(url))
        return len(self._apart) < self.MOST and any(hash((site, program, name)) in self._apart for name in names)

    def _before(
        self, site: str, address: str, headline: str | None, parts: tuple[str, ...]
    ) -> tuple[bool, tuple[str, ...]] | None:
        """Whether the headline was the same and what the parameters were where the address was met before."""
        if len(self._seen) >= self.MOST or len(self._paths) >= self.MOST:
            self._seen.clear()
            self._paths.clear()
        own = (hash(headline), parts)
        known = self._seen.setdefault(hash((site, address)), own)
        return None if known is own else (known[0] == own[0], known[1])

    def _note(self, apart: int) -> None:
        if len(self._apart) < self.MOST:
            self._apart.add(apart)
