"""The folder's search, as script files: what each word finds, what every document is, and the texts of the hits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from programmes.folder.askable import Askable, Sign, runs, words
from programmes.folder.leaves import LeafWriter, documents_written, number_written
from programmes.folder.naming import file_of
from programmes.folder.postings import Gathered
from programmes.folder.readings import frames_written, names_written
from programmes.folder.rules import rules_written
from programmes.models import Passage, Section
from programmes.norwegian.groups import near_words
from programmes.norwegian.groups import rows as rows_of_near_words
from programmes.norwegian.synonyms import family_of
from programmes.norwegian.tokens import forms_of
from programmes.search import engine_named
from programmes.search.catalogue import Catalogue, catalogue_for
from programmes.search.entries import published_entries, section_key
from programmes.search.neighbours import Neighbours
from programmes.search.plan import Leaf, options_of, plan, without_short_parts
from programmes.search.query import Query
from programmes.search.terms import HEADING
from programmes.search.understanding.opposition import showing
from programmes.search.understanding.tables import OPPOSED
from programmes.search.vocabulary import Vocabulary
from programmes.site.facets import KEYS
from programmes.site.templatetags.archive import source_place

FOLDER = "sokedata"
SIZE = 24_000
"""Characters of a file of words; one that finds much has a file of its own."""
TEXTS = 16
"""Texts in a file."""
FILES = 100
"""Files in a folder."""
MOST_NEAR = 8
"""Words about the same matter that are kept for one that finds nothing, as many as the live search asks."""
NEAR = "~ "
"""Begins the key of several words that something is near."""
SAME = "="
"""Stands for what is as the one before it."""
Progress = Callable[[str, int], None]


@dataclass(slots=True)
class SearchWriter:
    """Writes the search of the archive as it is now."""

    folder: Path
    progress: Progress
    index: Gathered
    vocabulary: Vocabulary
    catalogue: Catalogue
    neighbours: Neighbours
    programmes: list[int]
    """The published programmes that have entries, in order: the script knows them by their place."""
    beyond: bool
    """Whether words that the archive lacks are looked up too."""

    @classmethod
    def of_archive(cls, folder: Path, progress: Progress, beyond: bool = True) -> SearchWriter:
        """Return what writes the search of all that is published to a folder."""
        engine = engine_named()
        engine.vocabulary()  # an index that is behind catches up
        index = Gathered(published_entries())
        programmes = sorted(set(index.programme.tolist()))
        return cls(
            folder / FOLDER,
            progress,
            index,
            index.vocabulary(),
            catalogue_for(engine.stamp()),
            engine.neighbours(),
            programmes,
            beyond,
        )

    def write(self) -> None:
        """Write all files."""
        self.folder.mkdir(parents=True, exist_ok=True)
        cuts = self._words()
        self._texts()
        self._core(cuts)

    def _core(self, cuts: list[str]) -> None:
        """Write what every search needs."""
        index = self.index
        place_of = {pk: place for place, pk in enumerate(self.programmes)}
        place_of |= {pk: -1 for pk in self.catalogue.programmes if pk not in place_of}
        sets = sorted(set(index.themes))
        number = {themes: at for at, themes in enumerate(sets)}
        core = {
            "size": index.size,
            "most": self.vocabulary.most,
            "cuts": cuts,
            "perFile": TEXTS,
            "perFolder": FILES,
            "programmes": [self._programme(pk) for pk in self.programmes],
            "of": _stretches(place_of[pk] for pk in index.programme.tolist()),
            "kinds": _stretches(index.kind.tolist()),
            "lengths": "".join(map(number_written, index.length.tolist())),
            "themes": _stretches(number[themes] for themes in index.themes),
            "themeNames": (names := self._addresses(pk for themes in sets for pk in themes)),
            "themeSets": [[names.index(each) for each in self._addresses(themes)] for themes in sets],
            **rules_written(),
            **frames_written(),
            **names_written(self.catalogue, place_of),
        }
        self._file("kjerne", core)

    def _programme(self, pk: int) -> dict[str, Any]:
        """Return what a hit tells of its programme, and what this is called in an address."""
        row = self.catalogue.programmes[pk]
        values = {KEYS[facet]: value for facet, value in row.values.items()}
        period = f"{row.period.start}–{row.period.end}"
        return {"branch": row.labels["branch"], "period": period, "replaced": pk in self.catalogue.replaced, **values}

    def _addresses(self, themes: Iterable[int]) -> list[str]:
        """Return the addresses of some themes and of those above them: a main theme takes in its sub-themes."""
        rows = self.catalogue.themes
        return sorted({rows[each].slug for theme in themes for each in (theme, rows[theme].main)})

    def _words(self) -> list[str]:
        """Write the words, in order, a file for some of them; return the first word of each file."""
        writer = LeafWriter(self.index, self.vocabulary.counts)
        texts = Passage.objects.published().values_list("text", flat=True).iterator(chunk_size=2000)
        every = merge(
            words(self.index, self.vocabulary, texts, self.beyond),
            runs(self.index, beyond=self.beyond),
            sorted(self._opposition(), key=_key),
            _near() if self.beyond else (),
            key=_key,
        )
        cuts: list[str] = []
        rows: list[Any] = []
        leaves: dict[str, int] = {}
        size = 0
        for at, askable in enumerate(every):
            leaf = self._leaf(askable, writer)
            written = json.dumps(leaf, ensure_ascii=False)
            if size and size + len(written) > SIZE:
                cuts.append(self._word_file(len(cuts), rows, leaves))
                rows, leaves, size = [], {}, 0
            if written not in leaves:
                leaves[written] = len(leaves)
                size += len(written)
            size += len(askable.key) + 12
            rows.append([askable.key, leaves[written], int(askable.signs), askable.count])
            self.progress("ord", at)
        if rows:
            cuts.append(self._word_file(len(cuts), rows, leaves))
        return cuts

    def _word_file(self, number: int, rows: list[Any], leaves: dict[str, int]) -> str:
        self._file(f"ord/{number // FILES}/{number}", [rows, [json.loads(leaf) for leaf in leaves]])
        return rows[0][0]

    def _leaf(self, askable: Askable, writer: LeafWriter) -> list[str | list[str]]:
        """Return what a word finds in each company, what is near it, and near a longer one that begins with it.

        What is near is asked for where no pledge has the word: none at all, or none of those that are searched.
        """
        alone = writer.found(askable.alone)
        is_same = askable.alone == askable.beside
        beside = alone if is_same else writer.found(askable.beside)
        kept_leaf = without_short_parts(askable.beside)
        kept = beside if kept_leaf == askable.beside else writer.found(kept_leaf)
        headings = self._below(askable.headings)
        near: list[str] = []
        begun: list[str] = []
        if askable.key.startswith(NEAR):
            near = list(near_words(forms_of(askable.key[len(NEAR) :])))
        elif " " not in askable.key and Sign.FUNCTION not in askable.signs:
            near = [name for name, _similarity in self.neighbours.of(askable.key, MOST_NEAR)]
            if askable.key.isalpha():
                begun = [each.name for each in self.neighbours.of_beginning(askable.key)]
        marks = writer.marked(Leaf((*askable.alone.options, *askable.beside.options)))
        leaf: list[str | list[str]] = [
            alone,
            SAME if beside == alone else beside,
            SAME if kept == beside else kept,
            headings,
            "" if marks == askable.key else marks,
            "" if askable.family == askable.key else askable.family,
        ]
        return [*leaf, near, begun] if near or begun else leaf

    def _below(self, words: Iterable[Iterable[str]]) -> str:
        """Return the documents below headings that have some words, each in one of its families."""
        of_words = [
            {number for family in families for number in self.index.documents(HEADING + family).tolist()}
            for families in words
        ]
        found = set.intersection(*of_words) if of_words else set()
        return documents_written(np.array(sorted(found), dtype=np.int64))

    def _opposition(self) -> Iterator[Askable]:
        """Yield what shows opposition, for each way to type it."""
        for forms in OPPOSED:
            wanted = plan(Query((showing(forms),)), self.vocabulary).wanted
            leaf = Leaf(tuple(dict.fromkeys(options_of(wanted))))
            yield Askable(f"! {' '.join(forms)}", leaf, leaf)

    def _texts(self) -> None:
        """Write what a hit shows, some documents to a file, in the order of the index."""
        keys = self.index.key.tolist()
        for first in range(0, len(keys), TEXTS):
            chunk = keys[first : first + TEXTS]
            rows = _texts_of(chunk)
            number = first // TEXTS
            self._file(f"tekst/{number // FILES}/{number}", [rows.get(key) for key in chunk])
            self.progress("tekster", first)

    def _file(self, name: str, data: Any) -> None:
        """Write a script file that hands its data to the search."""
        path = self.folder / f"{name}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        written = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        path.write_text(f"sokedel({json.dumps(name)},{written})\n", "utf-8")


def _key(askable: Askable) -> str:
    return askable.key


def _near() -> Iterator[Askable]:
    """Yield the names of several words that the table has something near for."""
    typed = {forms_of(name) for row in rows_of_near_words() for name in row[0]}
    nothing = Leaf(())
    for key in sorted({" ".join(map(family_of, forms)) for forms in typed if len(forms) > 1}):
        yield Askable(f"{NEAR}{key}", nothing, nothing)


def _texts_of(keys: Iterable[int]) -> dict[int, list[Any]]:
    """Return what a hit shows of some documents: its file, its words, what it stands under and its place."""
    wanted = list(keys)
    found: dict[int, list[Any]] = {}
    passages = Passage.objects.published().with_source().filter(pk__in=[key for key in wanted if key > 0])
    for passage in passages.order_by("pk"):
        file = file_of(passage.get_absolute_url())
        where = str(source_place(passage))
        found[passage.pk] = [file, passage.readable_text, list(passage.introductions), where, passage.dissent]
    sections = Section.objects.select_related("programme__branch__party").defer("programme__parse_report")
    for section in sections.filter(pk__in=[section_key(key) for key in wanted if key < 0]):
        found[section_key(section.pk)] = [file_of(section.get_absolute_url()), section.title]
    return found


def _stretches(values: Iterable[int]) -> list[int]:
    """Return values as pairs: how many times one stands, and it."""
    return [number for value, of in groupby(values) for number in (sum(1 for _each in of), value)]
