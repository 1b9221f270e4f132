"""Names that come with files and forms, as people read them: composed letters, no signs that turn the text round.

A Mac writes å as two characters, a zip of Windows in a code page of DOS, and a sign for the direction of text may make
`program-fdp.exe` look like `program-exe.pdf`. One name for a file, wherever it was packed.
"""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path, PurePosixPath

from programmes.site.odd_input import cleaned

MOST_NAME = 200
"""Characters of a file's name; the column of the database holds no more."""
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs that show nothing, beside those that Unicode calls signs of format."""
_UTF8 = 0x800
_CODE_PAGES = ("cp850", "cp1252")
"""What Windows packs names in where it doesn't say UTF-8: that of DOS in Norway, and that of its windows."""
_LETTERS = set("æøåÆØÅéÉèòóôüöäÜÖÄ")


def plain(name: str) -> str:
    """Return a name with composed letters and single spaces, without odd characters and signs that nobody sees.

    Those that turn text round are among them, soft hyphens and joiners too: no Norwegian name needs any.
    """
    return " ".join("".join(filter(_is_seen, cleaned(unicodedata.normalize("NFC", name)))).split())


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) != "Cf" and sign not in _BLANK


def plain_filename(name: str) -> str:
    """Return a file's own name, without its folders; a long one keeps its end, which says what kind it is."""
    return plain(name.replace("\\", "/").rpartition("/")[2])[-MOST_NAME:].strip() or "fil"


def name_in_zip(member: zipfile.ZipInfo) -> str:
    """Return the name of a member of a zip file, with its folders, in the encoding that gives Norwegian letters."""
    if member.flag_bits & _UTF8:
        return unicodedata.normalize("NFC", member.filename)
    packed = member.filename.encode("cp437", "replace")  # zipfile's guess, taken back
    try:
        return unicodedata.normalize("NFC", packed.decode())  # a Mac packs UTF-8 and doesn't say so
    except UnicodeDecodeError:
        guesses = (packed.decode(page, "replace") for page in _CODE_PAGES)
        return max(guesses, key=lambda guess: sum(letter in _LETTERS for letter in guess))


def found(folder: Path, name: str) -> Path:
    """Return the file below a folder that a manifest names, whichever way its letters are written on the disk."""
    place = folder
    for part in PurePosixPath(unicodedata.normalize("NFC", name.replace("\\", "/"))).parts:
        exact = place / part
        if not exact.exists() and place.is_dir():
            same = (each for each in place.iterdir() if unicodedata.normalize("NFC", each.name) == part)
            exact = next(same, exact)
        place = exact
    return place.resolve()
