"""`wireroom read`: saved pages to articles on standard output; stores nothing."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from workers.adapters.files import HTML, STDIN, read_saved, saved_files, urls_from, urls_of
from workers.cli.exits import PROBLEMS
from workers.cli.output import print_json
from workers.core.article import Article
from workers.core.dates import as_written
from workers.core.errors import BadInput, WireroomError
from workers.core.steering import visible as safe
from workers.garbage import look_rarely
from workers.sites.careful import libraries
from workers.sites.read import read_anyway

# A page that nobody knows the address of can be read all the same.
UNKNOWN = "https://unknown.invalid/page"
LARGEST = 100_000_000


def read(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Saved pages (.html, .html.gz, .mhtml) or folders of them; - is standard input."),
    ],
    url_from: Annotated[
        Path | None,
        typer.Option(help="JSON lines with `file` (its name, or the end of its path) and `url` for each file."),
    ] = None,
    careful: Annotated[bool, typer.Option("--careful", help="Ask other libraries too; takes more CPU.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line for each page.")] = False,
) -> None:
    """Read saved pages and print their articles.

    For a page that is not a whole article the reason is shown; with --jsonl also what was found on it all the same.
    The exit code is 0 when there was an article, 1 when there was none or a file was missing, 2 when there was
    nothing to read.

    Examples:

      wireroom read page.html

      wireroom read pages/ --url-from urls.jsonl --jsonl

      curl -s https://example.org/news/1.html | wireroom read -
    """
    files, missing = _files(paths)
    urls = urls_of(files, urls_from(url_from) if url_from else {})
    if careful:
        libraries()
    look_rarely()
    articles = 0
    for path in files:
        try:
            found = read_file(path, urls.get(path), careful=careful)
        except BadInput as error:
            missing.append(str(error))
            continue
        articles += "reason" not in found
        if jsonl:
            print_json(found)
        else:
            typer.echo(_as_text(found))
    for sentence in missing:
        typer.echo(f"wireroom: {safe(sentence)}", err=True)
    if missing or not articles:
        raise typer.Exit(PROBLEMS)


def _files(paths: Sequence[Path]) -> tuple[list[Path], list[str]]:
    """The files to read, and a sentence for each path that is not there; BadInput where there is nothing to read."""
    files: list[Path] = []
    missing: list[str] = []
    for path in dict.fromkeys(paths):
        try:
            files += [STDIN] if path == STDIN else saved_files([path], HTML)
        except BadInput as error:
            missing.append(str(error))
    if not files:
        raise BadInput(" ".join(missing) or "There is nothing to read: no .html or .html.gz file was found there.")
    return files, missing


def read_file(path: Path, url: str | None, *, careful: bool = False) -> dict[str, Any]:
    """One page's article as plain data; `cpu_ms` is what the reading took, and finding the page's own address.

    Where the page is no whole article, its `reason` and `detail`, beside what was found all the same. BadInput where
    the file cannot be read.
    """
    started = time.process_time()
    try:
        page = read_saved(path, url, LARGEST, otherwise=UNKNOWN)
        article, flaw = read_anyway(page.body, page.url, careful=careful)
    except BadInput:
        raise
    except WireroomError as error:
        return {"file": path.name, "cpu_ms": _since(started), "reason": error.reason, "detail": str(error)}
    told = {"reason": flaw.reason, "detail": str(flaw)} if flaw else {}
    return {"file": path.name, "cpu_ms": _since(started), **told, **as_data(article)}


def as_data(article: Article) -> dict[str, Any]:
    """The article's fields; dates in the offset that the page wrote, the body as text and as blocks."""
    data = article.model_dump(mode="json", exclude={"body", "published", "modified", "event"})
    moments = {"published": article.published, "modified": article.modified, "event": article.event}
    data |= {name: as_written(moment) if moment else None for name, moment in moments.items()}
    blocks = [{"kind": str(block.kind), "text": block.text} for block in article.body]
    return data | {"body": article.text, "blocks": blocks}


def _since(started: float) -> float:
    return round((time.process_time() - started) * 1000, 3)


def _as_text(found: dict[str, Any]) -> str:
    if "reason" in found:
        return safe(f"{found['file']}: {found['detail']}")
    line = " · ".join(filter(None, (found["published"], ", ".join(found["authors"]), found["section"], found["url"])))
    return "\n".join(
        (safe(found["headline"]), safe(line), "", *(safe(block["text"]) + "\n" for block in found["blocks"]))
    )
