"""The map of the package.

    cli/        the commands                                       wireroom crawl, ingest, articles, …
    console/    the web page and the JSON API                      wireroom console
    celery.py   the Celery app: queues, timetable, limits          celery -A workers worker -Q fetch
    tasks.py    the pipeline on one screen
    stages/     what we do: discover, fetch, parse, sink           plain functions
    ledger/     the SQL truth: frontier, hosts, articles
    adapters/   the outside world, a file per technology           http, robots, redis, valkey, warc
    sites/      what we read: profiles, readers, the generic reader
    core/       what we talk about: article, link, page, work, errors
    demo/       the demo site: a real HTTP server on loopback

What joins them:

    settings.py   every knob, read once
    wiring.py     what one process works with: settings, ledger, Redis, sites
    target.py     what a crawl is aimed at: a site, and the URLs that it begins with
    fetching.py   the fetch stage with its hands: ledger, HTTP, hand-off, queue
    handing.py    from fetched pages to messages for parse
    pipeline.py   what the tasks do with the ledger and the caches
    publish.py    messages to the stages
    timetable.py  beat looks into the ledger before it wakes a worker
    failures.py   what every task is wrapped in: a failure ends the task, never the worker
    losses.py     a process that died with a batch: its leases end at once
    measure.py    what happens in a stage, counted and traced
    figures.py    what the ledger and Redis hold, as metrics
    telling.py    a worker serves its metrics
    logs.py       log lines, as text or JSON
    health.py     python -m workers.health: does this worker work?
    garbage.py    how rarely Python looks for garbage

Imports run one way: cli, console, celery, tasks → stages, ledger, adapters → sites → core.
"""
