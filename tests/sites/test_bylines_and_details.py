"""What pages say of an article around its text: paywall, section, tags, picture, language, and who signed it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from workers.core.article import Article
from workers.core.language import detect
from workers.sites.read import read_page

URL = "https://courier.example/2026/03/roof"
TEXT = "<p>The roof of the old market hall came down on Tuesday, and nobody was hurt.</p>" * 5


def read(
    body: str = "", *, head: str = "", story: Any = None, text: str = TEXT, lang: str = "lang=en", url: str = URL
) -> Article:
    data = f'<script type="application/ld+json">{json.dumps(story)}</script>' if story else ""
    html = f"<html {lang}><head>{head}{data}</head><body><article><h1>The roof fell</h1>{body}{text}</article>"
    return read_page(html.encode(), url)


def news(**properties: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": "The roof fell"} | properties


@pytest.mark.parametrize("content", ["true", "false"])
def test_an_opinion_is_neither_free_nor_locked(content: str) -> None:
    assert read(head=f'<meta property="article:opinion" content="{content}">').paywalled is None


@pytest.mark.parametrize(
    ("parts", "paywalled"),
    [
        ({"@type": "WebPageElement", "isAccessibleForFree": False}, True),
        ([{"isAccessibleForFree": "True"}, {"isAccessibleForFree": "False"}], True),
        ([{"isAccessibleForFree": True}], False),
        (["nothing", {}], None),
    ],
)
def test_a_paywall_may_be_told_of_a_part_alone(parts: Any, paywalled: bool | None) -> None:
    text = "".join(
        f"<p>The market has {n} stalls, and none of them was open when its roof came down.</p>" for n in range(5)
    )
    assert read(story=news(hasPart=parts), text=text).paywalled is paywalled


def test_what_the_article_says_as_a_whole_comes_before_its_parts() -> None:
    story = news(isAccessibleForFree=True, hasPart={"isAccessibleForFree": False})
    assert read(story=story).paywalled is False


TEASER = {
    "@type": "NewsArticle",
    "headline": "Seven good phones",
    "datePublished": "2023-01-01",
    "author": "Bob Teaser",
    "articleSection": "Phones",
    "keywords": "phones",
}


@pytest.mark.parametrize("address", [{}, {"url": "/2023/phones"}, {"mainEntityOfPage": {"@id": "/2023/phones#it"}}])
def test_a_teaser_in_json_ld_tells_nothing_of_the_page(address: dict[str, Any]) -> None:
    article = read('<p class="byline">By Ann Hill</p>', story=TEASER | address)
    assert (article.authors, article.published, article.section, article.tags) == (("Ann Hill",), None, None, ())


def test_of_teasers_alone_none_is_believed() -> None:
    assert read(story=[TEASER, TEASER | {"headline": "Eight cheap laptops"}]).authors == ()


@pytest.mark.parametrize(
    "own",
    [
        {"url": URL},
        {"@id": "https://www.courier.example/2026/03/roof?utm_source=x#article"},
        {"mainEntityOfPage": URL + "/"},
        {"headline": "Market hall: a roofing disaster"},
        {"headline": "escenic"},
        {"headline": ""},
        {"headline": "Дах ринку впав"},
        {"description": "Nobody was hurt when the roof came down."},
    ],
)
def test_an_articles_own_json_ld_is_believed_whatever_its_headline(own: dict[str, Any]) -> None:
    head = '<meta property="og:description" content="Nobody was hurt when the roof came down.">'
    assert read(head=head, story=TEASER | own).authors == ("Bob Teaser",)


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("João Silva e Ana Costa", ("João Silva", "Ana Costa")),
        ("Maria dos Santos e Silva", ("Maria dos Santos e Silva",)),
        ("Josep Puig i Cadafalch", ("Josep Puig i Cadafalch",)),
        ("Jan Kowalski i Anna Nowak", ("Jan Kowalski", "Anna Nowak")),
        ("Ali Kaya ve Ayşe Demir", ("Ali Kaya", "Ayşe Demir")),
        ("Jan de Boer en Piet Bakker", ("Jan de Boer", "Piet Bakker")),
        ("Anna Berg, Eva Lund och Per Olsson", ("Anna Berg", "Eva Lund", "Per Olsson")),
        ("Anna Berg og Ida Dahl og Per Olsson", ("Anna Berg", "Ida Dahl", "Per Olsson")),
        ("王小明、李大华", ("王小明", "李大华")),
        ("Anne Dupont (avec AFP)", ("Anne Dupont",)),
        ("Anne Dupont avec AFP", ("Anne Dupont",)),
        ("Hans Berg mit dpa", ("Hans Berg",)),
        ("Jane Doe (Reuters/AFP)", ("Jane Doe",)),
        ("Иван Иванов (Киев)", ("Иван Иванов",)),
        ("Jane Doe (Kyiv) and Ann Hill (Lviv)", ("Jane Doe", "Ann Hill")),
        ("Robert (Bob) Hill", ("Robert (Bob) Hill",)),
        ("Von Miller", ("Von Miller",)),
        ("Di Stefano", ("Di Stefano",)),
        ("Da Silva Pereira", ("Da Silva Pereira",)),
        ("Par Singh", ("Par Singh",)),
        ("Da'Shawn Brown", ("Da'Shawn Brown",)),
        ("Von Hans Berg", ("Hans Berg",)),
        ("By Reuters", ("Reuters",)),
        ("Mary Jones, BBC News", ("Mary Jones",)),
        ("Anna Smith, Washington Bureau Chief", ("Anna Smith",)),
        ("Mary Jones, Anna Smith", ("Mary Jones", "Anna Smith")),
        ("Jane Doe @jane_doe", ("Jane Doe",)),
    ],
)
def test_names_in_json_ld_are_told_apart_and_kept_whole(told: str, names: tuple[str, ...]) -> None:
    assert read(story=news(author={"@type": "Person", "name": told})).authors == names


@pytest.mark.parametrize(
    "desk",
    [
        "Редакция",
        "Редакція",
        "La Rédaction",
        "Redacción",
        "Newsroom",
        "The Newsroom",
        "Web Desk",
        "Super User",
        "admin",
        "责任编辑：王某",
    ],
)
def test_a_desk_or_a_default_user_is_nobody_and_yields_to_a_name(desk: str) -> None:
    assert read(story=news(author=desk)).authors == ()
    assert read('<p class="byline">By Ann Hill</p>', story=news(author=desk)).authors == ("Ann Hill",)


def test_a_news_desk_that_signs_yields_to_a_name() -> None:
    assert read(story=news(author="News Desk")).authors == ("News Desk",)
    assert read('<p class="byline">By Ann Hill</p>', story=news(author="News Desk")).authors == ("Ann Hill",)


def test_a_line_of_text_is_no_byline_because_of_its_first_letters() -> None:
    assert read("<p>Digital Life</p><p>Die Alpen</p><p>Avant Garde</p>").authors == ()


@pytest.mark.parametrize("name", ["أحمد عبد الله", "דוד כהן", "राम कुमार", "გიორგი მაისურაძე", "สมชาย ใจดี"])
def test_a_script_without_capitals_has_names_too(name: str) -> None:
    assert read(f'<p><a href="/author/7">{name}</a></p>').authors == (name,)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("Автор: Іван Петренко", ("Іван Петренко",)),
        ("di Marco Rossi", ("Marco Rossi",)),
        ("Di Marco Rossi e Anna Bianchi", ("Marco Rossi", "Anna Bianchi")),
        ("Av Per Olsson", ("Per Olsson",)),
        ("Af Mette Hansen", ("Mette Hansen",)),
        ("Di cosa parliamo oggi", ()),
        ("Av alla hus föll ett", ()),
        (
            "By Maria de los Angeles Garcia and Jan van der Berg",
            ("Maria de los Angeles Garcia", "Jan van der Berg"),
        ),
        ("By Jane Doe (Kyiv)", ("Jane Doe",)),
    ],
)
def test_a_line_below_the_headline_names_the_author_in_more_languages(byline: str, names: tuple[str, ...]) -> None:
    assert read(f"<p>{byline}</p>").authors == names


IN_UKRAINIAN = "<p>Дах старого ринку впав у вівторок, але ніхто не постраждав, бо ринок був зачинений.</p>" * 5
IN_CHINESE = "<p>星期二，老市场大厅的屋顶倒塌了，没有人受伤，因为市场当时关闭。</p>" * 9
IN_BULGARIAN = "<p>Покривът на стария пазар се срути във вторник, но никой не пострада, защото беше затворен.</p>" * 5


@pytest.mark.parametrize(
    ("lang", "head", "text", "language"),
    [
        ("lang=en-US", '<meta property="og:locale" content="uk_UA">', IN_UKRAINIAN, "uk"),
        ("lang=en-US", '<meta property="og:locale" content="en_US">', IN_UKRAINIAN, "uk"),
        ("lang=en-US", '<meta property="og:locale" content="bg_BG">', IN_BULGARIAN, "bg"),
        ("lang=en-US", "", IN_CHINESE, "zh"),
        ("lang=uk", "", TEXT, "en"),
        ("lang=fr", "", TEXT, "fr"),
        ("lang=sr", "", IN_BULGARIAN, "sr"),
        ("lang=ja", "", IN_CHINESE, "ja"),
    ],
)
def test_a_language_that_is_not_written_so_is_a_themes_default(lang: str, head: str, text: str, language: str) -> None:
    assert read(head=head, text=text, lang=lang).language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("星期二，老市场大厅的屋顶倒塌了，没有人受伤。iPhone 也没事。", "zh"),
        ("火曜日に古い市場の屋根が崩れ落ちたが、けが人はなかった。", "ja"),
        ("화요일에 오래된 시장의 지붕이 무너졌지만 다친 사람은 없었다.", "ko"),
        ("انهار سقف السوق القديم يوم الثلاثاء ولم يصب أحد بأذى.", "ar"),
        ("سقف بازار قدیمی روز سه‌شنبه فرو ریخت و کسی آسیب ندید.", None),
        ("Η στέγη της παλιάς αγοράς κατέρρευσε την Τρίτη.", "el"),
        ("หลังคาตลาดเก่าถล่มลงเมื่อวันอังคาร ไม่มีใครบาดเจ็บ", "th"),
        ("גג השוק הישן קרס ביום שלישי ואיש לא נפגע.", "he"),
        ("The roof of the Greek market (αγορά) came down on Tuesday and it was the talk of the town.", "en"),
    ],
)
def test_a_script_of_one_language_tells_it(text: str, language: str | None) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("social", "headline"),
    [("Analysis | One fallen roof and its lessons", "The roof fell"), ("One fallen roof", "One fallen roof")],
)
def test_a_label_before_a_bar_makes_a_title_for_feeds(social: str, headline: str) -> None:
    head = f'<title>The roof fell</title><meta property="og:title" content="{social}">'
    assert read(head=head, story=news()).headline == headline


@pytest.mark.parametrize(
    "told",
    [
        {"head": '<meta property="article:tag" content="Roofs,Old markets, Lviv">'},
        {"story": news(keywords=["Roofs, Old markets, Lviv"])},
    ],
)
def test_a_list_in_one_text_is_many_tags(told: dict[str, Any]) -> None:
    assert read(**told).tags == ("Roofs", "Old markets", "Lviv")


def test_a_tag_among_others_may_have_a_comma() -> None:
    assert read(story=news(keywords=["Roofs", "Lviv, Ukraine"])).tags == ("Roofs", "Lviv, Ukraine")


HOME = {"name": "Home", "item": "https://courier.example/"}
CITY = {"name": "City", "item": "https://courier.example/city"}
MARKETS = {"item": {"@id": "/city/markets", "name": "Markets"}}


@pytest.mark.parametrize(
    ("crumbs", "section"),
    [
        ([HOME, CITY], "City"),
        ([HOME, CITY, MARKETS], "Markets"),
        ([HOME, CITY, {"name": "The roof fell"}], "City"),
        ([HOME, CITY, {"name": "Roof disaster", "item": URL}], "City"),
        ([HOME, {"name": "The roof fell", "item": URL}], None),
        ([CITY, {"name": "The roof fell", "item": URL}], "City"),
        ([HOME, {"name": "City"}], "City"),
        ([HOME, CITY, {"name": "Detail", "item": "/city/detail"}], "City"),
        ([{"name": "Головна", "item": "/uk"}, {"name": "The roof fell", "item": URL}], None),
    ],
)
def test_the_last_crumb_that_is_not_the_page_is_its_section(crumbs: list[Any], section: str | None) -> None:
    head = "<title>The roof fell</title>"
    assert read(head=head, story={"@type": "BreadcrumbList", "itemListElement": crumbs}).section == section


@pytest.mark.parametrize(
    "markup", ["<span itemprop=articleSection>City</span>", "<meta itemprop=articleSection content=City>"]
)
def test_a_section_may_be_marked_in_the_page(markup: str) -> None:
    assert read(markup).section == "City"


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<meta property="og:url" content="https://www.courier.example/roof">', "https://www.courier.example/roof"),
        ('<meta property="og:url" content="https://courier.example/">', None),
        ('<meta property="og:url" content="https://courier.example/2026/03">', None),
        ('<meta property="og:url" content="https%3A%2F%2Fcourier.example%2Froof">', None),
        ('<meta property="og:url" content="https://other.example/roof">', None),
        ('<link rel="canonical" href="/own"><meta property="og:url" content="/roof">', "https://courier.example/own"),
    ],
)
def test_an_address_for_feeds_is_the_canonical_one_where_there_is_no_other(head: str, canonical: str | None) -> None:
    assert read(head=head).canonical_url == canonical


TEASING = '<figure><a href="/x"><img src="/i/other.jpg"></a><figcaption>Another thing</figcaption></figure>'
OG_IMAGE = '<meta property="og:image" content="https://cdn.example/1/roof-1200x630.jpg?w=9">'


def captioned(body: str, *, head: str = "", before: str = "", story: Any = None) -> tuple[str | None, str | None]:
    data = f'<script type="application/ld+json">{json.dumps(story)}</script>' if story else ""
    html = f"<html lang=en><head>{head}{data}</head><body>{before}<article><h1>The roof fell</h1>{body}{TEXT}</article>"
    image = read_page(html.encode(), URL).image
    return (image.url, image.caption) if image else (None, None)


@pytest.mark.parametrize(
    "figure",
    [
        '<figure><img srcset="/i/roof-640x336.webp 1x, /i/x.webp 2x"><figcaption>The hall</figcaption></figure>',
        '<figure><img data-src="/i/roof.jpg"><figcaption><span class="visually-hidden">Image caption, </span>The hall'
        "</figcaption></figure>",
        '<div class="wp-caption"><img src="/i/roof-scaled.jpg"><p class="wp-caption-text">The hall</p></div>',
    ],
)
def test_a_caption_is_that_of_the_lead_picture(figure: str) -> None:
    assert captioned(TEASING + figure, head=OG_IMAGE)[1] == "The hall"


def test_without_the_lead_picture_the_first_caption_below_the_headline_counts() -> None:
    figure = '<figure><img src="/i/9.jpg"><figcaption>The hall</figcaption></figure>'
    assert captioned(figure, head=OG_IMAGE, before=TEASING)[1] == "The hall"


def test_json_ld_tells_the_caption_and_may_list_addresses() -> None:
    image = {"@type": "ImageObject", "url": ["https://cdn.example/roof.jpg"], "caption": "The hall &amp; its roof"}
    assert captioned("", story=news(image=image)) == ("https://cdn.example/roof.jpg", "The hall & its roof")


def test_a_picture_that_only_the_page_shows_is_the_lead() -> None:
    figure = '<figure><img src="data:x" data-src="/i/roof.jpg"><figcaption>The hall</figcaption></figure>'
    assert captioned(TEASING + figure, before="<figure><img src=/i/logo.png></figure>") == (
        "https://courier.example/i/roof.jpg",
        "The hall",
    )


@pytest.mark.parametrize("caption", ["The roof fell", "roof-1200x630", "", 7])
def test_a_caption_in_json_ld_that_tells_nothing_is_none(caption: Any) -> None:
    assert captioned("", story=news(image={"url": "https://cdn.example/roof.jpg", "caption": caption}))[1] is None


@pytest.mark.parametrize(
    ("meta", "field"),
    [
        ("application-name", "publisher"),
        ("dc.publisher", "publisher"),
        ("parsely-section", "section"),
        ("category", "section"),
        ("news_keywords", "tags"),
        ("keywords", "tags"),
    ],
)
def test_what_a_meta_said_has_its_name_as_the_source(meta: str, field: str) -> None:
    assert read(head=f'<meta name="{meta}" content="Coast">').provenance[field] == f"meta:{meta}"


def test_the_name_of_the_site_comes_before_that_of_the_application() -> None:
    found = read(
        head='<meta name="application-name" content="App"><meta property="og:site_name" content="The Courier">'
    )
    assert (found.publisher, found.provenance["publisher"]) == ("The Courier", "opengraph:site_name")


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("<p>October 4, 2026 by Ann Hill</p>", ("Ann Hill",)),
        ("<p>04.10.2026 16:30 von Änne Högel (Kommentare: 2)</p>", ("Änne Högel",)),
        ("<p>By Ann Hill | October 4, 2026 | <a href=/town>Town</a></p>", ("Ann Hill",)),
        ("<p>كتب سمير حداد</p>", ("سمير حداد",)),
    ],
)
def test_a_byline_may_stand_with_its_date(byline: str, authors: tuple[str, ...]) -> None:
    assert read(byline).authors == authors


@pytest.mark.parametrize("name", ["Ann Hill, Scotland reporter", "ANN HILL Courier staff", "ANN HILL Staff writer"])
def test_the_office_of_an_author_is_no_second_one(name: str) -> None:
    assert [name.title() for name in read(story=news(author={"@type": "Person", "name": name})).authors] == ["Ann Hill"]


def test_the_head_may_name_more_authors_than_the_first_of_them() -> None:
    story = news(author={"@type": "Person", "name": "Ann Hill"})
    assert read(head='<meta name="author" content="Ann Hill, Ben Rask">', story=story).authors == (
        "Ann Hill",
        "Ben Rask",
    )
    assert read(head='<meta name="author" content="Ben Rask, Cy Moe">', story=story).authors == ("Ann Hill",)


def test_the_day_a_page_was_made_counts_where_it_tells_of_no_other() -> None:
    made = read(head='<meta name="DC.date.created" content="2026-03-11T16:20:00-03:00">').published
    assert made is not None
    assert made.at.isoformat() == "2026-03-11T19:20:00+00:00"
