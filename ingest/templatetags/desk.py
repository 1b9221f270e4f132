"""What the desk's templates ask of rights and of places."""

from __future__ import annotations

from collections.abc import ItemsView
from typing import Any

from django import template
from django.utils.translation import gettext as _

from ingest.desk.log import label_of
from ingest.desk.permissions import Action, may
from ingest.desk.read_again import last_failure
from ingest.desk.transitions import TRANSITIONS, Transition
from ingest.intake.other_files import other_files
from ingest.models import LogEntry
from programmes.models import Passage, Programme

register = template.Library()
register.filter("log_label", label_of)


@register.filter
def desk_place(passage: Passage) -> str:
    """Return where a passage stands: `filside 5, linje 12, trykt side 4`, or the lines alone for a text file.

    The file's own page and the number that is printed on it are told apart by name; a sheet is a third thing.
    """
    first, last = passage.line_first, passage.line_last
    same_page = passage.page_first == passage.page_last
    lines = _("linje %(first)s") if first == last and same_page else _("linje %(first)s–%(last)s")
    told = [lines % {"first": first, "last": last}]
    if passage.programme.has_pages:
        pages = _("filside %(first)s") if same_page else _("filside %(first)s–%(last)s")
        told = [pages % {"first": passage.page_first, "last": passage.page_last}, *(told if same_page else [])]
        if passage.printed_page:
            told.append(_("trykt side %(page)s") % {"page": passage.printed_page})
    return ", ".join(told)


@register.filter
def pairs(details: dict[str, Any]) -> ItemsView[str, Any]:
    """Return the names and values of details; a template's `details.items` is the detail that is named `items`."""
    return details.items()


@register.simple_tag(takes_context=True)
def user_may(context: dict[str, Any], action: str, subject: object = None) -> bool:
    """Return whether the user may do something: `{% user_may "read_log" as reads_log %}`."""
    return may(context["request"].user, Action(action), subject)


@register.simple_tag(takes_context=True)
def open_transitions(context: dict[str, Any], programme: Programme) -> list[Transition]:
    """Return the transitions that the user may carry out for a programme as it is now."""
    user = context["request"].user
    return [transition for transition in TRANSITIONS if transition.open_to(user, programme)]


@register.simple_tag
def has_other_files(programme: Programme) -> bool:
    """Return whether a programme is compared with another file of it."""
    return other_files(programme).exists()


@register.simple_tag
def reading_failure(programme: Programme) -> LogEntry | None:
    """Return the log's line on a programme's last reading, if that failed."""
    return last_failure(programme)
