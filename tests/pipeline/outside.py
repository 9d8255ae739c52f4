"""The Celery app for which 127.0.0.1 is the open internet and any port is one of the web's.

So a local server can stand for a site on the internet, while every other inner address is refused as it always is.
"""

from __future__ import annotations

import workers.tasks  # noqa: F401  # registers the tasks
from workers.adapters import addresses
from workers.celery import app

__all__ = ["app"]

_is_public = addresses.is_public
addresses.PUBLIC_PORTS = frozenset(range(65_536))
addresses.is_public = lambda address: address == "127.0.0.1" or _is_public(address)
