"""The sets of themes that entries have, each under one number: there are far fewer of these than of entries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray


class ThemeSets:
    """Sets of themes by number, of any size."""

    def __init__(self, sets: Sequence[tuple[int, Collection[int]]]) -> None:
        """Take each number with its theme ids, the numbers ascending."""
        self.numbers = np.array([number for number, _themes in sets], dtype=np.int64)
        self.themes = np.zeros((len(sets), max([len(themes) for _number, themes in sets], default=0)), dtype=np.int64)
        """A row of theme ids for each set, filled up with 0."""
        for row, (_number, themes) in zip(self.themes, sets, strict=True):
            row[: len(themes)] = list(themes)

    def with_any(self, themes: Collection[int]) -> NDArray[np.int64]:
        """Return the numbers of the sets that have one of some themes."""
        return self.numbers[np.isin(self.themes, list(themes)).any(axis=1)]

    def count_main_themes(
        self, numbers: NDArray[np.int64], entries: NDArray[np.int64], main_theme_of: Mapping[int, int]
    ) -> dict[int, int]:
        """Return how many entries have each main theme, given how many have each set.

        An entry with two sub-themes of one main theme counts once. A set or theme that isn't known counts nowhere.
        """
        known = np.isin(numbers, self.numbers)
        themes = self.themes[np.searchsorted(self.numbers, numbers[known])]
        main_of = np.zeros(max([int(themes.max(initial=0)), *main_theme_of]) + 1, dtype=np.int64)
        main_of[list(main_theme_of)] = list(main_theme_of.values())
        mains = np.sort(main_of[themes], axis=1)
        mains[:, 1:][mains[:, 1:] == mains[:, :-1]] = 0
        counts = np.bincount(mains.ravel(), weights=np.repeat(entries[known], mains.shape[1]))
        return {int(theme): int(counts[theme]) for theme in np.flatnonzero(counts) if theme}
