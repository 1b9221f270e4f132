"""From a parse to the database: one transaction, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from programmes.models import Branch, GonePledge, Passage, PassageTheme, Programme, Section, Theme, new_public_id
from programmes.slugs import slugify_norwegian

from . import PARSER_VERSION, files
from .corrections import Applied, Edit, apply
from .document import Item, ParsedProgramme
from .document import Section as ParsedSection
from .errors import IngestError
from .identity import Known, Wanted, keep_ids, keep_words
from .models import Correction, StoredParse
from .wire import to_wire

RESERVED_SECTION_SLUGS = {"original"}
"""Addresses below a programme that are not sections."""
SLUG_LENGTH = 100

Keep = Callable[[Sequence[Known], Sequence[Wanted]], list[str | None]]


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


class ThemesNotLoaded(IngestError):
    """The register lacks a theme that the parser knows."""

    message = "Temaregisteret er ikke lastet eller er for gammelt. Kjør «manage.py load_registers», og prøv igjen."


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
    programme.file.name = files.keep(content, programme.sha256)
    replace_text(programme=programme, parsed=parsed)
    return programme


@transaction.atomic
def replace_text(*, programme: Programme, parsed: ParsedProgramme) -> Applied:
    """Put a parse in the place of what a programme has, keeping public ids, corrections and editors' themes.

    The programme is saved; its publication does not change. The parse is kept as it is, and shown with the
    programme's corrections applied; what no longer fits is marked so. Old pledges that are gone become `GonePledge`s.
    """
    if programme.pk:
        Programme.objects.select_for_update().get(pk=programme.pk)
    programme.parser_version = PARSER_VERSION
    programme.parsed_at = timezone.now()
    if programme.pk is None:
        programme.save()
    StoredParse.objects.update_or_create(
        programme=programme,
        defaults={
            "document": to_wire(parsed),
            "parser_version": programme.parser_version,
            "parsed_at": programme.parsed_at,
        },
    )
    applied = apply(parsed, live_edits(programme))
    store_applied(programme=programme, applied=applied)
    return applied


def live_edits(programme: Programme) -> list[Edit]:
    """Return a programme's corrections that are not undone, oldest first."""
    live = programme.corrections.filter(undone_at=None).order_by("pk")
    return [Edit(each.pk, each.kind, each.place, each.change) for each in live]


@transaction.atomic
def store_applied(*, programme: Programme, applied: Applied) -> None:
    """Store a parse with its corrections as the text of a programme, one revision later.

    The caller holds the programme's row locked. Each live correction is told whether it fits.
    """
    parsed = applied.parsed
    programme.revision = Programme.objects.values_list("revision", flat=True).get(pk=programme.pk) + 1
    programme.parse_report = report(parsed)
    programme.pledge_count = sum(1 for item in parsed.items if item.kind == "pledge")
    programme.save(update_fields=["revision", "parse_report", "pledge_count", "parser_version", "parsed_at"])

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
    _store_themes(parsed, passages, editor_themes, _themed(programme, applied))
    _remember_gone(programme, before, {passage.public_id for passage in passages.values()})
    _tell_corrections(programme, applied)


def _themed(programme: Programme, applied: Applied) -> set[str]:
    """Return the ids of the entries whose themes a correction has set."""
    setting = set(programme.corrections.filter(kind=Correction.Kind.THEMES).values_list("pk", flat=True))
    return {entry_id for entry_id, ids in applied.touched.items() if setting.intersection(ids)}


def _tell_corrections(programme: Programme, applied: Applied) -> None:
    """Mark which live corrections fit the present parse, and why the others don't."""
    live = programme.corrections.filter(undone_at=None)
    live.exclude(pk__in=applied.unfit).filter(fits=False).update(fits=True, unfit_reason="")
    for pk in applied.unfit:
        live.filter(pk=pk).update(fits=False, unfit_reason=applied.reasons[pk][:200])


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
    public_ids = _public_ids(programme, parsed, titles, before)
    ids = dict(zip((entry.id for entry in parsed.entries), public_ids, strict=True))
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
            corrected=entry.corrected or "",
            marker=entry.marker,
            page_first=entry.place.page_first,
            page_last=entry.place.page_last,
            line_first=entry.place.line_first,
            line_last=entry.place.line_last,
        )
        if isinstance(entry, Item):
            passage.number = numbers[entry.id]
            passage.kind = _kind(entry)
            passage.lead_in = entry.lead_in
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


def _public_ids(
    programme: Programme, parsed: ParsedProgramme, titles: dict[str, str], before: Sequence[Passage]
) -> list[str]:
    """Return a public id for each entry: its old one where it had one, even if it was gone or of another kind."""
    wanted = [
        Wanted(entry.text, titles[entry.section], (entry.place.page_first, entry.place.line_first))
        for entry in parsed.entries
    ]
    known = [
        Known(passage.public_id, passage.text, passage.section.title, (passage.page_first, passage.line_first))
        for passage in before
    ]
    kept: list[str | None] = [None] * len(wanted)

    def fill(keep: Keep, old: Sequence[Known], indexes: Sequence[int]) -> None:
        for index, public_id in zip(indexes, keep(old, [wanted[index] for index in indexes]), strict=True):
            kept[index] = public_id

    for is_item in (True, False):
        old = [each for each, passage in zip(known, before, strict=True) if bool(passage.number) == is_item]
        fill(keep_ids, old, [n for n, entry in enumerate(parsed.entries) if isinstance(entry, Item) == is_item])
    gone = [Known(note.public_id, note.text, "") for note in programme.gone_pledges.order_by("gone_at")]
    for old in ([each for each in known if each.public_id not in kept], gone):
        fill(keep_words, old, [n for n, public_id in enumerate(kept) if public_id is None])
    return [public_id or new_public_id() for public_id in kept]


def _store_themes(
    parsed: ParsedProgramme,
    passages: dict[str, Passage],
    editor_themes: Sequence[tuple[str, int, bool]],
    themed: Collection[str],
) -> None:
    """Store the themes of the parse, and an editor's instead where there are any; `themed` were set by corrections."""
    theme_ids = dict(Theme.objects.values_list("slug", "id"))
    by_public_id = {passage.public_id: passage for entry_id, passage in passages.items() if entry_id not in themed}
    rows = [
        PassageTheme(
            passage=by_public_id[public_id], theme_id=theme_id, is_main=is_main, origin=PassageTheme.Origin.EDITOR
        )
        for public_id, theme_id, is_main in editor_themes
        if public_id in by_public_id
    ]
    settled = {row.passage_id for row in rows}
    if not {theme for item in parsed.items for theme in _themes_of(item)} <= theme_ids.keys():
        raise ThemesNotLoaded
    for item in parsed.items:
        passage = passages[item.id]
        if passage.pk in settled or item.theme is None:
            continue
        origin = PassageTheme.Origin.EDITOR if item.id in themed else PassageTheme.Origin.AUTOMATIC
        rows.extend(
            PassageTheme(
                passage=passage,
                theme_id=theme_ids[slug],
                is_main=slug == item.theme,
                origin=origin,
                reasons=[[reason.where, reason.word] for reason in item.theme_reasons if reason.theme == slug],
            )
            for slug in _themes_of(item)
        )
    PassageTheme.objects.bulk_create(rows, batch_size=2000)


def _themes_of(item: Item) -> dict[str, None]:
    """Return the slugs of an item's themes, each once: the main theme, the others, the sub-themes."""
    return dict.fromkeys((*([item.theme] if item.theme else []), *item.also_themes, *item.sub_themes))


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
