"""Bytes to text: every way in which a page can say, or fail to say, what its letters are."""

from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.charset import as_utf8, codec_for, codec_of, decode

UKRAINIAN = "Міст відкрили сьогодні вранці, повідомила пресслужба міста."
RUSSIAN = "Мост открыли сегодня утром, сообщила пресс-служба города."
GERMAN = "Die Brücke wurde heute für Fußgänger geöffnet, während es regnete."
JAPANESE = "橋は今朝開通したと、市の広報担当者が発表しました。"


def page(text: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("mark", "codec"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_beats_everything(mark: bytes, codec: str) -> None:
    body = mark + page(UKRAINIAN, '<meta charset="koi8-r">').encode(codec)
    assert decode(body, "text/html; charset=windows-1251") == page(UKRAINIAN, '<meta charset="koi8-r">')


def test_the_header_beats_the_page() -> None:
    assert UKRAINIAN in decode(page(UKRAINIAN, '<meta charset="koi8-r">').encode("cp1251"), "text/html;charset=cp1251")


@pytest.mark.parametrize(
    "header",
    [
        "text/html; charset=windows-1251",
        'text/html; charset="Windows-1251"',
        "text/html;charset = 'CP1251' ; x=y",
        "charset=x-cp1251",
    ],
)
def test_the_header_may_be_written_in_many_ways(header: str) -> None:
    assert UKRAINIAN in decode(page(UKRAINIAN).encode("cp1251"), header)


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET=windows-1251 >",
        "<meta charset='windows-1251'/>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<meta content="text/html; charset=windows-1251" http-equiv="Content-Type" />',
        '<!-- <meta charset="koi8-r"> --><meta charset="windows-1251">',
        "<!-- " + "x" * 3_000 + ' --><meta charset="windows-1251">',
    ],
)
def test_the_page_says_it_in_a_meta_element(head: str) -> None:
    assert UKRAINIAN in decode(page(UKRAINIAN, head).encode("cp1251"))


def test_xml_says_it_in_its_first_line() -> None:
    xml = f'<?xml version="1.0" encoding="windows-1251"?><rss>{UKRAINIAN}</rss>'
    assert decode(xml.encode("cp1251")) == xml


@pytest.mark.parametrize("label", ["iso-8859-1", "latin1", "us-ascii", "ISO_8859-1:1987"])
def test_latin_1_means_windows_1252(label: str) -> None:
    assert "“smart” – €" in decode(page("“smart” – €").encode("cp1252"), f"text/html; charset={label}")


@pytest.mark.parametrize(
    "label",
    ["utf-7", "zlib", "hex", "rot13", "idna", "punycode", "undefined", "unicode_escape", "base64", "bz2", "nope"],
)
def test_names_that_no_browser_knows_mean_nothing(label: str) -> None:
    body = page("+ADw-script+AD4- Брама").encode()
    assert codec_of(label) is None
    assert decode(body, f"text/html; charset={label}") == body.decode()


@pytest.mark.parametrize("first", ["<!doctype html>", "<html>"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_seen_by_its_zeros(first: str, codec: str) -> None:
    text = first + page(RUSSIAN)
    assert decode(text.encode(codec)) == text


def test_a_page_that_says_utf_16_in_ascii_is_utf_8() -> None:
    assert UKRAINIAN in decode(page(UKRAINIAN, '<meta charset="utf-16">').encode())


def test_utf_8_needs_no_declaration() -> None:
    assert decode(page(JAPANESE).encode()) == page(JAPANESE)


def test_a_damaged_byte_does_not_change_the_encoding() -> None:
    body = page(UKRAINIAN).encode().replace("сьогодні".encode(), b"\xff\xd1")
    text = decode(body, "text/html; charset=utf-8")
    assert "Міст відкрили \ufffd" in text


def test_a_label_that_is_plainly_wrong_is_not_believed() -> None:
    assert UKRAINIAN in decode(page(UKRAINIAN * 3).encode("cp1251"), "text/html; charset=utf-8")


GREEK = "Η γέφυρα άνοιξε σήμερα το πρωί, ανακοίνωσε ο Δήμος της πόλης."
ARABIC = "افتتح الجسر صباح اليوم، حسبما أعلن المتحدث باسم المدينة."
HEBREW = "הגשר נפתח הבוקר, כך מסר דובר העירייה."
THAI = "สะพานเปิดให้บริการเมื่อเช้านี้ โฆษกของเมืองกล่าว"
LITHUANIAN = "Tiltas šįryt atidarytas, pranešė miesto atstovė žiniasklaidai, čia būta eilių."
POLISH = "Most został dziś rano otwarty, ogłosił rzecznik miasta, żółć i jaźń."
CHINESE = "市政府发言人宣布,大桥今天早上开放,许多居民前来参观,交通恢复正常。"
TAIWANESE = "市政府發言人宣布,大橋今天早上開放,許多居民前來參觀,交通恢復正常。"
KOREAN = "시 대변인은 오늘 아침 다리가 개통되었다고 밝혔다. 많은 주민들이 다리를 찾아왔다."
LABELLED = [
    *((RUSSIAN, label) for label in ("windows-1251", "koi8-r", "ibm866", "iso-8859-5", "x-mac-cyrillic")),
    *((UKRAINIAN, label) for label in ("koi8-u", "windows-1251")),
    *((GREEK, label) for label in ("windows-1253", "iso-8859-7")),
    *((ARABIC.replace("،", " "), label) for label in ("windows-1256", "iso-8859-6")),
    *((HEBREW, label) for label in ("windows-1255", "iso-8859-8")),
    *((THAI, label) for label in ("windows-874", "tis-620")),
    *((LITHUANIAN, label) for label in ("windows-1257", "iso-8859-13", "iso-8859-4")),
    *((POLISH, label) for label in ("windows-1250", "iso-8859-2")),
    *((JAPANESE * 2, label) for label in ("shift_jis", "euc-jp", "iso-2022-jp")),
    *((CHINESE, label) for label in ("gb2312", "gbk", "gb18030")),
    *((TAIWANESE, "big5"), (KOREAN, "euc-kr"), (GERMAN, "macintosh")),
]


@pytest.mark.parametrize(("text", "label"), LABELLED)
def test_a_text_in_the_encoding_of_its_label_is_read_by_it(text: str, label: str) -> None:
    assert decode(page(text).encode(codec_of(label) or ""), f"text/html; charset={label}") == page(text)


@pytest.mark.parametrize(("text", "label"), LABELLED)
def test_utf_8_under_any_other_label_is_read_as_utf_8(text: str, label: str) -> None:
    assert decode(page(text * 2).encode(), f"text/html; charset={label}") == page(text * 2)


@pytest.mark.parametrize("label", ["windows-1251", "koi8-r", "gb2312"])
def test_a_piece_that_ends_within_a_letter_is_utf_8_still(label: str) -> None:
    assert codec_for((RUSSIAN * 3).encode()[:-2], f"text/html; charset={label}") == "utf-8"


@given(st.lists(st.sampled_from(f"{CHINESE} a.".split(",")), min_size=1).map("".join), st.sampled_from(["gbk", "big5"]))
def test_a_short_text_in_pairs_of_bytes_is_left_to_its_label(text: str, label: str) -> None:
    body = text.encode(codec_of(label) or "", "ignore")
    assert decode(body, f"text/html; charset={label}") == body.decode(codec_of(label) or "")


@given(st.data(), st.sampled_from(LABELLED))
def test_words_in_the_encoding_of_their_label_are_never_taken_for_utf_8(
    data: st.DataObject, labelled: tuple[str, str]
) -> None:
    words = data.draw(st.lists(st.sampled_from(labelled[0].split()), min_size=1, max_size=40))
    text = " ".join(words)
    assert decode(text.encode(codec_of(labelled[1]) or ""), f"text/html; charset={labelled[1]}") == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (UKRAINIAN, "cp1251"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (GERMAN, "cp1252"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
    ],
)
def test_an_undeclared_encoding_is_guessed(text: str, codec: str) -> None:
    assert decode(page(text * 3).encode(codec)) == page(text * 3)


def test_an_empty_page_is_an_empty_text() -> None:
    assert decode(b"") == ""


def test_a_large_page_is_decoded_quickly_although_it_must_be_guessed() -> None:
    assert RUSSIAN in decode(page(RUSSIAN * 20_000).encode("cp1251"))


@given(st.binary(max_size=400), st.none() | st.text(max_size=40))
def test_nothing_makes_it_raise(body: bytes, content_type: str | None) -> None:
    decode(body, content_type).encode()  # which also fails on a lone surrogate


@given(st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe"]), st.binary(max_size=200) | st.text().map(str.encode))
def test_a_page_in_utf8_says_what_the_decoded_page_says(mark: bytes, rest: bytes) -> None:
    for content_type in (None, "text/html; charset=utf-8", "text/html; charset=cp1251"):
        want = decode(mark + rest, content_type).encode("utf-8", "replace")
        assert as_utf8(mark + rest, content_type) == want


@given(
    st.sampled_from(["utf-8", "cp1251", "utf-16", "shift_jis", "big5", "iso-2022-jp", "gbk"]), st.binary(max_size=60)
)
def test_no_declared_encoding_makes_it_raise(label: str, body: bytes) -> None:
    decode(body, f"text/html; charset={label}").encode()


def test_a_guess_takes_no_longer_on_a_page_without_tags() -> None:
    """Measured in CPU time against a page of the same size with tags; the square of its length took seconds."""
    body, tagged = b"a" * 65_536 + b"\xff", b"<b>a" * 16_384 + b"\xff"
    decode(tagged)  # what guesses is imported first

    def seconds(page: bytes) -> float:
        begun = time.process_time()
        decode(page)
        return time.process_time() - begun

    assert min(seconds(body) for _ in range(3)) < 10 * max(0.01, min(seconds(tagged) for _ in range(3)))
