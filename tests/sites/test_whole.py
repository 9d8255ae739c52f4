"""Is it whole? What stands in the place of an article, and what only looks like it."""

from __future__ import annotations

import pytest

from workers.core.article import Article
from workers.core.errors import Gone, Incomplete, NotArticle, NotWhole
from workers.sites.read import read_anyway, read_page

URL = "https://courier.example/town/ferry-4711"
SENTENCE = "The ferry across the river goes again after a winter of repairs to its old engine, the town said. "
DATE = '<time datetime="2024-05-02T20:35:00Z">2 May 2024</time>'
CARD = (
    "<li><a href=/town/story-{0}><h3>Story number {0} about something in the town</h3></a>"
    "<p>The story of number {0} tells a little of it.</p>"
)
CARDS = "".join(map(CARD.format, range(20)))
PARAGRAPHS = "".join(f"<p>Sentence {n} of the report. {SENTENCE}</p>" for n in range(12))


def read(headline: str, body: str, head: str = "", url: str = URL, lang: str = "en") -> Article:
    page = f"<html lang={lang}><head><title>{headline} | Courier</title>{head}</head>"
    page += f"<body><nav><a href=/>Home</a></nav><main><h1>{headline}</h1>{body}</main></body></html>"
    return read_page(page.encode(), url)


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    "text",
    [
        "We and our 145 partners store and access information on your device, such as cookies, to show you ads.",
        "Mit Werbung und Cookies weiterlesen. Ihre Einwilligung können Sie jederzeit widerrufen.",
        "Wir und unsere 12 Partner verarbeiten personenbezogene Daten und nutzen Cookies mit Ihrer Einwilligung.",
        "Ми використовуємо файли cookie, щоб покращити роботу сайту. Натисніть «Прийняти», щоб продовжити.",
        "Si quieres seguir navegando gratis, acepta las cookies. Nosotros y nuestros socios mostramos publicidad.",
        "My i nasi partnerzy przechowujemy pliki cookie na urządzeniu, aby wyświetlać spersonalizowane reklamy.",
        "We process personal data with our partners. With your consent vendors store cookies for tracking. " * 6,
    ],
)
def test_a_page_that_asks_for_consent_is_no_article(text: str) -> None:
    with pytest.raises(NotWhole, match="consent"):
        read("Courier", f"<p>{text}</p>")


@pytest.mark.parametrize(
    ("asked", "rest"),
    [
        (
            "We and our 120 partners use and store cookies to show you ads that fit you, and to measure them.",
            "You may consent to this, or pay for a visit without tracking.",
        ),
        (
            "Wir und unsere 120 Partner verwenden Cookies, um Ihnen Werbung zu zeigen, die zu Ihnen passt.",
            "Sie können einwilligen oder ein Abo ohne Tracking bestellen und gleich lesen.",
        ),
    ],
)
def test_what_stands_below_a_question_for_consent_is_no_article(asked: str, rest: str) -> None:
    with pytest.raises(NotWhole, match="consent"):
        read("Ferry goes again", f"<p>{asked}</p><p>{rest}</p><button>OK</button>")


def test_a_short_text_below_a_question_for_consent_is_one() -> None:
    asked = "We and our 120 partners use and store cookies to show you ads that fit you, and to measure them."
    assert read("Ferry goes again", f"<div class=banner><p>{asked}</p></div><p>{SENTENCE}</p>").text == SENTENCE.strip()


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Just a moment...", "courier.example needs to review the security of your connection."),
        ("Einen Moment bitte", "Bitte aktivieren Sie JavaScript und Cookies, um fortzufahren."),
        ("Зачекайте", "Будь ласка, увімкніть JavaScript, щоб продовжити."),
        ("Vérification", "Veuillez activer JavaScript pour continuer."),
        ("Access denied", "You don't have permission to access this server."),
        ("Ad blocker detected", "Please disable your ad blocker to continue. Advertising pays for our work."),
        ("Hinweis", "Bitte den Adblocker für diese Seite deaktivieren, er stört unsere Anzeigen."),
    ],
)
def test_a_wall_is_no_article(headline: str, text: str) -> None:
    with pytest.raises(NotWhole):
        read(headline, f"<p>{text}</p>")


@pytest.mark.parametrize(
    "invitation",
    [
        "Subscribe to continue reading this article. Already a subscriber? Log in.",
        "Dieser Artikel ist nur für Abonnenten. Jetzt abonnieren und weiterlesen.",
        "Ця стаття доступна лише передплатникам. Оформіть передплату, щоб читати далі.",
        "Cet article est réservé aux abonnés. Abonnez-vous pour lire la suite.",
        "Este contenido es exclusivo para suscriptores. Suscríbete para seguir leyendo.",
    ],
)
def test_a_beginning_with_an_invitation_to_subscribe_is_a_teaser(invitation: str) -> None:
    with pytest.raises(NotWhole, match="subscribers"):
        read("Ferry goes", f"{DATE}<p>{SENTENCE}</p><p>{invitation}</p>")
    assert read("Ferry goes", f"{DATE}{PARAGRAPHS}<p>{invitation}</p>").headline == "Ferry goes"


def test_a_paragraph_of_a_locked_article_is_a_teaser() -> None:
    head = ld('{"@type":"NewsArticle","headline":"Ferry goes","isAccessibleForFree":false}')
    with pytest.raises(NotWhole):
        read("Ferry goes", f"{DATE}<p>{SENTENCE}</p>", head)
    assert read("Ferry goes", f"{DATE}{PARAGRAPHS}", head).paywalled is True


VIDEO = '<meta property="og:type" content="video.other">' + ld('{"@type":"VideoObject","name":"Ferry"}')


def test_a_line_below_a_video_is_no_article() -> None:
    with pytest.raises(NotArticle, match="video"):
        read("Ferry goes", f"<video src=/v.mp4></video><p>{SENTENCE}</p>", VIDEO)
    assert len(read("Ferry goes", f"<video src=/v.mp4></video>{PARAGRAPHS}", VIDEO).body) == 12


@pytest.mark.parametrize("path", ["town", "search?q=ferry", "", "en/"])
@pytest.mark.parametrize("head", ["", '<meta property="og:type" content="website">', ld('{"@type":"CollectionPage"}')])
def test_a_list_of_articles_is_none(path: str, head: str) -> None:
    with pytest.raises(NotArticle, match=r"list|front page|searched"):
        read("Town news", f"<ul>{CARDS}</ul>", head, f"https://courier.example/{path}")


def test_teasers_of_three_words_are_a_list_too() -> None:
    with pytest.raises(NotArticle):
        read(
            "Town news",
            "".join(f"<li><h3><a href=/s/{n}>Story number {n} of the town</a></h3>{n} days ago</li>" for n in range(9)),
        )


def test_headlines_alone_are_a_list_too() -> None:
    lines = "".join(f"<li><a href=/n/{n}>Новина номер {n} про події в місті</a> 02.05.2024</li>" for n in range(30))
    with pytest.raises(NotArticle):
        read("Повені: останні новини", f"<ul>{lines}</ul>", url="https://courier.example/tag/poveni", lang="uk")


@pytest.mark.parametrize(
    "head", ['<meta property="og:type" content="article">', ld('{"@type":"NewsArticle","headline":"Town news"}')]
)
def test_what_is_said_to_be_an_article_is_no_list(head: str) -> None:
    assert read("Town news", f"<ul>{CARDS}</ul>", head).headline == "Town news"


def test_answers_below_questions_are_no_list() -> None:
    answers = "".join(
        f"<h3><a href=#answer-{n}>Question number {n} about the ferry?</a></h3><p>Answer {n}. {SENTENCE}</p>"
        for n in range(9)
    )
    assert read("Ferry: questions and answers", answers).headline == "Ferry: questions and answers"


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Page not found", "Sorry, the page you are looking for could not be found. It may have been moved."),
        ("404", "Nothing is here. It may have been moved or deleted since it was written."),
        ("Сторінку не знайдено", "На жаль, сторінку, яку ви шукаєте, не знайдено. Можливо, її було видалено."),
        ("Seite nicht gefunden", "Leider wurde die Seite, die Sie suchen, verschoben oder gelöscht."),
    ],
)
def test_an_error_page_is_no_article(headline: str, text: str) -> None:
    with pytest.raises(Gone):
        read(headline, f"<p>{text}</p>")


def test_a_page_to_log_in_is_no_article() -> None:
    with pytest.raises(NotArticle):
        read("Log in", "<p>Please log in to your account to go on.</p><form><input type=password></form>")


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Regulator fines shop", "The regulator fined a web shop because its partners store cookies without consent."),
        (
            "Regulator fines shop again",
            "The regulator fined a shop because its partners store cookies without consent, and of its cookie policy.",
        ),
        ("Court bans banners", "We use cookies too, the publisher said on Tuesday, and will go to a higher court."),
        ("Observers turned away", "Observers said that access denied to three polling stations was unusual this year."),
        ("Title 'was just a moment of luck'", "Her victory was just a moment of luck, the new champion said in Oslo."),
        ("'Are you a robot?' test beaten", "A programme has solved the puzzles that ask people if they are human."),
        ("Newsletter of the town", "Subscribe to the town's newsletter to keep reading of the ferry, the mayor said."),
    ],
)
def test_a_brief_that_tells_of_such_things_is_an_article(headline: str, text: str) -> None:
    assert read(headline, f"{DATE}<p>{text}</p>").text


def test_an_address_that_names_its_article_in_a_query_is_no_front_page() -> None:
    head = '<meta property="og:type" content="website">'
    article = read("Ferry goes", f"<p>{SENTENCE}</p>" * 4, head, "https://courier.example/?p=4711")
    assert article.headline == "Ferry goes"


def test_what_others_invite_to_is_no_end_of_a_short_article() -> None:
    related = "<h3>Related</h3><ul><li><a href=/b>Exclusive for subscribers: how the harbour was saved</a></ul>"
    assert read("Ferry goes", f"{DATE}<p>{SENTENCE}</p>{related}").headline == "Ferry goes"
    line = "<p><a href=/b>Exclusive for subscribers: how the old harbour was saved</a></p>"
    assert read("Ferry goes", f"{DATE}<p>{SENTENCE}</p>{line}").headline == "Ferry goes"


FINES = (
    "The regulator fined three web shops on Tuesday because their partners store cookies without consent. "
    "The shops must pay two million euros, it said, as their cookie banners and tracking broke the law on privacy and "
    "personal data. Vendors of such banners and the shops' partners said that consent had been asked for on each page, "
    "and that visitors could choose which cookies they took, in a ruling on tracking that many had waited for. "
)


GOODS = ld('{"@type": "Product", "name": "Boat shoe", "offers": {"@type": "Offer", "price": "89"}}')


@pytest.mark.parametrize("head", [GOODS, "<meta property=og:type content=product>"])
def test_what_is_for_sale_is_no_article(head: str) -> None:
    with pytest.raises(NotArticle, match="sale"):
        read("Boat shoe", PARAGRAPHS[:600], head)


@pytest.mark.parametrize("head", ["<meta property=og:type content=article>", "<meta name=author content='Ann Hill'>"])
def test_a_story_about_something_for_sale_is_an_article(head: str) -> None:
    assert read("Boat shoe on test", PARAGRAPHS[:600], GOODS + head).text


def test_news_of_consent_with_a_date_is_an_article() -> None:
    assert read("Regulator fines shops", f"{DATE}<p>{FINES}</p><p>{FINES[:200]}</p>").text


@pytest.mark.parametrize(
    "line",
    [
        "The first night of the fair is exclusively for members of the club; all others may come on Friday.",
        "Children get a badge if they want to keep reading through the summer, the library said.",
        "The films will be available to subscribers of its dearest plan from the first of June, it said.",
    ],
)
def test_a_brief_of_subscribers_is_no_teaser(line: str) -> None:
    assert read("Fair opens", f"{DATE}<p>{SENTENCE}</p><p>{line}</p>").text.endswith(line)


def test_what_is_said_to_be_free_is_no_teaser() -> None:
    head = ld('{"@type":"NewsArticle","headline":"Ferry goes","isAccessibleForFree":true}')
    assert read("Ferry goes", f"{DATE}<p>{SENTENCE}</p><p>Subscribe to keep reading more of it.</p>", head).text


def test_a_roundup_with_a_date_and_links_to_others_are_no_lists() -> None:
    assert read("Five stories you may have missed", f"{DATE}<ul>{CARDS}</ul>").text
    others = CARDS.replace("/town/", "https://other.example/town/")
    assert read("Where to eat in the town", f"<ul>{others}</ul>").text


def test_two_letters_of_a_path_are_a_language_only_where_one_has_them() -> None:
    head = '<meta property="og:type" content="website">'
    assert read("AI", PARAGRAPHS[:600], head, "https://courier.example/ai").text
    with pytest.raises(NotArticle):
        read("Courier", PARAGRAPHS[:600], head, "https://courier.example/uk/")


def test_a_text_that_scripts_fetch_is_missing_and_its_description_stands_for_it() -> None:
    told = '<meta name=description content="The ferry takes up its service again after nine years.">'
    html = (
        f"<html><head><title>The ferry is back</title>{told}</head><body><main><div class=loader></div></main></body>"
    )
    article, flaw = read_anyway(html.encode(), URL)
    assert (article.text, article.provenance["body"]) == (
        "The ferry takes up its service again after nine years.",
        "meta:description",
    )
    assert isinstance(flaw, Incomplete)
    with pytest.raises(Incomplete, match="scripts may fetch it"):
        read_page(html.encode(), URL)


def test_headings_without_a_text_are_no_article() -> None:
    heading = "<h3>Fill in the form and look into your mailbox, then wait a little</h3>"
    with pytest.raises(Incomplete, match="no text below them"):
        read("Get a new password", f"<article>{heading}<form><input></form></article>")
    assert read("The mill turns", f"<article>{heading}<p>{SENTENCE}</p></article>").body
