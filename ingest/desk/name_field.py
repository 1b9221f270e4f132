"""The field of a form for a name."""

from __future__ import annotations

from typing import Any

from django import forms

from ingest.intake.names import plain


class NameField(forms.CharField):
    """A name, as people read it."""

    def to_python(self, value: Any) -> str:
        """Return the name without what nobody sees."""
        return plain(super().to_python(value) or "")
