"""Measure what memory the site takes while many readers fetch files of all hits of a large archive."""

from __future__ import annotations

import statistics
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programmes.search import engine_named
from tools.export_load.reading import Measured, read_files
from tools.search_bench import corpus
from tools.search_bench.servers import our_site
from tools.servers import port_of

PATHS = ("/sok.json?q=*", "/sok.csv?q=*", "/sok.json", "/sok.csv?q=skole")
PAGE = "/sok/?q=skole"
MOST_MORE = 200
"""MB that the readers may cost the site, two workers together."""


class Command(BaseCommand):
    help = (
        "Måler hvor mye minne nettstedet bruker mens mange lesere henter alle treff som filer fra et stort oppdiktet "
        "arkiv, i en egen database. Feiler om det koster mer enn grensen, eller om noe svarer med feil."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pledges", type=int, default=200_000, help="løfter i arkivet (200 000)")
        parser.add_argument("--readers", type=int, default=16, help="lesere på en gang (16)")
        parser.add_argument("--seconds", type=float, default=60, help="så lenge holder de på (60)")
        parser.add_argument("--engine", default="whoosh", choices=("whoosh", "postgres"), help="søkemotoren (whoosh)")

    def handle(self, *args: Any, pledges: int, readers: int, seconds: float, engine: str, **options: Any) -> None:
        with corpus.own_archive(f"exports_{pledges}") as folder:
            corpus.fill(corpus.real_pledges(), pledges)
            engine_named(engine).rebuild()
            with our_site(engine, folder) as (_ask, server):
                port = port_of(server.pid)
                if port is None:
                    raise CommandError("Nettstedet svarer ikke.")
                read_files(port, server, [PAGE], readers=4, seconds=3, page=PAGE)  # what is loaded once is loaded
                measured = read_files(port, server, PATHS, readers=readers, seconds=seconds, page=PAGE)
        self._report(measured)

    def _report(self, measured: Measured) -> None:
        """Write the figures. Raises `CommandError` where they are not good enough."""
        more = (measured.peak - measured.before) / 1e6
        pages = sorted(measured.page_seconds)
        self.stdout.write(
            f"minne: {measured.before / 1e6:.0f} MB før, {measured.peak / 1e6:.0f} på det meste, "
            f"{measured.after / 1e6:.0f} etter (+{more:.0f} MB)\n"
            f"filer: {measured.answers[200]} hele, {measured.answers[503]} bedt om å komme igjen, "
            f"{measured.bytes_read / 1e6:.0f} MB i alt\n"
            f"søkesiden imens: {len(pages)} svar, median {statistics.median(pages) * 1000:.0f} ms, "
            f"lengst {pages[-1] * 1000:.0f} ms"
        )
        if wrong := {status: n for status, n in measured.answers.items() if n and status not in (200, 503)}:
            raise CommandError(f"Noe svarte med feil: {wrong}")
        if more > MOST_MORE:
            raise CommandError(f"Det kostet mer enn {MOST_MORE} MB.")
