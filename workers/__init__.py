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

Imports run one way: cli, console, celery, tasks → stages, ledger, adapters → sites → core.
"""
