"""The questions that views, search and commands ask of the archive, by name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum

PLEDGE_KINDS = ("pledge", "sub_pledge")


def _published(path: str = "") -> Q:
    """Return the condition that the programme at the end of a path is public."""
    return Q(**{f"{path}publication": "published"})


class AreaQuerySet(models.QuerySet):
    """Areas by time."""

    def valid_on(self, day: date) -> AreaQuerySet:
        """Return the areas that existed on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class PartyQuerySet(models.QuerySet):
    """Parties with what their pages show."""

    def with_published(self) -> PartyQuerySet:
        """Return the parties that have a published programme, with `programme_count` and `pledge_count`."""
        published = _published("branches__programmes__")
        return (
            self.annotate(
                programme_count=Count("branches__programmes", filter=published),
                pledge_count=Sum("branches__programmes__pledge_count", filter=published, default=0),
            )
            .filter(programme_count__gt=0)
            .order_by("-pledge_count", "name_nb")
        )


class BranchQuerySet(models.QuerySet):
    """Branches with what their pages show."""

    def with_published(self) -> BranchQuerySet:
        """Return the branches that have a published programme, with `programme_count` and `pledge_count`."""
        return (
            self.select_related("party", "area")
            .annotate(
                programme_count=Count("programmes", filter=_published("programmes__")),
                pledge_count=Sum("programmes__pledge_count", filter=_published("programmes__"), default=0),
            )
            .filter(programme_count__gt=0)
            .order_by("name")
        )


class ProgrammeQuerySet(models.QuerySet):
    """Programmes by publication, place and time."""

    def published(self) -> ProgrammeQuerySet:
        """Return what the public may see."""
        return self.filter(_published())

    def ever_public(self) -> ProgrammeQuerySet:
        """Return what the public may see or could once: its addresses answer; all others are nobody's business."""
        return self.filter(publication__in=("published", "withdrawn"))

    def in_year(self, year: int) -> ProgrammeQuerySet:
        """Return the programmes for the election of a year: those whose period begins then."""
        return self.filter(period_start=year)

    def span(self) -> dict[str, int | None]:
        """Return how many `programmes`, `pledges` and `branches` there are, and the `first_year` and `last_year`."""
        return self.aggregate(
            programmes=Count("pk"),
            pledges=Sum("pledge_count", default=0),
            branches=Count("branch", distinct=True),
            first_year=Min("period_start"),
            last_year=Max("period_end"),
        )

    def with_branch(self) -> ProgrammeQuerySet:
        """Return programmes with their branch, its party and its area."""
        return self.select_related("branch__party", "branch__area")

    def by_year(self) -> QuerySet[Any, dict[str, int]]:
        """Return `year`, `programme_count` and `pledge_count` for each year, newest first."""
        return (
            self.order_by()
            .values(year=models.F("period_start"))
            .annotate(programme_count=Count("pk"), pledge_total=Sum("pledge_count"))
            .order_by("-year")
        )


class ThemeQuerySet(models.QuerySet):
    """Themes by place in the vocabulary."""

    def main(self) -> ThemeQuerySet:
        """Return the main themes."""
        return self.filter(parent=None)

    def with_pledge_counts(self, **programmes: Any) -> ThemeQuerySet:
        """Return themes with `pledge_count`: published pledges under them, as main theme or as another.

        `programmes` narrows the count to some programmes, for example `branch=branch`.
        """
        counted = _published("programme_counts__programme__") & Q(
            **{f"programme_counts__programme__{field}": value for field, value in programmes.items()}
        )
        return self.annotate(pledge_count=Sum("programme_counts__pledge_count", filter=counted, default=0)).order_by(
            "-pledge_count", "label_nb"
        )

    def counted_in(self, pledges: PassageQuerySet) -> ThemeQuerySet:
        """Return the themes that some pledges fall under, with `pledge_count`: how many of them."""
        among = Q(passage_themes__passage__in=pledges.order_by().values("pk"))
        counted = self.annotate(pledge_count=Count("passage_themes", filter=among))
        return counted.filter(pledge_count__gt=0).order_by("-pledge_count", "label_nb")


class PassageQuerySet(models.QuerySet):
    """Passages by kind, place and publication."""

    def published(self) -> PassageQuerySet:
        """Return what the public may see."""
        return self.filter(_published("programme__"))

    def pledges(self) -> PassageQuerySet:
        """Return list entries that say what the party wants: pledges and sub-pledges."""
        return self.filter(kind__in=PLEDGE_KINDS)

    def new_since_last(self) -> PassageQuerySet:
        """Return the pledges that the branch's programme of the same kind before this one did not have."""
        from programmes.models import Programme

        before = Programme.objects.published().filter(
            branch=OuterRef("programme__branch"),
            kind=OuterRef("programme__kind"),
            period_start__lt=OuterRef("programme__period_start"),
        )
        return self.filter(Exists(before), earlier=None)

    def with_source(self) -> PassageQuerySet:
        """Return passages with all that a quote needs: section, programme, branch and party."""
        return self.select_related("section", "programme__branch__party", "programme__branch__area")


class PledgeManager(models.Manager.from_queryset(PassageQuerySet)):  # type: ignore[misc]
    """Pledges and sub-pledges alone."""

    def get_queryset(self) -> PassageQuerySet:
        """Return list entries that say what the party wants."""
        return super().get_queryset().pledges()
