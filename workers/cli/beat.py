"""The timetable of an embedded command: Celery's own beat in a thread, so that it ends when the command does."""

from __future__ import annotations

import threading


class Beat:
    """Celery beat in a thread of this process. It is a daemon thread: it never keeps the command from ending."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start ticking."""
        self._thread = threading.Thread(target=self._run, name="beat", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        from workers.celery import beat

        beat()
