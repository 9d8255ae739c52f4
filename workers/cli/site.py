"""`wireroom site`: what a site's profile, and the generic reader beside it, read from a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter

from workers.cli import options, site_profiles
from workers.cli.output import print_json, print_line, print_table
from workers.cli.page import find_page
from workers.core.article import Article, Block, Image, Moment
from workers.core.errors import WireroomError
from workers.core.link import Link
from workers.core.page import Page
from workers.sites.generic.reader import generic_read
from workers.sites.known import any_site, site_for_url
from workers.sites.profile import may_fill, profile_read
from workers.sites.read import open_page, read_page
from workers.sites.reader import Found
from workers.sites.site import Site

site = typer.Typer(add_completion=False, no_args_is_help=True, help="What a site's profile reads from a page.")

_LONGEST = 70
_ANY: TypeAdapter[Any] = TypeAdapter(Any)

site.command("new")(site_profiles.new)
site.command("test")(site_profiles.test)


@dataclass(frozen=True)
class Line:
    """What was found for one field: by the profile, whose reader it names, and by the generic reader."""

    field: str
    reader: str
    profile: Found[Any] | None
    generic: Found[Any] | None

    @property
    def taken(self) -> Found[Any] | None:
        """What an article would get."""
        return self.profile or self.generic


@site.callback()
def group() -> None:
    """What a site's profile reads from a page."""


@site.command()
def check(
    page: Annotated[str, typer.Argument(help="A URL, or a saved page (.html, .html.gz).")],
    url: Annotated[str | None, typer.Option(help="The URL that the file was saved from.")] = None,
    as_json: options.AsJson = False,
    state: options.State = None,
) -> None:
    """What each reader found on a page and from where; exit code 1 when the page would not be stored.

    Examples:

      wireroom site check https://en.interfax.com.ua/news/economic/1098765.html

      wireroom site check saved.html --url https://example.org/news/1.html
    """
    found = find_page(page, url, options.knobs(state))
    profile = site_for_url(found.url) or any_site(found.url)
    lines, verdict = _lines(found, profile), _verdict(found, profile)
    if as_json:
        print_json(_as_dict(found, profile, lines, verdict))
    else:
        _print(found, profile, lines, verdict)
    raise typer.Exit(0 if isinstance(verdict, Article) else 1)


def _lines(page: Page, profile: Site) -> list[Line]:
    document = open_page(page.body, page.url, page.content_type)
    known, generic = profile_read(document, profile), generic_read(document, zone=profile.timezone)
    names = dict.fromkeys((*Article.model_fields, *known, *generic))
    readable = [name for name in names if name in known or name in generic or name in profile.readers.names()]
    return [
        Line(
            name,
            str(profile.readers[name]) if name in profile.readers.names() else "",
            known.get(name),
            generic.get(name) if may_fill(name, profile) else None,
        )
        for name in readable
    ]


def _verdict(page: Page, profile: Site) -> Article | WireroomError:
    try:
        return read_page(page.body, page.url, content_type=page.content_type, site=profile)
    except WireroomError as error:
        return error


def _print(page: Page, profile: Site, lines: Iterable[Line], verdict: Article | WireroomError) -> None:
    print_line(page.url, style="bold")
    print_line(f"read by {f'the profile {profile.name}' if profile.readers.names() else 'the generic reader alone'}")
    rows = [
        (line.field, _short(line.taken.value), line.taken.source)
        if line.taken
        else (line.field, "-", f"not found: {line.reader}")
        for line in lines
    ]
    print_table(("field", "value", "from"), rows)
    for line in lines:
        if line.profile and line.generic and line.profile.value != line.generic.value:
            print_line(
                f"the generic reader finds another {line.field}: {_short(line.generic.value)} ({line.generic.source})"
            )
    if isinstance(verdict, Article):
        print_line(f"It would be stored as {verdict.site} {verdict.key}.", style="green")
    else:
        print_line(f"It would not be stored: {verdict.reason}. {verdict}", style="bold red")


def _short(value: object) -> str:
    text = _text(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _text(value: Any) -> str:
    match value:
        case Moment():
            return f"{value.at:%Y-%m-%d %H:%M} UTC, written {value.text!r}"
        case Image():
            return value.url
        case (Block(text=begin), *_):
            return f"{len(value)} blocks, {sum(len(block.text) for block in value)} characters: {begin}"
        case (Link(), *_):
            labels = [link.label for link in value]
            return ", ".join(f"{label} {labels.count(label)}" for label in dict.fromkeys(labels))
        case tuple():
            return ", ".join(map(str, value))
    return str(value)


def _as_dict(page: Page, profile: Site, lines: Iterable[Line], verdict: Article | WireroomError) -> dict[str, Any]:
    stored = isinstance(verdict, Article)
    return {
        "url": page.url,
        "profile": profile.name if profile.readers.names() else None,
        "stored": stored,
        "key": verdict.key if isinstance(verdict, Article) else None,
        "reason": None if isinstance(verdict, Article) else verdict.reason,
        "why": None if stored else str(verdict),
        "fields": {
            line.field: {"reader": line.reader, "profile": _found(line.profile), "generic": _found(line.generic)}
            for line in lines
        },
    }


def _found(found: Found[Any] | None) -> dict[str, Any] | None:
    return None if found is None else {"value": _ANY.dump_python(found.value, mode="json"), "source": found.source}
