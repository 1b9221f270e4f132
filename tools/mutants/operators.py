"""Which faults are put in: mutmut's operators, and those of ours that its own lack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import libcst as cst
import libcst.matchers as m
from mutmut.mutation import mutators

TAKEN_OVER = {mutators.operator_string, mutators.operator_swap_op, mutators.operator_match}
"""mutmut's operators that are ours too: its three ways to change a string are one here, it looks at every node for
operators to change, and it writes a whole `match` anew."""
NOTHING = cst.Pass()

Change = tuple[cst.CSTNode, cst.CSTNode | cst.RemovalSentinel]
"""A node, and what it becomes."""
Kinds = type | tuple[type, ...]
Operator = Callable[[Any], Iterable[cst.CSTNode]]
"""Gives what a node may become."""
PartOperator = Callable[[Any], Iterable[Change]]
"""Gives what a node or a part of it may become: of what has a body, only a part is ever written anew."""


def string(node: cst.BaseString) -> Iterator[cst.CSTNode]:
    """Change a string; that all its letters are small or large then tells nothing more."""
    yield from list(mutators.operator_string(node))[:1]


def condition(node: cst.If | cst.CompIf) -> Iterator[Change]:
    """Let a condition hold always, and never."""
    for answer in ("True", "False"):
        yield node.test, cst.Name(answer)


def loop_condition(node: cst.While) -> Iterator[Change]:
    """Let a loop never run."""
    yield node.test, cst.Name("False")


def case(node: cst.MatchCase) -> Iterator[Change]:
    """Leave a case out."""
    yield node, cst.RemovalSentinel.REMOVE


def decorator(node: cst.Decorator) -> Iterator[Change]:
    """Leave a decorator out."""
    yield node, cst.RemovalSentinel.REMOVE


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

OURS: list[tuple[Kinds, Operator]] = [
    (WITH_OPERATORS, mutators.operator_swap_op),
    (cst.SimpleString, string),
    (cst.Expr, statement),
    (cst.Raise, raising),
    (cst.Return, returning),
    ((cst.Set, cst.List, cst.Dict, cst.Tuple), element),
]
OF_PARTS: list[tuple[Kinds, PartOperator]] = [
    ((cst.If, cst.CompIf), condition),
    (cst.While, loop_condition),
    (cst.MatchCase, case),
    (cst.Decorator, decorator),
]


def operators_for(members: Mapping[str, list[str]]) -> list[tuple[Kinds, PartOperator]]:
    """Return all operators with the kinds of nodes that they change."""
    theirs = [(kind, each) for kind, each in mutators.mutation_operators if each not in TAKEN_OVER]
    whole = [*theirs, *OURS, (cst.Attribute, member_of(members))]
    return [*((kinds, _of_itself(operator)) for kinds, operator in whole), *OF_PARTS]


def _of_itself(operator: Operator) -> PartOperator:
    return lambda node: ((node, changed) for changed in operator(node))
