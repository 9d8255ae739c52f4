"""What stands around every page of the demo site: head, navigation, advertisements, scripts and footer."""

from __future__ import annotations

from html import escape

from workers.demo.labels import LABELS, SECTIONS

_STYLE = "".join(
    f".col-{n}{{width:{n}%;float:left;padding:0 .5em;box-sizing:border-box}}" for n in (13, 23, 33, 57, 67, 100)
) + (
    "body{font:16px/1.5 Georgia,serif;margin:0 auto;max-width:72em;color:#222}"
    ".article-time span{margin-right:.5em;color:#777}.ad,.ads{background:#eee;text-align:center;color:#999}"
    ".article-content-image{width:100%;height:auto}.pager a{padding:.3em}"
    ".grid:after{content:'';display:block;clear:both}"
    "nav a{padding:.4em;color:#fff;text-decoration:none}nav{background:#234}footer{clear:both;color:#777}"
)
_COUNTER = """<script>
(function (w, d) {
  w.counter = w.counter || [];
  w.counter.push({id: 77, page: d.title, ref: d.referrer, slots: ["top", "side", "bottom"]});
  function load(src) { var s = d.createElement("script"); s.async = true; s.src = src; d.head.appendChild(s); }
  if (w.location.hash === "#ads") { load("/media/ads/loader.js"); }
  d.addEventListener("click", function (e) { if (e.target.closest(".ad")) { w.counter.push({click: 1}); } });
})(window, document);
</script>"""


def page(language: str, title: str, head: str, body: str, *, charset: str = "utf-8") -> str:
    """A whole document; `head` and `body` are markup, `title` is text."""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="{charset}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} - {LABELS[language].brand}</title>\n<style>{_STYLE}</style>\n{head}\n"
        '<link rel="alternate" type="application/rss+xml" href="/news/last.rss">\n'
        f"{_COUNTER}\n</head>\n<body>\n{_navigation(language)}\n"
        f'<div class="container"><div class="grid content">\n{body}\n</div></div>\n'
        f"{_footer(language)}\n</body>\n</html>\n"
    )


def advertisement(language: str, slot: str) -> str:
    """One advertisement, a picture under /media/ads that leads off the site."""
    words = LABELS[language]
    return (
        f'<div class="ad" id="ad-{slot}"><span>{words.ad}</span>'
        f'<a href="http://elsewhere.localhost/offer?slot={slot}&amp;site=demo" rel="nofollow">'
        f'<img src="/media/ads/{slot}.png" alt="" width="96" height="54"></a>'
        f'<script>window.counter.push({{show: "{slot}"}});</script></div>'
    )


def pager(language: str, base: str, number: int, pages: int, *extra: tuple[str, str]) -> str:
    """`div.pager` of a list whose first page is `base`.html; `extra` are further (href, text) pairs."""
    links = [(page_path(base, other), str(other)) for other in range(1, pages + 1) if other != number]
    if number < pages:
        links.append((page_path(base, number + 1), LABELS[language].older))
    items = "".join(f'<a href="{href}">{escape(text)}</a>' for href, text in (*links, *extra))
    return f'<div class="pager">{items}</div>'


def page_path(base: str, number: int) -> str:
    """The address of page `number` (from 1) of a list."""
    return f"{base}.html" if number == 1 else f"{base}-{number}.html"


def _navigation(language: str) -> str:
    words = LABELS[language]
    links = "".join(f'<a href="/news/{name}.html">{label[language]}</a>' for name, label in SECTIONS.items())
    return (
        f'<header><div class="logo"><a href="/">{words.brand}</a></div>'
        f'<nav class="main-menu"><a href="/news/latest.html">{words.older}</a>{links}</nav></header>'
        f'<div class="ads">{advertisement(language, "top")}</div>'
    )


def _footer(language: str) -> str:
    words = LABELS[language]
    return (
        f'<div class="subscribe-us"><a href="http://elsewhere.localhost/channel">{words.subscribe}</a></div>'
        '<div class="social-links"><a href="http://elsewhere.localhost/share?to=a">A</a>'
        '<a href="http://elsewhere.localhost/share?to=b">B</a></div>'
        f"<footer><p>{words.brand} &copy; Velmar</p>{advertisement(language, 'bottom')}</footer>"
    )
