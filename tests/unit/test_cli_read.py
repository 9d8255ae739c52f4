"""`wireroom read`: saved pages to articles on standard output."""

from __future__ import annotations

import builtins
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from workers.cli.read import read
from workers.core.errors import BadInput

TEXT = "The ferry to the outer islands sails again from Monday on, the harbour master of Port Merrow said. "
PAGE = f"""<html lang="en"><head><title>Ferry sails again</title>
<meta property="article:published_time" content="2026-03-02T18:40:00+01:00"></head>
<body><article><h1>Ferry sails again</h1><p>{TEXT * 3}</p></article></body></html>"""


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_file_gives_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(b"%PDF-1.7"))
    read([tmp_path], jsonl=True)
    article, refused = lines(capsys)
    assert (article["file"], article["headline"], article["body"]) == (
        "a.html",
        "Ferry sails again",
        (TEXT * 3).strip(),
    )
    assert article["published"] == "2026-03-02T18:40:00+01:00"
    assert article["cpu_ms"] > 0
    assert (refused["file"], refused["reason"]) == ("b.html.gz", "not-html")


def test_the_address_of_a_page_comes_from_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "urls.jsonl").write_text('{"file": "a.html", "url": "https://courier.example/ferry"}\n')
    read([tmp_path / "a.html"], url_from=tmp_path / "urls.jsonl", jsonl=True)
    assert lines(capsys)[0]["url"] == "https://courier.example/ferry"


def test_people_get_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    read([tmp_path / "a.html"])
    assert capsys.readouterr().out.startswith("Ferry sails again\n2026-03-02T18:40:00+01:00")


def test_a_file_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no file"):
        read([tmp_path / "none.html"])


def test_careful_reading_without_its_libraries_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    usual = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "trafilatura":
            raise ImportError(name=name)
        return usual(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(BadInput, match="wireroom\\[careful\\]"):
        read([tmp_path / "a.html"], careful=True, jsonl=True)


def test_careful_reading_gives_an_article_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("trafilatura")
    pytest.importorskip("resiliparse")
    (tmp_path / "a.html").write_text(PAGE)
    read([tmp_path / "a.html"], careful=True, jsonl=True)
    assert lines(capsys)[0]["body"] == (TEXT * 3).strip()


def test_what_was_found_on_a_page_that_is_no_whole_article_is_shown_beside_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.html").write_text(PAGE.replace(TEXT * 3, ""))
    (tmp_path / "b.html").write_text(PAGE.replace("<head>", '<head><meta property="og:type" content="website">'))
    (tmp_path / "urls.jsonl").write_text('{"file": "b.html", "url": "https://courier.example/"}\n')
    read([tmp_path / "a.html", tmp_path / "b.html"], url_from=tmp_path / "urls.jsonl", jsonl=True)
    empty, front = lines(capsys)
    assert (empty["reason"], empty["headline"], empty["body"]) == ("incomplete", "Ferry sails again", "")
    assert (front["reason"], front["headline"]) == ("not-an-article", "Ferry sails again")
    assert front["body"] == (TEXT * 3).strip()
