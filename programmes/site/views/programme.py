"""A programme as its readers see it: whole, by section, and the file it was read from."""

import base64
import logging
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from programmes.editions import editions_around
from programmes.models import Passage, PassageTheme, Programme, Section, Theme
from programmes.norwegian.sorting import norwegian_order
from programmes.reading import chapters, path_to, with_descendants
from programmes.search import marker
from programmes.search.query import MAX_LENGTH
from programmes.site.citation import Citation
from programmes.site.gone import HTTP_GONE, gone_at, gone_note
from programmes.site.links import QueryLinks
from programmes.site.moved import at_its_address
from programmes.storage import StorageOutOfReach

logger = logging.getLogger(__name__)


@at_its_address
def programme(request: HttpRequest, party: str, branch: str, programme: str) -> HttpResponse:
    """Show a programme: what it is, its outline, and its pledges in their sections with the prose folded."""
    programme_ = visible_programme(party, branch, programme)
    if programme_.publication == Programme.Publication.WITHDRAWN:
        return withdrawn(request, programme_)
    query = QueryLinks(request).value("q")[:MAX_LENGTH]
    if request.GET.get("vis") == "tema":
        context: dict[str, Any] = {"by_theme": by_theme(programme_)}
    else:
        sections = list(programme_.sections.all())
        context = {"chapters": chapters(programme_, sections, programme_.passages.order_by("position"))}
        for section_ in sections:
            section_.programme = programme_
    older, newer = editions_around(programme_)
    return render(
        request,
        "programme.html",
        {
            "programme": programme_,
            "branch": programme_.branch,
            **context,
            "marks": marker(query) if query else None,
            "editions": Programme.objects.published()
            .with_branch()
            .filter(branch=programme_.branch_id)
            .exclude(pk=programme_.pk),
            "older_edition": older,
            "newer_edition": newer,
        },
    )


def by_theme(programme: Programme) -> list[tuple[Theme | None, list[Passage]]]:
    """Return the pledges by main theme, in document order within it; those that have none come last."""
    main = {
        row.passage_id: row.theme
        for row in PassageTheme.objects.filter(passage__programme=programme, is_main=True)
        .select_related("theme")
        .defer("reasons")
    }
    groups: dict[Theme | None, list[Passage]] = {}
    for pledge in programme.passages.pledges_in_any_form().select_related("parent__parent").order_by("position"):
        pledge.programme = programme
        groups.setdefault(main.get(pledge.pk), []).append(pledge)
    return sorted(
        groups.items(), key=lambda group: (group[0] is None, norwegian_order(group[0].label if group[0] else ""))
    )


@at_its_address
def section(request: HttpRequest, party: str, branch: str, programme: str, section: str) -> HttpResponse:
    """Show one section of a programme with all below it."""
    programme_ = visible_programme(party, branch, programme)
    if programme_.publication == Programme.Publication.WITHDRAWN:
        return withdrawn(request, programme_)
    sections = list(programme_.sections.all())
    for each in sections:
        each.programme = programme_
    section_ = next((each for each in sections if each.slug == section), None)
    if section_ is None:
        raise Http404
    inside = with_descendants(section_, sections)
    titled = [each for each in sections if each.title]
    place = titled.index(section_) if section_ in titled else -1
    return render(
        request,
        "section.html",
        {
            "programme": programme_,
            "branch": programme_.branch,
            "section": section_,
            "path": path_to(section_, sections),
            "citation": Citation.of_section(
                section_, url=request.build_absolute_uri(section_.get_permanent_url()), read_on=timezone.localdate()
            ),
            "chapters": chapters(
                programme_, inside, programme_.passages.filter(section__in=inside).order_by("position")
            ),
            "newer_edition": editions_around(programme_)[1],
            "previous": titled[place - 1] if place > 0 else None,
            "next": titled[place + 1] if 0 <= place < len(titled) - 1 else None,
        },
    )


def chapter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lead from the permanent address of a section to its page, or say that it is gone."""
    section_ = (
        Section.objects.select_related("programme__branch__party")
        .filter(programme__in=Programme.objects.ever_public(), public_id=public_id)
        .first()
    )
    if section_ is None:
        return gone_at(request, gone_note(public_id, is_section=True), "chapter")
    return HttpResponseRedirect(QueryLinks(request).to(section_.get_absolute_url()))


@at_its_address
def original(request: HttpRequest, party: str, branch: str, programme: str) -> HttpResponseBase:
    """Send the file that the programme was read from, as an attachment that no browser runs; 503 where it is away."""
    programme_ = visible_programme(party, branch, programme)
    if programme_.publication == Programme.Publication.WITHDRAWN:
        raise Http404
    try:
        file = programme_.file.open("rb")
    except StorageOutOfReach:  # all files are away, and soon back
        raise
    except OSError:
        logger.exception("The original of %s can't be read", programme_.get_absolute_url())
        return render(request, "original_away.html", {"programme": programme_}, status=503)
    response = FileResponse(file, as_attachment=True, filename=programme_.filename, content_type=programme_.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    digest = base64.b64encode(bytes.fromhex(programme_.sha256)).decode("ascii")
    response["Repr-Digest"] = f"sha-256=:{digest}:"  # RFC 9530
    return response


def visible_programme(party: str, branch: str, programme: str) -> Programme:
    """Return a programme that is or has been public, or raise Http404, as for a draft."""
    return get_object_or_404(
        Programme.objects.ever_public().select_related("branch__party", "branch__area", "branch__parent__party"),
        branch__party__slug=party,
        branch__slug=branch,
        slug=programme,
    )


def withdrawn(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Explain why a programme is no longer shown."""
    return render(
        request, "programme_withdrawn.html", {"programme": programme, "branch": programme.branch}, status=HTTP_GONE
    )
