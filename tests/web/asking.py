"""Who asks in the tests of the web, and how."""

from __future__ import annotations

from collections.abc import Callable

from workers.core.page import Page

AGENT = "wireroom-test/1.0 (+https://example.org/bot)"

# GETs a path of the site, or a whole URL; the fixture `get` is one.
Get = Callable[..., Page]
