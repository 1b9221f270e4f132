"""Changing a programme's own facts: a correction like those of its text, in the log and undone as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Field
from django.utils.translation import gettext as _

from ingest.desk import log
from ingest.desk.correct import Conflict, DoesNotFit, locked
from ingest.intake.facts import Facts, facts_of, put_facts
from ingest.models import Correction
from programmes.models import Branch, Programme


@transaction.atomic
def change_facts(programme: Programme, *, user: User, was: Facts, wanted: Facts) -> Correction:
    """Change those facts that are wanted otherwise than they were on the page; search follows where it is published.

    Two who change different facts both have their way. Raises `Conflict` where somebody else has changed the same one
    to something else, `DoesNotFit` where nothing is to be changed, `NoSuchFacts`; then nothing has changed.
    """
    present = locked(programme)
    now = facts_of(present)
    mine = {name: value for name, value in wanted.items() if value != was.get(name, now[name])}
    for name in mine:
        if now[name] not in (was.get(name, now[name]), mine[name]):
            raise Conflict(_latest_of(present, name))
    change = {name: {"before": now[name], "after": value} for name, value in mine.items() if value != now[name]}
    if not change:
        raise DoesNotFit(_("Ingenting er endret."))
    place = {"of": "programme", "page": 0, "line": 0, "quote": present.title, "before": "", "after": ""}
    correction = Correction.objects.create(
        programme=present,
        kind=Correction.Kind.FACTS,
        place=place,
        change=change,
        made_by=user,
        revision=present.revision + 1,
    )
    put_facts(present, {name: each["after"] for name, each in change.items()})
    log.record(
        user=user,
        action="programme.corrected",
        programme=present,
        subject=f"{correction.get_kind_display()}: {present}",
        details={"correction": correction.pk, "kind": correction.kind, "change": "; ".join(told(change))},
    )
    return correction


def told(change: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield what a change of facts did, a fact at a time, in words: `fra år: 2021 → 2023`."""
    for name, each in change.items():
        label = _field(name).verbose_name
        yield f"{label}: {_shown(name, each['before'])} → {_shown(name, each['after'])}"


def _field(name: str) -> Field[Any, Any]:
    return cast("Field[Any, Any]", Programme._meta.get_field(name))


def _shown(name: str, value: Any) -> str:
    if name == "branch":
        branch = Branch.objects.filter(pk=value).first()
        return str(branch) if branch else "?"
    choices = dict(_field(name).flatchoices)
    return str(choices.get(value, value)) if value not in (None, "") else "–"


def _latest_of(programme: Programme, name: str) -> Correction:
    """Return the latest change of a fact."""
    changes = programme.corrections.filter(kind=Correction.Kind.FACTS, change__has_key=name)
    return changes.select_related("made_by", "undone_by").latest("pk")
