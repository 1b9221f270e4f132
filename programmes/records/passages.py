"""Records of passages, with their themes and what they must be quoted with, and of pairs that are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from programmes.models import AlikePair, Passage, PassageTheme, PublishedWords, Theme, is_published
from programmes.models.passages import ADDRESSED_AS_PLEDGES
from programmes.records.common import absolute, moment, told
from programmes.records.programmes import WITH_SOURCE, sources_of
from programmes.records.tables import TABLES, Record
from programmes.standing import cautions_of


def published_passages() -> QuerySet[Passage]:
    """Return the passages that have a record, in document order."""
    return Passage.objects.published().order_by("programme", "position")


def passage_records(passages: Sequence[Passage], *, base: str) -> list[Record]:
    """Return passages of published programmes as records of `passages`.

    In six queries and one for each step of the deepest list, however many passages; fewer for what is loaded.
    `cautions` are in the reader's language.
    """
    prefetch_related_objects(list(passages), "section", Prefetch("programme", WITH_SOURCE))
    _load_above(passages)
    sources = sources_of(passage.programme for passage in passages)
    themes = themes_of(passages)
    earlier = _public_ids({passage.earlier_id for passage in passages if passage.earlier_id})
    words = PublishedWords.objects.in_bulk([passage.public_id for passage in passages])
    names = TABLES["passages"].names
    found = []
    for passage in passages:
        programme, own, public = passage.programme, themes[passage.pk], words.get(passage.public_id)
        before = earlier.get(passage.earlier_id) if passage.earlier_id else None
        record = sources[programme.pk] | {
            "id": passage.public_id,
            "url": absolute(base, passage.get_absolute_url()),
            "kind": passage.kind,
            "is_pledge": passage.kind in ADDRESSED_AS_PLEDGES and not passage.dissent,
            "number": passage.number,
            "lead_in": " ".join(passage.introductions),
            "text": passage.readable_text,
            "dissent": passage.dissent,
            "cautions": told(cautions_of(passage)),
            "section": passage.section.public_id,
            "section_title": str(passage.section),
            "theme": own.main.slug if own.main else None,
            "theme_uri": (own.main.uri or None) if own.main else None,
            "also_themes": [theme.slug for theme in own.others],
            "also_theme_uris": [theme.uri for theme in own.others if theme.uri],
            "page_first": passage.page_first if programme.has_pages else None,
            "page_last": passage.page_last if programme.has_pages else None,
            "printed_page": passage.printed_page,
            "printed_page_last": passage.printed_page_last,
            "line_first": passage.line_first,
            "line_last": passage.line_last,
            "printed_line": passage.printed_line,
            "position": passage.position,
            "parent": passage.parent.public_id if passage.parent else None,
            "list_lead_in": passage.lead_in,
            "marker": passage.marker,
            "source_text": passage.text,
            "repaired": passage.repaired,
            "corrected": passage.corrected,
            "confidence": passage.confidence,
            "earlier": before,
            "earlier_likeness": passage.earlier_likeness if before else None,
            "published_at": moment(public.first_at) if public else None,
            "changed_at": moment(public.since) if public else None,
        }
        found.append({name: record[name] for name in names})
    return found


def _load_above(passages: Sequence[Passage]) -> None:
    """Load the entries that passages stand under, one query for each step up."""
    below = [passage for passage in passages if passage.parent_id]
    while below:
        prefetch_related_objects(below, "parent")
        above = {passage.parent_id: passage.parent for passage in below}
        below = [entry for entry in above.values() if entry is not None and entry.parent_id]


@dataclass(slots=True)
class ThemesOfOne:
    """The themes of one passage."""

    main: Theme | None = None
    others: list[Theme] = field(default_factory=list)
    """By slug."""


def themes_of(passages: Sequence[Passage]) -> dict[int, ThemesOfOne]:
    """Return the themes of each passage by its primary key, none where it has none; in two queries."""
    themes = Theme.objects.in_bulk()
    found: dict[int, ThemesOfOne] = defaultdict(ThemesOfOne)
    rows = PassageTheme.objects.filter(passage__in=[passage.pk for passage in passages])
    for passage, theme, is_main in rows.order_by("passage", "theme__slug").values_list(
        "passage_id", "theme_id", "is_main"
    ):
        if is_main:
            found[passage].main = themes[theme]
        else:
            found[passage].others.append(themes[theme])
    return found


def _public_ids(keys: set[int]) -> dict[int, str]:
    """Return the public ids of those of some passages that are published, by primary key."""
    return dict(Passage.objects.published().filter(pk__in=keys).values_list("pk", "public_id")) if keys else {}


def published_pairs() -> QuerySet[AlikePair]:
    """Return the pairs that have a record: both ends are published. Both ends are loaded as far as a record needs."""
    both = is_published("one__programme__") & is_published("other__programme__")
    loaded = AlikePair.objects.filter(both).select_related("one", "other")
    return loaded.only("label", "score", "own_words", "one__public_id", "other__public_id").order_by("one", "other")


def pair_records(pairs: Sequence[AlikePair]) -> list[Record]:
    """Return `published_pairs` as records of `alike_pairs`."""
    return [
        {
            "one": pair.one.public_id,
            "other": pair.other.public_id,
            "label": pair.label,
            "score": pair.score,
            "own_words": [list(place) for place in zip(pair.own_words[::2], pair.own_words[1::2], strict=True)],
        }
        for pair in pairs
    ]
