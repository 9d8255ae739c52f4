"""What stays in a text and what does not, on pages of no particular site: words that tell furniture may tell news."""

from __future__ import annotations

import pytest

from workers.sites.generic.names import names_body
from workers.sites.generic.phrases import furniture_lines, is_furniture_line, names_box, opens_related
from workers.sites.generic.text.walk import outline_of
from workers.sites.page.document import Document
from workers.sites.read import read_anyway, read_page

URL = "https://courier.example/news/the-ferry-that-came-back-4711"
HEAD = "<!doctype html><html lang=en><title>The ferry came back</title><body><main><h1>The ferry came back</h1>"
FIRST = "The ferry that was lost in the fog for two days came back to its harbour with all of its passengers on board."
SECOND = (
    "Its captain said that the engine had failed far from the coast, and that nobody had answered his calls at night."
)
THIRD = (
    "The harbour's master will ask why the station on the island was empty when the first of the calls came in there."
)


def page(*inside: str) -> bytes:
    return (HEAD + "<article>" + "".join(inside) + "</article></main></body></html>").encode()


def lines(body: bytes) -> list[str]:
    return [block.text for block in read_page(body, URL).body]


@pytest.mark.parametrize(
    "sentence",
    [
        "Advertisement revenue is not what keeps a harbour alive.",
        "Comments from the owner of the line suggest that it will go on.",
        "Note: the figures for the spring are not final, the office said.",
        "Do you have regrets?",
        "Was this an accident?",
        "Teilen der Opposition geht das nicht weit genug.",
        "Anzeige gegen Unbekannt ist erstattet worden.",
        "Crédit agricole et deux assureurs paient la réparation.",
        "Compartir muelle con los pescadores es lo normal aquí.",
        "Deel van het personeel is niet komen opdagen.",
        "Beeld en geluid waren op het schip niet te krijgen.",
        "Annons för ölen satt kvar på väggen i hamnen.",
        "Reklama piwa na dachu spadła na ulicę w nocy.",
        "Реклама пива на даху впала на вулицю вночі.",
        "写真家の山田さんは港で船を待っていた。",
        "사진작가 김 씨는 항구에서 배를 기다렸다.",
        "Veröffentlicht wurde der Bericht erst am nächsten Morgen.",
        "Published on Tuesday, the report says that half of all harbours have no light.",
        "Written by a nurse in 1916, the diary was found in the cabin of the ferry.",
        "Your browser history tells more than your diary, the judge said.",
        "Publié le 3 mars, le rapport dénonce l'état du port et des quais.",
        "Hier geht es nicht um Geld, sondern um Vertrauen.",
        "Źródło wody na wyspie wyschło latem.",
        "광고 수입이 줄어든 신문사는 배를 팔았다.",
        "広告収入が減った新聞社は船を売った。",
        "إعلان الحرب كان أول ما سمعه البحارة في الميناء.",
        "扫描结果显示，船体完好无损。",
    ],
)
def test_a_sentence_that_begins_with_a_word_of_furniture_stays(sentence: str) -> None:
    assert not is_furniture_line(sentence)
    assert sentence in lines(page(*(f"<p>{text}</p>" for text in (FIRST, sentence, SECOND))))


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT - SCROLL TO CONTINUE",
        "Anzeige",
        "Реклама",
        "Annons:",
        "Copyright © 2024 The Courier. All rights reserved.",
        "Copyright 2024 The Courier Ltd. This may not be published or broadcast.",
        "Do you have a story for us? Write to the desk.",
        "Was this article helpful?",
        "写真",
        "사진=연합",
        "Comments (12)",
        "Teilen",
    ],
)
def test_a_line_of_furniture_goes(line: str) -> None:
    assert is_furniture_line(line)


def test_lines_of_one_page_are_told_as_each_is_told_alone() -> None:
    furniture = {
        "Sign up for our newsletter and get it every morning.",
        "We may earn a commission if you buy something through our links.",
        "We and our partners use cookies on this site.",
        "Teilen",
    }
    text = {
        "The newsletter of the port told nobody that the ferry was late.",
        "Nobody wants to buy the ferry, and the council has no money to purchase another one.",
        "The ministry fined the bank for cookies that nobody had agreed to.",
        "Teilen will die Stadt das Haus nicht, sagte sie.",
    }
    assert furniture_lines([*text, *furniture]) == furniture


@pytest.mark.parametrize(
    "name",
    ["entry-content", "storybody", "news-detail", "article-main", "artikel-inhalt", "nota-texto", "materia", "prose"],
)
def test_the_element_of_the_text_is_told_by_its_name(name: str) -> None:
    assert names_body(name)


@pytest.mark.parametrize("last", ["The inquiry goes on.", "Le port, lui, rouvrira.", "Yes, I will.", "“Never again.”"])
def test_a_short_last_sentence_stays_with_its_neighbours(last: str) -> None:
    assert lines(page(*(f"<p>{text}</p>" for text in (FIRST, SECOND, last)))) == [FIRST, SECOND, last]


@pytest.mark.parametrize("last", ["(jg)", "Reuters", ".", "AFP/mh"])
def test_what_signs_a_text_is_none_of_it(last: str) -> None:
    assert lines(page(*(f"<p>{text}</p>" for text in (FIRST, SECOND, last)))) == [FIRST, SECOND]


def test_a_sentence_of_dense_letters_is_an_article() -> None:
    flash = "乌克兰一处港口粮仓2日因暴风雨坍塌，救援人员救出三人。"
    html = f"<html lang=zh><title>港口粮仓坍塌</title><body><article><h1>港口粮仓坍塌</h1><p>{flash}</p></article>"
    assert [block.text for block in read_anyway(html.encode(), URL)[0].body] == [flash]


def test_a_text_that_machines_are_told_in_part_is_read_whole() -> None:
    texts = [f"{number}. {text}" for number, text in enumerate((FIRST, SECOND, THIRD) * 4)]
    told = " ".join(texts[:10])[:-30]
    script = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{told}…"}}</script>'
    assert lines(page(script, *(f"<p>{text}</p>" for text in texts))) == texts


@pytest.mark.parametrize(
    ("slug", "heading"),
    [
        ("social-costs", "Social costs"),
        ("h-popular-support", "Popular support"),
        ("sharing-the-burden", "Sharing the burden"),
        ("consent-of-the-owners", "Consent of the owners"),
        ("legal-questions", "Legal questions"),
    ],
)
def test_an_id_made_of_a_headings_words_tells_nothing(slug: str, heading: str) -> None:
    of_heading = page(f"<p>{FIRST}</p><p>{SECOND}</p>", f'<h2 id="{slug}">{heading}</h2>', f"<p>{THIRD}</p>")
    of_section = page(
        f"<p>{FIRST}</p><p>{SECOND}</p>", f'<section id="{slug}"><h2>{heading}</h2><p>{THIRD}</p></section>'
    )
    assert lines(of_heading) == lines(of_section) == [FIRST, SECOND, heading, THIRD]


def test_an_id_still_tells_of_a_box_whose_heading_says_the_same() -> None:
    box = (
        '<section id="related-articles"><h2>Related articles</h2><p>Another boat was found on the beach.</p></section>'
    )
    assert lines(page(*(f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD)), box)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("name", ["local-authority", "adopting-rust", "operating-results", "teaser-content"])
def test_a_part_of_a_word_is_no_name_of_furniture(name: str) -> None:
    inside = f'<div class="{name}"><p>{FIRST}</p></div><p>{SECOND}</p><p>{THIRD}</p>'
    assert lines(page(inside)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("tag", ["noindex", "st1:city", "org", "hl2", "amp-link"])
def test_a_tag_that_html_does_not_know_breaks_no_sentence(tag: str) -> None:
    found = outline_of(
        Document(f"<p>According to <{tag}><a href=/a>the agency</a></{tag}>, it came back.</p>", URL).root
    )
    assert [piece.text for piece in found.pieces] == ["According to the agency, it came back."]


def test_an_unknown_tag_around_paragraphs_holds_them() -> None:
    found = outline_of(Document(f"<news-text><p>{FIRST}</p><p>{SECOND}</p></news-text>", URL).root)
    assert [piece.text for piece in found.pieces] == [FIRST, SECOND]


@pytest.mark.parametrize("element", ["span class=tooltip", "mark class=hashtag", "span class=popup-term"])
def test_a_word_within_a_sentence_stays_whatever_its_name(element: str) -> None:
    tag = element.split()[0]
    html = f"<p>It was, they said, <{element}>force majeure</{tag}>, and nothing else.</p>"
    found = outline_of(Document(html, URL).root)
    assert [piece.text for piece in found.pieces] == ["It was, they said, force majeure, and nothing else."]


def test_of_two_articles_on_one_page_the_one_with_the_headline_is_read() -> None:
    other = "Another story has begun below, about a bridge that nobody has crossed since the great flood of the spring."
    second = f"<article><h1>The bridge is closed</h1><p>{other}</p><p>{other} Twice.</p></article>"
    first = f"<article><h1>The ferry came back</h1><p>{FIRST}</p><p>{SECOND}</p></article>"
    html = f"<title>The ferry came back</title><main>{first}{second}</main>"
    assert lines(html.encode()) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "heading",
    [
        "İlgili Haberler",
        "ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ",
        "اقرأ أيضًا",
        "Leer más",
        "Veja mais",
        "相关报道",
        "最新ニュース",
        "ذات صلة",
        "More about Ukraine",
        "Mehr zum Thema Hafen",
        "Latest from World",
    ],
)
def test_a_box_is_known_by_its_heading(heading: str) -> None:
    assert names_box(heading)
    box = (
        f'<h3>{heading}</h3><ul><li><a href="/news/a-bridge-is-built-again-12345">A bridge is built again here</a></ul>'
    )
    found = read_page(page(*(f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD)), box), URL).links
    assert [link.url for link in found] == ["https://courier.example/news/a-bridge-is-built-again-12345"]


@pytest.mark.parametrize("heading", ["More about how we got here, and why.", "Themen", "Mots-clés", "Archivado en"])
def test_a_subheading_and_the_tags_are_no_boxes_of_articles(heading: str) -> None:
    assert not names_box(heading)


def test_a_label_on_the_line_of_its_link_is_a_box() -> None:
    label = '<p>Read also: <a href="/news/articles/c9x8y7z6w5vo">A bridge is built again</a></p>'
    found = read_page(page(f"<p>{FIRST}</p>", label, f"<p>{SECOND}</p><p>{THIRD}</p>"), URL).links
    assert [link.url for link in found] == ["https://courier.example/news/articles/c9x8y7z6w5vo"]


def test_the_pages_own_address_is_no_link_of_a_box() -> None:
    box = f'<h3>Read also</h3><a href="#">Share this long story now</a><a href="{URL}">The ferry came back again</a>'
    assert read_page(page(*(f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD)), box), URL).links == ()


def test_accents_and_capitals_do_not_matter_in_a_heading() -> None:
    assert opens_related("À LIRE AUSSI")
    assert opens_related("A LIRE AUSSI")
    assert opens_related("Das konnte Sie auch interessieren")


LONG = (FIRST, SECOND, THIRD, FIRST.replace("ferry", "trawler"), SECOND.replace("captain", "mate"))


@pytest.mark.parametrize(
    "label",
    [
        "<div>Advertisement</div>",
        "<div>Newsletter</div>",
        "<p>Share</p>",
        '<p><strong>Read more: </strong><a href="/news/the-other-ship-4712">The other ship is on its way</a></p>',
    ],
)
def test_a_label_in_the_middle_of_a_text_ends_nothing(label: str) -> None:
    last = THIRD.replace("harbour", "island")
    body = "".join(f"<p>{text}</p>" for text in LONG)
    assert lines(page(f"<div>{body}{label}<p>{last}</p></div>")) == [*LONG, last]


def test_a_label_after_the_text_still_ends_it() -> None:
    bio = "<div><p>Some One has written about ships and harbours for twenty years, and lives on an island.</p></div>"
    body = "".join(f"<p>{text}</p>" for text in LONG)
    assert lines(page(f"<div>{body}</div><div>About the author</div>{bio}")) == list(LONG)


SHORT = "Nobody was hurt."


@pytest.mark.parametrize(
    "end",
    [
        f"<ul><li>One long lane will stay open for the buses.</li></ul><p>{SHORT}</p>",
        f"<blockquote><p>We shall not go there again before the summer, I can tell you.</p></blockquote><p>{SHORT}</p>",
        f"<h2>What now</h2><p>{SHORT}</p>",
        '<p>Nobody was <a href="/news/hurt-4713">hurt</a>.</p>',
        f"<p><strong>COURIER:</strong> {SHORT}</p>",
    ],
)
def test_a_short_last_sentence_stays_after_whatever_stands_before_it(end: str) -> None:
    found = lines(page("<div>", *(f"<p>{text}</p>" for text in LONG), end, "</div>"))
    assert found[: len(LONG)] == list(LONG)
    assert found[-1].endswith(SHORT)


def test_a_short_last_sentence_in_a_box_of_its_own_stays() -> None:
    boxes = (f'<div class="tx"><p>{text}</p></div>' for text in (*LONG, SHORT))
    assert lines(page(*boxes)) == [*LONG, SHORT]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sign up began in March and 4,000 people came.",
        "Get our children back, the mothers shouted at the gates.",
        "Listen to the trees, the forester told the visitors.",
        "Related: the same company was fined in 2019 by the regulator.",
        "Lesen Sie das Gesetz, rief der Abgeordnete in den Saal.",
        "Editor's note: This story was updated to include a reply.",
    ],
)
def test_a_sentence_that_begins_like_an_invitation_stays(sentence: str) -> None:
    assert sentence in lines(page(*(f"<p>{text}</p>" for text in (FIRST, sentence, SECOND))))


@pytest.mark.parametrize(
    "heading", ["संबंधित खबरें", "חדשות אחרונות", "関連ニュース", "관련 뉴스", "Mehr von Reto Amrein", "Friss hírek"]
)
def test_boxes_are_known_in_more_languages(heading: str) -> None:
    assert names_box(heading)


def test_a_category_is_the_section_and_no_tag() -> None:
    marks = '<a href="/c/sea" rel="category tag">Sea</a> <a href="/t/ferry" rel="tag">Ferries</a>'
    article = read_page(page(*(f"<p>{text}</p>" for text in LONG), f"<footer>{marks}</footer>"), URL)
    assert (article.section, article.tags) == ("Sea", ("Ferries",))


def test_a_desk_is_no_author_beside_a_person() -> None:
    byline = '<div class="byline">di <span class="author">Giulia Ferrandi</span> e Redazione Online</div>'
    assert read_page(page(byline, *(f"<p>{text}</p>" for text in LONG)), URL).authors == ("Giulia Ferrandi",)
