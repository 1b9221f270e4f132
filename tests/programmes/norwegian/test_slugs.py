"""Slugs in addresses."""

import pytest

from programmes.norwegian.slugs import slugify_norwegian


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Rødt", "rodt"),
        ("Bærum", "baerum"),
        ("Miljøpartiet De Grønne", "miljopartiet-de-gronne"),
        ("ÅL", "al"),
        ("Sør-Ørsta", "sor-orsta"),
        ("Fauske – Fuossko", "fauske-fuossko"),
        ("Gáivuotna – Kåfjord – Kaivuono", "gaivuotna-kafjord-kaivuono"),
        ("Kárášjohka – Karasjok", "karasjohka-karasjok"),
        ("2.1 Skole og SFO: mer tid!", "21-skole-og-sfo-mer-tid"),
        ("Café Ü", "cafe-u"),
        ("–", ""),
    ],
)
def test_slug(text: str, slug: str) -> None:
    assert slugify_norwegian(text) == slug
