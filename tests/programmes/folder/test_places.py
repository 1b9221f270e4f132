"""Where the passages of a programme stand on its pages."""

from __future__ import annotations

import pytest

from programmes.folder.places import places_in
from programmes.models import Passage
from tests import builders
from tests.programmes.site import showcase


@pytest.mark.django_db
def test_a_passage_of_a_long_chapter_stands_in_the_part_that_has_it(monkeypatch):
    for module in ("programmes.reading_order", "programmes.folder.places"):
        monkeypatch.setattr(f"{module}.LONGEST_PART", 2)
    monkeypatch.setattr("programmes.reading_order.LONGEST_PAGE", 2)
    _county, storfjell, _rival = showcase.registers()
    parse = builders.parsed([f"Bygge skole nummer {number}." for number in range(5)], section="Skole")
    programme = builders.programme(branch=storfjell, parse=parse)
    places = places_in(storfjell.party.slug, storfjell.slug, programme.slug)
    chapter = f"{programme.get_absolute_url()}skole/"
    parts = ["", "", "?del=2", "?del=2", "?del=3"]
    ids = Passage.objects.filter(programme=programme).order_by("position").values_list("public_id", flat=True)
    assert [places[public_id] for public_id in ids] == [
        f"{chapter}{part}#l-{public_id}" for part, public_id in zip(parts, ids, strict=True)
    ]


@pytest.mark.django_db
def test_a_draft_has_no_places():
    draft = builders.programme(published=False, parse=builders.parsed(["Bygge skole."]))
    assert places_in(draft.branch.party.slug, draft.branch.slug, draft.slug) == {}
