"""The Django admin for programmes: what the parse gave, and the steps of the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from ingest.desk.bulk import ask_many, carry_out_for_each
from ingest.desk.transitions import TRANSITIONS, Transition
from ingest.intake.details import DETAIL_FIELDS
from programmes.models import GonePledge, Passage, PassageTheme, Programme, Section


class LookingOnly:
    """What comes from the parse: shown here, and corrected at the desk, where it can be undone."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted here: what the public has seen leaves a note for ever."""
        return False


class SectionInline(LookingOnly, admin.TabularInline):
    """The outline as the parser read it."""

    model = Section
    fields = readonly_fields = ("number", "title", "level", "page", "line")


def _action(transition: Transition) -> Callable[..., HttpResponse | None]:
    """Return the admin's action for a transition; one that needs a reason goes on to the desk's own page."""

    def act(_admin: Any, request: HttpRequest, queryset: QuerySet[Programme]) -> HttpResponse | None:
        chosen = queryset.select_related("branch__party")
        if transition.needs_reason:
            return ask_many(request, transition, list(chosen))
        carry_out_for_each(request, transition, chosen)
        return None

    return act


@admin.register(Programme)
class ProgrammeAdmin(LookingOnly, admin.ModelAdmin):
    """Programmes with what the parse gave, and the way from draft to published and back; the desk edits their facts."""

    list_display = ["title", "branch", "period", "kind", "publication", "pledge_count", "problem_count", "at_desk"]
    list_filter = ["publication", "kind", "status", "language", "period_start", "branch__level", "branch__party"]
    list_select_related = ["branch__party"]
    search_fields = ["title", "branch__name", "branch__party__name_nb", "filename", "sha256"]
    date_hierarchy = "parsed_at"
    inlines = [SectionInline]
    fields = readonly_fields = (
        *("branch", *DETAIL_FIELDS, "at_desk", "publication", "published_at", "withdrawn_reason", "slug", "original"),
        *("sha256", "media_type", "pages", "parser_version", "parsed_at", "pledge_count", "parse_counts", "problems"),
    )

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return the transitions of the desk, with the desk's rules, questions and log."""
        return {
            each.action.value: (_action(each), each.action.value, each.label) for each in TRANSITIONS if each.for_many
        }

    @admin.display(description="redaksjonen")
    def at_desk(self, programme: Programme) -> str:
        """Return a link to the programme at the desk, where it is corrected, withdrawn and deleted."""
        return format_html('<a href="{}">Se over og rett</a>', reverse("desk_programme", args=[programme.pk]))

    @admin.display(description="merknader")
    def problem_count(self, programme: Programme) -> int:
        """Return how many things the parser doubted."""
        return len(programme.parse_report.get("problems", []))

    @admin.display(description="originalfil")
    def original(self, programme: Programme) -> str:
        """Return a link to the file, once the public may have it."""
        if programme.publication != Programme.Publication.PUBLISHED:
            return programme.filename
        party = programme.branch.party
        return format_html(
            '<a href="{}">{}</a>',
            reverse("original", args=[party.slug, programme.branch.slug, programme.slug]),
            programme.filename,
        )

    @admin.display(description="hva parseren fant")
    def parse_counts(self, programme: Programme) -> str:
        """Return the counts of the parse in one line."""
        report = programme.parse_report
        coverage = report.get("coverage", {})
        found = f"{report.get('sections', 0)} kapitler, {report.get('items', 0)} punkter"
        repaired = f"{report.get('repaired', 0)} reparert"
        return (
            f"{found}, {repaired}; {coverage.get('characters', 0)} tegn, {coverage.get('unassigned', 0)} ikke plassert"
        )

    @admin.display(description="merknader fra parseren")
    def problems(self, programme: Programme) -> str:
        """Return what the parser doubted, with its places."""
        found = programme.parse_report.get("problems", [])
        return format_html_join("", "<p>s. {page}, linje {line}: {message}</p>", found) or "Ingen"


class PassageThemeInline(LookingOnly, admin.TabularInline):
    """The themes of a passage."""

    model = PassageTheme
    fields = readonly_fields = ("theme", "is_main", "origin", "reasons")


@admin.register(Passage)
class PassageAdmin(LookingOnly, admin.ModelAdmin):
    """Passages for looking up."""

    list_display = ["public_id", "kind", "text", "programme", "section"]
    list_filter = ["kind", "programme__branch__party"]
    list_select_related = ["programme__branch", "section"]
    search_fields = ["public_id", "text"]
    show_full_result_count = False
    readonly_fields = [field.name for field in Passage._meta.fields if field.name not in ("id",)]
    inlines = [PassageThemeInline]


@admin.register(GonePledge)
class GonePledgeAdmin(LookingOnly, admin.ModelAdmin):
    """Pledges that a later parse no longer has."""

    list_display = ["public_id", "programme", "text", "gone_at"]
    list_select_related = ["programme__branch"]
    search_fields = ["public_id", "text"]
