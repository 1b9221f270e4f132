"""From a quotation to its verdict: word for word first, then with parts left out, joined or changed, then nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from programmes.quotes.case import Case, by_years, misplaced
from programmes.quotes.nearness import Nearness, is_near, nearness
from programmes.quotes.paraphrase import likeness
from programmes.quotes.passages import SourcePassage
from programmes.quotes.verbatim import (
    FEWEST_IN_PART,
    Place,
    first_place,
    in_order,
    joined,
    parts_between_omissions,
    whole_sentence_first,
)
from programmes.quotes.verdicts import Checked, Difference, Note, Verdict
from programmes.quotes.words import Wording, is_function_word, words_of

ALIGNED = 8
"""Passages that a quotation is compared with word by word."""
FEW_WORDS = 4
"""A quotation of no more is looked for by other names of its things too: one changed word leaves little of it."""
COMPARED = 40
"""Passages whose words are compared with those of a claim."""
FEWEST_COUNTED, COUNTED_SHARE = 4, 0.7
"""Words of a claim, and the share of them in their places, that is a pledge with another number."""
WORTH_SHOWING = 0.5
"""Of a quotation's words that what is nearest must have, in order, to be shown."""
NAMING = frozenset({"vil", "skal"})


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
    turned_here = bool(case.turned_here)
    straight = [place for place in places if bool(place.turned) == turned_here and not place.turned_behind]
    if not straight:
        place = places[0]
        cut = place.turned or place.turned_behind
        note = Note(Difference.REVERSED, "" if cut else case.turned_here, cut)
        return case.verdict(Verdict.NEAR, [place.passage for place in places], [note])
    best = by_years(case, straight)
    checked = case.verdict(Verdict.EXACT, [place.passage for place in best], misplaced(case, best[0].passage))
    return _with_stretch(checked, best[0])


def _of_others(case: Case, places: Sequence[Place]) -> Checked:
    """Return the verdict on words that the party named has not, and another has."""
    turned_here = bool(case.turned_here)
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
    return replace(checked, stretch=(before, wording.shown(place.first, place.last), wording.rest(place.last)))


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
        if bool(here[0].turned) != bool(case.turned_here):
            notes.insert(0, Note(Difference.REVERSED, "", here[0].turned))
        return _with_stretch(case.verdict(Verdict.NEAR, [place.passage for place in here], notes), here[0])
    return None


def _changed(case: Case, whole: Wording) -> Checked:
    """Return the verdict on words that stand nowhere in a row: two pledges joined, words changed, or nothing."""
    wide = len(whole.forms) <= FEW_WORDS
    nearest = None
    for programmes in [case.own, None] if case.own else [None]:
        passages = case.archive.likely(whole.text, programmes, most=ALIGNED, wide=wide)
        compared = _compared(whole, passages)
        found = _changed_among(case, whole, passages, compared)
        if found:
            return found
        if programmes == case.own and compared and compared[0].share >= WORTH_SHOWING:
            nearest = compared[0].passage
    return replace(case.verdict(Verdict.NOT_FOUND), nearest=nearest)


def _changed_among(
    case: Case, whole: Wording, passages: Sequence[SourcePassage], compared: Sequence[Nearness]
) -> Checked | None:
    """Return the same of some passages alone; None where it is nothing."""
    places = _places(passages, whole)
    if places:  # a hyphenated word that the index has apart
        here = [place for place in places if case.own is None or place.passage.programme_id in case.own]
        return _exact(case, here) if here else _of_others(case, places)
    close = next((near for near in compared if is_near(near, len(whole.forms))), None)
    if close and close.is_slight:
        return _near(case, close)
    two = joined(whole.forms, passages) if len(whole.forms) >= 2 * FEWEST_IN_PART else None
    if two:
        return _two(case, two.parts)
    return _near(case, close) if close else None


def _compared(whole: Wording, passages: Sequence[SourcePassage]) -> list[Nearness]:
    """Return how a quotation differs from some passages, the nearest first."""
    found = [near for passage in passages if (near := nearness(whole, passage))]
    return sorted(found, key=lambda near: near.rank)


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
        wording.shown(0, near.first), wording.shown(near.first, near.last), wording.rest(near.last)
    )  # fmt: skip
    return replace(checked, stretches=near.stretches, stretch=stretch)


def _notes(near: Nearness, case: Case) -> tuple[Note, ...]:
    """Return what differs, what matters most first."""
    notes = []
    if near.turned != bool(case.turned_here):
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
    if case.own is not None and near.passage.programme_id not in case.own:
        notes.append(Note(Difference.OTHERS_WORDS))
    return (*notes, *misplaced(case, near.passage))


def _claimed(case: Case, whole: Wording, elsewhere: Checked | None) -> Checked:
    """Return the verdict on what a party is said to want, in words that it has not: a pledge that may be meant."""
    own = case.own
    if not own:
        return elsewhere or case.verdict(Verdict.NOT_FOUND)
    candidates = case.archive.likely(whole.text, own, most=COMPARED, wide=True)
    places = _places(candidates, whole)
    if places:  # a hyphenated word that the index has apart
        return _exact(case, places)
    begun = whole_sentence_first(whole.forms, candidates)
    if begun and begun.last - begun.first >= FEWEST_COUNTED:  # what the article adds behind it is not the party's
        return _exact(case.cut(whole.words[begun.last - begun.first - 1].end), [begun])
    miscounted = next((near for near in _compared(whole, candidates[:ALIGNED]) if _is_miscounted(near, whole)), None)
    if miscounted:
        return _near(case, miscounted)
    found = [likeness(whole, passage) for passage in candidates if passage.own and passage.kind != "prose"]
    found.sort(key=lambda each: -each.rank)
    alike = [each for each in found if each.is_like(in_others_words=elsewhere is not None)]
    if found and found[0].is_made_over and not elsewhere:
        alike = []
    best = next((each for each in alike if not each.contrary), None) if elsewhere else next(iter(alike), None)
    if best and not best.contrary:
        notes = [Note(Difference.NUMBER, quoted, source) for source, quoted in best.numbers]
        notes.append(Note(Difference.OTHERS_WORDS if elsewhere else Difference.OTHER_WORDS))
        return case.verdict(Verdict.PARAPHRASE, [best.passage], [*notes, *misplaced(case, best.passage)])
    if elsewhere:
        return elsewhere
    nearest = best or next((each for each in found[:1] if each.is_worth_showing), None)
    return replace(case.verdict(Verdict.NOT_FOUND), nearest=nearest.passage if nearest else None)


def _is_miscounted(near: Nearness, whole: Wording) -> bool:
    """Return whether a claim is a pledge but for its numbers."""
    told = [change for change in near.changes if not change.is_number]
    small = all(is_function_word(word.form) for change in told for word in words_of(f"{change.removed} {change.added}"))
    return bool(near.numbers) and len(whole.forms) >= FEWEST_COUNTED and near.share >= COUNTED_SHARE and small
