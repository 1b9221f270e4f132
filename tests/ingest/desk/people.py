"""The people of the desk's tests, and what is theirs and what is others'."""

from __future__ import annotations

import hashlib

from django.contrib.auth.models import User
from django.core.files.base import ContentFile

from ingest.models import Membership, Role, Upload
from programmes.models import Branch, Programme
from tests import builders

OWN, OTHER = ("BYGD", "Bygdelista"), ("FJORD", "Fjordpartiet")
"""The party whose branch is the contributor's own, and another."""


def person(role: str, name: str = "") -> User:
    """Return a user with a role; a contributor has the national branch of the first party as their own."""
    user = User.objects.create_user(name or role, password="en hage full av epler")  # noqa: S106
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
