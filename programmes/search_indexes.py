"""What django-haystack indexes: all that published programmes say. The terms are made by `programmes.search`."""

from __future__ import annotations

from django.db.models import QuerySet
from haystack import indexes

from programmes.models import Passage, PassageQuerySet, Section
from programmes.search.entries import published_sections


class PassageIndex(indexes.SearchIndex, indexes.Indexable):
    """Pledges, questions and other text that the public may see."""

    text = indexes.CharField(document=True, model_attr="readable_text")

    def get_model(self) -> type[Passage]:
        """Return the model that is searched."""
        return Passage

    def index_queryset(self, using: str | None = None) -> PassageQuerySet:
        """Return what belongs in the index."""
        return Passage.objects.published()


class SectionIndex(indexes.SearchIndex, indexes.Indexable):
    """Headings that the public may see."""

    text = indexes.CharField(document=True, model_attr="title")

    def get_model(self) -> type[Section]:
        """Return the model that is searched."""
        return Section

    def index_queryset(self, using: str | None = None) -> QuerySet[Section]:
        """Return what belongs in the index."""
        return published_sections()
