"""The timetable of an embedded command: Celery's own beat in a thread, so that it ends when the command does."""

from __future__ import annotations

import logging
import threading

log = logging.getLogger(__name__)


class Beat:
    """Celery beat in a thread of this process. It is a daemon thread: it never keeps the command from ending."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start ticking."""
        self._thread = threading.Thread(target=self._run, name="beat", daemon=True)
        self._thread.start()

    def look_after(self) -> bool:
        """Start it again if it has ended; True when it had to be. Without a beat a crawl stands still."""
        if self._thread is None or self._thread.is_alive():
            return False
        self.start()
        return True

    def _run(self) -> None:
        from workers.celery import beat
        from workers.publish import fetch

        try:
            fetch()  # at once: the timetable's first tick is a second away
            beat()
        except Exception as error:  # noqa: BLE001  # whatever it was: the command starts it again
            log.warning("the beat ended: %s", error)
