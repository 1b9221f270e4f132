"""The whole way of a programme: logged in, uploaded, confirmed, seen through, corrected, published, found, withdrawn.

Shows with `-s` what each part takes: `pytest -s tests/ingest/desk/test_whole_way_browser.py -k baerum`.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from ingest.intake.manifest import ManifestEntry, read_manifest
from ingest.models import Correction, Membership, Role
from programmes.models import Programme
from programmes.registers import load_registers
from tests.ingest.desk.test_upload_browser import worker  # noqa: F401 - a fixture
from tests.paths import SAMPLES, SHARED
from tools.day.intake import confirm
from tools.day.person import GLANCE, WORDS_A_SECOND, Person

pytestmark = pytest.mark.browser

FOLDERS = (SAMPLES, SHARED / "programmes")
PASSWORD = "et langt nok passord"  # noqa: S105
ADDED = "og legge til rette for kvernsteinsmuseer"
"""Words that no programme has, so that the search finds the corrected pledge alone."""
REASON = "Partiet har sendt en rettet utgave."


def entry_for(filename: str) -> ManifestEntry:
    """Return what a manifest says of a file."""
    for folder in FOLDERS:
        if (folder / filename).is_file():
            entries = read_manifest(folder / "manifest.toml")
            return next(entry for entry in entries if isinstance(entry, ManifestEntry) and entry.path.name == filename)
    pytest.skip(f"{filename} is not here: it stands in ../shared/programmes")


@pytest.mark.long
@pytest.mark.parametrize(
    ("filename", "most_sheets"),
    [("fjordpartiet-2025-2029.pdf", 9), ("baerum-ap-2023-2027.txt", 1000), ("sv-2025-2029.pdf", 9)],
)
@pytest.mark.usefixtures("worker")
def test_the_whole_way(live_gunicorn: str, page: Page, filename: str, most_sheets: int) -> None:
    entry = entry_for(filename)
    load_registers(samples=True)
    editor = User.objects.create_user("kari", password=PASSWORD)
    Membership.objects.create(user=editor, role=Role.EDITOR)
    person = Person(page)

    with person.at("log in"):
        page.goto(f"{live_gunicorn}/redaksjon/")
        person.write(page.get_by_label("Brukernavn"), "kari")
        person.write(page.get_by_label("Passord"), PASSWORD)
        person.click(page.get_by_role("button", name="Logg inn"))
    with person.at("upload, and wait until it is read"):
        person.click(page.get_by_role("link", name="Opplasting"))
        page.get_by_label("Filer").set_input_files(entry.path)
        person.takes(10)  # to find the file in the system's own window
        person.click(page.get_by_role("button", name="Last opp"))
        page.get_by_role("heading", name="Hva er dette?").wait_for(timeout=600_000)
    with person.at("confirm what it is"):
        confirm(person, entry)
        page.get_by_text("Programmet er lagt inn som kladd.").wait_for()
    with person.at("leaf through, read the remarks"):
        words = leaf_through(person, most_sheets)
    with person.at("correct three things"):
        correct_three_things(person)
    with person.at("publish, find it in the search"):
        person.click(page.get_by_role("button", name="Publiser"))
        expect(page.locator(".publication .state")).to_have_text("publisert")
        assert found(person, live_gunicorn) == 1
        person.click(page.locator(".hit .pledge a"))
        expect(page.locator("h1")).to_contain_text(ADDED)
        expect(page.get_by_text("rettet av redaksjonen")).to_be_visible()
    more = words / WORDS_A_SECOND / 60
    print(f"\n{filename}\n{person.account()}\nTo read the {words} words as well: {more:.0f} minutes more.")

    pledge = page.url
    programme = Programme.objects.get()
    withdraw(page, live_gunicorn, programme)
    assert found(person, live_gunicorn) == 0
    for address in (pledge, live_gunicorn + programme.get_absolute_url()):
        assert page.goto(address).status == 410
        expect(page.locator("main")).to_contain_text(REASON)


def leaf_through(person: Person, most: int) -> int:
    """Read the parser's remarks and look over every sheet, or so many; return how many words stand on them."""
    page = person.page
    person.read(page.locator(".doubts").inner_text())
    words = 0
    for _sheet in range(most):
        words += sum(len(text.split()) for text in page.locator(".desk-entry .words").all_inner_texts())
        person.takes(GLANCE)
        if not page.locator("[rel=next]").count():
            break
        with page.expect_navigation():
            person.press("n")
    return words


def correct_three_things(person: Person) -> None:
    """Correct the words of one pledge, the theme of the next, and take one out: on a sheet with three or more."""
    page = person.page
    while page.locator("[data-entry].kind-pledge").count() < 3:
        with page.expect_navigation():
            person.press("p")
    chosen = [page.locator("[data-entry].kind-pledge").nth(each).get_attribute("data-entry") for each in range(3)]

    def go_to(public_id: str | None) -> None:
        page.locator(f"#p-{public_id} .words").click()
        page.locator(f"#p-{public_id}").focus()
        person.takes(GLANCE)

    go_to(chosen[0])
    person.press("e")
    field = page.get_by_label("Teksten", exact=True)
    person.write(field, f"{field.input_value()} {ADDED}")
    person.click(page.get_by_role("button", name="Lagre teksten"))
    expect(page.get_by_role("status")).to_contain_text("Lagret: rettet tekst")
    go_to(chosen[1])
    person.press("e")
    person.choose(page.get_by_label("Hovedtema"), "kultur-idrett-og-fritid")
    person.click(page.get_by_role("button", name="Lagre temaer"))
    expect(page.get_by_role("status")).to_contain_text("Lagret: satt temaer")
    go_to(chosen[2])
    person.press("f")
    expect(page.get_by_role("status")).to_contain_text("Lagret: tatt ut som sidefyll")
    assert sorted(Correction.objects.values_list("kind", flat=True)) == ["furniture", "text", "themes"]


def found(person: Person, site: str) -> int:
    """Search for the words that were added; return how many hits there are."""
    page = person.page
    page.goto(site)
    person.write(page.locator("#q"), "kvernsteinsmuseer")
    person.page.locator("#q").press("Enter")
    page.wait_for_url("**/sok/?q=kvernsteinsmuseer**")
    return page.locator(".hit").count()


def withdraw(page: Page, site: str, programme: Programme) -> None:
    """Withdraw a programme, with a reason."""
    page.goto(f"{site}/redaksjon/program/{programme.pk}/")
    page.get_by_role("link", name="Trekk tilbake").click()
    page.get_by_label("Grunn, som leserne får se").fill(REASON)
    page.get_by_role("button", name="Trekk tilbake").click()
    expect(page.locator(".publication .state")).to_have_text("trukket tilbake")
