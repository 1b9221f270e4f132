"""`rebuild_index`: haystack's command, but the new index is built beside the old one and swapped in when done."""

from __future__ import annotations

import time
from typing import Any

from haystack import connections
from haystack.management.commands import rebuild_index


class Command(rebuild_index.Command):
    help = "Build the search index anew beside the one in use, then swap."

    def handle(self, **options: Any) -> None:
        for alias in options["using"] or ["default"]:
            began = time.perf_counter()
            count = connections[alias].get_backend().rebuild()
            took = time.perf_counter() - began
            if options["verbosity"] > 0:
                self.stdout.write(f"{count} løfter i søkeindeksen «{alias}» på {took:.1f} s")
