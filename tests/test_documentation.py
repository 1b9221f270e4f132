"""The documentation names what there is, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from tests.paths import ROOT

SOURCES = ["archive/settings.py", "archive/gunicorn_conf.py", "tools/management/commands/demo.py"]
READ = re.compile(r"""(?:environ(?:\.get\(|\[)|_flag\()\s*"([A-Z_]+)\"""")
ROW = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)


def test_every_setting_from_the_environment_is_documented_and_exists():
    read = {name for source in SOURCES for name in READ.findall((ROOT / source).read_text())}
    documented = set(ROW.findall((ROOT / "docs" / "operation.md").read_text()))
    assert read == documented


PATH = re.compile(r"`((?:archive|ingest|programmes|tools|tests|fixtures|docs|templates|static|\.ci)/[\w./-]*)`")


def test_every_path_that_the_documentation_names_is_there():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "tests").rglob("*.md")]
    named = {(page.name, path) for page in pages for path in PATH.findall(page.read_text(encoding="utf-8"))}
    assert len(named) > 40
    assert not sorted(f"{page}: {path}" for page, path in named if not (ROOT / path).exists())


def test_every_make_target_is_explained():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split())
    assert targets == set(re.findall(r"^([a-z-]+):.*## .+", makefile, re.MULTILINE))


def test_the_locks_name_what_is_public():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = Path(ROOT / lock).read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"--(extra-)?index-url|--find-links|file://|https?://", text)
