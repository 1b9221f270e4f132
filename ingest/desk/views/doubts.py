"""Answers to what is in doubt about a programme, as the preview asks it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ingest.desk import correct as editing
from ingest.desk.doubts.answering import AnsweredAlready, answer_question, undo_answer
from ingest.desk.doubts.card import FILTER, QUESTION, address_of_question, next_address
from ingest.desk.doubts.queue import queue_of
from ingest.desk.doubts.repairs import Pair
from ingest.desk.methods import post_only
from ingest.desk.permissions import Action, allowed, programme_of
from ingest.desk.preview_page import CONFLICT, UNPROCESSABLE, preview_page
from ingest.models import DoubtAnswer
from ingest.parser.errors import IngestError
from programmes.models import Programme
from programmes.site.numbers import whole_number

ARROW = " → "


@post_only
@allowed(Action.CORRECT, programme_of)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one question, and those like it if wanted; then ask the next. What somebody else did first is shown."""
    programme = programme_of(request, pk)
    key, slug = request.POST.get(QUESTION, ""), request.POST.get(FILTER, "")
    try:
        given = answer_question(
            programme,
            user=cast(User, request.user),
            key=key,
            answer=request.POST.get("answer", ""),
            revision=whole_number(request.POST.get("revision", "")),
            with_alike="alike" in request.POST,
            theme=request.POST.get("theme", ""),
            not_these=_not_these(programme, request.POST),
        )
    except AnsweredAlready as first:
        return preview_page(request, programme, status=CONFLICT, fault=_told(first))
    except editing.Conflict as conflict:
        programme.refresh_from_db()
        return preview_page(request, programme, status=CONFLICT, fault=str(conflict))
    except IngestError as error:
        return preview_page(request, programme, status=UNPROCESSABLE, fault=str(error))
    programme.refresh_from_db()
    count = 1 + given.given_too.count()
    said = ngettext("Svaret er lagret.", "Svaret er lagret for %(count)s spørsmål.", count)
    messages.success(request, said % {"count": count})
    address = next_address(programme, key, slug)
    if "?" not in address:
        messages.success(request, _("Alt som var i tvil, er gjennomgått."))
    return redirect(address)


@post_only
@allowed(Action.CORRECT, programme_of)
def undo(request: HttpRequest, pk: int, answer: int) -> HttpResponse:
    """Undo an answer with all that it changed, and ask the question again."""
    programme = programme_of(request, pk)
    chosen = get_object_or_404(DoubtAnswer.objects.select_related("programme", "given_with"), pk=answer, programme=pk)
    try:
        count = undo_answer(chosen, cast(User, request.user))
    except IngestError as error:
        messages.error(request, str(error))
    else:
        undone = ngettext("Svaret er angret.", "Svaret er angret for %(count)s spørsmål.", count)
        messages.success(request, undone % {"count": count})
    programme.refresh_from_db()
    first = chosen.given_with or chosen
    asked = next(
        (
            each.question.key
            for each in queue_of(programme).asked
            if (each.question.kind, each.question.quote) == (first.kind, first.place["quote"]) and each.is_open
        ),
        "",
    )
    return redirect(address_of_question(programme, asked, request.POST.get(FILTER, "")))


def _told(first: AnsweredAlready) -> str:
    """Return who answered first, and when."""
    told = _("%(who)s har svart på dette eller rettet det kl. %(when)s. Svaret ditt er ikke lagret; se om det trengs.")
    return told % {"who": first.asked.by, "when": f"{first.asked.at:%H:%M}" if first.asked.at else ""}


def _not_these(programme: Programme, form: QueryDict) -> set[Pair]:
    """Return the repaired words whose boxes were not ticked, where the form had any."""
    if "words" not in form:
        return set()
    asked = queue_of(programme).get(form.get(QUESTION, ""))
    ticked = set(form.getlist("word"))
    changes = asked.question.word_changes if asked else ()
    pairs = [(change.source, change.repaired) for change in changes]
    return {pair for pair in pairs if ARROW.join(pair) not in ticked}
