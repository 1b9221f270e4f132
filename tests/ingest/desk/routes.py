"""Every route of the site as the URL resolver knows it, with an address of each, and asking it as somebody."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from procrastinate.contrib.django import app

from programmes.models import Area, GonePledge
from tests import builders
from tests.ingest.desk import people
from tools.fuzz.addresses import addresses, public_addresses

METHODS = ("GET", "POST")
NEVER = ("PUT", "PATCH", "DELETE")


DESK = addresses("redaksjon/")
ADMIN = addresses("admin/")
PUBLIC = public_addresses()


def desk_path(route: str, *, own: bool, whose: User) -> str:
    """Return an address of a route of the desk, with an object of a person's own or of somebody else's in it."""
    makers: dict[str, Callable[[], Any]] = {
        "opplasting": lambda: people.upload(whose).pk,
        "program": lambda: people.programme(own=own).pk,
        "brukere": lambda: whose.pk,
        "oppslag": lambda: "lag",
    }
    if "<" not in route:
        return f"/{route}"
    if "<token>" in route:
        return "/" + route.replace("<uidb64>", "MQ").replace("<token>", "brukt-lenke")
    made = makers[route.split("/")[1]]()
    if "<int:page>" in route:
        people.with_picture(made)
    if "<int:correction>" in route:
        route = route.replace("<int:correction>", str(people.correction(made, by=whose).pk))
    if "<int:answer>" in route:
        route = route.replace("<int:answer>", str(people.doubt_answer(made, by=whose).pk))
    return "/" + re.sub(r"<\w+:\w+>", str(made), route.replace("<int:page>", "1"))


def admin_path(route: str) -> str:
    """Return an address of the admin, with an object of the page's own model in it."""
    made = 1
    if "<path:object_id>" in route and (model := route.split("/")[2]) != "<path:content_type_id>":
        programme = people.programme()
        makers: dict[str, Callable[[], Any]] = {
            "area": lambda: Area.objects.create(
                code="9901", name="Storfjell", level="municipality", valid_from="1999-01-01"
            ),
            "branch": lambda: programme.branch,
            "gonepledge": lambda: GonePledge.objects.create(public_id="borte234", programme=programme, text="Bru."),
            "party": lambda: programme.branch.party,
            "passage": lambda: programme.passages.first(),
            "procrastinatejob": _job,
            "programme": lambda: programme,
            "theme": builders.theme,
        }
        made = makers[model]().pk
    route = route.replace("(?P<url>.*)$", "finnes-ikke")
    route = re.sub(r"\^?\(\?P<app_label>([^|)]+).*", r"\1/", route)
    return "/" + re.sub(r"<\w+:\w+>|<\w+>", str(made), route)


def _job() -> Any:
    """Return a job of the queue."""
    key = app.configure_task("ingest.intake.jobs.parse_upload", queue="ingen", allow_unknown=True).defer()
    return apps.get_model("procrastinate", "ProcrastinateJob").objects.get(pk=key)


def ask(user: User | None, method: str, path: str, data: Any = None, **options: bool) -> HttpResponse:
    """Return what somebody gets from an address."""
    client = Client(enforce_csrf_checks=options.get("strict", False))
    if user is not None:
        client.force_login(user)
    call = getattr(client, method.lower())
    response = call(path, data, follow=options.get("follow", False))
    if response.streaming:  # closes the file
        b"".join(response.streaming_content)
    return response


def answer_of(response: HttpResponse) -> str:
    """Return an answer in the words of the matrices."""
    if response.status_code in (302, 307):
        return "login" if response["Location"].startswith("/redaksjon/logg-inn/") else "here"
    return str(response.status_code)
