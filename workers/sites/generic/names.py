"""What class names and ids tell: which elements are furniture, which hold the article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

# Substrings that are distinctive wherever they stand, then words that must stand alone between separators.
_FURNITURE: dict[str, str] = {
    "comments": r"comment(?!ary|ator)|disqus|livefyre|viafoura|coral-|\bfb-comments|kommentar|reaction[s_-]|respond\b",
    "related": r"related|recommend|recirc|readmore|read[-_]?(?:more|next|also|on\b|too)|see[-_]also|more[-_](?:from|on|about|news|stor|articles|posts|like|link|content|topics)"
    r"|most[-_]?(?:read|popular|viewed|shared|comment)|popular|trending|top[-_]?stories|up[-_]?next|next[-_]?(?:article|post|story|up)|nextprev|prev[-_]?next"
    r"|(?:latest|other|similar|further|prev|previous)[-_]?(?:news|posts?|articles?|stories|story)|outbrain|taboola|zergnet|plista|nativo|linkbox|link-?box|also[-_]?read"
    r"|teaser(?!-?text)|lire-aussi|lireaussi|a-lire|mehr-zum|weiterlesen|suggest(?:ed|ion)|you-?may|jp-relatedposts|yarpp|onward|inline-?(?:article|story|related|promo)|in-?article-?(?:link|related)",
    "share": r"\bshar(?:e|ing|ed|er|edaddy)|share[-_]?(?:bar|this|button|tool|link|icon)|-share|_share|social(?!ist)|sns\b|addthis|addtoany|a2a_|sharedaddy|ssba|follow-?us|follow[-_]|bookmark|like-?button|whatsapp|telegram-?(?:link|channel)",
    "promotion": r"newsletter|subscri|sign-?up|signup|promo(?!tion-?al-?article)|advert|sponsor|\bads?\b|\bads?[-_]|[-_]ads?\b|adsense|adslot|ad[-_]?(?:slot|unit|container|wrap|banner|box|label|break|placeholder|space)|dfp|gpt-ad|google-?ad|banner|\bcta\b|[-_]cta\b|call-?to-?action"
    r"|affiliate|donat|support-?us|paywall|piano|regwall|membership|abo-?(?:box|teaser|hint|banner)|app-?download|download-?app|mailchimp|mc_embed|opt-?in|optin|lead-?magnet|crowdfund|fundrais|coupon|shop-?widget|product-?(?:card|box|widget)|commerce",
    "overlay": r"cookie|consent|gdpr|modal|popup|pop-up|overlay(?!-?text)|lightbox|onetrust|didomi|cmp[-_]|toast|interstitial|tooltip",
    "navigation": r"breadcrumb|crumbs?\b|navbar|\bnav\b|\bnav-|-nav\b|navigation|menu\b|menu[-_]|[-_]menu|pagination|pager\b|paging|page-?(?:links|numbers)|skip-?(?:link|to|nav)|toolbar|tool-?bar|back-?to-?top|sitemap|table-?of-?contents|\btoc\b|toc[-_]|[-_]toc\b|ez-toc|anchor-?nav|jump-?(?:link|to)",
    "sidebar": r"sidebar|side-?bar|side-?rail|right-?rail|rail-?right|\brail\b|\baside\b|widget(?!-?text-?content)|right-?col(?:umn)?\b",
    "footer": r"\bfooter|[-_]footer|copyright|colophon|imprint|impressum|disclaimer|disclosure|legal\b|license|bottom-?bar|site-?info\b",
    "tags": r"\btags?\b|tag-?(?:list|cloud|links|s)\b|[-_]tags\b|tagged|keywords?\b|topics?\b|topic-?(?:list|tags)|post-?tags|tags[-_]|cat-?links|hashtag|post-?categor|entry-?categor|categories\b|article-?categor",
    "author": r"author(?!i[sz])|\bbyline|[-_]byline|by-line|\bbio\b|[-_]bio\b|biograph|contributor|autor(?:en|box|info|es)?\b|redacteur|auteur|writer|profile-?(?:card|box)|about-?the|signature|firma\b",
    "meta": r"post-?meta|entry-?meta|article-?(?:meta|info|date|time|header|head)\b|meta-?(?:data|info|bar)|\bmeta\b|publish(?:ed)?-?(?:date|on|time)|pub-?date|post-?date|entry-?date|\bdate\b|dateline\b|datetime|time-?stamp|timestamp|\btime\b|reading-?time|read-?time|readtime|last-?(?:updated|modified)|post-?info|entry-?header|post-?header|article__?header|view-?count|views\b|rating|vote|kicker\b|eyebrow|overline\b|dachzeile|print-?(?:only|link|button)|listen|audio-?player|text-?to-?speech|trinity|speechify|font-?(?:size|resize)|translate",
    "caption": r"caption|credit|\bfigure-?text|image-?(?:copy|source|info|desc|text|meta)|photo-?(?:info|by|desc|text|credit)|bildunter|bildtext|bildnachweis|legende?\b|lead-?image|foto-?(?:text|autor)|gallery|slideshow|carousel|slider|swiper|video-?(?:player|title|info|desc|meta|js|wrap)|jwplayer|brightcove|player\b|infobox|factbox|fact-?box|chart|infographic",
    "hidden": r"sr-only|screen-?reader|visually-?hidden|visuallyhidden|\bhidden\b|is-hidden|d-none(?!-|\s+d-)|u-hidden|offscreen|noprint|no-print|tts-?|js-only|a11y",
    "login": r"login|log-in|sign-?in|register\b|registration|account\b|password|captcha|contact-?form|wpcf7|search-?(?:form|box|bar|results)|searchform|survey|poll\b|quiz",
}
_ANY = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _FURNITURE.items()))
_BODY = re.compile(
    r"article-?_?-?(?:body|content|text|main)|articlebody|articletext|articlecontent|story-?_?-?(?:body|content|text)|storybody|entry-content|entrytext"
    r"|post-?_?(?:body|content|text)|body-?(?:text|copy|content)|content-?_?-?body|news-?_?-?(?:body|content|text|detail)|main-?text|field--?name-body|rich-?text|c-content|paywall-?content|text-?content"
    r"|single-?content|blog-?content|td-post-content|\bcontent-?text|maincontent|artikel-?(?:text|inhalt|body)|texte-?article|corps|cuerpo|nota-?(?:cuerpo|texto)|materia|conteudo|treść|tresc|artykul|wysiwyg|prose\b"
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def furniture_of(names: str, tag: str, attributes: Mapping[str, str | None]) -> str:
    """What kind of furniture an element with these names (class and id, lower case) is, or "" where it is none."""
    return _furniture(names) if names and tag not in ("html", "body", "main") else ""


@lru_cache(maxsize=20_000)
def _furniture(names: str) -> str:
    if len(names) > 400:
        return ""
    found = _ANY.search(names)
    if not found:
        return ""
    return "" if _BODY.search(names) else found.lastgroup or ""


@lru_cache(maxsize=20_000)
def names_body(names: str) -> bool:
    """True where the names say that the article's text is inside."""
    return bool(_BODY.search(names))


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """True for an element that is not shown."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))
