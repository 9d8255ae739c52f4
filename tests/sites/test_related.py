"""Boxes of other articles: by the headings that many languages have for them, and by what stands under a heading."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from speed import a_second

from workers.core.article import Article
from workers.core.errors import Incomplete
from workers.sites.read import read_page

URL = "https://courier.example/town/ferry-4711"
TEXT = "".join(f"<p>Sentence {n}: the ferry goes again after a winter of repairs to its engine.</p>" for n in range(5))
ONE, TWO = "/town/bridge-closes-for-winter-4712", "/town/mill-wheel-turns-again-4713"


def read(after: str, before: str = "") -> Article:
    page = f"<html lang=en><body><article><h1>Ferry goes</h1>{TEXT}{before}{TEXT}</article>{after}</body></html>"
    return read_page(page.encode(), URL)


def links(article: Article) -> list[tuple[str, str]]:
    return [(str(link.label), link.url.removeprefix("https://courier.example")) for link in article.links]


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("More posts", "more_about"),
        ("Most Viewed in Town", "hot_news"),
        ("Articles récents", "latest"),
        ("Postagens mais visitadas", "hot_news"),
        ("Passend zum Artikel", "more_about"),
        ("Другие новости раздела", "more_about"),
        ("Notas relacionadas", "more_about"),
        ("Přečtěte si také", "more_about"),
        ("İlgili haber", "more_about"),
        ("Post Terkait:", "more_about"),
        ("Berita lainnya", "more_about"),
        ("Сондай-ақ оқыңыз", "more_about"),
        ("আরও পড়ুন", "more_about"),
        ("ข่าวที่เกี่ยวข้อง", "more_about"),
        ("مواضيع متعلقة", "more_about"),
    ],
)
def test_the_headings_of_boxes_are_known_in_many_languages(heading: str, label: str) -> None:
    box = f"<div><h3>{heading}</h3><ul><li><a href={ONE}>Bridge closes for the winter</a></li></ul></div>"
    assert links(read(box)) == [(label, ONE)]


@pytest.mark.parametrize("href", ["/n/12", "/node/12", "/read.php?id=3"])
def test_a_headline_under_a_known_heading_leads_to_an_article_whatever_its_address(href: str) -> None:
    box = f"<h3>Related articles</h3><ul><li><a href={href}>Bridge closes for the winter</a></li></ul>"
    assert links(read(box)) == [("more_about", href)]


@pytest.mark.parametrize("href", ["/tag/bridges-of-the-valley", "/2026/10/", "/author/ann-rask-the-elder", "/n/12"])
def test_tags_months_and_names_are_no_articles(href: str) -> None:
    assert links(read(f"<h3>Related articles</h3><ul><li><a href={href}>Bridges</a></li></ul>")) == []


def test_a_link_may_hold_its_label() -> None:
    card = f"<div><a href={ONE}><p>Related article</p><p>Bridge closes for the winter</p></a></div>"
    article = read("", before=card)
    assert [(link.headline, str(link.label)) for link in article.links] == [
        ("Bridge closes for the winter", "more_about")
    ]


ITEMS = f"<li><a href={ONE}>Bridge closes for the winter</a></li><li><a href={TWO}>Mill wheel turns again at last</a>"
CARDS = f"<ul>{ITEMS}</ul>"


def test_a_heading_of_articles_behind_the_text_heads_a_box_whatever_its_words() -> None:
    assert links(read(f"<div><h3>Out on the water</h3>{CARDS}</div>")) == [("more_about", ONE), ("more_about", TWO)]


@pytest.mark.parametrize(
    "after",
    [
        f"<footer><h3>Out on the water</h3>{CARDS}</footer>",
        f"<div><h3>Out on the water</h3><ul><li><a href={ONE}>Bridge closes for the winter</a></ul></div>",
        f"<div><h3>Out on the water</h3>{CARDS.replace('href=', 'href=https://other.example')}</div>",
        "<div><h3>Our sections</h3><ul><li><a href=/sport>Sport</a><li><a href=/town>Town</a></ul></div>",
    ],
)
def test_what_else_stands_under_headings_behind_the_text_is_no_box(after: str) -> None:
    assert links(read(after)) == []


def test_a_heading_in_the_text_heads_no_box_for_the_links_of_its_paragraphs() -> None:
    assert links(read("", before=f"<h2>Out on the water</h2>{CARDS}")) == []


def test_labels_in_bold_that_tell_whose_news_and_a_single_link_behind_more_are_boxes_in_the_text() -> None:
    bold = f"<p><strong>Read more on Courier News:</strong><br><a href={ONE}>Bridge closes for the winter</a></p>"
    single = f"<p><strong>More: </strong><a href={TWO}>The mill wheel turns again</a></p>"
    assert links(read("", bold + single)) == [("more_about", ONE), ("more_about", TWO)]


def test_the_comments_of_a_related_article_are_none() -> None:
    item = '<li><a href="{0}">The bridge closes for the winter</a> <a href="{0}/comments">(12)</a></li>'
    items = "".join(map(item.format, (ONE, "/town/ferry-4711", TWO)))
    assert links(read(f"<div><h3>More posts</h3><ul>{items}</ul></div>")) == [("more_about", ONE), ("more_about", TWO)]


@pytest.mark.parametrize(
    "box",
    [
        f"<div><p>Around the quay</p><a href={ONE}>Bridge closes for winter again</a>"
        f"<a href={TWO}>Mill wheel turns again in town</a></div>",
        f"<section><h3>Around the quay</h3><a href={ONE}>Bridge closes for winter again</a> "
        f"<a href={TWO}>Mill wheel turns again in town</a></section>",
        f"<div><b>Around the quay:</b><ul><li><a href={ONE}>Bridge closes for winter again</a></li>"
        f"<li><a href={TWO}>Mill wheel turns again in town</a></li></ul></div>",
    ],
)
def test_a_short_line_with_several_headlines_right_below_it_heads_a_box_in_the_text(box: str) -> None:
    article = read("", before=box)
    assert links(article) == [("more_about", ONE), ("more_about", TWO)]
    assert not any("quay" in block.text for block in article.body)


@pytest.mark.parametrize(
    "box",
    [
        f"<p>The council met on the quay.</p><p><a href={ONE}>Bridge closes for winter again</a></p>"
        f"<p><a href={TWO}>Mill wheel turns again in town</a></p>",
        "<div><p>Our shops</p><a href=/shop/town-4714>In town</a><a href=/shop/quay-4715>On the quay</a></div>",
        "<div><p>Who said what</p><a href=https://other.example/what-the-mayor-said-4711>What the mayor said there</a>"
        "<a href=https://other.example/what-the-master-said-4712>What the master said there</a></div>",
        f"<div><p>Around the quay</p><a href={ONE}>Bridge closes for winter again</a></div>",
    ],
)
def test_sentences_short_links_other_sites_and_a_single_link_are_no_box(box: str) -> None:
    assert links(read("", before=box)) == []


@pytest.mark.parametrize("heading", ["მსგავსი სიახლეები", "Վերջին նորություններ", "あわせて読む", "தொடர்புடைய செய்திகள்"])
def test_the_heading_of_a_box_in_the_text_is_no_text(heading: str) -> None:
    box = f"<p>{heading}</p><ul><li><a href={ONE}>Bridge closes for the winter</a></li></ul>"
    article = read("", before=box)
    assert [url for _, url in links(article)] == [ONE]
    assert not any(heading in block.text for block in article.body)


def test_a_bar_in_the_last_line_of_a_text_hides_no_box_behind_it() -> None:
    items = "".join(f"<li><a href={url}>The wheel of the mill turns again, they say</a></li>" for url in (ONE, TWO))
    text = f"{TEXT}<p>Tickets cost five euros at the door | It opens at seven in the evening.</p>"
    page = f"<html lang=en><body><article><h1>Ferry goes</h1>{text}</article><h3>Old mills</h3><ul>{items}</ul>"
    assert [url for _, url in links(read_page(page.encode(), URL))] == [ONE, TWO]


def test_many_lines_above_links_cost_less_than_a_second(unburdened: None) -> None:
    html = "<html lang=en><body><h1>The ferry goes again</h1>" + "Lab<p><a href=x>x</a><hr>" * 24_000
    begun = time.process_time()
    with suppress(Incomplete):
        read_page(html.encode(), "https://courier.example/2026/03/ferry-goes-again")
    assert time.process_time() - begun < a_second()


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("Dans la même rubrique", "more_about"),
        ("Latest news", "latest"),
        ("Most read", "hot_news"),
        ("En la misma sección", "more_about"),
    ],
)
def test_the_heading_of_a_box_may_lead_to_all_of_them(heading: str, label: str) -> None:
    after = (
        f"<div><h2><a href=/town>{heading}</a></h2><ul><li><a href={ONE}>Bridge closes for the winter</a></ul></div>"
    )
    assert links(read(after)) == [(label, ONE)]
    assert links(read(after.replace(heading, "Themen"))) == []


def test_the_number_of_an_article_may_stand_right_behind_its_word() -> None:
    own = "/spip.php?article4712"
    after = f"<div><h2>Related articles</h2><ul><li><a href={own}>Bridge closes for the winter</a></ul></div>"
    assert links(read(after)) == [("more_about", own)]
