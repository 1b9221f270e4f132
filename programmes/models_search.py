"""What the PostgreSQL search engine keeps: derived from the pledges, written by `search.postgres_engine` alone.

There are no foreign keys: the tables are built beside and swapped, and `check_index` tells where they differ.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchEntry(models.Model):
    """One published pledge: the terms that it is found by, and the few numbers that hits are sorted and counted by."""

    passage_id = models.BigIntegerField(primary_key=True)
    programme_id = models.BigIntegerField()
    year = models.SmallIntegerField()
    length = models.SmallIntegerField()
    main_themes = ArrayField(models.SmallIntegerField())
    """Each main theme once; what the theme facet counts."""
    themes = ArrayField(models.SmallIntegerField())
    """The themes as they are given, sub-themes too; what a theme filter asks for."""
    digest = models.IntegerField()
    """`Entry.digest`, by which `check_index` sees what has changed."""
    terms = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex("terms", name="search_entry_terms", fastupdate=False),
            models.Index("programme_id", name="search_entry_programme"),
        ]

    def __str__(self) -> str:
        return str(self.passage_id)


class SearchWord(models.Model):
    """A word of the archive, and how many entries hold it."""

    word = models.TextField(primary_key=True)
    entries = models.IntegerField()

    def __str__(self) -> str:
        return self.word


class SearchStamp(models.Model):
    """One row, whose number rises with every change: how a process knows that its words are out of date."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="search_stamp_once")]

    def __str__(self) -> str:
        return str(self.number)
