"""What is in doubt, as the preview asks it: each question answered, corrected, undone, kept and lost for nobody."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ingest.desk.doubts.queue import Asked, Queue, queue_of
from ingest.desk.doubts.repairs import confusion, without, word_pairs
from ingest.intake.store import replace_text
from ingest.models import Correction, DoubtAnswer, LogEntry, Role
from ingest.parser.document import Entry, ParsedProgramme, Problem, Reason
from ingest.parser.values import replace
from programmes.models import Programme
from tests import builders
from tests.ingest.desk import people
from tests.ingest.parser.edits import sketch

pytestmark = pytest.mark.django_db

REASON = Reason("naring", "butikk", "text", 9.0)


def doubted() -> ParsedProgramme:
    """Return the sketch with three doubts: one of a run, and two alike of headings."""
    parsed = sketch.programme()
    entries = {entry.text[:6]: entry for entry in parsed.entries}
    headings = {section.title: section for section in parsed.sections}
    run = (entries["Bygge "], entries["Ansett"])
    of_headings = [
        Problem(each.page, each.line, f"Er «{each.title}» en overskrift?", "doubtful heading", (each.id,))
        for each in (headings["KULTUR"], headings["NÆRING"])
    ]
    lists = Problem(1, run[0].place.line_first, "2 punkter: er det løfter?", "no pledges", tuple(e.id for e in run))
    themed = tuple(_settled_theme(entry) for entry in parsed.entries)
    return replace(parsed, entries=themed, problems=(lists, *of_headings))


def _settled_theme(entry: Entry) -> Entry:
    """Return an entry whose theme nobody doubts."""
    return entry if entry.kind == "prose" else replace(entry, theme="naring", theme_reasons=(REASON,))


@pytest.fixture
def programme(themes: None) -> Programme:
    return builders.programme(parse=doubted(), published=False)


def asked(programme: Programme, kind: str = "") -> list[Asked]:
    return [each for each in queue_of(programme).asked if kind in ("", each.question.kind)]


def still_open(programme: Programme) -> list[str]:
    return [each.question.kind for each in queue_of(programme).asked if each.is_open]


def page(desk: Client, programme: Programme, query: str = "") -> str:
    response = desk.get(f"/redaksjon/program/{programme.pk}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def fields_of(html: str) -> dict[str, str]:
    """Return the hidden fields of the question's form."""
    form = html.partition('class="doubt-card"')[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def answer(desk: Client, programme: Programme, fields: dict[str, Any], *, status: int = 302) -> str:
    response = desk.post(f"/redaksjon/program/{programme.pk}/tvil/", fields)
    assert response.status_code == status, response.content.decode()
    return str(response.headers.get("Location") or response.content.decode())


def test_the_preview_opens_on_the_first_doubt_with_its_words_and_place(desk: Client, programme: Programme) -> None:
    html = page(desk, programme)
    assert re.search(r"I tvil: \d av \d gjennomgått", html)
    card = html.partition('class="doubt-card"')[2].partition("</article>")[0]
    assert "2 punkter: er det løfter?" in card
    assert "Bygge ny ungdomsskole i Elvebyen innen 2027" in card
    assert "Under «SKOLE»" in card
    assert re.search(r"Ark\s+1,\s+linje\s+5", card)
    assert 'href="#l-1-5"' in card


def test_a_sheet_that_is_asked_for_is_shown_without_a_question(desk: Client, programme: Programme) -> None:
    html = page(desk, programme, "?side=1")
    assert "gjennomgått" in html
    assert "doubt-card" not in html


def test_each_kind_has_a_filter_with_how_many_are_left(desk: Client, programme: Programme) -> None:
    html = page(desk, programme, "?slag=overskrifter")
    assert re.search(r"Overskrifter\s*<span class=\"small\">\s*2 av 2 igjen", html)
    assert "Er «KULTUR» en overskrift?" in html
    assert fields_of(html)["slag"] == "overskrifter"


def test_accepting_keeps_who_and_when_and_goes_on_to_the_next(desk: Client, kari: User, programme: Programme) -> None:
    where = answer(desk, programme, fields_of(page(desk, programme)) | {"answer": "accept"})
    given = DoubtAnswer.objects.get(made_by=kari)
    assert (given.kind, given.answer, given.place["line"]) == ("no pledges", "accept", 5)
    assert LogEntry.objects.filter(action="programme.doubt_answered", user=kari, programme=programme).count() == 1
    assert still_open(programme) == ["doubtful heading", "doubtful heading"]
    assert "Er «KULTUR» en overskrift?" in page(desk, programme, where[where.index("?") :])
    assert programme.corrections.count() == 0


def test_a_correcting_answer_changes_the_whole_run_at_once(desk: Client, programme: Programme) -> None:
    answer(desk, programme, fields_of(page(desk, programme)) | {"answer": "prose"})
    kinds = dict(programme.passages.values_list("text", "kind"))
    assert [kind for text, kind in kinds.items() if text[:6] in ("Bygge ", "Ansett")] == ["prose", "prose"]
    assert still_open(programme) == ["doubtful heading", "doubtful heading"]


def test_one_answer_is_given_for_all_that_look_the_same(desk: Client, programme: Programme) -> None:
    html = page(desk, programme, "?slag=overskrifter")
    assert re.search(r"Gjelder også\s+1\s+annen\s+lik", " ".join(html.split()))
    where = answer(desk, programme, fields_of(html) | {"answer": "accept", "alike": "1"})
    assert still_open(programme) == ["no pledges"]
    assert "slag" not in where  # the filter has nothing left


def test_an_answer_is_undone_with_all_that_it_changed(desk: Client, kari: User, programme: Programme) -> None:
    before = list(programme.passages.values_list("public_id", "kind", "section__title"))
    fields = fields_of(page(desk, programme, "?slag=overskrifter"))
    answer(desk, programme, fields | {"answer": "text", "alike": "1"})
    assert list(programme.sections.values_list("title", flat=True)) == ["SKOLE"]
    given = DoubtAnswer.objects.get(made_by=kari, given_with=None)
    desk.post(f"/redaksjon/program/{programme.pk}/tvil/{given.pk}/angre/")
    assert list(programme.passages.values_list("public_id", "kind", "section__title")) == before
    assert still_open(programme) == ["no pledges", "doubtful heading", "doubtful heading"]
    assert not Correction.objects.filter(undone_at=None).exists()
    assert LogEntry.objects.filter(action="programme.answer_undone").count() == 1
    again = desk.post(f"/redaksjon/program/{programme.pk}/tvil/{given.pk}/angre/", follow=True)
    assert "allerede angret" in again.content.decode()


def test_what_is_corrected_in_the_form_is_settled(desk: Client, programme: Programme) -> None:
    heading = programme.sections.get(title="KULTUR")
    key = next(each.question.key for each in asked(programme, "doubtful heading"))
    html = page(desk, programme, f"?tvil={key}&rett=H{heading.pk}")
    row = html.partition(f'id="p-H{heading.pk}"')[2].partition("</li>")[0]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', row))
    sent = {name: unescape(value) for name, value in fields.items()}
    response = desk.post(
        f"/redaksjon/program/{programme.pk}/rett/", sent | {"kind": "text", "title": "KULTUR OG IDRETT", "number": ""}
    )
    assert f"tvil={key}" in response["Location"]
    assert still_open(programme) == ["no pledges", "doubtful heading"]
    assert "Gjennomgått av kari" in " ".join(page(desk, programme, f"?tvil={key}").split())
    correction = programme.corrections.get()
    desk.post(f"/redaksjon/program/{programme.pk}/historikk/{correction.pk}/angre/")
    assert len(still_open(programme)) == 3


def test_answers_are_kept_when_the_programme_is_read_again(desk: Client, programme: Programme) -> None:
    answer(desk, programme, fields_of(page(desk, programme)) | {"answer": "accept"})
    replace_text(programme=programme, parsed=doubted())
    assert still_open(programme) == ["doubtful heading", "doubtful heading"]
    other = doubted()
    changed = tuple(
        replace(entry, text=entry.text.replace("2027", "2029")) if entry.text.startswith("Bygge") else entry
        for entry in other.entries
    )
    replace_text(programme=programme, parsed=replace(other, entries=changed))
    assert "no pledges" in still_open(programme)  # other words: asked again


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(desk: Client, programme: Programme) -> None:
    fields = fields_of(page(desk, programme))
    ola = Client()
    ola.force_login(people.person(Role.EDITOR, "ola"))
    answer(ola, programme, fields | {"answer": "prose"})
    told = answer(desk, programme, fields | {"answer": "accept"}, status=409)
    assert "ola har svart på dette" in told
    assert DoubtAnswer.objects.filter(programme=programme, made_by__username="ola").count() == 1
    assert programme.corrections.filter(undone_at=None).count() == 2


def test_an_answer_to_words_that_somebody_has_changed_is_not_kept(desk: Client, programme: Programme) -> None:
    fields = fields_of(page(desk, programme))
    html = page(desk, programme, "?side=1")
    passage = programme.passages.get(text__startswith="Bygge")
    row = html.partition(f'id="p-{passage.public_id}"')[2].partition("</li>")[0]
    sent = {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', row)}
    desk.post(f"/redaksjon/program/{programme.pk}/rett/", sent | {"kind": "text", "text": "Bygge to skoler"})
    answer(desk, programme, fields | {"answer": "accept"}, status=409)
    assert "no pledges" in still_open(programme)


@pytest.mark.parametrize("wrong", [{"answer": "finnes-ikke"}, {"tvil": "borte"}, {"answer": ""}])
def test_what_no_form_sends_is_refused(desk: Client, programme: Programme, wrong: dict[str, str]) -> None:
    answer(desk, programme, fields_of(page(desk, programme)) | {"answer": "accept"} | wrong, status=422)
    assert len(still_open(programme)) == 3


def test_an_answer_sent_after_the_session_is_kept_through_the_login(desk: Client, programme: Programme) -> None:
    fields = fields_of(page(desk, programme)) | {"answer": "accept"}
    stranger = Client()
    response = stranger.post(f"/redaksjon/program/{programme.pk}/tvil/", fields)
    assert response.status_code == 307
    html = stranger.post(response["Location"], fields).content.decode()
    assert 'name="kept"' in html


def with_repairs() -> ParsedProgramme:
    """Return the sketch with two words repaired, of one kind."""
    parsed = sketch.programme()
    words = {"Utrede": ("byantikvar", "bÿantikvar"), "Bevare": ("elva", "ÿlva")}
    entries = tuple(
        replace(entry, repaired=entry.text.replace(*words[begins]))
        if (begins := entry.text.split()[0]) in words
        else entry
        for entry in parsed.entries
    )
    return replace(parsed, entries=entries, problems=())


def test_all_repairs_of_a_kind_are_accepted_at_once_but_those_not_ticked(desk: Client, themes: None) -> None:
    programme = builders.programme(parse=with_repairs(), published=False)
    html = page(desk, programme, "?slag=reparasjoner")
    boxes = re.findall(r'name="word"\s+value="([^"]+)"', html)
    assert boxes == ["byantikvar → bÿantikvar", "elva → ÿlva"]
    fields = fields_of(html) | {"answer": "accept", "word": [boxes[0]]}
    answer(desk, programme, fields)
    shown = {p.text.split()[0]: p.readable_text for p in programme.passages.all()}
    assert shown["Utrede"] == "Utrede behov for en bÿantikvar"
    assert shown["Bevare"] == "Bevare trehusbebyggelsen langs elva"
    assert [each.is_open for each in asked(programme, "repair")] == [False]
    assert programme.corrections.get().kind == Correction.Kind.REPAIR


@pytest.mark.parametrize(
    ("source", "repaired", "name"),
    [
        ("pa", "på", "a → å"),
        ("fglge", "følge", "g → ø"),
        ("modem", "modern", "m → rn"),
        ("Taibruk", "Ta i bruk", "– → ␣"),
        ("gkonomi", "økonomi", "g → ø"),
    ],
)
def test_a_repair_is_called_by_what_was_taken_for_what(source: str, repaired: str, name: str) -> None:
    assert confusion(source, repaired) == name


def test_words_are_taken_back_one_by_one() -> None:
    source, repaired = "Vi ma fa pa plass det", "Vi må få på plass det"
    assert word_pairs(source, repaired) == [("ma", "må"), ("fa", "få"), ("pa", "på")]
    assert without(source, repaired, {("fa", "få")}) == "Vi må fa på plass det"
    assert without(source, repaired, set(word_pairs(source, repaired))) is None


def test_a_programme_without_doubt_says_so(desk: Client, themes: None) -> None:
    parsed = sketch.programme()
    prose = tuple(entry for entry in parsed.entries if entry.kind == "prose")
    programme = builders.programme(parse=replace(parsed, entries=prose, problems=()), published=False)
    assert "Ingenting er i tvil" in page(desk, programme)


def test_every_question_has_a_key_of_its_own(programme: Programme) -> None:
    queue: Queue = queue_of(programme)
    assert len({each.question.key for each in queue.asked}) == len(queue.asked)
    assert all(queue.get(each.question.key) is each for each in queue.asked)
