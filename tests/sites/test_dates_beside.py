"""The dates that stand beside a headline: of publication, of a change, or of something else."""

from __future__ import annotations

import pytest

from workers.core.article import Article, Precision
from workers.sites.read import read_anyway, read_page

URL = "https://courier.example/ferry"
TEXT = "<p>The ferry across the river goes again after a winter of repairs to its old engine.</p>" * 5
STORY = '{"@type":"NewsArticle","headline":"Ferry goes","datePublished":"2024-05-02"}'
TOLD = f'<script type="application/ld+json">{STORY}</script>'


def read(beside: str, head: str = "", url: str = URL, after: str = "") -> Article:
    article = f"<article><h1>Ferry goes</h1>{beside}{TEXT}</article>"
    page = f"<html lang=en><head>{head}</head><body>{article}{after}</body></html>"
    return read_page(page.encode(), url)


def published(article: Article) -> str | None:
    return article.published.at.isoformat()[:16] if article.published else None


def modified(article: Article) -> str | None:
    return article.modified.at.isoformat()[:16] if article.modified else None


@pytest.mark.parametrize(
    "beside",
    [
        "<figcaption>Kyiv, 12 March 2019. Photo: AFP</figcaption>",
        "<figure><img src=a.jpg><figcaption>12 March 2019</figcaption></figure>",
        "<h2>War since 24.02.2022: the toll</h2>",
        "<h2>24.02.2022</h2>",
        "<p>Release: 14.11.2019</p>",
        "<p>In force since 1 March 2024</p>",
    ],
)
def test_what_is_more_than_a_date_tells_no_other_day_than_machines_are_told(beside: str) -> None:
    assert published(read(beside, TOLD)) == "2024-05-02T00:00"


@pytest.mark.parametrize(
    "line",
    [
        "30 April 2024",
        "Published: 30 April 2024, 20:35",
        "Published on Monday, 29 April 2024 at 8:35 pm EST",
        "Вівторок, 30 квітня 2024, 20:35",
        "Veröffentlicht am 30.04.2024 um 20:35 Uhr",
        "2024年4月30日(火) 午後8:35 公開",
        "30 avril 2024 à 20h35",
        "2024-04-30T20:35:00+02:00",
    ],
)
def test_a_line_that_is_a_date_tells_the_first_edition(line: str) -> None:
    assert (published(read(f"<p>{line}</p>", TOLD)) or "")[:10] == "2024-04-30"


@pytest.mark.parametrize(
    ("beside", "first", "last"),
    [
        (
            'Aangepast <time datetime="2024-05-02T21:10Z">21:10</time>'
            ' Gepubliceerd <time datetime="2024-05-02T20:35Z">20:35</time>',
            "2024-05-02T20:35",
            "2024-05-02T21:10",
        ),
        (
            '<time class="updated" datetime="2024-05-03T21:10Z">3 May 2024</time>'
            ' <time class="entry-date published" datetime="2024-05-02T20:35Z">2 May 2024</time>',
            "2024-05-02T20:35",
            "2024-05-03T21:10",
        ),
        (
            '<span>Last updated:</span> <span><time datetime="2024-05-03T21:10Z">Friday</time></span>'
            ' <time datetime="2024-05-02T20:35Z">Thursday</time>',
            "2024-05-02T20:35",
            "2024-05-03T21:10",
        ),
        (
            '<time itemprop="dateModified" datetime="2024-05-03T21:10Z">Friday</time>'
            ' <time itemprop="datePublished" datetime="2024-05-02T20:35Z">Thursday</time>',
            "2024-05-02T20:35",
            "2024-05-03T21:10",
        ),
        ("Updated 3 May 2024 · Published 2 May 2024", "2024-05-02T00:00", "2024-05-03T00:00"),
        ("Published 2 May 2024 20:35 | Updated 3 May 2024 09:00", "2024-05-02T20:35", "2024-05-03T09:00"),
        ("2 maggio 2024 (modifica il 3 maggio 2024 | 10:12)", "2024-05-02T00:00", "2024-05-03T10:12"),
        ("입력 2024.05.02 오후 8:35 수정 2024.05.03 오전 9:00", "2024-05-02T20:35", "2024-05-03T09:00"),
        ("2. Mai 2024, 20:35, aktualisiert 3. Mai 2024, 9:00", "2024-05-02T20:35", "2024-05-03T09:00"),
        ("2 травня 2024, 20:35. Оновлено 3 травня 2024, 09:00", "2024-05-02T20:35", "2024-05-03T09:00"),
        ("2 мая 2024, 20:35 (обновлено: 3 мая 2024, 09:00)", "2024-05-02T20:35", "2024-05-03T09:00"),
        ("Publié le 2 mai 2024 à 20h35, mis à jour le 3 mai 2024 à 9h00", "2024-05-02T20:35", "2024-05-03T09:00"),
        ("02.05.2024, 20:35 Aktualizacja: 03.05.2024, 09:00", "2024-05-02T20:35", "2024-05-03T09:00"),
        ("2 Mayıs 2024 20:35 - Son güncelleme: 3 Mayıs 2024 09:00", "2024-05-02T20:35", "2024-05-03T09:00"),
        ("Publicerad 2 maj 2024 20:35. Uppdaterad 3 maj 2024 09:00", "2024-05-02T20:35", "2024-05-03T09:00"),
    ],
)
def test_a_change_is_told_from_publication(beside: str, first: str, last: str) -> None:
    article = read(f"<p>{beside}</p>")
    assert (published(article), modified(article)) == (first, last)


def test_the_only_date_of_a_page_counts_although_it_is_called_that_of_a_change() -> None:
    assert (
        published(read('<p><time class="updated" datetime="2024-05-02T20:35Z">Thursday</time></p>'))
        == "2024-05-02T20:35"
    )


def test_a_change_before_the_publication_is_none() -> None:
    assert modified(read('<p>Updated <time datetime="2019-01-01T09:00Z">then</time></p>', TOLD)) is None


def test_what_describes_the_page_tells_its_change_too() -> None:
    page = '{"@type":"WebPage","datePublished":"2024-05-02T20:35:00Z","dateModified":"2024-05-03T09:00:00Z"}'
    article = read("", f'<script type="application/ld+json">{{"@graph":[{page}]}}</script>')
    assert (published(article), modified(article)) == ("2024-05-02T20:35", "2024-05-03T09:00")


@pytest.mark.parametrize(
    "beside", ["<p>2 May 2024, 20:35</p>", '<p><time datetime="2024-05-02T20:35Z">Thursday</time></p>']
)
def test_the_clock_of_a_day_is_taken_from_what_is_shown(beside: str) -> None:
    assert published(read(beside, TOLD)) == "2024-05-02T20:35"


def test_midnight_is_no_clock_of_a_day() -> None:
    article = read('<p><time datetime="2024-05-02T00:00:00Z">Thursday</time></p>', TOLD)
    assert article.published is not None
    assert article.published.precision is Precision.DAY


@pytest.mark.parametrize(
    "beside",
    [
        '<time title="2 May 2024 20:35">5 hours ago</time>',
        '<abbr title="2 May 2024 20:35">5 hours ago</abbr>',
        '<span data-timestamp="1714682100">5 hours ago</span>',
    ],
)
def test_the_date_behind_an_age_is_read(beside: str) -> None:
    assert published(read(f"<p>{beside}</p>")) == "2024-05-02T20:35"


@pytest.mark.parametrize(
    ("host", "shown", "moment"),
    [
        ("kurier.de", "2 May 2024, 20:35", "2024-05-02T18:35"),
        ("kurier.com.ua", "2 May 2024, 20:35", "2024-05-02T17:35"),
        ("courier.co.nz", "2 December 2024, 20:35", "2024-12-02T07:35"),
        ("kurier.de", "2 May 2024, 20:35 UTC", "2024-05-02T20:35"),
        ("courier.io", "2 May 2024, 20:35", "2024-05-02T20:35"),
        ("courier.com.br", "2 May 2024, 20:35", "2024-05-02T20:35"),
    ],
)
def test_a_clock_without_an_offset_is_that_of_the_country_in_the_address(host: str, shown: str, moment: str) -> None:
    assert published(read(f"<p>{shown}</p>", url=f"https://www.{host}/ferry")) == moment


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://courier.example/ferry", "2023-03-10"),
        ("https://courier.co.uk/ferry", "2023-10-03"),
        ("https://courier.ie/ferry", "2023-10-03"),
        ("https://courier.example/2023/october/03/ferry", "2023-10-03"),
        ("https://courier.example/2023/10/03/ferry", "2023-10-03"),
        ("https://courier.co.uk/2023/03/10/ferry", "2023-03-10"),
        ("https://courier.example/2023/10/09/ferry", "2023-03-10"),
    ],
)
def test_the_address_tells_whether_english_has_the_day_first(url: str, day: str) -> None:
    assert (published(read("<p>03/10/2023</p>", url=url)) or "")[:10] == day


def test_an_address_may_name_its_month() -> None:
    assert published(read("", url="https://courier.example/2023/oct/03/ferry")) == "2023-10-03T00:00"
    assert published(read("", url="https://courier.example/2023/news/03/ferry")) is None
    assert published(read("", url="https://courier.example/2021/jan21/ferry")) is None


OTHERS = {
    "a related box": "<aside><h3>Related</h3><a href=/a>Bridge</a> <time datetime=2020-01-01>1 Jan</time></aside>",
    "cards": "".join(
        f'<div class=card><a href=/s/{n}>Story {n} of the old town</a><time datetime="2020-01-0{n}">then</time></div>'
        for n in (1, 2, 3)
    ),
    "rows": "".join(
        f"<li><a href=/s/{n}>Story {n} of the old town</a> <span class=date>1 Jan 2020</span></li>" for n in (1, 2)
    ),
    "comments": '<div class=comments><div>Ann <time datetime="2020-01-01">1 January 2020</time> No.</div></div>',
    "the footer": "<footer><p>© 2 May 2020</p></footer>",
    "a line of rights": "<p>Copyright 2 May 2020</p>",
    "an event": "<aside><p>3 March 2020: concert</p></aside>",
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_the_dates_of_other_articles_are_not_this_ones(other: str) -> None:
    assert published(read("", after=other)) is None
    assert published(read("", url="https://courier.example/2024/05/02/ferry", after=other)) == "2024-05-02T00:00"
    assert published(read("<p>3 May 2024</p>", after=other)) == "2024-05-03T00:00"


def test_a_clock_is_read_with_its_offset_where_one_is_told() -> None:
    story = '{"@type":"NewsArticle","headline":"Ferry goes","datePublished":"Thu, 02/05/2024 - 20:35"}'
    ld = f'<script type="application/ld+json">{story}</script>'
    meta = '<meta property="article:published_time" content="2024-05-02T20:35:12+0300">'
    assert published(read("", ld + meta)) == "2024-05-02T17:35"
    assert published(read("", ld + meta.replace("20:35", "19:35"))) == "2024-05-02T20:35"


@pytest.mark.parametrize("value", ["1714682100", "1714682100000", '{"@type":"Date","@value":"2024-05-02T20:35:00Z"}'])
def test_numbers_and_values_of_json_ld_are_read(value: str) -> None:
    story = f'{{"@type":"NewsArticle","headline":"Ferry goes","datePublished":{value}}}'
    assert published(read("", f'<script type="application/ld+json">{story}</script>')) == "2024-05-02T20:35"


@pytest.mark.parametrize(
    "beside",
    [
        '<p>On <span property="dc:date dc:created" content="2024-05-02T20:35:00Z">02.05.2024 - 22:35</span></p>',
        '<p><abbr class=published title="2024-05-02T20:35:00Z">2 May 2024</abbr> by Ann</p>',
        "<p>By Ann Brown | 2 May 2024, 20:35 | 3 min read</p>",
    ],
)
def test_the_moment_beside_the_headline_is_read_exactly(beside: str) -> None:
    assert published(read(beside)) == "2024-05-02T20:35"


def test_a_signed_line_below_the_headline_goes_before_the_day_above_it() -> None:
    page = "<div>Friday, 3 May 2024</div><article><h1>Ferry goes</h1><div>By Ann Brown | 2 May 2024, 20:35</div>"
    article = read_page(f"<html lang=en><body>{page}{TEXT}</article></body></html>".encode(), URL)
    assert published(article) == "2024-05-02T20:35"


def test_a_day_is_read_with_the_clock_that_another_meta_has() -> None:
    metas = '<meta name="DC.date" content="2024-05-02"><meta name="date" content="2024-05-02T20:35:00+01:00">'
    assert published(read("", metas)) == "2024-05-02T19:35"


def test_the_upload_of_a_video_counts_where_there_is_no_article() -> None:
    video = '{"@type":"VideoObject","name":"Ferry","uploadDate":"2024-05-02T20:35:00Z"}'
    text = "".join(f"<p>The ferry crossed the river {n} times on its first day, the town said.</p>" for n in (2, 3, 4))
    assert published(read(text, f'<script type="application/ld+json">{video}</script>')) == "2024-05-02T20:35"
    assert (
        published(
            read(f"<p>By Ann Brown | 1 May 2024</p>{text}", f'<script type="application/ld+json">{video}</script>')
        )
        == "2024-05-01T00:00"
    )


CARD = "<div class=box><a href=/town/other-4712><span>Nine years</span><time>30 September 2023</time></a></div>"


@pytest.mark.parametrize(
    "beside",
    [
        f"{CARD}<p>The bridge has waited.</p>",
        "<div class=x><a href=/town/other-4712>Nine years of waiting, 30.09.2023</a></div>",
    ],
)
def test_the_date_of_a_card_in_the_text_is_not_the_articles(beside: str) -> None:
    page = f"<html lang=en><body><div class=d>2 May 2024, 16:42</div><h1>Ferry goes</h1>{TEXT}{beside}{TEXT}"
    assert published(read_page(page.encode(), URL)) == "2024-05-02T16:42"


def test_a_link_around_the_date_alone_leads_to_its_archive() -> None:
    assert published(read("<a href=/2024/05/02/>Posted on <time>2 May 2024</time></a>")) == "2024-05-02T00:00"
    assert published(read("<a href=/other><time datetime=2024-05-02T16:42Z>2 May</time></a>")) == "2024-05-02T16:42"


@pytest.mark.parametrize(
    "beside",
    [
        "<time datetime=2024-05-02T16:42:00Z><span class=date>May 2, 2024</span><span class=t>4:42 PM</span></time>",
        "<ul><li><time>2 May 2024</time></li><li><time>16:42</time></li></ul>",
        "<div class=date>2 May 2024</div><div class=time>16:42</div>",
        "<div>2 May 2024</div></article><abbr itemprop=datePublished title=2024-05-02T18:42:00+02:00>18:42</abbr>",
        '<div><span property="dc:date" content="2024-05-02T18:42:00+02:00">Submitted by Ann on Thu, 05/02/2024 - 18:42'
        "</span></div>",
    ],
)
def test_a_clock_beside_the_day_makes_it_exact(beside: str) -> None:
    assert published(read(beside)) == "2024-05-02T16:42"


@pytest.mark.parametrize(("host", "hour"), [("kz", "11:42"), ("ru", "13:42")])
def test_clocks_without_an_offset_are_read_in_the_zone_of_the_country(host: str, hour: str) -> None:
    article = read("<div class=date>02.05.2024, 16:42</div>", url=f"https://courier.{host}/1.html")
    assert published(article) == f"2024-05-02T{hour}"


def test_a_day_that_the_text_speaks_of_is_not_that_of_publication() -> None:
    text = (
        "<p>Ida Holm has advised the masters of the ferries on questions of safety since she came to town.</p>"
        "<p>Before that she was at the inquiry, whose report led to the Act on Safe Crossings of 12 May 2016.</p>"
    )
    link = "<a href=/insights/safety-after-the-inquiry>Safety of ferries after the inquiry</a>"
    other = f"<ul><li>{link} <i>3 June 2026</i></li></ul>"
    html = f"<html lang=en><title>Ida Holm</title><body><main><h1>Ida Holm</h1>{text}{other}</main></body></html>"
    article, _ = read_anyway(html.encode(), "https://courier.example/team/ida-holm")
    assert article.published is None


@pytest.mark.parametrize("day", ["12 May 2026 –", "12 May 2026:", "(12 May 2026) -", "12.05.2026 |"])
def test_a_day_before_the_first_sentence_is_that_of_publication(day: str) -> None:
    text = "The town has opened the new ferry to all who wait at the quay, and nobody pays for it on its first day."
    html = f"<html lang=en><title>Ferry goes</title><body><main><h1>Ferry goes</h1><p>{day} {text}</p><p>{text}</p>"
    article, _ = read_anyway(html.encode(), "https://courier.example/team/ferry-goes")
    assert article.published is not None and article.published.at.date().isoformat() == "2026-05-12"


def test_a_day_behind_a_linked_headline_is_that_of_the_other_article() -> None:
    url = "https://courier.example/index.php?e=page&id=4711"
    text = "<p>The ferry across the river goes again after a winter of repairs.</p>" * 5
    box = "<div><p><a href='/index.php?e=page&id=4712'>The bridge closes for the winter</a><br>2026-02-03</p></div>"
    page = f"<html lang=en><body><article><h1>The ferry goes again</h1>{text}</article>{box}"
    assert read_page(page.encode(), url).published is None


def test_a_day_of_a_card_above_the_headline_is_not_that_of_publication() -> None:
    card = "<div class=x1><div>{}.3.2024</div><div><a href=/n/{}>The mill by the river is open</a></div></div>"
    cards = "".join(card.format(number, number) for number in (4, 5))
    page = (
        f"<html lang=en><body><div>{cards}</div><div>12 March 2024</div><h3 class=title>The old ferry goes</h3>{TEXT}"
    )
    article = read_page(f"<html lang=en><title>News</title><body>{page}".encode(), URL)
    assert published(article) == "2024-03-12T00:00"
    alone = "<div class=x1><div>4.3.2024</div><h1>The old ferry goes</h1></div>"
    assert published(read_page(f"<html lang=en><body>{alone}{TEXT}".encode(), URL)) == "2024-03-04T00:00"
