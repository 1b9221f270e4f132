"""What django-haystack indexes: the pledges of published programmes. The terms are made by `programmes.search`."""

from __future__ import annotations

from haystack import indexes

from programmes.models import PassageQuerySet, Pledge


class PledgeIndex(indexes.SearchIndex, indexes.Indexable):
    """Pledges and sub-pledges that the public may see."""

    text = indexes.CharField(document=True, model_attr="readable_text")

    def get_model(self) -> type[Pledge]:
        """Return the model that is searched."""
        return Pledge

    def index_queryset(self, using: str | None = None) -> PassageQuerySet:
        """Return what belongs in the index."""
        return Pledge.objects.published()
