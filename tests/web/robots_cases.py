"""What robots.txt files mean, in the sense of RFC 9309 and of Google's published examples, in our own words.

Each case: what it shows, the file, the agent, and paths with True where the agent may ask for them.
"""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    name: str
    text: str
    agent: str
    paths: dict[str, bool]


CASES = [
    Case("an empty file allows everything", "", "wire", {"/": True, "/a": True}),
    Case(
        "rules before any group belong to nobody", "Disallow: /\nUser-agent: other\nDisallow: /", "wire", {"/a": True}
    ),
    Case("an empty Disallow allows everything", "User-agent: *\nDisallow:", "wire", {"/": True, "/a": True}),
    Case("a slash closes the host", "User-agent: *\nDisallow: /", "wire", {"/": False, "/a?b": False}),
    Case("robots.txt itself may always be asked", "User-agent: *\nDisallow: /", "wire", {"/robots.txt": True}),
    Case("a group by name is chosen", "User-agent: wire\nDisallow: /a", "wire", {"/a": False, "/b": True}),
    Case("names are compared without case", "User-Agent: WiRe\nDISALLOW: /a", "wire", {"/a": False}),
    Case("paths are compared with case", "User-agent: *\nDisallow: /A", "wire", {"/A": False, "/a": True}),
    Case(
        "a group by name replaces the group for all",
        "User-agent: *\nDisallow: /\nUser-agent: wire\nDisallow: /a",
        "wire",
        {"/a": False, "/b": True},
    ),
    Case(
        "a group by name without rules frees its agent",
        "User-agent: *\nDisallow: /\n\nUser-agent: wire\nDisallow:",
        "wire",
        {"/a": True},
    ),
    Case(
        "the order of the groups does not matter",
        "User-agent: wire\nDisallow: /a\nUser-agent: *\nDisallow: /",
        "wire",
        {"/a": False, "/b": True},
    ),
    Case("another name is not ours", "User-agent: wireless\nDisallow: /", "wire", {"/a": True}),
    Case("part of our name is not ours", "User-agent: wir\nDisallow: /", "wire", {"/a": True}),
    Case(
        "an agent with version and address is its product",
        "User-agent: wire\nDisallow: /a",
        "wire/2.0 (+https://x.org)",
        {"/a": False},
    ),
    Case("a version in the file is no part of the name", "User-agent: wire/1.0\nDisallow: /a", "wire", {"/a": False}),
    Case("words after the name are no part of it", "User-agent: wire bot\nDisallow: /a", "wire", {"/a": False}),
    Case("an asterisk glued to a word is not everybody", "User-agent: *bot\nDisallow: /", "wire", {"/a": True}),
    Case(
        "several agents share a group",
        "User-agent: one\nUser-agent: wire\nUser-agent: three\nDisallow: /a",
        "wire",
        {"/a": False, "/b": True},
    ),
    Case(
        "empty lines do not end a group",
        "User-agent: one\n\n\nUser-agent: wire\n\nDisallow: /a\n\nDisallow: /b",
        "wire",
        {"/a": False, "/b": False},
    ),
    Case(
        "groups of one agent are joined",
        "User-agent: wire\nDisallow: /a\nUser-agent: x\nDisallow: /c\nUser-agent: wire\nDisallow: /b",
        "wire",
        {"/a": False, "/b": False, "/c": True},
    ),
    Case(
        "groups for everybody are joined",
        "User-agent: *\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: *\nDisallow: /b",
        "wire",
        {"/a": False, "/b": False, "/c": True},
    ),
    Case(
        "a sitemap between agents does not part them",
        "User-agent: wire\nSitemap: https://x.org/s.xml\nUser-agent: x\nDisallow: /a",
        "wire",
        {"/a": False},
    ),
    Case(
        "an unknown record between agents does not part them",
        "User-agent: wire\nHost: x.org\nUser-agent: x\nDisallow: /a",
        "wire",
        {"/a": False},
    ),
    Case(
        "a Crawl-delay between agents does not part them",
        "User-agent: wire\nCrawl-delay: 3\nUser-agent: x\nDisallow: /a",
        "wire",
        {"/a": False},
    ),
    Case(
        "an unknown record between rules does not end the group",
        "User-agent: *\nDisallow: /a\nNoindex: /x\nDisallow: /b",
        "wire",
        {"/a": False, "/b": False, "/x": True},
    ),
    Case(
        "the longest rule decides",
        "User-agent: *\nDisallow: /a\nAllow: /a/b",
        "wire",
        {"/a/c": False, "/a/b": True, "/a/b/c": True},
    ),
    Case(
        "the longest rule decides in any order",
        "User-agent: *\nAllow: /a/b\nDisallow: /a",
        "wire",
        {"/a/c": False, "/a/b": True},
    ),
    Case(
        "a longer Disallow beats an Allow", "User-agent: *\nAllow: /\nDisallow: /a", "wire", {"/a": False, "/b": True}
    ),
    Case("Allow wins a tie", "User-agent: *\nDisallow: /folder\nAllow: /folder", "wire", {"/folder/page": True}),
    Case(
        "a wildcard counts as a character",
        "User-agent: *\nAllow: /page\nDisallow: /*.htm",
        "wire",
        {"/page.htm": False},
    ),
    Case(
        "an end mark counts as a character",
        "User-agent: *\nAllow: /$\nDisallow: /",
        "wire",
        {"/": True, "/page": False},
    ),
    Case(
        "an Allow of equal length beats a wildcard",
        "User-agent: *\nAllow: /page\nDisallow: /*.ph",
        "wire",
        {"/page.php5": True},
    ),
    Case(
        "a path is a prefix",
        "User-agent: *\nDisallow: /fish",
        "wire",
        {
            "/fish": False,
            "/fish.html": False,
            "/fishheads/y": False,
            "/Fish": True,
            "/cat/fish": True,
            "/?id=fish": True,
        },
    ),
    Case(
        "a trailing asterisk changes nothing",
        "User-agent: *\nDisallow: /fish*",
        "wire",
        {"/fish": False, "/fish/s": False, "/desert/fish": True},
    ),
    Case(
        "a trailing slash asks for a folder",
        "User-agent: *\nDisallow: /fish/",
        "wire",
        {"/fish": True, "/fish.html": True, "/fish/": False, "/fish/?id=1": False},
    ),
    Case(
        "an asterisk stands for anything",
        "User-agent: *\nDisallow: /*.php",
        "wire",
        {"/index.php": False, "/a/b.php?c": False, "/a.php.html": False, "/": True, "/windows.PHP": True},
    ),
    Case(
        "an end mark anchors",
        "User-agent: *\nDisallow: /*.php$",
        "wire",
        {"/a.php": False, "/a.php?b": True, "/a.php5": True, "/a.php/": True},
    ),
    Case(
        "an asterisk in the middle",
        "User-agent: *\nDisallow: /fish*.php",
        "wire",
        {"/fish.php": False, "/fishheads/c.php?x": False, "/Fish.PHP": True},
    ),
    Case(
        "asterisks in a row are one",
        "User-agent: *\nDisallow: /a***b",
        "wire",
        {"/ab": False, "/axxb": False, "/a": True},
    ),
    Case(
        "a pattern may begin with an asterisk", "User-agent: *\nDisallow: *.pdf", "wire", {"/x.pdf": False, "/x": True}
    ),
    Case("an asterisk reaches into the query", "User-agent: *\nDisallow: /*/private", "wire", {"/a?b=/private": False}),
    Case(
        "a dollar that is not last is a dollar",
        "User-agent: *\nDisallow: /a$b",
        "wire",
        {"/a$b": False, "/a%24b": False, "/a": True},
    ),
    Case(
        "an anchored piece may not overlap the one before",
        "User-agent: *\nDisallow: /ab*ba$",
        "wire",
        {"/aba": True, "/abba": False},
    ),
    Case(
        "an escaped asterisk is an asterisk",
        "User-agent: *\nDisallow: /a%2A",
        "wire",
        {"/a*": False, "/a%2a": False, "/ab": True},
    ),
    Case(
        "an escaped dollar is a dollar",
        "User-agent: *\nDisallow: /a%24",
        "wire",
        {"/a$": False, "/a": True, "/a%24b": False},
    ),
    Case(
        "a query is part of the path",
        "User-agent: *\nDisallow: /a?b=",
        "wire",
        {"/a?b=c": False, "/a?c": True, "/a": True},
    ),
    Case(
        "letters outside ASCII equal their escapes",
        "User-agent: *\nDisallow: /foo/bar/ツ",
        "wire",
        {"/foo/bar/%E3%83%84": False, "/foo/bar/%e3%83%84": False, "/foo/bar/": True},
    ),
    Case(
        "escapes in the file equal letters",
        "User-agent: *\nDisallow: /foo/%e3%83%84",
        "wire",
        {"/foo/%E3%83%84": False},
    ),
    Case(
        "escapes of plain letters are those letters",
        "User-agent: *\nDisallow: /foo/bar/%62%61%7A",
        "wire",
        {"/foo/bar/baz": False, "/foo/bar/%62az": False},
    ),
    Case(
        "plain letters match their escapes in a URL", "User-agent: *\nDisallow: /private", "wire", {"/%70rivate": False}
    ),
    Case(
        "an escaped slash is no slash in a path",
        "User-agent: *\nDisallow: /a/b",
        "wire",
        {"/a%2Fb": True, "/a/b": False},
    ),
    Case(
        "a URL in a query matches escaped or not",
        "User-agent: *\nDisallow: /r?u=https://x.org",
        "wire",
        {"/r?u=https%3A%2F%2Fx.org": False, "/r?u=https://x.org/": False},
    ),
    Case("a byte order mark is ignored", "\ufeffUser-agent: *\nDisallow: /a", "wire", {"/a": False}),
    Case(
        "lines may end with CRLF",
        "User-agent: *\r\nDisallow: /a\r\nDisallow: /b\r\n",
        "wire",
        {"/a": False, "/b": False, "/c": True},
    ),
    Case(
        "lines may end with CR",
        "User-agent: *\rDisallow: /a\rDisallow: /b",
        "wire",
        {"/a": False, "/b": False, "/c": True},
    ),
    Case(
        "comments are ignored",
        "# x\nUser-agent: * # all\nDisallow: /a # b\n#Disallow: /c",
        "wire",
        {"/a": False, "/c": True},
    ),
    Case(
        "blanks around names and values are ignored",
        " \tUser-agent \t:\t * \n  Disallow  :  /a  ",
        "wire",
        {"/a": False, "/b": True},
    ),
    Case("a lost colon is forgiven", "User-agent *\nDisallow /a", "wire", {"/a": False, "/b": True}),
    Case(
        "misspelt records are understood",
        "Useragent: *\nDissallow: /a\nDisalow: /b",
        "wire",
        {"/a": False, "/b": False, "/c": True},
    ),
    Case(
        "a path without a slash matches nothing",
        "User-agent: *\nDisallow: a\nDisallow: /b",
        "wire",
        {"/a": True, "/b": False},
    ),
    Case(
        "a web page in place of the file allows everything",
        "<!doctype html><html><body>Hello: world</body></html>",
        "wire",
        {"/a": True},
    ),
    Case(
        "a site may close itself to us alone",
        "User-agent: *\nAllow: /\n\nUser-agent: wire\nDisallow: /",
        "wire",
        {"/a": False},
    ),
    Case(
        "a host without a path is its root", "User-agent: *\nDisallow: /$", "wire", {"": False, "/": False, "/a": True}
    ),
    Case("a fragment is no part of the path", "User-agent: *\nDisallow: /*c$", "wire", {"/a#c": True, "/ac#d": False}),
    Case("a last line without an end counts", "User-agent: *\nDisallow: /a", "wire", {"/a": False}),
    Case("garbage between lines is skipped", "\x01\x02\nUser-agent: *\n:::\n=\nDisallow: /a", "wire", {"/a": False}),
]
