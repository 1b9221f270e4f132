"""The sentences of a source that have a certain word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tools.findability.fragments import SHORTEST, Fragment, bare, key, made
from tools.findability.sources import Source, Word


def sentences_with(word: str, source: Source, frequencies: Counter[str]) -> list[Fragment]:
    """Return all sentences of a source that have a word and six words or more, as fragments."""
    sentences = (sentence for stretch in source.stretches for sentence in _sentences(stretch))
    wanted = [one for one in sentences if len(one) >= SHORTEST and any(key(bare(each.text)) == word for each in one)]
    return [fragment for one in wanted if (fragment := made(source.name, one, frequencies))]


def _sentences(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    start = 0
    for at, word in enumerate(words, 1):
        if word.text.endswith((".", "!", "?", ":")) or at == len(words):
            yield words[start:at]
            start = at
