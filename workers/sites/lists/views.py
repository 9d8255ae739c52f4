"""Views: the same article once more, to be printed, sent or answered, told by its address or by what a link says."""

from __future__ import annotations

import re

from workers.core.text import clean

_PRINT = r"print\w{0,12}|printer[-_]?friendly"
_VIEW = re.compile(
    r"[?&](?:print|printable|replytocom|share)=|[?&](?:tmpl=component|format=pdf)(?:&|$)"
    rf"|[?&](?:view|file|op|do|mode|action)=(?:{_PRINT}|friend|friendsend|email|mailto)(?:&|$)"
    r"|/print:page,|/print(?:er)?\.(?:php|aspx?|jsp|html?)\b"
)
_AROUND = " \t\xa0.:…!»›>[]()|"
_LONGEST = 40
_SAYING = re.compile(
    r"print(?:er)?(?:[- ]friendly)?(?: (?:this )?(?:page|article|story|version|view))?|printable (?:version|page)"
    r"|(?:e-?mail|send|share)(?: this)?(?: (?:page|article|story))?(?: to (?:a|your) friend| by e-?mail)"
    r"|(?:artikel |seite |beitrag )?drucken|druck(?:version|ansicht)|(?:artikel |seite )?(?:weiter)?empfehlen"
    r"|imprimer(?: (?:cet article|cette page|l['’]article))?|version imprimable"
    r"|envoyer (?:à un ami|par (?:e-?mail|courriel))"
    r"|imprimir(?: (?:esta página|artículo|artigo|notícia|noticia))?"
    r"|versión (?:imprimible|para imprimir)|versão para impressão"
    r"|enviar (?:a un amigo|a um amigo|por (?:correo|e-?mail))"
    r"|stampa (?:questa pagina|questo articolo|pagina|articolo)|versione stampabile"
    r"|(?:invia|segnala) (?:a un|ad un) amico"
    r"|afdrukken|printversie|printvriendelijke versie|wersja do druku|drukuj|(?:wyślij|poleć) znajomemu"
    r"|версия для печати|печатная версия|распечатать|отправить (?:другу|по почте)"
    r"|версія для друку|роздрукувати|надіслати другу|verze pro tisk|vytisknout|verzia pre tlač|vytlačiť"
    r"|skriv ut|utskriftsvänlig(?: version)?|udskriv|tulosta|nyomtat(?:ás|ható változat)|tipărește|versiune printabilă"
    r"|yazdır|εκτύπωση|за печат|印刷用?(?:ページ)?|打印(?:本页)?|列印|인쇄(?:하기)?|طباعة"
)


def is_view(url: str) -> bool:
    """True for the address of an article's view for printing, sending or answering."""
    return _VIEW.search(url) is not None


def says_view(text: str | None) -> bool:
    """True for the text of a link to such a view, whatever its address."""
    if text is None or len(text) > _LONGEST:
        return False
    return _SAYING.fullmatch(clean(text).strip(_AROUND).lower()) is not None
