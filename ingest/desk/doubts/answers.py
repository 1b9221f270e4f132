"""What may be answered to each kind of doubt, besides that it is right as it was read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ingest.desk.doubts.question import Answer
from ingest.models import Correction
from ingest.parser.edits import HEADING

Kind = Correction.Kind

PROSE = Answer("prose", _("Brødtekst, ikke løfte"), Kind.KIND, {"kind": "prose"})
PLEDGE = Answer("pledge", _("Løfte"), Kind.KIND, {"kind": "pledge"})
PROSE_PLEDGE = Answer("prose-pledge", _("Løfte i løpende tekst"), Kind.KIND, {"kind": "prose_pledge"})
TITLE = Answer("heading", _("Overskrift"), Kind.KIND, {"kind": HEADING})
NO_TITLE = Answer("text", _("Ikke overskrift: brødtekst"), Kind.KIND, {"kind": "prose"})
FURNITURE = Answer("furniture", _("Sidefyll"), Kind.FURNITURE)
SOURCE_WORDING = Answer("source", _("Bruk kildens ordlyd"), Kind.REPAIR, {"repaired": None})
OTHER_WORDING = Answer("other", _("Bruk den andre filens ordlyd"), Kind.TEXT)
"""The words are those of the difference."""
THEME = Answer("theme", _("Sett temaet"), Kind.THEMES)
"""The theme itself is chosen in the form."""

ANSWERS: dict[str, tuple[Answer, ...]] = {
    "list without lead-in": (PROSE, FURNITURE),
    "no pledges": (PROSE, FURNITURE),
    "lead-in": (PROSE,),
    "short": (PROSE, TITLE, FURNITURE),
    "long": (PROSE,),
    "no text": (FURNITURE,),
    "may be a heading": (TITLE, PROSE),
    "list taken for prose": (PLEDGE, PROSE_PLEDGE),
    "prose that asks": (PLEDGE, PROSE_PLEDGE),
    "heading in a list": (PLEDGE, NO_TITLE, FURNITURE),
    "doubtful heading": (NO_TITLE, FURNITURE),
    "heading moved": (NO_TITLE, FURNITURE),
    "heading without text": (NO_TITLE, FURNITURE),
    "weak theme": (THEME,),
    "repair": (SOURCE_WORDING,),
}
"""By the kind of doubt, the likeliest first: one key gives that one. Of what is missing a person opens the form."""
