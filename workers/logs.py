"""Log lines: constant events with data as keywords, as text or JSON, with nothing in them that a terminal obeys."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

from workers.core.steering import visible

LONGEST = 1_000
# A traceback names its error at its end, so that is what is kept of a long one; some thirty of its calls.
LONGEST_TRACEBACK = 4_000

Event = MutableMapping[str, Any]


def configure_logs(form: str, level: str) -> None:
    """Send the logs of this process, our own and those of the libraries, to standard error in one form."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    render = structlog.processors.JSONRenderer() if form == "json" else _as_text
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _tame,
                render,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Celery names every task twice at INFO; what matters of them we log ourselves.
    for noisy in ("celery.worker.strategy", "celery.app.trace", "celery.beat", "httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))


def _tame(logger: object, name: str, event: Event) -> Event:
    return {key: _end_of(value) if key == "exception" else _safe(value) for key, value in event.items()}


def _end_of(traceback: Any) -> Any:
    """The last calls and the error. A line is cut first, or what one error says would leave no room for its name."""
    if not isinstance(traceback, str):
        return traceback
    lines = [line if len(line) <= LONGEST else line[:LONGEST] + "…" for line in traceback.splitlines()]
    text = "\n".join(lines)
    return visible(text if len(text) <= LONGEST_TRACEBACK else "…" + text[-LONGEST_TRACEBACK:])


def _safe(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cut = value if len(value) <= LONGEST else value[:LONGEST] + "…"
    return visible(cut)


def _as_text(logger: object, name: str, event: Event) -> str:
    head = f"{event.pop('timestamp')} {event.pop('level', 'info'):7} {event.pop('event')}"
    return " ".join([head, *(f"{key}={value!r}" for key, value in event.items() if not key.startswith("_"))])
