"""A chapter of a programme on a page of its own, and each section at its address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from programmes.editions import editions_around
from programmes.models import Programme, Section
from programmes.reading import chapters, folds, path_to, with_descendants
from programmes.reading_order import ReadingOrder
from programmes.site.citation import Citation
from programmes.site.gone import gone_at, gone_note
from programmes.site.links import QueryLinks
from programmes.site.moved import at_its_address
from programmes.site.outline import address_on_page, order_of, outline_of, part_of
from programmes.site.text import TextWriter
from programmes.site.views.programme import marks_of, visible_programme, withdrawn


@at_its_address
def section(request: HttpRequest, party: str, branch: str, programme: str, section: str) -> HttpResponse:
    """Show a section of a programme: a chapter, the first page of a divided one, or a part of a chapter."""
    programme_ = visible_programme(party, branch, programme)
    if programme_.publication == Programme.Publication.WITHDRAWN:
        return withdrawn(request, programme_)
    order = order_of(programme_)
    section_ = next((each for each in order.sections if each.slug == section), None)
    if section_ is None:
        raise Http404
    page = order.page_of(section_)
    is_chapter = page is not None and page.head == section_
    inside = with_descendants(section_, order.sections)
    shown = page.sections if page and is_chapter else [section_] if section_.pk in order.divided else inside
    part = part_of(order, shown, QueryLinks(request), programme_)
    passages = list(part.passages)
    text = chapters(programme_, shown, passages, below=0)
    outline = outline_of(order, programme_, here=section_)
    before, after = _around(order, section_, inside)
    return render(
        request,
        "section.html",
        {
            "programme": programme_,
            "branch": programme_.branch,
            "section": section_,
            "above": page.above if page and is_chapter else [],
            "size": order.size_of(section_),
            "path": path_to(section_, order.sections),
            "citation": Citation.of_section(
                section_,
                url=request.build_absolute_uri(section_.get_permanent_url()),
                read_on=timezone.localdate(),
                first=passages[0] if passages else None,
            ),
            "file_url": request.build_absolute_uri(
                reverse("original", args=[programme_.branch.party.slug, programme_.branch.slug, programme_.slug])
            ),
            "folds": folds(text, depth=1),
            "outline": outline,
            "parts": [each for each in outline if section_.pk in order.divided and each.section in inside[1:]],
            "whole": None if is_chapter or section_.pk in order.divided else page.head if page else programme_,
            "writer": TextWriter(marks_of(QueryLinks(request))),
            "newer_edition": editions_around(programme_)[1],
            "part": part,
            "previous": before,
            "next": after,
            "canonical": request.build_absolute_uri(
                section_.get_absolute_url() + part.here if is_chapter else address_on_page(order, section_, programme_)
            ),
            "today": timezone.localdate(),
        },
    )


def _around(order: ReadingOrder, section: Section, inside: list[Section]) -> tuple[Section | None, Section | None]:
    """Return the chapters before and after a chapter; of another section the sections before and after it."""
    page = order.page_of(section)
    if page is not None and page.head == section:
        before, after = order.around(page)
        return (before.head if before else None), (after.head if after else None)
    above = path_to(section, order.sections)
    others = [each for each in order.sections if each.title and order.size_of(each).passages]
    if section.pk in order.divided:  # the title of a part: its first chapter comes next
        others = [each.head for each in order.pages]
        inside = [section]
    previous = [each for each in others if each.position < section.position and each not in above]
    following = [each for each in others if each.position > inside[-1].position]
    return (previous[-1] if previous else None), (following[0] if following else None)


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
