"""The passages of the archive that may have an article's words: asked of the search's own index, and read.

Nothing of the archive is kept between two questions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from django.db import connection

from programmes.models import Programme
from programmes.norwegian.analysis import analyse
from programmes.norwegian.tokens import forms_of
from programmes.quotes.related import OF_A_PART, other_names
from programmes.quotes.words import Wording, rarity
from programmes.search.engine import Engine
from programmes.search.terms import FAMILY, PART, WORD
from programmes.search.vocabulary import Vocabulary

RAREST = 5
"""Words that a passage must have to be looked at word by word."""
MOST_VERBATIM = 60
"""Passages that have these words and are read: an archive has the same pledge in many programmes."""
MOST_STANDING = 3000
"""Passages that a word may stand in and still tell which one is meant."""
TELLING, TELLING_OF_QUOTED = 9, 8
"""Words of a claim, and of a quotation, that are asked for one by one, the most telling of them."""
_CUT = re.compile(r"\w+[-‐‑\u00ad]\s*\n\s*\w+")
LEAST_SHARED = 0.2
"""Of what the words asked for tell, that a passage must have to be read."""
PASSAGES = """
    SELECT passage.id, public_id, passage.kind, dissent, lead_in, text, repaired, corrected, programme_id, section_id,
        page_first, page_last, printed_page
    FROM programmes_passage AS passage JOIN programmes_programme AS programme ON programme.id = programme_id
    WHERE passage.id = any(%s) AND publication = %s
"""
"""Written out, for Django takes longer to put a query together than PostgreSQL to answer it."""


@dataclass(frozen=True)
class Reading:
    """One way in which a passage is read, its lead-in before it."""

    wording: Wording
    lead: int
    """Words of the lead-in."""


@dataclass(frozen=True)
class SourcePassage:
    """A passage of a published programme, as far as words are compared with it."""

    pk: int
    public_id: str
    kind: str
    dissent: str
    lead_in: str
    text: str
    repaired: str
    corrected: str
    programme_id: int
    section_id: int
    page_first: int
    page_last: int
    printed_page: str

    @property
    def readable(self) -> str:
        """The text that readers see."""
        return self.corrected or self.repaired or self.text

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """As readers see it, and as the source has it where that is another."""
        return tuple(
            _reading(self.lead_in, text) for text in dict.fromkeys((self.readable, self.repaired, self.text)) if text
        )

    @property
    def own(self) -> bool:
        """Whether it is what the party itself says: no dissent."""
        return not self.dissent


def _reading(lead_in: str, text: str) -> Reading:
    if not lead_in.strip():
        return Reading(Wording.of(text), 0)
    lead = _lead_in(lead_in)
    return Reading(lead.followed_by(Wording.of(text)), len(lead.words))


@lru_cache(maxsize=1000)
def _lead_in(lead_in: str) -> Wording:
    """Return a lead-in, which many pledges share."""
    return Wording.of(f"{lead_in}\n")


class Archive:
    """What may be asked of the archive's words while one article is checked."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary) -> None:
        """Ask an engine whose words these are."""
        self._engine = engine
        self._vocabulary = vocabulary
        self._read: dict[int, SourcePassage] = {}

    def with_all(self, text: str, programmes: frozenset[int] | None) -> list[SourcePassage]:
        """Return the passages that have the rarest words of a text, all of them; of some programmes unless None."""
        rarest = self._rarest(text)
        if not rarest or programmes == frozenset():
            return []
        found = self._engine.passages_with([WORD + form for form in rarest], programmes=programmes, most=MOST_VERBATIM)
        return self.read(found.keys.tolist())

    def _rarest(self, text: str) -> list[str]:
        """Return the rarest words of a text; empty where the archive lacks one of them.

        A word that a hyphen at the end of a line may have cut is left out.
        """
        counts = self._vocabulary.counts
        words = dict.fromkeys(forms_of(_uncut(text)))
        if not all(counts.get(form) for form in words):
            return []
        return sorted(words, key=lambda form: (counts[form], form))[:RAREST]

    def likely(
        self, text: str, programmes: frozenset[int] | None, *, most: int, wide: bool = False
    ) -> list[SourcePassage]:
        """Return the passages that share most of a text's telling words, in any inflection, the likeliest first.

        `wide` asks for other names of the same things, and for the words within compounds, as well.
        """
        if programmes == frozenset():
            return []
        weights = _terms_of(text, wide=wide)
        found = self._engine.passages_with_each(list(weights), programmes=programmes, most=MOST_STANDING)
        if not found:
            return []
        keys = np.concatenate([standing.keys for standing in found.values()])
        told = np.concatenate([np.full(len(standing.keys), weights[term]) for term, standing in found.items()])
        passages, places = np.unique(keys, return_inverse=True)
        sums = np.bincount(places, weights=told, minlength=len(passages))
        best = np.lexsort((passages, -sums))[:most]
        if not wide:
            best = best[sums[best] >= LEAST_SHARED * sum(weights.values())]
        return self.read(passages[best].tolist())

    def read(self, keys: Iterable[int]) -> list[SourcePassage]:
        """Return published passages in the order of their keys given; what is no longer published is left out."""
        wanted = list(dict.fromkeys(keys))
        missing = [key for key in wanted if key not in self._read]
        if missing:
            with connection.cursor() as cursor:
                cursor.execute(PASSAGES, [missing, Programme.Publication.PUBLISHED.value])
                self._read.update((row[0], SourcePassage(*row)) for row in cursor.fetchall())
        return [self._read[key] for key in wanted if key in self._read]


def _terms_of(text: str, *, wide: bool) -> dict[str, float]:
    """Return the terms of the most telling words of a text, with what each tells."""
    told = {form: weight for form in dict.fromkeys(forms_of(text)) if (weight := rarity(form))}
    best = sorted(told, key=lambda form: (-told[form], form))[: TELLING if wide else TELLING_OF_QUOTED]
    terms: defaultdict[str, float] = defaultdict(float)
    for form in best:
        analysis = analyse(form)
        names = other_names(form) if wide else frozenset()
        for family in sorted(analysis.families | names):
            terms[FAMILY + family] = max(terms[FAMILY + family], told[form])
        for part in sorted(analysis.parts | analysis.families) if wide else ():
            terms[PART + part] = max(terms[PART + part], OF_A_PART * told[form])
        for part in sorted(analysis.parts) if wide else ():
            terms[FAMILY + part] = max(terms[FAMILY + part], OF_A_PART * rarity(part))
    return dict(terms)


def _uncut(text: str) -> str:
    """Return a text without the words that a hyphen at the end of a line stands in."""
    return " ".join(word for word in _CUT.sub(" ", text).split())
