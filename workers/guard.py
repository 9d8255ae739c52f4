"""What every task is wrapped in: failures of the outside end the task with a log line, never the worker."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec

import structlog

from workers.adapters.broker import BROKER_ERRORS
from workers.adapters.redis import REDIS_ERRORS
from workers.core.errors import BadInput, BadMessage, Unavailable

P = ParamSpec("P")
log = structlog.get_logger("wireroom")


def guarded(task: Callable[P, None]) -> Callable[P, None]:
    """A bad message is refused; a service that is away ends the task, and the ledger hands its work out again."""

    @functools.wraps(task)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        stage = task.__name__
        try:
            task(*args, **kwargs)
        except BadMessage as error:
            log.warning("message.refused", stage=stage, why=str(error))
        except (Unavailable, BadInput) as error:
            log.warning("service.away", stage=stage, why=str(error))
        except (*REDIS_ERRORS, *BROKER_ERRORS) as error:
            log.warning("service.away", stage=stage, why=f"Redis or the broker: {error}")

    return run
