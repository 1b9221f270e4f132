"""Count pledges in running text with the others, and by themselves."""

from typing import Any

from django.db import migrations, models
from django.db.models import Count, Q

IN_TEXT = Q(passages__kind="prose_pledge", passages__dissent="")


def count_again(apps: Any, _schema_editor: Any) -> None:
    """Add the pledges in running text to what is kept of every programme, and of the themes of the public ones."""
    programme = apps.get_model("programmes", "Programme")
    theme_count = apps.get_model("programmes", "ProgrammeTheme")
    passage_theme = apps.get_model("programmes", "PassageTheme")
    found = programme.objects.annotate(in_text=Count("passages", filter=IN_TEXT)).filter(in_text__gt=0)
    for pk, in_text in found.values_list("pk", "in_text"):
        programme.objects.filter(pk=pk).update(
            pledge_count=models.F("pledge_count") + in_text, prose_pledge_count=in_text
        )
    of_public = passage_theme.objects.filter(
        passage__kind="prose_pledge", passage__dissent="", passage__programme__publication="published"
    )
    rows = of_public.values_list("passage__programme", "theme").annotate(in_text=Count("pk"))
    for programme_id, theme_id, in_text in rows.order_by():
        kept, _made = theme_count.objects.get_or_create(
            programme_id=programme_id, theme_id=theme_id, defaults={"pledge_count": 0}
        )
        kept.pledge_count, kept.prose_pledge_count = kept.pledge_count + in_text, in_text
        kept.save()


def count_lists_alone(apps: Any, _schema_editor: Any) -> None:
    """Take them off again."""
    apps.get_model("programmes", "Programme").objects.update(
        pledge_count=models.F("pledge_count") - models.F("prose_pledge_count")
    )
    theme_count = apps.get_model("programmes", "ProgrammeTheme")
    theme_count.objects.update(pledge_count=models.F("pledge_count") - models.F("prose_pledge_count"))
    theme_count.objects.filter(pledge_count=0).delete()


class Migration(migrations.Migration):
    dependencies = [("programmes", "0006_headings_and_text_in_search")]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="prose_pledge_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="av dem i løpende tekst"),
        ),
        migrations.AddField(
            model_name="programmetheme",
            name="prose_pledge_count",
            field=models.PositiveIntegerField(default=0, verbose_name="av dem i løpende tekst"),
        ),
        migrations.AlterField(
            model_name="passage",
            name="kind",
            field=models.CharField(
                choices=[
                    ("prose", "brødtekst"),
                    ("prose_pledge", "løfte i løpende tekst"),
                    ("pledge", "løfte"),
                    ("sub_pledge", "delløfte"),
                    ("question", "spørsmål"),
                ],
                max_length=12,
                verbose_name="type",
            ),
        ),
        migrations.RunPython(count_again, count_lists_alone),
    ]
