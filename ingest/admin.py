"""The Django admin for programmes: upload, see what the parse gave, publish, withdraw, read again."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from ingest.desk.bulk import ask_many, carry_out_for_each
from ingest.desk.transitions import TRANSITIONS, Transition
from ingest.intake.store import Details, create_programme, find_programme
from ingest.parser.errors import FileTooLarge, IngestError
from ingest.parser.sandbox.parent import parse_in_sandbox
from programmes.models import GonePledge, Passage, PassageTheme, Programme, Section
from programmes.publishing import refresh

MAX_UPLOAD = 50 * 1024 * 1024
"""Bytes; the largest national programme seen is 3 MB, a scanned one 40 MB."""
DETAIL_FIELDS = tuple(Details.__dataclass_fields__)


class UploadForm(forms.ModelForm):
    """A new programme: the file and what it is. The file is parsed before anything is stored."""

    upload = forms.FileField(label="programfil", help_text="PDF, tekst, Markdown, HTML, DOCX eller ODT, inntil 50 MB.")

    class Meta:
        model = Programme
        fields = ["branch", *DETAIL_FIELDS]

    def clean_upload(self) -> Any:
        """Check the file and parse it; what is wrong with it is said at the field."""
        upload = self.cleaned_data["upload"]
        if upload.size > MAX_UPLOAD:
            raise forms.ValidationError(str(FileTooLarge()))
        self.content = upload.read()
        existing = find_programme(hashlib.sha256(self.content).hexdigest())
        if existing is not None:
            raise forms.ValidationError(
                format_html(
                    'Denne filen er i arkivet fra før: <a href="{}">{}</a>.',
                    reverse("admin:programmes_programme_change", args=[existing.pk]),
                    existing,
                )
            )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "upload"
            path.write_bytes(self.content)
            try:
                self.parsed = parse_in_sandbox(path, filename=Path(upload.name).name)
            except IngestError as error:
                raise forms.ValidationError(str(error)) from error
        return upload


class SectionInline(admin.TabularInline):
    """The outline as the parser read it, for looking only."""

    model = Section
    fields = readonly_fields = ("number", "title", "level", "page", "line")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Sections come from the parse alone."""
        return False


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
class ProgrammeAdmin(admin.ModelAdmin):
    """Programmes with what the parse gave, and the way from draft to published and back."""

    list_display = ["title", "branch", "period", "kind", "publication", "pledge_count", "problem_count", "at_desk"]
    list_filter = ["publication", "kind", "status", "language", "period_start", "branch__level", "branch__party"]
    list_select_related = ["branch__party"]
    search_fields = ["title", "branch__name", "branch__party__name_nb", "filename", "sha256"]
    autocomplete_fields = ["branch"]
    date_hierarchy = "parsed_at"
    readonly_fields = (
        "at_desk",
        "publication",
        "published_at",
        "withdrawn_reason",
        "slug",
        "original",
        "sha256",
        "media_type",
        "pages",
        "parser_version",
        "parsed_at",
        "pledge_count",
        "parse_counts",
        "problems",
    )

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """Return the upload form for a new programme, the ordinary one for a stored one."""
        return super().get_form(request, obj, change, **({"form": UploadForm} | kwargs if obj is None else kwargs))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields in the order that a person fills them in."""
        return (
            ["upload", "branch", *DETAIL_FIELDS] if obj is None else ["branch", *DETAIL_FIELDS, *self.readonly_fields]
        )

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Return the outline for a stored programme."""
        return [] if obj is None else [SectionInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts are deleted at the desk."""
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return the transitions of the desk, with the desk's rules, questions and log."""
        return {
            each.action.value: (_action(each), each.action.value, each.label) for each in TRANSITIONS if each.for_many
        }

    def save_model(self, request: HttpRequest, obj: Programme, form: Any, change: bool) -> None:
        """Store what the form parsed, or changed details; search follows."""
        if change:
            super().save_model(request, obj, form, change)
            refresh(obj)
            return
        details = Details(**{name: form.cleaned_data[name] for name in DETAIL_FIELDS})
        programme = create_programme(
            branch=form.cleaned_data["branch"], parsed=form.parsed, content=form.content, details=details
        )
        obj.__dict__.update(programme.__dict__)
        messages.info(request, "Programmet er lagt inn som kladd. Se over og publiser fra listen.")

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
        rows = (
            (problem["page"], problem["line"], problem["message"])
            for problem in programme.parse_report.get("problems", [])
        )
        return format_html_join("", "<p>s. {}, linje {}: {}</p>", rows) or "Ingen"


class PassageThemeInline(admin.TabularInline):
    """The themes of a passage, for looking only: they are set at the desk, where it can be undone."""

    model = PassageTheme
    fields = readonly_fields = ("theme", "is_main", "origin", "reasons")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Themes are set at the desk."""
        return False


@admin.register(Passage)
class PassageAdmin(admin.ModelAdmin):
    """Passages for looking up; they are corrected at the desk."""

    list_display = ["public_id", "kind", "text", "programme", "section"]
    list_filter = ["kind", "programme__branch__party"]
    list_select_related = ["programme__branch", "section"]
    search_fields = ["public_id", "text"]
    show_full_result_count = False
    readonly_fields = [field.name for field in Passage._meta.fields if field.name not in ("id",)]
    inlines = [PassageThemeInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Passages come from the parse alone."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Passages come and go with the parse alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Passages are corrected at the desk, where it can be undone."""
        return False


@admin.register(GonePledge)
class GonePledgeAdmin(admin.ModelAdmin):
    """Pledges that a later parse no longer has, for looking only."""

    list_display = ["public_id", "programme", "text", "gone_at"]
    list_select_related = ["programme__branch"]
    search_fields = ["public_id", "text"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave notes to the store."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave notes to the store."""
        return False
