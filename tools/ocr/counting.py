"""Makes the table of contexts from clean Norwegian texts; used by `manage.py count_ocr_contexts` only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ingest.parser.ocr.context import BREAK, Contexts, number_class
from ingest.parser.ocr.readings import WordLists
from ingest.parser.ocr.words import CHUNK, breaks
from programmes.norwegian.language import Norwegian, norwegian_of

FUNCTION_WORDS = 350
"""The most frequent words of bokmål that are classes of their own."""
COMMON = 2e-6
"""Frequency from which a word, and the word it is misread as, count as confusable."""
LEAST_PAIR = 2
LEAST_CLASS = 8


def own_classes(listed: WordLists, counts: Counter[str]) -> frozenset[str]:
    """Return the words that are classes of their own: the most frequent, and those misread as each other."""
    frequent = sorted(listed.bokmal, key=listed.bokmal.__getitem__, reverse=True)
    words = {word for word in frequent[:FUNCTION_WORDS] if word.isalpha()}
    words |= {word for word, _ in counts.most_common(FUNCTION_WORDS) if word.isalpha() and word in listed.bokmal}
    for meant in counts:
        if not any(letter in meant for letter in "æøå") or listed.bokmal.get(meant, 0.0) < COMMON:
            continue
        for signs in (("a", "g", "ae"), ("a", "e", "ee")):
            read = meant
            for letter, sign in zip("åøæ", signs, strict=True):
                read = read.replace(letter, sign)
            if listed.bokmal.get(read, 0.0) >= COMMON and read.isalpha():
                words |= {meant, read}
    return frozenset(words)


def tokens(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case, with numbers, commas and breaks between them."""
    end, last = 0, BREAK
    for match in CHUNK.finditer(text):
        if breaks(text[end : match.start()]) and last != BREAK:
            yield (last := BREAK)
        chunk, end = match[0], match.end()
        if chunk[0].isdigit():
            last = number_class(chunk, after_break=last == BREAK)
        elif chunk[0].isalpha():
            last = chunk.lower()
        else:
            last = BREAK if chunk in ".?!:;•" else chunk
        yield last


def count(texts: Iterable[str], listed: WordLists) -> Contexts:
    """Return the contexts of clean texts, each in bokmål or nynorsk throughout."""
    streams: list[tuple[Norwegian, list[str]]] = [(norwegian_of(text), list(tokens(text))) for text in texts]
    words = Counter(word for _, stream in streams for word in stream)
    own = own_classes(listed, words)
    counts: dict[Norwegian, Counter[str]] = {"nb": Counter(), "nn": Counter()}
    pairs: Counter[tuple[str, str]] = Counter()
    for language, stream in streams:
        classes = [word if word in own or not word.isalpha() else "~" + word[-2:] for word in stream]
        counts[language].update(classes)
        pairs.update(pairwise(classes))
    kept = {name for name, n in (counts["nb"] + counts["nn"]).items() if n >= LEAST_CLASS}
    return Contexts(
        {language: {name: n for name, n in found.items() if name in kept} for language, found in counts.items()},
        {pair: n for pair, n in pairs.items() if n >= LEAST_PAIR and kept.issuperset(pair)},
    )


def table(found: Contexts) -> Iterator[str]:
    """Yield the lines of the table, sorted so that two makings can be compared."""
    for language, counts in found.counts.items():
        yield from (f"{language}\t{name}\t{n}" for name, n in sorted(counts.items()))
    yield from (f"pair\t{left}\t{right}\t{n}" for (left, right), n in sorted(found.pairs.items()))
