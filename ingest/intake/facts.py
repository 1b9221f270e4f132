"""A programme's own facts: title, branch, period … What they are, what changes made them, and where the page then is.

Changes of facts are corrections like all others: each keeps what a field was and what it became, and a field is what
the latest change that stands made of it, else what it was before any.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ingest.intake.details import DETAIL_FIELDS
from ingest.intake.store import free_programme_slug
from ingest.models import Correction
from ingest.parser.errors import IngestError
from programmes.history import link_history, programmes_after
from programmes.models import Branch, FormerAddress, Programme
from programmes.publishing import refresh

FACTS = ("branch", *DETAIL_FIELDS)
ADDRESS_IS_OF = {"branch", "kind", "period_start", "period_end"}
"""Facts that a programme's address is made of."""

Facts = dict[str, Any]
"""Facts by name, as JSON has them: a branch by its key, a day as 2026-11-30."""


class NoSuchFacts(IngestError):
    """The facts can't be so, together or any more; the message says why."""


def facts_of(programme: Programme) -> Facts:
    """Return what a programme's facts are."""
    facts: Facts = {name: getattr(programme, name) for name in DETAIL_FIELDS}
    adopted = programme.adopted_on
    return facts | {"branch": programme.branch_id, "adopted_on": adopted.isoformat() if adopted else None}


def facts_without(programme: Programme, correction: Correction) -> Facts:
    """Return what the facts that a change made would be if it had not been made."""
    changes = list(programme.corrections.filter(kind=Correction.Kind.FACTS).order_by("pk"))
    standing = [each for each in changes if each.undone_at is None and each.pk != correction.pk]
    found: Facts = {}
    for name in correction.change:
        latest = next((each for each in reversed(standing) if name in each.change), None)
        first = next(each for each in changes if name in each.change)
        found[name] = latest.change[name]["after"] if latest else first.change[name]["before"]
    return found


@transaction.atomic
def put_facts(programme: Programme, facts: Mapping[str, Any]) -> None:
    """Set some of a programme's facts, one revision later; search and history follow where it is published.

    The caller holds the programme's row locked. Where its address changes and the public may know the old one, that
    leads to the new one for ever. Raises `NoSuchFacts`.
    """
    published = programme.publication == Programme.Publication.PUBLISHED
    were_after = programmes_after(programme) if published else []
    old = programme.branch_id, programme.slug
    for name, value in facts.items():
        _set(programme, name, value)
    if programme.period_end < programme.period_start:
        raise NoSuchFacts(_("Perioden kan ikke slutte før den begynner."))
    if ADDRESS_IS_OF & facts.keys():
        programme.slug = free_programme_slug(programme)
    programme.revision += 1
    programme.save(update_fields=[*facts, "slug", "revision"])
    _keep_address(programme, *old)
    refresh(programme)
    for newer in were_after:
        if newer.pk != programme.pk:
            link_history(newer)


def _set(programme: Programme, name: str, value: Any) -> None:
    if name == "branch":
        branch = Branch.objects.select_related("party", "area").filter(pk=value).first()
        if branch is None:
            raise NoSuchFacts(_("Laget finnes ikke lenger."))
        programme.branch = branch
    elif name == "adopted_on":
        programme.adopted_on = date.fromisoformat(value) if value else None
    else:
        setattr(programme, name, value)


def _keep_address(programme: Programme, branch_id: int, slug: str) -> None:
    """Let an address that a programme had lead to the one that it has."""
    if programme.published_at is None or (branch_id, slug) == (programme.branch_id, programme.slug):
        return
    FormerAddress.objects.update_or_create(branch_id=branch_id, slug=slug, defaults={"programme": programme})
    FormerAddress.objects.filter(branch=programme.branch_id, slug=programme.slug).delete()  # it is back there
