"""`manage.py export_site FOLDER`: the archive as a folder of files, with a search that needs no server."""

from __future__ import annotations

import logging
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http.request import validate_host

from programmes.folder.export import CannotBeExported, Exporter

EVERY = 500
"""Pages or words between two lines on how far it has come."""


class Command(BaseCommand):
    help = "Write all that is published as pages that open from a disk, with a search that works there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder to make; it may not exist yet")
        parser.add_argument(
            "--site", metavar="ADDRESS", help="where the site is reached (https://…): citations name it"
        )
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="nb")

    def handle(self, *args: Any, **options: Any) -> None:
        site = options["site"] or f"http{'s' if settings.SECURE else ''}://{settings.ALLOWED_HOSTS[0]}"
        if not validate_host(urlsplit(site).hostname or "", settings.ALLOWED_HOSTS):
            raise CommandError(f"{site} is no address of the site: write https:// and one of ALLOWED_HOSTS")
        logging.getLogger("archive.access").setLevel(logging.WARNING)  # the pages of a folder have no readers
        began = time.perf_counter()

        def progress(what: str, number: int) -> None:
            if number % EVERY == 0 and number:
                self.stderr.write(f"{what}: {number} ({time.perf_counter() - began:.0f} s)")

        exporter = Exporter(options["folder"], address=site, language=options["language"], progress=progress)
        try:
            done = exporter.write()
        except FileExistsError as error:
            raise CommandError(f"{options['folder']} is there already: move it, or name another folder") from error
        except CannotBeExported as error:
            raise CommandError(f"A page that others lead to can't be made: {error}") from error
        took = time.perf_counter() - began
        self.stdout.write(f"{done.pages} sider, {done.files} filer i {options['folder']} på {took:.0f} s.")
