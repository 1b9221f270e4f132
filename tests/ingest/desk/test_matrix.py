"""Every address of the desk and the admin × method × role × own or other's: the answers stand in matrix.txt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from ingest.models import Role
from programmes.models import Programme
from programmes.site.sitemaps import SITEMAPS
from tests import builders
from tests.ingest.desk import people

pytestmark = pytest.mark.django_db

COLUMNS = ("anonymous", "own", "other", "editor", "administrator")
METHODS = ("GET", "POST")
NEVER = ("PUT", "PATCH", "DELETE")
WITHOUT_RIGHTS = {"login", "logout"}
"""Views that everybody may use."""


@dataclass(frozen=True)
class Address:
    """One pattern of addresses, as the URL resolver knows it."""

    route: str
    view: Callable[..., object]
    name: str


def addresses(prefix: str) -> list[Address]:
    """Return every pattern below a prefix."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Address]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            else:
                yield Address(route, pattern.callback, pattern.name or "")

    return [address for address in walk(get_resolver().url_patterns, "") if address.route.startswith(prefix)]


def matrix() -> dict[tuple[str, str], dict[str, str]]:
    """Return the answers of matrix.txt by address and method."""
    rows = {}
    for line in (Path(__file__).parent / "matrix.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            route, method, *answers = line.split()
            assert len(answers) == len(COLUMNS), line
            assert (route, method) not in rows, line
            row = dict(zip(COLUMNS, answers, strict=True))
            row["other"] = row["own"] if row["other"] == "=" else row["other"]
            rows[route, method] = row
    return rows


MATRIX = matrix()
DESK = addresses("redaksjon/")
ADMIN = addresses("admin/")
PUBLIC = [address for address in addresses("") if address not in (*DESK, *ADMIN)]
UNREAD = "Et løfte som ingen leser har sett."


def test_every_address_of_the_desk_has_its_rows_and_every_row_an_address() -> None:
    assert {(address.route, method) for address in DESK for method in METHODS} == set(MATRIX)


def test_every_view_of_the_desk_names_the_right_it_asks_for() -> None:
    without = {address.name for address in DESK if not hasattr(address.view, "action")}
    assert without == WITHOUT_RIGHTS


@pytest.fixture
def people_() -> dict[str, User]:
    """One person for each role, and somebody else who owns what is others'."""
    return {role: people.person(role) for role in Role.values} | {
        "stranger": people.person(Role.CONTRIBUTOR, "stranger")
    }


def path_of(route: str, *, own: bool, people_: dict[str, User]) -> str:
    """Return an address of a route, with an object of the contributor's own or of somebody else's in it."""
    whose = people_[Role.CONTRIBUTOR if own else "stranger"]
    makers = {
        "opplasting": lambda: people.upload(whose).pk,
        "program": lambda: people.programme(own=own).pk,
        "brukere": lambda: whose.pk,
        "oppslag": lambda: "lag",
    }
    if "<" not in route:
        return f"/{route}"
    made = makers[route.split("/")[1]]()
    if "<int:page>" in route:
        people.with_picture(made)
    if "<int:correction>" in route:
        route = route.replace("<int:correction>", str(people.correction(made, by=whose).pk))
    return "/" + re.sub(r"<\w+:\w+>", str(made), route.replace("<int:page>", "1"))


def answer_of(response) -> str:
    """Return an answer in the words of matrix.txt."""
    if response.status_code == 302:
        return "login" if response["Location"].startswith("/redaksjon/logg-inn/") else "here"
    return str(response.status_code)


def ask(user: User | None, method: str, path: str, **options: bool) -> HttpResponse:
    """Return what somebody gets from an address."""
    client = Client(enforce_csrf_checks=options.get("strict", False))
    if user is not None:
        client.force_login(user)
    call = getattr(client, method.lower())
    response = call(path, follow=True) if options.get("follow") else call(path)
    if response.streaming:  # closes the file
        b"".join(response.streaming_content)
    return response


@pytest.mark.parametrize("route", [address.route for address in DESK])
def test_the_answers(route: str, people_: dict[str, User]) -> None:
    asks = {
        "anonymous": None,
        "own": people_["contributor"],
        "other": people_["contributor"],
        "editor": people_["editor"],
        "administrator": people_["administrator"],
    }
    for method in METHODS:
        answers = {}
        for column, user in asks.items():
            with transaction.atomic():  # what one does must not be in the next one's way
                path = path_of(route, own=column != "other", people_=people_)
                answers[column] = answer_of(ask(user, method, path))
                transaction.set_rollback(True)
        assert answers == MATRIX[route, method], method


@pytest.mark.parametrize("route", [address.route for address in DESK])
def test_other_methods_forged_forms_and_caches(route: str, people_: dict[str, User]) -> None:
    administrator = people_["administrator"]
    path = path_of(route, own=True, people_=people_)
    assert {ask(administrator, method, path).status_code for method in NEVER} == {405}
    assert ask(administrator, "POST", path, strict=True).status_code == 403
    shown = ask(administrator, "GET", path)
    assert shown.status_code == 405 or "no-cache" in shown["Cache-Control"]


def public_path(route: str, programme: Programme) -> str:
    """Return an address of the public site, with the parts of a programme's own address in it."""
    party, branch, slug = programme.get_absolute_url().strip("/").split("/")[1:]
    parts = {"party": party, "branch": branch, "programme": slug, "year": programme.period_start}
    parts |= {"section": programme.sections.first().slug, "public_id": programme.passages.first().public_id}
    parts |= {"theme": "trafikk-og-transport"}
    if route.startswith("sitemap"):
        parts["section"] = next(iter(SITEMAPS))
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(parts[match[1]]), route)


@pytest.mark.parametrize("address", PUBLIC, ids=lambda address: address.route)
def test_the_public_site_is_the_same_for_all_and_has_no_drafts(address: Address, people_: dict[str, User]) -> None:
    theme = builders.theme("trafikk-og-transport", "Trafikk og transport")
    for own in (True, False):
        parse = builders.parsed([UNREAD], theme=theme.slug, content=b"own" if own else b"other")
        draft = builders.programme(branch=people.branch(own=own), published=False, title=UNREAD, parse=parse)
        path = public_path(address.route, draft)
        for method in (*METHODS, *NEVER):
            answers = [ask(user, method, path) for user in (None, *people_.values())]
            assert len({answer.status_code for answer in answers}) == 1, (method, path)
            assert all(answer.streaming or UNREAD not in answer.content.decode() for answer in answers), (method, path)
            if "<slug:programme>" in address.route or "<slug:public_id>" in address.route:
                assert answers[0].status_code in (404, 405), (method, path)


def admin_path(address: Address) -> str:
    """Return an address of the admin."""
    route = address.route.replace("<path:object_id>", "1").replace("<int:content_type_id>", "1")
    route = route.replace("<path:object_id>", "1").replace("(?P<url>.*)$", "finnes-ikke")
    route = re.sub(r"\^?\(\?P<app_label>([^|)]+).*", r"\1/", route)
    return "/" + re.sub(r"<\w+:\w+>|<\w+>", "1", route)


def test_the_admin_is_for_administrators_alone_and_takes_no_forged_form(people_: dict[str, User]) -> None:
    assert len(ADMIN) > 40
    for address in ADMIN:
        path = admin_path(address)
        assert ask(people_["administrator"], "POST", path, strict=True).status_code == 403, path
        if address.name in ("logout", "password_change"):  # the desk's own, for all
            continue
        for method in METHODS:
            anonymous = ask(None, method, path, follow=True)
            assert anonymous.redirect_chain[-1][0].startswith("/redaksjon/logg-inn/"), path
            for role in (Role.CONTRIBUTOR, Role.EDITOR):
                assert ask(people_[role], method, path, follow=True).status_code == 403, (role, path)
            with transaction.atomic():
                administrators = ask(people_["administrator"], method, path)
                transaction.set_rollback(True)
            assert answer_of(administrators) != "login", path
