"""The console: a web page and a JSON API over the ledger. Start at app.py; `wireroom console` serves it.

app.py      the ASGI app: routes, what becomes of errors
guard.py    who may ask: Host, token, forgery, and the headers of every answer
desk.py     what the handlers work with
wire.py     the live wire: the ledger's news, as server-sent events
pages.py    the pages, by the templates/ and static/ beside this file
api/        the JSON API, a module for each thing
serve.py    the server
"""
