"""Documents rendered anew: the right result follows from how each was made, and a seed makes the same one again."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command

from tools.quality.documents import documents
from tools.quality.families import HELD_BACK, LAYOUTS, contents, generate, mixed_lists
from tools.quality.families.content import Entry, Heading, Programme, blocks, gold_of, plain, with_lead_ins
from tools.quality.families.lead_ins import LABELS, LABELS_HELD_BACK, LEAD_INS, SENTENCES, SENTENCES_HELD_BACK
from tools.quality.measuring import measure

FJORD = Programme(
    name="fjord.txt",
    language="nb",
    title="Fjord for alle",
    party="Fjordpartiet",
    headings=(
        Heading("s1", "Skole", "1", 1, None),
        Heading("s2", "Leirskole", "1.1", 2, "s1"),
        Heading("s3", "Helse", "2", 1, None),
        Heading("s4", "Kultur", "3", 1, None),
    ),
    entries=(
        Entry("i1", "Bygge nye skoler i Nordvika.", "Fjordpartiet vil:", "s1"),
        Entry("i2", "Ansette flere lærere:", "Fjordpartiet vil:", "s1"),
        Entry("i3", "i småskolen", "Fjordpartiet vil:", "s1", "i2"),
        Entry("i4", "i ungdomsskolen", "Fjordpartiet vil:", "s1", "i2"),
        Entry("i5", "Gi alle elever leirskole.", "Fjordpartiet vil:", "s2"),
        Entry("i6", "Styrke hjemmetjenesten.", "Vi vil:", "s3"),
        Entry("i7", "Gi alle fastlege.", "Vi vil:", "s3"),
        Entry("i8", "Bygge kulturhus.", "Fjordpartiet vil:", "s4"),
        Entry("i9", "Åpne biblioteket om kvelden.", "Fjordpartiet vil:", "s4"),
    ),
)


def rendered(layout: str, fate: str = "kept") -> str:
    (document,) = generate([FJORD], [0], f"{layout} / {fate}", [one for one in LAYOUTS if one.name == layout])
    return document.content.decode()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("fate", LEAD_INS)
def test_every_word_of_the_right_result_stands_in_what_was_rendered(layout, fate) -> None:
    (document,) = generate([FJORD], [3], f"{layout.name} / {fate}", [layout])
    if layout.suffix in ("txt", "md", "html"):
        words = document.content.decode().split()
        for item in document.gold["items"]:
            for word in (*item["text"].split(), *item["lead_in"].split()):
                assert any(word in one for one in words), (word, document.content.decode())
    assert document.kind == f"{layout.name} / {fate}"
    assert len(document.gold["items"]) == len(FJORD.entries)


@pytest.mark.parametrize("layout", ["typed", "Markdown", "web page", "Word", "one column"])
def test_what_is_told_plainly_is_read_as_it_was_made(layout: str) -> None:
    (document,) = generate([FJORD], [0], "kept", [one for one in LAYOUTS if one.name == layout])
    score = measure(document).score
    assert (score.items.f1, score.sections.f1, score.levels, score.nested) == (1, 1, 1, 1), score.misses.lines()


def test_a_seed_makes_the_same_documents_again_and_another_seed_others() -> None:
    once, again, other = (
        [one.content for one in generate([FJORD], [seed]) if not one.name.endswith("docx")] for seed in (1, 1, 2)
    )
    assert once == again
    assert once != other


def test_a_family_may_take_some_programmes_alone() -> None:
    every = contents()
    chosen = [[one.name for one in generate(every, [seed], "typed / kept", most=5)] for seed in (0, 0, 1)]
    assert len(chosen[0]) == 5
    assert chosen[0] == chosen[1] != chosen[2]


def test_text_copied_from_a_browser_has_no_marks_and_no_blank_line_above_a_heading() -> None:
    lines = rendered("copied").split("\n")
    assert lines[lines.index("2 Helse") - 1] == "Gi alle elever leirskole."
    assert lines[lines.index("Fjordpartiet vil:") + 1] == ""


def test_entries_within_a_line_stand_after_their_mark() -> None:
    line = next(line for line in rendered("inline").replace("\n", " ").split("  ") if "Styrke" in line)
    assert " Gi alle fastlege." in line


def test_dropped_lead_ins_are_asked_for_nowhere() -> None:
    document = next(generate([FJORD], [0], "typed / dropped"))
    assert "vil:" not in document.content.decode()
    assert {item["lead_in"] for item in document.gold["items"]} == {""}


def test_a_list_under_a_lower_heading_may_be_ruled_by_the_lead_in_above() -> None:
    lists = {("s1", "Fjordpartiet vil:"): "Vi skal:", ("s2", "Fjordpartiet vil:"): "", ("s3", "Vi vil:"): ""}
    entries = with_lead_ins(FJORD, lists | {("s4", "Fjordpartiet vil:"): "Vi skal:"}).entries
    fair = {entry.id: entry.fair_lead_ins for entry in entries}
    assert (fair["i1"], fair["i5"], fair["i6"], fair["i9"]) == ((), ("Vi skal:",), (), ())


def test_where_one_lead_in_is_left_it_may_rule_all_below() -> None:
    lists = dict.fromkeys({(entry.section, entry.lead_in) for entry in FJORD.entries}, "")
    entries = with_lead_ins(FJORD, lists | {("s1", "Fjordpartiet vil:"): "Vi skal:"}).entries
    assert {entry.fair_lead_ins for entry in entries if not entry.lead_in} == {("Vi skal:",)}


def test_a_lead_in_that_stands_in_an_entry_stays() -> None:
    entries = (
        Entry("i1", "Havna. Derfor vil vi:", "Fjordpartiet vil:", None),
        Entry("i2", "mudre den", "Derfor vil vi:", None, "i1"),
    )
    programme = Programme("havn.txt", "nb", "Havn", "Fjordpartiet", (), entries)
    changed = LEAD_INS["dropped"](programme, Random(0), False)
    assert [entry.lead_in for entry in changed.entries] == ["", "Derfor vil vi:"]
    assert [block.kind for block in blocks(changed, Random(0))] == ["title", "prose", "entry", "entry"]


@pytest.mark.parametrize("fate", LEAD_INS)
def test_what_a_party_is_against_stays_under_its_lead_in(fate: str) -> None:
    entries = (Entry("i1", "Bompenger", "Vi sier nei til:", None), Entry("i2", "Reklame", "Vi sier nei til:", None))
    programme = Programme("nei.txt", "nb", "Nei", "Bygdelista", (), entries)
    assert LEAD_INS[fate](programme, Random(0), False).entries == entries


def test_no_lead_in_is_both_worked_with_and_held_back() -> None:
    for language in ("nb", "nn"):
        worked_with = {*SENTENCES[language], *LABELS[language]}
        held_back = {*SENTENCES_HELD_BACK[language], *LABELS_HELD_BACK[language]}
        assert not worked_with & held_back
        assert len(held_back) > len(worked_with) / 3


def test_entries_that_are_no_infinitives_get_a_label_with_a_colon() -> None:
    nouns = Programme("nei.txt", "nb", "Nei", "Bygdelista", (), (Entry("i1", "Nei til bom", "Våre krav:", None),))
    found = {LEAD_INS["reworded"](nouns, Random(seed), False).entries[0].lead_in for seed in range(40)}
    labels = {wording.format(party="Bygdelista", topic="") for wording in LABELS["nb"] if "{topic}" not in wording}
    assert {lead_in.rstrip(":") for lead_in in found} <= labels
    assert all(lead_in.endswith(":") for lead_in in found)


def test_ranks_and_nesting_are_asked_for_where_they_are_shown() -> None:
    shown, hidden = (gold_of(FJORD, ranks=told, nesting=told) for told in (True, False))
    assert shown["sections"][2]["acceptable_parents"] == []
    assert set(hidden["sections"][2]["acceptable_parents"]) == {"s1", "", "title"}
    assert hidden["items"][2]["acceptable_parents"] == [None]
    assert shown["sections"][2]["title_variants"] == ["1.1 Leirskole"]


@pytest.mark.parametrize(
    ("heading", "words"),
    [("Skole", "skole"), ("Klima og miljø", "klima og miljø"), ("SKOLE", ""), ("Hva med veiene?", "")],
)
def test_a_heading_within_a_sentence(heading: str, words: str) -> None:
    assert plain(heading) == words


def test_most_open_documents_and_samples_can_be_rendered_anew() -> None:
    assert len(contents()) >= 0.9 * len([*documents("open"), *documents("samples")])


def test_the_command_prints_a_table_of_families_and_keeps_what_it_rendered(tmp_path: Path) -> None:
    out = StringIO()
    call_command("measure_parse", "families", only="Markdown / dropped", write=tmp_path, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].split()[5:] == ["dropped", "worst", "false%", "edits", "decis"]
    assert [line.split("  ")[0] for line in lines[1:-1]] == ["Markdown", "flat Markdown", "ALL"]
    kept = sorted(tmp_path.rglob("*.md"))
    assert len(kept) == 2 * 8
    assert json.loads(kept[0].with_name(f"{kept[0].name}.gold.json").read_text("utf-8"))["items"]
    with pytest.raises(CommandError, match="no family"):
        call_command("measure_parse", "families", only="fax", stdout=out)


def test_lists_that_are_no_pledges_stand_in_the_document_and_not_in_the_right_result() -> None:
    bokmal = mixed_lists(0)[0]
    (document,) = generate([bokmal], [0], "typed / dropped")
    asked = {item["text"] for item in document.gold["items"]}
    for entry in bokmal.entries:
        assert entry.text in document.content.decode()
        assert (entry.text in asked) is entry.is_pledge
    assert {item["lead_in"] for item in document.gold["items"]} == {""}
    others = {entry.section for entry in bokmal.entries if not entry.is_pledge}
    assert {section["id"] for section in document.gold["sections"] if section.get("optional")} == {*others, "title"}
    assert all(entry.lead_in in document.content.decode() for entry in bokmal.entries if not entry.is_pledge)


def test_held_back_seeds_have_lists_of_their_own() -> None:
    texts, held_back = ({entry.text for one in mixed_lists(seed) for entry in one.entries} for seed in (0, HELD_BACK))
    assert not texts & held_back


def test_held_back_seeds_use_lead_ins_of_their_own() -> None:
    (document,) = generate([FJORD], [HELD_BACK], "typed / reworded")
    found = {item["lead_in"].rstrip(":") for item in document.gold["items"]}
    wordings = {*SENTENCES_HELD_BACK["nb"], *LABELS_HELD_BACK["nb"]}
    topics = [heading.title.lower() for heading in FJORD.headings]
    possible = {wording.format(party="Fjordpartiet", topic=topic) for wording in wordings for topic in topics}
    assert found <= possible
