"""Faults put into the product: which are made, how they come into memory, and what is told of them."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tools.mutants.explaining import explained
from tools.mutants.forking import Failed, GivenUp, forked
from tools.mutants.groups import GROUPS, SAMPLE, modules_of, mutants_for
from tools.mutants.making import Mutant, mutant_told, mutants_of
from tools.mutants.results import Fate, Kept, Verdict, survivors, table
from tools.mutants.swapping import NotInFunctions, changed_code, functions_of, import_again, swap

SOURCE = '''\
"""A module that tests put faults into."""

from __future__ import annotations

from enum import Enum
from functools import wraps

Alias = dict[str, int]


class Colour(Enum):
    """Three of them."""

    RED = 1
    GREEN = 2


WANTED = {"red": Colour.RED}


def _(text: str) -> str:
    return text


def loud(view):
    @wraps(view)
    def inside(*args):
        return view(*args).upper()

    return inside


@loud
def name_of(number: int, *, least: int = 1) -> str:
    """Return a word."""
    if number > least:
        raise ValueError(_("for mange"))
    return "en" if number == 1 else "ingen"
'''


@pytest.fixture
def module(tmp_path: Path) -> Iterator[ModuleType]:
    made = imported(tmp_path / "mutated_here.py", SOURCE)
    sys.modules["mutated_here"] = made
    yield made
    del sys.modules["mutated_here"]


def imported(path: Path, source: str) -> ModuleType:
    """Return a module of some source, written to a file."""
    path.write_text(source)
    spec = importlib.util.spec_from_file_location("mutated_here", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def mutant(module: ModuleType, *changed: str) -> Mutant:
    """Return the mutant that has all of some lines."""
    path = Path(module.__file__)
    found = [each for each in mutants_of(path.parent, path.name) if set(changed) <= set(each.diff.splitlines())]
    assert len(found) == 1, [each.diff for each in found]
    return found[0]


def test_which_faults_are_made(module: ModuleType) -> None:
    path = Path(module.__file__)
    made = mutants_of(path.parent, path.name)
    assert len({each.key for each in made}) == len(made)
    added = {line[1:].strip() for each in made for line in each.diff.splitlines() if line.startswith("+")}
    assert {
        'WANTED = {"red": Colour.GREEN}',
        'WANTED = {"XXredXX": Colour.RED}',
        "if True:",
        "if False:",
        "if number >= least:",
        "pass",
        "return None",
        'return "en" if number != 1 else "ingen"',
        "def name_of(number: int, *, least: int = 2) -> str:",
    } <= added
    removed = [each.diff for each in made if each.diff == "-@loud"]
    assert removed == ["-@loud"]
    assert not any("for mange" in line and "XX" in line for line in added), "words for people have other tests"
    assert not any("Alias" in line or "Return a word" in line for line in added)
    assert [each.line for each in made] == sorted(each.line for each in made)


def test_a_mutant_is_handed_on_without_its_module(module: ModuleType) -> None:
    one = mutant(module, "+    if False:")
    told = one.told()
    assert "before" not in told
    assert mutant_told(Path(module.__file__).parent, told) == one


def test_a_fault_comes_into_functions_that_are_decorated(module: ModuleType) -> None:
    path = Path(module.__file__)
    functions = functions_of([path])
    fault = mutant(module, '+    return "en" if number != 1 else "ingen"')
    swap(functions, changed_code(path, fault.before, fault.source))
    assert module.name_of(1) == "INGEN"
    inner = mutant(module, "+        return view(*args).lower()")
    swap(functions_of([path]), changed_code(path, inner.before, inner.source))
    assert module.name_of(1) == "ingen", "both faults are there: each mutant has a process of its own"
    cut_off = mutant(module, "+        return None")
    with pytest.raises(NotInFunctions):  # it asks for nothing of the function around it
        changed_code(path, cut_off.before, cut_off.source)


def test_a_fault_that_leaves_nothing_to_run_after_it_comes_into_a_table_of_functions(tmp_path: Path) -> None:
    path = tmp_path / "mutated_here.py"
    before = "def total(numbers):\n    return sum(each for each in numbers)\nTABLE = {'sum': total}\n"
    after = before.replace("    return", "    return None\n    return")
    module = imported(path, before)
    swap(functions_of([path]), changed_code(path, before, after))
    assert module.TABLE["sum"]([1, 2]) is None


def test_a_fault_in_no_function_in_memory_is_not_taken_for_put_in(module: ModuleType) -> None:
    path = Path(module.__file__)
    fault = mutant(module, '+    return "en" if number != 1 else "ingen"')
    with pytest.raises(NotInFunctions):
        swap({}, changed_code(path, fault.before, fault.source))


def test_a_function_that_is_in_memory_and_no_longer_made_is_not_swapped(tmp_path: Path) -> None:
    path = tmp_path / "mutated_here.py"
    before = "def loud():\n    def inside(): return 'A'\n    return inside\nview = loud()\n"
    after = before.replace("    def", "    return None\n    def")
    module = imported(path, before)
    with pytest.raises(NotInFunctions):
        swap(functions_of([path]), changed_code(path, before, after))
    assert module.view() == "A"


def test_a_fault_outside_functions_is_imported_again(module: ModuleType) -> None:
    path = Path(module.__file__)
    other = ModuleType("other_here")
    other.WANTED = module.WANTED
    sys.modules["other_here"] = other
    fault = mutant(module, '+WANTED = {"red": Colour.GREEN}')
    with pytest.raises(NotInFunctions):
        changed_code(path, fault.before, fault.source)
    import_again(path, fault.source)
    del sys.modules["other_here"]
    assert other.WANTED is module.WANTED
    assert module.WANTED["red"] is module.Colour.GREEN
    default = mutant(module, "+def name_of(number: int, *, least: int = 2) -> str:")
    with pytest.raises(NotInFunctions):
        changed_code(path, default.before, default.source)


def test_a_fork_answers_fails_or_is_given_up() -> None:
    assert forked(lambda: ["svar", 1], seconds=60) == ["svar", 1]
    with pytest.raises(Failed, match="ZeroDivisionError"):
        forked(lambda: 1 / 0, seconds=60)
    with pytest.raises(GivenUp):
        forked(lambda: time.sleep(600), seconds=0.1)


def test_verdicts_are_kept_and_told(module: ModuleType, tmp_path: Path) -> None:
    path = Path(module.__file__)
    mutants = mutants_of(path.parent, path.name)[:4]
    kept = Kept(tmp_path / "verdicts.jsonl")
    fates = (Fate.KILLED, Fate.SURVIVED, Fate.NOT_REACHED)
    for one, fate in zip(mutants, fates, strict=False):
        kept.add(Verdict(one.key, fate, tests="før", asked=2))
    kept = Kept(tmp_path / "verdicts.jsonl")
    assert kept.missing(mutants, tests="før") == mutants[3:]
    assert kept.missing(mutants, tests="nå") == mutants[1:], "tests that are new may notice more"
    kept.add(Verdict(mutants[3].key, Fate.TIMED_OUT, tests="nå"))
    toml = tmp_path / "explained.toml"
    toml.write_text(
        f"[[explained]]\npath = \"mutated_here.py\"\nwhy = \"Ingen ser den.\"\nfaults = ['''\n{mutants[1].diff}\n''']\n"
    )
    explanations = explained(toml)
    rows = [line.split() for line in table({"citation": mutants}, kept, explanations)]
    assert rows[0] == ["mutants", "killed", "survived", "not", "reached", "explained", "share"]
    counts = ["4", "2", "1", "1", "1", "50.0%"]
    assert rows[1:] == [["mutated_here.py", *counts], ["citation", *counts]]
    told = [line.splitlines() for line in survivors(mutants, kept, explanations)]
    assert [lines[0].split()[2:] for lines in told] == [
        ["survived", "(2", "tests)"],
        ["not", "reached", "(2", "tests)"],
    ]
    assert [lines[-1] == "Ingen ser den." for lines in told] == [True, False]


def test_what_is_explained_is_there() -> None:
    root = Path(__file__).resolve().parents[2]
    for (path, fault), reason in explained().items():
        lines = {line.strip() for line in (root / path).read_text().splitlines()}
        was = [line[2:] for line in fault.splitlines() if line.startswith("-")]
        assert was and lines.issuperset(was), fault
        assert reason


def test_the_sample_is_drawn_elsewhere_and_the_same_by_its_seed() -> None:
    root = Path(__file__).resolve().parents[2]
    files = [
        "ingest/desk/permissions.py",
        "ingest/desk/log.py",
        "ingest/migrations/0001_initial.py",
        "tools/own_data.py",
    ]
    assert modules_of(SAMPLE, files) == ["ingest/desk/log.py"]
    for paths in GROUPS.values():
        assert all((root / path).exists() for path in paths)
    one, again = (mutants_for("citation", root, limit=5, seed=3) for _ in range(2))
    assert [each.key for each in one] == [each.key for each in again]
    assert len(one) == 5
