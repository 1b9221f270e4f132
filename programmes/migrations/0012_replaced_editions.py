"""Which programmes a newer edition has taken the place of is kept, so that no list has to follow the chain."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def settle(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Note every edition before one that is published."""
    programme = apps.get_model("programmes", "Programme")
    before = dict(programme.objects.exclude(replaces=None).values_list("pk", "replaces"))
    replaced: set[int] = set()
    for pk in programme.objects.filter(publication="published").values_list("pk", flat=True):
        older = before.get(pk)
        while older and older not in replaced:
            replaced.add(older)
            older = before.get(older)
    programme.objects.filter(pk__in=replaced).update(is_replaced=True)


class Migration(migrations.Migration):

    dependencies = [
        ("programmes", "0011_archive_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="is_replaced",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(settle, migrations.RunPython.noop),
    ]
