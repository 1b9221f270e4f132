"""What ids lead to: what is published; 410 for what once was, with what became of it; 404 for all else."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404
from django.utils.translation import gettext as _

from programmes.models import Area, GonePledge, Party, Passage, Programme, Section, Theme
from programmes.records import programme_id
from programmes.records.programmes import WITH_SOURCE
from programmes.site.api.problems import Problem, not_here
from programmes.site.gone import gone_note
from programmes.site.moved import programme_once_at


def programme_at(party: str, branch: str, slug: str) -> Programme:
    """Return a published programme by the parts of its id, or by those that it once had.

    Raises `Problem` for one that is withdrawn, Http404 where there was none.
    """
    where = {"branch__party__slug": party, "branch__slug": branch, "slug": slug}
    found = WITH_SOURCE.filter(publication__in=("published", "withdrawn"), **where).first()
    found = found or programme_once_at(party, branch, slug)
    if found is None:
        raise Http404
    return _public(found)


def programme_called(name: str) -> Programme:
    """Return a published programme by its id, `party/branch/programme`; raises as `programme_at`, and for no id."""
    parts = name.split("/")
    if len(parts) != 3:
        raise not_here("programme")
    try:
        return programme_at(*parts)
    except Http404 as error:
        raise not_here("programme") from error


def passage_at(public_id: str) -> Passage:
    """Return a published passage; raises `Problem` for one that is withdrawn or gone, Http404 where there was none."""
    found = Passage.objects.with_source().filter(public_id=public_id).order_by().first()
    if found is None or found.programme.publication not in ("published", "withdrawn"):
        raise _gone(gone_note(public_id, is_section=False))
    _public(found.programme)
    return found


def section_at(public_id: str) -> Section:
    """Return a published section; raises as `passage_at`."""
    sections = Section.objects.select_related("programme__branch__party", "programme__branch__area", "parent")
    found = sections.defer("programme__parse_report").filter(public_id=public_id).order_by().first()
    if found is None or found.programme.publication not in ("published", "withdrawn"):
        raise _gone(gone_note(public_id, is_section=True))
    _public(found.programme)
    return found


def _public(programme: Programme) -> Programme:
    if programme.publication != Programme.Publication.WITHDRAWN:
        return programme
    raise Problem(
        HTTPStatus.GONE,
        _("Programmet er trukket tilbake fra arkivet."),
        became="withdrawn",
        reason=programme.withdrawn_reason,
        programme=programme_id(programme),
        programme_title=programme.title,
    )


def _gone(note: GonePledge) -> Problem:
    """Return what became of an id that a later reading of the programme no longer has."""
    _public(note.programme)
    return Problem(
        HTTPStatus.GONE,
        _("En senere lesning av programmet har det ikke med."),
        became="gone",
        text=note.text,
        gone_at=note.gone_at.isoformat(),
        programme=programme_id(note.programme),
        programme_title=note.programme.title,
        programme_url=note.programme.get_absolute_url(),
    )


def theme_named(name: str, parameter: str = "theme") -> Theme:
    """Return a theme by its Los URI or its slug, as a parameter names it; raises `Problem` where there is none."""
    found = Theme.objects.filter(**{"uri" if ":" in name else "slug": name}).first()
    if found is None:
        raise not_here(parameter)
    return found


def slugs_of_parties(named: list[str]) -> list[str]:
    """Return the slugs of parties that are named by code or slug; raises `Problem` for a name that none has."""
    known = {name: slug for code, slug in Party.objects.values_list("code", "slug") for name in (code, slug)}
    for name in named:
        if name not in known:
            raise not_here("party")
    return [known[name] for name in named]


def slugs_of_places(numbers: list[str]) -> list[str]:
    """Return the slugs of the places that have, or have had, some official numbers; raises `Problem` for no number."""
    rows = list(Area.objects.filter(code__in=numbers).values_list("slug", "code"))  # a place may have had several
    known = {code for _slug, code in rows}
    for number in numbers:
        if number not in known:
            raise not_here("area")
    return list(dict.fromkeys(slug for slug, _code in rows))
