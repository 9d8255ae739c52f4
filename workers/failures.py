"""What every task is wrapped in: failures of the outside end the task with a log line, never the worker.

What should not happen is Celery's to log; it is noted too, so that who started the workers is told.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable
from typing import ParamSpec

import structlog

from workers import measure
from workers.adapters.broker import is_away
from workers.adapters.losses import NOT_ITS_OWN
from workers.adapters.redis import REDIS_ERRORS
from workers.core.errors import BadInput, BadMessage, Unavailable
from workers.wiring import room

P = ParamSpec("P")
_LONGEST_REASON = 500
log = structlog.get_logger("wireroom")
_broken: set[str] = set()  # the tasks whose last run in this process broke down


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
        except NOT_ITS_OWN:  # its time is over
            raise
        except Exception as error:
            if is_away(error):
                log.warning("service.away", stage=stage, why=f"Redis or the broker: {error}")
                return
            _broken.add(stage)
            with contextlib.suppress(Unavailable, *REDIS_ERRORS):
                room().breakdowns.note(stage, f"{type(error).__name__}: {error}"[:_LONGEST_REASON])
            raise
        else:
            _well(stage)

    return run


def _well(stage: str) -> None:
    if stage in _broken:
        _broken.discard(stage)
        with contextlib.suppress(Unavailable, *REDIS_ERRORS):
            room().breakdowns.over(stage)


def refused(stage: str, why: str) -> None:
    """Log and count a message that is none of ours; `wireroom status` shows how many there were."""
    log.warning("message.refused", stage=stage, why=why)
    measure.refused(stage)
    with contextlib.suppress(Unavailable, *REDIS_ERRORS):  # it was logged
        room().refusals.note()
