"""Choose for every word of a damaged text what was most likely on the paper.

Each word gets its possible readings (`readings`); the path through them that is likeliest by the words'
frequencies, the confusions' shares and the neighbours (`context`) is taken. Nothing but those words changes:
white space, signs and lines stay as they are, so a text keeps its number of lines.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from math import inf, log
from typing import NamedTuple

from ingest.parser.ocr.confusions import CONFUSIONS, LOST_SPACE_SHARE
from ingest.parser.ocr.context import BREAK, NUMBER, Contexts, contexts, number_class
from ingest.parser.ocr.gate import damaged_lines
from ingest.parser.ocr.letters import UNLISTED, letters
from ingest.parser.ocr.readings import Reader, Reading, Site, apply_sites, plain, reader, replaced
from ingest.parser.ocr.words import ADDRESS, CHUNK, breaks
from programmes.norwegian.language import Norwegian, norwegian_of

NAME = 5.0
"""What speaks for leaving an unlisted word with a capital inside a sentence: it may be a name."""
WIDTH = 11.0
"""Readings that are this much (ln) less likely than the best are dropped before the neighbours are heard."""
READINGS = 6
RARE_READING = Reading(-16.5, ())
"""Below this a listed word is so rare that a compound may be likelier."""
LIKELY_WORD = -15.0
"""Below this a word may be two that lost the space between them, even if it is listed."""
COMMON_WORD = -11.5
FUNCTION_WORD = -8.0
"""ln of the least frequency of a word that lost its space, and of one of its neighbours."""
LONGEST_RUN = 24
ALONE = {row.read: (row.meant, -log(row.share)) for row in CONFUSIONS if row.where == "alone" or row.read == "a"}
"""Signs that may be a word by themselves: sign → (word meant, cost)."""
SIGN = log(1e-5)
"""ln of the frequency of & and | in running text."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One repaired word and its place in the text: characters from 0, end exclusive."""

    start: int
    end: int
    original: str
    repaired: str


class _Option(NamedTuple):
    score: float
    sites: tuple[Site, ...]
    word_class: str
    last_class: str
    """The class that the next word sees: another than `word_class` where a lost space was put back."""


class _Word(NamedTuple):
    """A word of the text; two pieces where a hyphen at a line's end breaks it."""

    pieces: tuple[tuple[int, int], ...]
    options: tuple[_Option, ...]
    first: bool = False
    """Whether a sentence, an item or a heading begins with it."""


def repairs(text: str) -> tuple[Repair, ...]:
    """Return the repairs of the damaged stretches of a text, in order; none for a clean or a foreign text."""
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    found: list[Repair] = []
    damaged = damaged_lines(lines)
    language = norwegian_of(text) if damaged else "nb"
    for first, end in damaged:
        offset = starts[first]
        within = repairs_of_damaged(text[offset : starts[end] - 1], language)
        found += [replace(one, start=one.start + offset, end=one.end + offset) for one in within]
    return tuple(found)


def repair(text: str) -> str:
    """Return a text with its damaged stretches repaired; the number of lines stays."""
    return applied(text, repairs(text))


def repair_damaged(text: str, language: Norwegian | None = None) -> str:
    """Return a text repaired that is known to be damaged, however short; see `repairs_of_damaged`."""
    return applied(text, repairs_of_damaged(text, language))


def repairs_of_damaged(text: str, language: Norwegian | None = None) -> tuple[Repair, ...]:
    """Return the repairs of a text that is known to be damaged, such as an item of a damaged page.

    `language` spares the guess from the text, which a short one may not allow.
    """
    found: list[Repair] = []
    for word, option in _choose(_words(text, language or norwegian_of(text)), contexts()):
        first = 0
        for start, end in word.pieces:
            original = text[start:end]
            sites = tuple(
                Site(a - first, b - first, meant)
                for a, b, meant in option.sites
                if first <= a and b <= first + end - start
            )
            repaired = _with_case(original, sites, first=word.first and first == 0)
            if repaired != original:
                found.append(Repair(start, end, original, repaired))
            first += end - start
    return tuple(found)


def applied(text: str, found: tuple[Repair, ...]) -> str:
    """Return a text with the given repairs made; leave one out to undo it."""
    return replaced(text, ((one.start, one.end, one.repaired) for one in found))


def _with_case(original: str, sites: tuple[Site, ...], *, first: bool) -> str:
    """Return a word with its sites replaced, capitals where the misread letters were capitals.

    An @ tells no case: it becomes a capital where the word is the first of a sentence.
    """
    shouted = original.isupper() and sum(map(str.isalpha, original)) > 1

    def cased(start: int, end: int, meant: str) -> str:
        read = original[start:end]
        capital = (read[:1].isupper() and not read.startswith("Ig")) or (read == "@" and start == 0 and first)
        return meant.upper() if shouted else meant[:1].upper() + meant[1:] if capital else meant

    return replaced(original, ((start, end, cased(start, end, meant)) for start, end, meant in sites))


def _words(text: str, language: Norwegian) -> list[_Word]:
    """Return the words of a text with their options; breaks and signs are words with one option."""
    kept = [match.span() for match in ADDRESS.finditer(text)]
    chunks = [match.span() for match in CHUNK.finditer(text)]
    words = [_fixed(BREAK)]
    end_before, at = 0, 0
    while at < len(chunks):
        start, end = chunks[at]
        chunk = text[start:end]
        gap = text[end_before:start]
        if gap != " " and breaks(gap) and words[-1].options[0].last_class != BREAK:
            words.append(_fixed(BREAK))
        end_before = end
        at += 1
        while kept and kept[0][1] <= start:
            kept.pop(0)
        if kept and kept[0][0] <= start:
            words.append(_fixed("~"))
            continue
        after_break = words[-1].options[0].last_class == BREAK
        if len(chunk) == 1 and chunk in ALONE_SIGNS:
            signs = _sign_options(text, start, language, after_break=after_break)
            words.append(_Word(((start, end),), signs, after_break))
        elif chunk.isdigit():
            words.append(_fixed(number_class(chunk, after_break=after_break)))
        elif not any(map(str.isalpha, chunk)):
            words.append(_fixed(BREAK if chunk in ".?!:;•" else chunk))
        else:
            if text[end : end + 2] == "-\n" and at + 1 < len(chunks):
                rest_start, rest_end = chunks[at + 1]
                if text[rest_start].islower() and not text[end + 2 : rest_start].strip(" \t\r"):
                    joined = _word_options(chunk + text[rest_start:rest_end], language, after_break, whole=True)
                    if joined is not None:
                        words.append(_Word(((start, end), (rest_start, rest_end)), joined, after_break))
                        at, end_before = at + 2, rest_end
                        continue
            options = _word_options(chunk, language, after_break) or ()
            settled = len(options) == 1 and not options[0].sites
            words.append(_fixed(options[0].last_class) if settled else _Word(((start, end),), options, after_break))
    return words


ALONE_SIGNS = frozenset([*ALONE, "A"])


@cache
def _fixed(word_class: str) -> _Word:
    return _Word((), (_Option(0.0, (), word_class, word_class),))


def _sign_options(text: str, start: int, language: Norwegian, *, after_break: bool) -> tuple[_Option, ...]:
    """Return the readings of a sign that stands by itself: å for a, 3 and &, I for |."""
    sign, end = text[start], start + 1
    before, after = text[start - 1 : start], text[end : end + 1]
    word_class = {"3": NUMBER, "&": "&", "|": "|"}.get(sign, "~a")
    stay = _Option({"3": log(1e-3), "&": SIGN, "|": SIGN}.get(sign, log(2e-5)), (), word_class, word_class)
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if not (before == "" or before.isspace()) or not (after == "" or after.isspace() or after in ":,"):
        return (stay,)
    if sign == "3" and (after_break or line.strip() == "3"):
        return (stay,)
    following = text[end : end + 20].lstrip()
    if sign == "|" and not (after_break and following[:1].islower()):
        return (stay,)
    if sign != "|" and following[:1].isupper() and following[1:2].islower():  # Hansen & Berg
        return (stay,)
    meant, cost = ALONE[sign.lower()]
    frequency = reader(language).frequency(meant.lower()) or UNLISTED
    other = _Option(frequency - cost, (Site(0, 1, meant),), meant.lower(), meant.lower())
    return (other, stay)


@lru_cache(maxsize=50_000)
def _word_options(
    chunk: str, language: Norwegian, after_break: bool, *, whole: bool = False
) -> tuple[_Option, ...] | None:
    """Return the readings of a word, the likeliest first; for `whole` None unless it is a listed word or a compound."""
    words, classes = reader(language), contexts()
    word = plain(chunk)
    readings = list(words.readings(word))
    listed = max(readings, default=RARE_READING).score > LIKELY_WORD
    if max(readings, default=RARE_READING) <= RARE_READING:
        compound = words.compound(word)
        if compound is not None:
            readings.append(compound)
    if not readings:
        readings = words.last_readings(word)
    if whole and not readings:
        return None
    if all(one.sites for one in readings):
        name = NAME if chunk[0].isupper() and not after_break and not chunk.isupper() else 0.0
        unlisted = letters().readings(word)
        readings += [Reading(one.score + (0.0 if one.sites else name), one.sites) for one in unlisted]
    options = [_option(word, [(0, one)], classes) for one in readings]
    if not listed and (chunk.islower() or (after_break and chunk[1:].islower())):
        options += _with_lost_spaces(word, words, classes)
    options.sort(reverse=True)
    return tuple(one for one in options if one.score > options[0].score - WIDTH)[:READINGS]


def _with_lost_spaces(word: str, words: Reader, classes: Contexts) -> list[_Option]:
    """Return the readings of an unlisted word as two or three common words, a function word among them."""
    if len(word) > LONGEST_RUN:
        return []

    def common(start: int, end: int) -> Reading | None:
        if end - start == 1 and word[start:end] not in "ia":
            return None
        best = words.readings(word[start:end])[:1]
        return best[0] if best and best[0].score > COMMON_WORD else None

    splits: list[list[tuple[int, Reading]]] = []
    for first in range(1, len(word)):
        head = common(0, first)
        if head is None:
            continue
        rest = common(first, len(word))
        if rest:
            splits.append([(0, head), (first, rest)])
        for second in range(first + 1, len(word)):
            tail = common(second, len(word))
            middle = common(first, second) if tail else None
            if middle and tail:
                splits.append([(0, head), (first, middle), (second, tail)])
    return [_option(word, parts, classes) for parts in splits if max(part.score for _, part in parts) > FUNCTION_WORD]


def _option(word: str, parts: list[tuple[int, Reading]], classes: Contexts) -> _Option:
    """Return what a word may be by the readings of its parts, each with where it begins, lost spaces put back."""
    sites: list[Site] = []
    names: list[str] = []
    score = log(LOST_SPACE_SHARE) * (len(parts) - 1)
    ends = [start for start, _ in parts[1:]] + [len(word)]
    for (start, part), end in zip(parts, ends, strict=True):
        if start:
            sites.append(Site(start, start, " "))
        sites += [Site(a + start, b + start, meant) for a, b, meant in part.sites]
        score += part.score
        names.append(classes.word_class(apply_sites(word[start:end], part.sites)))
    score += sum(map(classes.fit, names, names[1:]))
    return _Option(score, tuple(sites), names[0], names[-1])


def _choose(words: list[_Word], classes: Contexts) -> list[tuple[_Word, _Option]]:
    """Return the words that have a place with their options on the likeliest path (Viterbi)."""
    fit = classes.fit
    paths = [0.0]
    before = words[0].options
    settled = [0]
    back = [settled]
    for word in words[1:]:
        options = word.options
        if len(before) == len(options) == 1:
            before = options
            back.append(settled)
            continue
        reached, chosen = [], []
        for option in options:
            best, which = -inf, 0
            for number, left in enumerate(before):
                score = paths[number] + fit(left.last_class, option.word_class)
                if score > best:
                    best, which = score, number
            reached.append(best + option.score)
            chosen.append(which)
        paths, before = reached, options
        back.append(chosen)
    at = max(range(len(paths)), key=paths.__getitem__)
    result = []
    for number in range(len(words) - 1, 0, -1):
        if words[number].pieces:
            result.append((words[number], words[number].options[at]))
        at = back[number][at]
    return result[::-1]
