"""The sample programmes: sources, made files, expected parses and manifest say the same."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from pdfminer.converter import TextConverter
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from programmes.branches import get_or_create_branch
from programmes.models import Area, Branch, Party
from programmes.registers import load_registers

FIXTURES = Path(__file__).parents[2] / "fixtures"
PROGRAMMES = FIXTURES / "programmes"
MANIFEST = tomllib.loads((PROGRAMMES / "manifest.toml").read_text(encoding="utf-8"))["programme"]
FILES = [entry["file"] for entry in MANIFEST]


def expected(name: str) -> dict:
    return json.loads((PROGRAMMES / "expected" / f"{name}.json").read_text(encoding="utf-8"))


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def drawn_texts(data: bytes) -> list[str]:
    """Return the text of each page of a PDF in the order in which it was drawn."""
    texts = []
    for page in PDFPage.get_pages(io.BytesIO(data)):
        out = io.StringIO()
        manager = PDFResourceManager()
        PDFPageInterpreter(manager, TextConverter(manager, out, laparams=None)).process_page(page)
        texts.append(out.getvalue())
    return texts


def page_texts(name: str) -> dict[int, str]:
    """Return the letters of each page of a sample, however its format keeps them."""
    data = (PROGRAMMES / name).read_bytes()
    if name.endswith(".pdf"):
        return {number: letters(text) for number, text in enumerate(drawn_texts(data), start=1)}
    if name.endswith(".docx"):
        data = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    return {1: letters(data.decode())}


def test_manifest_expected_parses_and_files_are_the_same_set():
    assert len(FILES) == len(set(FILES))
    assert {path.stem for path in (PROGRAMMES / "expected").iterdir()} == set(FILES)
    made = {path.name for path in PROGRAMMES.iterdir() if path.is_file() and path.suffix != ".toml"}
    assert made == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_expected_parse_is_of_this_very_file(name: str):
    assert expected(name)["sha256"] == hashlib.sha256((PROGRAMMES / name).read_bytes()).hexdigest()


def test_sources_give_these_files():
    check = subprocess.run(
        [sys.executable, FIXTURES / "make_samples.py", "--check"], capture_output=True, text=True, check=False
    )
    assert check.returncode == 0, check.stdout + check.stderr


@pytest.mark.parametrize("name", FILES)
def test_every_item_is_where_the_expected_parse_says(name: str):
    parse = expected(name)
    pages = page_texts(name)
    lines = (PROGRAMMES / name).read_text(encoding="utf-8").splitlines() if name.endswith((".txt", ".md")) else []
    assert parse["items"]
    for item in parse["items"]:
        words = letters(item["text"])
        if lines:
            assert words in letters("".join(lines[item["line_first"] - 1 : item["line_last"]])), item
        else:
            assert words[:20] in pages[item["page_first"]], item
            assert words[-20:] in pages[item["page_last"]], item


def test_the_readme_counts_right():
    readme = (FIXTURES / "README.md").read_text(encoding="utf-8")
    counts = {
        name: int(count) for name, count in re.findall(r"^\| `([\w.-]+)` \| (\d+) \|", readme, flags=re.MULTILINE)
    }
    registers = {
        path.name: sum(len(rows) for rows in tomllib.loads(path.read_text(encoding="utf-8")).values())
        for path in (FIXTURES / "registers").iterdir()
    }
    assert counts == {name: len(expected(name)["items"]) for name in FILES} | registers


def test_there_is_enough_to_read_in_both_languages():
    counts = {name: sum(item["kind"] == "pledge" for item in expected(name)["items"]) for name in FILES}
    assert sum(counts.values()) >= 450
    assert counts["fjordpartiet-2025-2029.pdf"] >= 120
    assert {entry["language"] for entry in MANIFEST} == {"nb", "nn"}
    assert {Path(name).suffix for name in FILES} == {".txt", ".pdf", ".md", ".docx", ".html"}


def test_two_editions_keep_reword_and_replace_pledges():
    before, after = (
        [item["text"] for item in expected(name)["items"]]
        for name in ("storfjell-fjordparti-2019-2023.txt", "storfjell-fjordparti-2023-2027.pdf")
    )
    kept = set(before) & set(after)
    likeness = {new: max(SequenceMatcher(None, old, new).ratio() for old in before) for new in after if new not in kept}
    assert len(kept) >= 3
    assert sum(ratio > 0.6 for ratio in likeness.values()) >= 10, "reworded"
    assert sum(ratio < 0.5 for ratio in likeness.values()) >= 10, "new"


def test_the_damaged_sample_has_its_transcript_line_for_line():
    damaged = (PROGRAMMES / "ny-dag-uttalelse-2023.txt").read_text(encoding="utf-8")
    clean = (PROGRAMMES / "src" / "ny-dag-uttalelse-2023.transcript.txt").read_text(encoding="utf-8")
    assert not set(damaged) & set("æøåÆØÅ")
    assert set(clean) & set("æøå")
    assert damaged.count("\n") == clean.count("\n")
    assert all(
        SequenceMatcher(None, read, meant).ratio() > 0.6
        for read, meant in zip(damaged.splitlines(), clean.splitlines(), strict=True)
    )
    repaired = [item["repaired"] for item in expected("ny-dag-uttalelse-2023.txt")["items"] if "repaired" in item]
    assert len(repaired) >= 15
    assert all(letters(text) in letters(clean) for text in repaired)


@pytest.mark.django_db
def test_every_branch_has_its_invented_party_and_area():
    load_registers()
    real = set(Party.objects.values_list("code", flat=True))
    real_areas = set(Area.objects.values_list("code", flat=True))
    load_registers(samples=True)
    for entry in MANIFEST:
        assert entry["party"] not in real
        assert entry.get("area") not in real_areas
        get_or_create_branch(
            party=Party.objects.get(code=entry["party"]),
            name=entry["branch"],
            level=entry["level"],
            area_code=entry.get("area"),
            on_year=entry["period"][0],
        )
    assert Branch.objects.exclude(level="national").count() == 11
    old = Branch.objects.get(name="Bygdelista i Gamlevik")
    assert old.area.successors.get().branches.filter(party=old.party).exists(), "an old branch leads to a new one"
    assert Branch.objects.get(name="Storfjell Fjordparti").area.valid_to is None
