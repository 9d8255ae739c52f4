"""The Celery app: queues, timetable, serializer, limits.

    celery -A workers worker -Q fetch
    celery -A workers worker -Q discover,parse,sink
    celery -A workers beat

A message is a hint that carries only work that may run now; losing it, or receiving it twice, changes nothing but the
time of arrival (the ledger is the truth). That is why no result, no retry and no countdown of Celery is used.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from celery import Celery, signals
from celery.beat import Service
from celery.schedules import schedule
from celery.utils.nodenames import host_format
from kombu.entity import Exchange, Queue

from workers.adapters.beat import look_before_sending
from workers.adapters.broker import guard_closed_connections, guard_lost_acknowledgements
from workers.adapters.consumer import guard_against_strangers
from workers.adapters.heartbeat import Heartbeat, watch_beat
from workers.adapters.losses import watch_losses
from workers.adapters.pool import end_quickly_with_parent
from workers.adapters.processes import bound_memory, tether
from workers.adapters.redis import SOCKET_SECONDS, read_version_once
from workers.adapters.shutdown import bound_the_last_wait, end_beat_in_time
from workers.core.errors import BadInput
from workers.core.steering import visible
from workers.core.work import STAGES
from workers.failures import refused
from workers.garbage import look_rarely
from workers.logs import configure_logs
from workers.losses import process_lost
from workers.settings import Settings, settings
from workers.telling import tell_metrics
from workers.timetable import is_idle

# A timed message that waited longer than this is dropped: the next one says the same. It is far longer than clocks of
# two machines may differ, since Celery compares the sender's clock with the receiver's.
EXPIRES = 900


def configure(app: Celery, knobs: Settings) -> None:
    """Set every Celery option that we do not leave at its default, with the reason where it is not plain."""
    app.conf.update(
        broker_url=knobs.celery_broker,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,  # the default gives up after 100 tries; a broker may be away for an hour
        broker_pool_limit=2,
        broker_transport_options={
            "visibility_timeout": 300,
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            "unacked_mutex_expire": 30,
            # publishing to a frozen broker hangs without it; a call is made of several tries, each with a connection
            "socket_timeout": SOCKET_SECONDS,
            "socket_connect_timeout": SOCKET_SECONDS,
            "retry_on_timeout": False,
        },
        # results: none, the ledger knows
        task_ignore_result=True,
        result_backend=None,
        # JSON only: a pickled message must never be loaded
        task_serializer="json",
        accept_content=["json"],
        worker_consumer="workers.adapters.consumer:CarefulConsumer",
        # queues
        task_queues=[Queue(name, Exchange(name), routing_key=name) for name in STAGES],
        task_default_queue="discover",
        task_create_missing_queues=False,
        task_routes={
            **{name: {"queue": name} for name in STAGES},
            **{name: {"queue": "discover"} for name in knobs.timetable},
        },
        task_publish_retry_policy={"max_retries": 2, "interval_start": 0.1, "interval_step": 0.3, "interval_max": 1},
        # one message at a time, given back when its worker is stopped before it is done
        worker_prefetch_multiplier=1,
        task_acks_late=True,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_soft_shutdown_timeout=6.0,  # what a SIGQUIT, or a second Ctrl-C, still waits
        # a page may hang a parser in C code, where only the end of its process helps
        task_time_limit=120,
        task_soft_time_limit=110,
        worker_max_tasks_per_child=2_000,
        worker_max_memory_per_child=400_000,  # KiB
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        # in memory: the ledger knows what is due, a lost file costs nothing
        beat_scheduler="workers.adapters.beat:LookingScheduler",
        beat_schedule=timetable(knobs),
        timezone="UTC",
    )


def timetable(knobs: Settings) -> dict[str, dict[str, object]]:
    """What beat sends and how often, in seconds. Every entry may be sent twice or late without harm."""
    return {
        name: {
            "task": name,
            "schedule": schedule(timedelta(seconds=seconds), nowfun=_now),
            "options": {"expires": EXPIRES, "queue": "discover"},
        }
        for name, seconds in knobs.timetable.items()
    }


def _now() -> datetime:
    """Celery's own clock looks up the rules of the time zone at each question, of which each tick has a dozen."""
    return datetime.now(UTC)


def _make_app() -> Celery:
    app = Celery("wireroom", include=["workers.tasks"])
    try:
        configure(app, settings())
        tell_metrics(settings())
    except BadInput as error:  # `celery -A workers …` would show a traceback
        sys.stderr.write(f"wireroom: {visible(str(error))}\n")
        raise SystemExit(2) from None
    app.conf.wireroom_heartbeat = settings().heartbeat
    app.steps["consumer"].add(Heartbeat)
    watch_beat(settings().heartbeat)
    guard_closed_connections()
    guard_lost_acknowledgements()
    read_version_once()
    end_quickly_with_parent()
    bound_the_last_wait()
    end_beat_in_time()
    look_before_sending(is_idle)
    guard_against_strangers(refused)
    watch_losses(process_lost)
    return app


@signals.setup_logging.connect
def _logs(**_: object) -> None:
    configure_logs(settings().log_format, settings().log_level)


@signals.celeryd_after_setup.connect
def _keep(**_: object) -> None:  # before the processes are forked
    look_rarely()


@signals.worker_process_init.connect
def _bound(**_: object) -> None:
    bound_memory(settings().process_memory)


@signals.worker_init.connect
def _tether(**_: object) -> None:
    tether()


app = _make_app()


def serves(stage: str) -> bool:
    """True in a process whose worker takes the messages of that stage too."""
    return stage in app.amqp.queues.consume_from


def work(node: str, queues: str, processes: int, without: Iterable[str]) -> int:
    """Be the worker that `celery worker` is with these options, until it is stopped; its exit code.

    Celery's command is left out: its modules, a prompt among them, hold 8 MB in each worker.
    """
    options = dict.fromkeys(without, True)
    worker = app.Worker(
        hostname=host_format(node), queues=queues, concurrency=processes, loglevel=logging.INFO, **options
    )
    worker.start()
    return int(worker.exitcode or 0)


def beat() -> None:
    """Send the timetable until the process ends; for a command that is its own beat."""
    Service(app, scheduler_cls=app.conf.beat_scheduler).start()  # its default keeps a file in the working folder
