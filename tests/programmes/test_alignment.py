"""What became of each text between two readings of a programme, or two editions of it."""

from __future__ import annotations

import random

import pytest

from programmes.alignment import align

SKOLE = "Bygge ny ungdomsskole i Elvebyen innen 2027"
BUSS = "Gi gratis buss til alle elever under 18 år"
LONG = (
    "Styrke skolehelsetjenesten ved å ansette flere helsesykepleiere. Åpne skolelegens kontor på kveldstid i Storfjell"
)
FIRST, SECOND = (
    "Styrke skolehelsetjenesten ved å ansette flere helsesykepleiere.",
    "Åpne skolelegens kontor på kveldstid i Storfjell",
)

CASES = [
    ("nothing on either side", [], [], []),
    ("only the ones", [SKOLE], [], ["gone 0|"]),
    ("only the others", [], [SKOLE], ["new |0"]),
    (
        "the same, but for a sign and a space",
        [f"{SKOLE}."],
        [SKOLE.replace("ungdomsskole", "ungdoms skole")],
        ["same 0|0"],
    ),
    ("moved", [SKOLE, BUSS], [BUSS, SKOLE], ["same 0|1", "same 1|0"]),
    ("reworded", [SKOLE], ["Bygge en ny ungdomsskole i Elvebyen før 2027"], ["reworded 0|0"]),
    ("two in the one are one in the other", [FIRST, SECOND, BUSS], [LONG, BUSS], ["parted 0,1|0", "same 2|1"]),
    ("one is two in the other", [BUSS, LONG], [BUSS, FIRST, SECOND], ["same 0|0", "parted 1|1,2"]),
    (
        "a word is a part of what stands there",
        ["Økonomi", "Folk skal få bedre råd"],
        ["Økonomi – folk skal få bedre råd"],
        ["parted 0,1|0"],
    ),
    ("only the cut moved", [f"{FIRST} Åpne", SECOND[5:]], [FIRST, SECOND], ["parted 0,1|0,1"]),
    ("said twice by the other alone", [LONG, BUSS], [LONG, SECOND, BUSS], ["same 0|0", "new |1", "same 1|2"]),
    ("of twins each keeps its neighbours", [BUSS, SKOLE, BUSS], [SKOLE, BUSS], ["gone 0|", "same 1|0", "same 2|1"]),
    (
        "what is new stands after what is before it",
        [SKOLE, BUSS],
        [SKOLE, LONG, BUSS],
        ["same 0|0", "new |1", "same 1|2"],
    ),
    ("too short to be another", ["mat"], ["mot"], ["new |0", "gone 0|"]),
]
"""Title, the ones, the others, the groups."""
WORDS = ("skole", "buss", "bro", "ferje", "barnehage", "eldre", "helse", "natur", "fjord", "skog", "jakt", "idrett")


@pytest.mark.parametrize(("title", "ones", "others", "expected"), CASES, ids=[case[0] for case in CASES])
def test_align(title: str, ones: list[str], others: list[str], expected: list[str]) -> None:
    groups = align(ones, others)
    told = [f"{g.became} {','.join(map(str, g.ones))}|{','.join(map(str, g.others))}" for g in groups]
    assert told == expected


def invented(count: int, seed: int) -> list[str]:
    """Return so many pledges of invented sentences, long and short, with words that all of them have."""
    chance = random.Random(seed)
    return [" ".join(["Fjordpartiet", "vil", *chance.choices(WORDS, k=chance.randint(8, 30))]) for _n in range(count)]


def test_a_word_is_no_part_of_what_stands_far_away() -> None:
    between = invented(20, 5)
    groups = align([BUSS, *between, "Skole"], [f"{BUSS} og egen skole", *between])
    assert [group.became for group in groups if group.became != "same"] == ["reworded", "gone"]


def test_every_text_is_in_one_group() -> None:
    ones, others = invented(120, 1), invented(60, 1) + invented(60, 2)
    groups = align(ones, others)
    assert sorted(n for group in groups for n in group.ones) == list(range(120))
    assert sorted(n for group in groups for n in group.others) == list(range(120))
    assert [group for group in groups if group.became == "same"] == groups[:60]
