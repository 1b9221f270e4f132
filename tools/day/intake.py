"""How a person brings programmes in: one file and its form, or a zip with a manifest and all forms on one page."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from ingest.intake.manifest import ManifestEntry
from programmes.models import Party
from tools.day.person import GLANCE, Person

FIND_A_FILE = 10.0
"""Seconds to find a file in the system's own window. Chosen."""
PATIENCE = 900_000
"""Milliseconds in which all files must be read."""


def log_in(person: Person, site: str, name: str, password: str) -> None:
    """Log in at the desk."""
    page = person.page
    page.goto(f"{site}/redaksjon/")
    person.write(page.get_by_label("Brukernavn"), name)
    person.write(page.get_by_label("Passord"), password)
    person.follow(page.get_by_role("button", name="Logg inn"))


def upload(person: Person, file: Path) -> None:
    """Upload a file, a zip perhaps."""
    page = person.page
    person.follow(page.get_by_role("link", name="Opplasting").first)
    page.get_by_label("Filer").set_input_files(file)
    person.takes(FIND_A_FILE)
    person.follow(page.get_by_role("button", name="Last opp"))


def confirm(person: Person, entry: ManifestEntry) -> None:
    """See over the form, fill in what the file didn't tell and mend what it told wrong."""
    page, details = person.page, entry.details
    person.read(page.locator("form.desk-form").inner_text().partition("Velg parti")[0])
    person.takes(GLANCE)
    fields = {"title": details.title, "branch": entry.branch, "area": entry.area or ""}
    fields |= {"period_start": str(details.period_start), "period_end": str(details.period_end)}
    for name, value in {"party": Party.objects.get(code=entry.party).code, "kind": details.kind}.items():
        if page.locator(f"#id_{name}").input_value() != value:
            person.choose(page.locator(f"#id_{name}"), value)
    level = page.locator(f"input[name=level][value={entry.level}]")
    if not level.is_checked():
        person.click(level)
    for name, value in fields.items():
        if not page.locator(f"#id_{name}").input_value().startswith(value) or not value:
            person.write(page.locator(f"#id_{name}"), value)
    _send(person, "Legg inn som kladd")
    page.get_by_text("Programmet er lagt inn som kladd.").wait_for()


def _send(person: Person, button: str) -> None:
    """Send the form; where it asks whether a branch is to be made, read the question, say yes and send it again."""
    page = person.page
    person.follow(page.get_by_role("button", name=button))
    if asked := page.locator("input[type=checkbox][name$=new_branch]").all():
        person.read(page.locator(".error-summary").inner_text())
        for box in asked:
            person.click(box)
        person.follow(page.get_by_role("button", name=button))


def bundle(entries: Sequence[ManifestEntry], manifest: Path, place: Path) -> Path:
    """Write a zip of programmes with the manifest that says what each is, and return where it is."""
    with zipfile.ZipFile(place, "w") as archive:
        archive.write(manifest, manifest.name)
        for entry in entries:
            archive.write(entry.path, entry.path.name)
    return place


def confirm_all(person: Person, site: str, count: int) -> None:
    """See over what each of the uploads was taken for, and make drafts of them all."""
    page = person.page
    page.goto(f"{site}/redaksjon/opplasting/")
    person.follow(page.get_by_role("link", name=re.compile(r"^Bekreft \d+ fil")).first)
    rows = page.locator("ol.many > li")
    assert rows.count() == count, f"{rows.count()} of {count} uploads wait to be confirmed"  # noqa: S101
    for row in rows.all():
        person.read(row.locator("label").first.inner_text())
        person.read(" ".join(row.locator(":scope > p").all_inner_texts()))
    button = "Legg inn de valgte som kladder"
    _send(person, button)
    left = count
    while now := rows.count():  # a slow machine does a part, and asks for the form again
        assert now < left, page.locator(".message, .error-summary").all_inner_texts()  # noqa: S101
        left = now
        person.follow(page.get_by_role("button", name=button))
