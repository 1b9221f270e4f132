"""Keep with the PostgreSQL index which words are about the same."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0008_words_of_themes'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchNeighbours',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('kept', models.BinaryField()),
                ('changed', models.IntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='search_neighbours_once')],
            },
        ),
    ]
