"""Files that are no pages, known by their first bytes."""

from __future__ import annotations

_SIGNS = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture, sound or video"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound or video"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"\x7fELF", "a program"),
    (b"\0asm", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
_ANY = tuple(sign for sign, _ in _SIGNS)


def other_file(start: bytes) -> str | None:
    """What a file is that begins with these bytes, `a PDF` for one; None for what may be a page."""
    if start[4:8] == b"ftyp":
        return "a video"
    if not start.startswith(_ANY):
        return None
    return next(name for sign, name in _SIGNS if start.startswith(sign))
