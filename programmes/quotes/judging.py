"""From a quotation to its verdict: word for word first, then with parts left out, joined or changed, then nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from programmes.models import Section
from programmes.quotes.attribution import Attribution
from programmes.quotes.direction import turned_before
from programmes.quotes.nearness import Nearness, is_near, nearness
from programmes.quotes.paraphrase import likeness
from programmes.quotes.passages import Archive, SourcePassage
from programmes.quotes.quotation import Quotation
from programmes.quotes.verbatim import Place, first_place, in_order, joined, parts_between_omissions
from programmes.quotes.verdicts import Checked, Difference, Note, Verdict
from programmes.quotes.words import Wording, family, is_function_word
from programmes.search.catalogue import Catalogue

ALIGNED = 12
"""Passages that a quotation is compared with word by word."""
COMPARED = 40
"""Passages whose words are compared with those of a claim."""
WORTH_SHOWING = 0.5
"""Of a quotation's words that what is nearest must have, in order, to be shown."""
NAMING = frozenset({"vil", "skal"})


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

    def verdict(self, verdict: Verdict, passages: Iterable[SourcePassage] = (), notes: Iterable[Note] = ()) -> Checked:
        """Return a verdict on it."""
        found = tuple(dict.fromkeys(passages))
        owners = tuple(dict.fromkeys(passage.programme_id for passage in found))
        held = self.attribution.is_held(self.catalogue)
        return Checked(self.quotation, self.attribution, held, verdict, found, owners, tuple(notes))

    @property
    def turned_here(self) -> bool:
        """Whether the article itself turns the words round, before them: `vil ikke «innføre …»`."""
        if self.quotation.negative:
            return True
        return bool(turned_before(self.before, len(self.before.forms)))


def judge(case: Case) -> Checked:
    """Return what the archive says of a quotation."""
    parts = parts_between_omissions(case.quotation.text)
    if not parts:
        return case.verdict(Verdict.NOT_FOUND)
    if len(parts) > 1 or _omits(case.quotation.text):
        found = _with_omissions(case, parts)
        if found:
            return found
    whole = Wording.of(case.quotation.text)
    found = _word_for_word(case, whole)
    if found and not (case.is_claim and found.verdict is Verdict.OTHER_PARTY):
        return found
    if case.is_claim:
        return _claimed(case, whole, found)
    return _changed(case, whole)


def _omits(text: str) -> bool:
    return len(parts_between_omissions(text + " x")) > 1


def _word_for_word(case: Case, whole: Wording) -> Checked | None:
    """Return the verdict on words that stand in a row somewhere in the archive; None where they don't."""
    own = case.own
    for wording in _ways(case, whole):
        if own:
            found = _places(case.archive.with_all(wording.text, own), wording)
            if found:
                return _exact(case, found)
        found = _places(case.archive.with_all(wording.text, None), wording)
        if found:
            here = [place for place in found if own is None or place.passage.programme_id in own]
            return _exact(case, here) if here else _of_others(case, found)
    return None


def _ways(case: Case, whole: Wording) -> list[Wording]:
    """Return the ways in which words may be meant to stand in a source: a claim without what leads into it."""
    ways = [whole]
    forms = whole.forms
    if not case.is_claim:
        if len(forms) > 3 and forms[0] in {"at", "å"}:
            ways.append(_cut(whole, 1))
        for at, form in enumerate(forms[:4]):
            if form in NAMING and at + 2 < len(forms):
                ways.append(_cut(whole, at + 1))
    return ways


def _cut(whole: Wording, first: int) -> Wording:
    return Wording.of(whole.text[whole.words[first].start :])


def _places(passages: Sequence[SourcePassage], wording: Wording) -> list[Place]:
    """Return where words stand in a row in some passages, the party's own words before dissents."""
    found = [place for passage in passages if (place := first_place(wording.forms, passage))]
    return sorted(
        found, key=lambda place: (not place.passage.own, bool(place.turned), len(place.reading.wording.forms))
    )


def _exact(case: Case, places: Sequence[Place]) -> Checked:
    """Return the verdict on words that the party named has: word for word, but for what turns them round."""
    turned_here = case.turned_here
    straight = [place for place in places if bool(place.turned) == turned_here and not place.turned_behind]
    if not straight:
        place = places[0]
        cut = place.turned or place.turned_behind
        note = Note(Difference.REVERSED, "" if cut else case.before.text[-40:], cut)
        return case.verdict(Verdict.NEAR, [place.passage for place in places], [note])
    best = _by_years(case, straight)
    checked = case.verdict(Verdict.EXACT, [place.passage for place in best], _misplaced(case, best[0].passage))
    return _with_stretch(checked, best[0])


def _by_years(case: Case, places: Sequence[Place]) -> list[Place]:
    """Return places with those of the years named first."""
    meant = case.attribution.in_years(frozenset(place.passage.programme_id for place in places), case.catalogue)
    return sorted(places, key=lambda place: (not place.passage.own, place.passage.programme_id not in meant))


def _misplaced(case: Case, passage: SourcePassage) -> list[Note]:
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


def _of_others(case: Case, places: Sequence[Place]) -> Checked:
    """Return the verdict on words that the party named has not, and another has."""
    turned_here = case.turned_here
    straight = [place for place in places if bool(place.turned) == turned_here and not place.turned_behind]
    if not straight:
        cut = places[0].turned or places[0].turned_behind
        note = Note(Difference.REVERSED, "", cut)
        return case.verdict(Verdict.NEAR, [place.passage for place in places], [note, Note(Difference.OTHERS_WORDS)])
    checked = case.verdict(Verdict.OTHER_PARTY, [place.passage for place in straight])
    return _with_stretch(checked, straight[0])


def _with_stretch(checked: Checked, place: Place) -> Checked:
    wording = place.reading.wording
    before = wording.shown(0, place.first)
    return replace(
        checked, stretch=(before, wording.shown(place.first, place.last), wording.shown(place.last, len(wording.forms)))
    )


def _with_omissions(case: Case, parts: Sequence[Wording]) -> Checked | None:
    """Return the verdict on a quotation with marked omissions, where each part stands in one passage and in order."""
    longest = max(parts, key=lambda part: len(part.forms))
    for programmes in ([case.own] if case.own else []) + [None]:
        found = [
            place for passage in case.archive.with_all(longest.text, programmes) if (place := in_order(parts, passage))
        ]
        if not found:
            continue
        own = case.own
        here = [place for place in found if own is None or place.passage.programme_id in own]
        if not here:
            return case.verdict(
                Verdict.OTHER_PARTY, [place.passage for place in found], [Note(Difference.OMISSION_MARKED)]
            )
        notes = [Note(Difference.OMISSION_MARKED)]
        if bool(here[0].turned) != case.turned_here:
            notes.insert(0, Note(Difference.REVERSED, "", here[0].turned))
        return _with_stretch(case.verdict(Verdict.NEAR, [place.passage for place in here], notes), here[0])
    return None


def _changed(case: Case, whole: Wording) -> Checked:
    """Return the verdict on words that stand nowhere in a row: two pledges joined, words changed, or nothing."""
    own = case.own
    candidates = case.archive.likely(whole.text, own, most=ALIGNED, wide=True) if own else []
    everywhere = case.archive.likely(whole.text, None, most=ALIGNED)
    # a hyphenated word that the index has apart is found here alone
    for passages in (candidates, everywhere):
        places = _places(passages, whole)
        if places:
            here = [place for place in places if own is None or place.passage.programme_id in own]
            return _exact(case, here) if here else _of_others(case, places)
    for passages in (candidates, everywhere):
        two = joined(whole.forms, passages) if len(whole.forms) >= 6 else None
        if two:
            return _two(case, two.parts)
    compared = [near for passage in (candidates or everywhere) if (near := nearness(whole, passage))]
    close = [near for near in compared if is_near(near, len(whole.forms))]
    if not close and candidates:
        compared_elsewhere = [near for passage in everywhere if (near := nearness(whole, passage))]
        elsewhere = [near for near in compared_elsewhere if is_near(near, len(whole.forms))]
        if elsewhere:
            best = min(elsewhere, key=lambda near: near.rank)
            return replace(_near(case, best), notes=(*_notes(best, case), Note(Difference.OTHERS_WORDS)))
    if close:
        return _near(case, min(close, key=lambda near: near.rank))
    here = [near for near in compared if own is None or near.passage.programme_id in own]
    nearest = min(here, key=lambda near: near.rank, default=None)
    checked = case.verdict(Verdict.NOT_FOUND)
    return replace(checked, nearest=nearest.passage if nearest and nearest.share >= WORTH_SHOWING else None)


def _two(case: Case, parts: Sequence[Place]) -> Checked:
    notes = [Note(Difference.JOINED)]
    turned = next((place.turned for place in parts if place.turned), "")
    if turned and not case.turned_here:
        notes.insert(0, Note(Difference.REVERSED, "", turned))
    return case.verdict(Verdict.NEAR, [place.passage for place in parts], notes)


def _near(case: Case, near: Nearness) -> Checked:
    checked = case.verdict(Verdict.NEAR, [near.passage], _notes(near, case))
    wording = near.reading.wording
    stretch = (
        wording.shown(0, near.first), wording.shown(near.first, near.last), wording.shown(near.last, len(wording.forms))
    )  # fmt: skip
    return replace(checked, stretches=near.stretches, stretch=stretch)


def _notes(near: Nearness, case: Case) -> tuple[Note, ...]:
    """Return what differs, what matters most first."""
    notes = []
    if near.turned != case.turned_here:
        notes.append(Note(Difference.REVERSED))
    notes += [Note(Difference.NUMBER, quoted, source) for source, quoted in near.numbers]
    if near.translated:
        notes.append(Note(Difference.TRANSLATED))
    else:
        only_left_out = all(not change.added for change in near.changes)
        kind = Difference.OMITTED if only_left_out else Difference.WORDS
        notes += [
            Note(kind, change.added, change.removed)
            for change in near.changes
            if not (near.numbers and change.is_number)
        ]
    return (*notes, *_misplaced(case, near.passage))


def _claimed(case: Case, whole: Wording, elsewhere: Checked | None) -> Checked:
    """Return the verdict on what a party is said to want, in words that it has not: a pledge that may be meant."""
    own = case.own
    if not own:
        return elsewhere or case.verdict(Verdict.NOT_FOUND)
    candidates = case.archive.likely(whole.text, own, most=COMPARED, wide=True)
    found = [likeness(whole, passage) for passage in candidates if passage.own and passage.kind != "prose"]
    found.sort(key=lambda each: -each.rank)
    best = next((each for each in found if each.is_meant(in_others_words=elsewhere is not None)), None)
    if best:
        notes = [Note(Difference.NUMBER, quoted, source) for source, quoted in best.numbers]
        notes.append(Note(Difference.OTHERS_WORDS if elsewhere else Difference.OTHER_WORDS))
        return case.verdict(Verdict.PARAPHRASE, [best.passage], [*notes, *_misplaced(case, best.passage)])
    if elsewhere:
        return elsewhere
    nearest = found[0] if found and found[0].is_worth_showing else None
    return replace(case.verdict(Verdict.NOT_FOUND), nearest=nearest.passage if nearest else None)
