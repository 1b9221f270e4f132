"""The pages of preview and correction, without script: every form does what it says, and nobody's words are lost."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ingest.desk.correct import corrected_parse, raw_parse
from ingest.models import Correction
from ingest.parser.parse import parse
from programmes.models import Passage, Programme
from programmes.publishing import publish
from tests import builders
from tests.ingest.parser.edits import sketch

pytestmark = pytest.mark.django_db

SCHOOL, TEACHERS = "Bygge ny", "Ansette flere"


@pytest.fixture
def programme(themes: None) -> Programme:
    return builders.programme(parse=sketch.programme(), published=False)


def passage(programme: Programme, begins: str) -> Passage:
    return programme.passages.filter(text__startswith=begins).earliest("position")


def preview(desk: Client, programme: Programme, query: str = "") -> str:
    response = desk.get(f"/redaksjon/program/{programme.pk}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def form(desk: Client, programme: Programme, begins: str, *, heading: bool = False) -> dict[str, str]:
    """Return the hidden fields of the form of an entry or a heading, as the page gives them."""
    key = f"H{programme.sections.get(title=begins).pk}" if heading else passage(programme, begins).public_id
    html = preview(desk, programme).partition(f'id="p-{key}"')[2].partition("</li>")[0]
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    return {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def send(desk: Client, programme: Programme, fields: dict[str, Any], *, status: int = 302) -> str:
    response = desk.post(f"/redaksjon/program/{programme.pk}/rett/", fields)
    assert response.status_code == status, response.content.decode()
    return str(response.headers.get("Location") or response.content.decode())


def test_the_source_stands_beside_the_parse_and_each_leads_to_the_other(desk: Client, programme: Programme) -> None:
    html = preview(desk, programme)
    school = passage(programme, SCHOOL)
    assert f'id="k-{school.public_id}"' in html
    assert f'href="#k-{school.public_id}"' in html
    assert f'id="p-{school.public_id}"' in html
    assert f'<a class="line-number" href="#p-{school.public_id}">{school.line_first}</a>' in html
    assert "• Bygge ny ungdomsskole i Elvebyen innen 2027" in html
    assert re.search(r"is-furniture.*?Side 1", html, re.DOTALL)
    assert "Hent fram" in html


FORMS: list[tuple[str, str, dict[str, Any], str]] = [
    ("text", SCHOOL, {"text": "Bygge ny skole."}, "Bygge ny skole."),
    ("split", TEACHERS, {"parts": "Ansette flere lærere.\nGi alle elever gratis skolemat hver dag"}, "Rett"),
    ("merge", TEACHERS, {}, "innen 2027 Ansette flere"),
    ("kind", SCHOOL, {"to": "question"}, "spørsmål"),
    ("move", "Gratis buss", {"section": "kultur"}, "KULTUR"),
    ("nest", "ansette helse", {"parent": ""}, "ansette helsesykepleier"),
    ("furniture", SCHOOL, {}, "tatt ut her i redaksjonen"),
    ("themes", SCHOOL, {"main": "naring", "also": ["arbeid"]}, "naring"),
]


@pytest.mark.parametrize(("kind", "begins", "fields", "seen"), FORMS, ids=[row[0] for row in FORMS])
def test_every_form_makes_its_correction(
    kind: str, begins: str, fields: dict[str, Any], seen: str, desk: Client, programme: Programme, kari: User
) -> None:
    address = send(desk, programme, {**form(desk, programme, begins), "kind": kind, **fields})
    correction = Correction.objects.get()
    assert (correction.kind, correction.made_by, correction.fits) == (kind, kari, True)
    assert address.startswith(f"/redaksjon/program/{programme.pk}/?side=1")
    assert seen in preview(desk, programme)
    assert desk.post(f"/redaksjon/program/{programme.pk}/historikk/{correction.pk}/angre/").status_code == 302
    assert [e.text for e in corrected_parse(programme).parsed.entries] == [e.text for e in sketch.programme().entries]


HEADING_FORMS: list[tuple[str, str, dict[str, Any], str]] = [
    ("text", "KULTUR", {"title": "Kultur", "number": "2"}, "2 Kultur</h3>"),
    ("split", "KULTUR", {"parts": "KUL\nTUR"}, "KUL</h3>"),
    ("level", "KUNST", {"level": "1"}, "overskrift, nivå 1"),
    ("move", "KULTUR", {"section": ""}, "KULTUR</h3>"),
    ("begin", "KUNST", {"at": "Utrede"}, "KUNST</h3>"),
    ("kind", "KULTUR", {"to": "prose"}, '<p class="words">KULTUR</p>'),
    ("furniture", "KULTUR", {}, "tatt ut her i redaksjonen"),
    ("merge", "KUNST", {"with": "kultur"}, "KULTUR KUNST</h3>"),
]
HEADED = """# Skole
Fjordpartiet vil:
- Bygge skole

# KULTUR
## KUNST
Storfjell er ei bygd med mye kunst.

Fjordpartiet vil:
- Utrede en byantikvar
- Male rådhuset

# Næring
Fjordpartiet vil:
- Støtte bønder
"""


@pytest.mark.parametrize(("kind", "title", "fields", "seen"), HEADING_FORMS, ids=[row[0] for row in HEADING_FORMS])
def test_every_form_of_a_heading_makes_its_correction(
    kind: str, title: str, fields: dict[str, Any], seen: str, desk: Client, themes: None
) -> None:
    programme = builders.programme(parse=parse(HEADED.encode(), "storfjell.md"), published=False)
    if kind == "begin":
        fields = {"at": passage(programme, fields["at"]).public_id}
    sent = {**form(desk, programme, title, heading=True), "kind": kind, **fields}
    address = send(desk, programme, sent)
    correction = Correction.objects.get()
    assert (correction.kind, correction.place["of"], correction.fits) == (kind, "heading", True)
    assert seen in preview(desk, programme)
    assert address.startswith(f"/redaksjon/program/{programme.pk}/?side=1#p-")
    assert correction.place["quote"] in desk.get(f"/redaksjon/program/{programme.pk}/historikk/").content.decode()
    undo = desk.post(f"/redaksjon/program/{programme.pk}/historikk/{correction.pk}/angre/", {"side": "1"})
    assert undo["Location"].endswith(f"#p-H{programme.sections.get(title=title).pk}")
    assert corrected_parse(programme).parsed == raw_parse(programme)


def test_an_entry_becomes_a_heading_and_the_panel_of_a_heading_opens(desk: Client, programme: Programme) -> None:
    address = send(desk, programme, {**form(desk, programme, TEACHERS), "kind": "kind", "to": "heading-2"})
    section = programme.sections.get(title__startswith=TEACHERS)
    assert address.endswith(f"#p-H{section.pk}")
    html = preview(desk, programme, f"?side=1&rett=H{section.pk}")
    for name in ('name="title"', 'name="level"', 'name="parts"', 'name="section"', 'name="at"'):
        assert html.count(name) == 1


def test_the_second_editor_of_a_heading_is_told_and_keeps_their_words(
    desk: Client, programme: Programme, django_user_model: type[User]
) -> None:
    ola = Client()
    ola.force_login(django_user_model.objects.create_superuser("ola"))
    mine, theirs = (form(each, programme, "KULTUR", heading=True) for each in (desk, ola))
    send(desk, programme, {**mine, "kind": "text", "title": "Karis ord"})
    html = send(ola, programme, {**theirs, "kind": "text", "title": "Olas ord"}, status=409)
    assert "kari rettet det samme stedet" in html
    assert re.search(r"<textarea[^>]*>Olas ord</textarea>", html)


def test_lines_are_added_and_furniture_is_rescued(desk: Client, programme: Programme) -> None:
    html = preview(desk, programme)
    line = next(line for line in sketch.programme().lines if line.text.startswith("skolemat"))
    assert f'name="line" value="1-{line.number}"' in html
    fields = {"kind": "add", "revision": "1", "side": "1", "line": f"1-{line.number}", "to": "pledge"}
    send(desk, programme, fields)
    assert passage(programme, "skolemat").kind == "pledge"
    html = preview(desk, programme).partition("furniture-rows")[2].partition("</form>")[0]
    rescue = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
    send(desk, programme, {name: unescape(value) for name, value in rescue.items()} | {"to": "prose"})
    assert passage(programme, "Side 1").kind == "prose"


def test_the_panel_of_one_entry_opens_without_script(desk: Client, programme: Programme) -> None:
    html = preview(desk, programme, f"?side=1&rett={passage(programme, SCHOOL).public_id}")
    for name in ('name="text"', 'name="parts"', 'name="section"', 'name="parent"', 'name="main"'):
        assert html.count(name) == 1
    assert "Hvorfor disse temaene?" in html


def test_the_second_editor_is_told_and_keeps_their_words(
    desk: Client, programme: Programme, django_user_model: type[User]
) -> None:
    ola = Client()
    ola.force_login(django_user_model.objects.create_superuser("ola"))
    mine, theirs = form(desk, programme, SCHOOL), form(ola, programme, SCHOOL)
    send(desk, programme, {**mine, "kind": "text", "text": "Karis ord"})
    html = send(ola, programme, {**theirs, "kind": "text", "text": "Olas ord"}, status=409)
    assert "kari rettet det samme stedet" in html
    assert "<ins>Karis ord</ins>" in html
    assert re.search(r"<textarea[^>]*>Olas ord</textarea>", html)
    resend = html.partition("ikke lagret")[2].partition("</form>")[0]
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', resend))
    send(ola, programme, {**{k: unescape(v) for k, v in again.items()}, "text": "Olas ord"})
    assert passage(programme, SCHOOL).corrected == "Olas ord"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "split", "parts": "Bygge ny"}, "ett linjeskift"),
        ({"kind": "split", "parts": "Helt\nandre ord"}, "Ordene er endret"),
        ({"kind": "text", "text": "  "}, "kan ikke være tom"),
        ({"kind": "text", "text": "Ord", "place": "[]"}, "mangler stedet"),
        ({"kind": "move", "section": "finnes-ikke"}, "finnes ikke lenger"),
        ({"kind": "nest", "parent": "zzzzzzzz"}, "finnes ikke lenger"),
        ({"kind": "dance"}, "finnes ikke"),
        ({"kind": "add"}, "Velg linjer"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_stored(
    fields: dict[str, str], message: str, desk: Client, programme: Programme
) -> None:
    html = send(desk, programme, {**form(desk, programme, SCHOOL), **fields}, status=422)
    assert message in html
    assert "<title>Feil:" in html
    assert not Correction.objects.exists()


def test_history_tells_who_and_when_and_what_no_longer_fits(desk: Client, programme: Programme) -> None:
    send(
        desk,
        programme,
        {**form(desk, programme, SCHOOL), "kind": "text", "text": "Bygge ny skole i Elvebyen innen 2027"},
    )
    Correction.objects.update(fits=False, unfit_reason="Stedet finnes ikke igjen.")
    html = desk.get(f"/redaksjon/program/{programme.pk}/historikk/").content.decode()
    assert "<del>ungdomsskole</del> <ins>skole</ins>" in html
    assert "kari" in html
    assert "Stedet finnes ikke igjen." in html
    assert "1 rettelse passer ikke" in html


def test_editions_and_their_differences(desk: Client, themes: None) -> None:
    first = builders.programme(
        parse=builders.parsed(["Bygge ny skole i Elvebyen.", "Senke skatten for alle."]), title="Forslag"
    )
    parse = builders.parsed(["Bygge ny stor skole i Elvebyen.", "Verne om ferja til Nordvika."])
    second = builders.programme(parse=parse, title="Vedtatt", published=False)
    second.replaces = first
    second.save()
    html = desk.get(f"/redaksjon/program/{second.pk}/utgaver/").content.decode()
    assert "1 nye løfter, 1 tatt ut, 1 omformulert, 0 like." in html
    assert "<ins>stor</ins>" in html
    assert "<del>Senke skatten for alle.</del>" in html
    public = desk.get(first.get_absolute_url()).content.decode()
    assert "nyere utgave" not in public, "a draft is nobody's business"
    publish(second)
    assert f'href="{second.get_absolute_url()}"' in desk.get(first.get_absolute_url()).content.decode()
    assert "nyere utgave" in desk.get(first.get_absolute_url()).content.decode()
    assert "erstatter" in desk.get(second.get_absolute_url()).content.decode()


def test_readers_see_that_a_text_was_corrected_and_what_the_source_says(desk: Client, programme: Programme) -> None:
    send(desk, programme, {**form(desk, programme, SCHOOL), "kind": "text", "text": "Bygge ny skole."})
    programme.refresh_from_db()
    publish(programme)
    chosen = passage(programme, SCHOOL)
    html = desk.get(chosen.get_absolute_url()).content.decode()
    assert "Bygge ny skole." in html
    assert ">Bygge ny ungdomsskole i Elvebyen innen 2027</q>" in html
    assert "rettet" in desk.get(programme.get_absolute_url()).content.decode()


def test_readers_of_a_chapter_see_that_its_title_was_corrected_and_which_edition_they_read(
    desk: Client, programme: Programme, themes: None
) -> None:
    publish(programme)
    sent = {**form(desk, programme, "KULTUR", heading=True), "kind": "text", "title": "Kultur og idrett"}
    send(desk, programme, sent)
    address = f"{programme.get_absolute_url()}kultur/"
    html = desk.get(address).content.decode()
    assert re.search(r"<h1[^>]*>Kultur og idrett</h1>", html)
    assert ">KULTUR</q>" in html
    assert "eldre utgave" not in html
    newer = builders.programme(parse=builders.parsed(), title="Rettet", published=False)
    newer.replaces = programme
    newer.save()
    publish(newer)
    assert "eldre utgave" in desk.get(address).content.decode()


def test_a_long_text_is_shown_in_sheets_with_few_queries(
    desk: Client, themes: None, django_assert_max_num_queries: Any
) -> None:
    text = "SKOLE\nStorfjell Bygdeliste vil:\n" + "".join(f"• Bygge skole nummer {n} i bygda\n" for n in range(400))
    programme = builders.programme(parse=sketch.programme(text), published=False)
    with django_assert_max_num_queries(30):
        html = preview(desk, programme, "?side=3")
    assert re.search(r'name="side"[^>]*value="3">\s*</label>\s*av \d', html)
    assert html.count('class="desk-entry') < 130
    assert len(html) < 400_000
