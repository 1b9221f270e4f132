"""`manage.py read_again`: an archive of real samples that a worse parser has read is read again by today's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from http import HTTPStatus
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from haystack import connections

from ingest.desk.correct import correct, corrected_parse
from ingest.intake.details import Details
from ingest.intake.store import create_programme
from ingest.models import Correction, LogEntry, StoredParse
from ingest.parser.document import ParsedProgramme
from ingest.parser.document import Passage as Paragraph
from ingest.parser.edits import anchor_at
from ingest.parser.parse import parse
from programmes.identity import letters
from programmes.models import GonePledge, Passage, Programme, ProgrammeTheme
from programmes.publishing import publish
from programmes.search import engine_named, search
from programmes.search.upkeep import differences
from tests import builders
from tests.ingest.intake.worse import worse
from tests.paths import ROOT, SAMPLES
from tools.servers import database_url

NAMES = (
    "elvebyen-ny-dag-2023-2027.html",
    "innfjord-bygdelista-2023-2027.docx",
    "nordvika-folkets-by-2023-2027.md",
    "storfjell-fjordparti-2019-2023.txt",
)
DRAFT = "nordvika-folkets-by-2023-2027.md"
LOST = "Fjordpartiet vil at denne setningen skal finnes."
"""Words that the worse parser found and today's does not: a pledge that goes."""
ENOUGH = 0.995
"""The share of passages with the same words that keep their ids."""


@lru_cache(maxsize=8)
def read(name: str) -> ParsedProgramme:
    return parse((SAMPLES / name).read_bytes(), name)


def stored(name: str, year: int = 2023, *, change: Callable[[ParsedProgramme], ParsedProgramme] = worse) -> Programme:
    """Store a sample as a worse parser would have read it, and publish it unless it is the draft."""
    programme = create_programme(
        branch=builders.national_branch(),
        parsed=change(read(name)),
        content=(SAMPLES / name).read_bytes(),
        details=Details(title=name, kind="parliamentary", period_start=year, period_end=year + 4, status="adopted"),
    )
    if name != DRAFT:
        publish(programme)
    StoredParse.objects.filter(programme=programme).update(parser_version="0.9")
    return programme


@pytest.fixture
def archive(db: None, themes: None) -> dict[str, Programme]:
    """Some samples, by name, as a worse parser has left them."""
    return {name: stored(name, 2003 + 4 * number) for number, name in enumerate(NAMES)}


def run(*arguments: str) -> str:
    """Run the command; return what it prints."""
    out = StringIO()
    call_command("read_again", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def rows(programme: Programme) -> dict[str, tuple[str, str, str, str]]:
    """Return what a programme's passages are, by public id."""
    fields = ("public_id", "text", "kind", "section__title", "lead_in")
    return {row[0]: row[1:] for row in programme.passages.values_list(*fields)}


def everything() -> list[list[Any]]:
    """Return all that reading again may write."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Programme, Correction, GonePledge, LogEntry, ProgrammeTheme, StoredParse)
    ] + [list(rows(programme).items()) for programme in Programme.objects.order_by("pk")]


def test_ids_stay_where_the_words_are_the_same(archive: dict[str, Programme]) -> None:
    before = {name: rows(programme) for name, programme in archive.items()}
    report = json.loads(run("--all", "--json"))
    kept = same = other_kind = 0
    for name, programme in archive.items():
        after = rows(programme)
        new_words = {letters(row[0]) for row in after.values()}
        for public_id, row in before[name].items():
            if letters(row[0]) in new_words:
                same += 1
                kept += public_id in after and letters(after[public_id][0]) == letters(row[0])
                other_kind += public_id in after and after[public_id][1] != row[1]
        parsed = read(name)
        assert [text for text, *_rest in sorted(after.values())] == sorted(entry.text for entry in parsed.entries)
    assert same > 100
    assert other_kind > 20
    assert kept / same >= ENOUGH
    assert (report["total"]["kept"], report["total"]["same_words"]) == (kept, same)
    assert report["total"]["other_kind"] == other_kind
    assert all(each["result"] == "read" and each["report"]["share_kept"] >= ENOUGH for each in report["programmes"])


def test_a_passage_that_changes_kind_keeps_an_address_that_leads_on(
    archive: dict[str, Programme], client: Client
) -> None:
    public = Passage.objects.published()
    before = {passage.public_id: passage for passage in public}
    run("--all")
    both = [passage for passage in public.all() if passage.public_id in before]
    moved = [passage for passage in both if passage.kind != before[passage.public_id].kind]
    kinds = {(before[passage.public_id].kind, passage.kind) for passage in moved}
    assert {("prose", "pledge"), ("pledge", "prose")} <= kinds
    for passage in moved:
        old, new = before[passage.public_id].get_absolute_url(), passage.get_absolute_url()
        assert client.get(new).status_code == HTTPStatus.OK
        if old != new:
            answer = client.get(f"{old}?q=skole")
            assert (answer.status_code, answer["Location"]) == (HTTPStatus.MOVED_PERMANENTLY, f"{new}?q=skole")


@pytest.mark.parametrize("kind", ["pledge", "prose"])
def test_a_passage_that_is_gone_leaves_a_page_that_says_so(kind: str, themes: None, client: Client) -> None:
    def with_more(parsed: ParsedProgramme) -> ParsedProgramme:
        last = parsed.entries[-1]
        if kind == "pledge":
            return replace(parsed, entries=(*parsed.entries, replace(parsed.items[0], id="more", text=LOST)))
        return replace(parsed, entries=(*parsed.entries, Paragraph("more", last.section, "prose", LOST, last.place)))

    programme = stored(NAMES[0], change=with_more)
    passage = programme.passages.get(text=LOST)
    assert client.get(passage.get_absolute_url()).status_code == HTTPStatus.OK
    report = json.loads(run("--all", "--json"))["programmes"][0]["report"]
    assert (report["gone"], report["new"]) == (1, 0)
    for address in (f"/lofte/{passage.public_id}/", f"/avsnitt/{passage.public_id}/"):
        answer = client.get(address)
        assert answer.status_code == HTTPStatus.GONE
        assert LOST in answer.content.decode()
    assert ("Løftet" if kind == "pledge" else "Avsnittet") in client.get(passage.get_absolute_url()).content.decode()


@pytest.mark.parametrize("engine", ["whoosh", "postgres"])
@pytest.mark.django_db(transaction=True)
def test_search_finds_what_is_new_and_no_longer_what_is_gone_and_drafts_stay_drafts(
    engine: str, themes: None, settings: Any
) -> None:
    if engine != settings.SEARCH_ENGINE:
        settings.SEARCH_ENGINE = engine
        connections.connections_info["default"] = settings.SEARCH_ENGINES[engine]
        connections.reload("default")

    def other(parsed: ParsedProgramme) -> ParsedProgramme:
        first = replace(parsed.items[0], text="Kjøpe en luftballong.")
        return replace(parsed, entries=tuple(first if entry.id == first.id else entry for entry in parsed.entries))

    public, draft = stored(NAMES[0], change=other), stored(DRAFT, 2011)
    found_again = read(NAMES[0]).items[0].text
    assert search("luftballong").total == 1
    assert not [hit for hit in search(f'"{found_again}"').hits if hit.passage.text == found_again]
    run("--all")
    assert search("luftballong").total == 0
    assert [hit for hit in search(f'"{found_again}"').hits if hit.passage.text == found_again]
    assert not differences(engine_named())
    public.refresh_from_db()
    draft.refresh_from_db()
    assert (public.publication, draft.publication, draft.published_at) == ("published", "draft", None)
    assert {hit.passage.programme_id for hit in search("", per_page=500).hits} == {public.pk}
    again = read(NAMES[0])
    assert public.prose_pledge_count == sum(passage.kind == "prose_pledge" for passage in again.passages) > 0
    in_lists = sum(item.kind == "pledge" and not item.dissent for item in again.items)
    assert public.pledge_count == in_lists + public.prose_pledge_count


def test_corrections_are_applied_again_or_listed_with_the_reason_and_where_to_look(
    archive: dict[str, Programme], kari: User
) -> None:
    programme = archive[NAMES[0]]
    pledge = programme.passages.filter(kind="pledge").order_by("position").first()
    assert pledge is not None
    fits = _correct(programme, kari, "text", pledge.text, {"text": "Rettet av Kari."})
    demoted = programme.passages.filter(kind="prose", text__in=[item.text for item in read(NAMES[0]).items]).first()
    assert demoted is not None, "a list that the worse parser took for prose, and today's takes for pledges by itself"
    promoted = _correct(programme, kari, "kind", demoted.text, {"kind": "pledge"})
    lost = Correction.objects.create(
        programme=programme,
        kind="text",
        place={"page": 1, "line": 900, "quote": LOST, "before": "", "after": ""},
        change={"text": "Noe annet."},
        made_by=kari,
    )
    printed = run(str(programme.pk))
    assert list(Correction.objects.order_by("pk").values_list("pk", "fits")) == [
        (fits.pk, True),
        (promoted.pk, True),
        (lost.pk, False),
    ]
    kept = programme.passages.get(corrected="Rettet av Kari.")
    assert (kept.public_id, kept.text) == (pledge.public_id, pledge.text)
    assert programme.passages.get(public_id=demoted.public_id).kind == "pledge"
    lost.refresh_from_db()
    assert f"Rettelse {lost.pk} (rettet tekst) i {programme.pk} {programme}, side 1, linje 900, «{LOST}»:" in printed
    assert f"{lost.unfit_reason} Se /redaksjon/program/{programme.pk}/historikk/" in printed


def _correct(programme: Programme, user: User, kind: str, text: str, change: dict[str, Any]) -> Correction:
    programme.refresh_from_db()
    entries = corrected_parse(programme).parsed.entries
    index = next(n for n, entry in enumerate(entries) if entry.text == text)
    place = anchor_at(entries, index)
    return correct(programme, user=user, kind=kind, place=place, change=change, revision=programme.revision)


def test_a_dry_run_shows_the_same_report_and_writes_nothing(archive: dict[str, Programme]) -> None:
    before = everything()
    tried = json.loads(run("--all", "--json", "--dry-run"))
    assert everything() == before
    done = json.loads(run("--all", "--json"))
    assert tried["dry_run"] and not done["dry_run"]
    assert tried["programmes"] == done["programmes"]


@pytest.mark.django_db(transaction=True)
def test_what_this_parser_has_read_is_left_alone_and_mended_in_search(themes: None) -> None:
    programme = stored(NAMES[0])
    run("--all")
    before = everything()
    engine_named().clear()
    assert "0 lest på nytt, 1 var lest av dagens parser" in run("--all")
    assert everything() == before
    assert not differences(engine_named())
    assert "1 lest på nytt" in run(programme.get_absolute_url())
    assert "1 lest på nytt" in run("--all", "--force")


def test_one_that_cannot_be_read_is_named_and_the_others_are_read(archive: dict[str, Programme]) -> None:
    lost, broken, *_others = archive.values()
    before = {programme.pk: rows(programme) for programme in (lost, broken)}
    Path(lost.file.path).unlink()
    Path(broken.file.path).write_bytes(b"PK\x03\x04 and no more")
    out = StringIO()
    with pytest.raises(CommandError, match="2 av 4 programmer kunne ikke leses"):
        call_command("read_again", "--all", stdout=out, stderr=StringIO())
    assert "Originalfilen er ikke der den ble lagret." in out.getvalue()
    assert "2 lest på nytt, 0 var lest av dagens parser" in out.getvalue()
    assert {programme.pk: rows(programme) for programme in (lost, broken)} == before
    assert LogEntry.objects.filter(action="programme.parse_failed", programme=lost).exists()


@pytest.mark.parametrize("arguments", [(), ("--all", "1"), ("tull",), ("999999",)])
def test_what_to_read_must_be_said(arguments: tuple[str, ...], db: None) -> None:
    with pytest.raises(CommandError):
        run(*arguments)


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.django_db(transaction=True)
def test_ended_in_the_middle_it_leaves_whole_programmes_and_goes_on_the_next_time(
    ending: signal.Signals, themes: None
) -> None:
    programmes = [stored(name, 2003 + 4 * number) for number, name in enumerate(NAMES)]
    old = {programme.pk: {row[0] for row in rows(programme).values()} for programme in programmes}
    kinds = {programme.pk: sorted(row[1] for row in rows(programme).values()) for programme in programmes}
    command = [sys.executable, "manage.py", "read_again", "--all"]
    environment = {**os.environ, "DATABASE_URL": database_url()}
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **both) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("✓ ")
        process.send_signal(ending)
        told = process.stdout.read()
    assert process.returncode != 0
    if ending == signal.SIGINT:
        assert "Avsnitt med samme ord" in told
        assert "Avbrutt." in told
    done = set(StoredParse.objects.exclude(parser_version="0.9").values_list("programme", flat=True))
    assert programmes[0].pk in done
    for programme, name in zip(programmes, NAMES, strict=True):
        present = rows(programme)
        if programme.pk in done:
            assert {row[0] for row in present.values()} == {entry.text for entry in read(name).entries}
        else:
            assert {row[0] for row in present.values()} == old[programme.pk]
            assert sorted(row[1] for row in present.values()) == kinds[programme.pk]
    assert f"{4 - len(done)} lest på nytt, {len(done)} var lest av dagens parser" in run("--all")
    assert not differences(engine_named())


@pytest.mark.django_db
def test_a_parse_that_waited_while_the_parser_became_better_is_not_taken_for_todays(themes: None) -> None:
    programme = stored(NAMES[0], change=lambda parsed: replace(parsed, parser="1.0-0123456789"))
    programme.refresh_from_db()
    assert programme.parser_version == "1.0-0123456789"
    StoredParse.objects.update(parser_version=programme.parser_version)
    assert "1 lest på nytt" in run("--all")
