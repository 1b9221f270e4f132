"""The Django admin for the registers. Programmes come in through ingest, so their admin is there."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from programmes.models import Area, Branch, Party, Theme

admin.site.site_header = "Programarkivet"
admin.site.site_title = "Programarkivet"
admin.site.index_title = "Administrasjon"


class AddressesStay:
    """A slug is part of addresses that are quoted in print: it is chosen once, and never changed."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Return the slug of what is there already, beside what else can't be changed."""
        fixed = super().get_readonly_fields(request, obj)  # type: ignore[misc]
        return (*fixed, "slug") if obj else fixed

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """Return what fills in a new slug."""
        return {} if obj else super().get_prepopulated_fields(request, obj)  # type: ignore[misc]


@admin.register(Party)
class PartyAdmin(AddressesStay, admin.ModelAdmin):
    """Parties with how many branches each has."""

    list_display = ["name_nb", "short", "code", "slug", "storting_since", "branch_count"]
    ordering = ["name_nb"]  # counting drops the model's own order
    search_fields = ["name_nb", "name_nn", "short", "also", "code"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Party]:
        """Return parties with their branches counted."""
        return super().get_queryset(request).annotate(branch_total=Count("branches"))

    @admin.display(description="lag", ordering="branch_total")
    def branch_count(self, party: Any) -> int:
        """Return how many branches the party has."""
        return party.branch_total


@admin.register(Area)
class AreaAdmin(AddressesStay, admin.ModelAdmin):
    """Municipalities and counties, before and after each reform."""

    list_display = ["name", "code", "level", "county", "valid_from", "valid_to"]
    list_filter = ["level", "valid_from"]
    list_select_related = ["county"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["county", "successors"]


@admin.register(Branch)
class BranchAdmin(AddressesStay, admin.ModelAdmin):
    """Branches with how many programmes each has."""

    list_display = ["name", "party", "level", "area", "parent", "programme_count"]
    ordering = ["name"]  # counting drops the model's own order
    list_filter = ["level", "party"]
    list_select_related = ["party", "area", "parent"]
    search_fields = ["name", "party__name_nb", "area__name", "area__code"]
    autocomplete_fields = ["party", "area", "parent"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Branch]:
        """Return branches with their programmes counted."""
        return super().get_queryset(request).annotate(programme_total=Count("programmes"))

    @admin.display(description="programmer", ordering="programme_total")
    def programme_count(self, branch: Any) -> int:
        """Return how many programmes the branch has, drafts too."""
        return branch.programme_total


@admin.register(Theme)
class ThemeAdmin(AddressesStay, admin.ModelAdmin):
    """Themes with how many passages each has."""

    list_display = ["label_nb", "parent", "slug", "uri"]
    list_filter = [("parent", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["label_nb", "label_nn", "label_en", "slug"]
    autocomplete_fields = ["parent"]
