"""No administrator becomes superuser or takes one over, whatever form they send to whichever address."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.test import Client

from archive.admin_site import ArchiveAdminSite
from ingest.desk.permissions import IN_THE_ADMIN
from ingest.models import Role
from tests.ingest.desk import people
from tests.ingest.desk.routes import ADMIN, DESK, admin_path, ask, desk_path
from tools.fuzz.addresses import Address

pytestmark = pytest.mark.django_db

PASSWORD = "en hage full av epler"  # noqa: S105
OLD_PAGES = ("", "add/", "{pk}/", "{pk}/change/", "{pk}/delete/", "{pk}/password/", "{pk}/history/")
"""What Django's own admin has for users and groups."""


def state_of_power() -> dict[str, list[Any]]:
    """Return what makes a superuser, and what lets somebody log in as one."""
    return {
        "power": list(User.objects.order_by("pk").values_list("username", "is_superuser", "is_staff")),
        "superusers": list(User.objects.filter(is_superuser=True).values_list("pk", "username", "password", "email")),
        "memberships": list(Group.objects.values_list("name", "user")),
        "permissions": list(Permission.objects.filter(user__isnull=False).values_list("codename", "user")),
    }


def takeover(superuser: User, administrator: User, action: str) -> dict[str, Any]:
    """Return a form with every field that Django or the desk has for power over users."""
    both = [str(superuser.pk), str(administrator.pk)]
    passwords = dict.fromkeys(("password", "password1", "password2", "new_password1", "new_password2"), PASSWORD)
    return {
        **passwords,
        **{"username": "tatt", "email": "tatt@ond.example", "first_name": "", "role": "administrator"},
        **dict.fromkeys(("is_superuser", "is_staff", "is_active", "usable_password", "_save", "post"), "on"),
        **{"groups": ["1"], "user_permissions": ["1"], "_selected_action": both, "action": action, "user": both[0]},
    }


@pytest.fixture
def superuser() -> User:
    return User.objects.create(username="root", email="root@arkiv.example", password="!", is_superuser=True)  # noqa: S106


@pytest.fixture
def administrator(superuser: User) -> User:
    Group.objects.create(pk=1, name="gruppe")
    return people.person(Role.ADMINISTRATOR)


@pytest.mark.parametrize("address", [*DESK, *ADMIN], ids=lambda address: address.route)
def test_no_form_gives_power_over_users(address: Address, superuser: User, administrator: User) -> None:
    before = state_of_power()
    actions = {name for each in admin.site._registry.values() for name in dict(each.get_action_choices(_request()))}
    path = admin_path(address.route) if address in ADMIN else desk_path(address.route, own=True, whose=superuser)
    is_list = address in ADMIN and address.route.count("/") == 3 and "<" not in address.route
    for action in sorted(actions) if is_list else [""]:
        with transaction.atomic():
            answer = ask(administrator, "POST", path, takeover(superuser, administrator, action))
            after = state_of_power()
            transaction.set_rollback(True)
        assert answer.status_code < 500, action
        assert after["superusers"] == before["superusers"], action
        gained = set(after["power"]) - set(before["power"])
        assert not [row for row in gained if any(row[1:])], action
        assert (after["memberships"], after["permissions"]) == (before["memberships"], before["permissions"]), action


def _request() -> Any:
    """Return a request of a superuser, to whom the admin offers every action."""
    request = Client().get("/helse/").wsgi_request
    request.user = User(is_superuser=True, is_active=True)
    return request


@pytest.mark.parametrize("page", OLD_PAGES)
@pytest.mark.parametrize("model", ["user", "group"])
def test_the_admin_has_no_page_of_users_and_groups(model: str, page: str, superuser: User, administrator: User) -> None:
    path = f"/admin/auth/{model}/{page.format(pk=superuser.pk)}"
    for who in (administrator, superuser):
        assert {ask(who, method, path).status_code for method in ("GET", "POST")} == {404}


def test_an_app_that_brings_a_page_of_its_own_gets_none_unless_our_rights_name_it(administrator: User) -> None:
    assert {model._meta.label_lower for model in admin.site._registry} <= IN_THE_ADMIN
    site = ArchiveAdminSite(name="other")
    site.register([User, Group])
    assert not site._registry
    assert not administrator.has_perm("auth.change_user")
    assert not administrator.has_module_perms("auth")
    assert administrator.has_perm("programmes.change_party")
    assert not people.person(Role.EDITOR).has_perm("programmes.view_party")
