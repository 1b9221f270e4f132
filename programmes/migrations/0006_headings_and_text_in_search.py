"""A heading has a permanent id and knows its pledges; search keeps what is no pledge in a table of its own.

The search tables hold nothing that can't be made again, so they are made anew, empty: the index sees that it is older
than the archive, and is built at the next search.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import programmes.models.public_ids


def give_ids(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each heading an id of its own."""
    section = apps.get_model("programmes", "Section")
    waiting = section.objects.filter(public_id="").order_by("pk")
    while rows := list(waiting[:2000]):
        for row in rows:
            row.public_id = programmes.models.public_ids.new_public_id()
        section.objects.bulk_update(rows, ["public_id"])


def narrow(table: str) -> migrations.RunSQL:
    """Return what keeps the terms out of the rows of a table, as migration 0002 does."""
    return migrations.RunSQL(
        [
            f"ALTER TABLE {table} ADD COLUMN filler text DEFAULT repeat(' ', 2100)",
            f"ALTER TABLE {table} ALTER COLUMN terms SET STORAGE EXTERNAL",
            f"ALTER TABLE {table} SET (toast_tuple_target = 256)",
        ],
        migrations.RunSQL.noop,
    )


def entries(name: str, prefix: str) -> migrations.CreateModel:
    """Return the operation that makes a table of entries."""
    return migrations.CreateModel(
        name=name,
        fields=[
            ("key", models.BigIntegerField(primary_key=True, serialize=False)),
            ("programme_id", models.IntegerField()),
            ("theme_set", models.IntegerField()),
            ("digest", models.IntegerField()),
            ("year", models.SmallIntegerField()),
            ("length", models.SmallIntegerField()),
            ("kind", models.SmallIntegerField()),
            ("terms", django.contrib.postgres.search.SearchVectorField()),
        ],
        options={
            "abstract": False,
            "indexes": [
                django.contrib.postgres.indexes.GinIndex(
                    models.F("terms"), fastupdate=False, name=f"search_{prefix}_terms"
                ),
                models.Index(models.F("programme_id"), name=f"search_{prefix}_programme"),
                models.Index(fields=["length", "-year", "key"], name=f"search_{prefix}_order"),
            ],
        },
    )


class Migration(migrations.Migration):
    dependencies = [("programmes", "0005_standing_doubt_and_dissents")]

    operations = [
        migrations.DeleteModel("SearchEntry"),
        entries("SearchEntry", "entry"),
        entries("SearchText", "text"),
        narrow("programmes_searchentry"),
        narrow("programmes_searchtext"),
        migrations.AddField("SearchStamp", "state", models.CharField(default="", max_length=40)),
        migrations.CreateModel(
            name="ArchiveState",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("mark", models.CharField(default="", max_length=16)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="archive_state_once")],
            },
        ),
        migrations.AddField(
            model_name="section",
            name="public_id",
            field=models.CharField(default="", editable=False, max_length=8, verbose_name="kapittelnummer"),
        ),
        migrations.RunPython(give_ids, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="section",
            name="public_id",
            field=models.CharField(
                default=programmes.models.public_ids.new_public_id,
                editable=False,
                max_length=8,
                unique=True,
                verbose_name="kapittelnummer",
            ),
        ),
    ]
