"""From a module's source to its mutants: each the same source with one fault in it."""

from __future__ import annotations

import ast
import difflib
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider, WhitespaceInclusivePositionProvider

from tools.mutants.operators import Change, operators_for

TRANSLATED = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
"""Words for people, with translations: other tests see to them, and another wording is no fault."""
ASKED_OF_ALL = {"len", "isinstance"}
"""Calls that fail at once with other arguments: mutants of them say nothing."""


@dataclass(frozen=True)
class Mutant:
    """A module with one fault in it: other words from one offset in its source to another."""

    path: str
    """Of the module, from the checkout on."""
    line: int
    """Where the fault begins in the module; `last_line` where it ends."""
    last_line: int
    begin: int
    end: int
    words: str
    before: str = field(repr=False)
    """The module's source without the fault."""

    @property
    def source(self) -> str:
        """The module's source with the fault."""
        return self.before[: self.begin] + self.words + self.before[self.end :]

    @cached_property
    def key(self) -> str:
        """What the mutant is known by as long as nothing else in its module changes."""
        return hashlib.sha256(f"{self.path}\n{self.source}".encode()).hexdigest()[:16]

    @property
    def diff(self) -> str:
        """The lines that differ."""
        lines = difflib.unified_diff(self.before.splitlines(), self.source.splitlines(), n=0, lineterm="")
        return "\n".join(line for line in list(lines)[2:] if not line.startswith("@@"))

    def told(self) -> dict[str, str | int]:
        """Return the mutant without its module's source, as JSON."""
        return {name: value for name, value in asdict(self).items() if name != "before"}


def mutant_told(root: Path, told: dict[str, Any]) -> Mutant:
    """Return the mutant that `told` said, of the same source."""
    return Mutant(**told, before=source_of(root / told["path"]))


@cache
def source_of(path: Path) -> str:
    """Return a module's source as it was when it was first asked for."""
    return path.read_text()


def mutants_of(root: Path, path: str) -> list[Mutant]:
    """Return all mutants of a module, in the order of its lines; two that read the same are one."""
    source = source_of(root / path)
    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    finder = _Finder(wrapper)
    wrapper.module.visit(finder)
    spans, starts = wrapper.resolve(WhitespaceInclusivePositionProvider), _line_starts(source)
    found: dict[str, Mutant] = {}
    for node, first, last, changed in finder.found:
        begin, end = (starts[at.line - 1] + at.column for at in (spans[node].start, spans[node].end))
        words = "" if isinstance(changed, cst.RemovalSentinel) else wrapper.module.code_for_node(changed)
        code = source[:begin] + words + source[end:]
        if code != source and code not in found and _is_python(code):
            found[code] = Mutant(path, first, last, begin, end, words, source)
    return sorted(found.values(), key=lambda mutant: mutant.line)


def _line_starts(source: str) -> list[int]:
    """Return the offset in a source at which each of its lines begins."""
    return list(accumulate((len(line) for line in source.splitlines(keepends=True)), initial=0))


def _is_python(code: str) -> bool:
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


def _members(source: str) -> dict[str, list[str]]:
    """Return the enumerations that a module names members of, or makes: capital letters after a class's name."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr.isupper():
            members[node.value.id].append(node.attr)
        if isinstance(node, ast.ClassDef):
            names = [each.targets[0] for each in node.body if isinstance(each, ast.Assign)]
            members[node.name] += [name.id for name in names if isinstance(name, ast.Name) and name.id.isupper()]
    return {owner: sorted(set(names)) for owner, names in members.items()}


class _Finder(cst.CSTVisitor):
    """Finds what can be changed, and as what."""

    def __init__(self, wrapper: MetadataWrapper) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, int, int, cst.CSTNode | cst.RemovalSentinel]] = []
        self._positions = wrapper.resolve(PositionProvider)
        self._operators = operators_for(_members(wrapper.module.code))

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Note what a node may become; return whether to look inside it."""
        if _says_nothing(node):
            return False
        if place := self._positions.get(node):
            for part, changed in self._changes(node):
                self.found.append((part, place.start.line, self._positions[part].end.line, changed))
        return not isinstance(node, cst.Decorator)  # what a decorator is told shows in nothing that runs

    def _changes(self, node: cst.CSTNode) -> Iterator[Change]:
        if isinstance(node, cst.Call) and m.matches(node.func, m.OneOf(*(m.Name(name) for name in ASKED_OF_ALL))):
            return
        for kinds, operator in self._operators:
            if isinstance(node, kinds):
                yield from operator(node)


def _says_nothing(node: cst.CSTNode) -> bool:
    """Return whether a node holds nothing that runs, or words that are translated."""
    if isinstance(node, cst.Annotation | cst.Import | cst.ImportFrom):
        return True
    if isinstance(node, cst.Expr) and isinstance(node.value, cst.BaseString):
        return True
    if isinstance(node, cst.Assign):  # an alias of a type: `Done = tuple[…]`
        return all(_is_type_name(target.target) for target in node.targets)
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in TRANSLATED


def _is_type_name(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Name) and node.value[0].isupper() and not node.value.isupper()
