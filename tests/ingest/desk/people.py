"""The people of the desk's tests, and what is theirs and what is others'."""

from __future__ import annotations

import hashlib

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from ingest.models import Correction, DoubtAnswer, Membership, Role, Upload
from programmes.models import Branch, Programme
from tests import builders

OWN, OTHER = ("BYGD", "Bygdelista"), ("FJORD", "Fjordpartiet")
"""The party whose branch is the contributor's own, and another."""


def person(role: str, name: str = "") -> User:
    """Return a user with a role; a contributor has the national branch of the first party as their own."""
    user = User.objects.create(username=name or role, password="!")  # noqa: S106 - none: hashing takes its time
    membership = Membership.objects.create(user=user, role=role)
    if role == Role.CONTRIBUTOR:
        membership.branches.add(builders.national_branch(*OWN))
    return user


def branch(*, own: bool) -> Branch:
    """Return a branch that is the contributor's own, or another."""
    return builders.national_branch(*(OWN if own else OTHER))


def programme(*, own: bool = True, publication: str = "draft", year: int = 2023) -> Programme:
    """Return a programme of the contributor's own branch, or of another."""
    stored = builders.programme(branch=branch(own=own), year=year, published=publication in ("published", "withdrawn"))
    Programme.objects.filter(pk=stored.pk).update(publication=publication)
    stored.refresh_from_db()
    return stored


def upload(by: User, state: str = "ready") -> Upload:
    """Return an upload that somebody made."""
    content = f"{by} har lastet opp".encode()
    return Upload.objects.create(
        file=ContentFile(content, name="program.txt"),
        filename="program.txt",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        uploaded_by=by,
        state=state,
        error="Filen er skadet." if state == "failed" else "",
        document={"sections": [], "entries": [], "problems": []} if state == "ready" else None,
    )


def with_picture(programme_id: int) -> None:
    """Make a programme one of pages, with the picture of its first page drawn already."""
    stored = Programme.objects.get(pk=programme_id)
    Programme.objects.filter(pk=programme_id).update(media_type="application/pdf")
    name = f"pages/{stored.sha256[:2]}/{stored.sha256}/1.webp"
    for part, content in ((name, b"RIFF"), (f"{name}.json", b"[595, 842]")):
        if not default_storage.exists(part):
            default_storage.save(part, ContentFile(content))


def correction(programme_id: int, *, by: User) -> Correction:
    """Return a correction of a programme's text, made by somebody."""
    place = {"page": 1, "line": 1, "quote": "Ord.", "before": "", "after": ""}
    return Correction.objects.create(
        programme_id=programme_id, kind=Correction.Kind.TEXT, place=place, change={"text": "Andre ord."}, made_by=by
    )


def doubt_answer(programme_id: int, *, by: User) -> DoubtAnswer:
    """Return an answer to something in doubt about a programme, given by somebody."""
    place = {"page": 1, "line": 1, "quote": "Ord.", "before": "", "after": ""}
    return DoubtAnswer.objects.create(programme_id=programme_id, kind="short", place=place, answer="accept", made_by=by)
