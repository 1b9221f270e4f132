"""The rights themselves, in memory: every action and role, who is sent where first, what the admin has pages for."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from ingest.desk import permissions, second_step
from ingest.desk.permissions import IN_THE_ADMIN, RIGHTS, Action, Reach, Right, allowed, due_first, may, may_in_admin
from ingest.models import Membership, Role, Upload
from programmes.models import Branch, Programme
from tests.ingest.desk import people

STATES = Programme.Publication.values
OWN_BRANCH, OTHER_BRANCH = 11, 12
TABLE = """
view_desk        all        all  all
upload           all        all  all
see_upload       own        all  all
confirm          own        all  all
see              own        all  all
correct          own_drafts all  all
send_to_review   own_drafts all  all
back_to_draft    none       all  all
delete_draft     own_drafts all  all
publish          none       all  all
withdraw         none       all  all
parse_again      none       all  all
manage_registers none       none all
manage_users     none       none all
read_log         none       none all
see_operation    none       all  all
"""
"""Each action, and how far it reaches for contributor, editor and administrator."""


def person(role: str, *, pk: int = 1, **facts: Any) -> User:
    """Return a user in memory with a role, logged in by both steps; a contributor has one branch."""
    user = User(pk=pk, username=f"{role}{pk}", **facts)
    user.otp_device = TOTPDevice()
    membership = Membership(user=user, role=role)
    membership.branch_ids = {OWN_BRANCH} if role == Role.CONTRIBUTOR else set()
    user.membership = membership
    return user


def programme(*, own: bool = True, publication: str = "draft") -> Programme:
    return Programme(pk=5, branch_id=OWN_BRANCH if own else OTHER_BRANCH, publication=publication)


def test_the_table_of_rights() -> None:
    rows = [line.split() for line in TABLE.strip().splitlines()]
    assert {action.name.lower(): list(map(_reach, _reaches(right))) for action, right in RIGHTS.items()} == {
        name: reaches for name, *reaches in rows
    }
    assert list(RIGHTS) == list(Action)
    assert Right(Reach.NONE, Reach.NONE).administrator is Reach.ALL


def _reaches(right: Right) -> tuple[Reach, Reach, Reach]:
    return right.contributor, right.editor, right.administrator


def _reach(reach: Reach) -> str:
    return reach.name.lower()


def test_what_the_admin_has_pages_for() -> None:
    assert {
        *("programmes.area", "programmes.branch", "programmes.gonepledge", "programmes.party", "programmes.passage"),
        *("programmes.passagetheme", "programmes.programme", "programmes.section", "programmes.theme"),
        *("procrastinate.procrastinateevent", "procrastinate.procrastinatejob"),
    } == IN_THE_ADMIN


def test_who_comes_to_the_admins_pages() -> None:
    administrator, editor = person(Role.ADMINISTRATOR), person(Role.EDITOR)
    for app, model, is_there in (
        ("programmes", "party", True),
        ("programmes", None, True),
        ("procrastinate", None, True),
        ("auth", "user", False),
        ("auth", None, False),
        ("program", None, False),  # the beginning of a name is no name
        ("programmes", "part", False),
    ):
        assert may_in_admin(administrator, app=app, model=model) is is_there, (app, model)
        assert not may_in_admin(editor, app=app, model=model)
        assert may_in_admin(User(is_superuser=True), app=app, model=model) is is_there


@pytest.mark.parametrize("state", STATES)
def test_a_contributors_own_drafts(state: str) -> None:
    contributor = person(Role.CONTRIBUTOR)
    for action, right in RIGHTS.items():
        mine, others = programme(publication=state), programme(own=False, publication=state)
        is_own = {Reach.OWN: True, Reach.OWN_DRAFTS: state == "draft", Reach.ALL: True, Reach.NONE: False}
        assert may(contributor, action, mine) is is_own[right.contributor], action
        assert may(contributor, action, others) is (right.contributor is Reach.ALL), action
        assert may(contributor, action) is (right.contributor is not Reach.NONE), action


def test_what_is_no_programme_is_no_draft() -> None:
    contributor = person(Role.CONTRIBUTOR)
    assert not may(contributor, Action.CORRECT, Branch(pk=OWN_BRANCH))
    assert may(contributor, Action.CONFIRM, Branch(pk=OWN_BRANCH))
    assert not may(contributor, Action.CONFIRM, Branch(pk=OTHER_BRANCH))
    assert not may(contributor, Action.SEE, object())


def test_an_upload_is_its_uploaders() -> None:
    contributor = person(Role.CONTRIBUTOR)
    mine, others = Upload(pk=1, uploaded_by_id=1), Upload(pk=2, uploaded_by_id=2)
    mine.branch_id = others.branch_id = OWN_BRANCH  # whose branch it may be for says nothing
    assert may(contributor, Action.SEE_UPLOAD, mine)
    assert not may(contributor, Action.SEE_UPLOAD, others)
    assert may(person(Role.EDITOR), Action.SEE_UPLOAD, others)


def test_who_has_no_membership_owns_nothing() -> None:
    assert permissions.membership_of(AnonymousUser()) is None
    assert permissions.membership_of(User()) is None
    assert not permissions._owns(User(), programme())


def test_roles() -> None:
    assert [permissions.role_of(person(role)) for role in Role.values] == list(Role)
    assert permissions.role_of(User(is_superuser=True)) is Role.ADMINISTRATOR
    for nobody in (AnonymousUser(), User(), User(is_superuser=True, is_active=False)):
        assert permissions.role_of(nobody) is None
        assert not may(nobody, Action.VIEW_DESK)
    assert permissions.role_of(person(Role.EDITOR, is_active=False)) is None


def test_lists_are_narrowed_for_contributors_alone() -> None:
    contributor = person(Role.CONTRIBUTOR, pk=41)
    for model, asks_for in (
        (Programme, '"ingest_membership"."user_id" = 41'),
        (Branch, '"ingest_membership"."user_id" = 41'),
        (Upload, '"ingest_upload"."uploaded_by_id" = 41'),
    ):
        everything = model.objects.all()
        assert asks_for in str(permissions.own(contributor, everything).query)
        for role in (Role.EDITOR, Role.ADMINISTRATOR):
            assert permissions.own(person(role), everything) is everything
        assert permissions.own(AnonymousUser(), everything).query.is_empty()


# What a guarded view answers


def request_of(user: Any, method: str = "get", path: str = "/redaksjon/program/?side=2") -> HttpRequest:
    request = getattr(RequestFactory(), method)(path, {"ord": "nye"} if method == "post" else None)
    request.user = user
    return request


def answer(
    user: Any, action: Action, subject: Any = None, *, method: str = "get", comes_first: bool = False
) -> HttpResponse:
    """Return the answer of a view that says what it was given."""

    @allowed(action, (lambda request, **parts: subject) if subject is not None else None, comes_first=comes_first)
    def view(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
        """Say it."""
        return HttpResponse(f"{args} {parts}")

    assert (view.action, view.__name__, view.__doc__) == (action, "view", "Say it.")
    return view(request_of(user, method), "først", pk=7)


@pytest.fixture(autouse=True)
def _by_a_password_alone(settings: Any) -> None:
    settings.SECOND_STEP_REQUIRED = False


def test_what_a_view_answers_is_kept_nowhere_unless_it_says_how_long() -> None:
    editor = person(Role.EDITOR)
    shown = answer(editor, Action.PUBLISH)
    assert shown.content.decode() == "('først',) {'pk': 7}"
    assert "no-store" in shown["Cache-Control"]

    @allowed(Action.VIEW_DESK)
    def kept(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "max-age=60"})

    assert kept(request_of(editor))["Cache-Control"] == "max-age=60"


def test_strangers_are_sent_to_the_login_and_come_back() -> None:
    sent = answer(AnonymousUser(), Action.VIEW_DESK)
    assert (sent.status_code, sent["Location"]) == (302, "/redaksjon/logg-inn/?next=/redaksjon/program/%3Fside%3D2")
    assert "no-store" in sent["Cache-Control"]


def by_way_of(sent: HttpResponse) -> str:
    """Return the page that a form is sent on to with what it holds."""
    page, _question, back = sent["Location"].partition("?")
    assert (sent.status_code, back) == (307, "sendt-til=%2Fredaksjon%2Fprogram%2F%3Fside%3D2")
    return page


def test_the_form_of_a_stranger_goes_by_way_of_the_login() -> None:
    assert by_way_of(answer(AnonymousUser(), Action.VIEW_DESK, method="post")) == "/redaksjon/logg-inn/"


def test_who_has_a_one_time_password_chooses_their_own_first() -> None:
    new = person(Role.EDITOR)
    new.membership.one_time_until = timezone.now()
    assert due_first(new) == "password_change"
    assert by_way_of(answer(new, Action.VIEW_DESK, method="post")) == "/redaksjon/passord/"
    sent = answer(new, Action.VIEW_DESK)
    assert (sent.status_code, sent["Location"]) == (302, "/redaksjon/passord/")
    assert "Cache-Control" not in sent or "no-store" in sent["Cache-Control"]
    assert answer(new, Action.VIEW_DESK, comes_first=True).status_code == 200


def test_a_view_that_does_not_say_so_comes_first_for_nobody() -> None:
    new = person(Role.EDITOR)
    new.membership.one_time_until = timezone.now()
    seen = []

    @allowed(Action.VIEW_DESK)
    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    assert view(request_of(new))["Location"] == "/redaksjon/passord/"
    request = request_of(person(Role.EDITOR))
    assert view(request).status_code == 200
    assert seen == [request]


@pytest.mark.django_db
def test_between_the_two_steps_nobody_is_logged_in() -> None:
    halfway = people.person(Role.EDITOR)
    assert answer(halfway, Action.VIEW_DESK).status_code == 200, "there is no second step yet"
    second_step.app_of(halfway, second_step.new_key()).save()
    assert answer(halfway, Action.VIEW_DESK)["Location"].startswith("/redaksjon/logg-inn/?next=")
    assert by_way_of(answer(halfway, Action.VIEW_DESK, method="post")) == "/redaksjon/logg-inn/"


@pytest.mark.django_db
def test_who_needs_a_second_step_sets_it_up_first(settings: Any) -> None:
    settings.SECOND_STEP_REQUIRED = True
    editor, contributor = people.person(Role.EDITOR), people.person(Role.CONTRIBUTOR)
    assert due_first(editor) == "second_step_set_up"
    assert (due_first(contributor), due_first(User())) == (None, None)
    second_step.app_of(editor, second_step.new_key()).save()
    assert due_first(editor) is None


@pytest.mark.django_db
def test_the_subject_of_an_address_comes_with_what_its_rights_need(django_assert_num_queries: Any) -> None:
    uploader = people.person(Role.CONTRIBUTOR)
    stored, upload = people.programme(), people.upload(uploader)
    Upload.objects.filter(pk=upload.pk).update(programme=stored)
    request = request_of(uploader)
    with django_assert_num_queries(2):
        found = permissions.programme_of(request, pk=stored.pk, side=2)
        assert (found, found.branch.party.code) == (stored, people.OWN[0])
        found_upload = permissions.upload_of(request, pk=upload.pk)
        assert (found_upload, found_upload.uploaded_by) == (upload, uploader)
        assert found_upload.programme.branch.party.code == people.OWN[0]
    for finder in (permissions.programme_of, permissions.upload_of):
        with pytest.raises(Http404):
            finder(request, pk=10**6)


def test_who_may_not_know_of_it_gets_404_and_who_may_not_do_it_403() -> None:
    contributor = person(Role.CONTRIBUTOR)
    with pytest.raises(PermissionDenied):
        answer(contributor, Action.PUBLISH)
    with pytest.raises(Http404):
        answer(contributor, Action.CORRECT, programme(own=False))
    with pytest.raises(Http404):
        answer(contributor, Action.CONFIRM, Upload(pk=2, uploaded_by_id=2))
    with pytest.raises(PermissionDenied):
        answer(contributor, Action.CORRECT, programme(publication="published"))
    with pytest.raises(PermissionDenied):
        answer(contributor, Action.CONFIRM, Branch(pk=OTHER_BRANCH))
    assert answer(contributor, Action.CORRECT, programme()).status_code == 200
    assert answer(contributor, Action.CONFIRM, Upload(pk=1, uploaded_by_id=1)).status_code == 200
    assert answer(person(Role.EDITOR), Action.CORRECT, programme(own=False)).status_code == 200


def test_a_subject_is_found_by_the_parts_of_the_address() -> None:
    asked = []

    @allowed(Action.CORRECT, lambda request, **parts: asked.append((request, parts)) or programme())
    def view(request: HttpRequest, **parts: int) -> HttpResponse:
        return HttpResponse()

    request = request_of(person(Role.CONTRIBUTOR))
    view(request, pk=7, page=2)
    assert asked == [(request, {"pk": 7, "page": 2})]


# What comes before everything else


def test_who_needs_a_second_step(settings: Any) -> None:
    needs = {role: permissions.needs_second_step(person(role)) for role in Role.values}
    assert not any(needs.values())
    settings.SECOND_STEP_REQUIRED = True
    needs = {role: permissions.needs_second_step(person(role)) for role in Role.values}
    assert needs == {"contributor": False, "editor": True, "administrator": True}
    assert not permissions.needs_second_step(User())


def test_only_superusers_take_anothers_second_step_away() -> None:
    root, other = User(pk=9, is_superuser=True), person(Role.EDITOR)
    assert permissions.may_reset_second_step(root, of=other) is True
    assert permissions.may_reset_second_step(root, of=root) is False
    assert permissions.may_reset_second_step(person(Role.ADMINISTRATOR, pk=8), of=other) is False
    assert permissions.may_reset_second_step(User(pk=9, is_superuser=True, is_active=False), of=other) is False
