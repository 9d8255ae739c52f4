"""The console: a web page and a JSON API over the ledger. Start at app.py; `wireroom console` serves it.

app.py          the ASGI app: routes, what becomes of errors
access.py       who may ask: Host, token, forgery, and the headers of every answer
login.py        logging in with the token, and out
desk.py         what the handlers work with
wire.py         the live wire: the ledger's news, as server-sent events
pages.py        the pages, by the templates/ and static/ beside this file
templating.py   pages from templates: values escaped, and shown as people read them
stories.py      the story that an article belongs to
arcs.py         the story over time, as a picture
charts.py       what the charts of the pipeline show
raw.py          the page as it was fetched
api/            the JSON API, a module for each thing
metrics.py      /metrics, as Prometheus reads it
health.py       whether the console is well
serve.py        the server
"""
