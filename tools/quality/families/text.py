"""Plain text: typed, wrapped, tight, in a narrow column, copied from a browser, with marks lost or within the lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from random import Random

from tools.quality.families.content import Block, Programme, blocks

MARKS = "•-–*●▪"
LOST = ("4", "ü", "§", "Ø", "+", ">", "»", "n", "✓", "➢", "\uf0b7")
"""What is left of a mark whose font was lost."""
GLUED = "•·–o"
"""Marks that a copy sets right at the word."""
NO_WRAP = 100_000

MENU = {
    "nb": ("Hopp til innhold", "Meny", "Søk", "Politikk", "Aktuelt", "Folk", "Lokallag", "Bli medlem", "Min side"),
    "nn": ("Hopp til innhald", "Meny", "Søk", "Politikk", "Aktuelt", "Folk", "Lokallag", "Bli medlem", "Mi side"),
}
COOKIES = {
    "nb": "Vi bruker informasjonskapsler for å gi deg en bedre opplevelse. Les mer om personvern.",
    "nn": "Vi brukar informasjonskapslar for å gje deg ei betre oppleving. Les meir om personvern.",
}
FOOTER = {
    "nb": ("Del på Facebook", "Les også", "Slik stemmer du på forhånd", "Møt oss på torget lørdag", "Kontakt oss",
           "Postboks 12, 0001 Elvebyen", "Telefon: 55 00 12 34", "Personvern", "Facebook", "Instagram"),
    "nn": ("Del på Facebook", "Les også", "Slik førehandsrøystar du", "Møt oss på torget laurdag", "Kontakt oss",
           "Postboks 12, 0001 Elvebyen", "Telefon: 55 00 12 34", "Personvern", "Facebook", "Instagram"),
}  # fmt: skip
"""What a browser copies with the page."""


def typed(programme: Programme, chance: Random) -> bytes:
    """Set a blank line between the parts, a mark before each entry, and each part on a line of its own."""
    mark, sub = chance.sample(MARKS, 2)
    return _set(programme, chance, mark, sub)


def wrapped(programme: Programme, chance: Random) -> bytes:
    """Break the lines at a width, entries with or without a hanging indent."""
    mark, sub = chance.sample(MARKS, 2)
    return _set(programme, chance, mark, sub, width=chance.randint(58, 92), hang=chance.random() < 0.5)


def tight(programme: Programme, chance: Random) -> bytes:
    """Set no blank line at all."""
    mark, sub = chance.sample(MARKS, 2)
    return _set(programme, chance, mark, sub, blank="")


def narrow(programme: Programme, chance: Random) -> bytes:
    """Break the lines of a narrow column, with a blank line above headings or none at all."""
    mark, sub = chance.sample("•–●", 2)
    blank = chance.choice(["", "heading", "heading"])
    return _set(programme, chance, mark, sub, width=chance.randint(28, 42), blank=blank)


def lost_marks(programme: Programme, chance: Random) -> bytes:
    """Set what is left of marks whose font was lost."""
    mark = chance.choice(LOST)
    return _set(programme, chance, mark, mark, width=chance.choice([NO_WRAP, 80]))


def glued_marks(programme: Programme, chance: Random) -> bytes:
    """Set marks right at the word."""
    mark = chance.choice(GLUED)
    return _set(programme, chance, mark, mark, space="")


def inline(programme: Programme, chance: Random) -> bytes:
    """Set the entries of a list one after the other on a line, after their lead-in or below it."""
    mark = chance.choice("•●▪")
    width = chance.choice([NO_WRAP, 90])
    same_line = chance.random() < 0.5
    lines: list[str] = []
    before = ""
    for block in blocks(programme, chance):
        if block.kind == "entry" and before in ("entry", "lead_in") and (same_line or before == "entry"):
            lines[-1] += f" {mark} {block.text}"
        else:
            lines.append(f"{mark} {block.text}" if block.kind == "entry" else block.text)
        before = block.kind
    return "\n\n".join("\n".join(_broken(line, width=width)) for line in lines).encode()


def copied(programme: Programme, chance: Random) -> bytes:
    """Copy the text from a browser: no marks, no blank line between entries, nor between a list and what follows."""
    return "\n".join(_copied(programme, chance)).encode()


def copied_page(programme: Programme, chance: Random) -> bytes:
    """Copy the whole page, with menus above and below."""
    menu, footer = MENU[programme.language], FOOTER[programme.language]
    above = [*menu[: chance.randint(4, len(menu))], *([COOKIES[programme.language], ""] * chance.randrange(2))]
    return "\n".join([*above, *_copied(programme, chance), "", *footer[: chance.randint(5, len(footer))]]).encode()


def _copied(programme: Programme, chance: Random) -> Iterator[str]:
    """Yield the lines that Chrome copies: a blank line after a heading and around a paragraph, none after a list."""
    before = ""
    for block in blocks(programme, chance):
        if (
            before
            and (block.kind, before) != ("entry", "entry")
            and not (block.kind == "heading" and before == "entry")
        ):
            yield ""
        yield block.text
        before = block.kind


def _set(
    programme: Programme,
    chance: Random,
    mark: str,
    sub: str,
    *,
    width: int = NO_WRAP,
    hang: bool = False,
    blank: str = "all",
    space: str = " ",
) -> bytes:
    """Set text with marks; `blank` says above what a blank line stands: all, heading or "" for none."""
    lines: list[str] = []
    before = ""
    for block in blocks(programme, chance):
        apart = block.kind == "heading" or (blank == "all" and (block.kind != "entry" or before != "entry"))
        if lines and blank and apart:
            lines.append("")
        lines += _broken(*_marked(block, mark, sub, space), hang=hang, width=width)
        before = block.kind
    return "\n".join(lines).encode()


def _marked(block: Block, mark: str, sub: str, space: str) -> tuple[str, str]:
    """Return a block's text with its mark, and the indent that it begins with."""
    if block.kind != "entry":
        return block.text, ""
    return f"{mark if block.level == 1 else sub}{space}{block.text}", "  " * (block.level - 1)


def _broken(text: str, indent: str = "", *, hang: bool = False, width: int = NO_WRAP) -> list[str]:
    """Break a text at a width."""
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent + ("  " if hang else ""),
        break_long_words=False,
        break_on_hyphens=False,
    )
