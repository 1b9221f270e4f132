"""Which state of the archive, read by which rules, an index is of: one that lags behind must never answer.

Every change of what is published moves the archive's state on, in the same transaction. An engine that is told of the
change follows; one that isn't, as the engine that is not in use, is seen to be behind when it is asked, and is built.
"""

from __future__ import annotations

import secrets
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, transaction

from programmes.models.search import ArchiveState
from programmes.search.entries import rules_sum


class Change(NamedTuple):
    """A change of what is published: the states of the archive before and after it."""

    before: str
    after: str


def current_state(database: str = DEFAULT_DB_ALIAS) -> str:
    """Return the state that an index should be of: the archive's and that of our rules."""
    mark = ArchiveState.objects.using(database).values_list("mark", flat=True).first()
    return as_state(mark or "")


def as_state(mark: str) -> str:
    """Return the state of an archive with a mark, read by our rules."""
    return f"{mark}.{rules_sum():x}"


@transaction.atomic
def advance() -> Change:
    """Move the archive's state on; others who change something wait until this transaction is through."""
    ArchiveState.objects.get_or_create(id=1, defaults={"mark": ""})
    state = ArchiveState.objects.select_for_update().get(id=1)
    before, state.mark = state.mark, secrets.token_hex(8)
    state.save(update_fields=["mark"])
    return Change(as_state(before), as_state(state.mark))
