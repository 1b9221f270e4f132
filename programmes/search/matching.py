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
    known: dict[int, Likenesses] = {}
    found = np.ones(index.size, dtype=np.int8) if plan.wanted is None else _node(plan.wanted, index, known).copy()
    for leaf in plan.unwanted:
        found[_node(leaf, index, known) > 0] = 0
    return found


def _node(node: Node, index: Postings, known: dict[int, Likenesses]) -> Likenesses:
    """Return the likenesses of a node; `known` has those of the leaves that were read, as a leaf may stand twice."""
    if isinstance(node, Leaf):
        if id(node) not in known:
            known[id(node)] = _leaf(node, index)
        return known[id(node)]
    first, *others = node.children
    found = _node(first, index, known).copy()
    for child in others:
        if isinstance(node, AllOf):
            np.minimum(found, _node(child, index, known), out=found)
        else:
            np.maximum(found, _node(child, index, known), out=found)
    return found


def _leaf(leaf: Leaf, index: Postings) -> Likenesses:
    found = np.zeros(index.size, dtype=np.int8)
    for option in sorted(leaf.options, key=lambda option: option.likeness):
        found[_option(option, index)] = option.likeness
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
