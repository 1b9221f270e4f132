"""A short run of what `manage.py fuzz_site` asks: the same for the same seed, and no address answers with a fault."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse

from tests import builders
from tools.fuzz.site import Target, fuzz_site, request_of, target_of_archive

pytestmark = pytest.mark.django_db

COUNT = 150


@pytest.fixture
def target() -> Target:
    builders.theme("trafikk-og-transport", "Trafikk og transport")
    builders.programme(parse=builders.parsed(["Bygge skole og bru.", "Gratis buss for alle."]))
    return target_of_archive()


def test_a_request_is_known_by_its_seed_and_number(target: Target) -> None:
    assert request_of(7, 3, target) == request_of(7, 3, target)
    assert request_of(7, 3, target) != request_of(7, 4, target)


def test_no_address_answers_with_a_fault(target: Target) -> None:
    outcomes = list(fuzz_site(1, range(COUNT), target))
    assert [(outcome.request, outcome.failure) for outcome in outcomes if outcome.failure] == []
    assert {200, 400, 404, 405} <= {outcome.status for outcome in outcomes}
    assert len({outcome.request.route for outcome in outcomes}) > len(target.routes) / 2


def test_a_fault_is_told(target: Target) -> None:
    def broken(*request: Any) -> HttpResponse:
        raise ZeroDivisionError

    (raised,) = fuzz_site(1, [0], target, ask=broken)
    (answered,) = fuzz_site(1, [0], target, ask=lambda *request: HttpResponse(status=502))
    assert (raised.status, "ZeroDivisionError" in raised.failure) == (500, True)
    assert answered.failure == "answered 502"
