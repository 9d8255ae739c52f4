"""What every task is wrapped in: failures of the outside end the task with a log line, never the worker."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable
from typing import ParamSpec

import structlog

from workers import measure
from workers.adapters.broker import BROKER_ERRORS
from workers.adapters.redis import REDIS_ERRORS
from workers.core.errors import BadInput, BadMessage, Unavailable
from workers.wiring import room

P = ParamSpec("P")
log = structlog.get_logger("wireroom")


def contained(task: Callable[P, None]) -> Callable[P, None]:
    """A bad message is refused; a service that is away ends the task, and the ledger hands its work out again."""

    @functools.wraps(task)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        stage = task.__name__
        try:
            task(*args, **kwargs)
        except BadMessage as error:
            refused(stage, str(error))
        except MemoryError:
            # Celery would raise it again in the worker's first process, and end all the others with it.
            log.error("memory.short", stage=stage)
        except (Unavailable, BadInput) as error:
            log.warning("service.away", stage=stage, why=str(error))
        except (*REDIS_ERRORS, *BROKER_ERRORS) as error:
            log.warning("service.away", stage=stage, why=f"Redis or the broker: {error}")

    return run


def refused(stage: str, why: str) -> None:
    """Log and count a message that is none of ours; `wireroom status` shows how many there were."""
    log.warning("message.refused", stage=stage, why=why)
    measure.refused(stage)
    with contextlib.suppress(Unavailable, *REDIS_ERRORS):  # it was logged
        room().refusals.note()
