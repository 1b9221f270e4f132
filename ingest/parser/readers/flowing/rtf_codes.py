"""What the codes and words of an RTF file stand for as characters."""

from __future__ import annotations

import codecs

from ingest.parser.readers.flowing.numbering import readable_bullet

PAGE = "\f"
"""Stands for the end of a page."""
SIGNS = {
    # word or symbol → shown as
    "tab": "\t",
    "line": "\n",
    "page": PAGE,
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "~": "\u00a0",
    "-": "\u00ad",
    "_": "-",
    "\\": "\\",
    "{": "{",
    "}": "}",
}
ENCODINGS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
SYMBOLS = "symbols"
"""Stands for an encoding: a font of signs, whose codes are no letters."""
CHARSETS = {2: SYMBOLS, 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253",
            162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
            238: "cp1250"}  # fmt: skip
"""The character set of a font → its encoding; others have that of the file."""


def encoding_of(word: str, number: int) -> str:
    """Return the encoding that a control word names (`ansi`, `ansicpg1252`), "" if it names none that we know."""
    if word not in ("ansicpg", "cpg"):
        return ENCODINGS.get(word, "")
    encoding = {65001: "utf-8", 10000: "mac_roman"}.get(number, f"cp{number}")
    try:
        codecs.lookup(encoding)
    except LookupError:
        return ""
    return encoding


def decoded(codes: bytes, encoding: str) -> str:
    """Return codes as text; those of a font of signs as the Unicode signs that look the same."""
    if encoding != SYMBOLS:
        return codecs.decode(codes, encoding, "replace")
    return "".join(readable_bullet(chr(0xF000 + code)) if code > 0x20 else " " for code in codes)
