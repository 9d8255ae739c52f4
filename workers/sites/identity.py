"""Identity by URL of a site that answers under several names of one host."""

from __future__ import annotations

from dataclasses import dataclass

from workers.core.urls import canonical, host_of, on_host


@dataclass(frozen=True, slots=True)
class UnderOneName:
    """The identity of a page that has no better one, its canonical URL, as it is under the site's first name.

    So `www.` and the bare name, which both answer, do not make two articles of one.
    """

    name: str
    others: frozenset[str]

    def __call__(self, url: str) -> str:
        known = canonical(url) or url
        return on_host(known, self.name) if host_of(known) in self.others else known
