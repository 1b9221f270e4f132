"""Who may do what with which programme: the table of rights, state by state."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User

from ingest.desk.permissions import Action, may, own, role_of
from ingest.models import Role, Upload
from programmes.models import Branch, Programme
from tests.ingest.desk import people

pytestmark = pytest.mark.django_db

STATES = Programme.Publication.values
MAY = {
    # action: (states in which a contributor may with an own programme, the same for an editor)
    Action.SEE: (STATES, STATES),
    Action.CORRECT: (["draft"], STATES),
    Action.SEND_TO_REVIEW: (["draft"], STATES),
    Action.DELETE_DRAFT: (["draft"], STATES),
    Action.BACK_TO_DRAFT: ([], STATES),
    Action.PUBLISH: ([], STATES),
    Action.WITHDRAW: ([], STATES),
    Action.PARSE_AGAIN: ([], STATES),
}


@pytest.mark.parametrize("action", MAY)
def test_what_may_be_done_with_a_programme(action: Action) -> None:
    contributor, editor = people.person(Role.CONTRIBUTOR), people.person(Role.EDITOR)
    mine, others = people.programme(), people.programme(own=False)
    allowed: tuple[list[str], list[str]] = ([], [])
    for state in STATES:
        mine.publication = others.publication = state
        for user, states in zip((contributor, editor), allowed, strict=True):
            if may(user, action, mine):
                states.append(state)
        assert not may(contributor, action, others)
        assert may(editor, action, others) == may(editor, action, mine)
    assert allowed == MAY[action]


def test_registers_users_and_log_are_the_administrators() -> None:
    actions = (Action.MANAGE_REGISTERS, Action.MANAGE_USERS, Action.READ_LOG)
    for role in Role:
        user = people.person(role)
        assert {may(user, action) for action in actions} == {role == Role.ADMINISTRATOR}


def test_readers_people_without_a_role_and_those_shut_out_may_nothing() -> None:
    shut_out = people.person(Role.ADMINISTRATOR)
    shut_out.is_active = False
    without_role = User.objects.create(username="ola")
    for user in (AnonymousUser(), without_role, shut_out):
        assert role_of(user) is None
        assert not any(may(user, action) for action in Action)
        assert not own(user, Programme.objects.all())


def test_a_superuser_is_an_administrator() -> None:
    user = User.objects.create(username="root", is_superuser=True)
    assert all(may(user, action) for action in Action)


def test_lists_show_a_contributor_their_own_and_an_editor_all() -> None:
    contributor, editor = people.person(Role.CONTRIBUTOR), people.person(Role.EDITOR)
    mine, others = people.programme(), people.programme(own=False)
    uploads = [people.upload(contributor), people.upload(editor)]
    assert list(own(contributor, Programme.objects.all())) == [mine]
    assert list(own(contributor, Upload.objects.all())) == uploads[:1]
    assert list(own(contributor, Branch.objects.all())) == [mine.branch]
    assert set(own(editor, Programme.objects.all())) == {mine, others}
    assert set(own(editor, Upload.objects.all())) == set(uploads)
    assert may(contributor, Action.CONFIRM, mine.branch)
    assert not may(contributor, Action.CONFIRM, others.branch)


def test_many_rows_ask_for_a_contributors_branches_once(django_assert_num_queries) -> None:
    contributor = User.objects.get(pk=people.person(Role.CONTRIBUTOR).pk)
    programmes = [people.programme(own=own_) for own_ in (True, False)]
    with django_assert_num_queries(2):  # the membership, its branches
        assert [may(contributor, Action.CORRECT, programme) for programme in programmes * 3] == [True, False] * 3
