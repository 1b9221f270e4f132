"""Which state of the archive, read by which rules, an index is of, and what an index that lags behind still owes.

Every change of what is published moves the archive's state on and is noted, in the same transaction. An index knows
the state that it is of. Whoever comes next makes it right for what was changed since: who made the change,
a reader who searches, the worker every minute. So a process that is killed on the way leaves nothing unfound for long.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from contextvars import ContextVar
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from programmes.models.search import ArchiveChange, ArchiveState
from programmes.search.entries import rules_sum

MARK = "SELECT mark FROM programmes_archivestate WHERE id = 1"
MARKS = "SELECT mark, derived FROM programmes_archivestate WHERE id = 1"
KEPT_CHANGES = 10_000
"""Changes that are remembered; an index that lags further behind is built anew."""
MOST_OWED = 50
"""Programmes that an index is made right for one by one; for more, it is built anew as fast."""

_begun_with: ContextVar[str] = ContextVar("begun_with", default="")


class Owed(NamedTuple):
    """What an index must be made right for."""

    programmes: tuple[int, ...]
    state: str
    """The state that it is of then."""


def current_state(database: str = DEFAULT_DB_ALIAS) -> str:
    """Return the state that an index should be of: the archive's and that of our rules."""
    with connections[database].cursor() as cursor:  # asked by every page: Django takes as long to put it together
        cursor.execute(MARK)
        row = cursor.fetchone()
    return as_state(row[0] if row else "")


def state_of_pages() -> tuple[str, str]:
    """Return what a page is of: the state that an index should be of, and that of what the worker has worked out."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(MARKS)
        mark, derived = cursor.fetchone() or ("", "")
    return as_state(mark), derived


def worked_out() -> None:
    """Note that there is more for pages to show than before, though the archive is the same."""
    ArchiveState.objects.filter(id=1).update(derived=secrets.token_hex(8))


@contextlib.contextmanager
def begun_with(state: str) -> Iterator[None]:
    """Let an index of a state answer in this block: it was right when the page was begun, and isn't asked for again."""
    token = _begun_with.set(state)
    try:
        yield
    finally:
        _begun_with.reset(token)


def is_current(state: str) -> bool:
    """Return whether an index of a state is right: of what the page was begun with, or of what the archive is now."""
    return (bool(state) and state == _begun_with.get()) or state == current_state()


def as_state(mark: str) -> str:
    """Return the state of an archive with a mark, read by our rules."""
    return f"{mark}.{rules_sum():x}"


@transaction.atomic
def advance(programme_id: int) -> None:
    """Move the archive's state on for a programme; others who change one wait until this transaction is through."""
    hold()
    change = ArchiveChange.objects.create(mark=secrets.token_hex(8), programme_id=programme_id)
    ArchiveState.objects.filter(id=1).update(mark=change.mark)
    ArchiveChange.objects.filter(pk__lte=change.pk - KEPT_CHANGES).delete()


def hold() -> None:
    """Let nobody else move the archive's state on until the present transaction is through."""
    ArchiveState.objects.get_or_create(id=1, defaults={"mark": ""})
    ArchiveState.objects.select_for_update().get(id=1)


def owed_by(state: str) -> Owed | None:
    """Return what an index of a state owes; None where nobody can tell or it is too much, and it must be built anew."""
    mark, _dot, rules = state.rpartition(".")
    if rules != f"{rules_sum():x}":
        return None
    if state == current_state():
        return Owed((), state)
    since = ArchiveChange.objects.all()
    if mark:
        since = since.filter(pk__gt=ArchiveChange.objects.filter(mark=mark).values("pk"))
    changes = list(since.order_by("pk").values_list("pk", "mark", "programme_id"))
    if not changes or (not mark and changes[-1][0] > KEPT_CHANGES):
        return None
    programmes = tuple(dict.fromkeys(programme for _pk, _mark, programme in changes))
    return Owed(programmes, as_state(changes[-1][1])) if len(programmes) <= MOST_OWED else None
