"""Small invented programmes for tests, in the shapes that the code itself passes around."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from ingest.intake.details import Details
from ingest.intake.store import create_programme
from ingest.parser.document import CharacterCoverage, Item, Meta, ParsedProgramme, Passage, Place, Section, Source
from programmes.branches import get_or_create_branch
from programmes.models import Branch, Party, Programme, Theme
from programmes.norwegian.slugs import slugify_norwegian
from programmes.publishing import publish

LEAD_IN = "Storfjell Bygdeliste vil:"
DISSENT = "Mindretallet foreslår"


def parsed(
    pledges: Sequence[str] = ("Utrede behov for en byantikvar.",),
    *,
    section: str = "Kultur",
    prose: Sequence[str] = (),
    below: Sequence[str] = (),
    prose_pledges: Sequence[str] = (),
    questions: Sequence[str] = (),
    dissents: Sequence[str] = (),
    theme: str | None = None,
    content: bytes = b"",
    media_type: str = "text/plain",
) -> ParsedProgramme:
    """Return a parse with one chapter: prose, pledges, entries `below` the last one, pledges in prose, and the rest."""
    place = Place(1, 1, 3, 4)
    entries: list[Passage | Item] = [Passage(f"p{n}", "s1", "prose", text, place) for n, text in enumerate(prose)]
    entries += [Item(f"i{n}", "s1", "pledge", LEAD_IN, "•", text, place, theme=theme) for n, text in enumerate(pledges)]
    entries += [
        Item(f"b{n}", "s1", "pledge", LEAD_IN, "o", text, place, parent=f"i{len(pledges) - 1}", theme=theme)
        for n, text in enumerate(below)
    ]
    entries += [
        Passage(f"w{n}", "s1", "prose_pledge", text, place, theme=theme) for n, text in enumerate(prose_pledges)
    ]
    entries += [Item(f"q{n}", "s1", "question", "Spørsmål:", "•", text, place) for n, text in enumerate(questions)]
    entries += [
        Item(f"d{n}", "s1", "pledge", LEAD_IN, "•", text, place, dissent=DISSENT, theme=theme)
        for n, text in enumerate(dissents)
    ]
    sha256 = hashlib.sha256(content or repr(entries).encode()).hexdigest()
    return ParsedProgramme(
        Source("storfjell.txt", sha256, media_type, 1),
        Meta(),
        (Section("s1", section, 1, 1, 1),),
        tuple(entries),
        coverage=CharacterCoverage(characters=100, items=100),
    )


OUTLINE = (
    *((0, "", 1, 0), (1, "Oppvekst", 2, 60), (2, "Barnehage", 1, 20), (2, "Skole", 1, 30), (3, "Leirskole", 0, 4)),
    *((1, "Del to: fjord og fjell", 0, 0), (1, "Natur", 1, 0), (2, "Villrein", 1, 110), (2, "Fjord", 1, 100)),
    *((1, "Kultur", 1, 8), (1, "Stem på oss!", 0, 0)),
)
"""Headings of a long programme: level, title, paragraphs and pledges. One is the title of a part, one a back cover."""


def in_chapters(
    outline: Sequence[tuple[int, str, int, int]] = OUTLINE,
    *,
    theme: str | None = None,
    media_type: str = "application/pdf",
) -> ParsedProgramme:
    """Return a parse with a section for each heading, each on a page of its own."""
    sections: list[Section] = []
    entries: list[Passage | Item] = []
    for page, (level, title, paragraphs, pledges) in enumerate(outline, 1):
        above = next((each for each in reversed(sections) if each.level < level and each.level), None)
        sections.append(Section(f"s{page}", title, level, page, 1, parent=above and above.id))
        for kind, number in (("prose", paragraphs), ("pledge", pledges)):
            for n in range(1, number + 1):
                place, words = Place(page, page, n + 1, n + 1), f"{title or 'Forsiden'}, {kind} {n}."
                if kind == "prose":
                    entries.append(Passage(f"p{page}-{n}", f"s{page}", "prose", words, place))
                else:
                    entries.append(Item(f"i{page}-{n}", f"s{page}", kind, LEAD_IN, "•", words, place, theme=theme))
    sha256 = hashlib.sha256(repr(entries).encode()).hexdigest()
    source = Source("storfjell.pdf", sha256, media_type, len(outline))
    coverage = CharacterCoverage(characters=100, items=100)
    return ParsedProgramme(source, Meta(), tuple(sections), tuple(entries), coverage=coverage)


def party(code: str = "BYGD", name: str = "Bygdelista") -> Party:
    """Return an invented party."""
    defaults = {"slug": slugify_norwegian(name), "name_nb": name, "name_nn": name}
    return Party.objects.get_or_create(code=code, defaults=defaults)[0]


def national_branch(code: str = "BYGD", name: str = "Bygdelista") -> Branch:
    """Return an invented party's national branch."""
    return get_or_create_branch(party=party(code, name), name=name, level="national", area_code=None, on_year=2023)


def theme(slug: str = "kultur-idrett-og-fritid", label: str = "Kultur, idrett og fritid") -> Theme:
    """Return a main theme."""
    defaults = {"label_nb": label, "label_nn": label, "label_en": label}
    return Theme.objects.get_or_create(slug=slug, defaults=defaults)[0]


def programme(
    *,
    branch: Branch | None = None,
    year: int = 2023,
    title: str = "Program",
    published: bool = True,
    parse: ParsedProgramme | None = None,
    kind: str = "parliamentary",
) -> Programme:
    """Return a stored programme, published unless said otherwise."""
    text = parse or parsed()
    content = f"{branch and branch.pk} {year} {title} {kind} {text.source.sha256}".encode()
    text = replace(text, source=replace(text.source, sha256=hashlib.sha256(content).hexdigest()))
    stored = create_programme(
        branch=branch or national_branch(),
        parsed=text,
        content=content,
        details=Details(title=title, kind=kind, period_start=year, period_end=year + 4, status="adopted"),
    )
    if published:
        publish(stored)
    return stored
