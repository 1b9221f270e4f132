"""Who may do what at the desk, and with which programmes: the one place where rights are decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers

from ingest.desk.kept_form import by_way_of
from ingest.desk.second_step import has_second_step, is_half_logged_in
from ingest.models import Membership, Role, Upload
from programmes.models import Branch, Programme


class Action(StrEnum):
    """What a person may do at the desk."""

    VIEW_DESK = auto()
    UPLOAD = auto()
    SEE_UPLOAD = auto()
    CONFIRM = auto()
    SEE = auto()
    CORRECT = auto()
    SEND_TO_REVIEW = auto()
    BACK_TO_DRAFT = auto()
    DELETE_DRAFT = auto()
    PUBLISH = auto()
    WITHDRAW = auto()
    PARSE_AGAIN = auto()
    MANAGE_REGISTERS = auto()
    MANAGE_USERS = auto()
    READ_LOG = auto()
    SEE_OPERATION = auto()


class Reach(StrEnum):
    """Which subjects a role may do something with."""

    NONE = auto()
    OWN_DRAFTS = auto()
    """Programmes of one's own branches that nobody reviews or reads yet."""
    OWN = auto()
    """Programmes of one's own branches, and what one has uploaded oneself."""
    ALL = auto()


@dataclass(frozen=True, slots=True)
class Right:
    """How far an action reaches for each role."""

    contributor: Reach
    editor: Reach
    administrator: Reach = Reach.ALL


RIGHTS: dict[Action, Right] = {
    Action.VIEW_DESK: Right(Reach.ALL, Reach.ALL),
    Action.UPLOAD: Right(Reach.ALL, Reach.ALL),
    Action.SEE_UPLOAD: Right(Reach.OWN, Reach.ALL),
    Action.CONFIRM: Right(Reach.OWN, Reach.ALL),
    Action.SEE: Right(Reach.OWN, Reach.ALL),
    Action.CORRECT: Right(Reach.OWN_DRAFTS, Reach.ALL),
    Action.SEND_TO_REVIEW: Right(Reach.OWN_DRAFTS, Reach.ALL),
    Action.BACK_TO_DRAFT: Right(Reach.NONE, Reach.ALL),
    Action.DELETE_DRAFT: Right(Reach.OWN_DRAFTS, Reach.ALL),
    Action.PUBLISH: Right(Reach.NONE, Reach.ALL),
    Action.WITHDRAW: Right(Reach.NONE, Reach.ALL),
    Action.PARSE_AGAIN: Right(Reach.NONE, Reach.ALL),
    Action.MANAGE_REGISTERS: Right(Reach.NONE, Reach.NONE),
    Action.MANAGE_USERS: Right(Reach.NONE, Reach.NONE),
    Action.READ_LOG: Right(Reach.NONE, Reach.NONE),
    Action.SEE_OPERATION: Right(Reach.NONE, Reach.ALL),
}

SEEING: dict[type[Model], Action] = {Programme: Action.SEE, Upload: Action.SEE_UPLOAD}
"""What lets a person know that a subject is there; to all others its address is empty."""

IN_THE_ADMIN = frozenset(
    {
        *("programmes.area", "programmes.branch", "programmes.party", "programmes.theme"),
        *("programmes.gonepledge", "programmes.passage", "programmes.passagetheme"),
        *("programmes.programme", "programmes.section"),
        *("procrastinate.procrastinateevent", "procrastinate.procrastinatejob"),
    }
)
"""Models that the Django admin has pages for. Who people are and what they may is settled at the desk alone: there
nobody becomes superuser, or takes one over."""

AnyUser = User | AnonymousUser
Rows = TypeVar("Rows", bound=Model)


def membership_of(user: AnyUser) -> Membership | None:
    """Return the membership of a user, if there is one."""
    return None if isinstance(user, AnonymousUser) else getattr(user, "membership", None)


def role_of(user: AnyUser) -> Role | None:
    """Return the role of a user; `None` for readers and for those who are shut out."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return None
    if user.is_superuser:
        return Role.ADMINISTRATOR
    membership = membership_of(user)
    return Role(membership.role) if membership else None


def may(user: AnyUser, action: Action, subject: object = None) -> bool:
    """Return whether a user may do something: with a subject where one is given, else with any at all."""
    role = role_of(user)
    if role is None:
        return False
    reach: Reach = getattr(RIGHTS[action], role.value)
    if reach in (Reach.NONE, Reach.ALL) or subject is None:
        return reach is not Reach.NONE
    if reach is Reach.OWN_DRAFTS and getattr(subject, "publication", None) != Programme.Publication.DRAFT:
        return False
    return _owns(user, subject)


def may_in_admin(user: AnyUser, *, app: str, model: str | None = None) -> bool:
    """Return whether a user may come to the Django admin's pages of a model, or of any of an app's.

    What may be done on a page is the page's own to say; the answer holds for superusers too.
    """
    pages = f"{app}.{model}" in IN_THE_ADMIN if model else any(each.startswith(f"{app}.") for each in IN_THE_ADMIN)
    return pages and may(user, Action.MANAGE_REGISTERS)


def own(user: AnyUser, queryset: QuerySet[Rows]) -> QuerySet[Rows]:
    """Return those of some programmes, uploads or branches that a user may see at the desk."""
    role = role_of(user)
    if role is None:
        return queryset.none()
    if role is not Role.CONTRIBUTOR:
        return queryset
    mine = {
        Programme: Q(branch__contributors__user=user),
        Upload: Q(uploaded_by=user),
        Branch: Q(contributors__user=user),
    }
    return queryset.filter(mine[queryset.model])


def _owns(user: AnyUser, subject: object) -> bool:
    """Return whether a subject is a contributor's own: uploaded by them, or of one of their branches."""
    if isinstance(subject, Upload):
        return subject.uploaded_by_id == user.pk
    branch_id = subject.pk if isinstance(subject, Branch) else getattr(subject, "branch_id", None)
    membership = membership_of(user)
    return membership is not None and branch_id in membership.branch_ids


def programme_of(request: HttpRequest, pk: int, **_parts: int) -> Programme:
    """Return the programme that an address names, to ask for rights to it. Raises `Http404`."""
    return get_object_or_404(Programme.objects.with_branch(), pk=pk)


def upload_of(request: HttpRequest, pk: int) -> Upload:
    """Return the upload that an address names, to ask for rights to it. Raises `Http404`."""
    return get_object_or_404(Upload.objects.select_related("uploaded_by", "programme__branch__party"), pk=pk)


View = Callable[..., HttpResponseBase]


def allowed(
    action: Action, subject: Callable[..., object] | None = None, *, comes_first: bool = False
) -> Callable[[View], View]:
    """Let a view be used by those alone who may.

    `subject` gives the object that the address names, from the request and the parts of the address. Who isn't
    logged in is sent to the login, with what they sent; who has a one-time password, to choose their own, and who
    lacks a second step that they need, to set it up, unless the view `comes_first`; who may not know of the subject
    gets 404, and who may not do this with it 403. No answer is kept in any cache, unless the view says how long.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not comes_first and (page := due_first(request.user)):
                return by_way_of(page, request) if request.method == "POST" else redirect(page)
            response = _refusal(request, action, subject, kwargs) or view(request, *args, **kwargs)
            if not response.has_header("Cache-Control"):
                add_never_cache_headers(response)
            return response

        guarded.action = action  # type: ignore[attr-defined]  # the permission matrix asks for it
        return guarded

    return decorate


def _refusal(
    request: HttpRequest, action: Action, subject: Callable[..., object] | None, parts: dict[str, Any]
) -> HttpResponseBase | None:
    """Return where to send who may not do this now, or nothing. Raises `Http404` or `PermissionDenied`."""
    user = request.user
    if not user.is_authenticated or is_half_logged_in(user):
        return by_way_of("login", request) if request.method == "POST" else redirect_to_login(request.get_full_path())
    if not may(user, action):
        raise PermissionDenied
    if subject is None:
        return None
    found = subject(request, **parts)
    seeing = SEEING.get(type(found)) if isinstance(found, Model) else None
    if seeing and not may(user, seeing, found):
        raise Http404
    if not may(user, action, found):
        raise PermissionDenied
    return None


def due_first(user: AnyUser) -> str | None:
    """Return the page that a user who is logged in must go to before any other: `None` for most.

    Who has logged in with a one-time password must choose their own; then who needs a second step must set it up.
    """
    membership = membership_of(user)
    if membership is not None and membership.one_time_until is not None:
        return "password_change"
    return "second_step_set_up" if needs_second_step(user) and not has_second_step(user) else None


def needs_second_step(user: AnyUser) -> bool:
    """Return whether a user's role must not log in by a password alone."""
    return settings.SECOND_STEP_REQUIRED and role_of(user) in (Role.EDITOR, Role.ADMINISTRATOR)


def may_reset_second_step(user: AnyUser, *, of: User) -> bool:
    """Return whether a user may take another's second step away, so that they set it up anew: superusers alone."""
    return may(user, Action.MANAGE_USERS) and bool(user.is_superuser) and user.pk != of.pk
