"""Passages: pledges in lists and running text, questions, dissents, other text; what became of one, what is like it."""

from __future__ import annotations

from typing import Literal

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, JsonResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from programmes.alike.kept import LISTED, pledges_alike
from programmes.models import AlikePair, Passage, PassageTheme, Programme
from programmes.models.passages import ADDRESSED_AS_PLEDGES
from programmes.records import passage_records, published_passages
from programmes.site.api.answers import base_of, chosen, listed, passages_by_key, sent
from programmes.site.api.doors import door
from programmes.site.api.lookups import passage_at, programme_called, section_at, theme_named
from programmes.site.api.paging import page_of
from programmes.site.api.parameters import FIELDS_SAID, OfProgrammes, Paged, Word, Words
from programmes.site.api.programmes import narrowed
from programmes.site.api.shapes import PAGES, SHAPES, PassageFields, PassageRecord
from programmes.site.pledge_history import history_of

router = Router(tags=["passages"])
PublicId = Path(..., max_length=8, pattern=r"^[a-z0-9]+$")
Kind = Literal["pledge", "sub_pledge", "prose_pledge", "question", "prose"]


class PassageParameters(OfProgrammes, Paged):
    """Which passages."""

    programme: Word | None = Field(
        None, description="Of one programme, by its id; also of an older edition.", examples=["sv/nasjonalt/2025-2029"]
    )
    id: Words = Field(None, description="Those with some permanent ids; what is gone or unknown is left out.")
    section: Word | None = Field(None, description="Of one section, by its id; those below it are others.")
    kind: list[Kind] | None = Field(None, min_length=1, max_length=5, description="Kinds of passages.")
    is_pledge: bool | None = Field(
        None, description="The parties' own pledges alone, in lists and in running text; or all but these."
    )
    is_dissent: bool | None = Field(None, description="Dissents and alternatives alone; or all but these.")
    theme: Word | None = Field(None, description="Under a theme, as main theme or another, by Los URI or slug.")
    fields: PassageFields = Field(None, description=FIELDS_SAID)


@door(router, "/passages", answer=PAGES["passages"], summary="List passages")
def list_passages(request: HttpRequest, asked: Query[PassageParameters]) -> JsonResponse:
    """List what programmes say in document order: pledges, running text, questions, dissents, other text."""
    order = ("programme_id", "position")
    rows, after = page_of(passages_of(asked), order=order, cursor=asked.cursor, limit=asked.limit, of="passages")
    return listed(passage_records(rows, base=base_of(request)), after=after, fields=asked.fields)


def passages_of(asked: PassageParameters) -> QuerySet[Passage]:
    """Return the passages that parameters ask for."""
    passages = published_passages()
    if asked.section:
        passages = passages.filter(section=section_at(asked.section))
    elif asked.programme:
        passages = passages.filter(programme=programme_called(asked.programme))
    else:
        wanted = narrowed(Programme.objects.published().order_by(), asked)
        passages = passages.filter(programme__in=list(wanted.values_list("pk", flat=True)))
    if asked.id:
        passages = passages.filter(public_id__in=asked.id)
    if asked.kind:
        passages = passages.filter(kind__in=asked.kind)
    if asked.is_pledge is not None:
        own = {"kind__in": ADDRESSED_AS_PLEDGES, "dissent": ""}
        passages = passages.filter(**own) if asked.is_pledge else passages.exclude(**own)
    if asked.is_dissent is not None:
        passages = passages.exclude(dissent="") if asked.is_dissent else passages.filter(dissent="")
    if asked.theme:
        under = PassageTheme.objects.filter(passage=OuterRef("pk"), theme=theme_named(asked.theme))
        passages = passages.filter(Exists(under))
    return passages


class OnePassage(Schema):
    """How a passage is wanted."""

    fields: PassageFields = Field(None, description=FIELDS_SAID)


@door(router, "/passages/{passage_id}", answer=SHAPES["passages"], summary="Get a passage")
def get_passage(request: HttpRequest, asked: Query[OnePassage], passage_id: str = PublicId) -> JsonResponse:
    """Get a passage by its permanent id: its words, with all that must be known before they are quoted."""
    record = passage_records([passage_at(passage_id)], base=base_of(request))[0]
    return sent(chosen(asked.fields)(record))


class Stretch(Schema):
    """Words of the later wording, or of the earlier that were taken out."""

    kind: Literal["same", "added", "removed"]
    text: str


class InOtherProgramme(Schema):
    """The same pledge in the programme before or after."""

    is_before: bool
    is_same: bool = Field(description="Whether not a word was changed.")
    differences: list[Stretch] = Field(description="The later wording, with what was taken out and put in.")
    passage: PassageRecord


class PassageHistory(Schema):
    """A pledge in the programmes before and after."""

    passage: PassageRecord
    editions: list[InOtherProgramme]


@door(router, "/passages/{passage_id}/history", answer=PassageHistory, summary="Get a pledge's history")
def get_passage_history(request: HttpRequest, asked: Query[OnePassage], passage_id: str = PublicId) -> JsonResponse:
    """Get what a pledge was in the branch's programme before, and became in the one after, where it is in them."""
    passage = passage_at(passage_id)
    editions = history_of(passage)
    records = passages_by_key(request, [passage, *(each.pledge for each in editions)], asked.fields)
    told = [
        {
            "is_before": each.is_before,
            "is_same": each.is_same,
            "differences": [{"kind": stretch.kind, "text": stretch.text} for stretch in each.stretches],
            "passage": records[each.pledge.pk],
        }
        for each in editions
    ]
    return sent({"passage": records[passage.pk], "editions": told})


class Alike(Schema):
    """A pledge that is like another, or against it."""

    label: Literal["same", "reworded", "narrower", "broader", "opposite"] = Field(
        description="What it is, seen from the pledge asked for."
    )
    score: float = Field(description="How sure that is, 0 to 1.")
    is_the_partys: bool = Field(
        description="Whether it is what the party itself wants: no dissent, proposal, older edition."
    )
    own_words: list[list[int]] = Field(description="Where the words stand in its text that the other has not.")
    passage: PassageRecord


class AlikePassages(Schema):
    """Pledges that are like one."""

    passage: PassageRecord
    alike: list[Alike] = Field(description="The surest first, 60 at most.")


@door(router, "/passages/{passage_id}/alike", answer=AlikePassages, summary="Get alike pledges")
def get_alike_passages(request: HttpRequest, asked: Query[OnePassage], passage_id: str = PublicId) -> JsonResponse:
    """Get what other programmes have that is like a pledge, or against it, as far as the archive has compared them."""
    passage = passage_at(passage_id)
    found = pledges_alike([passage], at_least=LISTED, labels=AlikePair.Label.values)[passage.pk]
    records = passages_by_key(request, [passage, *(each.pledge for each in found)], asked.fields)
    told = [
        {
            "label": each.label,
            "score": each.score,
            "is_the_partys": each.is_the_partys,
            "own_words": [list(place) for place in each.own_words],
            "passage": records[each.pledge.pk],
        }
        for each in found
    ]
    return sent({"passage": records[passage.pk], "alike": told})
