"""Changes of what is published are noted one by one, so that an index can catch up on them."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def begin_at_the_present_state(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Note the state that the archive is in as the first: an index of it catches up from there."""
    state = apps.get_model("programmes", "ArchiveState").objects.exclude(mark="").first()
    if state:
        apps.get_model("programmes", "ArchiveChange").objects.create(mark=state.mark, programme_id=0)


class Migration(migrations.Migration):

    dependencies = [
        ("programmes", "0010_gone_sections"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArchiveChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=16, unique=True)),
                ("programme_id", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(begin_at_the_present_state, migrations.RunPython.noop),
    ]
