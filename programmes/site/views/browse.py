"""Browsing by party, branch and year."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from programmes.chapters import chapters_in, chapters_named, counties_with_chapters
from programmes.models import Area, Branch, Level, Party, Programme
from programmes.norwegian.sorting import norwegian_order
from programmes.search.query import MAX_LENGTH
from programmes.site.comparing import value_of
from programmes.site.following.followed import Followed
from programmes.site.links import QueryLinks
from programmes.site.theme_counts import narrowed_to, themes_of_programmes

MOST_FOUND = 100
"""Branches that a name is answered with."""
LEVEL_ORDER = [Level.NATIONAL, Level.COUNTY, Level.MUNICIPALITY]


def party_list(request: HttpRequest) -> HttpResponse:
    """List the parties that have a programme in the archive, and name those that have none."""
    return render(
        request,
        "party_list.html",
        {
            "parties": sorted(Party.objects.with_published(), key=lambda party: norwegian_order(party.name)),
            "without": Party.objects.exclude(branches__programmes__publication="published"),
        },
    )


def party(request: HttpRequest, party: str) -> HttpResponse:
    """Show a party: its branches by level, and its programmes."""
    party_ = get_object_or_404(Party, slug=party)
    branches = list(party_.branches.with_published())
    return render(
        request,
        "party.html",
        {
            "party": party_,
            "followed": Followed.of_party(party_),
            "branches_by_level": [
                (level.label, [branch for branch in branches if branch.level == level]) for level in LEVEL_ORDER
            ],
            "programmes": Programme.objects.published().with_branch().filter(branch__party=party_),
        },
    )


def branch_list(request: HttpRequest) -> HttpResponse:
    """List the branches that have a programme in the archive: those with a name, those of a county, or the counties."""
    links, today = QueryLinks(request), timezone.localdate()
    words, code = links.value("q")[:MAX_LENGTH], links.value("fylke")
    if words:
        found = chapters_named(words, most=MOST_FOUND + 1)
        shown = {"words": words, "found": found[:MOST_FOUND], "is_cut": len(found) > MOST_FOUND}
    elif code:
        county = get_object_or_404(Area.objects.valid_on(today), level=Level.COUNTY, code=code)
        shown = {"county": county, "places": chapters_in(county, today=today)}
    else:
        national = Branch.objects.with_published().filter(level=Level.NATIONAL)
        shown = {"national": national, "counties": counties_with_chapters(today=today)}
    return render(request, "branch_list.html", shown)


def branch(request: HttpRequest, party: str, branch: str) -> HttpResponse:
    """Show a branch: its programmes by period, its place in the party, and what its area has become."""
    branch_ = get_object_or_404(
        Branch.objects.select_related("party", "area__county", "parent__party"), party__slug=party, slug=branch
    )
    area = branch_.area
    others = Branch.objects.exclude(pk=branch_.pk) if area else Branch.objects.none()
    same_party = others.select_related("party", "area").filter(party=branch_.party)
    return render(
        request,
        "branch.html",
        {
            "branch": branch_,
            "followed": Followed.of_branch(branch_),
            "programmes": Programme.objects.published().with_branch().filter(branch=branch_),
            "children": branch_.children.with_published(),
            "successors": list(area.successors.all()) if area else [],
            "relatives": same_party.filter(Q(area__predecessors=area) | Q(area__successors=area)).distinct(),
            "neighbours": others.with_published().filter(area=area),
            "themes": themes_of_programmes(branch=branch_),
            "narrowed": narrowed_to([branch_]),
            "who": value_of(branch_),
        },
    )


def year_list(request: HttpRequest) -> HttpResponse:
    """List the years that programmes in the archive begin in."""
    return render(request, "year_list.html", {"years": Programme.objects.current().by_year()})


def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the programmes whose period begins in a year, by party."""
    programmes = (
        Programme.objects.published()
        .in_year(year)
        .with_branch()
        .order_by("branch__party__name_nb", "branch__name", "title")
    )
    if not programmes:
        raise Http404
    return render(request, "year.html", {"year": year, "programmes": programmes})
