"""Alike pledges, and what is kept to find them: derived from the programmes, written by `programmes.alike`."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.models.passages import Passage
from programmes.models.programmes import Programme


class AlikePair(models.Model):
    """That one pledge is like another, or against it: what the other is, seen from the one. Each pair stands twice."""

    class Label(models.TextChoices):
        SAME = "same", _("samme ord")
        REWORDED = "reworded", _("samme løfte i andre ord")
        NARROWER = "narrower", _("smalere løfte")
        BROADER = "broader", _("videre løfte")
        OPPOSITE = "opposite", _("motsatt løfte")

    one = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="alike")
    other = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=8, choices=Label)
    score = models.FloatField()
    """How sure that is, 0 to 1."""
    own_words = ArrayField(models.IntegerField(), default=list)
    """Where the words stand in the other's text that the one has not: beginning and end of each, in reading order."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="alike_pair_once"),
            models.CheckConstraint(condition=~models.Q(one=models.F("other")), name="alike_pair_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} – {self.other_id}: {self.label}"


class AlikeLeaf(models.Model):
    """The words of one programme's pledges, as `alike.candidates` keeps them: its part of the index."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, primary_key=True, related_name="+")
    kept = models.BinaryField()

    def __str__(self) -> str:
        return str(self.programme_id)


class AlikeOwed(models.Model):
    """A programme whose pledges still have to be compared. No foreign key: it may have been deleted."""

    programme_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.programme_id)


class AlikeState(models.Model):
    """One row: the state of the archive up to which it is noted what is owed, and by which rules pledges are read."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    mark = models.CharField(max_length=16, default="")
    """The `ArchiveChange.mark` of the last change that was noted."""
    rules = models.CharField(max_length=16, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="alike_state_once")]

    def __str__(self) -> str:
        return self.mark
