"""Profiles: the sites that we know, a file each.

interfax.py       Interfax-Ukraine, the reference site
interfax_text.py  what its pages show, as lines
ukrinform.py      Ukrinform
unian.py          UNIAN
pravda.py         Ukrainska Pravda
liga.py           LIGA.net
apnews.py         AP News
euronews.py       Euronews
srf.py            SRF News
tagesschau.py     tagesschau.de
"""
