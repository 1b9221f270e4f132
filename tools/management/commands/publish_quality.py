"""`manage.py publish_quality`: measure the parser and keep the figures that `/om/kvalitet/` shows."""

from __future__ import annotations

import json
import subprocess
import tomllib
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from programmes.site.quality import KEPT
from tools.quality.documents import ROOT, SHARED, documents
from tools.quality.measuring import as_json, measure_all


class Command(BaseCommand):
    help = (
        "Measure the parser on the open documents and, where ../shared is here, on the real programmes, and keep the"
        " figures that /om/kvalitet/ shows. Documents held apart are measured when asked for: once, when the rules are"
        " finished. What is not measured stays as it was, with its own date."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--closed", action="store_true", help="measure the documents held apart too")
        parser.add_argument(
            "--date", type=date.fromisoformat, default=None, help="the day to print; today unless given"
        )
        parser.add_argument("--to", type=Path, default=KEPT, metavar="FILE", help="where the figures are kept")
        parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the real programmes")

    def handle(self, *args: Any, **options: Any) -> None:
        kept: Path = options["to"]
        found: dict[str, Any] = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
        stamp = {"measured": (options["date"] or date.today()).isoformat(), "version": version()}
        for name in ("open", "gold", *(["closed"] if options["closed"] else [])):
            measured = measure_all(documents(name, options["shared"]))
            if not measured:
                self.stdout.write(f"{name}: no documents are here; what is kept stays")
                continue
            figures = as_json(measured)
            found[name] = {**stamp, "kinds": figures["kinds"], "all": figures["all"]}
            self.stdout.write(f"{name}: {len(measured)} documents, items F1 {figures['all']['items_f1']:.3f}")
        kept.write_text(f"{json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)}\n", "utf-8")


def version() -> str:
    """Return the project's version, with the commit where the checkout has one."""
    release = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    command = ["git", "rev-parse", "--short=7", "HEAD"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own command
    except (OSError, subprocess.CalledProcessError):
        return str(release)
    return f"{release} ({done.stdout.strip()})"
