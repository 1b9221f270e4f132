"""What the preview shows of the queue: the question that is open on the page, what it offers, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from ingest.desk import correct as editing
from ingest.desk.doubts.queue import Asked, Queue, queue_of
from ingest.desk.preview import heading_key
from ingest.parser.document import Section
from programmes.models import Programme, Theme

QUESTION, FILTER = "tvil", "slag"
"""What the key of a question and the slug of a filter are called in addresses and forms."""
PLACE_NAMED = ("side", "avsnitt", "linje")
"""Fields that ask for a place of the text: then the page shows that, and no question."""


@dataclass(frozen=True, slots=True)
class Card:
    """The question that a page shows, and what the person may do about it."""

    asked: Asked
    number: int
    """Which it is among those that the filter shows, from 1."""
    alike: list[Asked]
    alike_words: list[str]
    """What there is to read of each of those."""
    row_key: str
    """The row of the preview that it begins with; empty where it is about lines, or what it is about is gone."""
    themes: list[Theme]
    theme: Theme | None
    previous: Asked | None
    following: Asked | None


def address_of_question(programme: Programme, key: str, slug: str = "", row: str = "") -> str:
    """Return the address of a question in the queue; the page's own where there is none to be asked."""
    fields = {name: value for name, value in ((QUESTION, key), (FILTER, slug)) if value}
    address = reverse("desk_programme", args=[programme.pk])
    mark = f"#p-{row}" if row.isalnum() else ""
    return f"{address}?{urlencode(fields)}{mark}" if key else address


def queue_context(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    """Return what the page shows of the queue. Raises `NoRawParse`."""
    queue = queue_of(programme)
    slug = _sent(request, FILTER)
    slug = slug if queue.of_kind(slug) else ""
    asked = _chosen(request, queue, slug)
    return {
        "queue": queue,
        "doubt_filter": slug,
        "card": _card(programme, queue, asked, slug) if asked else None,
        "latest_answer": programme.doubt_answers.filter(
            undone_at=None, made_by=request.user.pk, given_with=None
        ).last(),
    }


def _sent(request: HttpRequest, name: str) -> str:
    return str(request.POST.get(name) or request.GET.get(name, ""))


def _chosen(request: HttpRequest, queue: Queue, slug: str) -> Asked | None:
    """Return the question that is asked for, else the first open one, unless a place of the text is asked for."""
    if key := _sent(request, QUESTION):
        return queue.get(key)
    if any(name in request.GET or name in request.POST for name in (*PLACE_NAMED, "rett")):
        return None
    return queue.after("", slug) or (queue.of_kind(slug)[0] if slug else None)


def _card(programme: Programme, queue: Queue, asked: Asked, slug: str) -> Card:
    shown = queue.of_kind(slug)
    if asked not in shown:
        shown = list(queue.asked)
    at = shown.index(asked)
    alike = queue.alike(asked) if asked.is_open else []
    wants_theme = any(answer.slug == "theme" for answer in asked.question.answers)
    themes = list(Theme.objects.main().order_by("label_nb")) if wants_theme else []
    return Card(
        asked=asked,
        number=at + 1,
        alike=alike,
        alike_words=[_words_of(each) for each in alike],
        row_key=row_key_of(programme, asked),
        themes=themes,
        theme=next((theme for theme in themes if theme.slug == asked.question.theme), None),
        previous=shown[at - 1] if at else None,
        following=shown[at + 1] if at + 1 < len(shown) else None,
    )


def _words_of(asked: Asked) -> str:
    """Return what there is to read of one of several alike: a heading's title, else all that the question shows."""
    question = asked.question
    return question.quote if question.is_of_heading else " / ".join(question.words)


def row_key_of(programme: Programme, asked: Asked) -> str:
    """Return the key of the preview's row that a question begins with, empty where there is none now."""
    parsed = editing.present_parse(programme).parsed
    for part_id in asked.question.of:
        for position, part in enumerate((*parsed.entries, *parsed.sections)):
            if part.id != part_id:
                continue
            if isinstance(part, Section):
                position -= len(parsed.entries)
                return heading_key(programme.sections.values_list("pk", flat=True).get(position=position))
            return str(programme.passages.values_list("public_id", flat=True).get(position=position))
    return ""


def next_address(programme: Programme, key: str, slug: str) -> str:
    """Return where the person goes on: to the next open question, of the filter as long as it has one."""
    queue = queue_of(programme)
    following = queue.after(key, slug)
    if following is None and slug:
        slug, following = "", queue.after(key)
    return address_of_question(programme, following.question.key if following else "", slug)
