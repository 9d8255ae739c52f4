"""When it was published and modified.

published.py     candidates in their order of trust
marked_dates.py  dates that elements mark
exact_dates.py   a day with its clock, a clock with its offset
hinted_dates.py  what may be the day, where nothing says that it is
date_words.py    words beside dates: of publication, or of a change
"""
