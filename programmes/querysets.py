"""The questions that views, search and commands ask of the archive, by name."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Count, Q


class AreaQuerySet(models.QuerySet):
    """Areas by time."""

    def valid_on(self, day: date) -> AreaQuerySet:
        """Return the areas that existed on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class BranchQuerySet(models.QuerySet):
    """Branches with what their pages show."""

    def with_published(self) -> BranchQuerySet:
        """Return the branches that have a published programme, with `programme_count`."""
        return self.annotate(
            programme_count=Count("programmes", filter=Q(programmes__publication="published"), distinct=True)
        ).filter(programme_count__gt=0)


class ProgrammeQuerySet(models.QuerySet):
    """Programmes by publication, place and time."""

    def published(self) -> ProgrammeQuerySet:
        """Return what the public may see."""
        return self.filter(publication="published")

    def in_year(self, year: int) -> ProgrammeQuerySet:
        """Return the programmes for the election of a year: those whose period begins then."""
        return self.filter(period_start=year)

    def with_branch(self) -> ProgrammeQuerySet:
        """Return programmes with their branch, its party and its area."""
        return self.select_related("branch__party", "branch__area")


class ThemeQuerySet(models.QuerySet):
    """Themes by place in the vocabulary."""

    def main(self) -> ThemeQuerySet:
        """Return the main themes."""
        return self.filter(parent=None)


class PassageQuerySet(models.QuerySet):
    """Passages by kind, place and publication."""

    def published(self) -> PassageQuerySet:
        """Return what the public may see."""
        return self.filter(programme__publication="published")

    def pledges(self) -> PassageQuerySet:
        """Return list entries that say what the party wants: pledges and sub-pledges."""
        return self.filter(kind__in=["pledge", "sub_pledge"])

    def in_document_order(self) -> PassageQuerySet:
        """Return passages as they stand in their programme."""
        return self.order_by("programme_id", "position")

    def with_source(self) -> PassageQuerySet:
        """Return passages with all that a quote needs: section, programme, branch and party."""
        return self.select_related("section", "programme__branch__party", "programme__branch__area")


class PledgeManager(models.Manager.from_queryset(PassageQuerySet)):  # type: ignore[misc]
    """Pledges and sub-pledges alone."""

    def get_queryset(self) -> PassageQuerySet:
        """Return list entries that say what the party wants."""
        return super().get_queryset().pledges()
