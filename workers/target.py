"""What a crawl is aimed at: the site as the ledger takes it, and the URLs that it begins with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workers.core.errors import BadInput
from workers.core.urls import canonical, host_of, refuse_credentials
from workers.core.work import Candidate
from workers.ledger import Start
from workers.settings import Settings
from workers.sites.known import SITES, any_site, by_name, site_for_host
from workers.sites.site import Site
from workers.stages.discover import seed

DEMO_DOMAIN = "demo.localhost"
DEMO_LANGUAGES = ("uk", "en", "ru")
# Articles of the demo site's first day are read again after seconds, so that one crawl sees its correction.
DEMO_SECOND_LOOK = 2.0


@dataclass(frozen=True)
class Target:
    """A site to crawl. `profile` names the readers; `seeds` are asked for first."""

    title: str
    site: Site
    profile: str
    seeds: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The site's name in the ledger."""
        return self.site.name

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every host that belongs to the site."""
        return tuple(dict.fromkeys((*self.site.hosts, *self.site.aliases)))

    @property
    def starts(self) -> list[Start]:
        """The site's starts as the ledger keeps them."""
        return [Start(start.where, start.kind, start.every) for start in self.site.start_urls]

    def candidates(self, now: float) -> Sequence[Candidate]:
        """The seeds as candidates."""
        return [seed(self.site, url, now) for url in self.seeds]


def target_of(url: str, knobs: Settings, *, follow_any: bool = False) -> Target:
    """The site that an address belongs to: one that we have a profile for, the demo site, or a new one."""
    address = canonical(url if "://" in url else f"https://{url}")
    if address is None:
        refuse_credentials(url)
        raise BadInput(
            f"{url!r} is no address that can be crawled. Give one that begins with http:// or https://, "
            "for example https://en.interfax.com.ua/."
        )
    host = host_of(address)
    if is_demo(address):
        return demo_target(host.partition(":")[2], address)
    known = site_for_host(host)
    site = known or any_site(address)
    settings: dict[str, Any] = {"delay": max(knobs.delay, site.manners.delay) if known else knobs.delay}
    settings |= {"places": site.manners.places, "follow_any": follow_any}
    return Target(address, site, known.name if known else "", (address,), settings)


def target_named(site: str, knobs: Settings, *, follow_any: bool = False) -> Target:
    """The site that we have a profile for under this name, or else the one that an address belongs to."""
    known = by_name(site)
    if known is None and not re.search(r"[./:]", site):
        names = ", ".join(each.name for each in SITES)
        raise BadInput(f"No profile is named {site!r}. Give the URL of a site, or one of: {names}.")
    address = f"{known.scheme}://{known.hosts[0]}/" if known else site
    return target_of(address, knobs, follow_any=follow_any)


def in_haste(target: Target, every: float) -> Target:
    """The same target with starts that are due again after so many seconds."""
    starts = tuple(replace(start, every=every) for start in target.site.starts)
    return replace(target, site=target.site.replace(starts=starts))


def is_demo(url: str) -> bool:
    """True for an address of a demo site, which is always on this machine."""
    return host_of(canonical(url) or "").partition(":")[0].endswith(f".{DEMO_DOMAIN}")


def demo_target(port: str, seed_url: str | None = None, domain: str = DEMO_DOMAIN) -> Target:
    """The demo site on this port: the readers of its model, its own three hosts, no delay but its Crawl-delay."""
    model = by_name("interfax-ukraine")
    assert model is not None
    hosts = tuple(f"{language}.{domain}:{port}" for language in DEMO_LANGUAGES)
    site = model.replace(name="demo", hosts=hosts, aliases=(), scheme="http", second_look=DEMO_SECOND_LOOK)
    seeds = (seed_url,) if seed_url else ()
    return Target(
        "the demo site", site, model.name, seeds, {"delay": 0.0, "places": 2, "second_look": DEMO_SECOND_LOOK}
    )
