"""The text: from the outline of a page to the paragraphs that are the article.

body.py         which element holds the text, which pieces of it are text
embedded.py     the text that only the page's scripts have
state.py        the same as a list of its parts
own_article.py  which of several articles on a page is its own
own_column.py   what stands in other columns than the headline is of something else
told_parts.py   the parts of a text that JSON-LD names
weight.py       how much the pieces look like running text
trim.py         where the text begins and ends
ending.py       where it ends: before a heading, comments or a wall
lead.py         the sentences between the headline and the text

The outline:

outline.py      the page's texts in order, each with the elements it stands in
walk.py         the walk over the tree that makes it
roles.py        what the walk does at each kind of element
lines.py        paragraphs that are no elements, and texts that would be glued
rows.py         the rows of a table

What is none of it:

furniture.py    which elements are furniture
controls.py     what readers fill in or press
headed.py       boxes that their own heading tells to be none of the text
cards.py        cards of other articles in the middle of a text
widgets.py      boxes with a field or buttons in the middle of a text
left_over.py    what is left of boxes whose links are gone
quotes.py       quotes that the text has too
notes.py        numbers of notes, and letters that are said twice
updates.py      headings in headers within the text
biography.py    who wrote the article, told at its end
"""
