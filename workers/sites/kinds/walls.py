"""What stands in the place of an article, by its words: robot checks, consent, invitations to subscribe."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workers.sites.speech import says

# Names of a check for robots, as the whole headline; and what such pages say.
_WALL_NAMES = re.compile(
    r"(?:just a moment|one moment(?:,? please)?|please wait|attention required|access denied"
    r"|are you (?:a robot|human)"
    r"|security (?:check|verification)|einen moment(?: bitte)?|un instant|зачекайте|подождите)\W*(?:\| cloudflare)?",
    re.I,
)
_SWITCH_ON = (
    r"(?:enabl|turn on|aktivier|activ|activat|habilit|włącz|abilita|увімкн|включит|schakel|aktivera|etkinleştir)"
)
_WALL = re.compile(
    rf"{_SWITCH_ON}\w*\W+(?:\w+\W+){{0,2}}javascript|javascript (?:is |ist )?(?:disabled|required|deaktiviert)"
    rf"|javascript\W+(?:\w+\W+){{0,3}}{_SWITCH_ON}|checking (?:your browser|if the site connection)"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|please enable cookies|unusual traffic from your"
    r"|access to this page has been denied|you (?:don'?t|do not) have permission to access",
    re.I,
)
_AD_BLOCKER = re.compile(
    r"(?:disabl|turn off|paus|whitelist)\w*.{0,30}ad[ -]?block|ad[ -]?block(?:er|ing)? (?:detected|is (?:on|enabled))"
    r"|(?:werbe|ad)-?blocker\b.{0,40}(?:deaktivier|ausschalt|abschalt)|désactive\w*.{0,40}(?:bloqueur|adblock)"
    r"|(?:desactiv|desabilit)\w+.{0,40}(?:bloqueador|adblock)|disattiva.{0,30}ad ?block|wyłącz.{0,30}adblock"
    r"|(?:вимкн|отключ)\w+.{0,40}(?:блокув|блокировщик|adblock)",
    re.I,
)
# One who speaks for himself of cookies; an article may quote one.
_CONSENT = re.compile(
    r"\b(?:we|our \d* ?partners)\b.{0,80}\b(?:use|store)\b.{0,60}\bcookies|\baccept all cookies"
    r"|\bbefore you continue\b"
    r"|\bwir (?:und unsere (?:\d+ )?partner )?(?:verwenden|nutzen).{0,60}cookies"
    r"|mit werbung (?:und cookies )?weiterlesen"
    r"|nous utilisons.{0,40}cookies|partenaires et nous.{0,40}cookies|accepter et continuer"
    r"|\butilizamos.{0,40}cookies|\bacept(?:a|ar) (?:todas )?(?:las )?cookies|\baceitar.{0,20}cookies"
    r"|\bwij (?:en onze (?:\d+ )?partners )?gebruiken.{0,40}cookies|\bnoi e i nostri.{0,40}cookie"
    r"|\busiamo.{0,20}cookie"
    r"|\bnasi partnerzy.{0,60}cookie|\bużywamy.{0,30}cookie|\bвикористовуємо.{0,20}(?:файли )?(?:cookie|кукі)"
    r"|\bиспользуем.{0,20}(?:файлы )?(?:cookie|куки)|\bvi (?:och våra partner )?använder.{0,20}cookies",
    re.I,
)
_CONSENT_WORD = re.compile(
    r"cookies?\b|\bconsent|\bpartners?\b|\bvendors?\b|\btracking|personali[sz]|\bpersonal data|legitimate interest"
    r"|\bprivacy|\bcookie|zustimm|einwillig|personenbezogen|datenschutz|\bwerbung|partenaires|données personnelles"
    r"|consentement|consentimiento|\bsocios\b|datos personales|consenso|zgod[ay]|partnerzy|\bзгод[аиу]|персональн",
    re.I,
)
# What each such text has: to look for a word takes a fiftieth of a pattern.
_MAY_CONSENT = ("ookie", "onsen", "inwillig", "ustimm", "zgod", "згод", "consentim")
_LONGEST_INVITATION = 300
_FEWEST_WORDS, _LETTERS_A_WORD, _DENSE_UP_TO = 4, 55, 2_500
_LOGIN = re.compile(
    r"(?:log ?in|sign ?in|anmeld(?:en|ung)|connexion|se connecter|iniciar sesión|acceder|увійти|вхід|вход|войти"
    r"|zaloguj(?: się)?|logowanie|accedi|inloggen|logga in)\W*",
    re.I,
)
_WHO = r"(?:our )?(?:paid |paying |premium |registered )?(?:subscribers|members)"
_INVITATION = re.compile(
    r"\bsubscribe (?:now )?to (?:continue|keep|read)|\b(?:sign (?:in|up)|log in|register) to (?:continue|keep) reading"
    r"|\bto (?:view|read) (?:the|this) (?:full )?(?:story|article),? please (?:subscribe|log|sign|register)"
    r"|\bto (?:continue|keep) reading,? (?:this|please|subscribe|sign|log|register|become)|\balready a subscriber"
    rf"|\bthis (?:article|story|content|page|post) is (?:only |exclusively )?(?:for|available to|exclusive to"
    rf"|reserved for) {_WHO}|\bfor {_WHO} only"
    r"|\bsubscribe to unlock|\bunlock (?:this|the full|the rest of (?:this|the)) (?:article|story)"
    r"|\b(?:get|try|start|enjoy) unlimited (?:digital )?access|\breaders pay to read|\bfull range of subscriptions"
    r"|\bdieser (?:artikel|beitrag|text|inhalt) ist .{0,40}(?:abonnent|abonniert)"
    r"|\b(?:abonnieren|registrieren|anmelden|testen)\b.{0,20}\bweiter(?:zu)?lesen|\bplus\b.{0,12}\bweiterlesen"
    r"|(?:article|contenu) (?:est )?réservée? (?:à nos |aux )abonn|abonnez-vous pour|il vous reste \d+"
    r"|pour lire la suite"
    r"|exclusiv\w{1,6} para (?:suscriptores|socios|abonados)|suscríbete para|para seguir leyendo"
    r"|riservato agli abbonati|abbonati per (?:continuare|leggere)"
    r"|exclusivo para assinantes|assine para (?:continuar|ler)|alleen voor abonnees|abonneer (?:je|u) om"
    r"|(?:tylko|wyłącznie) dla (?:subskrybent|prenumerator)|wykup (?:dostęp|prenumerat)"
    r"|(?:лише|тільки) (?:для )?(?:передплатник|підписник)|оформ\w{1,8} (?:передплату|підписку)"
    r"|щоб (?:читати далі|продовжити читання)|только (?:для )?подписчик|оформ\w{1,8} подписку"
    r"|чтобы (?:читать дальше|продолжить чтение)|(?:för|for) (?:prenumeranter|abonnenter)"
    r"|(?:jen|pouze) pro předplatitele|abonelere özel|この記事は.{0,10}会員限定|有料会員|订阅后|會員專享",
    re.I,
)
# One of these is in each of them: to look for them takes a twentieth of the time.
_MAY_INVITE = (
    *(
        "subscri",
        "unlock",
        "unlimited",
        "pay to read",
        "reading",
        "members",
        "abonn",
        "lesen",
        "il vous reste",
        "lire la suite",
        "suscr",
        "socios",
        "abonados",
    ),
    *("seguir leyendo", "abbonat", "assin", "subskry", "prenumer", "wykup", "передплат", "підпис", "читати далі"),
    *(
        "продовжити читання",
        "подпис",
        "читать дальше",
        "продолжить чтение",
        "předplat",
        "abonel",
        "会員",
        "订阅",
        "會員",
    ),
)

# What is for subscribers is another thing than the article.
_NO_WALL = re.compile(r"newsletter|coment[aá]rio|comment|kommentar|коментар|комментари|komentarz|koment[aá]ř", re.I)


def is_robot_wall(headline: str, text: str) -> bool:
    """True for the words of a check for robots; what only tells of one is no such page."""
    return _WALL_NAMES.fullmatch(headline) is not None or _WALL.search(text) is not None


def asks_to_unblock(text: str) -> bool:
    """True where readers are asked to switch their ad blocker off."""
    return _AD_BLOCKER.search(text) is not None


def asks_for_consent(text: str) -> bool:
    """True where somebody speaks for himself of the cookies that he stores."""
    return says(_CONSENT, text)


def speaks_of_consent(text: str) -> bool:
    """True where a word of such texts is in this one."""
    return _CONSENT_WORD.search(text) is not None


def is_all_consent(text: str) -> bool:
    """True where the words of consent stand so close that the text is of nothing else."""
    if len(text) > _DENSE_UP_TO or not any(map(text.__contains__, _MAY_CONSENT)):
        return False
    words = sum(1 for _ in _CONSENT_WORD.finditer(text))
    return words >= _FEWEST_WORDS and words * _LETTERS_A_WORD > len(text)


def tells_login(headline: str) -> bool:
    """True for the headline of a page to log in."""
    return _LOGIN.fullmatch(headline) is not None


def invites_to_subscribe(lines: Iterable[str]) -> bool:
    """True where one of them says that the rest is for those who pay or log in; one that quotes such words does not."""
    lines = [line[:_LONGEST_INVITATION] for line in lines]
    together = "\n".join(lines).lower()
    words = [word for word in _MAY_INVITE if word in together]
    return bool(words) and any(_invites(line, words) for line in lines)


def _invites(line: str, words: list[str]) -> bool:
    if not any(map(line.lower().__contains__, words)):
        return False
    return says(_INVITATION, line) and _NO_WALL.search(line) is None
