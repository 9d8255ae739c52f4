"""A proposal as Python source. Whatever a page says stands in it as a quoted text, never as code."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from workers.core.link import Label
from workers.core.urls import host_of, path_of
from workers.sites.proposed.proposal import Guess, Proposal
from workers.sites.proposed.quoted import quoted, quoted_tuple

_NUMBER = re.compile(r"\d+")
_LONG = 4
_REQUIRED = ("headline", "body")
_WIDTH = 120
_IMPORTS = """
from workers.core.link import Label
from workers.sites.blocks import paragraphs
from workers.sites.boxes import boxes_by_heading
from workers.sites.operators import at, attrs, published_in
from workers.sites.reader import Readers
from workers.sites.readers import json_ld, meta, one, tags, text, texts
from workers.sites.site import Scope, Site, listing, url_id
"""


def source_of(proposal: Proposal) -> str:
    """A module that makes a site; a comment stands where the pages do not agree."""
    urls = [document.url for document in proposal.documents]
    hosts = list(dict.fromkeys(host_of(url) for url in urls))
    identity = _identity(urls)
    body = [
        f'"""Proposed from {_pages(len(urls))}. Read it through, correct it, and prove it with cases."""',
        _used(_IMPORTS, proposal, bool(identity)),
        'ZONE = "UTC"  # set the zone of the site: dates without an offset are in it',
        f"ARTICLE = {quoted(_article(urls))}",
        "",
        f"{_name(hosts[0])} = Site(",
        f"    name={quoted(_name(hosts[0]).replace('_', '-'))},",
        f"    hosts={quoted_tuple(hosts)},",
        '    starts=(listing("/"),),  # better: its feeds, its list of latest news',
        "    timezone=ZONE,",
        *([f"    identity=url_id({quoted(identity)}),"] if identity else []),
        "    scope=Scope(articles=(ARTICLE,)),",
        "    readers=Readers(",
        *(f"        {line}" for line in _readers(proposal)),
        "    ),",
        f"    requires={quoted_tuple([g.field for g in proposal.guesses if g.field in _REQUIRED and g.is_proven])},",
        ")",
    ]
    return "\n".join(body) + "\n"


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"


def _readers(proposal: Proposal) -> Iterator[str]:
    for guess in proposal.guesses:
        line, comment = f"{guess.field}={guess.code},", _comment(guess)
        if not guess.holds:
            yield comment
            yield from _commented(guess.code)
        elif len(line) + len(comment) < _WIDTH - 10:
            yield f"{line}  {comment}"
        else:
            yield from (comment, line) if len(line) <= _WIDTH - 8 else (comment, *_tall_call(guess))
    if proposal.headings:
        yield "# Boxes by their visible headings."
        yield "links=boxes_by_heading("
        yield "    {"
        for label, texts in proposal.headings:
            line = f"        Label.{Label(label).name}: {quoted_tuple(texts)},"
            yield from [line] if len(line) <= _WIDTH - 8 else _tall(line.partition("(")[0], texts)
        yield "    },"
        yield "    article=ARTICLE,"
        yield '    around="h1",'
        yield "),"


def _tall_call(guess: Guess) -> Iterator[str]:
    """The call with each argument on a line of its own."""
    call = ast.parse(guess.code, mode="eval").body
    assert isinstance(call, ast.Call)
    yield f"{guess.field}={ast.unparse(call.func)}("
    for argument in (*call.args, *call.keywords):
        yield f"    {ast.get_source_segment(guess.code, argument)},"
    yield "),"


def _commented(code: str) -> list[str]:
    return [f"#   {line}" for line in textwrap.wrap(code, _WIDTH - 12, break_on_hyphens=False)]


def _tall(begin: str, texts: Sequence[str]) -> list[str]:
    return [f"{begin}(", *(f"            {quoted(text)}," for text in texts), "        ),"]


def _comment(guess: Guess) -> str:
    like = "as" if guess.exact else "nearly the words of"
    if guess.sure:
        return f"# sure: {like} the generic reader on all {guess.pages} pages"
    if guess.pages == 1:
        return "# seen on one page only"
    nearest = f"the nearest equals on {guess.agrees} of {guess.pages} pages"
    return f"# {guess.field}: left to the generic reader, which {nearest}:"


def _used(imports: str, proposal: Proposal, identified: bool) -> str:
    """The import lines with the names that the source needs."""
    code = ast.parse("\n".join(guess.code for guess in proposal.guesses if guess.holds))
    needed = {node.id for node in ast.walk(code) if isinstance(node, ast.Name)}
    needed |= {"Readers", "Scope", "Site", "listing"} | ({"url_id"} if identified else set())
    needed |= {"Label", "boxes_by_heading"} if proposal.headings else set()
    lines = []
    for line in imports.strip().splitlines():
        module, names = line.split(" import ")
        kept = [name for name in names.split(", ") if name in needed]
        lines += [f"{module} import {', '.join(kept)}"] if kept else []
    return "\n" + "\n".join(lines) + "\n"


def _identity(urls: Sequence[str]) -> str:
    """The pattern of the last long number in the path, where every path has one."""
    found = [_NUMBER.findall(path_of(url)) for url in urls]
    if not all(numbers and len(numbers[-1]) > _LONG for numbers in found):
        return ""
    ends = {path_of(url).rpartition(numbers[-1])[2] for url, numbers in zip(urls, found, strict=True)}
    end = re.escape(ends.pop()) + "$" if len(ends) == 1 else ""
    return rf"(\d{{{_LONG + 1},}}){end}"


def _article(urls: Sequence[str]) -> str:
    """One pattern that all paths match: their segments, numbers and words made general where they differ."""
    paths = [unquote(path_of(url)).strip("/").split("/") for url in urls]
    if len({len(path) for path in paths}) > 1:
        return "^/" + r"(?:[^/]+/)*" + _segment([path[-1] for path in paths], last=True)
    *before, last = zip(*paths, strict=True)
    return "^/" + "/".join([*(_segment(list(each), last=False) for each in before), _segment(list(last), last=True)])


def _segment(values: list[str], last: bool) -> str:
    if not last and len(set(values)) == 1 and len(values) > 1:
        return re.escape(values[0])
    if all(value.isdigit() for value in values):
        return r"\d+"
    if all(_NUMBER.search(value) for value in values):
        return r"[^/]*\d[^/]*"
    return r"[^/]+"


def _name(host: str) -> str:
    """A name for the site that Python takes."""
    bare = host.partition(":")[0].removeprefix("www.")
    name = re.sub(r"\W+", "_", bare.rpartition(".")[0] or bare, flags=re.ASCII).strip("_").lower()
    return name if name.isidentifier() else f"site_{name}"
