"""Changes the parser's rules one at a time: a row or a sign taken out, a threshold moved.

What is compiled or imported from a changed name is built anew, by the assignments and imports of the parser's modules.
"""

from __future__ import annotations

import ast
import importlib
import math
import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from types import ModuleType
from typing import cast

import ingest.parser
from ingest.parser.language import rules

LEFT_OUT = ("ocr", "themes", "sandbox", "edits")
"""Rooms of the parser that have rules of another kind, with tests of their own."""
SIGNS = "BULLETS"
"""The string of signs that are bullets by themselves."""
NOTHING = "(?!)"
"""A pattern that matches nothing."""

Name = tuple[str, str]
"""A module and a name in it."""


@dataclass(frozen=True)
class Mutation:
    """One change of one name: `what` says which, for a reader."""

    module: str
    name: str
    what: str
    value: object
    row: str = ""
    """The pattern of the row that is taken out, if it is one."""

    @property
    def place(self) -> str:
        """The name with its module, from the parser on."""
        return f"{self.module}.{self.name}".removeprefix("ingest.parser.")

    def __str__(self) -> str:
        return f"{self.place} {self.what}"


class Source:
    """A module of the parser and its syntax tree."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        self.functions = list(_functions(self.tree))
        self._mentioned: dict[ast.AST, frozenset[Name]] = {}

    @cached_property
    def imports(self) -> dict[str, Name]:
        """What each imported name stands for; a module as a whole has the name ""."""
        found: dict[str, Name] = {}
        for node in self.tree.body:
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("ingest."):
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    found[alias.asname or alias.name] = (
                        (whole, "") if whole in sys.modules else (node.module, alias.name)
                    )
        return found

    @cached_property
    def assignments(self) -> list[tuple[ast.expr, ast.expr]]:
        """Return the target and value of each assignment of the module, a tuple's parts one by one."""
        found: list[tuple[ast.expr, ast.expr]] = []
        for node in self.tree.body:
            if isinstance(node, ast.Assign):
                target, value = node.targets[0], node.value
                if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                    found.extend(zip(target.elts, value.elts, strict=True))
                else:
                    found.append((target, value))
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                found.append((node.target, node.value))
        return found

    def mentions(self, node: ast.AST) -> frozenset[Name]:
        """Return the names that a piece of code uses, be it through functions of its module."""
        if node not in self._mentioned:
            self._mentioned[node] = self._mentions(node, frozenset())
        return self._mentioned[node]

    def _mentions(self, node: ast.AST, seen: frozenset[str]) -> frozenset[Name]:
        found: set[Name] = set()
        for part in ast.walk(node):
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
                module, name = self.imports.get(part.value.id, ("", ""))
                if module and not name:
                    found.add((module, part.attr))
            elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
                found.add((self.module.__name__, part.id))
                if part.id in self._bodies and part.id not in seen:
                    found |= self._mentions(self._bodies[part.id], seen | {part.id})
        return frozenset(found)

    @cached_property
    def _bodies(self) -> dict[str, ast.AST]:
        return {node.name: node for node in self.tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def _functions(tree: ast.Module) -> Iterator[tuple[tuple[str, ...], ast.FunctionDef]]:
    """Yield the functions of a module and of its classes, with the path of names to each."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield (node.name,), node
        elif isinstance(node, ast.ClassDef):
            yield from (((node.name, part.name), part) for part in node.body if isinstance(part, ast.FunctionDef))


@cache
def sources() -> tuple[Source, ...]:
    """Return the modules of the parser, those that others import first."""
    names = [
        found.name
        for found in pkgutil.walk_packages(ingest.parser.__path__, "ingest.parser.")
        if found.name.split(".")[2] not in LEFT_OUT
    ]
    found = {name: Source(importlib.import_module(name)) for name in names}
    needs = {name: {module for module, _ in source.imports.values()} & set(found) for name, source in found.items()}
    return tuple(found[name] for name in TopologicalSorter(needs).static_order())


@contextmanager
def applied(mutation: Mutation) -> Iterator[None]:
    """Change the parser for a while."""
    changed: dict[Name, object] = {(mutation.module, mutation.name): mutation.value}
    undo: list[tuple[object, str, object]] = []

    def put(owner: object, name: str, value: object) -> None:
        undo.append((owner, name, getattr(owner, name)))
        setattr(owner, name, value)

    put(sys.modules[mutation.module], mutation.name, mutation.value)
    try:
        for source in sources():
            _rebuild(source, changed, put)
        yield
    finally:
        for owner, name, value in reversed(undo):
            setattr(owner, name, value)
        _forget(changed)


def _rebuild(source: Source, changed: dict[Name, object], put: Callable[[object, str, object], None]) -> None:
    """Build anew what a module has of the changed names, and add it to them."""
    here = source.module.__name__
    for name, origin in source.imports.items():
        if origin in changed:
            changed[here, name] = changed[origin]
            put(source.module, name, changed[origin])
    for target, value in source.assignments:
        if (
            isinstance(target, ast.Name)
            and (here, target.id) not in changed
            and not changed.keys().isdisjoint(source.mentions(value))
        ):
            changed[here, target.id] = _value(source, value)
            put(source.module, target.id, changed[here, target.id])
    for path, node in source.functions:
        function = source.module
        for name in path:
            function = getattr(function, name)
        if node.args.defaults and any(
            not changed.keys().isdisjoint(source.mentions(part)) for part in node.args.defaults
        ):
            put(function, "__defaults__", tuple(_value(source, part) for part in node.args.defaults))
    _forget_source(source, changed)


def _forget(changed: dict[Name, object]) -> None:
    """Clear what functions remember that use a changed name."""
    for source in sources():
        _forget_source(source, changed)


def _forget_source(source: Source, changed: dict[Name, object]) -> None:
    for path, node in source.functions:
        function = getattr(source.module, path[0])
        if hasattr(function, "cache_clear") and not changed.keys().isdisjoint(source.mentions(node)):
            function.cache_clear()


def _value(source: Source, node: ast.expr) -> object:
    code = compile(ast.Expression(node), str(source.module.__file__), "eval")
    return eval(code, vars(source.module))  # noqa: S307 - it is an expression of our own source


def rows() -> Iterator[Mutation]:
    """Yield each row of each table of rules, taken out: it matches nothing any more."""
    for source in sources():
        for target, _ in source.assignments:
            if not isinstance(target, ast.Name):
                continue
            table = getattr(source.module, target.id, None)
            if isinstance(table, tuple) and table and isinstance(table[0], rules.Rule):
                for place, row in enumerate(table):
                    without = (*table[:place], replace(row, pattern=NOTHING), *table[place + 1 :])
                    yield Mutation(source.module.__name__, target.id, f"without «{row.name}»", without, row.pattern)


def signs() -> Iterator[Mutation]:
    """Yield each sign that is a bullet wherever it begins a line, taken out."""
    for source in sources():
        for target, value in source.assignments:
            if isinstance(target, ast.Name) and target.id == SIGNS and isinstance(value, ast.Constant):
                every = str(value.value)
                for sign in every:
                    without = every.replace(sign, "")
                    yield Mutation(source.module.__name__, SIGNS, f"without {sign} U+{ord(sign):04X}", without)


def thresholds() -> Iterator[Mutation]:
    """Yield each number that a module of the parser names in capitals, a quarter less and a quarter more."""
    for source in sources():
        for target, value in source.assignments:
            if isinstance(target, ast.Name) and target.id.isupper() and _is_number(value):
                number = cast("float", _value(source, value))
                for what, moved in (("× 0.75", _moved(number, 0.75)), ("× 1.25", _moved(number, 1.25))):
                    yield Mutation(source.module.__name__, target.id, what, moved)


def _is_number(node: ast.expr) -> bool:
    """Return whether an expression is a number, maybe multiplied: `60 * 1024`; `1 << 18` is a bit, and no threshold."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return _is_number(node.left) and _is_number(node.right)
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _moved(number: float, share: float) -> float:
    """Return a number a quarter less or more; a whole one stays whole, and moves by one at least."""
    if isinstance(number, float):
        return number * share
    return min(round(number * share), number - 1) if share < 1 else max(math.ceil(number * share), number + 1)
