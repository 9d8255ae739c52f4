"""`wireroom site new` and `wireroom site test`: propose a profile from pages, prove profiles with saved cases."""

from __future__ import annotations

import json
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import typer

from workers.cli import options
from workers.cli.output import print_json, print_line, print_table
from workers.cli.page import find_page
from workers.core.errors import BadInput
from workers.core.urls import host_of

_CASES = Path("tests/sites/cases")
_LONGEST, _BEFORE = 60, 20


def new(
    pages: Annotated[
        list[str], typer.Argument(help="Articles of the site, two or three are enough: URLs, or saved pages.")
    ],
    url: Annotated[list[str] | None, typer.Option(help="The URL of each saved page, in their order.")] = None,
    state: options.State = None,
) -> None:
    """Propose a profile: Python source, with a comment where the pages do not agree. It stores nothing.

    Examples:

      wireroom site new https://example.org/1.html https://example.org/2.html > workers/sites/profiles/example.py

      wireroom site new one.html two.html
    """
    from workers.sites.proposed.proposal import propose
    from workers.sites.proposed.source import source_of
    from workers.sites.read import open_page

    urls: list[str | None] = [*url] if url else [None for _ in pages]
    if len(urls) != len(pages):
        raise BadInput(f"There are {len(pages)} pages and {len(urls)} URLs. Give --url for each page, or not at all.")
    found = [find_page(name, own, options.knobs(state)) for name, own in zip(pages, urls, strict=True)]
    if len({host_of(page.url) for page in found}) > 1:
        raise BadInput("The pages are of different hosts. Give pages of one site.")
    once = {page.url: page for page in found}.values()  # a page that is given twice would agree with itself
    proposal = propose([open_page(page.body, page.url, page.content_type) for page in once])
    for line in source_of(proposal).splitlines():
        print_line(line)


def test(
    name: Annotated[str | None, typer.Argument(help="Only of this site, or this case.")] = None,
    cases: Annotated[Path, typer.Option(help="The folder of cases.")] = _CASES,
    as_json: options.AsJson = False,
) -> None:
    """Read the saved cases with their profiles, a line for each field; exit code 1 when one differs.

    Examples:

      wireroom site test

      wireroom site test interfax-ukraine --cases my/cases
    """
    from workers.sites.cases import check_cases

    checked = list(check_cases(cases, name))
    if not checked:
        raise BadInput(f"There is no case{f' of {name}' if name else ''} in {cases}. Name their folder with --cases.")
    if as_json:
        for each in checked:
            row = {"case": each.case, "field": each.field, "passed": each.passed}
            print_json({**row, "want": each.want, "found": each.found})
    else:
        rows = [(each.case, each.field, "ok" if each.passed else "WRONG", _short(each.found)) for each in checked]
        print_table(("case", "field", "", "found"), rows, wide="found")
        for each in checked:
            for where, want, got in each.differences:
                shown, instead = _apart(_written(want), _written(got))
                print_line(f"{each.case}: {where} should be {shown}, not {instead}", "bold red")
    raise typer.Exit(0 if all(each.passed for each in checked) else 1)


def _short(value: object) -> str:
    text = _written(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _written(value: object) -> str:
    return "-" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _apart(*texts: str) -> tuple[str, ...]:
    """Two texts from shortly before the first letter that differs, cut where they are long."""
    pairs = enumerate(zip_longest(*texts))
    begin = next((place for place, (one, other) in pairs if one != other), 0) - _BEFORE
    if begin <= 0 or max(map(len, texts)) <= _LONGEST:
        return tuple(map(_short, texts))
    return tuple(_short(f"…{text[begin:]}") for text in texts)
