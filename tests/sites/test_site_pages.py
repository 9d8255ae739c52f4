"""Pages of a site about itself, and what was searched for, are no articles."""

from __future__ import annotations

import pytest
from invented_pages import AUTHOR, DATE, OG_ARTICLE, OG_SITE, TEXT, ld, read

from workers.core.errors import NotArticle

WEBPAGE = OG_ARTICLE + ld(
    '{"@graph":[{"@type":"WebPage","datePublished":"2020-01-02","name":"x"},{"@type":"WebSite"}]}'
)


@pytest.mark.parametrize(
    ("headline", "path", "lang", "head"),
    [
        ("About The Courier", "/about/", "en", OG_SITE),
        ("About us", "/about-us", "en", WEBPAGE),
        ("Who we are and how we work", "/about.html", "en", ""),
        ("Privacy Policy", "/privacy-policy/", "en", WEBPAGE),
        ("Privacy policy", "/page/17", "en", OG_SITE),
        ("Terms and Conditions", "/terms", "en", ld('{"@type":"Article","headline":"Terms and Conditions"}')),
        ("Contact us", "/contact-us/", "en", ""),
        ("Write to the editors", "/write", "en", ld('{"@type":"ContactPage"}')),
        ("The Courier", "/info", "en", ld('{"@type":"AboutPage"}')),
        ("Advertise with us", "/advertise-with-us", "en", ""),
        ("Subscribe to The Courier", "/subscribe", "en", ""),
        ("Choose what suits you", "/subscriptions/", "en", ""),
        ("Impressum", "/impressum", "de", ""),
        ("Datenschutzerklärung", "/rechtliches/datenschutz", "de", ""),
        ("Über uns", "/ueber-uns/", "de", ""),
        ("Mentions légales", "/mentions-legales", "fr", ""),
        ("Qui sommes-nous ?", "/qui-sommes-nous", "fr", ""),
        ("Política de privacidad", "/legal/privacidad", "es", ""),
        ("Quiénes somos", "/quienes-somos", "es", ""),
        ("Chi siamo", "/chi-siamo", "it", ""),
        ("Fale conosco", "/fale-conosco", "pt", ""),
        ("Privacyverklaring", "/privacyverklaring", "nl", ""),
        ("Polityka prywatności", "/polityka-prywatnosci", "pl", ""),
        ("Про нас", "/pro-nas", "uk", ""),
        ("Політика конфіденційності", "/page/5", "uk", ""),
        ("О проекте", "/about", "ru", ""),
        ("Политика обработки персональных данных", "/policy/", "ru", ""),
        ("About this site", "/about/", "en", OG_ARTICLE + ld('{"@type":"Article","headline":"About this site"}')),
        ("The Courier: Sobre nosotros", "/p/sobre-nosotros.html", "es", '<meta name="author" content="Ada Marsh">'),
        ("Ada Marsh", "/team/ada-marsh", "en", ""),
        ("Om oss", "/om-oss", "sv", ""),
        ("Ochrana osobních údajů", "/ochrana-osobnich-udaju", "cs", ""),
        ("Podmínky užití", "/podminky", "cs", ""),
        ("Privatumo politika", "/privatumo-politika", "lt", ""),
        ("Tentang Kami", "/tentang-kami", "id", ""),
        ("Liên hệ tòa soạn", "/lien-he", "vi", ""),
        ("درباره ما", "/page/about", "fa", ""),
        ("מדיניות פרטיות", "/p/7", "he", ""),
        ("Gizlilik Politikası", "/gizlilik-politikasi", "tr", ""),
        ("プライバシーポリシー", "/policy", "ja", ""),
        ("关于我们", "/company/17", "zh", ""),
    ],
)
def test_a_page_of_the_site_about_itself_is_no_article(headline: str, path: str, lang: str, head: str) -> None:
    with pytest.raises(NotArticle, match="about itself"):
        read(headline, f"{TEXT}<p>Last changed on 3 May 2021.</p>" if "olic" in headline else TEXT, head, path, lang)


@pytest.mark.parametrize(
    ("headline", "path"),
    [
        ("Stories that match", "/find?region=north&topic=ferry"),
        ("Search results for: ferry", "/?s=ferry"),
        ("Suchergebnisse", "/suche/ferry"),
        ("Результати пошуку", "/poshuk/ferry"),
        ("Events in 2026-11", "/calendar?month=2026-11"),
        ("Agenda", "/agenda/?date=2024-05-02"),
        ("Archive for 2 May 2024", "/archive/2024/05/02/"),
        ("Month: May 2024", "/2024/05/"),
    ],
)
def test_what_was_searched_for_is_no_article(headline: str, path: str) -> None:
    line = "<p>There are no events in this month yet. Send us your events and we will print them here.</p>"
    with pytest.raises(NotArticle):
        read(headline, line * 2, "", path)


@pytest.mark.parametrize(
    ("headline", "body", "path", "head"),
    [
        ("Contact", DATE + AUTHOR + TEXT, "/films/contact-1997", ""),
        ("Privacy policy of the town is unlawful, court says", DATE + TEXT, "/town/privacy-policy", ""),
        ("About time: the clock of the town hall goes", TEXT, "/town/about-time", ""),
        ("About us", DATE + AUTHOR + TEXT, "/films/about-us-review", ""),
        ("Terms of trade", TEXT, "/blog/terms-of-trade", OG_SITE),
        ("How we choose our wood", TEXT, "/blog/how-we-choose-our-wood", OG_SITE + ld('{"@type":"WebPage"}')),
        ("Search for the lost boat goes on", TEXT, "/search-for-the-lost-boat", ""),
        ("The calendar of the Maya", TEXT, "/blog/calendar", ""),
        ("The bridge is closed", DATE + TEXT, "/2024/05/02/the-bridge-is-closed", ""),
        ("The bridge is closed", TEXT, "/index.php?id=4711", ""),
        ("Datenschutz", DATE + AUTHOR + TEXT, "/magazin/datenschutz-im-alltag", ""),
    ],
)
def test_an_article_with_such_words_stays_one(headline: str, body: str, path: str, head: str) -> None:
    assert len(read(headline, body, head, path).body) >= 8


def test_a_signed_story_may_stand_right_below_the_front_page_under_such_a_name() -> None:
    told = '{"@type":"%s","headline":"%s","datePublished":"2024-05-02","author":{"@type":"Person","name":"Ann Hill"}}'
    headline = "A film from the bottom of the sea"
    assert read(headline, TEXT, ld(told % ("NewsArticle", headline)), "/contact").authors == ("Ann Hill",)
    for kind, title in (("Article", headline), ("NewsArticle", "Contact us")):
        with pytest.raises(NotArticle):
            read(title, TEXT, ld(told % (kind, title)), "/contact")


@pytest.mark.parametrize(
    "head",
    [ld('{"@type":"JobPosting","title":"x"}'), ld('{"@type":"Event"}')],
)
def test_what_is_offered_is_no_article_unless_one_tells_of_it(head: str) -> None:
    with pytest.raises(NotArticle, match="offers"):
        read("The fair at the quay of the town", TEXT, head)
    assert read("The fair at the quay of the town", TEXT, head + ld('{"@type":"NewsArticle"}')).body
