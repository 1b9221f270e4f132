"""The title of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parser.document import Block
from ingest.parser.language.party_names import PARTIES
from ingest.parser.language.sentences import breaks_off
from ingest.parser.report.meta.author import Author
from ingest.parser.report.meta.front import FIRST, SHORT, Front, is_crumb, parts, tidy
from ingest.parser.report.meta.period import has_year

NO_TITLE = re.compile(
    r"^(?:untitled|microsoft word|presentasjon|dokument\d*|uten tittel)|\bpdf\b|korrigert|\.(?:docx?|indd|odt)$", re.I
)
"""What a program wrote into the file's properties."""

_PROGRAMME = re.compile(r"program(?:met)?\b", re.IGNORECASE)
_BARE = re.compile(r"(?:pdf-?\s?)?program(?:met)?(?: vårt)?", re.IGNORECASE)
_SENTENCE = re.compile(
    r"[:.]$|\b(?:les|last|les meir|se|sjå|her|denne|dette|ble|blei|vart|vedtatt|vedteke)\b.* ", re.IGNORECASE
)
_WIDE = re.compile(r"\s{4,}|\t")
"""White space between the left and the right of a page's head."""
_BESIDE = re.compile(r"\s+[·|•]\s+")
"""What stands between things said of a programme on one line."""
_PERIOD_FIRST = re.compile(r"(?:perioden\s)?((?:18|19|20)\d\d\s?[-–—]\s?(?:(?:18|19|20)?\d\d))\b")


def title_of(front: Front, author: Author, blocks: Sequence[Block]) -> str | None:
    """Return the title: what calls itself a programme and names its years, else the file's own, else a first heading.

    The path to a web page, the site's name and a bare `Program` are none.
    """
    first = [(block, _line_of(block, author)) for block in blocks[:FIRST]]
    named = [(_rank(block, text), -place, text) for place, (block, text) in enumerate(first) if _names_programme(text)]
    own = _without_paper(front.title, blocks)
    own = _without_site(own, author) if own == front.title else own
    if _names_programme(own) and has_year(own):
        named.append((2, -1, own))
    if named:
        _, place, text = max(named)
        return _completed(text, [text for _, text in first[1 - place :]], author)
    if own and not NO_TITLE.search(own) and " " in own:
        return own
    first_heading = _first_heading(author, blocks)
    return first_heading or (front.title if own != front.title and not NO_TITLE.search(own) else None)


def _without_paper(title: str, blocks: Sequence[Block]) -> str:
    """Return a page's title without the name of the paper that it stands in: its heading says what is the title."""
    beside = re.search(r"\s[|–—-]\s", title)
    headings = {tidy(block.text) for block in blocks if _is_title(block)}
    return title[: beside.start()] if beside and title[: beside.start()] in headings else title


def _line_of(block: Block, author: Author) -> str:
    """Return a paragraph as it may be a title: of several lines the one that is one by itself; no site's name."""
    lines = [tidy(piece.text) for piece in block.pieces] if len(block.text) <= SHORT else []
    if len(lines) == 1:
        lines = [tidy(part) for part in _WIDE.split(block.pieces[0].text)]
    if len(lines) == 1:
        lines = _BESIDE.split(lines[0])
    # Programkomiteens forslag til | arbeidsprogram 2025–2029: one title over two lines.
    whole = any(breaks_off(line) for line in lines[:-1])
    alone = (line for line in lines if len(lines) > 1 and not whole and _names_programme(line) and has_year(line))
    text = next(alone, tidy(block.text))
    site = re.search(r"\s(?:-|–|\|)\s", text)
    return _without_site(text, author) if site and _is_site(text[site.start() :], author) else text


def _is_site(text: str, author: Author) -> bool:
    """Return whether all the parts of a text are names of the author: a web page's title ends in the site's name."""
    return all(_is_author(part, author) for part in parts(text))


def _names_programme(text: str) -> bool:
    return (
        bool(_PROGRAMME.search(text))
        and len(text) <= SHORT
        and not (_BARE.fullmatch(text) or is_crumb(text) or _SENTENCE.search(text) or NO_TITLE.search(text))
    )


def _rank(block: Block, text: str) -> int:
    """Return how well a line names the programme: by its years first, then by its look."""
    return 2 * has_year(text) + _is_title(block)


def _is_title(block: Block) -> bool:
    return block.kind == "heading" or block.names_document


def _completed(title: str, below: Sequence[str], author: Author) -> str:
    """Return a title with what is printed on the lines below it: whose it is, the rest of a name, or the years."""
    for text in filter(None, below[:2]):
        branch = author.branch or ""
        begun = branch.endswith(f" {text}") and title.endswith(branch.removesuffix(f" {text}"))
        if begun or title.endswith((" for", " til", " frå", " fra")):
            title = f"{title} {text}"
        elif not has_year(title) and (match := _PERIOD_FIRST.match(text)):
            return f"{title} {match[1]}"
        else:
            break
    return title


def _without_site(title: str, author: Author) -> str:
    """Return a title without the name of the site or of the author: `Valgprogram | Fjordpartiet`."""
    if NO_TITLE.search(title):
        return title
    here = list(parts(title))
    kept = [part for part in here if not _is_author(part, author)]
    if not kept or len(kept) == len(here):
        return title if kept else max(here, key=len, default=title)
    start, end = title.find(kept[0]), title.rfind(kept[-1]) + len(kept[-1])
    return title[start:end]


def _is_author(part: str, author: Author) -> bool:
    """Return whether a part of a title is the author's name, or another party's name alone: the site's."""
    if author.branch and part.casefold() == author.branch.casefold():
        return True
    names = [author.party] if author.party else PARTIES
    left = part
    for party in names:
        left = re.sub(f"{party.pattern}|{party.chapter}", "", left)
    return left != part and len(left.split()) <= 2 and not _PROGRAMME.search(part)


def _first_heading(author: Author, blocks: Sequence[Block]) -> str | None:
    """Return the first heading where it names the document or a year, or the author introduces himself right below it.

    A chapter's title does none of these.
    """
    early = [index for index, block in enumerate(blocks[:FIRST]) if _is_title(block)]
    if not early or early[0] + 1 >= len(blocks):
        return None
    first, below = blocks[early[0]], blocks[early[0] + 1]
    introduced = early[0] == 0 and below.kind == "text" and author.begins(below.text)
    names = first.names_document or re.search(r"\b(?:19|20)\d\d\b", first.text)
    if not (names or introduced) or len(first.text) > SHORT:
        return None
    again = (blocks[index].text for index in early[1:])  # the title page may have a sign more
    return tidy(next((text for text in again if first.text.startswith(f"{text} ")), first.text))
