"""Numbers and bullets of lists as a reader of the page sees them.

HTML, DOCX and ODT store that an entry is numbered, not the number: it is worked out here.
"""

from __future__ import annotations

_SIGNS = "m cm d cd c xc l xl x ix v iv i"
_ROMAN = tuple(zip(_SIGNS.split(), (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), strict=True))

NUMBER_FORMATS = {"1": "decimal", "a": "alpha", "A": "Alpha", "i": "roman", "I": "Roman"}
"""The first number of a list, as HTML and OpenDocument name its numbers → the style of `ordinal`."""

LEVEL_BULLETS = ("•", "○", "▪")
"""What browsers and word processors show for the first levels of a list."""

BULLET_FONTS = {
    # code point in Symbol or Wingdings → the same sign in Unicode          example: Word's first bullet is U+F0B7
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0a8": "▪",
    "\uf06e": "▪",
    "\uf076": "▪",
    "\uf0d8": "•",
    "\uf0fc": "•",
    "\uf0e0": "–",
    "\uf02d": "-",
    "\u006f": "o",
}


def bullet(level: int) -> str:
    """Return the bullet of a list level, counted from 1."""
    return LEVEL_BULLETS[min(level, len(LEVEL_BULLETS)) - 1]


def readable_bullet(char: str) -> str:
    """Return a bullet that a symbol font draws as the Unicode sign that looks the same."""
    char = char.strip()
    if not char:
        return ""
    return BULLET_FONTS.get(char, "•" if "\ue000" <= char[0] <= "\uf8ff" else char)


def ordinal(number: int, style: str) -> str:
    """Return `number` as `decimal` (7), `alpha` (g, aa after z) or `roman` (vii); capitals where the style's are.

    A number that the style cannot write (0, −1, a roman of five digits) is given in digits, as word processors do.
    """
    kind = style.lower()
    if kind == "alpha" and 0 < number <= 780:
        repeat, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) * (repeat + 1)
    elif kind == "roman" and 0 < number < 5000:
        text = ""
        for sign, value in _ROMAN:
            count, number = divmod(number, value)
            text += sign * count
    else:
        return str(number)
    return text.upper() if style[0].isupper() else text
