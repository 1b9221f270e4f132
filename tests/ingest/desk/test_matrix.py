"""Every address of the desk and the admin × method × role × own or other's: the answers stand in the matrices."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from ingest.models import Role
from tests import builders
from tests.ingest.desk import people
from tests.ingest.desk.routes import ADMIN, DESK, METHODS, NEVER, PUBLIC, admin_path, answer_of, ask, desk_path
from tools.fuzz.addresses import Address, public_path

pytestmark = pytest.mark.django_db

COLUMNS = ("anonymous", "own", "other", "editor", "administrator")
ADMIN_COLUMNS = ("anonymous", "contributor", "editor", "administrator", "superuser")
WITHOUT_RIGHTS = {"login", "login_code", "logout", "password_reset", "password_reset_done", "password_reset_confirm"}
"""Views that everybody may use."""


def matrix(name: str, columns: tuple[str, ...]) -> dict[tuple[str, str], dict[str, str]]:
    """Return the answers of a matrix by address and method."""
    rows = {}
    for line in (Path(__file__).parent / name).read_text().splitlines():
        if line and not line.startswith("#"):
            route, method, *answers = line.split()
            assert len(answers) == len(columns), line
            assert (route, method) not in rows, line
            row = dict(zip(columns, answers, strict=True))
            if row.get("other") == "=":
                row["other"] = row["own"]
            rows[route, method] = row
    return rows


MATRIX = matrix("matrix.txt", COLUMNS)
ADMIN_MATRIX = matrix("admin_matrix.txt", ADMIN_COLUMNS)
UNREAD = "Et løfte som ingen leser har sett."


@pytest.mark.parametrize(("known", "rows"), [(DESK, MATRIX), (ADMIN, ADMIN_MATRIX)], ids=["desk", "admin"])
def test_every_address_has_its_rows_and_every_row_an_address(known: list[Address], rows: dict) -> None:
    assert {(address.route, method) for address in known for method in METHODS} == set(rows)


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
    return desk_path(route, own=own, whose=people_[Role.CONTRIBUTOR if own else "stranger"])


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


@pytest.mark.parametrize("address", PUBLIC, ids=lambda address: address.route)
def test_the_public_site_is_the_same_for_all_and_has_no_drafts(address: Address, people_: dict[str, User]) -> None:
    theme = builders.theme("trafikk-og-transport", "Trafikk og transport")
    for own in (True, False):
        parse = builders.parsed([UNREAD], theme=theme.slug, content=b"own" if own else b"other")
        draft = builders.programme(branch=people.branch(own=own), published=False, title=UNREAD, parse=parse)
        path = public_path(address.route, draft)
        for method in (*METHODS, *NEVER):
            asking = [None, people_["administrator"]]
            if method in METHODS:  # to an editor and an administrator all drafts are others'
                asking = [None, people_["contributor"], *((people_["editor"], *asking[1:]) if own else ())]
            answers = [ask(user, method, path) for user in asking]
            assert len({answer.status_code for answer in answers}) == 1, (method, path)
            assert all(answer.streaming or UNREAD not in answer.content.decode() for answer in answers), (method, path)
            if "<slug:programme>" in address.route or "<slug:public_id>" in address.route:
                assert answers[0].status_code in (404, 405), (method, path)


@pytest.mark.parametrize("route", [address.route for address in ADMIN])
def test_the_answers_of_the_admin(route: str, people_: dict[str, User]) -> None:
    superuser = User.objects.create(username="root", is_superuser=True)
    asks: dict[str, User | None] = {"anonymous": None, "superuser": superuser, **people_}
    for method in METHODS:
        answers = {}
        for column in ADMIN_COLUMNS:
            with transaction.atomic():  # what one does must not be in the next one's way
                answers[column] = answer_of(ask(asks[column], method, admin_path(route)))
                transaction.set_rollback(True)
        assert answers == ADMIN_MATRIX[route, method], method


@pytest.mark.parametrize("address", ADMIN, ids=lambda address: address.route)
def test_the_admin_takes_no_forged_form_and_leads_strangers_to_the_login(
    address: Address, people_: dict[str, User]
) -> None:
    path = admin_path(address.route)
    assert ask(people_["administrator"], "POST", path, strict=True).status_code == 403
    if address.name not in ("logout", "password_change"):  # the desk's own, for all
        answer = ask(None, "GET", path, follow=True)
        assert answer.redirect_chain[-1][0].startswith("/redaksjon/logg-inn/")
