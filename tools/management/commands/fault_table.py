"""Make each fault of docs/faults.md in an archive that runs, and print what readers and editors get meanwhile."""

from __future__ import annotations

import hashlib
import http.client
import os
import random
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.models import QuerySet

from ingest.models import Correction, Upload
from programmes.models import Programme
from tools.fuzz.tabs import tab_of
from tools.kill.editor import Editor
from tools.kill.faults import Fault, faults, small_disks
from tools.kill.harness import Harness, steady
from tools.own_data import begin_archive, run_on_data_of_its_own

HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
ASKED = ("forside", "søk", "program", "original", "opplasting", "rettelse", "klar")
FILLING = 3_000_000
"""Bytes of the file that is uploaded: more than what may be left of a full disk."""


class Command(BaseCommand):
    help = "Lager hver feil i docs/faults.md i et arkiv som går, og skriver hva folk får imens. Krever root."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", help="bare feil med dette i navnet")
        parser.add_argument(
            "--inside", action="store_true", help="bruk DATA_DIR slik den er (brukes av kommandoen selv)"
        )

    def handle(self, *args: Any, only: str | None, inside: bool, **options: Any) -> None:
        if os.geteuid() != 0:
            raise CommandError("Små filsystemer i minnet kan bare root lage.")
        if not inside:
            run_on_data_of_its_own("fault_table", only=only)
            return
        with small_disks():
            self._tabulate(only or "")

    def _tabulate(self, only: str) -> None:
        begin_archive(stderr=self.stderr)
        harness = Harness()
        editor = Editor(harness, backups=settings.DATA_DIR / "backups")
        try:
            harness.insist(lambda: harness.ask("GET", "/helse/")[0] == 200 or None)
            for number, do in enumerate((editor.upload, editor.publish, editor.correct)):
                do(random.Random(number), number)  # noqa: S311
            programme = Programme.objects.select_related("branch__party").get()
            asking = _Asking(harness, programme)
            self._row("", *ASKED, "tilbake")
            self._row(*["---"] * (len(ASKED) + 2))
            harness.time_back("", time.monotonic())
            self._row(*self._made(Fault("ingen feil", lambda: None), harness, asking))
            for fault in faults(Path(programme.file.path)):
                if only in fault.name:
                    self._row(*self._made(fault, harness, asking))
        finally:
            harness.stop()

    def _made(self, fault: Fault, harness: Harness, asking: _Asking) -> list[str]:
        """Make a fault, ask for everything, and mend it; return its name, the answers and how long it took after."""
        asking.open_page()
        connection.close()
        fault.make()
        try:
            answers = asking.answers()
        finally:
            fault.mend()
        began = time.monotonic()
        took = harness.time_back("", began)
        return [
            fault.name,
            *(f"{each}{steady(asking.kept(asked))}" for asked, each in answers.items()),
            f"{took:.0f} s",
        ]

    def _row(self, *cells: str) -> None:
        self.stdout.write(f"| {' | '.join(cells)} |")
        self.stdout.flush()


class _Asking:
    """Asks as a reader and as an editor do, with what was on their pages before the fault."""

    def __init__(self, harness: Harness, programme: Programme) -> None:
        self.harness = harness
        self.programme = programme
        self.address = programme.get_absolute_url()
        self.desk = f"/redaksjon/program/{programme.pk}/"
        self.number = 0

    def open_page(self) -> None:
        """Load the page that the next correction is sent from, and write the file that is uploaded next."""
        self.number += 1
        tab = tab_of(self.harness.ask("GET", self.desk)[2], self.programme)
        row = next(row for row in tab.rows if not row.is_heading)
        self.words = f"Vi vil ha rettelse nummer {self.number}."
        self.correction = {**row.fields, "kind": "text", "text": self.words, "revision": tab.revision}
        self.file = f"VI VIL\n\n- rense fjorden {self.number}\n".encode() * (FILLING // 24)

    def answers(self) -> dict[str, str]:
        """Return what each request was answered with, and how fast."""
        search = f"/sok/?q=skole+{self.number}"  # another one each time, which no cache has
        paths = {"forside": "/", "søk": search, "program": self.address, "original": f"{self.address}original/"}
        said = {name: self._asked("GET", path) for name, path in paths.items()}
        said["opplasting"] = self._asked("POST", "/redaksjon/opplasting/", *_form(self.file))
        form = urlencode(self.correction).encode()
        said["rettelse"] = self._asked("POST", f"{self.desk}rett/", form, "application/x-www-form-urlencoded")
        return said | {"klar": self._asked("GET", "/helse/klar")}

    def kept(self, asked: str) -> Callable[[], str]:
        """Return what tells whether a file or a correction was stored, in a word."""
        rows: dict[str, QuerySet[Any]] = {
            "opplasting": Upload.objects.filter(sha256=hashlib.sha256(self.file).hexdigest()),
            "rettelse": Correction.objects.filter(programme=self.programme, change__text=self.words),
        }
        if asked not in rows:
            return lambda: ""
        return lambda: ", lagret" if rows[asked].exists() else ", ikke lagret"

    def _asked(self, method: str, path: str, body: bytes = b"", content_type: str = "") -> str:
        began = time.monotonic()
        try:
            status, _location, text = self.harness.ask(method, path, body, content_type)
        except (OSError, http.client.HTTPException) as problem:
            return f"{type(problem).__name__} {time.monotonic() - began:.1f} s"
        heading = HEADING.search(text) if status >= http.HTTPStatus.BAD_REQUEST else None
        said = f" «{' '.join(re.sub('<[^>]*>', '', heading[1]).split())}»" if heading else ""
        behind = " (sier at siste endringer mangler)" if "ikke med i søket ennå" in text else ""
        return f"{status}{said}{behind} {time.monotonic() - began:.1f} s"


def _form(content: bytes) -> tuple[bytes, str]:
    """Return a form with one file, and its content type."""
    head = b'--part\r\nContent-Disposition: form-data; name="files"; filename="program.txt"\r\n\r\n'
    return head + content + b"\r\n--part--\r\n", "multipart/form-data; boundary=part"
