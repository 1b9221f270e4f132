from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0012_replaced_editions")]

    operations = [
        migrations.CreateModel(
            name="Caller",
            fields=[
                ("key", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("quiet_at", models.DateTimeField()),
            ],
        ),
        # No call is worth a write to the disk: what is counted is lost with a crash, and nobody misses it.
        migrations.RunSQL("ALTER TABLE programmes_caller SET UNLOGGED", "ALTER TABLE programmes_caller SET LOGGED"),
    ]
