"""What a query means beside the words to be found: names become filters, the frame of a question is left out.

`understand` reads a parsed query once, over the names of a catalogue; it knows no database and no engine.
Everything that it reads as something else than a word is one `Reading`, which can be undone by `ord:`.
"""

from __future__ import annotations

from programmes.search.understanding.names import Chapter, Name, Names, PartyNames, Period
from programmes.search.understanding.opposition import as_typed
from programmes.search.understanding.reading import Reading, Understood, understand
from programmes.search.understanding.relaxing import is_verb_or_adjective, relaxations, weightiest

__all__ = [
    "Chapter",
    "Name",
    "Names",
    "PartyNames",
    "Period",
    "Reading",
    "Understood",
    "as_typed",
    "is_verb_or_adjective",
    "relaxations",
    "understand",
    "weightiest",
]
