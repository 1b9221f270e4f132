"""`manage.py make_typeface SourceSerif4Variable-Roman.ttf`: the site's serif, made from Source Serif 4 (SIL OFL 1.1).

The file is `package/VAR/SourceSerif4Variable-Roman.ttf` of the npm package `source-serif` (4.5.1, by `npm pack`).
The licence lets nobody call a changed font by the name Source, so what is made is called Archive Serif.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from tools.typeface import CUT, made


class Command(BaseCommand):
    help = "Write static/typeface/archive-serif.woff2: the letters of Norwegian, Sami and other Latin languages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        font = made(options["source"])
        CUT.parent.mkdir(exist_ok=True)
        font.save(CUT)
        self.stdout.write(f"{CUT.name}: {CUT.stat().st_size} bytes, {len(font.getGlyphOrder())} glyphs")
