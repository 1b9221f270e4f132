"""The Django admin: for administrators alone, through the desk's login, and with all it changes in the desk's log."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from ingest.desk.log import record
from ingest.desk.permissions import IN_THE_ADMIN, Action, may, must_choose_password
from ingest.desk.views.login import logout


class ArchiveAdminSite(admin.AdminSite):
    """The admin site of the archive."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the user is an administrator who has chosen their own password."""
        return may(request.user, Action.MANAGE_REGISTERS) and not must_choose_password(request.user)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send to the desk's login; refuse a user who is logged in and may not enter."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
        if must_choose_password(request.user):
            return redirect("password_change")
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def password_change(  # type: ignore[override]  # the desk's answer is no TemplateResponse
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        """Send to the desk's page for it."""
        return redirect("password_change")

    def logout(  # type: ignore[override]  # the desk's answer is no TemplateResponse
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        """Log out as the desk does."""
        return logout(request)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register those models that the desk's rights let into the admin; each admin writes to the desk's log.

        Any other gets no page, whichever app brings it along: django.contrib.auth would have users and groups here.
        """
        given = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        base = admin_class or admin.ModelAdmin
        models = [model for model in given if model._meta.label_lower in IN_THE_ADMIN]
        super().register(models, type(base.__name__, (Logged, base), {}), **options)


class Logged:
    """Writes what an admin class changes to the desk's log, in the transaction of the change."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Note that something was added."""
        self._record(request, "admin.added", obj)
        return super().log_addition(request, obj, message)  # type: ignore[misc]

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Note that something was changed, and which fields."""
        self._record(request, "admin.changed", obj, {"changed": message})
        return super().log_change(request, obj, message)  # type: ignore[misc]

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Note that something is about to be deleted."""
        for obj in queryset:
            self._record(request, "admin.deleted", obj)
        return super().log_deletions(request, queryset)  # type: ignore[misc]

    def _record(self, request: HttpRequest, action: str, obj: Any, details: dict[str, Any] | None = None) -> None:
        details = {"model": obj._meta.label, "key": str(obj.pk), **(details or {})}
        record(user=request.user, action=action, subject=f"{obj._meta.verbose_name}: {obj}", details=details)
