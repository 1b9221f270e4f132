"""Counts that are kept, because at a million pledges no page can count them."""

from django.db import transaction
from django.db.models import Count, Q

from programmes.models import PassageTheme, Programme, ProgrammeTheme


@transaction.atomic
def count_themes(programme: Programme) -> None:
    """Count a programme's pledges under each theme, as main theme or as another, anew.

    Dissents are not the party's; pledges in running text count, and are counted by themselves too.
    """
    programme.theme_counts.all().delete()
    rows = (
        PassageTheme.objects.filter(passage__in=programme.passages.pledges_in_any_form())
        .values("theme")
        .annotate(pledges=Count("pk"), in_text=Count("pk", filter=Q(passage__kind="prose_pledge")))
    )
    ProgrammeTheme.objects.bulk_create(
        ProgrammeTheme(
            programme=programme, theme_id=row["theme"], pledge_count=row["pledges"], prose_pledge_count=row["in_text"]
        )
        for row in rows
    )
