"""The form of a programme's own facts."""

from __future__ import annotations

import json
from typing import Any

from django import forms

from ingest.desk.area_lookup import label_of
from ingest.desk.upload_forms import ConfirmForm
from ingest.intake.details import DETAIL_FIELDS
from ingest.intake.facts import Facts, facts_of
from programmes.models import Branch, Programme


class FactsForm(ConfirmForm):
    """What the archive knows of a programme, as an upload's form asks for it."""

    facts_before = forms.CharField(required=False, widget=forms.HiddenInput)
    """The facts that the page was loaded with, as JSON: what differs from them is what the person has changed."""

    @classmethod
    def of(cls, programme: Programme) -> FactsForm:
        """Return the form as it begins."""
        branch = programme.branch
        return cls(
            initial={name: getattr(programme, name) for name in DETAIL_FIELDS}
            | {
                "party": branch.party.code,
                "level": branch.level,
                "branch": branch.name,
                "area": label_of(branch.area) if branch.area else "",
                "facts_before": json.dumps(facts_of(programme)),
            }
        )

    @property
    def was(self) -> Facts:
        """The facts that the page was loaded with; empty where the form does not say."""
        try:
            was = json.loads(self.cleaned_data["facts_before"])
        except ValueError:
            return {}
        return was if isinstance(was, dict) else {}

    def facts(self, branch: Branch) -> Facts:
        """Return what the form says, as facts are kept."""
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in DETAIL_FIELDS}
        adopted = said["adopted_on"]
        return said | {"branch": branch.pk, "adopted_on": adopted.isoformat() if adopted else None}
