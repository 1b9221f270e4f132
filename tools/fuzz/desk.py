"""The desk as a state machine: two editors with old and new pages, a worker, and what must hold whatever they do.

Everything goes through the real views and the real database. An example is known by its seed: rows, forms and words
are chosen by number, never by what differs from run to run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ingest.desk.correct import corrected_parse, raw_parse
from ingest.desk.fact_form import FactsForm
from ingest.desk.read_again import TASK, record_failure, store_again
from ingest.intake.facts import facts_of
from ingest.models import Correction, LogEntry, Role
from programmes.models import Programme
from tools.fuzz.desk_doubts import THEMES, DoubtRules
from tools.fuzz.desk_programme import PARSES, as_bytes, new_programme, person
from tools.fuzz.desk_uploads import UploadRules
from tools.fuzz.holding import insist, pick
from tools.fuzz.tabs import Tab, desk_client, tab_of

WORDS = ("Bygge skole", "Gratis buss", "", "x" * 600, "• Nytt punkt", "Æ ø å «»", "12.1")
KINDS = ("pledge", "question", "prose", "prose_pledge", "heading-1", "heading-2", "heading-9", "sub_pledge")
FACTS = (
    *(("title", "Nytt navn"), ("title", ""), ("status", "proposal"), ("language", "nn"), ("adopted_on", "2023-03-14")),
    *(
        ("period_start", "2021"),
        ("period_end", "2031"),
        ("period_start", "2027"),
        ("source_url", "https://example.no/"),
    ),
)
STEPS = ("publiser", "trekk-tilbake", "til-gjennomsyn", "til-kladd", "les-igjen")
PAGES = ("", "historikk/", "utgaver/", "sammenlign/", "?side=2", "trekk-tilbake/", "slett/")
SAVED, CONFLICT, REFUSED = 302, 409, 422
OPEN_TABS = 4
"""Pages that an editor has open; the oldest is closed for a new one."""
NUMBER = re.compile(r"\d+")

small = st.integers(0, 40)
people = st.integers(0, 1)


class DeskMachine(DoubtRules, UploadRules, RuleBasedStateMachine):
    """What two editors and a worker may do with a programme and files, in any order."""

    steps: ClassVar[int] = 0
    """Steps done in this process, over all examples."""
    answers: ClassVar[dict[str, int]] = {}
    """How often each kind of request was answered so."""

    def __init__(self) -> None:
        super().__init__()
        self.programme = new_programme()
        self.path = f"/redaksjon/program/{self.programme.pk}/"
        self.clients = [desk_client(person("kari", Role.ADMINISTRATOR)), desk_client(person("ola", Role.EDITOR))]
        self.tabs: list[list[Tab]] = [[], []]
        self.facts: list[dict[str, Any]] = [{}, {}]
        self.first_facts = facts_of(self.programme)
        self.waits = self.was_read_again = False
        self.first_ids = set(self.programme.passages.values_list("public_id", flat=True))
        self.saved: set[int] = set()
        self.undone: set[int] = set()
        self.given: set[int] = set()
        self.taken_back: set[int] = set()

    # What editors do

    @rule(who=people, sheet=st.integers(0, 2))
    def open_the_preview(self, who: int, sheet: int) -> None:
        """Open the preview; the page stays open, and is sent from when it is long out of date."""
        self._open(who, f"?side={sheet}")

    @rule(who=people, tab=small, row=small)
    def open_a_form(self, who: int, tab: int, row: int) -> None:
        """Open the panel of a row, as an older page links to it."""
        rows = self._tab(who, tab).rows
        if rows:
            self._open(who, f"?side=1&rett={rows[row % len(rows)].fields['entry']}")

    @rule(
        who=people,
        tab=small,
        row=small,
        kind=st.sampled_from(["text", "split", "merge", "move", "kind", "nest", "furniture", "repair", "themes"]),
        one=small,
        other=small,
    )
    def correct_an_entry(self, who: int, tab: int, row: int, kind: str, one: int, other: int) -> None:
        """Send the form of an entry from one of the open pages."""
        page = self._tab(who, tab)
        rows = [each for each in page.rows if not each.is_heading]
        if not rows:
            return
        chosen = rows[row % len(rows)]
        fields: dict[str, Any] = {
            "text": {"text": pick(WORDS, one)},
            "split": {"parts": cut(chosen.quote, one)},
            "merge": {} if other % 4 else {"with": pick(page.entries, one)},
            "move": {"section": pick(page.sections, one)},
            "kind": {"to": pick(KINDS, one)},
            "nest": {"parent": pick(["", *page.entries], one)},
            "furniture": {},
            "repair": {"repaired": pick(WORDS, one)},
            "themes": {"main": pick(THEMES, one), "also": [pick(THEMES, other)]},
        }[kind]
        self._correct(who, {**chosen.fields, **fields, "kind": kind})

    @rule(
        who=people,
        tab=small,
        row=small,
        kind=st.sampled_from(["text", "split", "merge", "level", "move", "begin", "kind", "furniture"]),
        one=small,
    )
    def correct_a_heading(self, who: int, tab: int, row: int, kind: str, one: int) -> None:
        """Send the form of a heading from one of the open pages."""
        page = self._tab(who, tab)
        rows = [each for each in page.rows if each.is_heading]
        if not rows:
            return
        chosen = rows[row % len(rows)]
        fields: dict[str, Any] = {
            "text": {"title": pick(WORDS, one), "number": pick(["", "2.1", "x" * 30], one)},
            "split": {"parts": cut(chosen.quote, one)},
            "merge": {},
            "level": {"level": str(one % 8)},
            "move": {"section": pick(["", *page.sections], one)},
            "begin": {"at": pick(page.entries, one)},
            "kind": {"to": pick(KINDS, one)},
            "furniture": {},
        }[kind]
        if kind == "merge" and "with" not in chosen.fields:
            fields = {"with": pick(page.sections, one)}
        self._correct(who, {**chosen.fields, **fields, "kind": kind})

    @rule(who=people, tab=small, line=small, to=st.sampled_from(KINDS))
    def rescue_furniture(self, who: int, tab: int, line: int, to: str) -> None:
        """Bring a line of furniture back."""
        page = self._tab(who, tab)
        if page.furniture:
            self._correct(who, {**pick(page.furniture, line), "kind": "rescue", "to": to})

    @rule(who=people, tab=small, first=small, count=st.integers(1, 3), to=st.sampled_from(KINDS))
    def add_lines(self, who: int, tab: int, first: int, count: int, to: str) -> None:
        """Make an entry of lines of the source."""
        page = self._tab(who, tab)
        if page.lines:
            at = first % len(page.lines)
            lines = page.lines[at : at + count]
            self._correct(who, {"revision": page.revision, "side": "1", "line": lines, "kind": "add", "to": to})

    @rule(who=people, page=st.sampled_from(["fresh", "older"]), fact=st.sampled_from(FACTS))
    def change_a_fact(self, who: int, page: str, fact: tuple[str, str]) -> None:
        """Change one of the programme's own facts, from a page that is fresh or one that was opened long ago."""
        if page == "fresh" or not self.facts[who]:
            self._ask(who, "GET", f"{self.path}opplysninger/", {}, {200})
            shown = FactsForm.of(Programme.objects.with_branch().get(pk=self.programme.pk))
            self.facts[who] = {name: shown[name].value() or "" for name in shown.fields}
        fields = self.facts[who] | {fact[0]: fact[1], "kind": self.facts[who]["kind"]}
        self._send(who, "opplysninger/", fields)

    @precondition(lambda self: self.saved)
    @rule(who=people, which=small, from_preview=st.booleans())
    def undo(self, who: int, which: int, from_preview: bool) -> None:
        """Undo a correction, perhaps one that is undone already."""
        self._undo(who, pick(sorted(self.saved), which), {"side": "1"} if from_preview else {})

    @rule(who=people, step=st.sampled_from(STEPS), from_list=st.booleans())
    def take_a_step(self, who: int, step: str, from_list: bool) -> None:
        """Send the programme on its way, by its own button or from the list."""
        if from_list:
            fields = {"step": step, "programme": [self.programme.pk], "confirmed": "1", "reason": "Feil fil."}
            self._ask(who, "POST", "/redaksjon/program/samlet/", fields, {SAVED, 200, REFUSED})
        else:
            self._ask(who, "POST", f"{self.path}{step}/", {"reason": "Feil fil."}, {SAVED})
        self.waits |= step == "les-igjen"

    @precondition(lambda self: self.waits)
    @rule(better=st.integers(0, 2))
    def the_worker_reads(self, better: int) -> None:
        """Let the worker read what waits: as before, with a parser that has changed, or in vain."""
        for job in ProcrastinateJob.objects.filter(task_name=TASK, status="todo"):
            app.job_manager.cancel_job_by_id(job.id, delete_job=True)
        self.waits = False
        self.programme.refresh_from_db()
        if better == 2:
            record_failure(self.programme, "Filen er skadet.", user=None)
        else:
            store_again(self.programme, PARSES[better], user=None)
            self.was_read_again = True

    @rule(who=people, page=st.sampled_from(PAGES))
    def open_a_page(self, who: int, page: str) -> None:
        """Open one of the programme's pages at the desk; a question that makes no sense now is told so."""
        self._ask(who, "GET", f"{self.path}{page}", {}, {200, SAVED})

    @rule(what=st.sampled_from(["programme", "chapter", "passage", "gone"]), which=small)
    def read_as_the_public(self, what: str, which: int) -> None:
        """Open a page of the programme without login: drafts are nobody's business, what is withdrawn says so."""
        present = Programme.objects.with_branch().get(pk=self.programme.pk)
        expected = {"published": {200}, "withdrawn": {410}}.get(present.publication, {404})
        gone = present.gone_pledges.filter(is_section=False).order_by("pk").first()
        if what == "chapter":
            section = pick(list(present.sections.order_by("position")), which)
            section.programme = present
            self._ask(None, "GET", section.get_absolute_url(), {}, expected)
        elif what == "passage":
            passage = pick(list(present.passages.order_by("position")), which)
            self._ask(None, "GET", passage.get_absolute_url(), {}, expected)
        elif what == "gone" and gone:
            self._ask(None, "GET", f"/lofte/{gone.public_id}/", {}, {404, 410})
        else:
            self._ask(None, "GET", present.get_absolute_url(), {}, expected)

    # What must hold

    @invariant()
    def every_correction_is_in_the_log_and_stands_or_was_undone(self) -> None:
        """Count a step, and compare what was answered as saved with what is kept and what is logged."""
        type(self).steps += 1
        kept = dict(self.programme.corrections.values_list("pk", "undone_at"))
        insist(kept.keys() == self.saved, "what was answered as saved is not what is kept")
        insist({pk for pk, undone in kept.items() if undone} == self.undone, "what was undone is not what was asked")
        for action, expected in (("corrected", self.saved), ("correction_undone", self.undone)):
            lines = LogEntry.objects.filter(programme=self.programme, action=f"programme.{action}")
            logged = list(lines.values_list("details__correction", flat=True))
            insist(sorted(logged) == sorted(expected), f"the log lacks or doubles what was {action}")

    def teardown(self) -> None:
        """Undo all that stands: the parse is back to the byte, and all pages open."""
        try:
            self._rows_are_the_parse()
            self._ask(0, "GET", "/redaksjon/logg/", {}, {200})
            self._ask(1, "GET", f"{self.path}historikk/", {}, {200})
            for pk in sorted(self.saved - self.undone, reverse=len(self.saved) % 2 == 0):
                self._undo(0, pk, {})
            for pk in sorted(self.saved - self.undone, reverse=True):  # a period may need another to be undone first
                self._undo(0, pk, {})
            insist(self.saved == self.undone, "something can't be undone")
            corrected, raw = corrected_parse(self.programme).parsed, raw_parse(self.programme)
            insist(as_bytes(corrected) == as_bytes(raw), "with all undone the parse is not what it was")
            self._rows_are_the_parse()
            if not self.was_read_again:
                ids = set(self.programme.passages.values_list("public_id", flat=True))
                insist(ids == self.first_ids, "with all undone the public ids are not what they were")
            self.programme.refresh_from_db()
            insist(facts_of(self.programme) == self.first_facts, "with all undone the facts are not what they were")
            self._ask(0, "GET", self.path, {}, {200})
        finally:
            if Programme.objects.get(pk=self.programme.pk).publication == "published":
                self._ask(0, "POST", f"{self.path}trekk-tilbake/", {"reason": "Ferdig."}, {SAVED})
            self.forget_the_files()
            self.programme.delete()

    def _rows_are_the_parse(self) -> None:
        """Compare the rows with the parse and its live corrections; each of these fits, or says why not."""
        applied = corrected_parse(self.programme)
        rows = self.programme.passages.order_by("position").values_list("text", "section__title", "parent__text")
        entries = {entry.id: entry for entry in applied.parsed.entries}
        titles = {section.id: section.shown_title for section in applied.parsed.sections}
        wanted = [
            (e.text, titles[e.section], entries[parent].text if (parent := getattr(e, "parent", None)) else None)
            for e in applied.parsed.entries
        ]
        insist(list(rows) == wanted, "the rows are not the corrected parse")
        insist(applied.parsed.coverage.unassigned == 0, "characters of the source are in no place")
        unfit = set(self.programme.corrections.filter(undone_at=None, fits=False).values_list("pk", flat=True))
        insist(unfit == set(applied.waiting), "corrections that don't fit are not marked, or others are")
        silent = self.programme.corrections.filter(undone_at=None, fits=False, unfit_reason="")
        insist(not silent.exists(), "a correction does not fit and does not say why")

    # How it is asked

    def _open(self, who: int, query: str) -> None:
        response = self._ask(who, "GET", f"{self.path}{query}", {}, {200})
        self.tabs[who] = [*self.tabs[who], tab_of(response.content.decode(), self.programme)][-OPEN_TABS:]

    def _tab(self, who: int, number: int) -> Tab:
        if not self.tabs[who]:
            self._open(who, "?side=1")
        return self.tabs[who][number % len(self.tabs[who])]

    def _correct(self, who: int, fields: Mapping[str, Any]) -> None:
        self._send(who, "rett/", fields)

    def _send(self, who: int, page: str, fields: Mapping[str, Any]) -> None:
        response = self._ask(who, "POST", f"{self.path}{page}", fields, {SAVED, CONFLICT, REFUSED})
        if response.status_code == SAVED:
            latest = Correction.objects.filter(programme=self.programme).latest("pk")
            insist(latest.pk not in self.saved, "an answer says saved, and nothing is")
            insist(latest.made_by.username == ("kari", "ola")[who], "a correction has another's name")
            self.saved.add(latest.pk)

    def _undo(self, who: int, pk: int, fields: Mapping[str, Any]) -> None:
        self._ask(who, "POST", f"{self.path}historikk/{pk}/angre/", fields, {SAVED})
        correction = Correction.objects.get(pk=pk)
        if correction.undone_at is not None:
            self.undone.add(pk)
        else:  # a period may need another to be undone first
            insist(correction.kind == Correction.Kind.FACTS, "an undoing did nothing")

    def _ask(self, who: int | None, method: str, path: str, fields: Mapping[str, Any], expected: set[int]) -> Any:
        client = desk_client(None) if who is None else self.clients[who]
        response: Any = client.post(path, fields) if method == "POST" else client.get(path, fields)
        status = response.status_code
        if method == "POST":
            name = f"{NUMBER.sub('…', path)} {fields.get('kind', fields.get('step', ''))} {status}"
            self.answers[name] = self.answers.get(name, 0) + 1
        insist(status in expected, f"{method} {path} {dict(fields)} answered {status}")
        return response


def cut(quote: str, at: int) -> str:
    """Return words with a line's end in them, as a person puts it where a text is to be split."""
    place = at * 7 % (len(quote) + 1)
    return f"{quote[:place]}\n{quote[place:]}"
