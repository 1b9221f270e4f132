"""Which faults are put in: mutmut's operators, and those of ours that its own lack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import libcst as cst
import libcst.matchers as m
from mutmut.mutation import mutators

TAKEN_OVER = {mutators.operator_string, mutators.operator_swap_op}
"""mutmut's operators that are ours too: its three ways to change a string are one here, and it looks at every node for
operators to change."""
NOTHING = cst.Pass()

Operator = Callable[[Any], Iterable[cst.CSTNode]]


def string(node: cst.BaseString) -> Iterator[cst.CSTNode]:
    """Change a string; that all its letters are small or large then tells nothing more."""
    yield from list(mutators.operator_string(node))[:1]


def condition(node: cst.If) -> Iterator[cst.CSTNode]:
    """Let a condition hold always, and never."""
    for answer in ("True", "False"):
        yield node.with_changes(test=cst.Name(answer))


def loop_condition(node: cst.While) -> Iterator[cst.CSTNode]:
    """Let a loop never run."""
    yield node.with_changes(test=cst.Name("False"))


def filtering(node: cst.CompIf) -> Iterator[cst.CSTNode]:
    """Let what filters a comprehension let all through, or nothing."""
    for answer in ("True", "False"):
        yield node.with_changes(test=cst.Name(answer))


def statement(node: cst.Expr) -> Iterator[cst.CSTNode]:
    """Leave a call out that is made for what it does."""
    if isinstance(node.value, cst.Call):
        yield NOTHING


def raising(_node: cst.Raise) -> Iterator[cst.CSTNode]:
    """Leave a refusal out."""
    yield NOTHING


def returning(node: cst.Return) -> Iterator[cst.CSTNode]:
    """Return nothing."""
    if node.value is not None and not m.matches(node.value, m.Name("None")):
        yield node.with_changes(value=cst.Name("None"))


def element(node: cst.Set | cst.List | cst.Dict | cst.Tuple) -> Iterator[cst.CSTNode]:
    """Leave one of several out."""
    if len(node.elements) > 1:
        for n in range(len(node.elements)):
            yield node.with_changes(elements=[*node.elements[:n], *node.elements[n + 1 :]])


def decorator(_node: cst.Decorator) -> Iterator[cst.CSTNode | cst.RemovalSentinel]:
    """Leave a decorator out."""
    yield cst.RemovalSentinel.REMOVE


def member_of(members: Mapping[str, list[str]]) -> Operator:
    """Return an operator that takes the next member of an enumeration for one: `members` of each by its name."""

    def member(node: cst.Attribute) -> Iterator[cst.CSTNode]:
        owner = node.value.value if isinstance(node.value, cst.Name) else ""
        known = members.get(owner, [])
        if node.attr.value in known and len(known) > 1:
            following = known[(known.index(node.attr.value) + 1) % len(known)]
            yield node.with_changes(attr=cst.Name(following))

    return member


WITH_OPERATORS = (cst.BinaryOperation, cst.UnaryOperation, cst.BooleanOperation, cst.ComparisonTarget, cst.AugAssign)

OURS: list[tuple[type | tuple[type, ...], Operator]] = [
    (WITH_OPERATORS, mutators.operator_swap_op),
    (cst.SimpleString, string),
    (cst.If, condition),
    (cst.While, loop_condition),
    (cst.CompIf, filtering),
    (cst.Expr, statement),
    (cst.Raise, raising),
    (cst.Return, returning),
    ((cst.Set, cst.List, cst.Dict, cst.Tuple), element),
    (cst.Decorator, decorator),
]


def operators_for(members: Mapping[str, list[str]]) -> list[tuple[type | tuple[type, ...], Operator]]:
    """Return all operators with the kinds of nodes that they change."""
    theirs = [(kind, each) for kind, each in mutators.mutation_operators if each not in TAKEN_OVER]
    return [*theirs, *OURS, (cst.Attribute, member_of(members))]
