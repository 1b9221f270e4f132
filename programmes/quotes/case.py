"""A quotation to be judged: what is said of it, where its words are looked for, and what is said wrongly of where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from programmes.models import Section
from programmes.quotes.attribution import Attribution
from programmes.quotes.direction import turned_before
from programmes.quotes.passages import Archive, SourcePassage
from programmes.quotes.quotation import Quotation
from programmes.quotes.verbatim import Place
from programmes.quotes.verdicts import Checked, Difference, Note, Verdict
from programmes.quotes.words import Wording, family, is_function_word
from programmes.search.catalogue import Catalogue


@dataclass(frozen=True)
class Case:
    """A quotation, what is said of it, and where its words may be looked for."""

    quotation: Quotation
    attribution: Attribution
    before: Wording
    """The article before it, in its sentence."""
    catalogue: Catalogue
    archive: Archive

    @property
    def own(self) -> frozenset[int] | None:
        """The programmes of whom the article names; None where it names nobody."""
        return self.attribution.programmes(self.catalogue)

    @property
    def is_claim(self) -> bool:
        """Whether the article says what a party wants without quoting it."""
        return not self.quotation.is_quoted

    def cut(self, length: int) -> Case:
        """Return the case of so many signs of the quotation alone."""
        quotation = self.quotation
        shorter = replace(quotation, end=quotation.start + length, text=quotation.text[:length])
        return replace(self, quotation=shorter)

    def verdict(self, verdict: Verdict, passages: Iterable[SourcePassage] = (), notes: Iterable[Note] = ()) -> Checked:
        """Return a verdict on it."""
        found = tuple(dict.fromkeys(passages))
        owners = tuple(dict.fromkeys(passage.programme_id for passage in found))
        held = self.attribution.is_held(self.catalogue)
        return Checked(self.quotation, self.attribution, held, verdict, found, owners, tuple(notes))

    @property
    def turned_here(self) -> str:
        """The words of the article itself that turn what follows round: `vil ikke «innføre …»`; empty where none do."""
        return self.quotation.negative or turned_before(self.before, len(self.before.forms))


def by_years(case: Case, places: Sequence[Place]) -> list[Place]:
    """Return places with those of the years named first."""
    meant = case.attribution.in_years(frozenset(place.passage.programme_id for place in places), case.catalogue)
    return sorted(places, key=lambda place: (not place.passage.own, place.passage.programme_id not in meant))


def misplaced(case: Case, passage: SourcePassage) -> list[Note]:
    """Return what an article says wrongly of where words stand: the years of the programme; that it is a dissent."""
    notes = []
    period = case.catalogue.programmes[passage.programme_id].period
    years = case.attribution.years
    if years is not None and not case.attribution.in_years(frozenset({passage.programme_id}), case.catalogue):
        said = str(years.first) if years.last is None else f"{years.first}–{years.last}"
        notes.append(Note(Difference.PERIOD, said, f"{period.start}–{period.end}"))
    notes += _misplaced_within(case, passage)
    if not passage.own:
        notes.append(Note(Difference.DISSENT, "", passage.dissent))
    return notes


def _misplaced_within(case: Case, passage: SourcePassage) -> list[Note]:
    """Return what an article says wrongly of the chapter and the page that words stand in."""
    notes = []
    said = case.attribution
    if said.chapter:
        section = case.catalogue.sections([passage.section_id]).get(passage.section_id)
        titles = _titles(section)
        wanted = {family(form) for form in Wording.of(said.chapter).forms if not is_function_word(form)}
        if titles and wanted and not wanted & {family(form) for form in Wording.of(titles).forms}:
            notes.append(Note(Difference.CHAPTER, said.chapter, titles.split(" › ")[0]))
    pages = {*map(str, range(passage.page_first, passage.page_last + 1)), passage.printed_page}
    if said.page and passage.page_last > 1 and said.page not in pages:
        notes.append(Note(Difference.PAGE, said.page, passage.printed_page or str(passage.page_first)))
    return notes


def _titles(section: Section | None) -> str:
    """Return the title of a section, and of those above it."""
    titles = []
    while section is not None:
        titles.append(section.title)
        section = section.parent
    return " › ".join(filter(None, titles))
