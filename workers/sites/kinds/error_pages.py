"""Error pages that are answered as if they were articles: there is no such page, or the server is in trouble."""

from __future__ import annotations

import re

from workers.core.text import clean

_PAGE = (
    r"(?:page|article|document|content|story|url|address|seite|artikel|beitrag|inhalt|adresse|p[aá]gina|art[ií]culo"
    r"|artigo|articolo|contenido|pagina|strona|strony|artykuł\w?|сторінк\w|статт\w|матеріал\w?|страниц\w|стать\w"
    r"|материал\w?|stránka|stránku|článek|sidan|siden|side|artikeln|artikkel\w{0,2}|sivua?|sayfa|oldal|cikk"
    r"|σελίδα|ページ|记事|記事|页面|网页|文章|頁面|페이지|الصفحة)"
)
_MISSING = (
    r"(?:not found|(?:doesn'?t|does not|no longer) exists?|(?:can(?:'t|not| not)|could(?:n'?t| not)) (?:be found"
    r"|find)"
    r"|(?:isn'?t|is not|no longer) (?:here|available)|has (?:gone|been (?:moved|removed|deleted))"
    r"|nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden)|existiert (?:leider )?nicht|gibt es (?:leider )?nicht"
    r"|introuvable|n'existe (?:pas|plus)|n'a pas (?:été|pu être) trouvée?"
    r"|no (?:fue |ha sido )?encontrad[ao]|no existe|no se (?:ha )?(?:encontrado|encuentra|encontró)"
    r"|no (?:hemos )?encontra"
    r"|non (?:è stat[ao] )?trovat[ao]|non esiste|não (?:foi )?encontrad[ao]|não existe|não encontramos"
    r"|niet (?:meer )?(?:gevonden|gevonden worden)|bestaat niet"
    r"|nie (?:została |został )?znalezion[aoy]|nie istnieje|nie znaleziono|nie znaleźliśmy"
    r"|не (?:було |вдалося )?знай(?:ден|ти)|не існує|видалено|не (?:была |удалось )?най(?:ден|ти)|не существует"
    r"|удален[ао]"
    r"|nebyla? nalezena?|nenalezena?|neexistuje|nenašl[ai]|nenájden"
    r"|hittades inte|(?:inte|kunde inte) hitta\w{0,2}|finns inte|(?:blev |ble |kunne )?ikke (?:fundet|funnet"
    r"|finde\w?)"
    r"|fin(?:d|n)es ikke|ei (?:löydy|löytynyt|ole olemassa)|bulunamadı|mevcut değil|nem (?:található|létezik"
    r"|találtuk)"
    r"|nu (?:a fost găsit|există|am găsit)|negăsit|δεν (?:βρέθηκε|υπάρχει)"
    r"|見つかりません|存在しません|找不到|不存在|未找到|찾을 수 없|존재하지 않|غير موجودة|لم يتم العثور)"
)
_SORRY = (
    r"\b(?:sorry|o+ps|whoops|unfortunately|uh[- ]oh|leider|entschuldigung|hoppla|désolés?|oups|malheureusement"
    r"|lo sentimos|vaya|lamentablemente|spiacenti|ci dispiace|desculpe|lamentamos|infelizmente|helaas|przepraszamy"
    r"|niestety|на жаль|вибачте|йой|упс|к сожалению|извините|bohužel|omlouváme|tyvärr|beklager|desværre"
    r"|valitettavasti|üzgünüz|maalesef|sajnáljuk|sajnos|ne pare rău|scuze|λυπούμαστε|δυστυχώς"
    r"|looking for|you requested|you tried to|gesuchte|aufgerufene|recherchée|demandée|que busca|que cercav?i"
    r"|que procura|której szukasz|яку ви шука|которую вы ищете|запрошен|запитан)"
    r"|申し訳|抱歉|对不起|對不起|죄송|عذر|نأسف"
)
_ERROR = r"(?:error|fehler|erreur|errore?|erro|fout|błąd|помилка|ошибка|chyba|fel|feil|fejl|virhe|hata|hiba|eroare)"
_NOT_FOUND_NAME = re.compile(
    rf"(?:{_ERROR}\W{{0,3}})?404(?:\W{{1,4}}(?:{_ERROR}|{_MISSING}|.{{0,20}}{_PAGE}).{{0,40}})?\W*"
    rf"|.{{0,25}}{_PAGE}.{{0,25}}{_MISSING}.{{0,20}}|{_MISSING}",
    re.I,
)
_NOT_FOUND = re.compile(rf"{_PAGE}.{{0,70}}{_MISSING}|{_MISSING}.{{0,50}}{_PAGE}", re.I)
_APOLOGY = re.compile(_SORRY, re.I)

_TROUBLE_NAME = re.compile(
    rf"(?:{_ERROR}\W{{0,3}}|http\W{{0,3}})?(?:50[0-4]|52[0-7])\b.{{0,40}}"
    r"|(?:internal )?server error|bad gateway|(?:service|site|website) (?:is )?(?:temporarily )?unavailable"
    r"|gateway time-?out|(?:error establishing a )?database (?:connection|error)|database connection (?:error|failed)"
    r"|(?:(?:our|this|the) )?(?:web)?site (?:is )?(?:(?:down|closed) for|under|in) (?:\w{4,10} )?maintenance"
    r"|(?:scheduled )?maintenance(?: mode)?|we(?:'ll| will) be (?:right )?back(?: soon)?|application error"
    r"|interner serverfehler|wartung(?:sarbeiten|smodus)?|erreur interne(?: du serveur)?|(?:site )?en maintenance"
    r"|error interno(?: del servidor)?|(?:sitio )?en mantenimiento|errore interno(?: del server)?"
    r"|(?:sito )?in manutenzione"
    r"|erro interno(?: do servidor)?|(?:site )?em manutenção|interne serverfout|onderhoud|błąd serwera"
    r"|przerwa techniczna"
    r"|внутрішня помилка сервера|помилка сервера|технічні роботи|внутренняя ошибка сервера|ошибка сервера"
    r"|технические работы|chyba serveru|údržba|serverfel|underhåll|sunucu hatası|bakım(?: çalışması)?",
    re.I,
)
_TROUBLE = re.compile(
    r"\b(?:fatal error: (?:uncaught|allowed memory|call to|require|maximum)|parse error: syntax error"
    r"|warning: (?:mysqli?|pg_|pdo|include|require|fopen|file_get|session_start|cannot modify)|mysqli?_\w{3,20}\("
    r"|mysql_connect\b|sqlstate\[|uncaught (?:pdo|mysqli|error|exception|typeerror)|pdoexception"
    r"|error establishing a database connection|traceback \(most recent call last\)|server error in '/"
    r"|500 internal server error|502 bad gateway|503 service (?:temporarily )?unavailable|504 gateway time-?out"
    r"|application error: a (?:client|server)-side exception|the server encountered an (?:internal|unexpected)"
    r"|something went wrong on our end|too many connections|(?:down|closed|unavailable) for (?:\w{4,10} )?maintenance"
    r"|datenbankverbindung|verbindung zur datenbank|connexion à la base de données|conexión con la base de datos"
    r"|connessione al database|conexão com (?:o|a) banco de dados|połączenia z bazą danych"
    r"|з'єднання з базою даних|соединени\w с базой данных)",
    re.I,
)
_BEGINNING, _LONGEST_NAME = 300, 100


def tells_not_found(headline: str, text: str) -> bool:
    """True for an error page by its headline, or for one that is sorry for it where its text begins."""
    if _NOT_FOUND_NAME.fullmatch(_plain(headline)[:_LONGEST_NAME]):
        return True
    beginning = _plain(f"{headline[:_LONGEST_NAME]} {text[:_BEGINNING]}")
    return _APOLOGY.search(beginning) is not None and _NOT_FOUND.search(beginning) is not None


def tells_of_trouble(headline: str, text: str) -> bool:
    """True where the server tells of its own trouble, by the headline or in the first words."""
    name = _plain(headline[:_LONGEST_NAME]).strip(" .!…")
    return _TROUBLE_NAME.fullmatch(name) is not None or _TROUBLE.search(_plain(text[:_BEGINNING])) is not None


def _plain(text: str) -> str:
    return clean(text).replace("’", "'")
