"""Which way a text turns what stands in it: whether words taken out of it, or put into it, make it say the opposite."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from programmes.norwegian.analysis import analyse
from programmes.norwegian.directions import PREPOSITIONS_OF_ACTIONS, direction_of, several_words
from programmes.quotes.words import Wording

NEGATIONS = frozenset(
    "ikke ikkje ikkj aldri ingen inga inkje intet uten utan verken hverken korkje nei imot unntatt unnateke".split()  # noqa: SIM905
)
AGAINST = frozenset({"away", "down", "forbid", "prevent"})
"""Directions (`norwegian/directions.toml`) that turn what stands behind them into its opposite."""
_PASSED_OVER = frozenset(
    """
    at til å en et ei ein eit den det de dei all alle alt noe noen noko nokon skal må vil kan bør blir bli vert verte
    være vere er som om for av forslag forslaget plan planen planer planene planar planane arbeid arbeidet ethvert
    """.split()  # noqa: SIM905 - words read best as words
)
"""Words between what turns and what is turned: `hindre at`, `sier nei til å`, `stanse forslaget om å`."""
_MOST_PASSED = 5
_GOES_AGAINST = frozenset(
    """
    gå går gikk gjekk jobbe jobber jobbar arbeide arbeider arbeidar kjempe kjemper kjempar stemme stemmer røyste røystar
    være er vere si sier seier garantist
    """.split()  # noqa: SIM905 - words read best as words
)
"""Before `mot`: who does these is against what follows."""


@lru_cache(maxsize=20_000)
def directions(form: str) -> frozenset[str]:
    """Return the directions of a verb or its noun; none for most words."""
    return frozenset(found for family in analyse(form).families if (found := direction_of(family)))


def is_against(form: str) -> bool:
    """Return whether a word ends, cuts, forbids or prevents what stands behind it."""
    return bool(directions(form) & AGAINST)


def turned_before(wording: Wording, at: int, *, sentence_ends_at: int | None = None) -> str:
    """Return the words right before a place that turn what follows into its opposite; empty where none do.

    It looks past small words (`hindre at det`), and no further than the sentence; a lead-in whose last word is the one
    before `sentence_ends_at` leads into what follows.
    """
    forms = wording.forms
    place, passed = at, 0
    while place > 0 and passed <= _MOST_PASSED:
        if place in wording.begins and place != sentence_ends_at:
            return ""
        place -= 1
        form = forms[place]
        if form in NEGATIONS:
            return wording.shown(place, at)
        if form == "mot" and _is_opposition(forms, place):
            return wording.shown(place - 1, at)
        several = _several_ending(wording, place)
        if several is not None:
            return wording.shown(several, at)
        if is_against(form) and (place + 1 == at or not _is_noun_phrase_of(forms, place, at)):
            return wording.shown(place, at)
        if form in PREPOSITIONS_OF_ACTIONS and place > 0 and is_against(forms[place - 1]):
            return wording.shown(place - 1, at)
        if form not in _PASSED_OVER:
            return ""
        passed += 1
    return ""


def _is_opposition(forms: Sequence[str], place: int) -> bool:
    return place > 0 and forms[place - 1] in _GOES_AGAINST


def _is_noun_phrase_of(forms: Sequence[str], place: int, at: int) -> bool:
    """Return whether what stands between is no mere passing over: `redusere de` + words is, `stans som` is not."""
    return "som" in forms[place + 1 : at]


def _several_ending(wording: Wording, place: int) -> int | None:
    """Return where a verb of several words that goes against begins, if it ends with the word at a place: legge ned."""
    end = wording.words[place].end
    first = wording.words[max(place - 4, 0)].start
    stretch = wording.text[first:end]
    for start, stop, name in several_words(stretch):
        if stop == len(stretch) and direction_of(name) in AGAINST:
            begins = first + start
            return next((at for at, word in enumerate(wording.words) if word.end > begins), None)
    return None


def is_turned_by(removed: Sequence[str], added: Sequence[str]) -> bool:
    """Return whether changed words make a text say the opposite: one side has a negation more, or a contrary verb."""
    if sum(form in NEGATIONS for form in removed) % 2 != sum(form in NEGATIONS for form in added) % 2:
        return True
    before = frozenset().union(*map(directions, removed))
    after = frozenset().union(*map(directions, added))
    return are_contrary(before, after)


def are_contrary(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sets of directions go opposite ways."""
    if one & other:
        return False
    pairs = (({"away", "down"}, {"up", "begin", "keep"}), ({"forbid"}, {"allow", "begin"}), ({"stricter"}, {"looser"}))
    return any((one & a and other & b) or (one & b and other & a) for a, b in pairs)
