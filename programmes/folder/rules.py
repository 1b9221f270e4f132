"""What the live search goes by, for the script to go by the same: kinds, likenesses, limits and sets of words."""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Any

from programmes.folder.askable import AFTER_ANY_NOUN, Sign
from programmes.folder.leaves import DIGITS
from programmes.folder.readings import sets_of_words
from programmes.norwegian.apart import PREPOSITIONS_OF_COMPOUNDS
from programmes.norwegian.directions import PREPOSITIONS_OF_ACTIONS
from programmes.norwegian.groups import NOUN_ENDS
from programmes.search import BESIDE
from programmes.search.answering import FULL_PAGE, NARROW, WIDEST
from programmes.search.breadth import TURN, WINDOW
from programmes.search.joining import MAX_JOINED
from programmes.search.kinds import ELSEWHERE, Kind
from programmes.search.plan import MAX_RUN
from programmes.search.question import FORMS
from programmes.search.terms import Likeness
from programmes.search.understanding.relaxing import ENOUGH, GENERAL, MOST_OF_A_SIZE, MOST_WEIGHED
from programmes.site.views.search import PER_PAGE

ENDINGS = (*NOUN_ENDS, "n", "r")
"""What is tried off a form that the folder lacks."""


def rules_written() -> dict[str, Any]:
    """Return them by the names that the script has for them."""
    return {
        "KIND": _numbered(Kind),
        "LIKENESS": _numbered(Likeness),
        "SIGN": _numbered(Sign),
        "BESIDE": BESIDE,
        "ENOUGH": ENOUGH,
        "FULL_PAGE": FULL_PAGE,
        "GENERAL": GENERAL,
        "MAX_JOINED": MAX_JOINED,
        "MAX_RUN": MAX_RUN,
        "MOST_OF_A_SIZE": MOST_OF_A_SIZE,
        "MOST_WEIGHED": MOST_WEIGHED,
        "NARROW": NARROW,
        "PER_PAGE": PER_PAGE,
        "TURN": TURN,
        "WIDEST": WIDEST,
        "WINDOW": WINDOW,
        "afterAny": AFTER_ANY_NOUN,
        "digits": DIGITS,
        "endings": ENDINGS,
        "forms": FORMS,
        "sets": {
            "actions": sorted(PREPOSITIONS_OF_ACTIONS),
            "between": sorted(PREPOSITIONS_OF_COMPOUNDS),
            "elsewhere": ELSEWHERE,
            **sets_of_words(),
        },
    }


def _numbered(values: type[IntEnum | IntFlag]) -> dict[str, int]:
    return {value.name.lower(): value.value for value in values if value.name}
