"""The page that tells how well programmes are read: it shows what was measured and kept, and when."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from programmes.site.quality import KEPT, KINDS, TITLES, measured_groups

MEASURED = {
    "documents": 2,
    "items_asked": 40,
    "items_found": 50,
    "items_right": 30,
    "lead_in": 0.9,
    "placed": 1,
    "edits": 7.25,
    "decisions": 3.5,
    "details_wrong": 0.5,
}


def kept(folder: Path, **groups: dict) -> Path:
    path = folder / "quality.json"
    path.write_text(json.dumps(groups), "utf-8")
    return path


def group(*kinds: str) -> dict:
    figures = {"kinds": dict.fromkeys(kinds, MEASURED), "all": MEASURED}
    return {"measured": "2027-05-17", "version": "0.1.0 (abcdef0)", **figures}


def test_shares_are_of_a_hundred_and_pledges_of_all_programmes_are_counted_together(tmp_path: Path) -> None:
    (only,) = measured_groups(kept(tmp_path, open=group("typed")))
    assert (only.key, only.measured, only.version) == ("open", date(2027, 5, 17), "0.1.0 (abcdef0)")
    (row,) = only.kinds
    assert (row.documents, row.pledges, row.found, row.false) == (2, 40, 75, 40)
    assert (row.lead_in, row.placed, row.edits, row.decisions, row.details) == (90, 100, 7.25, 3.5, 0.5)


def test_what_was_never_seen_before_comes_first_and_kinds_in_their_order(tmp_path: Path) -> None:
    found = measured_groups(kept(tmp_path, gold=group("pdf"), open=group("saved", "typed"), closed=group("typed")))
    assert [one.key for one in found] == ["closed", "open", "gold"]
    assert [row.name for row in found[1].kinds] == [KINDS["typed"], KINDS["saved"]]


def test_what_is_kept_can_be_shown_whole() -> None:
    found = json.loads(KEPT.read_text("utf-8"))
    assert set(found) <= set(TITLES)
    assert {kind for one in found.values() for kind in one["kinds"]} <= set(KINDS)
    assert [one.key for one in measured_groups()] == [key for key in TITLES if key in found]


@pytest.mark.django_db
def test_the_page_says_what_was_measured_when_and_with_which_version(client: Client) -> None:
    page = client.get("/om/kvalitet/").content.decode()
    first = measured_groups()[0]
    assert str(first.title) in page
    assert f"med versjon {first.version} av tolkeren" in page
    assert f"Av 100 løfter finner tolkeren {first.total.found:.1f}".replace(".", ",") in page
    assert page.count('<th scope="row">') == sum(len(one.kinds) + 1 for one in measured_groups())


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/om/", "/", "/sitemap-sider.xml"])
def test_the_page_is_found(client: Client, address: str) -> None:
    assert "/om/kvalitet/" in client.get(address).content.decode()
