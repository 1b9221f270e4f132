"""A page of the desk as a person has it open: the forms that it had when it was loaded."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape

from django.contrib.auth.models import User
from django.test import Client

from programmes.models import Programme

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
ROW = re.compile(r'<li id="p-(\w+)"')


@dataclass(frozen=True, slots=True)
class Row:
    """An entry or a heading of an open page, with the hidden fields of its form."""

    is_heading: bool
    quote: str
    """Its words in the source, as the page has them."""
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tab:
    """An open page: what can be sent from it, whatever has happened since."""

    revision: str
    rows: list[Row]
    furniture: list[dict[str, str]]
    lines: list[str]
    """Lines of the source that can be chosen, `page-line`."""
    entries: list[str]
    """Public ids that its lists offer."""
    sections: list[str]
    """Slugs that its lists offer."""
    doubt: dict[str, str]
    """The hidden fields of the question that it asks; empty where it asks none."""
    answers: list[str]
    """What may be answered to that."""
    words: list[str]
    """The repaired words that can be ticked."""


def tab_of(html: str, programme: Programme) -> Tab:
    """Return a page of the preview as a person has it open."""
    _before, *parts = ROW.split(html)
    rows = []
    for key, rest in zip(parts[::2], parts[1::2], strict=True):
        fields = _hidden(rest.partition("</li>")[0])
        if "place" in fields:
            rows.append(Row(key.startswith("H"), json.loads(fields["place"])["quote"], fields))
    _text, _mark, below = html.partition("furniture-rows")
    furniture = [_hidden(form) for form in below.split("</form>")]
    _above, _mark, card = html.partition('class="doubt-card"')
    card = card.partition("</article>")[0]
    doubt = _hidden(card.partition("</form>")[0])
    revision = re.search(r'name="revision" value="(\d+)"', html)
    return Tab(
        revision=revision[1] if revision else "0",
        rows=rows,
        furniture=[fields for fields in furniture if "place" in fields],
        lines=re.findall(r'name="line"\s+value="(\d+-\d+)"', html),
        entries=list(programme.passages.order_by("position").values_list("public_id", flat=True)),
        sections=list(programme.sections.order_by("position").values_list("slug", flat=True)),
        doubt=doubt,
        answers=re.findall(r'name="answer"\s+value="([\w-]+)"', card),
        words=[unescape(word) for word in re.findall(r'name="word"\s+value="([^"]*)"', card)],
    )


def desk_client(user: User | None) -> Client:
    """Return a browser, with a person logged in or none; a fault of ours is raised as it is."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def _hidden(form: str) -> dict[str, str]:
    """Return the hidden fields of a form, but its token."""
    return {name: unescape(value) for name, value in HIDDEN.findall(form) if name != "csrfmiddlewaretoken"}
