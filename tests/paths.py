"""Where the tests find files: the checkout, its invented samples, and the real programmes that may stand beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
"""The checkout."""
REGISTERS = ROOT / "fixtures" / "registers"
SAMPLES = ROOT / "fixtures" / "programmes"
SHARED = ROOT.parent / "shared"
"""Real programmes and their annotations, which the repository doesn't carry."""
GOLD = SHARED / "gold"

needs_shared = pytest.mark.skipif(not GOLD.is_dir(), reason="the real programmes, ../shared, are not here")
