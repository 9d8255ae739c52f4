"""Who wrote it, in the one line that tells when and by whom: as blogs' programs say it in each language."""

from __future__ import annotations

import pytest

from workers.core.article import Article
from workers.sites.read import read_page

TEXT = "<p>The roof of the old market hall came down on Tuesday, and nobody was hurt.</p>" * 5


def read(line: str, lang: str = "en", below: str = "") -> Article:
    html = (
        f"<html lang={lang}><head></head><body><main><h1>The roof fell</h1>{line}<div>{TEXT}</div>{below}</main></body>"
    )
    return read_page(html.encode(), "https://courier.example/roof")


@pytest.mark.parametrize(
    ("lang", "line", "name"),
    [
        ("de", "Veröffentlicht von Ida Holm am 3. Mai 2026", "Ida Holm"),
        ("es", "Publicado por Inés Olivar el 3 de mayo de 2026", "Inés Olivar"),
        ("fr", "Publié par Maëlle Roche le 3 mai 2026", "Maëlle Roche"),
        ("pl", "Opublikowano dnia 3 maja 2026 autor: Jan Dębski", "Jan Dębski"),
        ("id", "Diposting pada 3 Mei 2026 oleh Maya Kusuma", "Maya Kusuma"),
        ("vi", "Đăng bởi Nguyễn Minh Thảo ngày 3/5/2026", "Nguyễn Minh Thảo"),
        ("tr", "3 Mayıs 2026 tarihinde Merve Akın tarafından yayınlandı", "Merve Akın"),
        ("tr", "Yazar: Merve Akın Yayın: 3 Mayıs 2026", "Merve Akın"),
        ("el", "Δημοσιεύτηκε στις 3 Μαΐου 2026 από Μαρίνα Ελιά", "Μαρίνα Ελιά"),
        ("ru", "Опубликовано 03.05.2026 автором Марина Елагина", "Марина Елагина"),
        ("ar", "نشر في مايو 3, 2026 بواسطة مريم الياسري", "مريم الياسري"),
        ("fa", "منتشر شده در اردیبهشت ۱۳, ۱۴۰۵ توسط مریم الوندی", "مریم الوندی"),
        ("ja", "投稿日: 2026年5月3日 投稿者: 江川真理", "江川真理"),
        ("hu", "Közzétéve: 2026. május 3. Szerző: Ellenfi Márta", "Ellenfi Márta"),
    ],
)
def test_a_line_of_day_and_name_tells_both_and_is_no_text(lang: str, line: str, name: str) -> None:
    article = read(f"<p>{line}</p>", lang)
    assert article.authors == (name,)
    assert article.published is not None
    assert article.published.at.date().isoformat() == "2026-05-03"
    assert line not in article.text


@pytest.mark.parametrize(
    "line",
    [
        "Das Haus wurde von Ida Holm am 3. Mai 2026 gekauft.",
        "Diresmikan pada 3 Mei 2026 oleh Maya Kusuma",
        "Die Brücke von Ida Holm am 3. Mai 2026",
    ],
)
def test_what_was_done_by_somebody_on_a_day_names_no_author(line: str) -> None:
    assert read(f"<p>{line}</p>").authors == ()


def test_the_day_of_such_a_line_comes_before_those_of_comments() -> None:
    when = "<a href=#c1><time datetime=2026-05-28T10:00:00+00:00>28 Mei 2026 10:00</time></a>"
    comment = (
        f"<ol class=comment-list><li id=c1><article class=comment-body><footer class=comment-meta>{when}</footer>"
        "<p>Saya juga.</p></article></li></ol>"
    )
    article = read("<p>Diposting pada 3 Mei 2026 oleh Maya Kusuma</p>", "id", below=comment)
    assert article.published is not None
    assert article.published.at.date().isoformat() == "2026-05-03"


def test_the_day_of_what_somebody_said_elsewhere_is_not_that_of_the_article() -> None:
    said = "<blockquote class=twitter-tweet><p>No roof!</p>&mdash; Hall (@hall) <a href=/x>May 1, 2026</a></blockquote>"
    byline = "<p>Ida Holm writes for the page of the harbour | 3 May 2026 | Town, Harbour</p>"
    assert read(said, "en").published is None
    article = read(byline + said, "en")
    assert article.published is not None
    assert article.published.at.date().isoformat() == "2026-05-03"
