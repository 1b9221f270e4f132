"""The questions that are measured: words that every engine can be asked for, and what is ours to understand.

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
UNDERSTOOD: tuple[Question, ...] = (
    *(
        Question("names", query)
        for query in (
            "GrP bompenger",
            "Granpartiet skole",
            "Granvik Bjørkepartiet sykkel",
            "eldreomsorg 2023",
            "FjP KyP buss",
        )
    ),
    *(
        Question("questions", query)
        for query in (
            "hva mener partiene om vindkraft",
            "hvem vil bygge ut jernbanen?",
            "skal det bli gratis barnehage",
            "kva meiner Fjordpartiet om eldreomsorg?",
            "hvilke partier sier nei til bompenger",
        )
    ),
    *(
        Question("fewer words", query)
        for query in ("byantikvar reindrift jernbane ulv", "gratis tannlege for reindriftsamer")
    ),
    *(Question("corrected", query) for query in ("barnehge", "kolektivtrafikk")),
    *(Question("near", query) for query in ("jernbanebro", "islamisme", "valgkampbod")),
    *(Question("nothing", query, filters) for query, filters in (("xylofonbyggerlaug", ALL), ("reindrift ulv", PARTY))),
)
"""Names that are read, questions, and what comes instead where no pledge has all that is asked."""
HEAVIEST = Question("heaviest", "og")
"""What most pledges have, and hardly anybody searches for: measured beside the others and reported apart from them."""
