"""Search. Until the engines land on this branch, nothing is indexed."""

from ..models import Programme


def index_programme(programme: Programme) -> None:
    """Wait for the engines."""


def remove_programme(programme: Programme) -> None:
    """Wait for the engines."""
