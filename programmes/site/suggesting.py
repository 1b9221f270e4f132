"""What the search box offers while one types: names of the archive beside words, headings and whole pledges."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programmes.models import Branch, Level, Party, Programme, Theme
from programmes.search import beginning_with, engine_named, suggestions
from programmes.search.catalogue import simple
from programmes.standing import cautions, in_brackets

MOST = {"party": 2, "branch": 3, "programme": 3, "theme": 2}
"""Names of each kind that are offered."""
MOST_WORDS = 6
LEAST_LETTERS = 2
LOOKED_AT = 400
"""Names looked at for one beginning: with two letters a large archive has more, and the reader types on."""
LABEL_LENGTH = 90
KEPT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that leads to a page, or words to search for."""

    kind: str
    label: str
    url: str = ""
    query: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it as the search box reads it; `what` is the kind in the reader's language, empty for words."""
        kinds = {
            "party": _("parti"),
            "branch": _("lag"),
            "programme": _("program"),
            "theme": _("tema"),
            "chapter": _("kapittel"),
            "pledge": _("løfte"),
        }
        leads = {"url": self.url} if self.url else {"q": self.query}
        return {"kind": self.kind, "what": kinds.get(self.kind, ""), "label": self.label, **leads}


class KnownNames:
    """The names of the archive, found by the beginning of any word in them."""

    def __init__(self, named: Iterator[tuple[Suggestion, set[str]]]) -> None:
        """Sort the beginnings: some ten for each programme."""
        table: dict[str, dict[Suggestion, bool]] = {}
        for suggestion, names in named:
            for name in names:
                words = simple(name).replace("/", "-").split("-")
                for at in range(len(words)):
                    whole = table.setdefault("-".join(words[at:]), {})
                    whole[suggestion] = whole.get(suggestion, False) or not at
        self._table = table
        self._sorted = sorted(table)

    def beginning(self, typed: str) -> Iterator[Suggestion]:
        """Yield the names that begin with what was typed, then those of which another word does; a few of each kind."""
        beginning = simple(typed)
        if len(beginning) < LEAST_LETTERS:
            return
        found: dict[Suggestion, bool] = {}
        for key in self._sorted[bisect_left(self._sorted, beginning) :][:LOOKED_AT]:
            if not key.startswith(beginning):
                break
            for suggestion, is_start in self._table[key].items():
                found[suggestion] = found.get(suggestion, False) or is_start
        left = dict(MOST)
        kinds = list(MOST)
        for suggestion in sorted(found, key=lambda each: (not found[each], kinds.index(each.kind))):
            if left[suggestion.kind]:
                left[suggestion.kind] -= 1
                yield suggestion


def suggested(typed: str) -> list[Suggestion]:
    """Return what to offer for what was typed so far: names, words, headings, pledges."""
    found = beginning_with(typed)
    return [
        *_names().beginning(typed),
        *(Suggestion("word", words, query=words) for words in suggestions(typed)[:MOST_WORDS]),
        *(
            Suggestion("chapter", f"{section} · {_of(section.programme)}", section.get_absolute_url())
            for section in found.chapters
        ),
        *(
            Suggestion(
                "pledge",
                f"{Truncator(pledge.readable_text).chars(LABEL_LENGTH)} · {_of(pledge.programme)}",
                pledge.get_absolute_url(),
            )
            for pledge in found.pledges
        ),
    ]


def _of(programme: Programme) -> str:
    return f"{programme.branch.label} {programme.period}{in_brackets(cautions(programme))}"


_kept: dict[tuple[str, Hashable], tuple[float, KnownNames]] = {}


def _names() -> KnownNames:
    """Return the names as they are in the reader's language, read anew when the index changes, or after a minute."""
    backend = engine_named()
    key = get_language() or "nb", backend.stamp()
    read_at, names = _kept.get(key, (0.0, None))
    now = time.monotonic()
    if names is None or now - read_at > KEPT_SECONDS:
        for old in [each for each, (at, _names) in _kept.items() if now - at > KEPT_SECONDS]:
            _kept.pop(old, None)
        names = KnownNames(_named())
        _kept[key] = now, names
    return names


def _named() -> Iterator[tuple[Suggestion, set[str]]]:
    """Yield what can be named, the fullest names first, each with all names that it may be called by."""
    programmes = list(Programme.objects.current().with_branch().order_by("-period_start", "branch__name"))
    branches = {programme.branch_id: programme.branch for programme in programmes}
    for party in Party.objects.with_published().order_by("name_nb"):
        yield Suggestion("party", party.name, party.get_absolute_url()), set(party.names)
    for branch in branches.values():
        if branch.level != Level.NATIONAL:
            yield Suggestion("branch", branch.label, branch.get_absolute_url()), _called(branch)
    for programme in programmes:
        label = f"{_of(programme)}: {programme.title}"
        names = {f"{name} {programme.period}" for name in _called(programme.branch)} | {programme.title}
        yield Suggestion("programme", label, programme.get_absolute_url()), names
    for theme in Theme.objects.all():
        yield Suggestion("theme", theme.label, theme.get_absolute_url()), {theme.label, theme.label_nb, theme.label_nn}


def _called(branch: Branch) -> set[str]:
    """Return what a branch is called: by its name, and by its place and its party in either order."""
    if branch.area is None:
        return {branch.name, *branch.party.names}
    short = branch.party.short or branch.party.name
    return {branch.name, f"{branch.area.name} {short}", f"{short} {branch.area.name}"}
