"""The colours of the style sheet: pairs that meet on a page are told apart in both schemes (WCAG 1.4.3, 1.4.11)."""

from __future__ import annotations

import re

import pytest

from tests.paths import ROOT

PAIRS = {
    ("ink", "paper"): 7.0,
    ("ink", "card"): 7.0,
    ("ink", "accent-soft"): 7.0,
    ("mark-ink", "mark"): 4.5,
    ("muted", "paper"): 4.5,
    ("muted", "card"): 4.5,
    ("muted", "accent-soft"): 4.5,
    ("accent", "paper"): 4.5,
    ("accent", "card"): 4.5,
    ("accent", "accent-soft"): 4.5,
    ("on-accent", "accent"): 4.5,
    ("alert", "paper"): 4.5,
    ("alert", "card"): 4.5,
    ("field", "paper"): 3.0,
    ("field", "card"): 3.0,
}
"""What stands on what → the least contrast. The ring around what has focus is `accent`, so far above its 3:1."""
DECORATION = {"rule"}
"""Lines that only part what is apart already."""

BLOCK = re.compile(r":root \{([^}]*)\}")


def schemes() -> dict[str, dict[str, str]]:
    """Return the colours of the light and the dark scheme, as they stand in the style sheet."""
    css = (ROOT / "static" / "archive.css").read_text()
    light, dark, *_print = BLOCK.findall(css)
    return {"light": colours(light), "dark": colours(dark)}


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3}(?:[0-9a-f]{3})?);", block))


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 for black to 1 for white, as WCAG defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_what_it_is_known_to_be() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_can_be_told_apart(scheme: str) -> None:
    known = schemes()[scheme]
    weak = {
        (a, b): round(contrast(known[a], known[b]), 2)
        for (a, b), least in PAIRS.items()
        if contrast(known[a], known[b]) < least
    }
    assert weak == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_is_tried(scheme: str) -> None:
    assert set(schemes()[scheme]) == {name for pair in PAIRS for name in pair} | DECORATION
