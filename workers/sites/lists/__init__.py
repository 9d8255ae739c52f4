"""Lists: the links of fronts, listings, feeds, sitemaps, archives and menus, and where each of them goes on.

listings.py     listing pages: articles as links, with headline and time as shown
shown.py        a link as a page shows it
headlines.py    is it a headline, is it an article's address?
scripted.py     cards that lead on by a script
data.py         stories that a page's data tells
views.py        the same article once more, to be printed, sent or answered
menu.py         sections and other languages
archives.py     lists of a day, a month, a year
beyond.py       what an article's page leads to beyond its boxes
frames.py       pages in frames
bait.py         links that a page hides and does not vouch for
refresh.py      pages that lead on by themselves
onward.py       pages that say nothing and lead on

What machines are given:

records.py      XML as flat records, bounded and without entities
feeds.py        RSS, RDF, Atom, JSON Feed
named_feeds.py  the feeds that a page names
sitemaps.py     sitemaps and indexes of them

Where a list goes on:

next_page.py    the next page of a listing
next_words.py   words that say so, in many languages
load_more.py    buttons that load more by a script
paged_feeds.py  the next page of a feed
elsewhere.py    what a front goes on with at another address
"""
