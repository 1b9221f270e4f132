"""The pledges of a programme as rows, for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from programmes.models import Passage, PassageTheme
from programmes.models.passages import ADDRESSED_AS_PLEDGES
from programmes.site.documents.content import Document
from programmes.site.spreadsheets import Cell
from programmes.standing import cautions_of

COLUMNS = (
    *("id", "adresse", "parti", "lag", "program", "periode", "vedtak", "forbehold", "nummer", "type", "dissens"),
    *("kapittel", "innledning", "tekst", "tema", "andre_temaer", "side", "trykt_side", "linje"),
)
"""`forbehold` is all that must be known of a row before it is quoted; `innledning` the lead-in with the entries that it
stands under; `side` and `linje` are the file's own, `trykt_side` is what is printed on the page."""


def rows_of(document: Document) -> Iterator[tuple[Cell, ...]]:
    """Yield each entry of a programme's lists and each pledge in running text, in document order, as COLUMNS."""
    programme = document.programme
    themes = _themes(document)
    head = (programme.branch.party.name, programme.branch.name, programme.title, programme.period)
    by_id: dict[int, Passage] = {}
    for chapter in document.chapters:
        for block in chapter.blocks:
            for passage in block.passages:
                by_id[passage.pk] = passage
                if passage.parent_id in by_id:  # known already: no query for each
                    passage.parent = by_id[passage.parent_id]
                if not passage.number and passage.kind not in ADDRESSED_AS_PLEDGES:
                    continue
                main, others = themes.get(passage.pk, ("", []))
                yield (
                    passage.public_id,
                    document.url_of(passage),
                    *head,
                    str(programme.get_status_display()),
                    "; ".join(each.words for each in cautions_of(passage)),
                    passage.number,
                    _type_of(passage),
                    passage.dissent,
                    str(chapter.section),
                    " ".join(passage.introductions),
                    passage.readable_text,
                    main,
                    "; ".join(others),
                    passage.page_first if programme.has_pages else "",
                    passage.printed_page,
                    passage.line_first,
                )


def _type_of(passage: Passage) -> str:
    if passage.dissent:
        return _("dissens")
    return str(passage.get_kind_display())


def _themes(document: Document) -> dict[int, tuple[str, list[str]]]:
    """Return passage → its main theme and the others, in the reader's language."""
    found: dict[int, tuple[str, list[str]]] = {}
    rows = PassageTheme.objects.filter(passage__programme=document.programme).select_related("theme").defer("reasons")
    for row in rows.order_by("passage", "-is_main", "theme__label_nb"):
        main, others = found.get(row.passage_id, ("", []))
        found[row.passage_id] = (
            (str(row.theme.label), others) if row.is_main else (main, [*others, str(row.theme.label)])
        )
    return found
