"""What workers note in Redis or Valkey for people who look: refused messages, timed tasks, tasks that break."""

from __future__ import annotations

import time
from typing import Any

import redis

from workers.core.work import STAGES

_TASKS = (*STAGES, "sweep", "revisit", "nudge")


class Refusals:
    """Counts the queue's messages that were refused, until the sweep takes the count into the ledger."""

    KEY = "wireroom:refused"

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def note(self) -> None:
        """One more."""
        self._client.incr(self.KEY)

    def take(self) -> int:
        """How many there were since the last time."""
        return int(self._client.getdel(self.KEY) or 0)


class Rounds:
    """When each timed task was last done, by the clock of the machine that did it; for people who look."""

    KEY = "wireroom:rounds"

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def note(self, name: str) -> None:
        """It was done just now."""
        self._client.hset(self.KEY, name, f"{time.time():.3f}")

    def last(self) -> dict[str, float]:
        """Task → seconds since 1970."""
        found: Any = self._client.hgetall(self.KEY)
        return {name.decode(): float(at) for name, at in found.items()}


class Breakdowns:
    """Why tasks last failed of what should not happen. Each is forgotten a minute after its last failure."""

    KEY = "wireroom:breakdown:"
    SECONDS = 60

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def note(self, task: str, why: str) -> None:
        """The task failed just now."""
        self._client.set(self.KEY + task, why, ex=self.SECONDS)

    def over(self, task: str) -> None:
        """The task is well again."""
        self._client.delete(self.KEY + task)

    def last(self) -> dict[str, str]:
        """Task → why it failed."""
        found: Any = self._client.mget([self.KEY + task for task in _TASKS])
        return {task: why.decode() for task, why in zip(_TASKS, found, strict=True) if why is not None}
