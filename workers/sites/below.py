"""Hosts below a site's name, as sections have them: `sport.news.example` is of `news.example`, and shows its news."""

from __future__ import annotations

import re

from workers.core.urls import host_of

# Other forms of the same pages, and what holds no pages that are read: files, forms, forums and shops.
_NO_NEWS = re.compile(
    r"(?:m|mobile?|amp|wap|touch|lite|print|static|assets|cdn|img|images?|files|download|api|ads?|track(?:ing)?|stats"
    r"|login|auth|sso|account|accounts|my|id|abo|shop|store|(?:web)?mail|email|admin|cms|dev|test|staging"
    r"|secure|regist(?:er|ro|ration)|sign(?:in|up)|help|support|status|docs?|forums?|foren|community"
    r"|jobs?|careers?|coupons?|gutscheine)\d{0,2}"
)


def is_below(url: str, name: str) -> bool:
    """True where the URL's host lies below this name (`host` or `host:port`)."""
    return name != "" and host_of(url).endswith(f".{name}")


def may_show_news(url: str, name: str) -> bool:
    """True where its host is one right below this name that may show news."""
    first = host_of(url).removesuffix(f".{name}") if is_below(url, name) else ""
    return first != "" and "." not in first and _NO_NEWS.fullmatch(first) is None
