"""A profile proposed from a few pages of a site (`wireroom site new`).

proposal.py       selectors that give what the generic reader found, on all pages
proposed_body.py  those of the text
given_names.py    names that a person gave an element
source.py         the proposal as Python source
quoted.py         a text in quotes, never as code
"""
