"""Documents that are read right, rendered anew: many layouts, four fates of the lead-ins, as many seeds as one likes.

The right result follows from how a document was made. Rules are worked on with the seeds from 0 on; `held_back` seeds
begin at a thousand and use lead-ins, and labelled lists, that no other seed uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random

from tools.quality.documents import Document, documents
from tools.quality.families import printed, tagged, text
from tools.quality.families.content import Entry, Heading, Programme, gold_of, programme_of
from tools.quality.families.lead_ins import LEAD_INS
from tools.quality.lists import LabelledList, read_lists

HELD_BACK = 1000
"""Where the seeds begin that nobody works with."""
PER_SEED = 3
"""Programmes of mixed lists in bokmål; one less in nynorsk, which has fewer lists."""
LISTS_OF_PLEDGES, LISTS_OF_OTHERS = 5, 4
NOT_AS_WRITTEN = ("ny-dag-uttalelse-2023.txt",)
"""Samples whose right result has the damage of a text recogniser in it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A way of setting a programme."""

    name: str
    suffix: str
    set: Callable[[Programme, Random], bytes]
    ranks: bool = True
    """Whether headings show their rank."""
    nesting: bool = True
    """Whether sub-entries show that they are some."""


LAYOUTS = (
    Layout("typed", "txt", text.typed, ranks=False),
    Layout("wrapped", "txt", text.wrapped, ranks=False),
    Layout("tight", "txt", text.tight, ranks=False),
    Layout("narrow", "txt", text.narrow, ranks=False),
    Layout("copied", "txt", text.copied, ranks=False, nesting=False),
    Layout("copied page", "txt", text.copied_page, ranks=False, nesting=False),
    Layout("lost marks", "txt", text.lost_marks, ranks=False, nesting=False),
    Layout("glued marks", "txt", text.glued_marks, ranks=False, nesting=False),
    Layout("inline", "txt", text.inline, ranks=False, nesting=False),
    Layout("Markdown", "md", tagged.markdown),
    Layout("flat Markdown", "md", tagged.flat_markdown, ranks=False),
    Layout("web page", "html", tagged.web_page),
    Layout("Word", "docx", tagged.word),
    Layout("one column", "pdf", printed.one_column),
    Layout("two columns", "pdf", printed.two_columns),
    Layout("printed", "pdf", printed.printed_page),
)


def contents(sets: Iterable[str] = ("open", "samples")) -> list[Programme]:
    """Return what the documents of some sets are made of, those that can be rendered anew."""
    found = (programme_of(one) for name in sets for one in documents(name) if one.name not in NOT_AS_WRITTEN)
    return [programme for programme in found if programme]


def mixed_lists(seed: int) -> list[Programme]:
    """Return invented programmes of lists of pledges and, between and after them, lists of what is none."""
    return [
        _mixed(seed, number, language)
        for language, documents_ in (("nb", PER_SEED), ("nn", PER_SEED - 1))
        for number in range(documents_)
    ]


def _mixed(seed: int, number: int, language: str) -> Programme:
    chance = Random(f"{seed} {number} {language}")  # noqa: S311 - the same documents each time
    lists = [one for one in read_lists(held_back=seed >= HELD_BACK) if one.language == language]
    pledges, others = ([one for one in lists if one.are_pledges is wanted] for wanted in (True, False))
    chosen = chance.sample(pledges, min(LISTS_OF_PLEDGES, len(pledges)))
    between = chance.sample(others, min(LISTS_OF_OTHERS, len(others)))
    last = [between.pop() for _ in range(len(between) // 2)]
    order: list[LabelledList] = [*chosen, *between]
    chance.shuffle(order)
    order += last
    return Programme(
        name=f"lister-{language}-{number}.txt",
        language=language,
        title="Program for Storfjell Bygdeliste 2027–2031",
        party="Storfjell Bygdeliste",
        headings=tuple(Heading(f"s{place}", one.heading, "", 1, None) for place, one in enumerate(order)),
        entries=tuple(
            Entry(f"i{place}-{line}", text_, one.label, f"s{place}", is_pledge=one.are_pledges)
            for place, one in enumerate(order)
            for line, text_ in enumerate(one.entries)
        ),
    )


def generate(
    programmes: Iterable[Programme],
    seeds: Iterable[int],
    only: str = "",
    layouts: Iterable[Layout] = LAYOUTS,
    most: int | None = None,
) -> Iterator[Document]:
    """Yield each programme, or `most` that a seed chooses, in each layout with each fate of its lead-ins, once a seed.

    A document's kind is its family, such as `copied / dropped`; `only` those that have this in their name.
    """
    every = list(programmes)
    for layout in layouts:
        for fate, change in LEAD_INS.items():
            family = f"{layout.name} / {fate}"
            for seed in seeds if only in family else ():
                chooser = Random(f"{seed} {family}")  # noqa: S311 - the same documents each time
                for programme in every if most is None else chooser.sample(every, min(most, len(every))):
                    chance = Random(f"{seed} {family} {programme.name}")  # noqa: S311 - likewise
                    changed = change(programme, chance, seed >= HELD_BACK)
                    yield Document(
                        name=f"{programme.name.rsplit('.', 1)[0]}-{seed}.{layout.suffix}",
                        kind=family,
                        gold=gold_of(changed, ranks=layout.ranks, nesting=layout.nesting),
                        content=layout.set(changed, chance),
                    )
