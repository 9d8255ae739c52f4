"""`wireroom articles`: list, show, search and export what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from workers.cli import options
from workers.cli.article import as_dict, find, print_article
from workers.cli.exits import PROBLEMS
from workers.cli.output import exactly, moment, print_json, print_line, print_result, print_table
from workers.cli.save import save
from workers.cli.versions import print_versions
from workers.core.errors import BadInput
from workers.core.exports import FORMATS
from workers.core.since import point_in_time
from workers.ledger import ArticleRow, Removed, Which

articles = typer.Typer(
    no_args_is_help=True, add_completion=False, help="List, show, search, export and delete stored articles."
)


class Format(StrEnum):
    """The forms of core/exports.py."""

    JSONL = "jsonl"
    CSV = "csv"
    NINJS = "ninjs"
    JSON_LD = "json-ld"


Section = Annotated[str | None, typer.Option(help="Only of this section, as written on the page.")]
Tag = Annotated[str | None, typer.Option(help="Only with this tag.")]
Language = Annotated[str | None, typer.Option(help="Only in this language: en, uk, …")]
Since = Annotated[str | None, typer.Option(help="Published at or after: 2026-03-04, 2026-03-04T10:05, 12h, 3d.")]
Until = Annotated[str | None, typer.Option(help="Published before; forms as for --since.")]
Group = Annotated[
    int | None, typer.Option(callback=options.ids, help="Only the copies of one text: the group of `show`.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without, it only says what it would delete.")]
Limit = Annotated[int, typer.Option(min=1, max=10_000, help="Maximum number of rows.")]
After = Annotated[int | None, typer.Option(callback=options.ids, help="Go on after the article of this id.")]


@articles.command("list")
def list_(
    site: options.Site = None,
    section: Section = None,
    tag: Tag = None,
    language: Language = None,
    since: Since = None,
    until: Until = None,
    group: Group = None,
    limit: Limit = 20,
    after: After = None,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """The articles stored last.

    Examples:

      wireroom articles list --since 12h --section Economy

      wireroom articles list --json | jq -r .url
    """
    which = Which(site, section, tag, language, options.since(since), options.since(until), group=group)
    with options.open_ledger(state) as ledger:
        _print_rows(ledger.articles(which, limit=limit, after=after), as_json=as_json)


@articles.command()
def search(
    words: Annotated[list[str], typer.Argument(help="All of them must occur; '\"a phrase\"'; -word after --.")],
    site: options.Site = None,
    language: Language = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 20,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """Articles that hold all these words, the last stored first.

    Examples:

      wireroom articles search grain harvest

      wireroom articles search -- '"steel works"' -scrap
    """
    which = Which(
        site, language=language, since=options.since(since), until=options.since(until), query=" ".join(words)
    )
    with options.open_ledger(state) as ledger:
        _print_rows(ledger.articles(which, limit=limit), as_json=as_json)


@articles.command()
def show(
    name: Annotated[
        str, typer.Argument(help="Id, key or URL of the article; its id where several sites have the key.")
    ],
    versions: Annotated[
        bool, typer.Option("--versions", help="Its versions, and what each changed, word by word.")
    ] = False,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """One article: its text, its fields with where each came from, its boxes.

    Examples:

      wireroom articles show 17

      wireroom articles show 17 --versions

      wireroom articles show https://en.interfax.com.ua/news/economic/1098765.html --json
    """
    with options.open_ledger(state) as ledger:
        found = find(ledger, name)
        alike = ledger.articles(Which(group=found.row.group), limit=20) if found.row.copies > 1 else []
    if as_json:
        print_json(as_dict(found))
    elif versions:
        print_versions(found)
    else:
        print_article(found, [row for row in alike if row.id != found.row.id])


@articles.command()
def export(
    form: Annotated[Format, typer.Option("--format", "-f", help="One article a line in each.")] = Format.JSONL,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; without it, stdout.")] = None,
    site: options.Site = None,
    section: Section = None,
    tag: Tag = None,
    language: Language = None,
    since: Since = None,
    until: Until = None,
    query: Annotated[str | None, typer.Option(help="Only what holds these words.")] = None,
    state: options.State = None,
) -> None:
    """All articles that fit, in the order of their storing; the newest version of each.

    Examples:

      wireroom articles export -f csv -o articles.csv

      wireroom articles export -f ninjs --since 24h > today.ninjs.jsonl
    """
    if output is not None and output.is_dir():
        raise BadInput(f"{output} is a folder. Name a file: --output {output / 'articles'}.{form}")
    which = Which(site, section, tag, language, options.since(since), options.since(until), query)
    with options.open_ledger(state) as ledger:
        save(FORMATS[form](ledger.iterate_exports(which)), output)


@articles.command()
def delete(
    names: Annotated[list[str], typer.Argument(help="Id, key or URL of each article.")],
    yes: Yes = False,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """Delete articles: text, versions, links, kept pages. Their URLs are not fetched again unless asked for by hand.

    Examples:

      wireroom articles delete 17 18 --yes

      wireroom articles delete https://en.interfax.com.ua/news/economic/1098765.html --yes
    """
    with options.open_ledger(state) as ledger:
        found = {article.row.id: article.row for article in (find(ledger, name) for name in names)}
        _must_be_meant(yes, f"{len(found)} article(s): " + "; ".join(row.headline for row in found.values()))
        _print_removed(ledger.delete_articles(found), as_json=as_json)


@articles.command()
def prune(
    older_than: Annotated[str, typer.Option(help="Stored first before: 365d, 52w, or a date like 2026-03-04.")],
    yes: Yes = False,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """Delete all articles that were stored long ago, batch by batch, while the workers go on.

    Examples:

      wireroom articles prune --older-than 365d --yes
    """
    before = point_in_time(older_than)
    with options.open_ledger(state) as ledger:
        _must_be_meant(yes, f"{ledger.older_articles(before)} article(s)")
        _print_removed(ledger.prune_articles(before), as_json=as_json)


def _must_be_meant(yes: bool, what: str) -> None:
    if not yes:
        raise BadInput(f"This would delete {what}. Nothing was deleted; say --yes if it shall be.")


def _print_removed(removed: Removed, *, as_json: bool) -> None:
    said = [f"{removed.articles} article(s) deleted."]
    if removed.on_their_way:
        said.append(
            f"{removed.on_their_way} left: their pages are on their way just now. Pause the site or wait a minute, "
            "then delete them again."
        )
    print_result({"deleted": removed.articles, "left": removed.on_their_way}, *said, as_json=as_json)
    if removed.on_their_way:
        raise typer.Exit(PROBLEMS)


def _print_rows(rows: Sequence[ArticleRow], *, as_json: bool) -> None:
    if as_json:
        for row in rows:
            print_json(_row_as_dict(row))
    elif rows:
        table = [(row.id, moment(row.published), row.site, row.section, row.versions, row.headline) for row in rows]
        print_table(("#id", "published (UTC)", "site", "section", "#versions", "headline"), table, wide="headline")
    else:
        print_line("No article fits.")


def _row_as_dict(row: ArticleRow) -> dict[str, Any]:
    return {**asdict(row), **{name: exactly(getattr(row, name)) for name in ("published", "stored_at", "updated_at")}}
