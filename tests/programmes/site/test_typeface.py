"""The site's own serif: which letters it has, what it weighs, and that no line moves when it comes."""

from __future__ import annotations

import pytest
from django.test import Client
from fontTools.ttLib import TTFont
from playwright.sync_api import Page

from tests.paths import ROOT

FILE = ROOT / "static" / "typeface" / "archive-serif.woff2"
HEAVIEST = 45_000  # bytes, all cuts together
LETTERS = "abcdefghijklmnopqrstuvwxyzæøåáčđŋšŧžàèéêëíïóòôöõúüýñńłßçğã"
SIGNS = "0123456789.,:;!?()[]{}/\\|–—‘’“”„«»‹›…•¶§†%‰€£°+−×÷=≈≤≥½¼²³₂←→"
SENTENCE = "Utrede behov for flere helsesykepleiere, og øke grunnbemanningen i alle barnehagene slik at normen holdes."
WIDTHS = """([text, families]) => families.map((family) => [400, 700].map((weight) => {
    const words = document.createElement("span");
    words.style.cssText = `font: ${weight} 19px ${family}; white-space: nowrap; position: absolute`;
    words.textContent = text;
    document.body.append(words);
    return words.getBoundingClientRect().width;
}))"""
HAS_TIMES = """async () => {
    const faces = ["Times New Roman", "Liberation Serif", "Tinos"].flatMap((name) => [name, `${name} Bold`]);
    const here = await Promise.allSettled(faces.map((face) => new FontFace("Tried", `local("${face}")`).load()));
    const has = (weight) => here.some((face, at) => at % 2 === weight && face.status === "fulfilled");
    return has(0) && has(1);
}"""


def test_the_typeface_has_the_letters_of_norway_in_all_its_weights() -> None:
    font = TTFont(FILE)
    lacking = [letter for letter in LETTERS + LETTERS.upper() + SIGNS if ord(letter) not in font.getBestCmap()]
    assert lacking == []
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [("wght", 400, 700)]


def test_all_cuts_together_are_light() -> None:
    assert sum(cut.stat().st_size for cut in FILE.parent.glob("*.woff2")) <= HEAVIEST


def test_what_we_changed_does_not_bear_the_reserved_name() -> None:
    names = TTFont(FILE)["name"]
    assert [str(names.getDebugName(number)) for number in (1, 4, 6)] == [
        "Archive Serif",
        "Archive Serif",
        "ArchiveSerif",
    ]
    assert "Reserved Font Name" in names.getDebugName(0)
    licence = (FILE.parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence and "Reserved Font Name" in licence


def test_pages_ask_for_the_typeface_at_once(client: Client) -> None:
    page = client.get("/om/kvalitet/")
    assert (
        'href="/static/typeface/archive-serif.woff2" as="font" type="font/woff2" crossorigin' in page.content.decode()
    )
    assert "font-src 'self'" in page["Content-Security-Policy"]


@pytest.mark.browser
def test_the_typeface_comes_and_no_line_moves(page: Page, live_gunicorn: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "font" else None)
    page.goto(f"{live_gunicorn}/om/kvalitet/")
    page.evaluate("document.fonts.ready")
    assert page.evaluate(
        "[...document.fonts].filter((each) => each.family.includes('Archive') && each.status == 'loaded').length"
    )
    assert len(asked) == 1, "what is asked for at once is what the style sheet asks for"
    if not page.evaluate(HAS_TIMES):
        pytest.skip("This machine has no Times, Liberation Serif or Tinos to be as wide as.")
    ours, meanwhile = page.evaluate(WIDTHS, [SENTENCE, ['"Archive Serif"', '"Like Times"']])
    for width, before in zip(ours, meanwhile, strict=True):
        assert abs(width - before) < 0.03 * width, (ours, meanwhile)
