"""The questions that are measured: common and rare words, conjunctions, phrases, prefixes, inflections, filters.

The common words are those that a pledge in ten or twenty has and that readers do ask for.
"""

from __future__ import annotations

from dataclasses import dataclass

from programmes.search.filters import Filters

YEARS = tuple(range(1999, 2027, 4))
ALL = Filters()
YEAR = Filters(year=("2023",))
PARTY = Filters(party=("parti-3",))
THEME = Filters(theme=("tema-5",))


@dataclass(frozen=True, slots=True)
class Question:
    """A query of our grammar with the filters beside it."""

    kind: str
    query: str
    filters: Filters = ALL


QUESTIONS: tuple[Question, ...] = (
    *(Question("common", word) for word in ("skole", "helse", "kommune", "arbeid", "barn", "norge")),
    *(Question("rare", word) for word in ("byantikvar", "ulv", "tannhelse", "reindrift", "museum")),
    *(Question("and", query) for query in ("barn skole", "eldre omsorg", "grønn omstilling", "klima utslipp kutt")),
    *(
        Question("phrase", f'"{words}"')
        for words in ("psykisk helse", "i hele landet", "barn og unge", "legge til rette")
    ),
    *(Question("prefix", stem) for stem in ("barnehage*", "skole*", "klima*", "sykehus*")),
    *(Question("inflected", word) for word in ("lærerne", "veiene", "bøker", "kvinner", "boligene")),
    Question("filtered", "skole", PARTY),
    Question("filtered", "helse", YEAR),
    Question("filtered", "bolig", THEME),
    Question("filtered", "kommune", Filters(party=("parti-1",), year=("2019", "2023"))),
    Question("filtered", "", PARTY),
)
HEAVIEST = Question("heaviest", "og")
"""What most pledges have, and hardly anybody searches for: measured beside the others and reported apart from them."""
