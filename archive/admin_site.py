"""The Django admin: for administrators alone, through the desk's login, and with all it changes in the desk's log."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from ingest.desk.kept_form import by_way_of
from ingest.desk.log import record
from ingest.desk.permissions import IN_THE_ADMIN, Action, due_first, may
from ingest.desk.second_step import is_half_logged_in
from ingest.desk.views.login import logout
from programmes.site.numbers import whole_number


class ArchiveAdminSite(admin.AdminSite):
    """The admin site of the archive."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the user is an administrator who is wholly logged in, and has nothing else to do first."""
        user = request.user
        return may(user, Action.MANAGE_REGISTERS) and not due_first(user) and not is_half_logged_in(user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Return a view that lets in whom it may; a form that comes before the login goes along to it."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            is_logout = request.path == reverse("admin:logout", current_app=self.name)
            if request.method == "POST" and not is_logout:
                if not request.user.is_authenticated or is_half_logged_in(request.user):
                    return by_way_of("login", request)
                if page := due_first(request.user):
                    return by_way_of(page, request)
            return inner(request, *args, **kwargs)

        return kept

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send to the desk's login; refuse a user who is logged in and may not enter."""
        if not request.user.is_authenticated or is_half_logged_in(request.user):
            return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
        if page := due_first(request.user):
            return redirect(page)
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

    logout.post_only = True  # type: ignore[attr-defined]

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register those models that the desk's rights let into the admin; each admin writes to the desk's log.

        Any other gets no page, whichever app brings it along: django.contrib.auth would have users and groups here.
        """
        given: Any = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        base = admin_class or admin.ModelAdmin
        models = [model for model in given if model._meta.label_lower in IN_THE_ADMIN]
        super().register(models, type(base.__name__, (Logged, base), {}), **options)


class KeysAlone:
    """Looks up what was chosen by keys alone: Django's own field fails on words, when it is shown again."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """Return the choices, without what is no key."""
        keys = [key for key in value if whole_number(str(key))]
        return super().optgroups(name, keys or [""], attrs)  # type: ignore[misc]


class Logged:
    """Writes what an admin class changes to the desk's log, in the transaction of the change."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return a field whose page is shown again whatever was sent for it."""
        return self._field(super().formfield_for_foreignkey, AutocompleteSelect, db_field, request, kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return a field whose page is shown again whatever was sent for it."""
        return self._field(super().formfield_for_manytomany, AutocompleteSelectMultiple, db_field, request, kwargs)  # type: ignore[misc]

    def _field(self, make: Any, widget: type, db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kinds = (KeysAlone, widget)
            kwargs.setdefault("widget", type(widget.__name__, kinds, {})(db_field, self.admin_site))  # type: ignore[attr-defined]
        return make(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with an empty form, whatever the address says: what is no key of ours there would break the page."""
        return {}

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
