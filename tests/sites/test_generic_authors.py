"""Who wrote it: names in the head, in marks and in bylines, and what stands in such places without being a name."""

from __future__ import annotations

import json

import pytest

from workers.sites.read import read_page

URL = "https://courier.example/2026/03/ferry"
TEXT = "<p>The ferry across the river goes again after a winter of repairs.</p>" * 5


def authors(body: str, *, head: str = "", after: str = "") -> tuple[str, ...]:
    html = f"<html lang=en><head>{head}</head><body><article><h1>The ferry goes again</h1>{body}{TEXT}</article>{after}"
    return read_page(html.encode(), URL).authors


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ('<p class="byline">By Ann Hill March 3, 2026</p>', "Ann Hill"),
        ('<p class="byline">Ann Hill 3.3.2026</p>', "Ann Hill"),
        ('<p class="byline">Jan Hill, 12 marca 2026, 14:05</p>', "Jan Hill"),
        ('<p class="byline">By June Hill</p>', "June Hill"),
        ('<p class="byline">De <b>Ioana Pop</b></p>', "Ioana Pop"),
        ('<p class="byline">De Vries</p>', "De Vries"),
        ('<p class="author">โดย มาลี ศรีสุข</p>', "มาลี ศรีสุข"),
        ('<p class="autor">Veröffentlicht von Anna Berg am 3. März</p>', "Anna Berg"),
        ('<p class="author">Publié par Anne Mont</p>', "Anne Mont"),
        ('<p class="author">Interview: Ann Hill</p>', "Ann Hill"),
        ("<p>By AFP, in News, World · 31 Jan 2026</p>", "AFP"),
        ("<div>Teksti: Aino Virta <time datetime=2026-03-03>3.3.2026</time></div>", "Aino Virta"),
        ("<div>Tekst: Ola Berg</div>", "Ola Berg"),
        ("<div>ავტორი: ნინო ბერიძე <span>29.09.2026 12:30</span></div>", "ნინო ბერიძე"),
        ("<div>Հեղինակ՝ Անի Սարգսյան</div>", "Անի Սարգսյան"),
        ("<div><span>Haber: Elif Kaya</span><span>01.09.2026 - 06:30</span></div>", "Elif Kaya"),
        ("<p>نویسنده: مریم احمدی | <a href=/print/1>نسخه چاپی</a> | <a href=/send/1>ارسال</a></p>", "مریم احمدی"),
        ("<div class=author-info><b class=contributor-name>Ann Hill</b><i>Port Merrow</i>3.3.2026</div>", "Ann Hill"),
        ("<div><span class=reporter>נועה ברק</span><span>19.03.2026 | 13:07</span></div>", "נועה ברק"),
        ('<span class="author vcard"><a class="fn" href="/u/1">riverrat</a></span>', "riverrat"),
        ('<a rel="author" href="/u/1">Ann</a>', "Ann"),
    ],
)
def test_a_byline_gives_the_name_without_what_stands_around_it(byline: str, name: str) -> None:
    assert authors(byline) == (name,)


def test_links_in_one_line_with_a_labelled_name_are_no_part_of_it() -> None:
    links = "<a href=/print/1>Print</a><a href=/p/1>Short link</a>"
    assert authors("", after=f"<div><span>Author: Ann Hill</span>{links}</div>") == ()
    assert authors(f"<div><span>خبرنگار: کاوه بهمنی</span>{links}</div>") == (), (
        "a short text has its foot near the top"
    )
    assert authors(f"<div>by Ann · May 2, 2024 · <a href=#c>One</a> {links}</div>") == ("Ann",)
    assert authors("", after="<div>Authors: <a href=/u/1>Ann Hill</a>, <a href=/u/2>Jo Ford</a></div>") == (
        "Ann Hill",
        "Jo Ford",
    )


@pytest.mark.parametrize("joint", ["și", "és", "και", "ja", "ir", "un", "và", "dan"])
def test_two_names_are_two_in_many_languages(joint: str) -> None:
    assert authors(f'<p class="author">Ioana Munteanu {joint} Elena Dobre</p>') == ("Ioana Munteanu", "Elena Dobre")


@pytest.mark.parametrize("label", ["خبرنگار:", "نویسنده:"])
def test_a_persian_label_below_the_text_names_authors(label: str) -> None:
    foot = f"<div><span>{label} مریم رستگار و کاوه بهمنی</span></div>"
    assert authors("", after=foot) == ("مریم رستگار", "کاوه بهمنی")


@pytest.mark.parametrize(
    "text", ["Keine Kommentare", "Alle Beiträge", "Categories: Uncategorized", "Sponsored Content"]
)
def test_furniture_where_a_name_might_stand_is_no_name(text: str) -> None:
    assert authors(f'<p class="author">{text}</p>') == ()


@pytest.mark.parametrize("account", ["ann.hill", "annhill", "courier.example", "Courier"])
def test_an_account_or_the_sites_name_yields_to_a_name(account: str) -> None:
    assert authors('<p class="byline">By Ann Hill</p>', head=f'<meta name="author" content="{account}">') == (
        "Ann Hill",
    )


def test_the_site_in_the_head_beside_the_name_of_json_ld_is_no_author() -> None:
    told = json.dumps({"@type": "NewsArticle", "headline": "The ferry goes again", "author": {"name": "Ann Hill"}})
    head = f'<title>The ferry goes again - The Courier</title><script type="application/ld+json">{told}</script>'
    for names, expected in (("Ann Hill, The Courier", ("Ann Hill",)), ("Ann Hill, Jo Ford", ("Ann Hill", "Jo Ford"))):
        assert authors("", head=f'{head}<meta name="author" content="{names}">') == expected


def test_an_account_is_better_than_nothing() -> None:
    assert authors("", head='<meta name="author" content="ann.hill">') == ("ann.hill",)


def test_who_wrote_a_comment_did_not_write_the_article() -> None:
    comment = '<div class="comment-author vcard"><cite class="fn">Bob Reader</cite></div>'
    assert authors("", after=f'<ol class="comment-list"><li>{comment}</li></ol>') == ()


def test_a_headline_in_parts_has_its_byline_too() -> None:
    html = f"<article><h1>River<div>The ferry goes again</div></h1><p>By Ann Hill</p>{TEXT}</article>"
    assert read_page(html.encode(), URL).authors == ("Ann Hill",)


def test_a_label_names_the_author_wherever_it_stands() -> None:
    assert authors("", after="<ul><li>Date 3 March 2026</li><li>Author: Ann Hill</li></ul>") == ("Ann Hill",)


def test_a_month_without_a_name_is_nobody() -> None:
    assert authors('<p class="byline">June Issue News</p><p class="author">March 2026</p>') == ()


@pytest.mark.parametrize("told", ["di Nadia Corsetti", "Edited By: Nadia Corsetti", "Submitted by Nadia Corsetti"])
def test_the_word_before_a_name_in_json_ld_is_none_of_it(told: str) -> None:
    story = json.dumps({"@type": "NewsArticle", "headline": "Ferry goes", "author": {"name": told}})
    assert authors("", head=f"<script type=application/ld+json>{story}</script>") == ("Nadia Corsetti",)


def test_a_small_word_in_capitals_begins_a_name() -> None:
    assert authors("", head='<meta name=author content="Di Maio Luigi">') == ("Di Maio Luigi",)


@pytest.mark.parametrize(
    "line",
    [
        "Posted by Hannah Dell on Mon, 10/12/2026",
        "Submitted by Hannah Dell on Mon, 5 May",
        "Gespeichert von Hannah Dell am Mo., 12.10.2026 - 08:15",
        "Soumis par Hannah Dell le <time>12/10/2026 - 08:15</time>",
        "Enviado por Hannah Dell el Lun, 12/10/2026 - 08:15",
        "Inviato da Hannah Dell il 12/10/2026",
        "Ingediend door Hannah Dell op ma, 12/10/2026 - 08:15",
    ],
)
def test_a_weekday_cut_short_ends_a_byline(line: str) -> None:
    assert authors(f"<div class=byline>{line}</div>") == ("Hannah Dell",)
    assert authors(f"<div>{line}</div>") == ("Hannah Dell",)


def test_a_press_office_is_nobody() -> None:
    assert authors("<p><span class=author>Von Pressestelle</span></p>") == ()


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<div><a href="/staff/ann-hill/">Ann Hill</a></div><div>March 3, 2026</div>', ("Ann Hill",)),
        ('<div><a href="https://notes.example/@annhill">Ann Hill</a></div>', ("Ann Hill",)),
        ('<div>By <a href="/by/a">Ann Hill</a> and <a href="/by/b">Bo Berg</a></div>', ("Ann Hill", "Bo Berg")),
        ("<div><span>Ann Hill</span><span>3 March 2026, 05:00</span></div>", ("Ann Hill",)),
        ("<div><span>3 березня 2026, 13:05</span><span>Ганна Гай</span><span>1 482</span></div>", ("Ганна Гай",)),
        ("<div><span>נועה ברקת</span> | <span>08.03.2026 | 07:30</span></div>", ("נועה ברקת",)),
        ("<div>Ann Hill</div><div>March 3, 2026</div>", ("Ann Hill",)),
        ("<div>Reuters <span>March 3, 2026 10:12 AM UTC</span></div>", ("Reuters",)),
        (
            '<div class="byline"><b>Ann Hill</b> <a href="mailto:ann@courier.example">ann@courier.example</a></div>',
            ("Ann Hill",),
        ),
        ("<div>한소라 기자</div><div>입력 2026.03.03 09:40</div>", ("한소라",)),
        ("<div>Haber: Elif Kara</div>", ("Elif Kara",)),
        ("<div>Av: Elin Holm</div>", ("Elin Holm",)),
        ("<ul><li>Ann Hill</li><li>3 March 2026</li><li>4 min read</li></ul>", ("Ann Hill",)),
        ("<div><span>Ann Hill</span><span>/</span><span>3 March 2026</span></div>", ("Ann Hill",)),
        ("<div>โดย สมหญิง ใจงาม</div>", ("สมหญิง ใจงาม",)),
        ("<div>Story by Ann Hill<br>Photographs by Bo Berg</div>", ("Ann Hill",)),
        (
            '<ul class=authors><li><a class="author__name" href="/a/1">Ann Hill</a> Journalist</li>'
            '<li><span class="author__name">Bo Berg</span> Journalist</li></ul>',
            ("Ann Hill", "Bo Berg"),
        ),
    ],
)
def test_where_no_name_tells_the_place_does(byline: str, names: tuple[str, ...]) -> None:
    assert authors(byline) == names


@pytest.mark.parametrize(
    "line",
    [
        "<div>New Harbour</div><div>March 3, 2026</div>",
        "<div><a href=/news/new-harbour>New Harbour</a></div><div>March 3, 2026</div>",
        "<div>NEW HARBOUR</div><div>March 3, 2026</div>",
        "<div>new harbour, March 3, 2026</div>",
        "<div>Reuters says so</div>",
        "<div>Anchored on March 3, 2026</div>",
        "<ul><li>Knows each harbour</li><li>March 3, 2026</li></ul>",
        "<div>March 3, 2026</div><div class=toc_container><p class=toc_title>New Moorings</p><ul><li><a href=#1>1 The"
        " ferry</a></ul></div>",
    ],
)
def test_a_section_beside_the_date_is_nobody(line: str) -> None:
    assert authors(line, after="<nav><a href=/harbour>New Harbour</a></nav>") == ()


@pytest.mark.parametrize(
    "line",
    [
        "<div>North Haven, 3 March 2026</div>",
        "<div>North Haven</div><div>March 3, 2026</div>",
        "<div><a href=/people/north-haven>North Haven</a></div><div>March 3, 2026</div>",
        "{}<p><i>North Haven</i></p>",
    ],
)
@pytest.mark.parametrize("before", ["NORTH HAVEN — The ferry", "People of North Haven say that the ferry"])
def test_what_the_text_speaks_of_is_not_its_author(before: str, line: str) -> None:
    text = "".join(
        f"<p>{before} goes again for the {number} time after a long winter of repairs and of rain on the river.</p>"
        for number in ("first", "second", "third", "fourth")
    )
    body = line.format(text) if "{}" in line else line + text
    html = f"<html lang=en><body><article><h1>The ferry goes again</h1>{body}</article>"
    assert read_page(html.encode(), URL).authors == ()
    if "{}" not in line:
        html = html.replace(before, "The ferry", 3).replace(before, "It is open, writes North Haven, who")
        assert read_page(html.encode(), URL).authors == ("North Haven",)


def test_a_text_may_be_signed_at_its_end() -> None:
    text = "".join(
        f"<p>On day {day} the ferry across the river went {day} times after the repairs.</p>" for day in range(1, 6)
    )
    for signed in ("<p style='text-align:right'><b>Ann Hill</b></p>", "<p><i>Ann Hill</i></p>"):
        html = f"<html lang=en><body><article><h1>The ferry goes again</h1>{text}{signed}</article>"
        article = read_page(html.encode(), URL)
        assert article.authors == ("Ann Hill",)
        assert "Ann Hill" not in article.text
    for line in ("<p>Ann Hill</p>", "<p><i>Happy Easter!</i></p>", "<p><i>The ferry</i></p>"):
        html = f"<html lang=en><body><article><h1>The ferry goes again</h1>{text}{line}</article>"
        assert read_page(html.encode(), URL).authors == ()


def test_what_a_dutch_line_calls_with_an_article_is_nobody() -> None:
    byline = "<p>De Rode Vissers</p><p>Jan de Boer 21-02-26, 20:58</p>"
    html = f"<html lang=nl-BE><body><article><h1>The ferry goes again</h1>{byline}{TEXT}</article>"
    assert read_page(html.encode(), URL).authors == ("Jan de Boer",)


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("<br><br><i>Ann Hill</i>", ("Ann Hill",)),
        ("<br><br><div align=right><i>Ann Hill</i></div>", ("Ann Hill",)),
        ("<br><br><i>Getty Images</i>", ()),
        ("<br><br><em>Good Luck</em>", ()),
        ("<br><br><b>Ann Hill</b>", ()),
    ],
)
def test_slanted_words_behind_a_line_break_sign_a_text_where_they_are_a_name(end: str, names: tuple[str, ...]) -> None:
    text = "<br><br>".join(f"Sentence {n}: the ferry goes again after a winter of repairs." for n in range(5))
    html = f"<html lang=en><body><h1>The ferry goes again</h1><div>{text}{end}</div>"
    assert read_page(html.encode(), URL).authors == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        (
            "<div>Автор: <a href=/user/d/>Дарья Белова</a> от <a href=/2026/04/06/>6-04-2026, 11:24</a></div>",
            ("Дарья Белова",),
        ),
        (
            "<div>Автор: <a href=/user/d/>Дарина Біла</a> від <a href=/2026/04/06/>6-04-2026, 11:24</a></div>",
            ("Дарина Біла",),
        ),
        (
            "<p>Von <a href=/u/1>Ann Hill</a> <i>(Autorin)</i>, <a href=/u/2>Bo Lake</a> <i>(Autor)</i></p>",
            ("Ann Hill", "Bo Lake"),
        ),
    ],
)
def test_names_end_where_the_day_or_an_office_begins(byline: str, names: tuple[str, ...]) -> None:
    assert authors(byline) == names


@pytest.mark.parametrize(
    "byline",
    [
        "<div class=x1><img src=/i/1.jpg alt='Ann Hill'> Ann Hill</div>",
        "<div><img src=/i/1.jpg class='w-10 rounded-full'><div class=x1>Ann Hill</div></div>",
        "<div><div><img src=/avatars/1.jpg></div><div><div>Ann Hill</div></div></div>",
    ],
)
def test_a_name_behind_a_portrait_is_the_authors(byline: str) -> None:
    assert authors(byline) == ("Ann Hill",)


@pytest.mark.parametrize(
    "shown",
    [
        "<div class=wp-caption><img src=/i/1.jpg alt='Ann Hill'><p class=wp-caption-text>Ann Hill</p></div>",
        "<div><img src=/i/ferry.jpg><div class=x1>Harbour View</div></div>",
        "<div><img src=/avatars/1.jpg><div class=x1>Members of the harbour's board</div></div>",
        "<div><img src=/i/1.jpg width=800 alt='Ann Hill'><p>Ann Hill</p></div>",
        "<div><img src=/i/portrait-of-the-keeper.jpg><p>Ann Hill</p></div>"
        + 2 * f"<p>Ann Hill keeps bees and a garden of moss. {TEXT[3:]}",
    ],
)
def test_a_line_behind_a_picture_may_be_no_name(shown: str) -> None:
    assert authors(shown) == ()


@pytest.mark.parametrize("title", ["Автор", "Author", "Autor:"])
def test_what_an_icon_stands_for_is_told_by_its_title(title: str) -> None:
    name = "Анна Белова" if title == "Автор" else "Ann Hill"
    bar = f"<div class=info_bar><div title={title}><svg></svg><a href=/users/12>{name}</a></div></div>"
    assert authors("", after=bar) == (name,)
    assert authors("", after=bar.replace(title, "Views")) == ()


def test_who_contributed_is_an_author_where_the_byline_names_both() -> None:
    people = {name: {"@type": "Person", "name": name} for name in ("Ann Hill", "Bo Lake", "Cy Mills")}
    story = {
        "@type": "Article",
        "headline": "The ferry goes again",
        "author": people["Ann Hill"],
        "contributor": [people["Bo Lake"], people["Cy Mills"]],
    }
    head = f'<script type="application/ld+json">{json.dumps(story)}</script>'
    byline = "<h4 class=name><a href=/author/a/>Ann Hill</a>, <a href=/author/b/>Bo Lake</a></h4>"
    longer = byline.replace("Ann Hill", "Annemarie Hillingdon")
    assert authors(longer, head=head.replace("Ann Hill", "Annemarie Hillingdon")) == ("Annemarie Hillingdon", "Bo Lake")
    assert authors(byline, head=head) == ("Ann Hill", "Bo Lake")
    assert authors("<p>Photographs by Bo Lake</p>", head=head) == ("Ann Hill",)


@pytest.mark.parametrize("icon", ["icon-user", "fa fa-user", "bi bi-person-fill", "fas fa-user-circle"])
def test_what_stands_with_the_pictogram_of_a_person_is_the_author(icon: str) -> None:
    meta = f"<ul><li><i class=icon-clock></i> 3 March 2026</li><li><a href='#'><i class='{icon}'></i> Ann Hill</a></li>"
    assert authors(f"{meta}</ul>") == ("Ann Hill",)
    assert authors(f"{meta}</ul>".replace(icon, "icon-folder")) == ()


def test_who_has_the_rights_to_a_whole_site_is_the_author_of_none_of_its_texts_that_name_one() -> None:
    head = '<meta name=author content="Nets Systems"><meta name=copyright content="Nets Systems">'
    assert authors("<p class=author>Ann Hill</p>", head=head) == ("Ann Hill",)
    assert authors("", head=head) == ("Nets Systems",)
