"""A page: from bytes to a tree that is safe to have, and what its head and its scripts say.

markup.py    tags and their attributes, found in the bytes
guard.py     hostile markup, found before the parser sees it
document.py  the tree, built once, and what its head says
nesting.py   how deep its elements nest
shadow.py    shadow roots that the markup declares
states.py    the data in its scripts
tags.py      the numbers that the parser has for tags
"""
