"""The files that a release is made of: the sources of its tag, what they stand on, and the sums of both."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

from tools.release.kept import CHECKOUT

TESTED = "tests"
"""The git notes that say of which commits all tests have passed."""


class NotReleasable(Exception):
    """The checkout can't be released as it is; the message says why."""


def git(*words: str) -> str:
    """Return what git answers. Raises `CalledProcessError`."""
    command = ["git", *words]
    return subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


def notes_of(version: str) -> str:
    """Return what the change log says of a version. Raises `NotReleasable` where it says nothing."""
    text = (CHECKOUT / "CHANGELOG.md").read_text()
    found = re.search(
        rf"^## {re.escape(version)} – \d{{4}}-\d\d-\d\d\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
    )
    if found is None or not found.group(1).strip():
        raise NotReleasable(f"CHANGELOG.md sier ikke noe om {version} (overskrift: «## {version} – ÅÅÅÅ-MM-DD»).")
    return found.group(1).strip()


def is_tested() -> bool:
    """Return whether a note says that all tests have passed at the present commit."""
    command = ["git", "notes", f"--ref={TESTED}", "show", "HEAD"]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=False).returncode == 0  # noqa: S603


def note_that_tests_passed() -> None:
    """Say of the present commit that all tests have passed."""
    git("notes", f"--ref={TESTED}", "add", "--force", "--message", "make test passed", "HEAD")


def write_sources(folder: Path, name: str) -> Path:
    """Write the archive of what the present commit has, as git knows it: the same bytes every time."""
    path = folder / f"{name}.tar.gz"
    git("archive", "--format=tar.gz", f"--prefix={name}/", f"--output={path}", "HEAD")
    return path


def write_bill_of_materials(folder: Path, name: str) -> Path:
    """Write what the product stands on, with hashes, in CycloneDX's JSON; dated as the present commit."""
    path = folder / f"{name}.cdx.json"
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "--pyproject", "pyproject.toml"]
    subprocess.run(  # noqa: S603
        [*command, "--output-reproducible", "--output-file", str(path), "requirements.lock"],
        cwd=CHECKOUT,
        env={**os.environ, "SOURCE_DATE_EPOCH": git("show", "--no-patch", "--format=%ct", "HEAD")},
        check=True,
        capture_output=True,
    )
    return path


def write_sums(folder: Path, paths: list[Path]) -> Path:
    """Write the SHA-256 of files as `sha256sum --check` reads them."""
    sums = folder / "SHA256SUMS"
    sums.write_text("".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in paths))
    return sums
