"""URLs in one normal form (WHATWG, by ada): joining, canonical form, host and path pattern.

Nothing here raises, whatever text is given: what is not an absolute http or https URL becomes None or an empty text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from ada_url import join_url, normalize_url

from workers.core.errors import BadInput

MAX_LENGTH = 2_048
_MAX_SEGMENTS = 8

# Parameters that change no page of any site: where a reader came from, and whose session it is. A name that means
# something on one site only (id, ref, from, page, p, print) is none of them.
_TRACKING_PREFIXES = (
    *("utm_", "mc_", "hsa_", "_hs", "__hs", "pk_", "mtm_", "matomo_", "piwik_", "sfmc_", "relatedposts_"),
    *("at_medium", "at_campaign", "at_custom", "at_link", "at_ptr", "at_format", "at_creation", "at_variant", "at_bbc"),
    *("aspsessionid", "guce_referrer", "itm_", "ns_mchannel", "ns_campaign", "ns_source", "ns_linkname"),
)
_TRACKING = re.compile(
    r"_ga|_gl|_openstat|cmpid|dclid|ef_id|epik|fb_action_ids|fb_action_types|fb_ref|fb_source|fbclid|gad_source|gbraid"
    r"|gclid|gclsrc|gs_lcrp|igsh|igshid|li_fat_id|mkt_tok|msclkid|ncid|oly_anon_id|oly_enc_id|rb_clickid|s_cid|s_kwcid"
    r"|srsltid|ttclid|twclid|vero_id|wbraid|wickedid|yclid|ymclid|ysclid"
    r"|__twitter_impression|_branch_match_id|back_url|cftoken|dm_i|fb_comment_id|guccounter|jsessionid|mibextid|phpsessid"
    r"|ref_src|ref_url|replytocom|sfnsn|sphrase_id|wt_zmc|xtor"
    r"|dicbo|icid|intcmp|int_cmp|iref|itid|ocid|referer|referrer|smid|smtyp|tblci|traffic_source"
)
# Those that are such by their value only: a session's number, a button that was pressed, another form of the page.
_SESSION = re.compile(r"[0-9a-fA-F]{32}")
_BUTTON = re.compile(
    r"bluesky|email|facebook|jetpack-[a-z]+|linkedin|mastodon|pinterest|pocket|print|reddit|skype|telegram|threads|tumblr"
    r"|twitter|whatsapp|x"
)
_NEUTRAL = {
    **dict.fromkeys(("sid", "sessid", "sessionid", "session_id"), _SESSION),
    "share": _BUTTON,
    "outputtype": re.compile("amp"),
    "source": re.compile(r"[\w@.-]*-{3,}[\w@.-]*"),  # of Medium: which box of which page showed the link
}
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
_OCTET = re.compile(r"%(?:[a-f][0-9a-fA-F]|[0-9A-F][a-f])")
# An address as the WHATWG serialiser writes it. An `@` in the host part means credentials: no match.
_FORM = re.compile(r"(https?://)([^/?#@]+)(/[^?#]*)(?:\?([^#]*))?")
# What the parser changes nothing of: letters, digits and a few signs, no segment that begins with a dot, a name whose
# last part is letters (else it may be an address) and no port that could be the scheme's own.
_PLAIN_REST = r"/(?!/)(?:[A-Za-z0-9_~-][A-Za-z0-9_.~-]*+/?+)*+)(?:\?([A-Za-z0-9_.~=&-]*+))?\Z"
_PLAIN_PATH = re.compile(rf"({_PLAIN_REST}")
_PLAIN_URL = re.compile(
    rf"(https?://)((?!xn--)(?:[a-z0-9-]+\.(?!xn--))*+[a-z]{{2,}}(?::(?:[1-9]|[1-5][0-9])[0-9]{{3}})?)({_PLAIN_REST}"
)
_ROOT = re.compile(r"https?://[^/?#\\\s]+/")
# One dot only: the parser takes `1.` for an address, so what is left after a second dot could become one.
_TRAILING_DOT = re.compile(r"\.(?=:[0-9]+$|$)")
_CREDENTIALS = re.compile(r"[/\\]{2}[^/?#\\]*@")
_DIGITS = re.compile(r"[0-9]+")
_EXTENSION = re.compile(r"\.[a-z]{2,5}$")


class _Parts(NamedTuple):
    scheme: str
    host: str
    path: str
    query: str

    def __str__(self) -> str:
        return f"{self.scheme}{self.host}{self.path}{'?' if self.query else ''}{self.query}"


def join(base: str, href: str) -> str | None:
    """The absolute http or https URL of `href` on the page `base`, without fragment; None for anything else.

    URLs with credentials and URLs longer than 2,048 characters are refused too.
    """
    if len(href) > 2 * MAX_LENGTH:  # nor remembered: one may have megabytes
        return None
    # What is absolute leads to one place from everywhere, and what begins with a slash from every page of a host, so it
    # is remembered for all of them.
    if href.startswith(("https://", "http://")):
        return _joined("", href)
    return _joined(_root_of(base) if href.startswith("/") else base, href)


@lru_cache(maxsize=256)  # asked for each link of a page
def _root_of(base: str) -> str:
    root = _ROOT.match(base)
    return root[0] if root else base


@lru_cache(maxsize=4_096)  # the boxes of a site show the same links on every page
def _joined(base: str, href: str) -> str | None:
    plain = _plainly_joined(base, href)
    if plain is not None:
        return _bounded(plain)
    parts = _parsed(href, base)
    return _bounded(str(parts)) if parts else None


def _plainly_joined(base: str, href: str) -> str | None:
    """The address of what the parser would leave as it is, as nearly all is; None where that is not sure."""
    if not base:
        return href.removesuffix("?") if _PLAIN_URL.match(href) else None
    root = _parts(base) if _PLAIN_PATH.match(href) else None
    return f"{root.scheme}{root.host}{href.removesuffix('?')}" if root else None


def canonical(url: str) -> str | None:
    """The one form of a URL that we keep and fetch; None where `join` would give None.

    Tracking parameters, session numbers and the trailing dot of a host are dropped, and so is an empty query. The order
    of the other parameters is kept: a site writes its own links in one order, while sorting breaks signed links and
    shared caches.
    """
    parts = _parts(url)
    if parts is None:
        return None
    path = _SESSION_IN_PATH.sub("", parts.path) if ";" in parts.path else parts.path
    query = "&".join(part for part in parts.query.split("&") if part and not _is_tracking(part))
    return _bounded(str(parts._replace(path=path, query=query)))


def on_host(url: str, host: str) -> str:
    """The same address on another host (`host` or `host:port`)."""
    parts = _parts(url)
    return str(parts._replace(host=host)) if parts else url


def parameters_of(url: str) -> tuple[str, ...]:
    """The parameters as they are written, `name=value`, in their order."""
    parts = _parts(url)
    return tuple(part for part in parts.query.split("&") if part) if parts else ()


def without_parameters(url: str, dropped: Collection[str]) -> str:
    """The address without these parameters (`name=value`, or a name with every value)."""
    parts = _parts(url)
    if parts is None or not parts.query:
        return url
    kept = (p for p in parts.query.split("&") if p not in dropped and p.partition("=")[0] not in dropped)
    return str(parts._replace(query="&".join(kept)))


def without_credentials(text: str) -> str:
    """The text of an address, to be shown, without the user name and password that may stand before its host."""
    return _CREDENTIALS.sub("//", text)


def host_of(url: str) -> str:
    """`host` or `host:port` in lower case, the port only where it is not the scheme's own; "" when there is none."""
    parts = _parts(url)
    return parts.host if parts else ""


def name_above(host: str) -> str:
    """The name right above that of a `host` or `host:port`, with its port; "" for one that has none, as a number."""
    name = host.partition(":")[0].replace(".", "")
    return "" if name.isdigit() or host.startswith("[") else host.partition(".")[2]


def path_of(url: str) -> str:
    """The path in normal form, beginning with a slash; "" when this is no http or https URL."""
    parts = _parts(url)
    return parts.path if parts else ""


def pattern_of(url: str) -> str:
    """The URL's path with numbers as `#` and long words as `*`, and the names of its parameters.

    Pages of one kind share a pattern, so a budget for each pattern bounds calendars and other endless spaces.
    """
    parts = _parts(url)
    if parts is None:
        return ""
    segments = parts.path.split("/")[1:]
    folded = [_fold(segment) for segment in segments[:_MAX_SEGMENTS]] + ["…"] * (len(segments) > _MAX_SEGMENTS)
    names = sorted({_fold(part.partition("=")[0]) for part in parts.query.split("&") if part})
    return "/" + "/".join(folded) + ("?" + "&".join(names[:_MAX_SEGMENTS]) if names else "")


@lru_cache(maxsize=1_024)  # what is asked of one URL is asked in one go
def _parts(url: str) -> _Parts | None:
    return _split(url)


def _split(url: str) -> _Parts | None:
    if len(url) > 2 * MAX_LENGTH:
        return None
    form = _PLAIN_URL.match(url)
    return _Parts(*form.groups(default="")) if form else _parsed(url)


def _parsed(url: str, base: str = "") -> _Parts | None:
    try:
        form = _FORM.match(join_url(base, url) if base else normalize_url(url))
    except ValueError:  # a lone surrogate is one too
        return None
    if form is None:
        return None
    scheme, host, path, query = form.groups(default="")
    if _OCTET.search(path) or _OCTET.search(query):  # one octet, one way to write it (RFC 3986, 6.2.2.1)
        path, query = _OCTET.sub(_in_capitals, path), _OCTET.sub(_in_capitals, query)
    host = _TRAILING_DOT.sub("", host)
    named = host and host[0] != ":" and not _TRAILING_DOT.search(host)
    return _Parts(scheme, host, path, query) if named else None


def _bounded(href: str) -> str | None:
    return href if len(href) <= MAX_LENGTH else None


def _in_capitals(octet: re.Match[str]) -> str:
    return octet[0].upper()


def _is_tracking(part: str) -> bool:
    name, _, value = part.partition("=")
    name = unquote(name).lower()
    if name.startswith(_TRACKING_PREFIXES) or _TRACKING.fullmatch(name):
        return True
    return name in _NEUTRAL and _NEUTRAL[name].fullmatch(value) is not None


def _fold(segment: str) -> str:
    extension = _EXTENSION.search(segment)
    stem, tail = (segment[: extension.start()], extension.group()) if extension else (segment, "")
    long = len(stem) > 24 or stem.count("-") + stem.count("_") > 3 or "%" in stem
    return ("*" if long else _DIGITS.sub("#", stem)) + tail


def refuse_credentials(text: str) -> None:
    """BadInput, without the password, for an address that has one."""
    address = text if "://" in text or text.startswith(("http:", "https:")) else f"https://{text}"
    if (plain := without_credentials(address)) != address:
        raise BadInput(f"An address with a user name or a password is not fetched. Give it without them: {plain}")
