"""Boolean matching over arrays of document numbers, for engines that can hand out a term's documents as one.

The likeness of every document is one byte, so that a conjunction is a minimum and a disjunction a maximum.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from programmes.search.options import Option
from programmes.search.plan import AllOf, Leaf, Node, Plan

Documents = NDArray[np.int32]
Likenesses = NDArray[np.int8]


class Postings(Protocol):
    """An index that knows in which documents a term stands."""

    size: int
    """Document numbers are below this."""

    def documents(self, term: str) -> Documents:
        """Return the documents with a term, ascending."""

    def documents_of_prefix(self, prefix: str) -> Documents:
        """Return the documents with a term that begins so, in any order."""

    def documents_of_phrase(self, terms: Sequence[str]) -> Documents:
        """Return the documents where the terms stand next to each other, ascending."""


def likenesses(plan: Plan, index: Postings) -> Likenesses:
    """Return how near each document is to the plan, 0 for those that are no hit."""
    found = np.ones(index.size, dtype=np.int8) if plan.wanted is None else _node(plan.wanted, index)
    for leaf in plan.unwanted:
        found[_node(leaf, index) > 0] = 0
    return found


def _node(node: Node, index: Postings) -> Likenesses:
    if isinstance(node, Leaf):
        found = np.zeros(index.size, dtype=np.int8)
        for option in sorted(node.options, key=lambda option: option.likeness):
            found[_option(option, index)] = option.likeness
        return found
    children = [_node(child, index) for child in node.children]
    found = children[0]
    for child in children[1:]:
        if isinstance(node, AllOf):
            np.minimum(found, child, out=found)
        else:
            np.maximum(found, child, out=found)
    return found


def _option(option: Option, index: Postings) -> Documents:
    if option.prefix:
        return index.documents_of_prefix(option.terms[0])
    if len(option.terms) == 1:
        return index.documents(option.terms[0])
    if option.adjacent:
        return index.documents_of_phrase(option.terms)
    found = index.documents(option.terms[0])
    for term in option.terms[1:]:
        found = np.intersect1d(found, index.documents(term), assume_unique=True)
    return found
