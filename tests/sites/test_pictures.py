"""The lead picture that only readers are shown, and the caption and the credit under it."""

from __future__ import annotations

import pytest

from workers.core.article import Image
from workers.sites.read import read_page

URL = "https://courier.example/town/ferry-4711"
TEXT = "".join(f"<p>Sentence {n}: the ferry goes again after a winter of repairs to its engine.</p>" for n in range(5))
TOLD = '<meta property="og:image" content="https://cdn.example/1/ferry-1200x630.jpg">'


def read(before: str = "", *, head: str = "", within: str = "", after: str = "") -> Image | None:
    page = f"""<html lang=en><head>{head}</head><body><a href=/><img src=/harbour.jpg width=900></a>
    <article><h1>Ferry goes</h1>{before}<div class=text>{TEXT}{within}{TEXT}</div>{after}</article></body></html>"""
    return read_page(page.encode(), URL).image


@pytest.mark.parametrize(
    "shown",
    [
        "<div class=post-thumb><img width=1080 src=/i/ferry.jpg></div>",
        "<img itemprop=image src=/i/ferry.jpg>",
        "<picture><source srcset=/i/ferry.webp><img src=/i/ferry.jpg></picture>",
        "<div class=separator><a href=/i/ferry-large.jpg><img src=/i/ferry.jpg width=400></a></div>",
        "<p><img src=data:image/gif;base64,R0 data-src=/i/ferry.jpg></p>",
        "<figure><a href=/i/ferry-large.jpg?w=2000><img src=/i/ferry.jpg></a></figure>",
        f"<figure><a href={URL}><img src=/i/ferry.jpg></a></figure>",
        "<img src=/i/map-icon.png><img src=/i/dot.jpg width=20><p><img src=/i/ferry.jpg></p>",
    ],
)
def test_a_picture_between_the_headline_and_the_end_of_the_text_is_the_lead(shown: str) -> None:
    for image in (read(shown), read(within=shown)):
        assert image is not None
        assert image.url == "https://courier.example/i/ferry.jpg"


def test_what_old_readers_were_told_of_a_picture_is_the_lead() -> None:
    image = read(head="<link rel=image_src href=/i/ferry.jpg>")
    assert image is not None
    assert image.url == "https://courier.example/i/ferry.jpg"


@pytest.mark.parametrize(
    "shown",
    [
        "<a href=/town/other-4712><img src=/i/other.jpg></a>",
        "<div class=author-box><img src=/i/ann.jpg></div>",
        "<img src=/i/logo.png><img src=/i/counter.gif><noscript><img src=https://count.example/hit?id=7></noscript>",
        "<div class=related><img src=/i/other.jpg></div>",
        "<img src=/i/small.jpg width=90 height=90>",
    ],
)
def test_a_picture_of_something_else_is_not_the_lead(shown: str) -> None:
    assert read(shown) is None
    assert read(after=shown) is None


@pytest.mark.parametrize(
    ("shown", "caption", "credit"),
    [
        ("<div class=image__caption>The ferry at noon</div>", "The ferry at noon", None),
        ("<p class=news-img-caption>The ferry at noon (Foto: Ann Rask)</p>", "The ferry at noon", "Ann Rask"),
        ("<figcaption>The ferry at noon. Photo: Ann Rask</figcaption>", "The ferry at noon.", "Ann Rask"),
        ("<figcaption>The ferry <span class=credit>Credit: A. Rask</span></figcaption>", "The ferry", "A. Rask"),
        ("<figcaption>The ferry <cite>A. Rask</cite></figcaption>", "The ferry", "A. Rask"),
        ("<figcaption>image: The ferry at noon <a href=#>view more</a></figcaption>", "The ferry at noon", None),
        ("<figcaption>Фото: Анна Раск</figcaption>", None, "Анна Раск"),
        ("<figcaption>© Ann Rask / Riverphoto</figcaption>", None, "Ann Rask / Riverphoto"),
    ],
)
def test_a_caption_is_parted_from_its_credit(shown: str, caption: str | None, credit: str | None) -> None:
    image = read(f"<figure><img src=/i/ferry-640x336.jpg>{shown}</figure>", head=TOLD)
    assert image is not None
    assert (image.caption, image.credit) == (caption, credit)


def test_the_cuts_of_one_picture_share_its_number() -> None:
    shown = "<figure><img src=/i/7712345-wide.jpg><figcaption>The ferry at noon</figcaption></figure>"
    image = read(within=shown, head='<meta property="og:image" content="https://cdn.example/7712345/square.jpg">')
    assert image is not None
    assert image.caption == "The ferry at noon"


@pytest.mark.parametrize(
    "before",
    ["", "<img src=/i/bridge.jpg>"],
)
def test_the_caption_of_another_picture_is_none_of_the_lead(before: str) -> None:
    other = "<figure><img src=/i/harbour-9.jpg><figcaption>The harbour master in 1953</figcaption></figure>"
    image = read(before + other if before else "", within=other, head=TOLD)
    assert image is not None
    assert image.caption is None


def test_a_lead_may_stand_before_the_picture_of_another_cut() -> None:
    header = "<header><p>The ferry that all have waited for is to leave its dock on Monday morning.</p></header>"
    image = read(f"{header}<figure><img src=/i/9.jpg><figcaption>The ferry at noon</figcaption></figure>", head=TOLD)
    assert image is not None
    assert image.caption == "The ferry at noon"


@pytest.mark.parametrize(
    ("shown", "caption", "credit"),
    [
        (
            "<figcaption><span>The ferry at noon</span><span class=a_m_m>Ann Hill</span></figcaption>",
            "The ferry at noon",
            "Ann Hill",
        ),
        (
            "<figcaption>The ferry at noon. <span>Harbour Post/Ann Hill</span></figcaption>",
            "The ferry at noon.",
            "Harbour Post/Ann Hill",
        ),
        ("<figcaption>The ferry at <span>noon</span></figcaption>", "The ferry at noon", None),
        (
            "<figcaption><p>The ferry at noon</p><p>It goes again after a winter.</p></figcaption>",
            "The ferry at noon It goes again after a winter.",
            None,
        ),
        (
            "<figcaption>The ferry at noon <a href=/x>Purchase Licensing Rights, opens new tab</a></figcaption>",
            "The ferry at noon",
            None,
        ),
        ("<figcaption>The ferry at noon.<p>HP PHOTO: ANN HILL</p></figcaption>", "The ferry at noon.", "ANN HILL"),
        ("<figcaption>რთველი კახეთში. ფოტო: ნინო ბერიძე</figcaption>", "რთველი კახეთში.", "ნინო ბერიძე"),
        ("<figcaption>The ferry at noon<small>© Foto: Ann Hill</small></figcaption>", "The ferry at noon", "Ann Hill"),
        ("<figcaption>Ferry in Elm - Ann Hill/Harbour Post</figcaption>", "Ferry in Elm", "Ann Hill/Harbour Post"),
        ("<figcaption>Ferry in Elm.(POST/ANN HILL)</figcaption>", "Ferry in Elm.", "POST/ANN HILL"),
        ("<figcaption>The ferry at noon. REUTERS/Ann Hill</figcaption>", "The ferry at noon.", "REUTERS/Ann Hill"),
        ("<figcaption>The ferry at noon ⓒAnn Hill</figcaption>", "The ferry at noon", "Ann Hill"),
        ("<figcaption>Ferries on the Elm/Oak line</figcaption>", "Ferries on the Elm/Oak line", None),
        ("<figcaption>নদীতে ফেরি<span>ছবি: নদীর খবর</span></figcaption>", "নদীতে ফেরি", "নদীর খবর"),
    ],
)
def test_a_credit_is_what_stands_in_an_element_of_its_own_behind_the_caption(
    shown: str, caption: str, credit: str | None
) -> None:
    image = read(f"<figure><img src=/i/ferry-640x336.jpg>{shown}</figure>", head=TOLD)
    assert image is not None
    assert (image.caption, image.credit) == (caption, credit)


def test_a_caption_needs_no_figure_around_it_and_a_credit_alone_is_none() -> None:
    picture = "<picture><img src=/i/ferry-640x336.jpg></picture>"
    for names, caption in (("", "The ferry at noon"), (" class=image__credit", None)):
        image = read(f"<div>{picture}<figcaption{names}>The ferry at noon</figcaption></div>", head=TOLD)
        assert image is not None
        assert image.caption == caption


def test_a_description_of_a_picture_is_its_caption() -> None:
    shown = "<div class=post-img><img src=/i/ferry-640x336.jpg><div class=img-desc>The ferry at noon</div></div>"
    image = read(shown, head=TOLD)
    assert image is not None
    assert image.caption == "The ferry at noon"


@pytest.mark.parametrize(
    "shown",
    [
        "<div class=x1><img src=/i/ferry.jpg><div class=x2>Ann Hill at the wheel.</div></div>",
        "<div class=x1><div><picture><img data-src=/i/ferry.jpg></picture></div><em>Ann Hill at the wheel.</em></div>",
        "<div class=x1><a class=pop-up href=/i/l.jpg><img src=/i/ferry.jpg></a><p>Ann Hill at the wheel.</p></div>",
        "<div class=media><img src=/i/ferry.jpg><p class=media-desc>Ann Hill at the wheel.</p></div>",
        "<figure><img src=/i/ferry.jpg><div><span>Ann Hill at the wheel.</span></div></figure>",
        "<p><a href=/i/ferry.jpg><img src=/i/ferry.jpg></a></p><p><em>Ann Hill at the wheel.</em></p>",
    ],
)
def test_the_little_text_that_stands_with_the_lead_picture_is_its_caption(shown: str) -> None:
    image = read(shown, head=TOLD)
    assert image is not None
    assert image.caption == "Ann Hill at the wheel."


@pytest.mark.parametrize(
    "shown",
    [
        "<div><img src=/i/ferry.jpg><p class=lead>Ann Hill is at the wheel.</p></div>",
        "<div><img src=/i/ferry.jpg><div class=byline>By Ann Hill of the Courier</div></div>",
        "<div><img src=/i/ferry.jpg><h2>Ann Hill at the wheel</h2></div>",
        "<div><img src=/i/ferry.jpg><a href=/town/other-4712>Ann Hill at the wheel</a></div>",
        "<p><img src=/i/ferry.jpg>Ann Hill was at the wheel.</p>",
        "<p><img src=/i/ferry.jpg></p><p>Ann Hill was at the wheel.</p>",
    ],
)
def test_what_says_that_it_is_something_else_is_no_caption(shown: str) -> None:
    image = read(shown, head=TOLD)
    assert image is not None
    assert image.caption is None


def test_a_caption_is_without_the_label_and_name_in_a_part_of_it_the_address_and_the_reserved_rights() -> None:
    image = read(
        "<figure><img src=/i/ferry.jpg><div><div>Foto: Ann Hill, Courier</div><p>The ferry at noon</p></div></figure>",
        head=TOLD,
    )
    assert image is not None
    assert (image.caption, image.credit) == ("The ferry at noon", "Ann Hill, Courier")
    for end in ("hill@courier.example", "- RIPRODUZIONE RISERVATA"):
        image = read(
            f"<figure><img src=/i/ferry.jpg><figcaption>The ferry at noon {end}</figcaption></figure>", head=TOLD
        )
        assert image is not None
        assert image.caption == "The ferry at noon"


@pytest.mark.parametrize(
    "label", ["Image caption, ", "Pie de foto,", "Légende image :", "التعليق على الصورة،", "圖像加註文字，"]
)
def test_what_is_said_aloud_before_a_caption_is_none_of_it(label: str) -> None:
    caption = f"<figcaption><span class=x1>{label}</span><p class=x2>Ann Hill at the wheel</p></figcaption>"
    image = read(f"<figure><img src=/i/ferry.jpg>{caption}</figure>", head=TOLD)
    assert image is not None
    assert (image.caption, image.credit) == ("Ann Hill at the wheel", None)
    credit = "<figcaption><span>Foto:</span><span>Ann Hill</span></figcaption>"
    image = read(f"<figure><img src=/i/ferry.jpg>{credit}</figure>", head=TOLD)
    assert image is not None
    assert image.credit == "Ann Hill"


def test_a_picture_above_the_text_is_the_lead_though_a_figure_follows() -> None:
    figure = "<figure><img src=/i/quay.jpg><figcaption>The quay</figcaption></figure>"
    for shown in ("<div class=cover><img src=/i/ferry.jpg></div>", "<p><img src=/i/ferry.jpg width=900></p>"):
        image = read(shown, within=figure)
        assert image is not None
        assert image.url == "https://courier.example/i/ferry.jpg"
    for small in ("<img src=/i/map-icon.png>", "<div class=author-box><img src=/i/ann.jpg></div>"):
        image = read(small, within=figure)
        assert image is not None
        assert image.url == "https://courier.example/i/quay.jpg"
