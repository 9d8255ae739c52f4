"""The traps of the demo site: each is something that real news sites do, with what must become of it.

`TRAPS` is the one table: the server misbehaves by it and the crawl test is checked against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shown(StrEnum):
    """Where a trap's address is linked from."""

    EVERYWHERE = "everywhere"
    LISTING = "listing"
    SITEMAP = "sitemap"
    PAGER = "pager"


@dataclass(frozen=True, slots=True)
class Trap:
    """One trap. `fates` are the ends that a URL may come to, as `state` or `state:reason`; `bounded` means that the
    crawl must end although the links do not.

    `path` is the address as linked; `also` are further (host, path) pairs that lead to the same. `age` is in hours
    before the start. `stored` is the key under which exactly one article must be stored, None when none may be.
    `url` and `also_urls` are filled in by a running site.
    """

    name: str
    host: str
    path: str
    fates: tuple[str, ...]
    what: str
    age: float
    shown: Shown = Shown.LISTING
    also: tuple[tuple[str, str], ...] = ()
    stored: str | None = None
    url: str = ""
    also_urls: tuple[str, ...] = ()

    @property
    def id(self) -> int | None:
        """The number in its path, None for the endless lists."""
        digits = self.path.rpartition("/")[2].partition(".")[0]
        return int(digits) if digits.isdigit() else None


# "суспільство", a section that no page of the site has.
_ODD_SECTION = "%D1%81%D1%83%D1%81%D0%BF%D1%96%D0%BB%D1%8C%D1%81%D1%82%D0%B2%D0%BE"
NOT_AN_ARTICLE = ("skipped:not-an-article", "parked:layout-changed", "parked:incomplete", "parked:not-whole")

TRAPS: tuple[Trap, ...] = (
    Trap(
        "many-addresses",
        "en",
        "/news/economic/1090001.html",
        ("stored",),
        "The same id answers on three hosts, under an odd section and as AMP, always in English: stored once.",
        0.5,
        Shown.EVERYWHERE,
        also=(
            ("uk", "/news/economic/1090001.html"),
            ("ru", f"/news/{_ODD_SECTION}/1090001-amp.html"),
            ("en", "/news/economic/1090001-amp.html"),
        ),
        stored="id:1090001",
    ),
    Trap(
        "future-event",
        "en",
        "/news/press-announcement/1090002.html",
        ("stored",),
        "The stamp of a press announcement is that of the event, three days ahead; published stands in head and feed.",
        2,
        Shown.EVERYWHERE,
        stored="id:1090002",
    ),
    Trap(
        "corrected",
        "en",
        "/news/general/1090003.html",
        ("stored",),
        "From the second GET on a paragraph differs, (Updated) closes the body and the ETag is new: two versions.",
        5,
        Shown.EVERYWHERE,
        stored="id:1090003",
    ),
    Trap(
        "no-reading-time",
        "uk",
        "/news/general/1090004.html",
        ("stored",),
        "The page says nothing of its reading time.",
        7,
        Shown.EVERYWHERE,
        stored="id:1090004",
    ),
    Trap(
        "credit-is-url",
        "en",
        "/news/telecom/1090005.html",
        ("stored",),
        "The photo credit is a bare URL; it is a credit and no link to follow.",
        9,
        Shown.EVERYWHERE,
        stored="id:1090005",
    ),
    Trap(
        "moved",
        "uk",
        "/news/general/1090006.html",
        ("skipped:duplicate", "stored"),
        "301 with a relative Location to an article that is also listed: that one is stored once.",
        30,
        stored="id:1090007",
    ),
    Trap(
        "moved-to",
        "uk",
        "/news/economic/1090007.html",
        ("stored",),
        "Where the moved article is now.",
        31,
        Shown.EVERYWHERE,
        stored="id:1090007",
    ),
    Trap(
        "known-by-old-address",
        "ru",
        "/news/general/1090008.html",
        ("skipped:duplicate", "stored"),
        "301 to an article that nothing else links to: it is stored under its own id.",
        33,
        stored="id:1090009",
    ),
    Trap(
        "leaves-the-site",
        "en",
        "/news/general/1090010.html",
        ("skipped:out-of-scope",),
        "301 to a host outside of the site, which must not be asked.",
        35,
    ),
    Trap("missing", "uk", "/news/general/1090011.html", ("skipped:gone",), "404.", 37),
    Trap("gone", "ru", "/news/general/1090012.html", ("skipped:gone",), "410.", 39),
    Trap(
        "heals",
        "en",
        "/news/pharmacy/1090013.html",
        ("stored",),
        "500 for the first two asks, then the article.",
        41,
        stored="id:1090013",
    ),
    Trap(
        "endless",
        "ru",
        "/news/economic/1090014.html",
        ("parked:body-too-large", "parked:too-many-attempts"),
        "A body that never ends, without a length.",
        43,
    ),
    Trap(
        "windows-1251-by-header",
        "uk",
        "/news/political/1090015.html",
        ("stored",),
        "windows-1251, said by the Content-Type header.",
        45,
        stored="id:1090015",
    ),
    Trap(
        "windows-1251-by-meta",
        "ru",
        "/news/political/1090016.html",
        ("stored",),
        "windows-1251, said only by a meta element.",
        47,
        stored="id:1090016",
    ),
    Trap(
        "broken-html",
        "en",
        "/news/general/1090017.html",
        ("stored",),
        "Unclosed and crossed elements, bare ampersands, no end of the body.",
        49,
        stored="id:1090017",
    ),
    Trap(
        "disallowed",
        "uk",
        "/news/drafts/1090018.html",
        ("skipped:robots",),
        "robots.txt forbids the path that a listing links to: never asked.",
        51,
    ),
    Trap(
        "tracked",
        "uk",
        "/news/telecom/1090019.html?utm_source=wire&utm_medium=box&fbclid=IwAR0demo#comments",
        ("stored",),
        "Linked only with tracking parameters: asked and stored without them.",
        53,
        stored="id:1090019",
    ),
    Trap(
        "pdf",
        "en",
        "/news/economic/1090020.html",
        ("skipped:not-html",),
        "A PDF under a name that ends in .html, honestly labelled.",
        55,
    ),
    Trap(
        "pdf-in-disguise",
        "uk",
        "/news/economic/1090021.html",
        ("skipped:not-html", "parked:unreadable", *NOT_AN_ARTICLE),
        "A PDF that claims to be text/html.",
        57,
    ),
    Trap(
        "empty",
        "ru",
        "/news/general/1090022.html",
        ("skipped:not-html", "parked:unreadable", *NOT_AN_ARTICLE),
        "200 with no body at all.",
        59,
    ),
    Trap(
        "too-many-requests",
        "ru",
        "/news/telecom/1090023.html",
        ("stored",),
        "429 with Retry-After: 1 for the first ask: the whole host rests for a second, then the article.",
        61,
        stored="id:1090023",
    ),
    Trap(
        "soft-404",
        "en",
        "/news/general/1090024.html",
        NOT_AN_ARTICLE,
        "200 with the furniture of an article and the words that nothing was found.",
        63,
    ),
    Trap(
        "only-in-sitemap",
        "uk",
        "/news/pharmacy/1090025.html",
        ("stored",),
        "Nothing links to it but the sitemap that robots.txt names.",
        65,
        Shown.SITEMAP,
        stored="id:1090025",
    ),
    Trap(
        "calendar",
        "en",
        "/news/archive/2031-01-01.html",
        ("bounded",),
        "An empty archive page whose pager leads to the next day, for ever.",
        0,
        Shown.PAGER,
    ),
    Trap(
        "endless-pager",
        "ru",
        "/news/archive.html",
        ("bounded",),
        "A listing that shows the same three articles on every page and always has a next page.",
        0,
        Shown.PAGER,
    ),
)

# Where `known-by-old-address` leads: (host, path).
ONLY_BY_REDIRECT = ("ru", "/news/pharmacy/1090009.html")
BY_NAME: dict[str, Trap] = {trap.name: trap for trap in TRAPS}
