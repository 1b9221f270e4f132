"""The words that speak for a theme: read from the files in `data/`, found in a text.

One TOML file a theme, for editors to read and extend; `docs/themes.md` says how. A clue is a word (in any
inflected form), `=word` (in that form alone), `word*` (begins so), `*word` (ends so, inflected or not), `*word*`
(anywhere in a word) or a phrase of those. Where one match lies inside a longer one the longer speaks alone:
`skolehelsetjenest*` (helse) silences `skole*`, and `ingenting.toml` silences what is no evidence.
Words and vocabulary alike are compared in the letters of moderate bokmål (`programmes/norwegian/nynorsk.tsv`).
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, get_args

from programmes.norwegian.inflection import stems_of
from programmes.norwegian.nynorsk import in_bokmal_letters

DATA = Path(__file__).resolve().parent / "data"

Strength = Literal["settled", "sure", "likely", "hint", "heading", "below", "mask"]
"""How much a clue says. `settled` words carry a settled boundary; `heading` counts in headings alone; `below` names
the sub-theme and says nothing of the theme; `mask` says nothing and silences."""

NO_THEME = "ingenting"
"""The file of what looks like evidence and is none."""
WORD = re.compile(r"[^\W_]+")
SHORTEST_SUFFIX = 3
"""Letters that `*word` needs after the star."""


@dataclass(frozen=True, slots=True)
class Clue:
    """One line of evidence in the vocabulary."""

    theme: str
    strength: Strength
    pattern: str
    sub_theme: str = ""
    """The slug of the sub-theme that its group belongs to, or empty."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A clue found in a text."""

    clue: Clue
    words: str
    """The words of the text that it was found in."""
    begin: tuple[int, int]
    """Word and letter that the match begins at."""
    end: tuple[int, int]
    """Word and letter that it ends before."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One word of a pattern: its letters, and whether the word may go on to either side."""

    core: str
    open_left: bool
    open_right: bool
    as_is: bool = False
    """Whether the word must stand in this very form."""

    def span_in(self, word: str, stems: frozenset[str]) -> tuple[int, int] | None:
        """Return where a word in bokmål letters matches, None where it does not."""
        if self.open_left and self.open_right:
            at = word.find(self.core)
            return None if at < 0 else (at, at + len(self.core))
        if self.open_right:
            return (0, len(self.core)) if word.startswith(self.core) else None
        if self.open_left:
            for stem in stems:
                if stem.endswith(self.core):
                    return len(stem) - len(self.core), len(stem)
            return None
        return (0, len(self.core)) if (self.core == word if self.as_is else self.core in stems) else None


Pattern = tuple[tuple[_Piece, ...], Clue]
"""A clue with its pattern taken apart."""


def _by_ending(cores: Iterable[str]) -> dict[str, list[str]]:
    """Return the letters that end a word, by their last few: most words end in none, which one look shows."""
    found: dict[str, list[str]] = defaultdict(list)
    for core in sorted(cores, key=lambda core: (len(core), core)):
        found[core[-SHORTEST_SUFFIX:]].append(core)
    return found


class Clues:
    """All clues, arranged for looking words up."""

    def __init__(self, clues: Iterable[Clue]) -> None:
        """Arrange the clues; raise ValueError on a pattern that can't be read."""
        tables: dict[tuple[bool, bool], dict[str, list[Pattern]]] = defaultdict(lambda: defaultdict(list))
        for clue in clues:
            pieces = tuple(self._piece(word, clue) for word in clue.pattern.split())
            tables[pieces[0].open_left, pieces[0].open_right][pieces[0].core].append((pieces, clue))
        self._closed, self._prefix = tables[False, False], tables[False, True]
        self._suffix, self._infix = tables[True, False], tables[True, True]
        self._endings = _by_ending(self._suffix)
        self._any_infix = re.compile("|".join(map(re.escape, sorted(self._infix))) or r"(?!)")
        self._begun = lru_cache(maxsize=50_000)(self._begun_by)

    def _piece(self, word: str, clue: Clue) -> _Piece:
        as_is = word.startswith("=")
        core = word.removeprefix("=").strip("*")
        too_short = word.startswith("*") and not word.endswith("*") and len(core) < SHORTEST_SUFFIX
        if not core or "*" in core or not WORD.fullmatch(core) or too_short:
            raise ValueError(f"{clue.theme}: the pattern {clue.pattern!r} has a word that can't be read: {word!r}")
        open_right = word.endswith("*")
        return _Piece(in_bokmal_letters(core, is_beginning=open_right), word.startswith("*"), open_right, as_is)

    def _begun_by(self, word: str) -> tuple[tuple[tuple[_Piece, ...], Clue, int, int], ...]:
        """Return the patterns whose first piece matches a word in bokmål letters, with where in the word it does."""
        stems = sorted(stems_of(word))
        found: list[tuple[tuple[_Piece, ...], Clue, int, int]] = []
        for stem in stems:
            for pieces, clue in self._closed.get(stem, ()):
                if stem == word or not pieces[0].as_is:
                    found.append((pieces, clue, 0, len(stem)))
        for length in range(1, len(word) + 1):
            for pieces, clue in self._prefix.get(word[:length], ()):
                found.append((pieces, clue, 0, length))
        for stem in stems:
            for core in self._endings.get(stem[-SHORTEST_SUFFIX:], ()):
                if stem.endswith(core):
                    found += [(pieces, clue, len(stem) - len(core), len(stem)) for pieces, clue in self._suffix[core]]
        if self._any_infix.search(word):
            for core, patterns in self._infix.items():
                start = word.find(core)
                if start >= 0:
                    found += [(pieces, clue, start, start + len(core)) for pieces, clue in patterns]
        return tuple(found)

    def hits(self, text: str, *, heading: bool = False) -> tuple[Hit, ...]:
        """Return the clues that a text shows, in text order, silenced ones left out.

        In a heading the clues for headings count as well.
        """
        words = WORD.findall(text)
        folded = [in_bokmal_letters(word) for word in words]
        found = [hit for hit in self._all_hits(words, folded) if heading or hit.clue.strength != "heading"]
        heard = [hit for hit in found if hit.clue.strength != "mask" and not any(_inside(hit, o) for o in found)]
        kept: dict[str, list[Hit]] = defaultdict(list)
        for hit in sorted(heard, key=lambda hit: (_RANK[hit.clue.strength], hit.begin, hit.clue.pattern)):
            if not any(hit.begin < other.end and other.begin < hit.end for other in kept[hit.clue.theme]):
                kept[hit.clue.theme].append(hit)
        return tuple(
            sorted((hit for hits in kept.values() for hit in hits), key=lambda hit: (hit.begin, hit.clue.theme))
        )

    def _all_hits(self, words: list[str], folded: list[str]) -> Iterator[Hit]:
        for index, word in enumerate(folded):
            for pieces, clue, start, stop in self._begun(word):
                last, end = index, stop
                for piece in pieces[1:]:
                    last += 1
                    span = piece.span_in(folded[last], stems_of(folded[last])) if last < len(folded) else None
                    if span is None:
                        break
                    end = span[1]
                else:
                    yield Hit(clue, " ".join(words[index : last + 1]), (index, start), (last, end))


_RANK = {
    strength: rank for rank, strength in enumerate(("settled", "sure", "heading", "below", "likely", "hint", "mask"))
}


def _inside(hit: Hit, other: Hit) -> bool:
    """Return whether a match lies inside another, longer one, or inside one that says nothing."""
    same = (other.begin, other.end) == (hit.begin, hit.end)
    return other.begin <= hit.begin and hit.end <= other.end and (not same or other.clue.strength == "mask")


def read_clues(path: Path) -> Iterator[Clue]:
    """Yield a theme's clues; raise ValueError where a group holds something else than lists of words."""
    for group, lists in tomllib.loads(path.read_text("utf-8")).items():
        sub_theme = lists.pop("sub_theme", "")
        for strength, patterns in lists.items():
            if strength not in get_args(Strength) or not isinstance(patterns, str):
                raise ValueError(f"{path.name} [{group}]: {strength!r} is none of {get_args(Strength)}")
            for pattern in patterns.split(","):
                if not pattern.strip():
                    raise ValueError(f"{path.name} [{group}]: nothing stands between two commas")
                yield Clue(path.stem, strength, " ".join(pattern.split()).casefold(), sub_theme)


@cache
def load() -> Clues:
    """Return the kept vocabulary, read once."""
    every = (clue for path in sorted(DATA.glob("*.toml")) for clue in read_clues(path))
    return Clues(clue for clue in every if clue.strength != "below")


@cache
def themes() -> tuple[str, ...]:
    """Return the slugs of the themes, in alphabetical order."""
    return tuple(sorted(path.stem for path in DATA.glob("*.toml") if path.stem != NO_THEME))
