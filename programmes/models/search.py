"""What the PostgreSQL search engine keeps: derived from the programmes, written by `search.postgres_engine` alone.

There are no foreign keys: the tables are built beside and swapped, and `check_index` shows where they differ.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class _Entry(models.Model):
    """One entry: the terms that it is found by, and the few numbers that hits are sorted and counted by.

    A search for a common word reads half the table, so a row is kept short: the terms stand outside of it (in TOAST,
    see migration 0002), and its themes are one number.
    """

    key = models.BigIntegerField(primary_key=True)
    """A passage's key, or a section's made negative."""
    programme_id = models.IntegerField()
    theme_set = models.IntegerField()
    """The `SearchThemeSet` of its themes."""
    digest = models.IntegerField()
    """`IndexEntry.digest`, by which `check_index` sees what has changed."""
    year = models.SmallIntegerField()
    length = models.SmallIntegerField()
    kind = models.SmallIntegerField()
    """`search.kinds.Kind`."""
    terms = SearchVectorField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.key)


def _indexes(table: str) -> list[models.Index]:
    """Return the indexes of a table of entries: by terms, by programme, and the shortest and newest first."""
    return [
        GinIndex("terms", name=f"{table}_terms", fastupdate=False),
        models.Index("programme_id", name=f"{table}_programme"),
        models.Index(fields=["length", "-year", "key"], name=f"{table}_order"),
    ]


class SearchEntry(_Entry):
    """What is a hit: a published pledge, in a list or in running text, a question, a dissent."""

    class Meta:
        indexes = _indexes("search_entry")


class SearchText(_Entry):
    """What else a published programme says: other text, and headings. Apart, so that hits are counted as fast."""

    class Meta:
        indexes = _indexes("search_text")


class SearchThemeSet(models.Model):
    """Themes that some entry has together, ascending; there are far fewer of these than of entries."""

    themes = ArrayField(models.SmallIntegerField(), unique=True)

    def __str__(self) -> str:
        return ", ".join(map(str, self.themes))


class SearchWord(models.Model):
    """A word of the archive, and in how many texts and lead-ins of entries it stands."""

    word = models.TextField(primary_key=True)
    entries = models.IntegerField()

    def __str__(self) -> str:
        return self.word


class SearchNeighbours(models.Model):
    """One row with the words of the archive that are about the same, as `search.neighbours` keeps them."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    kept = models.BinaryField()
    changed = models.IntegerField(default=0)
    """Entries that were put in or taken out since they were made."""

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="search_neighbours_once")]

    def __str__(self) -> str:
        return f"{len(self.kept)} bytes"


class SearchStamp(models.Model):
    """One row with a random number, a new one after every change, by which a process sees that its words are old."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    state = models.CharField(max_length=40, default="")
    """The state of archive and rules that the index is of; see `search.state`."""

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="search_stamp_once")]

    def __str__(self) -> str:
        return str(self.number)


class ArchiveChange(models.Model):
    """A change of what is published, numbered in their order: an index that lags behind catches up on it."""

    mark = models.CharField(max_length=16, unique=True)
    """The `ArchiveState.mark` that it led to."""
    programme_id = models.BigIntegerField()
    """The programme that was changed, published, withdrawn or deleted."""

    def __str__(self) -> str:
        return self.mark


class ArchiveState(models.Model):
    """One row with a random mark, a new one after every change of what is published; see `search.state`."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    mark = models.CharField(max_length=16, default="")
    derived = models.CharField(max_length=16, default="")
    """A random mark, a new one whenever the worker has worked out more of what pages show."""

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="archive_state_once")]

    def __str__(self) -> str:
        return self.mark
