"""Who types words alone is shown pledges with fewer of them, but never such as may say the opposite."""

from __future__ import annotations

import pytest

from programmes.search import answering, search
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("query", "total"), [("fjerne dokumentavgift", 1), ("digital dokumentavgift", 3)])
def test_words_are_left_out_only_where_none_gives_the_way(
    query: str, total: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "NARROW", 1.0)  # else only in an archive of some size
    pledges = ["Fjerne dokumentavgiften.", "Beholde dokumentavgiften.", "Ha en digital dokumentavgift."]
    pledges += [f"Ha {vehicle} med digital billett." for vehicle in ("buss", "tog", "ferge", "båt")]
    builders.programme(parse=builders.parsed(pledges))
    found = search(query)
    assert (found.total, found.total - found.more) == (total, 1)
