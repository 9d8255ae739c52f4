"""What class names and ids tell: which elements are furniture, which hold the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import accumulate

# One line for each kind; a name that matches is of that kind. `^` and `$` are the ends of one class name or id.
_FURNITURE: dict[str, str] = {
    "comments": r"comment(?!ary|ator)|guest-?book|condolence|kondolenz|^forum$|^postings?$|disqus|livefyre|viafoura|^coral-|kommentar|^reactions?$|^respond$",
    "related": r"related|recommend|recirc|readmore|read[-_]?(?:more|next|also|too)|see[-_]also|more[-_](?:from"
    r"|on|about|news|stor|articles|posts"
    r"|like|link|content|topics)|most[-_]?(?:read|popular|viewed|shared)|popular|trending|top[-_]?stories|up[-_]?next"
    r"|next[-_]?(?:article|post|story|up)|nextprev|prev[-_]?next|(?:latest|other|similar|further|prev"
    r"|previous)[-_]?(?:news|posts?|articles?|story|stories)"
    r"|outbrain|taboola|zergnet|plista|(?:^|[-_])nativo|link-?box|also[-_]?read|teaser(?!-?(?:text|content|body))|lire-?aussi|a-lire"
    r"|mehr-zum|weiterlesen|suggest(?:ed|ion)"
    r"|you-?may|yarpp|onward|inline-?(?:article|story|promo)|in-?article-?(?:link|related)",
    "share": r"shar(?:e|ing)(?:$|[-_]|bar|this|button|tool|link|icon|daddy)|share$|social(?!ist)|^sns|addthis"
    r"|addtoany|^aa_|ssba|follow-?us|^follow|bookmark"
    r"|like-?button|telegram-?(?:link|channel)",
    "promotion": r"newsletter(?!-?(?:post|issue|content|body))|subscri(?!ber-?(?:only|preview|premium|content))|sign-?up|promo(?!tional)|advert|sponsor|(?:^|[-_])ads?(?:$|[-_])|adsense"
    r"|ad[-_]?(?:slot|unit|container|wrap|banner|label|break"
    r"|placeholder)|dfp|google-?ad|(?:^|[-_])banner|(?:^|[-_])cta(?:$|[-_])|call-?to-?action|affiliate"
    r"|donat(?:e|ion)|^dons?$|support-?us|support(?:ers)?[-_]?box|app-?(?:strip|banner|promo)|qr-?code|^paywall|regwall"
    r"|abo-?(?:box|teaser|hint|banner)|app-?download|download-?app|mailchimp|mc_embed|opt-?in(?:$|[-_])|(?:^|[-_])optin"
    r"|lead-?magnet|crowdfund|fundrais|coupon"
    r"|product-?(?:card|box|widget)",
    "consent": r"cookie|consent|gdpr|onetrust|didomi|^cmp[-_]",
    "overlay": r"modal|pop-?up|overlay(?!-?text)|lightbox|toast|interstitial|tooltip",
    "navigation": r"breadcrumb|(?:^|[-_])crumbs?$|navbar|(?:^|[-_])nav(?:$|[-_])|navigation|menu(?:$|[-_])"
    r"|pagination|pager$|paging|page-?(?:links|numbers)|skip-?(?:link|to|nav)"
    r"|tool-?bar|back-?to-?top|sitemap|table-?of-?contents|(?:^|[-_])toc(?:$|[-_])|anchor-?nav|jump-?(?:link|to)",
    "sidebar": r"side-?bar|side-?rail|right-?rail|rail-?right|^aside|widget[-_](?:area|title)"
    r"|right-?col(?:umn)?$",
    "footer": r"^foot(?:er|$)|[-_]footer|copyright|colophon|^imprint|impressum|disclaimer|disclosure|^legal"
    r"|bottom-?bar|site-?info$",
    "tags": r"^tags?$|tag-?(?:list|cloud|links)|[-_]tags$|^tags[-_]|^tagged|keywords?$|^topics?$|topic-?(?:list"
    r"|tags)|cat-?links|hashtag|(?:post|entry|article)-?categor|^categories$",
    "author": r"author(?!i[stz])|byline|by-line|(?:^|[-_])bio(?:$|[-_])|biograph|contributor|autor(?:en|box|info"
    r"|es)?$|redacteur|auteur|writer|^reporter(?:s|-?name)?$|profile-?(?:card|box)|about-?the|signature|^firma$",
    "meta": r"(?:post|entry|article|story|news)[-_]*(?:meta|info|date|time|header|head)(?:$|[-_])|meta-?(?:data|info"
    r"|bar)|^meta$|publish(?:ed)?-?(?:date|on|time)|pub-?date|^date$|dateline|datetime"
    r"|time-?stamp|^time$|read(?:ing)?-?time|last-?(?:updated|modified)|view-?count|(?:^|[-_])(?:rating|star-?rating)|^vote|kicker$"
    r"|eyebrow|overline$|dachzeile|print-?(?:only|link|button)"
    r"|^listen|audio-?player|text-?to-?speech|trinity|speechify|font-?(?:size|resize)",
    "caption": r"caption|pull-?quote|(?:^|[-_])facts?(?:$|[-_](?!check))|[-_](?:foto|photo)$|credit|figure-?text|(?:image|photo|picture|img)-?(?:source|info|desc|text|meta|by)$"
    r"|bildunter|bildtext|bildnachweis|legende?$|legenda|foto-?(?:text|autor|popis)|popis-?foto|pictext|pie-?(?:de-?)?foto"
    r"|slideshow|carousel|swiper|video-?(?:player|title|info|desc|meta|js|wrap)|jwplayer|brightcove|(?:fact|info)-?box"
    r"|infographic"
    r"|(?:^|[-_])(?:image|img|photo|picture|foto)[-_]?(?:widget|box|block|wrap|container|holder|frame|desc)",
    "references": r"^references?(?:$|[-_](?:list|section|wrap))|^bibliograph|^citations?(?:$|[-_])",
    "embed": r"^twitter-?tweet|(?:^|[-_])tweet-?embed|^instagram-?media|^tiktok-?embed|^bluesky-?embed|^fb-?post",
    "hidden": r"^sr-only|screen-?reader|visually-?hidden|^hidden$|^is-hidden|^d-none$|^u-hidden|offscreen"
    r"|^w-condition-invisible$|^element-(?:invisible|hidden)$|^hide$|^invisible$|^js-hidden$|^hidden-print$"
    r"|no-?print|js-only",
    "login": r"login|log-in$|sign-?in$|^register|registration|^account$|password|captcha|contact-?form|wpcf7"
    r"|search-?(?:form|box|bar|results)|survey|^feedback|^helpful|(?:^|[-_])poll(?:$|[-_])|quiz",
}
# Numbers make every name new; without them a site has few.
_DIGITS = re.compile("[0-9]+")
_ANY = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _FURNITURE.items()))


def _alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between the bars that stand outside of brackets."""
    parts, depth = [""], 0
    for char in pattern:
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _opened(part: str) -> list[str]:
    """An alternative that begins with a group, as alternatives that begin with a letter."""
    if not part.startswith("(?:"):
        return [part]
    depths = accumulate((char == "(") - (char == ")") for char in part)
    end = next(place for place, depth in enumerate(depths) if not depth)
    return [inner + part[end + 1 :] for inner in _alternatives(part[3:end])]


def _by_first_letter(parts: Iterable[str]) -> str:
    groups: dict[str, list[str]] = {}
    for part in parts:
        groups.setdefault(part[0], []).append(part[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items())


def _starts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """All patterns again, by where they may begin: at the start of a name, and anywhere or after a dash in it.

    Grouped by their first letters they are eight times sooner than `_ANY`, which then looks at one place only.
    """
    found: dict[str, list[str]] = {"": [], "^": [], "(?:^|[-_])": [], "[-_]": []}
    for part in (part for pattern in _FURNITURE.values() for part in _alternatives(pattern)):
        edge = next(edge for edge in ("(?:^|[-_])", "[-_]", "^", "") if part.startswith(edge))
        found[edge] += _opened(part[len(edge) :])
    anywhere, at_start, either, inside = map(found.__getitem__, ("", "^", "(?:^|[-_])", "[-_]"))
    return (
        re.compile(_by_first_letter([*at_start, *either])),
        re.compile(f"{_by_first_letter(anywhere)}|[-_](?:{_by_first_letter([*inside, *either])})"),
    )


_AT_START, _LATER = _starts()
# States of a whole page, and the posts' own tags and categories, as class names.
_STATE = re.compile(
    r"^(?:content-sidebar|has|no|not|with|without|is|in|tag|category|categories|layout|template|theme|page|postid|single|hentry"
    r"|wp-custom)[-_]|[:\[@]"
)
_BODY = re.compile(
    r"article-?_?-?(?:body|content|text|main)|articlebody|articletext|articlecontent|story-?_?-?(?:body|content"
    r"|text)|storybody|entry-content|entrytext"
    r"|post-?_?(?:body|content|text)|body-?(?:text|copy|content)|content-?_?-?body|news-?_?-?(?:body|content"
    r"|text|detail)|main-?text|field--?name-body|rich-?text|c-content|paywall-?content|text-?content"
    r"|single-?content|blog-?content|td-post-content|\bcontent-?text|maincontent|artikel-?(?:text|inhalt|body)"
    r"|texte-?article|corps|cuerpo|nota-?(?:cuerpo|texto)|materia|conteudo|treść|tresc|artykul|wysiwyg|prose\b"
)
# One of these is in each of them.
_MAY_BODY = (
    *("body", "content", "text", "main", "detail", "inhalt", "corps", "cuerpo", "materia", "conteudo"),
    *("treść", "tresc", "artykul", "wysiwyg", "prose"),
)
# More class names than this describe how a block looks or which post it is, not what it is.
_MANY = 25
_LONGEST_NAMES, _LONGEST_NAME = 2_000, 200
_LEAD = re.compile(
    r"\blead\b|[-_]lead\b|\blede\b|standfirst|(?:^|[-_\s])dek(?:$|[-_\s])|sub-?title|sub-?head(?:line|ing)?\b|summary|\bintro(?:duction)?\b|[-_]intro\b|chapo|chapeau"
    r"|abstract|\bsapo\b|ingress|bajada|copete|sumario|sottotitolo|excerpt|vorspann|anreisser|perex|\bspot\b|description|\bdescr?\b|synopsis|strapline|[-_]desc\b"
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


@lru_cache(maxsize=8_000)  # names of 4,000 letters each, at worst
def furniture_of(names: str) -> str:
    """What kind of furniture an element with these names (class and id, lower case) is, or "" where it is none."""
    tokens = names.split()
    if len(tokens) > _MANY:
        return ""
    kinds = [kind for token in tokens if (kind := _kind(token[:_LONGEST_NAME]))]
    if not kinds or names_body(names):
        return ""
    if kinds == ["hidden"] and any(":" in token for token in tokens):
        return ""
    return kinds[0]


@lru_cache(maxsize=20_000)
def _kind(token: str) -> str:
    """What one class name or id tells, whatever the numbers in it."""
    if token.isalpha() or not _DIGITS.search(token):
        return _told_by(token)
    return _without_digits(_DIGITS.sub("", token))


def _told_by(token: str) -> str:
    token = token[:100]
    place = _AT_START.match(token) or _LATER.search(token)
    if place is None or _STATE.search(token):
        return ""
    found = _ANY.match(token, place.start())
    return found.lastgroup or "" if found else ""


_without_digits = lru_cache(maxsize=20_000)(_told_by)


def names_body(names: str) -> bool:
    """True where the names say that this holds the article's text."""
    return any(map(names.__contains__, _MAY_BODY)) and _BODY.search(names) is not None


def names_lead(names: str) -> bool:
    """True where the names say that this is the article's lead."""
    return bool(_LEAD.search(names))


def names_of(attributes: Mapping[str, str | None]) -> str:
    """The class names and the id of an element, in lower case."""
    names, own = attributes.get("class"), attributes.get("id")
    if own:
        names = f"{names} {own}" if names else own
    return names[:_LONGEST_NAMES].lower() if names else ""


def with_told(names: str, attributes: Mapping[str, str | None]) -> str:
    """The names, and what programs call the element, whose class names may be made by a machine."""
    told = attributes.get("data-testid") or attributes.get("data-component") or ""
    return f"{told[:_LONGEST_NAMES].lower()} {names}".strip()


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """True for an element that is not shown."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = (attributes.get("style") or "").lower()
    return ("none" in style or "hidden" in style) and _HIDDEN_STYLE.search(style) is not None
