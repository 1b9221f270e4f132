"""From a parse to the database: one transaction, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone

from programmes.models import Branch, GonePledge, Passage, PassageTheme, Programme, Section, Theme, new_public_id
from programmes.slugs import slugify_norwegian

from . import PARSER_VERSION
from .document import Item, ParsedProgramme
from .document import Section as ParsedSection
from .errors import IngestError
from .identity import Known, Wanted, keep_ids

RESERVED_SECTION_SLUGS = {"original"}
"""Addresses below a programme that are not sections."""
SLUG_LENGTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a person says of a programme; each is a field of `Programme`."""

    title: str
    kind: str
    period_start: int
    period_end: int
    language: str = "nb"
    status: str = "adopted"
    adopted_on: date | None = None
    source_url: str = ""


class StoredFileDiffers(IngestError):
    """The file read back from the storage is not the file that was given."""

    message = "Filen ble ikke lagret riktig. Ingenting er lagt inn; prøv igjen."


def find_programme(sha256: str) -> Programme | None:
    """Return the programme that was read from the file with this hash, if there is one."""
    return Programme.objects.filter(sha256=sha256).select_related("branch__party").first()


@transaction.atomic
def create_programme(*, branch: Branch, parsed: ParsedProgramme, content: bytes, details: Details) -> Programme:
    """Store a new programme with its file and its text as a draft.

    Raises `StoredFileDiffers` where the storage lost the file.
    """
    programme = Programme(
        branch=branch,
        **asdict(details),
        filename=parsed.source.filename,
        sha256=parsed.source.sha256,
        media_type=parsed.source.media_type,
        pages=parsed.source.pages,
    )
    programme.slug = _free_programme_slug(programme)
    keep_original(programme, content)
    replace_text(programme=programme, parsed=parsed)
    return programme


def keep_original(programme: Programme, content: bytes) -> None:
    """Store the file under its hash and read it back: a kept hash is worth nothing if the file is not there.

    Raises `StoredFileDiffers`. The name is made of the hash alone, so a hostile file name never reaches the disk, and
    a file left behind by a rolled-back transaction is found again and not doubled.
    """
    storage = programme.file.storage
    name = f"originals/{programme.sha256[:2]}/{programme.sha256}"
    if not _holds(storage, name, content):
        storage.delete(name)  # what a process that was killed left half written
        storage.save(name, ContentFile(content))
        if not _holds(storage, name, content):
            raise StoredFileDiffers
    programme.file.name = name


def _holds(storage: Storage, name: str, content: bytes) -> bool:
    """Return whether a storage has a file with just this content."""
    if not storage.exists(name):
        return False
    with storage.open(name) as stored:
        return bool(stored.read() == content)


@transaction.atomic
def replace_text(*, programme: Programme, parsed: ParsedProgramme) -> None:
    """Put a parse in the place of what a programme has, keeping public ids and editors' themes.

    The programme is saved; its publication does not change. Old pledges that the new parse lacks
    become `GonePledge`s.
    """
    if programme.pk:
        Programme.objects.select_for_update().get(pk=programme.pk)
    programme.parser_version = PARSER_VERSION
    programme.parsed_at = timezone.now()
    programme.parse_report = report(parsed)
    programme.pledge_count = sum(1 for item in parsed.items if item.kind == "pledge")
    programme.save()

    before = list(programme.passages.order_by("position").select_related("section"))
    editor_themes = list(
        PassageTheme.objects.filter(passage__programme=programme, origin=PassageTheme.Origin.EDITOR).values_list(
            "passage__public_id", "theme_id", "is_main"
        )
    )
    programme.passages.all().delete()
    programme.sections.all().delete()

    sections = _store_sections(programme, parsed.sections)
    passages = _store_passages(programme, parsed, sections, before)
    _store_themes(parsed, passages, editor_themes)
    _remember_gone(programme, before, {passage.public_id for passage in passages.values()})


def report(parsed: ParsedProgramme) -> dict[str, Any]:
    """Return what an admin and, in one line, a reader is told of a parse."""
    document = parsed.as_dict()
    return {
        "coverage": document["coverage"],
        "problems": document["problems"],
        "sections": sum(1 for section in parsed.sections if section.title),
        "items": len(parsed.items),
        "repaired": sum(1 for item in parsed.items if item.repaired),
        "kinds": dict(Counter(item.kind for item in parsed.items)),
    }


def _free_programme_slug(programme: Programme) -> str:
    """Return the period, with the kind and at last a number where the branch has that address already."""
    period = slugify_norwegian(programme.period.replace("–", "-"))
    kind = slugify_norwegian(programme.get_kind_display())
    taken = set(Programme.objects.filter(branch=programme.branch).values_list("slug", flat=True))
    plain = [f"{period}-{kind}"] if programme.kind in ("statement", "consultation", "principles") else [period]
    candidates = [*plain, f"{period}-{kind}", f"{period}-{kind}-{slugify_norwegian(programme.get_status_display())}"]
    return _free(candidates, taken)


def _free(candidates: Sequence[str], taken: set[str]) -> str:
    """Return the first candidate that is not taken, else the last with the lowest free number."""
    for candidate in candidates:
        if candidate not in taken:
            return candidate
    number = 2
    while f"{candidates[-1]}-{number}" in taken:
        number += 1
    return f"{candidates[-1]}-{number}"


def _store_sections(programme: Programme, parsed_sections: Sequence[ParsedSection]) -> dict[str, Section]:
    """Store the outline; return the sections by the ids of the parse."""
    sections: dict[str, Section] = {}
    taken = set(RESERVED_SECTION_SLUGS)
    for position, parsed in enumerate(parsed_sections):
        slug = _free([slugify_norwegian(parsed.title)[:SLUG_LENGTH].strip("-") or "innledning"], taken)
        taken.add(slug)
        sections[parsed.id] = Section(
            programme=programme,
            position=position,
            level=parsed.level,
            number=parsed.number,
            title=parsed.title,
            slug=slug,
            page=parsed.page,
            line=parsed.line,
        )
    Section.objects.bulk_create(sections.values())
    children = []
    for parsed in parsed_sections:
        if parsed.parent is not None:
            sections[parsed.id].parent = sections[parsed.parent]
            children.append(sections[parsed.id])
    Section.objects.bulk_update(children, ["parent"], batch_size=500)
    return sections


def _store_passages(
    programme: Programme, parsed: ParsedProgramme, sections: dict[str, Section], before: Sequence[Passage]
) -> dict[str, Passage]:
    """Store prose and items in document order; return the passages by the ids of the parse."""
    titles = {section.id: section.title for section in parsed.sections}
    ids = dict(zip((entry.id for entry in parsed.entries), _public_ids(parsed, titles, before), strict=True))
    passages: dict[str, Passage] = {}
    numbers = margin_numbers(parsed.items)
    for position, entry in enumerate(parsed.entries):
        passage = Passage(
            public_id=ids[entry.id],
            programme=programme,
            section=sections[entry.section],
            position=position,
            text=entry.text,
            repaired=entry.repaired or "",
            page_first=entry.place.page_first,
            page_last=entry.place.page_last,
            line_first=entry.place.line_first,
            line_last=entry.place.line_last,
        )
        if isinstance(entry, Item):
            passage.number = numbers[entry.id]
            passage.kind = _kind(entry)
            passage.lead_in = entry.lead_in
            passage.marker = entry.marker
        else:
            passage.kind = Passage.Kind(entry.kind)
        passages[entry.id] = passage
    _save_parents_first(parsed.items, passages)
    return passages


def margin_numbers(items: Sequence[Item]) -> dict[str, str]:
    """Return the number of each item in the margin: 109, 110, and 110a, 110b for what hangs under 110."""
    numbers: dict[str, str] = {}
    below: Counter[str | None] = Counter()
    for item in items:
        below[item.parent] += 1
        count = below[item.parent]
        if item.parent is None:
            numbers[item.id] = str(count)
        else:
            above = numbers[item.parent]
            numbers[item.id] = above + (_letter(count) if above[-1].isdigit() else str(count))
    return numbers


def _letter(count: int) -> str:
    """Return the letters of a count from 1: a to z, aa, ab and so on."""
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _save_parents_first(items: Sequence[Item], passages: dict[str, Passage]) -> None:
    """Write the passages in as many rounds as lists are deep: a sub-pledge needs its parent's key."""
    depth: dict[str, int] = {}
    for item in items:  # in document order, so a parent comes before what hangs under it
        depth[item.id] = 0 if item.parent is None else depth[item.parent] + 1
        if item.parent is not None:
            passages[item.id].parent = passages[item.parent]
    for round_ in range(max(depth.values(), default=0) + 1):
        ready = [passage for entry_id, passage in passages.items() if depth.get(entry_id, 0) == round_]
        Passage.objects.bulk_create(ready, batch_size=1000)


def _kind(item: Item) -> Passage.Kind:
    """Return how the archive names an item: a pledge below another is a sub-pledge."""
    if item.kind == "question":
        return Passage.Kind.QUESTION
    return Passage.Kind.SUB_PLEDGE if item.parent is not None else Passage.Kind.PLEDGE


def _public_ids(parsed: ParsedProgramme, titles: dict[str, str], before: Sequence[Passage]) -> list[str]:
    """Return a public id for each entry: its old one where it had one."""
    kept: dict[str, str | None] = {}
    for is_item in (True, False):
        known = [
            Known(public_id=passage.public_id, text=passage.text, section=passage.section.title)
            for passage in before
            if bool(passage.number) == is_item
        ]
        entries = [entry for entry in parsed.entries if isinstance(entry, Item) == is_item]
        wanted = [Wanted(text=entry.text, section=titles[entry.section]) for entry in entries]
        kept.update(zip((entry.id for entry in entries), keep_ids(known, wanted), strict=True))
    return [kept[entry.id] or new_public_id() for entry in parsed.entries]


def _store_themes(
    parsed: ParsedProgramme, passages: dict[str, Passage], editor_themes: Sequence[tuple[str, int, bool]]
) -> None:
    """Store the themes of the parse, and an editor's instead where there are any."""
    theme_ids = dict(Theme.objects.values_list("slug", "id"))
    by_public_id = {passage.public_id: passage for passage in passages.values()}
    rows = [
        PassageTheme(
            passage=by_public_id[public_id], theme_id=theme_id, is_main=is_main, origin=PassageTheme.Origin.EDITOR
        )
        for public_id, theme_id, is_main in editor_themes
        if public_id in by_public_id
    ]
    settled = {row.passage_id for row in rows}
    for item in parsed.items:
        passage = passages[item.id]
        if passage.pk in settled or item.theme is None:
            continue
        rows.append(PassageTheme(passage=passage, theme_id=theme_ids[item.theme], is_main=True))
        others = dict.fromkeys((*item.also_themes, *item.sub_themes))
        rows.extend(PassageTheme(passage=passage, theme_id=theme_ids[slug]) for slug in others)
    PassageTheme.objects.bulk_create(rows, batch_size=2000)


def _remember_gone(programme: Programme, before: Sequence[Passage], still_here: set[str]) -> None:
    """Leave a note at the address of each pledge that is gone; take away those of pledges that came back."""
    programme.gone_pledges.filter(public_id__in=still_here).delete()
    GonePledge.objects.bulk_create(
        (
            GonePledge(public_id=passage.public_id, programme=programme, text=passage.text)
            for passage in before
            if passage.number and passage.public_id not in still_here
        ),
        ignore_conflicts=True,
    )
