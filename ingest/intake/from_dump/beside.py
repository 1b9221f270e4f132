"""What a dump has beside the texts: themes, pairs, readings, lines of the sources, moments, addresses that lead on."""

from __future__ import annotations

from datetime import datetime

from ingest.intake.from_dump.registers import branch_keys
from ingest.intake.from_dump.texts import Keys
from programmes.models import (
    AlikePair,
    FormerAddress,
    GonePledge,
    Passage,
    PassageTheme,
    Programme,
    PublishedWords,
    Section,
    SourceSheet,
    Theme,
)
from programmes.records import Record


def load_pairs(records: list[Record], keys: Keys) -> None:
    """Load pairs of alike pledges."""
    AlikePair.objects.bulk_create(
        AlikePair(
            one_id=keys.passages[each["one"]],
            other_id=keys.passages[each["other"]],
            label=each["label"],
            score=each["score"],
            own_words=[place for both in each["own_words"] for place in both],
        )
        for each in records
    )


def load_passage_themes(records: list[Record], keys: Keys) -> None:
    """Load the themes of passages."""
    themes = dict(Theme.objects.values_list("slug", "pk"))
    PassageTheme.objects.bulk_create(
        PassageTheme(
            passage_id=keys.passages[each["passage"]],
            theme_id=themes[each["theme"]],
            is_main=each["is_main"],
            origin=each["origin"],
            reasons=each["reasons"],
        )
        for each in records
    )


def load_readings(records: list[Record], keys: Keys) -> None:
    """Load how each file was read."""
    for each in records:
        Programme.objects.filter(pk=keys.programmes[each["programme"]]).update(
            parser_version=each["parser_version"],
            parsed_at=datetime.fromisoformat(each["parsed_at"]),
            parse_report=each["report"],
        )


def load_sheets(records: list[Record], keys: Keys) -> None:
    """Load the lines of the sources; pictures of pages are owed where there is an original to draw."""
    drawable = keys.paged if keys.originals else set()
    pictures = {True: SourceSheet.Picture.OWED, False: SourceSheet.Picture.NONE}
    SourceSheet.objects.bulk_create(
        SourceSheet(
            programme_id=keys.programmes[each["programme"]],
            picture=pictures[each["programme"] in drawable],
            **{name: each[name] for name in ("page", "line_first", "line_last", "lines")},
        )
        for each in records
    )


def load_places(records: list[Record], keys: Keys) -> None:
    """Load where things stand in files without pages."""
    for each in records:
        if each["id"] in keys.passages:
            passage = Passage.objects.filter(pk=keys.passages[each["id"]])
            passage.update(page_first=each["page_first"], page_last=each["page_last"])
        else:
            Section.objects.filter(pk=keys.sections[each["id"]]).update(page=each["page_first"])


def load_words(records: list[Record], keys: Keys) -> None:
    """Load since when words have been public."""
    PublishedWords.objects.bulk_create(
        PublishedWords(
            public_id=each["id"],
            programme_id=keys.programmes[each["programme"]],
            words=each["words"],
            first_at=datetime.fromisoformat(each["first_at"]),
            since=datetime.fromisoformat(each["since"]),
        )
        for each in records
    )


def load_former(records: list[Record], keys: Keys) -> None:
    """Load addresses that lead on."""
    branches = branch_keys()
    FormerAddress.objects.bulk_create(
        FormerAddress(
            branch_id=branches[each["branch"]], slug=each["slug"], programme_id=keys.programmes[each["programme"]]
        )
        for each in records
    )


def load_gone(records: list[Record], keys: Keys) -> None:
    """Load what is gone."""
    rows = [
        GonePledge(
            public_id=each["id"],
            programme_id=keys.programmes[each["programme"]],
            text=each["text"],
            is_section=each["is_section"],
        )
        for each in records
    ]
    GonePledge.objects.bulk_create(rows)
    for row, each in zip(rows, records, strict=True):
        row.gone_at = datetime.fromisoformat(each["gone_at"])  # what it was set to is when it was loaded
    GonePledge.objects.bulk_update(rows, ["gone_at"], batch_size=500)
