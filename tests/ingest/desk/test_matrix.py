"""Every address of the desk and the admin × method × role × own or other's: the answers stand in matrix.txt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from ingest.models import Role

from . import people

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
    return "/" + re.sub(r"<\w+:\w+>", str(made), route)


def answer_of(response) -> str:
    """Return an answer in the words of matrix.txt."""
    if response.status_code == 302:
        return "login" if response["Location"].startswith("/redaksjon/logg-inn/") else "here"
    return str(response.status_code)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("route", "method"), MATRIX)
def test_the_answer(route: str, method: str, column: str, client: Client, people_: dict[str, User]) -> None:
    user = {"own": Role.CONTRIBUTOR, "other": Role.CONTRIBUTOR}.get(column, column)
    if column != "anonymous":
        client.force_login(people_[user])
    path = path_of(route, own=column != "other", people_=people_)
    assert answer_of(client.generic(method, path)) == MATRIX[route, method][column]


@pytest.mark.parametrize("address", DESK, ids=lambda address: address.route)
def test_no_address_of_the_desk_takes_other_methods(address: Address, client: Client, people_: dict[str, User]) -> None:
    client.force_login(people_["administrator"])
    path = path_of(address.route, own=True, people_=people_)
    assert {client.generic(method, path).status_code for method in NEVER} == {405}


@pytest.mark.parametrize("address", DESK, ids=lambda address: address.route)
def test_no_address_of_the_desk_takes_a_forged_form(address: Address, people_: dict[str, User]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people_["administrator"])
    assert client.post(path_of(address.route, own=True, people_=people_)).status_code == 403


@pytest.mark.parametrize("address", DESK, ids=lambda address: address.route)
def test_no_cache_keeps_what_the_desk_answers(address: Address, client: Client, people_: dict[str, User]) -> None:
    client.force_login(people_["administrator"])
    response = client.get(path_of(address.route, own=True, people_=people_))
    assert (
        response.status_code == 405 or "private" in response["Cache-Control"] or "no-store" in response["Cache-Control"]
    )


def admin_path(address: Address) -> str:
    """Return an address of the admin."""
    route = address.route.replace("<path:object_id>", "1").replace("<int:content_type_id>", "1")
    route = route.replace("<path:object_id>", "1").replace("(?P<url>.*)$", "finnes-ikke")
    route = re.sub(r"\^?\(\?P<app_label>([^|)]+).*", r"\1/", route)
    return "/" + re.sub(r"<\w+:\w+>|<\w+>", "1", route)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("address", ADMIN, ids=lambda address: address.route)
def test_the_admin_is_for_administrators_alone(address: Address, method: str, people_: dict[str, User]) -> None:
    path = admin_path(address)
    anonymous = Client().generic(method, path, follow=True) if address.name != "logout" else None
    if anonymous is not None:
        assert anonymous.redirect_chain, path
        assert anonymous.redirect_chain[-1][0].startswith("/redaksjon/logg-inn/")
    if address.name in ("logout", "password_change"):  # the desk's own, for all
        return
    for role in (Role.CONTRIBUTOR, Role.EDITOR):
        client = Client()
        client.force_login(people_[role])
        assert client.generic(method, path, follow=True).status_code == 403, (role, path)
    client = Client()
    client.force_login(people_["administrator"])
    response = client.generic(method, path)
    assert response.status_code != 403 or method == "POST"
    assert not answer_of(response).startswith("login")


@pytest.mark.parametrize("address", ADMIN, ids=lambda address: address.route)
def test_no_address_of_the_admin_takes_a_forged_form(address: Address, people_: dict[str, User]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people_["administrator"])
    assert client.post(admin_path(address)).status_code == 403
