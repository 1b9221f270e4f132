"""The index of all that is published, in memory for as long as a folder's search is made from it."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from programmes.search.entries import IndexEntry
from programmes.search.matching import Documents
from programmes.search.terms import LEAD_WORD, WORD
from programmes.search.vocabulary import Vocabulary


class Gathered:
    """The terms and numbers of entries, in the order in which they came; `matching.Postings` for who asks a plan.

    Some 60 bytes an entry for its numbers and 4 for each of its terms: 20 MB for 10,000 pledges.
    """

    def __init__(self, entries: Iterable[IndexEntry]) -> None:
        """Read all entries."""
        numbers: dict[str, array] = {name: array("q") for name in ("key", "kind", "programme", "length")}
        self.themes: list[tuple[int, ...]] = []
        found: defaultdict[str, array] = defaultdict(lambda: array("i"))
        self._places: dict[str, dict[int, Sequence[int]]] = defaultdict(dict)
        for number, entry in enumerate(entries):
            terms = entry.terms
            for term, places in terms.placed().items():
                found[term].append(number)
                self._places[term][number] = array("H", (min(place, 65535) for place in places))
            for term in terms.plain():
                found[term].append(number)
            row = (entry.key, int(entry.kind), entry.programme_id, terms.length)
            for name, value in zip(numbers, row, strict=True):
                numbers[name].append(value)
            self.themes.append(entry.themes)
        self._found = {term: np.array(documents, dtype=np.int32) for term, documents in found.items()}
        self.key, self.kind, self.programme, self.length = (np.array(column) for column in numbers.values())
        self.size = len(self.key)

    def documents(self, term: str) -> Documents:
        """Return the documents with a term, ascending."""
        return self._found.get(term, np.zeros(0, dtype=np.int32))

    def documents_of_prefix(self, prefix: str) -> Documents:
        """Return the documents with a term that begins so."""
        found = [documents for term, documents in self._found.items() if term.startswith(prefix)]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int32)

    def documents_of_phrase(self, terms: Sequence[str]) -> Documents:
        """Return the documents where the terms stand next to each other, ascending."""
        places = [self._places.get(term, {}) for term in terms]
        rarest = min(places, key=len)
        return np.array([number for number in sorted(rarest) if _has_phrase(number, places)], dtype=np.int32)

    def vocabulary(self) -> Vocabulary:
        """Return the words of all texts and lead-ins, and in how many of each they stand."""
        counts: Counter[str] = Counter()
        for term, documents in self._found.items():
            if term[0] in (WORD, LEAD_WORD):
                counts[term[1:]] += len(documents)
        return Vocabulary(counts)

    def names_of(self, sign: str) -> list[str]:
        """Return what stands after a sign (`terms.FAMILY`, `terms.PART`) in the terms of the index, in order."""
        return sorted(term[1:] for term in self._found if term[0] == sign)


def _has_phrase(number: int, places: Sequence[dict[int, Sequence[int]]]) -> bool:
    if any(number not in of_term for of_term in places):
        return False
    first, *others = (set(of_term[number]) for of_term in places)
    return any(all(start + step in each for step, each in enumerate(others, 1)) for start in first)
