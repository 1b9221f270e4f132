from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("ingest", "0003_facts"),
    ]

    operations = [
        migrations.AddField(
            model_name="storedparse",
            name="public_ids",
            field=models.JSONField(default=dict),
        ),
    ]
