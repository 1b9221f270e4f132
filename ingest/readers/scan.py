"""Text recognition for scans, by OCRmyPDF and Tesseract's Norwegian model, where both are installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from ingest.errors import NoText, ParseLimitReached

LANGUAGE = "nor"
TIMEOUT = 600
"""Seconds that recognition may take."""


def recognise(data: bytes) -> bytes:
    """Return a scanned PDF with the text that was recognised in it.

    Raises `NoText` where the programs or the Norwegian model are missing or find nothing that they can read,
    and `ParseLimitReached` where they take too long.
    """
    ocrmypdf, tesseract = shutil.which("ocrmypdf"), shutil.which("tesseract")
    if ocrmypdf is None or tesseract is None:
        raise NoText
    try:
        with tempfile.TemporaryDirectory() as folder:
            scan, found = Path(folder) / "scan.pdf", Path(folder) / "text.pdf"
            scan.write_bytes(data)
            languages = _run([tesseract, "--list-langs"], 30)
            if LANGUAGE not in languages.split():
                raise NoText
            options = ["--language", LANGUAGE, "--skip-text", "--output-type", "pdf", "--optimize", "0", "--jobs", "1"]
            _run([ocrmypdf, *options, str(scan), str(found)], TIMEOUT)
            return found.read_bytes()
    except subprocess.TimeoutExpired as error:
        raise ParseLimitReached from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise NoText from error


def _run(command: list[str], timeout: int) -> str:
    """Run a program of fixed name on our own files and return what it prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=timeout)  # noqa: S603
    return done.stdout
