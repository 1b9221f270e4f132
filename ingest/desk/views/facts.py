"""A programme's own facts at the desk: title, branch, period, kind, status, date and source."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ingest.desk.correct import Conflict, DoesNotFit
from ingest.desk.fact_form import FactsForm
from ingest.desk.facts import change_facts, told
from ingest.desk.permissions import Action, allowed, may, programme_of
from ingest.parser.errors import IngestError
from programmes.branches import UnknownArea
from programmes.models import Programme

CONFLICT, UNPROCESSABLE = 409, 422


@require_http_methods(["GET", "POST"])
@allowed(Action.CORRECT, programme_of)
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a programme's facts and change them; where another person was first, show what they did."""
    programme = programme_of(request, pk)
    if request.method != "POST":
        return _page(request, programme, FactsForm.of(programme))
    form = FactsForm(request.POST)
    if not form.is_valid():
        return _page(request, programme, form, status=UNPROCESSABLE)
    user = cast(User, request.user)
    try:
        with transaction.atomic():
            branch = form.get_branch()
            if branch.pk != programme.branch_id and not may(user, Action.CONFIRM, branch):
                raise DoesNotFit(_("Du kan bare legge inn programmer for dine egne lag."))
            change_facts(programme, user=user, was=form.was, wanted=form.facts(branch))
    except Conflict as conflict:
        theirs = conflict.correction
        fault = _("%(who)s har endret dette i mellomtiden (%(what)s). Endringen din er ikke lagret.")
        who = theirs.undone_by or theirs.made_by
        return _page(
            request,
            programme,
            form,
            fault=fault % {"who": who, "what": "; ".join(told(theirs.change))},
            status=CONFLICT,
        )
    except (IngestError, UnknownArea) as error:
        return _page(request, programme, form, fault=str(error), status=UNPROCESSABLE)
    messages.success(request, _("Opplysningene er lagret."))
    return redirect("desk_facts", pk=pk)


def _page(
    request: HttpRequest, programme: Programme, form: FactsForm, *, fault: str = "", status: int = 200
) -> HttpResponse:
    context = {"programme": programme, "branch": programme.branch, "form": form, "fault": fault}
    return render(request, "redaksjon/facts.html", context, status=status)
