"""Programs that a machine may lack; the tests that need them skip there, and say so."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from ingest.parser.readers.pdf.scan import LANGUAGE
from tools.day.browser import CHROMIUMS, chromium_path


def chromium() -> str:
    """Return the path of a Chromium; skip the test where there is none."""
    executable = chromium_path()
    if executable is None:
        pytest.skip(f"no Chromium here (looked for {', '.join(CHROMIUMS)})")
    return executable


def _reads_scans() -> bool:
    if not (shutil.which("ocrmypdf") and (tesseract := shutil.which("tesseract"))):
        return False
    return LANGUAGE in subprocess.run([tesseract, "--list-langs"], capture_output=True, text=True).stdout.split()


needs_ocr = pytest.mark.skipif(not _reads_scans(), reason="OCRmyPDF with Tesseract's Norwegian model is not installed")


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip a test where one of some programs is not installed, and say which."""
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")
