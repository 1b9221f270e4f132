"""What two editors may do with what is in doubt about a programme, from pages that may be long out of date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from ingest.models import DoubtAnswer
from programmes.models import Programme
from tools.fuzz.holding import insist, pick
from tools.fuzz.tabs import Tab

THEMES = ("naring", "arbeid", "skole-og-utdanning", "finnes-ikke")
FILTERS = ("", "filer", "lofter", "overskrifter", "temaer", "reparasjoner", "finnes-ikke")
SAVED, CONFLICT, REFUSED = 302, 409, 422

small = st.integers(0, 40)
people = st.integers(0, 1)


class DoubtRules:
    """Rules of the desk's machine for the queue of doubts."""

    programme: Programme
    path: str
    saved: set[int]
    undone: set[int]
    given: set[int]
    """The answers that were answered as saved, each the first of those given at once."""
    taken_back: set[int]
    tabs: list[list[Tab]]
    _ask: Any
    _open: Callable[[int, str], None]
    _tab: Callable[[int, int], Tab]

    @rule(who=people, slug=st.sampled_from(FILTERS))
    def open_the_queue(self, who: int, slug: str) -> None:
        """Open the preview on what is in doubt; the question stays on the page, whoever answers it meanwhile."""
        self._open(who, f"?slag={slug}" if slug else "")

    @rule(who=people, tab=small, which=small, alike=st.booleans(), theme=small, tick=small)
    def answer_a_doubt(self, who: int, tab: int, which: int, alike: bool, theme: int, tick: int) -> None:
        """Answer the question of one of the open pages, for those like it too perhaps."""
        page = self._tab(who, tab)
        if not page.answers:
            self._open(who, "")
            page = self.tabs[who][-1]
        if not page.answers:
            return
        fields = {**page.doubt, "answer": pick(page.answers, which), "theme": pick(THEMES, theme)}
        fields |= {"alike": "1"} if alike else {}
        fields |= {"word": page.words[: tick % (len(page.words) + 1)]} if page.words else {}
        response = self._ask(who, "POST", f"{self.path}tvil/", fields, {SAVED, CONFLICT, REFUSED})
        if response.status_code == SAVED:
            first = DoubtAnswer.objects.filter(programme=self.programme, given_with=None).latest("pk")
            insist(first.pk not in self.given, "an answer says saved, and nothing is")
            insist(first.made_by.username == ("kari", "ola")[who], "an answer has another's name")
            self.given.add(first.pk)
            self.saved.update(first.corrections.values_list("pk", flat=True))

    @precondition(lambda self: self.given)
    @rule(who=people, which=small)
    def undo_an_answer(self, who: int, which: int) -> None:
        """Undo an answer with its corrections, perhaps one that is undone already."""
        pk = pick(sorted(self.given), which)
        self._ask(who, "POST", f"{self.path}tvil/{pk}/angre/", {"slag": ""}, {SAVED})
        self.taken_back.add(pk)
        made = DoubtAnswer.objects.get(pk=pk).corrections.all()
        insist(not made.filter(undone_at=None).exists(), "what an answer did still stands")
        self.undone.update(made.values_list("pk", flat=True))

    @invariant()
    def every_answer_is_kept_and_stands_or_was_undone(self) -> None:
        """Compare what was answered with what is kept, and those given with it."""
        kept = self.programme.doubt_answers.all()
        first = dict(kept.filter(given_with=None).values_list("pk", "undone_at"))
        insist(first.keys() == self.given, "the answers that are kept are not those that were given")
        insist(
            {pk for pk, undone in first.items() if undone} == self.taken_back, "an answer was undone unasked, or not"
        )
        for pk, undone_at in kept.exclude(given_with=None).values_list("given_with", "undone_at"):
            insist((undone_at is None) == (pk not in self.taken_back), "answers given at once are not undone at once")
