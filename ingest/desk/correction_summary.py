"""What a correction did, in words or as a changed text."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ingest.models import Correction
from ingest.parser.edits import HEADING
from programmes.models import Passage
from programmes.wording import differences


def summary_of(correction: Correction) -> dict[str, Any]:
    """Return what a correction did, for a person to read: words, or stretches of a changed text."""
    quote, change = correction.place["quote"], correction.change
    match correction.kind:
        case Correction.Kind.TEXT if "title" in change:
            return {"stretches": differences(quote, f"{change['number']} {change['title']}".strip())}
        case Correction.Kind.TEXT:
            return {"stretches": differences(quote, change["text"])}
        case Correction.Kind.SPLIT:
            return {"words": "… / ".join((quote[: change["at"]][-60:], change["rest"][:60] + " …"))}
        case Correction.Kind.MERGE:
            return {"words": f"{change['with']['quote'][-60:]} + {quote[:60]}"}
        case Correction.Kind.MOVE:
            section = change["section"]
            return {"words": f"→ {section['quote'] or _('Innledning')}" if section else _("→ sist, for seg selv")}
        case Correction.Kind.BEGIN:
            return {"words": _("→ foran «%(entry)s»") % {"entry": change["at"]["quote"][:80]}}
        case Correction.Kind.LEVEL:
            return {"words": _("→ nivå %(level)s") % change}
        case Correction.Kind.KIND | Correction.Kind.RESCUE | Correction.Kind.ADD if change["kind"] == HEADING:
            return {"words": _("→ overskrift, nivå %(level)s") % change}
        case Correction.Kind.KIND | Correction.Kind.RESCUE | Correction.Kind.ADD:
            return {"words": f"→ {Passage.Kind(change['kind']).label}"}
        case Correction.Kind.NEST:
            parent = change["parent"]
            return {"words": f"→ {parent['quote'][:80]}" if parent else _("→ står for seg selv")}
        case Correction.Kind.REPAIR:
            repaired = change["repaired"]
            return {"stretches": differences(quote, repaired)} if repaired else {"words": _("→ kildens ordlyd")}
        case Correction.Kind.THEMES:
            return {"words": f"→ {', '.join([change['main'], *change['also']])}"}
        case _:
            return {}
