"""Errors that are answered as pages, and previews behind a wall."""

from __future__ import annotations

import time

import pytest
from invented_pages import AUTHOR, DATE, HOST, LEADS, OG_ARTICLE, OG_SITE, PLAIN, TEXT, page, read, teasers

from workers.core.errors import Gone, NotWhole, ServerError
from workers.sites.read import read_anyway


@pytest.mark.parametrize(
    ("headline", "text", "lang"),
    [
        ("Page not found", "It may have been moved or deleted. Here is what others read today.", "en"),
        ("Oops!", "Sorry, we could not find that page. It may have been moved.", "en"),
        ("The Courier", "We're sorry, the page you are looking for doesn't exist or is no longer available.", "en"),
        ("404 – not found", "Nothing to see here, go back to the front page and try again.", "en"),
        ("Fehler 404", "Leider konnten wir die Seite nicht finden. Bitte prüfen Sie die Adresse.", "de"),
        ("Hoppla", "Die gesuchte Seite existiert leider nicht oder wurde verschoben.", "de"),
        ("Page introuvable", "La page demandée n'existe plus ou a changé d'adresse.", "fr"),
        ("Oups !", "Désolé, cette page est introuvable.", "fr"),
        ("Vaya", "Lo sentimos, la página que busca no existe o ha cambiado de dirección.", "es"),
        ("Ops", "Spiacenti, la pagina che cercavi non è stata trovata.", "it"),
        ("Erro", "Desculpe, a página que procura não foi encontrada.", "pt"),
        ("Helaas", "Helaas, deze pagina bestaat niet meer of is niet gevonden.", "nl"),
        ("Ups", "Niestety, strona, której szukasz, nie istnieje lub została przeniesiona.", "pl"),
        ("Йой", "На жаль, сторінку не знайдено. Можливо, вона була видалена.", "uk"),
        ("Упс", "К сожалению, страница не найдена. Возможно, она была удалена.", "ru"),
        ("Chyba", "Omlouváme se, stránka nebyla nalezena.", "cs"),
        ("Hoppsan", "Tyvärr, sidan kunde inte hittas. Den kan ha flyttats.", "sv"),
        ("Hata", "Üzgünüz, aradığınız sayfa bulunamadı.", "tr"),
        ("エラー", "申し訳ありません。お探しのページは見つかりませんでした。", "ja"),
    ],
)
def test_a_page_that_is_not_there_is_gone_though_it_was_answered(headline: str, text: str, lang: str) -> None:
    with pytest.raises(Gone, match="no such page"):
        read(headline, f"<p>{text}</p>", "", "/town/moved", lang)
    with pytest.raises(Gone, match="no such page"):
        read(headline, f"<p>{text}</p>{teasers(PLAIN, 3)}", OG_SITE, "/town/moved", lang)


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Internal Server Error", "The server encountered an internal error: mysql_connect failed."),
        ("502 Bad Gateway", "nginx"),
        ("503 Service Temporarily Unavailable", "Please try again in a moment."),
        ("", "Error establishing a database connection"),
        ("", "Warning: mysqli_connect(): (HY000/2002): Connection refused in /srv/db.php on line 12"),
        ("", "Fatal error: Uncaught Error: Call to undefined function get_header() in /srv/index.php:3"),
        ("Whoops", "SQLSTATE[HY000] [1040] Too many connections"),
        ("The site is under maintenance", "We are back in a few minutes. Thank you for your patience."),
        ("Wartungsarbeiten", "Wir sind in wenigen Minuten wieder für Sie da."),
        ("Технічні роботи", "Сайт оновлюється. Будь ласка, зайдіть пізніше."),
        ("Erreur interne du serveur", "Veuillez réessayer plus tard."),
        ("Application error", "Application error: a client-side exception has occurred, see the console."),
    ],
)
def test_trouble_of_the_server_is_to_be_tried_again(headline: str, text: str) -> None:
    with pytest.raises(ServerError, match="trouble"):
        read(headline, f"<p>{text}</p>", "", "/town/story")


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("404 people leave the island", f"{DATE}<p>{LEADS[0]}</p>"),
        ("404 people leave the island", f"<p>{LEADS[0]}</p>" * 3),
        ("Page not found: why links rot and what libraries do", TEXT),
        ("Missing page of the town's oldest book found", f"{DATE}<p>{LEADS[6]}</p>"),
        ("502 days without rain", f"{AUTHOR}<p>{LEADS[0]}</p>"),
        ("Bridge under maintenance until spring", f"{DATE}<p>{LEADS[0]}</p>"),
        ("What “Fatal error: Uncaught” means", f"<p>{LEADS[0]}</p>{TEXT}"),
    ],
)
def test_news_of_errors_and_numbers_are_articles(headline: str, body: str) -> None:
    assert read(headline, body, "", "/town/story").headline == headline


WALL = "Il vous reste 72,4 % de cet article à lire. La suite est réservée aux abonnés."


@pytest.mark.parametrize(
    "line",
    [WALL, "Subscribe to read on", "This article is for subscribers only", "Jetzt abonnieren und weiterlesen"],
)
def test_it_is_known_that_a_preview_is_behind_a_wall(line: str) -> None:
    head = f'<meta property="og:description" content="{LEADS[0]}">{OG_ARTICLE}'
    article, flaw = read_anyway(*page("The bridge is closed", f"{DATE}<p>{LEADS[0]}</p><p>{line}</p>", head))
    assert isinstance(flaw, NotWhole)
    assert (article.paywalled, article.provenance["paywalled"]) == (True, "generic:invitation")


def test_a_longer_preview_is_stored_and_said_to_be_behind_a_wall() -> None:
    assert read("The bridge is closed", f"{DATE}{TEXT}<p>{WALL}</p>", OG_ARTICLE).paywalled is True
    comments = "<p>Los comentarios de esta página son exclusivos para suscriptores.</p>"
    assert read("The bridge is closed", f"{DATE}{TEXT}{comments}", OG_ARTICLE).paywalled is None


@pytest.mark.parametrize("name", ["article:content_tier", "og:article:content_tier"])
@pytest.mark.parametrize(("tier", "locked"), [("locked", True), ("metered", True), ("free", False)])
def test_the_tier_of_an_article_tells_whether_it_is_locked(name: str, tier: str, locked: bool) -> None:
    article = read("The bridge is closed", DATE + TEXT, f'<meta property="{name}" content="{tier}">')
    assert article.paywalled is locked


@pytest.mark.parametrize(
    "html",
    [
        "<h1>x</h1>" + "<div class=c><h3>Heading of a card</h3><p>Some text of it.</p><a href=/s>on</a></div>" * 9_000,
        "<h1>x</h1>" + "<h2><a href=/s/1>A headline that leads to it</a></h2><p>text</p>2 May 2024" * 9_000,
        "<h1>" + "404 page not page not found sorry " * 30_000 + "</h1>",
        "<h1>x</h1><p>" + "seite page 404 sorry nicht " * 60_000,
        "<title>" + "About us | " * 50_000 + "</title><h1>x</h1><p>text of it</p>",
    ],
)
def test_what_is_made_to_be_slow_is_looked_at_in_moments(html: str) -> None:
    begun = time.process_time()
    read_anyway(html.encode(), HOST + "/search?" + "q=1&" * 20_000)
    assert time.process_time() - begun < 3
