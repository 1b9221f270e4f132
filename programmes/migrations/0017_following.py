"""Since when each pledge has been public in its present words, and who asked for mail of what is new."""

import hashlib
import re
from datetime import timedelta
from uuid import UUID

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import programmes.models.following

LAYOUT = re.compile(r"\s+|(?<=\D)[-‐‑–\u00ad](?=\D)")
BATCH = 1000


def sum_of(*words: str) -> UUID:
    """Return a sum of a pledge's words, as `programmes.news` makes it."""
    said = "\0".join(LAYOUT.sub("", each.casefold()) for each in words)
    return UUID(bytes=hashlib.blake2b(said.encode(), digest_size=16).digest())


def note_words(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Note of all that the public has seen that it was published when its programme was: nobody is told of it anew."""
    programme_model, words_model = apps.get_model("programmes", "Programme"), apps.get_model("programmes", "PublishedWords")
    seen = programme_model.objects.filter(publication__in=("published", "withdrawn"), published_at__isnull=False)
    for programme in seen.only("pk", "published_at").order_by("published_at", "pk"):
        passages = programme.passages.exclude(kind="prose").order_by("-position")
        moment = programme.published_at
        rows = []
        for public_id, text, repaired, corrected, lead_in, dissent in passages.values_list(
            "public_id", "text", "repaired", "corrected", "lead_in", "dissent"
        ):
            moment += timedelta(microseconds=1)  # the first in the document is the newest
            words = sum_of(corrected or repaired or text, lead_in, dissent)
            rows.append(
                words_model(public_id=public_id, programme=programme, words=words, first_at=moment, since=moment)
            )
        words_model.objects.bulk_create(rows, batch_size=BATCH)
        programme_model.objects.filter(pk=programme.pk).update(changed_at=moment)


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0016_source_sheets'),
    ]

    operations = [
        migrations.AddField(
            model_name='programme',
            name='changed_at',
            field=models.DateTimeField(db_index=True, editable=False, null=True, verbose_name='sist endret'),
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=programmes.models.following.new_key, max_length=40, unique=True)),
                ('address', models.EmailField(max_length=254)),
                ('followed', models.CharField(blank=True, max_length=1500)),
                ('often', models.CharField(choices=[('at_once', 'med én gang'), ('daily', 'én gang om dagen')], default='daily', max_length=8)),
                ('language', models.CharField(max_length=2)),
                ('site', models.CharField(max_length=270)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('told_until', models.DateTimeField(null=True)),
                ('telling_until', models.DateTimeField(null=True)),
                ('mailed_at', models.DateTimeField(null=True)),
                ('refusals', models.PositiveSmallIntegerField(default=0)),
                ('wait_until', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('address', 'followed'), name='alert_once_per_address'), models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('told_until__isnull', False), _connector='OR'), name='alert_confirmed_is_told_until')],
            },
        ),
        migrations.CreateModel(
            name='PublishedWords',
            fields=[
                ('public_id', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('words', models.UUIDField()),
                ('first_at', models.DateTimeField()),
                ('since', models.DateTimeField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='published_words', to='programmes.programme')),
            ],
            options={
                'indexes': [models.Index(fields=['since'], name='programmes__since_2a60a5_idx'), models.Index(fields=['programme', 'since'], name='programmes__program_76422d_idx')],
            },
        ),
        migrations.RunPython(note_words, migrations.RunPython.noop),
    ]
