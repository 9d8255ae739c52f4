"""Who wrote it: what machines are told, bylines, places and signatures.

authors.py         JSON-LD, head, byline
told_authors.py    the authors in JSON-LD
dated_bylines.py   names in lines of a date and a name
listed_authors.py  the authors that one byline lists
placed_authors.py  names that only their place tells
signature.py       who signed the text at its end
people.py          names in a byline, and who is no person
spoken_of.py       what the text speaks of is not its author
"""
