"""A heading that is gone leaves a note at its address, as a passage does."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0009_search_neighbours'),
    ]

    operations = [
        migrations.AddField(
            model_name='gonepledge',
            name='is_section',
            field=models.BooleanField(default=False, verbose_name='kapittel'),
        ),
    ]
