"""Checking quotations, as the page has it: nothing of what is sent is kept, and no log has it."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, JsonResponse
from ninja import Body, Router, Schema
from pydantic import ConfigDict, Field

from programmes.models import Party
from programmes.quotes import MOST_QUOTATIONS, MOST_SIGNS, Checked, check_article
from programmes.quotes.as_json import verdicts_as_json
from programmes.records import Record, published_passages
from programmes.site.api.answers import passages_by_key, sent, whole_addresses
from programmes.site.api.doors import door
from programmes.site.api.shapes import PassageRecord
from programmes.site.callers import SEARCHES
from programmes.site.odd_input import cleaned

router = Router(tags=["quotes"])


class Article(Schema):
    """What is to be checked."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(
        min_length=1,
        max_length=MOST_SIGNS,
        description="An article, or a quotation alone: who is quoted is read from the words around it.",
        examples=["SV vil ha «gratis skolemat», ifølge programmet for 2025–2029."],
    )


class Owner(Schema):
    """A programme that has the words."""

    party: str
    branch: str
    period: str


class NoteOnQuote(Schema):
    """A way in which a quotation is not its source."""

    kind: str
    quoted: str = Field(description="What the article has.")
    source: str = Field(description="What the source has.")


class QuoteVerdict(Schema):
    """What the archive says of one quotation."""

    verdict: Literal["exact", "near", "other party", "not found", "paraphrase of"]
    held: bool = Field(
        description="Whether the archive has a programme of the party and period named: a `not found` where "
        "it has none says nothing."
    )
    quote: str
    start: int = Field(description="Where it stands in the text sent, in characters.")
    end: int
    form: Literal["marked", "dash", "block", "claim", "whole"] = Field(description="How the article gives the words.")
    named_party: str | None = Field(description="Code of the party that the article names for it.")
    named_period: list[int] = Field(description="The year or years that it names.")
    text: str | None = Field(description="The source's words.")
    source: str | None = Field(description="Name of the source's file.")
    url: str | None = Field(description="Permanent address of the source.")
    differs: str = Field(description="What differs, in a few words.")
    notes: list[NoteOnQuote]
    owners: list[Owner] = Field(description="Programmes that have the words, those of the party named first.")
    passages: list[PassageRecord] = Field(
        description="Where the words are from, the likeliest first; of words joined, of both parts."
    )
    nearest: PassageRecord | None = Field(description="What is nearest, where nothing was found.")


class QuoteAnswer(Schema):
    """All quotations of a text, in its order."""

    quotations: list[QuoteVerdict]
    is_full: bool = Field(description=f"Whether there may be more: {MOST_QUOTATIONS} at most are checked.")


@door(router, "/quote-check", answer=QuoteAnswer, summary="Check quotations", rate=SEARCHES, method="POST")
def check_quotes(request: HttpRequest, article: Body[Article]) -> JsonResponse:
    """Check each quotation of a text against the published programmes, word by word. Nothing of the text is kept."""
    text = cleaned(article.text).replace("\r\n", "\n")
    checked = check_article(text)
    shown = {one.pk for each in checked for one in (*each.passages[:2], each.nearest) if one}
    records = passages_by_key(request, published_passages().filter(pk__in=shown).order_by())
    codes = dict(Party.objects.values_list("slug", "code"))
    verdicts = verdicts_as_json(checked, address=whole_addresses(request))
    told = [_told(each, records, codes) for each in checked]
    response = sent(
        {
            "quotations": [verdict | more for verdict, more in zip(verdicts, told, strict=True)],
            "is_full": len(checked) >= MOST_QUOTATIONS,
        }
    )
    response["Cache-Control"] = "no-store"
    return response


def _told(checked: Checked, records: dict[int, Record], codes: dict[str, str]) -> dict[str, object]:
    """Return what the API says of a quotation beside what the command does."""
    party, years = checked.attribution.party, checked.attribution.years
    return {
        "start": checked.quotation.start,
        "end": checked.quotation.end,
        "form": checked.quotation.form.value,
        "named_party": codes.get(party.slug) if party else None,
        "named_period": [year for year in (years.first, years.last) if year] if years else [],
        "notes": [{"kind": each.kind.value, "quoted": each.quoted, "source": each.source} for each in checked.notes],
        "passages": [records[each.pk] for each in checked.passages[:2] if each.pk in records],
        "nearest": records.get(checked.nearest.pk) if checked.nearest else None,
    }
