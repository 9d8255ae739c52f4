"""What kind of page it is: an article, a list, an error, a wall, or a page of the site about itself.

expected.py     what an address lets expect, and when the page says otherwise
told.py         what an answer says that it is by its beginning
teasers.py      a list of teasers?
posts.py        a list of whole texts?
site_pages.py   a page of the site about itself?
page_words.py   what such pages are called, in many languages
error_pages.py  an error that is answered as if it were an article?
walls.py        what stands in the place of an article, by its words
"""
