"""What the handlers of one console work with: the ledger, the settings, the sites, the live wire and its charts."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import Depends, Request

from workers.adapters.redis import Redis, connect
from workers.console.charts import Charts
from workers.console.wire import Wire
from workers.core.changes import Comparisons
from workers.figures import Gatherer
from workers.ledger import Ledger
from workers.settings import Settings
from workers.wiring import Room


class Desk:
    """The open resources of a console. The ledger is the truth; Redis only says sooner that there is news."""

    def __init__(self, knobs: Settings, ledger: Ledger) -> None:
        self.settings = knobs
        self.ledger = ledger
        self.wire = Wire(ledger, self.redis)
        self.charts = Charts(ledger)
        self.comparisons = Comparisons()
        self.gatherer = Gatherer(lambda: ledger, knobs)
        # The forgery token of a console that asks for none to log in: new with every start.
        self.secret = secrets.token_bytes(32)
        # The room of a worker knows which site a URL belongs to, and reads the sites again when they change.
        self.room = Room(knobs)
        self.room.__dict__["ledger"] = ledger

    def redis(self) -> Redis:
        """A client of Redis; whoever uses it lives with its being away."""
        return connect(self.settings.redis_url)


def desk_of(request: Request) -> Desk:
    """The desk of the app that was asked."""
    desk: Desk = request.app.state.desk
    return desk


TheDesk = Annotated[Desk, Depends(desk_of)]
