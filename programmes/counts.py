"""Counts that are kept, because at a million pledges no page can count them."""

from django.db import transaction
from django.db.models import Count

from programmes.models import PLEDGE_KINDS, PassageTheme, Programme, ProgrammeTheme


@transaction.atomic
def count_themes(programme: Programme) -> None:
    """Count a programme's pledges under each theme, as main theme or as another, anew.

    Dissents are not the party's, and pledges in running text are classified but not counted.
    """
    programme.theme_counts.all().delete()
    rows = (
        PassageTheme.objects.filter(passage__programme=programme, passage__kind__in=PLEDGE_KINDS, passage__dissent="")
        .values("theme")
        .annotate(pledges=Count("pk"))
    )
    ProgrammeTheme.objects.bulk_create(
        ProgrammeTheme(programme=programme, theme_id=row["theme"], pledge_count=row["pledges"]) for row in rows
    )
