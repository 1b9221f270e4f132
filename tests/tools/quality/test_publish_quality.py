"""`manage.py publish_quality`: figures for the site; what is not measured stays, with its own date."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from programmes.site.quality import measured_groups
from tools.management.commands.publish_quality import version
from tools.quality.documents import documents


@pytest.mark.long
def test_what_is_measured_is_kept_and_what_is_not_stays(tmp_path: Path) -> None:
    kept = tmp_path / "quality.json"
    before = {"measured": "2026-01-01", "version": "0.0.1", "kinds": {}, "all": {}}
    kept.write_text(json.dumps({"closed": before, "open": before}), "utf-8")
    out = StringIO()
    call_command("publish_quality", to=kept, shared=tmp_path, date=date(2027, 5, 17), stdout=out)

    found = json.loads(kept.read_text("utf-8"))
    assert found["closed"] == before
    assert (found["open"]["measured"], found["open"]["version"]) == ("2027-05-17", version())
    assert found["open"]["all"]["documents"] == len(documents("open"))
    assert "gold: no documents are here" in out.getvalue()

    kept.write_text(json.dumps({"open": found["open"]}), "utf-8")
    assert measured_groups(kept)[0].total.documents == len(documents("open"))
