"""The generic reader: any news page, without a profile.

reader.py         all fields of one page
beside.py         only those that a profile leaves open
text/             which of a page's texts are the article's
bylines/          who wrote it
dates/            when it was published and modified
lead_picture/     the lead picture, its caption and its credit
headline.py       what the page, its head and its JSON-LD agree on
details.py        section, tags, language, publisher, paywall
shown_topics.py   tags and section as only readers are shown them
own_section.py    the section by the page's address, and by the line above the headline
corrected.py      whether it says that it was corrected
related.py        boxes of related links, found by their headings

What several of them ask:

story.py          the page's JSON-LD about its article
evidence.py       the text as JSON-LD has it
others.py         what tells of other articles
names.py          what class names tell
page_names.py     the names of one page's elements, each worked out once
phrases.py        what headings and lines tell
phrase_lists.py   the phrases themselves, by language
"""
