"""What people type in a newsroom, typed in a real browser: two clicks at most lead to the right pledges."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from ingest.parser.document import Item, ParsedProgramme
from programmes.branches import get_or_create_branch
from programmes.models import Branch, Party
from programmes.registers import load_registers
from tests import builders

pytestmark = pytest.mark.browser

LABOUR = (
    "Bygge ut vindkraft utenfor verneområdene.",
    "Gi alle barn plass i barnehage.",
    "Styrke tannhelsetjenesten for unge.",
    "Øke barnetrygden.",
    "Sikre kvinners rettigheter i arbeidslivet.",
    "Gjøre eldreomsorgen bedre.",
    "Kutte utslippene av CO₂ på havnene.",
    "Gi flere drosjer løyve.",
)
PROGRESS = ("Avvikle bompengene.", "Avskaffe eiendomsskatten på hytter.", "Si nei til mer vindkraft.")
HAMAR = ("Bygge gang- og sykkelvei langs Mjøsa.", "Styrke eldreomsorgen i Hamar.")
PROSE = ("Mange er bekymret for ulven. Rovdyrene holder seg ikke i fjellet.",)


def party(code: str) -> Party:
    return Party.objects.get(code=code)


def national(code: str) -> Branch:
    of = party(code)
    return get_or_create_branch(party=of, name=of.name_nb, level="national", area_code=None, on_year=2025)


def fill() -> None:
    """Publish invented programmes of parties of the register; Høyre has none."""
    load_registers()

    def parse(pledges: tuple[str, ...], prose: tuple[str, ...] = ()) -> ParsedProgramme:
        parsed = builders.parsed(pledges, section="Mål for perioden", prose=prose)
        entries = [replace(each, lead_in="Vi vil:") if isinstance(each, Item) else each for each in parsed.entries]
        return replace(parsed, entries=tuple(entries))

    builders.programme(branch=national("A"), year=2025, title="Arbeidsprogram", parse=parse(LABOUR, PROSE))
    builders.programme(branch=national("FRP"), year=2025, title="Prinsipprogram", parse=parse(PROGRESS))
    hamar = get_or_create_branch(
        party=party("A"), name="Hamar Arbeiderparti", level="municipality", area_code="3403", on_year=2019
    )
    builders.programme(branch=hamar, year=2019, title="Program for Hamar", kind="municipal", parse=parse(HAMAR))


RIGHT_AWAY = [
    ("frp bompenger", PROGRESS[0]),
    ("Ap barnehage", LABOUR[1]),
    ("hva mener partiene om vindkraft?", LABOUR[0]),
    ("hvem vil fjerne eiendomsskatten", PROGRESS[1]),
    ("fjerne eiendomsskatt", PROGRESS[1]),
    ("heve barnetrygda", LABOUR[3]),
    ("tannlege", LABOUR[2]),
    ("drosje", LABOUR[7]),
    ("taxi", LABOUR[7]),
    ("kvinnerettigheter", LABOUR[4]),
    ("eldre omsorg", LABOUR[5]),
    ("barne hage", LABOUR[1]),
    ("bom penger", PROGRESS[0]),
    ("CO2", LABOUR[6]),
    ("nei til vindkraft", PROGRESS[2]),
    ("vindkraft AND verneområde", LABOUR[0]),
    ("sykkelvei ELLER ferjekai", HAMAR[0]),
    ("Frp", PROGRESS[0]),
    ("Hamar Ap 2019", HAMAR[0]),
    ("hva vil Hamar Ap gjøre med eldreomsorgen", HAMAR[1]),
]
"""What is typed, and a pledge that the first page then shows."""

AFTER_CLICKS = [
    ("høyre bompenger", "Høyre", ["Søk uten filteret på parti"], PROGRESS[0]),
    ("rødt", "arkivet har ikke noe program fra", [], ""),
    ("rovdyr", "Nevnt i teksten (1 sted)", [], ""),
]
"""What is typed, what the page then says, the links that are followed, and a pledge that is then shown."""


def typed(page: Page, site: str, words: str) -> None:
    page.goto(site)
    page.fill("#q", words)
    page.press("#q", "Enter")
    page.wait_for_url("**/sok/**")


@pytest.mark.long
def test_what_people_type_leads_to_the_right_pledges(live_gunicorn: str, page: Page) -> None:
    fill()
    missed = []
    for words, pledge in RIGHT_AWAY:
        typed(page, live_gunicorn, words)
        if pledge not in page.locator(".hits .pledge").all_inner_texts():
            missed.append((words, page.inner_text("h1")))
    for words, said, links, pledge in AFTER_CLICKS:
        typed(page, live_gunicorn, words)
        if said not in page.inner_text("main"):
            missed.append((words, said))
            continue
        for link in links:
            if page.get_by_role("link", name=link).count():
                page.get_by_role("link", name=link).click()
        if pledge and pledge not in page.locator(".hits .pledge").all_inner_texts():
            missed.append((words, pledge))
    assert missed == []


def test_a_reading_is_undone_and_a_zero_leads_to_the_text(live_gunicorn: str, page: Page) -> None:
    fill()
    typed(page, live_gunicorn, "frp bompenger")
    expect(page.locator(".applied")).to_contain_text("Parti: Fremskrittspartiet")
    page.get_by_role("link", name="søk etter ordet i stedet").click()
    expect(page.locator(".applied")).to_have_count(0)
    typed(page, live_gunicorn, "rovdyr")
    page.locator(".truths").get_by_role("link").click()
    expect(page.locator("#ellers mark", has_text="Rovdyrene").first).to_be_attached()
    page.locator("#ellers summary").click()
    expect(page.locator("#ellers details .said")).to_have_text(PROSE[0])
    page.locator("#ellers .said a").first.click()
    expect(page.locator("#cite-text")).to_contain_text("Programarkivet, avsnitt")


def test_a_suggestion_is_chosen_with_the_keyboard(live_gunicorn: str, page: Page) -> None:
    fill()
    page.goto(live_gunicorn)
    page.locator("#q").press_sequentially("hamar arb")
    field, options = page.get_by_role("combobox"), page.get_by_role("option")
    expect(options.first).to_have_text("lag Hamar Arbeiderparti")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Hamar Arbeiderparti")
