"""What the public may see, and that search agrees with it: draft → review → published → withdrawn → published."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.counts import count_themes
from programmes.editions import settle
from programmes.history import link_history, programmes_after
from programmes.models import Programme
from programmes.news import note_words
from programmes.search import index_programme
from programmes.search.state import hold

Publication = Programme.Publication


class WrongState(Exception):
    """The programme is not where this step begins: most often somebody else was first."""

    def __init__(self, programme: Programme) -> None:
        super().__init__(
            _("«%(title)s» er nå %(state)s, så dette kan ikke gjøres.")
            % {"title": programme.title, "state": programme.get_publication_display()}
        )


@transaction.atomic
def send_to_review(programme: Programme) -> None:
    """Ask an editor to look over a draft. Raises `WrongState`."""
    _move(programme, to=Publication.REVIEW, begins_at={Publication.DRAFT})


@transaction.atomic
def back_to_draft(programme: Programme) -> None:
    """Hand a programme that waits for review back for more work. Raises `WrongState`."""
    _move(programme, to=Publication.DRAFT, begins_at={Publication.REVIEW})


@transaction.atomic
def delete_draft(programme: Programme) -> None:
    """Remove a programme that the public has never seen, with its text. Raises `WrongState`.

    The original stays in the store of files, which keeps all it was ever given.
    """
    lock(programme, begins_at={Publication.DRAFT, Publication.REVIEW})
    programme.delete()


@transaction.atomic
def publish(programme: Programme) -> None:
    """Let the public see a programme and find it in search; one that is public already is indexed anew."""
    _move(
        programme,
        to=Publication.PUBLISHED,
        begins_at=set(Publication),
        published_at=programme.published_at or timezone.now(),
        withdrawn_reason="",
    )
    _settle(programme)
    _settle_editions(programme)


@transaction.atomic
def withdraw(programme: Programme, *, reason: str) -> None:
    """Take a programme out of public view and out of search; its addresses give readers the reason.

    Raises `ValueError` where no reason is given: readers who cited the programme are owed one. Raises `WrongState`.
    """
    if not reason.strip():
        raise ValueError("a withdrawal needs a reason")
    _move(programme, to=Publication.WITHDRAWN, begins_at={Publication.PUBLISHED}, withdrawn_reason=reason.strip())
    for newer in programmes_after(programme):
        link_history(newer)
    index_programme(programme)
    _settle_editions(programme)


@transaction.atomic
def refresh(programme: Programme, *, changed: Collection[int] | None = None) -> None:
    """Bring counts, history and search up to date after a programme's text or themes have changed.

    `changed` are the keys of the passages whose words changed, None where it may be any.
    """
    if programme.publication == Programme.Publication.PUBLISHED:
        _settle(programme, changed)


def _settle(programme: Programme, changed: Collection[int] | None = None) -> None:
    """Bring what is derived from a published programme's text and themes up to date."""
    count_themes(programme)
    link_history(programme, changed=changed)
    hold()
    note_words(programme)
    index_programme(programme)


def _settle_editions(programme: Programme) -> None:
    """Let a newer edition take the place of the older ones, or give it back to them."""
    for edition in settle(programme):
        if edition != programme and edition.publication == Publication.PUBLISHED:
            _settle(edition)


def lock(programme: Programme, *, begins_at: Collection[str]) -> None:
    """Hold the programme's row until the transaction ends. Raises `WrongState` if it isn't where this begins."""
    present = Programme.objects.select_for_update().get(pk=programme.pk)
    if present.publication not in begins_at:
        raise WrongState(present)


def _move(programme: Programme, *, to: Publication, begins_at: set[Publication], **fields: object) -> None:
    """Set the publication and `fields` of a programme. Raises `WrongState`."""
    lock(programme, begins_at=begins_at)
    programme.publication = to
    for name, value in fields.items():
        setattr(programme, name, value)
    programme.save(update_fields=["publication", *fields])
