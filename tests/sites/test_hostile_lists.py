"""Lists that are hostile: each is read within a second, whatever it was fetched for."""

from __future__ import annotations

import time
from typing import Any

import pytest
from speed import a_second

from workers.core.link import Kind, Label
from workers.core.page import Page
from workers.core.work import Lease
from workers.sites.known import SITES, any_site
from workers.sites.site import Site
from workers.stages.parse import parse

HOST = "https://courier.example"
URL = f"{HOST}/news/"
NUMBERS = "1a" * 900
ODD = "ü%c3"  # an address that only the parser can join
BOXES = "<div>" * 6


def box(number: int, text: str) -> str:
    return f"{BOXES}<a href=/story-{number}-of-the-day>Headline of story {number}</a> {text}{BOXES.replace('<', '</')}"


HOSTILE = {
    "numbers in addresses": "".join(f"<a href=/{NUMBERS}{n}>x{n}</a>" for n in range(2, 4_500)),
    "languages": "".join(f'<link rel=alternate hreflang=xx href="//a.example/{ODD * 60}{n}">' for n in range(24_000)),
    "feeds": "".join(
        f'<link rel=alternate type=application/rss+xml href="//a.example/{ODD * 60}{n}">' for n in range(20_000)
    ),
    "relations": "".join(f'<link rel="next prev" href="//a.example/{ODD * 60}{n}">' for n in range(24_000)),
    "clocks around links": "".join(box(n, "10:00 1 May " * 1_000) for n in range(700)),
    "clocks in a link": f"<a href=/story-1-of-the-day>{'10:00 words ' * 700_000}",
    "what is only heard in what is only heard": '<meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2024-05-01T10:00:00Z"><h1>The headline of it</h1>'
    f"<p>{'This is a sentence of the text. ' * 9}</p>{'<span class=visually-hidden>' * 190}{'word ' * 1_900_000}",
    "links to nowhere": "".join(f'<a href="{ODD}{n}">Another story of the day</a>' for n in range(45_000)),
}


@pytest.mark.parametrize("site", [None, SITES[0], SITES[-1]], ids=lambda site: site.name if site else "any")
@pytest.mark.parametrize("kind", [Kind.PAGE, Kind.LISTING])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_list_costs_less_than_a_second(name: str, kind: Kind, site: Site | None, unburdened: None) -> None:
    url = f"{HOST}/{NUMBERS}1" if name.startswith("numbers") else URL
    url = url if site is None else url.replace("courier.example", site.hosts[0])
    body = HOSTILE[name].encode()
    page = Page(asked=url, url=url, status=200, body=body, fetched_at=0.0, headers={"content-type": "text/html"})
    for depth in (0, 1):
        began = time.process_time()
        told: dict[str, Any] = {
            "id": 1,
            "site": "x",
            "key": "k",
            "url": url,
            "host": "x",
            "kind": kind,
            "label": Label.LISTING,
        }
        lease = Lease(**told, depth=depth, visit=1, attempt=1)
        parse(page, lease, site or any_site(url))
        assert time.process_time() - began < a_second()
