"""The change marker of pages without a profile of their own: precise rather than eager."""

from __future__ import annotations

import pytest

from workers.core.article import Article, Block
from workers.sites.blocks import paragraphs
from workers.sites.generic.corrected import corrected_of
from workers.sites.read import read_page
from workers.sites.reader import Found, Readers
from workers.sites.readers import text
from workers.sites.site import Site

TEXT = (
    "The council approved the new flood defence plan on Tuesday evening after a debate of nearly five hours.",
    "The barrier will be built in four years, the mayor said, and cost the city two million a year until then.",
    "Neighbours of the river had asked for it since the flood of 1998, which reached the old town hall.",
)
MARKED_HEADLINES = (
    *("Council approves plan (corrected)", "(Corrected) Council approves plan", "Council approves plan [CORRECTION]"),
    *("Correction: Council story", "CORRECTED-UPDATE 2-Council approves plan", "Рада схвалила план (виправлено)"),
    *(
        "Совет одобрил план (исправлено)",
        "Stadtrat beschließt Plan (berichtigt)",
        "Le conseil adopte le plan (corrigé)",
    ),
)
PLAIN_HEADLINES = (
    *("Market correction hits shares", "Corrected figures show more growth", "Corrections officers strike", "(Update)"),
    *(
        "Oprava: D1 bude uzavřena",
        "Korrektur: Dax gibt nach",
        "Council corrected",
        "How to say (corrected) is no crime",
    ),
)
NOTES = (
    *("Correction: An earlier version gave a wrong figure.", "Correction (2 May 2024): The mayor is Jane Doe."),
    *("CORRECTION — The plan costs two million.", "An earlier version of this article misspelled a name."),
    *("Editor’s note: This story has been corrected to show the year.", "This article was amended on 2 May 2024."),
    *(
        "(This May 2 story has been corrected to fix the year)",
        "(Corrects paragraph 3 to say two million)",
        "(Corrected)",
    ),
    *(
        "Виправлено: бар'єр коштує два мільйони.",
        "У попередній версії цього тексту була помилка.",
        "Исправлено: имя мэра.",
    ),
    *("Berichtigung: Der Damm kostet zwei Millionen.", "Korrektur vom 2. Mai 2024: Der Name war falsch."),
    *("Anm. d. Red.: In einer früheren Version dieses Artikels stand ein falscher Name.", "Rectificatif : le maire"),
    *("Une version précédente de cet article donnait un autre chiffre.", "Fe de errores: el alcalde se llama así."),
    *("Errata corrige: il sindaco", "Sprostowanie: burmistrz nazywa się inaczej.", "訂正：市長の名前"),
)
NO_NOTES = (
    *(
        "Correction of 10 percent: investors flee.",
        "Corrections were made to the bill.",
        "Corrected for inflation, it fell.",
    ),
    *(
        "An earlier version of this bill failed.",
        "This story has been told often.",
        "The court corrected the sentence: six.",
    ),
    *("Correction territory: the index fell.", "Оновлено о 10:00", "Berichtigungen fordert der Rat."),
)


def marked(headline: str = "Council approves plan", *body: str) -> bool:
    found = corrected_of(Found(headline, "h1"), Found(tuple(Block(text=line) for line in body), "p"))
    return found is not None


@pytest.mark.parametrize("headline", MARKED_HEADLINES)
def test_a_headline_with_a_mark_says_that_the_article_was_corrected(headline: str) -> None:
    assert marked(headline, *TEXT)


@pytest.mark.parametrize("headline", PLAIN_HEADLINES)
def test_a_headline_with_the_word_alone_says_nothing(headline: str) -> None:
    assert not marked(headline, *TEXT)


@pytest.mark.parametrize("note", NOTES)
def test_a_note_before_or_after_the_text_says_it_and_one_in_its_middle_does_not(note: str) -> None:
    assert marked("Council approves plan", note, *TEXT)
    assert marked("Council approves plan", *TEXT, note)
    assert not marked("Council approves plan", *TEXT, note, *TEXT)


@pytest.mark.parametrize("line", NO_NOTES)
def test_a_paragraph_about_corrections_is_no_note(line: str) -> None:
    assert not marked("Council approves plan", line, *TEXT)
    assert not marked("Council approves plan", *TEXT, line)


def page(note: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in (*TEXT, note))
    date = '<meta property="article:published_time" content="2026-03-02T18:40:00+01:00">'
    return (
        f"<html><head>{date}</head><body><article><h1>Council approves plan</h1>{body}</article></body></html>".encode()
    )


def article(note: str, **site: object) -> Article:
    readers = (
        Readers(headline=text("h1"), body=paragraphs("article", junk="h1")) if site.pop("profile", None) else Readers()
    )
    return read_page(page(note), "https://x.example/news/1", site=Site("x", ("x.example",), readers=readers, **site))  # type: ignore[arg-type]


@pytest.mark.parametrize("profile", [False, True])
def test_an_article_is_marked_with_a_profile_and_without(profile: bool) -> None:
    note = "Correction: An earlier version of this article gave a wrong figure for the number of homes."
    found = article(note, profile=profile)
    assert (found.corrected, found.provenance["corrected"], found.body[-1].text) == (True, "generic:text", note)
    assert not article("Read the plan on the city's own page, which has maps.", profile=profile).corrected


def test_a_profile_may_keep_the_mark_to_itself() -> None:
    for profile in (False, True):
        assert not article("Correction: The mayor is Jane Doe.", profile=profile, alone=("corrected",)).corrected


@pytest.mark.parametrize(
    "note",
    [
        "In einer früheren Version hieß es, die Halle habe 700 Plätze. Es sind 70.",
        "Anmerkung der Redaktion: In einer früheren Fassung stand ein falscher Name.",
        "Correctif : la halle compte 70 places et non 700.",
    ],
)
def test_a_note_need_not_name_the_article(note: str) -> None:
    assert article(note).corrected
