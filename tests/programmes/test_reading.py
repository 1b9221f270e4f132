"""How a programme is laid out for reading."""

from __future__ import annotations

import pytest

from programmes.models import Section
from programmes.reading import path_of, path_to
from tests import builders

pytestmark = pytest.mark.django_db


def test_the_path_to_a_section_is_the_same_whether_or_not_the_programme_is_read() -> None:
    programme = builders.programme()
    outermost = programme.sections.get()
    inner = outermost
    for position in range(5, 8):
        inner = Section.objects.create(
            programme=programme,
            parent=inner,
            position=position,
            level=position,
            title=f"{position}",
            slug=f"{position}",
            page=1,
            line=position,
        )
    path = path_of(inner)
    assert path == path_to(inner, list(programme.sections.all()))
    assert path[0] == outermost
    assert [section.title for section in path[1:]] == ["5", "6", "7"]
    assert path_of(outermost) == [outermost]
