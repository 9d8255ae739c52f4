"""Words by which links and buttons say that they lead to the next page of a list, in many languages."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from workers.sites.lists.headlines import LONG_HEADLINE, letters
from workers.sites.page.document import attribute

_LONGEST = 40
_FORWARD = "»›→>⟩▶❯"
_AROUND = f" \t{_FORWARD}…."
# English, Russian, Ukrainian, French, German, Spanish, Italian, Portuguese, Dutch, Polish, then others.
_NEXT = re.compile(
    r"(?:go to )?next(?: (?:page|posts|articles|items|results|stories))?"
    r"|older(?: (?:posts|entries|news|stories|articles))?"
    r"|(?:load |show |view |see )?more(?: (?:news|stories|posts|articles))?"
    r"|след|следующ(?:ая(?: страница)?|ие(?: новости)?)"
    r"|дальше|далее|впер[её]д|(?:показать |загрузить )?ещ[её]|больше новостей"
    r"|старые записи"
    r"|наступна(?: сторінка)?|далі|уперед|більше(?: новин)?|(?:показати |завантажити )?ще|старіші(?: записи)?"
    r"|(?:page )?suivante?|articles plus anciens|plus ancien|(?:voir|afficher) plus|plus d['’]articles"
    r"|weiter|vorwärts|nächste(?: seite| beiträge| meldungen)?"
    r"|ältere(?: beiträge| artikel)?|mehr(?: laden| anzeigen)?|weitere artikel"
    r"|(?:página )?siguientes?(?: elementos| noticias)?"
    r"|entradas antiguas|(?:ver|cargar|mostrar) más"
    r"|más noticias"
    r"|(?:pagina )?successiv[ao]|avanti|articoli meno recenti|(?:carica|mostra|vedi) altr[ioe]"
    r"|(?:página )?próxim[ao](?: página)?|seguinte|mais antigas|(?:carregar|mostrar|veja|ver) mais(?: notícias)?"
    r"|volgende(?: pagina)?|oudere berichten|(?:toon |laad )?meer(?: laden| berichten| nieuws)?"
    r"|następn[aey](?: strona)?|dalej|starsze(?: wpisy)?|(?:pokaż |załaduj )?więcej"
    r"|další(?: stránka| články)?|starší(?: články)?|načíst další|(?:zobrazit )?více|ďalš(?:ia|í)|staršie|viac"
    r"|(?:következő|régebbi)(?: oldal| cikkek)?|(?:több|még több)(?: cikk| hír)?|nästa|äldre|neste|eldre|næste|ældre"
    r"|(?:vis|visa|last|indlæs|hent|ladda) (?:flere?|fler|mere?|mer)|seuraava|vanhemmat|(?:näytä |lataa )?lisää"
    r"|(?:pagina )?(?:următoarea|următor)|mai (?:vechi|multe)|(?:vezi|încarcă) mai multe|önceki haberler"
    r"|sonraki(?: sayfa)?|daha (?:eski|fazla)(?: göster| yükle)?|επόμεν[ηο](?: σελίδα)?|παλαιότερα|περισσότερα"
    r"|следваща|напред|(?:зареди |виж )?още|sljedeća|starije|učitaj još|следећа|наредна"
    r"|下一?[页頁]|(?:加载|加載|查看|点击)?更多|次の? ?(?:へ|ページ|件|記事)へ?|もっと(?:見る|読む)"
    r"|다음(?: 페이지)?|더 ?보기"
    r"|(?:الصفحة )?التالية?|(?:عرض |تحميل |شاهد )?المزيد|(?:صفحه )?بعدی?|(?:اخبار )?بیشتر"
    r"|(?:טען )?עוד|(?:עמוד )?הבא"
    r"|(?:halaman )?(?:selanjutnya|berikutnya)|(?:muat|lihat|tampilkan) (?:lainnya|lebih banyak)"
    r"|trang (?:sau|tiếp|kế)|xem thêm|tiếp theo|(?:หน้า)?ถัดไป|(?:โหลด|ดู)เพิ่มเติม|अगला|और (?:देखें|पढ़ें)"
)
# "Next 10", "次の10件": how many there are says nothing.
_COUNT = re.compile(r"\s*\d{1,4}\s*")
# What lies before this page in time, as its pages may be called where they run back.
_BEFORE = re.compile(
    r"prev(?:ious)?(?: (?:page|posts|entries|articles|day|week|month))?|back"
    r"|earlier(?: (?:posts|entries|news|stories))?"
    r"|vorheriger? (?:tag|monat)|jour précédent|día anterior|dia anterior|giorno precedente|poprzedni dzień|yesterday"
    r"|предыдущий день|попередній день|вчера|вчора|gestern|hier|ayer|ontem|ieri|wczoraj|gisteren|önceki gün"
    r"|zurück|früher|vorherige(?: seite)?|précédente?s?|(?:página |entradas )?anterior(?:es)?|precedent[ei]|indietro"
    r"|poprzedni[ae]?|wcześniejsze|предыдущ(?:ая|ие)(?: страница| записи)?|раньше|назад|попередн[яі]|раніше|önceki"
    r"|vorige|eerdere?|föregående|forrige|edellinen|předchozí|předešlé|предишн[аи]|προηγούμεν[ηα]"
    r"|前(?:へ|のページ|ページ|の記事|の件)|上一?[页頁]|이전|السابقة?|قبلی|קודם|הקודם|sebelumnya|trước"
)
_BACKWARD = " \t«‹←<⟨◀❮…."
_BEGINS = ("next page", "older posts", "older entries", "older stories", "следующая страница", "наступна сторінка")
_SIGNED = re.compile(r"(?:^|[\s_-])(?:next|older|(?:load|list|show)-?more)(?:$|[\s_-])", re.IGNORECASE)


def says_next(node: LexborNode, text: str) -> bool:
    """True for a link of this text that says, by it or by what it is called, that it leads to a next page."""
    attributes = node.attributes
    picture = None if text else node.css_first("img[alt]")
    alt = attribute(picture, "alt") if picture is not None else None
    said = (text, attributes.get("title") or "", attributes.get("aria-label") or "", alt or "")
    if any(map(is_next, said)):
        return True
    if letters(text) >= LONG_HEADLINE:
        return False
    around = node.parent.attributes.get("class") if node.parent is not None else None
    return any(is_signed(name) for name in (attributes.get("class"), around) if name)


def is_signed(names: str) -> bool:
    """True for the class of an element that leads to a next page or loads it."""
    return _SIGNED.search(names[:200]) is not None


def is_next(text: str) -> bool:
    """True for a text that says so."""
    text = text[:_LONGEST].strip().casefold()
    words = text.strip(_AROUND)
    if not words:
        return text != "" and text[-1] in _FORWARD
    if _NEXT.fullmatch(words) is not None or words.startswith(_BEGINS):
        return True
    return any(map(str.isdigit, words)) and _NEXT.fullmatch(_COUNT.sub(_space, words)) is not None


def _space(count: re.Match[str]) -> str:
    return " " if count[0][0] == " " and count.end() < len(count.string) else ""


def says_before(text: str) -> bool:
    """True for a text that says that it leads to what is older, or to the page before."""
    words = text[:_LONGEST].casefold().strip(_BACKWARD)
    return words != "" and _BEFORE.fullmatch(words) is not None
