"""Documents that say what is what: Markdown, a saved web page, Word."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from html import escape
from random import Random

from tools.quality.families.content import Block, Programme, blocks
from tools.quality.families.text import COOKIES, FOOTER, MENU


def markdown(programme: Programme, chance: Random) -> bytes:
    """Set Markdown, each heading at its rank."""
    return _markdown(programme, chance, flat=False)


def flat_markdown(programme: Programme, chance: Random) -> bytes:
    """Set Markdown whose headings are all of one rank."""
    return _markdown(programme, chance, flat=True)


def _markdown(programme: Programme, chance: Random, *, flat: bool) -> bytes:
    mark = chance.choice("-*+")
    bold = chance.random() < 0.3
    lines: list[str] = []
    before = ""
    for block in blocks(programme, chance):
        if lines and (block.kind, before) != ("entry", "entry"):
            lines.append("")
        match block.kind:
            case "title":
                lines.append(f"# {block.text}")
            case "heading":
                lines.append(f"{'#' * (2 if flat else block.level + 1)} {block.text}")
            case "entry":
                lines.append(f"{'  ' * (block.level - 1)}{mark} {block.text}")
            case "lead_in" if bold:
                lines.append(f"**{block.text}**")
            case _:
                lines.append(block.text)
        before = block.kind
    return "\n".join([*lines, ""]).encode()


def web_page(programme: Programme, chance: Random) -> bytes:
    """Save a web page with a menu, a cookie notice, related articles and a footer."""
    language = programme.language
    menu = "".join(f'<li><a href="/{place}">{name}</a></li>' for place, name in enumerate(MENU[language]))
    footer = "".join(f"<p>{line}</p>" for line in FOOTER[language])
    notice = f'<div class="cookie-banner"><p>{COOKIES[language]}</p></div>' * chance.randrange(2)
    main = "\n".join(_html(blocks(programme, chance), strong=chance.random() < 0.3))
    wrap = chance.choice(["main", "article", 'div class="content"'])
    page = (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{escape(programme.title)}'
        f"</title></head>\n<body>\n{notice}<header><nav><ul>{menu}</ul></nav></header>\n"
        f"<{wrap}>\n{main}\n</{wrap.split()[0]}>\n<footer>{footer}</footer>\n</body>\n</html>\n"
    )
    return page.encode()


def _html(parts: Iterable[Block], *, strong: bool) -> Iterator[str]:
    depth = 0
    for block in parts:
        wanted = block.level if block.kind == "entry" else 0
        if wanted > depth:
            yield "<ul>" * (wanted - depth)
        elif wanted < depth:
            yield "</li></ul>" * (depth - wanted) + ("</li>" if wanted else "")
        elif wanted:
            yield "</li>"
        depth = wanted
        text = escape(block.text)
        match block.kind:
            case "entry":
                yield f"<li>{text}"
            case "title":
                yield f"<h1>{text}</h1>"
            case "heading":
                yield f"<h{block.level + 1}>{text}</h{block.level + 1}>"
            case "lead_in" if strong:
                yield f"<p><strong>{text}</strong></p>"
            case _:
                yield f"<p>{text}</p>"
    yield "</li></ul>" * depth


def word(programme: Programme, chance: Random) -> bytes:
    """Set a Word document with Word's own styles."""
    from docx import Document as WordDocument  # only here, and slow to import

    paper = WordDocument()
    for block in blocks(programme, chance):
        match block.kind:
            case "title":
                paper.add_paragraph(block.text, style="Title")
            case "heading":
                paper.add_paragraph(block.text, style=f"Heading {block.level}")
            case "entry":
                paper.add_paragraph(block.text, style="List Bullet" if block.level == 1 else "List Bullet 2")
            case _:
                paper.add_paragraph(block.text)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()
