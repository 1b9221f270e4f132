"""Keep an entry's themes as one number, and its other numbers in four bytes each: a row takes half the room.

The table is filled anew from itself, in the order in which its columns lie closest, so that the archive
can be searched at once.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

NARROW = """
    CREATE TABLE programmes_searchentry_narrow (
        passage_id bigint NOT NULL,
        programme_id integer NOT NULL,
        theme_set integer NOT NULL,
        digest integer NOT NULL,
        year smallint NOT NULL,
        length smallint NOT NULL,
        terms tsvector NOT NULL,
        filler text DEFAULT repeat(' ', 2100)  -- as in migration 0004
    ) WITH (toast_tuple_target = 256);
    ALTER TABLE programmes_searchentry_narrow ALTER COLUMN terms SET STORAGE EXTERNAL;
    INSERT INTO programmes_searchthemeset (themes) SELECT DISTINCT themes FROM programmes_searchentry;
    INSERT INTO programmes_searchentry_narrow
        SELECT passage_id, programme_id, known.id, digest, year, length, terms
        FROM programmes_searchentry JOIN programmes_searchthemeset known USING (themes) ORDER BY passage_id;
    DROP TABLE programmes_searchentry;
    ALTER TABLE programmes_searchentry_narrow RENAME TO programmes_searchentry;
    ALTER TABLE programmes_searchentry ADD CONSTRAINT programmes_searchentry_pkey PRIMARY KEY (passage_id);
    CREATE INDEX search_entry_programme ON programmes_searchentry (programme_id);
    CREATE INDEX search_entry_terms ON programmes_searchentry USING gin (terms) WITH (fastupdate = off);
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0007_sections_and_places")]

    operations = [
        migrations.CreateModel(
            name="SearchThemeSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), size=None, unique=True
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            NARROW,
            state_operations=[
                migrations.RemoveField("SearchEntry", "main_themes"),
                migrations.RemoveField("SearchEntry", "themes"),
                migrations.AddField("SearchEntry", "theme_set", models.IntegerField()),
                migrations.AlterField("SearchEntry", "programme_id", models.IntegerField()),
            ],
        ),
    ]
