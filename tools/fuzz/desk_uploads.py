"""What two editors and a worker do with files on their way in, beside the programme of `tools.fuzz.desk`."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from ingest.intake.jobs import stop_parse
from ingest.models import Upload
from ingest.parser.as_json import to_wire
from ingest.parser.values import replace
from programmes.models import Programme
from tools.fuzz.desk_programme import FIELDS, PARSES, TEXT

UPLOADS = "/redaksjon/opplasting/"
SAVED, REFUSED = 302, 422
FILES = 4
"""Different files that are uploaded, again and again."""
CHANGES = (
    {},
    {"title": ""},
    {"period_start": "2019"},
    {"period_end": "1900"},
    {"branch": "Storfjell Bygdelista"},
    {"branch": "Storfjell Høyre", "new_branch": "STORFJELL|national|storfjell høyre"},
    {"party": "FINNES-IKKE"},
    {"level": "municipality", "area": "9901"},
)
ANSWERS = ("", "both", "{pk}", "other-{pk}", "other-999999", "x")
STEPS = ("avbryt", "igjen")
PAGES = ("", "samlet/", "samlet/?velg=ingen", "?side=2")

people = st.integers(0, 1)
small = st.integers(0, 40)


class UploadRules:
    """Rules of the desk's machine for uploads."""

    programme: Programme
    _ask: Any

    @rule(who=people, file=st.integers(0, FILES - 1))
    def upload_a_file(self, who: int, file: int) -> None:
        """Paste a text that is the programme's own but for a sign, perhaps one that is there already."""
        self._ask(who, "POST", UPLOADS, {"pasted": f"{TEXT}Fil {file}", "pasted_name": f"Fil {file}"}, {SAVED, REFUSED})

    @rule(better=st.integers(0, 1))
    def the_worker_reads_a_file(self, better: int) -> None:
        """Let the worker read the file that came first, with one parser or the other."""
        upload = Upload.objects.filter(state=Upload.State.WAITING).order_by("pk").first()
        if upload is None:
            return
        stop_parse(upload)
        source = replace(PARSES[better].source, sha256=upload.sha256, filename=upload.filename)
        state = Upload.State.CONFIRMED if upload.programme_id else Upload.State.READY
        document = to_wire(replace(PARSES[better], source=source))
        Upload.objects.filter(pk=upload.pk).update(state=state, document=document)

    @rule(
        who=people, which=small, change=st.sampled_from(CHANGES), answer=st.sampled_from(ANSWERS), onward=st.booleans()
    )
    def confirm_a_file(self, who: int, which: int, change: dict[str, str], answer: str, onward: bool) -> None:
        """Send the form of a file that was read, or of one that has been confirmed or given up long ago."""
        if upload := self._upload(which):
            fields = FIELDS | change | {"same": answer.format(pk=self.programme.pk)} | ({"next": "1"} if onward else {})
            self._ask(who, "POST", f"{UPLOADS}{upload.pk}/", fields, {SAVED, REFUSED})

    @rule(who=people, change=st.sampled_from(CHANGES), answer=st.sampled_from(ANSWERS), count=st.integers(0, 3))
    def confirm_many_files(self, who: int, change: dict[str, str], answer: str, count: int) -> None:
        """Send the page of all files, with some of them chosen: among them what is no longer waiting."""
        pks = list(Upload.objects.order_by("pk").values_list("pk", flat=True))
        fields: dict[str, Any] = {"shown": pks, "upload": [*pks[:count], 999999][: max(count, 1)]}
        for pk in pks:
            said = FIELDS | change | {"same": answer.format(pk=self.programme.pk)}
            fields |= {f"u{pk}-{name}": value for name, value in said.items()}
        self._ask(who, "POST", f"{UPLOADS}samlet/", fields, {SAVED, REFUSED})

    @rule(who=people, which=small, step=st.sampled_from(STEPS))
    def give_up_or_read_again(self, who: int, which: int, step: str) -> None:
        """Cancel a file, or have it read again, in whatever state it is."""
        if upload := self._upload(which):
            self._ask(who, "POST", f"{UPLOADS}{upload.pk}/{step}/", {}, {SAVED})

    @rule(who=people, page=st.sampled_from(PAGES), which=small)
    def open_a_page_of_files(self, who: int, page: str, which: int) -> None:
        """Open the lists of files, the page of one, and what it is compared with."""
        self._ask(who, "GET", f"{UPLOADS}{page}", {}, {200})
        if upload := self._upload(which):
            self._ask(who, "GET", f"{UPLOADS}{upload.pk}/", {}, {200})
            self._ask(who, "GET", f"{UPLOADS}{upload.pk}/sammenlign/", {"program": str(self.programme.pk)}, {200})

    @invariant()
    def every_confirmed_file_has_its_programme(self) -> None:
        """Compare what is said to be confirmed with what is there, and what is there with the files."""
        confirmed = Upload.objects.filter(state=Upload.State.CONFIRMED)
        if confirmed.filter(programme=None).exists():
            raise AssertionError("a file is confirmed and has no programme")
        hashes = list(Programme.objects.values_list("sha256", flat=True))
        own = confirmed.filter(document=None).values_list("sha256", flat=True)
        if not set(own) <= set(hashes) or len(hashes) != len(set(hashes)):
            raise AssertionError("a programme is not what its file made")

    def forget_the_files(self) -> None:
        """Take away what the files made, so that the next example begins with nothing."""
        Upload.objects.all().delete()
        for programme in Programme.objects.exclude(pk=self.programme.pk):
            programme.delete()

    def _upload(self, which: int) -> Upload | None:
        found = list(Upload.objects.order_by("pk").defer("document"))
        return found[which % len(found)] if found else None
