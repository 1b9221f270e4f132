"""An editor who works while things are killed: tries again until it is done, and remembers what was acknowledged."""

from __future__ import annotations

import hashlib
import http
import random
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from ingest.models import Correction, Upload
from programmes.models import Passage, Programme
from programmes.search.entries import KIND_OF
from programmes.search.kinds import OWN
from tools.fuzz.tabs import tab_of
from tools.kill.harness import BETWEEN_TRIES, PATIENCE, Harness, NotBack, steady

SAMPLES = ("*.txt", "*.md", "*.html")
LONGEST_FILE = 4
"""Times that a sample is repeated, at most, so that some files take longer to read."""
YEARS = 200
"""So many periods the programmes are for, in turn: the form takes no year far from ours."""
State = Programme.Publication


class Editor:
    """Uploads, corrects, publishes and withdraws at the desk; rebuilds the index and makes backups beside it."""

    def __init__(self, harness: Harness, *, backups: Path) -> None:
        self.harness = harness
        self.backups = backups
        self.given: dict[str, str] = {}
        """Name of each file that the desk has acknowledged, by its SHA-256."""
        self.publication: dict[int, str] = {}
        """What each programme was last made, by its key."""
        self.words: dict[str, str] = {}
        """What the passages that were corrected say now, by their public id."""
        self.steps: list[tuple[int, str]] = []
        """Each publication and withdrawal: programme and what it was made."""
        folder = settings.BASE_DIR / "fixtures" / "programmes"
        self._samples = sorted(path for pattern in SAMPLES for path in folder.glob(pattern))
        self.does: dict[str, Callable[[random.Random, int], None]] = {
            "opplasting": self.upload,
            "publisering": self.publish,
            "rettelse": self.correct,
            "tilbaketrekking": self.withdraw,
            "ny indeks": self.rebuild,
            "sikkerhetskopi": self.back_up,
        }

    def can(self, what: str) -> bool:
        """Return whether there is something to do it with."""
        public = [each for each in self.publication.values() if each == State.PUBLISHED]
        return {
            "publisering": len(public) < len(self.publication),
            "rettelse": bool(self.publication),
            "tilbaketrekking": bool(public),
        }.get(what, True)

    def upload(self, chance: random.Random, number: int) -> None:
        """Upload a file, wait until it has been read, and confirm it."""
        sample = chance.choice(self._samples)
        content = sample.read_bytes() * chance.randint(1, LONGEST_FILE)
        content += f"\n\nRunde {number} {chance.random()}\n".encode()
        sha256 = hashlib.sha256(content).hexdigest()
        self.harness.upload(content, sample.name)
        self.given[sha256] = sample.name
        upload = self._until_read(sha256)
        year = 1900 + number % YEARS
        fields = {
            **{"title": f"Program {number}", "party": "A", "level": "national", "branch": "Arbeiderpartiet"},
            **{"kind": "parliamentary", "period_start": str(year), "period_end": str(year + 4)},
            **{"language": "nb", "status": "adopted", "same": "both"},
        }
        self._until(
            lambda: Programme.objects.filter(sha256=sha256).exists(), f"/redaksjon/opplasting/{upload}/", fields
        )
        programme = steady(lambda: Programme.objects.only("pk").get(sha256=sha256))
        self.publication[programme.pk] = State.DRAFT

    def _until_read(self, sha256: str) -> int:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.harness.start_what_is_gone()
            ready = Upload.objects.filter(sha256=sha256, state=Upload.State.READY).values_list("pk", flat=True)
            if (found := steady(ready.first)) is not None:
                return found
            time.sleep(BETWEEN_TRIES)
        raise NotBack

    def publish(self, chance: random.Random, number: int) -> None:
        """Publish a programme that isn't public."""
        self._make(chance, State.PUBLISHED, "publiser", lambda state: state != State.PUBLISHED)

    def withdraw(self, chance: random.Random, number: int) -> None:
        """Withdraw a programme that is public."""
        self._make(chance, State.WITHDRAWN, "trekk-tilbake", lambda state: state == State.PUBLISHED)

    def _make(self, chance: random.Random, to: State, step: str, is_open: Callable[[str], bool]) -> None:
        pk = chance.choice(sorted(pk for pk, state in self.publication.items() if is_open(state)))
        done = Programme.objects.filter(pk=pk, publication=to).exists
        self._until(done, f"/redaksjon/program/{pk}/{step}/", {"reason": "Trukket av laget."})
        self.publication[pk] = to
        self.steps.append((pk, to))

    def correct(self, chance: random.Random, number: int) -> None:
        """Correct the words of a passage, from the page as it is; whoever is cut off looks first whether it is done."""
        programme = steady(Programme.objects.filter(pk=chance.choice(sorted(self.publication))).get)
        words = f"Vi vil at rettelse{number}ord skal stå her."
        page = f"/redaksjon/program/{programme.pk}/"
        chosen = ""

        def corrected() -> bool | None:
            nonlocal chosen
            made = Correction.objects.filter(programme=programme, change__text=words)
            if chosen and steady(made.exists):
                return True
            status, _location, html = self.harness.ask("GET", page)
            if status != http.HTTPStatus.OK:
                return None
            tab = steady(lambda: tab_of(html, programme))
            rows = [row.fields for row in tab.rows if not row.is_heading]
            fields = next((row for row in rows if row["entry"] == chosen), None) or chance.choice(rows)
            chosen = fields["entry"]
            self.harness.send(f"{page}rett/", {**fields, "kind": "text", "text": words, "revision": tab.revision})
            return True if steady(made.exists) else None

        self.harness.insist(corrected)
        self.words[chosen] = words

    def _until(self, is_done: Callable[[], bool], path: str, fields: dict[str, str]) -> None:
        """Send a form until what it asks for is so; whoever is cut off looks first whether it is."""

        def done() -> bool | None:
            if steady(is_done):
                return True
            self.harness.send(path, fields)
            return True if steady(is_done) else None

        self.harness.insist(done)

    def rebuild(self, chance: random.Random, number: int) -> None:
        """Build the search index anew."""
        self.harness.run("rebuild_index", "--noinput", "--verbosity=0")

    def back_up(self, chance: random.Random, number: int) -> None:
        """Make a backup."""
        self.harness.run("backup", str(self.backups), "--keep=3")


def is_findable(public_id: str) -> bool:
    """Return whether a passage is one that a search for its words is to count as a hit."""
    passage = Passage.objects.select_related("programme").get(public_id=public_id)
    is_public = passage.programme.publication == State.PUBLISHED and not passage.programme.is_replaced
    return is_public and KIND_OF[Passage.Kind(passage.kind)] in OWN and not passage.dissent
