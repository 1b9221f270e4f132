"""Damaging a text as an OCR without æ, ø and å does."""

from __future__ import annotations

from tests.ingest.parser.ocr.test_ocr import BOKMAL, NYNORSK
from tools.ocr.damage import damage


def test_damage_is_repeatable_and_complete() -> None:
    damaged = damage(BOKMAL + NYNORSK, seed=1)
    assert damaged == damage(BOKMAL + NYNORSK, seed=1) != damage(BOKMAL + NYNORSK, seed=2)
    assert not set("æøåÆØÅ") & set(damaged)
    assert damaged.count("\n") == (BOKMAL + NYNORSK).count("\n")
