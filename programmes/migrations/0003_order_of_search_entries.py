"""Keep search entries in the order of hits that are equally like, so that a page without words needs no sorting."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_narrow_search_entries")]

    operations = [
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["length", "-year", "passage_id"], name="search_entry_order"),
        ),
    ]
