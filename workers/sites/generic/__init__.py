"""The generic reader: any news page, without a profile.

reader.py         all fields of one page
beside.py         only those that a profile leaves open

The text:

body.py           which element holds the text, which pieces of it are text
evidence.py       the text as JSON-LD has it
embedded.py       the text that only the page's scripts have
state.py          the same as a list of its parts
own_article.py    which of several articles on a page is its own
own_column.py     which of its columns has the headline
rows.py           the rows of a table
trim.py           where the text begins and ends
lead.py           the sentences between the headline and the text
outline.py        the page's texts in order, each with the elements it stands in
walk.py           the walk over the tree that makes the outline
lines.py          paragraphs that are no elements, and texts that would be glued
page_names.py     the names of one page's elements, each worked out once
roles.py          what the walk does at each kind of element
furniture.py      which elements are furniture
told_parts.py     the parts of a text that JSON-LD names
captions.py       captions that only their place below a picture tells
headed.py         boxes that their own heading tells to be none of the text
cards.py          cards of other articles in the middle of a text
controls.py       what readers fill in or press, and what that opens
widgets.py        boxes with a field or buttons in the middle of a text
left_over.py      what is left of boxes whose links are gone
quotes.py         quotes that the text has too
notes.py          numbers of notes, and letters that are said twice
updates.py        headings in headers within the text
biography.py      who wrote the article, told at its end
names.py          what class names tell
phrases.py        what headings and lines tell
phrase_lists.py   the phrases themselves, by language

The other fields:

story.py          the page's JSON-LD about its article
headline.py       what the page, its head and its JSON-LD agree on
authors.py        JSON-LD, head, byline
told_authors.py   the authors in JSON-LD
listed_authors.py  the authors that one byline lists
dated_bylines.py  lines of a day and a name
placed_authors.py  names that only their place tells
spoken_of.py      what the text speaks of is not its author
signature.py      who signed the text at its end
people.py         names in a byline, and who is no person
published.py      when it was published and modified: candidates in their order of trust
marked_dates.py   dates that elements mark
exact_dates.py    a day with its clock, a clock with its offset
hinted_dates.py   what may be the day, where nothing says that it is
others.py         what tells of other articles
date_words.py     words beside dates: of publication, or of a change
corrected.py      whether it says that it was corrected
pictures.py       the lead picture
picture_files.py  what the address and the size of a picture tell
picture_captions.py  its caption and its credit
under_pictures.py  a caption that nothing calls one
details.py        section, tags, language, publisher, paywall
shown_topics.py   tags and section as only readers are shown them
own_section.py    the section by the page's address, and by the line above the headline
related.py        boxes of related links, found by their headings
"""
