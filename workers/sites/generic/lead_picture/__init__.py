"""The lead picture, with its caption and its credit.

pictures.py          what machines are told, else the first that the article shows
picture_files.py     what the address and the size of a picture tell
picture_captions.py  its caption and its credit
under_pictures.py    a caption that nothing calls one
captions.py          captions in a text that only their place below a picture tells
"""
