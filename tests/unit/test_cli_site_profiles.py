"""`wireroom site new` and `wireroom site test`."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdesk import HOSTILE, Desk

from workers.sites.generic.reader import generic_read
from workers.sites.page.document import Document
from workers.sites.profile import profile_read
from workers.sites.proposed.quoted import quoted_tuple
from workers.sites.site import Site

CASES = Path(__file__).resolve().parents[1] / "sites" / "cases"
NAMES = ("mill", "ferry", "bell")
PAGE = """<!DOCTYPE html><html lang="en"><head><link rel="canonical" href="https://x.test/news/town/{number}-{name}.html">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": {headline}, "articleSection": "Town",
"datePublished": "2026-03-0{day}T10:05:00Z", "author": {{"@type": "Person", "name": "Ada Reeve"}}}}</script></head>
<body><nav><a href="/">Home</a></nav><main class="page"><h1 class="story-title css-1x9z">{shown}</h1>
<div class="story-meta">Town desk</div><div class="story-text b7Yk">{body}</div></main>
<aside><h3>Read also</h3><a href="/news/town/70001-other.html">Another story of the town and its river</a></aside>
<footer><p>All rights reserved by the paper, which is printed in the town and sold on the market.</p></footer>
</body></html>"""


def saved(folder: Path, headline: str = "The {} stood still for a day") -> list[str]:
    """Three articles of one site as files."""
    names = []
    for day, name in enumerate(NAMES, 1):
        title = headline.format(name)
        text = f"The {name} by the river was shut on day {day} because the water had risen over its lower wall. "
        body = "".join(
            f"<p>{text}Neighbour number {n} saw it and told the council of the {name}.</p>" for n in range(5)
        )
        shown = title.replace("<", "&lt;")
        page = PAGE.format(number=70_010 + day, name=name, day=day, headline=json.dumps(title), shown=shown, body=body)
        (folder / f"{name}.html").write_text(page, "utf-8")
        names.append(f"{name}.html")
    return names


def site_of(source: str) -> Site:
    names: dict[str, Any] = {}
    exec(compile(source, "proposed", "exec"), names)
    [site] = [value for value in names.values() if isinstance(value, Site)]
    return site


def test_a_proposal_is_a_profile_that_reads_its_pages(desk: Desk, tmp_path: Path) -> None:
    done = desk("site", "new", *saved(tmp_path))
    assert done.code == 0
    site = site_of(done.out)
    assert (site.name, site.hosts, site.requires) == ("x", ("x.test",), ("headline", "body"))
    for number, name in enumerate(NAMES, 70_011):
        url = f"https://x.test/news/town/{number}-{name}.html"
        assert site.is_article(url)
        assert not site.is_article("https://x.test/contact")
        fields = profile_read(Document((tmp_path / f"{name}.html").read_text("utf-8"), url), site)
        assert fields["headline"].value == f"The {name} stood still for a day"
        assert fields["headline"].source == "profile:h1.story-title"
        assert fields["body"].source == "profile:div.story-text"
        assert len(fields["body"].value) == 5
        assert (fields["section"].value, fields["authors"].value) == ("Town", ("Ada Reeve",))
        assert [link.label for link in fields["links"].value] == ["more_about"]


def test_it_says_where_the_pages_agree_and_where_not(desk: Desk, tmp_path: Path) -> None:
    names = saved(tmp_path)
    assert "# sure: as the generic reader on all 3 pages" in desk("site", "new", *names).out
    assert "# sure" not in desk("site", "new", names[0]).out
    page = tmp_path / names[2]
    page.write_text(page.read_text("utf-8").replace("story-title", "other-title").replace("h1", "h2"), "utf-8")
    [line] = [line for line in desk("site", "new", *names).out.splitlines() if "headline=" in line]
    assert "sure" in line


def test_a_body_that_is_not_quite_the_generic_readers_is_told_as_such(desk: Desk, tmp_path: Path) -> None:
    names = saved(tmp_path)
    for name in names:
        page = tmp_path / name
        page.write_text(page.read_text("utf-8").replace("</p><p>", "</p><p>Advertisement</p><p>", 1), "utf-8")
    out = desk("site", "new", *names).out
    [line] = [line for line in out.splitlines() if "body=" in line]
    assert "# sure: nearly the words of the generic reader on all 3 pages" in line
    document = Document((tmp_path / names[0]).read_text("utf-8"), "https://x.test/news/town/70011-mill.html")
    assert profile_read(document, site_of(out))["body"].value != generic_read(document)["body"].value


def rewritten(folder: Path, names: list[str], old: str, *new: str) -> None:
    """Another text in each of the pages."""
    for name, text in zip(names, new, strict=True):
        page = folder / name
        page.write_text(page.read_text("utf-8").replace(old, text, 1), "utf-8")


def test_what_stands_in_the_text_and_is_none_of_it_is_proposed_as_junk(desk: Desk, tmp_path: Path) -> None:
    names = saved(tmp_path)
    box = '<div class="offer-box"><a href="/offers">Six weeks of the paper for a coin, sent to your door</a></div>'
    caption = '<figure><img src="/a.jpg"><figcaption>The river at night. Photo: Ada Reeve</figcaption></figure>'
    rewritten(tmp_path, names, "</p><p>", *(f"</p>{each}<p>" for each in (box, caption, box + caption)))
    out = desk("site", "new", *names).out
    [line] = [line for line in out.splitlines() if "body=" in line]
    assert "# sure: as the generic reader on all 3 pages" in line
    document = Document((tmp_path / names[2]).read_text("utf-8"), "https://x.test/news/town/70013-bell.html")
    assert profile_read(document, site_of(out))["body"].value == generic_read(document)["body"].value
    assert "offer-box" in line
    assert "figure" in line


def test_what_does_not_agree_on_all_pages_is_left_to_the_generic_reader(desk: Desk, tmp_path: Path) -> None:
    names = saved(tmp_path)
    rewritten(tmp_path, names, "story-text", "story-text", "story-text", "other-text")
    rewritten(tmp_path, names, '<main class="page">', *['<main class="page">'] * 2, "<div>")
    out = desk("site", "new", *names).out
    assert "# body: left to the generic reader, which the nearest equals on 2 of 3 pages:" in out
    site = site_of(out)
    assert site.requires == ("headline",)
    document = Document((tmp_path / names[2]).read_text("utf-8"), "https://x.test/news/town/70013-bell.html")
    assert "body" not in profile_read(document, site)


def test_two_pages_that_agree_may_be_of_one_layout_of_two(desk: Desk, tmp_path: Path) -> None:
    site = site_of(desk("site", "new", *saved(tmp_path)[:2]).out)
    assert site.requires == ()


def test_a_page_that_is_given_twice_counts_once(desk: Desk, tmp_path: Path) -> None:
    first, *_ = saved(tmp_path)
    shutil.copy(tmp_path / first, tmp_path / "copy.html")
    out = desk("site", "new", first, first, "copy.html").out
    assert out.startswith('"""Proposed from 1 page. ')
    assert "# seen on one page only" in out
    assert "# sure" not in out


def test_what_is_written_is_as_the_projects_checks_want_it(desk: Desk, tmp_path: Path) -> None:
    """In a selector or a heading there may stand what is also a name, or a quote."""
    names = saved(tmp_path, 'The "{}" of O\'Neill')
    for name in names:
        page = tmp_path / name
        text = (
            page.read_text("utf-8")
            .replace("story-text", "meta-text")
            .replace("Read also", "Read O'Neill's &quot;also&quot;")
        )
        heads = "".join(f"<h3>Read also in the part number {'x' * n}</h3>" for n in range(9))
        page.write_text(text.replace("<aside>", f"<aside>{heads}"), "utf-8")
    done = desk("site", "new", *names)
    assert 'body=paragraphs("div.meta-text")' in done.out
    assert "meta," not in done.out
    for command in (["check"], ["format", "--diff"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--stdin-filename", "workers/sites/x.py", "-"]
        told = subprocess.run(ruff, input=done.out, text=True, capture_output=True, cwd=CASES.parents[2], check=False)
        assert told.returncode == 0, told.stdout + told.stderr


@given(st.text(), st.text("\\\"'n"))
def test_a_quoted_text_is_that_text(one: str, other: str) -> None:
    assert ast.literal_eval(quoted_tuple([one, other])) == (one, other)


def test_classes_that_a_tool_made_are_not_proposed(desk: Desk, tmp_path: Path) -> None:
    out = desk("site", "new", *saved(tmp_path)).out
    assert "css-1x9z" not in out
    assert "b7Yk" not in out


def test_nothing_that_a_page_says_becomes_code(desk: Desk, tmp_path: Path) -> None:
    evil = f'{{}} """ + __import__("os").abort() + """ \' \\\\ {HOSTILE}'.replace("{}", "{0}")
    done = desk("site", "new", *saved(tmp_path, evil))
    assert done.code == 0
    assert site_of(done.out).hosts == ("x.test",)
    assert not {"\x1b", "\u202e", "\x07"} & set(done.out)


def test_pages_of_two_sites_or_urls_that_are_missing_are_bad_input(desk: Desk, tmp_path: Path) -> None:
    names = saved(tmp_path)
    other = desk("site", "new", *names[:2], "--url", "https://a.test/1.html", "--url", "https://b.test/2.html")
    assert (other.code, other.err) == (2, "wireroom: The pages are of different hosts. Give pages of one site.\n")
    assert desk("site", "new", *names, "--url", "https://a.test/1.html").code == 2


def test_the_cases_of_the_project_pass_with_a_line_for_each_field(desk: Desk) -> None:
    done = desk("site", "test", "--cases", str(CASES), "--json")
    assert done.code == 0
    assert {row["field"] for row in done.rows} >= {"headline", "body", "published", "links", "key"}
    assert len({row["case"] for row in done.rows}) == len(list(CASES.iterdir()))
    one = desk("site", "test", "pravda-uk", "--cases", str(CASES), "--json")
    assert {row["case"] for row in one.rows} == {"pravda-uk"}


def test_a_field_that_differs_is_named(desk: Desk, tmp_path: Path) -> None:
    shutil.copytree(CASES / "srf-de", tmp_path / "cases" / "srf-de")
    want = tmp_path / "cases" / "srf-de" / "article.json"
    want.write_text(want.read_text("utf-8").replace('"headline": "Die', '"headline": "Eine'), "utf-8")
    done = desk("site", "test", "--cases", str(tmp_path / "cases"))
    assert done.code == 1
    assert "srf-de\theadline\tWRONG\tDie Gondel, die im Tal blieb" in done.out
    assert "srf-de: headline should be Eine Gondel, die im Tal blieb" in done.out


def case_of(folder: Path, **changes: Any) -> Path:
    """A case of the Swiss profile with other fields; the folder of cases."""
    shutil.copytree(CASES / "srf-de", folder / "cases" / "srf-de")
    want = folder / "cases" / "srf-de" / "article.json"
    want.write_text(json.dumps({**json.loads(want.read_text("utf-8")), **changes}), "utf-8")
    return folder / "cases"


def test_what_differs_is_shown_where_it_differs(desk: Desk, tmp_path: Path) -> None:
    kept = json.loads((CASES / "srf-de" / "article.json").read_text("utf-8"))
    body = [*kept["body"][:1], kept["body"][1] + " So steht sie da bis heute.", *kept["body"][2:], "Ein Absatz mehr."]
    links = [{**kept["links"][0], "headline": "Anders"}, *kept["links"][1:]]
    done = desk("site", "test", "--cases", str(case_of(tmp_path, body=body, links=links)))
    told = [line for line in done.out.splitlines() if "should be" in line]
    assert len(told) == 3
    link, second, more = told
    end = kept["body"][1][-20:]
    assert second == f"srf-de: body 2 should be …{end} So steht sie da bis heute., not …{end}"
    assert more == f"srf-de: body {len(body)} should be Ein Absatz mehr., not -"
    assert link == f"srf-de: links 1 headline should be Anders, not {kept['links'][0]['headline']}"


def test_a_field_that_no_profile_reads_is_named_with_those_that_one_may(desk: Desk, tmp_path: Path) -> None:
    done = desk("site", "test", "--cases", str(case_of(tmp_path, headlin="Die Gondel")))
    assert (done.code, done.out) == (2, "")
    assert "article.json has headlin, which no profile reads. Its fields are site, url, key, headline, body" in done.err


def test_a_saved_page_is_read_in_the_encoding_that_it_declares(desk: Desk, tmp_path: Path) -> None:
    cases = case_of(tmp_path)
    page = cases / "srf-de" / "page.html"
    text = page.read_text("utf-8").replace('charset="utf-8"', 'charset="windows-1252"')
    assert "windows-1252" in text
    page.write_text(text, "windows-1252")
    done = desk("site", "test", "--cases", str(cases))
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("content", [None, b"", b"<div>" * 100_000])
def test_a_page_of_a_case_that_cannot_be_read_is_one_sentence(
    desk: Desk, tmp_path: Path, content: bytes | None
) -> None:
    cases = case_of(tmp_path)
    page = cases / "srf-de" / "page.html"
    page.unlink() if content is None else page.write_bytes(content)
    done = desk("site", "test", "--cases", str(cases))
    assert done.code == 2
    assert done.err.startswith("wireroom: The page of the case srf-de cannot be read, ")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("content", ["{", "[]", '{"site": "srf"}', '{"site": "nobody", "url": "https://x.test/"}'])
def test_a_case_that_is_none_is_one_sentence(desk: Desk, tmp_path: Path, content: str) -> None:
    (tmp_path / "cases" / "odd").mkdir(parents=True)
    (tmp_path / "cases" / "odd" / "article.json").write_text(content, "utf-8")
    done = desk("site", "test", "--cases", str(tmp_path / "cases"))
    assert done.code == 2
    assert done.err.count("\n") == 1


def test_no_cases_is_bad_input(desk: Desk, tmp_path: Path) -> None:
    assert desk("site", "test", "--cases", str(tmp_path)).code == 2
    assert "no case of nobody" in desk("site", "test", "nobody", "--cases", str(CASES)).err
