"""An ideal editor: opens every doubt, puts right what is in doubt and wrong, and leaves all else as it stands.

What is right is the gold's to say (`tools.quality.scoring` tells how): so what the published programme lacks then is
what the queue did not ask about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.desk.doubts.question import ACCEPT, Answer, Part, Question, change_of, place_in
from ingest.parser.as_json import as_dict
from ingest.parser.document import Item, ParsedProgramme, Section
from ingest.parser.edits import Edit, apply
from tools.quality.scoring import Parse, Score, key, score_parse


@dataclass(frozen=True)
class Judge:
    """What the gold says of one programme, as far as it was annotated."""

    gold: Parse

    def score(self, parsed: ParsedProgramme) -> Score:
        """Return how well a parse agrees with the gold."""
        return score_parse(self.gold, as_dict(parsed))

    def answer(self, question: Question, parsed: ParsedProgramme) -> str:
        """Return the ideal editor's answer to a question about a parse: what puts it right, else that it is right.

        An answer counts as right where the parse agrees better with the gold after it.
        """
        offered = [each for each in question.answers if each.slug not in ("theme", "source", "other")]
        if not offered or not self._is_wrong(question, parsed):
            return ACCEPT
        before = self._errors(parsed)
        best = min(offered, key=lambda each: self._errors(answered(parsed, question, each)))
        return best.slug if self._errors(answered(parsed, question, best)) < before else ACCEPT

    def _is_wrong(self, question: Question, parsed: ParsedProgramme) -> bool:
        """Return whether anything that a question is about is other than the gold has it; a quick look."""
        parts: dict[str, Part] = {part.id: part for part in (*parsed.entries, *parsed.sections)}
        return any(self._differs(parts[part_id]) for part_id in question.of if part_id in parts)

    def _differs(self, part: Part) -> bool:
        words = key(part.text)
        if isinstance(part, Section):
            return words not in self._titles and key(part.title) not in self._titles
        return (words in self._items) != isinstance(part, Item)

    @property
    def _items(self) -> Counter[str]:
        return Counter(
            key(text) for item in self.gold["items"] for text in (item["text"], *item.get("text_variants", []))
        )

    @property
    def _titles(self) -> set[str]:
        sections = self.gold["sections"]
        return {key(title) for each in sections for title in (each["title"], *each.get("title_variants", []))}

    def _errors(self, parsed: ParsedProgramme) -> int:
        """Return how much is missing and too much, of items above all."""
        misses = self.score(parsed).misses
        items = len(misses.items_missed) + len(misses.items_extra)
        return 10 * items + len(misses.sections_missed) + len(misses.sections_extra)


def answered(parsed: ParsedProgramme, question: Question, answer: Answer) -> ParsedProgramme:
    """Return a parse with a question answered, as the desk does it."""
    return apply(parsed, _edits(parsed, question, answer)).parsed


def _edits(parsed: ParsedProgramme, question: Question, answer: Answer) -> Iterator[Edit]:
    headings = {section.id for section in parsed.sections}
    is_heading = question.of[0] in headings
    for number, part_id in enumerate(question.of, 1):
        place = place_in(parsed, part_id)
        if place is not None and (part_id in headings) == is_heading:
            yield Edit(number, answer.kind, place, change_of(answer, parsed, part_id))
