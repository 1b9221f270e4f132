"""Users of the desk: who they are, their roles, their own branches, and their first passwords. Administrators only."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ingest.desk.area_lookup import branches_like
from ingest.desk.auth import ONE_TIME_LIFE, give_one_time_password, reset_second_step
from ingest.desk.log import record
from ingest.desk.methods import post_only
from ingest.desk.permissions import Action, allowed, may_reset_second_step
from ingest.desk.second_step import has_second_step
from ingest.desk.user_forms import UserForm
from ingest.models import Membership, Role
from programmes.models import Branch
from programmes.site.numbers import whole_number


@require_GET
@allowed(Action.MANAGE_USERS)
def user_list(request: HttpRequest) -> HttpResponse:
    """List all users with their roles."""
    users = (
        User.objects.select_related("membership")
        .annotate(branch_count=Count("membership__branches"))
        .order_by("-is_active", "username")
    )
    return render(request, "redaksjon/user_list.html", {"users": users})


@require_http_methods(["GET", "POST"])
@allowed(Action.MANAGE_USERS)
def user_new(request: HttpRequest) -> HttpResponse:
    """Add a user, and show the password that lets them in once."""
    by = cast(User, request.user)
    form = UserForm(request.POST if request.method == "POST" else None, by=by)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user = form.save()
            Membership.objects.create(user=user, role=form.cleaned_data["role"])
            password = give_one_time_password(user)
            details = {"key": user.pk, **form.changes}
            record(user=by, action="user.created", subject=str(user), details=details)
        return _show_password(request, user, password)
    return render(request, "redaksjon/user.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(Action.MANAGE_USERS)
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a user, and change who they are, their role and whether they may come in."""
    by = cast(User, request.user)
    user_ = get_object_or_404(User.objects.select_related("membership"), pk=pk)
    form = UserForm(request.POST if request.method == "POST" else None, instance=user_, by=by)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            Membership.objects.update_or_create(user=user_, defaults={"role": form.cleaned_data["role"]})
            record(user=by, action="user.changed", subject=str(user_), details={"key": pk, **form.changes})
        messages.success(request, _("Endringene er lagret."))
        return redirect("desk_user", pk=pk)
    membership = Membership.objects.filter(user=user_).first()
    words = request.GET.get("lag", "").strip()
    own_branches = list(membership.branches.select_related("party")) if membership else []
    context = {
        "form": form,
        "shown": user_,
        "membership": membership,
        "has_second_step": has_second_step(user_),
        "may_reset": may_reset_second_step(by, of=user_),
        "branches": own_branches,
        "words": words,
        "found": [branch for branch in branches_like(words, party="") if branch not in own_branches] if words else [],
    }
    return render(request, "redaksjon/user.html", context, status=422 if form.errors else 200)


@post_only
@allowed(Action.MANAGE_USERS)
def user_branches(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a user a branch as their own, or take one away."""
    membership = get_object_or_404(Membership.objects.select_related("user"), user=pk)
    adds = "add" in request.POST
    key = request.POST.get("add" if adds else "remove", "")
    branch = get_object_or_404(Branch, pk=whole_number(key))
    with transaction.atomic():
        (membership.branches.add if adds else membership.branches.remove)(branch)
        details = {"key": pk, "added" if adds else "removed": f"{branch} ({branch.pk})"}
        record(user=request.user, action="user.changed", subject=str(membership.user), details=details)
    return redirect("desk_user", pk=pk)


@post_only
@allowed(Action.MANAGE_USERS)
def user_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a user a new one-time password; the old one, and all that is open with it, ends at once."""
    by = cast(User, request.user)
    user_ = get_object_or_404(User.objects.select_related("membership"), pk=pk)
    if user_.is_superuser and not by.is_superuser:
        raise PermissionDenied
    if user_.is_superuser:  # administrators without a membership, until now
        Membership.objects.get_or_create(user=user_, defaults={"role": Role.ADMINISTRATOR})
    get_object_or_404(Membership, user=user_)
    with transaction.atomic():
        password = give_one_time_password(user_)
        record(user=by, action="user.password", subject=str(user_), details={"key": pk})
    return _show_password(request, user_, password)


@post_only
@allowed(Action.MANAGE_USERS)
def user_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take another's second step away, with all that is open of theirs: they set it up anew at the next login."""
    user_ = get_object_or_404(User.objects.select_related("membership"), pk=pk)
    if not may_reset_second_step(cast(User, request.user), of=user_):
        raise PermissionDenied
    reset_second_step(user_, by=cast(User, request.user))
    messages.success(
        request, _("Totrinnsinnloggingen er nullstilt. Brukeren setter den opp på nytt ved neste innlogging.")
    )
    return redirect("desk_user", pk=pk)


def _show_password(request: HttpRequest, user: User, password: str) -> HttpResponse:
    """Show a one-time password, once: the page is kept in no cache, and nothing keeps the password."""
    context = {"shown": user, "password": password, "days": ONE_TIME_LIFE.days}
    return render(request, "redaksjon/one_time_password.html", context)
