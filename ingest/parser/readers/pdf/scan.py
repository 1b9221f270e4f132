"""Text recognition for scans, by OCRmyPDF and Tesseract's Norwegian model, where both are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from threading import Timer

from ingest.parser.errors import NoText, ParseLimitReached
from ingest.parser.progress import report_progress

LANGUAGE = "nor"
UPRIGHT = "osd"
"""Tesseract's model that finds which way up a page stands."""
TIMEOUT = 1800
"""Seconds that recognition may take: a page takes 3 to 8 on one core."""

_ON_PAGE = re.compile(r"\s*(\d{1,5}) \S")


def recognise(data: bytes, pages: int = 0) -> bytes:
    """Return a scanned PDF, of so many pages if that is known, with the text that was recognised in it.

    Raises `NoText` where the programs or the Norwegian model are missing or find nothing that they can read,
    and `ParseLimitReached` where they take too long.
    """
    ocrmypdf, tesseract = shutil.which("ocrmypdf"), shutil.which("tesseract")
    if ocrmypdf is None or tesseract is None:
        raise NoText
    report_progress("recognise", 0, pages)
    try:
        known = _run([tesseract, "--list-langs"], 30).split()
        if LANGUAGE not in known:
            raise NoText
        options = ["--language", LANGUAGE, "--skip-text", "--output-type", "pdf", "--optimize", "0", "--jobs", "1"]
        if UPRIGHT in known:
            options.append("--rotate-pages")
        with tempfile.TemporaryDirectory() as folder:
            scan, found = Path(folder) / "scan.pdf", Path(folder) / "text.pdf"
            scan.write_bytes(data)
            _follow([ocrmypdf, *options, "--verbose", "1", str(scan), str(found)], pages)
            return found.read_bytes()
    except subprocess.TimeoutExpired as error:
        raise ParseLimitReached from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise NoText from error


def _run(command: list[str], timeout: int) -> str:
    """Run a program of fixed name and return what it prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=timeout)  # noqa: S603
    return done.stdout


def _follow(command: list[str], pages: int) -> None:
    """Run OCRmyPDF on our own files, and report the pages that it says it works on."""
    late = False
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603

        def stop() -> None:
            nonlocal late
            late = True
            process.kill()

        timer = Timer(TIMEOUT, stop)
        timer.start()
        try:
            begun = 0
            for line in process.stderr or ():
                if (match := _ON_PAGE.match(line)) and begun < int(match[1]) <= max(pages, begun + 1):
                    begun = int(match[1])
                    report_progress("recognise", begun - 1, pages)
        finally:
            timer.cancel()
    if late:
        raise subprocess.TimeoutExpired(command, TIMEOUT)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
