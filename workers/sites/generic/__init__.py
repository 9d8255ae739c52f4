"""The generic reader: any news page, without a profile.

reader.py     all fields of one page
body.py       which element holds the text, which pieces of it are text
outline.py    the page's texts in order, from one walk over the tree
names.py      what class names tell
phrases.py    what headings and lines tell, in a dictionary per language
story.py      the page's JSON-LD about its article
headline.py authors.py published.py details.py    the other fields
"""
